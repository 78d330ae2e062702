//! The audit: what an outsider can find out about each variable that is not told.
//!
//! A [`System`] enters; the range of each hidden or rounded variable leaves, exact over all whole numbers that fit what is published. Variables
//! that hang together are asked together; a component beyond the limit is a [`Trouble`], and the release fails with it.

use super::limit::EQUATIONS;
use super::program::{End, Extreme, Failure, Solver};
use super::system::{Component, Need, System};
use std::collections::BTreeMap;

/// What an outsider can find out about a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// The least value that fits what is published.
    pub low: i64,
    /// The greatest; there may be none.
    pub high: Option<i64>,
    /// False if the search for values further out was cut: the range is at least this one.
    pub exact: bool,
}

/// Why a component cannot be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    /// It has too many variables.
    Size,
    /// Its numbers or steps pass the limits of exact arithmetic.
    Arithmetic,
    /// What is published contradicts itself.
    Contradiction,
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Infeasible => Self::Contradiction,
            Failure::TooLarge => Self::Arithmetic,
        }
    }
}

/// What an audit found.
#[derive(Clone, Debug, Default)]
pub struct Audit {
    /// The ranges, by variable.
    pub intervals: BTreeMap<usize, Interval>,
    /// The variables of each component that cannot be judged.
    pub troubles: Vec<(Component, Trouble)>,
    /// How many components there are.
    pub components: usize,
    /// The variables of the largest.
    pub largest: usize,
}

impl Audit {
    /// Asks everything.
    #[must_use]
    pub fn of(system: &System, limit: usize) -> Self {
        let mut audit = Self::default();
        for component in system.components() {
            audit.components += 1;
            audit.largest = audit.largest.max(component.variables.len());
            match intervals(system, &component, limit) {
                Ok(found) => audit.intervals.extend(found),
                Err(trouble) => audit.troubles.push((component, trouble)),
            }
        }
        audit
    }

    /// The protected variables that are not protected enough.
    #[must_use]
    pub fn failing(&self, system: &System) -> Vec<usize> {
        let fails = |(variable, of): (usize, &super::system::Variable)| {
            let need = of.need?;
            let (low, high) = match self.intervals.get(&variable) {
                Some(interval) => (interval.low, interval.high),
                None => of.told().map(|told| (told, Some(told)))?,
            };
            (!need.is_met(low, high)).then_some(variable)
        };
        system.variables.iter().enumerate().filter_map(fails).collect()
    }
}

/// A solver for a component that knows the true values, where we know them all.
pub(super) fn solver(system: &System, component: &Component, limit: usize) -> Result<Solver, Trouble> {
    if component.variables.len() > limit || component.equations.len() > EQUATIONS {
        return Err(Trouble::Size);
    }
    let mut solver = Solver::new(system.program(component).ok_or(Trouble::Arithmetic)?)?;
    let value = |variable: &usize| system.variable(*variable)?.value;
    if let Some(truth) = component.variables.iter().map(value).collect::<Option<Vec<i64>>>() {
        solver.meet(&truth);
    }
    Ok(solver)
}

fn intervals(system: &System, component: &Component, limit: usize) -> Result<Vec<(usize, Interval)>, Trouble> {
    let mut solver = solver(system, component, limit)?;
    let asked = component.variables.iter().enumerate();
    asked.map(|(at, variable)| Ok((*variable, interval(&mut solver, at)?))).collect()
}

/// The range of one variable of a solver.
pub(super) fn interval(solver: &mut Solver, at: usize) -> Result<Interval, Trouble> {
    let (low, low_exact) = match solver.extreme(at, End::Low)? {
        Extreme::Exact(value) => (value, true),
        Extreme::AtLeastAsFar(value) => (value, false),
        // Every variable has a lower bound.
        Extreme::Unlimited => return Err(Trouble::Arithmetic),
    };
    let (high, high_exact) = match solver.extreme(at, End::High)? {
        Extreme::Exact(value) => (Some(value), true),
        Extreme::AtLeastAsFar(value) => (Some(value), false),
        Extreme::Unlimited => (None, true),
    };
    Ok(Interval { low, high, exact: low_exact && high_exact })
}

/// The protected variables of a component that are not protected enough, each with its range. What was met on the way is not asked again.
pub(super) fn failing(system: &System, component: &Component, limit: usize) -> Result<Vec<(usize, Interval)>, Trouble> {
    let mut found = Vec::new();
    let needs: Vec<(usize, usize, Need)> = protected(system, component).collect();
    if needs.is_empty() {
        return Ok(found);
    }
    let mut solver = solver(system, component, limit)?;
    for (at, variable, need) in needs {
        if solver.seen(at).is_some_and(|(low, high)| need.is_met(low, Some(high))) {
            continue;
        }
        let interval = interval(&mut solver, at)?;
        if !need.is_met(interval.low, interval.high) {
            found.push((variable, interval));
        }
    }
    Ok(found)
}

/// The protected variables of a component, with their places in it.
fn protected<'s>(system: &'s System, component: &'s Component) -> impl Iterator<Item = (usize, usize, Need)> + 's {
    let need = |(at, variable): (usize, &usize)| Some((at, *variable, system.variable(*variable)?.need?));
    component.variables.iter().enumerate().filter_map(need)
}
