//! Values of two reports as messages print them.

use crate::quantity::{Decimal, Figure, Unit, rounded};
use crate::report::Said;

use crate::lint::rules::consistency::terms::shown;

/// A figure with qualifier and unit.
pub fn figure_text(figure: &Figure, unit: &Unit) -> String {
    format!("{}{}", figure.qualifier.before(), shown(figure.value, unit))
}

/// What a report says, with its unit.
pub fn said_text(said: &Said<'_>, unit: &Unit) -> String {
    match said {
        Said::Stated(figure, _) => figure_text(figure, unit),
        Said::Computed(value, ..) => shown(few_digits(*value), unit),
        Said::Missing(_) => "missing".to_owned(),
    }
}

/// A computed value to as many digits as people compare.
pub fn few_digits(value: Decimal) -> Decimal {
    let short = if value.scale() > 4 { rounded(value, 4) } else { value };
    short.normalize()
}
