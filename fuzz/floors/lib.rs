//! The program without what prints PDF, without commands and without servers: the same files, built
//! as a library of their own.
//!
//! A module names only lower floors, so leaving the upper ones out changes nothing below.
#![allow(dead_code, missing_docs)]

#[path = "../../src/bundle/mod.rs"]
pub mod bundle;
#[path = "../../src/compare/mod.rs"]
pub mod compare;
#[path = "../../src/content/mod.rs"]
pub mod content;
#[path = "../../src/convert/mod.rs"]
pub mod convert;
#[path = "../../src/diag/mod.rs"]
pub mod diag;
#[path = "../../src/emit/mod.rs"]
pub mod emit;
#[path = "../../src/formula/mod.rs"]
pub mod formula;
#[path = "../../src/framework/mod.rs"]
pub mod framework;
#[path = "../../src/import/mod.rs"]
pub mod import;
#[path = "../../src/lint/mod.rs"]
pub mod lint;
#[path = "../../src/locale/mod.rs"]
pub mod locale;
#[path = "../../src/page_text.rs"]
pub mod page_text;
#[path = "../../src/proof/mod.rs"]
pub mod proof;
#[path = "../../src/quantity/mod.rs"]
pub mod quantity;
#[path = "../../src/report/mod.rs"]
pub mod report;
#[path = "../../src/schema/mod.rs"]
pub mod schema;
#[path = "../../src/sheet/mod.rs"]
pub mod sheet;
#[path = "../../src/source/mod.rs"]
pub mod source;
#[path = "../../src/spread.rs"]
pub mod spread;
#[path = "../../src/syntax/mod.rs"]
pub mod syntax;
#[path = "../../src/view/mod.rs"]
pub mod view;
