//! Names in `review.yaml`, and in answers that are still to be given.

use crate::diag::say;

use crate::report::resolve::References;

impl References<'_> {
    /// Metrics of disclosures that are still to be answered.
    pub(super) fn pending(&mut self) {
        let report = self.report;
        let files = report.content.disclosures.iter();
        let known = files.filter(|file| report.catalogs.contains_key(&file.framework.value));
        for fact in known.flat_map(|file| &file.pending).flat_map(|pending| &pending.facts) {
            self.metric(fact);
        }
    }

    /// What `review.yaml` names. A line that names nothing would hide that something else is to be
    /// reviewed.
    pub(super) fn review(&mut self) {
        let content = &self.report.content;
        for file in &content.review.files {
            if !content.checksums.contains_key(&file.value) {
                let known = content.checksums.keys().map(String::as_str);
                let help = say!("take it out of `review.yaml`, or write the path of a file");
                self.unknown(file, say!("file"), known, help);
            }
        }
        for (edition, codes) in &content.review.answers {
            let files = || content.disclosures.iter();
            if !files().any(|file| file.framework.value == edition.value) {
                let known = files().map(|file| file.framework.value.as_str());
                let help = say!("take it out of `review.yaml`, or write an edition with answers");
                self.unknown(edition, say!("edition with answers"), known, help);
                continue;
            }
            let of = || files().filter(|file| file.framework.value == edition.value);
            let answers: Vec<&str> =
                of().flat_map(|f| &f.answers).map(|a| a.code.value.as_str()).collect();
            for code in codes.iter().filter(|code| !answers.contains(&code.value.as_str())) {
                let help = say!("take it out of `review.yaml`; there is no such answer");
                self.unknown(code, say!("answer"), answers.iter().copied(), help);
            }
        }
    }
}
