//! Ages in English: digits that say how old somebody is, told by the words around them.

use crate::locale::numerals::Literal;
use crate::locale::numerals::line::{Line, is_latin};
use crate::locale::numerals::literal::Context;
use crate::locale::numerals::reading::number;
use crate::locale::numerals::tail::Measure;

/// What follows an age.
const OLD: [&str; 5] = ["years old", "years of age", "year-old", "-year-old", "year olds"];

/// What follows the first of two ages.
const FROM: [&str; 6] = [
    "or over but",
    "or above but",
    "or older but",
    "and over but",
    "and above but",
    "years or over but",
];

/// Words between two ages.
const BETWEEN: [&str; 21] = [
    "or", "and", "to", "but", "not", "yet", "over", "above", "older", "more", "under", "below",
    "younger", "less", "than", "between", "from", "years", "aged", "up", "through",
];

/// Words before an age.
const BOUNDS: [&str; 5] = ["under", "below", "over", "above", "between"];

/// Whom an age is told of.
const WHO: [&str; 19] = [
    "employees",
    "staff",
    "workers",
    "people",
    "persons",
    "children",
    "minors",
    "women",
    "men",
    "directors",
    "members",
    "those",
    "youth",
    "youths",
    "adults",
    "individuals",
    "anyone",
    "nobody",
    "labour",
];

/// Digits that are an age, with their end.
pub fn of(context: &Context<'_>) -> Option<(usize, Literal)> {
    context.whole().filter(|whole| *whole < 100)?;
    let (line, end) = (context.line, context.last.end);
    if line.at(end) == 's' && !is_latin(line.at(end + 1)) && context.last.digits.len() == 2 {
        return Some((end + 1, Literal::Term));
    }
    let after = line.skip_blank(end);
    if let Some(length) = line.longest(after, &OLD) {
        return Some((after + length, Literal::Term));
    }
    let told = follows(context) || is_first(line, after) || is_bounded(context);
    (told && !context.sure()).then_some((end, Literal::Term))
}

/// Whether `aged`, or an age and words that join two, stand before.
fn follows(context: &Context<'_>) -> bool {
    let (line, start) = (context.line, context.first.start);
    let before = words(&line.text(start.saturating_sub(22)..start));
    let aged =
        before.iter().rev().take(3).any(|word| matches!(word.as_str(), "aged" | "age" | "ages"));
    let joined = context.chain.is_some_and(|(end, kind)| {
        let between = line.text(end..start).replace(',', " ");
        kind == Literal::Term && line.before(end).is_ascii_digit() && joins(&between)
    });
    aged || joined
}

/// Whether what follows says that an age comes first: `or over but`, or another age.
fn is_first(line: &Line, after: usize) -> bool {
    if line.longest(after, &FROM).is_some() {
        return true;
    }
    let next = (after..line.len().min(after + 40)).find(|at| line.at(*at).is_ascii_digit());
    next.is_some_and(|next| {
        let behind = line.skip_blank(number(line, next).end);
        joins(&line.text(after..next)) && line.longest(behind, &OLD).is_some()
    })
}

/// `employees under 30`, with nothing counted behind.
fn is_bounded(context: &Context<'_>) -> bool {
    let start = context.first.start;
    let before = words(&context.line.text(start.saturating_sub(30)..start));
    let [.., who, bound] = before.as_slice() else { return false };
    context.first.digits.len() == 2
        && context.tail.measure == Measure::None
        && BOUNDS.contains(&bound.as_str())
        && WHO.contains(&who.as_str())
}

fn joins(between: &str) -> bool {
    let words = words(between);
    !words.is_empty() && words.iter().all(|word| BETWEEN.contains(&word.as_str()))
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_lowercase).collect()
}
