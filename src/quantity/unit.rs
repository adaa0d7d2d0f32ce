//! Units, their dimensions, and conversion between them.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::Arc;

use crate::diag::{Fill, Phrase, say};
use crate::quantity::{Decimal, Interval};

/// A unit as a table defines it.
#[derive(Debug, Clone)]
pub struct UnitDef {
    /// Id, such as `MWh`.
    pub id: String,
    /// Kind of quantity, such as `energy`; units of one kind convert into each other.
    pub kind: String,
    /// Size in the kind's base unit.
    pub factor: Decimal,
    /// Whether quantities of it add up.
    pub additive: bool,
    /// Whether it counts things one by one, so that whole numbers are exact.
    pub counting: bool,
    /// Other ways to write it.
    pub aliases: Vec<String>,
    /// Ways to write it that may mean something else.
    pub ambiguous: Vec<String>,
}

/// Powers of kinds: `{energy: 1, currency-cny: -1}`. Ratios have none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dimension(BTreeMap<String, i32>);

impl Dimension {
    /// The dimension of a pure number.
    pub fn none() -> Self {
        Self::default()
    }

    /// Whether this is a pure number.
    pub fn is_none(&self) -> bool {
        self.0.is_empty()
    }

    /// The dimension of a product.
    pub fn times(&self, other: &Self) -> Self {
        self.combined(other, 1)
    }

    /// The dimension of a quotient.
    pub fn over(&self, other: &Self) -> Self {
        self.combined(other, -1)
    }

    fn combined(&self, other: &Self, sign: i32) -> Self {
        let mut powers = self.0.clone();
        for (kind, power) in &other.0 {
            *powers.entry(kind.clone()).or_default() += power * sign;
        }
        powers.retain(|_, power| *power != 0);
        Self(powers)
    }
}

impl Fill for Dimension {
    fn fill(&self) -> Phrase {
        if self.0.is_empty() {
            return say!("a ratio");
        }
        let part = |positive: bool| {
            let kinds = self.0.iter().filter(move |(_, power)| (**power > 0) == positive);
            Phrase::joined(" × ", kinds.map(|(kind, _)| Phrase::word(kind)))
        };
        let (above, below) = (part(true), part(false));
        match (above.is_empty(), below.is_empty()) {
            (_, true) => above,
            (true, _) => Phrase::joined(" / ", [Phrase::from("1"), below]),
            _ => Phrase::joined(" / ", [above, below]),
        }
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.fill())
    }
}

/// A unit as it is used: one of the table, or a quotient such as `tCO2e/million_CNY`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// As written.
    pub text: Arc<str>,
    /// Ids above the line.
    pub above: Vec<String>,
    /// Ids below the line.
    pub below: Vec<String>,
    /// Dimension.
    pub dimension: Dimension,
    /// Whether quantities of it add up.
    pub additive: bool,
    /// Whether whole numbers of it are exact.
    pub counting: bool,
    numerator: Decimal,
    denominator: Decimal,
}

/// Why a text is not a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnitFault {
    /// No table has it; the nearest id follows, if one is near.
    Unknown(String, Option<String>),
    /// It can mean one of several units, whose ids follow.
    Ambiguous(String, Vec<String>),
}

impl Unit {
    /// The unit of a pure number.
    pub fn none() -> Self {
        Self {
            text: Arc::from(""),
            above: Vec::new(),
            below: Vec::new(),
            dimension: Dimension::none(),
            additive: false,
            counting: false,
            numerator: Decimal::ONE,
            denominator: Decimal::ONE,
        }
    }

    /// A value of this unit in another unit of the same dimension; nothing if the dimensions
    /// differ or the value does not fit.
    pub fn convert(&self, value: Decimal, to: &Unit) -> Option<Decimal> {
        let interval = self.convert_interval(Interval::exact(value), to)?;
        interval.low
    }

    /// An interval of this unit in another unit of the same dimension.
    pub fn convert_interval(&self, interval: Interval, to: &Unit) -> Option<Interval> {
        if self.dimension != to.dimension {
            return None;
        }
        if self.numerator == to.numerator && self.denominator == to.denominator {
            return Some(interval);
        }
        // The quotient of the two sizes first, so that 10^28 joules do not overflow on the way.
        let up = self.numerator.checked_div(to.numerator)?;
        let down = self.denominator.checked_div(to.denominator)?;
        if up >= Decimal::ONE {
            interval.scaled(up)?.shrunk(down)
        } else {
            let back = to.numerator.checked_div(self.numerator)?;
            interval.shrunk(back)?.shrunk(down)
        }
    }

    /// The unit of a product.
    pub fn times(&self, other: &Unit) -> Option<Unit> {
        self.combined(other, false)
    }

    /// The unit of a quotient.
    pub fn over(&self, other: &Unit) -> Option<Unit> {
        self.combined(other, true)
    }

    fn combined(&self, other: &Unit, inverted: bool) -> Option<Unit> {
        let (above, below) =
            if inverted { (&other.below, &other.above) } else { (&other.above, &other.below) };
        let (up, down) = if inverted {
            (other.denominator, other.numerator)
        } else {
            (other.numerator, other.denominator)
        };
        let mut unit = Unit {
            text: Arc::from(""),
            above: [self.above.clone(), above.clone()].concat(),
            below: [self.below.clone(), below.clone()].concat(),
            dimension: if inverted {
                self.dimension.over(&other.dimension)
            } else {
                self.dimension.times(&other.dimension)
            },
            additive: false,
            counting: false,
            numerator: self.numerator.checked_mul(up)?,
            denominator: self.denominator.checked_mul(down)?,
        };
        unit.cancel();
        unit.text = Arc::from(unit.written());
        Some(unit)
    }

    /// Removes ids that stand above and below the line.
    fn cancel(&mut self) {
        let mut kept = Vec::new();
        for id in std::mem::take(&mut self.above) {
            match self.below.iter().position(|other| *other == id) {
                Some(at) => drop(self.below.remove(at)),
                None => kept.push(id),
            }
        }
        self.above = kept;
    }

    fn written(&self) -> String {
        let above = if self.above.is_empty() { "1".to_owned() } else { self.above.join("·") };
        if self.below.is_empty() {
            if self.above.is_empty() { String::new() } else { above }
        } else {
            format!("{above}/{}", self.below.join("/"))
        }
    }
}

/// The units that a project can use.
#[derive(Debug, Clone, Default)]
pub struct UnitTable {
    defs: BTreeMap<String, UnitDef>,
    names: HashMap<String, Vec<String>>,
    ambiguous: HashMap<String, Vec<String>>,
    /// The first id of those that differ in case only. Every word behind a figure is looked up, and
    /// most of them are no units.
    lower: HashMap<String, String>,
}

impl UnitTable {
    /// Adds a unit; a later one of the same id replaces the earlier.
    pub fn insert(&mut self, def: UnitDef) {
        let first = self.lower.entry(lower(&def.id)).or_insert_with(|| def.id.clone());
        if def.id < *first {
            first.clone_from(&def.id);
        }
        for alias in &def.aliases {
            self.names.entry(alias.clone()).or_default().push(def.id.clone());
        }
        for alias in &def.ambiguous {
            self.ambiguous.entry(alias.clone()).or_default().push(def.id.clone());
        }
        self.defs.insert(def.id.clone(), def);
    }

    /// The definition of an id.
    pub fn get(&self, id: &str) -> Option<&UnitDef> {
        self.defs.get(id)
    }

    /// All ids, sorted.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.defs.keys().map(String::as_str)
    }

    /// Reads a unit: an id, an alias, or several joined by `/`.
    pub fn parse(&self, text: &str) -> Result<Unit, UnitFault> {
        if let Some(def) = self.resolve(text.trim())? {
            return Ok(simple(def, text));
        }
        let mut parts = text.split('/').map(str::trim);
        let first = parts.next().unwrap_or_default();
        let mut unit = simple(self.need(first)?, first);
        for part in parts {
            let below = simple(self.need(part)?, part);
            unit = unit.over(&below).ok_or_else(|| UnitFault::Unknown(text.to_owned(), None))?;
        }
        unit.text = Arc::from(text);
        Ok(unit)
    }

    /// Whether a text is a unit, or can mean one of several. Most words that are asked about are
    /// none, which is found without making a fault of it.
    pub fn knows(&self, text: &str) -> bool {
        let plain = text.trim();
        self.defs.contains_key(plain)
            || self.names.contains_key(plain)
            || self.ambiguous.contains_key(plain)
            || text.contains('/')
                && matches!(self.parse(text), Ok(_) | Err(UnitFault::Ambiguous(..)))
    }

    fn need(&self, text: &str) -> Result<&UnitDef, UnitFault> {
        self.resolve(text)?.ok_or_else(|| UnitFault::Unknown(text.to_owned(), self.nearest(text)))
    }

    fn resolve(&self, text: &str) -> Result<Option<&UnitDef>, UnitFault> {
        if let Some(def) = self.defs.get(text) {
            return Ok(Some(def));
        }
        match self.names.get(text).map(Vec::as_slice) {
            Some([id]) => return Ok(self.defs.get(id)),
            Some(several) => return Err(UnitFault::Ambiguous(text.to_owned(), several.to_vec())),
            None => {}
        }
        match self.ambiguous.get(text) {
            Some(ids) => Err(UnitFault::Ambiguous(text.to_owned(), ids.clone())),
            None => Ok(None),
        }
    }

    fn nearest(&self, text: &str) -> Option<String> {
        self.lower.get(&lower(text)).cloned()
    }
}

fn lower(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

fn simple(def: &UnitDef, text: &str) -> Unit {
    let mut powers = BTreeMap::new();
    if !matches!(def.kind.as_str(), "ratio" | "ratio-difference") {
        powers.insert(def.kind.clone(), 1);
    }
    Unit {
        text: Arc::from(text),
        above: vec![def.id.clone()],
        below: Vec::new(),
        dimension: Dimension(powers),
        additive: def.additive,
        counting: def.counting,
        numerator: def.factor,
        denominator: Decimal::ONE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> UnitTable {
        let mut table = UnitTable::default();
        let rows = [
            ("kWh", "energy", "3600000", &["千瓦时"][..], &["度"][..]),
            ("MWh", "energy", "3600000000", &["兆瓦时"], &[]),
            ("kW", "power", "1000", &[], &[]),
            ("t", "mass", "1000", &["吨"], &["吨位"]),
            ("kg", "mass", "1", &[], &[]),
            ("person", "count-person", "1", &[], &[]),
            ("%", "ratio", "0.01", &[], &[]),
        ];
        for (id, kind, factor, aliases, ambiguous) in rows {
            table.insert(UnitDef {
                id: id.into(),
                kind: kind.into(),
                factor: factor.parse().unwrap_or_default(),
                additive: kind != "ratio",
                counting: kind.starts_with("count"),
                aliases: aliases.iter().map(|&a| a.into()).collect(),
                ambiguous: ambiguous.iter().map(|&a| a.into()).collect(),
            });
        }
        table
    }

    #[test]
    fn units_convert_within_a_dimension_only() {
        let table = table();
        let unit = |text: &str| table.parse(text).expect("a unit");
        assert_eq!(unit("兆瓦时").convert(Decimal::TWO, &unit("kWh")), Some(Decimal::from(2000)));
        assert_eq!(
            unit("kWh").convert(Decimal::from(2500), &unit("MWh")),
            Some(Decimal::new(25, 1))
        );
        assert_eq!(
            unit("t/person").convert(Decimal::ONE, &unit("kg/person")),
            Some(Decimal::from(1000))
        );
        assert_eq!(unit("kW").convert(Decimal::ONE, &unit("kWh")), None);
    }

    #[test]
    fn unknown_and_ambiguous_units_are_told_apart() {
        let table = table();
        assert_eq!(
            table.parse("mwh").err(),
            Some(UnitFault::Unknown("mwh".into(), Some("MWh".into())))
        );
        assert_eq!(
            table.parse("度").err(),
            Some(UnitFault::Ambiguous("度".into(), vec!["kWh".into()]))
        );
    }

    #[test]
    fn units_are_known_where_they_can_be_read_or_are_ambiguous() {
        let table = table();
        for text in
            ["kWh", " kWh ", "度", "吨", "t/person", "度/person", "mwh", "", "/", "t/", "x/t"]
        {
            let read = matches!(table.parse(text), Ok(_) | Err(UnitFault::Ambiguous(..)));
            assert_eq!(table.knows(text), read, "{text:?}");
        }
    }

    #[test]
    fn quotients_cancel() {
        let table = table();
        let unit = |text: &str| table.parse(text).expect("a unit");
        let back = unit("t/person").times(&unit("person")).expect("a product");
        assert_eq!(back.dimension, unit("t").dimension);
        assert_eq!(&*back.text, "t");
    }
}
