#![doc = include_str!("diverging_term.md")]

use std::ops::Range;

use crate::content::Term;
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::locale::Lang;

use crate::lint::rules::parity::pairs::{Pair, Pairs, Wording};
use crate::lint::rules::parity::prefixes::Prefixes;
use crate::lint::rules::parity::run::Run;

/// Terms of the glossary whose counterpart is missing.
pub const RULE: Rule = Rule {
    name: "diverging-term",
    group: Group::Parity,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("diverging_term.md"),
    check: Check::Languages(check),
};

fn check(languages: &Pairs<'_>, sink: &mut Sink) {
    let terms: Vec<Entry> = languages.report.content.glossary.iter().map(Entry::of).collect();
    if terms.is_empty() {
        return;
    }
    let index = index(&terms);
    for pair in &languages.pairs {
        let (first, second) = (Matches::of(&index, &pair.first), Matches::of(&index, &pair.second));
        for (at, entry) in terms.iter().enumerate() {
            let (Some(one), Some(two)) =
                (entry.word(pair.first.lang), entry.word(pair.second.lang))
            else {
                continue;
            };
            let label = pair.kind == Wording::Label;
            match (first.place(at), second.place(at)) {
                (Some(range), None)
                    if !second.covers(at) && !loosely(entry, &pair.second, label) =>
                {
                    push(pair, (&pair.first, range, one), (&pair.second, two), entry, sink);
                }
                (None, Some(range)) if !first.covers(at) && !loosely(entry, &pair.first, label) => {
                    push(pair, (&pair.second, range, two), (&pair.first, one), entry, sink);
                }
                _ => {}
            }
        }
    }
}

fn push(
    pair: &Pair<'_>,
    (has, range, word): (&Run<'_>, &Range<usize>, &str),
    (lacks, wanted): (&Run<'_>, &str),
    entry: &Entry<'_>,
    sink: &mut Sink,
) {
    let message = say!(
        "`{one}` says {word}, and `{two}` does not say {wanted}",
        one = has.lang,
        word,
        two = lacks.lang,
        wanted
    );
    let second = std::ptr::eq(has, &raw const pair.second);
    let (place, other) =
        if second { (has.place(range), lacks.span) } else { (lacks.span, has.place(range)) };
    let found = Diagnostic::warning(RULE.name, place, message)
        .related(other, say!("in `{lang}`", lang = if second { lacks.lang } else { has.lang }))
        .related(entry.term.id.span, say!("the term in the glossary"))
        .subject(pair.subject.clone())
        .help(say!("write {wanted}, or change the glossary", wanted));
    sink.push(found);
}

/// A term with its words in lower case. `|` parts words that may stand for it.
struct Entry<'a> {
    term: &'a Term,
    words: Vec<(Lang, &'a str, String)>,
}

impl<'a> Entry<'a> {
    fn of(term: &'a Term) -> Self {
        let mut words = Vec::new();
        for (lang, text) in term.words.iter() {
            let each = text.value.split('|').map(str::trim).filter(|word| !word.is_empty());
            words.extend(each.map(|word| (lang, word, plain(word))));
        }
        Self { term, words }
    }

    /// The word to write.
    fn word(&self, lang: Lang) -> Option<&'a str> {
        self.words.iter().find(|(own, ..)| *own == lang).map(|(_, word, _)| *word)
    }
}

/// The words of every term by language, with the number of the term.
type Index<'a> = Vec<(Lang, Prefixes<&'a str, usize>)>;

fn index<'a>(terms: &'a [Entry<'_>]) -> Index<'a> {
    let of = |wanted: Lang| {
        let words = terms.iter().enumerate().flat_map(move |(at, entry)| {
            let own = entry.words.iter().filter(move |(lang, ..)| *lang == wanted);
            own.map(move |(_, _, word)| (word.as_str(), at))
        });
        (wanted, Prefixes::new(words.collect()))
    };
    Lang::ALL.into_iter().map(of).collect()
}

/// Whether a text says a term in a looser form: its words apart, inflected, or its initials; in a
/// label, whose place says the rest, any of its words.
fn loosely(entry: &Entry<'_>, run: &Run<'_>, label: bool) -> bool {
    let text = plain(run.text());
    let words = entry.words.iter().filter(|(lang, ..)| *lang == run.lang);
    let mut words = words.map(|(_, _, word)| word);
    if run.lang.is_chinese() {
        return words.any(|word| {
            let signs: Vec<char> = word.chars().collect();
            let pairs = signs.windows(2).map(|two| two.iter().collect::<String>());
            let (first, last) = (pairs.clone().next(), pairs.clone().next_back());
            let has = |pair: Option<String>| pair.is_some_and(|pair| text.contains(&pair));
            if label {
                return pairs.into_iter().any(|pair| text.contains(&pair));
            }
            signs.len() > 3 && has(first) && has(last)
        });
    }
    let stands = |part: &str| {
        let stem = if part.len() > 5 { part.get(..part.len() - 2).unwrap_or(part) } else { part };
        text.match_indices(stem).any(|(at, _)| {
            let before = text.get(..at).unwrap_or_default().chars().next_back();
            !before.is_some_and(|c| c.is_ascii_alphanumeric())
        })
    };
    words.any(|word| {
        let parts: Vec<&str> = word.split(' ').filter(|part| !part.is_empty()).collect();
        let initials: String = parts.iter().filter_map(|part| part.chars().next()).collect();
        let short = parts.len() > 1 && run.text().contains(&initials.to_ascii_uppercase());
        let telling = parts.iter().filter(|part| part.len() > 3);
        short
            || parts.len() > 1 && parts.iter().all(|part| stands(part))
            || parts.len() == 1
                && word.len() > 8
                && stands(word.get(..word.len() - 1).unwrap_or(word))
            || label && telling.clone().count() > 0 && telling.into_iter().any(|part| stands(part))
    })
}

/// Where terms stand in a text. A term inside a longer one, or in a title, does not stand for itself.
struct Matches {
    found: Vec<(usize, Range<usize>)>,
    hidden: Vec<usize>,
}

impl Matches {
    fn of(index: &Index<'_>, run: &Run<'_>) -> Self {
        let text = plain(run.text());
        let mut all: Vec<(usize, Range<usize>)> = Vec::new();
        let words = index.iter().find(|(lang, _)| *lang == run.lang).map(|(_, words)| words);
        if let Some(words) = words {
            for start in words.places(&text) {
                for (word, at) in words.of(text.get(start..).unwrap_or_default()) {
                    let end = start + word.len();
                    if run.lang.is_chinese() || stands_alone(&text, start, end) {
                        all.push((*at, start..end));
                    }
                }
            }
        }
        let longer = |range: &Range<usize>| {
            all.iter().any(|(_, other)| {
                other.start <= range.start && range.end <= other.end && other.len() > range.len()
            })
        };
        let covered = |range: &Range<usize>| longer(range) || in_title(&text, range.start);
        let hidden = all.iter().filter(|(_, range)| covered(range)).map(|(at, _)| *at).collect();
        let found = all.iter().filter(|(_, range)| !covered(range)).cloned().collect();
        Self { found, hidden }
    }

    /// The first place of a term.
    fn place(&self, term: usize) -> Option<&Range<usize>> {
        self.found.iter().find(|(at, _)| *at == term).map(|(_, range)| range)
    }

    /// Whether a term stands inside a longer one.
    fn covers(&self, term: usize) -> bool {
        self.hidden.contains(&term)
    }
}

/// Whether a place is inside the title of a document, which has a name of its own in each language.
fn in_title(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    before
        .rfind('《')
        .is_some_and(|open| before.get(open..).is_some_and(|rest| !rest.contains('》')))
}

/// Lower case, with hyphens as blanks and quotes in their plain form; every byte keeps its place.
fn plain(text: &str) -> String {
    text.to_ascii_lowercase().replace('-', " ")
}

/// Whether a word of English stands there, possibly in the plural.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let before = text.get(..start).unwrap_or_default().chars().next_back();
    let after = text.get(end..).unwrap_or_default();
    let after = after
        .strip_prefix("es")
        .filter(|rest| !letter(rest.chars().next()))
        .or_else(|| after.strip_prefix('s'))
        .unwrap_or(after);
    !letter(before) && !letter(after.chars().next())
}
