//! Every text of a report, one language at a time.

use crate::content::{Inline, OutlineEntry, Text};
use crate::locale::Lang;
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

/// All texts: sections, titles and summaries of chapters, labels and notes, targets.
pub fn texts(report: &Report) -> Vec<Written> {
    let mut found = Found { texts: Vec::new(), lang: Lang::En, subject: String::new() };
    let content = &report.content;
    for ((id, lang), section) in &content.narrative {
        found.lang = *lang;
        found.subject.clone_from(id);
        visit_section(section, &mut found);
    }
    for entry in &content.head.outline {
        if let OutlineEntry::Chapter { id, title, summary, .. } = entry {
            found.all(&id.value, title);
            summary.iter().for_each(|(lang, words)| found.words(&id.value, lang, words));
        }
    }
    for dimension in &content.dimensions {
        found.all(&dimension.id.value, &dimension.label);
        dimension.members.iter().for_each(|(_, label)| found.all(&dimension.id.value, label));
    }
    for metric in &content.metrics {
        found.all(&metric.id.value, &metric.label);
        metric.note.iter().for_each(|note| found.all(&metric.id.value, note));
    }
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
    found.texts
}

struct Found {
    texts: Vec<Written>,
    lang: Lang,
    subject: String,
}

impl Found {
    fn all(&mut self, subject: &str, text: &Text) {
        for (lang, words) in text.iter() {
            let prose = Prose::plain(words);
            self.texts.push(Written { lang, subject: subject.to_owned(), prose });
        }
    }

    fn words(&mut self, subject: &str, lang: Lang, words: &[Inline]) {
        let prose = Prose::of(words);
        self.texts.push(Written { lang, subject: subject.to_owned(), prose });
    }
}

impl Visitor for Found {
    fn run(&mut self, content: &[Inline]) {
        let (subject, lang) = (self.subject.clone(), self.lang);
        self.words(&subject, lang, content);
    }
}

/// Whether a character is Chinese.
pub fn is_chinese(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c) || ('\u{3400}'..='\u{4DBF}').contains(&c)
}
