//! What the tool has to say about a project: data only, no output.
//!
//! **Invariant:** a diagnostic points at a place the reader can open.
//!
//! **Invariant:** what is said is a [`Phrase`], which can be said in English and in Chinese.
//!
//! **Invariant:** [`Sink::finish`] orders by place, so that the same input gives the same list.

mod phrase;

pub use self::phrase::{Fill, Phrase, Wording};

pub(crate) use self::phrase::say;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::source::Span;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Cannot be true, or a mandatory requirement is unanswered.
    Error,
    /// Unlikely, or poor practice.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// The word used in every output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A place with what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Place.
    pub span: Span,
    /// What stands there, in a few words.
    pub text: Phrase,
}

/// A change of the user's text that would settle a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Name of the rule, in kebab-case.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong: lower case, no full stop, facts first.
    pub message: Phrase,
    /// The fault itself.
    pub primary: Label,
    /// The other figure, the first definition, the requirement.
    pub related: Vec<Label>,
    /// What can be done.
    pub help: Option<Phrase>,
    /// Changes of which one would settle it, the best first.
    pub edits: Vec<Edit>,
    /// What the finding is about, such as a metric's id; suppressions name it.
    pub subject: Option<String>,
    /// Figure as stated, with unit.
    pub stated: Option<String>,
    /// Figure as computed, with unit.
    pub computed: Option<String>,
    /// Difference between the two, with unit.
    pub difference: Option<String>,
}

impl Diagnostic {
    /// A finding of a rule at a place.
    pub fn new(
        rule: &'static str,
        severity: Severity,
        span: Span,
        message: impl Into<Phrase>,
    ) -> Self {
        Self {
            rule,
            severity,
            message: message.into(),
            primary: Label { span, text: Phrase::default() },
            related: Vec::new(),
            help: None,
            edits: Vec::new(),
            subject: None,
            stated: None,
            computed: None,
            difference: None,
        }
    }

    /// The finding with everything that is said in a language.
    pub fn worded(&self, wording: &Wording) -> Self {
        let mut found = self.clone();
        found.message = wording.phrase(&found.message);
        found.help = found.help.as_ref().map(|help| wording.phrase(help));
        for label in found.related.iter_mut().chain([&mut found.primary]) {
            label.text = wording.phrase(&label.text);
        }
        found
    }

    /// An error of a rule at a place.
    pub fn error(rule: &'static str, span: Span, message: impl Into<Phrase>) -> Self {
        Self::new(rule, Severity::Error, span, message)
    }

    /// A warning of a rule at a place.
    pub fn warning(rule: &'static str, span: Span, message: impl Into<Phrase>) -> Self {
        Self::new(rule, Severity::Warning, span, message)
    }

    /// A note.
    pub fn note(rule: &'static str, span: Span, message: impl Into<Phrase>) -> Self {
        Self::new(rule, Severity::Note, span, message)
    }

    /// Says what stands at the primary place.
    pub fn label(mut self, text: impl Into<Phrase>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Adds a related place.
    pub fn related(mut self, span: Span, text: impl Into<Phrase>) -> Self {
        self.related.push(Label { span, text: text.into() });
        self
    }

    /// Says what can be done.
    pub fn help(mut self, text: impl Into<Phrase>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Offers changes, the best first.
    pub fn edits(mut self, edits: Vec<Edit>) -> Self {
        self.edits = edits;
        self
    }

    /// Says what the finding is about.
    pub fn subject(mut self, id: impl Into<String>) -> Self {
        self.subject = Some(id.into());
        self
    }
}

/// Where findings accumulate.
#[derive(Debug, Default)]
pub struct Sink {
    found: Vec<Diagnostic>,
    /// Shared with the sinks beside it until an error is added.
    places: Arc<BTreeSet<Span>>,
}

impl Sink {
    /// A sink without findings that knows where errors are so far, for work that is done beside
    /// other work: what each finds depends on nothing that the others find.
    pub fn beside(&self) -> Self {
        Self { found: Vec::new(), places: Arc::clone(&self.places) }
    }

    /// Adds a finding.
    pub fn push(&mut self, diagnostic: impl Into<Diagnostic>) {
        let diagnostic = diagnostic.into();
        if diagnostic.severity == Severity::Error {
            Arc::make_mut(&mut self.places).insert(diagnostic.primary.span);
        }
        self.found.push(diagnostic);
    }

    /// Whether an error is about exactly this place. What is wrong for one reason is wrong for
    /// others too, and the first reason is the one to say.
    pub fn has_error_at(&self, span: Span) -> bool {
        self.places.contains(&span)
    }

    /// Adds the findings of another sink.
    pub fn append(&mut self, other: Sink) {
        other.found.into_iter().for_each(|found| self.push(found));
    }

    /// Whether any finding so far is an error.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|found| found.severity == Severity::Error)
    }

    /// The findings in the order of their places, each once.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        let key = |d: &Diagnostic| (d.primary.span, d.severity, d.rule, d.message.to_string());
        self.found.sort_by_cached_key(key);
        self.found.dedup();
        self.found
    }
}
