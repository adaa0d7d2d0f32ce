//! Words that turn the sense of a sentence, in English and Chinese.
//!
//! **Invariant:** a word that can mean something else is no sure sign; it only keeps a rule from
//! speaking.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::locale::Lang;

use crate::lint::rules::parity::prefixes::Prefixes;

/// A sign in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sign {
    /// The byte at which it starts.
    pub at: usize,
    /// The word, without letters that may follow.
    pub word: &'static str,
    /// What it means.
    pub sense: Sense,
}

/// Words of a language, of one kind or several: those that are counted, and longer ones that hold them
/// and are not.
pub struct Words {
    words: Prefixes<&'static str, Meaning>,
    kinds: usize,
    lang: Lang,
}

/// What a word is a sign of.
#[derive(Clone, Copy)]
struct Meaning {
    /// Whether any letters may follow.
    open: bool,
    sense: Sense,
    /// Number of the kind.
    kind: usize,
}

/// What a word means. Among words of one length the first counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// Something else.
    Idle,
    /// It, for sure.
    Sure,
    /// Perhaps it: a word of groups, of which the other language has its own words.
    Weak(Groups),
    /// Nothing by itself; but a weak sign of the other language may say the same.
    Answer(Groups),
}

impl Sense {
    /// The groups of a word, whether it is a sign or only answers one.
    pub fn groups(self) -> Groups {
        match self {
            Self::Weak(groups) | Self::Answer(groups) => groups,
            Self::Idle | Self::Sure => Groups::default(),
        }
    }

    /// Whether it says anything by itself.
    pub fn is_sign(self) -> bool {
        matches!(self, Self::Sure | Self::Weak(_))
    }
}

/// Numbers of groups, one bit for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Groups(u64);

impl Groups {
    /// One group.
    pub const fn one(number: usize) -> Self {
        Self(1 << number)
    }

    /// Those of both.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a group is in both.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl Words {
    /// Words parted by `|`: sure signs, idioms that hold a sign and are none, and groups of weak
    /// signs. `*` at the end of a word stands for any letters; `~` before it says that it only answers.
    pub fn new(lang: Lang, sure: &'static str, idle: &'static str, weak: &[&'static str]) -> Self {
        let (answers, weak): (Vec<_>, Vec<_>) = grouped(lang, weak)
            .into_iter()
            .partition(|(_, meaning)| matches!(meaning.sense, Sense::Answer(_)));
        let lists = [(idle, Sense::Idle), (sure, Sense::Sure)];
        let plain = lists.into_iter().flat_map(|(words, sense)| {
            words.split('|').map(move |word| {
                let (stem, open) = stem(lang, word);
                (stem, Meaning { open, sense, kind: 0 })
            })
        });
        let words = answers.into_iter().chain(plain).chain(weak);
        Self { words: Prefixes::new(words.collect()), kinds: 1, lang }
    }

    /// Words of several kinds, each of which is looked for as if it were alone.
    pub fn join(lang: Lang, kinds: Vec<Self>) -> Self {
        let count = kinds.len();
        let words = kinds.into_iter().enumerate().flat_map(|(kind, words)| {
            words.words.into_words().map(move |(word, means)| (word, Meaning { kind, ..means }))
        });
        Self { words: Prefixes::new(words.collect()), kinds: count, lang }
    }

    /// The signs of a text in order, idioms left out, of words of one kind. English is given in lower case.
    pub fn signs(&self, text: &str) -> Vec<Sign> {
        self.kinds(text).into_iter().next().unwrap_or_default()
    }

    /// The same, kind by kind.
    pub fn kinds(&self, text: &str) -> Vec<Vec<Sign>> {
        let mut found = vec![Vec::new(); self.kinds];
        if self.lang.is_chinese() {
            self.find(text, self.words.places(text), &mut found);
        } else {
            self.find(text, self.words.parted(text), &mut found);
        }
        found.iter_mut().for_each(|kind| kind.retain(|sign| sign.sense != Sense::Idle));
        found
    }

    /// The words at some places of a text. None starts inside another of its kind.
    fn find(&self, text: &str, places: impl Iterator<Item = usize>, found: &mut [Vec<Sign>]) {
        for at in places {
            let rest = text.get(at..).unwrap_or_default();
            for (word, meaning) in self.words.of(rest) {
                let Some(kind) = found.get_mut(meaning.kind) else { continue };
                let end = kind.last().map_or(0, |sign| sign.at + sign.word.len());
                if at >= end && (meaning.open || ends(rest, word)) {
                    kind.push(Sign { at, word, sense: meaning.sense });
                }
            }
        }
    }
}

/// A word without its mark, and whether any letters may follow.
fn stem(lang: Lang, word: &'static str) -> (&'static str, bool) {
    let stem = word.trim_end_matches('*');
    (stem, stem.len() < word.len() || lang.is_chinese())
}

/// Words of groups, each once with all its groups.
fn grouped(lang: Lang, groups: &[&'static str]) -> Vec<(&'static str, Meaning)> {
    let mut found: BTreeMap<(&'static str, bool), Sense> = BTreeMap::new();
    for (number, words) in groups.iter().enumerate() {
        for word in words.split('|') {
            let own = Groups::one(number);
            let (word, sense) = match word.strip_prefix('~') {
                Some(word) => (word, Sense::Answer(own)),
                None => (word, Sense::Weak(own)),
            };
            let known = found.entry(stem(lang, word)).or_insert(sense);
            let all = known.groups().and(own);
            let sign = known.is_sign() || sense.is_sign();
            *known = if sign { Sense::Weak(all) } else { Sense::Answer(all) };
        }
    }
    let meaning = |((stem, open), sense)| (stem, Meaning { open, sense, kind: 0 });
    found.into_iter().map(meaning).collect()
}

/// Whether no letter follows a word that a text starts with.
fn ends(text: &str, word: &str) -> bool {
    let rest = text.get(word.len()..).unwrap_or_default();
    !rest.starts_with(|c: char| c.is_alphabetic())
}

/// A text in the form in which words are looked for, of which the English are plain letters.
pub fn lower(text: &str) -> String {
    let text = text.to_ascii_lowercase();
    if text.contains('’') { text.replace('’', "'") } else { text }
}

/// How many weak signs of one text are not met by a word of the same group in the other: what the one
/// says by them the other says by them too, so that they speak for nothing else.
pub fn unmet(own: &[Sign], other: &[Sign]) -> usize {
    let weak: Vec<Groups> = own
        .iter()
        .filter(|sign| matches!(sign.sense, Sense::Weak(_)))
        .map(|sign| sign.sense.groups())
        .collect();
    let answers: Vec<Groups> = other.iter().map(|sign| sign.sense.groups()).collect();
    // Sharing out costs the product of both, and nobody writes such a sentence: none counts as met.
    if weak.len().max(answers.len()) > MOST {
        return weak.len();
    }
    let mut given = vec![None; answers.len()];
    let left = (0..weak.len()).filter(|at| {
        let mut tried = vec![false; answers.len()];
        !finds_answer(*at, (&weak, &answers), &mut given, &mut tried)
    });
    left.count()
}

/// Most signs of a sentence of which it is asked which answers which.
const MOST: usize = 64;

/// Gives a weak sign an answer of its own, if need be by giving another sign another one.
fn finds_answer(
    at: usize,
    groups: (&[Groups], &[Groups]),
    given: &mut [Option<usize>],
    tried: &mut [bool],
) -> bool {
    let Some(own) = groups.0.get(at) else { return false };
    for (answer, others) in groups.1.iter().enumerate() {
        let fresh = tried.get(answer) == Some(&false);
        if !fresh || !own.meets(*others) {
            continue;
        }
        tried.get_mut(answer).into_iter().for_each(|tried| *tried = true);
        let holder = given.get(answer).copied().flatten();
        if holder.is_none_or(|holder| finds_answer(holder, groups, given, tried)) {
            given.get_mut(answer).into_iter().for_each(|given| *given = Some(at));
            return true;
        }
    }
    false
}

/// The words of a kind in English and Chinese, put in order when they are first needed.
pub type Both = LazyLock<[Words; 2]>;

/// The words of one language.
pub fn of(words: &'static Both, lang: Lang) -> &'static Words {
    let [english, chinese] = &**words;
    if lang.is_chinese() { chinese } else { english }
}

/// Words of both languages: sure signs, idioms, and groups of weak signs in English and Chinese.
pub fn both(
    english: [&'static str; 2],
    chinese: [&'static str; 2],
    groups: &[(&'static str, &'static str)],
) -> [Words; 2] {
    let (weak, other): (Vec<&str>, Vec<&str>) = groups.iter().copied().unzip();
    let [sure, idle] = english;
    let english = Words::new(Lang::En, sure, idle, &weak);
    let [sure, idle] = chinese;
    [english, Words::new(Lang::ZhHans, sure, idle, &other)]
}

/// Words of several kinds in both languages.
pub fn join(kinds: impl IntoIterator<Item = [Words; 2]>) -> [Words; 2] {
    let (english, chinese) = kinds.into_iter().map(|[english, chinese]| (english, chinese)).unzip();
    [Words::join(Lang::En, english), Words::join(Lang::ZhHans, chinese)]
}

/// How many words of a text are for going up, or being above, and how many for going down, or being
/// below. English is given in lower case.
pub fn ways(text: &str, lang: Lang) -> (usize, usize) {
    static WORDS: Both = LazyLock::new(|| {
        let up = both([UP_ENGLISH, UP_ENGLISH_IDLE], [UP_CHINESE, UP_CHINESE_IDLE], &[]);
        let down = both([DOWN_ENGLISH, DOWN_ENGLISH_IDLE], [DOWN_CHINESE, DOWN_CHINESE_IDLE], &[]);
        join([up, down])
    });
    let mut counts = of(&WORDS, lang).kinds(text).into_iter().map(|signs| signs.len());
    (counts.next().unwrap_or_default(), counts.next().unwrap_or_default())
}

const UP_ENGLISH: &str = "rose|rise|rises|risen|rising|increase|increases|increased|increasing|grew|grow|\
            grows|grown|growing|growth|raise|raises|raised|raising|higher|above|up|climbed|more|\
            improve|improves|improved|improving|expanded|expand|extended|widen|widened|gained|\
            doubled|tripled|gain|gains|adds|went up|greater|larger|longer";
const UP_CHINESE: &str = "为高|為高|上升|增加|增长|增長|提高|提升|上涨|上漲|增至|升至|高于|高於|扩大|擴大|多于|多於|\
            攀升|上调|上調|增幅";
const UP_ENGLISH_IDLE: &str = "up to|set up|made up|make up|makes up|making up|more than|no more|not more|\
            follow up|followed up|start up|started up|take up|taken up|drawn up|draw up|\
            above all|once more|more and more|up-to-date|no higher|not higher|built up|bring up|\
            bringing up|brings up|summed up|broken up|opened up|signed up|more on|up with|\
            moreover|given up|used up|build up|builds up|back up|backed up|look up|speak up|\
            described above|mentioned above|or above|the above|bought up|sped up|no longer|\
            drew up|draws up";
const UP_CHINESE_IDLE: &str = "不高于|不高於|不多于|不多於";

const DOWN_ENGLISH: &str = "fell|fall|falls|fallen|falling|decrease|decreases|decreased|decreasing|reduce|\
            reduces|reduced|reducing|reduction|reductions|lower|lowers|lowered|lowering|down|\
            below|declined|decline|declines|declining|dropped|drop|drops|cut|cuts|cutting|less|\
            fewer|shrank|shrunk|shortened|smaller|shorter";
const DOWN_CHINESE: &str = "为低|為低|下降|减少|減少|降低|下滑|减至|減至|降至|低于|低於|缩减|縮減|少于|少於|下调|下調|\
            回落|缩短|縮短|降幅|下跌|削减|削減";
const DOWN_ENGLISH_IDLE: &str = "less than|no less|not less|fewer than|no fewer|laid down|lay down|lays down|\
            set down|break down|broken down|shut down|down to earth|no lower|not lower|\
            not below|nothing less|breaks down|written down|described below|cut off|cut out|\
            or less|or below|or fewer|see below|below zero|drop resistance|drop test|drop tests|\
            the table below|down payment|nonetheless|nevertheless";
const DOWN_CHINESE_IDLE: &str = "不低于|不低於|不少于|不少於";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_signs_share_out_what_answers_them() {
        let both =
            both(["not", ""], ["不", ""], &[("outside|except", "除"), ("outside|~drop*", "非|停")]);
        let [english, chinese] = &both;
        let left = |one: &str, other: &str| unmet(&english.signs(one), &chinese.signs(other));
        assert_eq!(left("outside", "非"), 0);
        assert_eq!(left("outside", "除"), 0);
        assert_eq!(left("outside except", "除非"), 0);
        assert_eq!(left("except outside", "非"), 1);
        assert_eq!(left("dropped", ""), 0);
        assert_eq!(unmet(&chinese.signs("停"), &english.signs("dropped")), 0);
        assert_eq!(left(&"outside ".repeat(100_000), &"非".repeat(100_000)), 100_000);
    }
}
