//! The Arrow schema of a record, from its catalogue.

use crate::catalogue::{FieldDef, FieldType, Role, StructDef};
use arrow_schema::{DataType, Field, Fields, Schema};

/// How the objects inside a record become columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nesting {
    /// One struct column for each object.
    Structs,
    /// One column for each field of an object, with dots in its name, as in CSV and most data frames.
    Dots,
}

/// The columns of a record. A list is a list column, of structs or of codes; everything may be null.
///
/// ```
/// use sam_eurometropole::{catalogue::Role, table::arrow::{Nesting, schema}};
///
/// let columns = schema(Role::Placement, Nesting::Dots);
/// assert_eq!(columns.field_with_name("home.partner").unwrap().data_type().to_string(), "Utf8");
/// assert!(schema(Role::Placement, Nesting::Structs).field_with_name("home").is_ok());
/// ```
#[must_use]
pub fn schema(role: Role, nesting: Nesting) -> Schema {
    let mut fields = Vec::new();
    add(role.def(), "", nesting, &mut fields);
    Schema::new(fields)
}

fn add(def: &StructDef, prefix: &str, nesting: Nesting, out: &mut Vec<Field>) {
    for field in def.fields {
        let name = format!("{prefix}{}", field.name);
        match field.kind {
            FieldType::Object(inner) if nesting == Nesting::Dots => add(inner, &format!("{name}."), nesting, out),
            _ => out.push(Field::new(name, data_type(field), true)),
        }
    }
}

fn data_type(field: &FieldDef) -> DataType {
    match field.kind {
        FieldType::Bool => DataType::Boolean,
        FieldType::Integer | FieldType::Money => DataType::Int64,
        FieldType::Number => DataType::Float64,
        FieldType::Text | FieldType::Code(_) | FieldType::Time | FieldType::Territory => DataType::Utf8,
        FieldType::Date => DataType::Date32,
        FieldType::Object(inner) => DataType::Struct(members(inner)),
        FieldType::Objects(inner) => DataType::new_list(DataType::Struct(members(inner)), true),
        FieldType::Codes(_) => DataType::new_list(DataType::Utf8, true),
    }
}

fn members(def: &StructDef) -> Fields {
    let mut fields = Vec::new();
    add(def, "", Nesting::Structs, &mut fields);
    fields.into()
}
