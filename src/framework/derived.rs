//! The schema of the answers to one edition, derived from its catalog.

use serde_json::{Value, json};

use crate::framework::catalog::Catalog;

/// Narrows the schema of `disclosures/*.yaml` to the codes, omission reasons and reliefs of an
/// edition. `check` validates with it, and editors get the same one.
pub fn disclosures_schema(general: &Value, catalog: &Catalog) -> Value {
    let mut schema = general.clone();
    let edition = &catalog.name;
    let file = edition.replace('/', "-");
    let id = format!("https://esgreport.org/schema/disclosures-{file}.json");
    set(&mut schema, "", "$id", json!(id));
    set(&mut schema, "/properties/framework", "enum", json!([edition]));
    let codes: Vec<&str> = catalog.codes().collect();
    let names = "/properties/answers/propertyNames";
    narrow(&mut schema, names, &format!("a code of {edition}"), &codes);
    let help = format!("`esgreport index --framework {edition}` lists the codes");
    set(&mut schema, names, "x-help", json!(help));
    let reasons: Vec<&str> = catalog.omission_reasons.iter().map(String::as_str).collect();
    let what = format!("a reason for omission that {edition} permits: {}", reasons.join(", "));
    for key in ["omitted", "reason"] {
        narrow(&mut schema, &format!("/$defs/answer/properties/{key}"), &what, &reasons);
    }
    let mut reliefs: Vec<&str> =
        catalog.items.iter().flat_map(|item| item.reliefs.iter().map(String::as_str)).collect();
    reliefs.sort_unstable();
    reliefs.dedup();
    let what = format!("a relief of {edition}: {}", reliefs.join(", "));
    narrow(&mut schema, "/$defs/answer/properties/relief", &what, &reliefs);
    schema
}

/// Allows only certain words. Without any the place is left as it is: what a framework does not
/// have is for the rules to say, which know the clause.
fn narrow(schema: &mut Value, pointer: &str, description: &str, words: &[&str]) {
    if words.is_empty() {
        return;
    }
    set(schema, pointer, "enum", json!(words));
    set(schema, pointer, "description", json!(description));
}

fn set(schema: &mut Value, pointer: &str, key: &str, value: Value) {
    if let Some(Value::Object(map)) = schema.pointer_mut(pointer) {
        map.insert(key.to_owned(), value);
    }
}
