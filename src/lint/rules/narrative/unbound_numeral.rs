#![doc = include_str!("unbound_numeral.md")]

use std::collections::BTreeSet;
use std::ops::Range;

use crate::content::{Block, BlockKind, Inline, InlineKind, KpiBlock, OutlineEntry, Target, Text};
use crate::diag::{Diagnostic, Edit, Phrase, Severity, Sink, say};
use crate::formula::Path;
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::locale::{Amount, NumeralKind, years};
use crate::quantity::Figure;
use crate::report::{Report, Visitor, visit_section};
use crate::source::Span;

use crate::lint::rules::narrative::fit::{Facts, written_units};
use crate::lint::rules::narrative::prose::Prose;

/// Figures in prose that come from no fact.
pub const RULE: Rule = Rule {
    name: "unbound-numeral",
    group: Group::Narrative,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("unbound_numeral.md"),
    check: Check::Report(check),
};

/// A figure that is written as text. Where exactly one fact fits, `{{ fact }}` can replace it.
struct UnboundNumeral {
    span: Span,
    /// The figure as written.
    text: String,
    /// The facts that it can stand for.
    facts: Vec<Path>,
    /// Section, target or metric that the text belongs to.
    subject: String,
    /// Texts that could stand in its place.
    edits: Vec<Edit>,
}

impl From<UnboundNumeral> for Diagnostic {
    fn from(found: UnboundNumeral) -> Self {
        let message = say!("the figure {figure} is not bound to a fact", figure = found.text);
        let names: Vec<String> =
            found.facts.iter().take(3).map(|path| format!("`{{{{ {path} }}}}`")).collect();
        let help = match names.as_slice() {
            [] => say!("bind it to a metric, or declare it under `literals` in `report.yaml`"),
            [one] => say!("write {one}", one),
            several => {
                say!("write the one that is meant: {several}", several = Phrase::list(several))
            }
        };
        Diagnostic::warning(RULE.name, found.span, message)
            .subject(found.subject)
            .help(help)
            .edits(found.edits)
    }
}

fn check(report: &Report, sink: &mut Sink) {
    let content = &report.content;
    let mut look = Look {
        report,
        sink,
        subject: String::new(),
        facts: Facts::new(report),
        own: Vec::new(),
        skipped: BTreeSet::new(),
    };
    for ((id, _), section) in &content.narrative {
        look.subject.clone_from(id);
        visit_section(section, &mut look);
    }
    for entry in &content.head.outline {
        if let OutlineEntry::Chapter { id, title, summary, .. } = entry {
            look.subject.clone_from(&id.value);
            look.texts(title);
            summary.iter().for_each(|(_, words)| look.run(words));
        }
    }
    for metric in &content.metrics {
        look.subject.clone_from(&metric.id.value);
        metric.note.iter().for_each(|note| look.texts(note));
    }
    for table in &content.tables {
        look.subject.clone_from(&table.id.value);
        look.texts(&table.title);
        table.note.iter().for_each(|note| look.texts(note));
    }
    for target in &content.targets {
        look.target(target);
    }
}

struct Look<'a> {
    report: &'a Report,
    sink: &'a mut Sink,
    subject: String,
    facts: Facts<'a>,
    /// Figures that a target may state because it sets them.
    own: Vec<Figure>,
    /// Cells that number the rows of a table.
    skipped: BTreeSet<Span>,
}

impl Look<'_> {
    fn texts(&mut self, text: &Text) {
        text.iter().for_each(|(_, words)| self.prose(&Prose::plain(words)));
    }

    /// A target sets its value and next year's, so it may state them. What was achieved is a fact.
    fn target(&mut self, target: &Target) {
        self.subject.clone_from(&target.id.value);
        self.own = target.value.iter().map(|value| value.value.clone()).collect();
        target.statement.iter().for_each(|(_, words)| self.run(words));
        for (_, words) in target.progress_note.iter().flat_map(|note| note.iter()) {
            self.run(words);
        }
        self.own.clear();
    }

    fn prose(&mut self, prose: &Prose) {
        let report = self.report;
        for numeral in report.numerals(&prose.text).iter() {
            let NumeralKind::Quantity(amount) = &numeral.kind else { continue };
            let range = numeral.range.clone();
            let Some(span) = prose.place(range.start, range.end) else { continue };
            if self.is_own(amount) || prose.is_open(range.start) {
                continue;
            }
            let sentence = prose.sentence(range.start);
            let mut named = report.knowing(|known| years(sentence, known));
            if named.is_empty() {
                named.push(report.year());
            }
            let facts = self.facts.fitting(amount, &named);
            let edits = match facts.as_slice() {
                [one] if prose.takes_figures => edits(report, prose, &range, amount, one),
                _ => Vec::new(),
            };
            let text = prose.text.get(range).unwrap_or_default().trim().to_owned();
            let subject = self.subject.clone();
            self.sink.push(UnboundNumeral { span, text, facts, subject, edits });
        }
    }

    fn is_own(&self, amount: &Amount) -> bool {
        let Ok(written) = Figure::parse(&amount.digits) else { return false };
        let scale = format!("1{}", "0".repeat(amount.power as usize));
        let scale = Figure::parse(&scale).map(|figure| figure.value).unwrap_or_default();
        let value = written.value.checked_mul(scale);
        self.own.iter().any(|own| Some(own.value.abs()) == value.map(|value| value.abs()))
    }

    /// A column that numbers the rows holds no figures.
    fn numbered(&mut self, head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) {
        const NUMBERS: [&str; 9] =
            ["No.", "No", "#", "Code", "序号", "序號", "编号", "編號", "代码"];
        for (column, title) in head.iter().enumerate() {
            if !NUMBERS.contains(&Prose::of(title).text.trim()) {
                continue;
            }
            for cell in rows.iter().filter_map(|row| row.get(column)) {
                self.skipped.extend(cell.first().map(|inline| inline.span));
            }
        }
    }
}

/// The figures that could stand in the place of a numeral: as the fact is stated, in the unit as written,
/// and with the unit left as text. Whether one of them prints the same words is for the printer to say.
fn edits(
    report: &Report,
    prose: &Prose,
    range: &Range<usize>,
    amount: &Amount,
    fact: &Path,
) -> Vec<Edit> {
    let before = prose.text.get(..range.start).unwrap_or_default();
    let numeral = prose.text.get(range.clone()).unwrap_or_default();
    let digit = |c: char| c.is_ascii_digit();
    let digits = numeral.find(digit).zip(numeral.rfind(digit));
    let digits = digits.map(|(first, last)| range.start + first..range.start + last + 1);
    let qualified = Figure::qualifier_at_end(before).map(|start| start..range.end);
    let fraction = amount.digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let mut options = vec![String::new()];
    for unit in written_units(report, amount) {
        options.push(format!("in {unit}, dp {fraction}"));
    }
    let mut edits = Vec::new();
    for place in qualified.into_iter().chain([range.clone()]) {
        for option in &options {
            edits.extend(edit(prose, &place, fact, option));
        }
    }
    for option in &options {
        let option = if option.is_empty() { "bare".into() } else { format!("{option}, bare") };
        edits.extend(digits.as_ref().and_then(|place| edit(prose, place, fact, &option)));
    }
    edits
}

fn edit(prose: &Prose, place: &Range<usize>, fact: &Path, option: &str) -> Option<Edit> {
    let text = match option {
        "" => format!("{{{{ {fact} }}}}"),
        option => format!("{{{{ {fact} | {option} }}}}"),
    };
    Some(Edit { span: prose.exact(place.start, place.end)?, text })
}

impl Visitor for Look<'_> {
    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Case { title, .. }
            | BlockKind::KpiTable(KpiBlock { title: Some(title), .. }) => {
                self.prose(&Prose::plain(title));
            }
            BlockKind::Definitions(items) => {
                items.iter().for_each(|(term, _)| self.prose(&Prose::plain(term)));
            }
            BlockKind::Table { head, rows, .. } => self.numbered(head, rows),
            _ => {}
        }
    }

    fn run(&mut self, content: &[Inline]) {
        let first = content.first();
        let skipped = first.is_some_and(|inline| {
            matches!(inline.kind, InlineKind::Text(_)) && self.skipped.contains(&inline.span)
        });
        if !skipped {
            self.prose(&Prose::of(content));
        }
    }
}
