//! Shape, types and names: findings that are made while a project is read. Each has a page that
//! says what it means; its examples are run like those of every rule.

use crate::diag::Severity;
use crate::lint::rule::{Check, Group, Rule, Tier};

/// See its page, `ambiguous_unit.md`.
pub const AMBIGUOUS_UNIT: Rule = error("ambiguous-unit", include_str!("ambiguous_unit.md"));

/// See its page, `ambiguous_word.md`.
pub const AMBIGUOUS_WORD: Rule = error("ambiguous-word", include_str!("ambiguous_word.md"));

/// See its page, `circular_formula.md`.
pub const CIRCULAR_FORMULA: Rule = error("circular-formula", include_str!("circular_formula.md"));

/// See its page, `circular_parts.md`.
pub const CIRCULAR_PARTS: Rule = error("circular-parts", include_str!("circular_parts.md"));

/// See its page, `complex_key.md`.
pub const COMPLEX_KEY: Rule = error("complex-key", include_str!("complex_key.md"));

/// See its page, `control_character.md`.
pub const CONTROL_CHARACTER: Rule =
    error("control-character", include_str!("control_character.md"));

/// See its page, `deep_nesting.md`.
pub const DEEP_NESTING: Rule = error("deep-nesting", include_str!("deep_nesting.md"));

/// See its page, `differing_unit.md`.
pub const DIFFERING_UNIT: Rule = error("differing-unit", include_str!("differing_unit.md"));
/// See its page, `differing_figure.md`.
pub const DIFFERING_FIGURE: Rule = error("differing-figure", include_str!("differing_figure.md"));

/// See its page, `dimension_mismatch.md`.
pub const DIMENSION_MISMATCH: Rule =
    error("dimension-mismatch", include_str!("dimension_mismatch.md"));

/// See its page, `duplicate_id.md`.
pub const DUPLICATE_ID: Rule = error("duplicate-id", include_str!("duplicate_id.md"));

/// See its page, `duplicate_key.md`.
pub const DUPLICATE_KEY: Rule = error("duplicate-key", include_str!("duplicate_key.md"));

/// See its page, `failed_formula.md`.
pub const FAILED_FORMULA: Rule = error("failed-formula", include_str!("failed_formula.md"));

/// See its page, `figure_stated_twice.md`.
pub const FIGURE_STATED_TWICE: Rule =
    error("figure-stated-twice", include_str!("figure_stated_twice.md"));

/// See its page, `formula_without_result.md`.
pub const FORMULA_WITHOUT_RESULT: Rule =
    warning("formula-without-result", include_str!("formula_without_result.md"));

/// See its page, `heading_mismatch.md`.
pub const HEADING_MISMATCH: Rule = error("heading-mismatch", include_str!("heading_mismatch.md"));

/// See its page, `invalid_date.md`.
pub const INVALID_DATE: Rule = error("invalid-date", include_str!("invalid_date.md"));

/// See its page, `invalid_expression.md`.
pub const INVALID_EXPRESSION: Rule =
    error("invalid-expression", include_str!("invalid_expression.md"));

/// See its page, `invalid_figure.md`.
pub const INVALID_FIGURE: Rule = error("invalid-figure", include_str!("invalid_figure.md"));

/// See its page, `invalid_key.md`.
pub const INVALID_KEY: Rule = error("invalid-key", include_str!("invalid_key.md"));

/// See its page, `invalid_link.md`.
pub const INVALID_LINK: Rule = error("invalid-link", include_str!("invalid_link.md"));

/// See its page, `invalid_option.md`.
pub const INVALID_OPTION: Rule = error("invalid-option", include_str!("invalid_option.md"));

/// See its page, `invalid_table.md`.
pub const INVALID_TABLE: Rule = error("invalid-table", include_str!("invalid_table.md"));

/// See its page, `invalid_value.md`.
pub const INVALID_VALUE: Rule = error("invalid-value", include_str!("invalid_value.md"));

/// See its page, `invalid_yaml.md`.
pub const INVALID_YAML: Rule = error("invalid-yaml", include_str!("invalid_yaml.md"));

/// See its page, `misplaced_figure.md`.
pub const MISPLACED_FIGURE: Rule = error("misplaced-figure", include_str!("misplaced_figure.md"));

/// See its page, `missing_id.md`.
pub const MISSING_ID: Rule = error("missing-id", include_str!("missing_id.md"));

/// See its page, `missing_key.md`.
pub const MISSING_KEY: Rule = error("missing-key", include_str!("missing_key.md"));

/// See its page, `missing_language.md`.
pub const MISSING_LANGUAGE: Rule = error("missing-language", include_str!("missing_language.md"));

/// See its page, `missing_section.md`.
pub const MISSING_SECTION: Rule = error("missing-section", include_str!("missing_section.md"));

/// See its page, `missing_title.md`.
pub const MISSING_TITLE: Rule = error("missing-title", include_str!("missing_title.md"));

/// See its page, `missing_value.md`.
pub const MISSING_VALUE: Rule = error("missing-value", include_str!("missing_value.md"));

/// See its page, `open_figure.md`.
pub const OPEN_FIGURE: Rule = error("open-figure", include_str!("open_figure.md"));

/// See its page, `private_character.md`.
pub const PRIVATE_CHARACTER: Rule =
    error("private-character", include_str!("private_character.md"));

/// See its page, `raw_html.md`.
pub const RAW_HTML: Rule = error("raw-html", include_str!("raw_html.md"));

/// See its page, `several_documents.md`.
pub const SEVERAL_DOCUMENTS: Rule =
    error("several-documents", include_str!("several_documents.md"));

/// See its page, `split_figure.md`.
pub const SPLIT_FIGURE: Rule = error("split-figure", include_str!("split_figure.md"));

/// See its page, `split_text.md`.
pub const SPLIT_TEXT: Rule = error("split-text", include_str!("split_text.md"));

/// See its page, `surplus_cell.md`.
pub const SURPLUS_CELL: Rule = error("surplus-cell", include_str!("surplus_cell.md"));

/// See its page, `uncertain_digits.md`.
pub const UNCERTAIN_DIGITS: Rule = error("uncertain-digits", include_str!("uncertain_digits.md"));

/// See its page, `unknown_block.md`.
pub const UNKNOWN_BLOCK: Rule = error("unknown-block", include_str!("unknown_block.md"));

/// See its page, `unknown_footnote.md`.
pub const UNKNOWN_FOOTNOTE: Rule = error("unknown-footnote", include_str!("unknown_footnote.md"));

/// See its page, `unknown_framework.md`.
pub const UNKNOWN_FRAMEWORK: Rule =
    error("unknown-framework", include_str!("unknown_framework.md"));

/// See its page, `unknown_key.md`.
pub const UNKNOWN_KEY: Rule = error("unknown-key", include_str!("unknown_key.md"));

/// See its page, `unknown_place.md`.
pub const UNKNOWN_PLACE: Rule = error("unknown-place", include_str!("unknown_place.md"));

/// See its page, `unknown_reference.md`.
pub const UNKNOWN_REFERENCE: Rule =
    error("unknown-reference", include_str!("unknown_reference.md"));

/// See its page, `unknown_unit.md`.
pub const UNKNOWN_UNIT: Rule = error("unknown-unit", include_str!("unknown_unit.md"));

/// See its page, `unlisted_section.md`.
pub const UNLISTED_SECTION: Rule = warning("unlisted-section", include_str!("unlisted_section.md"));

/// See its page, `unreadable_file.md`.
pub const UNREADABLE_FILE: Rule = error("unreadable-file", include_str!("unreadable_file.md"));

/// See its page, `unread_file.md`.
pub const UNREAD_FILE: Rule = warning("unread-file", include_str!("unread_file.md"));

/// See its page, `unsupported_image.md`.
pub const UNSUPPORTED_IMAGE: Rule =
    error("unsupported-image", include_str!("unsupported_image.md"));

/// See its page, `unusable_font.md`.
pub const UNUSABLE_FONT: Rule = error("unusable-font", include_str!("unusable_font.md"));

/// See its page, `unusable_image.md`.
pub const UNUSABLE_IMAGE: Rule = error("unusable-image", include_str!("unusable_image.md"));

/// See its page, `wrong_encoding.md`.
pub const WRONG_ENCODING: Rule = error("wrong-encoding", include_str!("wrong_encoding.md"));

/// See its page, `wrong_type.md`.
pub const WRONG_TYPE: Rule = error("wrong-type", include_str!("wrong_type.md"));

/// See its page, `yaml_alias.md`.
pub const YAML_ALIAS: Rule = error("yaml-alias", include_str!("yaml_alias.md"));

/// See its page, `yaml_tag.md`.
pub const YAML_TAG: Rule = error("yaml-tag", include_str!("yaml_tag.md"));

const fn error(name: &'static str, doc: &'static str) -> Rule {
    page(name, Severity::Error, doc)
}

const fn warning(name: &'static str, doc: &'static str) -> Rule {
    page(name, Severity::Warning, doc)
}

const fn page(name: &'static str, severity: Severity, doc: &'static str) -> Rule {
    Rule {
        name,
        group: Group::Schema,
        severity,
        tier: Tier::Always,
        applies_to: &[],
        since: "0.1.0",
        doc,
        check: Check::Reading,
    }
}
