//! Traditional Chinese where a project has none of its own.

use std::collections::BTreeSet;

use crate::convert::{Converter, Vocabulary, localizable, terms};
use crate::diag::Sink;
use crate::locale::Lang;
use crate::source::{Sources, Span};
use crate::syntax::markdown;

use crate::content::load::LoadFault;
use crate::content::trees::Trees;

/// The scripts that a project is read in.
#[derive(Debug, Clone, Copy)]
pub struct Scripts<'a> {
    /// What Hong Kong writes in its own way.
    pub vocabulary: &'a Vocabulary,
    /// A language that is wanted besides those of the project.
    pub also: Option<Lang>,
    /// What becomes of texts that lack a traditional form.
    pub completion: Completion,
}

/// What becomes of texts that lack a traditional form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completion {
    /// They are listed, and rules see what was written.
    Listed,
    /// They are filled in, so that the report can be printed.
    Filled,
}

/// A text that a report in traditional Chinese prints converted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Converted {
    /// Place of the text that it is converted from: a scalar, or the start of a narrative.
    pub span: Span,
    /// The section, if it is a narrative.
    pub section: Option<String>,
    /// Characters that the conversion brings in.
    pub characters: BTreeSet<char>,
}

impl Scripts<'_> {
    /// The languages of a project, with the one that is wanted besides if it can be had.
    pub(super) fn languages(&self, mut languages: Vec<Lang>) -> Vec<Lang> {
        let convertible = languages.contains(&Lang::ZhHans);
        let also = self.also.filter(|lang| *lang == Lang::ZhHant && convertible);
        if let Some(lang) = also.filter(|lang| !languages.contains(lang)) {
            languages.push(lang);
        }
        languages
    }

    /// Lists the texts of a project that lack a traditional form, and fills them in if asked to.
    pub(super) fn complete(
        &self,
        trees: &mut Trees,
        sources: &mut Sources,
    ) -> Result<Vec<Converted>, LoadFault> {
        let terms = terms(trees.yaml.get("glossary.yaml"));
        // Unpacking the tables takes a while: only a report in traditional Chinese needs them.
        let converter = Converter::new(self.vocabulary, &terms).map_err(LoadFault::Tables)?;
        let mut converted = Vec::new();
        for (path, tree) in &mut trees.yaml {
            if path == "glossary.yaml" {
                continue;
            }
            converted.extend(localizable(tree).into_iter().map(|found| {
                let characters = brought_in(found.text, &converter.markup(found.text));
                Converted { span: found.span, section: None, characters }
            }));
            if self.completion == Completion::Filled {
                converter.complete(tree);
            }
        }
        for (section, span) in trees.untranslated() {
            let source = sources.get(span.source).map(|file| file.text.clone());
            let source = source.unwrap_or_default();
            let text = converter.markdown(&source);
            let characters = brought_in(&source, &text);
            if self.completion == Completion::Filled {
                let lang = Lang::ZhHant;
                let id = sources.add(&format!("narrative/{section}.{lang}.md"), &text);
                let document = markdown::parse(id, &text, 0, &mut Sink::default());
                trees.markdown.insert((section.clone(), lang), (Span::new(id, 0, 0), document));
            }
            converted.push(Converted { span, section: Some(section), characters });
        }
        Ok(converted)
    }
}

impl Trees {
    /// Sections in simplified Chinese that have no traditional text: name and start.
    fn untranslated(&self) -> Vec<(String, Span)> {
        let found = self.markdown.iter().filter_map(|((section, lang), (start, _))| {
            let own = self.markdown.contains_key(&(section.clone(), Lang::ZhHant));
            (*lang == Lang::ZhHans && !own).then(|| (section.clone(), *start))
        });
        found.collect()
    }
}

fn brought_in(source: &str, text: &str) -> BTreeSet<char> {
    let written: BTreeSet<char> = source.chars().collect();
    text.chars().filter(|c| !written.contains(c)).collect()
}
