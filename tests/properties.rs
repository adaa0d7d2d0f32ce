//! What must hold for every figure: intervals hold what they stand for, what is printed is read back, conversions
//! lose nothing.
#![allow(clippy::expect_used, clippy::indexing_slicing)]

use std::sync::Arc;

use esgreport::convert::{Converter, Vocabulary};
use esgreport::diag::Sink;
use esgreport::framework::{Library, Units};
use esgreport::locale::{Date, Known, Lang, Phrases, dates_among, numerals};
use esgreport::quantity::{Decimal, Figure, Grouping, Interval, Qualifier};
use esgreport::quantity::{group, plain, rounded, rounded_as, signed_values};
use esgreport::source::{Embedded, Sources};
use proptest::prelude::*;

/// Figures as reports print them: up to 15 digits, up to 6 decimals.
fn decimal() -> impl Strategy<Value = Decimal> {
    (-999_999_999_999_999_i64..=999_999_999_999_999, 0_u32..=6)
        .prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale))
}

/// Any decimal at all, to the last digit that there is.
fn any_decimal() -> impl Strategy<Value = Decimal> {
    (any::<i128>(), 0_u32..=28).prop_map(|(mantissa, scale)| {
        Decimal::from_i128_with_scale(mantissa % 79_228_162_514_264_337_593_543_950_336, scale)
    })
}

/// An interval, and a value inside it.
fn sampled() -> impl Strategy<Value = (Interval, Decimal)> {
    (decimal(), decimal(), 0_u32..=1000, 0_u32..4).prop_map(|(a, b, share, open)| {
        let inside = a + (b - a) * Decimal::new(i64::from(share), 3);
        let mut interval = Interval::between(a, b);
        match open {
            0 => interval.low = None,
            1 => interval.high = None,
            _ => {}
        }
        (interval, inside)
    })
}

/// Whether a value is inside, but for what the last of 28 digits may be off.
fn holds(interval: Interval, value: Decimal) -> bool {
    let slack = (value.abs() * Decimal::new(1, 25)).max(Decimal::new(1, 25));
    let low = interval.low.is_none_or(|low| low - slack <= value);
    low && interval.high.is_none_or(|high| value <= high + slack)
}

fn units() -> Arc<Units> {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    Library::new(&Embedded).units(&mut sources, &mut sink)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn sums_differences_products_and_quotients_hold_what_they_stand_for(
        (one, a) in sampled(), (two, b) in sampled()
    ) {
        for (interval, value) in [
            (one.plus(two), a.checked_add(b)),
            (one.minus(two), a.checked_sub(b)),
            (one.times(two), a.checked_mul(b)),
            (one.over(two), a.checked_div(b)),
            (Some(one.negated()), Some(-a)),
        ] {
            if let (Some(interval), Some(value)) = (interval, value) {
                prop_assert!(holds(interval, value), "{one:?} {a} {two:?} {b}: {interval:?} {value}");
            }
        }
    }

    #[test]
    fn factors_keep_what_an_interval_stands_for((one, a) in sampled(), factor in 1_i64..1_000_000, scale in 0_u32..=6) {
        let factor = Decimal::new(factor, scale);
        if let (Some(scaled), Some(value)) = (one.scaled(factor), a.checked_mul(factor)) {
            prop_assert!(holds(scaled, value), "{one:?} * {factor}: {scaled:?} {value}");
        }
        if let (Some(shrunk), Some(value)) = (one.shrunk(factor), a.checked_div(factor)) {
            prop_assert!(holds(shrunk, value), "{one:?} / {factor}: {shrunk:?} {value}");
        }
    }

    #[test]
    fn intervals_overlap_where_they_share_a_value((one, a) in sampled(), (two, _) in sampled()) {
        prop_assert!(one.contains(a));
        prop_assert_eq!(one.overlaps(two), two.overlaps(one));
        prop_assert!(!two.contains(a) || one.overlaps(two));
    }

    #[test]
    fn no_arithmetic_of_intervals_panics(a in any_decimal(), b in any_decimal(), c in any_decimal(), d in any_decimal()) {
        let (one, two) = (Interval::between(a, b), Interval { low: Some(c), high: Some(d).filter(|d| *d >= c) });
        let _ = (one.plus(two), one.minus(two), one.times(two), one.over(two), two.over(one), two.times(two));
        let _ = (one.overlaps(two), one.contains(c), two.negated());
    }

    #[test]
    fn a_figure_stands_for_every_value_that_rounds_to_it(value in decimal(), decimals in 0_u32..=5) {
        let printed = rounded(value, decimals);
        let figure = Figure { qualifier: Qualifier::None, value: printed, grouped: Grouping::None };
        prop_assert_eq!(figure.decimals(), decimals);
        prop_assert!(figure.interval().contains(value), "{value} is printed as {printed}");
    }

    #[test]
    fn a_qualified_figure_stays_true_when_it_is_rounded(value in decimal(), decimals in 0_u32..=5) {
        for qualifier in [Qualifier::Over, Qualifier::AtLeast, Qualifier::Nearly, Qualifier::Below, Qualifier::AtMost] {
            let printed = rounded_as(value, decimals, qualifier);
            let figure = Figure { qualifier, value: printed, grouped: Grouping::None };
            prop_assert!(figure.interval().contains(value), "{qualifier:?} {value}: {printed}");
        }
    }

    #[test]
    fn what_is_printed_is_read_back(value in decimal(), grouped in any::<bool>()) {
        let grouping = if grouped { Grouping::Thousands } else { Grouping::None };
        for text in [group(value, grouping), plain(value)] {
            let figure = Figure::parse(&text).expect("a figure");
            prop_assert_eq!(figure.value, value, "{}", text);
            prop_assert_eq!(figure.value.scale(), value.scale(), "{}", text);
            prop_assert_eq!(signed_values(&format!("a {text} t")), vec![value], "{}", text);
        }
    }

    #[test]
    fn qualified_figures_are_read_back_in_every_language(value in 1_i64..1_000_000_000, at in 0_usize..21) {
        let (text, qualifier) = [
            ("over {}", Qualifier::Over), ("nearly {}", Qualifier::Nearly), ("about {}", Qualifier::About),
            ("below {}", Qualifier::Below), ("at least {}", Qualifier::AtLeast), ("at most {}", Qualifier::AtMost),
            ("超 {}", Qualifier::Over), ("逾{}", Qualifier::Over), ("近{}", Qualifier::Nearly),
            ("约{}", Qualifier::About), ("低于{}", Qualifier::Below), ("不低于{}", Qualifier::AtLeast),
            ("不高于{}", Qualifier::AtMost), ("超過{}", Qualifier::Over), ("將近{}", Qualifier::Nearly),
            ("約{}", Qualifier::About), ("低於{}", Qualifier::Below), ("不低於{}", Qualifier::AtLeast),
            ("不高於{}", Qualifier::AtMost), ("{} 余", Qualifier::Over), ("{}餘", Qualifier::Over),
        ][at];
        let digits = group(Decimal::from(value), Grouping::Thousands);
        let figure = Figure::parse(&text.replace("{}", &digits)).expect("a figure");
        prop_assert_eq!(figure.value, Decimal::from(value));
        prop_assert_eq!(figure.qualifier, qualifier);
        let any = Interval { low: None, high: None };
        prop_assert!(figure.interval().overlaps(any));
    }

    #[test]
    fn dates_are_read_back_in_every_language(year in 1990_u16..2100, month in 1_u8..=12, day in 1_u8..=28) {
        let date = Date { year, month, day };
        prop_assert_eq!(Date::parse(&date.to_string()), Some(date));
        for lang in Lang::ALL {
            let text = date.written(lang);
            let known = Known { unit: &|_| false, literals: &Phrases::default() };
            let found = dates_among(&text, &numerals(&text, known));
            prop_assert_eq!(found.len(), 1, "{}", text);
            let parts = (found[0].year, found[0].month, found[0].day);
            prop_assert_eq!(parts, (Some(year), Some(month), Some(day)), "{}", text);
        }
    }

    #[test]
    fn figures_read_or_refuse_any_text(text in ".{0,40}") {
        if let Ok(figure) = Figure::parse(&text) {
            let _ = (figure.interval(), figure.counted());
        }
        let _ = (Figure::rewritten(&text), Figure::qualifier_at_end(&text), signed_values(&text));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn what_is_converted_there_and_back_is_the_same(value in decimal(), at in any::<u16>(), to in any::<u16>()) {
        let units = units();
        let ids: Vec<&str> = units.table.ids().collect();
        let one = units.table.parse(ids[usize::from(at) % ids.len()]).expect("a unit");
        let alike: Vec<_> = ids
            .iter()
            .filter_map(|id| units.table.parse(id).ok())
            .filter(|other| other.dimension == one.dimension)
            .collect();
        let two = &alike[usize::from(to) % alike.len()];
        if let Some(there) = one.convert(value, two)
            && let Some(back) = two.convert(there, &one)
        {
            // What is too small for 28 decimals of the larger unit is lost on the way, and no more.
            let unit = one.convert(Decimal::ONE, two).unwrap_or(Decimal::ONE).max(Decimal::new(1, 12));
            let lost = Decimal::new(1, 14).checked_div(unit).unwrap_or(Decimal::ONE);
            let slack = (value.abs() * Decimal::new(1, 12)).max(lost);
            prop_assert!((back - value).abs() <= slack, "{value} {}: {there} {}, back {back}", one.text, two.text);
        }
        prop_assert_eq!(one.convert(value, &one), Some(value));
    }

    #[test]
    fn conversion_of_scripts_keeps_every_figure(
        words in prop::collection::vec("(范围|排放量|约|亿元|万吨|同比下降三成|以上|“|”|，|。| |t|CO₂e|[0-9]{1,3}|,[0-9]{3}|\\.[0-9]{1,2}|%|\\{\\{ a@2024 \\}\\}|\\[\\^1\\]|`x`)", 0..30)
    ) {
        let vocabulary = Vocabulary::read(&Embedded).expect("the vocabulary");
        let converter = Converter::new(&vocabulary, &[]).expect("the tables");
        let text = words.concat();
        for converted in [converter.text(&text), converter.markup(&text), converter.markdown(&text)] {
            prop_assert_eq!(signed_values(&converted), signed_values(&text), "{}: {}", text, converted);
            let holes = |text: &str| text.matches("{{ a@2024 }}").count();
            prop_assert_eq!(holes(&converted), holes(&text), "{}: {}", text, converted);
        }
    }
}
