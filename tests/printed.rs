//! What a PDF prints against the facts attached to it: each way to change a finished PDF is told.
#![allow(clippy::expect_used, clippy::indexing_slicing)]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::sync::OnceLock;

use common::{program, repository, scratch, text};
use esgreport::bundle::{PdfText, compare_pdf, read_pdf};
use esgreport::page_text::page_texts;
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

/// The printed English report of the small project.
fn printed() -> &'static [u8] {
    static PRINTED: OnceLock<Vec<u8>> = OnceLock::new();
    PRINTED.get_or_init(|| {
        let folder = scratch("printed-shared");
        let project = repository("tests/bundle/project");
        let project = project.to_str().expect("a path");
        let output = program(&folder, &["build", project, "--format", "pdf", "--lang", "en"]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        fs::read(folder.join("out/report.en.pdf")).expect("a PDF")
    })
}

#[test]
fn pages_that_share_their_fonts_give_the_text_that_each_gives_alone() {
    let document = Document::load_mem(printed()).expect("a PDF");
    let pages: Vec<ObjectId> = document.page_iter().collect();
    let together = page_texts(&document, &pages);
    assert!(pages.len() > 2 && together.len() == pages.len());
    for (number, text) in (1..).zip(&together) {
        let text = text.as_ref().expect("a text");
        assert_eq!(*text, document.extract_text(&[number]).expect("a text"), "page {number}");
    }
    let alone: Vec<_> =
        pages.iter().flat_map(|page| page_texts(&document, &[*page])).flatten().collect();
    assert_eq!(alone, together.into_iter().flatten().collect::<Vec<_>>());
}

fn document() -> Document {
    let mut document = Document::load_mem(printed()).expect("a PDF");
    document.decompress();
    document
}

fn faults_of(bytes: &[u8]) -> String {
    let (faults, _) = compare_pdf(&read_pdf(bytes).expect("a PDF"));
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// What is told of a document that is written again.
fn faults(document: &mut Document) -> String {
    document.compress();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("a PDF");
    faults_of(&bytes)
}

fn stream(document: &mut Document, wanted: impl Fn(&Stream) -> bool) -> &mut Stream {
    let mut streams = document.objects.values_mut().filter_map(|o| o.as_stream_mut().ok());
    streams.find(|stream| wanted(stream)).expect("a stream")
}

fn replaced(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    assert!(text.contains(from), "{from}");
    text.replace(from, to).into_bytes()
}

/// The stream with the attached facts.
fn facts(document: &mut Document) -> &mut Stream {
    stream(document, |stream| stream.content.starts_with(b"{\n  \"form\": \"esgreport-facts/"))
}

fn pages(document: &Document) -> Vec<ObjectId> {
    document.get_pages().into_values().collect()
}

/// The page whose text holds a figure.
fn page_with(document: &Document, figure: &str) -> (u32, ObjectId) {
    let mut pages = document.get_pages().into_iter();
    let holds = |number: u32| document.extract_text(&[number]).expect("text").contains(figure);
    pages.find(|(number, _)| holds(*number)).expect("a page with the figure")
}

#[test]
fn a_pdf_that_was_not_touched_has_no_faults_even_if_it_was_written_again() {
    assert_eq!(faults_of(printed()), "");
    assert_eq!(faults(&mut document()), "");
    let mut renumbered = document();
    renumbered.renumber_objects_with(5000);
    assert_eq!(faults(&mut renumbered), "");
}

#[test]
fn every_page_and_many_numerals_are_told_by_the_attached_facts() {
    let pdf = read_pdf(printed()).expect("a PDF");
    assert!(pdf.pages.len() > 3);
    let numerals: BTreeSet<&str> =
        pdf.pages.iter().flat_map(|page| &page.numerals).map(String::as_str).collect();
    for figure in ["1,250.50", "1,000.25", "12.51", "100"] {
        assert!(numerals.contains(figure), "{figure}");
    }
    let (_, note) = compare_pdf(&pdf);
    assert!(note.contains("printed figures on"), "{note}");
}

#[test]
fn another_digit_in_the_text_is_told_with_both_figures() {
    // Two glyphs of the figure change places in the page's content.
    let whole = document();
    let (number, page) = page_with(&whole, "1,250.50");
    let contents = whole.get_page_contents(page)[0];
    let stream = whole.get_object(contents).and_then(Object::as_stream).expect("content");
    let content = Content::decode(&stream.content).expect("operations");
    let mut told = 0;
    for (at, operation) in content.operations.iter().enumerate() {
        let lengths: Vec<usize> =
            strings(&mut operation.clone()).iter().map(|glyphs| glyphs.len()).collect();
        for (string, length) in lengths.into_iter().enumerate() {
            for place in 0..(length / 2).saturating_sub(1) {
                let mut changed = content.clone();
                let mut all = strings(&mut changed.operations[at]);
                // Glyphs have two bytes each.
                all[string][2 * place..2 * place + 4].rotate_left(2);
                let mut other = whole.clone();
                let stream = other.get_object_mut(contents).and_then(Object::as_stream_mut);
                stream.expect("content").content = changed.encode().expect("bytes");
                let text = other.extract_text(&[number]).expect("text");
                if !text.contains("1,520.50") {
                    continue;
                }
                let faults = faults(&mut other);
                let words = format!("page {number} has `1,520.50` where `1,250.50` was printed");
                assert!(faults.contains(&words), "{faults}");
                told += 1;
            }
        }
    }
    assert!(told > 0, "the figure was not found among the glyphs");
}

/// The runs of glyphs that an operation sets.
fn strings(operation: &mut Operation) -> Vec<&mut Vec<u8>> {
    let operands = operation.operands.iter_mut().flat_map(|operand| match operand {
        Object::Array(items) => items.iter_mut().collect(),
        other => vec![other],
    });
    let strings = operands.filter_map(|operand| match operand {
        Object::String(bytes, _) => Some(bytes),
        _ => None,
    });
    strings.collect()
}

#[test]
fn digits_that_only_look_different_are_told() {
    // The font file is another one: a reader of the text sees nothing, a reader of the page does.
    let mut document = document();
    let files: Vec<ObjectId> = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter_map(|found| {
            ["FontFile2", "FontFile3"].iter().find_map(|k| found.get(k.as_bytes()).ok())
        })
        .filter_map(|file| file.as_reference().ok())
        .collect();
    let file = document.get_object_mut(files[0]).and_then(Object::as_stream_mut).expect("a font");
    let middle = file.content.len() / 2;
    file.content[middle] ^= 1;
    let faults = faults(&mut document);
    assert!(faults.contains("is drawn in another way than it was printed"), "{faults}");
}

#[test]
fn text_that_only_reads_different_is_told() {
    let mut document = document();
    let map = stream(&mut document, |s| s.content.windows(9).any(|w| w == b"beginbfch"));
    let at = map.content.windows(4).position(|w| w == b"0031").expect("a digit of the font");
    map.content[at + 3] = b'7';
    assert!(!faults(&mut document).is_empty());
}

#[test]
fn something_drawn_over_a_page_is_told() {
    let mut document = document();
    let (number, page) = page_with(&document, "1,250.50");
    let note = dictionary! { "Type" => "Annot", "Subtype" => "FreeText", "Contents" => Object::string_literal("9,999.99") };
    let note = document.add_object(note);
    let page = document.get_dictionary_mut(page).expect("a page");
    let mut list = page.get(b"Annots").and_then(Object::as_array).cloned().unwrap_or_default();
    list.push(note.into());
    page.set("Annots", list);
    let faults = faults(&mut document);
    assert!(
        faults.contains(&format!("page {number} has something laid over it (FreeText)")),
        "{faults}"
    );
}

#[test]
fn pages_that_are_taken_out_or_change_places_are_told() {
    let mut fewer = document();
    let count = pages(&fewer).len();
    fewer.delete_pages(&[2]);
    let told = faults(&mut fewer);
    assert!(
        told.contains(&format!("there are {} pages, and {count} were printed", count - 1)),
        "{told}"
    );
    assert!(told.contains("page 2 is the one that was printed as page 3"), "{told}");
    let mut swapped = document();
    let root = swapped.catalog().and_then(|c| c.get(b"Pages")).and_then(Object::as_reference);
    reverse(&mut swapped, root.expect("a tree of pages"));
    let told = faults(&mut swapped);
    assert!(
        told.contains(&format!("page 1 is the one that was printed as page {count}")),
        "{told}"
    );
}

fn reverse(document: &mut Document, node: ObjectId) {
    let kids =
        document.get_dictionary(node).and_then(|n| n.get(b"Kids")).and_then(Object::as_array);
    let Ok(mut kids) = kids.cloned() else { return };
    kids.iter().filter_map(|kid| kid.as_reference().ok()).for_each(|kid| reverse(document, kid));
    kids.reverse();
    document.get_dictionary_mut(node).expect("a node").set("Kids", kids);
}

#[test]
fn changed_facts_are_told() {
    for (from, to) in [
        ("\"value\": \"1250.50\"", "\"value\": \"1250.51\""),
        ("\"value\": \"1250.50\"", "\"value\": \"-1250.50\""),
        ("\"unit\": \"MWh\"", "\"unit\": \"GWh\""),
        ("\"text\": \"1,250.50\"", "\"text\": \"1,250.60\""),
        ("\"1,250.50\"", "\"1,250.60\""),
    ] {
        let mut document = document();
        let facts = facts(&mut document);
        facts.content = replaced(&facts.content, from, to);
        let told = faults(&mut document);
        assert!(told.contains("the attached facts do not have their checksum"), "{to}: {told}");
    }
}

#[test]
fn a_fact_that_is_changed_with_its_checksum_does_not_fit_what_is_printed() {
    let pdf = read_pdf(printed()).expect("a PDF");
    let (_, mut facts) = pdf.facts().pop().expect("facts");
    let text = facts.to_string().replace("\"1250.50\"", "\"1250.51\"");
    facts = serde_json::from_str(&text).expect("JSON");
    let told = with_facts(facts, &pdf);
    assert!(
        told.contains("`energy.total@2024` is printed as `1,250.50`, and the fact is 1250.51"),
        "{told}"
    );
    assert!(!told.contains("checksum"), "{told}");
}

#[test]
fn a_sign_that_is_changed_with_its_checksum_does_not_fit_what_is_printed() {
    let pdf = read_pdf(printed()).expect("a PDF");
    let (_, facts) = pdf.facts().pop().expect("facts");
    let text = facts.to_string().replace("\"value\":\"1250.50\"", "\"value\":\"-1250.50\"");
    let told = with_facts(serde_json::from_str(&text).expect("JSON"), &pdf);
    assert!(told.contains("and the fact is -1250.50"), "{told}");
}

/// What is told of a PDF with other facts, which have their marks and their checksum.
fn with_facts(mut facts: serde_json::Value, pdf: &PdfText) -> String {
    for key in ["pages", "checksum"] {
        facts.as_object_mut().expect("an object").shift_remove(key);
    }
    let attached = vec![("facts.json".to_owned(), esgreport::bundle::with_marks(facts, pdf))];
    let (faults, _) = compare_pdf(&PdfText { attached, ..pdf.clone() });
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn attached_facts_that_are_gone_or_stand_beside_others_are_told() {
    let mut without = document();
    facts(&mut without).content = b"{}".to_vec();
    assert_eq!(faults(&mut without), "no facts are attached");
    let mut twice = document();
    let other = replaced(&facts(&mut twice).content, "1250.50", "1250.51");
    let file = twice.add_object(Stream::new(Dictionary::new(), other));
    let other = dictionary! {
        "Type" => "Filespec", "F" => Object::string_literal("another.json"),
        "EF" => dictionary! { "F" => file },
    };
    twice.add_object(other);
    assert_eq!(faults(&mut twice), "2 files of facts are attached, and one can be right alone");
}

#[test]
fn facts_of_another_report_are_told() {
    let folder = scratch("printed-other");
    let project = repository("tests/bundle/project");
    let output = program(
        &folder,
        &["build", project.to_str().expect("a path"), "--format", "pdf", "--lang", "zh-Hans"],
    );
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let other = fs::read(folder.join("out/report.zh-Hans.pdf")).expect("a PDF");
    let other = read_pdf(&other).expect("a PDF").attached;
    let mut document = document();
    facts(&mut document).content = other[0].1.clone();
    let told = faults(&mut document);
    assert!(told.contains("page 1 "), "{told}");
}

#[test]
fn what_is_no_pdf_is_told() {
    assert!(read_pdf(b"%PDF-1.7 nothing else").is_err());
    assert!(!compare_pdf(&PdfText::default()).0.is_empty());
    let mut seed = 1_u64;
    for _ in 0..40 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let at = usize::try_from(seed >> 20).expect("a number") % printed().len();
        let mut bytes = printed().to_vec();
        bytes.truncate(at);
        // It ends in words or in faults, never in a panic that leaves the program.
        let _ = read_pdf(&bytes).map(|pdf| compare_pdf(&pdf));
    }
}
