//! Whether one sentence denies what another says.
//!
//! **Invariant:** where the signs can be read both ways, nothing is said.

use std::ops::Range;
use std::sync::LazyLock;

use crate::locale::Lang;

use crate::lint::rules::parity::clauses::{clauses, side_by_side};
use crate::lint::rules::parity::lexicon::{Both, Sense, Sign, both, lower, of, unmet};

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
    Side::of(text, lang).sure().next().is_some()
}

/// How far the shares of two clauses in their sentences may lie apart, in thousandths.
const APART: usize = 80;

/// Compares two sentences.
pub fn denies(first: (&str, Lang), second: (&str, Lang)) -> Option<Denies> {
    let (a, b) = (Side::of(first.0, first.1), Side::of(second.0, second.1));
    if a.exceeds(&b) || a.repeats(&b) {
        Some(Denies::First)
    } else if b.exceeds(&a) || b.repeats(&a) {
        Some(Denies::Second)
    } else {
        by_clause(&a, &b)
    }
}

/// A sentence with its signs of negation.
struct Side {
    lang: Lang,
    text: String,
    signs: Vec<Sign>,
}

impl Side {
    fn of(text: &str, lang: Lang) -> Self {
        let text = lower(text);
        let mut signs = of(&WORDS, lang).signs(&text);
        signs.extend(zeros(&text));
        Self { lang, text, signs }
    }

    fn part(&self, range: &Range<usize>) -> Self {
        Self::of(self.text.get(range.clone()).unwrap_or_default(), self.lang)
    }

    fn sure(&self) -> impl Iterator<Item = &Sign> {
        self.signs.iter().filter(|sign| sign.sense == Sense::Sure)
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
            || length <= 1
            || length <= 14 && between.contains('、') && !between.contains('，')
    }

    /// Whether it denies more often than the other does, however the other is read.
    fn exceeds(&self, other: &Side) -> bool {
        self.fewest() > other.sure().count() + unmet(&other.signs, &self.signs)
    }

    /// Whether it denies two things where the other only denies the second, with the word `also`.
    fn repeats(&self, other: &Side) -> bool {
        let mut signs = other.sure();
        let (first, single) = (signs.next(), signs.next().is_none());
        let also = first.is_some_and(|sign| {
            let before = other.text.get(..sign.at).unwrap_or_default();
            before.ends_with(['也', '亦', '又'])
        });
        also && single && self.sure().count() >= 2 && unmet(&other.signs, &self.signs) == 0
    }
}

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
fn by_clause(a: &Side, b: &Side) -> Option<Denies> {
    let plain = |side: &Side| side.sure().filter(|sign| sign.word != "nor").count();
    let (more, less, found) = match plain(a).cmp(&plain(b)) {
        std::cmp::Ordering::Greater => (a, b, Denies::First),
        std::cmp::Ordering::Less => (b, a, Denies::Second),
        std::cmp::Ordering::Equal => return None,
    };
    let (own, others) = (clauses(&more.text, more.lang), clauses(&less.text, less.lang));
    if own.len().min(others.len()) < 2 {
        return None;
    }
    let beside = side_by_side(&more.text, &own, &less.text, &others, APART);
    let lacks = |(one, two): &(Range<usize>, Range<usize>)| {
        plain(&more.part(one)) > 0 && less.part(two).signs.is_empty()
    };
    beside.iter().any(lacks).then_some(found)
}

static WORDS: Both =
    LazyLock::new(|| both([ENGLISH, ENGLISH_IDLE], [CHINESE, CHINESE_IDLE], GROUPS));

const ENGLISH: &str = "not|no|never|nor|neither|none|nobody|nothing|cannot|without|don't|doesn't|didn't|\
    isn't|aren't|wasn't|weren't|won't|can't|couldn't|wouldn't|shouldn't|hasn't|haven't|hadn't|nowhere";
const ENGLISH_IDLE: &str = "or not|without one|not only|not just|not merely|not necessarily|not less than|not fewer than|\
    not more than|not below|not exceed|not exceeding|no less than|no fewer than|no more than|\
    no later than|not later than|not earlier than|no lower than|no higher than|not lower than|\
    not higher than|not be less than|not be lower than|not be below|not be more than|\
    not be higher than|no.|no doubt|no less|no fewer|no lower|no higher|no more|under*|unit*|\
    union*|uni*|unless|until|various";
const CHINESE: &str = "不|未|没有|沒有|并无|並無|尚无|尚無|暂无|暫無|均无|均無|概无|概無|无须|無須|无需|\
    無需|无法|無法|无任何|無任何|无重大|無重大|亦无|亦無|也无|也無|而无|而無|再无|再無|\
    并非|並非|而非|不得|从不|從不|切勿|请勿|請勿|从未|從未|尚未|并未|並未|无从|無從|\
    毫无|毫無|不含|不再";
const CHINESE_IDLE: &str = "不断|不斷|不仅|不僅|不但|不少|不低于|不低於|不高于|不高於|不超过|不超過|不少于|\
    不少於|不小于|不小於|不大于|不大於|不多于|不多於|不晚于|不晚於|不迟于|不遲於|不锈|\
    不鏽|不动产|不動產|不久|不过|不過|不乏|不懈|不妨|不可避免|不可或缺|缺一不可|不遗余力|\
    不遺餘力|不失|不约而同|不約而同|未来|未來|未必|非常|非洲|无人机|無人機|无线|無線|无锡|\
    无害|無害|无障碍|無障礙|无论|無論|减少|減少|至少|最少|多少|缺省|缺陷|没收|沒收|\
    不得超过|不得超過|不应超过|不應超過|不能超过|不能超過|不宜超过|不宜超過|不得低于|\
    不得低於|不应低于|不應低於|不能低于|不能低於|不得少于|不得少於|不应少于|不應少於|\
    不得高于|不得高於|不应高于|不應高於|不得迟于|不得遲於|不得晚于|不得晚於|待遇|招待|\
    接待|等待|对待|對待|看待|不遵守就解释|不遵守就解釋|除以|除了|是否|能否|可否|有无|有無|\
    免费|免費|只要|空调|空調|停车|停車|策略|战略|戰略|侵略|不得不|难民|難民|灾难|災難|\
    困难|困難|防火|消防|预防|預防|防护|防護|防水|避雷|减免|減免|可再生";

/// The group of zero below.
const ZERO: usize = 5;

/// Words that may deny, in English and Chinese: those of a group say the same.
const GROUPS: &[(&str, &str)] = &[
    ("only|alone|solely|merely|purely", "只|仅|僅|唯"),
    (
        "except*|exclud*|exclusi*|exempt*|outside|beyond|other than|apart from",
        "除|之外|以外|例外|剔除|豁免",
    ),
    (
        "stop|stops|stopped|stopping|ceas*|halt*|terminat*|discontinu*|ended|ending|phase out|\
            phased out|phasing out|suspen*",
        "停|终止|終止|中止|淘汰|取消",
    ),
    (
        "avoid*|prevent*|guard against|deter|spare*|so that no",
        "避免|避|免受|免遭|免除|以免|防止|防范|防範|杜绝|杜絕",
    ),
    ("refus*|reject*|declin*|deny|denied|denies", "拒|驳回|駁回"),
    ("zero|nil", "零"),
    (
        "lack*|absen*|missing|shortage*|short of|scarc*|insufficien*|inadequa*|devoid|few|little|\
            hardly|scarcely|barely|rarely|seldom",
        "缺|少|不足|鲜|鮮|罕|不够|不夠|匮乏|匱乏",
    ),
    ("ban|bans|banned|banning|prohibit*|forbid*|bar|barred", "禁|勿|莫"),
    (
        "fail*|miss|missed|misses|overdue|yet to|have yet|has yet|pending|await*|outstanding",
        "待|逾期|失败|失敗",
    ),
    (
        "differ*|unlike|var*",
        "差别|差別|差异|差異|不同|不相同|不尽相同|不盡相同|不一|不一致|有别|有別",
    ),
    ("free|clear of|clean of|waiv*|do without|doing without", "免"),
    ("omit*|omission*|leave out|leaves out|left out|silent", "漏|略|遗漏|遺漏"),
    (
        "un*|non*|illegal*|illicit*|improper*|impossib*|imperfect*|inabil*|inaccura*|inappropria*|\
            incapab*|incomplet*|inconsisten*|incorrect*|ineffect*|inefficien*|ineligib*|insecur*|\
            instab*|invalid*|invisib*|irregular*|irrespons*|irreversib*|irrelevan*|disagree*|\
            dissatisf*|disadvantag*|disregard*|disqualif*|dishonest*|disproportion*|mislead*|\
            misconduct|misuse*|misstate*|hard to|difficult*",
        "非|无|無|不良|不当|不當|不利|不确定|不確定|不可抗力|不合格|不符|不便|不端|不公|不实|\
            不實|不限|不等|不明|不到|不正当|不正當|不合规|不合規|不规范|不規範|不连续|不連續|\
            不合理|不稳|不穩|不均|不平等|不安全|不定期|不易|不必要|没|沒|难|難|弱势|弱勢|违规|\
            違規|违法|違法",
    ),
    (
        "regardless|irrespective|whatever|independent of|rather|instead|otherwise",
        "不论|不論|不管|不分|否则|否則|反之|否",
    ),
    (
        "keep*|remain*|stay*|constant|stable|same as|that of the|those of the|identical",
        "不变|不變|并无变动|並無變動|并无变化|並無變化|没有变动|沒有變動|没有变化|沒有變化|\
            无变动|無變動|无变化|無變化|无重大变动|無重大變動|无重大变化|無重大變化|\
            没有重大变动|沒有重大變動|没有重大变化|沒有重大變化",
    ),
    ("invent*|fictitious*|fictional|imaginary|made up", "虚构|虛構|杜撰"),
    ("empty|blank|vacan*", "空白|空缺"),
    ("wrong*|mistak*", "误|誤"),
    ("minor|minors|underage", "未成年"),
    ("under the age|under age|below the age|younger", "未满|未滿"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn told(chinese: &str, english: &str) -> Option<Denies> {
        denies((chinese, Lang::ZhHans), (english, Lang::En))
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
