//! Catalogs of frameworks, their editions, and units.
//!
//! **Invariant:** editions are data; nothing here names a framework or a clause.
//!
//! **Invariant:** catalogs of the project lie over the embedded ones.

mod applicability;
mod catalog;
mod crosswalk;
mod datapoint;
mod derived;
mod factors;
mod library;
mod shared;
mod units;

pub use self::applicability::{Asked, Profile, Ruling};
pub use self::catalog::{Applies, Catalog, Effective, Item, ItemKind, Level, Permission};
pub use self::crosswalk::{Crosswalk, Link};
pub use self::datapoint::Datapoint;
pub use self::derived::disclosures_schema;
pub use self::factors::Factor;
pub use self::library::Library;
pub use self::shared::{prepare, read_ahead};
pub use self::units::{UnitName, Units};
