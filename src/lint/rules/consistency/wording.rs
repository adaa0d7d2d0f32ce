//! What a statement says about the direction of a target: at least, at most.
//!
//! **Invariant:** words count only next to the very figure of the target, so that "at least once a
//! year" says nothing about a limit of 5 tonnes.

use crate::content::{Inline, InlineKind};
use crate::quantity::Decimal;

/// A bound that words set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// The value or more.
    Floor,
    /// The value or less.
    Ceiling,
}

/// Words that set a floor.
const FLOORS: [&str; 13] = [
    "at least",
    "not less than",
    "no less than",
    "not lower than",
    "no lower than",
    "minimum of",
    "不低于",
    "不低於",
    "不少于",
    "不少於",
    "不小于",
    "不小於",
    "至少",
];

/// Words that set a ceiling.
const CEILINGS: [&str; 16] = [
    "at most",
    "not more than",
    "no more than",
    "not exceed",
    "not exceeding",
    "not higher than",
    "no higher than",
    "at or below",
    "maximum of",
    "不高于",
    "不高於",
    "不超过",
    "不超過",
    "不多于",
    "不多於",
    "至多",
];

/// Words for a change for which more is more.
const REDUCTIONS: [&str; 12] = [
    "reduction",
    "saving",
    "减排量",
    "減排量",
    "减少量",
    "減少量",
    "节约量",
    "節約量",
    "节水量",
    "節水量",
    "降幅",
    "减幅",
];

/// The words of a text without its marks; a figure of the project leaves a gap.
pub fn plain(inlines: &[Inline]) -> String {
    let mut text = String::new();
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(words) | InlineKind::Code(words) => text.push_str(words),
            InlineKind::Strong(inner)
            | InlineKind::Emphasis(inner)
            | InlineKind::Link(_, inner) => text.push_str(&plain(inner)),
            InlineKind::Insert(_) => text.push('…'),
            InlineKind::Footnote(_) | InlineKind::Break => text.push(' '),
        }
    }
    text.to_lowercase()
}

/// The bound that a text sets for a figure; nothing if it sets none, or both.
pub fn bound(text: &str, value: Decimal) -> Option<Bound> {
    let floor = FLOORS.iter().any(|word| sets(text, word, value));
    let ceiling = CEILINGS.iter().any(|word| sets(text, word, value));
    match (floor, ceiling) {
        (true, false) => Some(Bound::Floor),
        (false, true) => Some(Bound::Ceiling),
        _ => None,
    }
}

/// Whether a text sets a ceiling on a reduction, such as "a reduction of not more than 5 %".
pub fn caps_reduction(text: &str, value: Decimal) -> bool {
    let text = without_parentheses(text);
    CEILINGS.iter().any(|word| {
        text.match_indices(word).any(|(at, _)| {
            let before = text.get(..at).unwrap_or_default();
            let after = text.get(at + word.len()..).unwrap_or_default();
            let clause = before.rsplit(['，', ',', '。', '.', '；', ';']).next();
            let close = clause.is_some_and(|clause| {
                let reductions = REDUCTIONS.iter().filter_map(|word| clause.split(word).nth(1));
                let is_close = |between: &&str| between.chars().count() <= 24;
                reductions.filter(is_close).any(|between| !leads_to(between))
            });
            close && begins_with(after, value)
        })
    })
}

/// Whether the figure is what is left, not what is taken away: "a reduction to not more than 5 t".
fn leads_to(between: &str) -> bool {
    let between = between.trim_end();
    [" to", "至", "到"].iter().any(|word| between.ends_with(word))
}

/// Whether a word stands in a text with a figure behind it.
fn sets(text: &str, word: &str, value: Decimal) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let after = text.get(at + word.len()..).unwrap_or_default();
        begins_with(after, value)
    })
}

/// Whether the first number of a text is the value, with at most a short word before it.
fn begins_with(text: &str, value: Decimal) -> bool {
    const STOPS: [char; 8] = ['，', ',', '。', '.', '；', ';', '…', '、'];
    let before = text.chars().take_while(|c| !c.is_ascii_digit());
    let gap = before.clone().count();
    if gap > 8 || before.into_iter().any(|c| STOPS.contains(&c)) {
        return false;
    }
    let digits = text.chars().skip(gap).take_while(|c| c.is_ascii_digit() || ".,".contains(*c));
    let number: String = digits.filter(|c| *c != ',').collect();
    number.trim_end_matches('.').parse::<Decimal>().is_ok_and(|number| number == value)
}

fn without_parentheses(text: &str) -> String {
    let mut depth = 0_u32;
    let mut kept = String::new();
    for c in text.chars() {
        match c {
            '(' | '（' => depth = depth.saturating_add(1),
            ')' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_count_only_beside_the_figure() {
        let five = Decimal::from(5);
        assert_eq!(bound("at least 5%", five), Some(Bound::Floor));
        assert_eq!(bound("至少下降5%", five), Some(Bound::Floor));
        assert_eq!(bound("不高于5%", five), Some(Bound::Ceiling));
        assert_eq!(bound("5 t, to be reviewed at least once a year", five), None);
        assert_eq!(bound("at least 50%", five), None);
        assert_eq!(bound("at least, as before, 5%", five), None);
    }

    #[test]
    fn a_ceiling_on_a_reduction_is_told_from_one_on_emissions() {
        let five = Decimal::from(5);
        assert!(caps_reduction("a yearly reduction of not more than 5%", five));
        assert!(caps_reduction("年均碳减排量（以2024年为基准）不高于5%", five));
        assert!(!caps_reduction("a reduction of emissions to not more than 5 t", five));
        assert!(!caps_reduction("after the reduction of 2020, emit not more than 5 t", five));
    }
}
