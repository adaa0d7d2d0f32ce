//! The only look at the clock: what day it is, and how long something takes.

use std::time::Duration;
use std::time::Instant;

use crate::locale::Date;

/// Today in universal time, for suppressions that expire.
#[expect(clippy::disallowed_methods, reason = "the command floor may read the clock")]
pub fn today() -> Date {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let days = since.map(|time| time.as_secs() / 86_400).unwrap_or_default();
    from_days(i64::try_from(days).unwrap_or_default())
}

/// Measures how long something takes. What it says is shown to people and stands in no output.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts to measure.
    #[expect(clippy::disallowed_methods, reason = "the command floor may read the clock")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// The time since the start.
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

/// The date that lies a number of days after 1 January 1970, by the civil calendar algorithm of
/// Howard Hinnant (`chrono-Compatible Low-Level Date Algorithms`, 2013).
fn from_days(days: i64) -> Date {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Date {
        year: u16::try_from(year).unwrap_or(9999),
        month: u8::try_from(month).unwrap_or(1),
        day: u8::try_from(day).unwrap_or(1),
    }
}

#[cfg(test)]
mod tests {
    use super::from_days;

    #[test]
    fn days_become_dates() {
        assert_eq!(from_days(0).to_string(), "1970-01-01");
        assert_eq!(from_days(19_782).to_string(), "2024-02-29");
        assert_eq!(from_days(20_088).to_string(), "2024-12-31");
    }
}
