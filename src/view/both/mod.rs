//! Two views side by side: the prevailing language and another, paired block by block.
//!
//! **Invariant:** every block of both views stands in exactly one pair; what has no counterpart
//! stands beside a gap.

mod align;
pub(super) mod anchors;

use std::collections::VecDeque;

use serde::Serialize;

use crate::view::model::{Block, Headline, Inline, Part, Section, View};

use align::{align, measure};
use anchors::prefix_ids;

/// Two views, and how they belong together.
#[derive(Debug, Clone, Serialize)]
pub struct Both {
    /// The prevailing language, on the left.
    pub left: View,
    /// The other one. Its anchors begin with its language, so that they differ from the left ones.
    pub right: View,
    /// Parts in reading order.
    pub parts: Vec<PairedPart>,
}

/// A part in two languages.
#[derive(Debug, Clone, Serialize)]
pub struct PairedPart {
    /// The accent of the part.
    pub accent: String,
    /// True for a chapter, which has a head of its own.
    pub chapter: bool,
    /// Head on the left.
    pub left: PartHead,
    /// Head on the right.
    pub right: PartHead,
    /// Sections.
    pub sections: Vec<PairedSection>,
}

/// What opens a part in one language.
#[derive(Debug, Clone, Serialize)]
pub struct PartHead {
    /// Anchor.
    pub id: String,
    /// Number; empty outside chapters.
    pub number: String,
    /// Title.
    pub title: String,
    /// One sentence.
    pub summary: Vec<Inline>,
    /// Headline figures.
    pub headline: Vec<Headline>,
}

/// A section in two languages.
#[derive(Debug, Clone, Serialize)]
pub struct PairedSection {
    /// Head on the left.
    pub left: SectionHead,
    /// Head on the right.
    pub right: SectionHead,
    /// Blocks beside each other.
    pub pairs: Vec<Pair>,
}

/// Title of a section in one language.
#[derive(Debug, Clone, Serialize)]
pub struct SectionHead {
    /// Anchor.
    pub id: String,
    /// Number; empty outside chapters.
    pub number: String,
    /// Title.
    pub title: String,
}

/// Two blocks that say the same, or one beside a gap.
#[derive(Debug, Clone, Serialize)]
pub struct Pair {
    /// The prevailing language; nothing where only the other one has the block.
    pub left: Option<Block>,
    /// The other language; nothing where only the prevailing one has the block.
    pub right: Option<Block>,
    /// True where the two stand under each other in full width, since they do not fit beside each
    /// other.
    pub stacked: bool,
}

/// Pairs two views of one report.
pub fn both(left: View, mut right: View) -> Both {
    let prefix = format!("{}_", right.lang);
    let mut others: VecDeque<Part> = right.parts.clone().into();
    let mut parts = Vec::new();
    for part in &left.parts {
        // Parts follow from the outline, which is the same in all languages.
        if let Some(mut other) = others.pop_front() {
            let pairs = pair_sections(&part.sections, &other.sections, &prefix);
            anchors::prefix_part(&mut other, &prefix);
            parts.push(PairedPart {
                accent: part.accent.clone(),
                chapter: part.chapter,
                left: head_of(part),
                right: head_of(&other),
                sections: pairs,
            });
        }
    }
    prefix_ids(&mut right, &prefix);
    Both { left, right, parts }
}

fn head_of(part: &Part) -> PartHead {
    PartHead {
        id: part.id.clone(),
        number: part.number.clone(),
        title: part.title.clone(),
        summary: part.summary.clone(),
        headline: part.headline.clone(),
    }
}

fn pair_sections(left: &[Section], right: &[Section], prefix: &str) -> Vec<PairedSection> {
    let head = |section: &Section| SectionHead {
        id: section.id.clone(),
        number: section.number.clone(),
        title: section.title.clone(),
    };
    let both = left.iter().zip(right);
    let paired = both.map(|(left, right)| {
        let mut pairs = pair_blocks(&left.blocks, &right.blocks);
        for block in pairs.iter_mut().filter_map(|pair| pair.right.as_mut()) {
            anchors::prefix_block(block, prefix);
        }
        let mut other = head(right);
        other.id = format!("{prefix}{}", other.id);
        PairedSection { left: head(left), right: other, pairs }
    });
    paired.collect()
}

/// Pairs blocks in the order they stand. Lists of different length are paired item by item.
fn pair_blocks(left: &[Block], right: &[Block]) -> Vec<Pair> {
    let measured = |blocks: &[Block]| blocks.iter().map(measure).collect::<Vec<_>>();
    let mut pairs = Vec::new();
    for (l, r) in align(&measured(left), &measured(right)) {
        let l = l.and_then(|at| left.get(at)).cloned();
        let r = r.and_then(|at| right.get(at)).cloned();
        match (l, r) {
            (
                Some(Block::List { ordered, start, items }),
                Some(Block::List { start: other, items: others, .. }),
            ) if items.len() != others.len() => {
                pairs.extend(pair_items((ordered, start, &items), (ordered, other, &others)));
            }
            (left, right) => {
                let stacked =
                    left.as_ref().is_some_and(is_wide) || right.as_ref().is_some_and(is_wide);
                pairs.push(Pair { left, right, stacked });
            }
        }
    }
    pairs
}

/// A list: whether it is numbered, its first number, its items.
type List<'a> = (bool, u64, &'a [Vec<Block>]);

fn pair_items(left: List<'_>, right: List<'_>) -> Vec<Pair> {
    let measured = |list: List<'_>| {
        let items = list.2.iter().map(|item| align::measure_all(item));
        items.collect::<Vec<_>>()
    };
    let single = |list: List<'_>, at: Option<usize>| {
        let at = at?;
        let start = list.1.saturating_add(u64::try_from(at).unwrap_or_default());
        let items = vec![list.2.get(at)?.clone()];
        Some(Block::List { ordered: list.0, start, items })
    };
    let pairs = align(&measured(left), &measured(right)).into_iter().map(|(l, r)| Pair {
        left: single(left, l),
        right: single(right, r),
        stacked: false,
    });
    pairs.collect()
}

/// Most columns of years that a table beside another one has.
const NARROW_COLUMNS: usize = 3;

/// Most half characters in a row of a written table beside another one.
const NARROW_TEXT: usize = 110;

/// Whether a block needs the width of both columns.
fn is_wide(block: &Block) -> bool {
    match block {
        Block::KpiTable(table) => {
            table.columns.len() > NARROW_COLUMNS || !table.spanners.is_empty()
        }
        Block::Targets(_)
        | Block::Index(_)
        | Block::Stakeholders(_)
        | Block::Topics(_)
        | Block::Certificates(_)
        | Block::Governance(_)
        | Block::Materiality(_) => true,
        Block::Image(image) => image.wide,
        Block::Table(table) => {
            let longest = (0..table.head.len()).map(|column| {
                let rows = table.rows.iter().map(|row| &row.cells);
                let rows = std::iter::once(&table.head).chain(rows);
                let cells = rows.filter_map(|row| row.get(column));
                cells.map(|cell| half_width(cell)).max().unwrap_or_default().min(80)
            });
            table.head.len() > 4 || longest.sum::<usize>() > NARROW_TEXT
        }
        _ => false,
    }
}

/// Width in half characters: a Chinese character counts two.
fn half_width(content: &[Inline]) -> usize {
    let text = crate::view::prose::plain(content);
    text.chars().map(|c| if c >= '\u{2e80}' { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> Vec<Inline> {
        vec![Inline::Text { text: words.to_owned() }]
    }

    fn paragraph(words: &str) -> Block {
        Block::Paragraph { content: text(words) }
    }

    fn figure(words: &str, fact: &str) -> Block {
        let mut content = text(words);
        content.push(Inline::Figure {
            before: String::new(),
            value: "1".to_owned(),
            after: String::new(),
            text: "1".to_owned(),
            fact: Some(fact.to_owned()),
        });
        Block::Paragraph { content }
    }

    fn heading(id: &str, words: &str) -> Block {
        Block::Heading { level: 2, id: id.to_owned(), content: text(words) }
    }

    fn list(items: &[&str]) -> Block {
        let items = items.iter().map(|words| vec![paragraph(words)]).collect();
        Block::List { ordered: true, start: 1, items }
    }

    /// Pairs as one line each, a gap as `-`.
    fn shape(pairs: &[Pair]) -> Vec<String> {
        let words = |block: &Option<Block>| match block {
            Some(Block::Paragraph { content } | Block::Heading { content, .. }) => {
                crate::view::prose::plain(content)
            }
            Some(Block::List { items, start, .. }) => format!("{start}+{}", items.len()),
            Some(_) => "?".to_owned(),
            None => "-".to_owned(),
        };
        pairs.iter().map(|pair| format!("{} | {}", words(&pair.left), words(&pair.right))).collect()
    }

    #[test]
    fn a_missing_paragraph_leaves_a_gap_where_it_is_missing() {
        let left = [
            heading("s.a", "甲"),
            figure("排放为", "ghg@2024"),
            figure("用水为", "water@2024"),
            heading("s.b", "乙"),
            paragraph("三句话"),
        ];
        let right = [
            heading("s.a", "A"),
            figure("Water came to", "water@2024"),
            heading("s.b", "B"),
            paragraph("Three words"),
            paragraph("and a long sentence that stands here alone, without a counterpart"),
        ];
        let expected = [
            "甲 | A",
            "排放为1 | -",
            "用水为1 | Water came to1",
            "乙 | B",
            "三句话 | Three words",
            "- | and a long sentence that stands here alone, without a counterpart",
        ];
        assert_eq!(shape(&pair_blocks(&left, &right)), expected);
    }

    #[test]
    fn headings_pair_by_their_anchor_and_lists_by_their_items() {
        let left = [heading("s.a", "甲"), list(&["一", "二", "三"])];
        let right = [heading("s.z", "Z"), heading("s.a", "A"), list(&["one", "three"])];
        let pairs = pair_blocks(&left, &right);
        assert_eq!(pairs.len(), 5);
        assert_eq!(shape(&pairs)[..2], ["- | Z", "甲 | A"]);
        assert_eq!(pairs.iter().filter(|pair| pair.right.is_none()).count(), 1);
    }

    #[test]
    fn anchors_of_the_second_language_differ() {
        let mut block = Block::Paragraph {
            content: vec![Inline::Link {
                href: None,
                target: Some("climate".to_owned()),
                content: text("x"),
            }],
        };
        anchors::prefix_block(&mut block, "en_");
        let Block::Paragraph { content } = block else { return };
        assert!(
            matches!(content.first(), Some(Inline::Link { target: Some(t), .. }) if t == "en_climate")
        );
    }
}
