//! A small writer of drawings.
//!
//! Coordinates are decimals, so that the same figures give the same bytes on every machine.
#![allow(
    clippy::arithmetic_side_effects,
    reason = "sums of coordinates on a drawing, which are a few thousand at most"
)]

use crate::quantity::{Decimal, rounded};

/// A drawing under way. Sizes are in units of which 16 make the height of the text around it.
#[derive(Debug)]
pub struct Svg {
    width: Decimal,
    height: Decimal,
    font: String,
    body: String,
}

/// Where a text is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// At its start.
    Start,
    /// At its middle.
    Middle,
    /// At its end.
    End,
}

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub struct Ink<'a> {
    /// Colour.
    pub colour: &'a str,
    /// Height.
    pub size: u32,
    /// Weight: 400 or 700.
    pub weight: u32,
}

impl Svg {
    /// An empty drawing.
    pub fn new(width: Decimal, height: Decimal, font: &str) -> Self {
        Self { width, height, font: escaped(font), body: String::new() }
    }

    /// A filled rectangle.
    pub fn rect(&mut self, x: Decimal, y: Decimal, width: Decimal, height: Decimal, fill: &str) {
        let [x, y, width, height] = [x, y, width, height].map(number);
        let line =
            format!(r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}"/>"#);
        self.body.push_str(&line);
    }

    /// A line.
    pub fn line(
        &mut self,
        from: (Decimal, Decimal),
        to: (Decimal, Decimal),
        colour: &str,
        width: &str,
    ) {
        let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(number);
        let line = format!(
            r#"<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{colour}" stroke-width="{width}"/>"#
        );
        self.body.push_str(&line);
    }

    /// A line through points.
    pub fn polyline(&mut self, points: &[(Decimal, Decimal)], colour: &str) {
        let points: Vec<String> =
            points.iter().map(|(x, y)| format!("{},{}", number(*x), number(*y))).collect();
        let line = format!(
            r#"<polyline points="{}" fill="none" stroke="{colour}" stroke-width="2.5" stroke-linejoin="round"/>"#,
            points.join(" ")
        );
        self.body.push_str(&line);
    }

    /// A shape between two heights that runs from left to right and changes its height softly.
    pub fn ribbon(
        &mut self,
        from: (Decimal, Decimal),
        to: (Decimal, Decimal),
        height: Decimal,
        fill: &str,
    ) {
        let middle = (from.0 + to.0).checked_div(Decimal::TWO).unwrap_or_default();
        let [x1, y1, x2, y2, m] = [from.0, from.1, to.0, to.1, middle].map(number);
        let [b1, b2] = [from.1 + height, to.1 + height].map(number);
        let line = format!(
            r#"<path d="M{x1} {y1}C{m} {y1} {m} {y2} {x2} {y2}L{x2} {b2}C{m} {b2} {m} {b1} {x1} {b1}Z" fill="{fill}"/>"#
        );
        self.body.push_str(&line);
    }

    /// A rectangle with an edge.
    pub fn frame(
        &mut self,
        at: (Decimal, Decimal),
        size: (Decimal, Decimal),
        fill: &str,
        edge: &str,
    ) {
        let [x, y, width, height] = [at.0, at.1, size.0, size.1].map(number);
        let line = format!(
            r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="2" fill="{fill}" stroke="{edge}" stroke-width="1"/>"#
        );
        self.body.push_str(&line);
    }

    /// A line of dashes through points.
    pub fn dashes(&mut self, points: &[(Decimal, Decimal)], colour: &str) {
        let points: Vec<String> =
            points.iter().map(|(x, y)| format!("{},{}", number(*x), number(*y))).collect();
        let line = format!(
            r#"<polyline points="{}" fill="none" stroke="{colour}" stroke-width="1.2" stroke-dasharray="4 3"/>"#,
            points.join(" ")
        );
        self.body.push_str(&line);
    }

    /// A circle with an edge.
    pub fn disc(&mut self, at: (Decimal, Decimal), radius: u32, fill: &str, edge: &str) {
        let [x, y] = [at.0, at.1].map(number);
        let line = format!(
            r#"<circle cx="{x}" cy="{y}" r="{radius}" fill="{fill}" stroke="{edge}" stroke-width="1.5"/>"#
        );
        self.body.push_str(&line);
    }

    /// The head of an arrow whose point is at a place and looks to the left.
    pub fn arrow_left(&mut self, at: (Decimal, Decimal), fill: &str) {
        let back = at.0 + Decimal::from(7);
        let [x, y, b, up, down] =
            [at.0, at.1, back, at.1 - Decimal::from(4), at.1 + Decimal::from(4)].map(number);
        let line = format!(r#"<path d="M{x} {y}L{b} {up}L{b} {down}Z" fill="{fill}"/>"#);
        self.body.push_str(&line);
    }

    /// Lines of text under each other; `at` is the baseline of the first.
    pub fn lines(
        &mut self,
        at: (Decimal, Decimal),
        anchor: Anchor,
        ink: Ink<'_>,
        lines: &[String],
    ) {
        let step = line_height(ink.size);
        for (n, line) in lines.iter().enumerate() {
            let down = Decimal::from(n).checked_mul(step).unwrap_or_default();
            self.text((at.0, at.1 + down), anchor, ink, line);
        }
    }

    /// A dot.
    pub fn dot(&mut self, at: (Decimal, Decimal), fill: &str) {
        let [x, y] = [at.0, at.1].map(number);
        self.body.push_str(&format!(r#"<circle cx="{x}" cy="{y}" r="4" fill="{fill}"/>"#));
    }

    /// A text.
    pub fn text(&mut self, at: (Decimal, Decimal), anchor: Anchor, ink: Ink<'_>, text: &str) {
        let [x, y] = [at.0, at.1].map(number);
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let line = format!(
            r#"<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="{}" font-weight="{}" fill="{}">{}</text>"#,
            ink.size,
            ink.weight,
            ink.colour,
            escaped(text)
        );
        self.body.push_str(&line);
    }

    /// The finished drawing.
    pub fn finish(self) -> String {
        let [width, height] = [self.width, self.height].map(number);
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" font-family="{}">{}</svg>"#,
            self.font, self.body
        )
    }
}

/// Width of a text in the drawing's font, roughly and rather more than less: a Chinese character is
/// as wide as high, a Latin one a little over half.
pub fn width_of(text: &str, size: u32) -> Decimal {
    let hundredths: i64 = text.chars().map(width_of_char).sum();
    Decimal::new(hundredths * i64::from(size), 2)
}

/// Width of a character in hundredths of its height.
fn width_of_char(c: char) -> i64 {
    match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 30,
        ' ' | '\u{a0}' | 'f' | 'r' | 't' | '(' | ')' | '-' | 'I' => 38,
        'm' | 'w' | 'M' | 'W' | '%' => 88,
        'A'..='Z' => 66,
        c if c.is_ascii() => 56,
        '\u{80}'..='\u{2e7f}' => 62,
        _ => 100,
    }
}

/// Distance of baselines of text of a height.
pub fn line_height(size: u32) -> Decimal {
    Decimal::new(i64::from(size) * 130, 2)
}

/// A text in lines that are no wider than `width`. Lines end at blanks, and between Chinese
/// characters where no mark of punctuation forbids it; a word that is wider stands by itself.
pub fn wrap(text: &str, size: u32, width: Decimal) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in words(text) {
        let joined = format!("{line}{word}");
        if line.is_empty() || width_of(joined.trim_end(), size) <= width {
            line = joined;
        } else {
            lines.push(line.trim_end().to_owned());
            line = word.trim_start().to_owned();
        }
    }
    if !line.trim().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// The pieces of a text that a line may not be broken within, blanks at their ends.
fn words(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        word.push(c);
        let Some(next) = chars.peek().copied() else { break };
        let wide = |c: char| c >= '\u{2e80}';
        let between = (wide(c) || wide(next)) && !"（《「『【“‘([".contains(c);
        let closing = "，。、；：？！）》」』】”’,.;:?!)]%·".contains(next);
        let blank = c == ' ' && next != ' ';
        if blank || (between && !closing && next != ' ' && next != '\u{a0}' && c != '\u{a0}') {
            found.push(std::mem::take(&mut word));
        }
    }
    found.push(word);
    found
}

fn number(value: Decimal) -> String {
    rounded(value, 2).normalize().to_string()
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // Other control characters have no place in XML.
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_where_they_may() {
        let lines = |text: &str, width: i64| wrap(text, 10, Decimal::from(width)).join("|");
        assert_eq!(lines("The board of directors", 70), "The board of|directors");
        assert_eq!(lines("董事会，及其委员会", 40), "董事会，|及其委员|会");
        assert_eq!(lines("（董事会）", 20), "（董|事|会）");
        assert_eq!(lines("", 20), "");
    }

    #[test]
    fn texts_cannot_leave_their_element() {
        let mut svg = Svg::new(Decimal::TEN, Decimal::TEN, "A\"B");
        let ink = Ink { colour: "#000000", size: 12, weight: 400 };
        svg.text((Decimal::ONE, Decimal::ONE), Anchor::Start, ink, "</text><script>'&");
        let drawing = svg.finish();
        assert!(drawing.contains("&lt;/text&gt;&lt;script&gt;&#39;&amp;"), "{drawing}");
        assert!(!drawing.contains("<script>"));
    }
}
