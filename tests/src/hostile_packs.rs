//! Packs that were made to break the loader, or what tells a keeper about them: each meets a limit and says so. `vectors --hostile` measures how
//! long each takes, `tests/suite/hostile.rs` asserts what it comes to.

use sam_eurometropole::Rulebook;
use sam_eurometropole::limits;

const MEGA: usize = 1_024 * 1_024;

/// A pack, and the problem that it has to meet.
pub struct Case {
    /// What it is.
    pub name: &'static str,
    /// The code of the problem or of the advice; `None` for a pack that loads all the same.
    pub wanted: Option<&'static str>,
    /// Whether the text is YAML.
    yaml: bool,
    /// Builds the text.
    make: fn() -> String,
}

impl Case {
    /// The text.
    #[must_use]
    pub fn text(&self) -> String {
        (self.make)()
    }

    /// The codes that loading the text, or else advice on it, gives.
    #[must_use]
    pub fn codes(&self, text: &str) -> Vec<String> {
        let book = Rulebook::embedded();
        let advice = if self.yaml { book.lint_pack_yaml(text) } else { book.lint_pack_json(text) };
        advice.problems.into_iter().map(|problem| problem.code).collect()
    }

    /// Whether these codes are what it has to meet.
    #[must_use]
    pub fn is_met(&self, codes: &[String]) -> bool {
        match self.wanted {
            Some(wanted) => codes.iter().any(|code| code == wanted),
            None => codes.iter().all(|code| code.starts_with("lint.")),
        }
    }
}

/// All of them.
#[must_use]
pub fn cases() -> Vec<Case> {
    let json = |name, wanted, make| Case { name, wanted: Some(wanted), yaml: false, make };
    let yaml = |name, wanted, make| Case { name, wanted: Some(wanted), yaml: true, make };
    let loads = |name, make| Case { name, wanted: None, yaml: false, make };
    vec![
        json("a text of 16 MiB", "document.too_long", || " ".repeat(16 * MEGA)),
        yaml("a text of 16 MiB", "document.too_long", || "- ".repeat(8 * MEGA)),
        json("half a million lists inside one another", "document.depth", || {
            format!("{}{}", "[".repeat(MEGA / 2), "]".repeat(MEGA / 2))
        }),
        yaml("half a million lists inside one another", "document.syntax", || "[".repeat(MEGA / 2)),
        yaml("a thousand indents", "document.depth", || {
            (0..1_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect()
        }),
        yaml("a scalar of a mebibyte", "pack.text_too_long", || format!("pack: {}\n", "x".repeat(MEGA - 10))),
        yaml("a comment of a mebibyte", "document.empty", || format!("#{}", "x".repeat(MEGA - 10))),
        yaml("a hundred thousand keys", "pack.too_long", || (0..100_000).map(|key| format!("k{key}: 0\n")).collect()),
        yaml("a hundred thousand anchors", "document.too_many_problems", || "- &a 0\n".repeat(100_000)),
        yaml("a hundred thousand aliases that double", "document.alias", || {
            let doubled = (1..10_000).map(|n| format!("a{n}: &a{n} [*a{}, *a{}]\n", n - 1, n - 1));
            format!("a0: &a0 x\n{}", doubled.collect::<String>())
        }),
        json("a hundred thousand numbers that are none", "document.too_many_problems", || {
            format!("[{}0]", "1e999,".repeat(100_000))
        }),
        json("long keys inside one another, and problems below them", "document.too_many_problems", || {
            let keys = format!("{{\"{}\":", "k".repeat(10_000)).repeat(60);
            format!("{keys}[{}0]{}", "1e999,".repeat(50_000), "}".repeat(60))
        }),
        json("a key of a mebibyte", "pack.text_too_long", || format!("{{\"{}\": 0}}", "k".repeat(MEGA - 10))),
        json("a name of a million letters", "pack.text_too_long", || pack(&rule(&"r".repeat(1_000_000), KNOWN), "")),
        json("thirty thousand rules", "pack.too_long", || pack(&vec!["{}"; 30_000].join(","), "")),
        json("a thousand rules of nothing", "pack.too_many_problems", || pack(&vec!["{}"; limits::LIST].join(","), "")),
        json("fifty thousand names that are near", "pack.too_many_problems", || {
            let tests =
                vec![format!("{{\"all\":[{}]}}", vec!["{\"known\":\"host.comune\"}"; limits::LIST].join(",")); 40];
            pack(&rule("r", &format!("{{\"all\":[{}]}}", tests.join(","))), "")
        }),
        json("a test a hundred levels deep", "document.depth", || pack(&rule("r", &nested(100)), "")),
        json("a test fifty levels deep", "pack.test_depth", || pack(&rule("r", &nested(50)), "")),
        json("thirty conditions that double", "pack.too_many_tests", || doubled(30, 2)),
        json("a thousand conditions that double", "pack.too_many_tests", || doubled(1_000, 2)),
        json("conditions that take a thousand of the one before", "pack.too_many_tests", || doubled(9, 1_000)),
        json("conditions of conditions that stand in one another's way", "pack.test_depth", || doubled(1_000, 1)),
        json("more than twenty thousand tests", "pack.too_many_tests", || {
            let tests = format!("{{\"all\":[{}]}}", vec![KNOWN; limits::LIST - 1].join(","));
            pack(&rule("r", &format!("{{\"all\":[{}]}}", vec![tests; 21].join(","))), "")
        }),
        loads("nearly twenty thousand tests of a field that applies at times", || {
            let tests = format!("{{\"all\":[{}]}}", vec!["{\"known\":\"host.siret\"}"; limits::LIST - 1].join(","));
            let guard = "{\"field\":\"host.country\",\"is\":\"FR\"}";
            pack(&rule("r", &format!("{{\"all\":[{guard},{}]}}", vec![tests; 19].join(","))), "")
        }),
        loads("nearly twenty thousand tests that differ", || {
            let tests =
                |from: usize| (from..from + 999).map(|n| format!("{{\"field\":\"weekly_hours\",\"more_than\":{n}}}"));
            let all = (0..19).map(|n| format!("{{\"any\":[{}]}}", tests(n * 1_000).collect::<Vec<_>>().join(",")));
            pack(&rule("r", &format!("{{\"all\":[{}]}}", all.collect::<Vec<_>>().join(","))), "")
        }),
        loads("a thousand rules behind a guard of many alternatives", || {
            let any = format!("{{\"any\":[{KNOWN},{{\"known\":\"end\"}}]}}");
            let guard = format!("\"applies_when\": {{\"all\":[{}]}},", vec![any; 8].join(","));
            let rules: Vec<String> = (0..limits::LIST).map(|n| rule(&format!("r{n}"), KNOWN)).collect();
            pack(&rules.join(","), &guard)
        }),
        loads("numbers as large as they come", || {
            let number = "{\"multiply\":[1.7e308,{\"field\":\"weekly_hours\"}],\"at_most\":{\"add\":[1.7e308,1.7e308,-1.7e308]}}";
            let day = "{\"date\":{\"shift\":\"start\",\"years\":9007199254740991,\"days\":-9007199254740991},\"before\":\"end\"}";
            pack(&rule("r", &format!("{{\"all\":[{number},{day}]}}")), "")
        }),
        json("a number that is none", "document.number", || {
            pack(&rule("r", "{\"field\":\"weekly_hours\",\"at_most\":1e400}"), "")
        }),
        json("ten thousand placeholders, and a thousand values shown", "pack.too_many_problems", || {
            let show: Vec<String> = (0..limits::LIST).map(|n| format!("\"s{n}\":{{\"field\":\"start\"}}")).collect();
            let say = "{xx}".repeat(2_500);
            let rule = rule("r", KNOWN).replace("\"fr\":\"t\"", &format!("\"fr\":\"{say}\""));
            pack(&rule.replace("\"id\"", &format!("\"show\":{{{}}},\"id\"", show.join(","))), "")
        }),
    ]
}

const KNOWN: &str = "{\"known\":\"start\"}";

fn pack(rules: &str, more: &str) -> String {
    format!(
        "{{\"format\":1,\"pack\":\"test.hostile\",\"version\":\"2026.1\",\"system\":\"project\",\"title\":{TEXTS},\
         \"checked_until\":\"2030-01-01\",\"applies_to\":\"placement\",{more}\"rules\":[{rules}]}}"
    )
}

const TEXTS: &str = "{\"fr\":\"t\",\"nl\":\"t\",\"en\":\"t\"}";

fn rule(id: &str, that: &str) -> String {
    format!(
        "{{\"id\":\"{id}\",\"effect\":\"require\",\"that\":{that},\"say\":{TEXTS},\"source\":{{\"law\":\"t\"}},\"verified\":false}}"
    )
}

fn nested(depth: usize) -> String {
    format!("{}{KNOWN}{}", "{\"not\":".repeat(depth), "}".repeat(depth))
}

/// So many conditions, each of which holds the one before so many times.
fn doubled(count: usize, times: usize) -> String {
    let each = |n: usize| {
        let before = format!("{{\"condition\":\"c{}\"}}", n.saturating_sub(1));
        let tests = if n == 0 { KNOWN.to_owned() } else { vec![before; times].join(",") };
        format!("\"c{n}\":{{\"all\":[{tests}]}}")
    };
    let conditions: Vec<String> = (0..count).map(each).collect();
    let that = format!("{{\"condition\":\"c{}\"}}", count.saturating_sub(1));
    pack(&rule("r", &that), &format!("\"conditions\":{{{}}},", conditions.join(",")))
}
