//! Which level an item has for an issuer.

use crate::locale::Date;

use crate::framework::catalog::{Applies, Catalog, Item, Level};

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
}

impl Catalog {
    /// The level of an item for an issuer: its own, replaced by each entry of `applies` whose keys
    /// all hold. `frameworks/README.md` gives the rules.
    pub fn level(&self, item: &Item, profile: &Profile<'_>) -> Option<Level> {
        let day = match self.basis.as_deref() {
            Some("publication") => profile.published.or(profile.year_start),
            _ => profile.year_start,
        };
        let holding = item.applies.iter().filter(|entry| holds(entry, profile, day));
        holding.fold(item.level, |level, entry| entry.level.or(level))
    }
}

fn holds(entry: &Applies, profile: &Profile<'_>, day: Option<Date>) -> bool {
    let same = |wanted: &Option<String>, is: Option<&str>| match wanted {
        Some(wanted) => is == Some(wanted.as_str()),
        None => true,
    };
    let reached = |from: Option<Date>| from.is_none_or(|from| day.is_some_and(|day| day >= from));
    let open = |until: Option<Date>| until.is_none_or(|until| day.is_some_and(|day| day <= until));
    // What a report selected for its material topics is not known to the level alone.
    entry.select.is_none()
        && same(&entry.board, profile.board)
        && same(&entry.index_tier, profile.index_tier)
        && same(&entry.claim, profile.claim)
        && reached(entry.from)
        && open(entry.until)
}
