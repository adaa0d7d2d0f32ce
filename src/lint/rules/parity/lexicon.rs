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

/// Words of a language: those that are counted, and longer ones that hold them and are not.
pub struct Words {
    words: Prefixes<&'static str, Meaning>,
    lang: Lang,
}

/// What a word is a sign of.
#[derive(Clone, Copy)]
struct Meaning {
    /// Whether any letters may follow.
    open: bool,
    sense: Sense,
}

/// What a word means. Among words of one length the first counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// Something else.
    Idle,
    /// It, for sure.
    Sure,
    /// Perhaps it: one of a group of words, of which the other language has its own.
    Weak(usize),
}

impl Words {
    /// Words parted by `|`: sure signs, idioms that hold a sign and are none, and groups of weak
    /// signs. `*` at the end of a word stands for any letters.
    pub fn new(lang: Lang, sure: &'static str, idle: &'static str, weak: &[&'static str]) -> Self {
        let weak = weak.iter().enumerate().map(|(group, words)| (*words, Sense::Weak(group)));
        let lists = [(idle, Sense::Idle), (sure, Sense::Sure)].into_iter().chain(weak);
        let words = lists.flat_map(|(words, sense)| {
            words.split('|').map(move |word| {
                let stem = word.trim_end_matches('*');
                let open = stem.len() < word.len() || lang.is_chinese();
                (stem, Meaning { open, sense })
            })
        });
        Self { words: Prefixes::new(words.collect()), lang }
    }

    /// The signs of a text in order, idioms left out. English is given in lower case.
    pub fn signs(&self, text: &str) -> Vec<Sign> {
        let mut found = Vec::new();
        let (mut end, mut before) = (0, ' ');
        for (at, first) in text.char_indices() {
            let inside = !self.lang.is_chinese() && is_letter(before);
            before = first;
            if at < end || inside {
                continue;
            }
            let rest = text.get(at..).unwrap_or_default();
            let mut words = self.words.of(rest);
            let word = words.find(|(stem, meaning)| meaning.open || ends(rest, stem));
            if let Some((word, meaning)) = word {
                end = at + word.len();
                found.push(Sign { at, word, sense: meaning.sense });
            }
        }
        found.retain(|sign| sign.sense != Sense::Idle);
        found
    }

    /// How many sure signs a text has.
    pub fn count(&self, text: &str) -> usize {
        let signs = self.signs(&lower(text));
        signs.iter().filter(|sign| sign.sense == Sense::Sure).count()
    }
}

/// Whether no letter follows a word that a text starts with.
fn ends(text: &str, word: &str) -> bool {
    let rest = text.get(word.len()..).unwrap_or_default();
    !rest.starts_with(|c: char| c.is_alphabetic())
}

/// A text in the form in which words are looked for.
pub fn lower(text: &str) -> String {
    text.to_lowercase().replace('’', "'")
}

/// How many weak signs of one text are not met by one of the same group in the other: what the one
/// says by them the other says by them too, so that they speak for nothing else.
pub fn unmet(own: &[Sign], other: &[Sign]) -> usize {
    let count = |signs: &[Sign]| {
        let mut groups: BTreeMap<usize, usize> = BTreeMap::new();
        for sign in signs {
            if let Sense::Weak(group) = sign.sense {
                *groups.entry(group).or_default() += 1;
            }
        }
        groups
    };
    let others = count(other);
    let left = count(own)
        .into_iter()
        .map(|(group, own)| own.saturating_sub(others.get(&group).copied().unwrap_or_default()));
    left.sum()
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

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '-'
}

/// Words for going up, or being above.
pub fn upward(lang: Lang) -> &'static Words {
    static WORDS: Both =
        LazyLock::new(|| both([UP_ENGLISH, UP_ENGLISH_IDLE], [UP_CHINESE, UP_CHINESE_IDLE], &[]));
    of(&WORDS, lang)
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

/// Words for going down, or being below.
pub fn downward(lang: Lang) -> &'static Words {
    static WORDS: Both = LazyLock::new(|| {
        both([DOWN_ENGLISH, DOWN_ENGLISH_IDLE], [DOWN_CHINESE, DOWN_CHINESE_IDLE], &[])
    });
    of(&WORDS, lang)
}

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
