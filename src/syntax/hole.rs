//! Holes: the places in a text where a figure is filled in, `{{ … }}`.

use crate::diag::{Diagnostic, Sink, say};
use crate::source::{SourceId, Span, Spanned};

/// First character of a masked hole. Private use, so it never stands in a text by itself.
pub const MASK_START: char = '\u{E000}';
const MASK_FILL: char = '\u{E001}';
/// Last character of a masked hole.
pub const MASK_END: char = '\u{E002}';

/// A hole with what stands between its braces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hole {
    /// From the first brace to the last.
    pub span: Span,
    /// What stands between the braces.
    pub inner: Spanned<String>,
}

/// A text with its holes masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked {
    /// The text, in which each hole is replaced by as many bytes of private-use characters. They
    /// keep Markdown from reading `[`, `|` or `_` inside a hole as its own.
    pub text: String,
    /// The holes in the order they stand.
    pub holes: Vec<Hole>,
}

/// Finds the holes of a text that lies in a source from byte `offset` on, and masks them.
pub fn mask(source: SourceId, text: &str, offset: usize, sink: &mut Sink) -> Masked {
    let mut masked = String::with_capacity(text.len());
    let mut holes = Vec::new();
    let mut rest = text;
    let mut at = offset;
    while let Some(open) = rest.find("{{") {
        let (before, from) = rest.split_at(open);
        push_plain(source, before, at, &mut masked, sink);
        at += open;
        let line = from.split('\n').next().unwrap_or_default();
        let end = line.find("}}");
        let Some(end) = end else {
            let span = Span::new(source, at, at + 2);
            let found = Diagnostic::error(
                "open-figure",
                span,
                say!("`{{{{` is not closed by `}}}}` on its line"),
            )
            .help(say!("close the figure with `}}}}`"));
            sink.push(found);
            masked.push_str("((");
            rest = from.get(2..).unwrap_or_default();
            at += 2;
            continue;
        };
        let inner = from.get(2..end).unwrap_or_default();
        let span = Span::new(source, at, at + end + 2);
        let inner_span = Span::new(source, at + 2, at + end);
        holes.push(Hole { span, inner: Spanned::new(inner.to_owned(), inner_span) });
        push_mask(end + 2, &mut masked);
        rest = from.get(end + 2..).unwrap_or_default();
        at += end + 2;
    }
    push_plain(source, rest, at, &mut masked, sink);
    Masked { text: masked, holes }
}

/// Copies text outside holes. Private-use characters have no meaning that every reader shares, and
/// three of them are the masks, so they are refused.
fn push_plain(source: SourceId, text: &str, at: usize, masked: &mut String, sink: &mut Sink) {
    // They start with one of two bytes, as hardly another character does.
    let pairs = text.bytes().zip(text.bytes().skip(1));
    if !pairs.into_iter().any(|pair| matches!(pair, (0xEE, _) | (0xEF, 0x80..=0xA3))) {
        masked.push_str(text);
        return;
    }
    for (index, c) in text.char_indices() {
        if is_private(c) {
            let span = Span::new(source, at + index, at + index + c.len_utf8());
            let message = say!(
                "the private-use character U+{c} has no agreed meaning",
                c = format!("{:04X}", u32::from(c))
            );
            let found = Diagnostic::error("private-character", span, message)
                .help(say!("delete it, or write the character that was meant"));
            sink.push(found);
            // A wide blank has as many bytes, and needs no glyph.
            masked.push('\u{3000}');
        } else {
            masked.push(c);
        }
    }
}

/// Whether a character is one of private use, of which the masks are three.
fn is_private(c: char) -> bool {
    ('\u{E000}'..='\u{F8FF}').contains(&c)
}

/// Writes a mask of exactly `length` bytes, at least seven for what can be written in braces.
fn push_mask(length: usize, masked: &mut String) {
    let filled = length.saturating_sub(MASK_START.len_utf8() + MASK_END.len_utf8());
    masked.push(MASK_START);
    for _ in 0..filled / 3 {
        masked.push(MASK_FILL);
    }
    for _ in 0..filled % 3 {
        masked.push('x');
    }
    if length >= 6 {
        masked.push(MASK_END);
    } else {
        // `{{}}` and `{{x}}` are too short for both ends.
        for _ in 3..length {
            masked.push('x');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn no_private_character_is_overlooked() {
        for c in ('\0'..=char::MAX).filter(|c| is_private(*c)) {
            let (mut masked, mut sink) = (String::new(), Sink::default());
            let id = Sources::default().add("t.md", "");
            push_plain(id, &format!("a{c}"), 0, &mut masked, &mut sink);
            assert_eq!((masked.as_str(), sink.finish().len()), ("a\u{3000}", 1), "{c:?}");
        }
    }

    #[test]
    fn masks_keep_every_byte_in_its_place() {
        for text in ["a {{ b[c=d]@2024 | dp 1 }} e", "{{x}}", "{{}}z", "{{ab}}", "{{ 数 }}。"] {
            let id = Sources::default().add("t.md", text);
            let masked = mask(id, text, 0, &mut Sink::default());
            assert_eq!(masked.text.len(), text.len(), "{text}");
            assert_eq!(masked.holes.len(), 1, "{text}");
        }
    }
}
