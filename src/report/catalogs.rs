//! Reads the framework editions that a report has to do with.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Phrase, Sink, say};
use crate::framework::Library;
use crate::schema::nearest;
use crate::source::{Sources, Spanned};

use crate::report::Report;
use crate::report::verdict::Earlier;

/// Reads the editions that the report claims or answers; one that there is not is a finding.
pub fn read_catalogs(
    report: &mut Report,
    library: &Library<'_>,
    sources: &mut Sources,
    sink: &mut Sink,
) {
    let claimed = report.content.head.frameworks.iter().map(|claim| &claim.edition);
    let answered = report.content.disclosures.iter().map(|file| &file.framework);
    let wanted: Vec<Spanned<String>> = claimed.chain(answered).cloned().collect();
    for edition in wanted {
        if report.catalogs.contains_key(&edition.value) {
            continue;
        }
        if let Some(catalog) = library.catalog(&edition.value, sources, sink) {
            report.catalogs.insert(edition.value.clone(), catalog);
            continue;
        }
        let known = library.editions();
        let message = say!("no framework edition is called `{edition}`", edition = edition.value);
        let found = Diagnostic::error("unknown-framework", edition.span, message);
        let near = nearest(&edition.value, known.iter().map(String::as_str));
        sink.push(match near {
            Some(near) => found.help(say!("did you mean `{near}`?", near)),
            None => found.help(say!("editions are {known}", known = Phrase::list(&known))),
        });
    }
}

/// Reads the editions that bind the year where the report adopts a later one early.
pub fn read_earlier(
    report: &mut Report,
    library: &Library<'_>,
    sources: &mut Sources,
    sink: &mut Sink,
) {
    let mut found = BTreeMap::new();
    for (name, catalog) in &report.catalogs {
        let profile = report.profile(name, &[], None);
        let early = catalog.day(&profile).zip(catalog.effective.from);
        if early.is_none_or(|(day, from)| day >= from) {
            continue;
        }
        let Some(before) = &catalog.succeeds else { continue };
        let Some(earlier) = library.catalog(before, sources, sink) else { continue };
        if earlier.binds(&profile) {
            let walks = library.crosswalks(before, sources, sink);
            let crosswalk = walks.into_iter().find(|walk| walk.from == *before && walk.to == *name);
            found.insert(name.clone(), Earlier { catalog: earlier, crosswalk });
        }
    }
    report.earlier = found;
}

/// The editions that follow those which ended before the report. All editions are read for it, which
/// only a report with such a claim needs.
pub fn read_successors(
    report: &Report,
    library: &Library<'_>,
    sources: &mut Sources,
    sink: &mut Sink,
) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (name, catalog) in &report.catalogs {
        let profile = report.profile(name, &[], None);
        let day = catalog.day(&profile);
        if day.zip(catalog.effective.until).is_none_or(|(day, until)| day <= until) {
            continue;
        }
        for other in library.editions() {
            let later = library.catalog(&other, sources, sink);
            if later.is_some_and(|later| later.succeeds.as_ref() == Some(name)) {
                found.insert(name.clone(), other);
            }
        }
    }
    found
}
