//! Topics, stakeholders and terms: what a report is about, for whom, in which words.

use crate::locale::Localized;
use crate::quantity::Figure;
use crate::source::Spanned;
use crate::syntax::yaml::Node;

use crate::content::Text;
use crate::content::disclosure::PlaceRef;
use crate::content::narrative::Inline;
use crate::content::reader::{Reader, raw_text};

/// A material topic.
#[derive(Debug, Clone)]
pub struct Topic {
    /// Id, where it is declared.
    pub id: Spanned<String>,
    /// Name.
    pub label: Text,
    /// Codes that the report selected for it.
    pub disclosures: Vec<Spanned<String>>,
    /// What it belongs to: `environmental`, `social`, `governance`.
    pub pillar: Option<String>,
    /// How much it matters to people and the environment, and to the business.
    pub score: Option<Scores>,
    /// Where it stands among the topics by its impact.
    pub impact_rank: Option<Rank>,
    /// Where it stands among the topics by its financial effect.
    pub financial_rank: Option<Rank>,
    /// Places of the report that deal with it.
    pub places: Vec<PlaceRef>,
    /// Sustainable Development Goals that it serves.
    pub goals: Vec<String>,
    /// Who is responsible, what is aimed at, what could go wrong, and what is done.
    pub management: [Option<Localized<Vec<Inline>>>; 4],
}

/// Two scores of a topic on one scale.
#[derive(Debug, Clone)]
pub struct Scores {
    /// Effect on people and the environment.
    pub impact: Spanned<Figure>,
    /// Effect on the business.
    pub financial: Spanned<Figure>,
}

/// A place among topics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rank {
    /// This place.
    At(u16),
    /// Among the first so many, in an order that is not told.
    Among(u16),
}

/// The scale that topics are scored on, and from where on a topic is material.
#[derive(Debug, Clone, Default)]
pub struct Scale {
    /// Where both axes begin and end.
    pub ends: Option<(Figure, Figure)>,
    /// From which impact and which financial effect on a topic is material.
    pub threshold: Option<Scores>,
}

/// The keys of [`Topic::management`], in its order.
pub const MANAGEMENT: [&str; 4] = ["governance", "strategy", "risk", "action"];

/// A group of stakeholders.
#[derive(Debug, Clone)]
pub struct Stakeholder {
    /// Id, where it is declared.
    pub id: Spanned<String>,
    /// Name.
    pub label: Text,
    /// What concerns it.
    pub concerns: Vec<Concern>,
    /// How it is talked to.
    pub channels: Vec<Text>,
    /// How often.
    pub frequency: Option<Text>,
    /// What was done about its concerns.
    pub response: Option<Localized<Vec<Inline>>>,
}

/// What concerns a group of stakeholders.
#[derive(Debug, Clone)]
pub enum Concern {
    /// A topic of `topics.yaml`.
    Topic(Spanned<String>),
    /// Something else, in words.
    Words(Text),
}

/// A term that has one counterpart in each language.
#[derive(Debug, Clone)]
pub struct Term {
    /// Id, where it is declared.
    pub id: Spanned<String>,
    /// The term in each language.
    pub words: Text,
    /// What it means.
    pub meaning: Option<Localized<Vec<Inline>>>,
}

/// Reads `topics.yaml`.
pub fn read_topics(tree: &Node, reader: &mut Reader<'_>) -> (Vec<Topic>, Scale) {
    let mut topics = Vec::new();
    for entry in tree.get("topics").map(Node::entries).unwrap_or_default() {
        let node = &entry.value;
        let ranks = node.get("rank");
        let rank = |key: &str| ranks.and_then(|ranks| ranks.get(key)).and_then(read_rank);
        let (impact_rank, financial_rank) = (rank("impact"), rank("financial"));
        topics.push(Topic {
            id: entry.key.clone(),
            label: reader.text_or_empty(node, "label"),
            disclosures: reader.ids(node, "disclosures"),
            pillar: node.get("pillar").and_then(Node::text).map(str::to_owned),
            score: node.get("score").and_then(|score| read_scores(score, reader)),
            impact_rank,
            financial_rank,
            places: reader.ids(node, "places").iter().map(PlaceRef::parse).collect(),
            goals: reader.ids(node, "sdgs").into_iter().map(|goal| goal.value).collect(),
            management: MANAGEMENT.map(|key| reader.inline_text(node, key)),
        });
    }
    let ends = tree.get("scale").and_then(|scale| {
        Some((reader.figure(scale.get("from")?)?.value, reader.figure(scale.get("to")?)?.value))
    });
    let threshold = tree.get("threshold").and_then(|node| read_scores(node, reader));
    (topics, Scale { ends, threshold })
}

fn read_scores(node: &Node, reader: &mut Reader<'_>) -> Option<Scores> {
    let impact = reader.figure(node.get("impact")?);
    let financial = reader.figure(node.get("financial")?);
    Some(Scores { impact: impact?, financial: financial? })
}

fn read_rank(node: &Node) -> Option<Rank> {
    let text = node.text()?;
    match text.strip_prefix("top-") {
        Some(places) => places.parse().ok().map(Rank::Among),
        None => text.parse().ok().map(Rank::At),
    }
}

/// Reads `stakeholders.yaml`.
pub fn read_stakeholders(tree: &Node, reader: &mut Reader<'_>) -> Vec<Stakeholder> {
    let mut found = Vec::new();
    for entry in tree.get("stakeholders").map(Node::entries).unwrap_or_default() {
        let node = &entry.value;
        let items = |key: &str| node.get(key).map(Node::items).unwrap_or_default();
        let concerns = items("concerns").iter().map(|item| match item.spanned() {
            Some(id) => Concern::Topic(id),
            None => Concern::Words(reader.text(item)),
        });
        let concerns = concerns.collect();
        found.push(Stakeholder {
            id: entry.key.clone(),
            label: reader.text_or_empty(node, "label"),
            concerns,
            channels: items("channels").iter().map(|item| reader.text(item)).collect(),
            frequency: reader.text_of(node, "frequency"),
            response: reader.inline_text(node, "response"),
        });
    }
    found
}

/// Reads `glossary.yaml`. Terms may leave out a language: a converted text takes them from the one
/// it is converted from.
pub fn read_glossary(tree: &Node, reader: &mut Reader<'_>) -> Vec<Term> {
    let mut terms = Vec::new();
    for entry in tree.get("terms").map(Node::entries).unwrap_or_default() {
        let words = entry.value.get("term").unwrap_or(&entry.value);
        let meaning = reader.inline_text(&entry.value, "meaning");
        terms.push(Term { id: entry.key.clone(), words: raw_text(words), meaning });
    }
    terms
}
