//! All rules.

use crate::lint::rule::Rule;
use crate::lint::rules::{consistency, narrative, project, schema};

/// All rules, by name.
pub const RULES: &[Rule] = &[
    schema::AMBIGUOUS_UNIT,
    schema::AMBIGUOUS_WORD,
    schema::CIRCULAR_FORMULA,
    schema::CIRCULAR_PARTS,
    schema::COMPLEX_KEY,
    schema::DEEP_NESTING,
    schema::DIMENSION_MISMATCH,
    schema::DUPLICATE_ID,
    schema::DUPLICATE_KEY,
    project::EXPIRED_SUPPRESSION,
    consistency::formula_mismatch::RULE,
    schema::FORMULA_WITHOUT_RESULT,
    schema::HEADING_MISMATCH,
    schema::INVALID_DATE,
    schema::INVALID_EXPRESSION,
    schema::INVALID_FIGURE,
    schema::INVALID_KEY,
    schema::INVALID_LINK,
    schema::INVALID_OPTION,
    schema::INVALID_VALUE,
    schema::INVALID_YAML,
    consistency::mean_mismatch::RULE,
    schema::MISPLACED_FIGURE,
    narrative::missing_glyph::RULE,
    schema::MISSING_ID,
    schema::MISSING_KEY,
    schema::MISSING_LANGUAGE,
    schema::MISSING_SECTION,
    schema::MISSING_TITLE,
    schema::MISSING_VALUE,
    schema::OPEN_FIGURE,
    consistency::part_exceeds_whole::RULE,
    schema::PRIVATE_CHARACTER,
    schema::RAW_HTML,
    schema::SEVERAL_DOCUMENTS,
    schema::SPLIT_FIGURE,
    schema::SPLIT_TEXT,
    consistency::total_mismatch::RULE,
    narrative::unbound_numeral::RULE,
    schema::UNKNOWN_BLOCK,
    schema::UNKNOWN_FOOTNOTE,
    schema::UNKNOWN_FRAMEWORK,
    schema::UNKNOWN_KEY,
    schema::UNKNOWN_PLACE,
    schema::UNKNOWN_REFERENCE,
    schema::UNKNOWN_UNIT,
    schema::UNLISTED_SECTION,
    schema::UNREAD_FILE,
    schema::UNREADABLE_FILE,
    schema::UNSUPPORTED_IMAGE,
    project::UNUSED_SUPPRESSION,
    schema::WRONG_ENCODING,
    schema::WRONG_TYPE,
    schema::YAML_ALIAS,
    schema::YAML_TAG,
];

/// The rule of a name.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}
