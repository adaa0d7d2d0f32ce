//! What makes a finding the same finding after other parts of the project have changed.

use crate::diag::Diagnostic;
use crate::source::{Sources, Span, sha256};

/// Characters of the line on each side of a place in prose that belong to it.
const AROUND: usize = 24;

/// Longest text of a place that belongs to it, in characters.
const LONGEST: usize = 200;

/// Digits of a fingerprint.
const DIGITS: usize = 32;

/// The identity of a finding: its rule and severity, the file, what it is about, its figures, what
/// fills the gaps of its message, and what stands at its place. Lines and columns are no part of
/// it, nor is the wording of messages: a finding that merely moves, or that a later version says in
/// other words, stays the same. One whose figures change is another.
pub fn fingerprint(found: &Diagnostic, sources: &Sources) -> String {
    let place = found.primary.span;
    let mut parts = vec![found.rule, found.severity.word(), sources.path(place)];
    let known = [&found.subject, &found.stated, &found.computed, &found.difference];
    parts.extend(known.map(|part| part.as_deref().unwrap_or_default()));
    parts.extend(found.message.fillings());
    let surroundings = surroundings(place, sources);
    parts.extend(surroundings.iter().map(String::as_str));
    // The length before each part keeps parts from running into each other.
    let text: String = parts.iter().map(|part| format!("{}:{part}\n", part.len())).collect();
    sha256(text.as_bytes()).chars().take(DIGITS).collect()
}

/// What stands at a place and leads to it, without numbers of lines: the keys above it in YAML, its
/// heading and the words next to it in prose, its row in a table.
fn surroundings(place: Span, sources: &Sources) -> Vec<String> {
    let Some(file) = sources.get(place.source) else { return Vec::new() };
    let text = &*file.text;
    let start = (place.start as usize).min(text.len());
    let from = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let before = text.get(from..start).unwrap_or_default();
    let rest = text.get(start..).unwrap_or_default();
    let to_end = rest.lines().next().unwrap_or_default();
    let own = sources.text(place).lines().next().unwrap_or_default();
    let after = to_end.strip_prefix(own).unwrap_or_default();
    let above = text.get(..from).unwrap_or_default();
    let mut parts = match file.path.rsplit_once('.').map(|(_, end)| end) {
        Some("yaml" | "yml") => keys(&format!("{before}{to_end}"), above),
        Some("md") => {
            let heading = above.lines().rev().find(|line| line.starts_with('#'));
            let near = format!("{}|{}", last(before, AROUND), first(after, AROUND));
            vec![plain(heading.unwrap_or_default()), plain(&near)]
        }
        _ => vec![plain(&format!("{before}{to_end}"))],
    };
    parts.push(plain(first(own, LONGEST)));
    parts
}

/// The keys of a line of YAML and of the lines above it that hold it, by their indentation.
fn keys(line: &str, above: &str) -> Vec<String> {
    let mut depth = indentation(line);
    let mut found = vec![key(line)];
    for line in above.lines().rev().filter(|line| !line.trim().is_empty()) {
        let own = indentation(line);
        if own < depth && !line.trim_start().starts_with('#') {
            found.push(key(line));
            depth = own;
        }
        if depth == 0 {
            break;
        }
    }
    found
}

fn indentation(line: &str) -> usize {
    line.chars().take_while(|c| matches!(c, ' ' | '-')).count()
}

fn key(line: &str) -> String {
    let line = line.trim_start_matches([' ', '-']);
    plain(line.split(": ").next().unwrap_or_default().trim_end_matches(':'))
}

/// Words with one blank between them.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn first(text: &str, count: usize) -> &str {
    let end = text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default()
}

fn last(text: &str, count: usize) -> &str {
    let skipped = text.chars().count().saturating_sub(count);
    let start = text.char_indices().nth(skipped).map_or(text.len(), |(at, _)| at);
    text.get(start..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::say;

    /// The fingerprint of a finding at the `nth` place where `word` stands.
    fn at(path: &str, text: &str, word: &str, nth: usize) -> String {
        let mut sources = Sources::default();
        let id = sources.add(path, text);
        let (start, _) = text.match_indices(word).nth(nth).expect("the word");
        let span = Span::new(id, start, start + word.len());
        let message = say!("the numeral {word} is bound to no fact", word);
        fingerprint(&Diagnostic::warning("unbound-numeral", span, message), &sources)
    }

    #[test]
    fn lines_and_blanks_do_not_count() {
        let text = "# One\n\nWe have 12 sites in all.\n";
        let moved = "Much\n\nmore\n\n# One\n\nOther words.\n\nWe  have 12 sites in all.\n";
        assert_eq!(at("a.md", text, "12", 0), at("a.md", moved, "12", 0));
        let crlf = text.replace('\n', "\r\n");
        assert_eq!(at("a.md", text, "12", 0), at("a.md", &crlf, "12", 0));
    }

    #[test]
    fn another_sentence_heading_or_file_is_another_finding() {
        let text = "# One\n\nWe have 12 sites in all.\n";
        let own = at("a.md", text, "12", 0);
        assert_ne!(own, at("b.md", text, "12", 0));
        assert_ne!(own, at("a.md", "# Two\n\nWe have 12 sites in all.\n", "12", 0));
        assert_ne!(own, at("a.md", "# One\n\nWe lost 12 sites in all.\n", "12", 0));
    }

    #[test]
    fn the_keys_above_a_place_tell_equal_lines_apart() {
        let text = "a:\n  one:\n    - x: 1\n      bad: 1\n  two:\n    # one\n    bad: 1\n";
        let (first, second) = (at("a.yaml", text, "bad", 0), at("a.yaml", text, "bad", 1));
        assert_ne!(first, second);
        let moved = format!("z: 1\n\n{text}");
        assert_eq!(first, at("a.yaml", &moved, "bad", 0));
        assert_eq!(second, at("a.yaml", &moved, "bad", 1));
    }

    #[test]
    fn a_change_elsewhere_in_a_long_line_does_not_count() {
        let text = "长".repeat(40) + "共有12个场地" + &"文".repeat(40);
        let changed = text.replacen("长长", "短", 1);
        assert_eq!(at("a.md", &text, "12", 0), at("a.md", &changed, "12", 0));
    }
}
