//! Figures and units as XBRL has them.

use crate::content::Metric;
use crate::framework::Units;
use crate::quantity::{Decimal, Figure, Qualifier, Unit};

use crate::emit::xbrl::names::local;

/// How figures of a metric are written.
pub struct Measure {
    /// The unit; nothing for pure numbers, whose unit is not written.
    pub unit: Option<String>,
    /// Whether it is money, which has a type of its own.
    pub money: bool,
    /// What a figure is multiplied by: money is in whole currency, a share is of one.
    factor: Decimal,
    counting: bool,
}

impl Measure {
    /// How figures of a metric are written.
    pub fn of(metric: &Metric, units: &Units) -> Self {
        let unit = &metric.unit.value;
        let counting = unit.counting;
        let kind = match (unit.above.as_slice(), unit.below.as_slice()) {
            ([id], []) => units.table.get(id).map(|def| def.kind.as_str()),
            _ => None,
        };
        let whole = |unit: Option<String>, money, factor| Self { unit, money, factor, counting };
        match kind {
            Some("ratio") => {
                let factor = unit.convert(Decimal::ONE, &Unit::none());
                return whole(None, false, factor.unwrap_or(Decimal::ONE));
            }
            Some(kind) => {
                let code = kind.strip_prefix("currency-").map(str::to_uppercase);
                let base = code.as_ref().and_then(|code| units.table.parse(code).ok());
                let factor = base.and_then(|base| unit.convert(Decimal::ONE, &base));
                if let (Some(code), Some(factor)) = (code, factor) {
                    return whole(Some(format!("iso4217:{code}")), true, factor);
                }
            }
            None => {}
        }
        whole(Some(composed(unit)), false, Decimal::ONE)
    }

    /// The digits of a figure.
    pub fn value(&self, figure: &Figure) -> Option<String> {
        let value = figure.value.checked_mul(self.factor)?;
        Some(value.to_string())
    }

    /// How many decimals are certain; nothing for a count, which is exact.
    pub fn decimals(&self, figure: &Figure) -> Option<i32> {
        if self.counting && figure.value.scale() == 0 && figure.qualifier == Qualifier::None {
            return None;
        }
        let mut decimals = i32::try_from(figure.value.scale()).unwrap_or(i32::MAX);
        let mut factor = self.factor;
        while factor >= Decimal::TEN {
            factor = factor.checked_div(Decimal::TEN)?;
            decimals = decimals.checked_sub(1)?;
        }
        while factor < Decimal::ONE && !factor.is_zero() {
            factor = factor.checked_mul(Decimal::TEN)?;
            decimals = decimals.checked_add(1)?;
        }
        Some(decimals)
    }
}

/// A unit of the project in the form of OIM: `unit:tCO2e`, `unit:t/unit:person`.
fn composed(unit: &Unit) -> String {
    let side = |ids: &[String]| {
        let mut names: Vec<String> = ids.iter().map(|id| format!("unit:{}", name(id))).collect();
        names.sort();
        names
    };
    let joined = |names: Vec<String>| match names.as_slice() {
        [one] => one.clone(),
        several => format!("({})", several.join("*")),
    };
    let (above, below) = (side(&unit.above), side(&unit.below));
    match (above.is_empty(), below.is_empty()) {
        (false, true) => above.join("*"),
        (false, false) => format!("{}/{}", joined(above), joined(below)),
        (true, false) => format!("xbrli:pure/{}", joined(below)),
        (true, true) => "unit:number".to_owned(),
    }
}

/// The id of a unit as a name: `10^4_kWh` is `e4_kWh`.
fn name(id: &str) -> String {
    match id.strip_prefix("10^") {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => local(&format!("e{rest}")),
        _ => local(id),
    }
}
