//! Pairs, gaps and anchors.

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
