//! Words of a new project, and how they are written in YAML.

use crate::diag::{Phrase, Sink, Wording};
use crate::locale::{Lang, Localized};
use crate::source::{Files, Sources, decode};
use crate::syntax::yaml::{Node, parse};

/// Where the words stand.
const PATH: &str = "templates/init/texts.yaml";

/// Words of new projects.
pub struct Texts {
    tree: Option<Node>,
    wording: Wording,
}

impl Texts {
    /// Reads the words; comments are in the language of the interface.
    pub fn read(files: &dyn Files, wording: &Wording) -> Self {
        let text = files.read(PATH).ok().and_then(|bytes| decode(bytes).ok());
        let mut sources = Sources::default();
        let tree =
            text.and_then(|text| parse(sources.add(PATH, &text), &text, 0, &mut Sink::default()));
        Self { tree, wording: wording.clone() }
    }

    /// A text in every language that it has.
    pub fn all(&self, key: &str) -> Localized<String> {
        let mut found = Localized::default();
        let node = self.tree.as_ref().and_then(|tree| tree.get(key));
        for entry in node.map(Node::entries).unwrap_or_default() {
            if let (Some(lang), Some(text)) = (Lang::parse(&entry.key.value), entry.value.text()) {
                found.insert(lang, text.to_owned());
            }
        }
        found
    }

    /// A text in one language.
    pub fn of(&self, key: &str, lang: Lang) -> String {
        self.all(key).get(lang).cloned().unwrap_or_default()
    }

    /// A comment.
    pub fn comment(&self, key: &str) -> &str {
        let comments = self.tree.as_ref().and_then(|tree| tree.get("comments"));
        let node = comments.and_then(|comments| comments.get(key));
        node.and_then(|node| node.get(self.lang().tag())).and_then(Node::text).unwrap_or_default()
    }

    /// A text of a catalog in the language of comments, on one line.
    pub fn said(&self, text: &Localized<String>) -> String {
        let said = text.get(self.lang()).map_or("", String::as_str);
        said.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// A phrase in the language of comments.
    pub fn phrase(&self, phrase: &Phrase) -> String {
        self.wording.of(phrase)
    }

    fn lang(&self) -> Lang {
        if self.wording.is_english() { Lang::En } else { Lang::ZhHans }
    }
}

/// A scalar that YAML reads back as it is, whatever stands in it.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || c == '\u{2028}' || c == '\u{2029}' => {
                out.push_str(&format!("\\U{:08X}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A text in some languages as a flow map: `{en: "Water", zh-Hans: "水"}`.
pub fn flow(text: &Localized<String>, languages: &[Lang]) -> String {
    let said = languages.iter().filter_map(|lang| text.get(*lang).map(|words| (lang, words)));
    let parts: Vec<String> =
        said.map(|(lang, words)| format!("{lang}: {}", quoted(words.trim()))).collect();
    format!("{{{}}}", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_comes_back_as_it_was() {
        for text in ["a", "\"quoted\"", "a: b # c", "back\\slash", "两\u{7}行\n", "{{ x }}", "'"]
        {
            let written = format!("a: {}\n", quoted(text));
            let id = Sources::default().add("t.yaml", &written);
            let tree = parse(id, &written, 0, &mut Sink::default()).expect("a tree");
            assert_eq!(tree.get("a").and_then(Node::text), Some(text));
        }
    }
}
