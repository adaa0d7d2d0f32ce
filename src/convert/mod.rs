//! Simplified Chinese to the traditional Chinese of Hong Kong.
//!
//! Characters are converted by the tables of OpenCC; on top of them lies a vocabulary of our own,
//! `frameworks/zh-hant-hk.yaml`, and on top of that the project's glossary.
//!
//! **Invariant:** nothing but Chinese words and quotation marks changes: figures, expressions,
//! ids, codes, links and Latin text come out as they went in.
//!
//! **Invariant:** a narrative that is converted while printing and one that was written to a file
//! are the same text, since both come from [`Converter::markdown`].

mod fence;
mod markup;
mod quotes;
mod tree;
mod vocabulary;
mod words;

pub use self::tree::{Localizable, localizable};
pub use self::vocabulary::{Vocabulary, terms};

use std::fmt;
use std::sync::Arc;
use std::sync::OnceLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;

use words::Words;

/// Turns simplified Chinese into the traditional Chinese of Hong Kong.
#[derive(Clone)]
pub struct Converter {
    engine: Arc<OpenCC>,
    vocabulary: Vocabulary,
    words: Words,
}

impl fmt::Debug for Converter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Converter").field("vocabulary", &self.vocabulary).finish_non_exhaustive()
    }
}

impl Converter {
    /// A converter with a vocabulary, and terms of a project that take precedence over it:
    /// simplified form and Hong Kong form.
    pub fn new(vocabulary: &Vocabulary, terms: &[(String, String)]) -> Result<Self, String> {
        let words = Words::new(vocabulary, terms);
        Ok(Self { engine: engine()?, vocabulary: vocabulary.clone(), words })
    }

    /// The same converter with terms of a project.
    #[must_use]
    pub fn with_terms(&self, terms: &[(String, String)]) -> Self {
        Self { words: Words::new(&self.vocabulary, terms), ..self.clone() }
    }

    /// Converts a text that holds no Markdown: its words, then its quotation marks.
    pub fn text(&self, text: &str) -> String {
        quotes::corner(&[(text, self.plain(text))])
    }

    /// Converts words and leaves quotation marks alone, which may open before this piece.
    fn plain(&self, text: &str) -> String {
        if !text.chars().any(is_han) {
            return text.to_owned();
        }
        let chars: Vec<char> = text.chars().collect();
        let found = self.words.find(&chars);
        // What stands between two words is converted by itself: in 范围三只披露 the tables would take
        // 三只 for three animals.
        let mut converted = String::with_capacity(text.len());
        let mut at = 0;
        for one in &found {
            converted.push_str(&self.between(&chars, at, one.start));
            converted.push_str(&one.to);
            at = one.end;
        }
        converted.push_str(&self.between(&chars, at, chars.len()));
        converted
    }

    fn between(&self, chars: &[char], start: usize, end: usize) -> String {
        let piece: String = chars.get(start..end).unwrap_or_default().iter().collect();
        self.engine.convert(&piece).chars().map(|c| self.vocabulary.form(c)).collect()
    }
}

/// The tables, unpacked once.
fn engine() -> Result<Arc<OpenCC>, String> {
    static ENGINE: OnceLock<Result<Arc<OpenCC>, String>> = OnceLock::new();
    let unpack = || OpenCC::from_config(BuiltinConfig::S2hk).map(Arc::new);
    ENGINE.get_or_init(|| unpack().map_err(|error| error.to_string())).clone()
}

/// Whether a character is a Chinese one.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Embedded;

    fn converter() -> Converter {
        let vocabulary = Vocabulary::read(&Embedded).expect("the vocabulary can be read");
        Converter::new(&vocabulary, &[]).expect("the tables can be read")
    }

    /// Compares every case before it fails, so that one run shows all that differ.
    fn same<const N: usize>(cases: [(&str, String, &str); N]) {
        let differing = cases.iter().filter(|(_, converted, to)| converted != to);
        let lines: Vec<String> = differing
            .map(|(from, converted, to)| format!("{from}: {converted}, expected {to}"))
            .collect();
        assert!(lines.is_empty(), "{}", lines.join("\n"));
    }

    #[test]
    fn one_simplified_character_stands_for_several() {
        let converter = converter();
        let cases = [
            ("干燥的气候", "乾燥的氣候"),
            ("管理干部与骨干", "管理幹部與骨幹"),
            ("干预、若干、干净", "干預、若干、乾淨"),
            ("一碗面条，面向未来，表面", "一碗麵條，面向未來，表面"),
            ("皇后与后续工作，后来，之后", "皇后與後續工作，後來，之後"),
            ("占比", "佔比"),
            ("头发、发展、发现、出发", "頭髮、發展、發現、出發"),
            ("里程碑、公里、这里、里面", "里程碑、公里、這裏、裏面"),
            ("复杂", "複雜"),
            ("恢复、修复", "恢復、修復"),
            ("重复使用", "重複使用"),
            ("余热回收，剩余", "餘熱回收，剩餘"),
            ("准则与批准", "準則與批准"),
            ("体系、系统、联系、关系", "體系、系統、聯繫、關係"),
            ("采购、采用、开采", "採購、採用、開採"),
            ("台风、平台", "颱風、平台"),
            ("制造、制定、制度", "製造、制定、制度"),
            ("特征、征求、征信", "特徵、徵求、徵信"),
            ("钟表、图表", "鐘錶、圖表"),
            ("签署、标签", "簽署、標籤"),
            ("尽管、尽职、尽量", "儘管、盡職、儘量"),
            ("种类、种植", "種類、種植"),
            ("合并、并且", "合併、並且"),
            ("松树、宽松", "松樹、寬鬆"),
            ("谷物、山谷", "穀物、山谷"),
            ("一只、只有", "一隻、只有"),
            ("志愿、杂志、标志", "志願、雜誌、標誌"),
            ("周期、周边、一周", "週期、周邊、一週"),
            ("注册、关注、注意", "註冊、關注、注意"),
            ("云计算、云南", "雲計算、雲南"),
            ("幸运、运营", "幸運、運營"),
            ("冲击、缓冲、冲洗", "衝擊、緩衝、沖洗"),
        ];
        same(cases.map(|(from, to)| (from, converter.text(from), to)));
    }

    #[test]
    fn words_are_those_of_hong_kong() {
        let converter = converter();
        let cases = [
            ("温室气体排放峰值", "溫室氣體排放峰值"),
            ("启动鉴证与复核", "啟動鑒證與覆核"),
            ("信息安全与隐私保护", "資訊安全與私隱保護"),
            ("个人信息", "個人資料"),
            ("软件、硬件、网络、视频", "軟件、硬件、網絡、視頻"),
            ("数据、程序、应用程序、小程序", "數據、程序、應用程式、小程式"),
            ("默认登录方式", "預設登入方式"),
            ("支持用户，提供技术支持", "支持用戶，提供技術支援"),
            ("产品质量", "產品質量"),
            ("职业健康、卫生与税务", "職業健康、衛生與稅務"),
            ("范围一、范围二和范围三排放", "範圍1、範圍2和範圍3排放"),
            ("利益相关方", "持份者"),
            ("雇佣与雇员", "僱傭與僱員"),
            ("线上说明会", "線上說明會"),
            ("对外发布、公布，表格下注明，汇报", "對外發佈、公佈，表格下註明，匯報"),
            ("人民币 10 亿元", "人民幣 10 億元"),
        ];
        same(cases.map(|(from, to)| (from, converter.text(from), to)));
    }

    #[test]
    fn words_that_only_look_alike_are_left() {
        let converter = converter();
        let cases = [
            ("重复核对", "重複核對"),
            ("恢复核电机组", "恢復核電機組"),
            ("与报告范围一致", "與報告範圍一致"),
            ("覆盖范围一般为三年", "覆蓋範圍一般為三年"),
            ("《个人信息保护法》与《隐私政策》", "《個人信息保護法》與《隱私政策》"),
            ("北京海岸信息技术有限公司的信息", "北京海岸信息技術有限公司的資訊"),
            ("工业和信息化部", "工業和信息化部"),
            ("污水治理与公司治理", "污水治理與企業管治"),
            ("残疾人士", "殘疾人士"),
            ("范围三只披露至2023年", "範圍3只披露至2023年"),
        ];
        same(cases.map(|(from, to)| (from, converter.text(from), to)));
    }

    #[test]
    fn quotation_marks_are_corners_in_chinese_text_only() {
        let converter = converter();
        let cases = [
            ("“人车家全生态”战略", "「人車家全生態」戰略"),
            ("他说：“我们称之为‘底线’。”", "他說：「我們稱之為『底線』。」"),
            ("称为‘底线’", "稱為「底線」"),
            ("“Human × Car × Home” 战略", "“Human × Car × Home” 戰略"),
            ("以“ESG”为名", "以「ESG」為名"),
            ("Coast’s “plan” is good", "Coast’s “plan” is good"),
            ("《气候报告》", "《氣候報告》"),
            ("“未完", "“未完"),
        ];
        same(cases.map(|(from, to)| (from, converter.text(from), to)));
    }

    #[test]
    fn terms_of_the_project_come_first() {
        let vocabulary = Vocabulary::read(&Embedded).expect("the vocabulary can be read");
        let pair = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        let terms = [pair("信息", "信息"), pair("信息安全", "信息保安"), pair("范围一", "範疇一")];
        let converter = Converter::new(&vocabulary, &terms).expect("the tables can be read");
        assert_eq!(converter.text("个人信息"), "個人信息");
        assert_eq!(converter.text("信息安全与隐私"), "信息保安與私隱");
        assert_eq!(converter.text("范围一排放与范围一致"), "範疇一排放與範圍一致");
    }

    #[test]
    fn what_is_no_text_stays() {
        let converter = converter();
        let cases = [
            (
                "排放{{ ghg.total@2024 | in 10^4_tCO2e, dp 2 }}，下降",
                "排放{{ ghg.total@2024 | in 10^4_tCO2e, dp 2 }}，下降",
            ),
            ("约{{ x@2024 | words \"数万余\" }}人", "約{{ x@2024 | words \"數萬餘\" }}人"),
            ("“同比{{ x }}增长”", "「同比{{ x }}增長」"),
            ("[气候](#气候)与`范围一`", "[氣候](#气候)與`范围一`"),
            ("## 范围一 {#范围}", "## 範圍1 {#范围}"),
            ("见附注[^注释]", "見附註[^注释]"),
            ("Scope 1, ISO 14001, 31,295.64 tCO₂e", "Scope 1, ISO 14001, 31,295.64 tCO₂e"),
        ];
        same(cases.map(|(from, to)| (from, converter.markup(from), to)));
    }

    #[test]
    fn blocks_keep_their_keys_and_ids() {
        let converter = converter();
        let from = "# 气候\n\n范围一与“减排”。\n\n```chart\nid: 气候\nkind: bar\ntitle: \"范围一 {{ x }}\"\nseries: [ghg.范围]\nfinding: >\n  隐私\n  数据\n```\n\n```callout\nfigures:\n  - {value: 'a@2024 | words \"数千\"', label: 员工}\n```\n\n> ```pull\n> text: 复核\n> ```\n\n````case\ntitle: 启动\ntext: |\n  隐私\n\n  ```kpi-table\n  table: 隐私\n  ```\n````\n\n1. 温室\n\n```index\nframework: 隐私\n```\n\n";
        let to = "# 氣候\n\n範圍1與「減排」。\n\n```chart\nid: 气候\nkind: bar\ntitle: \"範圍1 {{ x }}\"\nseries: [ghg.范围]\nfinding: >\n  私隱\n  數據\n```\n\n```callout\nfigures:\n  - {value: 'a@2024 | words \"數千\"', label: 員工}\n```\n\n> ```pull\n> text: 覆核\n> ```\n\n````case\ntitle: 啟動\ntext: |\n  私隱\n\n  ```kpi-table\n  table: 隐私\n  ```\n````\n\n1. 溫室\n\n```index\nframework: 隐私\n```\n\n";
        assert_eq!(converter.markdown(from), to);
    }
}
