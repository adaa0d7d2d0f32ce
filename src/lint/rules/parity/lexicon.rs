//! Words that turn the sense of a sentence, in English and Chinese.
//!
//! **Invariant:** a word that can mean something else is no sure sign; it only keeps a rule from
//! speaking.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::locale::Lang;

/// Signs of one kind in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Signs {
    /// Signs that mean nothing else.
    pub sure: usize,
    /// Signs that may mean it.
    pub weak: usize,
}

impl Signs {
    /// Whether this side says it, and the other in no way does.
    pub fn lacking_in(self, other: Signs) -> bool {
        self.sure > 0 && other.sure + other.weak == 0
    }
}

/// Words of a language: those that are counted, and longer ones that hold them and are not.
pub struct Words {
    /// By their first letter, so that only few are tried at each place of a text.
    by_letter: BTreeMap<char, Vec<Word>>,
    lang: Lang,
}

/// A word with what it is a sign of.
struct Word {
    stem: &'static str,
    /// Whether any letters may follow.
    open: bool,
    sense: Sense,
}

/// What a word means. Among words of one length the first counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sense {
    Idle,
    Sure,
    Weak,
}

impl Words {
    /// Words parted by `|`: sure signs, weak ones, and idioms that hold a sign and are none. `*` at
    /// the end of a word stands for any letters.
    fn new(lang: Lang, sure: &'static str, weak: &'static str, idle: &'static str) -> Self {
        let mut by_letter: BTreeMap<char, Vec<Word>> = BTreeMap::new();
        for (words, sense) in [(idle, Sense::Idle), (sure, Sense::Sure), (weak, Sense::Weak)] {
            for word in words.split('|') {
                let stem = word.trim_end_matches('*');
                let Some(first) = stem.chars().next() else { continue };
                let open = stem.len() < word.len() || lang.is_chinese();
                by_letter.entry(first).or_default().push(Word { stem, open, sense });
            }
        }
        for words in by_letter.values_mut() {
            words.sort_by_key(|word| (std::cmp::Reverse(word.stem.len()), word.sense));
        }
        Self { by_letter, lang }
    }

    /// Counts the signs of a text; an idiom that holds a sign is left out.
    pub fn count(&self, text: &str) -> Signs {
        let text = text.to_lowercase().replace('’', "'");
        let mut signs = Signs::default();
        let mut at = 0;
        while let Some(rest) = text.get(at..) {
            let Some(first) = rest.chars().next() else { break };
            let fresh =
                self.lang.is_chinese() || !ends_in_letter(text.get(..at).unwrap_or_default());
            let words = self.by_letter.get(&first).filter(|_| fresh);
            let word = words.and_then(|words| words.iter().find(|word| word.starts(rest)));
            match word.map(|word| word.sense) {
                Some(Sense::Sure) => signs.sure += 1,
                Some(Sense::Weak) => signs.weak += 1,
                Some(Sense::Idle) | None => {}
            }
            at += word.map_or(first.len_utf8(), |word| word.stem.len());
        }
        signs
    }
}

impl Word {
    /// Whether a text starts with the word.
    fn starts(&self, text: &str) -> bool {
        let rest = text.strip_prefix(self.stem);
        rest.is_some_and(|rest| self.open || !rest.starts_with(|c: char| c.is_alphabetic()))
    }
}

/// The words of a kind in English and Chinese, put in order when they are first needed.
type Both = LazyLock<[Words; 2]>;

fn both(english: [&'static str; 3], chinese: [&'static str; 3]) -> [Words; 2] {
    let words = |lang, [sure, weak, idle]: [&'static str; 3]| Words::new(lang, sure, weak, idle);
    [words(Lang::En, english), words(Lang::ZhHans, chinese)]
}

fn of(words: &'static Both, lang: Lang) -> &'static Words {
    let [english, chinese] = &**words;
    if lang.is_chinese() { chinese } else { english }
}

fn ends_in_letter(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_alphabetic() || c == '-')
}

/// Negation.
pub fn negation(lang: Lang) -> &'static Words {
    static WORDS: Both = LazyLock::new(|| {
        both(
            [NOT_ENGLISH, NOT_ENGLISH_WEAK, NOT_ENGLISH_IDLE],
            [NOT_CHINESE, NOT_CHINESE_WEAK, NOT_CHINESE_IDLE],
        )
    });
    of(&WORDS, lang)
}

const NOT_ENGLISH: &str = "not|no|never|nor|neither|none|nobody|nothing|cannot|without|don't|doesn't|didn't|\
    isn't|aren't|wasn't|weren't|won't|can't|nowhere";
const NOT_ENGLISH_WEAK: &str = "un*|non*|in*complete|incomplete|inadequate|insufficient|invalid|ineligible|\
    impossible|illegal|irregular|dis*|lack*|absen*|fail*|refus*|reject*|prohibit*|\
    forbid*|forbidden|ban|bans|banned|prevent*|avoid*|exclud*|exclusi*|except*|free|\
    rather|instead|only|little|few|fewer|hardly|scarcely|barely|less|least|zero|nil|\
    outside|beyond|stop*|ceas*|halt*|end|ended|ends|exempt*|waiv*|otherwise|missing|\
    silent|empty|against|short|gap*|omit*|omission*|leave*|left|wrong*|differ*|unlike|\
    deny|denied|declin*|withdr*|remov*|eliminat*|cancel*|abandon*|deter*|mis*|nearly|\
    almost|alone|unless|until|hidden|secret*|strict*|tolerat*|limit*|restrict*|still|\
    yet|anti*|irrespective|regardless|whatever|any|out|off|loss|lose|lost|separate*|\
    apart|blank|ever|spare*|even|imperfect|minor*|invisible|independent of|instab*|\
    insecur*|inaccura*|inconsisten*|inappropriate*|inability|ineffective|other|others|\
    too|harmless|keep*|kept|stay*|that of|same|remain*|invent*|fictiti*|closed|small*|pending|\
    early|earlier|doubt*|object*";
const NOT_ENGLISH_IDLE: &str = "not only|not just|not merely|whether or not|not less than|not fewer than|\
    not more than|not below|not exceed|not exceeding|no less than|no fewer than|\
    no more than|no later than|no lower than|no higher than|no.|no doubt|no less|\
    no fewer|no lower|no higher|no more|under*|unit*|union*|uni*|unless|discuss*|\
    disclos*|distribut*|display*|district*|distance*|discover*|discipl*|dispos*|\
    disassembl*|dismantl*|distinct*|distill*|dispatch*|disk*|mission*|mist*|misc*|mix*";
const NOT_CHINESE: &str = "不|未|没有|沒有|并无|並無|尚无|尚無|暂无|暫無|均无|均無|概无|概無|无须|無須|无需|\
    無需|无法|無法|无任何|無任何|无重大|無重大|亦无|亦無|也无|也無|而无|而無|再无|再無|\
    并非|並非|而非|不得|从不|從不|切勿|请勿|請勿|从未|從未|尚未|并未|並未|无从|無從|\
    毫无|毫無";
const NOT_CHINESE_WEAK: &str = "不良|不当|不當|不利|不足|不确定|不確定|不可抗力|不合格|不符|不便|不端|不公|不实|\
    不實|不限|不一|不等|不明|不可|不到|不含|不论|不論|不管|不止|未成年|无|無|没|沒|非|\
    免|禁|避|防|零|缺|少|仅|僅|只|除|拒|绝|絕|止|否|勿|难|難|仍|尚|空|漏|弃|棄|莫|停|外|\
    违|違|反|严|嚴|断|去|脱|脫|误|誤|异|異|失|损|損|虚构|虛構";
const NOT_CHINESE_IDLE: &str = "不断|不斷|不仅|不僅|不但|不同|不少|不低于|不低於|不高于|不高於|不超过|不超過|不少于|\
    不少於|不小于|不小於|不大于|不大於|不多于|不多於|不晚于|不晚於|不迟于|不遲於|不锈|\
    不鏽|不动产|不動產|不久|不过|不過|不乏|不懈|不妨|不可避免|不可或缺|不遗余力|\
    不遺餘力|不失|不约而同|未来|未來|非常|非洲|无人机|無人機|无线|無線|无锡|无害|無害|\
    无障碍|無障礙|无论|無論|减少|減少|至少|多少|最少|消防|预防|預防|防护|防護|防水|除以|\
    除了|绝大|絕大|绝对|絕對|海外|对外|對外|外部|外购|外購|户外|戶外|外观|空调|空調|\
    空间|空間|航空|空气|空氣|严格|嚴格|过去|過去|反馈|反饋|反映|反应|反應|损益|損益|\
    未必|外界|失业|截止|不遵守就解释|不遵守就解釋";

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

/// The levels with their words.
pub const COMMITMENTS: [Commitment; 4] =
    [Commitment::May, Commitment::Aim, Commitment::Plan, Commitment::Will];

/// Words of a level.
pub fn commitment(level: Commitment, lang: Lang) -> &'static Words {
    static MAY: Both = LazyLock::new(|| {
        both([MAY_ENGLISH, "", MAY_ENGLISH_IDLE], [MAY_CHINESE, "", MAY_CHINESE_IDLE])
    });
    static AIM: Both = LazyLock::new(|| {
        both([AIM_ENGLISH, "", AIM_ENGLISH_IDLE], [AIM_CHINESE, "", AIM_CHINESE_IDLE])
    });
    static PLAN: Both = LazyLock::new(|| {
        both([PLAN_ENGLISH, "", PLAN_ENGLISH_IDLE], [PLAN_CHINESE, "", PLAN_CHINESE_IDLE])
    });
    static WILL: Both = LazyLock::new(|| {
        both([WILL_ENGLISH, "", WILL_ENGLISH_IDLE], [WILL_CHINESE, "", WILL_CHINESE_IDLE])
    });
    let words = match level {
        Commitment::May => &MAY,
        Commitment::Aim => &AIM,
        Commitment::Plan => &PLAN,
        Commitment::Will => &WILL,
    };
    of(words, lang)
}

const MAY_ENGLISH: &str = "may|might|could possibly";
const MAY_ENGLISH_IDLE: &str = "may not|in may|of may|since may|by may|until may|from may";
const MAY_CHINESE: &str = "可能会|可能會|可能导致|可能導致|可能|或将|或將|或会|或會|也许|也許";
const MAY_CHINESE_IDLE: &str = "可能性|尽可能|盡可能|不可能|可能的话";
const AIM_ENGLISH: &str = "aims to|aim to|aiming to|aimed to|strives to|strive to|seeks to|seek to|\
                endeavours to|endeavour to|hopes to|hope to";
const AIM_ENGLISH_IDLE: &str = "";
const AIM_CHINESE: &str = "力争|力爭|争取|爭取|致力于实现|致力於實現|力求";
const AIM_CHINESE_IDLE: &str = "";
const PLAN_ENGLISH: &str = "plans to|plan to|planned to|planning to|intends to|intend to|intended to|plans for|\
                is planned|are planned";
const PLAN_ENGLISH_IDLE: &str = "action plan to|plan to be";
const PLAN_CHINESE: &str = "计划于|計劃於|计划在|計劃在|计划到|計劃到|集团计划|集團計劃|公司计划|公司計劃|\
                我们计划|我們計劃|并计划|並計劃|还计划|還計劃|原计划|原計劃|打算|拟于|擬於|，计划|\
                ，計劃|拟在|擬在";
const PLAN_CHINESE_IDLE: &str = "行动计划|行動計劃|计划书|計劃書";
const WILL_ENGLISH: &str = "will|shall|undertakes to|undertake to|pledges to|pledged to|promises to|commits to|\
                commit to|commits itself";
const WILL_ENGLISH_IDLE: &str = "at will|good will|free will";
const WILL_CHINESE: &str = "将继续|將繼續|将进一步|將進一步|将于|將於|将会|將會|将在|將在|将持续|將持續|将不断|\
                將不斷|将逐步|將逐步|将按|將按|承诺|承諾|将通过|將通過|将推出|將推出|将开展|將開展|\
                将加强|將加強|将完成|將完成|将实现|將實現|将导致|將導致|将更新|將更新";
const WILL_CHINESE_IDLE: &str = "承诺书|承諾書|承诺函|承諾函|即将|即將";

/// Words that speak of what is to come without saying how much it binds.
pub fn prospect(lang: Lang) -> &'static Words {
    static WORDS: Both =
        LazyLock::new(|| both(["", AHEAD_ENGLISH, ""], ["", AHEAD_CHINESE, AHEAD_CHINESE_IDLE]));
    of(&WORDS, lang)
}

const AHEAD_ENGLISH: &str = "plan|plans|planned|planning|target*|goal*|aim*|objective*|expect*|prospective|\
            future|due|next|towards|to be|would|should|must|can|could|commit*|pledge*|promise*|\
            undertak*|strive*|striving|seek*|intend*|intent*|prepar*|propos*|forecast*|is to|\
            are to|ahead|ambition*|vision|scheduled|set out|so that|in order to|going to|later|\
            soon|coming|upcoming|need*|likely|possib*|potential*|until|by 20*|whether|when|if|\
            where|once|ensure*|meant|let|allow*|in time|wait*|follow*|hope*|want*|would-be|\
            have to|has to|work* to|for";
const AHEAD_CHINESE: &str = "计划|計劃|规划|規劃|目标|目標|将|將|预计|預計|预期|預期|未来|未來|拟|擬|会|會|应|應|\
            须|須|要|致力|旨在|努力|推进|推進|有望|可以|准备|準備|方案|愿景|願景|后续|後續|下一|\
            接下来|接下來|待|以便|承诺|承諾|年前|届时|屆時|尽快|盡快|可|用于|用於|确保|確保|使|\
            能够|能夠|得|允许|允許|准许|準許|何时|何時|预测|預測|期限|或会|或會|不会|希望|志在|\
            直至|直到|有权|有權|权利|權利|酌情|视情况|視情況|视乎|視乎";
const AHEAD_CHINESE_IDLE: &str = "委员会|委員會|社会|社會|会议|會議|董事会|董事會|机会|機會|协会|協會|大会|大會|供应|\
            供應|响应|響應|应用|應用|相应|相應|适应|適應|效应|效應|对应|對應|主要|重要|要求|\
            要素|必要|可再生|可持续|可持續|可靠|许可|許可|认可|認可|可见|可見|使用|使命|天使|\
            工会|工會|会员|會員|峰会|峰會|会计|會計|管治|取得|获得|獲得|得到|得分|应急|應急|\
            应对|應對";

/// Words for going up, or being above.
pub fn upward(lang: Lang) -> &'static Words {
    static WORDS: Both = LazyLock::new(|| {
        both([UP_ENGLISH, "", UP_ENGLISH_IDLE], [UP_CHINESE, "", UP_CHINESE_IDLE])
    });
    of(&WORDS, lang)
}

const UP_ENGLISH: &str = "rose|rise|rises|risen|rising|increase|increases|increased|increasing|grew|grow|\
            grows|grown|growing|growth|raise|raises|raised|raising|higher|above|up|climbed|more|\
            improve|improves|improved|improving|expanded|expand|extended|widen|widened|gained|\
            doubled|tripled|gain|gains|adds|went up|greater|larger|longer";
const UP_CHINESE: &str = "上升|增加|增长|增長|提高|提升|上涨|上漲|增至|升至|高于|高於|扩大|擴大|多于|多於|\
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
        both([DOWN_ENGLISH, "", DOWN_ENGLISH_IDLE], [DOWN_CHINESE, "", DOWN_CHINESE_IDLE])
    });
    of(&WORDS, lang)
}

const DOWN_ENGLISH: &str = "fell|fall|falls|fallen|falling|decrease|decreases|decreased|decreasing|reduce|\
            reduces|reduced|reducing|reduction|reductions|lower|lowers|lowered|lowering|down|\
            below|declined|decline|declines|declining|dropped|drop|drops|cut|cuts|cutting|less|\
            fewer|shrank|shrunk|shortened|smaller|shorter";
const DOWN_CHINESE: &str = "下降|减少|減少|降低|下滑|减至|減至|降至|低于|低於|缩减|縮減|少于|少於|下调|下調|\
            回落|缩短|縮短|降幅|下跌|削减|削減";
const DOWN_ENGLISH_IDLE: &str = "less than|no less|not less|fewer than|no fewer|laid down|lay down|lays down|\
            set down|break down|broken down|shut down|down to earth|no lower|not lower|\
            not below|nothing less|breaks down|written down|described below|cut off|cut out|\
            or less|or below|or fewer|see below|below zero|drop resistance|drop test|drop tests|\
            the table below|down payment|nonetheless|nevertheless";
const DOWN_CHINESE_IDLE: &str = "不低于|不低於|不少于|不少於";
