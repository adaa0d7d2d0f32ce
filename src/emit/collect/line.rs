//! One figure as a row of a workbook.

use crate::content::{Datum, Metric, Missing, MissingKind, Reading, Series};
use crate::formula::Path;
use crate::import::{mark, qualifier_word, reason_name};
use crate::locale::Lang;
use crate::quantity::{Decimal, Figure, Grouping, Qualifier, group, plain};

use crate::emit::collect::Collection;
use crate::emit::collect::formulas::Formulas;
use crate::emit::workbook::{Cell, DECIMALS};

/// A figure that is collected, or that others need.
pub struct Line<'a> {
    /// Its name, with the year.
    pub path: Path,
    /// Its metric.
    pub metric: &'a Metric,
    /// Its values by year.
    pub series: &'a Series,
    /// Where it comes from.
    pub kind: Kind,
}

/// Where a figure comes from.
pub enum Kind {
    /// People enter it.
    Entered,
    /// It follows from the formula of its metric.
    Derived,
    /// It stands in a table of the project, whose cell is named.
    Tabled(String),
}

/// Most digits that spreadsheets keep of a number.
const DIGITS: usize = 15;

impl Collection<'_> {
    /// The cells of a row.
    pub fn cells(&self, line: &Line<'_>, formulas: &Formulas<'_>, row: usize) -> Vec<Cell> {
        let lang = self.words.first().map_or(Lang::En, |(lang, _)| *lang);
        let datum = line.series.get(&self.year);
        let prior = line.series.get(&self.year.saturating_sub(1));
        let members = line.path.members.iter().map(|(d, m)| format!("{d}={m}"));
        let unit = &line.metric.unit.value;
        let hidden = [
            line.metric.id.value.clone(),
            members.collect::<Vec<_>>().join(" "),
            self.year.to_string(),
            unit.text.to_string(),
            match (datum, &line.kind) {
                (Some(datum), _) => self.stated(datum, lang),
                // What is shown of a figure that is computed elsewhere is no entry either.
                (None, Kind::Derived) if formulas.by_formula(line).is_none() => {
                    self.computed(line).map(plain).unwrap_or_default()
                }
                (None, _) => String::new(),
            },
        ];
        let labels = self.words.iter().map(|(lang, _)| {
            line.metric.label.get(*lang).map(|label| label.value.clone()).unwrap_or_default()
        });
        let labels: Vec<String> = labels.collect();
        let shown = [
            self.members(line, lang),
            match self.report.content.units.symbol(unit, lang) {
                symbol if symbol.is_empty() => unit.text.to_string(),
                symbol => symbol,
            },
        ];
        let earlier = prior.map(|datum| self.stated(datum, lang)).unwrap_or_default();
        let fixed = hidden.iter().chain(&labels).chain(&shown).chain([&earlier]);
        let mark = mark(fixed.map(String::as_str));
        let mut cells: Vec<Cell> = hidden.into_iter().map(text).collect();
        cells.push(Cell::Text(mark));
        cells.extend(labels.into_iter().chain(shown).map(text));
        cells.push(match prior.and_then(Datum::figure).filter(|figure| is_number(figure)) {
            Some(figure) if figure.qualifier == Qualifier::None => Cell::Number(figure.value),
            _ => text(earlier),
        });
        match &line.kind {
            Kind::Entered => self.push_entry(line, datum, lang, &mut cells),
            Kind::Derived | Kind::Tabled(_) => {
                cells.extend(self.locked(line, datum, lang, formulas))
            }
        }
        if matches!(line.kind, Kind::Entered) {
            let computed = formulas.by_others(line);
            let difference = computed.as_ref().map(|_| formulas.difference(row, self));
            let decimals = line.decimals().unwrap_or(2);
            cells.push(computed.map_or(Cell::Empty, |formula| Cell::Live(formula, decimals)));
            cells.push(difference.map_or(Cell::Empty, |formula| Cell::Live(formula, decimals)));
        }
        cells
    }

    /// A value as `was` holds it, from which it can be read again.
    fn stated(&self, datum: &Datum, lang: Lang) -> String {
        match &datum.reading {
            Reading::Figure(figure) => {
                let digits = plain(figure.value);
                match qualifier_word(figure.qualifier, lang) {
                    "" => digits,
                    word => format!("{word} {digits}"),
                }
            }
            Reading::Missing(missing) => {
                let (kind, until) = (missing.kind.word(), until(missing));
                let reason = reason_name(self.report, missing, lang);
                match (missing.kind, reason.as_str()) {
                    (MissingKind::Pending, "") => format!("{kind}: {until}"),
                    (MissingKind::Pending, reason) => format!("{kind}: {until}, {reason}"),
                    (_, reason) => format!("{kind}: {reason}"),
                }
            }
        }
    }

    /// What the formula of a metric gives, to as many digits as help to judge it.
    fn computed(&self, line: &Line<'_>) -> Option<Decimal> {
        let found = self.report.quantity(&line.path).ok()?;
        let value = found.unit.convert(found.value, &line.metric.unit.value)?;
        Some(value.round_dp(line.decimals().unwrap_or(6).min(DECIMALS)).normalize())
    }

    /// Members in words.
    fn members(&self, line: &Line<'_>, lang: Lang) -> String {
        let one = |(dimension, member): &(String, String)| {
            let known = self.report.dimension(dimension);
            let label = known.and_then(|known| known.label.get(lang));
            let found =
                known.and_then(|known| known.members.iter().find(|(id, _)| id.value == *member));
            let words = found.and_then(|(_, words)| words.get(lang));
            let colon = if lang.is_chinese() { "：" } else { ": " };
            format!(
                "{}{colon}{}",
                label.map_or(dimension.as_str(), |label| &label.value),
                words.map_or(member.as_str(), |words| &words.value)
            )
        };
        line.path.members.iter().map(one).collect::<Vec<_>>().join(" · ")
    }

    /// The cells that people fill in, from the figure to the note.
    fn push_entry(
        &self,
        line: &Line<'_>,
        datum: Option<&Datum>,
        lang: Lang,
        cells: &mut Vec<Cell>,
    ) {
        let entry = |words: String| Cell::Entry(words);
        let empty = || Cell::Entry(String::new());
        match datum.map(|datum| &datum.reading) {
            Some(Reading::Figure(figure)) => {
                cells.push(match is_number(figure) {
                    true => Cell::Figure(Some(figure.value), figure.value.scale()),
                    false => entry(group(figure.value, Grouping::Thousands).replace('−', "-")),
                });
                cells.push(entry(qualifier_word(figure.qualifier, lang).to_owned()));
                cells.extend([empty(), empty(), empty()]);
            }
            Some(Reading::Missing(missing)) => {
                cells.extend([line.blank(), empty()]);
                let kind = self.word(&format!("missing.{}", missing.kind.word()));
                let reason = reason_name(self.report, missing, lang);
                cells.extend([entry(kind), entry(reason), entry(until(missing))]);
            }
            None => cells.extend([line.blank(), empty(), empty(), empty(), empty()]),
        }
        cells.push(empty());
    }

    /// The cells of a figure that is not entered here, from the figure to the difference.
    fn locked(
        &self,
        line: &Line<'_>,
        datum: Option<&Datum>,
        lang: Lang,
        formulas: &Formulas<'_>,
    ) -> Vec<Cell> {
        let mut cells = Vec::new();
        self.push_entry(line, datum, lang, &mut cells);
        for cell in &mut cells {
            *cell = match std::mem::replace(cell, Cell::Empty) {
                Cell::Figure(Some(value), _) => Cell::Number(value),
                Cell::Entry(words) => text(words),
                _ => Cell::Empty,
            };
        }
        let words = match &line.kind {
            Kind::Tabled(place) => self.word("table").replace("{place}", place),
            _ => self.word("formula"),
        };
        if let (Kind::Derived, Some(value)) = (&line.kind, cells.first_mut()) {
            match formulas.by_formula(line) {
                Some(formula) => *value = Cell::Live(formula, line.decimals().unwrap_or(2)),
                None if datum.is_none() => {
                    *value = self.computed(line).map_or(Cell::Empty, Cell::Number);
                }
                None => {}
            }
        }
        cells.extend([Cell::Text(words), Cell::Empty]);
        cells
    }
}

impl Line<'_> {
    /// The decimals of its figures, where any year or member says so.
    pub fn decimals(&self) -> Option<u32> {
        let most = |series: &Series| {
            series.values().filter_map(Datum::figure).map(|figure| figure.value.scale()).max()
        };
        let members = self.metric.by.iter().flat_map(|breakdown| &breakdown.members);
        let others =
            std::iter::once(&self.metric.values).chain(members.map(|member| &member.values));
        let found = most(self.series).or_else(|| others.filter_map(most).max());
        found.or(self.metric.unit.value.counting.then_some(0))
    }

    /// A cell without a figure. Where no year says how many decimals there are, digits are kept as
    /// they are typed.
    fn blank(&self) -> Cell {
        match self.decimals().filter(|decimals| *decimals <= DECIMALS) {
            Some(decimals) => Cell::Figure(None, decimals),
            None => Cell::Entry(String::new()),
        }
    }
}

/// Whether a spreadsheet keeps all digits of a figure.
fn is_number(figure: &Figure) -> bool {
    let digits = figure.value.mantissa().unsigned_abs().to_string();
    figure.value.scale() <= DECIMALS && digits.len() <= DIGITS
}

fn until(missing: &Missing) -> String {
    missing.until.as_ref().map(|until| until.value.to_string()).unwrap_or_default()
}

fn text(words: String) -> Cell {
    if words.is_empty() { Cell::Empty } else { Cell::Text(words) }
}
