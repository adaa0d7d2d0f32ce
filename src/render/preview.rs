//! The page around a report that is being written.

use std::collections::BTreeMap;

use minijinja::context;
use minijinja::value::{Serde, Value};

use crate::source::Files;

use crate::render::RenderFault;
use crate::render::html::{environment, hash, read, render};

/// Prints the page that shows a report and what is wrong with it, and follows each build. `words`
/// are those of the interface, by key.
pub fn preview(
    words: &BTreeMap<&str, String>,
    lang: &str,
    files: &dyn Files,
) -> Result<String, RenderFault> {
    let environment = environment(files)?;
    let style = render(&environment, "html/assets/preview.css", context! {})?;
    let script = read(files, "templates/html/assets/preview.js")?;
    let csp = format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'",
        hash(&style),
        hash(&script)
    );
    let values = context! {
        words => Value::from(Serde(words)),
        lang,
        style => Value::from_safe_string(style),
        script => Value::from_safe_string(script),
        csp,
    };
    render(&environment, "html/preview.html", values)
}
