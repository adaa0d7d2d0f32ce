//! Schemas for editors: each complete in itself, with descriptions in one language first.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};

use crate::schema::Schemas;

/// Where shared definitions stand.
const SHARED: &str = "common.json#/$defs/";

/// The language of descriptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Described {
    /// English, with Chinese under `x-zh` and `x-title-zh`.
    English,
    /// Chinese, with English under `x-en` and `x-title-en`.
    Chinese,
}

impl Schemas {
    /// A document with the definitions that it shares with others inside, so that no editor has to
    /// fetch anything.
    pub fn exported(&self, document: &Json, described: Described) -> Json {
        let mut exported = document.clone();
        let shared = self.document("common").and_then(|common| common.get("$defs"));
        let (mut open, mut done) = (BTreeSet::new(), BTreeSet::new());
        inward(&mut exported, &mut open);
        let mut definitions = Map::new();
        while let Some(name) = open.pop_first() {
            let Some(definition) = shared.and_then(|shared| shared.get(&name)) else { continue };
            if done.insert(name.clone()) {
                let mut definition = definition.clone();
                inward(&mut definition, &mut open);
                definitions.insert(format!("common.{name}"), definition);
            }
        }
        if let Json::Object(root) = &mut exported
            && !definitions.is_empty()
            && let Some(own) = root.entry("$defs").or_insert(json!({})).as_object_mut()
        {
            own.extend(definitions);
        }
        if described == Described::Chinese {
            translate(&mut exported);
        }
        exported
    }
}

/// Lets references to shared definitions point into the document, and notes which there are.
fn inward(value: &mut Json, found: &mut BTreeSet<String>) {
    match value {
        Json::Object(map) => {
            if let Some(Json::String(target)) = map.get_mut("$ref")
                && let Some(name) = target.strip_prefix(SHARED).map(str::to_owned)
            {
                *target = format!("#/$defs/common.{name}");
                found.insert(name);
            }
            map.iter_mut().for_each(|(_, inner)| inward(inner, found));
        }
        Json::Array(items) => items.iter_mut().for_each(|item| inward(item, found)),
        _ => {}
    }
}

/// Puts the Chinese words where editors look.
fn translate(value: &mut Json) {
    match value {
        Json::Object(map) => {
            for (key, other, kept) in
                [("title", "x-title-zh", "x-title-en"), ("description", "x-zh", "x-en")]
            {
                let both = map.get(key).cloned().zip(map.get(other).cloned());
                if let Some((english, chinese)) = both.filter(|(english, _)| english.is_string()) {
                    map.insert(key.to_owned(), chinese);
                    map.insert(kept.to_owned(), english);
                    map.shift_remove(other);
                }
            }
            map.iter_mut().for_each(|(_, inner)| translate(inner));
        }
        Json::Array(items) => items.iter_mut().for_each(translate),
        _ => {}
    }
}
