//! A project from nothing.

use std::fmt::Write as _;

use crate::framework::Units;
use crate::locale::Lang;

use crate::scaffold::metrics::{Collected, collect};
use crate::scaffold::words::{flow, quoted};
use crate::scaffold::{Issuer, Texts, Written, answers, metrics};

/// Writes a small project. Everything in it is pending or listed for review.
pub fn fresh(issuer: &Issuer, units: &Units, texts: &Texts) -> Written {
    let collected = collect(issuer, units);
    let mut files = Written::new();
    let mut put = |path: &str, text: String| {
        files.insert(path.to_owned(), text.into_bytes());
    };
    put("report.yaml", report(issuer, &collected, texts));
    let reason = flow(&texts.all("reason"), &issuer.languages);
    let comment = texts.comment("reasons");
    put("reasons.yaml", format!("# {comment}\nreasons:\n  to-be-collected: {reason}\n"));
    let comment = texts.comment("metrics").replace("{pending}", "`{pending: …}`");
    for topic in &collected.topics {
        let path = format!("metrics/{}.yaml", topic.slug);
        put(&path, metrics::file(topic, issuer, &comment));
    }
    for (catalog, claim) in &issuer.claims {
        let path = format!("disclosures/{}.yaml", catalog.name.replace('/', "-"));
        put(&path, answers::file(issuer, catalog, claim, &collected.facts, texts));
    }
    let mut written = Vec::new();
    for &lang in &issuer.languages {
        let path = format!("narrative/about.{lang}.md");
        put(&path, about(issuer, lang, texts));
        written.push(path);
        if !collected.topics.is_empty() {
            let path = format!("narrative/performance.{lang}.md");
            put(&path, performance(&collected, lang, texts));
        }
        if !issuer.claims.is_empty() {
            put(&format!("narrative/content-index.{lang}.md"), index(issuer, lang, texts));
        }
    }
    put("review.yaml", review(&written, texts.comment("review")));
    files
}

fn report(issuer: &Issuer, collected: &Collected, texts: &Texts) -> String {
    let languages = &issuer.languages;
    let mut text = format!("# {}\n", texts.comment("report"));
    let _ = writeln!(text, "entity:\n  name: {}", flow(&issuer.names, languages));
    if let Some(listing) = &issuer.listing {
        let code = listing.code.as_deref().map(|code| format!(", code: {}", quoted(code)));
        let year = issuer.year().saturating_sub(1);
        let tier = listing.index_tier.as_deref();
        let tier = tier.map(|tier| format!(", index-tier: {{{year}: {tier}}}"));
        let _ = writeln!(
            text,
            "  listing: {{exchange: {}, board: {}{}{}}}",
            listing.exchange,
            listing.board,
            code.unwrap_or_default(),
            tier.unwrap_or_default()
        );
    }
    let _ = writeln!(text, "status: draft  # {}", texts.comment("status"));
    let year = issuer.year().to_string();
    let mut title = texts.all("title");
    for lang in Lang::ALL {
        if let Some(words) = title.exact(lang).map(|words| words.replace("{year}", &year)) {
            title.insert(lang, words);
        }
    }
    let _ = writeln!(text, "title: {}", flow(&title, languages));
    let (start, end) = issuer.period;
    let _ = writeln!(text, "period: {{start: {start}, end: {end}}}");
    let list = |items: Vec<String>| format!("[{}]", items.join(", "));
    let years = list(issuer.years().iter().map(u16::to_string).collect());
    let _ = writeln!(text, "years: {years}");
    let tags = list(languages.iter().map(|lang| lang.tag().to_owned()).collect());
    let _ = writeln!(text, "languages: {tags}\ncurrency: {}", issuer.currency);
    let _ = writeln!(text, "boundary: {{approach: operational-control}}");
    if !issuer.claims.is_empty() {
        let _ = writeln!(text, "frameworks:");
        for (catalog, claim) in &issuer.claims {
            let _ = writeln!(text, "  - {{edition: {}, claim: {claim}}}", catalog.name);
        }
    }
    let _ = writeln!(text, "outline:\n  - section: about");
    if !collected.topics.is_empty() {
        let _ = writeln!(text, "  - section: performance");
    }
    if !issuer.claims.is_empty() {
        let _ = writeln!(text, "  - section: content-index");
    }
    text
}

fn about(issuer: &Issuer, lang: Lang, texts: &Texts) -> String {
    let (start, end) = issuer.period;
    let text = texts.of("about", lang).replace("{name}", &escaped(issuer.name(lang)));
    text.replace("{start}", &start.written(lang)).replace("{end}", &end.written(lang))
}

/// A name in Markdown, where its signs mean themselves.
fn escaped(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if "\\`*_{}[]<>#|~!&".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn performance(collected: &Collected, lang: Lang, texts: &Texts) -> String {
    let mut text = format!("# {}\n", texts.of("performance", lang));
    for topic in &collected.topics {
        let title = topic.title.get(lang).cloned().unwrap_or_default();
        let ids: Vec<&str> = topic.metrics.iter().map(|metric| metric.id.as_str()).collect();
        let _ = write!(
            text,
            "\n## {title} {{#{}}}\n\n```kpi-table\nmetrics: [{}]\n```\n",
            topic.slug,
            ids.join(", ")
        );
    }
    text
}

fn index(issuer: &Issuer, lang: Lang, texts: &Texts) -> String {
    let mut text = format!("# {}\n", texts.of("index", lang));
    for (catalog, _) in &issuer.claims {
        let title = catalog.short.get(lang).or_else(|| catalog.title.get(lang));
        let title = title.unwrap_or(&catalog.name);
        let id = catalog.name.replace(['/', '.'], "-");
        let _ =
            write!(text, "\n## {title} {{#{id}}}\n\n```index\nframework: {}\n```\n", catalog.name);
    }
    text
}

fn review(files: &[String], comment: &str) -> String {
    let mut text = format!("# {comment}\nfiles:\n");
    files.iter().for_each(|file| text.push_str(&format!("  - {file}\n")));
    text
}
