//! A case as it is on a day: what of it moves with the day, and what stays.

use super::course::Movers;
use crate::breakage::{self, Breakage};
use crate::catalogue::Role;
use crate::date::Date;
use crate::field::Absence;
use crate::kernel::{Anchor, Around, Facts, FieldRef};
use crate::pack::{AnchorDef, Pack};
use crate::rows::{Cell, OwnedCell, OwnedRows, Records};
use crate::rulebook::Rulebook;

/// First and last day of the placement, as fields.
#[must_use]
pub(super) fn placement_days() -> Option<[FieldRef; 2]> {
    let layout = Role::Placement.layout();
    let field = |name: &str| Some(FieldRef { role: Role::Placement, id: layout.find(name)? });
    Some([field("start")?, field("end")?])
}

/// What moves.
#[derive(Clone, Copy, Debug)]
pub(super) enum Moves {
    /// The given day.
    Given,
    /// The first day of the placement, and the last so many days after it; the given day stays.
    Placement { on: Date, fields: [FieldRef; 2], length: i64 },
    /// Nothing but the day that a rule judges by.
    Nothing { on: Date },
}

/// The day that a rule judges by.
#[derive(Clone, Copy, Debug)]
pub(super) enum Judges {
    /// As the pack says.
    By(AnchorDef),
    /// By this one.
    Fixed(Anchor),
    /// By the day that moves.
    Along,
}

/// A case of which something moves.
pub(super) struct Moving<'b> {
    pub(super) book: &'b Rulebook,
    pub(super) moves: Moves,
    records: Records<OwnedRows>,
}

impl<'b> Moving<'b> {
    pub(super) fn new(book: &'b Rulebook, records: Records<OwnedRows>, moves: Moves) -> Self {
        Self { book, moves, records }
    }

    /// The given day, as it is on a day, and the records.
    pub(super) fn on(&mut self, day: Date) -> (Date, &Records<OwnedRows>) {
        let on = match self.moves {
            Moves::Given => day,
            Moves::Nothing { on } => on,
            Moves::Placement { on, fields, length } => {
                self.place(fields, day, length);
                on
            }
        };
        (on, &self.records)
    }

    fn place(&mut self, [start, end]: [FieldRef; 2], day: Date, length: i64) {
        let Some(rows) = self.records.get_mut(Role::Placement) else { return };
        rows.set(start.id, 0, OwnedCell::Date(day));
        if breakage::is(Breakage::EarliestLeavesEnd) {
            return;
        }
        let last = day.plus_days(length).map_or(OwnedCell::Absent(Absence::Invalid), OwnedCell::Date);
        rows.set(end.id, 0, last);
    }

    /// What rules of a pack are judged on.
    pub(super) fn facts(&mut self, pack: &'b Pack, around: Around, day: Date) -> Facts<'_, OwnedRows> {
        let book = self.book;
        let (on, records) = self.on(day);
        Facts { records, row: 0, around, on, book, parameters: &pack.parameters, leap_day: pack.leap_day }
    }

    /// A cell that does not move.
    pub(super) fn cell(&self, field: FieldRef, around: Around) -> Cell<'_> {
        let row = around.of(field.role, field.id.table).map_or(0, |element| element.row);
        self.records.cell(field.role, field.id, row)
    }

    /// How many days after the day that moves an anchor lies, if it moves.
    pub(super) fn offset(&self, judges: Judges) -> Option<i64> {
        match (judges, self.moves) {
            (Judges::Along, _) | (Judges::By(AnchorDef::Decision), Moves::Given) => Some(0),
            (Judges::By(AnchorDef::Field(field)), Moves::Placement { fields: [start, end], length, .. }) => {
                if field == start {
                    return Some(0);
                }
                (field == end).then_some(length)
            }
            _ => None,
        }
    }

    /// What of a test moves, where it is judged so.
    pub(super) fn movers(&self, judges: Judges) -> Movers {
        Movers {
            decision: matches!(self.moves, Moves::Given),
            anchor: self.offset(judges).is_some(),
            placement: match self.moves {
                Moves::Placement { fields, .. } => Some(fields),
                Moves::Given | Moves::Nothing { .. } => None,
            },
        }
    }
}
