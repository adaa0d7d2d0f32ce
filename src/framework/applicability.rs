//! Which level an item has for an issuer, since when, and whether it is asked at all.
//!
//! `frameworks/README.md` gives the rules in words.

use crate::framework::catalog::{Applies, Catalog, Item, Level};
use crate::locale::Date;

/// What the level of an item depends on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Profile<'a> {
    /// Board that the issuer is listed on.
    pub board: Option<&'a str>,
    /// Index tier that the issuer held throughout the year before the reporting year.
    pub index_tier: Option<&'a str>,
    /// First day of the financial year.
    pub year_start: Option<Date>,
    /// Day of publication.
    pub published: Option<Date>,
    /// What the report claims.
    pub claim: Option<&'a str>,
    /// Codes that the report selected for its material topics.
    pub selected: &'a [String],
    /// Conditions that are known to hold.
    pub conditions: &'a [&'a str],
}

/// The level of an item for an issuer, and where it comes from.
#[derive(Debug, Clone, Copy)]
pub struct Ruling<'a> {
    /// The level; nothing for items that have none.
    pub level: Option<Level>,
    /// The entry of `applies` that gave it; nothing if it is the item's own.
    pub entry: Option<&'a Applies>,
    /// Since when it binds.
    pub since: Option<Date>,
    /// Whether it is asked of this report.
    pub asked: Asked<'a>,
}

/// Whether an item is asked of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked<'a> {
    /// It is.
    Yes,
    /// It is not in force for the report.
    NotInForce,
    /// It belongs to another claim.
    OtherClaim(&'a str),
    /// It depends on something that is not known to hold.
    Conditional(&'a str),
}

impl Catalog {
    /// The day of a report that this edition's dates are compared with.
    pub fn day(&self, profile: &Profile<'_>) -> Option<Date> {
        match self.basis.as_deref() {
            Some("publication") => profile.published.or(profile.year_start),
            Some(_) => profile.year_start,
            None => None,
        }
    }

    /// Whether the edition binds a report by its dates.
    pub fn binds(&self, profile: &Profile<'_>) -> bool {
        self.day(profile).is_none_or(|day| self.effective.holds(day))
    }

    /// The level of an item for an issuer: its own, replaced by each entry of `applies` whose keys
    /// all hold.
    pub fn rule<'a>(&'a self, item: &'a Item, profile: &Profile<'_>) -> Ruling<'a> {
        let day = self.day(profile);
        let mut ruling = Ruling {
            level: item.level,
            entry: None,
            since: item.effective.unwrap_or(self.effective).from,
            asked: self.asked(item, profile, day),
        };
        for entry in &item.applies {
            if entry.level.is_some() && self.holds(item, entry, profile, day) {
                ruling.level = entry.level;
                ruling.entry = Some(entry);
                ruling.since = entry.from.or(ruling.since);
            }
        }
        ruling
    }

    fn asked<'a>(&self, item: &'a Item, profile: &Profile<'_>, day: Option<Date>) -> Asked<'a> {
        if let (Some(effective), Some(day)) = (item.effective, day)
            && !effective.holds(day)
        {
            return Asked::NotInForce;
        }
        if let Some(claim) = item.claim.as_deref().filter(|claim| profile.claim != Some(claim)) {
            return Asked::OtherClaim(claim);
        }
        let open = item.conditions.iter().find(|name| !profile.conditions.contains(&name.as_str()));
        open.map_or(Asked::Yes, |name| Asked::Conditional(name))
    }

    fn holds(
        &self,
        item: &Item,
        entry: &Applies,
        profile: &Profile<'_>,
        day: Option<Date>,
    ) -> bool {
        let same = |wanted: &Option<String>, is: Option<&str>| match wanted {
            Some(wanted) => is == Some(wanted.as_str()),
            None => true,
        };
        let reached = |from: Option<Date>| from.is_none_or(|from| day.is_some_and(|d| d >= from));
        let open = |until: Option<Date>| until.is_none_or(|until| day.is_some_and(|d| d <= until));
        same(&entry.board, profile.board)
            && same(&entry.index_tier, profile.index_tier)
            && same(&entry.claim, profile.claim)
            && reached(entry.from)
            && open(entry.until)
            && self.is_selected(item, entry.select.as_deref(), profile)
    }

    /// Whether the topics that the report found material select an item in the way an entry asks.
    fn is_selected(&self, item: &Item, select: Option<&str>, profile: &Profile<'_>) -> bool {
        let chosen = |code: &str| profile.selected.iter().any(|other| other == code);
        match select {
            None => true,
            Some("selected") => chosen(&item.code.value),
            // One disclosure of the topic's standard is enough, so none by itself is asked.
            Some("one-of-topic") => false,
            Some(_) => {
                let parent = item.parent.as_deref();
                let siblings = self.items.iter().filter(|other| other.parent.as_deref() == parent);
                parent.is_some_and(chosen)
                    || siblings.into_iter().any(|other| chosen(&other.code.value))
            }
        }
    }
}
