//! Who reports, on which year, by which frameworks.

use std::sync::Arc;

use crate::diag::Sink;
use crate::framework::Catalog;
use crate::framework::Library;
use crate::framework::Profile;
use crate::locale::{Date, Lang, Localized};
use crate::source::Sources;

/// What a new project needs to know.
#[derive(Debug, Clone)]
pub struct Issuer {
    /// Name in each language.
    pub names: Localized<String>,
    /// Languages, the prevailing one first.
    pub languages: Vec<Lang>,
    /// First and last day of the financial year.
    pub period: (Date, Date),
    /// How many earlier years are printed.
    pub comparatives: u16,
    /// Where it is listed, if it is.
    pub listing: Option<Listing>,
    /// Editions with what is claimed of each.
    pub claims: Vec<(Arc<Catalog>, String)>,
    /// Currency of the report.
    pub currency: String,
    /// Day until which figures and answers are planned.
    pub due: Date,
}

/// Where an issuer is listed.
#[derive(Debug, Clone)]
pub struct Listing {
    /// Exchange.
    pub exchange: String,
    /// Board.
    pub board: String,
    /// Stock code.
    pub code: Option<String>,
    /// Index tier held throughout the year before.
    pub index_tier: Option<String>,
}

impl Issuer {
    /// The year that the report is about.
    pub fn year(&self) -> u16 {
        self.period.1.year
    }

    /// The years that tables print, the reported one first.
    pub fn years(&self) -> Vec<u16> {
        (0..=self.comparatives).map(|back| self.year().saturating_sub(back)).collect()
    }

    /// What the levels of an edition depend on.
    pub fn profile<'a>(&'a self, claim: &'a str) -> Profile<'a> {
        Profile { claim: Some(claim), ..profile(self.listing.as_ref(), self.period.0) }
    }

    /// The name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        self.names.get(lang).map_or("", String::as_str)
    }
}

/// What is known of an issuer before its frameworks are.
pub fn profile(listing: Option<&Listing>, start: Date) -> Profile<'_> {
    Profile {
        board: listing.map(|listing| listing.board.as_str()),
        index_tier: listing.and_then(|listing| listing.index_tier.as_deref()),
        year_start: Some(start),
        ..Profile::default()
    }
}

/// The edition that a name means: itself, or of a framework the one that binds a financial year.
/// Without a name, that of the exchange whose board the issuer is listed on.
pub fn pick(
    library: &Library<'_>,
    name: Option<&str>,
    listing: Option<&Listing>,
    start: Date,
) -> Option<Arc<Catalog>> {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    if let Some(exact) = name.filter(|name| name.contains('/')) {
        return library.catalog(exact, &mut sources, &mut sink);
    }
    let profile = profile(listing, start);
    // Only some editions of an exchange name its boards.
    let exchange = listing.and_then(|listing| {
        let mut made = library.editions().into_iter().filter(|edition| {
            let catalog = library.catalog(edition, &mut sources, &mut sink);
            catalog.is_some_and(|catalog| catalog.boards.contains(&listing.board))
        });
        made.next().and_then(|edition| Some(edition.split_once('/')?.0.to_owned()))
    });
    let wanted = name.or(exchange.as_deref());
    let mut found: Option<Arc<Catalog>> = None;
    for edition in library.editions() {
        if edition.split('/').next() != wanted {
            continue;
        }
        let Some(catalog) = library.catalog(&edition, &mut sources, &mut sink) else { continue };
        let binds = catalog.purpose == "reporting" && catalog.binds(&profile);
        let later = found.as_ref().is_none_or(|best| first_day(best) <= first_day(&catalog));
        if binds && later {
            found = Some(catalog);
        }
    }
    found
}

fn first_day(catalog: &Catalog) -> Option<Date> {
    catalog.effective.from
}

/// The financial year that begins on a day: its first and its last day.
pub fn period_from(start: Date) -> (Date, Date) {
    let next = Date { year: start.year.saturating_add(1), ..start };
    (start, before(next))
}

/// The day before a day.
fn before(day: Date) -> Date {
    if day.day > 1 {
        return Date { day: day.day - 1, ..day };
    }
    let (year, month) = match day.month {
        0 | 1 => (day.year.saturating_sub(1), 12),
        month => (day.year, month - 1),
    };
    last_of(year, month)
}

/// The last day of a month.
fn last_of(year: u16, month: u8) -> Date {
    let days = [31, 30, 29, 28].into_iter();
    let exists = |day: &u8| Date::parse(&format!("{year:04}-{month:02}-{day:02}")).is_some();
    let day = days.into_iter().find(|day| exists(day)).unwrap_or(28);
    Date { year, month, day }
}

impl Issuer {
    /// The last day of the third month after a financial year.
    pub fn usual_due(end: Date) -> Date {
        let months = u16::from(end.month) + 2;
        let year = end.year.saturating_add(months / 12);
        last_of(year, u8::try_from(months % 12 + 1).unwrap_or(12))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).expect("a date")
    }

    #[test]
    fn a_financial_year_ends_the_day_before_the_next() {
        assert_eq!(period_from(date("2025-01-01")).1, date("2025-12-31"));
        assert_eq!(period_from(date("2023-03-01")).1, date("2024-02-29"));
        assert_eq!(period_from(date("2024-04-01")).1, date("2025-03-31"));
        assert_eq!(period_from(date("2024-07-15")).1, date("2025-07-14"));
    }

    #[test]
    fn reports_are_due_three_months_later() {
        assert_eq!(Issuer::usual_due(date("2025-12-31")), date("2026-03-31"));
        assert_eq!(Issuer::usual_due(date("2025-03-31")), date("2025-06-30"));
        assert_eq!(Issuer::usual_due(date("2025-11-30")), date("2026-02-28"));
    }
}
