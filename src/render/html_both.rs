//! Two languages side by side as one HTML file without any script.

use minijinja::value::{Serde, Value};
use minijinja::{Environment, context};
use serde::Serialize;

use crate::source::Files;
use crate::view::{Block, Both, PartHead, SectionHead, Theme, View};

use crate::render::RenderFault;
use crate::render::compact::compact;
use crate::render::html::{anchors, environment, hash, images, locale, render};
use crate::render::lineage::Lineage;

/// One language of the page: what its macros read besides their arguments.
struct Side<'a> {
    environment: &'a Environment<'static>,
    view: Value,
    locale: String,
    strings: Value,
    anchors: Value,
    images: Value,
    lineage: Value,
    /// What the page's own anchors of this language begin with.
    prefix: &'static str,
}

/// A part whose blocks are finished HTML.
#[derive(Serialize)]
struct Part<'a> {
    accent: &'a str,
    chapter: bool,
    heads: [&'a PartHead; 2],
    openers: [String; 2],
    sections: Vec<Section<'a>>,
}

/// A section whose blocks are finished HTML.
#[derive(Serialize)]
struct Section<'a> {
    heads: [&'a SectionHead; 2],
    pairs: Vec<Pair>,
}

/// Two blocks as finished HTML; empty where there is none.
#[derive(Serialize)]
struct Pair {
    cells: [String; 2],
    stacked: bool,
}

/// Prints two languages side by side as one HTML file.
pub fn html_of_both(both: &Both, theme: &Theme, files: &dyn Files) -> Result<String, RenderFault> {
    let environment = environment(files)?;
    let tokens = Value::from(Serde(&theme.tokens));
    // Both languages are shown: there is none to choose.
    let look = context! { tokens => tokens.clone(), tags => Vec::<String>::new() };
    let style = render(&environment, "html/assets/both.css", look)?;
    let csp = format!(
        "default-src 'none'; style-src '{}'; img-src data:; base-uri 'none'; form-action 'none'",
        hash(&style)
    );
    let sides =
        [Side::new(&environment, &both.left, ""), Side::new(&environment, &both.right, "other_")];
    let mut parts = Vec::new();
    for part in &both.parts {
        parts.push(paired_part(&sides, part)?);
    }
    let [left, right] = &sides;
    let values = context! {
        tokens,
        csp,
        style => Value::from_safe_string(style),
        sides => vec![left.described(), right.described()],
        parts => Value::from(Serde(&parts)),
        lineages => vec![left.lineage()?, right.lineage()?],
    };
    render(&environment, "html/both.html", values).map(|text| compact(&text))
}

fn paired_part<'a>(
    sides: &[Side<'_>; 2],
    part: &'a crate::view::PairedPart,
) -> Result<Part<'a>, RenderFault> {
    let [left, right] = sides;
    let level = if part.chapter { 3 } else { 2 };
    let mut sections = Vec::new();
    for section in &part.sections {
        let mut pairs = Vec::new();
        for pair in &section.pairs {
            let cells = [
                left.piece(pair.left.as_ref(), level, &section.left.title)?,
                right.piece(pair.right.as_ref(), level, &section.right.title)?,
            ];
            pairs.push(Pair { cells, stacked: pair.stacked });
        }
        sections.push(Section { heads: [&section.left, &section.right], pairs });
    }
    Ok(Part {
        accent: &part.accent,
        chapter: part.chapter,
        heads: [&part.left, &part.right],
        openers: [left.opener(&part.left)?, right.opener(&part.right)?],
        sections,
    })
}

impl<'a> Side<'a> {
    fn new(environment: &'a Environment<'static>, view: &'a View, prefix: &'static str) -> Self {
        Self {
            environment,
            view: Value::from(Serde(view)),
            locale: locale(view).to_owned(),
            strings: Value::from(Serde(&view.strings)),
            anchors: Value::from(Serde(anchors(view))),
            images: Value::from(Serde(images(view))),
            lineage: Value::from(Serde(Lineage::of(view))),
            prefix,
        }
    }

    fn described(&self) -> Value {
        context! { view => self.view.clone(), s => self.strings.clone(), locale => &self.locale }
    }

    fn context(&self, title: &str) -> Value {
        context! {
            view => self.view.clone(),
            s => self.strings.clone(),
            side => self.prefix,
            facts => context! { anchors => self.anchors.clone() },
            images => self.images.clone(),
            here => context! { title },
        }
    }

    /// A block with its footnotes; nothing if there is none.
    fn piece(&self, block: Option<&Block>, level: u8, title: &str) -> Result<String, RenderFault> {
        let Some(block) = block else { return Ok(String::new()) };
        let values = context! {
            items => vec![Value::from(Serde(block))], level, ..self.context(title)
        };
        render(self.environment, "html/pages/piece.html", values)
    }

    /// Summary and headline figures of a chapter.
    fn opener(&self, head: &PartHead) -> Result<String, RenderFault> {
        let values = context! { part => Value::from(Serde(head)), ..self.context(&head.title) };
        render(self.environment, "html/pages/opener.html", values)
    }

    /// The figures of this language with their lineage.
    fn lineage(&self) -> Result<String, RenderFault> {
        let values = context! { lineage => self.lineage.clone(), ..self.context("") };
        render(self.environment, "html/pages/lineage.html", values)
    }
}
