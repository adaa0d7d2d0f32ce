//! What each framework asks of this report, and what the report answers.

use crate::content::{Answer, Disclosures};
use crate::framework::{Catalog, Crosswalk, Item, Profile, Ruling};
use crate::locale::Date;
use crate::report::Report;
use std::sync::Arc;

/// A framework with what it asks of this report.
pub struct Verdict<'a> {
    /// The edition.
    pub catalog: &'a Catalog,
    /// What is claimed of it, with its place; nothing if it is answered without a claim.
    pub claim: Option<&'a crate::content::FrameworkClaim>,
    /// Whether its dates bind the report, or the report adopts it early.
    pub binds: bool,
    /// Files of answers.
    pub files: Vec<&'a Disclosures>,
    /// Every item, in the order of the framework.
    pub items: Vec<Judgement<'a>>,
}

/// One item with its level and its answer.
#[derive(Debug, Clone, Copy)]
pub struct Judgement<'a> {
    /// The item.
    pub item: &'a Item,
    /// Its level for this report.
    pub ruling: Ruling<'a>,
    /// Its answer.
    pub answer: Option<&'a Answer>,
}

/// What the framework of a report's year was, where the report adopts a later edition early.
#[derive(Debug)]
pub struct Earlier {
    /// Edition that binds the year.
    pub catalog: Arc<Catalog>,
    /// Links from it to the edition that is claimed.
    pub crosswalk: Option<Crosswalk>,
}

impl Report {
    /// The verdict on an edition that the report claims or answers; nothing on others.
    pub fn verdict(&self, edition: &str) -> Option<Verdict<'_>> {
        self.verdict_as_of(edition, None)
    }

    /// The verdicts on the editions that the report claims. What an edition does not know as a claim
    /// has a finding of its own and no verdict here.
    pub fn claimed_verdicts(&self) -> impl Iterator<Item = Verdict<'_>> {
        let claimed = self.content.head.frameworks.iter();
        let verdicts = claimed.filter_map(|claim| self.verdict(&claim.edition.value));
        verdicts.filter(|verdict| self.has_known_claim(verdict))
    }

    /// Whether the claim that is made of an edition is one that it has.
    fn has_known_claim(&self, verdict: &Verdict<'_>) -> bool {
        let claim = verdict.claim.and_then(|claim| claim.claim.as_ref());
        claim.is_none_or(|claim| verdict.catalog.claims.contains(&claim.value))
    }

    /// The verdict as if the financial year began on another day.
    pub fn verdict_as_of(&self, edition: &str, day: Option<Date>) -> Option<Verdict<'_>> {
        let catalog = self.catalogs.get(edition)?;
        let conditions = self.conditions();
        let profile = self.profile(edition, &conditions, day);
        let all = self.content.disclosures.iter();
        let files: Vec<&Disclosures> =
            all.filter(|file| file.framework.value == catalog.name).collect();
        let answers: std::collections::BTreeMap<&str, &Answer> = files
            .iter()
            .flat_map(|file| &file.answers)
            .map(|answer| (answer.code.value.as_str(), answer))
            .collect();
        let items = catalog.items.iter().map(|item| Judgement {
            item,
            ruling: catalog.rule(item, &profile),
            answer: answers.get(item.code.value.as_str()).copied(),
        });
        let items = items.collect();
        let claims = &self.content.head.frameworks;
        let claim = claims.iter().find(|claim| claim.edition.value == edition);
        Some(Verdict { catalog, claim, binds: catalog.binds(&profile), files, items })
    }

    /// Conditions of catalogs that the report's own data shows to hold.
    pub fn conditions(&self) -> Vec<&'static str> {
        let mut holding = Vec::new();
        if !self.content.targets.is_empty() {
            holding.push("targets-exist");
        }
        if !self.content.head.engagements.is_empty() {
            holding.push("assurance-obtained");
        }
        if self.content.metrics.iter().any(|metric| !metric.restated.is_empty()) {
            holding.push("prior-period-error");
        }
        holding
    }

    /// What the levels of an edition depend on, for this report.
    pub fn profile<'a>(
        &'a self,
        edition: &str,
        conditions: &'a [&'a str],
        day: Option<Date>,
    ) -> Profile<'a> {
        let head = &self.content.head;
        let start = day.unwrap_or(head.period.start.value);
        let listing = head.listing.as_ref();
        let tiers = listing.map(|listing| &listing.index_tier);
        // A later year is judged by the last tier that is known.
        let before = start.year.saturating_sub(1);
        let tier = tiers.and_then(|tiers| tiers.range(..=before).next_back());
        let claim = head.frameworks.iter().find(|claim| claim.edition.value == edition);
        Profile {
            board: listing.and_then(|listing| listing.board.as_deref()),
            index_tier: tier.map(|(_, tier)| tier.as_str()),
            year_start: Some(start),
            published: match day {
                Some(day) => Some(Date { year: day.year.saturating_add(1), ..day }),
                None => head.period.published.map(|date| date.value),
            },
            claim: claim.and_then(|claim| claim.claim.as_ref()).map(|claim| claim.value.as_str()),
            selected: &self.selected,
            conditions,
        }
    }
}
