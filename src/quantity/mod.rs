//! Decimals as they are printed, what they stand for, and the units they are in.
//!
//! **Invariant:** no floats. A [`Figure`] keeps its printed form; an [`Interval`] holds every value
//! that the printed form can stand for.
//!
//! **Invariant:** arithmetic that would overflow gives nothing instead of a wrong figure.

mod figure;
mod interval;
mod print;
mod unit;

pub use self::figure::{Figure, FigureFault, Qualifier};
pub use self::interval::Interval;
pub use self::print::signed_values;
pub use self::print::{Grouping, decimals_after, group, numerals, plain, rounded, rounded_as};
pub use self::unit::{Dimension, Unit, UnitDef, UnitFault, UnitTable};

pub use rust_decimal::Decimal;

use crate::diag::{Fill, Phrase};

impl Fill for Decimal {
    fn fill(&self) -> Phrase {
        Phrase::from(self.to_string())
    }
}
