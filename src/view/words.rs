//! Words of the templates.

use std::collections::BTreeMap;

use crate::diag::Sink;
use crate::locale::Lang;
use crate::source::{FileError, Files, Sources, decode};
use crate::syntax::yaml::{Node, parse};

/// The words of one language.
#[derive(Debug, Clone, Default)]
pub struct Words {
    words: BTreeMap<String, String>,
}

impl Words {
    /// Reads `templates/shared/strings.<lang>.yaml`.
    pub fn read(files: &dyn Files, lang: Lang) -> Result<Self, FileError> {
        Self::read_from(files, &format!("templates/shared/strings.{lang}.yaml"))
    }

    /// Reads the words of workbooks in which figures are collected.
    pub fn of_workbooks(files: &dyn Files, lang: Lang) -> Result<Self, FileError> {
        Self::read_from(files, &format!("templates/shared/workbook.{lang}.yaml"))
    }

    fn read_from(files: &dyn Files, path: &str) -> Result<Self, FileError> {
        let tree = read_yaml(files, path)?;
        let pairs = tree
            .entries()
            .iter()
            .filter_map(|entry| Some((entry.key.value.clone(), entry.value.text()?.to_owned())));
        Ok(Self { words: pairs.collect() })
    }

    /// A word; the key itself where there is none, which a test rules out.
    pub fn get(&self, key: &str) -> String {
        self.words.get(key).cloned().unwrap_or_else(|| key.to_owned())
    }

    /// All words by key.
    pub fn all(&self) -> &BTreeMap<String, String> {
        &self.words
    }
}

/// Reads a YAML file of the templates.
pub fn read_yaml(files: &dyn Files, path: &str) -> Result<Node, FileError> {
    let text = decode(files.read(path)?);
    let text = text
        .map_err(|fault| FileError::unusable(path, format!("not UTF-8 but {}", fault.encoding)))?;
    let mut sink = Sink::default();
    let id = Sources::default().add(path, &text);
    let tree = parse(id, &text, 0, &mut sink);
    match (tree, sink.finish().first()) {
        (Some(tree), None) => Ok(tree),
        (_, Some(found)) => Err(FileError::unusable(path, found.message.to_string())),
        (None, None) => Err(FileError::unusable(path, "the file is empty")),
    }
}
