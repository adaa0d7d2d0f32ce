//! One edition of a framework.

use std::collections::BTreeMap;

use crate::diag::{Phrase, say};
use crate::locale::{Date, Localized};
use crate::source::{Span, Spanned};
use crate::syntax::yaml::Node;

use crate::framework::datapoint::{self, Datapoint};
use crate::framework::units::localized;

/// One edition of a framework.
#[derive(Debug, Clone)]
pub struct Catalog {
    /// Name, such as `hkex/c2-2025`.
    pub name: String,
    /// Title.
    pub title: Localized<String>,
    /// Short title.
    pub short: Localized<String>,
    /// What its dates are compared with: `financial-year` or `publication`; nothing if its dates
    /// are history and bar no report.
    pub basis: Option<String>,
    /// Days from and until which it is in force.
    pub effective: Effective,
    /// Edition that this one follows.
    pub succeeds: Option<String>,
    /// What it is for: `reporting`, `principles` or `assurance`.
    pub purpose: String,
    /// The only reasons for an omission, where the framework lists them.
    pub omission_reasons: Vec<String>,
    /// Where its data comes from.
    pub source: String,
    /// What reports can claim.
    pub claims: Vec<String>,
    /// Boards whose issuers it is made for.
    pub boards: Vec<String>,
    /// Index tiers that it tells apart.
    pub tiers: Vec<String>,
    /// Items, in the order of the framework.
    pub items: Vec<Item>,
    by_code: BTreeMap<String, usize>,
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemKind {
    /// Holds others.
    Container,
    /// Asks for something.
    Disclosure,
    /// A part of a disclosure.
    SubItem,
    /// Says how to report.
    Rule,
    /// A principle.
    Principle,
    /// Allows something to be left out for a time.
    Relief,
    /// A metric of a sector standard.
    Metric,
    /// An activity metric of a sector standard.
    ActivityMetric,
    /// No longer there.
    Deleted,
    /// A later change to the edition.
    Amendment,
}

impl ItemKind {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "container" => Self::Container,
            "disclosure" => Self::Disclosure,
            "sub-item" => Self::SubItem,
            "rule" => Self::Rule,
            "principle" => Self::Principle,
            "relief" => Self::Relief,
            "metric" => Self::Metric,
            "activity-metric" => Self::ActivityMetric,
            "deleted" => Self::Deleted,
            "amendment" => Self::Amendment,
            _ => return None,
        })
    }

    /// Whether an index has a row for it.
    pub fn is_indexed(self) -> bool {
        matches!(self, Self::Disclosure | Self::Metric | Self::ActivityMetric)
    }
}

/// How binding an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Must be reported.
    Mandatory,
    /// Must be reported or its absence explained.
    ComplyOrExplain,
    /// Should be reported.
    Recommended,
    /// May be reported.
    Optional,
}

impl Level {
    /// The level of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "mandatory" => Self::Mandatory,
            "comply-or-explain" => Self::ComplyOrExplain,
            "recommended" => Self::Recommended,
            "optional" => Self::Optional,
            _ => return None,
        })
    }

    /// The word of the level.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mandatory => "mandatory",
            Self::ComplyOrExplain => "comply-or-explain",
            Self::Recommended => "recommended",
            Self::Optional => "optional",
        }
    }

    /// What the level is called when it is spoken of.
    pub fn said(self) -> Phrase {
        match self {
            Self::Mandatory => say!("mandatory"),
            Self::ComplyOrExplain => say!("comply or explain"),
            Self::Recommended => say!("recommended"),
            Self::Optional => say!("optional"),
        }
    }
}

/// Days from and until which something is in force; open where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Effective {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
}

impl Effective {
    /// Whether a day lies inside.
    pub fn holds(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// A level that replaces an item's own where its conditions hold.
#[derive(Debug, Clone, Default)]
pub struct Applies {
    /// Board of the issuer.
    pub board: Option<String>,
    /// Index tier of the issuer.
    pub index_tier: Option<String>,
    /// First day on which it holds.
    pub from: Option<Date>,
    /// Last day on which it holds.
    pub until: Option<Date>,
    /// Claim under which it holds.
    pub claim: Option<String>,
    /// Selection of topics under which it holds.
    pub select: Option<String>,
    /// The level.
    pub level: Option<Level>,
}

/// One code of an edition.
#[derive(Debug, Clone)]
pub struct Item {
    /// Code, with its place in the catalog.
    pub code: Spanned<String>,
    /// Code as printed, where it differs.
    pub printed: Option<String>,
    /// Code of the item that holds it.
    pub parent: Option<String>,
    /// What it is.
    pub kind: ItemKind,
    /// Level, before conditions.
    pub level: Option<Level>,
    /// Levels under conditions; the last that holds wins.
    pub applies: Vec<Applies>,
    /// Claim under which alone it is asked.
    pub claim: Option<String>,
    /// Title.
    pub title: Localized<String>,
    /// Paraphrase.
    pub summary: String,
    /// What it asks for: `narrative`, `quantity` or `mixed`.
    pub asks: Option<String>,
    /// Days in force, where they differ from the edition's.
    pub effective: Option<Effective>,
    /// What must hold for it to be asked.
    pub conditions: Vec<String>,
    /// Asked once for each of these, such as `material-topic`.
    pub per: Option<String>,
    /// Whether it may be omitted, where the question arises.
    pub omission: Option<Permission>,
    /// Reliefs that an answer may use.
    pub reliefs: Vec<String>,
    /// Whether it may be used before its first day.
    pub early: bool,
    /// Codes that took its place.
    pub replaced_by: Vec<String>,
    /// Items of other editions that it was taken from.
    pub derived_from: Vec<String>,
    /// Figures that it asks for.
    pub datapoints: Vec<Datapoint>,
    /// How certain the data is: `high`, `medium` or `low`.
    pub confidence: String,
    /// Where the data comes from, where that is not the edition's source.
    pub basis: Option<String>,
}

/// Whether something may be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// It may.
    Permitted,
    /// It may not.
    NotPermitted,
}

impl Catalog {
    /// Reads a catalog; nothing if it has no name.
    pub fn read(tree: &Node) -> Option<Self> {
        let text = |key: &str| tree.get(key).and_then(Node::text);
        let name = format!("{}/{}", text("framework")?, text("edition")?);
        let nodes = tree.get("items").map(Node::items).unwrap_or_default();
        let items: Vec<Item> = nodes.iter().filter_map(read_item).collect();
        let by_code = items.iter().enumerate().map(|(at, item)| (item.code.value.clone(), at));
        Some(Self {
            name,
            title: localized(tree.get("title")),
            short: localized(tree.get("short")),
            basis: tree
                .get("effective")
                .and_then(|e| e.get("basis"))
                .and_then(Node::text)
                .map(str::to_owned),
            effective: read_effective(tree.get("effective")),
            succeeds: text("succeeds").map(str::to_owned),
            purpose: text("purpose").unwrap_or("reporting").to_owned(),
            omission_reasons: words(tree.get("omission-reasons")),
            source: text("source").unwrap_or_default().to_owned(),
            claims: words(tree.get("claims")),
            boards: words(tree.get("boards")),
            tiers: words(tree.get("index-tiers")),
            by_code: by_code.collect(),
            items,
        })
    }

    /// The item of a code.
    pub fn item(&self, code: &str) -> Option<&Item> {
        self.items.get(*self.by_code.get(code)?)
    }

    /// The containers that hold an item, outermost first.
    pub fn ancestors<'a>(&'a self, item: &'a Item) -> Vec<&'a Item> {
        let mut found = Vec::new();
        let mut at = item;
        while let Some(parent) = at.parent.as_deref().and_then(|code| self.item(code)) {
            // A catalog of a project may hold a circle.
            if found.len() > 16 {
                break;
            }
            found.push(parent);
            at = parent;
        }
        found.reverse();
        found
    }

    /// All codes, in the order of the framework.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.items.iter().map(|item| item.code.value.as_str())
    }
}

impl Item {
    /// The code as it is printed.
    pub fn printed(&self) -> &str {
        self.printed.as_deref().unwrap_or(&self.code.value)
    }

    /// Where the item stands in its catalog.
    pub fn span(&self) -> Span {
        self.code.span
    }
}

fn read_item(node: &Node) -> Option<Item> {
    let text = |key: &str| node.get(key).and_then(Node::text).map(str::to_owned);
    let applies = node.get("applies").map(Node::items).unwrap_or_default();
    Some(Item {
        code: node.get("code")?.spanned()?,
        printed: text("printed"),
        parent: text("parent"),
        kind: ItemKind::parse(node.get("kind")?.text()?)?,
        level: text("level").and_then(|word| Level::parse(&word)),
        applies: applies.iter().map(read_applies).collect(),
        claim: text("claim"),
        title: localized(node.get("title")),
        summary: text("summary").unwrap_or_default(),
        asks: text("asks"),
        effective: node.get("effective").map(|node| read_effective(Some(node))),
        conditions: words(node.get("conditions")),
        per: text("per"),
        omission: text("omission").and_then(|word| match word.as_str() {
            "permitted" => Some(Permission::Permitted),
            "not-permitted" => Some(Permission::NotPermitted),
            _ => None,
        }),
        reliefs: words(node.get("reliefs")),
        early: text("early-adoption").as_deref() == Some("permitted"),
        replaced_by: words(node.get("replaced-by")),
        derived_from: words(node.get("derived-from")),
        datapoints: datapoint::read_all(node),
        confidence: text("confidence").unwrap_or_default(),
        basis: text("basis"),
    })
}

fn read_effective(node: Option<&Node>) -> Effective {
    let date = |key: &str| node.and_then(|n| n.get(key)).and_then(Node::text).and_then(Date::parse);
    Effective { from: date("from"), until: date("until") }
}

fn read_applies(node: &Node) -> Applies {
    let text = |key: &str| node.get(key).and_then(Node::text).map(str::to_owned);
    let date = |key: &str| node.get(key).and_then(Node::text).and_then(Date::parse);
    Applies {
        board: text("board"),
        index_tier: text("index-tier"),
        from: date("from"),
        until: date("until"),
        claim: text("claim"),
        select: text("select"),
        level: text("level").and_then(|word| Level::parse(&word)),
    }
}

/// The texts of a list.
pub(super) fn words(node: Option<&Node>) -> Vec<String> {
    let items = node.map(Node::items).unwrap_or_default();
    items.iter().filter_map(|item| item.text().map(str::to_owned)).collect()
}
