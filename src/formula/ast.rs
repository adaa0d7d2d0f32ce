//! Expressions as trees.

use std::fmt;
use std::ops::Range;

use crate::diag::{Fill, Phrase};
use crate::quantity::{Figure, Unit};

/// An expression with its place in the text it was read from, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expr {
    /// Place.
    pub range: Range<usize>,
    /// What it is.
    pub kind: ExprKind,
}

/// What an expression is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExprKind {
    /// A number, possibly with a unit. Numbers in expressions are exact.
    Number(Figure, Unit),
    /// A figure of the project.
    Path(Path),
    /// A change of sign.
    Negate(Box<Expr>),
    /// Two values combined.
    Binary(Operator, Box<Expr>, Box<Expr>),
    /// Two values compared.
    Compare(Compare, Box<Expr>, Box<Expr>),
    /// A function of values.
    Call(Function, Vec<Expr>),
    /// A value in another unit.
    In(Box<Expr>, Unit),
}

/// A figure of the project: metric, breakdown member, year.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path {
    /// Metric id.
    pub metric: String,
    /// Dimension and member, in the order written.
    pub members: Vec<(String, String)>,
    /// Year; that of the context where none is given.
    pub year: Option<u16>,
}

impl Path {
    /// The same path in a year, unless it has one.
    pub fn in_year(&self, year: u16) -> Self {
        Self { year: Some(self.year.unwrap_or(year)), ..self.clone() }
    }

    /// The breakdown it names, such as `rank+gender`; empty for the metric itself.
    pub fn breakdown(&self) -> String {
        self.members.iter().map(|(dimension, _)| dimension.as_str()).collect::<Vec<_>>().join("+")
    }

    /// The member of that breakdown, such as `senior+male`.
    pub fn member(&self) -> String {
        self.members.iter().map(|(_, member)| member.as_str()).collect::<Vec<_>>().join("+")
    }
}

impl Fill for Path {
    fn fill(&self) -> Phrase {
        Phrase::from(self.to_string())
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.metric)?;
        if !self.members.is_empty() {
            let members: Vec<_> = self.members.iter().map(|(d, m)| format!("{d}={m}")).collect();
            write!(f, "[{}]", members.join(","))?;
        }
        match self.year {
            Some(year) => write!(f, "@{year}"),
            None => Ok(()),
        }
    }
}

/// How two values are combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

impl Operator {
    /// The sign of the operator.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "−",
            Self::Multiply => "×",
            Self::Divide => "/",
        }
    }
}

/// How two values are compared. Comparisons know rounding: two values are equal if their
/// intervals overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    /// `=`
    Equal,
    /// `!=`
    Differs,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

/// A function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// `sum(a, b, …)`
    Sum,
    /// `share(part, whole)`: a ratio, printed in percent.
    Share,
    /// `change(from, to)`: relative change, printed in percent.
    Change,
    /// `cagr(from, to, years)`: yearly rate of growth, printed in percent.
    Cagr,
    /// `mean(a, b, …)`
    Mean,
    /// `abs(a)`
    Abs,
    /// `min(a, b, …)`
    Min,
    /// `max(a, b, …)`
    Max,
}

impl Function {
    const ALL: [(&'static str, Function, usize, usize); 8] = [
        ("sum", Function::Sum, 1, usize::MAX),
        ("share", Function::Share, 2, 2),
        ("change", Function::Change, 2, 2),
        ("cagr", Function::Cagr, 3, 3),
        ("mean", Function::Mean, 1, usize::MAX),
        ("abs", Function::Abs, 1, 1),
        ("min", Function::Min, 1, usize::MAX),
        ("max", Function::Max, 1, usize::MAX),
    ];

    /// The function of a name, with the least and the most values it takes.
    pub fn find(name: &str) -> Option<(Function, usize, usize)> {
        let found = Self::ALL.iter().find(|(other, ..)| *other == name)?;
        Some((found.1, found.2, found.3))
    }

    /// Name of the function.
    pub fn name(self) -> &'static str {
        let found = Self::ALL.iter().find(|(_, function, ..)| *function == self);
        found.map_or("", |(name, ..)| name)
    }

    /// Names of all functions.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::ALL.iter().map(|(name, ..)| *name)
    }
}

impl Expr {
    /// The first comparison inside, if there is one: it is true or false, and no figure.
    pub fn comparison(&self) -> Option<&Expr> {
        match &self.kind {
            ExprKind::Compare(..) => Some(self),
            ExprKind::Number(..) | ExprKind::Path(_) => None,
            ExprKind::Negate(inner) | ExprKind::In(inner, _) => inner.comparison(),
            ExprKind::Binary(_, a, b) => a.comparison().or_else(|| b.comparison()),
            ExprKind::Call(_, values) => values.iter().find_map(Expr::comparison),
        }
    }

    /// All figures that the expression reads, in the order written.
    pub fn paths(&self) -> Vec<&Path> {
        let mut found = Vec::new();
        self.collect(&mut found);
        found
    }

    fn collect<'a>(&'a self, found: &mut Vec<&'a Path>) {
        match &self.kind {
            ExprKind::Number(..) => {}
            ExprKind::Path(path) => found.push(path),
            ExprKind::Negate(inner) | ExprKind::In(inner, _) => inner.collect(found),
            ExprKind::Binary(_, a, b) | ExprKind::Compare(_, a, b) => {
                a.collect(found);
                b.collect(found);
            }
            ExprKind::Call(_, values) => values.iter().for_each(|value| value.collect(found)),
        }
    }
}

impl Fill for Expr {
    fn fill(&self) -> Phrase {
        Phrase::from(self.to_string())
    }
}

impl fmt::Display for Expr {
    /// The expression in its plainest form: one blank around operators, parentheses where needed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ExprKind::Number(figure, unit) if unit.text.is_empty() => write!(f, "{}", figure.value),
            ExprKind::Number(figure, unit) => write!(f, "{} {}", figure.value, unit.text),
            ExprKind::Path(path) => write!(f, "{path}"),
            ExprKind::Negate(inner) => write!(f, "-{}", Inside(inner)),
            ExprKind::In(inner, unit) => write!(f, "{} in {}", Inside(inner), unit.text),
            ExprKind::Binary(operator, a, b) => {
                let sign = match operator {
                    Operator::Add => "+",
                    Operator::Subtract => "-",
                    Operator::Multiply => "*",
                    Operator::Divide => "/",
                };
                write!(f, "{} {sign} {}", Inside(a), Inside(b))
            }
            ExprKind::Compare(compare, a, b) => {
                let sign = match compare {
                    Compare::Equal => "=",
                    Compare::Differs => "!=",
                    Compare::Less => "<",
                    Compare::AtMost => "<=",
                    Compare::Greater => ">",
                    Compare::AtLeast => ">=",
                };
                write!(f, "{a} {sign} {b}")
            }
            ExprKind::Call(function, values) => {
                let values: Vec<String> = values.iter().map(ToString::to_string).collect();
                write!(f, "{}({})", function.name(), values.join(", "))
            }
        }
    }
}

/// An expression inside another: in parentheses unless it is a single thing.
struct Inside<'a>(&'a Expr);

impl fmt::Display for Inside<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.kind {
            ExprKind::Number(..) | ExprKind::Path(_) | ExprKind::Call(..) => {
                write!(f, "{}", self.0)
            }
            _ => write!(f, "({})", self.0),
        }
    }
}
