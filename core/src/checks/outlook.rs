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
use crate::kernel::{Day, Element, Facts, FieldRef, Kind, Number, Open, Range, Test, cell_is, completed_years};
use crate::order;
use crate::pack::{AnchorDef, Effect, Pack, Rule};
use crate::rows::{Cell, FewCells, Records, Rows};
use crate::rulebook::Rulebook;
use crate::truth::Truth;
use std::collections::BTreeSet;

/// At most so many combinations of cells are remembered for a rule.
const COMBINATIONS: usize = 1 << 17;
/// And at most so many for each row.
const COMBINATIONS_A_ROW: usize = 1 << 10;
/// Reasons of absence.
const REASONS: usize = 6;

/// What is left to be asked of each row.
pub(super) struct Outlook<'a> {
    pub(super) kinds: Vec<(Role, Vec<Table<'a>>)>,
    pub(super) rules: Vec<Asked<'a>>,
}

/// One table of a kind.
pub(super) struct Table<'a> {
    /// The columns that may give a finding.
    pub(super) columns: Vec<Column<'a>>,
    pub(super) figures: Option<Figures<'a>>,
}

/// A column that may give a finding.
pub(super) struct Column<'a> {
    pub(super) column: usize,
    /// Whether it has to be given.
    required: bool,
    /// Where it applies only under a condition: whether a row fulfils it.
    applies: Option<Told<'a, bool>>,
    cells: Cells<'a>,
}

/// What is known of the cells of a column, where it applies.
enum Cells<'a> {
    /// They give no finding if they are given where they have to be.
    Fine,
    /// They are lists: what is wrong is wrong with the rows of their elements.
    Lists,
    /// These codes or communes give none from the first to the last day.
    InForce(Told<'a, Option<(Date, Date)>>),
    /// They have to be looked at.
    Unknown,
}

impl Column<'_> {
    /// Whether it is known that a row gives no finding; `day` is the day that counts.
    #[inline]
    pub(super) fn is_fine(&self, row: usize, day: impl FnOnce() -> Option<Date>) -> bool {
        let applies = self.applies.as_ref().is_none_or(|told| told.get(row));
        applies
            && match &self.cells {
                Cells::Fine => !self.required,
                Cells::InForce(told) => is_within(told.get(row), day),
                Cells::Lists | Cells::Unknown => false,
            }
    }

    /// Marks the rows in which it may give a finding, but for those of the elements of its lists.
    pub(super) fn mark<R: Rows>(&self, rows: &R, id: ColumnId, def: &ColumnDef, on: Date, marks: &mut [bool]) {
        match (&self.applies, &self.cells) {
            (None, Cells::Fine | Cells::Lists) if !self.required => {}
            (None, Cells::InForce(told)) if def.valid_at.is_none() => {
                told.mark(marks, |days| is_within(days, || Some(on)));
            }
            _ => marks.iter_mut().enumerate().filter(|(_, mark)| !**mark).for_each(|(row, mark)| {
                *mark = self.may_tell(rows, id, row, || super::valid_at(rows, def, id.table, row, on));
            }),
        }
    }

    fn may_tell<R: Rows>(&self, rows: &R, id: ColumnId, row: usize, day: impl FnOnce() -> Option<Date>) -> bool {
        let cell = rows.cell(id, row);
        let lacks = self.required && cell == Cell::Absent(Absence::NotGiven);
        lacks
            || match self.applies.as_ref().is_none_or(|told| told.get(row)) {
                false => !matches!(cell, Cell::Absent(_)),
                true => match &self.cells {
                    Cells::Fine | Cells::Lists => false,
                    Cells::InForce(told) => !is_within(told.get(row), day),
                    Cells::Unknown => true,
                },
            }
    }
}

/// Whether the day that counts lies between the days of a code; a code whose days are not known is judged.
#[inline]
fn is_within(days: Option<(Date, Date)>, day: impl FnOnce() -> Option<Date>) -> bool {
    days.is_some_and(|(from, to)| day().is_none_or(|day| from <= day && day <= to))
}

/// A rule that may fail.
pub(super) struct Asked<'a> {
    pub(super) pack: &'a Pack,
    pub(super) rule: &'a Rule,
    pub(super) memo: Option<Memo<'a>>,
    /// Whether it is a plain comparison, which can be seen to hold without the evaluator.
    is_plain: bool,
}

impl<'a> Asked<'a> {
    fn of<R: Rows>(pack: &'a Pack, rule: &'a Rule, records: &'a Records<R>) -> Self {
        let is_plain = rule.as_of != AnchorDef::EachDay && is_plain(&rule.that);
        let memo = if is_plain { None } else { Memo::of(pack, rule, records) };
        Self { pack, rule, memo, is_plain }
    }

    /// Whether it is known not to fail for a record.
    pub(super) fn holds<R: Rows>(&mut self, facts: Facts<'_, R>, scratch: &mut Vec<Open>) -> bool {
        let Some(list) = self.rule.each else { return self.holds_for(facts, scratch) };
        let Cell::Rows(span) = facts.cell(list) else { return true };
        let Some(table) = list.column().and_then(|column| column.child) else { return true };
        span.rows().enumerate().all(|(index, row)| {
            let around = facts.around.with(Element { role: list.role, table, row, index });
            self.holds_for(Facts { around, ..facts }, scratch)
        })
    }

    fn holds_for<R: Rows>(&mut self, facts: Facts<'_, R>, scratch: &mut Vec<Open>) -> bool {
        if let Some(memo) = &self.memo
            && let Some(place) = memo.place(&facts)
            && memo.passes(place)
        {
            return true;
        }
        self.is_plain && is_seen(&self.rule.that, &facts)
            || super::failed(self.pack, self.rule, facts, None, scratch, self.memo.as_mut()).is_none()
    }
}

/// Whether a test compares a day with another, or a number or an age with a limit, as [`is_seen`] takes it.
fn is_plain(test: &Test) -> bool {
    match &test.kind {
        Kind::Dates(Day::Field(_), _, Day::Field(_) | Day::Decision) => true,
        Kind::Compare(Number::Age { birth, at }, _, Number::Literal(_)) => {
            matches!((&**birth, &**at), (Day::Field(_), Day::Decision))
        }
        Kind::Compare(Number::Field(_), _, Number::Literal(_)) => true,
        _ => false,
    }
}

/// Whether a plain test is seen to hold, or to be open, by its cells alone. Of fields that apply only under a condition nothing is seen.
#[inline]
fn is_seen<R: Rows>(test: &Test, facts: &Facts<'_, R>) -> bool {
    let cell = |field: &FieldRef| {
        let always = field.column().is_some_and(|column| column.applicable.is_none());
        always.then(|| facts.cell(*field))
    };
    let day = |day: &Day| match day {
        Day::Field(field) => cell(field),
        _ => Some(Cell::Date(facts.on)),
    };
    match &test.kind {
        Kind::Dates(a, order, b) => match (day(a), day(b)) {
            (Some(Cell::Date(a)), Some(Cell::Date(b))) => order.holds(a, b),
            (Some(Cell::Absent(_)), Some(Cell::Absent(_) | Cell::Date(_))) => true,
            (Some(Cell::Date(_)), Some(Cell::Absent(_))) => true,
            _ => false,
        },
        Kind::Compare(number, relation, Number::Literal(than)) => {
            let (given, is_age) = match number {
                Number::Field(field) => (cell(field), false),
                Number::Age { birth, .. } => (day(birth), true),
                _ => return false,
            };
            let number = match given {
                Some(Cell::Number(number)) if !is_age => number,
                Some(Cell::Date(birth)) if is_age => f64::from(completed_years(birth, facts.on, facts.leap_day)),
                Some(Cell::Absent(_)) => return true,
                _ => return false,
            };
            relation.truth(Range::from(number), Range::from(*than)) == Truth::True
        }
        _ => false,
    }
}

impl<'a> Outlook<'a> {
    pub(super) fn of<R: Rows>(book: &'a Rulebook, records: &'a Records<R>, on: Date) -> Self {
        let tables = |(role, rows): (Role, &'a R)| {
            let look = Look { book, rows, role, on };
            (role, role.layout().tables.iter().enumerate().map(|(table, def)| look.table(table, def)).collect())
        };
        let blank = |field: FieldRef| records.get(field.role).is_none_or(|rows| rows.is_blank(field.id));
        let rules = super::packs(book, records).flat_map(|pack| pack.rules.iter().map(move |rule| (pack, rule)));
        let asked = |(pack, rule): (&'a Pack, &'a Rule)| Asked::of(pack, rule, records);
        Self {
            kinds: records.always().map(tables).collect(),
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
        let asked = asked.map(|(column, def)| self.column(ColumnId { table, column }, def));
        Table { columns: asked.collect(), figures: Figures::of(self.book, self.rows, self.role, table) }
    }

    fn column(&self, id: ColumnId, column: &ColumnDef) -> Column<'a> {
        let sibling = column.applicable.map(|(sibling, value)| (ColumnId { column: sibling, ..id }, value));
        let applies = sibling.map(|(sibling, value)| Told::of_cells(self.rows, sibling, |cell| cell_is(cell, value)));
        let cells = match applies {
            Some(None) => Cells::Unknown,
            _ => self.cells(id, column),
        };
        Column { column: id.column, required: column.field.required, applies: applies.flatten(), cells }
    }

    fn cells(&self, id: ColumnId, column: &ColumnDef) -> Cells<'a> {
        let kind = column.field.kind;
        match kind {
            FieldType::Code(_) | FieldType::Territory => {
                let always = (Date::FIRST, Date::LAST);
                let days = |cell: Cell<'a>| match cell {
                    Cell::Text(text) => {
                        self.dates(kind, text).map(|(a, b)| (a.unwrap_or(always.0), b.unwrap_or(always.1)))
                    }
                    Cell::Absent(Absence::NotGiven) if column.field.required => None,
                    _ => Some(always),
                };
                Told::of_cells(self.rows, id, days).map_or(Cells::Unknown, Cells::InForce)
            }
            FieldType::Objects(_) => Cells::Lists,
            _ if matches!(kind, FieldType::Codes(_)) || column.field.counts.is_some() => Cells::Unknown,
            _ => Cells::Fine,
        }
    }

    /// Whether a column may give a finding in some row.
    fn may_tell(&self, id: ColumnId, column: &ColumnDef) -> bool {
        if self.rows.is_blank(id) {
            return column.field.required;
        }
        let counts = column.field.counts.and_then(|counts| self.role.layout().find(counts.list));
        let judged = column.applicable.is_some()
            || counts.is_some_and(|list| !self.rows.is_blank(list))
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
        self.dates(kind, text) != Some((None, None))
    }

    /// The first and the last day of a code or commune, if it is known.
    fn dates(&self, kind: FieldType, text: &str) -> Option<(Option<Date>, Option<Date>)> {
        match kind {
            FieldType::Code(list) => self.book.codes().get(list)?.find(text).map(|code| (code.from(), code.to())),
            _ => self.book.territory().get(text).map(|commune| (commune.from(), commune.to())),
        }
    }
}

/// Whether a rule may fail in some row, where blank fields are `not_given` in all of them.
pub(super) fn can_fail(pack: &Pack, rule: &Rule, blank: &dyn Fn(FieldRef) -> bool) -> bool {
    let anchor = match rule.as_of {
        AnchorDef::Field(field) => !blank(field),
        AnchorDef::Decision | AnchorDef::EachDay => true,
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
        Kind::Known(field) | Kind::Is(field, _) => needed.extend([*field]),
        Kind::Some(list, _) | Kind::Every(list, _) => needed.extend([*list]),
        Kind::SameSystem(a, b) => needed.extend([*a, *b]),
        Kind::Dates(a, _, b) => [a, b].iter().for_each(|day| days_need(day, &mut needed)),
        Kind::Compare(a, _, b) => [a, b].iter().for_each(|number| numbers_need(number, &mut needed)),
        _ => return true,
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
        Number::Days { period, .. } => [&period.from, &period.to].iter().for_each(|day| days_need(day, needed)),
        Number::Age { birth, at } => [birth, at].iter().for_each(|day| days_need(day, needed)),
        // A number in which nothing has to be given.
        _ => {}
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
        Day::Bound { day, .. } => days_need(day, needed),
        Day::First(all) | Day::Last(all) => all.iter().for_each(|day| days_need(day, needed)),
        Day::Literal(_) | Day::Decision | Day::Anchor | Day::Param(_) => {}
    }
}

/// For a rule that reads columns of few different cells, or one of days: with which of their combinations it does not fail.
pub(super) struct Memo<'a> {
    columns: Vec<Remembered<'a>>,
    passes: Vec<bool>,
}

/// A column whose cells can be numbered.
enum Remembered<'a> {
    /// Few different cells, and the field that holds them.
    Few(FewCells<'a>, FieldRef),
    Days(FieldRef),
}

impl<'a> Remembered<'a> {
    fn of<R: Rows>(field: FieldRef, rows: &'a R) -> Option<Self> {
        match rows.few(field.id) {
            Some(few) => Some(Self::Few(few, field)),
            None => matches!(field.column()?.field.kind, FieldType::Date).then_some(Self::Days(field)),
        }
    }

    fn count(&self) -> usize {
        match self {
            Self::Few(few, _) => few.cells.len(),
            Self::Days(_) => REASONS + Date::COUNT,
        }
    }

    /// The number of what a row holds.
    #[inline]
    fn number<R: Rows>(&self, facts: &Facts<'_, R>) -> Option<usize> {
        match self {
            Self::Few(few, field) if field.id.table == 0 => Some(few.place(facts.row)),
            Self::Few(few, field) => Some(few.place(facts.around.of(field.role, field.id.table)?.row)),
            Self::Days(field) => match facts.cell(*field) {
                Cell::Date(day) => Some(REASONS + day.number()),
                Cell::Absent(reason) => Some(reason as usize),
                _ => None,
            },
        }
    }
}

impl<'a> Memo<'a> {
    fn of<R: Rows>(pack: &Pack, rule: &Rule, records: &'a Records<R>) -> Option<Self> {
        let tests = || pack.applies_when.iter().chain(&rule.when).chain([&rule.that]);
        let tests = || tests().chain(rule.unless.iter().map(|unless| &unless.test));
        if rule.as_of != AnchorDef::Decision || !tests().all(reads_cells_alone) {
            return None;
        }
        let fields = order::set(tests().flat_map(Test::fields).flat_map(with_sibling));
        let given = fields.iter().filter_map(|field| Some((*field, records.get(field.role)?)));
        let columns: Vec<_> = given.map(|(field, rows)| Remembered::of(field, rows)).collect::<Option<_>>()?;
        let size = columns.iter().try_fold(1_usize, |size, column| size.checked_mul(column.count()))?;
        let rows = records.get(pack.applies_to)?.len(0);
        let is_worth_it = size <= COMBINATIONS && size <= rows.saturating_mul(COMBINATIONS_A_ROW);
        is_worth_it.then(|| Self { columns, passes: vec![false; size] })
    }

    /// The number of the combination that a row holds.
    #[inline]
    pub(super) fn place<R: Rows>(&self, facts: &Facts<'_, R>) -> Option<usize> {
        self.columns.iter().try_fold(0, |sum, column| Some(sum * column.count() + column.number(facts)?))
    }

    #[inline]
    pub(super) fn passes(&self, place: usize) -> bool {
        self.passes.get(place).copied().unwrap_or_default()
    }

    pub(super) fn note_pass(&mut self, place: usize) {
        if let Some(passes) = self.passes.get_mut(place) {
            *passes = true;
        }
    }
}

/// Whether a test reads nothing of the rows but the cells of its fields. An operator that is not named here may read more.
fn reads_cells_alone(test: &Test) -> bool {
    match &test.kind {
        Kind::All(tests) | Kind::Any(tests) => tests.iter().all(reads_cells_alone),
        Kind::Not(test) => reads_cells_alone(test),
        Kind::Known(_) | Kind::Is(..) | Kind::SameSystem(..) | Kind::Dates(..) => true,
        Kind::Compare(a, _, b) => [a, b].into_iter().all(|number| {
            matches!(number, Number::Literal(_) | Number::Field(_) | Number::Days { .. } | Number::Age { .. })
        }),
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
        Self::of_cells(rows, id, |cell| match cell {
            Cell::Text(text) => tell(text),
            _ => T::default(),
        })
    }

    /// Finds it out for each cell.
    fn of_cells<R: Rows>(rows: &'a R, id: ColumnId, tell: impl Fn(Cell<'a>) -> T) -> Option<Self> {
        let few = rows.few(id)?;
        Some(Self { few, told: few.cells.iter().map(|cell| tell(*cell)).collect() })
    }

    /// Marks the rows whose cells are not fine.
    fn mark(&self, marks: &mut [bool], is_fine: impl Fn(T) -> bool) {
        let fine: Vec<bool> = self.told.iter().map(|told| is_fine(*told)).collect();
        let of =
            |place: u32| usize::try_from(place).ok().and_then(|place| fine.get(place)).copied().unwrap_or_default();
        let (held, beyond) = marks.split_at_mut(self.few.at.len().min(marks.len()));
        held.iter_mut().zip(self.few.at).for_each(|(mark, place)| *mark |= !of(*place));
        let not_given = !of(0);
        beyond.iter_mut().for_each(|mark| *mark |= not_given);
    }

    #[inline]
    pub(super) fn get(&self, row: usize) -> T {
        self.told.get(self.few.place(row)).copied().unwrap_or_default()
    }
}
