//! What is done with bytes that somebody else made: one function for each fuzz target.
//!
//! They return if the bytes were read or refused, and panic if anything else happens. The targets of
//! `cargo fuzz` call them, and so does `tests/fuzz.rs` for a few seconds in every run of the tests.

use std::cell::OnceCell;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use esgreport::bundle;
use esgreport::content::{self, Completion, Scripts, Written};
use esgreport::convert::{Converter, Vocabulary};
use esgreport::diag::{Phrase, Sink, Wording};
use esgreport::emit::{Colour, to_json, to_text};
use esgreport::formula::{self, Lookup, Path, Quantity, Signatures, Step};
use esgreport::framework::{Library, Units};
use esgreport::import::{self, Project};
use esgreport::lint::{self, Tier};
use esgreport::locale::{Date, Lang};
use esgreport::proof;
use esgreport::quantity::{Decimal, Interval, Unit};
use esgreport::report::{Report, resolve};
use esgreport::sheet::{CellValue, Grid, Workbook, read_csv, shown};
use esgreport::source::{Embedded, Files, Memory, Overlay, Sources, Span, decode};
use esgreport::syntax::{markdown, yaml};
use esgreport::view::{self, Purpose, Theme, Words};

/// Files of a small project, over which the bytes of a run are laid.
const PROJECT: [(&str, &str); 5] = [
    ("report.yaml", include_str!("../tests/rules/minimal/report.yaml")),
    ("dimensions.yaml", include_str!("../tests/rules/minimal/dimensions.yaml")),
    ("reasons.yaml", include_str!("../tests/rules/minimal/reasons.yaml")),
    ("metrics/base.yaml", include_str!("../tests/rules/minimal/metrics/base.yaml")),
    ("narrative/overview.en.md", include_str!("../tests/rules/minimal/narrative/overview.en.md")),
];

/// Files that the first byte of an input chooses from.
pub const YAML_FILES: [&str; 16] = [
    "metrics/base.yaml",
    "metrics/more.yaml",
    "report.yaml",
    "dimensions.yaml",
    "reasons.yaml",
    "tables.yaml",
    "targets.yaml",
    "topics.yaml",
    "checks.yaml",
    "glossary.yaml",
    "units.yaml",
    "seal.yaml",
    "stakeholders.yaml",
    "theme.yaml",
    "evidence/register.yaml",
    "disclosures/gri.yaml",
];

/// What is read once and used by every run.
struct Prepared {
    vocabulary: Vocabulary,
    converter: Converter,
    library: Library<'static>,
    sources: Sources,
    units: Arc<Units>,
    words: Words,
    theme: Theme,
}

impl Prepared {
    fn new() -> Self {
        let vocabulary = Vocabulary::read(&Embedded).expect("the vocabulary");
        let library = Library::new(&Embedded);
        let (mut sources, mut sink) = (Sources::default(), Sink::default());
        let units = library.units(&mut sources, &mut sink);
        library.factors(&mut sources, &mut sink);
        // Every catalog is read now: its places are in these sources, and not in those of the run that
        // happens to ask for it first.
        for edition in library.editions() {
            library.catalog(&edition, &mut sources, &mut sink);
            library.crosswalks(&edition, &mut sources, &mut sink);
        }
        Self {
            converter: Converter::new(&vocabulary, &[]).expect("the tables"),
            vocabulary,
            library,
            sources,
            units,
            words: Words::read(&Embedded, Lang::En).expect("the words"),
            theme: Theme::read(&Embedded).expect("the tokens"),
        }
    }
}

thread_local! {
    static PREPARED: OnceCell<Prepared> = const { OnceCell::new() };
}

fn with_prepared<T>(run: impl FnOnce(&Prepared) -> T) -> T {
    PREPARED.with(|cell| run(cell.get_or_init(Prepared::new)))
}

fn project() -> Memory {
    let mut files = Memory::default();
    PROJECT.iter().for_each(|(path, text)| files.insert(path, text.as_bytes()));
    files
}

/// Reads and joins a project; nothing if there is no report in it.
fn read(
    files: &Memory,
    prepared: &Prepared,
    sources: &mut Sources,
    sink: &mut Sink,
) -> Option<Report> {
    let completion = Completion::Listed;
    let scripts = Scripts { vocabulary: &prepared.vocabulary, also: None, completion };
    let written = Written::read(files).ok()?;
    let files_as_written = (files as &dyn Files, written);
    let library = &prepared.library;
    let read = content::load(files_as_written, library, scripts, sources, sink);
    let overlay = Overlay::new(files, &Embedded);
    let content = read.expect("no fault but those of the user")?;
    Some(resolve(content, &prepared.library, &overlay, sources, sink))
}

/// Reads, checks, tells and views a project, as `check` and `build` do.
fn use_project(files: &Memory, prepared: &Prepared) {
    let (mut sources, mut sink) = (prepared.sources.clone(), Sink::default());
    let report = read(files, prepared, &mut sources, &mut sink);
    if let Some(report) = &report {
        lint::run(report, Tier::Strict, &mut sink);
    }
    let found = sink.finish();
    for finding in &found {
        inside(finding.primary.span, &sources);
        finding.related.iter().for_each(|label| inside(label.span, &sources));
    }
    let as_of = Date { year: 2025, month: 6, day: 30 };
    let judged = lint::judge(found, report.as_ref(), &sources, Tier::Strict, as_of);
    let _ = to_text(&judged, &sources, Colour::Off, &Wording::default());
    let _ = to_json(&judged, &sources, &Wording::default());
    if let Some(report) = &report {
        for &lang in &report.content.head.languages {
            let (words, theme) = (&prepared.words, &prepared.theme);
            let _ = view::build(report, lang, words, theme, Purpose::Draft);
        }
    }
}

/// A place is a range of whole characters of its text.
fn inside(span: Span, sources: &Sources) {
    let text = &sources.get(span.source).expect("a source").text;
    assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} is no place");
}

/// A file of a project in YAML. The first byte says which.
pub fn yaml(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let Ok(text) = decode(rest.to_vec()) else { return };
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let id = sources.add("a.yaml", &text);
    if let Some(tree) = yaml::parse(id, &text, 0, &mut sink) {
        check_tree(&tree, &sources);
    }
    sink.finish().iter().for_each(|finding| inside(finding.primary.span, &sources));
    let mut files = project();
    let path = YAML_FILES[usize::from(*first) % YAML_FILES.len()];
    files.insert(path, rest);
    with_prepared(|prepared| use_project(&files, prepared));
}

/// Every node has a place inside that of its parent's text.
fn check_tree(node: &yaml::Node, sources: &Sources) {
    inside(node.span, sources);
    for entry in node.entries() {
        inside(entry.key.span, sources);
        check_tree(&entry.value, sources);
    }
    node.items().iter().for_each(|item| check_tree(item, sources));
}

/// A narrative: read as Markdown, used in a project, and converted to traditional Chinese.
pub fn markdown(bytes: &[u8]) {
    let Ok(text) = decode(bytes.to_vec()) else { return };
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let id = sources.add("a.md", &text);
    let document = markdown::parse(id, &text, 0, &mut sink);
    document.blocks.iter().for_each(|block| inside(block.span, &sources));
    sink.finish().iter().for_each(|finding| inside(finding.primary.span, &sources));
    let mut files = project();
    files.insert("narrative/overview.en.md", bytes);
    with_prepared(|prepared| {
        use_project(&files, prepared);
        let converted = prepared.converter.markdown(&text);
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
        assert!(digits(&converted) >= digits(&text), "a figure is lost: {converted}");
    });
}

/// Figures that follow from their names: small, large, negative, zero, with open ends.
struct Figures<'a>(&'a Units);

impl Signatures for Figures<'_> {
    fn unit(&self, path: &Path) -> Result<Unit, Phrase> {
        let ids: Vec<&str> = self.0.table.ids().collect();
        let id = ids[chance(path, 1) % ids.len()];
        self.0.table.parse(id).map_err(|_| "no unit".into())
    }
}

impl Lookup for Figures<'_> {
    fn value(&self, path: &Path) -> Result<Quantity, Phrase> {
        let mantissas = [
            0,
            1,
            -1,
            5,
            999_999,
            -3_129_564,
            i128::MAX >> 33,
            79_228_162_514_264_337_593_543_950_335,
        ];
        let scale = u32::try_from(chance(path, 2) % 29).unwrap_or_default();
        let mantissa = mantissas[chance(path, 3) % mantissas.len()];
        let value = Decimal::from_i128_with_scale(mantissa, scale);
        let interval = match chance(path, 4) % 4 {
            0 => Interval { low: Some(value), high: None },
            1 => Interval { low: None, high: Some(value) },
            _ => Interval::exact(value),
        };
        Ok(Quantity { value, interval, unit: self.unit(path)? })
    }
}

fn chance(path: &Path, salt: u8) -> usize {
    let mut hasher = DefaultHasher::new();
    (salt, path.to_string()).hash(&mut hasher);
    usize::try_from(hasher.finish() >> 8).unwrap_or_default()
}

/// An expression: read, checked for its dimension, computed. What is computed lies in its interval.
pub fn expression(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    with_prepared(|prepared| {
        let units = &prepared.units;
        for parse in [formula::parse, formula::parse_comparison, formula::parse_figure] {
            match parse(text, &units.table) {
                Ok(expr) => {
                    assert!(text.get(expr.range.clone()).is_some(), "{:?}", expr.range);
                    let figures = Figures(units);
                    let _ = formula::dimension_of(&expr, &figures);
                    if let Ok(step) = formula::evaluate(&expr, &figures) {
                        check_step(&step);
                    }
                }
                Err(fault) => assert!(text.get(fault.range.clone()).is_some(), "{:?}", fault.range),
            }
        }
    });
}

fn check_step(step: &Step) {
    let Interval { low, high } = step.result.interval;
    assert!(low.zip(high).is_none_or(|(low, high)| low <= high), "{}: {low:?} {high:?}", step.text);
    step.inputs.iter().for_each(check_step);
}

/// A table of figures in a workbook, or in a CSV file where the bytes are no archive: its cells, and
/// what `import` makes of it.
pub fn sheet(bytes: &[u8]) {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let name = if bytes.starts_with(b"PK") { "a.xlsx" } else { "a.csv" };
    if let Ok(workbook) = Workbook::open(bytes) {
        let names: Vec<String> = workbook.names().map(str::to_owned).collect();
        for sheet in names.iter().take(4) {
            if let Ok(grid) = workbook.sheet(name, sheet, &mut sources) {
                check_grid(&grid, &sources);
            }
        }
    } else if let Ok(text) = decode(bytes.to_vec()) {
        let id = sources.add(name, &text);
        match read_csv(id, &text) {
            Ok(grid) => check_grid(&grid, &sources),
            Err((span, _)) => inside(span, &sources),
        }
    }
    with_prepared(|prepared| {
        let mut sources = prepared.sources.clone();
        let report = read(&project(), prepared, &mut sources, &mut sink).expect("a report");
        let tables = import::tables_of(name, bytes.to_vec(), &mut sources, &mut sink);
        let kinds = Default::default();
        let project =
            Project { report: &report, sources: &sources, kinds: &kinds, year: Some(2024) };
        let plan = import::plan(&tables, &project, &mut sink);
        let edits: Vec<_> = plan.changes.iter().map(|change| change.edit.clone()).collect();
        import::apply(&edits, &sources);
        let found = sink.finish();
        let judged = lint::judge(
            found,
            None,
            &sources,
            Tier::Strict,
            Date { year: 2025, month: 6, day: 30 },
        );
        let _ = to_text(&judged, &sources, Colour::Off, &Wording::default());
        let mut files = self::project();
        files.insert(&format!("data/{name}"), bytes);
        let from = format!(
            "from:\n  - {{file: data/{name}}}\nmetrics:\n  energy.gas: {{label: {{en: Gas}}, unit: MWh, values: {{2020: \"1\"}}}}\n"
        );
        files.insert("metrics/table.yaml", from.as_bytes());
        use_project(&files, prepared);
    });
}

fn check_grid(grid: &Grid, sources: &Sources) {
    for cell in grid.cells.values() {
        inside(cell.span, sources);
        let _ = cell.name();
        if let CellValue::Number { stored, format } = &cell.value {
            let _ = shown(*stored, format, None);
            let _ = shown(*stored, format, Some(2));
        }
    }
    let _ = grid.used();
}

/// An evidence bundle: opened, checked, its pages compared with its facts, its figures computed again.
pub fn bundle(bytes: &[u8]) {
    let Ok(opened) = bundle::open(bytes) else { return };
    let _ = opened.digest();
    let key = bundle::SecretKey::read(&"07".repeat(32)).expect("a key").public();
    bundle::verify(&opened, None);
    bundle::verify(&opened, Some(&key));
    bundle::compare_printed(&opened.tree);
    bundle::origin(&opened.tree);
    bundle::compare_rebuilt(&opened.tree, &Default::default());
    let mut files = Memory::default();
    opened.inputs().into_iter().for_each(|(path, bytes)| files.insert(&path, bytes));
    if files.read("report.yaml").is_ok() {
        with_prepared(|prepared| use_project(&files, prepared));
    }
}

/// A PDF: its pages, its attached facts, and the one against the other.
pub fn pdf(bytes: &[u8]) {
    if let Ok(pdf) = bundle::read_pdf(bytes) {
        bundle::compare_pdf(&pdf);
    }
    // The same as in `build`, which reads what it has printed itself.
    let bytes = bytes.to_vec();
    let reading = std::thread::Builder::new().name("pdf".into());
    let reading = reading.stack_size(32 * 1024 * 1024).spawn(move || drop(proof::read_pdf(&bytes)));
    let _ = reading.expect("a thread").join();
}

/// An auditor's conclusions, put into a project.
pub fn conclusion(bytes: &[u8]) {
    let mut files = project();
    files.insert("conclusions/auditor.yaml", bytes);
    with_prepared(|prepared| use_project(&files, prepared));
}
