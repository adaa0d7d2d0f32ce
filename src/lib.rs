//! Compiles sustainability reports: facts and prose in, checked and printed reports out.
//!
//! The modules are floors; see `ARCHITECTURE.md`. Data flows one way: files, spanned trees,
//! content, report, then findings or a view, then PDF, HTML or a bundle.
// Tests may cut texts and compute as they like; the program may not.
#![cfg_attr(
    not(test),
    warn(
        clippy::arithmetic_side_effects,
        clippy::string_slice,
        clippy::cast_possible_truncation,
        clippy::cast_possible_wrap,
        clippy::cast_sign_loss
    )
)]

pub mod bundle;
pub mod cli;
pub mod command;
pub mod compare;
pub mod content;
pub mod convert;
pub mod diag;
pub mod emit;
pub mod formula;
pub mod framework;
pub mod import;
pub mod lint;
pub mod locale;
pub mod lsp;
pub mod page_text;
pub mod preview;
pub mod proof;
pub mod quantity;
pub mod render;
pub mod report;
pub mod scaffold;
pub mod schema;
pub mod sheet;
pub mod source;
pub mod spread;
pub mod syntax;
pub mod view;
