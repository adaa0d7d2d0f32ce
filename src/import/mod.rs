//! Figures from workbooks and tables, put back into the files of a project.
//!
//! What people typed is compared with what the project says and, where a workbook was written by
//! this program, with what the workbook held before. Only what was typed becomes a change.
//!
//! **Invariant:** nothing but the text of a value is changed: comments, order and layout of a file
//! stay, byte for byte.
//!
//! **Invariant:** no figure is guessed and none is lost without a word: what cannot be taken over
//! is a finding at its cell.

mod apply;
mod columns;
mod given;
mod named;
mod place;
mod plan;
mod reason;
mod table;
mod verify;
mod written;

pub use self::apply::{Changed, apply, difference};
pub use self::columns::{Column, mark};
pub use self::plan::{Change, Plan, Project, plan};
pub use self::reason::reason_name;
pub use self::table::{Table, tables_of};
pub use self::verify::unintended;
pub use self::written::qualifier_word;
