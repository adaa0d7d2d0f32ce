//! Figures to words.

use crate::content::{Insert, Metric, Missing, Shown};
use crate::formula::{Expr, ExprKind, Function, Path, Quantity, evaluate};
use crate::quantity::{Decimal, Figure, Grouping, Qualifier, Unit};
use crate::quantity::{decimals_after, group, rounded, rounded_as};

use crate::view::Context;

/// A figure in pieces, as templates set it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Printed {
    /// Qualifier, currency and sign before the digits.
    pub before: String,
    /// Digits.
    pub value: String,
    /// Unit behind the digits.
    pub after: String,
}

impl Printed {
    /// All of it.
    pub fn text(&self) -> String {
        format!("{}{}{}", self.before, self.value, self.after)
    }
}

/// Decimals of computed figures where nothing else is said.
const COMPUTED_DECIMALS: u32 = 2;

/// No-break space between a number and its unit.
const NO_BREAK: &str = "\u{a0}";

impl Context<'_> {
    /// The qualifier in words of the language.
    pub(super) fn qualifier(&self, qualifier: Qualifier) -> String {
        match qualifier {
            Qualifier::None => String::new(),
            Qualifier::Over => self.word("qualifier_over"),
            Qualifier::Nearly => self.word("qualifier_nearly"),
            Qualifier::About => self.word("qualifier_about"),
            Qualifier::Below => self.word("qualifier_below"),
            Qualifier::AtLeast => self.word("qualifier_at-least"),
            Qualifier::AtMost => self.word("qualifier_at-most"),
        }
    }

    /// What stands before and behind the digits for a unit. In English a currency stands before.
    pub(super) fn around(&self, unit: &Unit, value: Decimal) -> (String, String) {
        let units = &self.report.content.units;
        let symbol = units.symbol(unit, self.lang);
        if symbol.is_empty() {
            return (String::new(), String::new());
        }
        if self.lang.is_chinese() {
            return (String::new(), symbol);
        }
        let first = unit.above.first().and_then(|id| units.table.get(id));
        let currency = first.is_some_and(|def| def.kind.starts_with("currency"));
        if currency {
            let (code, rest) = symbol.split_once(' ').unwrap_or((&symbol, ""));
            let rest = if rest.is_empty() { String::new() } else { format!("{NO_BREAK}{rest}") };
            return (format!("{code}{NO_BREAK}"), rest);
        }
        // "1 month", but "1.0 months": a figure with decimals is measured, not counted.
        if unit.below.is_empty() && value.abs() == Decimal::ONE && value.scale() == 0 {
            return (String::new(), format!("{NO_BREAK}{}", units.singular_of(unit, self.lang)));
        }
        match symbol.as_str() {
            "%" | "‰" => (String::new(), symbol),
            _ => (String::new(), format!("{NO_BREAK}{symbol}")),
        }
    }

    /// A figure as it was stated.
    pub(super) fn stated(&self, figure: &Figure, unit: &Unit, shown: Shown) -> Printed {
        self.pieces(figure.qualifier, figure.value, Grouping::Thousands, unit, shown)
    }

    fn pieces(
        &self,
        qualifier: Qualifier,
        value: Decimal,
        grouping: Grouping,
        unit: &Unit,
        shown: Shown,
    ) -> Printed {
        let (before, after) = match shown {
            Shown::WithUnit => self.around(unit, value),
            Shown::Bare => (String::new(), String::new()),
        };
        let before = format!("{}{before}", self.qualifier(qualifier));
        Printed { before, value: group(value, grouping), after }
    }

    /// Decimals of a figure that a formula alone gives: those of the latest figure that is stated
    /// for the metric, so that a row of a table reads alike.
    pub(super) fn computed_decimals(&self, metric: &Metric) -> u32 {
        let stated = metric.values.iter().rev().find_map(|(_, datum)| datum.figure());
        stated.map_or(COMPUTED_DECIMALS, Figure::decimals)
    }

    /// The digits of a figure that a formula alone gives.
    pub(super) fn computed_digits(&self, metric: &Metric, value: Decimal) -> String {
        group(rounded(value, self.computed_decimals(metric)), Grouping::Thousands)
    }

    /// The figure of an insert, and the key under which its lineage stands; nothing if it has no
    /// value, which is an error of its own.
    pub(super) fn insert(&self, insert: &Insert) -> Option<(Printed, Option<String>)> {
        let year = self.report.year();
        if let ExprKind::Path(path) = &insert.expr.kind {
            let path = path.in_year(year);
            let printed = self.path(&path, insert)?;
            return Some((self.reworded(printed, insert), self.fact_of_path(&path)));
        }
        let lookup = crate::report::InYear { year, inner: self.report };
        let step = evaluate(&insert.expr, &lookup).ok()?;
        let printed = self.computed(&step.result, &insert.expr, insert)?;
        let key = self.fact_of_expression(insert, &step, &printed.text());
        Some((self.reworded(printed, insert), Some(key)))
    }

    /// A figure of the project: as stated, unless it is to be converted or rounded.
    fn path(&self, path: &Path, insert: &Insert) -> Option<Printed> {
        let unit = &self.report.metric(&path.metric)?.unit.value;
        let stated = self.report.datum(path).and_then(|datum| datum.figure());
        let unchanged = insert.unit.is_none() && insert.decimals.is_none() && !insert.absolute;
        match stated {
            Some(figure) if unchanged => Some(self.stated(figure, unit, insert.shown)),
            Some(figure) => {
                let quantity = Quantity {
                    value: figure.value,
                    interval: figure.interval(),
                    unit: unit.clone(),
                };
                let to = insert.unit.as_ref().unwrap_or(unit);
                let factor = unit.convert(Decimal::ONE, to)?;
                let kept = decimals_after(figure.decimals(), factor);
                let decimals = insert.decimals.unwrap_or(kept);
                self.converted(&quantity, figure.qualifier, decimals, insert)
            }
            None => {
                let quantity = self.report.quantity(path).ok()?;
                let metric = self.report.metric(&path.metric)?;
                let decimals = insert.decimals.unwrap_or_else(|| self.computed_decimals(metric));
                self.converted(&quantity, Qualifier::None, decimals, insert)
            }
        }
    }

    fn computed(&self, result: &Quantity, expr: &Expr, insert: &Insert) -> Option<Printed> {
        let percent =
            is_percentage(expr) && insert.unit.as_ref().is_none_or(|unit| &*unit.text == "%");
        if percent {
            let percent = self.report.content.units.table.parse("%").ok()?;
            let value = result.value.checked_mul(Decimal::ONE_HUNDRED)?;
            let decimals = insert.decimals.unwrap_or(1);
            let value = signed(rounded(value, decimals), insert);
            let pieces =
                self.pieces(Qualifier::None, value, Grouping::Thousands, &percent, insert.shown);
            return Some(pieces);
        }
        let decimals = insert.decimals.unwrap_or_else(|| scale_of(expr, self));
        self.converted(result, Qualifier::None, decimals, insert)
    }

    fn converted(
        &self,
        quantity: &Quantity,
        qualifier: Qualifier,
        decimals: u32,
        insert: &Insert,
    ) -> Option<Printed> {
        let unit = insert.unit.as_ref().unwrap_or(&quantity.unit);
        let value = quantity.unit.convert(quantity.value, unit)?;
        let value = signed(rounded_as(value, decimals, qualifier), insert);
        Some(self.pieces(qualifier, value, Grouping::Thousands, unit, insert.shown))
    }

    /// Words in the place of the number, and another word for what is counted, where the author gave
    /// them.
    fn reworded(&self, printed: Printed, insert: &Insert) -> Printed {
        let value = insert.words.clone().unwrap_or(printed.value);
        let after = match &insert.counter {
            Some(counter) if self.lang.is_chinese() => counter.clone(),
            Some(counter) => format!("{NO_BREAK}{counter}"),
            None => printed.after,
        };
        Printed { before: printed.before, value, after }
    }

    /// The sign of a missing value, and what it means with its reason.
    pub(super) fn missing(&self, missing: &Missing) -> (&'static str, String) {
        use crate::content::MissingKind;
        let sign = match missing.kind {
            MissingKind::NotApplicable => "–",
            MissingKind::NotAvailable => "/",
            MissingKind::NotMaterial => "·",
            MissingKind::Pending => "→",
        };
        let mut text = self.word(&format!("missing_{}", missing.kind.word()));
        if let Some(until) = &missing.until {
            let date = until.value.written(self.lang);
            let until = self.word("pending_until").replace("{date}", &date);
            text = format!("{text}{}{until}", self.word("list_comma"));
        }
        let reason = self.text(&missing.reason);
        if !reason.is_empty() {
            text = format!("{text}{}{reason}", self.word("colon"));
        }
        (sign, text)
    }
}

/// Shares, changes and growth rates are printed in percent.
fn is_percentage(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Call(Function::Share | Function::Change | Function::Cagr, _) => true,
        ExprKind::Negate(inner) => is_percentage(inner),
        _ => false,
    }
}

/// Sums and differences keep the decimals of their terms; other results get two.
fn scale_of(expr: &Expr, cx: &Context<'_>) -> u32 {
    use crate::formula::Operator;
    let additive = |expr: &Expr| {
        matches!(
            &expr.kind,
            ExprKind::Binary(Operator::Add | Operator::Subtract, ..)
                | ExprKind::Call(Function::Sum, _)
        )
    };
    if !additive(expr) {
        return COMPUTED_DECIMALS;
    }
    let paths = expr.paths();
    let scales = paths.iter().filter_map(|path| {
        let path = path.in_year(cx.report.year());
        cx.report.datum(&path)?.figure().map(Figure::decimals)
    });
    scales.min().unwrap_or(COMPUTED_DECIMALS)
}

fn signed(value: Decimal, insert: &Insert) -> Decimal {
    if insert.absolute { value.abs() } else { value }
}
