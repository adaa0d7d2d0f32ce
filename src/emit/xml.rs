//! Texts inside XML.

/// A text inside XML, in an element or between quotes. Control characters, which XML 1.0 has no way
/// to write, become blanks.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn every_text_can_stand_in_xml() {
        assert_eq!(escaped("a<b> & \"c\"\u{1}\u{7f}"), "a&lt;b&gt; &amp; &quot;c&quot;  ");
    }
}
