//! Figures of a workbook that follow from its other figures.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::formula::Path;
use crate::import::Column;
use crate::report::{Derivation, Report, Way};

use crate::emit::collect::Collection;
use crate::emit::collect::line::Line;
use crate::emit::live::live;

/// What formulas are made from.
pub struct Formulas<'a> {
    /// The project.
    pub report: &'a Report,
    /// Every figure that follows from others, by its metric; those of the year first.
    pub derivations: &'a BTreeMap<String, Vec<Derivation>>,
    /// Rows of the figures of the workbook.
    pub places: BTreeMap<&'a Path, usize>,
    /// The year that is collected.
    pub year: u16,
    /// Letters of the column of figures.
    pub value: String,
    /// Letters of the column of the year before.
    pub prior: String,
}

impl Formulas<'_> {
    /// The formula of a figure that is computed by its metric's formula.
    pub fn by_formula(&self, line: &Line<'_>) -> Option<String> {
        self.candidates(line).filter(|found| found.way == Way::Formula).find_map(|d| self.live(d))
    }

    /// The formula of what other figures add up to.
    pub fn by_others(&self, line: &Line<'_>) -> Option<String> {
        self.candidates(line).filter(|found| found.way != Way::Formula).find_map(|d| self.live(d))
    }

    /// What a figure differs by from that.
    pub fn difference(&self, row: usize, collection: &Collection<'_>) -> String {
        let (value, computed) = (&self.value, collection.letters(Column::Computed));
        let (value, computed) = (format!("{value}{row}"), format!("{computed}{row}"));
        format!("IF(AND(ISNUMBER({value}),ISNUMBER({computed})),ROUND({value}-{computed},10),\"\")")
    }

    /// The ways in which a figure follows from others.
    fn candidates(&self, line: &Line<'_>) -> impl Iterator<Item = &Derivation> {
        let own = self.derivations.get(&line.path.metric).filter(|_| line.path.members.is_empty());
        own.into_iter().flatten()
    }

    /// A computation over cells that gives nothing as long as an input is missing.
    fn live(&self, derivation: &Derivation) -> Option<String> {
        let metric = self.report.metric(&derivation.path.metric)?;
        let unit = &metric.unit.value;
        let fixed = derivation.way == Way::Formula
            && metric.formula.as_ref()?.value.paths().iter().all(|path| path.year.is_some());
        if fixed && derivation.path.year != Some(self.year) {
            return None;
        }
        let inputs: RefCell<BTreeSet<String>> = RefCell::new(BTreeSet::new());
        let cell = |path: &Path| {
            let mut path = path.clone();
            // Sums name the year they were made for; formulas name only years that they mean.
            if derivation.way != Way::Formula {
                path.year = Some(self.year);
            }
            let found = self.cell(&path)?;
            if found.starts_with(char::is_alphabetic) {
                inputs.borrow_mut().insert(found.clone());
            }
            Some(found)
        };
        let formula = live(&derivation.step, self.year, unit, &cell)?;
        let inputs = inputs.into_inner();
        if inputs.is_empty() {
            return None;
        }
        let list = inputs.iter().map(String::as_str).collect::<Vec<_>>();
        // Each in a function of its own, since a function takes no more than 255 arguments.
        let counts = list.chunks(200).map(|some| format!("COUNT({})", some.join(",")));
        let counts = counts.collect::<Vec<_>>().join("+");
        Some(format!("IF({counts}={},{formula},\"\")", list.len()))
    }

    /// The cell of a figure, or the figure itself where it is of an earlier year.
    fn cell(&self, path: &Path) -> Option<String> {
        let mut own = path.clone();
        own.year = Some(self.year);
        let row = self.places.get(&own);
        let year = path.year.unwrap_or(self.year);
        match row {
            Some(row) if year == self.year => Some(format!("{}{row}", self.value)),
            Some(row) if year + 1 == self.year => Some(format!("{}{row}", self.prior)),
            _ if year == self.year => None,
            _ => {
                let figure = self.report.datum(path)?.figure()?;
                Some(figure.value.to_string())
            }
        }
    }
}
