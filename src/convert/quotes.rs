//! Quotation marks: “ ” and ‘ ’ become 「 」 and 『 』 in Chinese text.

use crate::convert::is_han;

/// A character of a text, or a hole that counts as one.
struct Sign {
    c: char,
    /// Whether it stands in a piece that is left as it is.
    kept: bool,
}

/// Puts pieces together and gives the quotation marks of Chinese text their Hong Kong form. A
/// piece whose text equals its source in a protected place is given as such by an empty source.
pub fn corner(pieces: &[(&str, String)]) -> String {
    let signs: Vec<Sign> = pieces
        .iter()
        .flat_map(|(source, text)| {
            let kept = source.is_empty();
            text.chars().map(move |c| Sign { c, kept })
        })
        .collect();
    let mut out: Vec<char> = signs.iter().map(|sign| sign.c).collect();
    for (open, close, forms) in [('“', '”', ['「', '」']), ('‘', '’', ['『', '』'])] {
        let mut from = 0;
        while let Some((start, end)) = pair(&signs, open, close, from) {
            from = start + 1;
            if is_chinese(&signs, start, end) {
                set(&mut out, start, forms[0]);
                set(&mut out, end, forms[1]);
                from = end + 1;
            }
        }
    }
    single_outside(&mut out);
    out.into_iter().collect()
}

fn set(out: &mut [char], at: usize, c: char) {
    if let Some(place) = out.get_mut(at) {
        *place = c;
    }
}

/// The next pair of marks within a paragraph.
fn pair(signs: &[Sign], open: char, close: char, from: usize) -> Option<(usize, usize)> {
    let free = |at: &usize, c: char| signs.get(*at).is_some_and(|s| s.c == c && !s.kept);
    let mut start = (from..signs.len()).find(|at| free(at, open))?;
    let mut at = start + 1;
    while at < signs.len() {
        let blank = signs.get(at).is_some_and(|s| s.c == '\n')
            && signs.get(at + 1).is_some_and(|s| s.c == '\n');
        if free(&at, close) && !is_apostrophe(signs, at) {
            return Some((start, at));
        }
        if blank || free(&at, open) {
            start = (at..signs.len()).find(|at| free(at, open))?;
            at = start;
        }
        at += 1;
    }
    None
}

/// Whether a mark belongs to a Latin word, as in `group’s`.
fn is_apostrophe(signs: &[Sign], at: usize) -> bool {
    let latin = |at: Option<usize>| {
        at.and_then(|at| signs.get(at)).is_some_and(|s| s.c.is_ascii_alphanumeric())
    };
    signs.get(at).is_some_and(|s| s.c == '’') && latin(at.checked_sub(1)) && latin(Some(at + 1))
}

/// Whether Chinese stands between two marks or beside them.
fn is_chinese(signs: &[Sign], start: usize, end: usize) -> bool {
    let chinese = |s: &Sign| is_han(s.c) || is_wide(s.c);
    let inside = signs.get(start + 1..end).unwrap_or_default().iter().any(|s| is_han(s.c));
    let before = start.checked_sub(1).and_then(|at| signs.get(at)).is_some_and(chinese);
    inside || before || signs.get(end + 1).is_some_and(chinese)
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff60}')
}

/// Single marks that stand in no double ones become the outer marks.
fn single_outside(out: &mut [char]) {
    let mut depth = 0_usize;
    for c in out.iter_mut() {
        match *c {
            '「' => depth += 1,
            '」' => depth = depth.saturating_sub(1),
            '『' if depth == 0 => *c = '「',
            '』' if depth == 0 => *c = '」',
            _ => {}
        }
    }
}
