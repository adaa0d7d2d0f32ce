//! Metrics and their values.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Phrase, say};
use crate::formula::Expr;
use crate::locale::Date;
use crate::quantity::{Figure, Unit};
use crate::source::{Span, Spanned};
use crate::syntax::yaml::Node;

use crate::content::Text;
use crate::content::reader::Reader;

/// Something that is measured.
#[derive(Debug, Clone)]
pub struct Metric {
    /// Id, where it is declared.
    pub id: Spanned<String>,
    /// Label.
    pub label: Text,
    /// Unit.
    pub unit: Spanned<Unit>,
    /// Values by year.
    pub values: Series,
    /// Breakdowns.
    pub by: Vec<Breakdown>,
    /// Metrics that add up to this one.
    pub parts: Vec<Spanned<String>>,
    /// Metric that this one is contained in.
    pub part_of: Option<Spanned<String>>,
    /// Metric whose values are the weights of a mean.
    pub weights: Option<Spanned<String>>,
    /// What it is to checks across metrics.
    pub role: Option<Role>,
    /// Members of dimensions that the figures cover, where there is no figure for each.
    pub covers: Vec<Coverage>,
    /// How it is computed.
    pub formula: Option<Spanned<Expr>>,
    /// Assurance level by year.
    pub assurance: BTreeMap<u16, AssuranceLevel>,
    /// Evidence items.
    pub evidence: Vec<Spanned<String>>,
    /// Note on definition or boundary.
    pub note: Option<Text>,
    /// Changed earlier values.
    pub restated: BTreeMap<u16, Restatement>,
    /// Id of the metric in the report before.
    pub renamed_from: Option<Spanned<String>>,
}

/// Members of a dimension that a metric covers.
#[derive(Debug, Clone)]
pub struct Coverage {
    /// The dimension.
    pub dimension: Spanned<String>,
    /// Its members.
    pub members: Vec<Spanned<String>>,
}

/// What a metric is, for checks that combine metrics of different kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Natural gas burnt.
    EnergyNaturalGas,
    /// Diesel burnt.
    EnergyDiesel,
    /// Petrol burnt.
    EnergyPetrol,
    /// Electricity bought.
    EnergyElectricity,
    /// Heat or steam bought.
    EnergyHeat,
    /// Direct emissions.
    GhgScope1,
    /// Emissions of bought energy, by a method that is not stated.
    GhgScope2,
    /// Emissions of bought energy, by the factors of the grid.
    GhgScope2Location,
    /// Both together.
    GhgScope12,
    /// Emissions up and down the value chain.
    GhgScope3,
    /// Emissions that were avoided, which are no emissions.
    GhgAvoided,
    /// Energy from renewable sources.
    EnergyRenewable,
    /// Share of renewable energy or electricity.
    RenewableShare,
}

impl Role {
    const ALL: [(&'static str, Role); 13] = [
        ("energy-natural-gas", Role::EnergyNaturalGas),
        ("energy-diesel", Role::EnergyDiesel),
        ("energy-petrol", Role::EnergyPetrol),
        ("energy-electricity", Role::EnergyElectricity),
        ("energy-heat", Role::EnergyHeat),
        ("ghg-scope-1", Role::GhgScope1),
        ("ghg-scope-2", Role::GhgScope2),
        ("ghg-scope-2-location", Role::GhgScope2Location),
        ("ghg-scope-1-2", Role::GhgScope12),
        ("ghg-scope-3", Role::GhgScope3),
        ("ghg-avoided", Role::GhgAvoided),
        ("energy-renewable", Role::EnergyRenewable),
        ("renewable-share", Role::RenewableShare),
    ];

    /// The role of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(other, _)| *other == word).map(|(_, role)| *role)
    }

    /// Whether it is an amount that was emitted.
    pub fn is_emission(self) -> bool {
        matches!(
            self,
            Self::GhgScope1
                | Self::GhgScope2
                | Self::GhgScope2Location
                | Self::GhgScope12
                | Self::GhgScope3
        )
    }

    /// The word of the role.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, role)| *role == self).map_or("", |(word, _)| word)
    }
}

/// Values by year.
pub type Series = BTreeMap<u16, Datum>;

/// One value, or why there is none.
#[derive(Debug, Clone)]
pub struct Datum {
    /// Place.
    pub span: Span,
    /// What stands there.
    pub reading: Reading,
}

/// A figure, or why there is none.
#[derive(Debug, Clone)]
pub enum Reading {
    /// A figure.
    Figure(Figure),
    /// Nothing, with a reason.
    Missing(Missing),
}

impl Datum {
    /// The figure, if there is one.
    pub fn figure(&self) -> Option<&Figure> {
        match &self.reading {
            Reading::Figure(figure) => Some(figure),
            Reading::Missing(_) => None,
        }
    }
}

/// Why there is no figure.
#[derive(Debug, Clone)]
pub struct Missing {
    /// The kind of absence.
    pub kind: MissingKind,
    /// When a pending value is expected.
    pub until: Option<Spanned<Date>>,
    /// Reason.
    pub reason: Text,
    /// Place.
    pub span: Span,
}

/// Kinds of absence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MissingKind {
    /// The metric does not apply.
    NotApplicable,
    /// The figure is not known.
    NotAvailable,
    /// The figure is known but too small to matter.
    NotMaterial,
    /// The figure will follow.
    Pending,
}

impl MissingKind {
    /// The kind of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "not-applicable" => Self::NotApplicable,
            "not-available" => Self::NotAvailable,
            "not-material" => Self::NotMaterial,
            "pending" => Self::Pending,
            _ => return None,
        })
    }

    /// The word of the kind.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotApplicable => "not-applicable",
            Self::NotAvailable => "not-available",
            Self::NotMaterial => "not-material",
            Self::Pending => "pending",
        }
    }

    /// What is said of a figure of this kind.
    pub fn said(self) -> Phrase {
        match self {
            Self::NotApplicable => say!("not applicable"),
            Self::NotAvailable => say!("not available"),
            Self::NotMaterial => say!("not material"),
            Self::Pending => say!("pending"),
        }
    }
}

/// A split of a value over the members of one or two dimensions.
#[derive(Debug, Clone)]
pub struct Breakdown {
    /// Name, such as `gender` or `rank+gender`.
    pub name: Spanned<String>,
    /// Members in the order written.
    pub members: Vec<Member>,
    /// How the whole follows from the members.
    pub aggregate: Aggregate,
    /// Whether the members cover the whole.
    pub complete: bool,
}

impl Breakdown {
    /// The dimensions that the name joins.
    pub fn dimensions(&self) -> impl Iterator<Item = &str> {
        self.name.value.split('+')
    }

    /// The member of a key.
    pub fn member(&self, key: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.key.value == key)
    }
}

/// One member of a breakdown.
#[derive(Debug, Clone)]
pub struct Member {
    /// Key, such as `male` or `senior+male`.
    pub key: Spanned<String>,
    /// Values by year.
    pub values: Series,
}

/// How a whole follows from its members.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aggregate {
    /// The members add up to it.
    Sum,
    /// It lies between them, at their weighted mean.
    Mean,
    /// It does not follow from them.
    None,
}

impl Aggregate {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "sum" => Self::Sum,
            "mean" => Self::Mean,
            "none" => Self::None,
            _ => return None,
        })
    }
}

/// How much assurance a value has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AssuranceLevel {
    /// None.
    None,
    /// Limited.
    Limited,
    /// Reasonable.
    Reasonable,
}

impl AssuranceLevel {
    /// The level of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "none" => Self::None,
            "limited" => Self::Limited,
            "reasonable" => Self::Reasonable,
            _ => return None,
        })
    }

    /// The word of the level.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Limited => "limited",
            Self::Reasonable => "reasonable",
        }
    }

    /// What the level is called when it is spoken of.
    pub fn said(self) -> Phrase {
        match self {
            Self::None => say!("none"),
            Self::Limited => say!("limited"),
            Self::Reasonable => say!("reasonable"),
        }
    }
}

/// A changed earlier value.
#[derive(Debug, Clone)]
pub struct Restatement {
    /// The value of the whole as it was published, where that changed.
    pub was: Option<Spanned<Figure>>,
    /// Values of members as they were published.
    pub members: Vec<RestatedMember>,
    /// Why it changed.
    pub reason: Text,
    /// Place.
    pub span: Span,
}

/// A changed earlier value of a member.
#[derive(Debug, Clone)]
pub struct RestatedMember {
    /// Breakdown.
    pub breakdown: Spanned<String>,
    /// Key of the member.
    pub key: Spanned<String>,
    /// The value as it was published.
    pub was: Spanned<Figure>,
}

/// Reads the metrics of a file.
pub fn read_all(tree: &Node, reader: &mut Reader<'_>) -> Vec<Metric> {
    let entries = tree.get("metrics").map(Node::entries).unwrap_or_default();
    let metrics = entries.iter().filter_map(|e| read(&e.key, &e.value, reader));
    metrics.collect()
}

fn read(id: &Spanned<String>, node: &Node, reader: &mut Reader<'_>) -> Option<Metric> {
    let label = reader.text_or_empty(node, "label");
    let unit = node.get("unit").and_then(|unit| reader.unit(unit));
    let values = node.get("values").map(|values| series(values, reader)).unwrap_or_default();
    let formula = node.get("formula").and_then(|formula| reader.expression(formula));
    let note = reader.text_of(node, "note");
    let restated = read_restated(node, reader);
    let by = read_breakdowns(node, unit.as_ref(), reader);
    let broken = node.get("formula").is_some() && formula.is_none();
    if unit.is_none() || broken || lost_figures(node, &values, &by) {
        reader.unread.push(id.value.clone());
    }
    Some(Metric {
        id: id.clone(),
        label,
        unit: unit?,
        values,
        by,
        parts: reader.ids(node, "parts"),
        part_of: node.get("part-of").and_then(Node::spanned),
        weights: node.get("weights").and_then(Node::spanned),
        role: node.get("role").and_then(Node::text).and_then(Role::parse),
        covers: read_covers(node, reader),
        formula,
        assurance: read_assurance(node, reader),
        evidence: reader.ids(node, "evidence"),
        note,
        restated,
        renamed_from: node.get("renamed-from").and_then(Node::spanned),
    })
}

/// Whether figures were written that could not be read, so that what refers to them is no second fault.
fn lost_figures(node: &Node, values: &Series, by: &[Breakdown]) -> bool {
    let written = |node: Option<&Node>| node.map_or(0, |node| node.entries().len());
    let members = node.get("by").map(Node::entries).unwrap_or_default();
    let members = members.iter().flat_map(|breakdown| breakdown.value.entries());
    let of_members: usize = members.map(|member| written(Some(&member.value))).sum();
    let read: usize = by.iter().flat_map(|b| &b.members).map(|member| member.values.len()).sum();
    written(node.get("values")) > values.len() || of_members > read
}

fn read_covers(node: &Node, reader: &Reader<'_>) -> Vec<Coverage> {
    let covers = node.get("covers");
    let entries = covers.map(Node::entries).unwrap_or_default();
    let ids = |name: &str| covers.map(|node| reader.ids(node, name)).unwrap_or_default();
    let read =
        |name: &Spanned<String>| Coverage { dimension: name.clone(), members: ids(&name.value) };
    entries.iter().map(|entry| read(&entry.key)).collect()
}

fn series(node: &Node, reader: &mut Reader<'_>) -> Series {
    let mut series = Series::new();
    for entry in node.entries() {
        let Some(year) = reader.year(&entry.key.value) else { continue };
        let span = entry.value.span;
        let reading = match entry.value.text() {
            Some(_) => reader.figure(&entry.value).map(|figure| Reading::Figure(figure.value)),
            None => reader.missing(&entry.value).map(Reading::Missing),
        };
        if let Some(reading) = reading {
            series.insert(year, Datum { span, reading });
        }
    }
    series
}

fn read_breakdowns(
    node: &Node,
    unit: Option<&Spanned<Unit>>,
    reader: &mut Reader<'_>,
) -> Vec<Breakdown> {
    let incomplete = reader.ids(node, "incomplete");
    let fallback = match unit {
        Some(unit) if unit.value.additive => Aggregate::Sum,
        _ => Aggregate::Mean,
    };
    let declared = node.get("aggregate");
    let mut found = Vec::new();
    for entry in node.get("by").map(Node::entries).unwrap_or_default() {
        let name = entry.key.clone();
        let of_name = declared.and_then(|d| d.get(&name.value).or(Some(d))).and_then(Node::text);
        let aggregate = of_name.and_then(Aggregate::parse).unwrap_or(fallback);
        let complete = !incomplete.iter().any(|other| other.value == name.value);
        let members = entry.value.entries().iter().map(|member| Member {
            key: member.key.clone(),
            values: series(&member.value, reader),
        });
        found.push(Breakdown { name, members: members.collect(), aggregate, complete });
    }
    for name in incomplete {
        if !found.iter().any(|breakdown| breakdown.name.value == name.value) {
            let message =
                say!("there is no breakdown `{name}` that could be incomplete", name = name.value);
            reader.sink.push(Diagnostic::error("unknown-reference", name.span, message));
        }
    }
    found
}

fn read_assurance(node: &Node, reader: &Reader<'_>) -> BTreeMap<u16, AssuranceLevel> {
    let entries = node.get("assurance").map(Node::entries).unwrap_or_default();
    let levels = entries.iter().filter_map(|entry| {
        Some((reader.year(&entry.key.value)?, AssuranceLevel::parse(entry.value.text()?)?))
    });
    levels.collect()
}

fn read_restated(node: &Node, reader: &mut Reader<'_>) -> BTreeMap<u16, Restatement> {
    let mut restated = BTreeMap::new();
    for entry in node.get("restated").map(Node::entries).unwrap_or_default() {
        let year = reader.year(&entry.key.value);
        let was = entry.value.get("was").and_then(|was| reader.figure(was));
        let reason = entry.value.get("reason").map(|reason| reader.reason(reason));
        let members = read_restated_members(&entry.value, reader);
        let (reason, span) = (reason.unwrap_or_default(), entry.value.span);
        if let Some(year) = year.filter(|_| was.is_some() || !members.is_empty()) {
            restated.insert(year, Restatement { was, members, reason, span });
        }
    }
    restated
}

fn read_restated_members(node: &Node, reader: &mut Reader<'_>) -> Vec<RestatedMember> {
    let mut found = Vec::new();
    for breakdown in node.get("by").map(Node::entries).unwrap_or_default() {
        for member in breakdown.value.entries() {
            if let Some(was) = reader.figure(&member.value) {
                let (breakdown, key) = (breakdown.key.clone(), member.key.clone());
                found.push(RestatedMember { breakdown, key, was });
            }
        }
    }
    found
}
