//! Characters that nobody sees and that change what is read.

use std::collections::BTreeSet;

use crate::diag::{Diagnostic, Sink, say};
use crate::source::{SourceId, Span};
use crate::syntax::yaml::{Node, Value};

/// Reports the characters of a text that turn its direction, and control characters: each once in
/// a line, since they come in pairs.
pub fn inspect(source: SourceId, text: &str, sink: &mut Sink) {
    if !has_hidden(text) {
        return;
    }
    let mut start = 0;
    for line in text.split('\n') {
        let mut seen = BTreeSet::new();
        for (at, c) in line.char_indices().filter(|(_, c)| is_hidden(*c)) {
            if seen.insert(c) {
                sink.push(found(c, Span::new(source, start + at, start + at + c.len_utf8())));
            }
        }
        start += line.len() + 1;
    }
}

/// Whether a text has such a character. The first byte of most others tells that they are none.
fn has_hidden(text: &str) -> bool {
    let suspect = |byte: &u8| matches!(byte, 0..=0x1F | 0x7F | 0xC2 | 0xD8 | 0xE2 | 0xEF);
    let bytes = text.bytes().enumerate();
    let mut suspects = bytes.filter(|(_, byte)| *byte != b'\n' && suspect(byte));
    suspects.any(|(at, _)| text.get(at..).is_some_and(|rest| rest.starts_with(is_hidden)))
}

/// Reports such characters where a tree has them and its text does not, since they were written as
/// escapes.
pub fn inspect_tree(node: &Node, text: &str, sink: &mut Sink) {
    match &node.value {
        Value::Map(entries) => {
            for entry in entries {
                escaped(&entry.key.value, entry.key.span, text, sink);
                inspect_tree(&entry.value, text, sink);
            }
        }
        Value::Seq(items) => items.iter().for_each(|item| inspect_tree(item, text, sink)),
        Value::Scalar(scalar) => escaped(&scalar.text, node.span, text, sink),
        Value::Null => {}
    }
}

fn escaped(words: &str, span: Span, text: &str, sink: &mut Sink) {
    let written = text.get(span.start as usize..span.end as usize).unwrap_or_default();
    if let Some(c) = words.chars().find(|c| is_hidden(*c) && !written.contains(*c)) {
        sink.push(found(c, span));
    }
}

/// Whether a character is one that nobody sees and that changes what is read.
pub fn is_hidden(c: char) -> bool {
    turns(c) || c == '\u{feff}' || c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

/// Whether a character turns the direction of the text around it.
fn turns(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn found(c: char, span: Span) -> Diagnostic {
    let code = format!("{:04X}", u32::from(c));
    let message = if turns(c) {
        say!("the unseen character U+{code} turns the direction of the text", code)
    } else {
        say!("the control character U+{code} is no text", code)
    };
    Diagnostic::error("control-character", span, message)
        .help(say!("delete it; such characters come along when text is copied"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_hidden_character_is_overlooked() {
        for c in ('\0'..=char::MAX).filter(|c| is_hidden(*c)) {
            assert!(has_hidden(&format!("文 {c}")), "{c:?}");
        }
        assert!(!has_hidden("文，“a”\r\n\tb – é"));
    }
}
