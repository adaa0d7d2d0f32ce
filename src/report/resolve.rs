//! Joins names to what they name.

use std::collections::{BTreeMap, BTreeSet};

use crate::content::{Concern, Content, Metric, Outcome, PlaceRef};
use crate::diag::{Diagnostic, Phrase, Sink, say};
use crate::framework::Library;
use crate::schema::nearest;
use crate::source::{Files, Sources, Span, Spanned};
use crate::spread::spread_if;

use crate::report::assurance::join_assurance;
use crate::report::catalogs::{read_catalogs, read_earlier, read_successors};
use crate::report::checks;
use crate::report::compute::compute;
use crate::report::images;
use crate::report::numerals::Numerals;
use crate::report::palette;
use crate::report::places::{Places, anchor_of, compare_languages, outline_sections};
use crate::report::prose::Prose;
use crate::report::visit::{Visitor, visit_outside, visit_section};
use crate::report::{Computed, Glyphs, Report};

/// Joins content with catalogs and computes what can be computed.
pub fn resolve(
    mut content: Content,
    library: &Library<'_>,
    files: &dyn Files,
    sources: &mut Sources,
    sink: &mut Sink,
) -> Report {
    let mut metrics = BTreeMap::new();
    for (at, metric) in content.metrics.iter().enumerate() {
        let earlier = metrics.get(&metric.id.value).and_then(|at: &usize| content.metrics.get(*at));
        match earlier {
            Some(first) => sink.push(
                Diagnostic::error(
                    "duplicate-id",
                    metric.id.span,
                    say!("the metric `{metric}` is declared twice", metric = metric.id.value),
                )
                .label(say!("again here"))
                .related(first.id.span, say!("first here"))
                .help(say!("give one of them another id, or delete it")),
            ),
            None => drop(metrics.insert(metric.id.value.clone(), at)),
        }
    }
    join_assurance(&mut content);
    let places = Places::collect(&content, sink);
    compare_languages(&content, sink);
    let mut report = Report {
        catalogs: BTreeMap::new(),
        earlier: BTreeMap::new(),
        prior: None,
        successors: BTreeMap::new(),
        selected: content
            .topics
            .iter()
            .flat_map(|topic| topic.disclosures.iter().map(|code| code.value.clone()))
            .collect(),
        factors: library.factors(sources, sink),
        computed: Computed::default(),
        checked: Vec::new(),
        glyphs: Glyphs::read(files),
        images: images::read(&content, files, sink),
        fonts: images::fonts(&content.theme.fonts, files, sink),
        pairs: palette::pairs(&content.theme.values, files),
        places,
        numerals: Numerals::declared(&content.head.literals),
        evidence: numbered(content.evidence.iter().map(|item| &item.id.value)),
        metrics,
        content,
    };
    read_catalogs(&mut report, library, sources, sink);
    read_earlier(&mut report, library, sources, sink);
    report.successors = read_successors(&report, library, sources, sink);
    report.computed = compute(&report, sink);
    report.checked = checks::compute(&report, sink);
    look_up(&report, sink);
    report
}

/// Looks up all names that the report refers to: those of each section, those of other prose, and those of
/// all else.
fn look_up(report: &Report, sink: &mut Sink) {
    let empty = sink.beside();
    let content = &report.content;
    let sections: Vec<_> = content.narrative.iter().collect();
    let look = |at: usize| {
        let mut found = empty.beside();
        let mut references = References { report, sink: &mut found };
        match (at, at.checked_sub(2).and_then(|at| sections.get(at))) {
            (0, _) => references.elsewhere(),
            (_, None) => visit_outside(content, &mut Prose::new(&mut references)),
            (_, Some(((id, lang), section))) => {
                let mut prose = Prose::new(&mut references);
                prose.section(Some(id), Some(*lang));
                visit_section(section, &mut prose);
            }
        }
        found
    };
    let found = spread_if(report.is_large(), sections.len() + 2, look);
    found.into_iter().for_each(|own| sink.append(own));
}

/// Places of names in a list; the first of two that are the same.
fn numbered<'n>(names: impl Iterator<Item = &'n String>) -> BTreeMap<String, usize> {
    let mut places = BTreeMap::new();
    for (at, name) in names.enumerate() {
        places.entry(name.clone()).or_insert(at);
    }
    places
}

/// Looks names up and reports those that nothing has.
pub struct References<'a> {
    /// The report.
    pub report: &'a Report,
    /// Findings.
    pub sink: &'a mut Sink,
}

impl References<'_> {
    /// Names that stand outside prose.
    fn elsewhere(&mut self) {
        self.metrics();
        self.outline();
        self.tables();
        self.targets();
        self.disclosures();
        self.pending();
        self.review();
        self.assurance();
        self.topics();
    }

    /// Reports a name that is not among those known.
    pub fn unknown<'k>(
        &mut self,
        name: &Spanned<String>,
        what: impl Into<Phrase>,
        known: impl Iterator<Item = &'k str>,
        declare: impl Into<Phrase>,
    ) {
        if self.sink.has_error_at(name.span) {
            return;
        }
        let message = say!("no {what} is called `{name}`", what = what.into(), name = name.value);
        let found = Diagnostic::error("unknown-reference", name.span, message);
        self.sink.push(match nearest(&name.value, known) {
            Some(near) => found.help(say!("did you mean `{near}`?", near)),
            None => found.help(declare),
        });
    }

    /// The metric of a name, or a finding.
    pub fn metric(&mut self, name: &Spanned<String>) -> Option<&Metric> {
        let report = self.report;
        if report.metric(&name.value).is_none() && !report.content.is_unread(&name.value) {
            let known = report.metrics.keys().map(String::as_str);
            self.unknown(
                name,
                say!("metric"),
                known,
                say!("declare it in one of the files under `metrics/`"),
            );
        }
        report.metric(&name.value)
    }

    /// Reports evidence that is not in the register.
    pub fn evidence(&mut self, names: &[Spanned<String>]) {
        let report = self.report;
        for name in names {
            if report.evidence(&name.value).is_none() {
                let known = report.content.evidence.iter().map(|item| item.id.value.as_str());
                self.unknown(
                    name,
                    say!("evidence item"),
                    known,
                    say!("add it to `evidence/register.yaml`"),
                );
            }
        }
    }

    fn metrics(&mut self) {
        let mut contained: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for metric in &self.report.content.metrics {
            if let Some(whole) = &metric.part_of {
                contained.entry(&whole.value).or_default().push(&metric.id.value);
            }
        }
        for metric in &self.report.content.metrics {
            for part in &metric.parts {
                self.same_dimension(metric, part);
            }
            for other in metric.part_of.iter() {
                self.same_dimension(metric, other);
            }
            for other in metric.weights.iter() {
                self.metric(other);
            }
            self.evidence(&metric.evidence);
            self.breakdowns(metric);
            self.coverage(metric);
            self.circles(metric, &contained);
        }
    }

    /// A metric that is, through its parts, a part of itself.
    fn circles(&mut self, metric: &Metric, contained: &BTreeMap<&str, Vec<&str>>) {
        let report = self.report;
        let inside = |metric: &Metric| -> Vec<String> {
            let parts = metric.parts.iter().map(|part| part.value.clone());
            let within = contained.get(metric.id.value.as_str()).into_iter().flatten();
            parts.chain(within.map(|id| (*id).to_owned())).collect()
        };
        let mut open = inside(metric);
        let mut seen = BTreeSet::new();
        while let Some(id) = open.pop() {
            if id == metric.id.value {
                let message = say!("`{id}` is a part of itself", id);
                let found = Diagnostic::error("circular-parts", metric.id.span, message);
                self.sink.push(
                    found
                        .subject(&id)
                        .help(say!("take it out of `parts` or `part-of` along the circle")),
                );
                return;
            }
            if let Some(inner) = report.metric(&id).filter(|_| seen.insert(id.clone())) {
                open.extend(inside(inner));
            }
        }
    }

    fn same_dimension(&mut self, metric: &Metric, other: &Spanned<String>) {
        let Some(found) = self.metric(other) else { return };
        let (here, there) = (&metric.unit.value, &found.unit.value);
        if here.dimension == there.dimension {
            return;
        }
        let message = say!(
            "`{other}` is {dimension}, `{metric}` is {own}",
            other = other.value,
            dimension = there.dimension,
            metric = metric.id.value,
            own = here.dimension
        );
        let diagnostic = Diagnostic::error("dimension-mismatch", other.span, message)
            .related(found.unit.span, say!("its unit"))
            .related(metric.unit.span, say!("unit of `{metric}`", metric = metric.id.value))
            .subject(&metric.id.value)
            .help(say!("only quantities of one dimension add up"));
        self.sink.push(diagnostic);
    }

    fn coverage(&mut self, metric: &Metric) {
        let report = self.report;
        for cover in &metric.covers {
            let Some(dimension) = report.dimension(&cover.dimension.value) else {
                let known = report.content.dimensions.iter().map(|d| d.id.value.as_str());
                let declare = say!("declare it in `dimensions.yaml`");
                self.unknown(&cover.dimension, say!("dimension"), known, declare);
                continue;
            };
            let ids = || dimension.members.iter().map(|(id, _)| id.value.as_str());
            for member in &cover.members {
                if !ids().any(|id| id == member.value) {
                    let what = say!("member of `{dimension}`", dimension = dimension.id.value);
                    self.unknown(member, what, ids(), say!("declare it in `dimensions.yaml`"));
                }
            }
        }
    }

    fn breakdowns(&mut self, metric: &Metric) {
        let report = self.report;
        for breakdown in &metric.by {
            let names: Vec<&str> = breakdown.dimensions().collect();
            for name in &names {
                if report.dimension(name).is_none() {
                    let name = Spanned::new((*name).to_owned(), breakdown.name.span);
                    let known = report.content.dimensions.iter().map(|d| d.id.value.as_str());
                    self.unknown(
                        &name,
                        say!("dimension"),
                        known,
                        say!("declare it in `dimensions.yaml`"),
                    );
                }
            }
            for member in &breakdown.members {
                let keys: Vec<&str> = member.key.value.split('+').collect();
                if keys.len() != names.len() {
                    let message = say!(
                        "`{key}` names {count} members, `{breakdown}` has {dimensions} dimensions",
                        key = member.key.value,
                        count = keys.len(),
                        breakdown = breakdown.name.value,
                        dimensions = names.len()
                    );
                    self.sink.push(Diagnostic::error("invalid-key", member.key.span, message));
                    continue;
                }
                for (name, key) in names.iter().zip(keys) {
                    let Some(dimension) = report.dimension(name) else { continue };
                    if dimension.members.iter().any(|(id, _)| id.value == key) {
                        continue;
                    }
                    let wanted = Spanned::new(key.to_owned(), member.key.span);
                    let known = dimension.members.iter().map(|(id, _)| id.value.as_str());
                    let declare = say!("add it to `{name}` in `dimensions.yaml`", name);
                    self.unknown(&wanted, say!("member of `{name}`", name), known, declare);
                }
            }
        }
    }

    fn outline(&mut self) {
        let report = self.report;
        if let Some(cover) = &report.content.head.cover {
            self.metric(cover);
        }
        let outline = outline_sections(&report.content);
        for (id, lang) in report.content.narrative.keys() {
            let section = report.content.narrative.get(&(id.clone(), *lang));
            let span = section.map_or(report.content.start, |section| section.start);
            if !report.content.head.languages.contains(lang) {
                let message = say!("the report is not printed in `{lang}`", lang);
                let found = Diagnostic::warning("unlisted-section", span, message);
                self.sink.push(found.help(say!(
                    "add the language to `languages` in `report.yaml`, or delete the file"
                )));
                continue;
            }
            if section.is_some_and(|section| section.title.is_none()) {
                let found =
                    Diagnostic::error("missing-title", span, say!("the section has no title"));
                self.sink.push(
                    found.help(say!("start the file with a heading of the first level: `# Title`")),
                );
            }
            if !outline.contains(&id.as_str()) {
                let section = report.content.narrative.get(&(id.clone(), *lang));
                let span =
                    section.and_then(|s| s.title.as_ref()).map_or(report.content.start, |t| t.span);
                let message =
                    say!("the section `{id}` is not in the outline and is not printed", id);
                let found = Diagnostic::warning("unlisted-section", span, message);
                self.sink.push(found.help(say!("add it to `outline` in `report.yaml`")));
            }
        }
    }

    fn tables(&mut self) {
        let report = self.report;
        for table in &report.content.tables {
            if let Some(split) = &table.split
                && report.dimension(&split.dimension.value).is_none()
            {
                let known = report.content.dimensions.iter().map(|d| d.id.value.as_str());
                self.unknown(
                    &split.dimension,
                    say!("dimension"),
                    known,
                    say!("declare it in `dimensions.yaml`"),
                );
            }
            for row in table.groups.iter().flat_map(|group| &group.rows) {
                let Some(metric) = self.metric(&row.metric) else { continue };
                let Some(by) = &row.by else { continue };
                let names: Vec<String> = metric.by.iter().map(|b| b.name.value.clone()).collect();
                if !names.contains(&by.value) {
                    let what = say!("breakdown of `{metric}`", metric = row.metric.value);
                    self.unknown(
                        by,
                        what,
                        names.iter().map(String::as_str),
                        say!("add it under `by:`"),
                    );
                }
            }
        }
    }

    fn targets(&mut self) {
        for target in &self.report.content.targets {
            if let Some(metric) = &target.metric {
                self.metric(metric);
            }
            self.evidence(&target.evidence);
        }
    }

    fn topics(&mut self) {
        let report = self.report;
        for topic in &report.content.topics {
            topic.places.iter().for_each(|place| self.place(place));
        }
        for group in &report.content.stakeholders {
            for concern in &group.concerns {
                if let Concern::Topic(id) = concern {
                    self.topic(id);
                }
            }
        }
    }

    /// Reports a topic that `topics.yaml` does not have.
    pub fn topic(&mut self, id: &Spanned<String>) {
        let report = self.report;
        if report.topic(&id.value).is_none() {
            let known = report.content.topics.iter().map(|topic| topic.id.value.as_str());
            self.unknown(id, say!("topic"), known, say!("declare it in `topics.yaml`"));
        }
    }

    fn disclosures(&mut self) {
        let report = self.report;
        report.content.head.frameworks.iter().for_each(|claim| self.evidence(&claim.evidence));
        let mut answered: BTreeMap<(&str, &str), Span> = BTreeMap::new();
        for file in &report.content.disclosures {
            for answer in &file.answers {
                let key = (file.framework.value.as_str(), answer.code.value.as_str());
                if let Some(first) = answered.insert(key, answer.code.span) {
                    let message = say!(
                        "`{code}` of {edition} is answered twice",
                        code = key.1,
                        edition = key.0
                    );
                    let found = Diagnostic::error("duplicate-id", answer.code.span, message);
                    let found = found.label(say!("again here")).related(first, say!("first here"));
                    self.sink.push(found.help(say!("keep one of the two answers")));
                }
            }
            if !report.catalogs.contains_key(&file.framework.value) {
                continue;
            }
            for answer in &file.answers {
                for fact in &answer.facts {
                    self.metric(fact);
                }
                self.evidence(&answer.evidence);
                if let Outcome::Reported(places) | Outcome::Partly { places, .. } = &answer.outcome
                {
                    places.iter().for_each(|place| self.place(place));
                }
            }
        }
    }

    fn place(&mut self, place: &PlaceRef) {
        let name = anchor_of(place);
        if self.report.places.get(&name).is_some() {
            return;
        }
        let report = self.report;
        let message = match &place.inner {
            Some(inner) if report.places.get(&place.section).is_some() => {
                say!(
                    "the section `{section}` has no heading, table or chart `{inner}`",
                    section = place.section,
                    inner
                )
            }
            _ => say!("no section is called `{section}`", section = place.section),
        };
        let found = Diagnostic::error("unknown-place", place.span, message);
        let near = nearest(&name, report.places.names());
        self.sink.push(match near {
            Some(near) => {
                found.help(say!("did you mean `{near}`?", near = near.replacen('.', "#", 1)))
            }
            None => found.help(say!("a place is `section`, `section#heading` or `section/table`")),
        });
    }
}
