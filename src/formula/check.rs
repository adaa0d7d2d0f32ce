//! Dimensions, before anything is computed.

use crate::diag::{Phrase, say};
use crate::quantity::{Dimension, Unit};

use crate::formula::ast::{Expr, ExprKind, Function, Operator, Path};
use crate::formula::eval::Fault;

/// What units the figures of a project have.
pub trait Signatures {
    /// The unit of a figure; an explanation if there is no such figure.
    fn unit(&self, path: &Path) -> Result<Unit, Phrase>;
}

/// The dimension of an expression, or what does not fit together in it.
pub fn dimension_of(expr: &Expr, signatures: &dyn Signatures) -> Result<Dimension, Fault> {
    match &expr.kind {
        ExprKind::Number(_, unit) => Ok(unit.dimension.clone()),
        ExprKind::Path(path) => match signatures.unit(path) {
            Ok(unit) => Ok(unit.dimension),
            Err(message) => Err(Fault::unknown(expr.range.clone(), message)),
        },
        ExprKind::Negate(inner) => dimension_of(inner, signatures),
        ExprKind::Binary(operator, a, b) => {
            let (left, right) = (dimension_of(a, signatures)?, dimension_of(b, signatures)?);
            match operator {
                Operator::Multiply => Ok(left.times(&right)),
                Operator::Divide => Ok(left.over(&right)),
                Operator::Add | Operator::Subtract => same(&left, &right, b).map(|()| left),
            }
        }
        ExprKind::Compare(_, a, b) => {
            let (left, right) = (dimension_of(a, signatures)?, dimension_of(b, signatures)?);
            same(&left, &right, b).map(|()| Dimension::none())
        }
        ExprKind::Call(function, values) => call(*function, values, signatures),
        ExprKind::In(inner, unit) => {
            let dimension = dimension_of(inner, signatures)?;
            if dimension == unit.dimension {
                return Ok(dimension);
            }
            let message = say!(
                "{dimension} cannot be converted into {unit} ({wanted})",
                dimension,
                unit = unit.text,
                wanted = unit.dimension
            );
            Err(Fault::dimension(expr.range.clone(), message))
        }
    }
}

fn call(
    function: Function,
    values: &[Expr],
    signatures: &dyn Signatures,
) -> Result<Dimension, Fault> {
    let mut first: Option<Dimension> = None;
    let compared = if function == Function::Cagr { 2 } else { values.len() };
    for value in values.iter().take(compared) {
        let dimension = dimension_of(value, signatures)?;
        match &first {
            None => first = Some(dimension),
            Some(first) => same(first, &dimension, value)?,
        }
    }
    for value in values.iter().skip(compared) {
        let dimension = dimension_of(value, signatures)?;
        same(&Dimension::none(), &dimension, value)?;
    }
    Ok(match function {
        Function::Share | Function::Change | Function::Cagr => Dimension::none(),
        _ => first.unwrap_or_default(),
    })
}

fn same(left: &Dimension, right: &Dimension, at: &Expr) -> Result<(), Fault> {
    if left == right {
        return Ok(());
    }
    let message = say!("expected {left}, found {right}", left, right);
    Err(Fault::dimension(at.range.clone(), message))
}
