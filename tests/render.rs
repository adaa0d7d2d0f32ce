//! The printed report, opened again with an independent reader.
#![allow(clippy::expect_used, clippy::indexing_slicing)]

mod common;

use common::pdf::{pages, squeezed, structure};
use common::{check, memory};
use esgreport::command::completed;
use esgreport::emit::facts_json;
use esgreport::lint::Tier;
use esgreport::locale::Lang;
use esgreport::proof::{prove_html, prove_pdf};
use esgreport::render::{Fonts, html, pdf};
use esgreport::source::{Embedded, Files, Overlay, decode};
use esgreport::view::{self, Block, Purpose, Theme, View, Words};

const PROJECT: &str = "content/xiaomi-2024";

/// A report as view, PDF, page and facts.
struct Printed {
    view: View,
    pdf: Vec<u8>,
    html: String,
    facts: Vec<u8>,
}

fn print(lang: Lang) -> Printed {
    let files = memory(PROJECT);
    let loaded = check(&files, Tier::Default);
    let report = loaded.report.as_ref().expect("a report");
    let overlay = Overlay::new(&files, &Embedded);
    let theme = Theme::read(&overlay).expect("tokens");
    let words = Words::read(&overlay, lang).expect("words");
    let view = view::build(report, lang, &words, &theme, Purpose::Publication);
    let facts = serde_json::to_vec(&facts_json(report)).expect("facts");
    let printed = pdf(&view, &theme, &facts, &overlay).expect("PDF");
    assert_eq!(printed.warnings, Vec::<String>::new());
    let html = html(&view::editions([&view]), &theme, &overlay).expect("HTML");
    Printed { pdf: printed.bytes, html, facts, view }
}

fn blocks(view: &View) -> impl Iterator<Item = &Block> {
    let sections = view.parts.iter().flat_map(|part| &part.sections);
    sections.flat_map(|section| &section.blocks)
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let (one, two) = (print(Lang::ZhHans), print(Lang::ZhHans));
    assert!(one.pdf == two.pdf && one.html == two.html);
}

#[test]
fn every_table_and_figure_of_the_view_is_in_the_pdf_and_the_page() {
    for lang in [Lang::ZhHans, Lang::En] {
        let printed = print(lang);
        let all = squeezed(&pages(&printed.pdf).join("\n"));
        let page = squeezed(&printed.html);
        let mut figures = 0;
        for block in blocks(&printed.view) {
            let Block::KpiTable(table) = block else { continue };
            assert!(all.contains(&squeezed(&table.title)), "{}", table.title);
            for row in table.groups.iter().flat_map(|group| &group.rows) {
                for cell in row.cells.iter().filter(|cell| !cell.missing && !cell.text.is_empty()) {
                    assert!(all.contains(&squeezed(&cell.text)), "{} {}", row.label, cell.text);
                    assert!(
                        page.contains(&squeezed(&cell.fraction)),
                        "{} {}",
                        row.label,
                        cell.text
                    );
                    figures += 1;
                }
            }
        }
        assert!(figures > 350, "{figures} figures in tables");
    }
}

#[test]
fn index_rows_name_the_pages_on_which_their_places_are() {
    for (lang, before, after) in [(Lang::ZhHans, "第", "页"), (Lang::En, "p.", "")] {
        let printed = print(lang);
        let pages: Vec<String> = pages(&printed.pdf).iter().map(|page| squeezed(page)).collect();
        let index: Vec<_> = blocks(&printed.view)
            .filter_map(|block| match block {
                Block::Index(index) => Some(index),
                _ => None,
            })
            .collect();
        assert_eq!(index.len(), 3, "every index is printed");
        // The source's own page numbers stand in the text too, so only the index itself is read.
        let words = &printed.view.strings;
        let head = squeezed(&format!("{}{}", words["code"], words["disclosure"]));
        let first = pages.iter().position(|page| page.contains(&head)).expect("an index page");
        let all = pages.iter().skip(first).cloned().collect::<String>();
        let mut proven = 0;
        for row in index.iter().flat_map(|index| &index.groups).flat_map(|group| &group.rows) {
            for place in &row.places {
                let marker = format!("{}{before}", squeezed(&place.text));
                let digits: Vec<String> = all
                    .match_indices(&marker)
                    .map(|(at, _)| {
                        all[at + marker.len()..].chars().take_while(char::is_ascii_digit).collect()
                    })
                    .filter(|digits: &String| !digits.is_empty())
                    .collect();
                assert!(
                    !digits.is_empty(),
                    "{} {}: no page number after `{marker}`{after}",
                    row.code,
                    place.text
                );
                let title = squeezed(place.text.rsplit(['：', ':']).next().unwrap_or_default());
                for number in &digits {
                    let number: usize = number.parse().expect("a page number");
                    let page = pages.get(number - 1).expect("a page of that number");
                    assert!(
                        page.contains(&title),
                        "{} {}: not on page {number}",
                        row.code,
                        place.text
                    );
                }
                proven += 1;
            }
        }
        assert!(proven > 60, "{proven} places");
    }
}

#[test]
fn the_pdf_is_tagged_and_carries_its_facts() {
    let printed = print(Lang::ZhHans);
    let found = structure(&printed.pdf);
    for key in
        [&b"StructTreeRoot"[..], b"MarkInfo", b"Lang", b"Outlines", b"OutputIntents", b"Metadata"]
    {
        assert!(found.catalog.has(key), "{}", String::from_utf8_lossy(key));
    }
    assert_eq!(found.silent_figures, 0);
    assert_eq!(found.headless_tables, 0);
    assert_eq!(found.foreign_fonts, 0);
    let tables = blocks(&printed.view)
        .filter(|block| matches!(block, Block::KpiTable(_) | Block::Index(_) | Block::Targets(_)));
    assert!(found.types.get("Table").copied().unwrap_or_default() >= tables.count());
    assert!(found.types.get("Figure").copied().unwrap_or_default() >= 4, "{:?}", found.types);
    for kind in ["H1", "H2", "TH", "TD", "Link", "TOC"] {
        assert!(found.types.contains_key(kind), "{kind} in {:?}", found.types);
    }
    let attached = found.attachments.values().next().expect("an attachment");
    assert!(*attached == printed.facts, "the attached facts are those of the report");
}

#[test]
fn the_page_asks_nothing_of_anyone_and_leads_nowhere_wrong() {
    let printed = print(Lang::En);
    let page = &printed.html;
    assert!(page.contains("default-src &#x27;none&#x27;"));
    for outside in ["src=\"http", "@import", "url(http", "<link rel=\"stylesheet\"", "style=\""] {
        assert!(!page.contains(outside), "{outside}");
    }
    let mut targets = 0;
    for (at, _) in page.match_indices("href=\"#") {
        let id: String = page[at + 7..].chars().take_while(|c| *c != '"').collect();
        assert!(id.is_empty() || page.contains(&format!("id=\"{id}\"")), "#{id}");
        targets += 1;
    }
    assert!(targets > 500, "{targets}");
}

#[test]
fn three_languages_stay_one_small_page() {
    let files = memory(PROJECT);
    let loaded = check(&files, Tier::Default);
    let written = loaded.report.as_ref().expect("a report");
    let traditional = completed(&files).expect("a report").expect("a report");
    let overlay = Overlay::new(&files, &Embedded);
    let theme = Theme::read(&overlay).expect("tokens");
    let langs = [(Lang::ZhHans, written), (Lang::ZhHant, &traditional), (Lang::En, written)];
    let views = langs.map(|(lang, report)| {
        let words = Words::read(&overlay, lang).expect("words");
        view::build(report, lang, &words, &theme, Purpose::Publication)
    });
    let editions = view::editions(&views);
    let page = html(&editions, &theme, &overlay).expect("HTML");
    assert_eq!(prove_html(&editions, &page), Vec::<String>::new());
    assert!(page.len() < 3_000_000, "{} bytes", page.len());
    // A figure that one language alone lacks is not found in another.
    let (others, english) = page.split_once("data-side=\"en_\"").expect("English");
    let english = english.replace("209,714.77", "209,714.78");
    let damaged = format!("{others}data-side=\"en_\"{english}");
    assert_ne!(page, damaged);
    assert!(!prove_html(&editions, &damaged).is_empty());
}

#[test]
fn the_list_of_characters_is_what_the_fonts_have() {
    let listed =
        decode(Embedded.read("templates/fonts/characters.txt").expect("the list")).expect("UTF-8");
    let listed: Vec<char> = listed.chars().filter(|c| *c != '\n').collect();
    let fonts = Fonts::embedded();
    let has = |c: char| fonts.fonts.iter().any(|font| font.info().coverage.contains(u32::from(c)));
    let missing: Vec<char> = listed.iter().copied().filter(|c| !has(*c)).collect();
    assert_eq!(missing, Vec::<char>::new(), "listed, but in no font");
    let known: std::collections::BTreeSet<char> = listed.into_iter().collect();
    let all = (0x20..0x3_0000_u32).filter_map(char::from_u32);
    let unlisted: Vec<char> = all.filter(|c| has(*c) && !known.contains(c)).collect();
    assert_eq!(unlisted, Vec::<char>::new(), "in a font, but not listed");
}

#[test]
fn a_finished_report_is_refused_if_a_figure_or_a_place_is_not_in_it() {
    let printed = print(Lang::En);
    assert_eq!(prove_pdf(&printed.view, &printed.pdf), Ok(Vec::new()));
    assert_eq!(prove_html(&view::editions([&printed.view]), &printed.html), Vec::<String>::new());
    let mut other = printed.view.clone();
    let mut changed = Vec::new();
    for section in other.parts.iter_mut().flat_map(|part| &mut part.sections) {
        for block in &mut section.blocks {
            match block {
                Block::KpiTable(table) if changed.is_empty() => {
                    table.groups[0].rows[0].cells[0].integer = "987,654,321".to_owned();
                    changed.push("the figure 987,654,321");
                }
                Block::Index(index) if changed.len() == 1 => {
                    let mut rows = index.groups.iter_mut().flat_map(|group| &mut group.rows);
                    let row = rows.find(|row| !row.places.is_empty()).expect("a place");
                    row.places[0].target = "community".to_owned();
                    changed.push("the place `community`");
                }
                _ => {}
            }
        }
    }
    let in_pdf = prove_pdf(&other, &printed.pdf).expect("a PDF");
    let in_html = prove_html(&view::editions([&other]), &printed.html);
    for wrong in changed {
        assert!(in_pdf.iter().any(|fault| fault.contains(wrong)), "{wrong}: {in_pdf:?}");
    }
    assert!(in_html.iter().any(|fault| fault.contains("987,654,321")), "{in_html:?}");
}
