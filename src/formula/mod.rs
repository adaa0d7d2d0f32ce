//! The expression language: formulas, checks and figures in prose.
//!
//! ```text
//! comparison = sum [ ("=" | "!=" | "<" | "<=" | ">" | ">=") sum ]
//! sum        = product { ("+" | "-") product }
//! product    = unary { ("*" | "/") unary }
//! unary      = "-" primary | primary [ "in" unit ]
//! primary    = number [ unit ] | name "(" comparison { "," comparison } ")" | path | "(" comparison ")"
//! path       = name [ "[" dimension "=" member { "," dimension "=" member } "]" ] [ "@" year ]
//! ```
//!
//! A hyphen inside a name belongs to the name; a minus has a blank before it. The page
//! `docs/expressions.md` explains the language to its users.
//!
//! **Invariant:** dimensions are checked before anything is computed.
//!
//! **Invariant:** every result carries its trace: inputs, intervals, steps.

mod ast;
mod check;
mod eval;
mod lex;
mod parse;

pub use self::ast::{Compare, Expr, ExprKind, Function, Operator, Path};
pub use self::check::{Signatures, dimension_of};
pub use self::eval::{Fault, FaultKind, Lookup, Quantity, Step, Verdict, evaluate};
pub use self::parse::{SyntaxFault, parse, parse_comparison, parse_figure};
