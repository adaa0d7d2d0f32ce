#![doc = include_str!("diverging_name.md")]

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::locale::{Literal, NumeralKind};
use crate::report::Report;

use crate::lint::rules::parity::pairs::Pairs;
use crate::lint::rules::parity::run::Run;

/// Names and codes that stand in one language alone.
pub const RULE: Rule = Rule {
    name: "diverging-name",
    group: Group::Parity,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("diverging_name.md"),
    check: Check::Languages(check),
};

/// A name or code in Latin letters or digits.
struct Name {
    range: Range<usize>,
    text: String,
}

fn check(languages: &Pairs<'_>, sink: &mut Sink) {
    let report = languages.report;
    for pair in &languages.pairs {
        let (one, two) = (&pair.first, &pair.second);
        let left = lacking(report, one, two);
        let right = lacking(report, two, one);
        let mut others = right.into_iter();
        for name in left {
            let message = say!(
                "{said} in `{one}` is not in `{two}`",
                said = name.text,
                one = one.lang,
                two = two.lang
            );
            let other = others.next();
            let place = other.as_ref().map_or(two.span, |other| two.place(&other.range));
            let message = match &other {
                Some(other) => {
                    say!(
                        "{said} in `{one}` is {other} in `{two}`",
                        said = name.text,
                        one = one.lang,
                        other = other.text,
                        two = two.lang
                    )
                }
                None => message,
            };
            let found = Diagnostic::warning(RULE.name, place, message)
                .related(one.place(&name.range), say!("{what} here", what = name.text))
                .subject(pair.subject.clone())
                .help(say!("name the same thing in both languages"));
            sink.push(found);
        }
        for name in others {
            let message = say!(
                "{said} in `{one}` is not in `{two}`",
                said = name.text,
                one = two.lang,
                two = one.lang
            );
            let found = Diagnostic::warning(RULE.name, two.place(&name.range), message)
                .related(one.span, say!("not named here"))
                .subject(pair.subject.clone())
                .help(say!("name the same thing in both languages"));
            sink.push(found);
        }
    }
}

/// Names of a text that the other lacks, each once.
fn lacking(report: &Report, run: &Run<'_>, other: &Run<'_>) -> Vec<Name> {
    let mut seen = BTreeSet::new();
    let mut found = names(report, run);
    // Almost every name stands in the other text as it is.
    found.retain(|name| !other.text().contains(&name.text));
    if found.is_empty() {
        return found;
    }
    let haystack = Haystack::of(other.text());
    found.retain(|name| !haystack.has(&name.text) && seen.insert(name.text.clone()));
    found
}

/// Names and codes of a text that another language keeps as they are.
fn names(report: &Report, run: &Run<'_>) -> Vec<Name> {
    let table = &report.content.units.table;
    let is_unit = |text: &str| table.knows(text);
    let text = run.text();
    let mut taken: Vec<Range<usize>> = Vec::new();
    let mut found = Vec::new();
    for numeral in run.numerals(report) {
        let words = text.get(numeral.range.clone()).unwrap_or_default();
        let digits = words.chars().filter(char::is_ascii_digit).count();
        let named =
            matches!(numeral.kind, NumeralKind::Literal(Literal::Name | Literal::Reference));
        let code = named && digits >= 3;
        let age = words.contains(['岁', '歲']);
        if code && !age && !run.prose.is_open(numeral.range.start) {
            found.push(Name { range: numeral.range.clone(), text: words.trim().to_owned() });
        }
        if !matches!(numeral.kind, NumeralKind::Literal(Literal::Name)) {
            taken.push(numeral.range.clone());
        }
    }
    for (range, token) in tokens(text) {
        let digits = token.bytes().any(|b| b.is_ascii_digit());
        // English spells out in words what Chinese keeps in letters, and hardly the reverse.
        if !(run.lang.is_chinese() || digits) {
            continue;
        }
        let letters = token.bytes().filter(u8::is_ascii_alphabetic).count();
        let inside = taken.iter().any(|other| range.start < other.end && other.start < range.end);
        if letters == 0
            || letters < 2 && !digits
            || inside
            || is_address(token)
            || is_unit(token)
            || substance(token)
            || token.starts_with("FY")
        {
            continue;
        }
        found.push(Name { range, text: token.to_owned() });
    }
    found
}

fn is_address(token: &str) -> bool {
    token.contains('@') || token.contains("www.") || token.contains("http")
}

/// Runs of Latin letters and digits, with what joins them.
fn tokens(text: &str) -> Vec<(Range<usize>, &str)> {
    let mut found = Vec::new();
    let mut start: Option<usize> = None;
    let joins = |c: char| {
        matches!(c, '-' | '.' | '&' | '@' | '_' | '/' | ':' | '’' | '\'' | '₂' | '₃' | '₄')
    };
    let bytes = text.len();
    for (at, c) in text.char_indices().chain([(bytes, ' ')]) {
        let followed = || {
            let next = text.as_bytes().get(at + c.len_utf8());
            next.is_some_and(u8::is_ascii_alphanumeric)
        };
        let part = c.is_ascii_alphanumeric()
            || start.is_some() && joins(c) && (matches!(c, '₂' | '₃' | '₄') || followed());
        match (start, part) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                found.push((from..at, text.get(from..at).unwrap_or_default()));
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// Formulas of substances, which many texts write as words.
fn substance(token: &str) -> bool {
    const FORMULAS: [&str; 12] =
        ["CO2", "CO₂", "CH4", "N2O", "SO2", "SO₂", "NOx", "SOx", "CO2e", "CO₂e", "PFCs", "HFCs"];
    FORMULAS.contains(&token)
        || token.ends_with("CO2e")
        || token.ends_with("CO₂e")
        || token.contains('₂')
}

/// A text in the forms in which names are looked for.
struct Haystack {
    text: String,
    joined: String,
    words: BTreeSet<String>,
    initials: [String; 2],
}

impl Haystack {
    fn of(text: &str) -> Self {
        const SMALL: [&str; 10] = ["and", "of", "the", "for", "on", "in", "to", "a", "as", "by"];
        let words: Vec<&str> =
            text.split(|c: char| !c.is_alphanumeric() || !c.is_ascii()).collect();
        let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        let initial = |word: &&str| word.chars().next().map(|c| c.to_ascii_lowercase());
        let all = words.iter().filter_map(initial).collect();
        let main = words.iter().filter(|word| !SMALL.contains(word)).filter_map(initial).collect();
        Self {
            text: text.to_owned(),
            joined: plain(text),
            words: words.into_iter().map(str::to_lowercase).collect(),
            initials: [all, main],
        }
    }

    /// Whether a name stands in the text, as it is or spelled out.
    fn has(&self, written: &str) -> bool {
        if self.text.contains(written) {
            return true;
        }
        let name = plain(written);
        let short = name.trim_end_matches('s');
        // Names joined by a stroke are looked for one by one.
        if written.contains('/') && written.split('/').all(|part| part.len() > 2) {
            let mut parts = written.split('/');
            return parts.all(|part| !part.bytes().any(|b| b.is_ascii_digit()) || self.has(part));
        }
        if name.chars().any(|c| c.is_ascii_digit()) {
            return self.joined.contains(short) || self.has_digits(written);
        }
        let word = name.len() > 5 && self.joined.contains(&name)
            || self.words.contains(&name)
            || self.words.contains(short)
            || self.words.contains(&format!("{name}s"));
        let letters = short.len() >= 2 && short.chars().all(|c| c.is_ascii_alphabetic());
        word || letters && self.initials.iter().any(|initials| initials.contains(short))
    }

    /// Whether every number of a code stands in the text: `G20` and `二十国集团`, `S2` and `第2号`.
    fn has_digits(&self, written: &str) -> bool {
        let letters: String = written.chars().filter(|c| c.is_alphabetic()).collect();
        let parts = written.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
        let stands = |part: &str| {
            self.text.split(|c: char| !c.is_ascii_digit()).any(|other| other == part)
                || chinese(part).is_some_and(|numeral| self.text.contains(&numeral))
        };
        // A model is its letters as much as its digits.
        let parts: Vec<&str> = parts.collect();
        let telling = letters.len() < 2 || parts.iter().all(|part| part.len() > 2);
        let group = parts.iter().all(|part| {
            chinese(part).is_some_and(|n| n.chars().count() > 1 && self.text.contains(&n))
        });
        let abroad = written.contains(' ') || telling || group;
        abroad && parts.into_iter().all(stands)
    }
}

/// A number below a hundred in Chinese.
fn chinese(digits: &str) -> Option<String> {
    const SIGNS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let value: usize = digits.parse().ok().filter(|value| (1..100).contains(value))?;
    let (tens, ones) = (value / 10, SIGNS.get(value % 10)?);
    Some(match tens {
        0 => format!("第{ones}"),
        1 => format!("十{ones}"),
        _ => format!("{}十{ones}", SIGNS.get(tens)?),
    })
}

/// Letters and digits alone, in lower case.
fn plain(text: &str) -> String {
    const SUBSCRIPTS: &str = "₀₁₂₃₄₅₆₇₈₉";
    let digit = |c: char| {
        let place = SUBSCRIPTS.chars().position(|other| other == c);
        place.and_then(|place| u32::try_from(place).ok()).and_then(|d| char::from_digit(d, 10))
    };
    let chars = text.chars().map(|c| digit(c).unwrap_or(c).to_ascii_lowercase());
    chars.filter(char::is_ascii_alphanumeric).collect()
}
