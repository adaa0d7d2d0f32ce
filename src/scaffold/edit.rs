//! Changes of YAML files that leave everything else as it was written.

use crate::syntax::yaml::{Entry, Node};

/// Changes of one text, by byte.
pub struct Edits<'a> {
    text: &'a str,
    changes: Vec<(usize, usize, String)>,
}

impl<'a> Edits<'a> {
    /// No changes yet.
    pub fn new(text: &'a str) -> Self {
        Self { text, changes: Vec::new() }
    }

    /// The text with all changes made.
    pub fn apply(mut self) -> String {
        self.changes.sort_by_key(|(start, end, _)| (*start, *end));
        let mut out = String::new();
        let mut at = 0;
        for (start, end, new) in &self.changes {
            // Nothing stands between changes that overlap.
            out.push_str(self.text.get(at..*start).unwrap_or_default());
            out.push_str(new);
            at = at.max(*end);
        }
        out.push_str(self.text.get(at..).unwrap_or_default());
        out
    }

    /// Puts something in the place of a part of a scalar, wherever it stands in it.
    pub fn replace_in(&mut self, node: &Node, old: &str, new: &str) {
        let (start, end) = (node.span.start as usize, node.span.end as usize);
        if let Some(written) = self.text.get(start..end).filter(|written| written.contains(old)) {
            self.changes.push((start, end, written.replace(old, new)));
        }
    }

    /// Puts a scalar in the place of another, as it stands.
    pub fn replace(&mut self, node: &Node, new: &str) {
        let (start, end) = (node.span.start as usize, node.span.end as usize);
        self.changes.push((start, end, new.to_owned()));
    }

    /// Writes an entry before the first one of a map, in the form that the map has.
    pub fn insert_first(&mut self, map: &Node, entry: &str) {
        let at = map.span.start as usize;
        let flow = self.text.get(at..).is_some_and(|rest| rest.starts_with('{'));
        match map.entries().first() {
            Some(_) if flow => self.changes.push((at + 1, at + 1, format!("{entry}, "))),
            None if flow => self.changes.push((at + 1, at + 1, entry.to_owned())),
            Some(first) => self.insert_before(first, entry),
            None => {}
        }
    }

    /// Writes an entry of a block map before another of its entries.
    pub fn insert_before(&mut self, entry: &Entry, new: &str) {
        let at = entry.key.span.start as usize;
        let column = at - self.line_start(at);
        self.changes.push((at, at, format!("{new}\n{}", " ".repeat(column))));
    }

    /// Writes lines at the end of the text.
    pub fn append(&mut self, lines: &str) {
        let end = self.text.len();
        let gap = if self.text.ends_with('\n') || self.text.is_empty() { "" } else { "\n" };
        self.changes.push((end, end, format!("{gap}{lines}")));
    }

    /// Takes entries out of a map, with their lines where they have some.
    pub fn remove(&mut self, map: &Node, keys: &[&str]) {
        let open = map.span.start as usize;
        let gone = |entry: &Entry| keys.contains(&entry.key.value.as_str());
        if self.text.get(open..).is_some_and(|rest| rest.starts_with('{')) {
            self.remove_in_flow(map.entries(), &gone);
            return;
        }
        let mut entries = map.entries().iter().peekable();
        while let Some(entry) = entries.next() {
            let next = entries.peek().map(|next| next.key.span.start as usize);
            if gone(entry) {
                self.remove_lines(entry, next);
            }
        }
    }

    /// Each entry goes with the comma behind it, or, at the end, with the one before it.
    fn remove_in_flow(&mut self, entries: &[Entry], gone: &dyn Fn(&Entry) -> bool) {
        let kept_last = entries.iter().rposition(|entry| !gone(entry));
        let mut following = entries.iter().skip(1);
        for (at, entry) in entries.iter().enumerate() {
            let next = following.next();
            let start = entry.key.span.start as usize;
            if gone(entry)
                && kept_last.is_some_and(|kept| at < kept)
                && let Some(next) = next
            {
                self.changes.push((start, next.key.span.start as usize, String::new()));
            }
        }
        let last = entries.last().filter(|entry| gone(entry));
        let Some(last) = last.map(|entry| entry.value.span.end as usize) else { return };
        let kept = kept_last.and_then(|kept| entries.get(kept));
        let start = match kept {
            Some(kept) => kept.value.span.end as usize,
            None => entries.first().map_or(last, |first| first.key.span.start as usize),
        };
        self.changes.push((start, last, String::new()));
    }

    fn remove_lines(&mut self, entry: &Entry, next: Option<usize>) {
        let (start, end) = (entry.key.span.start as usize, entry.value.span.end as usize);
        let end = end.max(entry.key.span.end as usize);
        let from = self.line_start(start);
        if self.text.get(from..start).is_some_and(|lead| !lead.trim().is_empty()) {
            // The entry stands behind `- `, so what follows moves up to it.
            self.changes.push((start, next.unwrap_or(end), String::new()));
            return;
        }
        let written = self.text.get(start..end).unwrap_or_default().trim_end();
        let end = start + written.len();
        let rest = self.text.get(end..).unwrap_or_default();
        let to = rest.find('\n').map_or(self.text.len(), |at| end + at + 1);
        self.changes.push((from, to, String::new()));
    }

    fn line_start(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        before.rfind('\n').map_or(0, |newline| newline + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Sink;
    use crate::source::Sources;
    use crate::syntax::yaml::parse;

    fn tree(text: &str) -> Node {
        let id = Sources::default().add("t.yaml", text);
        parse(id, text, 0, &mut Sink::default()).expect("a tree")
    }

    #[test]
    fn entries_come_and_go_in_the_form_that_is_there() {
        let text = "a:\n  x: 1  # one\n  y: {p: 1, q: 2}\n  z:\n    k: v\nb: 2\n";
        let root = tree(text);
        let a = root.get("a").expect("a");
        let mut edits = Edits::new(text);
        edits.remove(a, &["x", "z"]);
        edits.remove(a.get("y").expect("y"), &["q"]);
        edits.insert_first(a.get("y").expect("y"), "o: 0");
        assert_eq!(edits.apply(), "a:\n  y: {o: 0, p: 1}\nb: 2\n");
        let mut edits = Edits::new(text);
        edits.insert_first(a, "w: 0");
        edits.replace(root.get("b").expect("b"), "3");
        assert_eq!(
            edits.apply(),
            "a:\n  w: 0\n  x: 1  # one\n  y: {p: 1, q: 2}\n  z:\n    k: v\nb: 3\n"
        );
    }

    #[test]
    fn entries_of_a_flow_map_go_with_their_commas() {
        for (text, expected) in [
            ("m: {a: {b: 1}}\n", "m: {}\n"),
            ("m: {a: 1, b: 2, c: 3}\n", "m: {c: 3}\n"),
            ("m: {c: 3, a: 1, b: 2}\n", "m: {c: 3}\n"),
            ("m: {a: 1, c: 3, b: 2}\n", "m: {c: 3}\n"),
        ] {
            let root = tree(text);
            let mut edits = Edits::new(text);
            edits.remove(root.get("m").expect("m"), &["a", "b"]);
            assert_eq!(edits.apply(), expected);
        }
    }
}
