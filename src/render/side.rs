//! Two languages in one compilation.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::source::Files;
use crate::view::{Both, Theme, View};

use crate::render::RenderFault;
use crate::render::pdf::{BOTH, typst_files};

/// Where the data of a compilation lie, as templates write it.
const DATA: &str = "\"/data/";

/// The files that Typst prints two languages from: the templates twice, under `/a/` and `/b/`,
/// each with the data of one language, since a module of Typst has one language only.
pub fn typst_files_of_both(
    both: &Both,
    theme: &Theme,
    facts: &[u8],
    files: &dyn Files,
) -> Result<BTreeMap<String, Vec<u8>>, RenderFault> {
    let mut theme = theme.clone();
    theme.tokens = landscape(&theme.tokens);
    let mut found = BTreeMap::new();
    for (side, view) in [("a", &both.left), ("b", &both.right)] {
        add_side(side, view, &theme, files, &mut found)?;
    }
    let entry = files.read(&format!("templates/typst/{BOTH}"));
    let entry = entry.map_err(|error| RenderFault(error.to_string()))?;
    found.insert("/typst/main.typ".to_owned(), entry);
    found.insert("/data/facts.json".to_owned(), facts.to_vec());
    let pairs = json!({ "parts": both.parts });
    let pairs = serde_json::to_vec(&pairs).map_err(|error| RenderFault(error.to_string()))?;
    found.insert("/data/both.json".to_owned(), pairs);
    Ok(found)
}

fn add_side(
    side: &str,
    view: &View,
    theme: &Theme,
    files: &dyn Files,
    found: &mut BTreeMap<String, Vec<u8>>,
) -> Result<(), RenderFault> {
    let own = format!("\"/{side}/data/");
    for (path, bytes) in typst_files(view, theme, b"{}", files)? {
        let bytes = match path.ends_with(".typ") {
            true => String::from_utf8_lossy(&bytes).replace(DATA, &own).into_bytes(),
            false => bytes,
        };
        found.insert(format!("/{side}{path}"), bytes);
    }
    Ok(())
}

/// The tokens with a page across, in which each language has about the column of the report.
fn landscape(tokens: &Json) -> Json {
    let mut tokens = tokens.clone();
    if let Some(page) = tokens.get_mut("page") {
        *page = json!({
            "width": 297, "height": 210, "top": 24, "bottom": 18, "left": 16,
            "text": 128, "gutter": 0, "side": 0,
        });
    }
    tokens
}
