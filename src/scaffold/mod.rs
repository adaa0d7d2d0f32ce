//! New projects: from nothing, or from last year's.
//!
//! **Invariant:** nothing here states a figure or answers a disclosure: what is not known is
//! pending, and what is carried over is listed for review.

mod answers;
mod carry;
mod edit;
mod fresh;
mod issuer;
mod metrics;
mod words;

pub use self::carry::{CarryFault, carry};
pub use self::fresh::fresh;
pub use self::issuer::{Issuer, Listing, period_from, pick};
pub use self::words::Texts;

use std::collections::BTreeMap;

/// Files of a new project: path and text.
pub type Written = BTreeMap<String, Vec<u8>>;
