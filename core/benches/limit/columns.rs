//! The limit over Arrow arrays: each column is looked up once, each row is borrowed from the arrays.

use super::observation::{self, Breakdown, Observation};
use super::participant::{self, Benefit, Jobseeker, Language, Participant};
use super::{Day, Found, Tables};
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, ListArray, RecordBatch, StringArray,
    StructArray,
};

/// A typed column of a batch or struct; a missing one is an error of the bench.
fn texts(array: Option<&ArrayRef>) -> Option<&StringArray> {
    array?.as_string_opt::<i32>()
}

fn days(array: Option<&ArrayRef>) -> Option<&Date32Array> {
    array?.as_primitive_opt::<Date32Type>()
}

fn integers(array: Option<&ArrayRef>) -> Option<&Int64Array> {
    array?.as_primitive_opt::<Int64Type>()
}

fn numbers(array: Option<&ArrayRef>) -> Option<&Float64Array> {
    array?.as_primitive_opt::<Float64Type>()
}

fn bools(array: Option<&ArrayRef>) -> Option<&BooleanArray> {
    array?.as_boolean_opt()
}

fn structs(array: Option<&ArrayRef>) -> Option<(&ListArray, &StructArray)> {
    let list = array?.as_list_opt::<i32>()?;
    Some((list, list.values().as_struct_opt()?))
}

fn text(column: &StringArray, row: usize) -> Option<&str> {
    column.is_valid(row).then(|| column.value(row))
}

fn day(column: &Date32Array, row: usize) -> Option<Day> {
    column.is_valid(row).then(|| Day(Some(column.value(row))))
}

fn integer(column: &Int64Array, row: usize) -> Option<i64> {
    column.is_valid(row).then(|| column.value(row))
}

fn number(column: &Float64Array, row: usize) -> Option<f64> {
    column.is_valid(row).then(|| column.value(row))
}

/// The rows of a list, if it is given.
fn elements(list: &ListArray, row: usize) -> Option<std::ops::Range<usize>> {
    let at = |place: usize| list.value_offsets().get(place).and_then(|offset| usize::try_from(*offset).ok());
    list.is_valid(row).then_some(at(row)?..at(row + 1)?)
}

/// The findings of all rows; none where a column is missing or of another type.
pub(crate) fn participants(tables: &Tables<'_>, batch: &RecordBatch, found: &mut Vec<Found>) -> Option<()> {
    let column = |name: &str| batch.column_by_name(name);
    let (id, birth, gender) = (texts(column("id"))?, texts(column("birth_date"))?, texts(column("gender"))?);
    let (residence, centre) = (texts(column("residence"))?, texts(column("supported_by"))?);
    let (benefits, benefit) = structs(column("benefits"))?;
    let of_benefit = |name: &str| benefit.column_by_name(name);
    let name_of_benefit = texts(of_benefit("benefit"))?;
    let (since, until) = (days(of_benefit("since"))?, days(of_benefit("until"))?);
    let registered = bools(column("jobseeker.registered"))?;
    let (register, registered_since) = (texts(column("jobseeker.register"))?, days(column("jobseeker.since"))?);
    let education = texts(column("education_level"))?;
    let (languages, language) = structs(column("languages"))?;
    let (name_of_language, level) =
        (texts(language.column_by_name("language"))?, texts(language.column_by_name("level"))?);
    let (count, keep) = (integers(column("level1_count"))?, days(column("keep_until"))?);
    let mut record = Participant::default();
    for row in 0..batch.num_rows() {
        record.id = text(id, row);
        record.birth_date = text(birth, row).map(Day::parse);
        record.gender = text(gender, row);
        record.residence = text(residence, row);
        record.supported_by = text(centre, row);
        let list = record.benefits.get_or_insert_default();
        list.clear();
        list.extend(elements(benefits, row).into_iter().flatten().map(|row| Benefit {
            benefit: text(name_of_benefit, row),
            since: day(since, row),
            until: day(until, row),
        }));
        record.jobseeker = Jobseeker {
            registered: registered.is_valid(row).then(|| registered.value(row)),
            register: text(register, row),
            since: day(registered_since, row),
        };
        record.education_level = text(education, row);
        let list = record.languages.get_or_insert_default();
        list.clear();
        list.extend(
            elements(languages, row)
                .into_iter()
                .flatten()
                .map(|row| Language { language: text(name_of_language, row), level: text(level, row) }),
        );
        record.level1_count = integer(count, row);
        record.keep_until = day(keep, row);
        participant::check(tables, row, &record, found);
    }
    Some(())
}

/// The findings of all rows; none where a column is missing or of another type.
pub(crate) fn observations(tables: &Tables<'_>, batch: &RecordBatch, found: &mut Vec<Found>) -> Option<()> {
    let column = |name: &str| batch.column_by_name(name);
    let (indicator, territory, period) =
        (texts(column("indicator"))?, texts(column("territory"))?, texts(column("period"))?);
    let (sex, unit, status) = (texts(column("breakdown.sex"))?, texts(column("unit"))?, texts(column("obs_status"))?);
    let (source, partner) = (texts(column("source"))?, texts(column("partner"))?);
    let value = numbers(column("value"))?;
    let (numerator, denominator) = (numbers(column("numerator"))?, numbers(column("denominator"))?);
    let (vintage, released) = (integers(column("vintage"))?, days(column("released_on"))?);
    for row in 0..batch.num_rows() {
        let record = Observation {
            indicator: text(indicator, row),
            territory: text(territory, row),
            period: text(period, row),
            breakdown: Breakdown { sex: text(sex, row) },
            value: number(value, row),
            unit: text(unit, row),
            obs_status: text(status, row),
            source: text(source, row),
            numerator: number(numerator, row),
            denominator: number(denominator, row),
            vintage: integer(vintage, row),
            released_on: day(released, row),
            partner: text(partner, row),
        };
        observation::check(tables, row, &record, found);
    }
    Some(())
}
