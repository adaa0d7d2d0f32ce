//! Tokens to expressions.

use std::ops::Range;

use crate::diag::{Phrase, say};
use crate::quantity::{Figure, Unit, UnitFault, UnitTable};

use crate::formula::ast::{Compare, Expr, ExprKind, Function, Operator, Path};
use crate::formula::lex::{Token, TokenKind, lex};

/// Deepest nesting of parentheses and functions.
const DEEPEST: usize = 32;

/// Longest expression that is read, in bytes.
const LONGEST: usize = 4096;

/// Why a text is not an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxFault {
    /// Place in the text, in bytes.
    pub range: Range<usize>,
    /// What was expected and found.
    pub message: Phrase,
}

impl SyntaxFault {
    /// A fault at a place.
    pub fn new(range: Range<usize>, message: impl Into<Phrase>) -> Self {
        Self { range, message: message.into() }
    }
}

/// Reads an expression that gives a figure.
pub fn parse_figure(text: &str, units: &UnitTable) -> Result<Expr, SyntaxFault> {
    let expr = parse(text, units)?;
    match expr.comparison() {
        Some(inner) => {
            let range = inner.range.clone();
            Err(SyntaxFault::new(range, say!("expected a figure, found a comparison")))
        }
        None => Ok(expr),
    }
}

/// Reads a comparison, which is true or false.
pub fn parse_comparison(text: &str, units: &UnitTable) -> Result<Expr, SyntaxFault> {
    let expr = parse(text, units)?;
    match expr.kind {
        ExprKind::Compare(..) => Ok(expr),
        _ => Err(SyntaxFault::new(expr.range, say!("expected a comparison, found a figure"))),
    }
}

/// Most operators of an expression. Each is a step below the next one, and steps are taken one inside the
/// other; `sum` adds up as many values as there are.
const MOST_OPERATORS: usize = 256;

/// Reads an expression.
pub fn parse(text: &str, units: &UnitTable) -> Result<Expr, SyntaxFault> {
    if text.len() > LONGEST {
        return Err(SyntaxFault::new(
            0..text.len(),
            say!("longer than {limit} bytes", limit = LONGEST),
        ));
    }
    let tokens = lex(text)?;
    let end = text.len();
    let mut parser = Parser { tokens: &tokens, at: 0, end, text, units, depth: 0, operators: 0 };
    let expr = parser.comparison()?;
    match parser.peek() {
        None => Ok(expr),
        Some(token) => {
            let found = text.get(token.range.clone()).unwrap_or_default();
            let message = say!("expected an operator or the end, found `{found}`", found);
            Err(SyntaxFault::new(token.range.clone(), message))
        }
    }
}

struct Parser<'a> {
    tokens: &'a [Token],
    at: usize,
    end: usize,
    text: &'a str,
    units: &'a UnitTable,
    depth: usize,
    operators: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.at)
    }

    fn sign(&mut self, signs: &[&str]) -> Option<&'static str> {
        match self.peek()?.kind {
            TokenKind::Sign(sign) if signs.contains(&sign) => {
                self.at += 1;
                Some(sign)
            }
            _ => None,
        }
    }

    fn expect(&mut self, sign: &'static str) -> Result<(), SyntaxFault> {
        match self.sign(&[sign]) {
            Some(_) => Ok(()),
            None => Err(self.fault(format!("`{sign}`"))),
        }
    }

    fn fault(&self, expected: impl Into<Phrase>) -> SyntaxFault {
        let expected = expected.into();
        match self.peek() {
            Some(token) => {
                let found = self.text.get(token.range.clone()).unwrap_or_default();
                SyntaxFault::new(
                    token.range.clone(),
                    say!("expected {expected}, found `{found}`", expected, found),
                )
            }
            None => {
                let message =
                    say!("expected {expected}, found the end of the expression", expected);
                let last = self.text.char_indices().next_back().map_or(0, |(at, _)| at);
                SyntaxFault::new(last..self.end, message)
            }
        }
    }

    fn comparison(&mut self) -> Result<Expr, SyntaxFault> {
        let left = self.sum()?;
        let compare = match self.sign(&["=", "==", "!=", "<", "<=", ">", ">="]) {
            Some("=" | "==") => Compare::Equal,
            Some("!=") => Compare::Differs,
            Some("<") => Compare::Less,
            Some("<=") => Compare::AtMost,
            Some(">") => Compare::Greater,
            Some(_) => Compare::AtLeast,
            None => return Ok(left),
        };
        let right = self.sum()?;
        let range = left.range.start..right.range.end;
        Ok(Expr { range, kind: ExprKind::Compare(compare, Box::new(left), Box::new(right)) })
    }

    fn sum(&mut self) -> Result<Expr, SyntaxFault> {
        let mut left = self.product()?;
        while let Some(sign) = self.sign(&["+", "-", "−"]) {
            let operator = if sign == "+" { Operator::Add } else { Operator::Subtract };
            left = self.binary(operator, left, Self::product)?;
        }
        Ok(left)
    }

    fn product(&mut self) -> Result<Expr, SyntaxFault> {
        let mut left = self.unary()?;
        while let Some(sign) = self.sign(&["*", "×", "/", "÷"]) {
            let multiply = matches!(sign, "*" | "×");
            let operator = if multiply { Operator::Multiply } else { Operator::Divide };
            left = self.binary(operator, left, Self::unary)?;
        }
        Ok(left)
    }

    /// An operator whose left side and sign were read.
    fn binary(
        &mut self,
        operator: Operator,
        left: Expr,
        right: fn(&mut Self) -> Result<Expr, SyntaxFault>,
    ) -> Result<Expr, SyntaxFault> {
        self.operators += 1;
        if self.operators > MOST_OPERATORS {
            return Err(self.fault(say!("fewer operators")));
        }
        let right = right(self)?;
        let range = left.range.start..right.range.end;
        Ok(Expr { range, kind: ExprKind::Binary(operator, Box::new(left), Box::new(right)) })
    }

    fn unary(&mut self) -> Result<Expr, SyntaxFault> {
        let start = self.peek().map_or(self.end, |token| token.range.start);
        if self.sign(&["-", "−"]).is_some() {
            let inner = self.primary()?;
            let range = start..inner.range.end;
            return Ok(Expr { range, kind: ExprKind::Negate(Box::new(inner)) });
        }
        let inner = self.primary()?;
        if self.name_is("in") {
            self.at += 1;
            let (unit, end) = self.unit()?;
            let range = start..end;
            return Ok(Expr { range, kind: ExprKind::In(Box::new(inner), unit) });
        }
        Ok(inner)
    }

    fn name_is(&self, word: &str) -> bool {
        matches!(self.peek().map(|t| &t.kind), Some(TokenKind::Name(name)) if name == word)
    }

    fn primary(&mut self) -> Result<Expr, SyntaxFault> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.fault(say!("fewer parentheses")));
        }
        let expr = self.primary_inner();
        self.depth -= 1;
        expr
    }

    fn primary_inner(&mut self) -> Result<Expr, SyntaxFault> {
        let Some(token) = self.peek() else { return Err(self.fault(say!("a value"))) };
        match &token.kind {
            TokenKind::Number(digits) => {
                self.at += 1;
                self.number(digits, token.range.clone())
            }
            TokenKind::Name(name) => {
                self.at += 1;
                let follows = self.peek().is_some_and(|t| t.kind == TokenKind::Sign("("));
                if follows { self.call(name, token) } else { self.path(name, token) }
            }
            TokenKind::Sign("(") => {
                self.at += 1;
                let inner = self.comparison()?;
                self.expect(")")?;
                Ok(inner)
            }
            TokenKind::Sign(_) => Err(self.fault(say!("a value"))),
        }
    }

    fn number(&mut self, digits: &str, range: Range<usize>) -> Result<Expr, SyntaxFault> {
        let figure = Figure::parse(digits).map_err(|_| {
            SyntaxFault::new(range.clone(), say!("`{digits}` is not a number", digits))
        })?;
        let follows = self.peek().and_then(|token| match &token.kind {
            TokenKind::Name(name) if name != "in" => self.units.parse(name).ok().map(|_| ()),
            _ => None,
        });
        if follows.is_none() {
            return Ok(Expr { range, kind: ExprKind::Number(figure, Unit::none()) });
        }
        let (unit, end) = self.unit()?;
        Ok(Expr { range: range.start..end, kind: ExprKind::Number(figure, unit) })
    }

    /// A unit: names and numbers without blanks between them, joined by `/`.
    fn unit(&mut self) -> Result<(Unit, usize), SyntaxFault> {
        let Some(first) = self.peek() else { return Err(self.fault(say!("a unit"))) };
        let start = first.range.start;
        let mut end = start;
        while let Some(token) = self.peek() {
            let joined = token.range.start == end;
            let part = match &token.kind {
                TokenKind::Name(_) | TokenKind::Number(_) => true,
                TokenKind::Sign(sign) => *sign == "/" && end > start,
            };
            if !(joined && part) {
                break;
            }
            end = token.range.end;
            self.at += 1;
        }
        if end == start {
            return Err(self.fault(say!("a unit")));
        }
        let text = self.text.get(start..end).unwrap_or_default();
        match self.units.parse(text) {
            Ok(unit) => Ok((unit, end)),
            Err(UnitFault::Unknown(name, _)) => {
                Err(SyntaxFault::new(start..end, say!("unknown unit `{name}`", name)))
            }
            Err(UnitFault::Ambiguous(name, ids)) => {
                let message =
                    say!("`{name}` can mean {ids}", name, ids = Phrase::joined(" or ", &ids));
                Err(SyntaxFault::new(start..end, message))
            }
        }
    }

    fn call(&mut self, name: &str, token: &Token) -> Result<Expr, SyntaxFault> {
        let Some((function, least, most)) = Function::find(name) else {
            let known: Vec<_> = Function::names().collect();
            let message = say!(
                "unknown function `{name}`; there are {known}",
                name,
                known = Phrase::list(&known)
            );
            return Err(SyntaxFault::new(token.range.clone(), message));
        };
        self.expect("(")?;
        let mut values = vec![self.comparison()?];
        while self.sign(&[","]).is_some() {
            values.push(self.comparison()?);
        }
        let end = self.peek().map_or(self.end, |t| t.range.end);
        self.expect(")")?;
        let range = token.range.start..end;
        if values.len() < least || values.len() > most {
            let message = say!(
                "`{name}` takes {least} values, found {found}",
                name,
                least,
                found = values.len()
            );
            return Err(SyntaxFault::new(range, message));
        }
        Ok(Expr { range, kind: ExprKind::Call(function, values) })
    }

    fn path(&mut self, name: &str, token: &Token) -> Result<Expr, SyntaxFault> {
        let mut path = Path { metric: name.to_owned(), members: Vec::new(), year: None };
        let mut end = token.range.end;
        if self.sign(&["["]).is_some() {
            loop {
                let dimension = self.word(say!("a dimension"))?;
                self.expect("=")?;
                path.members.push((dimension, self.word(say!("a member"))?));
                if self.sign(&[","]).is_none() {
                    break;
                }
            }
            end = self.peek().map_or(self.end, |t| t.range.end);
            self.expect("]")?;
        }
        if self.sign(&["@"]).is_some() {
            let Some(token) = self.peek() else { return Err(self.fault(say!("a year"))) };
            let year = match &token.kind {
                TokenKind::Number(digits) if digits.len() == 4 => digits.parse().ok(),
                _ => None,
            };
            path.year = Some(year.ok_or_else(|| self.fault(say!("a year of four digits")))?);
            end = token.range.end;
            self.at += 1;
        }
        Ok(Expr { range: token.range.start..end, kind: ExprKind::Path(path) })
    }

    /// A dimension or member: words such as `30-to-50` start with a digit.
    fn word(&mut self, expected: Phrase) -> Result<String, SyntaxFault> {
        let Some(first) = self.peek() else { return Err(self.fault(expected)) };
        let start = first.range.start;
        let mut end = start;
        while let Some(token) = self.peek() {
            let part = matches!(
                &token.kind,
                TokenKind::Name(_) | TokenKind::Number(_) | TokenKind::Sign("-")
            );
            if !(part && token.range.start == end) {
                break;
            }
            end = token.range.end;
            self.at += 1;
        }
        if end == start {
            return Err(self.fault(expected));
        }
        Ok(self.text.get(start..end).unwrap_or_default().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_at_the_end_is_said_at_the_last_character() {
        for (text, range) in [("a −", 2..5), ("a +", 2..3), ("", 0..0), ("a in −", 5..8)] {
            let fault = parse(text, &UnitTable::default()).expect_err("something is missing");
            assert_eq!(fault.range, range, "{text}");
        }
    }
}
