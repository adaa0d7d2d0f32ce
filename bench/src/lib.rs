//! Projects of any size, for measuring: the same shape gives the same files.
//!
//! Facts come in groups of ten metrics: nine parts and their total, so that the rules about sums have
//! work and nothing to find. Prose binds some of them in every language.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Languages in the order in which they are taken.
const LANGUAGES: [&str; 3] = ["zh-Hans", "en", "zh-Hant"];

/// The last year that is reported.
const YEAR: usize = 2024;

/// Metrics in a group: the parts and their total.
const GROUP: usize = 10;

/// Groups in a file.
const GROUPS: usize = 100;

/// Facts that one item of evidence stands for.
const SHARED: usize = 30;

const UNITS: [&str; 6] = ["MWh", "t", "person", "tCO2e", "m3", "h"];

/// How large a project is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Where the figures come from.
    pub seed: u64,
    /// Figures, each of a metric and a year; rounded up to whole groups.
    pub facts: usize,
    /// Years.
    pub years: usize,
    /// Languages, from one to three.
    pub languages: usize,
    /// Sections of prose, each with a table.
    pub sections: usize,
    /// Paragraphs in each section.
    pub paragraphs: usize,
}

impl Shape {
    /// A project with some facts in three years and two languages, and the prose that goes with them.
    pub fn of_facts(facts: usize) -> Self {
        let sections = (facts / 300).clamp(1, 50);
        Self { seed: 1, facts, years: 3, languages: 2, sections, paragraphs: 8 }
    }
}

/// The files of a project, by path.
pub fn project(shape: &Shape) -> BTreeMap<String, String> {
    let mut made = Made { shape: *shape, state: shape.seed, files: BTreeMap::new() };
    made.report();
    made.metrics();
    made.tables();
    made.evidence();
    made.narrative();
    made.files
}

struct Made {
    shape: Shape,
    state: u64,
    files: BTreeMap<String, String>,
}

impl Made {
    /// The next number below a bound, by SplitMix64.
    fn next(&mut self, bound: u64) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound.max(1)
    }

    fn languages(&self) -> &'static [&'static str] {
        &LANGUAGES[..self.shape.languages.clamp(1, LANGUAGES.len())]
    }

    fn groups(&self) -> usize {
        self.shape.facts.div_ceil(GROUP * self.shape.years.max(1)).max(1)
    }

    fn years(&self) -> Vec<usize> {
        (0..self.shape.years.max(1)).map(|back| YEAR - back).collect()
    }

    /// A text in every language.
    fn text(&self, chinese: &str, english: &str) -> String {
        let texts = self.languages().iter().map(|lang| {
            let text = if *lang == "en" { english } else { chinese };
            format!("{lang}: \"{text}\"")
        });
        format!("{{{}}}", texts.collect::<Vec<_>>().join(", "))
    }

    fn report(&mut self) {
        let years: Vec<String> = self.years().iter().map(usize::to_string).collect();
        let mut text = format!(
            "entity: {{name: {}}}\ntitle: {}\nperiod: {{start: {YEAR}-01-01, end: {YEAR}-12-31}}\nyears: [{}]\nlanguages: [{}]\noutline:\n",
            self.text("示例公司", "Example Ltd"),
            self.text("可持续发展报告", "Sustainability Report"),
            years.join(", "),
            self.languages().join(", "),
        );
        for section in 0..self.shape.sections.max(1) {
            let _ = writeln!(text, "  - section: s{section}");
        }
        self.files.insert("report.yaml".into(), text);
    }

    fn metrics(&mut self) {
        for file in 0..self.groups().div_ceil(GROUPS) {
            let mut text = String::from("metrics:\n");
            let last = (file * GROUPS + GROUPS).min(self.groups());
            for group in file * GROUPS..last {
                self.group(group, &mut text);
            }
            self.files.insert(format!("metrics/f{file}.yaml"), text);
        }
    }

    /// Nine parts and their total, for every year.
    fn group(&mut self, group: usize, text: &mut String) {
        let unit = UNITS[group % UNITS.len()];
        let years = self.years();
        let base: Vec<u64> = (1..GROUP).map(|_| 1_000 + self.next(90_000)).collect();
        let mut sums = vec![0; years.len()];
        let mut parts = String::new();
        for (part, base) in base.iter().enumerate() {
            let values: Vec<u64> = years.iter().map(|_| base + self.next(base / 5)).collect();
            sums.iter_mut().zip(&values).for_each(|(sum, value)| *sum += value);
            let id = format!("g{group}.p{part}");
            let (group, part) = (group + 1, part + 1);
            let label = (format!("第{group}组第{part}项"), format!("Part {part} of group {group}"));
            self.metric(&id, &label, unit, &values, &mut parts);
        }
        let number = group + 1;
        let label = (format!("第{number}组合计"), format!("Total of group {number}"));
        self.metric(&format!("g{group}.total"), &label, unit, &sums, text);
        let ids: Vec<String> = (0..GROUP - 1).map(|part| format!("g{group}.p{part}")).collect();
        let _ = writeln!(text, "    parts: [{}]", ids.join(", "));
        text.push_str(&parts);
    }

    fn metric(
        &self,
        id: &str,
        (chinese, english): &(String, String),
        unit: &str,
        values: &[u64],
        text: &mut String,
    ) {
        let figures = self.years().into_iter().zip(values);
        let figures = figures.map(|(year, value)| format!("{year}: \"{}\"", grouped(*value)));
        let _ = writeln!(
            text,
            "  {id}:\n    label: {}\n    unit: {unit}\n    values: {{{}}}\n    evidence: [e{}]",
            self.text(chinese, english),
            figures.collect::<Vec<_>>().join(", "),
            self.item_of(id)
        );
    }

    fn items(&self) -> usize {
        self.shape.facts.div_ceil(SHARED).max(1)
    }

    fn item_of(&self, id: &str) -> usize {
        let group = id.trim_start_matches('g').split('.').next().unwrap_or_default();
        group.parse::<usize>().unwrap_or_default() % self.items()
    }

    /// The groups that a section shows and speaks of.
    fn shown(&self, section: usize) -> Vec<usize> {
        let groups = self.groups();
        let mut shown: Vec<usize> = (0..3).map(|step| (section * 3 + step) % groups).collect();
        shown.dedup();
        shown.sort_unstable();
        shown.dedup();
        shown
    }

    fn tables(&mut self) {
        let mut text = String::from("tables:\n");
        for section in 0..self.shape.sections.max(1) {
            let number = section + 1;
            let title = (format!("第{number}节数据"), format!("Figures of section {number}"));
            let _ = writeln!(
                text,
                "  t{section}:\n    title: {}\n    groups:",
                self.text(&title.0, &title.1)
            );
            for group in self.shown(section) {
                let number = group + 1;
                let label = (format!("第{number}组"), format!("Group {number}"));
                let _ = writeln!(
                    text,
                    "      - label: {}\n        rows:\n          - g{group}.total",
                    self.text(&label.0, &label.1)
                );
                for part in 0..GROUP - 1 {
                    let _ = writeln!(text, "          - {{metric: g{group}.p{part}, indent: 1}}");
                }
            }
        }
        self.files.insert("tables.yaml".into(), text);
    }

    fn evidence(&mut self) {
        let mut text = String::from("items:\n");
        for item in 0..self.items() {
            let number = item + 1;
            let title = (format!("第{number}号台账"), format!("Ledger {number}"));
            let _ = writeln!(
                text,
                "  e{item}:\n    kind: calculation\n    title: {}\n    locator: {{document: \"L{item}\"}}\n    period: {{start: {YEAR}-01-01, end: {YEAR}-12-31}}\n    owner: Example Ltd",
                self.text(&title.0, &title.1)
            );
        }
        self.files.insert("evidence/register.yaml".into(), text);
    }

    fn narrative(&mut self) {
        for section in 0..self.shape.sections.max(1) {
            let mut texts = vec![String::new(); self.languages().len()];
            let shown = self.shown(section);
            for paragraph in 0..self.shape.paragraphs {
                let group = shown[paragraph % shown.len()];
                let part = self.next(GROUP as u64 - 1);
                for (lang, text) in self.languages().iter().zip(&mut texts) {
                    text.push_str(&said(*lang == "en", group, part));
                }
            }
            for (lang, text) in self.languages().iter().zip(texts) {
                let title = if *lang == "en" { "Section" } else { "章节" };
                let text = format!(
                    "# {title} {}\n\n{text}```kpi-table\ntable: t{section}\n```\n",
                    section + 1
                );
                self.files.insert(format!("narrative/s{section}.{lang}.md"), text);
            }
        }
    }
}

/// A paragraph that binds two facts.
fn said(english: bool, group: usize, part: u64) -> String {
    let (total, part) = (format!("g{group}.total@{YEAR}"), format!("g{group}.p{part}@{YEAR}"));
    if english {
        format!(
            "The work of the year followed the plan that the Board approved, and every site kept records of its own. Over all sites the amount came to {{{{ {total} }}}}. The largest customers asked for figures by product; of the amount, {{{{ {part} }}}} was due to them. Where records were missing, the site looked for the cause and corrected its procedure before the end of the period.\n\n"
        )
    } else {
        format!(
            "本年度各项工作按照董事会批准的计划开展，各厂区分别保存记录。各厂区合计为{{{{ {total} }}}}。主要客户要求按产品提供数据，其中{{{{ {part} }}}}与这些客户有关。记录缺失的，由厂区查明原因，并在期末前改正流程。\n\n"
        )
    }
}

/// `1234567` as `1,234,567`.
fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
