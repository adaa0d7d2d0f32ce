//! The languages of a report against each other: a seeded corpus of pairs that agree and pairs that
//! differ, and changes made to the real report, each of which has to be found at its place.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::print_stderr)]

#[path = "common/changes.rs"]
mod changes;
mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use changes::{
    is_paragraph, other_date, other_sign, other_unit, other_year_of_a_figure, without_no,
    without_not, without_plan,
};
use common::{check, lines, memory, repository};
use esgreport::command::Loaded;
use esgreport::diag::Sink;
use esgreport::lint::{Group, Tier, registry};
use esgreport::locale::Lang;
use esgreport::source::{Files, Memory, Sources};
use esgreport::syntax::yaml::{self, Node};

/// A pair of the corpus: texts that say the same, or differ in what `expect` names.
struct Case {
    id: String,
    texts: Vec<(Lang, String)>,
    expect: BTreeSet<String>,
}

/// Facts that figures of the corpus are bound to.
const METRICS: &str = r#"metrics:
  energy.total: {label: {en: Energy use, zh-Hans: 能耗总量}, unit: MWh, values: {2024: "12,340.00", 2023: "11,870.00"}}
  energy.renewable: {label: {en: Renewable energy, zh-Hans: 可再生能源}, unit: MWh, values: {2024: "3,085.00", 2023: "2,500.00"}}
  water.used: {label: {en: Water used, zh-Hans: 用水量}, unit: m3, values: {2024: "5,120", 2023: "5,600", 2022: "5,900"}}
  staff.total:
    label: {en: Employees, zh-Hans: 员工人数}
    unit: person
    values: {2024: "1,240", 2023: "1,180"}
    by: {gender: {male: {2024: "700"}, female: {2024: "540"}}}
"#;

const GLOSSARY: &str = "terms:
  ghg: {zh-Hans: 温室气体, zh-Hant: 溫室氣體, en: greenhouse gas}
  tier-1: {zh-Hans: 一级供应商, zh-Hant: 一級供應商, en: tier 1 supplier}
  biodiversity: {zh-Hans: 生物多样性, zh-Hant: 生物多樣性, en: biodiversity}
  scope-3: {zh-Hans: 范围三, zh-Hant: 範圍三, en: Scope 3}
";

const DIMENSIONS: &str = "dimensions:
  gender:
    label: {en: By gender, zh-Hans: 按性别划分}
    members: {male: {en: Men, zh-Hans: 男性}, female: {en: Women, zh-Hans: 女性}}
";

fn corpus() -> Vec<Case> {
    let mut cases = Vec::new();
    let folder = repository("tests/parity");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("the corpus")
        .map(|entry| entry.expect("a file").path())
        .collect();
    paths.sort();
    for path in paths {
        let text = fs::read_to_string(&path).expect("UTF-8");
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a name");
        let source = Sources::default().add(name, &text);
        let tree = yaml::parse(source, &text, 0, &mut Sink::default()).expect("a tree");
        for node in tree.get("pairs").map(Node::items).expect("pairs") {
            let word = |key: &str| node.get(key).and_then(Node::text).map(str::to_owned);
            let texts = Lang::ALL.into_iter().filter_map(|lang| Some((lang, word(lang.tag())?)));
            let expect = node.get("expect").map(Node::items).unwrap_or_default();
            cases.push(Case {
                id: format!("{name}-{}", word("id").expect("an id")),
                texts: texts.collect(),
                expect: expect.iter().filter_map(Node::text).map(str::to_owned).collect(),
            });
        }
    }
    cases
}

/// A project in which every case stands under a heading of its own.
fn project(first: Lang, second: Lang, cases: &[&Case]) -> Memory {
    let mut files = Memory::default();
    let report = format!(
        "entity: {{name: {{en: Example, zh-Hans: 例}}}}\n\
         title: {{en: Report, zh-Hans: 报告}}\n\
         period: {{start: 2024-01-01, end: 2024-12-31}}\n\
         years: [2024, 2023, 2022]\nlanguages: [{first}, {second}]\noutline:\n  - section: corpus\n"
    );
    files.insert("report.yaml", report.into_bytes());
    files.insert("metrics/facts.yaml", METRICS.as_bytes().to_vec());
    files.insert("dimensions.yaml", DIMENSIONS.as_bytes().to_vec());
    files.insert("glossary.yaml", GLOSSARY.as_bytes().to_vec());
    for lang in [first, second] {
        let mut text = "# Corpus\n\n".to_owned();
        for case in cases {
            let (_, words) = case.texts.iter().find(|(own, _)| *own == lang).expect("a text");
            text.push_str(&format!("## Case {{#{}}}\n\n{words}\n\n", case.id));
        }
        files.insert(&format!("narrative/corpus.{lang}.md"), text.into_bytes());
    }
    files
}

/// Rules that compare languages, by what they find in each case.
fn findings(cases: &[Case]) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let langs = [(Lang::ZhHans, Lang::En), (Lang::ZhHant, Lang::En), (Lang::ZhHans, Lang::ZhHant)];
    for (first, second) in langs {
        let has = |case: &&Case, lang| case.texts.iter().any(|(own, _)| *own == lang);
        let own: Vec<&Case> =
            cases.iter().filter(|case| has(case, first) && has(case, second)).collect();
        let loaded = check(&project(first, second, &own), Tier::Default);
        for finding in &loaded.judged.findings {
            if !compares(finding.rule) {
                continue;
            }
            let id = finding.subject.as_deref().and_then(|subject| subject.strip_prefix("corpus."));
            let id = id.expect("a finding names its case");
            found.entry(id.to_owned()).or_default().insert(finding.rule.to_owned());
        }
    }
    found
}

fn compares(rule: &str) -> bool {
    registry::find(rule).is_some_and(|rule| rule.group == Group::Parity)
        && (rule.starts_with("diverging-") || rule.starts_with("missing-"))
}

#[test]
fn the_corpus_is_told_apart() {
    let cases = corpus();
    let matching = cases.iter().filter(|case| case.expect.is_empty()).count();
    assert!(cases.len() >= 200 && matching * 5 > cases.len() * 2, "{} {matching}", cases.len());
    let found = findings(&cases);
    let (mut due, mut met): (BTreeMap<&str, usize>, BTreeMap<&str, usize>) = Default::default();
    let mut alarms: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut false_alarms, mut missed, mut other) = (Vec::new(), Vec::new(), 0);
    let none = BTreeSet::new();
    for case in &cases {
        let own = found.get(&case.id).unwrap_or(&none);
        for rule in &case.expect {
            *due.entry(rule).or_default() += 1;
            if own.contains(rule) {
                *met.entry(rule).or_default() += 1;
            } else {
                missed.push(format!("{}: {rule}", case.id));
            }
        }
        let wrong: Vec<&String> = own.difference(&case.expect).collect();
        for rule in &wrong {
            *alarms.entry(rule).or_default() += 1;
        }
        if !wrong.is_empty() && case.expect.is_empty() {
            false_alarms.push(format!("{}: {wrong:?}", case.id));
        } else if !wrong.is_empty() {
            other += 1;
            eprintln!("second finding in {}: {wrong:?}", case.id);
        }
    }
    eprintln!("{} pairs, {matching} of which agree", cases.len());
    for (rule, due) in &due {
        let met = met.get(rule).copied().unwrap_or_default();
        let alarms = alarms.get(rule).copied().unwrap_or_default();
        eprintln!("{rule:24} {met:3} of {due:3} found, {alarms} false alarms");
    }
    eprintln!("missed: {missed:#?}\nfalse alarms: {false_alarms:#?}");
    let figures = (met["diverging-figure"], due["diverging-figure"]);
    assert!(figures.0 * 100 >= figures.1 * 98, "figures found: {figures:?}");
    let wrong = false_alarms.len() + other;
    assert!(wrong * 100 <= cases.len(), "{wrong} false alarms in {} pairs", cases.len());
    let (all, met): (usize, usize) = (due.values().sum(), met.values().sum());
    assert!(met * 100 >= all * 90, "{met} of {all} divergences found");
}

/// A change of a kind that must be found: the line it is made in, and each text it may become.
type Change = fn(&str) -> Vec<String>;

/// Kinds of changes with the rules that may find them, in how many rounds they are made, and the share
/// that must be found in percent.
const CHANGES: [(&str, &[&str], Change, usize, usize); 8] = [
    (
        "a paragraph",
        &["missing-paragraph"],
        |line| each(is_paragraph(line).then(String::new)),
        3,
        100,
    ),
    // Of a year in which there is none, the figure itself is a fault.
    (
        "a figure",
        &["diverging-figure", "missing-value"],
        |line| each(other_year_of_a_figure(line)),
        3,
        100,
    ),
    // A figure that is zero has no sign to change.
    ("a sign", &["diverging-figure"], |line| each(other_sign(line)), 3, 97),
    ("a unit", &["diverging-figure"], |line| each(other_unit(line)), 3, 100),
    ("a date", &["diverging-date"], |line| each(other_date(line)), 3, 100),
    ("not", &["diverging-negation"], without_not, EVERY, 97),
    ("no, without", &["diverging-negation"], without_no, EVERY, 80),
    ("plans to", &["diverging-commitment"], |line| each(without_plan(line)), 3, 95),
];

/// As many rounds as there are places in a section.
const EVERY: usize = 100;

fn each(change: Option<String>) -> Vec<String> {
    change.into_iter().collect()
}

/// Lines of a section in which a change can be made: prose outside blocks, footnotes left out.
fn sites(text: &str, change: Change) -> Vec<(usize, String)> {
    let mut fenced = false;
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.starts_with("```") {
            fenced = !fenced;
        }
        let prose = !fenced && !line.starts_with(['#', '|', '`', '[']);
        if prose {
            found.extend(change(line).into_iter().map(|changed| (number, changed)));
        }
    }
    found
}

#[test]
fn changes_of_the_real_report_are_found_at_their_place() {
    let files = memory("content/xiaomi-2024");
    let clean = check(&files, Tier::Strict);
    let left = lines(&clean);
    let left: Vec<&String> = left
        .iter()
        .filter(|line| line.contains("diverging-") || line.contains("missing-paragraph"))
        .collect();
    assert!(left.is_empty(), "{left:#?}");
    let sections: Vec<String> = clean
        .report
        .as_ref()
        .expect("a report")
        .outline_sections()
        .iter()
        .map(|s| (*s).to_owned())
        .collect();
    let mut faults = Vec::new();
    for (what, rules, change, rounds, least) in CHANGES {
        let (mut made, mut found, mut missed) = (0, 0, Vec::new());
        for lang in ["en", "zh-Hans"] {
            for round in 0..rounds {
                let (sites, loaded) = changed(&files, &sections, lang, change, round);
                if sites.is_empty() {
                    break;
                }
                for (section, line) in sites {
                    made += 1;
                    let hit = loaded.judged.findings.iter().any(|finding| {
                        let places = std::iter::once(&finding.primary).chain(&finding.related);
                        rules.contains(&finding.rule)
                            && places.into_iter().any(|label| {
                                let path = loaded.sources.path(label.span);
                                let at = loaded.sources.start(label.span).line;
                                path == format!("narrative/{section}.{lang}.md")
                                    && at.abs_diff(line + 1) <= 2
                            })
                    });
                    if hit {
                        found += 1;
                    } else {
                        missed.push(format!("{section}.{lang}.md:{}", line + 1));
                    }
                }
            }
        }
        eprintln!("{what:12} changed in {made:3} places, found in {found:3}; missed: {missed:?}");
        if made < 4 || found * 100 < made * least {
            faults.push(format!("{what}: {found} of {made}"));
        }
    }
    assert!(faults.is_empty(), "{faults:?}");
}

/// The report with one change in every section, and where each was made.
fn changed(
    files: &Memory,
    sections: &[String],
    lang: &str,
    change: Change,
    round: usize,
) -> (Vec<(String, usize)>, Loaded) {
    let mut files = files.clone();
    let mut places = Vec::new();
    for section in sections {
        let path = format!("narrative/{section}.{lang}.md");
        let text = String::from_utf8(files.read(&path).expect("the section")).expect("UTF-8");
        let sites = sites(&text, change);
        if sites.len() <= round {
            continue;
        }
        // Steps of 7 lead to every place but where there are as many places; then each is its own step.
        let step = if sites.len().is_multiple_of(7) { 1 } else { 7 };
        let (line, new) = &sites[(round * step + 3) % sites.len()];
        let mut all: Vec<&str> = text.lines().collect();
        all[*line] = new;
        files.insert(&path, all.join("\n").into_bytes());
        places.push((section.clone(), *line));
    }
    let loaded = check(&files, Tier::Default);
    (places, loaded)
}
