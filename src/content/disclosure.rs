//! Answers to the disclosures of a framework.

use crate::locale::Date;
use crate::source::{Span, Spanned};
use crate::syntax::yaml::{Entry, Node};

use crate::content::Text;
use crate::content::reader::Reader;

/// A file of answers.
#[derive(Debug, Clone)]
pub struct Disclosures {
    /// Edition that is answered.
    pub framework: Spanned<String>,
    /// Answers in the order written.
    pub answers: Vec<Answer>,
    /// Disclosures that are still to be answered. They are no answers: whoever looks for one finds
    /// none.
    pub pending: Vec<Pending>,
}

/// A disclosure that is still to be answered, which plans of work name.
#[derive(Debug, Clone)]
pub struct Pending {
    /// Code.
    pub code: Spanned<String>,
    /// Day by which it is to be answered.
    pub until: Option<Spanned<Date>>,
    /// Who is to answer it.
    pub owner: Option<String>,
    /// Metrics that are to answer it.
    pub facts: Vec<Spanned<String>>,
    /// Place of the entry.
    pub span: Span,
}

/// The answer to one disclosure.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Code.
    pub code: Spanned<String>,
    /// Outcome.
    pub outcome: Outcome,
    /// Metrics that answer it.
    pub facts: Vec<Spanned<String>>,
    /// Evidence items that the answer itself rests on.
    pub evidence: Vec<Spanned<String>>,
    /// A further document that holds a part of the answer.
    pub also: Option<Elsewhere>,
    /// Place of the answer.
    pub span: Span,
}

/// How a disclosure is answered. The outcomes are kept apart: an explanation is no omission, and a
/// dash is neither.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// It is reported.
    Reported(Vec<PlaceRef>),
    /// A part of it is reported.
    Partly {
        /// Where.
        places: Vec<PlaceRef>,
        /// What is missing.
        missing: Option<Text>,
        /// The framework's reason for leaving it out, where it asks for one.
        reason: Option<OmissionReason>,
        /// The explanation that the reason needs.
        explanation: Option<Text>,
    },
    /// It is not reported, for a considered reason.
    Explained {
        /// The reason.
        reason: Text,
        /// Steps towards reporting it.
        steps: Option<Text>,
        /// When it will be reported.
        until: Option<Spanned<Date>>,
    },
    /// There is none, which is a disclosure.
    Negative(Text),
    /// A relief of the framework is used.
    Relief {
        /// Name of the relief.
        name: Spanned<String>,
        /// What is disclosed in its place.
        substitute: Option<Text>,
    },
    /// It is left out for one of the reasons that the framework permits.
    Omitted {
        /// The reason.
        reason: OmissionReason,
        /// The explanation that the reason needs.
        explanation: Option<Text>,
    },
    /// It does not apply.
    NotApplicable(Text),
    /// Another document answers it.
    Elsewhere(Elsewhere),
    /// Nothing is said; the index prints the sign alone.
    NotReported(String),
}

impl Outcome {
    /// The word of the outcome.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Reported(_) => "reported",
            Self::Partly { .. } => "partly",
            Self::Explained { .. } => "explained",
            Self::Negative(_) => "negative",
            Self::Relief { .. } => "relief",
            Self::Omitted { .. } => "omitted",
            Self::NotApplicable(_) => "not-applicable",
            Self::Elsewhere(_) => "elsewhere",
            Self::NotReported(_) => "not-reported",
        }
    }
}

/// A reason for leaving a disclosure out.
pub type OmissionReason = Spanned<String>;

/// Another document.
#[derive(Debug, Clone)]
pub struct Elsewhere {
    /// The document.
    pub document: Text,
    /// The place in it.
    pub locator: Text,
}

/// A place in the report: `section`, `section#heading` or `section/table`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceRef {
    /// Section.
    pub section: String,
    /// Heading or table inside the section.
    pub inner: Option<String>,
    /// Where the reference stands.
    pub span: Span,
}

impl PlaceRef {
    /// The place that a text names.
    pub fn parse(text: &Spanned<String>) -> Self {
        let split = text.value.split_once(['#', '/']);
        let (section, inner) = match split {
            Some((section, inner)) => (section, Some(inner.to_owned())),
            None => (text.value.as_str(), None),
        };
        Self { section: section.to_owned(), inner, span: text.span }
    }
}

/// Reads a file of answers; nothing if it names no framework.
pub fn read(tree: &Node, reader: &mut Reader<'_>) -> Option<Disclosures> {
    let framework = tree.get("framework")?.spanned()?;
    let entries = tree.get("answers").map(Node::entries).unwrap_or_default();
    let answers = entries.iter().filter_map(|entry| read_answer(entry, reader)).collect();
    let pending = entries.iter().filter_map(|entry| read_pending(entry, reader)).collect();
    Some(Disclosures { framework, answers, pending })
}

fn read_pending(entry: &Entry, reader: &mut Reader<'_>) -> Option<Pending> {
    let node = &entry.value;
    let until = node.get("pending")?;
    Some(Pending {
        code: entry.key.clone(),
        until: reader.date(until),
        owner: node.get("owner").and_then(Node::text).map(str::to_owned),
        facts: reader.ids(node, "facts"),
        span: entry.key.span.to(node.span),
    })
}

fn read_answer(entry: &Entry, reader: &mut Reader<'_>) -> Option<Answer> {
    let node = &entry.value;
    let outcome = read_outcome(node, reader)?;
    Some(Answer {
        code: entry.key.clone(),
        outcome,
        facts: reader.ids(node, "facts"),
        evidence: reader.ids(node, "evidence"),
        also: node.get("also").map(|also| read_elsewhere(also, reader)),
        span: entry.key.span.to(node.span),
    })
}

fn read_outcome(node: &Node, reader: &mut Reader<'_>) -> Option<Outcome> {
    let has = |key: &str| node.get(key).is_some();
    let places = |reader: &Reader<'_>, key: &str| -> Vec<PlaceRef> {
        reader.ids(node, key).iter().map(PlaceRef::parse).collect()
    };
    if has("reported") {
        return Some(Outcome::Reported(places(reader, "reported")));
    }
    if has("partly") {
        let missing = reader.text_of(node, "missing");
        let reason = node.get("reason").and_then(Node::spanned);
        let explanation = reader.text_of(node, "explanation");
        let places = places(reader, "partly");
        return Some(Outcome::Partly { places, missing, reason, explanation });
    }
    if has("explained") {
        let reason = reader.text_or_empty(node, "explained");
        let steps = reader.text_of(node, "steps");
        return Some(Outcome::Explained { reason, steps, until: reader.date_of(node, "until") });
    }
    if has("negative") {
        return Some(Outcome::Negative(reader.text_or_empty(node, "negative")));
    }
    if has("relief") {
        let name = node.get("relief")?.spanned()?;
        return Some(Outcome::Relief { name, substitute: reader.text_of(node, "substitute") });
    }
    if has("omitted") {
        let reason = node.get("omitted")?.spanned()?;
        return Some(Outcome::Omitted { reason, explanation: reader.text_of(node, "explanation") });
    }
    if has("not-applicable") {
        return Some(Outcome::NotApplicable(reader.text_or_empty(node, "not-applicable")));
    }
    if let Some(other) = node.get("elsewhere") {
        return Some(Outcome::Elsewhere(read_elsewhere(other, reader)));
    }
    let sign = node.get("not-reported")?.text()?.to_owned();
    Some(Outcome::NotReported(sign))
}

fn read_elsewhere(node: &Node, reader: &mut Reader<'_>) -> Elsewhere {
    Elsewhere {
        document: reader.text_or_empty(node, "document"),
        locator: reader.text_or_empty(node, "locator"),
    }
}
