//! The limit for a `participant`.

use super::{Day, Found, Sink, Tables, same_system};
use sam_eurometropole::privacy::looks_like_national_number;
use serde::Deserialize;

#[derive(Default, Deserialize)]
pub(crate) struct Participant<'t> {
    pub(crate) id: Option<&'t str>,
    pub(crate) birth_date: Option<Day>,
    pub(crate) gender: Option<&'t str>,
    pub(crate) residence: Option<&'t str>,
    pub(crate) supported_by: Option<&'t str>,
    #[serde(borrow)]
    pub(crate) benefits: Option<Vec<Benefit<'t>>>,
    #[serde(default, borrow)]
    pub(crate) jobseeker: Jobseeker<'t>,
    pub(crate) education_level: Option<&'t str>,
    #[serde(borrow)]
    pub(crate) languages: Option<Vec<Language<'t>>>,
    pub(crate) level1_count: Option<i64>,
    pub(crate) keep_until: Option<Day>,
}

#[derive(Deserialize)]
pub(crate) struct Benefit<'t> {
    pub(crate) benefit: Option<&'t str>,
    pub(crate) since: Option<Day>,
    pub(crate) until: Option<Day>,
}

#[derive(Default, Deserialize)]
pub(crate) struct Jobseeker<'t> {
    pub(crate) registered: Option<bool>,
    pub(crate) register: Option<&'t str>,
    pub(crate) since: Option<Day>,
}

#[derive(Deserialize)]
pub(crate) struct Language<'t> {
    pub(crate) language: Option<&'t str>,
    pub(crate) level: Option<&'t str>,
}

/// The findings of a line.
pub(crate) fn line(tables: &Tables<'_>, row: usize, line: &str, found: &mut Vec<Found>) {
    match serde_json::from_str(line) {
        Ok(record) => check(tables, row, &record, found),
        Err(_) => found.push((row, "input.syntax", String::new())),
    }
}

/// The findings of a record.
pub(crate) fn check(tables: &Tables<'_>, row: usize, record: &Participant<'_>, found: &mut Vec<Found>) {
    let mut sink = Sink { row, found };
    let (on, today) = (tables.on, Some(tables.on));
    pseudonym(record.id, &mut sink);
    if let Some(born) = sink.day(record.birth_date, || "birth_date".to_owned()) {
        if born > on {
            sink.add("participant.born_after_today", "birth_date");
        }
        // 111 years have 40,542 or 40,543 days; nobody in the data is near them.
        if on - born >= 40_543 {
            sink.add("participant.older_than_110", "birth_date");
        }
    }
    sink.code(&tables.gender, record.gender, today, || "gender".to_owned());
    let residence = sink.commune(tables, record.residence, today, "residence");
    let centre = sink.code(&tables.partner, record.supported_by, today, || "supported_by".to_owned());
    for (place, benefit) in record.benefits.iter().flatten().enumerate() {
        self::benefit(tables, place, benefit, centre, &mut sink);
    }
    jobseeker(tables, &record.jobseeker, residence, &mut sink);
    sink.code(&tables.education, record.education_level, today, || "education_level".to_owned());
    for (place, language) in record.languages.iter().flatten().enumerate() {
        if language.language.is_none() {
            sink.add("field.required", format!("languages[{place}].language"));
        }
        sink.code(&tables.language, language.language, today, || format!("languages[{place}].language"));
        sink.code(&tables.cefr, language.level, today, || format!("languages[{place}].level"));
    }
    if record.level1_count.is_some_and(|count| !(0..=18).contains(&count)) {
        sink.add("value.out_of_range", "level1_count");
    }
    if sink.day(record.keep_until, || "keep_until".to_owned()).is_some_and(|day| day < on) {
        sink.add("participant.kept_too_long", "keep_until");
    }
}

fn pseudonym(id: Option<&str>, sink: &mut Sink<'_>) {
    let Some(id) = id else { return };
    if id.chars().count() > 64 {
        sink.add("limit.text", "id");
    } else if id.bytes().filter(u8::is_ascii_digit).count() > 10 && looks_like_national_number(id) {
        sink.add("privacy.national_number", "id");
    }
}

fn benefit(
    tables: &Tables<'_>,
    place: usize,
    benefit: &Benefit<'_>,
    centre: Option<super::Entry<'_>>,
    sink: &mut Sink<'_>,
) {
    let path = |name: &str| format!("benefits[{place}].{name}");
    let since = sink.day(benefit.since, || path("since"));
    let until = sink.day(benefit.until, || path("until"));
    if benefit.benefit.is_none() {
        sink.add("field.required", path("benefit"));
    }
    let entry = sink.code(&tables.benefit, benefit.benefit, since, || path("benefit"));
    if since.zip(until).is_some_and(|(since, until)| until < since) {
        sink.add("participant.benefit_ends_before_start", format!("{},{}", path("since"), path("until")));
    }
    if entry.zip(centre).is_some_and(|(benefit, centre)| !same_system(benefit, centre)) {
        sink.add("participant.benefit_of_other_system", format!("{},supported_by", path("benefit")));
    }
}

fn jobseeker(tables: &Tables<'_>, jobseeker: &Jobseeker<'_>, residence: Option<super::Entry<'_>>, sink: &mut Sink<'_>) {
    let applies = jobseeker.registered != Some(false);
    if !applies && jobseeker.register.is_some() {
        sink.add("field.not_applicable", "jobseeker.register");
    }
    if !applies && jobseeker.since.is_some_and(|day| day.0.is_some()) {
        sink.add("field.not_applicable", "jobseeker.since");
    }
    let today = applies.then_some(tables.on);
    let register = sink.code(&tables.register, jobseeker.register, today, || "jobseeker.register".to_owned());
    sink.day(jobseeker.since, || "jobseeker.since".to_owned());
    let registered = jobseeker.registered == Some(true);
    if registered && register.zip(residence).is_some_and(|(register, commune)| !same_system(register, commune)) {
        sink.add("participant.register_of_other_system", "jobseeker.register,residence");
    }
}
