//! What is known of many rows before any of them is looked at.
//!
//! The rows of a table enter once; for each row fewer columns and rules are then left to be asked. A column is passed over where none of
//! its cells can give a finding, a rule where it cannot fail because it reads what no row has. A rule that reads columns of few
//! different cells is asked once for each combination ([`Memo`]). Nothing is judged here in another way: what is left is judged by the
//! code that judges one record, and a record alone is judged without an outlook.

use super::Judge;
use super::observation::Figures;
use crate::catalogue::{ColumnDef, ColumnId, FieldType, Role, TableDef};
use crate::date::Date;
use crate::field::Absence;
use crate::kernel::{Day, FieldRef, Kind, Number, Test};
use crate::pack::{AnchorDef, Effect, Pack, Rule};
use crate::rows::{Cell, FewCells, Records, Rows};
use crate::rulebook::Rulebook;
use crate::territory::Lookup;
use std::collections::BTreeSet;

/// At most so many combinations of cells are remembered for a rule.
const COMBINATIONS: usize = 1 << 16;

/// What is left to be asked of each row.
pub(super) struct Outlook<'a> {
    kinds: Vec<(Role, Vec<Table<'a>>)>,
    pub(super) rules: Vec<Asked<'a>>,
}

/// One table of a kind.
pub(super) struct Table<'a> {
    /// The columns that may give a finding.
    pub(super) columns: Vec<usize>,
    pub(super) figures: Option<Figures<'a>>,
}

/// A rule that may fail.
pub(super) struct Asked<'a> {
    pub(super) pack: &'a Pack,
    pub(super) rule: &'a Rule,
    pub(super) memo: Option<Memo<'a>>,
}

impl<'a> Outlook<'a> {
    pub(super) fn of<R: Rows>(book: &'a Rulebook, records: &'a Records<R>, on: Date) -> Self {
        let tables = |(role, rows): (Role, &'a R)| {
            let look = Look { book, rows, role, on };
            (role, role.layout().tables.iter().enumerate().map(|(table, def)| look.table(table, def)).collect())
        };
        let blank = |field: FieldRef| records.get(field.role).is_none_or(|rows| rows.is_blank(field.id));
        let rules = super::packs(book, records).flat_map(|pack| pack.rules.iter().map(move |rule| (pack, rule)));
        let asked = |(pack, rule): (&'a Pack, &'a Rule)| Asked { pack, rule, memo: Memo::of(pack, rule, records) };
        Self {
            kinds: records.iter().map(tables).collect(),
            rules: rules.filter(|(pack, rule)| can_fail(pack, rule, &blank)).map(asked).collect(),
        }
    }

    pub(super) fn table(&self, role: Role, table: usize) -> Option<&Table<'a>> {
        self.kinds.iter().find(|(kind, _)| *kind == role).and_then(|(_, tables)| tables.get(table))
    }
}

/// The rows of a kind.
struct Look<'a, R> {
    book: &'a Rulebook,
    rows: &'a R,
    role: Role,
    on: Date,
}

impl<'a, R: Rows> Look<'a, R> {
    fn table(&self, table: usize, def: &TableDef) -> Table<'a> {
        let columns = def.columns.iter().enumerate();
        let asked = columns.filter(|(column, def)| self.may_tell(ColumnId { table, column: *column }, def));
        Table {
            columns: asked.map(|(column, _)| column).collect(),
            figures: Figures::of(self.book, self.rows, self.role, table),
        }
    }

    /// Whether a column may give a finding in some row.
    fn may_tell(&self, id: ColumnId, column: &ColumnDef) -> bool {
        if self.rows.is_blank(id) {
            return column.field.required;
        }
        let judged = column.applicable.is_some()
            || column.field.counts.is_some()
            || match column.field.kind {
                FieldType::Code(_) | FieldType::Territory => self.has_code_to_judge(id, column.field.kind, column),
                FieldType::Codes(list) => column.child.is_some_and(|table| {
                    self.has_code_to_judge(ColumnId { table, column: 0 }, FieldType::Code(list), column)
                }),
                FieldType::Objects(_) => column.child.is_some_and(|table| self.any_in(table)),
                _ => false,
            };
        judged || (column.field.required && self.has_not_given(id))
    }

    fn any_in(&self, table: usize) -> bool {
        let Some(def) = self.role.layout().table(table) else { return false };
        let mut columns = def.columns.iter().enumerate();
        super::observation::holds_figures(self.role)
            || columns.any(|(column, def)| self.may_tell(ColumnId { table, column }, def))
    }

    fn has_not_given(&self, id: ColumnId) -> bool {
        (0..self.rows.len(id.table)).any(|row| self.rows.cell(id, row) == Cell::Absent(Absence::NotGiven))
    }

    /// Whether some code or commune is not in force on the day that counts, or may not be.
    fn has_code_to_judge(&self, id: ColumnId, kind: FieldType, column: &ColumnDef) -> bool {
        let Some(few) = self.rows.few(id) else { return true };
        let mut texts = few.cells.iter().filter_map(|cell| match cell {
            Cell::Text(text) => Some(*text),
            _ => None,
        });
        let fixed = column.valid_at.is_none();
        texts.any(|text| if fixed { self.tells(kind, text) } else { self.is_dated(kind, text) })
    }

    /// Whether a code or commune gives a finding on the given day.
    fn tells(&self, kind: FieldType, text: &str) -> bool {
        let mut judge = Judge::new(self.book, self.rows, self.role, 0, self.on, None);
        judge.code_on(kind, text, Some(self.on), |role| crate::finding::Path::new(Some(role), Vec::new(), false));
        !judge.findings.is_empty()
    }

    /// Whether a code or commune may give a finding on some day.
    fn is_dated(&self, kind: FieldType, text: &str) -> bool {
        match kind {
            FieldType::Code(list) => {
                let code = self.book.codes().get(list).and_then(|codes| codes.find(text));
                code.is_some_and(|code| code.from().is_some() || code.to().is_some())
            }
            _ => match self.book.territory().lookup(text) {
                Lookup::Known(commune) => commune.from().is_some() || commune.to().is_some(),
                _ => true,
            },
        }
    }
}

/// Whether a rule may fail in some row, where blank fields are `not_given` in all of them.
fn can_fail(pack: &Pack, rule: &Rule, blank: &dyn Fn(FieldRef) -> bool) -> bool {
    let anchor = match rule.as_of {
        AnchorDef::Field(field) => !blank(field),
        AnchorDef::Decision => true,
    };
    let guards = || pack.applies_when.iter().chain(&rule.when).all(|test| may_be(test, true, blank));
    let excepted =
        || rule.effect != Effect::Oblige && !rule.unless.iter().all(|unless| may_be(&unless.test, false, blank));
    anchor && rule.each.is_none_or(|list| !blank(list)) && guards() && may_be(&rule.that, false, blank) && !excepted()
}

/// Whether a test may come to a truth in some row. An operator that is not named here may come to any.
fn may_be(test: &Test, truth: bool, blank: &dyn Fn(FieldRef) -> bool) -> bool {
    let inner = |test: &Test| may_be(test, truth, blank);
    let mut needed = BTreeSet::new();
    match &test.kind {
        Kind::Not(test) => return may_be(test, !truth, blank),
        Kind::All(tests) if truth => return tests.iter().all(inner),
        Kind::Any(tests) if !truth => return tests.iter().all(inner),
        Kind::All(tests) | Kind::Any(tests) => return tests.iter().any(inner),
        Kind::Known(field) | Kind::Is(field, _) | Kind::Within(field, _) => needed.extend([*field]),
        Kind::SameSystem(a, b) => needed.extend([*a, *b]),
        Kind::Dates(a, _, b) => [a, b].iter().for_each(|day| days_need(day, &mut needed)),
        Kind::Compare(a, _, b) => [a, b].iter().for_each(|number| numbers_need(number, &mut needed)),
    }
    // Without a value a test is open; where a field does not apply, it is false.
    let open = needed.iter().any(|field| blank(*field));
    let may_not_apply = || needed.iter().any(|field| field.column().is_none_or(|column| column.applicable.is_some()));
    !open || (!truth && may_not_apply())
}

/// The fields without whose value a number is open.
fn numbers_need(number: &Number, needed: &mut BTreeSet<FieldRef>) {
    match number {
        Number::Field(field) => needed.extend([*field]),
        Number::Days { from: a, to: b, .. } | Number::Age { birth: a, at: b } => {
            [a, b].iter().for_each(|day| days_need(day, needed));
        }
        Number::Literal(_) | Number::Param(_) => {}
    }
}

/// The fields without whose value a day is open.
fn days_need(day: &Day, needed: &mut BTreeSet<FieldRef>) {
    match day {
        Day::Field(field) => needed.extend([*field]),
        Day::Shift { day, months, days } => {
            days_need(day, needed);
            months.iter().chain(days).for_each(|number| numbers_need(number, needed));
        }
        Day::Literal(_) | Day::Decision => {}
    }
}

/// For a rule that reads columns of few different cells: with which of their combinations it does not fail.
pub(super) struct Memo<'a> {
    /// The columns, and whether the element holds them or the record.
    columns: Vec<(FewCells<'a>, bool)>,
    passes: Vec<bool>,
}

impl<'a> Memo<'a> {
    fn of<R: Rows>(pack: &Pack, rule: &Rule, records: &'a Records<R>) -> Option<Self> {
        let tests = || pack.applies_when.iter().chain(&rule.when).chain([&rule.that]);
        let tests = || tests().chain(rule.unless.iter().map(|unless| &unless.test));
        if rule.as_of != AnchorDef::Decision || !tests().all(reads_cells_alone) {
            return None;
        }
        let fields: BTreeSet<FieldRef> = tests().flat_map(Test::fields).flat_map(with_sibling).collect();
        let columns = fields.iter().filter_map(|field| Some((field, records.get(field.role)?)));
        let columns = columns.map(|(field, rows)| Some((rows.few(field.id)?, field.id.table != 0)));
        let columns: Vec<(FewCells<'a>, bool)> = columns.collect::<Option<_>>()?;
        let size = columns.iter().try_fold(1_usize, |size, (few, _)| size.checked_mul(few.cells.len()))?;
        (size <= COMBINATIONS).then(|| Self { columns, passes: vec![false; size] })
    }

    /// The number of a combination.
    pub(super) fn place(&self, row: usize, element: Option<usize>) -> usize {
        let of = |in_element: bool| if in_element { element.unwrap_or(usize::MAX) } else { row };
        self.columns.iter().fold(0, |sum, (few, inner)| sum * few.cells.len() + few.place(of(*inner)))
    }

    pub(super) fn passes(&self, place: usize) -> bool {
        self.passes.get(place).copied().unwrap_or_default()
    }

    pub(super) fn note_pass(&mut self, place: usize) {
        if let Some(passes) = self.passes.get_mut(place) {
            *passes = true;
        }
    }
}

/// Whether a test reads nothing of the rows but the cells of its fields.
fn reads_cells_alone(test: &Test) -> bool {
    match &test.kind {
        Kind::All(tests) | Kind::Any(tests) => tests.iter().all(reads_cells_alone),
        Kind::Not(test) => reads_cells_alone(test),
        Kind::Known(_) | Kind::Is(..) | Kind::Within(..) | Kind::SameSystem(..) => true,
        _ => false,
    }
}

/// A field, and the one that decides whether it applies.
fn with_sibling(field: FieldRef) -> impl Iterator<Item = FieldRef> {
    let sibling = field.column().and_then(|column| column.applicable);
    let sibling = sibling.map(|(column, _)| FieldRef { id: ColumnId { column, ..field.id }, ..field });
    [field].into_iter().chain(sibling)
}

/// What was found out of each of the few different cells of a column.
pub(super) struct Told<'a, T> {
    few: FewCells<'a>,
    told: Vec<T>,
}

impl<'a, T: Copy + Default> Told<'a, T> {
    /// Finds it out for each text; for any other cell it is the default.
    pub(super) fn of<R: Rows>(rows: &'a R, id: ColumnId, tell: impl Fn(&'a str) -> T) -> Option<Self> {
        let few = rows.few(id)?;
        let told = few.cells.iter().map(|cell| match cell {
            Cell::Text(text) => tell(text),
            _ => T::default(),
        });
        Some(Self { few, told: told.collect() })
    }

    pub(super) fn get(&self, row: usize) -> T {
        self.told.get(self.few.place(row)).copied().unwrap_or_default()
    }
}
