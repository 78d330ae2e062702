//! Records in frameworks: `Serialize` and `Deserialize` by the one writer and the one reader.
//!
//! `Deserialize` buffers the value of the framework, reads it like any other input and fails with its error findings.

use crate::catalogue::Role;
use crate::finding::{Finding, Severity};
use crate::json::Json;
use crate::reader::{Shape, Value, ValueSource, read_one};
use crate::record::*;
use crate::rows::OwnedRows;
use crate::rulebook::Rulebook;
use crate::view::View;
use crate::writer::record_json;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use std::fmt;

macro_rules! serde_records {
    ($($(#[$doc:meta])* $type:ident,)*) => {$(
        impl $type {
            /// The record as JSON, with reasons of absence beside its fields.
            #[must_use]
            pub fn to_json(&self) -> Json {
                let rows = OwnedRows::of(Role::$type.layout(), self);
                record_json(&rows, Role::$type, 0, View::Full)
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Tree(&self.to_json()).serialize(serializer)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let Buffered(value) = Buffered::deserialize(deserializer)?;
                let batch = read_one(ValueSource::new(&value), Shape::Record(Role::$type), Rulebook::embedded());
                let errors: Vec<&Finding> =
                    batch.findings.iter().flatten().filter(|f| f.severity == Severity::Error).collect();
                if errors.is_empty() {
                    Ok(batch.records.get(Role::$type).map_or_else($type::default, |rows: &OwnedRows| rows.record(0)))
                } else {
                    Err(D::Error::custom(told(&errors)))
                }
            }
        }
    )*};
}

crate::for_each_record!(serde_records);

/// Codes and paths; values stay out of errors.
fn told(errors: &[&Finding]) -> String {
    let one = |f: &&Finding| format!("{} at `{}`", f.code, f.paths.first().map(|p| p.text(false)).unwrap_or_default());
    errors.iter().map(one).collect::<Vec<_>>().join("; ")
}

struct Tree<'j>(&'j Json);

impl Serialize for Tree<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Json::Null => serializer.serialize_unit(),
            Json::Bool(value) => serializer.serialize_bool(*value),
            Json::Int(value) => serializer.serialize_i64(*value),
            Json::Float(value) => serializer.serialize_f64(value.get()),
            Json::Text(text) => serializer.serialize_str(text),
            Json::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                items.iter().try_for_each(|item| list.serialize_element(&Tree(item)))?;
                list.end()
            }
            Json::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                members.iter().try_for_each(|(name, value)| map.serialize_entry(name, &Tree(value)))?;
                map.end()
            }
        }
    }
}

/// Any value of a framework, as input for the reader.
struct Buffered(Value);

impl<'de> Deserialize<'de> for Buffered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Buffer).map(Self)
    }
}

struct Buffer;

impl<'de> Visitor<'de> for Buffer {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Int(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(i64::try_from(value).map_or(Value::BigInt, Value::Int))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Float(value))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(Buffered(item)) = list.next_element()? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut members = Vec::new();
        while let Some((name, Buffered(value))) = map.next_entry::<String, Buffered>()? {
            members.push((Some(name), value));
        }
        Ok(Value::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_comes_back_as_it_went() {
        let text = r#"{"id":"d-1","birth_date":"1990-03-14","benefits":[{"benefit":"fr_rsa","absent":{"since":"not_known"}}],"driving_licence":["B"],"jobseeker":{"registered":true},"level1_count":2}"#;
        let person: Participant = serde_json::from_str(text).unwrap();
        let printed = serde_json::to_string(&person).unwrap();
        assert_eq!(serde_json::from_str::<Participant>(&printed).unwrap(), person);
        assert_eq!(person.to_json().to_canonical(), crate::json::parse(text, 16).unwrap().to_canonical());
    }

    #[test]
    fn errors_name_codes_and_paths_and_no_values() {
        let error = serde_json::from_str::<Placement>(r#"{"start":"02/05/2024"}"#).unwrap_err().to_string();
        assert!(error.contains("date.form at `start`") && !error.contains("02/05"), "{error}");
    }
}
