//! Changes between two reports for people and for programs.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::compare::{Changes, Explanation, FactChange, YearCount};

/// Forms of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiffForm {
    /// For a terminal.
    Text,
    /// JSON.
    Json,
    /// Markdown.
    Markdown,
}

/// The changes in a form.
pub fn diff_text(changes: &Changes, form: DiffForm) -> String {
    match form {
        DiffForm::Text => Printer { bullet: "  ", markdown: Markdown::No }.print(changes),
        DiffForm::Markdown => Printer { bullet: "- ", markdown: Markdown::Yes }.print(changes),
        DiffForm::Json => format!("{:#}\n", to_json(changes)),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Markdown {
    Yes,
    No,
}

struct Printer {
    bullet: &'static str,
    markdown: Markdown,
}

impl Printer {
    fn print(&self, changes: &Changes) -> String {
        let mut text = String::new();
        if changes.is_empty() {
            text.push_str("no changes\n");
            return text;
        }
        let facts = changes.facts.iter().map(|fact| self.fact(fact));
        let years = [("only in the older report", &changes.old_years), ("new", &changes.new_years)];
        let years = years.into_iter().flat_map(|(words, list)| {
            list.iter().map(move |count| format!("{}: {words}, {}", count.year, values(count)))
        });
        self.section("Figures", facts.chain(years).collect(), &mut text);
        let gone = changes.dropped.iter().map(|id| format!("{} dropped", self.code(id)));
        let new = changes.added.iter().map(|id| format!("{} added", self.code(id)));
        let definitions = changes.definitions.iter().map(|change| {
            let (id, what) = (self.code(&change.metric), &change.what);
            format!("{id} {what}: {} → {}", self.words(&change.old), self.words(&change.new))
        });
        self.section("Metrics", gone.chain(new).chain(definitions).collect(), &mut text);
        let answers = changes.answers.iter().map(|change| {
            let name = self.code(&format!("{} {}", change.framework, change.code));
            let word = |outcome: &Option<String>| {
                outcome.clone().unwrap_or_else(|| "unanswered".to_owned())
            };
            format!(
                "{name}: {} → {}",
                self.escaped(&word(&change.old)),
                self.escaped(&word(&change.new))
            )
        });
        self.section("Answers", answers.collect(), &mut text);
        self.prose(changes, &mut text);
        let _ = writeln!(text, "{}", summary(changes));
        text
    }

    fn section(&self, title: &str, lines: Vec<String>, text: &mut String) {
        if lines.is_empty() {
            return;
        }
        self.title(title, text);
        for line in lines {
            let _ = writeln!(text, "{}{line}", self.bullet);
        }
        text.push('\n');
    }

    fn title(&self, title: &str, text: &mut String) {
        match self.markdown {
            Markdown::Yes => {
                let _ = writeln!(text, "## {title}\n");
            }
            Markdown::No => {
                let _ = writeln!(text, "{title}");
            }
        }
    }

    fn prose(&self, changes: &Changes, text: &mut String) {
        if changes.prose.is_empty() {
            return;
        }
        self.title("Prose", text);
        for change in &changes.prose {
            let heading = match change.heading.as_str() {
                "" => String::new(),
                heading => format!("#{heading}"),
            };
            let place = format!("{}{heading} ({})", change.section, change.lang);
            match self.markdown {
                Markdown::Yes => {
                    let _ = writeln!(text, "### {}\n", self.escaped(&place));
                }
                Markdown::No => {
                    let _ = writeln!(text, "  {place}");
                }
            }
            let removed = change.removed.iter().map(|paragraph| ("-", "removed", paragraph));
            let added = change.added.iter().map(|paragraph| ("+", "added", paragraph));
            for (sign, word, paragraph) in removed.chain(added) {
                let _ = match self.markdown {
                    Markdown::Yes => writeln!(text, "- {word}: {}", self.escaped(paragraph)),
                    Markdown::No => writeln!(text, "    {sign} {paragraph}"),
                };
            }
            text.push('\n');
        }
    }

    fn fact(&self, fact: &FactChange) -> String {
        let why = match &fact.explanation {
            Explanation::Given(reason) if reason.is_empty() => {
                " (follows from a restatement)".to_owned()
            }
            Explanation::Given(reason) => format!(" (restated: {})", self.escaped(reason)),
            Explanation::Lacking => " (NOT EXPLAINED)".to_owned(),
            Explanation::Needless => String::new(),
        };
        let value = |value: &Option<String>| match value {
            Some(value) => self.escaped(value),
            None => "none".to_owned(),
        };
        format!("{}: {} → {}{why}", self.code(&fact.name), value(&fact.old), value(&fact.new))
    }

    fn code(&self, name: &str) -> String {
        match self.markdown {
            Markdown::Yes => format!("`{name}`"),
            Markdown::No => name.to_owned(),
        }
    }

    fn words(&self, words: &str) -> String {
        if words.is_empty() { "none".to_owned() } else { format!("\"{}\"", self.escaped(words)) }
    }

    /// Text of a report is text in Markdown too, and no markup.
    fn escaped(&self, words: &str) -> String {
        if self.markdown == Markdown::No {
            return words.to_owned();
        }
        let mut text = String::new();
        for sign in words.chars() {
            if matches!(
                sign,
                '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&' | '~'
            ) {
                text.push('\\');
            }
            text.push(sign);
        }
        text
    }
}

fn values(count: &YearCount) -> String {
    match count.values {
        1 => "1 value".to_owned(),
        n => format!("{n} values"),
    }
}

/// The last line: how much changed.
fn summary(changes: &Changes) -> String {
    let plural = |n: usize, one: &str| match n {
        1 => format!("1 {one}"),
        n => format!("{n} {one}s"),
    };
    let paragraphs = changes.prose.iter().map(|p| p.removed.len().max(p.added.len())).sum();
    let metrics = changes.definitions.len() + changes.dropped.len() + changes.added.len();
    format!(
        "{} changed, {} of them not explained; {}, {}, {}",
        plural(changes.facts.len(), "figure"),
        changes.unexplained(),
        plural(metrics, "change") + " of metrics",
        plural(changes.answers.len(), "change") + " of answers",
        plural(paragraphs, "change") + " of paragraphs",
    )
}

fn to_json(changes: &Changes) -> Value {
    let facts = changes.facts.iter().map(|fact| {
        let (explained, reason) = match &fact.explanation {
            Explanation::Given(reason) => (Value::Bool(true), json!(reason)),
            Explanation::Lacking => (Value::Bool(false), Value::Null),
            Explanation::Needless => (Value::Null, Value::Null),
        };
        json!({
            "name": fact.name, "old": fact.old, "new": fact.new,
            "explained": explained, "reason": reason,
        })
    });
    let years = |list: &[YearCount]| -> Vec<Value> {
        list.iter().map(|count| json!({"year": count.year, "values": count.values})).collect()
    };
    let definitions = changes.definitions.iter().map(|change| {
        json!({"metric": change.metric, "what": change.what, "old": change.old, "new": change.new})
    });
    let answers = changes.answers.iter().map(|change| {
        json!({
            "framework": change.framework, "code": change.code,
            "old": change.old, "new": change.new,
        })
    });
    let prose = changes.prose.iter().map(|change| {
        json!({
            "section": change.section, "language": change.lang.tag(), "heading": change.heading,
            "removed": change.removed, "added": change.added,
        })
    });
    json!({
        "facts": facts.collect::<Vec<_>>(),
        "years": {"old": years(&changes.old_years), "new": years(&changes.new_years)},
        "metrics": {
            "dropped": changes.dropped, "added": changes.added,
            "changed": definitions.collect::<Vec<_>>(),
        },
        "answers": answers.collect::<Vec<_>>(),
        "prose": prose.collect::<Vec<_>>(),
        "summary": {"facts": changes.facts.len(), "unexplained": changes.unexplained()},
    })
}
