//! Catalogs of frameworks, their editions, and units.
//!
//! **Invariant:** editions are data; nothing here names a framework or a clause.
//!
//! **Invariant:** catalogs of the project lie over the embedded ones.

mod applicability;
mod catalog;
mod factors;
mod library;
mod units;

pub use self::applicability::Profile;
pub use self::catalog::{Applies, Catalog, Item, ItemKind, Level};
pub use self::factors::Factor;
pub use self::library::Library;
pub use self::units::{UnitName, Units};
