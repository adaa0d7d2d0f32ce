//! The matrix of material topics, and the list beside it.
#![allow(
    clippy::arithmetic_side_effects,
    reason = "sums of coordinates on a drawing, which are a few thousand at most"
)]

use crate::content::{MaterialityBlock, Rank, Topic};
use crate::quantity::{Decimal, Grouping, group};
use crate::report::{anchor_name, anchor_of};

use crate::view::Context;
use crate::view::chart::round_up;
use crate::view::exhibit::selected;
use crate::view::model::{MaterialTopic, Materiality, Note, Place};
use crate::view::svg::{Anchor, Ink, Svg, width_of};

/// Width of the drawing; its field is a square.
const WIDTH: i64 = 400;
const LEFT: i64 = 44;
const TOP: i64 = 26;
const SIDE: i64 = WIDTH - LEFT - 14;
const TEXT: u32 = 12;
/// Half the distance at which two marks touch.
const RADIUS: u32 = 10;

/// A topic with its place in the field.
struct Dot<'a> {
    topic: &'a Topic,
    at: (Decimal, Decimal),
}

/// What the axes show.
struct Axes {
    from: Decimal,
    to: Decimal,
}

impl Axes {
    /// Where a score lies between the ends, as a length.
    fn place(&self, score: Decimal) -> Decimal {
        let share = (score - self.from).checked_div(self.to - self.from).unwrap_or_default();
        share
            .clamp(Decimal::ZERO, Decimal::ONE)
            .checked_mul(Decimal::from(SIDE))
            .unwrap_or_default()
    }

    fn x(&self, score: Decimal) -> Decimal {
        Decimal::from(LEFT) + self.place(score)
    }

    fn y(&self, score: Decimal) -> Decimal {
        Decimal::from(TOP + SIDE) - self.place(score)
    }
}

impl Context<'_> {
    /// The matrix with its list, or the list alone where topics have no scores.
    pub(super) fn materiality(&self, section: &str, block: &MaterialityBlock) -> Materiality {
        let mut topics =
            selected(&self.report.content.topics, |topic| &topic.id.value, &block.select);
        let scored = topics.iter().any(|topic| topic.score.is_some());
        // The strongest first, as readers expect of a list; without scores it stays as written.
        topics.sort_by_key(|topic| {
            let score = |topic: &Topic| {
                let score = topic.score.as_ref()?;
                score.impact.value.value.checked_add(score.financial.value.value)
            };
            std::cmp::Reverse(score(topic))
        });
        let signs = topics.iter().filter_map(|topic| topic.pillar.as_deref()).collect::<Vec<_>>();
        let legend = ["environmental", "social", "governance"].into_iter();
        let legend = legend.filter(|pillar| signs.contains(pillar)).map(|pillar| Note {
            mark: sign_of(Some(pillar)).to_owned(),
            text: self.word(&format!("pillar_{pillar}")),
        });
        Materiality {
            id: anchor_name(section, &block.id.value),
            title: self.plain(&block.title),
            subtitle: self.plain(&block.subtitle),
            finding: self.plain(&block.finding),
            svg: scored.then(|| self.matrix(&topics)),
            legend: legend.collect(),
            rows: topics.iter().enumerate().map(|(n, topic)| self.material(n, topic)).collect(),
        }
    }

    fn material(&self, n: usize, topic: &Topic) -> MaterialTopic {
        let score = topic.score.as_ref();
        let told = |score: Option<String>, rank: Option<Rank>| {
            score.or_else(|| rank.map(|rank| self.rank(rank))).unwrap_or_default()
        };
        let pillar = topic.pillar.as_deref();
        let places = topic
            .places
            .iter()
            .map(|place| Place { text: self.place_name(place), target: anchor_of(place) });
        MaterialTopic {
            number: score.map(|_| (n + 1).to_string()).unwrap_or_default(),
            sign: pillar.map(|pillar| sign_of(Some(pillar)).to_owned()).unwrap_or_default(),
            label: self.text(&topic.label),
            pillar: pillar.map(|name| self.word(&format!("pillar_{name}"))).unwrap_or_default(),
            impact: told(score.map(|s| printed(&s.impact.value)), topic.impact_rank),
            financial: told(score.map(|s| printed(&s.financial.value)), topic.financial_rank),
            places: places.collect(),
        }
    }

    fn rank(&self, rank: Rank) -> String {
        match rank {
            Rank::At(place) => self.word("rank_at").replace("{n}", &place.to_string()),
            Rank::Among(places) => self.word("rank_among").replace("{n}", &places.to_string()),
        }
    }

    fn matrix(&self, topics: &[&Topic]) -> String {
        let axes = self.axes(topics);
        let height = Decimal::from(TOP + SIDE + 44);
        let mut svg = Svg::new(Decimal::from(WIDTH), height, &self.theme.font);
        self.field(&mut svg, &axes);
        let dots: Vec<Dot<'_>> = topics
            .iter()
            .filter_map(|topic| {
                let score = topic.score.as_ref()?;
                let at = (axes.x(score.financial.value.value), axes.y(score.impact.value.value));
                Some(Dot { topic, at })
            })
            .collect();
        let label = self.theme.colour("label");
        let places = spread(&dots);
        for (dot, place) in dots.iter().zip(&places).filter(|(dot, place)| dot.at != **place) {
            svg.line(dot.at, *place, label, "1");
        }
        for (n, (dot, place)) in dots.iter().zip(places).enumerate() {
            let (fill, ink) = self.mark(dot.topic.pillar.as_deref());
            svg.disc(place, RADIUS, fill, self.theme.colour("emphasis"));
            let ink = Ink { colour: ink, size: 11, weight: 700 };
            let base = (place.0, place.1 + Decimal::from(4));
            svg.text(base, Anchor::Middle, ink, &(n + 1).to_string());
        }
        svg.finish()
    }

    /// The fill of a mark and its ink: dark, half and light, which differ in grey as well.
    fn mark(&self, pillar: Option<&str>) -> (&str, &str) {
        let label = self.theme.colour("label");
        match pillar {
            Some("environmental") | None => (self.theme.colour("emphasis"), "#ffffff"),
            Some("social") => (self.theme.colour("muted"), label),
            Some(_) => ("#ffffff", label),
        }
    }

    /// The ends as declared, or else from zero to a round value above all scores.
    fn axes(&self, topics: &[&Topic]) -> Axes {
        let scale = &self.report.content.scale;
        if let Some((from, to)) = scale.ends.as_ref().filter(|(from, to)| from.value < to.value) {
            return Axes { from: from.value, to: to.value };
        }
        let scores = topics.iter().filter_map(|topic| topic.score.as_ref());
        let values = scores.flat_map(|s| [s.impact.value.value, s.financial.value.value]);
        Axes { from: Decimal::ZERO, to: round_up(values.max().unwrap_or_default()) }
    }

    /// Grid, names of the axes, and the field from the threshold on.
    fn field(&self, svg: &mut Svg, axes: &Axes) {
        let theme = self.theme;
        let [left, top, side] = [LEFT, TOP, SIDE].map(Decimal::from);
        let (right, bottom) = (left + side, top + side);
        let threshold = self.report.content.scale.threshold.as_ref();
        let threshold = threshold.map(|scores| {
            (axes.x(scores.financial.value.value), axes.y(scores.impact.value.value))
        });
        if let Some((x, y)) = threshold {
            svg.rect(x, top, right - x, y - top, theme.token("/colour/surface"));
        }
        let muted = Ink { colour: theme.colour("label_muted"), size: TEXT, weight: 400 };
        for step in 0..=4 {
            let span = axes.to - axes.from;
            let value =
                axes.from + span.checked_mul(Decimal::new(25 * step, 2)).unwrap_or_default();
            let (x, y) = (axes.x(value), axes.y(value));
            let colour = theme.colour(if step == 0 { "axis" } else { "grid" });
            svg.line((left, y), (right, y), colour, "1");
            svg.line((x, top), (x, bottom), colour, "1");
            let digits = group(value.normalize(), Grouping::Thousands);
            svg.text((left - Decimal::from(8), y + Decimal::from(4)), Anchor::End, muted, &digits);
            svg.text((x, bottom + Decimal::from(17)), Anchor::Middle, muted, &digits);
        }
        if let Some((x, y)) = threshold {
            svg.dashes(&[(x, top), (x, y), (right, y)], theme.colour("axis"));
        }
        let ink = Ink { colour: theme.colour("label"), size: TEXT, weight: 700 };
        let impact = format!("{} ↑", self.word("impact_materiality"));
        svg.text((Decimal::from(4), Decimal::from(14)), Anchor::Start, ink, &impact);
        let financial = format!("{} →", self.word("financial_materiality"));
        let at = right.max(width_of(&financial, TEXT));
        svg.text((at, bottom + Decimal::from(38)), Anchor::End, ink, &financial);
    }
}

fn printed(figure: &crate::quantity::Figure) -> String {
    group(figure.value, Grouping::Thousands)
}

/// The sign of a pillar in lists, as its mark looks in the matrix.
fn sign_of(pillar: Option<&str>) -> &'static str {
    match pillar {
        Some("environmental") | None => "●",
        Some("social") => "◐",
        Some(_) => "○",
    }
}

/// Places of marks: their own, or the nearest free one where two would lie on each other.
fn spread(dots: &[Dot<'_>]) -> Vec<(Decimal, Decimal)> {
    let apart = i64::from(RADIUS) * 2 + 2;
    let mut taken: Vec<(Decimal, Decimal)> = Vec::new();
    for dot in dots {
        let rings = (0..6).flat_map(|ring| {
            let steps =
                [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1)];
            steps.into_iter().map(move |(x, y)| (x * ring * apart, y * ring * apart))
        });
        let free = rings.map(|(x, y)| (dot.at.0 + Decimal::from(x), dot.at.1 + Decimal::from(y)));
        let inside = |(x, y): &(Decimal, Decimal)| {
            *x >= Decimal::from(LEFT)
                && *x <= Decimal::from(WIDTH) - Decimal::from(RADIUS)
                && *y >= Decimal::from(RADIUS)
                && *y <= Decimal::from(TOP + SIDE)
        };
        let clear = |place: &(Decimal, Decimal)| {
            let near = |a: Decimal, b: Decimal| (a - b).abs() < Decimal::from(apart);
            !taken.iter().any(|other| near(other.0, place.0) && near(other.1, place.1))
        };
        let place = free.clone().find(|place| (inside(place) || *place == dot.at) && clear(place));
        taken.push(place.unwrap_or(dot.at));
    }
    taken
}
