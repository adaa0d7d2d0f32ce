//! Facts as xBRL-JSON (OIM 1.0), with a taxonomy made from the metrics of the project and the
//! catalogs that it answers. `docs/xbrl.md` says what becomes of what.

mod linkbases;
mod names;
mod report;
mod schema;
mod units;

pub use self::report::xbrl_json;

use crate::locale::Lang;
use crate::report::Report;
use crate::source::Sources;

use crate::emit::xbrl::linkbases::{definitions, labels, presentations, references};
use crate::emit::xbrl::names::Names;
use crate::emit::xbrl::schema::schema;

/// The files of the taxonomy by name. Labels are taken from `labelled`, which may have languages
/// that the project itself leaves to conversion.
pub fn xbrl_taxonomy(
    report: &Report,
    labelled: &Report,
    sources: &Sources,
) -> Vec<(String, String)> {
    let names = Names::new(report, sources);
    let mut files = vec![(names.schema_file(), schema(&names, report))];
    for lang in Lang::ALL {
        let text = labels(&names, labelled, lang);
        files.extend(text.map(|text| (format!("label-{lang}.xml"), text)));
    }
    files.push(("presentation.xml".into(), presentations(&names)));
    files.push(("definition.xml".into(), definitions(&names, report)));
    files.push(("reference.xml".into(), references(&names)));
    files
}
