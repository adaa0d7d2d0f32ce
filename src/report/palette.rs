//! The colours of a project's theme, in the pairs in which they are read.
//!
//! **Invariant:** no floats: light is computed in decimals, so every machine finds the same pairs.

use std::collections::BTreeMap;

use crate::content::ThemeValue;
use crate::quantity::Decimal;
use crate::source::{Files, Span};
use crate::syntax::yaml::{Node, Value, parse};

/// Text on a ground, one of which the project's theme has set.
#[derive(Debug, Clone)]
pub struct Pair {
    /// Name and colour of the text.
    pub text: (String, String),
    /// Name and colour of the ground.
    pub ground: (String, String),
    /// Where the theme sets the one or the other.
    pub span: Span,
    /// How much lighter the one is than the other: from 1 to 21.
    pub contrast: Decimal,
}

/// The pairs of the templates in which at least one colour is the theme's.
pub fn pairs(theme: &[ThemeValue], files: &dyn Files) -> Vec<Pair> {
    if theme.is_empty() {
        return Vec::new();
    }
    let text = files.read("templates/shared/tokens.yaml").unwrap_or_default();
    let text = String::from_utf8(text).unwrap_or_default();
    let id = crate::source::Sources::default().add("tokens", &text);
    let Some(tokens) = parse(id, &text, 0, &mut crate::diag::Sink::default()) else {
        return Vec::new();
    };
    let mut colours: BTreeMap<String, (String, Option<Span>)> = BTreeMap::new();
    flatten("", &tokens, &mut colours);
    for value in theme {
        colours.insert(value.name.clone(), (value.text.value.clone(), Some(value.text.span)));
    }
    let mut found = Vec::new();
    for pair in tokens.get("pairs").map(Node::items).unwrap_or_default() {
        let [Some(text), Some(ground)] = [0, 1].map(|n| pair.items().get(n).and_then(Node::text))
        else {
            continue;
        };
        let starred = text.contains('*') || ground.contains('*');
        let accents = ["front", "1", "2", "3", "4"];
        for accent in accents.iter().take(if starred { accents.len() } else { 1 }) {
            found.extend(pair_of(&name(text, accent), &name(ground, accent), &colours));
        }
    }
    found
}

/// The full name of a colour of a pair: those without a dot stand under `colour`.
fn name(written: &str, accent: &str) -> String {
    let name = written.replace('*', accent);
    if name.contains('.') { name } else { format!("colour.{name}") }
}

fn flatten(prefix: &str, node: &Node, found: &mut BTreeMap<String, (String, Option<Span>)>) {
    for entry in node.entries() {
        let name = match prefix {
            "" => entry.key.value.clone(),
            prefix => format!("{prefix}.{}", entry.key.value),
        };
        if let Value::Scalar(scalar) = &entry.value.value {
            found.insert(name, (scalar.text.clone(), None));
        } else {
            flatten(&name, &entry.value, found);
        }
    }
}

fn pair_of(
    text: &str,
    ground: &str,
    colours: &BTreeMap<String, (String, Option<Span>)>,
) -> Option<Pair> {
    let (here, there) = (colours.get(text)?, colours.get(ground)?);
    let span = here.1.or(there.1)?;
    let (a, b) = (luminance(&here.0)?, luminance(&there.0)?);
    let flare = Decimal::new(5, 2);
    let contrast = a.max(b).checked_add(flare)?.checked_div(a.min(b).checked_add(flare)?)?;
    Some(Pair {
        text: (text.to_owned(), here.0.clone()),
        ground: (ground.to_owned(), there.0.clone()),
        span,
        contrast,
    })
}

/// Relative luminance of a colour in six digits (WCAG 2.2).
fn luminance(colour: &str) -> Option<Decimal> {
    let digits = colour.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let channel = |at: usize, weight: i64| {
        let byte = u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()?;
        linear(byte)?.checked_mul(Decimal::new(weight, 4))
    };
    channel(0, 2126)?.checked_add(channel(2, 7152)?)?.checked_add(channel(4, 722)?)
}

/// The light of a channel of sRGB: the power of 2.4 as a square times a fifth root of the square.
fn linear(byte: u8) -> Option<Decimal> {
    let share = Decimal::from(byte).checked_div(Decimal::from(255))?;
    if share <= Decimal::new(4045, 5) {
        return share.checked_div(Decimal::new(1292, 2));
    }
    let base = share.checked_add(Decimal::new(55, 3))?.checked_div(Decimal::new(1055, 3))?;
    let square = base.checked_mul(base)?;
    let mut root = Decimal::ONE;
    for _ in 0..40 {
        let fourth = root.checked_mul(root)?.checked_mul(root)?.checked_mul(root)?;
        let next = root.checked_mul(Decimal::from(4))?.checked_add(square.checked_div(fourth)?)?;
        root = next.checked_div(Decimal::from(5))?;
    }
    square.checked_mul(root)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let contrast = |a: &str, b: &str| {
            let mut colours = BTreeMap::new();
            let id = crate::source::Sources::default().add("", "");
            let span = Some(Span::new(id, 0, 0));
            colours.insert("a".to_owned(), (a.to_owned(), span));
            colours.insert("b".to_owned(), (b.to_owned(), None));
            let pair = pair_of("a", "b", &colours).expect("a pair");
            crate::quantity::rounded(pair.contrast, 2).to_string()
        };
        assert_eq!(contrast("#000000", "#ffffff"), "21.00");
        assert_eq!(contrast("#767676", "#ffffff"), "4.54");
        assert_eq!(contrast("#ffffff", "#777777"), "4.48");
        assert_eq!(contrast("#ff0000", "#ffffff"), "4.00");
    }
}
