//! Every text of a report, one language at a time.

use crate::content::{Block, BlockKind, Content, Inline, Metric, OutlineEntry, Text};
use crate::locale::Lang;
use crate::locale::Localized;
use crate::report::{Report, Visitor, visit_section};
use crate::source::Span;

use crate::lint::rules::narrative::prose::Prose;

/// A text with its language.
pub struct Written {
    /// Language.
    pub lang: Lang,
    /// Section, metric, table or target.
    pub subject: String,
    /// The text.
    pub prose: Prose,
}

impl Written {
    /// The place of a part; nothing if it has none.
    pub fn place(&self, start: usize, end: usize) -> Option<Span> {
        self.prose.place(start, end)
    }
}

/// The texts of a report, gathered once for all rules that look at each.
pub struct Texts<'a> {
    /// The report they are of.
    pub report: &'a Report,
    /// All texts: sections, titles and summaries of chapters, labels and notes, targets.
    pub all: Vec<Written>,
}

impl<'a> Texts<'a> {
    /// Gathers the texts of a report.
    pub fn of(report: &'a Report) -> Self {
        Self { report, all: texts(report) }
    }
}

fn texts(report: &Report) -> Vec<Written> {
    let content = &report.content;
    // Growing step by step would copy all texts again and again.
    let blocks = content.narrative.values().map(|section| 4 * section.blocks.len());
    let texts = Vec::with_capacity(blocks.sum::<usize>() + 4 * content.metrics.len());
    let mut found = Found { texts, lang: Lang::En, subject: String::new() };
    for ((id, lang), section) in &content.narrative {
        found.lang = *lang;
        found.subject.clone_from(id);
        visit_section(section, &mut found);
    }
    found.head(content);
    for dimension in &content.dimensions {
        found.all(&dimension.id.value, &dimension.label);
        dimension.members.iter().for_each(|(_, label)| found.all(&dimension.id.value, label));
    }
    content.metrics.iter().for_each(|metric| found.metric(metric));
    for table in &content.tables {
        found.all(&table.id.value, &table.title);
        table.note.iter().for_each(|note| found.all(&table.id.value, note));
        let labels = table.groups.iter().filter_map(|group| group.label.as_ref());
        labels.for_each(|label| found.all(&table.id.value, label));
    }
    for target in &content.targets {
        found.all(&target.id.value, &target.area);
        let more = [&target.progress_note, &target.next].into_iter().flatten();
        for words in std::iter::once(&target.statement).chain(more) {
            words.iter().for_each(|(lang, words)| found.words(&target.id.value, lang, words));
        }
    }
    for topic in &content.topics {
        found.all(&topic.id.value, &topic.label);
        topic.management.iter().flatten().for_each(|text| found.each(&topic.id.value, text));
    }
    for group in &content.stakeholders {
        found.all(&group.id.value, &group.label);
        let more = group.channels.iter().chain(&group.frequency);
        more.for_each(|text| found.all(&group.id.value, text));
        group.response.iter().for_each(|text| found.each(&group.id.value, text));
    }
    for term in &content.glossary {
        term.meaning.iter().for_each(|text| found.each(&term.id.value, text));
    }
    for answer in content.disclosures.iter().flat_map(|list| &list.answers) {
        answer.texts().into_iter().for_each(|text| found.all(&answer.code.value, text));
    }
    found.texts
}

struct Found {
    texts: Vec<Written>,
    lang: Lang,
    subject: String,
}

impl Found {
    fn head(&mut self, content: &Content) {
        let head = &content.head;
        let texts = [Some(&head.title), head.subtitle.as_ref(), head.notice.as_ref()];
        texts.into_iter().flatten().for_each(|text| self.all("report", text));
        for entry in &head.outline {
            if let OutlineEntry::Chapter { id, title, summary, .. } = entry {
                self.all(&id.value, title);
                summary.iter().for_each(|(lang, words)| self.words(&id.value, lang, words));
            }
        }
        for engagement in &head.engagements {
            let texts = [&engagement.kind, &engagement.scope_note];
            texts.into_iter().flatten().for_each(|text| self.all("assurance", text));
        }
    }

    fn metric(&mut self, metric: &Metric) {
        let id = &metric.id.value;
        self.all(id, &metric.label);
        metric.note.iter().for_each(|note| self.all(id, note));
        metric.restated.values().for_each(|restated| self.all(id, &restated.reason));
    }

    fn all(&mut self, subject: &str, text: &Text) {
        for (lang, words) in text.iter() {
            let prose = Prose::plain(words);
            self.texts.push(Written { lang, subject: subject.to_owned(), prose });
        }
    }

    fn each(&mut self, subject: &str, text: &Localized<Vec<Inline>>) {
        text.iter().for_each(|(lang, words)| self.words(subject, lang, words));
    }

    fn words(&mut self, subject: &str, lang: Lang, words: &[Inline]) {
        let prose = Prose::of(words);
        self.texts.push(Written { lang, subject: subject.to_owned(), prose });
    }
}

impl Visitor for Found {
    fn block(&mut self, block: &Block) {
        if let BlockKind::Case { title, .. } = &block.kind {
            let (prose, lang, subject) = (Prose::plain(title), self.lang, self.subject.clone());
            self.texts.push(Written { lang, subject, prose });
        }
    }

    fn run(&mut self, content: &[Inline]) {
        let (subject, lang) = (self.subject.clone(), self.lang);
        self.words(&subject, lang, content);
    }
}

/// Whether a character is Chinese.
pub fn is_chinese(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c) || ('\u{3400}'..='\u{4DBF}').contains(&c)
}
