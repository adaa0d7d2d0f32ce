//! The organisation chart: boxes under each other, and the lines between them.
#![allow(
    clippy::arithmetic_side_effects,
    reason = "sums of coordinates on a drawing, which are a few thousand at most"
)]

use std::collections::BTreeMap;

use crate::content::{GovernanceBlock, OrgBox};
use crate::quantity::Decimal;
use crate::report::anchor_name;

use crate::view::Context;
use crate::view::model::Chart;
use crate::view::svg::{Anchor, Ink, Svg, line_height, width_of, wrap};

/// Widths of the drawing: as wide as the text, and with the side column.
const NARROW: i64 = 520;
const WIDE: i64 = 707;
/// Between boxes beside and under each other.
const BESIDE: i64 = 16;
const BELOW: i64 = 34;
const NAME: u32 = 12;
const TEXT: u32 = 11;
const PAD: i64 = 9;
/// How far a box that stands in a column under another is set in.
const INDENT: i64 = 18;

/// A box with its words in lines, and its place.
struct Placed {
    name: Vec<String>,
    text: Vec<String>,
    x: i64,
    y: i64,
    width: i64,
    height: i64,
    depth: usize,
    /// Whether it stands in a column under the box above it.
    stacked: bool,
}

/// The tree of boxes while it is laid out.
struct Tree<'a> {
    boxes: &'a [OrgBox],
    children: BTreeMap<&'a str, Vec<&'a OrgBox>>,
    /// Whether leaves of one box stand in a column.
    columns: bool,
    unit: i64,
    placed: BTreeMap<String, Placed>,
}

impl Context<'_> {
    /// An organisation chart.
    pub(super) fn organisation(&self, section: &str, block: &GovernanceBlock) -> Chart {
        let boxes = block.boxes.iter().map(|one| {
            let above = one.under.as_ref();
            let above = above.and_then(|id| block.boxes.iter().find(|b| b.id.value == id.value));
            let above = above.map(|one| self.plain(&one.name)).unwrap_or_default();
            vec![self.plain(&one.name), above, self.plain(&one.text)]
        });
        let head = ["body", "reports_to", "duties"].map(|key| self.word(key));
        let (svg, wide) = self.draw_organisation(block);
        Chart {
            id: anchor_name(section, &block.id.value),
            title: self.plain(&block.title),
            subtitle: self.plain(&block.subtitle),
            svg,
            wide,
            finding: self.plain(&block.finding),
            source: String::new(),
            head: head.to_vec(),
            rows: boxes.collect(),
        }
    }

    fn draw_organisation(&self, block: &GovernanceBlock) -> (String, bool) {
        let labels = block.lines.iter().map(|line| width_of(&self.plain(&line.label), TEXT));
        let labels = labels.max().and_then(|width| i64::try_from(width.ceil()).ok());
        let margin = labels.map_or(0, |width| width.min(110) + 34);
        let mut tree = Tree::new(&block.boxes);
        let leaves = tree.leaves();
        tree.columns = leaves > 4;
        let across = tree.leaves().max(1);
        let wide = across > 3 || leaves > 4;
        let full = if wide { WIDE } else { NARROW } - margin - 2;
        let gaps = (across - 1) * BESIDE;
        let most = match across {
            1 => 360,
            2 => 240,
            _ => 190,
        };
        tree.unit = ((full - gaps) / across).clamp(60, most);
        let height = tree.place(self) + 2;
        let mut svg = Svg::new(
            Decimal::from(if wide { WIDE } else { NARROW }),
            Decimal::from(height),
            &self.theme.font,
        );
        tree.draw(&mut svg, self);
        self.cross_lines(&mut svg, block, &tree, full);
        (svg.finish(), wide)
    }

    /// Lines besides the tree's own: dashed, round the right side, with their meaning.
    fn cross_lines(&self, svg: &mut Svg, block: &GovernanceBlock, tree: &Tree<'_>, full: i64) {
        let colour = self.theme.colour("label_muted");
        let right = tree.placed.values().map(|one| one.x + one.width).max().unwrap_or(full);
        for (n, line) in block.lines.iter().enumerate() {
            let ends = tree.placed.get(&line.from.value).zip(tree.placed.get(&line.to.value));
            let Some((from, to)) = ends else { continue };
            let track = right + 14 + i64::try_from(n).unwrap_or_default() * 9;
            // Out at the top and over the boxes beside it, never through them.
            let over = from.y - if from.stacked { 5 } else { 9 };
            let out = from.x + from.width - 14;
            let end = (to.x + to.width, to.y + to.height / 2);
            let points = [(out, from.y), (out, over), (track, over), (track, end.1), end];
            svg.dashes(&points.map(point), colour);
            svg.arrow_left(point(end), colour);
            let words = wrap(&self.plain(&line.label), TEXT, Decimal::from(110));
            let ink = Ink { colour, size: TEXT, weight: 400 };
            let at =
                (track + 6, (over + end.1) / 2 + 4 + i64::try_from(n).unwrap_or_default() * 15);
            svg.lines(point(at), Anchor::Start, ink, &words);
        }
    }
}

fn point(at: (i64, i64)) -> (Decimal, Decimal) {
    (Decimal::from(at.0), Decimal::from(at.1))
}

impl<'a> Tree<'a> {
    fn new(boxes: &'a [OrgBox]) -> Self {
        let mut children: BTreeMap<&str, Vec<&OrgBox>> = BTreeMap::new();
        for (n, one) in boxes.iter().enumerate() {
            // Only a box that was named before can stand above: so there is no circle.
            let above = one.under.as_ref().map(|id| id.value.as_str());
            let earlier = boxes.iter().take(n);
            let above = above.filter(|id| earlier.clone().any(|other| other.id.value == **id));
            children.entry(above.unwrap_or_default()).or_default().push(one);
        }
        Self { boxes, children, columns: false, unit: 0, placed: BTreeMap::new() }
    }

    fn under(&self, id: &str) -> Vec<&'a OrgBox> {
        self.children.get(id).cloned().unwrap_or_default()
    }

    /// Whether the boxes under one stand in a column.
    fn in_column(&self, id: &str) -> bool {
        let under = self.under(id);
        let leaves = under.iter().all(|one| self.under(&one.id.value).is_empty());
        self.columns && !id.is_empty() && under.len() > 1 && leaves
    }

    /// How many boxes stand beside each other under one; everywhere for the empty name.
    fn across(&self, id: &str) -> i64 {
        let under = self.under(id);
        if under.is_empty() || self.in_column(id) {
            return 1;
        }
        under.iter().map(|one| self.across(&one.id.value)).sum()
    }

    fn leaves(&self) -> i64 {
        self.across("")
    }

    /// Places every box; gives the height of it all.
    fn place(&mut self, cx: &Context<'_>) -> i64 {
        let mut x = 1;
        for root in self.under("") {
            x += self.place_box(root, x, 0, cx) + BESIDE;
        }
        let depths = self.placed.values().map(|one| one.depth).max().unwrap_or_default();
        let mut y = 1;
        for depth in 0..=depths {
            let level = self.placed.values_mut().filter(|one| one.depth == depth && !one.stacked);
            let mut tallest = 0;
            for one in level {
                one.y = y;
                tallest = tallest.max(one.height);
            }
            y += tallest + BELOW;
        }
        self.place_columns();
        self.placed.values().map(|one| one.y + one.height).max().unwrap_or_default()
    }

    /// Places a box and what is under it from `x` on; gives the width that it takes.
    fn place_box(&mut self, one: &'a OrgBox, x: i64, depth: usize, cx: &Context<'_>) -> i64 {
        let id = one.id.value.as_str();
        let column = self.in_column(id);
        let mut taken = 0;
        for under in self.under(id) {
            if column {
                self.insert(under, x + INDENT, self.unit - INDENT, depth + 1, true, cx);
            } else {
                let gap = if taken > 0 { BESIDE } else { 0 };
                taken += gap + self.place_box(under, x + taken + gap, depth + 1, cx);
            }
        }
        let taken = taken.max(self.unit);
        let width = taken.min(self.unit.max(230));
        let left = if column { x } else { x + (taken - width) / 2 };
        self.insert(one, left, width, depth, false, cx);
        taken
    }

    fn insert(
        &mut self,
        one: &OrgBox,
        x: i64,
        width: i64,
        depth: usize,
        stacked: bool,
        cx: &Context<'_>,
    ) {
        let room = Decimal::from(width - 2 * PAD);
        let name = wrap(&cx.plain(&one.name), NAME, room);
        let text = wrap(&cx.plain(&one.text), TEXT, room);
        let high = |lines: &[String], size| {
            let lines = Decimal::from(lines.len()).checked_mul(line_height(size));
            lines.and_then(|height| i64::try_from(height.ceil()).ok()).unwrap_or_default()
        };
        let gap = if text.is_empty() { 0 } else { 3 };
        let height = high(&name, NAME) + gap + high(&text, TEXT) + 2 * PAD - 3;
        let placed = Placed { name, text, x, y: 0, width, height, depth, stacked };
        self.placed.insert(one.id.value.clone(), placed);
    }

    fn place_columns(&mut self) {
        for one in self.boxes {
            if !self.in_column(&one.id.value) {
                continue;
            }
            let Some(above) = self.placed.get(&one.id.value) else { continue };
            let mut y = above.y + above.height + 12;
            for under in self.under(&one.id.value) {
                if let Some(placed) = self.placed.get_mut(&under.id.value) {
                    placed.y = y;
                    y += placed.height + 10;
                }
            }
        }
    }

    fn draw(&self, svg: &mut Svg, cx: &Context<'_>) {
        let axis = cx.theme.colour("axis");
        for one in self.boxes {
            let above = one.under.as_ref().and_then(|id| self.placed.get(&id.value));
            let Some((above, here)) = above.zip(self.placed.get(&one.id.value)) else { continue };
            if here.stacked {
                let (x, middle) = (above.x + 8, here.y + here.height / 2);
                svg.line(point((x, above.y + above.height)), point((x, middle)), axis, "1.2");
                svg.line(point((x, middle)), point((here.x, middle)), axis, "1.2");
                continue;
            }
            let (from, to) = (above.x + above.width / 2, here.x + here.width / 2);
            let middle = here.y - BELOW / 2;
            svg.line(point((from, above.y + above.height)), point((from, middle)), axis, "1.2");
            svg.line(point((from, middle)), point((to, middle)), axis, "1.2");
            svg.line(point((to, middle)), point((to, here.y)), axis, "1.2");
        }
        for placed in self.placed.values() {
            draw_box(svg, placed, cx);
        }
    }
}

/// The first level dark, the others light with an edge.
fn draw_box(svg: &mut Svg, placed: &Placed, cx: &Context<'_>) {
    let first = placed.depth == 0;
    let strong = cx.theme.colour("emphasis");
    let fill = if first { strong } else { cx.theme.token("/colour/surface") };
    let edge = if first { strong } else { cx.theme.colour("muted") };
    let size = (placed.width, placed.height);
    svg.frame(point((placed.x, placed.y)), point(size), fill, edge);
    let name = if first { "#ffffff" } else { cx.theme.colour("label") };
    let text = if first { "#ffffff" } else { cx.theme.token("/colour/grey_strong") };
    let top = placed.y + PAD + 9;
    let ink = Ink { colour: name, size: NAME, weight: 700 };
    svg.lines(point((placed.x + PAD, top)), Anchor::Start, ink, &placed.name);
    let names = Decimal::from(placed.name.len()).checked_mul(line_height(NAME)).unwrap_or_default();
    let below = (Decimal::from(placed.x + PAD), Decimal::from(top + 2) + names);
    let ink = Ink { colour: text, size: TEXT, weight: 400 };
    svg.lines(below, Anchor::Start, ink, &placed.text);
}
