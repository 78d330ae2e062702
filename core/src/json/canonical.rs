//! The one writer: RFC 8785. Members sorted by UTF-16 code units, numbers as ECMAScript prints them, no space.

use super::Json;

impl Json {
    /// The canonical text.
    ///
    /// ```
    /// use sam_eurometropole::json::Json;
    /// let json = Json::object([("b", Json::number(1.0)), ("a", Json::from("é\n"))]);
    /// assert_eq!(json.to_canonical(), r#"{"a":"é\n","b":1}"#);
    /// ```
    #[must_use]
    pub fn to_canonical(&self) -> String {
        let mut out = String::new();
        write(self, &mut out);
        out
    }
}

fn write(json: &Json, out: &mut String) {
    match json {
        Json::Null => out.push_str("null"),
        Json::Bool(true) => out.push_str("true"),
        Json::Bool(false) => out.push_str("false"),
        Json::Int(value) => out.push_str(&value.to_string()),
        Json::Float(value) => out.push_str(ryu_js::Buffer::new().format_finite(value.get())),
        Json::Text(text) => write_text(text, out),
        Json::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Json::Object(members) => write_object(members, out),
    }
}

fn write_object(members: &[(String, Json)], out: &mut String) {
    let mut sorted: Vec<&(String, Json)> = members.iter().collect();
    // A stable sort: of equal names the first stays in front, and only it is written.
    sorted.sort_by(|(a, _), (b, _)| {
        if a.is_ascii() && b.is_ascii() {
            a.cmp(b)
        } else {
            a.encode_utf16().cmp(b.encode_utf16())
        }
    });
    sorted.dedup_by(|(b, _), (a, _)| a == b);
    out.push('{');
    for (index, (name, value)) in sorted.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_text(name, out);
        out.push(':');
        write(value, out);
    }
    out.push('}');
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..='\u{1f}' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            other => out.push(other),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use crate::json::{Json, parse};
    use proptest::prelude::*;

    fn canonical(text: &str) -> String {
        parse(text, 16).unwrap().to_canonical()
    }

    #[test]
    fn prints_numbers_as_the_standard_does() {
        let printed = canonical(
            "[333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001, 1.0, -0.0, 1e21]",
        );
        assert_eq!(
            printed,
            "[333333333.3333333,1e+30,4.5,0.002,1e-27,1,0,1e+21]"
        );
    }

    #[test]
    fn sorts_names_by_utf16() {
        // The example of RFC 8785 §3.2.3.
        let text = r#"{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew","1":"One","\ud83d\ude00":"Emoji","\u0080":"Control","\u00f6":"o"}"#;
        let Json::Object(members) = parse(&canonical(text), 4).unwrap() else {
            panic!("an object")
        };
        let names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["\r", "1", "\u{80}", "ö", "€", "😀", "\u{fb33}"]);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(text in any::<String>(), number in -9e15f64..9e15, whole in any::<i32>()) {
            let json = Json::object([
                ("text", Json::from(text)),
                ("number", Json::number(number)),
                ("whole", Json::Int(i64::from(whole))),
            ]);
            let printed = json.to_canonical();
            prop_assert_eq!(parse(&printed, 4).unwrap().to_canonical(), printed.clone());
            let theirs: serde_json::Value = serde_json::from_str(&printed).unwrap();
            prop_assert_eq!(theirs["whole"].as_i64(), Some(i64::from(whole)));
        }
    }
}
