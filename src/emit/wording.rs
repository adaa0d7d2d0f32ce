//! The words of the interface in other languages than English.

use std::collections::BTreeMap;

use crate::diag::{Sink, Wording};
use crate::locale::Lang;
use crate::source::{Embedded, FileError, Files, Sources, decode};
use crate::syntax::yaml::{Node, parse};

/// Where the words of the interface stand.
const PATH: &str = "templates/shared/messages.zh-Hans.yaml";

/// The interface in a language: what is said in findings and by commands, titles of rules, and
/// the helps of arguments. Traditional Chinese falls back to Simplified.
#[derive(Debug, Clone, Default)]
pub struct Interface {
    /// What is said in findings and by commands.
    pub wording: Wording,
    titles: BTreeMap<String, String>,
    helps: BTreeMap<String, String>,
}

impl Interface {
    /// Reads the words of a language; English has none to read.
    pub fn read(lang: Lang) -> Result<Self, FileError> {
        if lang == Lang::En {
            return Ok(Self::default());
        }
        let text = decode(Embedded.read(PATH)?).map_err(|fault| {
            FileError::unusable(PATH, format!("not UTF-8 but {}", fault.encoding))
        })?;
        let mut sink = Sink::default();
        let tree = parse(Sources::default().add(PATH, &text), &text, 0, &mut sink);
        let tree = match (tree, sink.finish().first()) {
            (Some(tree), None) => tree,
            (_, Some(found)) => return Err(FileError::unusable(PATH, found.message.as_str())),
            (None, None) => return Err(FileError::unusable(PATH, "the file is empty")),
        };
        let mut texts = texts(&tree, "messages");
        texts.extend(self::texts(&tree, "words"));
        Ok(Self {
            wording: Wording::chinese(texts),
            titles: self::texts(&tree, "rules"),
            helps: self::texts(&tree, "helps"),
        })
    }

    /// Whether it is English.
    pub fn is_english(&self) -> bool {
        self.wording.is_english()
    }

    /// The title of a rule in this language, if it has another than its name.
    pub fn title(&self, rule: &str) -> Option<&str> {
        self.titles.get(rule).map(String::as_str)
    }

    /// The help of a command or an argument, such as `check` or `check --format`; nothing in
    /// English, where the program's own stands.
    pub fn help(&self, name: &str) -> Option<&str> {
        self.helps.get(name).map(String::as_str)
    }
}

fn texts(tree: &Node, section: &str) -> BTreeMap<String, String> {
    let entries = tree.get(section).map(Node::entries).unwrap_or_default();
    let pairs = entries
        .iter()
        .filter_map(|entry| Some((entry.key.value.clone(), entry.value.text()?.to_owned())));
    pairs.collect()
}
