//! The table of targets.

use crate::content::{Progress as Written, Shown, Target};
use crate::quantity::{Decimal, Unit, rounded};
use crate::report::anchor_name;
use crate::source::Spanned;

use crate::view::Context;
use crate::view::model::{Progress, TargetRow, Targets};

impl Context<'_> {
    /// The targets selected, or all of them.
    pub(super) fn targets(&self, section: &str, select: &[Spanned<String>]) -> Targets {
        let all = self.report.content.targets.iter();
        let chosen: Vec<&Target> = if select.is_empty() {
            all.collect()
        } else {
            select.iter().filter_map(|id| self.report.target(&id.value)).collect()
        };
        let id = anchor_name(section, "target-list");
        let rows = chosen.into_iter().map(|target| self.target(&id, target)).collect();
        Targets { id, rows }
    }

    fn target(&self, anchor: &str, target: &Target) -> TargetRow {
        let words = |text: Option<&crate::locale::Localized<Vec<crate::content::Inline>>>| {
            let words = text.and_then(|text| text.get(self.lang));
            words.map(|words| self.inlines(words, &[])).unwrap_or_default()
        };
        let year = |year: Option<u16>| year.map(|year| year.to_string()).unwrap_or_default();
        let status = target.status.word();
        TargetRow {
            id: format!("{anchor}.{}", target.id.value),
            area: self.text(&target.area),
            statement: words(Some(&target.statement)),
            base: year(target.base_year),
            due: year(target.due),
            status: status.to_owned(),
            status_text: self.word(&format!("status_{status}")),
            progress: target.progress.as_ref().and_then(|progress| self.progress(progress)),
            note: words(target.progress_note.as_ref()),
            next: words(target.next.as_ref()),
        }
    }

    fn progress(&self, progress: &Written) -> Option<Progress> {
        match progress {
            Written::Figure(figure, _) => {
                let percent = self.report.content.units.table.parse("%").ok()?;
                let printed = self.stated(&figure.value, &percent, Shown::WithUnit);
                Some(bar(figure.value.value, printed.text(), None))
            }
            Written::Insert(insert) => {
                let (printed, fact) = self.insert(insert)?;
                let lookup = crate::report::InYear { year: self.report.year(), inner: self.report };
                let step = crate::formula::evaluate(&insert.expr, &lookup).ok()?;
                let percent = self.report.content.units.table.parse("%").ok()?;
                let value = in_percent(step.result.value, &step.result.unit, &percent)?;
                Some(bar(value, printed.text(), fact))
            }
        }
    }
}

fn in_percent(value: Decimal, unit: &Unit, percent: &Unit) -> Option<Decimal> {
    unit.convert(value, percent)
}

fn bar(percent: Decimal, text: String, fact: Option<String>) -> Progress {
    let width = percent.clamp(Decimal::ZERO, Decimal::ONE_HUNDRED);
    Progress { percent: rounded(width, 2).to_string(), text, fact }
}
