//! Tables of files, each read once.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Phrase, Sink, say};
use crate::schema::nearest;
use crate::sheet::{Grid, Workbook, read_csv};
use crate::source::{Files, Sources, Spanned, decode};

use crate::content::characters;
use crate::content::tabular::malformed;

/// Reads tables, and remembers them.
pub struct Loader<'a> {
    files: &'a dyn Files,
    sources: &'a mut Sources,
    /// Findings.
    pub sink: &'a mut Sink,
    bytes: BTreeMap<String, Option<Vec<u8>>>,
    grids: BTreeMap<(String, Option<String>), Option<Grid>>,
}

impl<'a> Loader<'a> {
    /// A loader that has read nothing yet.
    pub fn new(files: &'a dyn Files, sources: &'a mut Sources, sink: &'a mut Sink) -> Self {
        Self { files, sources, sink, bytes: BTreeMap::new(), grids: BTreeMap::new() }
    }

    /// The table of a CSV file, or of a sheet. What is wrong is said where the file is named first.
    pub fn grid(
        &mut self,
        file: &Spanned<String>,
        sheet: Option<&Spanned<String>>,
    ) -> Option<Grid> {
        let key = (file.value.clone(), sheet.map(|sheet| sheet.value.clone()));
        if let Some(known) = self.grids.get(&key) {
            return known.clone();
        }
        let grid = self.read(file, sheet);
        self.grids.insert(key, grid.clone());
        grid
    }

    fn read(&mut self, file: &Spanned<String>, sheet: Option<&Spanned<String>>) -> Option<Grid> {
        let bytes = self.bytes(file)?;
        let name = file.value.to_lowercase();
        if name.ends_with(".csv") || name.ends_with(".tsv") {
            if let Some(sheet) = sheet {
                let found = malformed(sheet.span, say!("a CSV file has no sheets"));
                self.sink.push(found.help(say!("leave out `sheet`")));
            }
            return self.csv(file, bytes);
        }
        if name.ends_with(".xlsx") || name.ends_with(".xlsm") {
            return self.workbook(file, sheet, &bytes);
        }
        let message = say!("`{file}` is neither a CSV file nor a workbook", file = file.value);
        let found = Diagnostic::error("unreadable-file", file.span, message);
        self.sink.push(found.help(say!("save it as `.xlsx` or as CSV in UTF-8")));
        None
    }

    fn bytes(&mut self, file: &Spanned<String>) -> Option<Vec<u8>> {
        if let Some(known) = self.bytes.get(&file.value) {
            return known.clone();
        }
        let bytes =
            match self.files.read(&file.value) {
                Ok(bytes) => Some(bytes),
                Err(error) => {
                    let message = say!(
                        "`{file}` cannot be read: {reason}",
                        file = file.value,
                        reason = Phrase::word(error.reason)
                    );
                    let found = Diagnostic::error("unreadable-file", file.span, message);
                    self.sink.push(found.help(say!(
                        "a table lies in the project; its path starts at `report.yaml`"
                    )));
                    None
                }
            };
        self.bytes.insert(file.value.clone(), bytes.clone());
        bytes
    }

    fn csv(&mut self, file: &Spanned<String>, bytes: Vec<u8>) -> Option<Grid> {
        let text = match decode(bytes) {
            Ok(text) => text,
            Err(fault) => {
                let (name, encoding, offset) = (&file.value, fault.encoding, fault.offset);
                let message = say!(
                    "expected UTF-8, found {encoding} in `{name}` from byte {offset} on",
                    encoding,
                    name,
                    offset
                );
                let found = Diagnostic::error("wrong-encoding", file.span, message);
                self.sink
                    .push(found.help(say!("save the file as \"CSV UTF-8\", or as a workbook")));
                return None;
            }
        };
        let id = self.sources.add(&file.value, &text);
        characters::inspect(id, &text, self.sink);
        match read_csv(id, &text) {
            Ok(grid) => Some(grid),
            Err((span, message)) => {
                let help = say!(
                    "a cell with `,`, quotes or line breaks stands in quotes; quotes inside are doubled"
                );
                self.sink.push(malformed(span, message).help(help));
                None
            }
        }
    }

    fn workbook(
        &mut self,
        file: &Spanned<String>,
        sheet: Option<&Spanned<String>>,
        bytes: &[u8],
    ) -> Option<Grid> {
        let book = match Workbook::open(bytes) {
            Ok(book) => book,
            Err(reason) => return self.refuse(file, &reason),
        };
        let names: Vec<&str> = book.names().collect();
        let name = match (sheet, names.as_slice()) {
            (Some(sheet), _) if names.contains(&sheet.value.as_str()) => sheet.value.clone(),
            (Some(sheet), _) => {
                let message = say!("no sheet is called `{sheet}`", sheet = sheet.value);
                let found = Diagnostic::error("unknown-reference", sheet.span, message);
                self.sink.push(match nearest(&sheet.value, names.iter().copied()) {
                    Some(near) => found.help(say!("did you mean `{near}`?", near)),
                    None => found.help(say!("sheets are {names}", names = Phrase::list(&names))),
                });
                return None;
            }
            (None, [only]) => (*only).to_owned(),
            (None, _) => {
                let message =
                    say!("the workbook has {dimensions} sheets", dimensions = names.len());
                let help = say!("add `sheet:`; sheets are {names}", names = Phrase::list(&names));
                self.sink.push(malformed(file.span, message).help(help));
                return None;
            }
        };
        match book.sheet(&file.value, &name, self.sources) {
            Ok(grid) => Some(grid),
            Err(reason) => self.refuse(file, &reason),
        }
    }

    fn refuse(&mut self, file: &Spanned<String>, reason: &str) -> Option<Grid> {
        let message = say!(
            "`{file}` cannot be read: {reason}",
            file = file.value,
            reason = Phrase::word(reason)
        );
        self.sink.push(Diagnostic::error("unreadable-file", file.span, message));
        None
    }
}
