#![doc = include_str!("undefined_abbreviation.md")]

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::content::{Block, BlockKind, Inline};
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::locale::Lang;
use crate::report::{Report, Visitor, visit_section};

use crate::lint::rules::narrative::texts::{Texts, Written, is_chinese};

/// Abbreviations that are used again and again and never spelled out.
pub const RULE: Rule = Rule {
    name: "undefined-abbreviation",
    group: Group::Narrative,
    severity: Severity::Note,
    tier: Tier::Strict,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("undefined_abbreviation.md"),
    check: Check::Texts(check),
};

/// Abbreviations that are words by now, and those of countries, currencies and publishers of standards.
const KNOWN: &str = "ADAS AED AGM AI AM AMOLED APAC API APP ATM AUD BB BBB BC CAD CAS CBD CCTV CD CE CEO CEOS CFO CHF \
    CIO CMO CNC CNY COO COP COVID CPU CSO CTO DIY DNA DVD EMEA EPS ESG EU EUR FAQ FDA FM FY GB GBP GDP GHG GPS GPU GRI HIV HK HKD \
    HR HTML ICT ID IDC IEC IEEE IFRS ILO IMF IP IPO IR ISIN ISO ISSB IT ITU JPY JV KOL KRW KTV LCD LED LNG LPG LTD MBA \
    MNC MOU MSCI NATO NBA NFC NGO NO NOK NOX NYSE OECD OEM OK OLED PC PDF PE PH PIN PLC PM PR PRC PS PVC QQ QR RAM RAW RMB \
    ROE ROI SAR SASB SEC SGD SIM SMS SOS SOX STEM SUV TV TWD UAE UHF UK UL UN UNESCO UNICEF URL US USA USB USD UV VAT VIP \
    VOC VPN VS WTO WHO WIFI WWF WWW XBRL";

/// How often an abbreviation stands in a language before a reader wants to know what it means.
const OFTEN: usize = 2;

/// A place where an abbreviation stands.
type Use<'a> = (&'a Written, Range<usize>);

fn check(written: &Texts<'_>, sink: &mut Sink) {
    let (report, texts) = (written.report, &written.all);
    let explained = Explained::of(report, texts);
    let head = &report.content.head;
    let brands: Vec<String> = [&head.name, &head.short]
        .into_iter()
        .flat_map(|name| name.iter())
        .flat_map(|(_, text)| {
            [Some(text.value.clone()), text.value.split(' ').next().map(str::to_owned)]
        })
        .flatten()
        .filter(|brand| brand.chars().count() > 1)
        .collect();
    let mut uses: BTreeMap<(Lang, String), Vec<Use<'_>>> = BTreeMap::new();
    for text in texts {
        for (range, word) in abbreviations(text) {
            let before = text.prose.text.get(..range.start).unwrap_or_default().trim_end();
            // `Acme DRIVE` is the name of a product.
            if brands.iter().any(|brand| before.ends_with(brand.as_str())) {
                continue;
            }
            uses.entry((text.lang, word)).or_default().push((text, range));
        }
    }
    for ((lang, word), places) in uses {
        if places.len() < OFTEN || explained.has(lang, &word) {
            continue;
        }
        let spans = places.iter().filter_map(|(text, range)| text.place(range.start, range.end));
        let mut first = places.iter().zip(spans);
        let Some(((text, _), place)) = first.next() else { continue };
        let times = places.len();
        let message = say!(
            "`{word}` stands {times} times in `{lang}` and is never spelled out",
            word,
            times,
            lang
        );
        let found = Diagnostic::note(RULE.name, place, message).subject(text.subject.clone());
        sink.push(found.help(say!(
            "spell it out where it stands first, with the short form in brackets, or list it among definitions"
        )));
    }
}

/// Runs of capitals that stand for words: not part of a code, of a name in Latin letters, or of a line
/// that is set in capitals throughout.
fn abbreviations(text: &Written) -> Vec<(Range<usize>, String)> {
    let mut found = capitals(&text.prose.text);
    found.retain(|(range, _)| !is_part(text.lang, &text.prose.text, range));
    found
}

/// Runs of three to six capitals, without the `s` of the plural.
fn capitals(words: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut start: Option<usize> = None;
    for (at, c) in words.char_indices().chain([(words.len(), ' ')]) {
        match (c.is_ascii_alphabetic(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let word = words.get(from..at).unwrap_or_default();
                let plain = word.strip_suffix('s').unwrap_or(word);
                let upper = plain.bytes().all(|b| b.is_ascii_uppercase());
                if upper && (3..=6).contains(&plain.len()) {
                    found.push((from..at, plain.to_owned()));
                }
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// Whether letters are part of a code or of a longer name.
fn is_part(lang: Lang, text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    let joins = |c: Option<char>| {
        c.is_some_and(|c| {
            c.is_ascii_digit()
                || matches!(c, '-' | '/' | '&' | '.' | '_' | '@' | '+' | '’' | '\'' | '®' | '™')
        })
    };
    let next = after.chars().next().filter(|c| {
        !(*c == '.' && !after.get(1..2).is_some_and(|c| c.chars().all(char::is_alphanumeric))
            || matches!(c, '’' | '\''))
    });
    if joins(before.chars().next_back()) || joins(next) {
        return true;
    }
    let number = |text: &str| {
        text.trim_start_matches([' ', '\u{a0}']).starts_with(|c: char| c.is_ascii_digit())
    };
    if number(after) {
        return true;
    }
    let last = before.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let first = after.trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let apart = |blank: bool, word: &str| blank && !word.is_empty() && word.is_ascii();
    let (led, followed) =
        (apart(before.ends_with(' '), last), apart(after.starts_with(' '), first));
    let capital = |word: &str| word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase());
    if lang.is_chinese() {
        // Latin words in a row are a name.
        return led || followed;
    }
    led && capital(last) || followed && capital(first)
}

/// Abbreviations that a report explains, by language.
struct Explained {
    known: BTreeSet<&'static str>,
    own: BTreeSet<(Lang, String)>,
    named: BTreeSet<String>,
}

impl Explained {
    fn of(report: &Report, texts: &[Written]) -> Self {
        let known = KNOWN.split_ascii_whitespace().collect();
        let mut own = BTreeSet::new();
        for text in texts {
            own.extend(capitals(&text.prose.text).into_iter().filter_map(|(range, word)| {
                is_explained(&text.prose.text, &range).then_some((text.lang, word))
            }));
        }
        for ((_, lang), section) in &report.content.narrative {
            let mut terms = Terms { lang: *lang, found: &mut own };
            visit_section(section, &mut terms);
        }
        let mut named = BTreeSet::new();
        let content = &report.content;
        let glossary = content.glossary.iter().flat_map(|term| term.words.iter());
        let names =
            [&content.head.name, &content.head.short].into_iter().flat_map(|name| name.iter());
        for (_, text) in glossary.chain(names) {
            named.extend(letters(&text.value));
        }
        for claim in &content.head.frameworks {
            named.extend(letters(&claim.edition.value.to_ascii_uppercase()));
        }
        Self { known, own, named }
    }

    fn has(&self, lang: Lang, word: &str) -> bool {
        self.known.contains(word)
            || self.named.contains(word)
            || self.own.contains(&(lang, word.to_owned()))
    }
}

/// Words of a text in capitals, without the `s` of the plural.
fn letters(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words
        .map(|word| word.strip_suffix('s').unwrap_or(word).to_owned())
        .filter(|word| word.len() > 1)
}

/// Whether words for an abbreviation stand before it, or behind it in brackets.
fn is_explained(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    // A footnote or an entry of a list starts with what it explains.
    if before.trim().is_empty() && after.trim_start().starts_with([':', '：', '—', '–']) {
        return true;
    }
    let quotes = |c: char| matches!(c, '“' | '”' | '"' | '「' | '」' | '‘' | '’' | ' ');
    // In `全称（简称“ABC”）` and `Full Name (the ABC)` the bracket opens before a word or two.
    let inside = before.trim_end_matches(quotes);
    let open = inside.rfind(['(', '（']).map(|at| inside.get(at..).unwrap_or_default());
    let led = open.is_some_and(|open| {
        !open.contains([')', '）', '。', ';', '；']) && open.chars().count() <= 40
    });
    let words = inside.split(['(', '（']).next().unwrap_or_default();
    let told = words.chars().filter(|c| c.is_alphabetic()).count() > 1;
    // In `ABC（全称）` and `ABC: full name` the words come after.
    let rest = after.trim_start_matches(quotes);
    let behind = rest.strip_prefix(['(', '（', '：', ':', ',', '，', '—', '–']).unwrap_or_default();
    let bracket = rest.starts_with(['(', '（']);
    let spelled = bracket
        && behind.split([')', '）']).next().is_some_and(|words| {
            words.chars().filter(|c| c.is_alphabetic()).count() > 3
                && (words.contains(' ') || words.chars().any(is_chinese))
        });
    let short = ["简称", "簡稱", "缩写为", "縮寫為", "known as", "short for", "abbreviated"];
    let announced = short
        .iter()
        .any(|word| inside.trim_end().trim_end_matches(['为', '為', '“']).ends_with(word));
    led && told || spelled || announced
}

/// Terms that a block of definitions lists.
struct Terms<'a> {
    lang: Lang,
    found: &'a mut BTreeSet<(Lang, String)>,
}

impl Visitor for Terms<'_> {
    fn block(&mut self, block: &Block) {
        let lang = self.lang;
        match &block.kind {
            BlockKind::Definitions(items) => {
                let terms = items.iter().flat_map(|(term, _)| letters(&term.value));
                self.found.extend(terms.map(|term| (lang, term)));
            }
            // A list of abbreviations is often a table: the short form, and beside it the words.
            BlockKind::Table { rows, .. } => {
                for row in rows {
                    let [first, second, ..] = row.as_slice() else { continue };
                    let (short, words) = (plain(first), plain(second));
                    let several = words.chars().filter(|c| c.is_alphabetic()).count() > short.len();
                    if several && !short.contains(' ') {
                        self.found.extend(letters(&short).map(|term| (lang, term)));
                    }
                }
            }
            _ => {}
        }
    }
}

fn plain(cell: &[Inline]) -> String {
    crate::lint::rules::narrative::prose::Prose::of(cell).text.trim().to_owned()
}
