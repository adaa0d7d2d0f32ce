//! Units in words.

use std::fmt::Write as _;

use crate::diag::{Phrase, Wording, say};
use crate::emit::padded;
use crate::framework::Units;
use crate::locale::Lang;
use crate::quantity::{Decimal, Grouping, UnitDef, UnitFault, group};

/// What a unit is: its kind, its size, its names, and the spellings that can mean something else;
/// nothing if no unit is called that.
pub fn explain_unit(units: &Units, name: &str, wording: &Wording) -> Option<String> {
    match units.table.parse(name) {
        Ok(unit) => {
            let ids = unit.above.iter().chain(&unit.below);
            let parts: Vec<String> =
                ids.filter_map(|id| one(units, units.table.get(id)?, wording)).collect();
            let [only] = parts.as_slice() else {
                let dimension = wording.of(&crate::diag::Fill::fill(&unit.dimension));
                let quotient = wording.of(&say!("dimension {dimension}", dimension));
                return Some(format!("{name}\n  {quotient}\n\n{}", parts.join("\n")));
            };
            Some(only.clone())
        }
        Err(UnitFault::Ambiguous(name, ids)) => {
            let list = Phrase::joined(" or ", &ids);
            let head = match ids.as_slice() {
                [id] => say!("the unit `{name}` need not mean {id}", name, id),
                _ => say!("the unit `{name}` can mean {ids}", name, ids = list),
            };
            let mut text = format!("{}\n\n", wording.of(&head));
            let meant = ids.iter().filter_map(|id| one(units, units.table.get(id)?, wording));
            text.push_str(&meant.collect::<Vec<_>>().join("\n"));
            Some(text)
        }
        Err(UnitFault::Unknown(..)) => None,
    }
}

fn one(units: &Units, def: &UnitDef, wording: &Wording) -> Option<String> {
    let mut text = format!("{}\n", def.id);
    let mut line = |key: Phrase, value: String| {
        let _ = writeln!(text, "  {} {value}", padded(&wording.of(&key), 12));
    };
    line(say!("kind"), wording.of(&Phrase::word(&def.kind)));
    let size = |value: Decimal| group(value.normalize(), Grouping::Thousands);
    match base(units, def) {
        Some(base) if base.id != def.id => {
            let factor = def.factor.checked_div(base.factor).unwrap_or(def.factor);
            line(say!("size"), format!("1 {} = {} {}", def.id, size(factor), base.id));
        }
        _ => line(say!("size"), wording.of(&say!("the base of its kind"))),
    }
    if let Some(name) = units.name(&def.id) {
        for lang in Lang::ALL {
            let title = name.title.exact(lang).map(String::as_str).unwrap_or_default();
            let symbol = name.symbol.exact(lang).map(String::as_str).unwrap_or_default();
            if !title.is_empty() || !symbol.is_empty() {
                line(Phrase::from(lang.tag()), format!("{title} ({symbol})"));
            }
        }
    }
    let adds = match def.additive {
        true => say!("quantities of it add up"),
        false => say!("quantities of it do not add up"),
    };
    line(say!("sums"), wording.of(&adds));
    if def.counting {
        line(say!("counts"), wording.of(&say!("whole numbers are exact")));
    }
    let list = |names: &[String]| wording.of(&Phrase::list(names));
    if !def.aliases.is_empty() {
        line(say!("also written"), list(&def.aliases));
    }
    if !def.ambiguous.is_empty() {
        let spellings = list(&def.ambiguous);
        line(
            say!("not written"),
            wording.of(&say!("{spellings}, which can mean other units", spellings)),
        );
    }
    let same: Vec<String> = siblings(units, def);
    if !same.is_empty() {
        line(say!("converts to"), list(&same));
    }
    Some(text)
}

/// The unit of the kind that has the size one.
fn base<'u>(units: &'u Units, def: &UnitDef) -> Option<&'u UnitDef> {
    let of_kind = || units.table.ids().filter_map(|id| units.table.get(id));
    let mut same = of_kind().filter(|other| other.kind == def.kind);
    same.find(|other| other.factor == Decimal::ONE)
}

/// Other units of the kind.
fn siblings(units: &Units, def: &UnitDef) -> Vec<String> {
    let all = units.table.ids().filter_map(|id| units.table.get(id));
    let same = all.filter(|other| other.kind == def.kind && other.id != def.id);
    same.map(|other| other.id.clone()).collect()
}
