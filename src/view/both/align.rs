//! Which blocks of two languages belong together.

use std::collections::BTreeSet;

use crate::view::model::{Block, Headline, Inline};

/// What alignment looks at in a block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measure {
    /// Kind, with the anchor where it has one: only blocks with the same one belong together.
    key: String,
    /// Figures, by the fact they come from.
    facts: BTreeSet<String>,
    /// Length in half characters.
    length: usize,
}

/// Most cells of the table of scores; beyond it blocks are paired by position.
const MOST_CELLS: usize = 4_000_000;

/// Measures a block.
pub fn measure(block: &Block) -> Measure {
    let mut measure = Measure { key: key(block), ..Measure::default() };
    look(block, &mut measure);
    measure
}

/// Measures the blocks of a list's item as one.
pub fn measure_all(blocks: &[Block]) -> Measure {
    let mut measure = Measure { key: "item".to_owned(), ..Measure::default() };
    blocks.iter().for_each(|block| look(block, &mut measure));
    measure
}

fn key(block: &Block) -> String {
    let (kind, id) = match block {
        Block::Heading { id, .. } => ("heading", id.as_str()),
        Block::Paragraph { .. } => ("paragraph", ""),
        Block::List { .. } => ("list", ""),
        Block::Quote { .. } => ("quote", ""),
        Block::Table(_) => ("table", ""),
        Block::KpiTable(table) => ("kpi-table", table.id.as_str()),
        Block::Chart(chart) => ("chart", chart.id.as_str()),
        Block::Callout { .. } => ("callout", ""),
        Block::Case { .. } => ("case", ""),
        Block::Pull { .. } => ("pull", ""),
        Block::Targets(targets) => ("targets", targets.id.as_str()),
        Block::Index(index) => ("index", index.id.as_str()),
        Block::Assurance(_) => ("assurance", ""),
        Block::Voice { .. } => ("voice", ""),
        Block::Definitions { .. } => ("definitions", ""),
        Block::Restatements(_) => ("restatements", ""),
        Block::Stakeholders(_) => ("stakeholders", ""),
        Block::Materiality(matrix) => ("materiality", matrix.id.as_str()),
        Block::Topics(_) => ("topics", ""),
        Block::Governance(chart) => ("governance", chart.id.as_str()),
        Block::Process(process) => ("process", process.id.as_str()),
        Block::Certificates(_) => ("certificates", ""),
        Block::Glossary(_) => ("glossary", ""),
        Block::Image(image) => ("image", image.file.as_str()),
    };
    format!("{kind} {id}")
}

fn look(block: &Block, into: &mut Measure) {
    match block {
        Block::Heading { content, .. }
        | Block::Paragraph { content }
        | Block::Pull { content }
        | Block::Voice { content, .. } => inlines(content, into),
        Block::List { items, .. } => items.iter().flatten().for_each(|block| look(block, into)),
        Block::Quote { blocks } | Block::Case { blocks, .. } => {
            blocks.iter().for_each(|block| look(block, into));
        }
        Block::Table(table) => {
            let cells = table.head.iter().chain(table.rows.iter().flat_map(|row| &row.cells));
            cells.for_each(|cell| inlines(cell, into));
        }
        Block::Callout { figures } => figures.iter().for_each(|figure| headline(figure, into)),
        Block::Definitions { items } => {
            items.iter().for_each(|item| inlines(&item.content, into));
        }
        Block::Process(process) => {
            process.steps.iter().for_each(|step| inlines(&step.title, into));
        }
        Block::Certificates(certificates) => {
            certificates.rows.iter().for_each(|row| inlines(&row.scope, into));
        }
        Block::Image(image) => inlines(&image.caption, into),
        Block::Stakeholders(_)
        | Block::Materiality(_)
        | Block::Topics(_)
        | Block::Governance(_)
        | Block::Glossary(_)
        | Block::KpiTable(_)
        | Block::Restatements(_)
        | Block::Chart(_)
        | Block::Targets(_)
        | Block::Index(_)
        | Block::Assurance(_) => {}
    }
}

fn headline(figure: &Headline, into: &mut Measure) {
    into.facts.extend(figure.fact.clone());
}

fn inlines(content: &[Inline], into: &mut Measure) {
    for inline in content {
        match inline {
            Inline::Text { text } | Inline::Code { text } => {
                into.length +=
                    text.chars().map(|c| if c >= '\u{2e80}' { 2 } else { 1 }).sum::<usize>();
            }
            Inline::Strong { content }
            | Inline::Emphasis { content }
            | Inline::Link { content, .. } => inlines(content, into),
            Inline::Figure { text, fact, .. } => {
                into.length += text.chars().count();
                into.facts.extend(fact.clone());
            }
            Inline::Footnote { .. } | Inline::Break => {}
        }
    }
}

/// How well two blocks go together; nothing if they cannot.
fn score(left: &Measure, right: &Measure) -> Option<usize> {
    if left.key != right.key {
        return None;
    }
    let common = left.facts.intersection(&right.facts).count();
    let all = left.facts.union(&right.facts).count();
    // Figures say most: the same ones twice are the same paragraph.
    let figures = (common * 12).checked_div(all).unwrap_or(6);
    // English takes about as many half characters as Chinese, and up to twice as many.
    let (short, long) = match left.length <= right.length {
        true => (left.length, right.length),
        false => (right.length, left.length),
    };
    let lengths = (short * 8).checked_div(long).unwrap_or(8);
    Some(4 + figures + lengths)
}

/// Places of two sequences that belong together, in order; either may stand alone.
pub type Places = (Option<usize>, Option<usize>);

/// Aligns two sequences so that the pairs go together as well as they can.
pub fn align(left: &[Measure], right: &[Measure]) -> Vec<Places> {
    let (rows, columns) = (left.len(), right.len());
    if (rows + 1).saturating_mul(columns + 1) > MOST_CELLS {
        let length = rows.max(columns);
        let place = |at: usize, count: usize| (at < count).then_some(at);
        return (0..length).map(|at| (place(at, rows), place(at, columns))).collect();
    }
    let best = table(left, right);
    let at = |row: usize, column: usize| {
        best.get(row * (columns + 1) + column).copied().unwrap_or_default()
    };
    let mut places = Vec::new();
    let (mut row, mut column) = (0, 0);
    while row < rows || column < columns {
        let pair = left.get(row).zip(right.get(column)).and_then(|(l, r)| score(l, r));
        let here = at(row, column);
        if pair.is_some_and(|score| at(row + 1, column + 1) + score == here) {
            places.push((Some(row), Some(column)));
            row += 1;
            column += 1;
        } else if row < rows && at(row + 1, column) == here {
            places.push((Some(row), None));
            row += 1;
        } else {
            places.push((None, Some(column)));
            column += 1;
        }
    }
    places
}

/// The best score of what is left from each place on, row by row.
fn table(left: &[Measure], right: &[Measure]) -> Vec<usize> {
    let width = right.len() + 1;
    let mut best = vec![0; (left.len() + 1) * width];
    for (row, l) in left.iter().enumerate().rev() {
        for (column, r) in right.iter().enumerate().rev() {
            let at = |row: usize, column: usize| {
                best.get(row * width + column).copied().unwrap_or_default()
            };
            let paired = score(l, r).map_or(0, |score| score + at(row + 1, column + 1));
            let found = paired.max(at(row + 1, column)).max(at(row, column + 1));
            if let Some(cell) = best.get_mut(row * width + column) {
                *cell = found;
            }
        }
    }
    best
}
