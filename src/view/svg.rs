//! A small writer of drawings.
//!
//! Coordinates are decimals, so that the same figures give the same bytes on every machine.

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

/// Width of a text in the drawing's font, roughly: a Chinese character is as wide as high, a Latin
/// one a little over half.
pub fn width_of(text: &str, size: u32) -> Decimal {
    let halves: i64 = text.chars().map(|c| if c.is_ascii() { 56 } else { 100 }).sum();
    Decimal::new(halves * i64::from(size), 2)
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
    fn texts_cannot_leave_their_element() {
        let mut svg = Svg::new(Decimal::TEN, Decimal::TEN, "A\"B");
        let ink = Ink { colour: "#000000", size: 12, weight: 400 };
        svg.text((Decimal::ONE, Decimal::ONE), Anchor::Start, ink, "</text><script>'&");
        let drawing = svg.finish();
        assert!(drawing.contains("&lt;/text&gt;&lt;script&gt;&#39;&amp;"), "{drawing}");
        assert!(!drawing.contains("<script>"));
    }
}
