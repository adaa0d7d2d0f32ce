//! How much a sentence binds those who say it.
//!
//! **Invariant:** a word that may speak of what is to come without saying how much it binds only
//! keeps a rule from speaking.

use std::sync::LazyLock;

use crate::locale::Lang;

use crate::lint::rules::parity::lexicon::{
    Both, Groups, Sense, Sign, Words, both, join, lower, of,
};

/// How much a sentence binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Commitment {
    /// It may happen.
    May,
    /// It is tried.
    Aim,
    /// It is planned.
    Plan,
    /// It will happen.
    Will,
}

use Commitment::{Aim, May, Plan, Will};

const COMMITMENTS: [Commitment; 4] = [May, Aim, Plan, Will];

/// What a sentence says of what is to come.
pub struct Promise {
    /// Levels that it names for sure.
    pub levels: Vec<Commitment>,
    lang: Lang,
    text: String,
    /// Words that name the levels.
    signs: Vec<Sign>,
}

impl Promise {
    /// Reads a sentence.
    pub fn of(text: &str, lang: Lang) -> Self {
        let english = |text: &str| with_bans(&lower(&without_months(text)));
        let text = if lang.is_chinese() { with_future(text) } else { english(text) };
        let signs = of(&LEVELS, lang).kinds(&text);
        let levels = COMMITMENTS.into_iter().zip(&signs).filter(|(_, own)| !own.is_empty());
        let levels = levels.map(|(level, _)| level).collect();
        Self { levels, lang, text, signs: signs.concat() }
    }

    /// Other words that speak of what is to come. A word that names a level is no hint besides.
    fn hints(&self) -> Vec<Sign> {
        let inside =
            |at: usize| self.signs.iter().any(|s| (s.at..s.at + s.word.len()).contains(&at));
        let mut hints = of(&HINTS, self.lang).signs(&self.text);
        hints.retain(|hint| !inside(hint.at));
        hints
    }

    /// Whether nothing here can stand for a level that the other names. What the other says by a
    /// noun of its own, such as a target, is met by that noun.
    pub fn lacks(&self, other: &Promise) -> bool {
        if !self.levels.is_empty() || other.levels.is_empty() {
            return false;
        }
        let (own, others) = (self.hints(), other.hints());
        let number = |hints: &[Sign], group: usize| {
            hints.iter().filter(|sign| sign.sense == Sense::Weak(Groups::one(group))).count()
        };
        let excused = |level: &Commitment| {
            GROUPS.iter().enumerate().any(|(group, (_, _, levels))| {
                levels.contains(level) && number(&own, group) > number(&others, group)
            })
        };
        !other.levels.iter().any(excused)
    }
}

/// English without the names of months that are words of doubt.
fn without_months(text: &str) -> String {
    let text = text.trim_start();
    let month = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()) == "May";
    let words = text.split_whitespace().enumerate();
    let words = words.filter(|(at, word)| *at == 0 || !month(word)).map(|(_, word)| word);
    words.collect::<Vec<_>>().join(" ")
}

/// English in which `nobody may` stands as `nobody may not`: it forbids, and leaves nothing open.
fn with_bans(text: &str) -> String {
    const NOBODY: [&str; 6] = ["no", "nobody", "none", "neither", "nor", "never"];
    let mut out = String::new();
    let mut banned = false;
    for word in text.split_inclusive(' ') {
        let plain = word.trim_matches(|c: char| !c.is_alphanumeric());
        banned |= NOBODY.contains(&plain);
        out.push_str(word);
        if plain == "may" && banned {
            out.push_str("not ");
        }
        banned &= !word.trim_end().ends_with([',', ';', ':', '.']);
    }
    out
}

/// Chinese with `将` before a verb as `将会`, so that it promises; elsewhere it only leads an object.
fn with_future(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['将', '將']) {
        let (before, from) = rest.split_at(at);
        let mut signs = from.chars();
        let sign = signs.next().unwrap_or_default();
        let behind = signs.as_str();
        out.push_str(before);
        out.push(sign);
        let verb = VERBS.split('|').find(|verb| behind.starts_with(verb));
        let adverb = ADVERBS.split('|').find(|word| behind.starts_with(word));
        let clause = behind.split(['，', '。', '；', ',']).next().unwrap_or_default();
        let clause = verb.and_then(|verb| clause.strip_prefix(verb)).unwrap_or(clause);
        let leads = OBJECTS.split('|').any(|word| clause.contains(word));
        let future = adverb.is_some() || verb.is_some() && !leads;
        if future && !before.ends_with(['即', '必', '终', '終']) {
            out.push(if sign == '将' { '会' } else { '會' });
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// Words behind `将` that no object can begin with.
const ADVERBS: &str = "于|於|会|會|继续|繼續|进一步|進一步|持续|持續|不断|不斷|逐步|逐渐|逐漸|立即|尽快|盡快|陆续|陸續|优先|優先|\
    不再|不会|不會|积极|積極|努力|定期|分批|分阶段|分階段|视|視|考虑|考慮|通过|通過|根据|根據|按照|于|在|\
    导致|導致|面临|面臨|成为|成為|达到|達到|达|達";
/// Verbs behind `将`.
const VERBS: &str = "停止|投入|建立|增加|增设|增設|设立|設立|减少|減少|扩大|擴大|加大|优化|優化|推动|推動|推进|推進|\
    探索|采用|採用|引入|启动|啟動|建设|建設|建成|举办|舉辦|发布|發布|發佈|披露|提升|提高|降低|评估|評估|审查|審查|\
    制定|完善|深化|坚持|堅持|全面|更换|更換|取消|淘汰|实施|實施|委任|委聘|聘请|聘請|检讨|檢討|按|推出|开展|開展|\
    加强|加強|完成|实现|實現|更新|超过|超過|获得|獲得|每|重新|组织|組織|安排|邀请|邀請|扩展|擴展|延长|延長|上线|\
    上線|投产|投產|竣工|落成|动工|動工|试行|試行|推行|落实|落實|支持|协助|協助|配合|参与|參與|保持|维持|維持|\
    承担|承擔|遵守|严格|嚴格|作出|做出|采取|採取|寻求|尋求|恢复|恢復|分";
/// Words that make of `将 … ` a sentence about an object.
const OBJECTS: &str = "作为|作為|纳入|納入|列为|列為|列入|视为|視為|融入|转化|轉化|交由|用于|用於|设为|設為|放在|定为|\
    定為|与|與|从|從|由|至|到";

/// Words that name the levels, level by level.
static LEVELS: Both = LazyLock::new(|| join(COMMITMENTS.map(words)));

fn words(level: Commitment) -> [Words; 2] {
    match level {
        May => {
            let english = [
                "may|might|could possibly",
                "may not|in may|of may|since may|by may|until may|from may",
            ];
            let chinese = [
                "可能会|可能會|可能导致|可能導致|可能|或将|或將|或会|或會|也许|也許",
                "可能性|尽可能|盡可能|不可能|可能的话|可能的話",
            ];
            both(english, chinese, &[])
        }
        Aim => {
            let english = "aims to|aim to|aiming to|aimed to|aims for|aims at|strives to|strive to|seeks to|seek to|\
            endeavours to|endeavour to|hopes to|hope to";
            both([english, ""], ["力争|力爭|争取|爭取|致力于实现|致力於實現|力求", ""], &[])
        }
        Plan => {
            let english = "plans to|plan to|planned to|planning to|intends to|intend to|intended to|is planned|are planned";
            let chinese = "计划于|計劃於|计划在|計劃在|计划到|計劃到|集团计划|集團計劃|公司计划|公司計劃|我们计划|我們計劃|\
            并计划|並計劃|还计划|還計劃|亦计划|亦計劃|原计划|原計劃|打算|拟于|擬於|，计划|，計劃|拟在|擬在";
            both(
                [english, "action plan to|plan to be"],
                [chinese, "行动计划|行動計劃|计划书|計劃書"],
                &[],
            )
        }
        Will => {
            let english = "will|shall|undertakes to|undertake to|pledges to|pledged to|promises to|commits to|commit to|commits itself";
            let chinese = "将会|將會|承诺|承諾|会继续|會繼續|会进一步|會進一步|会不断|會不斷|会持续|會持續|会考虑|會考慮|\
            会定期|會定期|会尽快|會盡快";
            both(
                [english, "at will|good will|free will"],
                [
                    chinese,
                    "承诺书|承諾書|承诺函|承諾函|董事会|董事會|委员会|委員會|监事会|監事會|理事会|理事會|股东会|股東會|大会|大會|工会|工會|协会|協會|学会|學會|社会|社會",
                ],
                &[],
            )
        }
    }
}

static HINTS: Both = LazyLock::new(|| {
    let groups: Vec<(&str, &str)> = GROUPS.iter().map(|(one, two, _)| (*one, *two)).collect();
    both(["", ""], ["", HINTS_IDLE], &groups)
});

/// Words of one kind, in English and Chinese, with the levels that they may stand for.
type Group = (&'static str, &'static str, &'static [Commitment]);

const GROUPS: &[Group] = &[
    ("promise*|pledge*|undertak*|undertook|commit*", "承诺|承諾|保证|保證", &[Will, Aim]),
    (
        "target*|goal*|objective*|aim|aims|aimed|ambition*|vision",
        "目标|目標|愿景|願景|目的",
        &[Aim, Plan, Will],
    ),
    (
        "plan|plans|planned|planning|intend*|intent*|schedul*|propos*|prepar*",
        "计划|計劃|规划|規劃|拟|擬|打算|方案|筹备|籌備|准备|準備",
        &[Plan, Will],
    ),
    ("expect*|forecast*|predict*|anticipat*", "", &[Plan, Will, May]),
    ("", "预计|預計|预期|預期|预测|預測", &[Plan, Will, May]),
    ("must|should|required|ensure*", "", &[Will]),
    ("", "须|須|应|應|必|要|确保|確保|力争|力爭|争取|爭取", &[Will]),
    (
        "can|could|possib*|potential*|likely|likelihood|risk*|permit*|allow*|eligible|entitled|if",
        "",
        &[May],
    ),
    ("", "得|或|能|许|許|准|準|风险|風險|若|如|有机会|有機會|潜在|潛在", &[May]),
    ("would", "", &[May, Plan, Will]),
    ("", "可", &[May, Plan, Will]),
    (
        "effort*|endeavour*|strive*|striving|seek*|meant|hope*|work to|works to|working to|so as to|\
            in order to|want*|try|tries|trying|aspir*|pursu*",
        "努力|旨在|致力|希望|追求|期望|志在|以求|务求|務求|冀|矢志|锐意|銳意",
        &[Aim],
    ),
    (
        "is to|are to|to be|going to|upcoming|coming|next|due|until|once|ahead|set to",
        "",
        &[Will, Plan],
    ),
    (
        "",
        "将|將|会|會|未来|未來|后续|後續|下一|届时|屆時|即|待|才|则|則|何时|何時|使|让|讓",
        &[Will, Plan],
    ),
];

const HINTS_IDLE: &str = "委员会|委員會|社会|社會|会议|會議|董事会|董事會|机会|機會|协会|協會|大会|大會|供应|供應|响应|響應|\
    应用|應用|相应|相應|适应|適應|效应|效應|对应|對應|主要|重要|要求|要素|必要|可再生|可持续|可持續|可靠|许可|許可|认可|\
    認可|可见|可見|使用|使命|天使|工会|工會|会员|會員|峰会|峰會|会计|會計|管治|取得|获得|獲得|得到|得分|应急|應急|应对|\
    應對|能源|能耗|节能|節能|性能|智能|功能|能力|产能|產能|能效|职能|職能|或者|准则|準則|标准|標準|准确|準確|即将|即將|立即|\
    如下|例如|才能|人才|规则|規則|原则|原則|将军|可比";
