//! Figures that are bound, compared as expressions.

use crate::formula::{Expr, ExprKind, Function, Operator};

/// An expression in a form that is the same however it is written: units of printing left out,
/// terms that may stand in any order sorted, members of breakdowns too.
pub fn canonical(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Path(path) => {
            let mut members = path.members.clone();
            members.sort();
            crate::formula::Path { members, ..path.clone() }.to_string()
        }
        ExprKind::In(inner, _) => canonical(inner),
        ExprKind::Number(figure, unit) => format!("{} {}", figure.value.normalize(), unit.text),
        ExprKind::Negate(inner) => format!("-({})", canonical(inner)),
        ExprKind::Binary(Operator::Add, ..) => sorted("sum", terms(expr)),
        ExprKind::Binary(operator, a, b) => {
            format!("({} {} {})", canonical(a), operator.sign(), canonical(b))
        }
        ExprKind::Compare(_, a, b) => format!("({} ? {})", canonical(a), canonical(b)),
        ExprKind::Call(function, values) => {
            let values: Vec<String> = values.iter().map(canonical).collect();
            match function {
                Function::Share | Function::Change | Function::Cagr => {
                    format!("{}({})", function.name(), values.join(", "))
                }
                _ => sorted(function.name(), values),
            }
        }
    }
}

fn terms(expr: &Expr) -> Vec<String> {
    match &expr.kind {
        ExprKind::Binary(Operator::Add, a, b) => {
            let mut found = terms(a);
            found.extend(terms(b));
            found
        }
        _ => vec![canonical(expr)],
    }
}

fn sorted(name: &str, mut values: Vec<String>) -> String {
    values.sort();
    format!("{name}({})", values.join(", "))
}
