//! What a seal holds: the texts of a project and its figures.

use std::collections::BTreeMap;

use crate::content::{Reading, Seal};
use crate::formula::Path;
use crate::quantity::plain;
use crate::source::{Span, sha256};

use crate::report::Report;

/// A figure with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedFigure {
    /// What it says: qualifier, digits and unit, or the kind of absence.
    pub text: String,
    /// Place.
    pub span: Span,
}

impl Report {
    /// Every figure as a seal holds it, by its name in expressions.
    pub fn sealed_figures(&self) -> BTreeMap<String, SealedFigure> {
        let mut found = BTreeMap::new();
        for metric in &self.content.metrics {
            let unit = &metric.unit.value.text;
            let mut push = |members: Vec<(String, String)>, series: &crate::content::Series| {
                for (year, datum) in series {
                    let path = Path {
                        metric: metric.id.value.clone(),
                        members: members.clone(),
                        year: Some(*year),
                    };
                    let text = match &datum.reading {
                        Reading::Figure(figure) => {
                            let before = figure.qualifier.before();
                            format!("{before}{} {unit}", plain(figure.value)).trim().to_owned()
                        }
                        Reading::Missing(missing) => missing.kind.word().to_owned(),
                    };
                    found.insert(path.to_string(), SealedFigure { text, span: datum.span });
                }
            };
            push(Vec::new(), &metric.values);
            for breakdown in &metric.by {
                for member in &breakdown.members {
                    let keys = member.key.value.split('+').map(str::to_owned);
                    push(
                        breakdown.dimensions().map(str::to_owned).zip(keys).collect(),
                        &member.values,
                    );
                }
            }
        }
        found
    }

    /// The seal in force.
    pub fn seal(&self) -> Option<&Seal> {
        self.content.seals.last().filter(|seal| seal.unsealed.is_none())
    }
}

/// The digest of files and figures.
pub fn seal_digest<'s>(
    files: impl Iterator<Item = (&'s str, &'s str)>,
    figures: impl Iterator<Item = (&'s str, &'s str)>,
) -> String {
    let mut text = String::from("esgreport-seal/1\n");
    for (name, value) in files.chain(figures) {
        text.push_str(&format!("{name}\t{value}\n"));
    }
    sha256(text.as_bytes())
}
