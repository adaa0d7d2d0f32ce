//! The vocabulary of Hong Kong, as data.

use std::collections::BTreeMap;

use crate::diag::Sink;
use crate::source::{FileError, Files, Sources, decode};
use crate::syntax::yaml::{Node, parse};

/// Where the vocabulary lies.
const PATH: &str = "frameworks/zh-hant-hk.yaml";

/// What Hong Kong writes in its own way.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    characters: BTreeMap<char, char>,
    /// Simplified form and Hong Kong form.
    pub words: Vec<(String, String)>,
    /// Words that only look as if they held one of the vocabulary.
    pub guards: Vec<String>,
    /// Endings of names, whose words are not exchanged.
    pub names: Vec<String>,
}

impl Vocabulary {
    /// Reads the vocabulary; a project may lay its own over that of the program.
    pub fn read(files: &dyn Files) -> Result<Self, FileError> {
        let text = decode(files.read(PATH)?).map_err(|fault| {
            FileError::unusable(PATH, format!("not UTF-8 but {}", fault.encoding))
        })?;
        let mut sink = Sink::default();
        let id = Sources::default().add(PATH, &text);
        let tree = parse(id, &text, 0, &mut sink);
        match (tree, sink.finish().first()) {
            (Some(tree), None) => Ok(Self::of(&tree)),
            (_, Some(found)) => Err(FileError::unusable(PATH, found.message.to_string())),
            (None, None) => Err(FileError::unusable(PATH, "the file is empty")),
        }
    }

    fn of(tree: &Node) -> Self {
        let pairs = |key: &str| -> Vec<(String, String)> {
            let entries = tree.get(key).map(Node::entries).unwrap_or_default();
            let pairs = entries.iter().filter_map(|entry| {
                Some((entry.key.value.clone(), entry.value.text()?.to_owned()))
            });
            pairs.collect()
        };
        let list = |key: &str| -> Vec<String> {
            let items = tree.get(key).map(Node::items).unwrap_or_default();
            let words = items.iter().filter_map(Node::text).filter(|word| !word.is_empty());
            words.map(str::to_owned).collect()
        };
        let characters = pairs("characters");
        let single = characters
            .iter()
            .filter_map(|(from, to)| Some((from.chars().next()?, to.chars().next()?)));
        Self {
            characters: single.collect(),
            words: pairs("words"),
            guards: list("guards"),
            names: list("names"),
        }
    }

    /// The form of a traditional character that Hong Kong companies print.
    pub fn form(&self, c: char) -> char {
        self.characters.get(&c).copied().unwrap_or(c)
    }
}

/// The terms of a glossary that have both scripts: simplified form and Hong Kong form.
pub fn terms(glossary: Option<&Node>) -> Vec<(String, String)> {
    let entries = glossary.and_then(|tree| tree.get("terms")).map(Node::entries);
    let both = entries.unwrap_or_default().iter().filter_map(|entry| {
        let words = entry.value.get("term").unwrap_or(&entry.value);
        let text = |lang: &str| words.get(lang).and_then(Node::text);
        let each = |text: &str| text.split('|').map(|w| w.trim().to_owned()).collect::<Vec<_>>();
        let (from, to) = (each(text("zh-Hans")?), each(text("zh-Hant")?));
        Some(from.into_iter().zip(to).collect::<Vec<_>>())
    });
    both.flatten().filter(|(from, _)| !from.is_empty()).collect()
}
