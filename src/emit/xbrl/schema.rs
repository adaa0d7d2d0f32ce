//! The schema of the taxonomy: concepts, dimensions, headings, roles.

use std::fmt::Write as _;

use crate::locale::Lang;
use crate::report::Report;

use crate::emit::xbrl::names::{Names, axis, clause, dimensions, framework, member, topic, total};
use crate::emit::xbrl::units::Measure;
use crate::emit::xml::escaped;

/// The schema.
pub fn schema(names: &Names, report: &Report) -> String {
    let namespace = names.namespace();
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <xsd:schema xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" xmlns:xbrli=\"http://www.xbrl.org/2003/instance\"\n\
         \x20 xmlns:link=\"http://www.xbrl.org/2003/linkbase\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"\n\
         \x20 xmlns:xbrldt=\"http://xbrl.org/2005/xbrldt\" xmlns:esg=\"{namespace}\" targetNamespace=\"{namespace}\"\n\
         \x20 elementFormDefault=\"qualified\" attributeFormDefault=\"unqualified\">\n"
    );
    push_head(names, report, &mut text);
    for (space, place) in [
        (
            "http://www.xbrl.org/2003/instance",
            "http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd",
        ),
        (
            "http://www.xbrl.org/2003/linkbase",
            "http://www.xbrl.org/2003/xbrl-linkbase-2003-12-31.xsd",
        ),
        ("http://xbrl.org/2005/xbrldt", "http://www.xbrl.org/2005/xbrldt-2005.xsd"),
        ("http://www.xbrl.org/2006/ref", "http://www.xbrl.org/2006/ref-2006-02-27.xsd"),
    ] {
        let _ = writeln!(text, "  <xsd:import namespace=\"{space}\" schemaLocation=\"{place}\"/>");
    }
    for metric in &report.content.metrics {
        let money = Measure::of(metric, &report.content.units).money;
        let kind = if money { "xbrli:monetaryItemType" } else { "xbrli:decimalItemType" };
        push(&mut text, &metric.id.value, kind, "xbrli:item", "");
    }
    let heading = |text: &mut String, name: &str| {
        push(text, name, "xbrli:stringItemType", "xbrli:item", " abstract=\"true\"");
    };
    push(&mut text, "Table", "xbrli:stringItemType", "xbrldt:hypercubeItem", " abstract=\"true\"");
    heading(&mut text, "Figures");
    for (dimension, members) in dimensions(report) {
        let (axis, total) = (axis(&dimension), total(&dimension));
        push(
            &mut text,
            &axis,
            "xbrli:stringItemType",
            "xbrldt:dimensionItem",
            " abstract=\"true\"",
        );
        heading(&mut text, &total);
        members.iter().for_each(|key| heading(&mut text, &member(&dimension, key)));
    }
    names.topics.iter().for_each(|(name, _)| heading(&mut text, &topic(name)));
    for edition in &names.editions {
        heading(&mut text, &framework(&edition.name));
        edition
            .clauses
            .iter()
            .for_each(|(code, _)| heading(&mut text, &clause(&edition.name, code)));
    }
    text + "</xsd:schema>\n"
}

/// Roles and the linkbases that belong to the schema.
fn push_head(names: &Names, report: &Report, text: &mut String) {
    text.push_str("  <xsd:annotation><xsd:appinfo>\n");
    let mut roles = vec![("topics".to_owned(), "Figures by topic".to_owned(), "presentationLink")];
    for edition in &names.editions {
        let title =
            report.catalogs.get(&edition.name).and_then(|catalog| catalog.title.get(Lang::En));
        let title = title.cloned().unwrap_or_else(|| edition.name.clone());
        roles.push((edition.name.clone(), title, "presentationLink"));
    }
    roles.push(("breakdowns".to_owned(), "Breakdowns of figures".to_owned(), "definitionLink"));
    for (at, (name, title, used)) in roles.iter().enumerate() {
        let _ = writeln!(
            text,
            "    <link:roleType roleURI=\"{}\" id=\"role_{at}\"><link:definition>{}</link:definition><link:usedOn>link:{used}</link:usedOn></link:roleType>",
            escaped(&names.role(name)),
            escaped(title)
        );
    }
    let labels = Lang::ALL.into_iter().filter(|lang| has_labels(report, *lang));
    let mut files: Vec<(String, &str)> =
        labels.map(|lang| (format!("label-{lang}.xml"), "label")).collect();
    for kind in ["presentation", "definition", "reference"] {
        files.push((format!("{kind}.xml"), kind));
    }
    for (file, kind) in files {
        let _ = writeln!(
            text,
            "    <link:linkbaseRef xlink:type=\"simple\" xlink:href=\"{file}\" xlink:role=\"http://www.xbrl.org/2003/role/{kind}LinkbaseRef\" xlink:arcrole=\"http://www.w3.org/1999/xlink/properties/linkbase\"/>"
        );
    }
    text.push_str("  </xsd:appinfo></xsd:annotation>\n");
}

/// Whether the taxonomy has labels in a language: headings have them in English, and traditional
/// Chinese is converted where it is not written.
pub fn has_labels(report: &Report, lang: Lang) -> bool {
    let own = &report.content.head.languages;
    lang == Lang::En || own.iter().any(|other| other.primary() == lang.primary())
}

fn push(text: &mut String, name: &str, kind: &str, group: &str, more: &str) {
    let _ = writeln!(
        text,
        "  <xsd:element name=\"{name}\" id=\"esg_{name}\" type=\"{kind}\" substitutionGroup=\"{group}\" nillable=\"true\" xbrli:periodType=\"duration\"{more}/>"
    );
}
