//! JSON Schema on trees.
//!
//! The schemas lie under `frameworks/schema/`. They are written so that every failure has one
//! keyword and one `description` that says what was expected.
//!
//! **Invariant:** every error gets the span of the node, or of the key, that it is about.
//!
//! **Invariant:** no schema is ever fetched; a reference that is not embedded is a program error.

mod export;
mod words;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use jsonschema::error::ValidationErrorKind;
use jsonschema::paths::LocationSegment;
use jsonschema::{PatternOptions, Registry, ValidationError, Validator};
use serde_json::Value as Json;

use crate::diag::{Diagnostic, Phrase, Sink, say};
use crate::source::Embedded;
use crate::source::Files;
use crate::source::Span;
use crate::syntax::yaml::{Node, Style, Value};
use crate::syntax::{Step, follow, key_span};

pub use self::export::Described;
pub use self::words::nearest;

/// Where the schemas say they are.
const BASE: &str = "https://esgreport.org/schema/";

/// The schemas of all file kinds.
pub struct Schemas {
    documents: &'static Documents,
    registry: Registry<'static>,
    validators: BTreeMap<String, OnceLock<Result<Validator, SchemaFault>>>,
}

/// Schemas by name.
type Documents = BTreeMap<String, Json>;

/// Schemas as soon as they are read.
static SCHEMAS: OnceLock<Result<Schemas, SchemaFault>> = OnceLock::new();

/// A schema that is itself wrong, which only a developer can cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaFault(pub String);

impl fmt::Display for SchemaFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "schema: {}", self.0)
    }
}

impl std::error::Error for SchemaFault {}

impl Schemas {
    /// The embedded schemas, read once: preparing them takes longer than checking a small project.
    pub fn embedded() -> Result<&'static Self, SchemaFault> {
        SCHEMAS.get_or_init(Self::read).as_ref().map_err(Clone::clone)
    }

    /// Whether the embedded schemas are read.
    pub fn are_ready() -> bool {
        SCHEMAS.get().is_some()
    }

    /// The documents of the embedded schemas, which what is made of them refers to.
    fn documents() -> Result<&'static Documents, SchemaFault> {
        static DOCUMENTS: OnceLock<Result<Documents, SchemaFault>> = OnceLock::new();
        DOCUMENTS.get_or_init(Self::read_documents).as_ref().map_err(Clone::clone)
    }

    fn read_documents() -> Result<Documents, SchemaFault> {
        let mut documents = BTreeMap::new();
        let paths = Embedded.list().map_err(|error| SchemaFault(error.to_string()))?;
        for path in paths {
            let Some(name) = path.strip_prefix("frameworks/schema/") else { continue };
            let Some(name) = name.strip_suffix(".json") else { continue };
            let bytes = Embedded::bytes(&path).unwrap_or_default();
            let json = serde_json::from_slice(bytes);
            let json: Json = json.map_err(|error| SchemaFault(format!("{path}: {error}")))?;
            documents.insert(name.to_owned(), json);
        }
        Ok(documents)
    }

    fn read() -> Result<Self, SchemaFault> {
        let documents = Self::documents()?;
        let mut registry = Registry::new();
        for (name, json) in documents {
            let added = registry.add(format!("{BASE}{name}.json"), json);
            registry = added.map_err(|error| SchemaFault(error.to_string()))?;
        }
        let registry = registry.prepare().map_err(|error| SchemaFault(error.to_string()))?;
        let validators = documents.keys().map(|name| (name.clone(), OnceLock::new())).collect();
        Ok(Self { documents, registry, validators })
    }

    /// Names of all schemas.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.documents.keys().map(String::as_str)
    }

    /// The schema of a file kind.
    pub fn document(&self, name: &str) -> Option<&Json> {
        self.documents.get(name)
    }

    /// Checks a tree and reports what does not fit.
    pub fn check(&self, name: &str, tree: &Node, sink: &mut Sink) -> Result<(), SchemaFault> {
        let validator = self.compiled(name)?;
        Checked { schemas: self, derived: None }.report(validator, tree, sink);
        Ok(())
    }

    /// Makes a schema ready before it is asked for. What is wrong with it is told then.
    pub fn prepare(&self, name: &str) {
        let _ = self.compiled(name);
    }

    /// The schema of a file kind, compiled once.
    fn compiled(&self, name: &str) -> Result<&Validator, SchemaFault> {
        let Some(cell) = self.validators.get(name) else {
            return Err(SchemaFault(format!("no schema is called {name}")));
        };
        let schema = self.documents.get(name).unwrap_or(&Json::Null);
        cell.get_or_init(|| self.validator(schema)).as_ref().map_err(Clone::clone)
    }

    /// Checks a tree against a document that was derived from one of the schemas.
    pub fn check_derived(
        &self,
        document: &Json,
        tree: &Node,
        sink: &mut Sink,
    ) -> Result<(), SchemaFault> {
        let validator = self.validator(document)?;
        Checked { schemas: self, derived: Some(document) }.report(&validator, tree, sink);
        Ok(())
    }

    fn validator(&self, document: &Json) -> Result<Validator, SchemaFault> {
        // Texts are short and patterns many: making the tables of all of them ready takes longer than
        // matching without.
        let patterns = PatternOptions::fancy_regex().dfa_size_limit(0);
        let options = jsonschema::options().with_registry(&self.registry).offline();
        let options = options.with_pattern_options(patterns);
        options.build(document).map_err(|error| SchemaFault(error.to_string()))
    }
}

/// What a tree is checked against: the embedded schemas, and perhaps one derived from them.
struct Checked<'a> {
    schemas: &'a Schemas,
    derived: Option<&'a Json>,
}

impl Checked<'_> {
    fn report(&self, validator: &Validator, tree: &Node, sink: &mut Sink) {
        let instance = to_json(tree);
        let errors: Vec<_> = validator.iter_errors(&instance).collect();
        let mut renamed = Vec::new();
        for error in &errors {
            self.report_unknown(tree, error, &mut renamed, sink);
        }
        for error in &errors {
            self.report_other(tree, error, &renamed, sink);
        }
    }

    /// Reports keys that do not belong there, and notes which known keys they were meant to be.
    fn report_unknown(
        &self,
        tree: &Node,
        error: &ValidationError<'_>,
        renamed: &mut Vec<(Span, String)>,
        sink: &mut Sink,
    ) {
        let (ValidationErrorKind::AdditionalProperties { unexpected }
        | ValidationErrorKind::UnevaluatedProperties { unexpected }) = error.kind()
        else {
            return;
        };
        let node = reached(tree, error);
        let known = self.failing(error).and_then(|s| s.get("properties")).and_then(Json::as_object);
        let known: Vec<&str> =
            known.into_iter().flat_map(|p| p.keys().map(String::as_str)).collect();
        for key in unexpected {
            let span = key_span(node, key);
            if self.is_known_around(error, key) {
                let message = say!("`{key}` does not go with the other keys here", key);
                let found = Diagnostic::error("unknown-key", span, message);
                sink.push(
                    found
                        .help(say!("keys that go together: {known}", known = Phrase::list(&known))),
                );
                continue;
            }
            let found = Diagnostic::error("unknown-key", span, say!("unknown key `{key}`", key));
            let near = nearest(key, known.iter().copied());
            sink.push(match near {
                Some(near) => found.help(say!("did you mean `{near}`?", near)),
                None => found.help(say!("known keys here: {known}", known = Phrase::list(&known))),
            });
            renamed.extend(near.map(|near| (node.span, near.to_owned())));
        }
    }

    fn report_other(
        &self,
        tree: &Node,
        error: &ValidationError<'_>,
        renamed: &[(Span, String)],
        sink: &mut Sink,
    ) {
        let node = reached(tree, error);
        if sink.has_error_at(node.span) {
            return;
        }
        let schema = self.failing(error);
        let expected = schema.and_then(|s| described(s, "description", "x-zh"));
        let expected = expected.unwrap_or_else(|| say!("another value"));
        match error.kind() {
            ValidationErrorKind::AdditionalProperties { .. }
            | ValidationErrorKind::UnevaluatedProperties { .. } => {}
            ValidationErrorKind::Required { property } => {
                let key = property.as_str().unwrap_or_default();
                if renamed.iter().any(|(span, near)| *span == node.span && near == key) {
                    return;
                }
                let message = say!("the key `{key}` is missing", key);
                let found = Diagnostic::error("missing-key", head(node), message);
                sink.push(found.help(say!("add `{key}:` here", key)));
            }
            ValidationErrorKind::PropertyNames { error: inner } => {
                let key = inner.instance().as_str().unwrap_or_default().to_owned();
                let names = self.failing(inner);
                let wanted = names.and_then(|s| described(s, "description", "x-zh"));
                let message = say!(
                    "expected {expected}, found `{key}`",
                    expected = wanted.unwrap_or(expected),
                    key
                );
                let found = Diagnostic::error("invalid-key", key_span(node, &key), message);
                let known = names.and_then(|s| s.get("enum")).and_then(Json::as_array);
                let known = known.into_iter().flatten().filter_map(Json::as_str);
                sink.push(match nearest(&key, known) {
                    Some(near) => found.help(say!("did you mean `{near}`?", near)),
                    None => match names.and_then(|s| described(s, "x-help", "x-help-zh")) {
                        Some(help) => found.help(help),
                        None => found,
                    },
                });
            }
            ValidationErrorKind::Type { .. } => {
                let message =
                    say!("expected {expected}, found {node}", expected, node = found(node));
                sink.push(Diagnostic::error("wrong-type", node.span, message));
            }
            _ => {
                let message =
                    say!("expected {expected}, found {node}", expected, node = found(node));
                sink.push(Diagnostic::error("invalid-value", node.span, message));
            }
        }
    }

    /// Whether a key that a branch refuses is known to one of the schemas around the branch.
    fn is_known_around(&self, error: &ValidationError<'_>, key: &str) -> bool {
        let Some((name, pointer)) = location(error) else { return false };
        let Some(document) = self.document(&name) else { return false };
        let branch = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
        let mut at = branch;
        while let Some((around, _)) = at.rsplit_once('/') {
            at = around;
            let properties = document.pointer(at).and_then(|schema| schema.get("properties"));
            if properties.is_some_and(|properties| properties.get(key).is_some()) {
                return true;
            }
        }
        false
    }

    /// The schema object whose keyword failed.
    fn failing(&self, error: &ValidationError<'_>) -> Option<&Json> {
        let (name, pointer) = location(error)?;
        let parent = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
        self.document(&name)?.pointer(parent)
    }

    /// The document that an error names.
    fn document(&self, name: &str) -> Option<&Json> {
        let id = format!("{BASE}{name}.json");
        let named = |document: &Json| document.get("$id").and_then(Json::as_str) == Some(&id);
        self.derived.filter(|document| named(document)).or_else(|| self.schemas.document(name))
    }
}

/// Document and pointer of the keyword that failed.
fn location(error: &ValidationError<'_>) -> Option<(String, String)> {
    let location = error.absolute_keyword_location()?.as_str();
    let (document, pointer) = location.split_once('#')?;
    let name = document.strip_prefix(BASE)?.strip_suffix(".json")?;
    Some((name.to_owned(), percent_decoded(pointer)))
}

/// The node that an error is about.
fn reached<'a>(tree: &'a Node, error: &ValidationError<'_>) -> &'a Node {
    let route: Vec<Step> = error.instance_path().segments().map(to_step).collect();
    follow(tree, &route).0
}

/// The first line of a node, so that a missing key does not mark a whole file.
fn head(node: &Node) -> Span {
    match node.entries().first() {
        Some(entry) => entry.key.span,
        None => node.span,
    }
}

/// What a schema says under a key, and in Chinese under another.
fn described(schema: &Json, english: &str, chinese: &str) -> Option<Phrase> {
    let text = |key: &str| schema.get(key).and_then(Json::as_str);
    let english = text(english)?;
    Some(text(chinese).map_or_else(|| english.into(), |chinese| Phrase::both(english, chinese)))
}

fn found(node: &Node) -> Phrase {
    match &node.value {
        Value::Scalar(scalar) if scalar.text.is_empty() => say!("an empty text"),
        Value::Scalar(scalar) => {
            let short: String = scalar.text.chars().take(40).collect();
            let dots = if short.len() < scalar.text.len() { "…" } else { "" };
            format!("`{short}{dots}`").into()
        }
        _ => node.kind(),
    }
}

fn to_step(segment: LocationSegment<'_>) -> Step {
    match segment {
        LocationSegment::Property(key) => Step::Key(key.into_owned()),
        LocationSegment::Index(index) => Step::Item(index),
    }
}

/// The tree as JSON: scalars stay texts, except an unquoted `true` or `false`.
fn to_json(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Scalar(scalar) => match scalar.text.as_str() {
            "true" if scalar.style == Style::Plain => Json::Bool(true),
            "false" if scalar.style == Style::Plain => Json::Bool(false),
            text => Json::String(text.to_owned()),
        },
        Value::Seq(items) => Json::Array(items.iter().map(to_json).collect()),
        Value::Map(entries) => {
            let pairs = entries.iter().map(|e| (e.key.value.clone(), to_json(&e.value)));
            Json::Object(pairs.collect())
        }
    }
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let pair = (byte == b'%').then(|| (rest.next(), rest.next()));
        let hex = |b: u8| char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok());
        match pair {
            Some((Some(high), Some(low))) => match (hex(high), hex(low)) {
                (Some(high), Some(low)) => bytes.push(high * 16 + low),
                _ => bytes.extend([b'%', high, low]),
            },
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}
