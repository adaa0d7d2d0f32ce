//! What each stage costs, on the report of this repository and on generated projects:
//! `cargo bench --manifest-path bench/Cargo.toml`. With ` -- check` at the end, those run whose name
//! holds `check`.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use divan::{Bencher, black_box};
use esgreport::cli::{parse, run};
use esgreport::command::{Io, Loaded, Options, Progress, load};
use esgreport::diag::Sink;
use esgreport::emit::{Colour, Interface};
use esgreport::lint::Tier;
use esgreport::locale::{Date, Lang};
use esgreport::render::{html, pdf};
use esgreport::source::{Disk, Embedded, Files, Memory, Overlay, Sources};
use esgreport::syntax::{markdown, yaml};
use esgreport::view::{self, Purpose, Theme, View, Words};

use esgreport_bench::{Shape, project};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// Facts of the generated projects: ten, a hundred and a thousand times a small report's.
const FACTS: [usize; 3] = [1_000, 10_000, 100_000];

/// Facts of each of many projects.
const FEW: usize = 300;

/// Sections of generated reports that are printed; each fills about three pages.
const SECTIONS: [usize; 3] = [16, 80, 330];

/// The report of this repository.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../content/xiaomi-2024")
}

fn report() -> Memory {
    Memory::copy(&Disk::open(&folder()).expect("the folder")).expect("the files")
}

fn generated_files(shape: &Shape) -> Memory {
    let mut files = Memory::default();
    project(shape).into_iter().for_each(|(path, text)| files.insert(&path, text.into_bytes()));
    files
}

fn check(files: &dyn Files) -> Loaded {
    let as_of = Date { year: 2025, month: 6, day: 30 };
    load(files, Options { tier: Tier::Default, as_of }).expect("a project")
}

/// What is read before a report can be printed.
struct Readied {
    files: Memory,
    loaded: Loaded,
}

impl Readied {
    fn new(files: Memory) -> Self {
        let loaded = check(&files);
        Self { files, loaded }
    }

    fn theme(&self) -> Theme {
        Theme::read(&Overlay::new(&self.files, &Embedded)).expect("tokens")
    }

    fn view(&self, lang: Lang) -> View {
        let words = Words::read(&Overlay::new(&self.files, &Embedded), lang).expect("words");
        let report = self.loaded.report.as_ref().expect("a report");
        view::build(report, lang, &words, &self.theme(), Purpose::Publication)
    }
}

/// The program in this process, with its output thrown away.
fn program(arguments: &[&str]) {
    let words: Vec<OsString> = ["esgreport"].iter().chain(arguments).map(OsString::from).collect();
    let interface = Interface::default();
    let cli = parse(&words, &interface).expect("arguments");
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let (colour, progress) = (Colour::Off, Progress::Quiet);
    let mut io = Io { out: &mut out, err: &mut err, colour, interface: &interface, progress };
    let code = run(&cli, &mut io);
    assert_eq!(code, 0, "{}", String::from_utf8_lossy(&err));
}

fn scratch() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stages");
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// Folders of generated projects.
fn folders(count: usize) -> Vec<String> {
    let folder = scratch();
    let made = (0..count).map(|at| {
        let folder = folder.join(format!("p{at}"));
        let shape = Shape { seed: at as u64, ..Shape::of_facts(FEW) };
        for (path, text) in project(&shape) {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        folder.to_str().expect("a path").to_owned()
    });
    made.collect()
}

/// An evidence bundle of the report, made once.
fn bundle_file() -> &'static str {
    static PATH: OnceLock<String> = OnceLock::new();
    PATH.get_or_init(|| {
        let path = scratch().join("bundle.zip").to_str().expect("a path").to_owned();
        bundle_into(&path);
        path
    })
}

fn bundle_into(path: &str) {
    program(&["bundle", folder().to_str().expect("a path"), "-o", path]);
}

#[divan::bench(sample_count = 20)]
fn parse_report(bencher: Bencher<'_, '_>) {
    let files = report();
    let texts: Vec<(String, String)> = files
        .list()
        .expect("paths")
        .into_iter()
        .filter(|path| path.ends_with(".yaml") || path.ends_with(".md"))
        .map(|path| {
            let bytes = files.read(&path).expect("a file");
            (path, String::from_utf8(bytes).expect("text"))
        })
        .collect();
    bencher.bench(|| {
        let (mut sources, mut sink) = (Sources::default(), Sink::default());
        for (path, text) in &texts {
            let id = sources.add(path, text);
            if path.ends_with(".md") {
                black_box(markdown::parse(id, text, 0, &mut sink));
            } else {
                black_box(yaml::parse(id, text, 0, &mut sink));
            }
        }
    });
}

#[divan::bench(sample_count = 10)]
fn check_report(bencher: Bencher<'_, '_>) {
    let files = report();
    bencher.bench(|| check(&files));
}

#[divan::bench(sample_count = 20)]
fn view_report(bencher: Bencher<'_, '_>) {
    let readied = Readied::new(report());
    bencher.bench(|| readied.view(Lang::ZhHans));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn pdf_report(bencher: Bencher<'_, '_>) {
    let readied = Readied::new(report());
    let (view, theme) = (readied.view(Lang::ZhHans), readied.theme());
    let files = Overlay::new(&readied.files, &Embedded);
    bencher.bench(|| pdf(&view, &theme, b"{}", &files).expect("a PDF").pages);
}

#[divan::bench(sample_count = 10)]
fn html_report(bencher: Bencher<'_, '_>) {
    let readied = Readied::new(report());
    let (view, theme) = (readied.view(Lang::ZhHans), readied.theme());
    let files = Overlay::new(&readied.files, &Embedded);
    let editions = view::editions([&view]);
    bencher.bench(|| html(&editions, &theme, &files).expect("a page"));
}

#[divan::bench(sample_count = 2, sample_size = 1)]
fn bundle_report(bencher: Bencher<'_, '_>) {
    let path = scratch().join("again.zip").to_str().expect("a path").to_owned();
    bencher.bench(|| bundle_into(&path));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn verify_report(bencher: Bencher<'_, '_>) {
    let path = bundle_file();
    bencher.bench(|| program(&["verify", path]));
}

#[divan::bench(args = FACTS, sample_count = 3, sample_size = 1)]
fn check_facts(bencher: Bencher<'_, '_>, facts: usize) {
    let files = generated_files(&Shape::of_facts(facts));
    bencher.bench(|| check(&files));
}

#[divan::bench(args = [10, 100, 1_000], sample_count = 2, sample_size = 1)]
fn check_projects(bencher: Bencher<'_, '_>, projects: usize) {
    let folders = folders(projects);
    let arguments: Vec<&str> =
        ["check"].into_iter().chain(folders.iter().map(String::as_str)).collect();
    bencher.bench(|| program(&arguments));
}

#[divan::bench(args = SECTIONS, sample_count = 1, sample_size = 1)]
fn pdf_sections(bencher: Bencher<'_, '_>, sections: usize) {
    let shape = Shape { sections, ..Shape::of_facts(3_000) };
    let readied = Readied::new(generated_files(&shape));
    let (view, theme) = (readied.view(Lang::En), readied.theme());
    let files = Overlay::new(&readied.files, &Embedded);
    bencher.bench(|| pdf(&view, &theme, b"{}", &files).expect("a PDF").pages);
}
