//! Intervals of decimals.

use crate::quantity::Decimal;

/// All values from `low` to `high`; an end that is absent is unbounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// Lower end.
    pub low: Option<Decimal>,
    /// Upper end.
    pub high: Option<Decimal>,
}

impl Interval {
    /// The interval of a single value.
    pub fn exact(value: Decimal) -> Self {
        Self { low: Some(value), high: Some(value) }
    }

    /// The interval between two values.
    pub fn between(low: Decimal, high: Decimal) -> Self {
        Self { low: Some(low.min(high)), high: Some(low.max(high)) }
    }

    /// Whether a value can be in both.
    pub fn overlaps(self, other: Self) -> bool {
        let below = |low: Option<Decimal>, high: Option<Decimal>| match (low, high) {
            (Some(low), Some(high)) => low <= high,
            _ => true,
        };
        below(self.low, other.high) && below(other.low, self.high)
    }

    /// Whether a value is inside.
    pub fn contains(self, value: Decimal) -> bool {
        self.overlaps(Self::exact(value))
    }

    /// Sum.
    pub fn plus(self, other: Self) -> Option<Self> {
        let low = both(self.low, other.low, Decimal::checked_add)?;
        let high = both(self.high, other.high, Decimal::checked_add)?;
        Some(Self { low, high })
    }

    /// Difference.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negated())
    }

    /// The same with the sign changed.
    pub fn negated(self) -> Self {
        Self { low: self.high.map(|v| -v), high: self.low.map(|v| -v) }
    }

    /// Product.
    pub fn times(self, other: Self) -> Option<Self> {
        match (self.ends(), other.ends()) {
            (Some(a), Some(b)) => Self::hull(a, b, Decimal::checked_mul),
            _ => self.half_bounded(other, Decimal::checked_mul),
        }
    }

    /// Quotient; nothing if the divisor can be zero.
    pub fn over(self, other: Self) -> Option<Self> {
        if other.contains(Decimal::ZERO) {
            return None;
        }
        match (self.ends(), other.ends()) {
            (Some(a), Some(b)) => Self::hull(a, b, Decimal::checked_div),
            (_, Some(b)) if b.0.is_sign_positive() => {
                let low =
                    self.low.map(|v| v.checked_div(if v.is_sign_negative() { b.0 } else { b.1 }));
                let high =
                    self.high.map(|v| v.checked_div(if v.is_sign_negative() { b.1 } else { b.0 }));
                Some(Self { low: unnest(low)?, high: unnest(high)? })
            }
            _ => Some(Self { low: None, high: None }),
        }
    }

    /// The interval times an exact factor above zero.
    pub fn scaled(self, factor: Decimal) -> Option<Self> {
        self.times(Self::exact(factor))
    }

    /// The interval divided by an exact factor above zero.
    pub fn shrunk(self, factor: Decimal) -> Option<Self> {
        self.over(Self::exact(factor))
    }

    fn ends(self) -> Option<(Decimal, Decimal)> {
        Some((self.low?, self.high?))
    }

    /// A product where an end is unbounded: known only for values that are not negative.
    fn half_bounded(
        self,
        other: Self,
        combine: fn(Decimal, Decimal) -> Option<Decimal>,
    ) -> Option<Self> {
        let positive = |v: Option<Decimal>| v.is_some_and(|v| !v.is_sign_negative());
        if positive(self.low) && positive(other.low) {
            let low = both(self.low, other.low, combine)?;
            let high = both(self.high, other.high, combine)?;
            return Some(Self { low, high });
        }
        Some(Self { low: None, high: None })
    }

    fn hull(
        a: (Decimal, Decimal),
        b: (Decimal, Decimal),
        combine: fn(Decimal, Decimal) -> Option<Decimal>,
    ) -> Option<Self> {
        let corners =
            [combine(a.0, b.0)?, combine(a.0, b.1)?, combine(a.1, b.0)?, combine(a.1, b.1)?];
        let low = corners.iter().copied().min()?;
        let high = corners.iter().copied().max()?;
        Some(Self { low: Some(low), high: Some(high) })
    }
}

/// Combines two ends: unbounded if either is, nothing if the result does not fit.
fn both(
    a: Option<Decimal>,
    b: Option<Decimal>,
    combine: fn(Decimal, Decimal) -> Option<Decimal>,
) -> Option<Option<Decimal>> {
    match (a, b) {
        (Some(a), Some(b)) => combine(a, b).map(Some),
        _ => Some(None),
    }
}

fn unnest(end: Option<Option<Decimal>>) -> Option<Option<Decimal>> {
    match end {
        None => Some(None),
        Some(value) => value.map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(low: i64, high: i64) -> Interval {
        Interval::between(Decimal::from(low), Decimal::from(high))
    }

    #[test]
    fn products_take_the_outermost_corners() {
        assert_eq!(interval(-2, 3).times(interval(-5, 4)), Some(interval(-15, 12)));
    }

    #[test]
    fn a_divisor_that_can_be_zero_gives_nothing() {
        assert_eq!(interval(1, 2).over(interval(-1, 1)), None);
        assert_eq!(interval(4, 8).over(interval(2, 4)), Some(interval(1, 4)));
    }

    #[test]
    fn unbounded_ends_stay_unbounded() {
        let over_two = Interval { low: Some(Decimal::from(2)), high: None };
        let product = over_two.times(interval(3, 3));
        assert_eq!(product, Some(Interval { low: Some(Decimal::from(6)), high: None }));
        assert_eq!(over_two.over(interval(1, 2)).and_then(|i| i.low), Some(Decimal::ONE));
    }
}
