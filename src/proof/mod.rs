//! The finished report read back: every figure and every index row is looked for in the bytes that will
//! be published.
//!
//! **Invariant:** nothing here shares code with the printers; a file is judged by what a reader finds in it.

mod expected;
mod html;
mod pdf;

pub use self::pdf::{PrintedPdf, read_pdf};

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::spread::spread;
use crate::view::{Edition, View};

use self::expected::{Expected, Place};

/// What a view promises that a finished file does not hold, in words. Empty if all of it is there.
pub fn prove_pdf(view: &View, bytes: &[u8]) -> Result<Vec<String>, String> {
    let printed = read_pdf(bytes)?;
    let expected = Expected::of(view);
    let pages = printed.pages.join("\u{c}");
    let mut faults = expected.missing_figures(&pages);
    // Many rows name the same place.
    let mut listed: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    let mut last = 0;
    for place in &expected.places {
        let pages = place.page_words.as_deref().map(|words| {
            let pages = listed.entry(&place.name);
            &*pages.or_insert_with(|| listed_pages(&place.name, words, &printed))
        });
        faults.extend(place_fault(place, &printed, pages, &mut last));
    }
    Ok(faults)
}

/// The same for a page of HTML, in which each language is looked for in its own part.
pub fn prove_html(editions: &[Edition], text: &str) -> Vec<String> {
    let page = html::read(text);
    let found: Vec<&str> = page.editions.iter().map(|(lang, _)| lang.as_str()).collect();
    let wanted: Vec<&str> = editions.iter().map(|edition| edition.view.lang.as_str()).collect();
    if found != wanted {
        let (found, wanted) = (found.join(", "), wanted.join(", "));
        return vec![format!("the page has the languages {found}, and should have {wanted}")];
    }
    let starts = page.editions.iter().map(|(_, start)| *start);
    let ends = starts.clone().skip(1).chain([page.text.len()]);
    let parts: Vec<Range<usize>> = starts.zip(ends).map(|(start, end)| start..end).collect();
    let faults = |at: usize| {
        let (edition, part) = editions.get(at).zip(parts.get(at))?;
        Some(edition_faults(edition, &page, part.clone()))
    };
    spread(editions.len(), faults).into_iter().flatten().flatten().collect()
}

/// What the part of one language lacks.
fn edition_faults(edition: &Edition, page: &html::Page, part: Range<usize>) -> Vec<String> {
    let expected = Expected::of(&edition.view);
    let mut faults = expected.missing_figures(page.text.get(part.clone()).unwrap_or_default());
    for place in &expected.places {
        let target = &place.target;
        let fault = match page.anchors.get(target) {
            None => Some("has no anchor"),
            Some(at) if !part.contains(at) => Some("is in another language"),
            Some(_) if !page.links.contains(target) => Some("is not linked"),
            Some(after) => {
                let there = page.text.get(*after..part.end).unwrap_or_default();
                let near: String = there.chars().take(NEAR).collect();
                (!near.contains(&place.title)).then_some("is not where its anchor is")
            }
        };
        faults.extend(fault.map(|fault| place.told(fault)));
    }
    faults
}

/// Characters behind an anchor within which its title begins.
const NEAR: usize = 400;

/// A place must be on the page that a link leads to, and an index prints this page behind its name.
/// Headings have named destinations; links to tables and charts lead to their page without a name.
fn place_fault(
    place: &Place,
    printed: &PrintedPdf,
    listed: Option<&BTreeSet<usize>>,
    last: &mut usize,
) -> Option<String> {
    let holds =
        |page: usize| printed.pages.get(page).is_some_and(|text| text.contains(&place.title));
    if let Some(page) = printed.destinations.get(&place.target).copied() {
        return if !printed.links.contains(&place.target) {
            Some(place.told("is not linked"))
        } else if !holds(page) {
            Some(place.told(&format!("is not on page {}", page + 1)))
        } else {
            let fault = || place.told(&format!("is not listed with page {}", page + 1));
            listed.is_some_and(|pages| !pages.contains(&page)).then(fault)
        };
    }
    let is_listed = |page: &usize| listed.is_none_or(|pages| pages.contains(page));
    // Most places are found no further on than where the last one was, or soon after it.
    let (before, after) =
        (printed.linked_pages.range(..*last), printed.linked_pages.range(*last..));
    let found = after.chain(before).copied().filter(is_listed).find(|page| holds(*page));
    *last = found.unwrap_or(*last);
    let fault = match listed {
        Some(_) => "is on no page that its row lists and a link leads to",
        None => "is on no page that a link leads to",
    };
    found.is_none().then(|| place.told(fault))
}

/// The pages that are printed behind the name of a place, counted from 0.
fn listed_pages(name: &str, page_words: &str, printed: &PrintedPdf) -> BTreeSet<usize> {
    let (before, after) = page_words.split_once("{n}").unwrap_or((page_words, ""));
    let line = format!("{name}{before}");
    let mut found = BTreeSet::new();
    for (at, _) in printed.all.match_indices(&line) {
        let rest = printed.all.get(at + line.len()..).unwrap_or_default();
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let closed = rest.get(digits.len()..).is_some_and(|rest| rest.starts_with(after));
        let page = digits.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        found.extend(page.filter(|_| closed));
    }
    found
}

/// Text without what layout changes: blanks, hyphens, joiners, and digits off the line.
fn squeezed(text: &str) -> String {
    let layout = |c: &char| {
        c.is_whitespace()
            || matches!(c, '-' | '\u{ad}' | '‐' | '\u{2060}' | '\u{200b}' | '\u{feff}')
    };
    text.chars().filter(|c| !layout(c)).map(level).collect()
}

/// Digits below and above the line are often set with the glyphs of those on it, and read as them.
fn level(c: char) -> char {
    match c {
        '₀' | '⁰' => '0',
        '₁' | '¹' => '1',
        '₂' | '²' => '2',
        '₃' | '³' => '3',
        '₄' | '⁴' => '4',
        '₅' | '⁵' => '5',
        '₆' | '⁶' => '6',
        '₇' | '⁷' => '7',
        '₈' | '⁸' => '8',
        '₉' | '⁹' => '9',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::expected::Figure;
    use super::*;

    fn figure(left: &str, text: &str, right: &str) -> Figure {
        let words = [left, text, right].map(str::to_owned);
        let [left, text, right] = words;
        Figure { left, text, right, place: "about".to_owned() }
    }

    #[test]
    fn a_figure_counts_only_among_its_words() {
        let expected = Expected {
            figures: vec![figure("used", "10.0MWh", "ofpower"), figure("lost", "2.5%", "")],
            places: Vec::new(),
        };
        assert!(expected.missing_figures("weused10.0MWhofpower,lost2.5%ofit").is_empty());
        let faults = expected.missing_figures("weused1.0MWhofpower,lost2.5%ofit");
        assert_eq!(faults, ["the figure 10.0MWh of about is not in the finished file"]);
    }

    #[test]
    fn a_page_break_may_stand_on_one_side() {
        let expected =
            Expected { figures: vec![figure("used", "10.0MWh", "ofpower")], places: Vec::new() };
        assert!(expected.missing_figures("weused10.0MWh\u{c}page2ofpower").is_empty());
        assert!(!expected.missing_figures("wedrew10.0MWh\u{c}page2").is_empty());
    }
}
