//! What `build` prints and a bundle holds: the same bytes in both.

use serde_json::Value;

use crate::bundle::{read_pdf, with_marks};
use crate::diag::{Phrase, say};
use crate::emit::attached_json;
use crate::locale::Lang;
use crate::proof::{prove_html, prove_pdf};
use crate::render::{Pdf, RenderFault, html, pdf};
use crate::report::Report;
use crate::source::Overlay;
use crate::spread::spread;
use crate::view::{self, Purpose, Theme, View, Words};

use crate::command::{Error, Watch};

/// A report as it was written, and with all its texts in traditional Chinese.
pub struct Reports<'a> {
    /// As it was written.
    pub written: &'a Report,
    /// With its texts in traditional Chinese filled in, where that language is printed.
    pub traditional: Option<&'a Report>,
}

impl Reports<'_> {
    /// The report that a language is printed from.
    fn of(&self, lang: Lang) -> &Report {
        match self.traditional {
            Some(report) if lang == Lang::ZhHant => report,
            _ => self.written,
        }
    }
}

/// What every language is printed with.
pub struct Press<'a> {
    /// The report.
    pub reports: &'a Reports<'a>,
    /// Look.
    pub theme: &'a Theme,
    /// Files of the project over those of the program.
    pub files: &'a Overlay<'a>,
    /// Languages that are printed.
    pub langs: &'a [Lang],
    /// Hears how far printing is.
    pub watch: &'a Watch,
}

/// A printed PDF with the facts that are attached to it.
pub struct Marked {
    /// The PDF.
    pub pdf: Pdf,
    /// The attached file.
    pub attached: Vec<u8>,
}

impl Press<'_> {
    /// The report in each language.
    pub fn views(&self, purpose: Purpose) -> Result<Vec<(Lang, View)>, Error> {
        let build = |at: usize| {
            let lang = self.langs.get(at).copied()?;
            let build =
                |words| view::build(self.reports.of(lang), lang, &words, self.theme, purpose);
            let words = Words::read(self.files, lang);
            let phase = say!("building the view of {lang}", lang);
            Some(words.map(|words| (lang, self.watch.phase(phase, || build(words)))))
        };
        let views = spread(self.langs.len(), build).into_iter().flatten();
        Ok(views.collect::<Result<Vec<_>, _>>()?)
    }

    /// The PDF in one language, proven against its view.
    pub fn pdf(&self, lang: Lang, view: &View) -> Result<Marked, Error> {
        let name = format!("report.{lang}.pdf");
        let marked = self.marked(&name, view, |facts| pdf(view, self.theme, facts, self.files))?;
        let faults = self
            .watch
            .phase(say!("reading {name} back", name), || prove_pdf(view, &marked.pdf.bytes))
            .map_err(|fault| Error::Print(fault.into()))?;
        proven(&name, &faults)?;
        Ok(marked)
    }

    /// Prints twice: what is on each page of the first print is told by the facts that are attached
    /// to the second, so that a reader of the PDF alone can notice a change.
    pub fn marked(
        &self,
        name: &str,
        view: &View,
        print: impl Fn(&[u8]) -> Result<Pdf, RenderFault>,
    ) -> Result<Marked, Error> {
        let fault = |error: RenderFault| Error::Print(error.to_string().into());
        let facts = attached_json(self.reports.written, view);
        let print = |facts: &[u8]| self.watch.phase(say!("printing {name}", name), || print(facts));
        let first = print(&bytes(&facts)).map_err(fault)?;
        let read = self.watch.phase(say!("reading {name} back", name), || read_pdf(&first.bytes));
        let attached = with_marks(facts, &read.map_err(Error::Print)?);
        Ok(Marked { pdf: print(&attached).map_err(fault)?, attached })
    }

    /// The name of the page: that of its language, unless it has several.
    pub fn page_name(&self) -> String {
        match self.langs {
            [lang] => format!("report.{lang}.html"),
            _ => "report.html".to_owned(),
        }
    }

    /// The page with all languages, each proven against its view.
    pub fn html(&self, views: &[(Lang, View)]) -> Result<String, Error> {
        let name = self.page_name();
        let editions = view::editions(views.iter().map(|(_, view)| view));
        let print = || html(&editions, self.theme, self.files);
        let text = self
            .watch
            .phase(say!("printing {name}", name), print)
            .map_err(|error| Error::Print(error.to_string().into()))?;
        let faults =
            self.watch.phase(say!("reading {name} back", name), || prove_html(&editions, &text));
        proven(&name, &faults)?;
        Ok(text)
    }
}

/// A value as a file.
pub fn bytes(value: &Value) -> Vec<u8> {
    serde_json::to_vec_pretty(value).unwrap_or_default()
}

/// Faults of a finished file that are told.
const TOLD: usize = 10;

/// Refuses a finished file that does not hold what the report promises.
fn proven(name: &str, faults: &[String]) -> Result<(), Error> {
    if faults.is_empty() {
        return Ok(());
    }
    let told: Vec<&str> = faults.iter().take(TOLD).map(String::as_str).collect();
    let count = faults.len().to_string();
    Err(Error::Print(say!(
        "{name} does not hold what the report says, {count} faults: {faults}",
        name,
        count,
        faults = Phrase::from(format!("\n  {}", told.join("\n  ")))
    )))
}
