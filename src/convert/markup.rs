//! Markdown text: what stands in it besides words is left as it is.

use crate::convert::Converter;
use crate::convert::quotes;

impl Converter {
    /// Converts a text that may hold Markdown and figures, but no blocks.
    pub fn markup(&self, text: &str) -> String {
        let mut pieces: Vec<(&str, String)> = Vec::new();
        let mut rest = text;
        while let Some((before, kept)) = protected(rest) {
            let at = before.len() + kept.len();
            pieces.push((before, self.plain(before)));
            pieces.push(("", self.kept(kept)));
            rest = rest.get(at..).unwrap_or_default();
        }
        pieces.push((rest, self.plain(rest)));
        quotes::corner(&pieces)
    }

    /// A protected piece. Only the words that a figure prints in the place of its number are text.
    fn kept(&self, piece: &str) -> String {
        let words = piece.starts_with("{{").then(|| quoted_words(piece)).flatten();
        let Some((start, end)) = words else { return piece.to_owned() };
        let part = |from: usize, to: usize| piece.get(from..to).unwrap_or_default();
        format!("{}{}{}", part(0, start), self.plain(part(start, end)), part(end, piece.len()))
    }

    /// Converts the words of a figure that stands without braces, such as the `value` of a
    /// callout.
    pub(super) fn figure(&self, text: &str) -> String {
        let Some((start, end)) = quoted_words(text) else { return text.to_owned() };
        let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
        format!("{}{}{}", part(0, start), self.plain(part(start, end)), part(end, text.len()))
    }
}

/// The text in `words "…"`, in bytes.
fn quoted_words(piece: &str) -> Option<(usize, usize)> {
    let bar = piece.find('|')?;
    let option = bar + piece.get(bar..)?.find("words")?;
    let start = option + piece.get(option..)?.find('"')? + 1;
    let end = start + piece.get(start..)?.find('"')?;
    // Inside a YAML text in double quotes the marks are escaped.
    let end = if piece.get(..end)?.ends_with('\\') { end - 1 } else { end };
    Some((start, end))
}

/// The text before the next protected piece, and that piece.
fn protected(text: &str) -> Option<(&str, &str)> {
    let mut at = 0;
    while let Some(step) = text.get(at..)?.find(['{', ']', '[', '`', '<']) {
        let start = at + step;
        let from = text.get(start..)?;
        if let Some(length) = length_of(from) {
            return Some((text.get(..start)?, from.get(..length)?));
        }
        at = start + 1;
    }
    None
}

/// Length of the protected piece that a text starts with.
fn length_of(text: &str) -> Option<usize> {
    let until = |from: usize, end: &str| {
        let line = text.get(from..)?.split('\n').next()?;
        Some(from + line.find(end)? + end.len())
    };
    if text.starts_with("{{") {
        return until(2, "}}");
    }
    if text.starts_with("{#") {
        return until(2, "}");
    }
    if text.starts_with("](") {
        return until(2, ")");
    }
    if text.starts_with("[^") {
        return until(2, "]");
    }
    if text.starts_with("<http") || text.starts_with("<mailto:") {
        return until(1, ">");
    }
    let ticks = text.len() - text.trim_start_matches('`').len();
    if ticks > 0 {
        let mark = text.get(..ticks)?;
        let paragraph = text.get(ticks..)?.split("\n\n").next()?;
        return paragraph.find(mark).map(|at| at + 2 * ticks);
    }
    None
}
