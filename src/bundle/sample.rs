//! Samples that can be drawn again.

use crate::diag::{Phrase, say};
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
    pub title: Phrase,
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
    /// Whether every sample of this method and size holds it.
    pub chance: Chance,
}

/// Whether a record could have been left out of a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chance {
    /// It was drawn by chance.
    Drawn,
    /// Its value reaches the interval: one of the equal steps always meets it.
    Certain,
}

/// A sample, with what is needed to draw conclusions from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// Records in the order of the population.
    pub drawn: Vec<Drawn>,
    /// How the values were stepped through; nothing for records that are drawn themselves.
    pub steps: Option<Steps>,
}

/// Equal steps through the values of a population.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Steps {
    /// The sum of the values above zero, which are drawn from.
    pub total: Decimal,
    /// Length of a step: the total over the size.
    pub interval: Decimal,
    /// Records below zero, with their sum. They are no part of what is drawn from and are to be
    /// examined apart.
    pub negative: (usize, Decimal),
    /// Records of zero, which no step can meet.
    pub zero: usize,
}

/// Why no sample can be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SampleFault {
    /// The population is empty.
    Empty,
    /// Nothing is asked for.
    Nothing,
    /// A record has no value.
    Value(String),
    /// No value is above zero, or they are too large to add up.
    Total,
    /// More is asked for than there is.
    Size(usize),
}

impl SampleFault {
    /// Why, in words.
    pub fn told(&self) -> Phrase {
        match self {
            Self::Empty => say!("the population has no records"),
            Self::Nothing => say!("a sample has a size of at least 1"),
            Self::Value(name) => say!(
                "`{name}` has no value, which a sample by value needs; draw with --method random",
                name
            ),
            Self::Total => {
                say!("the values of the population have no total that can be drawn from")
            }
            Self::Size(count) => say!("the population has {count} records alone", count),
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

    /// A sample.
    pub fn draw(&self, method: Method, size: usize, seed: u64) -> Result<Sample, SampleFault> {
        if self.records.is_empty() {
            return Err(SampleFault::Empty);
        }
        if size == 0 {
            return Err(SampleFault::Nothing);
        }
        let mut draws = Draws::new(&self.hash(), seed);
        match method {
            Method::Random => self.random(size, &mut draws),
            Method::Mus => self.by_value(size, &mut draws),
        }
    }

    /// Simple random sampling without replacement: each draw picks one of those that are left.
    fn random(&self, size: usize, draws: &mut Draws) -> Result<Sample, SampleFault> {
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
        let drawn = picked.into_iter().filter_map(|at| self.drawn(at, 1, Chance::Drawn)).collect();
        Ok(Sample { drawn, steps: None })
    }

    /// Monetary unit sampling with a random start and equal steps. Values above zero are counted in
    /// the smallest unit that any of them is written in; point `k` is the whole part of
    /// `(start + k × total) ÷ size`, with the start drawn below the total.
    fn by_value(&self, size: usize, draws: &mut Draws) -> Result<Sample, SampleFault> {
        let steps = self.steps(size)?;
        let units = self.units()?;
        let total = units.iter().try_fold(0_u128, |sum, unit| sum.checked_add(*unit));
        let total = total.filter(|total| *total > 0).ok_or(SampleFault::Total)?;
        let count = size as u128;
        total.checked_mul(count).ok_or(SampleFault::Total)?;
        let start = draws.below(total);
        let mut points = (0..count).map(|k| (start + k * total) / count).peekable();
        let mut drawn = Vec::new();
        let mut end = 0_u128;
        for (at, unit) in units.into_iter().enumerate() {
            end += unit;
            let mut hits = 0;
            while points.next_if(|point| *point < end).is_some() {
                hits += 1;
            }
            let certain = unit.checked_mul(count).is_none_or(|reach| reach >= total);
            let chance = if certain { Chance::Certain } else { Chance::Drawn };
            drawn.extend(self.drawn(at, hits, chance).filter(|drawn| drawn.hits > 0));
        }
        Ok(Sample { drawn, steps: Some(steps) })
    }

    /// The values in the smallest unit that any of them is written in; none for those that are not
    /// above zero.
    fn units(&self) -> Result<Vec<u128>, SampleFault> {
        let scale =
            self.records.iter().filter_map(|r| r.value).map(|v| v.scale()).max().unwrap_or(0);
        let unit = |record: &Record| {
            let value = record.value.ok_or_else(|| SampleFault::Value(record.name.clone()))?;
            if value <= Decimal::ZERO {
                return Ok(0);
            }
            let whole = value.mantissa().unsigned_abs();
            let raised = 10_u128.checked_pow(scale - value.scale());
            raised.and_then(|raised| whole.checked_mul(raised)).ok_or(SampleFault::Total)
        };
        self.records.iter().map(unit).collect()
    }

    fn steps(&self, size: usize) -> Result<Steps, SampleFault> {
        let sum = |wanted: fn(&Decimal) -> bool| {
            let mut values = self.records.iter().filter_map(|r| r.value).filter(wanted);
            values.try_fold(Decimal::ZERO, |sum, v| sum.checked_add(v)).ok_or(SampleFault::Total)
        };
        let count = |wanted: fn(&Decimal) -> bool| {
            self.records.iter().filter_map(|record| record.value).filter(wanted).count()
        };
        let total = sum(|value| *value > Decimal::ZERO)?;
        let interval = total.checked_div(Decimal::from(size)).ok_or(SampleFault::Total)?;
        let below: fn(&Decimal) -> bool = |value| *value < Decimal::ZERO;
        Ok(Steps {
            total,
            interval,
            negative: (count(below), sum(below)?),
            zero: count(|value| value.is_zero()),
        })
    }

    fn drawn(&self, at: usize, hits: usize, chance: Chance) -> Option<Drawn> {
        let record = self.records.get(at)?.clone();
        Some(Drawn { number: at + 1, record, hits, chance })
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
        let draw = |seed| one.draw(Method::Random, 20, seed).expect("a sample").drawn;
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
            let drawn = population.draw(Method::Mus, 10, seed).expect("a sample").drawn;
            let hits: usize = drawn.iter().map(|drawn| drawn.hits).sum();
            assert_eq!(hits, 10);
            let of = |n| drawn.iter().find(|d| d.number == n).map_or(0, |d| d.hits);
            assert!(of(2) >= 5 && of(5) >= 4 && of(3) == 0, "{drawn:?}");
            let certain: Vec<usize> =
                drawn.iter().filter(|d| d.chance == Chance::Certain).map(|d| d.number).collect();
            assert_eq!(certain, [2, 5]);
        }
    }

    #[test]
    fn records_of_zero_or_less_are_left_out_of_a_sample_by_value_and_told() {
        let population = population(&["10", "-4", "0", "20.5", "-0.5", "0.00"]);
        for seed in 0..50 {
            let sample = population.draw(Method::Mus, 4, seed).expect("a sample");
            assert!(sample.drawn.iter().all(|drawn| [1, 4].contains(&drawn.number)));
            let steps = sample.steps.expect("steps");
            assert_eq!(steps.total.to_string(), "30.5");
            assert_eq!(steps.interval.to_string(), "7.625");
            assert_eq!((steps.negative.0, steps.negative.1.to_string()), (2, "-4.5".to_owned()));
            assert_eq!(steps.zero, 2);
        }
    }

    #[test]
    fn a_record_that_is_as_large_as_the_interval_is_in_every_sample() {
        let population = population(&["5", "2", "3", "10"]);
        for seed in 0..200 {
            let drawn = population.draw(Method::Mus, 4, seed).expect("a sample").drawn;
            let of = |n| drawn.iter().find(|d| d.number == n).map(|d| (d.hits, d.chance));
            assert!(matches!(of(1), Some((1.., Chance::Certain))), "{drawn:?}");
            assert_eq!(of(4), Some((2, Chance::Certain)), "{drawn:?}");
            assert!([of(2), of(3)].iter().flatten().all(|(hits, _)| *hits == 1), "{drawn:?}");
        }
    }

    #[test]
    fn what_cannot_be_drawn_is_told() {
        let draw = |values: &[&str], method| population(values).draw(method, 2, 1);
        assert_eq!(draw(&[], Method::Random), Err(SampleFault::Empty));
        assert_eq!(draw(&["1"], Method::Random), Err(SampleFault::Size(1)));
        assert_eq!(draw(&["-1", "-2"], Method::Mus), Err(SampleFault::Total));
        assert_eq!(draw(&["1", "x"], Method::Mus), Err(SampleFault::Value("row 1".into())));
        assert_eq!(draw(&["0", "0"], Method::Mus), Err(SampleFault::Total));
        let none = population(&["1"]).draw(Method::Random, 0, 1);
        assert_eq!(none, Err(SampleFault::Nothing));
    }
}
