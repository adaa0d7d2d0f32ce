//! HTML through minijinja: one file with every language, that asks nothing of anyone.

use std::collections::BTreeMap;
use std::thread;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::locale::Lang;
use crate::source::{Files, decode};
use crate::view::{Edition, ImageFile, Theme, View};

use crate::render::RenderFault;
use crate::render::compact::compact;
use crate::render::lineage::Lineage;

/// What the page says of one of its languages.
#[derive(Debug, Serialize)]
struct Described<'a> {
    view: &'a View,
    /// What its anchors begin with.
    side: &'a str,
    /// Language tag with the region whose glyphs are meant.
    locale: &'a str,
    /// Its finished HTML.
    body: String,
}

/// Prints the languages of a report as one HTML file, of which one is shown at a time.
pub fn html(editions: &[Edition], theme: &Theme, files: &dyn Files) -> Result<String, RenderFault> {
    let environment = &environment(files)?;
    let tokens = Value::from(Serde(&theme.tokens));
    let tags: Vec<String> = editions.iter().map(|edition| edition.view.lang.clone()).collect();
    let look = context! { tokens => tokens.clone(), tags => tags.clone() };
    let style = render(environment, "html/assets/report.css", look)?;
    let script = read(files, "templates/html/assets/report.js")?;
    let csp = format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; img-src data:; base-uri 'none'; form-action 'none'",
        hash(&style),
        hash(&script)
    );
    let bodies = thread::scope(|scope| {
        let threads: Vec<_> = editions
            .iter()
            .map(|edition| scope.spawn(move || body(environment, edition, editions)))
            .collect();
        let ended = |_| Err(RenderFault("printing ended unexpectedly".to_owned()));
        let joined = threads.into_iter().map(|thread| thread.join().unwrap_or_else(ended));
        joined.collect::<Result<Vec<String>, RenderFault>>()
    })?;
    let described: Vec<Described<'_>> = editions
        .iter()
        .zip(bodies)
        .map(|(Edition { prefix, view }, body)| Described {
            view,
            side: prefix,
            locale: locale(view),
            body,
        })
        .collect();
    let values = context! {
        editions => Value::from(Serde(&described)),
        tags,
        tokens,
        style => Value::from_safe_string(style),
        script => Value::from_safe_string(script),
        csp,
    };
    render(environment, "html/base.html", values)
}

/// All that one language has in the page.
fn body(
    environment: &Environment<'_>,
    edition: &Edition,
    editions: &[Edition],
) -> Result<String, RenderFault> {
    let Edition { prefix, view } = edition;
    let others = editions.iter().filter(|other| other.view.lang != view.lang);
    let others: Vec<Value> = others
        .map(|other| {
            let View { lang, language_name, .. } = &other.view;
            context! { side => &other.prefix, lang, name => language_name }
        })
        .collect();
    let values = context! {
        view => Value::from(Serde(view)),
        s => Value::from(Serde(&view.strings)),
        side => prefix,
        locale => locale(view),
        facts => context! { anchors => Value::from(Serde(anchors(view))) },
        lineage => Value::from(Serde(Lineage::of(view))),
        images => Value::from(Serde(images(view))),
        others,
    };
    render(environment, "html/edition.html", values).map(|text| compact(&text))
}

/// The language with the region whose glyphs are meant.
pub fn locale(view: &View) -> &str {
    Lang::parse(&view.lang).map_or(view.lang.as_str(), |lang| lang.locale())
}

/// The anchor of each fact by its key.
pub fn anchors(view: &View) -> BTreeMap<&str, &str> {
    view.facts.iter().map(|fact| (fact.key.as_str(), fact.anchor.as_str())).collect()
}

/// Pictures as addresses that hold them, by their paths.
pub fn images(view: &View) -> BTreeMap<&str, String> {
    let address = |image: &ImageFile| {
        format!("data:{};base64,{}", image.media, STANDARD.encode(&image.bytes))
    };
    view.brand.images.iter().map(|image| (image.file.as_str(), address(image))).collect()
}

/// All HTML templates, in a strict environment.
pub fn environment(files: &dyn Files) -> Result<Environment<'static>, RenderFault> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|name| {
        if name.ends_with(".html") { AutoEscape::Html } else { AutoEscape::None }
    });
    let paths = files.list().map_err(|error| RenderFault(error.to_string()))?;
    for path in paths {
        let Some(name) = path.strip_prefix("templates/").filter(|name| is_template(name)) else {
            continue;
        };
        let text = read(files, &path)?;
        let added = environment.add_template_owned(name.to_owned(), text);
        added.map_err(|error| describe(&error))?;
    }
    Ok(environment)
}

/// The script holds no template language and is put in as it is.
fn is_template(name: &str) -> bool {
    name.starts_with("html/") && (name.ends_with(".html") || name.ends_with(".css"))
}

/// Reads a file of the templates as text.
pub fn read(files: &dyn Files, path: &str) -> Result<String, RenderFault> {
    let bytes = files.read(path).map_err(|error| RenderFault(error.to_string()))?;
    decode(bytes)
        .map_err(|fault| RenderFault(format!("{path} is not UTF-8 but {}", fault.encoding)))
}

/// Prints one template.
pub fn render(
    environment: &Environment<'_>,
    name: &str,
    values: Value,
) -> Result<String, RenderFault> {
    let template = environment.get_template(name).map_err(|error| describe(&error))?;
    template.render(values).map_err(|error| describe(&error))
}

fn describe(error: &minijinja::Error) -> RenderFault {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        text = format!("{text}: {inner}");
        source = inner.source();
    }
    RenderFault(text)
}

/// A source expression of the Content Security Policy (CSP Level 3, section 2.3.1).
pub fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text.as_bytes())))
}
