//! Reasons for missing figures: ids of the project, or words.

use crate::content::{Datum, Missing, MissingKind, Reading, Text};
use crate::diag::{Diagnostic, Sink, say};
use crate::locale::{Date, Lang};
use crate::report::Report;
use crate::schema::nearest;

use crate::import::columns::Column;
use crate::import::given::Absence;
use crate::import::table::Row;
use crate::import::written::double_quoted;

/// The reasons of a project.
pub struct Reasons<'a> {
    /// The project.
    pub report: &'a Report,
}

impl Reasons<'_> {
    /// Whether a missing value has this reason already, by its id or in its words. Nothing given is
    /// no other reason.
    pub fn same(&self, missing: &Missing, given: &str) -> bool {
        given.is_empty()
            || missing.reason.iter().any(|(_, words)| squeezed(&words.value) == squeezed(given))
            || self.id(given).is_some_and(|id| {
                let text = self.report.content.reasons.get(id);
                text.is_some_and(|text| same_words(text, &missing.reason))
            })
    }

    /// The id of a reason, from its id or its words.
    fn id(&self, given: &str) -> Option<&str> {
        let reasons = &self.report.content.reasons;
        let by_words = |(_, text): &(&String, &Text)| {
            text.iter().any(|(_, words)| squeezed(&words.value) == squeezed(given))
        };
        let found = reasons.get_key_value(given).or_else(|| reasons.iter().find(by_words));
        found.map(|(id, _)| id.as_str())
    }

    /// The reason in the form of the project; an inner nothing where none is needed, an outer one,
    /// with a finding, where it cannot be written.
    pub fn written(
        &self,
        absence: &Absence,
        row: &Row<'_>,
        datum: Option<&Datum>,
        sink: &mut Sink,
    ) -> Option<Option<String>> {
        let cell = |column| row.cell(column).or_else(|| row.cell(Column::Missing));
        let cell = |column| cell(column).map_or(row.span(), |cell| cell.span);
        if absence.kind == MissingKind::Pending && Date::parse(&absence.until).is_none() {
            let text = &absence.until;
            let message = say!("expected a date as YYYY-MM-DD, found `{text}`", text);
            let found = Diagnostic::error("invalid-date", cell(Column::Until), message);
            sink.push(found.help(say!("say on which day the figure is expected")));
            return None;
        }
        let given = absence.reason.as_str();
        if given.is_empty() {
            let message = say!("the row does not give the reason why there is no figure");
            let found = Diagnostic::error("missing-key", cell(Column::Reason), message);
            sink.push(found.help(say!("choose a reason in the column beside it")));
            return None;
        }
        if let Some(id) = self.id(given) {
            return Some(Some(id.to_owned()));
        }
        // Words that stand in the file already are taken from there.
        if let Some(Reading::Missing(now)) = datum.map(|datum| &datum.reading)
            && self.same(now, given)
        {
            let pairs = now
                .reason
                .iter()
                .map(|(lang, words)| format!("{lang}: {}", double_quoted(&words.value)));
            return Some(Some(format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))));
        }
        if let [lang] = self.report.content.head.languages.as_slice() {
            return Some(Some(format!("{{{lang}: {}}}", double_quoted(given))));
        }
        let message = say!("no reason is called `{id}`", id = given);
        let found = Diagnostic::error("unknown-reference", cell(Column::Reason), message);
        let ids = self.report.content.reasons.keys().map(String::as_str);
        sink.push(match nearest(given, ids) {
            Some(near) => found.help(say!("did you mean `{near}`?", near)),
            None => found.help(say!(
                "add it to `reasons.yaml` in every language of the report, and name its id here"
            )),
        });
        None
    }
}

/// What the reason of a missing value is called: its id, or else its words in a language.
pub fn reason_name(report: &Report, missing: &Missing, lang: Lang) -> String {
    let reasons = report.content.reasons.iter();
    let id = reasons.into_iter().find(|(_, text)| same_words(text, &missing.reason));
    let words = || missing.reason.get(lang).map(|words| words.value.clone());
    id.map(|(id, _)| id.clone()).or_else(words).unwrap_or_default()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether two reasons say the same in every language.
fn same_words(a: &Text, b: &Text) -> bool {
    let words = |text: &Text| {
        text.iter().map(|(lang, words)| (lang, words.value.clone())).collect::<Vec<_>>()
    };
    words(a) == words(b)
}
