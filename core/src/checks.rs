//! What spans fields, judged on rows: required fields, fields that do not apply, codes and communes on the day that counts,
//! figures against their indicator, and the rules of the `checks` packs.
//!
//! Rows enter, findings leave; own rows and those of a table go through the same code. Of many rows it is found out once what cannot
//! give a finding in any of them (`outlook`), so that it is not asked again in each.

mod needs;
mod needs_analysis;
mod observation;
mod outlook;
mod sieve;

use crate::catalogue::{ColumnDef, ColumnId, FieldType, Role, TableDef};
use crate::codes::Validity;
use crate::counted;
use crate::date::Date;
use crate::decision::failure;
use crate::field::Absence;
use crate::finding::{Code, Finding, Path, Segment, settle};
use crate::json::Json;
use crate::kernel::{Around, Element, Facts, FieldRef, Open, cell_is};
use crate::pack::{Pack, PackKind, Rule};
use crate::rows::{Cell, Part, Records, Rows};
use crate::rulebook::Rulebook;
use crate::territory::Lookup;
pub(crate) use needs::Needing;
use needs::Needs;
use observation::Figures;
use outlook::{Asked, Memo, Outlook};

/// At most so many codes are named in a finding.
const NAMED_CODES: usize = 20;

/// All findings of the records in a row, in their order: those of their reading, and those that span fields.
pub(crate) fn settled<R: Rows>(
    book: &Rulebook,
    records: &Records<R>,
    row: usize,
    read: Vec<Finding>,
    on: Date,
) -> Vec<Finding> {
    let mut findings = read;
    for (role, rows) in records.always() {
        Judge::new(book, rows, role, row, on, None).all(&mut findings);
    }
    let mut scratch = Vec::new();
    let held = |role: Role| records.get(role).is_some() && !records.is_beside(role);
    check_records(book, records, row, on, held, &mut scratch, &mut findings);
    beside(book, records, row, on, &mut scratch, &mut findings);
    if findings.is_empty() { findings } else { settle(findings) }
}

/// Judges the checks of the kinds that are held.
fn check_records<R: Rows>(
    book: &Rulebook,
    records: &Records<R>,
    row: usize,
    on: Date,
    held: impl Fn(Role) -> bool,
    scratch: &mut Vec<Open>,
    findings: &mut Vec<Finding>,
) {
    for needing in book.checks().iter().filter(|needing| held(needing.pack.applies_to)) {
        let facts = facts(book, records, &needing.pack, row, on);
        for (rule, needs) in needing.rules(facts) {
            check_rule(&needing.pack, rule, facts, scratch, Some(needs), None, findings);
        }
    }
}

/// The findings of what the case of a row has and not every case: each record is checked as one of its kind.
fn beside<R: Rows>(
    book: &Rulebook,
    records: &Records<R>,
    row: usize,
    on: Date,
    scratch: &mut Vec<Open>,
    findings: &mut Vec<Finding>,
) {
    for (role, rows) in records.beside(row) {
        Judge::new(book, rows, role, row, on, None).all(findings);
        check_records(book, records, row, on, |held| held == role, scratch, findings);
        if role == role.kind() {
            continue;
        }
        let mut part = Records::default();
        part.put(role.kind(), Part::of(role, rows));
        for (index, row) in of_place(role, rows, row) {
            let mut found = Vec::new();
            check_records(book, &part, row, on, |held| held == role.kind(), scratch, &mut found);
            findings.extend(found.into_iter().map(|finding| finding.placed(role, index)));
        }
    }
}

/// The records at a place of a case: the index in the list there, if it is one, and the row.
fn of_place<R: Rows>(role: Role, rows: &R, row: usize) -> Vec<(Option<usize>, usize)> {
    if !role.is_list() {
        return vec![(None, row)];
    }
    match rows.cell(ColumnId { table: 0, column: 0 }, row) {
        Cell::Rows(span) => span.rows().enumerate().map(|(index, row)| (Some(index), row)).collect(),
        _ => Vec::new(),
    }
}

/// The same for each of many rows, with what can be said of all of them found out once.
pub(crate) fn settled_rows<R: Rows>(
    book: &Rulebook,
    records: &Records<R>,
    read: Vec<Vec<Finding>>,
    on: Date,
) -> Vec<Vec<Finding>> {
    let mut settling = Settling::new(book, records, on);
    read.into_iter().enumerate().map(|(row, read)| settling.row(row, read)).collect()
}

/// Settles row after row, knowing what can be said of all of them.
pub(crate) struct Settling<'a, R> {
    book: &'a Rulebook,
    records: &'a Records<R>,
    on: Date,
    outlook: Outlook<'a>,
    rules: Vec<Asked<'a>>,
    /// For each row, whether something may be wrong with it.
    held: Vec<bool>,
    scratch: Vec<Open>,
    found: Vec<Finding>,
}

impl<'a, R: Rows> Settling<'a, R> {
    pub(crate) fn new(book: &'a Rulebook, records: &'a Records<R>, on: Date) -> Self {
        let mut outlook = Outlook::of(book, records, on);
        let mut rules = std::mem::take(&mut outlook.rules);
        let held = sieve::held_back(book, records, on, &outlook, &mut rules);
        Self { book, records, on, outlook, rules, held, scratch: Vec::new(), found: Vec::new() }
    }

    /// All findings of a row; `read` are those of its reading.
    pub(crate) fn row(&mut self, row: usize, read: Vec<Finding>) -> Vec<Finding> {
        let Self { book, records, on, outlook, rules, held, scratch, found } = self;
        found.extend(read);
        if !held.get(row).copied().unwrap_or(true) {
            beside(book, records, row, *on, scratch, found);
            return settle_all(found);
        }
        for (role, rows) in records.always() {
            Judge::new(book, rows, role, row, *on, Some(outlook)).all(found);
        }
        for Asked { pack, rule, memo, .. } in rules {
            let facts = facts(book, records, pack, row, *on);
            check_rule(pack, rule, facts, scratch, None, memo.as_mut(), found);
        }
        beside(book, records, row, *on, scratch, found);
        settle_all(found)
    }
}

/// Takes the findings of a row out and settles them.
#[expect(
    clippy::drain_collect,
    reason = "most rows have no finding or one: they take their own room, and that of all is kept"
)]
fn settle_all(found: &mut Vec<Finding>) -> Vec<Finding> {
    if found.is_empty() { Vec::new() } else { settle(found.drain(..).collect()) }
}

/// The packs whose rules are checks of these records.
fn packs<'b, R>(book: &'b Rulebook, records: &Records<R>) -> impl Iterator<Item = &'b Pack> {
    let held = |role: Role| records.get(role).is_some() && !records.is_beside(role);
    book.packs().filter(move |pack| pack.kind == PackKind::Checks && held(pack.applies_to))
}

fn facts<'a, R>(book: &'a Rulebook, records: &'a Records<R>, pack: &'a Pack, row: usize, on: Date) -> Facts<'a, R> {
    let (around, parameters) = (Around::default(), pack.parameters.as_slice());
    Facts { records, row, around, on, book, parameters, leap_day: pack.leap_day }
}

struct Judge<'a, R> {
    book: &'a Rulebook,
    rows: &'a R,
    role: Role,
    /// The row of the record.
    record: usize,
    on: Date,
    /// What is known of the rows, where there are many.
    outlook: Option<&'a Outlook<'a>>,
    findings: Vec<Finding>,
}

impl<'a, R: Rows> Judge<'a, R> {
    fn new(
        book: &'a Rulebook,
        rows: &'a R,
        role: Role,
        record: usize,
        on: Date,
        outlook: Option<&'a Outlook<'a>>,
    ) -> Self {
        Self { book, rows, role, record, on, outlook, findings: Vec::new() }
    }

    /// Adds the findings of the record.
    fn all(mut self, findings: &mut Vec<Finding>) {
        self.table(0, self.record, &Base::Record);
        if self.role == Role::NeedsAnalysis {
            let more = needs_analysis::judge(&self, self.record);
            self.findings.extend(more);
        }
        findings.append(&mut self.findings);
    }

    fn table(&mut self, table: usize, row: usize, base: &Base<'_>) {
        let Some(def) = self.role.layout().table(table) else {
            return;
        };
        let Some(known) = self.outlook.and_then(|outlook| outlook.table(self.role, table)) else {
            let rows = self.rows;
            let required =
                def.required.iter().filter(|column| !rows.is_given(ColumnId { table, column: **column }, row));
            for index in rows.given(table, row).chain(required.copied()) {
                let Some(column) = def.columns.get(index) else { continue };
                self.column(def, ColumnId { table, column: index }, column, row, base);
            }
            let figures = Figures::alone(self.book, self.role, table);
            return self.figures(figures.as_ref(), row, base);
        };
        for asked in &known.columns {
            let Some(column) = def.columns.get(asked.column) else { continue };
            if asked.is_fine(row, || self.day(column, table, row)) {
                continue;
            }
            self.column(def, ColumnId { table, column: asked.column }, column, row, base);
        }
        self.figures(known.figures.as_ref(), row, base);
    }

    fn figures(&mut self, figures: Option<&Figures<'a>>, row: usize, base: &Base<'_>) {
        if let Some(figures) = figures {
            let found = figures.judge(self, row, base);
            self.findings.extend(found);
        }
    }

    fn column(
        &mut self,
        def: &'static TableDef,
        id: ColumnId,
        column: &'static ColumnDef,
        row: usize,
        base: &Base<'_>,
    ) {
        let cell = self.rows.cell(id, row);
        if self.applicability(def, id.table, column, row, cell, base) == Some(false) {
            return;
        }
        match cell {
            Cell::Absent(Absence::NotGiven) if column.field.required => {
                let finding = self.at(Code::FieldRequired, column, base);
                self.findings.push(finding);
            }
            Cell::Rows(span) => {
                let Some(child) = column.child else { return };
                for (offset, element) in span.rows().enumerate() {
                    self.element(child, element, column, &Base::Element(base, &column.segments, offset));
                }
            }
            Cell::Text(text) => self.coded(column.field.kind, column, id.table, row, text, base),
            Cell::Integer(given) => self.counted(column, row, given, base),
            _ => {}
        }
    }

    fn element(&mut self, table: usize, row: usize, list: &ColumnDef, base: &Base<'_>) {
        let FieldType::Codes(codes) = list.field.kind else {
            return self.table(table, row, base);
        };
        if let Cell::Text(text) = self.rows.cell(ColumnId { table, column: 0 }, row) {
            let path = |role| Path::new(Some(role), base.segments(), list.field.marks.personal);
            self.code(codes, text, Some(self.on), path);
        }
    }

    /// Whether a field applies, if that is known; a value where it does not is a finding.
    fn applicability(
        &mut self,
        def: &'static TableDef,
        table: usize,
        column: &ColumnDef,
        row: usize,
        cell: Cell<'_>,
        base: &Base<'_>,
    ) -> Option<bool> {
        let (sibling, value) = column.applicable?;
        let applies = match self.rows.cell(ColumnId { table, column: sibling }, row) {
            Cell::Absent(_) => return None,
            other => cell_is(other, value),
        };
        if !applies && !matches!(cell, Cell::Absent(_)) {
            let depends_on = def.columns.get(sibling).map(|column| def.whole_path(column)).unwrap_or_default();
            let finding = self.at(Code::FieldNotApplicable, column, base).with("depends_on", depends_on);
            self.findings.push(finding);
        }
        Some(applies)
    }

    /// A number that counts a list is that of the list, where both are given.
    fn counted(&mut self, column: &ColumnDef, row: usize, given: i64, base: &Base<'_>) {
        let Some(counts) = column.field.counts else { return };
        let counted = counted::count(self.rows, counts, row, self.book).filter(|counted| *counted != given);
        if let Some(counted) = counted {
            let finding = self.at(Code::CountDiffers, column, base);
            self.findings.push(finding.with_value("value", given).with_value("counted", counted));
        }
    }

    fn coded(&mut self, kind: FieldType, column: &ColumnDef, table: usize, row: usize, text: &str, base: &Base<'_>) {
        let day = self.day(column, table, row);
        self.code_on(kind, text, day, |role| path_in(role, column, base));
    }

    fn day(&self, column: &ColumnDef, table: usize, row: usize) -> Option<Date> {
        valid_at(self.rows, column, table, row, self.on)
    }

    /// A code or a commune on the day that counts.
    fn code_on(&mut self, kind: FieldType, text: &str, day: Option<Date>, path: impl Fn(Role) -> Path) {
        match kind {
            FieldType::Code(list) => self.code(list, text, day, path),
            FieldType::Territory => self.commune(text, day, path),
            _ => {}
        }
    }

    fn code(&mut self, list: &str, text: &str, day: Option<Date>, path: impl Fn(Role) -> Path) {
        let Some(day) = day else { return };
        let Some(codes) = self.book.codes().get(list).filter(|codes| codes.is_dated()) else { return };
        let Some(code) = codes.find(text) else { return };
        if code.validity(day) == Validity::InForce {
            return;
        }
        let in_force: Json = codes.in_force(day).take(NAMED_CODES).map(|c| Json::from(c.code())).collect();
        let mut finding = Finding::new(Code::CodeNotInForce, path(self.role))
            .with("list", list)
            .with_value("value", text)
            .with_value("on", day.to_string())
            .with("in_force", in_force);
        if code.replaced_by().len() > 0 {
            let by: Json = code.replaced_by().map(Json::from).collect();
            finding = finding.with_value("replaced_by", by);
        }
        self.findings.push(finding);
    }

    fn commune(&mut self, text: &str, day: Option<Date>, path: impl Fn(Role) -> Path) {
        let commune = match self.book.territory().lookup(text) {
            Lookup::Known(commune) => commune,
            _ => {
                let finding = Finding::new(Code::TerritoryOutsideCoverage, path(self.role)).with_value("value", text);
                return self.findings.push(finding);
            }
        };
        let Some(day) = day else { return };
        if let Some(ended) = commune.to().filter(|to| *to < day) {
            let successors = self.book.territory().successors_at(commune, day);
            let successors: Json = successors.iter().map(|c| Json::from(c.code())).collect();
            let finding = Finding::new(Code::TerritoryEnded, path(self.role))
                .with_value("value", text)
                .with_value("on", day.to_string())
                .with_value("ended", ended.to_string())
                .with_value("successors", successors);
            self.findings.push(finding);
        } else if let Some(begins) = commune.from().filter(|from| day < *from) {
            let finding = Finding::new(Code::TerritoryNotYet, path(self.role))
                .with_value("value", text)
                .with_value("on", day.to_string())
                .with_value("begins", begins.to_string());
            self.findings.push(finding);
        }
    }

    fn at(&self, code: Code, column: &ColumnDef, base: &Base<'_>) -> Finding {
        Finding::new(code, self.path(column, base))
    }

    fn path(&self, column: &ColumnDef, base: &Base<'_>) -> Path {
        path_in(self.role, column, base)
    }
}

/// The day on which a code or commune must be in force, if it is known.
pub(crate) fn valid_at<R: Rows>(rows: &R, column: &ColumnDef, table: usize, row: usize, on: Date) -> Option<Date> {
    let Some(at) = column.valid_at else { return Some(on) };
    match rows.cell(ColumnId { table, column: at }, row) {
        Cell::Date(date) => Some(date),
        // A year: the code of its first day.
        Cell::Integer(year) => i32::try_from(year).ok().and_then(|year| Date::try_new(year, 1, 1).ok()),
        _ => None,
    }
}

/// Where a row is in its record. Its steps are written only where a finding wants them.
enum Base<'b> {
    /// The record itself.
    Record,
    /// An element of the list at these steps of the row around it.
    Element(&'b Base<'b>, &'b [Segment], usize),
}

impl Base<'_> {
    fn segments(&self) -> Vec<Segment> {
        match self {
            Self::Record => Vec::new(),
            Self::Element(around, list, index) => {
                let mut segments = around.segments();
                segments.extend(list.iter().cloned());
                segments.push(Segment::Index(*index));
                segments
            }
        }
    }
}

fn path_in(role: Role, column: &ColumnDef, base: &Base<'_>) -> Path {
    let mut segments = base.segments();
    segments.extend(column.segments.iter().cloned());
    Path::new(Some(role), segments, column.field.marks.personal)
}

fn check_rule<R: Rows>(
    pack: &Pack,
    rule: &Rule,
    facts: Facts<'_, R>,
    scratch: &mut Vec<Open>,
    needs: Option<&Needs>,
    mut memo: Option<&mut Memo<'_>>,
    findings: &mut Vec<Finding>,
) {
    let Some(list) = rule.each else {
        findings.extend(failed(pack, rule, facts, None, scratch, memo));
        return;
    };
    let table = list.column().and_then(|column| column.child);
    if let (Cell::Rows(span), Some(table)) = (facts.cell(list), table) {
        for (index, row) in span.rows().enumerate() {
            let around = facts.around.with(Element { role: list.role, table, row, index });
            let facts = Facts { around, ..facts };
            if needs.is_none_or(|needs| needs.element(facts)) {
                findings.extend(failed(pack, rule, facts, Some(index), scratch, memo.as_deref_mut()));
            }
        }
    }
}

fn failed<R: Rows>(
    pack: &Pack,
    rule: &Rule,
    facts: Facts<'_, R>,
    offset: Option<usize>,
    scratch: &mut Vec<Open>,
    memo: Option<&mut Memo<'_>>,
) -> Option<Finding> {
    let place = memo.as_deref().and_then(|memo| memo.place(&facts));
    if let (Some(memo), Some(place)) = (&memo, place)
        && memo.passes(place)
    {
        return None;
    }
    let Some(params) = failure(pack, rule, facts, scratch) else {
        if let (Some(memo), Some(place)) = (memo, place) {
            memo.note_pass(place);
        }
        return None;
    };
    let short = rule.id.rsplit('.').next().unwrap_or_default();
    Some(Finding {
        code: format!("{}.{short}", pack.applies_to.as_str()).into(),
        severity: rule.severity,
        paths: rule.paths.iter().map(|field| path_of(*field, offset)).collect(),
        params,
        rule: Some(rule.id.clone()),
    })
}

fn path_of(field: FieldRef, offset: Option<usize>) -> Path {
    let table = field.role.layout().table(field.id.table);
    let mut segments = table.map(|t| t.segments.clone()).unwrap_or_default();
    segments.extend(offset.filter(|_| field.id.table != 0).map(Segment::Index));
    segments.extend(field.column().map(|c| c.segments.clone()).unwrap_or_default());
    Path::new(Some(field.role), segments, field.is_personal())
}
