//! Text to tokens.

use std::ops::Range;

use crate::diag::say;
use crate::formula::parse::SyntaxFault;

/// A token with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Place.
    pub range: Range<usize>,
    /// What it is.
    pub kind: TokenKind,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenKind {
    /// A name: letters, digits, `.`, `_`, and `-` inside. Units are names too.
    Name(String),
    /// Digits as written, with separators and decimals.
    Number(String),
    /// A sign.
    Sign(&'static str),
}

const SIGNS: [&str; 19] = [
    "<=", ">=", "!=", "==", "+", "-", "−", "*", "×", "/", "÷", "(", ")", "[", "]", "=", "<", ">",
    "@",
];

/// Splits a text into tokens.
pub fn lex(text: &str) -> Result<Vec<Token>, SyntaxFault> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let (kind, length) = if c == ',' {
            (TokenKind::Sign(","), 1)
        } else if c.is_ascii_digit() {
            let length = number_length(rest);
            (TokenKind::Number(rest.get(..length).unwrap_or_default().to_owned()), length)
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            (TokenKind::Sign(sign), sign.len())
        } else if starts_name(c) {
            let length = name_length(rest);
            (TokenKind::Name(rest.get(..length).unwrap_or_default().to_owned()), length)
        } else {
            return Err(SyntaxFault::new(
                at..at + c.len_utf8(),
                say!("`{c}` does not belong into an expression", c),
            ));
        };
        tokens.push(Token { range: at..at + length, kind });
        at += length;
    }
    Ok(tokens)
}

fn starts_name(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '_' | '%' | '‰' | '^')
}

fn name_length(text: &str) -> usize {
    let inside = |c: char| {
        c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '^' | '%' | '‰' | '²' | '³' | '₂')
    };
    let end = text.find(|c: char| !inside(c)).unwrap_or(text.len());
    let name = text.get(..end).unwrap_or_default();
    name.trim_end_matches(['-', '.']).len().max(1)
}

/// Digits, separators between digits, decimals, and what makes it a unit such as `10^4_t`.
fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    while digit(at) || (matches!(bytes.get(at), Some(b',' | b'.')) && at > 0 && digit(at + 1)) {
        at += 1;
    }
    at
}
