#![doc = include_str!("miscounted_list.md")]

use crate::content::{Block, BlockKind, Inline};
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::locale::Lang;
use crate::quantity::Decimal;
use crate::report::{Report, Visitor, visit_section};
use crate::source::Span;

use crate::lint::rules::parity::run::Run;
use crate::lint::rules::parity::told::{Measured, told};

/// Lists with another number of items than announced.
pub const RULE: Rule = Rule {
    name: "miscounted-list",
    group: Group::Narrative,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("miscounted_list.md"),
    check: Check::Report(check),
};

/// What a list can hold, as the beginnings of words.
const ENGLISH: &str = "committee|dimension|channel|pledge|promise|measure|step|principle|way|area|\
    aspect|part|topic|goal|aim|target|point|theme|pillar|element|kind|type|category|\
    categories|group|task|stage|phase|priorit|rule|reason|risk|initiative|action|\
    item|objective|value|strateg|commitment";
/// The same in Chinese.
const CHINESE: &str = "个委员会|個委員會|个维度|個維度|支柱|道|项|項|个方面|個方面|方面|类|類|种|種|大|点|點|条|條|步|层|層|部分|个阶段|個階段|个领域|\
    個領域";

fn check(report: &Report, sink: &mut Sink) {
    for ((id, lang), section) in &report.content.narrative {
        let mut look = Look { report, lang: *lang, subject: id, sink };
        look.sequence(&section.blocks);
        visit_section(section, &mut look);
    }
}

struct Look<'a> {
    report: &'a Report,
    lang: Lang,
    subject: &'a str,
    sink: &'a mut Sink,
}

impl Look<'_> {
    /// Paragraphs that end in a colon, with the list behind each.
    fn sequence(&mut self, blocks: &[Block]) {
        for two in blocks.windows(2) {
            if let [
                Block { kind: BlockKind::Paragraph(words), span },
                Block { kind: BlockKind::List { items, .. }, span: list },
            ] = two
            {
                self.compare(words, *span, items.len(), *list);
            }
        }
    }

    fn compare(&mut self, words: &[Inline], span: Span, items: usize, list: Span) {
        let run = Run::of(words, span, self.lang);
        let text = run.text().trim_end();
        if !text.ends_with([':', '：']) {
            return;
        }
        let ends = ["。", "；", ". ", "; ", "! ", "? "];
        let start = ends.iter().filter_map(|end| Some(text.rfind(end)? + end.len())).max();
        let start = start.unwrap_or_default();
        let counts = told(self.report, &run);
        let mut counts = counts.iter().filter(|count| count.range.start >= start);
        // With two numbers in the sentence, nobody knows which of them counts the list.
        let (Some(count), None) = (counts.next(), counts.next()) else { return };
        let whole = count.value.fract().is_zero() && count.value >= Decimal::TWO;
        let small = count.value <= Decimal::from(20);
        let counted = matches!(count.measured, Measured::Count | Measured::Bare);
        if !counted
            || !whole
            || !small
            || !self.announces(text, &count.range)
            || count.value == Decimal::from(items)
        {
            return;
        }
        let place = run.place(&count.range);
        let message = say!(
            "{said} announces {count} items, and the list has {items}",
            said = count.text,
            count = count.value.normalize(),
            items
        );
        let mut found = Diagnostic::warning(RULE.name, place, message)
            .related(list, say!("{items} items", items))
            .subject(self.subject)
            .help(say!("correct the number, or the list"));
        found.stated = Some(count.value.normalize().to_string());
        found.computed = Some(items.to_string());
        found.difference = Some((count.value - Decimal::from(items)).normalize().to_string());
        self.sink.push(found);
    }

    /// Whether what is counted can be what the list holds: measures, steps, kinds.
    fn announces(&self, text: &str, range: &std::ops::Range<usize>) -> bool {
        let behind = text.get(range.start..).unwrap_or_default();
        if self.lang.is_chinese() {
            let head: String = behind.chars().take(6).collect();
            return CHINESE.split('|').any(|word| head.contains(word));
        }
        let words = behind.to_lowercase();
        words
            .split_whitespace()
            .skip(1)
            .take(4)
            .any(|word| ENGLISH.split('|').any(|stem| word.starts_with(stem)))
    }
}

impl Visitor for Look<'_> {
    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::List { items, .. } => items.iter().for_each(|item| self.sequence(item)),
            BlockKind::Quote(inner) | BlockKind::Case { blocks: inner, .. } => self.sequence(inner),
            _ => {}
        }
    }
}
