#![doc = include_str!("power_as_energy.md")]

use crate::content::Metric;
use crate::diag::{Diagnostic, Phrase, Severity, Sink, say};
use crate::lint::rule::{Group, Rule, Tier};
use crate::report::Report;

/// Energy in a unit of power, and power in a unit of energy.
pub const RULE: Rule = Rule {
    name: "power-as-energy",
    group: Group::Plausibility,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("power_as_energy.md"),
    check: Some(check),
};

/// Words of labels for an amount of energy.
const AMOUNT: [&str; 15] = [
    "consum",
    "generat",
    "electricity used",
    "energy used",
    "energy saved",
    "用电量",
    "用電量",
    "耗电量",
    "耗電量",
    "发电量",
    "發電量",
    "能源消耗",
    "能耗",
    "节电量",
    "節電量",
];

/// Words of labels for how much flows at a time, whatever it is that flows.
const RATE: [&str; 21] = [
    "power",
    "peak",
    "capacity",
    "load",
    "maximum",
    "rate",
    "standby",
    "demand",
    "generator",
    "功率",
    "功耗",
    "峰值",
    "装机",
    "裝機",
    "容量",
    "负荷",
    "負荷",
    "待机",
    "待機",
    "发电机",
    "發電機",
];

/// Words of labels for what a plant can give.
const CAPACITY: [&str; 8] = [
    "installed capacity",
    "generating capacity",
    "generation capacity",
    "rated power",
    "装机",
    "裝機",
    "额定功率",
    "額定功率",
];

/// Words of labels for what a plant gave, whose capacity may be named beside it.
const YIELD: [&str; 7] =
    ["generated", "generation of", "generation from", "output", "yield", "发电量", "發電量"];

/// Words of labels for what is stored, of which the capacity is an amount.
const STORED: [&str; 7] = ["stor", "batter", "储能", "儲能", "电池", "電池", "蓄"];

fn check(report: &Report, sink: &mut Sink) {
    let table = &report.content.units.table;
    let (Ok(power), Ok(energy)) = (table.parse("kW"), table.parse("kWh")) else { return };
    for metric in &report.content.metrics {
        let unit = &metric.unit.value;
        if unit.dimension == power.dimension {
            if is_amount(metric) {
                let id = format!("{}h", unit.text.trim_end_matches('p'));
                let meant = table.parse(&id).map_or(energy.text.to_string(), |_| id);
                let message = say!(
                    "the label names an amount of energy, and `{unit}` is a unit of power",
                    unit = unit.text
                );
                sink.push(found(
                    metric,
                    message,
                    say!("write `{meant}` if an amount is meant", meant),
                ));
            }
        } else if unit.dimension == energy.dimension
            && says(metric, &CAPACITY)
            && !says(metric, &STORED)
            && !says(metric, &YIELD)
        {
            let meant = unit.text.strip_suffix('h').filter(|id| table.parse(id).is_ok());
            let meant = meant.unwrap_or(&power.text);
            let message = say!(
                "the label names a capacity, and `{unit}` is a unit of energy",
                unit = unit.text
            );
            sink.push(found(
                metric,
                message,
                say!("write `{meant}` if a capacity is meant", meant),
            ));
        }
    }
}

/// Whether a label names an amount, and nothing else that would make it a rate.
fn is_amount(metric: &Metric) -> bool {
    metric.label.iter().any(|(_, label)| {
        let label = label.value.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| label.contains(word));
        has(&AMOUNT) && !has(&RATE)
    })
}

/// Whether a label has one of some words, in any language.
fn says(metric: &Metric, words: &[&str]) -> bool {
    metric.label.iter().any(|(_, label)| {
        let label = label.value.to_lowercase();
        words.iter().any(|word| label.contains(word))
    })
}

fn found(metric: &Metric, message: Phrase, help: Phrase) -> Diagnostic {
    Diagnostic::warning(RULE.name, metric.unit.span, message)
        .related(metric.id.span, say!("the metric"))
        .subject(&metric.id.value)
        .help(help)
}
