//! The people of the bench: made up, the same in every run; one in ten lacks an answer.

use crate::common::arrow::Kind::{self, Bool, Day, Integer, List, Number, Text};
use crate::common::dice::Dice;

/// The day on which everything is decided.
pub(crate) const ON: &str = "2026-06-01";

/// One case in so many lacks an answer.
const LACKS: u64 = 10;

/// The cases as a table.
pub(crate) const COLUMNS: &[(&str, Kind)] = &[
    ("placement.id", Text),
    ("placement.kind", Text),
    ("placement.scheme", Text),
    ("placement.start", Day),
    ("placement.end", Day),
    ("placement.home.partner", Text),
    ("placement.host.country", Text),
    ("placement.weekly_hours", Number),
    ("placement.presence_days", Integer),
    ("placement.agreement.signed_by.legal_representative", Bool),
    ("participant.id", Text),
    ("participant.birth_date", Day),
    ("participant.benefits", List(&[("benefit", Text), ("since", Day)])),
];

/// Lines of JSON, one case each.
pub(crate) fn lines(rows: usize) -> Vec<String> {
    let mut dice = Dice(0x5eed_0154);
    (0..rows).map(|row| line(row, &mut dice)).collect()
}

fn line(row: usize, dice: &mut Dice) -> String {
    let lacks = if dice.below(LACKS) == 0 { dice.below(7) + 1 } else { 0 };
    let answer = |number: u64, text: String| if lacks == number { String::new() } else { text };
    let scheme = if dice.below(10) == 0 { "fr_emt" } else { "fr_pmsmp" };
    let scheme = answer(1, format!(r#""scheme":"{scheme}","#));
    let (month, day) = (6 + dice.below(6), 1 + dice.below(28));
    let start = answer(2, format!(r#""start":"2026-{month:02}-{day:02}","#));
    let end = answer(3, format!(r#""end":"2026-{:02}-{:02}","#, month + 1, 1 + dice.below(day + 1).min(27)));
    let hours = answer(4, format!(r#""weekly_hours":{}.{},"#, 20 + dice.below(30), 5 * dice.below(2)));
    let signed = answer(5, format!(r#","agreement":{{"signed_by":{{"legal_representative":{}}}}}"#, dice.below(3) > 0));
    let born = if dice.below(4) == 0 { dice.day(2007, 5) } else { dice.day(1965, 42) };
    let birth = answer(6, format!(r#","birth_date":"{born}""#));
    let benefits = (0..1 + dice.below(3)).map(|_| {
        let benefit = dice.pick(&["fr_rsa", "fr_ass", "fr_aah", "fr_are", "other"]);
        format!(r#"{{"benefit":"{benefit}","since":"{}"}}"#, dice.day(2016, 9))
    });
    let benefits = benefits.collect::<Vec<_>>().join(",");
    let benefits = answer(7, format!(r#","benefits":[{benefits}]"#));
    format!(
        r#"{{"placement":{{"id":"L-{row:07}","kind":"immersion",{scheme}{start}{end}"home":{{"partner":"ccas_lille"}},"host":{{"country":"BE"}},{hours}"presence_days":{}{signed}}},"participant":{{"id":"P-{row:07}"{birth}{benefits}}}}}"#,
        1 + dice.below(25),
    )
}
