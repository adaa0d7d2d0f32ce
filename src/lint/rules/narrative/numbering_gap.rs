#![doc = include_str!("numbering_gap.md")]

use crate::content::{Block, BlockKind};
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::report::Report;
use crate::source::Span;

use crate::lint::rules::narrative::prose::Prose;

/// Numbered headings or clauses that leave out a number.
pub const RULE: Rule = Rule {
    name: "numbering-gap",
    group: Group::Narrative,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("numbering_gap.md"),
    check: Check::Report(check),
};

const CHINESE: [&str; 21] = [
    "", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四",
    "十五", "十六", "十七", "十八", "十九", "二十",
];

/// Measure words that stand behind a figure at the start of a paragraph.
const CLASSIFIERS: &str =
    "个個家名人位间間件项項次起款条台辆輛吨噸所场場份套种種类類米升元度分秒天年户戶";

fn check(report: &Report, sink: &mut Sink) {
    for ((id, _), section) in &report.content.narrative {
        // The number that was read last, by its form: what stands before and behind it.
        let mut last: Vec<(String, usize, Span)> = Vec::new();
        for block in &section.blocks {
            let Some((form, number)) = numbered(block) else { continue };
            let before = last.iter().position(|(other, ..)| *other == form);
            let earlier =
                before.and_then(|at| last.get(at)).map(|(_, number, span)| (*number, *span));
            // Paragraphs whose numbers do not start at one begin with figures as likely as clauses.
            let begun = number == 1 || earlier.is_some() || !form.starts_with("0 ");
            if !begun {
                continue;
            }
            if let Some((earlier, there)) = earlier.filter(|(earlier, _)| number > earlier + 1) {
                let missing = earlier + 1;
                let message = say!(
                    "number {number} follows {earlier}; {missing} is left out",
                    number,
                    earlier,
                    missing
                );
                let found = Diagnostic::warning(RULE.name, block.span, message)
                    .related(there, say!("number {number}", number = earlier))
                    .subject(id.clone())
                    .help(say!(
                        "number the headings without gaps, or say which clause was deleted"
                    ));
                sink.push(found);
            }
            match before.and_then(|at| last.get_mut(at)) {
                Some(entry) => (entry.1, entry.2) = (number, block.span),
                None => last.push((form, number, block.span)),
            }
        }
    }
}

/// The number at the start of a heading or paragraph, and its form: `1.2` is the second of `1.`,
/// `第三条` the third of `第…条`.
fn numbered(block: &Block) -> Option<(String, usize)> {
    let (level, content) = match &block.kind {
        BlockKind::Heading { level, content, .. } => (*level, content),
        BlockKind::Paragraph(content) => (0, content),
        _ => return None,
    };
    let text = Prose::of(content).text;
    let text = text.trim_start();
    let (form, number) = arabic(text, level == 0).or_else(|| chinese(text))?;
    Some((format!("{level} {form}"), number))
}

/// `1.2 Scope`, `3. Water`, `(4) Waste`; whole numbers need a sign behind them.
fn arabic(text: &str, is_paragraph: bool) -> Option<(String, usize)> {
    let open = text.starts_with(['(', '（']);
    let plain = text.trim_start_matches(['(', '（']);
    let end = plain.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(plain.len());
    let (digits, rest) = plain.split_at_checked(end)?;
    let dotted = digits.ends_with('.');
    let digits = digits.trim_end_matches('.');
    let (stem, last) = digits.rsplit_once('.').unwrap_or(("", digits));
    let number: usize = last.parse().ok().filter(|number| (1..100).contains(number))?;
    let closed = rest.starts_with([')', '）', '、']);
    let sign = if open { closed } else { closed || dotted || !stem.is_empty() };
    let apart = closed || rest.starts_with(' ');
    // A figure at the start of a sentence has decimals, but no leading clause.
    let heading = stem.split('.').all(|part| part.len() <= 2);
    let next = rest.trim_start().chars().next();
    let counted = |c: char| {
        c.is_lowercase() || c == '%' || "万亿千百萬億".contains(c) || CLASSIFIERS.contains(c)
    };
    if is_paragraph && !closed && !dotted && next.is_none_or(counted) {
        return None;
    }
    (sign && apart && heading).then(|| (format!("{stem}.{}", if open { "()" } else { "" }), number))
}

/// `第三条`, `（二）`, `四、`.
fn chinese(text: &str) -> Option<(String, usize)> {
    let lead = text.chars().next().filter(|c| matches!(c, '第' | '（' | '('));
    let plain = lead.map_or(text, |c| text.get(c.len_utf8()..).unwrap_or_default());
    let numeral: String =
        plain.chars().take_while(|c| "一二三四五六七八九十".contains(*c)).collect();
    let number = CHINESE.iter().position(|other| *other == numeral).filter(|number| *number > 0)?;
    let sign = plain.get(numeral.len()..)?.chars().next()?;
    let fits = match lead {
        Some('第') => matches!(sign, '条' | '條' | '章' | '节' | '節'),
        Some(_) => matches!(sign, '）' | ')'),
        None => sign == '、',
    };
    fits.then(|| (format!("{lead:?}{sign}"), number))
}
