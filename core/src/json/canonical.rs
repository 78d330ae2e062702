//! The one writer: RFC 8785. Members sorted by UTF-16 code units, numbers as ECMAScript prints them, no space.

use super::Json;
use crate::date::Date;
use crate::order;
use std::fmt::Write;

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
        self.write(&mut out);
        out
    }

    /// Adds the canonical text.
    pub(crate) fn write(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(value) => flag(*value, out),
            // Writing to a text cannot fail.
            Self::Int(value) => {
                let _ = write!(out, "{value}");
            }
            Self::Float(value) => out.push_str(ryu_js::Buffer::new().format_finite(value.get())),
            Self::Text(value) => text(value, out),
            Self::List(items) => list(items, out, Self::write),
            Self::Object(members) => {
                write_members(members.iter().map(|(name, value)| (name.as_str(), value)).collect(), out);
            }
        }
    }
}

/// Writes an object, whose members are handed in one after the other.
pub(crate) fn object(out: &mut String, write: impl FnOnce(&mut Members<'_>)) {
    out.push('{');
    write(&mut Members { out, begun: false });
    out.push('}');
}

/// Members of an object that is written without a tree. They come in their canonical order, and their names are plain ASCII: that is for the
/// caller to keep, and seen by the tests of each output.
pub(crate) struct Members<'o> {
    out: &'o mut String,
    begun: bool,
}

impl Members<'_> {
    pub(crate) fn text(&mut self, name: &str, value: &str) {
        text(value, self.name(name));
    }

    pub(crate) fn flag(&mut self, name: &str, value: bool) {
        flag(value, self.name(name));
    }

    pub(crate) fn date(&mut self, name: &str, value: Date) {
        // Writing to a text cannot fail.
        let _ = write!(self.name(name), "\"{value}\"");
    }

    pub(crate) fn json(&mut self, name: &str, value: &Json) {
        value.write(self.name(name));
    }

    pub(crate) fn object(&mut self, name: &str, write: impl FnOnce(&mut Members<'_>)) {
        object(self.name(name), write);
    }

    /// An object of members in any order.
    pub(crate) fn members(&mut self, name: &str, members: Vec<(&str, &Json)>) {
        write_members(members, self.name(name));
    }

    pub(crate) fn list<T>(
        &mut self,
        name: &str,
        items: impl IntoIterator<Item = T>,
        write: impl FnMut(T, &mut String),
    ) {
        list(items, self.name(name), write);
    }

    fn name(&mut self, name: &str) -> &mut String {
        if self.begun {
            self.out.push(',');
        }
        self.begun = true;
        self.out.push('"');
        self.out.push_str(name);
        self.out.push_str("\":");
        self.out
    }
}

fn flag(value: bool, out: &mut String) {
    out.push_str(if value { "true" } else { "false" });
}

/// Writes a list.
pub(crate) fn list<T>(items: impl IntoIterator<Item = T>, out: &mut String, mut write: impl FnMut(T, &mut String)) {
    out.push('[');
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write(item, out);
    }
    out.push(']');
}

fn write_members(mut members: Vec<(&str, &Json)>, out: &mut String) {
    // A stable sort: of equal names the first stays in front, and only it is written.
    order::sort_by(&mut members, |(a, _), (b, _)| {
        if a.is_ascii() && b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
    });
    members.dedup_by(|(b, _), (a, _)| a == b);
    out.push('{');
    for (index, (name, value)) in members.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        text(name, out);
        out.push(':');
        value.write(out);
    }
    out.push('}');
}

/// Writes a text. Most have nothing that is written in another way.
pub(crate) fn text(text: &str, out: &mut String) {
    out.push('"');
    let mut rest = text;
    while let Some((plain, special, after)) = to_special(rest) {
        out.push_str(plain);
        write_special(special, out);
        rest = after;
    }
    out.push_str(rest);
    out.push('"');
}

/// What stands before the first byte that is written in another way, that byte, and what follows.
fn to_special(text: &str) -> Option<(&str, u8, &str)> {
    let at = text.bytes().position(|byte| byte < b' ' || byte == b'"' || byte == b'\\')?;
    let (plain, after) = text.split_at_checked(at)?;
    Some((plain, after.bytes().next()?, after.get(1..)?))
}

fn write_special(byte: u8, out: &mut String) {
    match byte {
        b'"' => out.push_str("\\\""),
        b'\\' => out.push_str("\\\\"),
        8 => out.push_str("\\b"),
        12 => out.push_str("\\f"),
        b'\n' => out.push_str("\\n"),
        b'\r' => out.push_str("\\r"),
        b'\t' => out.push_str("\\t"),
        other => out.push_str(&format!("\\u{other:04x}")),
    }
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
