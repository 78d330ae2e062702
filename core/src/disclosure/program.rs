//! Whole-number programs, solved exactly: the least and the greatest value that a variable can take under linear equations.
//!
//! A [`Program`] enters: variables with bounds, equations with whole coefficients. [`Solver::extreme`] gives the end of a variable's range
//! over all whole solutions. The simplex tableau holds whole numbers over one common denominator (Edmonds' integer pivoting): no float and
//! no rounding is anywhere. The largest coefficient enters; after steps that gain nothing, the smallest index does (Bland), so that it ends.
//! Where a corner is not whole, the range is branched. What passes a number of 64 bits or a limit is a [`Failure`], never a wrong answer.

use super::limit::{BRANCHES, PIVOTS};
use std::cmp::Ordering;

/// A variable: a whole number between bounds; above there may be none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The least value.
    pub low: i64,
    /// The greatest value.
    pub high: Option<i64>,
}

/// Equations over whole variables.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// The variables.
    pub variables: Vec<Bounds>,
    /// The equations: coefficients by variable, each variable once, and what they add up to.
    pub rows: Vec<(Vec<(usize, i64)>, i64)>,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The equations contradict one another, or the bounds.
    Infeasible,
    /// A number passed 64 bits, or the steps their limit.
    TooLarge,
}

/// Which end of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The least value.
    Low,
    /// The greatest value.
    High,
}

/// The end of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extreme {
    /// The variable reaches this value in a whole solution and goes no further.
    Exact(i64),
    /// No whole solution beyond it was found before the limit of branches; there may be one.
    AtLeastAsFar(i64),
    /// There is no end.
    Unlimited,
}

/// A program made ready, with the whole solutions that were met so far.
#[derive(Debug)]
pub struct Solver {
    program: Program,
    tableau: Tableau,
    /// The least and greatest value of each variable in the whole solutions met so far.
    seen: Vec<Option<(i64, i64)>>,
}

impl Solver {
    /// Finds a first corner.
    ///
    /// # Errors
    /// [`Failure`]
    pub fn new(program: Program) -> Result<Self, Failure> {
        let tableau = Tableau::new(&program)?;
        let seen = vec![None; program.variables.len()];
        let mut solver = Self { program, tableau, seen };
        solver.meet_corner()?;
        Ok(solver)
    }

    /// The values that a variable took in the whole solutions met so far.
    #[must_use]
    pub fn seen(&self, variable: usize) -> Option<(i64, i64)> {
        self.seen.get(variable).copied().flatten()
    }

    /// Tells of a whole solution that is known.
    pub fn meet(&mut self, solution: &[i64]) {
        for (seen, value) in self.seen.iter_mut().zip(solution) {
            let (low, high) = seen.unwrap_or((*value, *value));
            *seen = Some((low.min(*value), high.max(*value)));
        }
    }

    fn meet_corner(&mut self) -> Result<(), Failure> {
        if let Some(solution) = self.tableau.whole_solution(&self.program)? {
            self.meet(&solution);
        }
        Ok(())
    }

    /// The end of the range of a variable over all whole solutions.
    ///
    /// # Errors
    /// [`Failure`]
    pub fn extreme(&mut self, variable: usize, end: End) -> Result<Extreme, Failure> {
        if !self.tableau.push(variable, end)? {
            return Ok(Extreme::Unlimited);
        }
        if let Some(solution) = self.tableau.whole_solution(&self.program)? {
            self.meet(&solution);
            return solution.get(variable).map(|value| Extreme::Exact(*value)).ok_or(Failure::TooLarge);
        }
        let mut left = BRANCHES;
        let first = self.tableau.split(&self.program)?;
        let bound = self.tableau.rounded(&self.program, variable, end)?;
        self.branch(first, bound, variable, end, &mut left)?;
        let reached = self.seen(variable).map(|(low, high)| if end == End::Low { low } else { high });
        match reached {
            Some(value) if left > 0 || value == bound => Ok(Extreme::Exact(value)),
            Some(value) => Ok(Extreme::AtLeastAsFar(value)),
            // There may be no whole solution at all, or none was met in time.
            None if left > 0 => Err(Failure::Infeasible),
            None => Err(Failure::TooLarge),
        }
    }

    /// Looks for whole solutions on both sides of a fraction, depth first, as long as they could lie further out than what was met.
    fn branch(
        &mut self,
        split: Option<(usize, i64)>,
        bound: i64,
        variable: usize,
        end: End,
        left: &mut usize,
    ) -> Result<(), Failure> {
        let Some((at, below)) = split else { return Ok(()) };
        let whole = self.program.clone();
        // What is open: bounds, and how far out it could lead at most.
        let mut open = halves(&whole.variables, at, below).map(|bounds| vec![(bounds, bound)]).concat();
        while let Some((variables, bound)) = open.pop() {
            if !self.is_further(variable, end, bound) {
                continue;
            }
            let Some(rest) = left.checked_sub(1) else { return Ok(()) };
            *left = rest;
            let program = Program { variables, rows: whole.rows.clone() };
            let mut tableau = match Tableau::new(&program) {
                Ok(tableau) => tableau,
                Err(Failure::Infeasible) => continue,
                Err(other) => return Err(other),
            };
            // What is limited as a whole is limited in its parts.
            tableau.push(variable, end)?;
            let bound = tableau.rounded(&program, variable, end)?;
            match tableau.whole_solution(&program)? {
                Some(solution) => self.meet(&solution),
                None => {
                    let Some((at, below)) = tableau.split(&program)? else { continue };
                    open.extend(halves(&program.variables, at, below).into_iter().map(|bounds| (bounds, bound)));
                }
            }
        }
        Ok(())
    }

    fn is_further(&self, variable: usize, end: End, bound: i64) -> bool {
        match (self.seen(variable), end) {
            (None, _) => true,
            (Some((low, _)), End::Low) => bound < low,
            (Some((_, high)), End::High) => bound > high,
        }
    }
}

/// The bounds on either side of a fraction.
fn halves(variables: &[Bounds], at: usize, below: i64) -> [Vec<Bounds>; 2] {
    let (mut lower, mut upper) = (variables.to_vec(), variables.to_vec());
    if let (Some(lower), Some(upper)) = (lower.get_mut(at), upper.get_mut(at)) {
        lower.high = Some(below);
        upper.low = below.saturating_add(1);
    }
    [lower, upper]
}

/// A corner of the solutions. Of each variable the distance from one of its bounds is held: from the upper one if it is turned.
#[derive(Clone, Debug)]
struct Tableau {
    /// Coefficients, row by row, over `denominator`.
    entries: Vec<i64>,
    columns: usize,
    right: Vec<i64>,
    denominator: i64,
    /// The variable of each row; `columns` and more stand for what a first row lacks.
    basis: Vec<usize>,
    /// The row of each variable that is in the basis.
    row_of: Vec<Option<usize>>,
    turned: Vec<bool>,
    /// From the lower to the upper bound.
    width: Vec<Option<i64>>,
    pivots: usize,
    /// Steps without gain.
    idle: usize,
}

/// Steps without gain after which the smallest index enters.
const IDLE: usize = 20;

impl Tableau {
    fn new(program: &Program) -> Result<Self, Failure> {
        let columns = program.variables.len();
        let mut width = Vec::with_capacity(columns);
        for Bounds { low, high } in &program.variables {
            let distance = high.map(|high| high.checked_sub(*low).ok_or(Failure::TooLarge)).transpose()?;
            if distance.is_some_and(|distance| distance < 0) {
                return Err(Failure::Infeasible);
            }
            width.push(distance);
        }
        let rows = program.rows.len();
        let mut tableau = Self {
            entries: vec![0; rows.checked_mul(columns).ok_or(Failure::TooLarge)?],
            columns,
            right: Vec::with_capacity(rows),
            denominator: 1,
            basis: (columns..columns + rows).collect(),
            row_of: vec![None; columns],
            turned: vec![false; columns],
            width,
            pivots: 0,
            idle: 0,
        };
        for (row, (terms, equals)) in program.rows.iter().enumerate() {
            tableau.fill(row, terms, *equals, &program.variables)?;
        }
        tableau.first_corner()?;
        Ok(tableau)
    }

    /// A first row, so that its right side is not negative.
    fn fill(&mut self, row: usize, terms: &[(usize, i64)], equals: i64, variables: &[Bounds]) -> Result<(), Failure> {
        let mut right = i128::from(equals);
        for (variable, coefficient) in terms {
            let low = variables.get(*variable).map_or(0, |bounds| bounds.low);
            right -= i128::from(*coefficient) * i128::from(low);
        }
        let sign = if right < 0 { -1 } else { 1 };
        self.right.push(narrow(right.abs())?);
        for (variable, coefficient) in terms {
            if let Some(entry) = self.entry_mut(row, *variable) {
                *entry = coefficient.checked_mul(sign).ok_or(Failure::TooLarge)?;
            }
        }
        Ok(())
    }

    fn entry(&self, row: usize, column: usize) -> i64 {
        self.entries.get(row * self.columns + column).copied().unwrap_or(0)
    }

    fn entry_mut(&mut self, row: usize, column: usize) -> Option<&mut i64> {
        self.entries.get_mut(row * self.columns + column)
    }

    fn row(&self, row: usize) -> &[i64] {
        let start = row * self.columns;
        self.entries.get(start..start + self.columns).unwrap_or_default()
    }

    fn right_of(&self, row: usize) -> i64 {
        self.right.get(row).copied().unwrap_or(0)
    }

    fn width_of(&self, column: usize) -> Option<i64> {
        self.width.get(column).copied().flatten()
    }

    fn is_lacking(&self, row: usize) -> bool {
        self.basis.get(row).is_some_and(|variable| *variable >= self.columns)
    }

    /// Fills what the rows lack, then leaves out rows that say nothing new.
    fn first_corner(&mut self) -> Result<(), Failure> {
        loop {
            let mut gain = vec![0_i128; self.columns];
            let mut lack = 0_i128;
            for row in (0..self.basis.len()).filter(|row| self.is_lacking(*row)) {
                lack += i128::from(self.right_of(row));
                gain.iter_mut().zip(self.row(row)).for_each(|(gain, entry)| *gain += i128::from(*entry));
            }
            if lack == 0 {
                break;
            }
            let entering = self.chosen(gain.into_iter().enumerate()).ok_or(Failure::Infeasible)?;
            if !self.enter(entering)? {
                return Err(Failure::TooLarge);
            }
        }
        for row in (0..self.basis.len()).rev().filter(|row| self.is_lacking(*row)).collect::<Vec<_>>() {
            let column = (0..self.columns).find(|column| self.entry(row, *column) != 0 && self.is_free(*column));
            match column {
                Some(column) => self.pivot(row, column)?,
                None => self.leave_out(row),
            }
        }
        Ok(())
    }

    /// Whether a column may enter: it is in no row and its variable has room.
    fn is_free(&self, column: usize) -> bool {
        self.row_of.get(column).is_some_and(Option::is_none) && self.width_of(column) != Some(0)
    }

    fn leave_out(&mut self, row: usize) {
        let start = row * self.columns;
        self.entries.drain(start..start + self.columns);
        self.right.remove(row);
        self.basis.remove(row);
        for place in self.row_of.iter_mut().flatten().filter(|place| **place > row) {
            *place -= 1;
        }
    }

    /// The column to enter, of those that gain: the one that gains most, or after idle steps the first.
    fn chosen(&self, gains: impl Iterator<Item = (usize, i128)>) -> Option<usize> {
        let mut gaining = gains.filter(|(column, gain)| *gain > 0 && self.is_free(*column));
        if self.idle > IDLE {
            return gaining.next().map(|(column, _)| column);
        }
        let mut best: Option<(usize, i128)> = None;
        for (column, gain) in gaining {
            if best.is_none_or(|(_, most)| gain > most) {
                best = Some((column, gain));
            }
        }
        best.map(|(column, _)| column)
    }

    /// Pushes a variable to an end of its range over all solutions, fractions among them. False if there is no end.
    fn push(&mut self, variable: usize, end: End) -> Result<bool, Failure> {
        self.idle = 0;
        self.pivots = 0;
        loop {
            let turned = self.turned.get(variable).copied().unwrap_or(false);
            let outwards = (end == End::High) != turned;
            let Some(row) = self.row_of.get(variable).copied().flatten() else {
                if !outwards || self.width_of(variable) == Some(0) {
                    return Ok(true);
                }
                match self.enter(variable)? {
                    true => continue,
                    false => return Ok(false),
                }
            };
            if !outwards && self.right_of(row) == 0 {
                return Ok(true);
            }
            let sign: i128 = if outwards { -1 } else { 1 };
            let gains = self.row(row).iter().enumerate().map(|(column, entry)| (column, sign * i128::from(*entry)));
            let Some(entering) = self.chosen(gains) else { return Ok(true) };
            if !self.enter(entering)? {
                return Ok(false);
            }
        }
    }

    /// Lets a variable grow from its bound until something stops it. False if nothing does.
    fn enter(&mut self, column: usize) -> Result<bool, Failure> {
        self.pivots += 1;
        if self.pivots > PIVOTS {
            return Err(Failure::TooLarge);
        }
        // How far: a fraction, the row that stops it (none: its own other bound) and whether that row's variable meets its upper bound.
        let mut stop: Option<(i128, i128, Option<usize>, bool)> =
            self.width_of(column).map(|width| (i128::from(width), 1, None, false));
        for row in 0..self.basis.len() {
            let entry = i128::from(self.entry(row, column));
            let right = i128::from(self.right_of(row));
            let own = self.basis.get(row).copied().unwrap_or(0);
            let (room, rate, upper) = match (entry.cmp(&0), self.width_of(own)) {
                (Ordering::Greater, _) => (right, entry, false),
                (Ordering::Less, Some(width)) => {
                    (i128::from(width) * i128::from(self.denominator) - right, -entry, true)
                }
                _ => continue,
            };
            let is_nearer = match &stop {
                None => true,
                Some((far, per, by, _)) => match product(room, *per)?.cmp(&product(*far, rate)?) {
                    Ordering::Less => true,
                    Ordering::Greater => false,
                    Ordering::Equal => by.is_some_and(|by| self.basis.get(by).is_some_and(|other| own < *other)),
                },
            };
            if is_nearer {
                stop = Some((room, rate, Some(row), upper));
            }
        }
        let Some((far, _, by, upper)) = stop else { return Ok(false) };
        self.idle = if far == 0 { self.idle + 1 } else { 0 };
        match by {
            None => self.turn(column)?,
            Some(row) => {
                if upper {
                    self.turn_basic(row)?;
                }
                self.pivot(row, column)?;
            }
        }
        Ok(true)
    }

    /// Measures a variable outside the basis from its other bound.
    fn turn(&mut self, column: usize) -> Result<(), Failure> {
        let width = i128::from(self.width_of(column).ok_or(Failure::TooLarge)?);
        for row in 0..self.basis.len() {
            let entry = self.entry(row, column);
            if entry == 0 {
                continue;
            }
            let moved = narrow(i128::from(self.right_of(row)) - i128::from(entry) * width)?;
            self.right.get_mut(row).into_iter().for_each(|right| *right = moved);
            self.entry_mut(row, column).into_iter().for_each(|entry| *entry = -*entry);
        }
        self.turned.get_mut(column).into_iter().for_each(|turned| *turned = !*turned);
        Ok(())
    }

    /// Measures the variable of a row from its other bound.
    fn turn_basic(&mut self, row: usize) -> Result<(), Failure> {
        let own = self.basis.get(row).copied().unwrap_or(0);
        let width = i128::from(self.width_of(own).ok_or(Failure::TooLarge)?);
        let moved = narrow(width * i128::from(self.denominator) - i128::from(self.right_of(row)))?;
        self.right.get_mut(row).into_iter().for_each(|right| *right = moved);
        let (start, columns) = (row * self.columns, self.columns);
        for (column, entry) in self.entries.iter_mut().skip(start).take(columns).enumerate() {
            if column != own {
                *entry = -*entry;
            }
        }
        self.turned.get_mut(own).into_iter().for_each(|turned| *turned = !*turned);
        Ok(())
    }

    /// Exchanges the variable of a row for that of a column.
    fn pivot(&mut self, row: usize, column: usize) -> Result<(), Failure> {
        if self.entry(row, column) < 0 {
            // Only where a row lacks nothing any more: its right side is 0, and what stood for the lack goes.
            let (start, columns) = (row * self.columns, self.columns);
            self.entries.iter_mut().skip(start).take(columns).for_each(|entry| *entry = -*entry);
        }
        let by = i128::from(self.entry(row, column));
        let (columns, denominator) = (self.columns, i128::from(self.denominator));
        let own: Vec<(usize, i128)> = self.row(row).iter().map(|entry| i128::from(*entry)).enumerate().collect();
        let own_right = i128::from(self.right_of(row));
        let same = by == denominator;
        let near: Vec<(usize, i128)> = own.iter().copied().filter(|(_, entry)| *entry != 0).collect();
        let rows = self.entries.chunks_exact_mut(columns.max(1)).zip(self.right.iter_mut()).enumerate();
        for (_, (entries, right)) in rows.filter(|(other, _)| *other != row) {
            let factor = i128::from(entries.get(column).copied().unwrap_or(0));
            if factor == 0 && same {
                continue;
            }
            // With the same denominator, only columns where the row of the pivot is not 0 change.
            let touched = if same { &near } else { &own };
            for (at, own) in touched {
                let Some(entry) = entries.get_mut(*at) else { continue };
                *entry = exact(i128::from(*entry), by, factor, *own, denominator)?;
            }
            *right = exact(i128::from(*right), by, factor, own_right, denominator)?;
        }
        self.denominator = narrow(by)?;
        let leaving = self.basis.get(row).copied().unwrap_or(0);
        self.row_of.get_mut(leaving).into_iter().for_each(|place| *place = None);
        self.row_of.get_mut(column).into_iter().for_each(|place| *place = Some(row));
        self.basis.get_mut(row).into_iter().for_each(|basis| *basis = column);
        Ok(())
    }

    /// Where a variable stands: a value over the denominator.
    fn standing(&self, program: &Program, variable: usize) -> (i128, i128) {
        let denominator = i128::from(self.denominator);
        let far = self.row_of.get(variable).copied().flatten().map_or(0, |row| i128::from(self.right_of(row)));
        let turned = self.turned.get(variable).copied().unwrap_or(false);
        let low = i128::from(program.variables.get(variable).map_or(0, |bounds| bounds.low));
        let width = i128::from(self.width_of(variable).unwrap_or(0));
        let value = if turned { (low + width) * denominator - far } else { low * denominator + far };
        (value, denominator)
    }

    /// The values of all variables, if they are whole.
    fn whole_solution(&self, program: &Program) -> Result<Option<Vec<i64>>, Failure> {
        let mut solution = Vec::with_capacity(self.columns);
        for variable in 0..self.columns {
            let (value, denominator) = self.standing(program, variable);
            if value.rem_euclid(denominator) != 0 {
                return Ok(None);
            }
            solution.push(narrow(value.div_euclid(denominator))?);
        }
        Ok(Some(solution))
    }

    /// The first variable that is not whole, and the whole number below it.
    fn split(&self, program: &Program) -> Result<Option<(usize, i64)>, Failure> {
        for variable in 0..self.columns {
            let (value, denominator) = self.standing(program, variable);
            if value.rem_euclid(denominator) != 0 {
                return Ok(Some((variable, narrow(value.div_euclid(denominator))?)));
            }
        }
        Ok(None)
    }

    /// Where a variable stands, rounded inwards: no whole solution lies further out.
    fn rounded(&self, program: &Program, variable: usize, end: End) -> Result<i64, Failure> {
        let (value, denominator) = self.standing(program, variable);
        let below = value.div_euclid(denominator);
        let above = if value.rem_euclid(denominator) == 0 { below } else { below + 1 };
        narrow(if end == End::High { below } else { above })
    }
}

/// (entry × by − factor × own) / denominator, which is whole.
fn exact(entry: i128, by: i128, factor: i128, own: i128, denominator: i128) -> Result<i64, Failure> {
    let value = entry * by - factor * own;
    narrow(if denominator == 1 { value } else { value / denominator })
}

fn product(one: i128, other: i128) -> Result<i128, Failure> {
    one.checked_mul(other).ok_or(Failure::TooLarge)
}

fn narrow(value: i128) -> Result<i64, Failure> {
    i64::try_from(value).map_err(|_| Failure::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(program: &Program, variable: usize) -> (Extreme, Extreme) {
        let mut solver = Solver::new(program.clone()).unwrap();
        (solver.extreme(variable, End::Low).unwrap(), solver.extreme(variable, End::High).unwrap())
    }

    fn free(count: usize) -> Vec<Bounds> {
        vec![Bounds { low: 0, high: None }; count]
    }

    #[test]
    fn two_hidden_parts_share_what_is_left_of_their_total() {
        let program = Program { variables: free(2), rows: vec![(vec![(0, 1), (1, 1)], 8)] };
        assert_eq!(range(&program, 0), (Extreme::Exact(0), Extreme::Exact(8)));
    }

    #[test]
    fn bounds_of_one_narrow_the_other() {
        let variables = vec![Bounds { low: 1, high: Some(3) }, Bounds { low: 0, high: None }];
        let program = Program { variables, rows: vec![(vec![(0, 1), (1, 1)], 8)] };
        assert_eq!(range(&program, 1), (Extreme::Exact(5), Extreme::Exact(7)));
        assert_eq!(range(&program, 0), (Extreme::Exact(1), Extreme::Exact(3)));
    }

    #[test]
    fn a_rectangle_moves_together() {
        // 3 5 | 8 and 6 9 | 15 with columns 9 and 14.
        let rows = vec![
            (vec![(0, 1), (1, 1)], 8),
            (vec![(2, 1), (3, 1)], 15),
            (vec![(0, 1), (2, 1)], 9),
            (vec![(1, 1), (3, 1)], 14),
        ];
        let program = Program { variables: free(4), rows };
        assert_eq!(range(&program, 0), (Extreme::Exact(0), Extreme::Exact(8)));
        assert_eq!(range(&program, 3), (Extreme::Exact(6), Extreme::Exact(14)));
    }

    #[test]
    fn what_has_no_total_has_no_end() {
        let program = Program { variables: free(2), rows: vec![(vec![(0, 1), (1, -1)], 3)] };
        assert_eq!(range(&program, 0), (Extreme::Exact(3), Extreme::Unlimited));
    }

    #[test]
    fn whole_numbers_know_more_than_fractions() {
        // x + y = y + z = x + z = 3 has only the solution 1.5 in fractions and none in whole numbers; with a slack of 1 there are some.
        let rows = vec![(vec![(0, 1), (1, 1)], 3), (vec![(1, 1), (2, 1)], 3), (vec![(0, 1), (2, 1), (3, 1)], 3)];
        let mut variables = free(4);
        variables[3].high = Some(2);
        // x = z and 2x + s = 3: s is odd, so x = 1.
        let program = Program { variables, rows };
        assert_eq!(range(&program, 0), (Extreme::Exact(1), Extreme::Exact(1)));
        assert_eq!(range(&program, 3), (Extreme::Exact(1), Extreme::Exact(1)));
    }

    #[test]
    fn contradictions_are_told() {
        let rows = vec![(vec![(0, 1), (1, 1)], 8), (vec![(0, 1), (1, 1)], 9)];
        assert_eq!(Solver::new(Program { variables: free(2), rows }).err(), Some(Failure::Infeasible));
        let rows = vec![(vec![(0, 1), (1, 1)], -1)];
        assert_eq!(Solver::new(Program { variables: free(2), rows }).err(), Some(Failure::Infeasible));
    }

    #[test]
    fn an_equation_given_twice_says_nothing_new() {
        let rows = vec![(vec![(0, 1), (1, 1)], 8), (vec![(0, 1), (1, 1)], 8), (vec![(0, 2), (1, 2)], 16)];
        let program = Program { variables: free(2), rows };
        assert_eq!(range(&program, 0), (Extreme::Exact(0), Extreme::Exact(8)));
    }

    #[test]
    fn large_numbers_are_told_and_not_wrapped() {
        let rows = vec![(vec![(0, i64::MAX), (1, 3)], i64::MAX), (vec![(0, 5), (1, i64::MAX)], i64::MAX)];
        assert_eq!(Solver::new(Program { variables: free(2), rows }).err(), Some(Failure::TooLarge));
    }

    /// Small programs against trying every whole solution.
    #[test]
    fn agrees_with_trying_everything() {
        let mut state = 7_u64;
        let mut next = move |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let (mut feasible, mut fractional) = (0, 0);
        for _ in 0..3_000 {
            let count = 2 + next(4) as usize;
            let variables: Vec<Bounds> = (0..count)
                .map(|_| {
                    let low = next(3) as i64;
                    Bounds { low, high: Some(low + next(5) as i64) }
                })
                .collect();
            let rows: Vec<(Vec<(usize, i64)>, i64)> = (0..1 + next(3))
                .map(|_| {
                    let terms: Vec<(usize, i64)> =
                        (0..count).map(|v| (v, next(4) as i64 - 1)).filter(|(_, c)| *c != 0).collect();
                    (terms, next(9) as i64 - 1)
                })
                .collect();
            let mut ranges: Option<Vec<(i64, i64)>> = None;
            let mut point: Vec<i64> = variables.iter().map(|bounds| bounds.low).collect();
            'all: loop {
                let fits =
                    rows.iter().all(|(terms, equals)| terms.iter().map(|(v, c)| point[*v] * c).sum::<i64>() == *equals);
                if fits {
                    let known = ranges.get_or_insert_with(|| point.iter().map(|x| (*x, *x)).collect());
                    known.iter_mut().zip(&point).for_each(|(r, x)| *r = (r.0.min(*x), r.1.max(*x)));
                }
                for at in 0..=count {
                    if at == count {
                        break 'all;
                    }
                    if point[at] < variables[at].high.unwrap() {
                        point[at] += 1;
                        break;
                    }
                    point[at] = variables[at].low;
                }
            }
            let program = Program { variables, rows };
            match (Solver::new(program.clone()), ranges) {
                (Ok(mut solver), Some(ranges)) => {
                    feasible += 1;
                    fractional += usize::from(solver.tableau.denominator != 1);
                    for (variable, (low, high)) in ranges.iter().enumerate() {
                        assert_eq!(
                            solver.extreme(variable, End::Low),
                            Ok(Extreme::Exact(*low)),
                            "{program:?} {variable}"
                        );
                        assert_eq!(
                            solver.extreme(variable, End::High),
                            Ok(Extreme::Exact(*high)),
                            "{program:?} {variable}"
                        );
                    }
                }
                (Ok(mut solver), None) => {
                    assert_eq!(solver.extreme(0, End::Low), Err(Failure::Infeasible), "{program:?}");
                }
                (Err(failure), None) => assert_eq!(failure, Failure::Infeasible),
                (Err(failure), Some(_)) => panic!("{failure:?} {program:?}"),
            }
        }
        assert!(feasible > 500 && fractional > 50, "{feasible} {fractional}");
    }
}
