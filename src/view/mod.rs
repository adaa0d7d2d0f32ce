//! A report in one language, all values finished strings.
//!
//! **Invariant:** nothing is computed after this: PDF and HTML are made from the same [`View`].

mod assurance;
mod both;
mod chart;
mod cover;
mod edition;
mod exhibit;
mod facts;
mod figure;
mod index;
mod materiality;
mod model;
mod organisation;
mod part;
mod prose;
mod restatement;
mod shapes;
mod svg;
mod table;
mod target;
mod theme;
mod words;

pub use self::both::{Both, Pair, PairedPart, PairedSection, PartHead, SectionHead, both};
pub use self::edition::{Edition, editions};
pub use self::model::*;
pub use self::theme::Theme;
pub use self::words::Words;

use std::cell::RefCell;

use crate::content::{Insert, Text};
use crate::locale::Lang;
use crate::report::Report;

use facts::Facts;

/// What a view is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Publication.
    Publication,
    /// A draft, marked on every page.
    Draft,
}

/// What the parts of a view are built with.
struct Context<'a> {
    report: &'a Report,
    lang: Lang,
    words: &'a Words,
    theme: &'a Theme,
    facts: RefCell<Facts>,
    footnotes: RefCell<u32>,
}

impl Context<'_> {
    /// A text in the language of the view.
    fn text(&self, text: &Text) -> String {
        text.get(self.lang).map(|words| words.value.clone()).unwrap_or_default()
    }

    /// A text that may be absent.
    fn optional(&self, text: Option<&Text>) -> Option<String> {
        text.map(|text| self.text(text)).filter(|text| !text.is_empty())
    }

    /// A word of the templates.
    fn word(&self, key: &str) -> String {
        self.words.get(key)
    }
}

/// How a figure of running text is printed; nothing if it has no value.
pub fn printed(
    report: &Report,
    lang: Lang,
    words: &Words,
    theme: &Theme,
    insert: &Insert,
) -> Option<String> {
    let facts = RefCell::new(Facts::default());
    let cx = Context { report, lang, words, theme, facts, footnotes: RefCell::new(0) };
    cx.insert(insert).map(|(printed, _)| printed.text())
}

/// Builds the view of a report in a language.
pub fn build(report: &Report, lang: Lang, words: &Words, theme: &Theme, purpose: Purpose) -> View {
    let head = &report.content.head;
    let facts = RefCell::new(Facts::default());
    let cx = Context { report, lang, words, theme, facts, footnotes: RefCell::new(0) };
    let parts = part::build(&cx);
    let cover = cover::build(&cx);
    let draft = (purpose == Purpose::Draft).then(|| cx.word("draft"));
    let period = &head.period;
    let joiner = if lang.is_chinese() { "至" } else { " to " };
    let written = |date: crate::locale::Date| date.written(lang);
    let dated = period.published.or(period.approved).unwrap_or(period.end);
    View {
        lang: lang.tag().to_owned(),
        region: lang.region().to_owned(),
        script_lang: lang.primary().to_owned(),
        strings: words.all().clone(),
        title: cx.text(&head.title),
        subtitle: cx.optional(head.subtitle.as_ref()),
        entity: cx.text(&head.name),
        entity_short: cx.text(&head.short),
        year: report.year().to_string(),
        period: format!("{}{joiner}{}", written(period.start.value), written(period.end.value)),
        language_name: lang.own_name().to_owned(),
        notice: cx.optional(head.notice.as_ref()),
        draft,
        date: dated.value.to_string(),
        cover,
        parts,
        facts: cx.facts.into_inner().finish(),
        brand: exhibit::brand(report),
    }
}
