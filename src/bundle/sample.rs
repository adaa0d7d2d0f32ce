//! Samples that can be drawn again.

use std::fmt;

use crate::quantity::{Decimal, plain};
use crate::source::sha256;

use crate::bundle::random::Draws;

/// One record of a population.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Name, unlike that of any other record.
    pub name: String,
    /// What it says, for whoever looks it up.
    pub text: String,
    /// Value; nothing if it has none.
    pub value: Option<Decimal>,
}

/// What samples are drawn from.
#[derive(Debug, Clone, Default)]
pub struct Population {
    /// What the records are.
    pub title: String,
    /// Records in their order.
    pub records: Vec<Record>,
}

/// How a sample is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Records in proportion to their value: every unit is as likely as any other.
    Mus,
    /// Every record is as likely as any other, and is drawn once at most.
    Random,
}

/// A record that was drawn, with how often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// Place of the record in the population, from 1.
    pub number: usize,
    /// The record.
    pub record: Record,
    /// How many of the drawn units it holds; 1 for records that are drawn themselves.
    pub hits: usize,
}

/// Why no sample can be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SampleFault {
    /// The population is empty.
    Empty,
    /// A record has no value, or one below zero.
    Value(String),
    /// The values are all zero, or too large to add up.
    Total,
    /// More is asked for than there is.
    Size(usize),
}

impl fmt::Display for SampleFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the population has no records"),
            Self::Value(name) => write!(
                f,
                "`{name}` has no value of zero or more, which a sample by value needs; draw with --method random"
            ),
            Self::Total => {
                f.write_str("the values of the population have no total that can be drawn from")
            }
            Self::Size(count) => write!(f, "the population has {count} records alone"),
        }
    }
}

impl Population {
    /// The checksum of the names and values in their order. A sample is of this population and of no
    /// other.
    pub fn hash(&self) -> String {
        let mut text = String::from("esgreport-population/1\n");
        for record in &self.records {
            let value = record.value.map(plain).unwrap_or_default();
            text.push_str(&format!("{}\t{value}\n", record.name));
        }
        sha256(text.as_bytes())
    }

    /// The sum of the values.
    pub fn total(&self) -> Option<Decimal> {
        let mut values = self.records.iter().map(|record| record.value);
        values.try_fold(Decimal::ZERO, |sum, value| sum.checked_add(value?))
    }

    /// A sample.
    pub fn draw(&self, method: Method, size: usize, seed: u64) -> Result<Vec<Drawn>, SampleFault> {
        if self.records.is_empty() || size == 0 {
            return Err(SampleFault::Empty);
        }
        let mut draws = Draws::new(&self.hash(), seed);
        match method {
            Method::Random => self.random(size, &mut draws),
            Method::Mus => self.by_value(size, &mut draws),
        }
    }

    /// Simple random sampling without replacement: each draw picks one of those that are left.
    fn random(&self, size: usize, draws: &mut Draws) -> Result<Vec<Drawn>, SampleFault> {
        let count = self.records.len();
        if size > count {
            return Err(SampleFault::Size(count));
        }
        let mut left: Vec<usize> = (0..count).collect();
        let mut picked = Vec::new();
        for _ in 0..size {
            let at = usize::try_from(draws.below(left.len() as u128)).unwrap_or_default();
            picked.push(left.swap_remove(at));
        }
        picked.sort_unstable();
        Ok(picked.into_iter().filter_map(|at| self.drawn(at, 1)).collect())
    }

    /// Monetary unit sampling with a random start and equal steps. Values are counted in the
    /// smallest unit that any of them is written in; point `k` is the whole part of
    /// `(start + k × total) ÷ size`, with the start drawn below the total.
    fn by_value(&self, size: usize, draws: &mut Draws) -> Result<Vec<Drawn>, SampleFault> {
        let scale =
            self.records.iter().filter_map(|r| r.value).map(|v| v.scale()).max().unwrap_or(0);
        let mut units: Vec<u128> = Vec::new();
        for record in &self.records {
            let value = record.value.filter(|v| !v.is_sign_negative() || v.is_zero());
            let value = value.ok_or_else(|| SampleFault::Value(record.name.clone()))?;
            let whole = value.mantissa().unsigned_abs();
            let raised = 10_u128.checked_pow(scale - value.scale());
            units.push(raised.and_then(|r| whole.checked_mul(r)).ok_or(SampleFault::Total)?);
        }
        let total = units.iter().try_fold(0_u128, |sum, unit| sum.checked_add(*unit));
        let total = total.filter(|total| *total > 0).ok_or(SampleFault::Total)?;
        let steps = size as u128;
        total.checked_mul(steps).ok_or(SampleFault::Total)?;
        let start = draws.below(total);
        let mut points = (0..steps).map(|k| (start + k * total) / steps).peekable();
        let mut drawn = Vec::new();
        let mut end = 0_u128;
        for (at, unit) in units.into_iter().enumerate() {
            end += unit;
            let mut hits = 0;
            while points.next_if(|point| *point < end).is_some() {
                hits += 1;
            }
            drawn.extend(self.drawn(at, hits).filter(|drawn| drawn.hits > 0));
        }
        Ok(drawn)
    }

    fn drawn(&self, at: usize, hits: usize) -> Option<Drawn> {
        let record = self.records.get(at)?.clone();
        Some(Drawn { number: at + 1, record, hits })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn population(values: &[&str]) -> Population {
        let record = |(at, value): (usize, &&str)| Record {
            name: format!("row {at}"),
            text: String::new(),
            value: value.parse().ok(),
        };
        Population {
            title: "rows".into(),
            records: values.iter().enumerate().map(record).collect(),
        }
    }

    #[test]
    fn a_sample_can_be_drawn_again_and_depends_on_seed_and_population() {
        let values: Vec<String> = (1..=200).map(|n| n.to_string()).collect();
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        let one = population(&values);
        let draw = |seed| one.draw(Method::Random, 20, seed).expect("a sample");
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
        let mut names: Vec<String> = draw(7).into_iter().map(|d| d.record.name).collect();
        names.dedup();
        assert_eq!(names.len(), 20);
        let mut other = one.clone();
        other.records[0].value = "2".parse().ok();
        assert_ne!(one.hash(), other.hash());
    }

    #[test]
    fn large_records_are_always_in_a_sample_by_value() {
        let population = population(&["0.10", "1000", "0", "0.20", "999.70"]);
        for seed in 0..50 {
            let drawn = population.draw(Method::Mus, 10, seed).expect("a sample");
            let hits: usize = drawn.iter().map(|drawn| drawn.hits).sum();
            assert_eq!(hits, 10);
            let of = |n| drawn.iter().find(|d| d.number == n).map_or(0, |d| d.hits);
            assert!(of(2) >= 5 && of(5) >= 4 && of(3) == 0, "{drawn:?}");
        }
    }

    #[test]
    fn what_cannot_be_drawn_is_told() {
        let draw = |values: &[&str], method| population(values).draw(method, 2, 1);
        assert_eq!(draw(&[], Method::Random), Err(SampleFault::Empty));
        assert_eq!(draw(&["1"], Method::Random), Err(SampleFault::Size(1)));
        assert_eq!(draw(&["1", "-2"], Method::Mus), Err(SampleFault::Value("row 1".into())));
        assert_eq!(draw(&["1", "x"], Method::Mus), Err(SampleFault::Value("row 1".into())));
        assert_eq!(draw(&["0", "0"], Method::Mus), Err(SampleFault::Total));
    }
}
