//! Labels, trees, breakdowns and references of the taxonomy.

use std::fmt::Write as _;

use crate::locale::Lang;
use crate::report::Report;

use crate::emit::xbrl::names::{Names, axis, clause, dimensions, framework, member, topic, total};
use crate::emit::xbrl::schema::has_labels;
use crate::emit::xml::escaped;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <link:linkbase xmlns:link=\"http://www.xbrl.org/2003/linkbase\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"\n\
    \x20 xmlns:xbrldt=\"http://xbrl.org/2005/xbrldt\" xmlns:ref=\"http://www.xbrl.org/2006/ref\">\n";
const STANDARD: &str = "http://www.xbrl.org/2003/role/link";
const DIMENSIONS: &str = "http://xbrl.org/int/dim/arcrole";
const PARENT: &str = "http://www.xbrl.org/2003/arcrole/parent-child";

/// A linkbase with one extended link, or several.
struct Linkbase<'n> {
    names: &'n Names,
    text: String,
    located: Vec<String>,
}

impl<'n> Linkbase<'n> {
    fn new(names: &'n Names) -> Self {
        Self { names, text: HEAD.to_owned(), located: Vec::new() }
    }

    /// Names a role that the schema declares, by its number there.
    fn refer(&mut self, role: &str, number: usize) {
        let (role, schema) = (escaped(&self.names.role(role)), self.names.schema_file());
        let _ = writeln!(
            self.text,
            "  <link:roleRef roleURI=\"{role}\" xlink:type=\"simple\" xlink:href=\"{schema}#role_{number}\"/>"
        );
    }

    fn open(&mut self, element: &str, role: &str) {
        self.located.clear();
        let role = escaped(role);
        let _ =
            writeln!(self.text, "  <link:{element} xlink:type=\"extended\" xlink:role=\"{role}\">");
    }

    fn close(&mut self, element: &str) {
        let _ = writeln!(self.text, "  </link:{element}>");
    }

    /// A locator of an element, once in each link.
    fn locate(&mut self, element: &str) {
        if !self.located.iter().any(|other| other == element) {
            let href = escaped(&self.names.href(element));
            let _ = writeln!(
                self.text,
                "    <link:loc xlink:type=\"locator\" xlink:href=\"{href}\" xlink:label=\"{element}\"/>"
            );
            self.located.push(element.to_owned());
        }
    }

    fn arc(&mut self, kind: &str, arcrole: &str, (from, to): (&str, &str), more: &str) {
        self.locate(from);
        self.locate(to);
        let _ = writeln!(
            self.text,
            "    <link:{kind}Arc xlink:type=\"arc\" xlink:arcrole=\"{arcrole}\" xlink:from=\"{from}\" xlink:to=\"{to}\"{more}/>"
        );
    }

    fn finish(self) -> String {
        self.text + "</link:linkbase>\n"
    }
}

/// Labels in a language; nothing if the project has none in it.
pub fn labels(names: &Names, report: &Report, lang: Lang) -> Option<String> {
    if !has_labels(report, lang) {
        return None;
    }
    let mut book = Linkbase::new(names);
    book.open("labelLink", STANDARD);
    let mut label = |element: &str, words: Option<&str>, role: &str| {
        let Some(words) = words else { return };
        book.locate(element);
        let resource = format!("{element}.{role}");
        let _ = writeln!(
            book.text,
            "    <link:label xlink:type=\"resource\" xlink:label=\"{resource}\" xlink:role=\"http://www.xbrl.org/2003/role/{role}\" xml:lang=\"{lang}\">{}</link:label>\n    \
             <link:labelArc xlink:type=\"arc\" xlink:arcrole=\"http://www.xbrl.org/2003/arcrole/concept-label\" xlink:from=\"{element}\" xlink:to=\"{resource}\"/>",
            escaped(words)
        );
    };
    for metric in &report.content.metrics {
        let words = metric.label.exact(lang).map(|words| words.value.as_str());
        label(&metric.id.value, words, "label");
        let note = metric.note.as_ref().and_then(|note| note.exact(lang));
        label(&metric.id.value, note.map(|note| note.value.as_str()), "documentation");
    }
    for dimension in &report.content.dimensions {
        let id = &dimension.id.value;
        let words = dimension.label.exact(lang).map(|words| words.value.as_str());
        label(&axis(id), words, "label");
        let whole = match lang {
            Lang::En => "Total",
            Lang::ZhHans => "总计",
            Lang::ZhHant => "總計",
        };
        label(&total(id), Some(whole), "label");
        for (key, words) in &dimension.members {
            let words = words.exact(lang).map(|words| words.value.as_str());
            label(&member(id, &key.value), words, "label");
        }
    }
    for edition in &names.editions {
        let Some(catalog) = report.catalogs.get(&edition.name) else { continue };
        let title = catalog.title.exact(lang).map(String::as_str);
        label(&framework(&edition.name), title, "label");
        for (code, _) in &edition.clauses {
            let title = catalog.item(code).and_then(|item| item.title.exact(lang));
            let title = title.map(|title| format!("{code} {title}"));
            label(&clause(&edition.name, code), title.as_deref(), "label");
        }
    }
    if lang == Lang::En {
        names.topics.iter().for_each(|(name, _)| label(&topic(name), Some(name), "label"));
        label("Table", Some("Breakdowns"), "label");
        label("Figures", Some("Figures"), "label");
    }
    book.close("labelLink");
    Some(book.finish())
}

/// Trees of figures: by topic, and by the clauses of each framework that they answer.
pub fn presentations(names: &Names) -> String {
    let mut book = Linkbase::new(names);
    book.refer("topics", 0);
    for (at, edition) in names.editions.iter().enumerate() {
        book.refer(&edition.name, at + 1);
    }
    let link = "presentationLink";
    book.open(link, &names.role("topics"));
    for (at, (name, metrics)) in names.topics.iter().enumerate() {
        let element = topic(name);
        book.arc("presentation", PARENT, ("Figures", &element), &order(at));
        for (at, metric) in metrics.iter().enumerate() {
            book.arc("presentation", PARENT, (&element, metric), &order(at));
        }
    }
    book.close(link);
    for edition in &names.editions {
        book.open(link, &names.role(&edition.name));
        let root = framework(&edition.name);
        for (at, (code, metrics)) in edition.clauses.iter().enumerate() {
            let element = clause(&edition.name, code);
            book.arc("presentation", PARENT, (&root, &element), &order(at));
            for (at, metric) in metrics.iter().enumerate() {
                book.arc("presentation", PARENT, (&element, metric), &order(at));
            }
        }
        book.close(link);
    }
    book.finish()
}

fn order(at: usize) -> String {
    format!(" order=\"{}\"", at + 1)
}

/// Every breakdown may stand with every figure, and none has to.
pub fn definitions(names: &Names, report: &Report) -> String {
    let mut book = Linkbase::new(names);
    for name in
        ["all", "hypercube-dimension", "dimension-domain", "dimension-default", "domain-member"]
    {
        let _ = writeln!(
            book.text,
            "  <link:arcroleRef arcroleURI=\"{DIMENSIONS}/{name}\" xlink:type=\"simple\" xlink:href=\"http://www.xbrl.org/2005/xbrldt-2005.xsd#{name}\"/>"
        );
    }
    book.refer("breakdowns", names.editions.len() + 1);
    book.open("definitionLink", &names.role("breakdowns"));
    let dimensions = dimensions(report);
    if !dimensions.is_empty() {
        let more = " xbrldt:contextElement=\"scenario\" xbrldt:closed=\"true\" order=\"1\"";
        book.arc("definition", &format!("{DIMENSIONS}/all"), ("Figures", "Table"), more);
    }
    for (at, (dimension, members)) in dimensions.iter().enumerate() {
        let (axis, total) = (axis(dimension), total(dimension));
        let arcrole = |name: &str| format!("{DIMENSIONS}/{name}");
        book.arc("definition", &arcrole("hypercube-dimension"), ("Table", &axis), &order(at));
        book.arc("definition", &arcrole("dimension-domain"), (&axis, &total), &order(0));
        for (at, key) in members.iter().enumerate() {
            let element = member(dimension, key);
            book.arc("definition", &arcrole("domain-member"), (&total, &element), &order(at));
        }
    }
    for (at, metric) in report.content.metrics.iter().enumerate() {
        let arcrole = format!("{DIMENSIONS}/domain-member");
        book.arc("definition", &arcrole, ("Figures", &metric.id.value), &order(at + 1));
    }
    book.close("definitionLink");
    // In a link of its own: one link has no two arcs between the same elements.
    book.open("definitionLink", &names.role("breakdowns"));
    for (dimension, _) in &dimensions {
        let arcrole = format!("{DIMENSIONS}/dimension-default");
        book.arc("definition", &arcrole, (&axis(dimension), &total(dimension)), "");
    }
    book.close("definitionLink");
    book.finish()
}

/// The clauses that each metric answers.
pub fn references(names: &Names) -> String {
    let mut book = Linkbase::new(names);
    book.open("referenceLink", STANDARD);
    let mut number = 0_usize;
    for edition in &names.editions {
        for (code, metrics) in &edition.clauses {
            number += 1;
            let _ = writeln!(
                book.text,
                "    <link:reference xlink:type=\"resource\" xlink:label=\"clause.{number}\" xlink:role=\"http://www.xbrl.org/2003/role/reference\"><ref:Name>{}</ref:Name><ref:Clause>{}</ref:Clause></link:reference>",
                escaped(&edition.name),
                escaped(code)
            );
            for metric in metrics {
                book.locate(metric);
                let _ = writeln!(
                    book.text,
                    "    <link:referenceArc xlink:type=\"arc\" xlink:arcrole=\"http://www.xbrl.org/2003/arcrole/concept-reference\" xlink:from=\"{metric}\" xlink:to=\"clause.{number}\"/>"
                );
            }
        }
    }
    book.close("referenceLink");
    book.finish()
}
