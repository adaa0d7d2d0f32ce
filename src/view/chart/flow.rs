//! How a total comes together: from the total at the left to its parts, and to theirs.

use crate::content::{ChartBlock, Metric};
use crate::formula::Path;
use crate::quantity::Decimal;
use crate::quantity::Unit;
use crate::report::total_of;
use crate::view::Context;
use crate::view::svg::{Anchor, Ink, Svg, line_height, wrap};

use crate::view::chart::scale::TEXT;

/// Width of a drawing with two columns, and of one with three.
const NARROW: i64 = 520;
const WIDE: i64 = 707;
/// Height of the total.
const HEIGHT: i64 = 300;
/// Width of a node.
const NODE: i64 = 12;
const GAP: i64 = 10;

/// A quantity with the quantities that it is made of.
pub struct Node {
    /// What it is.
    pub label: String,
    /// How much it is.
    pub value: Decimal,
    /// The same as printed.
    pub text: String,
    /// What it is made of.
    pub parts: Vec<Node>,
}

/// What a tree is made for.
struct About<'a> {
    /// Breakdown whose members are parts where a metric has none.
    by: &'a str,
    year: u16,
    /// Unit of the total.
    unit: &'a Unit,
}

/// A node with its place.
struct Placed<'n> {
    node: &'n Node,
    column: usize,
    top: Decimal,
    height: Decimal,
    /// The number of the node that it is a part of.
    parent: Option<usize>,
    accent: usize,
}

impl Context<'_> {
    /// A metric with its parts or the members of a breakdown, two levels deep.
    pub(super) fn flow_tree(&self, chart: &ChartBlock, year: u16) -> Option<Node> {
        let metric = self.report.metric(&chart.series.first()?.value)?;
        let by = chart.by.as_ref().map(|by| by.value.as_str()).unwrap_or_default();
        let about = About { by, year, unit: &metric.unit.value };
        self.flow_node(metric, &about, 2)
    }

    fn flow_node(&self, metric: &Metric, about: &About<'_>, deep: u8) -> Option<Node> {
        let path = total_of(&metric.id.value, about.year);
        let parts = if deep == 0 { Vec::new() } else { self.flow_parts(metric, about, deep) };
        let label = self.text(&metric.label);
        Some(Node { parts, ..self.flow_leaf(metric, &path, about, label)? })
    }

    fn flow_parts(&self, metric: &Metric, about: &About<'_>, deep: u8) -> Vec<Node> {
        let parts = metric.parts.iter().filter_map(|part| self.report.metric(&part.value));
        let parts: Vec<Node> =
            parts.filter_map(|part| self.flow_node(part, about, deep - 1)).collect();
        if !parts.is_empty() {
            return parts;
        }
        let breakdown = metric.by.iter().find(|one| one.name.value == about.by);
        let members = breakdown.map(|one| one.members.as_slice()).unwrap_or_default();
        let dimension = about.by;
        let nodes = members.iter().filter_map(|member| {
            let members = vec![(dimension.to_owned(), member.key.value.clone())];
            let path = Path { members, ..total_of(&metric.id.value, about.year) };
            let label = self.member_label(dimension, &member.key.value);
            self.flow_leaf(metric, &path, about, label)
        });
        nodes.collect()
    }

    /// A node without parts; nothing if there is no figure or nothing to draw.
    fn flow_leaf(
        &self,
        metric: &Metric,
        path: &Path,
        about: &About<'_>,
        label: String,
    ) -> Option<Node> {
        let quantity = self.report.quantity(path).ok()?;
        let value = quantity.unit.convert(quantity.value, about.unit)?;
        if value <= Decimal::ZERO {
            return None;
        }
        let mut text = self.value_text(metric, path, quantity.value);
        if quantity.unit != *about.unit {
            let (before, after) = self.around(&quantity.unit, quantity.value);
            text = format!("{before}{text}{after}");
        }
        Some(Node { label, value, text, parts: Vec::new() })
    }

    /// The drawing, and whether it takes the side column as well.
    pub(super) fn draw_flow(&self, total: &Node) -> (String, bool) {
        let deep = total.parts.iter().any(|part| !part.parts.is_empty());
        let columns = if deep { 3 } else { 2 };
        let width = Decimal::from(if deep { WIDE } else { NARROW });
        let step = (width - Decimal::from(150)).checked_div(Decimal::from(columns - 1));
        let step = step.unwrap_or_default();
        let scale = Decimal::from(HEIGHT).checked_div(total.value).unwrap_or_default();
        let mut placed = Vec::new();
        collect(total, 0, None, 0, scale, &mut placed);
        let room = step - Decimal::from(NODE + 16);
        let height = place(&mut placed, usize::try_from(columns).unwrap_or(2), room);
        let mut svg = Svg::new(width, height, &self.theme.font);
        let left = |column: usize| Decimal::from(column).checked_mul(step).unwrap_or_default();
        let mut used: Vec<Decimal> = vec![Decimal::ZERO; placed.len()];
        for one in &placed {
            let Some((at, parent)) = one.parent.and_then(|at| Some((at, placed.get(at)?))) else {
                continue;
            };
            let Some(offset) = used.get_mut(at) else { continue };
            let from = (left(parent.column) + Decimal::from(NODE), parent.top + *offset);
            *offset += one.height;
            let fill = self.theme.accent(accent(one.accent), "soft");
            svg.ribbon(from, (left(one.column), one.top), one.height, fill);
        }
        for one in &placed {
            let fill = self.theme.accent(accent(one.accent), "strong");
            let x = left(one.column);
            let thick = one.height.max(Decimal::ONE);
            svg.rect(x, one.top, Decimal::from(NODE), thick, fill);
            let last = one.node.parts.is_empty();
            let room = if last { width - x - Decimal::from(NODE + 10) } else { room };
            self.flow_label(&mut svg, one, x + Decimal::from(NODE + 7), room);
        }
        (svg.finish(), deep)
    }

    fn flow_label(&self, svg: &mut Svg, one: &Placed<'_>, x: Decimal, room: Decimal) {
        let ink = Ink { colour: self.theme.colour("label"), size: TEXT, weight: 400 };
        let lines = label_lines(one.node, room);
        let tall = label_height(&lines);
        let middle = one.top + one.height.checked_div(Decimal::TWO).unwrap_or_default();
        let top = middle - tall.checked_div(Decimal::TWO).unwrap_or_default() + Decimal::from(11);
        let (figure, names) = lines.split_last().map_or(("", [].as_slice()), |(f, n)| (f, n));
        svg.lines((x, top), Anchor::Start, ink, names);
        let down = line_height(TEXT).checked_mul(Decimal::from(names.len())).unwrap_or_default();
        svg.text((x, top + down), Anchor::Start, Ink { weight: 700, ..ink }, figure);
    }
}

/// The name in lines, then the figure; on one line where both fit.
fn label_lines(node: &Node, room: Decimal) -> Vec<String> {
    let mut lines = wrap(&node.label, TEXT, room.max(Decimal::from(60)));
    lines.push(node.text.clone());
    lines
}

fn label_height(lines: &[String]) -> Decimal {
    Decimal::from(lines.len()).checked_mul(line_height(TEXT)).unwrap_or_default()
}

/// The accent of a part, in turn.
fn accent(n: usize) -> &'static str {
    ["front", "1", "2", "3", "4"].get(n % 5).copied().unwrap_or("front")
}

fn collect<'n>(
    node: &'n Node,
    column: usize,
    parent: Option<usize>,
    accent: usize,
    scale: Decimal,
    placed: &mut Vec<Placed<'n>>,
) {
    let at = placed.len();
    let height = node.value.checked_mul(scale).unwrap_or_default();
    placed.push(Placed { node, column, top: Decimal::ZERO, height, parent, accent });
    for (n, part) in node.parts.iter().enumerate() {
        // The parts of the total have colours of their own, which their parts keep.
        let accent = if column == 0 { n % 4 + 1 } else { accent };
        collect(part, column + 1, Some(at), accent, scale, placed);
    }
}

/// Gives every node its height above the foot: each has room for its label, and columns are
/// centred. The height of it all.
fn place(placed: &mut [Placed<'_>], columns: usize, room: Decimal) -> Decimal {
    let slot = |one: &Placed<'_>| {
        let label = label_height(&label_lines(one.node, room));
        one.height.max(label) + Decimal::from(GAP)
    };
    let tall = |column: usize| {
        let slots = placed.iter().filter(|one| one.column == column).map(&slot);
        slots.fold(Decimal::ZERO, |sum, one| sum + one)
    };
    let heights: Vec<Decimal> = (0..columns).map(tall).collect();
    let height = heights.iter().copied().max().unwrap_or_default();
    for (column, own) in heights.iter().enumerate() {
        let mut top = (height - own).checked_div(Decimal::TWO).unwrap_or_default();
        for one in placed.iter_mut().filter(|one| one.column == column) {
            let label = label_height(&label_lines(one.node, room));
            let slot = one.height.max(label) + Decimal::from(GAP);
            let inset = (slot - one.height).checked_div(Decimal::TWO).unwrap_or_default();
            one.top = top + inset;
            top += slot;
        }
    }
    height
}

/// The rows of the data table: every node with its depth told by a dash.
pub fn rows(node: &Node, depth: usize, found: &mut Vec<Vec<String>>) {
    let indent = "– ".repeat(depth);
    found.push(vec![format!("{indent}{}", node.label), node.text.clone()]);
    node.parts.iter().for_each(|part| rows(part, depth + 1, found));
}
