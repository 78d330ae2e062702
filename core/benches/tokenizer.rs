//! How fast JSON text is read: our tokenizer and parser beside `serde_json`, on made-up placement records.
//!
//! `cargo bench -p sam-eurometropole --bench tokenizer` prints megabytes (10^6 bytes) per second, the best of the rounds. The
//! text is the same in every run.

use sam_eurometropole::json::{Token, Tokenizer, parse};
use serde::de::IgnoredAny;
use std::hint::black_box;
use std::time::{Duration, Instant};

const BYTES: usize = 10_000_000;
const ROUNDS: usize = 15;
const DEPTH: usize = 16;

/// A way of reading a text; gives something that depends on all of it.
type Reading = fn(&str) -> usize;

const READINGS: [(&str, Reading); 4] = [
    ("our tokenizer, all tokens", all_tokens),
    ("serde_json, ignored", serde_ignored),
    ("our parser, to Json", our_tree),
    ("serde_json, to Value", serde_tree),
];

#[expect(clippy::print_stdout, reason = "a bench prints its table")]
fn main() {
    for (title, text) in [("compact", records("", ":")), ("spaced over lines", records("\n    ", ": "))] {
        println!("{title}, {:.1} MB, best of {ROUNDS}", text.len() as f64 / 1e6);
        for (name, reading) in READINGS {
            println!("  {name:<28}{:>8.0} MB/s", text.len() as f64 / 1e6 / best(&text, reading).as_secs_f64());
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "a bench needs a clock; the core has none")]
fn best(text: &str, reading: Reading) -> Duration {
    let round = |_| {
        let start = Instant::now();
        assert!(black_box(reading(black_box(text))) > 0, "the text was not read");
        start.elapsed()
    };
    (0..ROUNDS).map(round).min().unwrap_or_default()
}

fn all_tokens(text: &str) -> usize {
    let mut tokenizer = Tokenizer::new(text, DEPTH);
    let mut sum = 0_usize;
    while let Ok((token, span)) = tokenizer.next_token() {
        sum = sum.wrapping_add(span.end - span.start);
        sum = sum.wrapping_add(match token {
            Token::End => return sum,
            Token::Text(text) | Token::Key(text) => text.len(),
            Token::Int(value) => usize::from(value == 42),
            Token::Float(value) => usize::from(value < 0.0),
            _ => 1,
        });
    }
    0
}

fn our_tree(text: &str) -> usize {
    parse(text, DEPTH).ok().and_then(|json| black_box(json).as_list().map(<[_]>::len)).unwrap_or_default()
}

fn serde_ignored(text: &str) -> usize {
    serde_json::from_str::<IgnoredAny>(text).map_or(0, |read| usize::from(black_box(read) == IgnoredAny))
}

fn serde_tree(text: &str) -> usize {
    let read = serde_json::from_str::<serde_json::Value>(text).ok();
    read.and_then(|value| black_box(value).as_array().map(Vec::len)).unwrap_or_default()
}

/// A list of records; `line` stands before every member, `colon` after every name.
fn records(line: &str, colon: &str) -> String {
    let mut dice = Dice(0x5eed_0042);
    let mut out = String::with_capacity(BYTES + 4096);
    out.push('[');
    while out.len() < BYTES {
        if out.len() > 1 {
            out.push(',');
        }
        record(&mut out, &mut dice, line, colon);
    }
    out.push(']');
    out
}

fn record(out: &mut String, dice: &mut Dice, line: &str, colon: &str) {
    let id = dice.below(1_000_000);
    let day = |dice: &mut Dice| format!("\"20{}-0{}-1{}\"", 20 + dice.below(7), 1 + dice.below(9), dice.below(10));
    let commune = ["FR-59350", "FR-59599", "BE-57096", "BE-34022", "BE-57081"];
    let scheme = ["fr_pmsmp", "be_wal_mise", "be_vlg_wij", "fr_siae", "be_art60"];
    let host =
        ["Ateliers de la Lys", "Ressourcerie d\u{e9}m\u{e9}nage", "Buurtwerk \\\"De Brug\\\"", "Caf\\u00e9 Solidaire"];
    let slots = (0..1 + dice.below(4))
        .map(|slot| format!("{{\"weekday\"{colon}\"{}\",\"from\"{colon}\"08:30\",\"to\"{colon}\"16:45\"}}", 1 + slot))
        .collect::<Vec<_>>()
        .join(",");
    let object = |members: &[(&str, String)]| {
        let members: Vec<String> = members.iter().map(|(name, value)| format!("\"{name}\"{colon}{value}")).collect();
        format!("{{{}}}", members.join(","))
    };
    let text = |word: &str| format!("\"{word}\"");
    let members = [
        ("id", format!("\"P-{id:07}\"")),
        ("kind", text("immersion")),
        ("scheme", text(dice.pick(&scheme))),
        ("start", day(dice)),
        ("end", if dice.below(4) == 0 { "null".to_owned() } else { day(dice) }),
        ("submitted", day(dice)),
        ("home", object(&[("partner", text("cpas")), ("commune", text(dice.pick(&commune)))])),
        ("host", object(&[("partner", text(dice.pick(&host))), ("commune", text(dice.pick(&commune)))])),
        ("remuneration", object(&[("by", text("none")), ("monthly_gross", dice.below(400_000).to_string())])),
        ("weekly_hours", format!("{}.{}", 10 + dice.below(28), 25 * dice.below(4))),
        ("presence_days", dice.below(60).to_string()),
        ("schedule", format!("[{slots}]")),
        ("agreement", object(&[("last_signature", day(dice))])),
        ("lodging_abroad", (dice.below(2) == 0).to_string()),
        ("travel", object(&[("mode", text("bus")), ("minutes", dice.below(120).to_string())])),
    ];
    out.push('{');
    for (index, (name, value)) in members.iter().enumerate() {
        out.push_str(if index > 0 { "," } else { "" });
        out.push_str(line);
        out.push_str(&format!("\"{name}\"{colon}{value}"));
    }
    out.push('}');
}

/// Numbers that look random and are the same in every run (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit.max(1)
    }

    fn pick<'w>(&mut self, words: &[&'w str]) -> &'w str {
        let place = self.below(words.len() as u64);
        usize::try_from(place).ok().and_then(|place| words.get(place)).copied().unwrap_or_default()
    }
}
