//! The evidence bundle: everything that an auditor needs, in one file that shows any change.
//!
//! A bundle is a zip archive with one form for one content. Inside is a BagIt bag whose payload is
//! an RO-Crate: the project's files, the catalogs that judged them, what was printed, the facts,
//! every computation with its steps, findings, and an audit sheet for each metric and disclosure. A
//! statement lists all of it with checksums and can be signed.
//!
//! This floor does not print: reports, facts and findings come in as finished files.
//!
//! **Invariant:** the same project gives the same bytes, whatever the folder, clock, time zone and
//! locale.
//!
//! **Invariant:** no file of a confidential evidence item is in a bundle; its checksum is.
//!
//! **Invariant:** nothing of an archive is trusted before its names, places and sizes are checked.

mod assemble;
mod bag;
mod citations;
mod crossings;
mod disclosure_sheet;
mod drawing;
mod envelope;
mod evidence;
mod glance;
mod links;
mod metric_sheet;
mod open;
mod overview;
mod pages;
mod pdf;
mod population;
mod printed;
mod random;
mod recalc;
mod research_object;
mod sample;
mod statement;
mod verify;

pub use self::assemble::{BundleFault, Made, assemble};
pub use self::envelope::{PublicKey, SecretKey};
pub use self::evidence::{EvidenceFault, withheld_files};
pub use self::metric_sheet::digits;
pub use self::open::{Opened, open};
pub use self::pdf::{PdfPage, PdfText, read_pdf};
pub use self::population::{of_evidence, of_metric, of_report};
pub use self::printed::{compare_pdf, compare_printed, with_marks};
pub use self::recalc::{Outcome, Recalculated, Recalculation, recalculate};
pub use self::sample::{Chance, Drawn, Method, Population, Record, Sample, SampleFault, Steps};
pub use self::verify::{Origin, Verdict, compare_rebuilt, origin, verify};

use std::collections::BTreeMap;

/// Files by path, in one order.
pub type Tree = BTreeMap<String, Vec<u8>>;

/// The folder that an archive unfolds into.
pub const ROOT: &str = "evidence-bundle/";
/// The payload of the bag.
pub const PAYLOAD: &str = "data/";
/// The project's files, inside the payload.
pub const INPUT: &str = "data/input/";
/// The catalogs of the program that judged the report, inside the payload.
pub const FRAMEWORKS: &str = "data/frameworks/";
/// The statement over everything.
pub const STATEMENT: &str = "statement.json";
/// The statement with a signature.
pub const ENVELOPE: &str = "statement.dsse.json";
