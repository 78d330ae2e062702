//! The one writer: RFC 8785. Members sorted by UTF-16 code units, numbers as ECMAScript prints them, no space.

use super::Json;
use crate::order;

impl Json {
    /// The canonical text. Of two members with one name only the first is written.
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
    order::sort_by(&mut sorted, |(a, _), (b, _)| {
        if a.is_ascii() && b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
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
    fn writes_the_example_of_the_standard() {
        // RFC 8785, section 3.2.2 and its canonical form in 3.2.4.
        let text = r#"{
            "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
            "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
            "literals": [null, true, false]
        }"#;
        let expected = "{\"literals\":[null,true,false],\
            \"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],\
            \"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}";
        assert_eq!(canonical(text), expected);
    }

    #[test]
    fn sorts_names_by_utf16() {
        // RFC 8785, section 3.2.3.
        let text = r#"{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
            "\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}"#;
        let Json::Object(members) = parse(&canonical(text), 4).unwrap() else { panic!("an object") };
        let names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["\r", "1", "\u{80}", "ö", "€", "😀", "\u{fb33}"]);
    }

    #[test]
    fn prints_the_doubles_of_the_standard() {
        // RFC 8785, appendix B: the bits of a double, and how it is printed.
        for (bits, printed) in [
            (0x0000_0000_0000_0000, "0"),
            (0x8000_0000_0000_0000, "0"),
            (0x0000_0000_0000_0001, "5e-324"),
            (0x8000_0000_0000_0001, "-5e-324"),
            (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
            (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
            (0x4340_0000_0000_0000, "9007199254740992"),
            (0xc340_0000_0000_0000, "-9007199254740992"),
            (0x4430_0000_0000_0000, "295147905179352830000"),
            (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
            (0x44b5_2d02_c7e1_4af6, "1e+23"),
            (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
            (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
            (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
            (0x444b_1ae4_d6e2_ef50, "1e+21"),
            (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
            (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
            (0x41b3_de43_5555_5553, "333333333.3333332"),
            (0x41b3_de43_5555_5554, "333333333.33333325"),
            (0x41b3_de43_5555_5555, "333333333.3333333"),
            (0x41b3_de43_5555_5556, "333333333.3333334"),
            (0x41b3_de43_5555_5557, "333333333.33333343"),
            (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
            (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
        ] {
            assert_eq!(Json::number(f64::from_bits(bits)).to_canonical(), printed);
        }
        assert_eq!(Json::number(f64::NAN).to_canonical(), "null");
        assert_eq!(Json::number(f64::INFINITY).to_canonical(), "null");
    }

    #[test]
    fn escapes_only_what_it_has_to() {
        let text = Json::from("\u{8}\u{9}\u{a}\u{c}\u{d}\u{0}\u{1f}\"\\/\u{7f}\u{2028}é😀");
        assert_eq!(text.to_canonical(), "\"\\b\\t\\n\\f\\r\\u0000\\u001f\\\"\\\\/\u{7f}\u{2028}é😀\"");
    }

    #[test]
    fn of_one_name_the_first_is_written() {
        let twice = Json::object([("b", Json::Int(1)), ("a", Json::Int(2)), ("b", Json::Int(3))]);
        assert_eq!(twice.to_canonical(), r#"{"a":2,"b":1}"#);
    }

    fn sorted(json: Json) -> Json {
        match json {
            Json::List(items) => items.into_iter().map(sorted).collect(),
            Json::Object(members) => {
                let mut members: Vec<_> = members.into_iter().map(|(name, value)| (name, sorted(value))).collect();
                members.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
                Json::Object(members)
            }
            other => other,
        }
    }

    fn json() -> impl Strategy<Value = Json> {
        let leaf = prop_oneof![
            Just(Json::Null),
            any::<bool>().prop_map(Json::from),
            any::<f64>().prop_map(Json::number),
            (-1e22..1e22).prop_map(|value: f64| Json::number(value.trunc())),
            any::<i32>().prop_map(|value| Json::from(i64::from(value))),
            any::<String>().prop_map(Json::from),
            "[\"\\\\\u{0}-\u{1f}é\u{1f600}]{0,8}".prop_map(Json::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Json::List),
                prop::collection::btree_map("[a-c\u{e000}-\u{e003}\u{1f600}]{0,3}", inner, 0..6)
                    .prop_map(|members| Json::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(json in json()) {
            let printed = json.to_canonical();
            let read = parse(&printed, 16).unwrap();
            prop_assert_eq!(read.to_canonical(), printed);
            prop_assert_eq!(read, sorted(json));
        }
    }
}
