//! JSON Schema of the records (2020-12), made from the field catalogue and the code lists.
//!
//! It says what a schema can say: names, kinds, ranges, forms and codes. What spans fields stays with the engine. A record without
//! findings of the error kind fits its schema; data with a finding whose code is [`Code::in_schema`](crate::finding::Code::in_schema) does not.

use crate::catalogue::{FieldDef, FieldType, Form, Role, StructDef};
use crate::field::Absence;
use crate::limits;
use crate::message::Lang;
use crate::record::*;
use crate::rulebook::Rulebook;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};
use std::borrow::Cow;

/// The schema of a record as text.
#[must_use]
pub fn text(role: Role, book: &Rulebook) -> String {
    format!("{:#}", record(role, book))
}

/// The schema of a record.
#[must_use]
pub fn record(role: Role, book: &Rulebook) -> Value {
    let mut schema = object(role.def(), "", role, book);
    if let Some(members) = schema.as_object_mut() {
        members.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        members.insert("title".to_owned(), json!(role.as_str()));
        members.insert("description".to_owned(), json!(role.def().doc));
    }
    schema
}

macro_rules! json_schemas {
    ($($(#[$doc:meta])* $type:ident,)*) => {$(
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                Cow::Borrowed(Role::$type.as_str())
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                Schema::try_from(record(Role::$type, Rulebook::embedded())).unwrap_or_default()
            }
        }
    )*};
}

crate::for_each_record!(json_schemas);

fn object(def: &StructDef, prefix: &str, role: Role, book: &Rulebook) -> Value {
    let mut properties = Map::new();
    for field in def.fields {
        let path = if prefix.is_empty() { field.name.to_owned() } else { format!("{prefix}.{}", field.name) };
        properties.insert(field.name.to_owned(), property(field, &path, role, book));
    }
    let names: Vec<&str> = def.fields.iter().map(|field| field.name).collect();
    let reasons: Vec<&str> = Absence::STATED.iter().map(|reason| reason.as_str()).collect();
    properties.insert(
        "absent".to_owned(),
        or_empty(json!({
            "type": "object",
            "propertyNames": {"enum": names},
            "additionalProperties": or_empty(json!({"enum": reasons})),
        })),
    );
    json!({"type": "object", "properties": properties, "additionalProperties": false})
}

fn property(field: &FieldDef, path: &str, role: Role, book: &Rulebook) -> Value {
    let mut schema = or_empty(value(field, path, role, book));
    if let Some(members) = schema.as_object_mut() {
        members.insert("title".to_owned(), json!(book.label(role, path, Lang::En)));
        members.insert("description".to_owned(), json!(field.doc));
        if let Some(unit) = field.unit {
            members.insert("x-unit".to_owned(), json!(unit));
        }
        members.insert("x-personal".to_owned(), json!(field.marks.personal));
    }
    schema
}

/// Null and blank text are *not given*, for every field.
fn or_empty(schema: Value) -> Value {
    json!({"anyOf": [schema, {"type": "null"}, {"type": "string", "pattern": "^\\s*$"}]})
}

fn value(field: &FieldDef, path: &str, role: Role, book: &Rulebook) -> Value {
    match field.kind {
        FieldType::Bool => json!({"type": "boolean"}),
        FieldType::Integer | FieldType::Money => number("integer", field),
        FieldType::Number => number("number", field),
        FieldType::Text => text_value(field),
        FieldType::Code(list) => json!({"enum": codes(list, book)}),
        FieldType::Date => date(),
        FieldType::Time => json!({"type": "string", "pattern": "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"}),
        FieldType::Territory => json!({"type": "string", "pattern": "^(FR-[0-9AB]{5}|BE-[0-9]{5})$"}),
        FieldType::Object(def) => object(def, path, role, book),
        FieldType::Objects(def) => {
            json!({"type": "array", "maxItems": limits::LIST, "items": object(def, path, role, book)})
        }
        FieldType::Codes(list) => {
            json!({"type": "array", "maxItems": limits::LIST, "items": {"enum": codes(list, book)}})
        }
    }
}

fn number(kind: &str, field: &FieldDef) -> Value {
    let mut schema = Map::from_iter([("type".to_owned(), json!(kind))]);
    let (min, max) = field.range;
    schema.extend(min.map(|min| ("minimum".to_owned(), json!(min))));
    schema.extend(max.map(|max| ("maximum".to_owned(), json!(max))));
    Value::Object(schema)
}

fn text_value(field: &FieldDef) -> Value {
    let max = field.max_length.unwrap_or(limits::TEXT);
    match field.form {
        None => json!({"type": "string", "maxLength": max}),
        Some(Form::Identifier(scheme)) => json!({"type": "string", "pattern": scheme.pattern()}),
        Some(Form::Period) => json!({"anyOf": [
            {"type": "string", "pattern": crate::period::PATTERN},
            {"type": "string", "format": "date", "pattern": "^(19|2[01])"},
        ]}),
        Some(Form::Area) => json!({"type": "string", "pattern": "^(FR|BE)([0-9A-Z]{0,3}|-[0-9A-Z-]{1,9})$"}),
        Some(Form::Reference) => {
            json!({"type": "string", "maxLength": max, "pattern": "^[0-9A-Za-z_.:/-]*$"})
        }
    }
}

/// A day, or a midnight without offset.
pub(crate) fn date() -> Value {
    json!({"anyOf": [
        {"type": "string", "format": "date"},
        {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])[T ]00:00(:00(\\.0+)?)?$"},
    ]})
}

fn codes(list: &str, book: &Rulebook) -> Vec<String> {
    let list = book.codes().get(list);
    list.map(|list| list.codes().iter().map(|code| code.code().to_owned()).collect()).unwrap_or_default()
}
