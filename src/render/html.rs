//! HTML through minijinja: one file that asks nothing of anyone.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::locale::Lang;
use crate::source::{Files, decode};
use crate::view::{ImageFile, Theme, View};

use crate::render::RenderFault;

/// The same report in another language.
#[derive(Debug, Clone, Serialize)]
pub struct OtherLanguage {
    /// BCP 47 tag.
    pub lang: String,
    /// Name of the language in itself.
    pub name: String,
    /// File beside this one.
    pub href: String,
}

/// Prints a view as one HTML file.
pub fn html(
    view: &View,
    theme: &Theme,
    others: &[OtherLanguage],
    files: &dyn Files,
) -> Result<String, RenderFault> {
    let environment = environment(files)?;
    let tokens = Value::from(Serde(&theme.tokens));
    let style =
        render(&environment, "html/assets/report.css", context! { tokens => tokens.clone() })?;
    let script = read(files, "templates/html/assets/report.js")?;
    let csp = format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; img-src data:; base-uri 'none'; form-action 'none'",
        hash(&style),
        hash(&script)
    );
    let locale = Lang::parse(&view.lang).map_or(view.lang.as_str(), |lang| lang.locale());
    let values = context! {
        view => Value::from(Serde(view)),
        locale,
        images => Value::from(Serde(images(view))),
        tokens,
        style => Value::from_safe_string(style),
        script => Value::from_safe_string(script),
        csp,
        other_languages => Value::from(Serde(others)),
    };
    render(&environment, "html/base.html", values)
}

/// Pictures as addresses that hold them, by their paths.
fn images(view: &View) -> BTreeMap<&str, String> {
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
