//! What stands around the cursor: what a word there would name.

/// What a word at some place names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// A metric.
    Metric,
    /// A year of a metric.
    Year(String),
    /// A dimension of a metric, or any dimension.
    Dimension(Option<String>),
    /// A member of a dimension.
    Member(String),
    /// A unit.
    Unit,
    /// The anchor of a link, as `section.heading`.
    Link,
    /// A place of an answer, as `section#heading`.
    Place,
    /// A disclosure of the edition that the file answers.
    Code,
    /// A framework edition.
    Edition,
    /// An evidence item.
    Evidence,
    /// A section.
    Section,
    /// A table.
    Table,
    /// A target.
    Target,
    /// A reason.
    Reason,
    /// A rule.
    Rule,
    /// The name of a block of prose.
    Block,
    /// Something that is written freely.
    Nothing,
}

/// A word that is being written: where it starts, and what it would name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// First byte of the word.
    pub start: usize,
    /// What it names.
    pub wanted: Wanted,
}

/// How far back from the cursor is read, in bytes.
const REACH: usize = 16_384;

/// What stands around a byte of a file.
pub fn context(path: &str, text: &str, byte: usize) -> Context {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    let before = text.get(..byte).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let base = byte - line.len();
    if let Some(open) = line.rfind("{{").filter(|open| !tail(line, *open).contains("}}")) {
        return in_hole(line, base, open + 2);
    }
    if !path.ends_with(".md") {
        return in_yaml(path, before);
    }
    if let Some(open) = line.rfind("](#") {
        let inner = tail(line, open + 3);
        if !inner.contains(')') {
            return Context { start: base + open + 3, wanted: Wanted::Link };
        }
    }
    let fence = open_fence(before);
    match line.strip_prefix("```") {
        Some(_) if fence.is_none() => Context { start: base + 3, wanted: Wanted::Block },
        _ => match fence {
            Some(start) => {
                let inner = in_yaml(path, tail(before, start));
                Context { start: inner.start + start, wanted: inner.wanted }
            }
            None => Context { start: byte, wanted: Wanted::Nothing },
        },
    }
}

/// The rest of a text from a byte on.
fn tail(text: &str, start: usize) -> &str {
    text.get(start..).unwrap_or_default()
}

/// Where the body of a fence starts that is open at the end of a text. The fence line that is being
/// written is not open yet.
fn open_fence(before: &str) -> Option<usize> {
    let mut open = None;
    let mut at = 0;
    let current = before.rfind('\n').map_or(0, |newline| newline + 1);
    for line in before.split_inclusive('\n') {
        if line.starts_with("```") && at < current {
            open = match open {
                None => Some(at + line.len()),
                Some(_) => None,
            };
        }
        at += line.len();
    }
    open
}

/// Signs of a word that names something.
fn is_word(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '.' | '-' | '_' | '/' | '#' | '%' | '(' | ')' | '^' | '·' | '+')
}

/// Where the word at the end of a text starts.
fn word_start(before: &str, is_word: impl Fn(char) -> bool) -> usize {
    before.trim_end_matches(is_word).len()
}

fn in_hole(line: &str, base: usize, open: usize) -> Context {
    let inner = tail(line, open);
    if let Some(bar) = inner.rfind('|') {
        let option = inner.get(bar + 1..).unwrap_or_default();
        let option = option.rsplit(',').next().unwrap_or_default();
        let start = base + line.len() - option.len();
        let unit = option.trim_start().strip_prefix("in ");
        return match unit {
            Some(unit) => Context { start: base + line.len() - unit.len(), wanted: Wanted::Unit },
            None => Context { start, wanted: Wanted::Nothing },
        };
    }
    in_expression(line, base)
}

/// What stands at the end of an expression.
fn in_expression(line: &str, base: usize) -> Context {
    let id = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let start = word_start(line, id);
    let before = line.get(..start).unwrap_or_default();
    let metric = |text: &str| text.get(word_start(text, id)..).unwrap_or_default().to_owned();
    let open = before.rfind('[').filter(|open| !tail(before, *open).contains(']'));
    // A list of YAML opens with the same sign as a breakdown, and no metric stands before it.
    let whole = open.map(|open| metric(before.get(..open).unwrap_or_default()));
    let whole = whole.filter(|whole| !whole.is_empty());
    let wanted = if let Some(rest) = before.strip_suffix('@') {
        let rest = match rest.strip_suffix(']').and_then(|rest| rest.rfind('[')) {
            Some(open) => rest.get(..open).unwrap_or_default(),
            None => rest,
        };
        Wanted::Year(metric(rest))
    } else if let Some(whole) = whole {
        match before.strip_suffix('=') {
            Some(rest) => Wanted::Member(metric(rest)),
            None => Wanted::Dimension(Some(whole)),
        }
    } else {
        Wanted::Metric
    };
    Context { start: base + start, wanted }
}

fn in_yaml(path: &str, before: &str) -> Context {
    let start = word_start(before, is_word);
    let place = yaml_place(before.get(..start).unwrap_or_default());
    let wanted = match &place {
        Yaml::Value(key) => value_of(path, key),
        Yaml::Key(parent) => key_of(path, parent),
    };
    if wanted == Wanted::Metric {
        // A formula may stand where a metric does.
        let line = before.rsplit('\n').next().unwrap_or_default();
        return in_expression(line, before.len() - line.len());
    }
    Context { start, wanted }
}

/// Where in a YAML text its end is.
#[derive(Debug, PartialEq, Eq)]
enum Yaml {
    /// In the value of a key, or in a list that is one.
    Value(String),
    /// In a key of the map that is the value of a key.
    Key(String),
}

/// What an answer to a key names.
fn value_of(path: &str, key: &str) -> Wanted {
    match key {
        "unit" | "base" => Wanted::Unit,
        "parts" | "part-of" | "metrics" | "metric" | "facts" | "series" | "weights" | "formula"
        | "check" | "headline" | "progress" | "value" | "reasonable" | "limited" => Wanted::Metric,
        "evidence" => Wanted::Evidence,
        "reported" | "partly" => Wanted::Place,
        "framework" | "edition" => Wanted::Edition,
        "section" | "sections" => Wanted::Section,
        "table" => Wanted::Table,
        "select" => Wanted::Target,
        "split" | "by" => Wanted::Dimension(None),
        "rule" => Wanted::Rule,
        "not-available" | "not-material" | "reason" => Wanted::Reason,
        "not-applicable" if path.starts_with("metrics/") => Wanted::Reason,
        _ => Wanted::Nothing,
    }
}

/// What a key in the map of a key names.
fn key_of(path: &str, parent: &str) -> Wanted {
    match parent {
        "answers" if path.starts_with("disclosures/") => Wanted::Code,
        "by" => Wanted::Dimension(None),
        _ => Wanted::Nothing,
    }
}

/// The brackets that are open at the end of a text, and the keys before them.
fn yaml_place(before: &str) -> Yaml {
    let mut from = before.len().saturating_sub(REACH);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    let recent = tail(before, from);
    let line = recent.rsplit('\n').next().unwrap_or_default();
    if let Some((bracket, at)) = open_bracket(recent) {
        let inside = tail(recent, at + 1);
        let last = inside.rsplit(',').next().unwrap_or_default();
        let parent = key_before(recent.get(..at).unwrap_or_default());
        if bracket == '[' {
            return Yaml::Value(parent);
        }
        return match key_at_end(last) {
            Some(key) => Yaml::Value(key),
            None => Yaml::Key(parent),
        };
    }
    let plain = line.trim_start();
    if let Some(key) = key_at_end(plain.trim_start_matches("- ")) {
        return Yaml::Value(key);
    }
    let indent = line.len() - plain.len();
    let lines = recent.get(..recent.len() - line.len()).unwrap_or_default();
    match plain.starts_with('-') {
        true => Yaml::Value(key_of_list(lines, indent)),
        false => Yaml::Key(key_above(lines, indent)),
    }
}

/// The last bracket of a text that is not closed, outside quotes and comments.
fn open_bracket(text: &str) -> Option<(char, usize)> {
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut quote = None;
    let mut last = ' ';
    let mut comment = false;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (_, '\n') => (quote, comment) = (None, false),
            _ if comment => {}
            (Some(sign), c) if sign == c => quote = None,
            (Some(_), _) => {}
            (None, '#') if last.is_whitespace() => comment = true,
            (None, '"' | '\'') if last.is_whitespace() || "[{,:".contains(last) => quote = Some(c),
            (None, '[' | '{') => open.push((c, at)),
            (None, ']' | '}') => drop(open.pop()),
            _ => {}
        }
        last = c;
    }
    open.last().copied()
}

/// The key whose value the end of a text is in: `unit: ` or `unit: "`.
fn key_at_end(text: &str) -> Option<String> {
    let text = text.trim_end_matches(['"', '\'']);
    let (head, value) =
        text.rsplit_once(':').filter(|(_, value)| value.starts_with([' ', '\t']))?;
    // What was written already belongs to the same value.
    let _ = value;
    let key = head.trim().trim_start_matches("- ").trim_matches(['"', '\'']);
    Some(key.rsplit(['{', ',', ' ']).next().unwrap_or_default().to_owned())
}

/// The key right before a bracket.
fn key_before(text: &str) -> String {
    let trimmed = text.trim_end();
    match trimmed.strip_suffix(':') {
        Some(head) => {
            let word = head.rsplit([' ', '\n', '{', ',', '[']).next().unwrap_or_default();
            word.trim_matches(['"', '\'']).to_owned()
        }
        // A list in a list, or a map in one: what holds them says what they are.
        None => match (trimmed.ends_with(['[', ',']), open_bracket(trimmed)) {
            (true, Some((_, at))) => key_before(trimmed.get(..at).unwrap_or_default()),
            _ => String::new(),
        },
    }
}

/// The nearest key above that is indented less.
fn key_above(lines: &str, indent: usize) -> String {
    for line in lines.lines().rev() {
        let plain = line.trim_start();
        let own = line.len() - plain.len();
        if plain.is_empty() || plain.starts_with('#') || own >= indent {
            continue;
        }
        return key_in(plain);
    }
    String::new()
}

/// The key that a list belongs to: the nearest line above that is indented no more than its items and is
/// none of them.
fn key_of_list(lines: &str, indent: usize) -> String {
    for line in lines.lines().rev() {
        let plain = line.trim_start();
        let own = line.len() - plain.len();
        let item = own == indent && plain.starts_with('-');
        if plain.is_empty() || plain.starts_with('#') || own > indent || item {
            continue;
        }
        return key_in(plain);
    }
    String::new()
}

/// The key that a line begins with.
fn key_in(plain: &str) -> String {
    let key = plain.trim_start_matches("- ").split(':').next().unwrap_or_default();
    key.trim().trim_matches(['"', '\'']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands where `^` does.
    fn wanted(path: &str, text: &str) -> (String, Wanted) {
        let byte = text.find('^').expect("a cursor");
        let text = text.replace('^', "");
        let found = context(path, &text, byte);
        (text[found.start..byte].to_owned(), found.wanted)
    }

    #[test]
    fn figures_in_prose() {
        let case = |text: &str| wanted("narrative/a.en.md", text);
        assert_eq!(case("In {{ ghg.to^"), ("ghg.to".into(), Wanted::Metric));
        assert_eq!(case("排放 {{ change(ghg.x@2023, en^ }}"), ("en".into(), Wanted::Metric));
        assert_eq!(case("{{ ghg.total@20^"), ("20".into(), Wanted::Year("ghg.total".into())));
        assert_eq!(
            case("{{ staff[gender=female]@^"),
            (String::new(), Wanted::Year("staff".into()))
        );
        assert_eq!(case("{{ staff[gen^"), ("gen".into(), Wanted::Dimension(Some("staff".into()))));
        assert_eq!(case("{{ staff[gender=^"), (String::new(), Wanted::Member("gender".into())));
        assert_eq!(case("{{ a@2024 | dp 1, in 10^"), ("10".into(), Wanted::Unit));
        assert_eq!(case("{{ a@2024 }} and ^").1, Wanted::Nothing);
        assert_eq!(case("see [this](#cli^"), ("cli".into(), Wanted::Link));
        assert_eq!(case("# A\n\n```kpi^"), ("kpi".into(), Wanted::Block));
        assert_eq!(case("```index\nframework: g^"), ("g".into(), Wanted::Edition));
        assert_eq!(case("```kpi-table\nmetrics: [a, b^"), ("b".into(), Wanted::Metric));
        assert_eq!(case("```index\nframework: g\n```\n^").1, Wanted::Nothing);
    }

    #[test]
    fn keys_and_values_of_yaml() {
        let case = |text: &str| wanted("metrics/a.yaml", text);
        assert_eq!(case("metrics:\n  a:\n    unit: tC^"), ("tC".into(), Wanted::Unit));
        assert_eq!(case("metrics:\n  a:\n    unit: \"t/m^"), ("t/m".into(), Wanted::Unit));
        assert_eq!(case("    parts: [a.b, c^"), ("c".into(), Wanted::Metric));
        assert_eq!(case("    parts:\n      - a.b\n      - c^"), ("c".into(), Wanted::Metric));
        assert_eq!(case("    parts:\n    - c^"), ("c".into(), Wanted::Metric));
        assert_eq!(case("    evidence: [^"), (String::new(), Wanted::Evidence));
        assert_eq!(case("    formula: a / b^"), ("b".into(), Wanted::Metric));
        assert_eq!(case("    values: {2024: {not-available: n^"), ("n".into(), Wanted::Reason));
        assert_eq!(case("    by:\n      gen^"), ("gen".into(), Wanted::Dimension(None)));
        assert_eq!(case("    label: {en: It's [not] a ^").1, Wanted::Nothing);
        let case = |text: &str| wanted("disclosures/a.yaml", text);
        assert_eq!(case("framework: x/1\nanswers:\n  A1^"), ("A1".into(), Wanted::Code));
        assert_eq!(case("answers:\n  A1: {reported: [cli^"), ("cli".into(), Wanted::Place));
        assert_eq!(
            case("answers:\n  A1:\n    reported: [a]\n    facts: [^"),
            (String::new(), Wanted::Metric)
        );
    }

    #[test]
    fn no_text_is_too_strange() {
        for text in
            ["^", "{{^", "]^", "}}{{|^", "```^", "- ^", ": ^", "\"^", "#^", "单^", "[[[{{ ^"]
        {
            wanted("narrative/a.en.md", text);
            wanted("metrics/a.yaml", text);
        }
    }
}
