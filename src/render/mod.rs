//! PDF and HTML, from a [`View`](crate::view::View) and nothing else.
//!
//! **Invariant:** the same view, templates and fonts give the same bytes on every machine.
//!
//! **Invariant:** no text of a report is evaluated: it reaches templates as strings.

mod compact;
mod fonts;
mod html;
mod html_both;
mod lineage;
mod pdf;
mod preview;
mod side;
mod world;

pub use self::fonts::Fonts;
pub use self::html::html;
pub use self::html_both::html_of_both;
pub use self::pdf::{Pdf, pdf, pdf_of, typst_files};
pub use self::preview::preview;
pub use self::side::typst_files_of_both;

use std::fmt;

/// Why a report could not be printed. The cause is a template or a font, never the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderFault(pub String);

impl fmt::Display for RenderFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for RenderFault {}
