//! Blocks that show how a company is run, as far as they are words: stakeholders, management of
//! topics, steps, certificates, terms, pictures.

use crate::content::{Certificate, Concern, ImageBlock, ProcessBlock, Topic};
use crate::locale::{Lang, Localized};
use crate::report::{Report, anchor_name};
use crate::source::Spanned;

use crate::view::Context;
use crate::view::model::{
    Brand, CertificateRow, Certificates, Glossary, Image, ImageFile, Inline, Process, ProcessStep,
    StakeholderRow, Stakeholders, TermLanguage, TermRow, TopicRow, Topics,
};

/// Inlines as they were written.
type Written = Vec<crate::content::Inline>;

/// What a list of ids selects, in its order; everything if it is empty.
pub(super) fn selected<'a, T>(
    all: &'a [T],
    id: impl Fn(&T) -> &str,
    select: &[Spanned<String>],
) -> Vec<&'a T> {
    if select.is_empty() {
        return all.iter().collect();
    }
    let found = select.iter().filter_map(|name| all.iter().find(|one| id(one) == name.value));
    found.collect()
}

/// What the project's theme adds, with the files of all pictures.
pub(super) fn brand(report: &Report) -> Brand {
    let theme = &report.content.theme;
    let usable = |file: &Option<Spanned<String>>| {
        let file = file.as_ref().map(|file| file.value.clone());
        file.filter(|file| report.images.contains_key(file))
    };
    Brand {
        logo: usable(&theme.logo),
        cover: usable(&theme.cover),
        images: images(report),
        fonts: report.fonts.clone(),
    }
}

fn images(report: &Report) -> Vec<ImageFile> {
    let files = report.images.iter().map(|(file, image)| ImageFile {
        file: file.clone(),
        media: image.media,
        bytes: image.bytes.clone(),
    });
    files.collect()
}

impl Context<'_> {
    /// Text in the language of the view, of what may be absent.
    fn localized(&self, text: Option<&Localized<Written>>) -> Vec<Inline> {
        let words = text.and_then(|text| text.get(self.lang));
        words.map(|words| self.inlines(words, &[])).unwrap_or_default()
    }

    /// The table of stakeholders.
    pub(super) fn stakeholders(&self, select: &[Spanned<String>]) -> Stakeholders {
        let groups = &self.report.content.stakeholders;
        let separator = self.word("item_separator");
        let rows = selected(groups, |group| &group.id.value, select).into_iter().map(|group| {
            let concerns = group.concerns.iter().filter_map(|concern| match concern {
                Concern::Topic(id) => self.report.topic(&id.value).map(|t| self.text(&t.label)),
                Concern::Words(text) => Some(self.text(text)),
            });
            let channels: Vec<String> = group.channels.iter().map(|text| self.text(text)).collect();
            StakeholderRow {
                label: self.text(&group.label),
                concerns: concerns.collect::<Vec<_>>().join(&separator),
                channels: channels.join(&separator),
                frequency: self.optional(group.frequency.as_ref()).unwrap_or_default(),
                response: self.localized(group.response.as_ref()),
            }
        });
        Stakeholders { rows: rows.collect() }
    }

    /// How topics are managed.
    pub(super) fn topics(&self, select: &[Spanned<String>]) -> Topics {
        let topics = selected(&self.report.content.topics, |topic| &topic.id.value, select);
        Topics { rows: topics.into_iter().map(|topic| self.topic(topic)).collect() }
    }

    fn topic(&self, topic: &Topic) -> TopicRow {
        let [governance, strategy, risk, action] =
            topic.management.each_ref().map(|text| self.localized(text.as_ref()));
        TopicRow {
            label: self.text(&topic.label),
            sdgs: topic.goals.join(&self.word("list_comma")),
            governance,
            strategy,
            risk,
            action,
        }
    }

    /// Steps one after the other.
    pub(super) fn process(&self, section: &str, block: &ProcessBlock) -> Process {
        let steps = block.steps.iter().enumerate().map(|(n, (title, text))| ProcessStep {
            number: (n + 1).to_string(),
            title: self.inlines(title, &[]),
            text: self.inlines(text, &[]),
        });
        let id = block.id.as_ref().map(|id| anchor_name(section, &id.value));
        Process {
            id: id.unwrap_or_default(),
            title: self.plain(&block.title),
            steps: steps.collect(),
        }
    }

    /// Certificates and what they cover.
    pub(super) fn certificates(&self, items: &[Certificate]) -> Certificates {
        let rows = items.iter().map(|item| CertificateRow {
            standard: self.inlines(&item.standard, &[]),
            scope: self.inlines(&item.scope, &[]),
            coverage: item.coverage.as_ref().and_then(|f| self.figure(f)).into_iter().collect(),
            until: item.until.map(|until| until.value.written(self.lang)).unwrap_or_default(),
            note: self.inlines(&item.note, &[]),
        });
        Certificates { rows: rows.collect() }
    }

    /// The terms of the glossary: in English by the alphabet, in Chinese as they were written.
    pub(super) fn glossary(&self, select: &[Spanned<String>]) -> Glossary {
        let languages = &self.report.content.head.languages;
        let others: Vec<Lang> = languages.iter().copied().filter(|l| *l != self.lang).collect();
        let terms = selected(&self.report.content.glossary, |term| &term.id.value, select);
        let rows = terms.into_iter().map(|term| TermRow {
            term: first(&self.text(&term.words)),
            others: others
                .iter()
                .map(|lang| term.words.exact(*lang).map(|w| first(&w.value)).unwrap_or_default())
                .collect(),
            meaning: self.localized(term.meaning.as_ref()),
        });
        let mut rows: Vec<TermRow> = rows.collect();
        if !self.lang.is_chinese() {
            rows.sort_by_key(|row| row.term.to_lowercase());
        }
        let languages = others.iter().map(|lang| TermLanguage {
            lang: lang.tag().to_owned(),
            name: lang.own_name().to_owned(),
        });
        Glossary { languages: languages.collect(), rows }
    }

    /// A picture; nothing if its file cannot be used, which is a finding.
    pub(super) fn image(&self, section: &str, image: &ImageBlock) -> Option<Image> {
        self.report.images.get(&image.file.value)?;
        let id = image.id.as_ref().map(|id| anchor_name(section, &id.value));
        Some(Image {
            id: id.unwrap_or_default(),
            file: image.file.value.clone(),
            alt: image.alt.as_ref().map(|alt| alt.value.clone()),
            caption: self.inlines(&image.caption, &[]),
            wide: image.wide,
        })
    }
}

/// The word to write of those that may stand for a term.
fn first(words: &str) -> String {
    words.split('|').next().unwrap_or_default().trim().to_owned()
}
