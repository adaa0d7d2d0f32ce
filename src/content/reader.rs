//! Reading typed values from trees.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Phrase, Sink, say};
use crate::formula::{Expr, parse_comparison, parse_figure};
use crate::framework::Units;
use crate::locale::{Date, Lang, Localized};
use crate::quantity::{Figure, FigureFault, Unit, UnitFault};
use crate::schema::{SchemaFault, Schemas, nearest};
use crate::source::{Sources, Span, Spanned};
use crate::syntax::markdown::parse_scalar;
use crate::syntax::yaml::Node;

use crate::content::Text;
use crate::content::metric::{Missing, MissingKind};
use crate::content::narrative::{Inline, Section};

/// What reading needs to know, and where findings go.
pub struct Reader<'a> {
    /// Texts that were read.
    pub sources: &'a Sources,
    /// Units.
    pub units: &'a Units,
    /// Languages of the project, prevailing first.
    pub languages: &'a [Lang],
    /// Reasons by id.
    pub reasons: &'a BTreeMap<String, Text>,
    /// Schemas of file kinds and blocks.
    pub schemas: &'a Schemas,
    /// Metrics that could not be read, so that what refers to them is not reported again.
    pub unread: Vec<String>,
    /// A schema that is itself wrong, if one was met.
    pub fault: Option<SchemaFault>,
    /// Findings.
    pub sink: &'a mut Sink,
}

impl<'a> Reader<'a> {
    /// A reader that knows the same, for work that is done beside other work.
    pub fn beside<'s>(&'s self, sink: &'s mut Sink) -> Reader<'s> {
        Reader { unread: Vec::new(), fault: None, sink, ..*self }
    }

    /// Checks a tree against the schema of its kind.
    pub fn check(&mut self, schema: &str, tree: &Node) {
        if let Err(fault) = self.schemas.check(schema, tree, self.sink) {
            self.fault = Some(fault);
        }
    }

    /// A text in the languages of the project, printed as it stands.
    pub fn text(&mut self, node: &Node) -> Text {
        for entry in node.entries() {
            self.no_figure(&entry.value);
            self.no_private(&entry.value);
        }
        self.any_text(node)
    }

    /// Reports a character that readers do not agree about. In Markdown the reader of holes does.
    fn no_private(&mut self, node: &Node) {
        let private = |c: &char| ('\u{E000}'..='\u{F8FF}').contains(c);
        if let Some(c) = node.text().and_then(|text| text.chars().find(private)) {
            let message = say!(
                "the private-use character U+{c} has no agreed meaning",
                c = format!("{:04X}", u32::from(c))
            );
            let found = Diagnostic::error("private-character", node.span, message);
            self.sink.push(found.help(say!("delete it, or write the character that was meant")));
        }
    }

    /// Reports a figure in a text that is printed as it stands.
    pub fn no_figure(&mut self, node: &Node) {
        if node.text().is_some_and(|text| text.contains("{{")) {
            let message = say!("figures are not filled in here");
            let found = Diagnostic::error("misplaced-figure", node.span, message);
            self.sink.push(found.help(
                say!("write the words without `{{{{ }}}}`; figures stand in prose, findings and statements"),
            ));
        }
    }

    /// A text in the languages of the project.
    fn any_text(&mut self, node: &Node) -> Text {
        let text = raw_text(node);
        for &lang in self.languages {
            // Traditional Chinese can be converted from simplified.
            let converted = lang == Lang::ZhHant && text.exact(Lang::ZhHans).is_some();
            if text.exact(lang).is_none() && !converted && !text.is_empty() {
                let message = say!("the text has no `{lang}`, a language of the report", lang);
                let found = Diagnostic::error("missing-language", node.span, message);
                self.sink.push(found.help(say!("add `{lang}:`", lang)));
            }
        }
        text
    }

    /// The text of a key, if the key is there.
    pub fn text_of(&mut self, map: &Node, key: &str) -> Option<Text> {
        map.get(key).map(|node| self.text(node))
    }

    /// The text of a key; empty if it is missing, which the schema reports.
    pub fn text_or_empty(&mut self, map: &Node, key: &str) -> Text {
        self.text_of(map, key).unwrap_or_default()
    }

    /// A date.
    pub fn date(&mut self, node: &Node) -> Option<Spanned<Date>> {
        let text = node.text()?;
        let date = Date::parse(text);
        if date.is_none() && !self.sink.has_error_at(node.span) {
            let message = say!("expected a date as YYYY-MM-DD, found `{text}`", text);
            let found = Diagnostic::error("invalid-date", node.span, message);
            self.sink.push(found.help(say!("write a day that exists, such as 2024-12-31")));
        }
        date.map(|date| Spanned::new(date, node.span))
    }

    /// The date of a key.
    pub fn date_of(&mut self, map: &Node, key: &str) -> Option<Spanned<Date>> {
        self.date(map.get(key)?)
    }

    /// A year of four digits; the schema reports others.
    pub fn year(&self, text: &str) -> Option<u16> {
        text.parse().ok().filter(|_| text.len() == 4)
    }

    /// A figure as printed.
    pub fn figure(&mut self, node: &Node) -> Option<Spanned<Figure>> {
        let text = node.text()?;
        match Figure::parse(text) {
            Ok(figure) => Some(Spanned::new(figure, node.span)),
            Err(fault) => {
                if !self.sink.has_error_at(node.span) {
                    self.sink.push(invalid_figure(node.span, text, &fault));
                }
                None
            }
        }
    }

    /// A unit.
    pub fn unit(&mut self, node: &Node) -> Option<Spanned<Unit>> {
        let text = node.text()?;
        match self.units.table.parse(text) {
            Ok(unit) => Some(Spanned::new(unit, node.span)),
            Err(UnitFault::Unknown(name, near)) => {
                let found = Diagnostic::error(
                    "unknown-unit",
                    node.span,
                    say!("unknown unit `{name}`", name),
                );
                let near = near.as_deref().or_else(|| nearest(&name, self.units.table.ids()));
                self.sink.push(match near {
                    Some(near) => found.help(say!("did you mean `{near}`?", near)),
                    None => found.help(say!("`frameworks/units.yaml` lists the units; a project adds its own in `units.yaml`")),
                });
                None
            }
            Err(UnitFault::Ambiguous(name, ids)) => {
                let message = match ids.as_slice() {
                    [id] => say!("the unit `{name}` need not mean {id}", name, id),
                    _ => say!(
                        "the unit `{name}` can mean {ids}",
                        name,
                        ids = Phrase::joined(" or ", &ids)
                    ),
                };
                let found = Diagnostic::error("ambiguous-unit", node.span, message);
                self.sink
                    .push(found.help(say!("write `{ids}`", ids = Phrase::joined("` or `", &ids))));
                None
            }
        }
    }

    /// An expression that is the value of a scalar.
    pub fn expression(&mut self, node: &Node) -> Option<Spanned<Expr>> {
        let text = node.text()?;
        match parse_figure(text, &self.units.table) {
            Ok(expr) => Some(Spanned::new(expr, node.span)),
            Err(fault) => {
                let span = self.inside(node, fault.range.start, fault.range.end);
                self.sink.push(Diagnostic::error("invalid-expression", span, fault.message));
                None
            }
        }
    }

    /// A comparison that is the value of a scalar.
    pub fn comparison(&mut self, node: &Node) -> Option<Spanned<Expr>> {
        let text = node.text()?;
        let fault = match parse_comparison(text, &self.units.table) {
            Ok(expr) => return Some(Spanned::new(expr, node.span)),
            Err(fault) => fault,
        };
        let span = self.inside(node, fault.range.start, fault.range.end);
        let found = Diagnostic::error("invalid-expression", span, fault.message);
        let help = say!("compare two values with one of `=`, `!=`, `<`, `<=`, `>`, `>=`");
        self.sink.push(found.help(help));
        None
    }

    /// The place of a part of a scalar, in bytes of its text; the whole scalar where YAML has
    /// changed the text.
    pub fn inside(&self, node: &Node, start: usize, end: usize) -> Span {
        let written = self.sources.text(node.span);
        match node.text().and_then(|text| written.find(text)) {
            Some(at) => node.span.within(at + start, at + end),
            None => node.span,
        }
    }

    /// A reason: an id of `reasons.yaml`, or a text.
    pub fn reason(&mut self, node: &Node) -> Text {
        let Some(id) = node.text() else { return self.text(node) };
        if let Some(text) = self.reasons.get(id) {
            return text.clone();
        }
        let message = say!("no reason is called `{id}`", id);
        let found = Diagnostic::error("unknown-reference", node.span, message);
        let near = nearest(id, self.reasons.keys().map(String::as_str));
        self.sink.push(match near {
            Some(near) => found.help(say!("did you mean `{near}`?", near)),
            None => found.help(say!("add it to `reasons.yaml`, or write the reason as a text")),
        });
        Text::default()
    }

    /// A typed missing value; nothing if the node is none.
    pub fn missing(&mut self, node: &Node) -> Option<Missing> {
        let entries = node.entries();
        let found = entries.iter().find_map(|entry| {
            MissingKind::parse(&entry.key.value).map(|kind| (kind, &entry.value))
        });
        let Some((kind, value)) = found else {
            if self.sink.has_error_at(node.span) {
                return None;
            }
            let message = say!("expected a figure, or why there is none");
            let found = Diagnostic::error("invalid-value", node.span, message);
            let help = say!(
                "a missing value is `{{not-applicable: …}}`, `{{not-available: …}}`, `{{not-material: …}}` or `{{pending: DATE, reason: …}}`"
            );
            self.sink.push(found.help(help));
            return None;
        };
        if kind == MissingKind::Pending {
            let until = self.date(value);
            let reason = node.get("reason").map(|reason| self.reason(reason)).unwrap_or_default();
            return Some(Missing { kind, until, reason, span: node.span });
        }
        let reason = self.reason(value);
        Some(Missing { kind, until: None, reason, span: node.span })
    }

    /// A list of ids with their places.
    pub fn ids(&self, map: &Node, key: &str) -> Vec<Spanned<String>> {
        let items = map.get(key).map(Node::items).unwrap_or_default();
        items.iter().filter_map(Node::spanned).collect()
    }

    /// Markdown that is the value of a scalar.
    pub fn markdown(&mut self, node: &Node) -> Section {
        let raw = self.sources.text(node.span);
        let document = parse_scalar(node.text().unwrap_or_default(), node.span, raw, self.sink);
        Section::read(document, node.span, self)
    }

    /// Inline Markdown that is the value of a scalar: the text of its first paragraph.
    pub fn inlines(&mut self, node: &Node) -> Vec<Inline> {
        self.markdown(node).into_inlines()
    }

    /// Inline Markdown in each language of a text.
    pub fn inline_text(&mut self, map: &Node, key: &str) -> Option<Localized<Vec<Inline>>> {
        let node = map.get(key)?;
        self.any_text(node);
        let mut localized = Localized::default();
        for entry in node.entries() {
            if let Some(lang) = Lang::parse(&entry.key.value) {
                localized.insert(lang, self.inlines(&entry.value));
            }
        }
        Some(localized)
    }
}

/// The languages and words of a text, without any check.
pub fn raw_text(node: &Node) -> Text {
    let mut text = Text::default();
    for entry in node.entries() {
        if let (Some(lang), Some(words)) = (Lang::parse(&entry.key.value), entry.value.spanned()) {
            text.insert(lang, words);
        }
    }
    text
}

fn invalid_figure(span: Span, text: &str, fault: &FigureFault) -> Diagnostic {
    let wordless = FigureFault::NoDigits;
    let digits = text.chars().any(|c| c.is_numeric());
    let (message, help) = match if digits { fault } else { &wordless } {
        FigureFault::NoDigits => (
            say!("expected a figure, found `{text}`", text),
            say!(
                "a missing value needs its reason, such as `{{not-available: …}}`; zero is `\"0\"`"
            ),
        ),
        FigureFault::Unexpected(c) if c.is_whitespace() => (
            say!("`{text}` is not a figure alone", text),
            say!("write the digits alone; the unit stands under `unit`"),
        ),
        FigureFault::Unexpected(c) => (
            say!("`{text}` is not a figure: `{c}` does not belong there", text, c),
            say!(
                "write digits with `,` between thousands and `.` before decimals; a qualifier such as `over` or `超` may stand before"
            ),
        ),
        FigureFault::Grouping => (
            say!("the thousands of `{text}` are not in groups of three", text),
            say!("write `,` before every third digit, or none at all"),
        ),
        FigureFault::TooLong => {
            (say!("`{text}` has more than 28 digits", text), say!("choose a larger unit"))
        }
        FigureFault::Percent => (
            say!("`{text}` has a percent sign", text),
            say!("the unit says that it is percent; write the digits alone"),
        ),
    };
    let help = match Figure::rewritten(text) {
        Some(better) if better.starts_with('-') && text.contains(['(', '（']) => {
            say!("write `{better}` for a negative figure", better)
        }
        Some(better) => say!("write `{better}`", better),
        None => help,
    };
    Diagnostic::error("invalid-figure", span, message).help(help)
}
