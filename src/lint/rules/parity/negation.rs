//! Whether one sentence denies what another says.
//!
//! **Invariant:** where the signs can be read both ways, nothing is said.

use std::cell::OnceCell;
use std::ops::Range;

use crate::locale::Lang;

use crate::lint::rules::parity::clauses::{clauses, side_by_side};
use crate::lint::rules::parity::denials::{FIRMLY, REQUIRING, WORDS, ZERO};
use crate::lint::rules::parity::lexicon::{Groups, Sense, Sign, lower, of, unmet};

/// Which of two sentences denies something that the other does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denies {
    /// The first.
    First,
    /// The second.
    Second,
}

/// Whether a text denies anything.
pub fn is_negative(text: &str, lang: Lang) -> bool {
    Side::of(text, lang, &|| text.to_owned()).sure().next().is_some()
}

/// How far the shares of two clauses in their sentences may lie apart, in thousandths: where a list may
/// be denied once for all, and where only a weak sign elsewhere could stand for what is lacking.
const APART: [usize; 2] = [80, 150];

/// A sentence with what stands around it, where a translator may have moved a word.
pub struct Passage<'a> {
    /// Language.
    pub lang: Lang,
    /// The sentence.
    pub text: &'a str,
    /// The sentence with those before and behind, which hardly a pair of sentences needs.
    pub around: &'a dyn Fn() -> String,
}

/// Compares two sentences.
pub fn denies(first: &Passage<'_>, second: &Passage<'_>) -> Option<Denies> {
    let (a, b) = (Side::new(first), Side::new(second));
    // Most sentences deny nothing in either language.
    if a.is_plain() && b.is_plain() {
        return None;
    }
    let more =
        |one: &Side, other: &Side| one.exceeds(other) || one.repeats(other) || one.begins(other);
    if more(&a, &b) {
        Some(Denies::First)
    } else if more(&b, &a) {
        Some(Denies::Second)
    } else if a.is_firm_against(&b) {
        Some(Denies::First)
    } else if b.is_firm_against(&a) {
        Some(Denies::Second)
    } else {
        by_clause(&a, &b)
    }
}

/// A sentence with its signs of negation.
struct Side<'a> {
    lang: Lang,
    text: String,
    signs: Vec<Sign>,
    firm: OnceCell<Vec<Vec<Sign>>>,
    /// What stands around it, and its signs.
    near: &'a dyn Fn() -> String,
    around: OnceCell<Vec<Sign>>,
}

impl<'a> Side<'a> {
    fn new(passage: &Passage<'a>) -> Self {
        Self::of(passage.text, passage.lang, passage.around)
    }

    fn of(text: &str, lang: Lang, near: &'a dyn Fn() -> String) -> Self {
        let text = plain(text, lang);
        let signs = signs(&text, lang);
        Self { lang, text, signs, firm: OnceCell::new(), near, around: OnceCell::new() }
    }

    fn part(&self, range: &Range<usize>) -> Self {
        Self::of(self.text.get(range.clone()).unwrap_or_default(), self.lang, self.near)
    }

    /// Firm words and what says the contrary of them, kind by kind.
    fn firm(&self) -> &[Vec<Sign>] {
        self.firm.get_or_init(|| of(&FIRMLY, self.lang).kinds(&self.text))
    }

    /// Signs of what stands around it.
    fn around(&self) -> &[Sign] {
        self.around.get_or_init(|| signs(&plain(&(self.near)(), self.lang), self.lang))
    }

    fn sure(&self) -> impl Iterator<Item = &Sign> {
        self.signs.iter().filter(|sign| sign.sense == Sense::Sure)
    }

    /// Whether it has neither a sure sign nor a firm word, which is a sign too.
    fn is_plain(&self) -> bool {
        self.sure().next().is_none() && (self.signs.is_empty() || self.denials() == 0)
    }

    /// How many words deny, `nor` left out, which is at home in a denial.
    fn denials(&self) -> usize {
        let firm = self.firm().iter().flatten().filter(|sign| sign.sense != Sense::Sure);
        self.sure().filter(|sign| sign.word != "nor").count() + firm.count()
    }

    /// How often it denies at least: what is listed may be denied once for all in the other language.
    fn fewest(&self) -> usize {
        let mut count = 0;
        let mut before: Option<&Sign> = None;
        for sign in self.sure() {
            let listed = before.is_some_and(|before| self.lists(before, sign));
            count += usize::from(!listed);
            before = Some(sign);
        }
        count
    }

    /// Whether a sign only goes on with the one before: `no A, no B and no C`, `不出租、不出售`.
    fn lists(&self, before: &Sign, sign: &Sign) -> bool {
        let between = self.text.get(before.at + before.word.len()..sign.at).unwrap_or_default();
        let between = between.trim_end();
        if !self.lang.is_chinese() {
            let joined = [",", " and", " or"].iter().any(|word| between.ends_with(word));
            return sign.word == "nor" || sign.word == "no" && before.word == "no" && joined;
        }
        const JOINING: [&str; 14] =
            ["、", "，", "亦", "也", "又", "和", "或", "且", "并", "並", "及", "从", "從", "而"];
        let joined = JOINING.iter().any(|word| between.ends_with(word));
        let length = between.chars().count();
        joined && !between.contains(['；', '。', '：'])
            || length <= 1 && !between.starts_with(PREPOSITIONS)
            || length <= 14 && between.contains('、') && !between.contains('，')
    }

    /// Whether it denies more often than the other does, however the other is read.
    fn exceeds(&self, other: &Side<'_>) -> bool {
        self.fewest() > other.sure().count() + unmet(&other.signs, &self.signs)
            && !self.requires(other)
    }

    /// Whether it only denies twice what the other requires: `未经批准不得转包` needs approval.
    fn requires(&self, other: &Side<'_>) -> bool {
        let signs: Vec<&Sign> = self.sure().collect();
        let [first, second] = signs.as_slice() else { return false };
        let at = |sign: &Sign| self.text.get(sign.at..).unwrap_or_default();
        let twice = if self.lang.is_chinese() {
            let lacking = [
                "未经",
                "未經",
                "未获",
                "未獲",
                "未得",
                "未通过",
                "未通過",
                "未取得",
                "没有",
                "沒有",
            ];
            let barring = ["不得", "不能", "不可", "不予", "不准", "不會", "不会", "不应", "不應"];
            lacking.iter().any(|word| at(first).starts_with(word))
                && barring.iter().any(|word| at(second).starts_with(word))
        } else {
            second.word == "without"
        };
        let [english, chinese] = REQUIRING;
        let words = if other.lang.is_chinese() { chinese } else { english };
        twice && other.sure().next().is_none() && words.iter().any(|word| other.text.contains(word))
    }

    /// Whether it denies two things where the other only denies one of them, joined by `也` to what
    /// must be denied as well. A list that the other denies once may be `neither A nor B`.
    fn repeats(&self, other: &Side<'_>) -> bool {
        let mut signs = other.sure();
        let (first, single) = (signs.next(), signs.next().is_none());
        let neither = self.sure().any(|sign| sign.word == "neither");
        let also = first.is_some_and(|sign| {
            let (before, behind) = other.text.split_at_checked(sign.at).unwrap_or_default();
            let clause = behind.split(['，', '；', '。']).next().unwrap_or_default();
            let listed = clause.contains(['和', '与', '與', '或', '及', '、']);
            let joined = ["，也", "，亦", "；也", "；亦"].iter().any(|word| behind.contains(word));
            (before.ends_with(['也', '亦', '又']) || joined) && !(neither && listed)
        });
        also && single && self.sure().count() >= 2 && unmet(&other.signs, &self.signs) == 0
    }

    /// Whether it denies two things where the other begins with `nor`, which goes on with a denial that
    /// is not there.
    fn begins(&self, other: &Side<'_>) -> bool {
        let mut signs = other.sure().peekable();
        let lone = signs.peek().is_some() && signs.all(|sign| sign.word == "nor");
        lone && self.sure().count() >= 2 && unmet(&other.signs, &self.signs) == 0
    }

    /// Whether it has a firm word where the other, which has none, says the contrary.
    fn is_firm_against(&self, other: &Side<'_>) -> bool {
        if other.sure().next().is_some() || unmet(&other.signs, &self.signs) > 0 {
            return false;
        }
        let firm = |sign: &&Sign| sign.sense != Sense::Sure;
        let contrary = |signs: &[Sign]| signs.len() - signs.iter().filter(firm).count();
        let mut kinds = self.firm().iter().zip(other.firm());
        kinds.any(|(own, others)| {
            contrary(others) > contrary(own)
                && contrary(others) == others.len()
                && own.iter().filter(firm).any(|sign| self.is_unanswered(sign, other))
        })
    }

    /// Whether the other has no word of the groups of a firm word.
    fn is_unanswered(&self, firm: &Sign, other: &Side<'_>) -> bool {
        let overlaps = |sign: &&Sign| {
            sign.at < firm.at + firm.word.len() && firm.at < sign.at + sign.word.len()
        };
        let groups = self.signs.iter().filter(overlaps).map(|sign| sign.sense.groups());
        let groups = groups.fold(Groups::default(), Groups::and);
        groups != Groups::default()
            && !other.around().iter().any(|sign| sign.sense.groups().meets(groups))
    }

    /// Whether a clause may only say when or where the rest of the sentence is so.
    fn is_adverbial(&self, range: &Range<usize>) -> bool {
        let at = |range: Range<usize>| self.text.get(range).unwrap_or_default();
        let (words, behind) = (at(range.clone()), at(range.end..self.text.len()));
        if !self.lang.is_chinese() {
            // Only at a verb is a sentence parted before `and`.
            let joined = words.starts_with("and ") || behind.starts_with("and ");
            let words = words.trim_start_matches([' ', ',']).trim_start_matches("and ");
            let mut words = words.split(|c: char| !c.is_alphabetic()).peekable();
            let subject = words.peek().is_some_and(|word| ASKING.contains(word));
            return subject || !joined && !words.any(|word| VERBS.contains(&word));
        }
        let words = words.trim_end_matches(|c: char| !c.is_alphanumeric());
        words.starts_with(OPENING) || words.ends_with(CLOSING)
    }

    /// Whether a clause denies what a clause of the other does not. A list may be denied once for all in
    /// any clause but an adverbial.
    fn lacks(&self, one: &Range<usize>, other: &Side<'_>, two: &Range<usize>) -> bool {
        let (own, others) = (self.part(one), other.part(two));
        let plain = own.sure().any(|sign| sign.word != "nor");
        let plain = plain && others.sure().next().is_none() && own.exceeds(&others);
        let listed = !plain || self.fewest() < self.sure().count();
        (plain || own.is_firm_against(&others)) && !(listed && other.is_adverbial(two))
    }
}

/// A text in the form in which signs are looked for.
fn plain(text: &str, lang: Lang) -> String {
    let text = lower(text);
    if lang.is_chinese() { text } else { text.replace("-free", " free") }
}

/// The signs of negation of such a text.
fn signs(text: &str, lang: Lang) -> Vec<Sign> {
    let mut signs = of(&WORDS, lang).signs(text);
    signs.extend(zeros(text));
    signs
}

/// Verbs by which an English clause is told from an adverbial.
const VERBS: [&str; 44] = [
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "has",
    "have",
    "had",
    "do",
    "does",
    "did",
    "may",
    "must",
    "can",
    "will",
    "shall",
    "should",
    "would",
    "could",
    "might",
    "shows",
    "contains",
    "says",
    "gives",
    "includes",
    "requires",
    "provides",
    "publishes",
    "discloses",
    "explains",
    "accepts",
    "allows",
    "permits",
    "pays",
    "takes",
    "makes",
    "keeps",
    "holds",
    "employs",
    "owns",
    "supports",
    "produces",
    "sells",
];

/// Words that make of a clause a subject, of which the next clause may say that it is not so.
const ASKING: [&str; 6] = ["how", "which", "what", "whether", "who", "whose"];

/// Characters with which Chinese adverbials open and close.
const OPENING: [char; 21] = [
    '在', '于', '於', '除', '如', '若', '当', '當', '对', '對', '随', '隨', '按', '截', '根', '就',
    '自', '为', '為', '与', '與',
];
const CLOSING: [char; 16] = [
    '时', '時', '后', '後', '间', '間', '来', '來', '前', '内', '內', '中', '上', '下', '年', '月',
];

/// Words after which a second sign belongs to another phrase: `不向不……者提供`.
const PREPOSITIONS: [char; 14] =
    ['向', '对', '對', '从', '從', '以', '为', '為', '把', '将', '將', '由', '与', '與'];

/// Zeros that stand alone, which say that there is none.
fn zeros(text: &str) -> impl Iterator<Item = Sign> {
    let number = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || c == '.' || c == ',');
    let alone = text.match_indices('0').filter(move |(at, _)| {
        let before = text.get(..*at).and_then(|text| text.chars().next_back());
        let mut behind = text.get(at + 1..).unwrap_or_default().chars();
        let next = behind.next();
        let digits = number(next) && behind.next().is_some_and(|c| c.is_ascii_digit());
        !number(before) && !digits && !next.is_some_and(|c| c.is_ascii_digit())
    });
    alone.map(|(at, _)| Sign { at, word: "0", sense: Sense::Weak(ZERO) })
}

/// Clauses that stand for each other beyond doubt, where one sentence has more signs than the other.
fn by_clause(a: &Side<'_>, b: &Side<'_>) -> Option<Denies> {
    let (more, less, found) = match a.denials().cmp(&b.denials()) {
        std::cmp::Ordering::Greater => (a, b, Denies::First),
        std::cmp::Ordering::Less => (b, a, Denies::Second),
        std::cmp::Ordering::Equal => return None,
    };
    let (own, others) = (clauses(&more.text, more.lang), clauses(&less.text, less.lang));
    if own.len().min(others.len()) < 2 {
        return None;
    }
    let [near, far] = APART;
    let listed = more.fewest() <= less.sure().count();
    let laid = |apart| side_by_side(&more.text, &own, &less.text, &others, apart);
    // What is denied ends with its clause: a clause behind it is not denied along with it.
    let last = less.sure().last().map_or(0, |sign| sign.at);
    let alone = |(_, two): &&(Range<usize>, Range<usize>)| !listed || two.start > last;
    let lacks = |(one, two): &(Range<usize>, Range<usize>)| more.lacks(one, less, two);
    (laid(near).iter().any(lacks) || laid(far).iter().filter(alone).any(lacks)).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(chinese: &str, english: &str) -> Option<Denies> {
        let around = (|| chinese.to_owned(), || english.to_owned());
        let first = Passage { lang: Lang::ZhHans, text: chinese, around: &around.0 };
        denies(&first, &Passage { lang: Lang::En, text: english, around: &around.1 })
    }

    #[test]
    fn what_both_deny_is_no_finding() {
        for (chinese, english) in [
            ("集团没有列出人数和比例。", "The Group gives neither the number nor the share."),
            ("没有重大事故，没有处罚。", "There was no accident, no death and no penalty."),
            ("承诺不出租、不出售数据。", "It promises not to rent or sell data."),
            ("不含电池。", "Batteries are excluded."),
            ("禁止强迫劳动", "No forced labour"),
            ("避免员工与车辆交叉。", "so that staff and cars do not cross."),
            ("工作场所没有歧视。", "The workplace is free of discrimination."),
            ("所载人物及数字均属虚构。", "Its people and figures do not exist."),
            ("与上年度相比，汇报范围并无变动。", "The boundary is that of the year before."),
        ] {
            assert_eq!(told(chinese, english), None, "{chinese}");
        }
    }

    #[test]
    fn what_one_denies_is_found() {
        for (chinese, english, side) in [
            ("以前年度没有板块数字。", "Earlier years are split by segment.", Denies::First),
            ("薪资不因性别而有差别。", "Pay does differ by gender.", Denies::First),
            (
                "有解释A，也没有列出B。",
                "It does not explain A, nor does it give B.",
                Denies::Second,
            ),
            (
                "往年没有板块数字，来源报告也没有解释原因。",
                "earlier years are not split by segment, and the report does explain the increase.",
                Denies::First,
            ),
        ] {
            assert_eq!(told(chinese, english), Some(side), "{chinese}");
        }
    }
}
