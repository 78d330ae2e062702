//! Complementary suppression: which further cells are hidden so that those that must be protected cannot be found out.
//!
//! A [`System`] enters whose sensitive cells are hidden; more of them are when it leaves. An equation with one hidden cell gives it away, so
//! a second one is hidden there, and so on; then the audit is asked, and where a range is still too narrow, one more cell is hidden beside
//! it, until the audit passes or nothing is left to hide. Last, each further cell whose showing again would give nothing away is shown again,
//! the greatest first. Of the cells that would do, the one with the smallest loss is hidden (a cell's count and one, and what it would make
//! necessary in its other equations); of equals the first. So the same release always gives the same result.

use super::audit::{self, Interval, Trouble};
use super::limit::REVIEWED;
use super::system::{Component, Need, System, Variable};
use crate::order;
use std::collections::{BTreeMap, BTreeSet};

/// What a cell costs that would make a cell necessary where there is none.
const NONE_THERE: i64 = 1 << 50;

/// Hides what is needed. Each further cell leaves, with the sensitive one that it is hidden for.
pub(super) fn protect(system: &mut System, limit: usize) -> BTreeMap<usize, usize> {
    let mut protector =
        Protector { system, limit, hidden: BTreeMap::new(), moves: BTreeMap::new(), judged: BTreeMap::new() };
    if protector.run().is_ok() {
        protector.review();
    }
    protector.hidden
}

type Judged = Result<Vec<(usize, Interval)>, Trouble>;

struct Protector<'s> {
    system: &'s mut System,
    limit: usize,
    hidden: BTreeMap<usize, usize>,
    /// How far each hidden cell should be able to move, and in which direction.
    moves: BTreeMap<usize, i64>,
    /// Components that were judged, by their variables and which of them are hidden.
    judged: BTreeMap<Vec<(usize, bool)>, Judged>,
}

impl Protector<'_> {
    /// Hides until the audit passes, nothing is left to hide, or there is something that cannot be judged.
    fn run(&mut self) -> Result<(), Trouble> {
        for (variable, of) in self.system.variables.iter().enumerate().filter(|(_, of)| of.hidden) {
            self.moves.extend(of.need.map(|need| (variable, wanted(need, of.value))));
        }
        loop {
            self.close();
            let failing = self.judge()?;
            let mut widened = false;
            for (variable, interval) in failing {
                widened |= self.widen(variable, interval);
            }
            if !widened {
                return Ok(());
            }
        }
    }

    /// No equation gives a single hidden cell away, as far as there is another one to hide.
    fn close(&mut self) {
        let mut waiting: Vec<usize> = (0..self.system.equations().len()).rev().collect();
        while let Some(equation) = waiting.pop() {
            let Some(single) = self.single(equation) else { continue };
            let moves = self.moves.get(&single).copied().unwrap_or(1);
            let Some(chosen) = self.best(&[equation], single, moves) else { continue };
            self.hide(chosen, equation, single, moves);
            waiting.extend(self.system.equations_of(chosen).iter().rev());
        }
    }

    /// The only hidden cell of an equation.
    fn single(&self, equation: usize) -> Option<usize> {
        let mut open =
            self.system.terms(equation).iter().map(|(variable, _)| *variable).filter(|of| self.system.is_open(*of));
        let first = open.next()?;
        let of = self.system.variable(first)?;
        // Nobody minds if a difference is known that needs no protection, nor what an earlier release hid if we do not know it.
        let minds = of.need.is_some() || (of.hidden && !of.implicit && of.value.is_some());
        (open.next().is_none() && minds).then_some(first)
    }

    fn hide(&mut self, chosen: usize, equation: usize, beside: usize, moves: i64) {
        self.system.set_hidden(chosen, true);
        let cause = self.hidden.get(&beside).copied().unwrap_or(beside);
        self.hidden.insert(chosen, cause);
        self.moves.insert(chosen, self.answer(equation, beside, chosen, moves));
    }

    /// How a cell of an equation moves if another one does.
    fn answer(&self, equation: usize, moved: usize, other: usize, moves: i64) -> i64 {
        let times = |of: usize| {
            self.system.terms(equation).iter().find(|(variable, _)| *variable == of).map_or(1, |(_, times)| *times)
        };
        if (times(moved) > 0) == (times(other) > 0) { moves.saturating_neg() } else { moves }
    }

    /// The cell of some equations that is best hidden so that another one can move.
    fn best(&self, equations: &[usize], beside: usize, moves: i64) -> Option<usize> {
        let mut best: Option<((i64, i64, usize), usize)> = None;
        for equation in equations {
            for (variable, _) in self.system.terms(*equation) {
                if *variable == beside || !self.is_candidate(*variable) {
                    continue;
                }
                let lacks = self.lacks(*variable, self.answer(*equation, beside, *variable, moves));
                let rank = (lacks, self.cost(*variable, *equation), *variable);
                if best.is_none_or(|(least, _)| rank < least) {
                    best = Some((rank, *variable));
                }
            }
        }
        best.map(|(_, variable)| variable)
    }

    fn is_candidate(&self, variable: usize) -> bool {
        self.system.variable(variable).is_some_and(|of| of.hidable && !of.hidden)
    }

    /// How much of a move a cell cannot make.
    fn lacks(&self, variable: usize, moves: i64) -> i64 {
        let Some(of) = self.system.variable(variable) else { return 0 };
        let value = of.value.unwrap_or(0);
        let room = if moves < 0 { value } else { of.high.map_or(i64::MAX, |high| high.saturating_sub(value)) };
        moves.saturating_abs().saturating_sub(room).max(0)
    }

    /// What is lost with a cell, here and by what it makes necessary in its other equations.
    fn cost(&self, variable: usize, equation: usize) -> i64 {
        let mut cost = self.system.variable(variable).map_or(0, Variable::loss);
        for other in self.system.equations_of(variable).iter().filter(|other| **other != equation) {
            if self.single(*other).is_some() {
                cost = cost.saturating_sub(self.cheapest(*other, variable).min(NONE_THERE));
            } else if self.is_told(*other) {
                cost = cost.saturating_add(self.cheapest(*other, variable));
            }
        }
        cost
    }

    fn is_told(&self, equation: usize) -> bool {
        self.system.terms(equation).iter().all(|(variable, _)| !self.system.is_open(*variable))
    }

    /// The smallest loss of a cell of an equation, another one aside.
    fn cheapest(&self, equation: usize, aside: usize) -> i64 {
        let others = self.system.terms(equation).iter().map(|(variable, _)| *variable);
        let candidates = others.filter(|variable| *variable != aside && self.is_candidate(*variable));
        candidates.filter_map(|variable| self.system.variable(variable)).map(|of| of.loss()).min().unwrap_or(NONE_THERE)
    }

    /// What is not protected enough, of all components.
    fn judge(&mut self) -> Judged {
        let mut failing = self.given_away();
        for component in self.system.components() {
            failing.extend(self.judge_one(&component)?);
        }
        Ok(failing)
    }

    fn judge_one(&mut self, component: &Component) -> Judged {
        // A rounded variable is one of a component whether it is hidden or not, with other bounds.
        let hidden = |variable: &usize| (*variable, self.system.variable(*variable).is_some_and(|of| of.hidden));
        let key: Vec<(usize, bool)> = component.variables.iter().map(hidden).collect();
        if let Some(known) = self.judged.get(&key) {
            return known.clone();
        }
        let judged = audit::failing(self.system, component, self.limit);
        self.judged.insert(key, judged.clone());
        judged
    }

    /// What must be protected and is told all the same.
    fn given_away(&self) -> Vec<(usize, Interval)> {
        let told = |(variable, of): (usize, &Variable)| {
            let (told, need) = (of.told()?, of.need?);
            let interval = Interval { low: told, high: Some(told), exact: true };
            (!need.is_met(told, Some(told))).then_some((variable, interval))
        };
        self.system.variables.iter().enumerate().filter_map(told).collect()
    }

    /// Hides one more cell so that the range of another one grows. False if there is none.
    fn widen(&mut self, variable: usize, interval: Interval) -> bool {
        let Some(need) = self.system.variable(variable).and_then(|of| of.need) else { return false };
        let moves = lacking(need, interval);
        if self.is_candidate(variable) {
            // A rounded rate that would do by itself, but not beside what else is published.
            self.system.set_hidden(variable, true);
            self.moves.insert(variable, moves);
            return true;
        }
        let mut own: Vec<usize> = self.system.equations_of(variable).to_vec();
        own.retain(|equation| self.best(&[*equation], variable, moves).is_some());
        let tightest = own.iter().copied().min_by_key(|equation| (self.slack(*equation, variable, moves), *equation));
        if let Some(equation) = tightest
            .filter(|equation| self.slack(*equation, variable, moves) < moves.saturating_abs() || own.len() == 1)
            && let Some(chosen) = self.best(&[equation], variable, moves)
        {
            self.hide(chosen, equation, variable, moves);
            return true;
        }
        // Its own equations leave room: what is tight lies further away, in those of the cells beside it.
        let component = self.system.component(variable);
        let mut all: Vec<(i64, usize, usize)> = Vec::new();
        for other in component.variables.iter().filter(|_| self.system.is_open(variable)) {
            for equation in self.system.equations_of(*other) {
                if self.best(&[*equation], *other, moves).is_some() {
                    all.push((self.slack(*equation, *other, moves), *equation, *other));
                }
            }
        }
        let further = all.into_iter().min().map(|(_, equation, other)| (equation, other));
        let Some((equation, other)) = further.or_else(|| own.first().map(|equation| (*equation, variable))) else {
            return false;
        };
        let Some(chosen) = self.best(&[equation], other, moves) else { return false };
        self.hide(chosen, equation, other, moves);
        let cause = self.hidden.get(&variable).copied().unwrap_or(variable);
        self.hidden.insert(chosen, cause);
        true
    }

    /// How far the other hidden cells of an equation let one move, by their own values alone.
    fn slack(&self, equation: usize, variable: usize, moves: i64) -> i64 {
        let mut slack = 0_i64;
        for (other, _) in
            self.system.terms(equation).iter().filter(|(other, _)| *other != variable && self.system.is_open(*other))
        {
            let answer = self.answer(equation, variable, *other, moves);
            let Some(of) = self.system.variable(*other) else { continue };
            let (bounds, value) = (of.bounds(), of.value.unwrap_or(0));
            let room = if answer < 0 {
                value - bounds.low
            } else {
                bounds.high.map_or(i64::MAX, |high| high.saturating_sub(value))
            };
            slack = slack.saturating_add(room);
        }
        slack
    }

    /// Shows again what need not be hidden, the greatest first.
    fn review(&mut self) {
        let mut further: Vec<usize> = self.hidden.keys().copied().collect();
        let loss = |variable: &usize| self.system.variable(*variable).map_or(0, Variable::loss);
        order::sort_by(&mut further, |a, b| loss(b).cmp(&loss(a)));
        for variable in further {
            let component = self.system.component(variable);
            if component.variables.len() > REVIEWED {
                continue;
            }
            self.system.set_hidden(variable, false);
            if self.is_still_protected(&component) {
                self.hidden.remove(&variable);
            } else {
                self.system.set_hidden(variable, true);
            }
        }
    }

    fn is_still_protected(&mut self, component: &Component) -> bool {
        let mut rest = component.variables.clone();
        while let Some(variable) = rest.pop() {
            let Some(of) = self.system.variable(variable) else { continue };
            if let Some(told) = of.told() {
                if of.need.is_some_and(|need| !need.is_met(told, Some(told))) {
                    return false;
                }
                continue;
            }
            let part = self.system.component(variable);
            rest.retain(|other| !part.variables.contains(other));
            if !self.judge_one(&part).is_ok_and(|failing| failing.is_empty()) {
                return false;
            }
        }
        true
    }
}

/// How far a value must be able to go: up, or down if that is enough.
fn wanted(need: Need, value: Option<i64>) -> i64 {
    let value = value.unwrap_or(0);
    if need.high <= value && value >= need.width {
        return value.saturating_sub(need.low).max(need.width).max(1).saturating_neg();
    }
    need.high.saturating_sub(value).max(need.width.saturating_sub(value)).max(1)
}

/// How far a range is from wide enough: up, or down if that is enough.
fn lacking(need: Need, interval: Interval) -> i64 {
    let high = interval.high.unwrap_or(i64::MAX);
    let (up, down) = (need.high.saturating_sub(high), interval.low.saturating_sub(need.low));
    let wider = need.width.saturating_sub(high.saturating_sub(interval.low));
    match need.high == i64::MIN {
        false if up > 0 || wider > 0 => up.max(wider),
        _ => down.max(wider).max(1).saturating_neg(),
    }
}

/// A number of cells that any protection has to hide, asked before anything is hidden for another: the sensitive ones, and one more for each equation that would give one away, of
/// equations that share no cell which could be hidden.
#[must_use]
pub(super) fn lower_bound(system: &System) -> usize {
    let mut used = BTreeSet::new();
    let mut more = 0_usize;
    for equation in system.equations() {
        let open: Vec<usize> = equation.terms.iter().map(|(of, _)| *of).filter(|of| system.is_open(*of)).collect();
        let minds = matches!(open.as_slice(), [one] if system.variable(*one).is_some_and(|of| of.need.is_some()));
        let shown = |of: &usize| system.variable(*of).is_some_and(|of| of.hidable && !of.hidden);
        let others: Vec<usize> = equation.terms.iter().map(|(of, _)| *of).filter(shown).collect();
        if minds && !others.is_empty() && others.iter().all(|of| !used.contains(of)) {
            used.extend(others);
            more += 1;
        }
    }
    let sensitive = system.variables.iter().filter(|of| of.hidable && of.hidden).count();
    sensitive.saturating_add(more)
}
