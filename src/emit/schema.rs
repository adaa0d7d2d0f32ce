//! The schema of the answers to one edition, derived from its catalog.

use serde_json::{Value, json};

use crate::framework::Catalog;

/// Narrows the schema of `disclosures/*.yaml` to the codes, omission reasons and reliefs of an
/// edition.
pub fn disclosures_schema(general: &Value, catalog: &Catalog) -> Value {
    let mut schema = general.clone();
    let codes: Vec<&str> = catalog.codes().collect();
    if let Some(id) = schema.get_mut("$id") {
        let name = catalog.name.replace('/', "-");
        *id = json!(format!("https://esgreport.org/schema/disclosures-{name}.json"));
    }
    set(&mut schema, "/properties/framework", "enum", json!([catalog.name]));
    set(&mut schema, "/properties/answers/propertyNames", "enum", json!(codes));
    if !catalog.omission_reasons.is_empty() {
        let reasons = json!(catalog.omission_reasons);
        set(&mut schema, "/$defs/answer/properties/omitted", "enum", reasons);
    }
    let mut reliefs: Vec<&str> =
        catalog.items.iter().flat_map(|item| item.reliefs.iter().map(String::as_str)).collect();
    reliefs.sort_unstable();
    reliefs.dedup();
    if !reliefs.is_empty() {
        set(&mut schema, "/$defs/answer/properties/relief", "enum", json!(reliefs));
    }
    schema
}

fn set(schema: &mut Value, pointer: &str, key: &str, value: Value) {
    if let Some(Value::Object(map)) = schema.pointer_mut(pointer) {
        map.insert(key.to_owned(), value);
    }
}
