//! Words that deny, in English and Chinese.
//!
//! **Invariant:** a group of weak signs holds words of both languages that translate each other.

use std::sync::LazyLock;

use crate::lint::rules::parity::lexicon::{Both, Groups, both, join};

/// Signs of negation.
pub static WORDS: Both =
    LazyLock::new(|| both([ENGLISH, ENGLISH_IDLE], [CHINESE, CHINESE_IDLE], GROUPS));

/// Firm words, each kind as weak signs with what says the contrary as sure ones.
pub static FIRMLY: Both = LazyLock::new(|| {
    let kinds = FIRM.iter().map(|[english, chinese]| {
        let ([firm, contrary, idle], [firmly, against, idly]) = (*english, *chinese);
        both([contrary, idle], [against, idly], &[(firm, firmly)])
    });
    join(kinds)
});

const ENGLISH: &str = "not|no|never|nor|neither|none|nobody|nothing|cannot|without|don't|doesn't|didn't|\
    isn't|aren't|wasn't|weren't|won't|can't|couldn't|wouldn't|shouldn't|hasn't|haven't|hadn't|nowhere|\
    fail to|fails to|failed to|failing to|failure to|miss the deadline|misses the deadline|missed the deadline|miss the target|\
    misses the target|missed the target|behind schedule";
const ENGLISH_IDLE: &str = "or not|without one|not only|not just|not merely|not necessarily|not less than|not fewer than|\
    not more than|not below|not exceed|not exceeding|no less than|no fewer than|no more than|\
    no later than|not later than|not earlier than|no lower than|no higher than|not lower than|\
    not higher than|not be less than|not be lower than|not be below|not be more than|\
    not be higher than|no.|no doubt|no less|no fewer|no lower|no higher|no more|under*|unit*|\
    union*|uni*|unless|until|un|unesco|unicef|unep|undp|unfccc|ungc|unlock*|unveil*|unfold*|uncover*|unanim*|nonetheless|\
    never fail to|never fails to|never failed to|not fail to|cannot fail to|\
    a few|a little|free of charge|unless otherwise|late in|late 20*|of late|as late";
const CHINESE: &str = "不|未|没有|沒有|并无|並無|尚无|尚無|暂无|暫無|均无|均無|概无|概無|无须|無須|无需|\
    無需|无法|無法|无任何|無任何|无重大|無重大|亦无|亦無|也无|也無|而无|而無|再无|再無|\
    并非|並非|而非|不得|从不|從不|切勿|请勿|請勿|从未|從未|尚未|并未|並未|无从|無從|\
    毫无|毫無|不含|不再";
const CHINESE_IDLE: &str = "不断|不斷|不时|不時|不仅|不僅|不但|不少|不低于|不低於|不高于|不高於|不超过|不超過|未超过|未超過|没有超过|沒有超過|不少于|\
    不少於|不小于|不小於|不大于|不大於|不多于|不多於|不晚于|不晚於|不迟于|不遲於|不锈|\
    不鏽|不动产|不動產|不久|不过|不過|不乏|不懈|不妨|不可避免|不可或缺|缺一不可|不遗余力|\
    不遺餘力|不失|不约而同|不約而同|未来|未來|未必|非常|非洲|无人机|無人機|无线|無線|无锡|\
    无害|無害|无障碍|無障礙|减少|減少|至少|最少|多少|缺省|缺陷|没收|沒收|\
    不得超过|不得超過|不应超过|不應超過|不能超过|不能超過|不宜超过|不宜超過|不得低于|\
    不得低於|不应低于|不應低於|不能低于|不能低於|不得少于|不得少於|不应少于|不應少於|\
    不得高于|不得高於|不应高于|不應高於|不得迟于|不得遲於|不得晚于|不得晚於|待遇|招待|\
    接待|等待|对待|對待|看待|不遵守就解释|不遵守就解釋|除以|除了|是否|能否|可否|有无|有無|\
    只要|空调|空調|停车|停車|策略|战略|戰略|侵略|不得不|难民|難民|灾难|災難|\
    防火|消防|防水|避雷|减免|減免|可再生|从不断|從不斷|\
    也无论|也無論|亦无论|亦無論|而无论|而無論|从无到有|從無到有|有没有|有沒有|是不是|\
    会不会|會不會|能不能|除非|除另有|除特别|除特別|二零|零一|零二|零三|零四|零五|零六|零七|零八|零九|零售|零部件|\
    零件|零食|零星|零散|零下|虐待|期待|善待|优待|優待|停靠|停泊|停留|停放|青少年|少年|\
    少数民族|少數民族|非凡|非遗|非遺|是非";

/// The group of zero below.
pub const ZERO: Groups = Groups::one(5);

/// Words that may deny, in English and Chinese: those of a group say the same, and a word may stand in
/// several. One after `~` only answers those of its group: by itself it denies nothing.
const GROUPS: &[(&str, &str)] = &[
    ("only|alone|solely|merely|purely", "只|仅|僅|唯|方可|方能|才可|才能"),
    (
        "except*|exclud*|exclusi*|exempt*|outside|beyond|other than|apart from",
        "除|之外|以外|例外|剔除|豁免",
    ),
    (
        "stop|stops|stopped|stopping|ceas*|halt*|terminat*|discontinu*|ended|ends|ending|phase out|\
            phased out|phasing out|suspen*|downtime|out of use|out of service|do away with|does away with|done away with|did away with|~drop|~drops|~dropped|~dropping|~end|~cancel*|\
            ~withdraw*|~dismiss*",
        "停|终止|終止|中止|淘汰|取消|解除|~结束|~結束|~关闭|~關閉|~截止",
    ),
    (
        "avoid*|prevent*|refrain*|abstain*|divert*|guard against|deter|spare*|~kept out|~keep out",
        "避免|避|免受|免遭|免除|以免|防止|防范|防範|杜绝|杜絕|~预防|~預防|~防护|~防護",
    ),
    ("refus*|reject*|declin*|deny|denied|denies", "拒|驳回|駁回|~下降"),
    ("zero|nil|zero tolerance", "零|零容忍"),
    (
        "lack*|absen*|missing|shortage*|short of|scarc*|insufficien*|inadequa*|devoid|few|little|\
            hardly|scarcely|barely|rarely|seldom|~shortfall*|~less|~fewer|~gap|~gaps|\
            ~deficien*|~rare|~minorit*",
        "缺|少|不足|鲜|鮮|罕|不够|不夠|匮乏|匱乏",
    ),
    ("ban|bans|banned|banning|prohibit*|forbid*|bar|barred", "禁|禁止|严禁|嚴禁|勿|莫"),
    (
        "fail*|miss|missed|misses|overdue|yet to|have yet|has yet|pending|await*|outstanding|~delay*|late|\
            ~behind|~postpone*|~owe*|~owing|~arrears|~neglig*|~neglect*",
        "待|逾期|失败|失敗|落空|落后|落後|滞后|滯後|延误|延誤|延迟|延遲|推迟|推遲|欠|疏忽|疏于|疏於|\
            失职|失職|错过|錯過|~优秀|~優秀|~杰出|~傑出|~故障|~失效",
    ),
    (
        "differ*|unlike|var*|disagree*|inconsisten*|mismatch*|~various|~several|~divers*",
        "差别|差別|差异|差異|不同|从不同|從不同|不相同|不尽相同|不盡相同|不一|不一致|有别|有別|\
            ~多样|~多樣|~多元|~变化|~變化|~波动|~波動",
    ),
    ("free|clear of|clean of|waiv*|do without|doing without", "免|无|無|~免费|~免費|~自由"),
    ("omit*|omission*|leave out|leaves out|left out|silent|~leak*", "漏|略|遗漏|遺漏"),
    (
        "un*|non*|illegal*|illicit*|improper*|impossib*|imperfect*|inabil*|inaccura*|inappropria*|\
            incapab*|incomplet*|inconsisten*|incorrect*|ineffect*|inefficien*|ineligib*|insecur*|\
            instab*|invalid*|invisib*|irregular*|irrespons*|irreversib*|irrelevan*|disagree*|\
            dissatisf*|disadvantag*|disregard*|disqualif*|dishonest*|disproportion*|mislead*|\
            below standard|substandard|misconduct|misuse*|misstate*|hard to|difficult*|involunt*|~inorganic|~intangible",
        "非|无|無|不良|不当|不當|不利|不确定|不確定|不可抗力|不合格|不符|不便|不端|不公|不实|\
            不實|不限|不等|不明|不到|不正当|不正當|不合规|不合規|不规范|不規範|不连续|不連續|\
            不合理|不稳|不穩|不均|不平等|不安全|不定期|不易|不必要|没|沒|难|難|弱势|弱勢|违规|\
            違規|违法|違法|~困难|~困難|~擅自|~私自|~失业|~失業|\
            ~滥用|~濫用|~舞弊|~突击|~突擊",
    ),
    (
        "regardless|irrespective|whatever|independent of|rather|instead|otherwise",
        "不论|不論|不管|不分|否则|否則|反之|否|~无论|~無論|~另有|~另行|~代替|~取代|~替代|~改用|\
            ~改为|~改為",
    ),
    (
        "keep*|remain*|stay*|constant|stable|same as|that of the|those of the|identical",
        "不变|不變|并无变动|並無變動|并无变化|並無變化|没有变动|沒有變動|没有变化|沒有變化|\
            无变动|無變動|无变化|無變化|无重大变动|無重大變動|无重大变化|無重大變化|\
            没有重大变动|沒有重大變動|没有重大变化|沒有重大變化",
    ),
    ("invent*|fictitious*|fictional|imaginary|made up", "虚构|虛構|杜撰"),
    ("empty|blank|vacan*", "空白|空缺|~空"),
    ("wrong*|mistak*|mislead*|misstate*|~error*", "误|誤|~错|~錯"),
    ("minor|minors|underage|~young*|~child*|~juvenile*", "未成年|~儿童|~兒童|~轻微|~輕微"),
    ("under the age|under age|below the age|younger|~under|~below", "未满|未滿|~以下"),
    ("outside|beyond|other than|non*", "非|之外|以外"),
    (
        "~remov*|~eliminat*|~delet*|~deduct*|~rid of",
        "删除|刪除|消除|清除|去除|拆除|废除|廢除|扣除|移除|取消",
    ),
    ("hard to|difficult*|~hard|~challeng*", "难|難|~困难|~困難"),
    ("~adverse*|~poor*|~defect*|~vulnerab*", "不良|不利|弱势|弱勢"),
    ("~breach*|~violat*|~infring*|~contraven*", "违规|違規|违法|違法|违反|違反|违约|違約|~侵犯"),
];

/// Kinds of denials with, in each language, firm words, which leave no doubt that something is denied though they are no `not`;
/// what says the contrary, and words that hold the contrary and mean something else.
const FIRM: &[[[&str; 3]; 2]] = &[
    [
        ["prohibit*|forbid*", "allow*|permit*|free to", ""],
        [
            "禁止|严禁|嚴禁",
            "允许|允許|准许|准許|可以|可对|可對|可向|可在|可将|可將|可由|可有",
            "可有可无|可有可無",
        ],
    ],
    [
        ["avoid*", "do|does", "do so|do this|do it|do our|do their|do the|do all|do more|we do"],
        ["避免|以免|免受", "", ""],
    ],
    [
        ["exclud*|left out|leaves out|leave out", "includ*|contain*", ""],
        ["", "含|包括|包含|计入|計入|列入|纳入|納入|涵盖|涵蓋", "含义|含義|内含|內含|隐含|隱含"],
    ],
    [
        ["free of|free from", "has|have|had|there is|there are|contain*|exist*", ""],
        [
            "",
            "有|存在|含",
            "所有|拥有|擁有|具有|有效|有限|有关|有關|有机|有機|享有|持有|有序|有力|有利|有助|含义|含義",
        ],
    ],
    [["zero tolerance", "tolerat*|accept*", ""], ["零容忍", "容忍|接受|允许|允許", ""]],
    [
        ["fictitious*|fictional|imaginary|invented", "exist*|real|genuine|actual", ""],
        ["虚构|虛構|杜撰", "真实|真實|存在", "不存在"],
    ],
    [
        ["", "meet|meets|met|comply|complies|complied|conform*|qualified", ""],
        ["不符|不合格", "达到|達到|满足|滿足|达标|達標|符合|合格", ""],
    ],
    [
        ["", "the same|identical|agree|agrees|consistent*", ""],
        ["不一致|不尽相同|不盡相同|不相同", "相同|一致", ""],
    ],
    [["unfair*", "fair|fairly", ""], ["不正当|不正當|不公平", "正当|正當|公平", ""]],
    [["", "sufficient|sufficiently", ""], ["不足|不充分", "充足|充分|足够|足夠", ""]],
    [
        [
            "unanswered|undisclosed|unassured|unaudited|unverified|unexplained|uncorrected|unconfirmed",
            "has|have|already|there is|there are",
            "",
        ],
        [
            "",
            "已|有",
            "所有|拥有|擁有|具有|有效|有限|有关|有關|有机|有機|享有|持有|有序|有力|有利|有助",
        ],
    ],
    [["", "reached|attained|turned", ""], ["未满|未滿", "", ""]],
    [["", "", ""], ["为零|為零", "", ""]],
];

/// Words of English and Chinese by which a condition is put the other way round: what may not be without
/// approval needs approval.
pub const REQUIRING: [&[&str]; 2] = [
    &[
        "requir",
        "need",
        "must",
        "only",
        "approv",
        "permission",
        "consent",
        "before",
        "prior",
        "subject to",
        "once",
        "after",
    ],
    &["须", "須", "需", "应", "應", "方可", "方能", "才"],
];
