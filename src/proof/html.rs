//! A finished page of HTML: its text, its anchors, and what is linked.

use std::collections::{BTreeMap, BTreeSet};

use crate::proof::squeezed;

/// What a reader finds in a page.
#[derive(Debug, Default)]
pub struct Page {
    /// The text without blanks.
    pub text: String,
    /// For each anchor, the byte of the text at which it stands.
    pub anchors: BTreeMap<String, usize>,
    /// Anchors that links lead to.
    pub links: BTreeSet<String>,
    /// The languages of the page with the bytes of the text at which they begin.
    pub editions: Vec<(String, usize)>,
}

/// Elements whose contents are no text.
const SILENT: [&str; 2] = ["script", "style"];

/// Reads a page that is well formed, as the templates write it.
pub fn read(html: &str) -> Page {
    let mut page = Page::default();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let (text, tag) = rest.split_at(open);
        page.text.push_str(&squeezed(&unescaped(text)));
        if let Some(comment) = tag.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let Some(close) = tag.find('>') else { break };
        let (tag, after) = tag.split_at(close + 1);
        rest = after;
        take_tag(tag, &mut page);
        let name = tag.trim_start_matches('<').split([' ', '>', '\n']).next().unwrap_or_default();
        if SILENT.contains(&name) {
            let end = format!("</{name}");
            rest = rest.find(&end).map_or("", |at| rest.get(at..).unwrap_or_default());
        }
    }
    page.text.push_str(&squeezed(&unescaped(rest)));
    page
}

fn take_tag(tag: &str, page: &mut Page) {
    if let Some(id) = attribute(tag, " id=\"") {
        page.anchors.insert(id, page.text.len());
    }
    if let Some(lang) = attribute(tag, " data-edition=\"") {
        page.editions.push((lang, page.text.len()));
    }
    if let Some(target) = attribute(tag, " href=\"#") {
        page.links.insert(target);
    }
}

fn attribute(tag: &str, start: &str) -> Option<String> {
    let (_, value) = tag.split_once(start)?;
    value.split_once('"').map(|(value, _)| unescaped(value))
}

/// Text with its character references replaced.
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at(at);
        out.push_str(before);
        let end = reference.find(';').filter(|end| *end < 10);
        let name = end.and_then(|end| reference.get(1..end)).unwrap_or_default();
        match character(name) {
            Some(c) => {
                out.push(c);
                rest = reference.get(name.len() + 2..).unwrap_or_default();
            }
            None => {
                out.push('&');
                rest = reference.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "nbsp" => '\u{a0}',
        "shy" => '\u{ad}',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_anchors_and_links_are_read() {
        let page = read(
            "<style>a{}</style><h2 id=\"a.b\">Gas &amp; oil</h2><!-- <p> --><p>It was <b>10&#x20;MWh</b>. \
             <a class=\"x\" href=\"#a.b\">there</a></p><script>1<2</script>",
        );
        assert_eq!(page.text, "Gas&oilItwas10MWh.there");
        assert_eq!(page.anchors.get("a.b"), Some(&0));
        assert!(page.links.contains("a.b"));
    }

    #[test]
    fn languages_begin_where_their_part_begins() {
        let page =
            read("<p>x</p><div data-edition=\"en\">ab</div><div data-edition=\"zh\">c</div>");
        assert_eq!(page.editions, [("en".to_owned(), 1), ("zh".to_owned(), 3)]);
    }
}
