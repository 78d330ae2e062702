//! The catalogue, code lists and communes as one JSON document: all that the oracle knows besides packs and cases.

use sam_eurometropole::Rulebook;
use sam_eurometropole::catalogue::{FieldDef, FieldType, Role, StructDef};
use sam_eurometropole::json::Json;
use sam_eurometropole::limits;

/// The document.
#[must_use]
pub fn document(book: &Rulebook) -> Json {
    let record = |role: Role| (role.as_str().to_owned(), fields(role.def(), ""));
    Json::object([
        (
            "limits",
            Json::object([
                ("depth", Json::from(limits::DEPTH)),
                ("list", Json::from(limits::LIST)),
                ("text", Json::from(limits::TEXT)),
                ("fields", Json::from(limits::FIELDS)),
            ]),
        ),
        ("records", Json::Object(Role::ALL.map(record).to_vec())),
        ("codes", codes(book)),
        ("communes", communes(book)),
        ("refused_names", refused(book)),
    ])
}

fn fields(def: &StructDef, prefix: &str) -> Json {
    def.fields.iter().map(|field| one(field, prefix)).collect()
}

fn one(field: &FieldDef, prefix: &str) -> Json {
    let path = if prefix.is_empty() { field.name.to_owned() } else { format!("{prefix}.{}", field.name) };
    let kind = match field.kind {
        FieldType::Objects(_) => "objects",
        FieldType::Codes(_) => "codes",
        kind => kind.as_str(),
    };
    let mut out = vec![
        ("name".to_owned(), Json::from(field.name)),
        ("path".to_owned(), Json::from(path.as_str())),
        ("type".to_owned(), Json::from(kind)),
    ];
    let mut put = |name: &str, value: Option<Json>| out.extend(value.map(|value| (name.to_owned(), value)));
    put("required", field.required.then_some(Json::Bool(true)));
    put("personal", field.marks.personal.then_some(Json::Bool(true)));
    put("intrusive", (field.marks.intrusive > 0).then(|| Json::Int(i64::from(field.marks.intrusive))));
    let (min, max) = field.range;
    put("min", min.map(Json::Int));
    put("max", max.map(Json::Int));
    put("max_length", field.max_length.map(Json::from));
    put("form", field.form.map(|form| Json::from(form.as_str())));
    put("valid_at", field.valid_at.map(Json::from));
    put(
        "applicable",
        field
            .applicable
            .map(|a| Json::object([("field", Json::from(a.field)), ("is", [Json::from(a.is)].into_iter().collect())])),
    );
    match field.kind {
        FieldType::Code(list) | FieldType::Codes(list) => put("list", Some(Json::from(list))),
        FieldType::Object(def) => put("fields", Some(fields(def, &path))),
        FieldType::Objects(def) => put("fields", Some(fields(def, &path))),
        _ => {}
    }
    Json::Object(out)
}

fn codes(book: &Rulebook) -> Json {
    let code = |code: &sam_eurometropole::codes::Code| {
        let mut members = Vec::new();
        members.extend(code.from().map(|day| ("from".to_owned(), Json::from(day.to_string()))));
        members.extend(code.to().map(|day| ("to".to_owned(), Json::from(day.to_string()))));
        members.extend(code.broader().map(|broader| ("broader".to_owned(), Json::from(broader))));
        members.extend(code.concept().map(|concept| ("concept".to_owned(), Json::from(concept))));
        members.extend(code.system().map(|system| ("system".to_owned(), Json::from(system))));
        (code.code().to_owned(), Json::Object(members))
    };
    let list = |list: &sam_eurometropole::codes::CodeList| {
        (list.id().to_owned(), Json::Object(list.codes().iter().map(code).collect()))
    };
    Json::Object(book.codes().iter().map(list).collect())
}

fn communes(book: &Rulebook) -> Json {
    let commune = |commune: &sam_eurometropole::territory::Commune| {
        let mut members = vec![
            ("system".to_owned(), Json::from(commune.system().as_str())),
            ("zones".to_owned(), commune.zones().map(Json::from).collect()),
            ("successors".to_owned(), commune.successors().map(Json::from).collect()),
        ];
        members.extend(commune.from().map(|day| ("from".to_owned(), Json::from(day.to_string()))));
        members.extend(commune.to().map(|day| ("to".to_owned(), Json::from(day.to_string()))));
        (commune.code().to_owned(), Json::Object(members))
    };
    Json::Object(book.territory().communes().map(commune).collect())
}

fn refused(book: &Rulebook) -> Json {
    let codes = book.codes().get("refused_name").map(|list| list.codes()).unwrap_or_default();
    let entry = |code: &sam_eurometropole::codes::Code| {
        (code.code().to_owned(), Json::from(format!("privacy.{}", code.concept().unwrap_or_default())))
    };
    Json::Object(codes.iter().map(entry).collect())
}
