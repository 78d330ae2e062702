//! What a release says, as an outsider reads it: one variable a cell, linear equations between them.
//!
//! A [`System`] is made from a release by `build`; `complementary` hides variables in it and `audit` asks what
//! the equations give away. Everything is a whole number.

use super::program::{Bounds, Program};
use crate::order;
use std::collections::{BTreeMap, BTreeSet};

/// What an outsider must not be able to find out: the range that is left to him has to satisfy all three.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// The greatest value of the range is at least this.
    pub high: i64,
    /// The least value of the range is at most this.
    pub low: i64,
    /// From the least to the greatest value it is at least as far as this.
    pub width: i64,
}

impl Need {
    /// Whether a range is wide enough.
    #[must_use]
    pub fn is_met(self, low: i64, high: Option<i64>) -> bool {
        let Some(high) = high else { return low <= self.low };
        high >= self.high && low <= self.low && high.saturating_sub(low) >= self.width
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { high: self.high.max(other.high), low: self.low.min(other.low), width: self.width.max(other.width) }
    }
}

/// One cell, wherever it is published, or what follows from cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its value; what an earlier release hid may be unknown to us as well.
    pub value: Option<i64>,
    /// What is told if it is shown as a rounded rate: the least and the greatest value that round so. Else the value itself.
    pub rounded: Option<(i64, i64)>,
    /// The least value that anybody knows it can have.
    pub low: i64,
    /// The greatest: a public denominator, or what was published before.
    pub high: Option<i64>,
    /// It may be hidden: it is part of this release and not known anyway.
    pub hidable: bool,
    /// It is not shown.
    pub hidden: bool,
    /// It has to be protected.
    pub need: Option<Need>,
    /// It stands for no cell of a table, but for a difference or a rest of cells.
    pub implicit: bool,
}

impl Variable {
    /// The bounds that are known of it without any equation.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        match (self.hidden, self.rounded, self.value) {
            (false, Some((low, high)), _) => {
                Bounds { low: low.max(self.low), high: Some(self.high.map_or(high, |known| known.min(high))) }
            }
            (false, None, Some(value)) => Bounds { low: value, high: Some(value) },
            _ => Bounds { low: self.low, high: self.high },
        }
    }

    /// Whether its bounds leave what a need asks for.
    #[must_use]
    pub fn leaves(&self, need: Need) -> bool {
        let Bounds { low, high } = self.bounds();
        need.is_met(low, high)
    }

    /// The value, if it is told.
    #[must_use]
    pub fn told(&self) -> Option<i64> {
        let Bounds { low, high } = self.bounds();
        (high == Some(low)).then_some(low)
    }

    /// What is lost with it: the units that it counts, and one.
    #[must_use]
    pub fn loss(&self) -> i64 {
        self.value.unwrap_or(0).saturating_add(1)
    }
}

/// Coefficients by variable, and what they add up to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Equation {
    /// The terms, by variable, each once.
    pub terms: Vec<(usize, i64)>,
    /// The sum.
    pub equals: i64,
}

/// Variables and equations.
#[derive(Clone, Debug, Default)]
pub struct System {
    /// The variables.
    pub variables: Vec<Variable>,
    equations: Vec<Equation>,
    of_variable: Vec<Vec<usize>>,
}

/// Variables that are not told and hang together by equations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    /// The variables, ascending.
    pub variables: Vec<usize>,
    /// The equations between them, ascending.
    pub equations: Vec<usize>,
}

impl System {
    /// Adds a variable.
    pub fn add(&mut self, variable: Variable) -> usize {
        self.variables.push(variable);
        self.of_variable.push(Vec::new());
        self.variables.len() - 1
    }

    /// Adds an equation. Terms of one variable are joined.
    pub fn equate(&mut self, terms: impl IntoIterator<Item = (usize, i64)>, equals: i64) {
        let mut joined: BTreeMap<usize, i64> = BTreeMap::new();
        for (variable, times) in terms {
            let sum = joined.entry(variable).or_default();
            *sum = sum.saturating_add(times);
        }
        let terms: Vec<(usize, i64)> = joined.into_iter().filter(|(_, times)| *times != 0).collect();
        for (variable, _) in &terms {
            self.of_variable.get_mut(*variable).into_iter().for_each(|of| of.push(self.equations.len()));
        }
        self.equations.push(Equation { terms, equals });
    }

    /// A variable.
    #[must_use]
    pub fn variable(&self, variable: usize) -> Option<&Variable> {
        self.variables.get(variable)
    }

    /// All equations.
    #[must_use]
    pub fn equations(&self) -> &[Equation] {
        &self.equations
    }

    /// The terms of an equation.
    #[must_use]
    pub fn terms(&self, equation: usize) -> &[(usize, i64)] {
        self.equations.get(equation).map(|equation| equation.terms.as_slice()).unwrap_or_default()
    }

    /// The equations of a variable.
    #[must_use]
    pub fn equations_of(&self, variable: usize) -> &[usize] {
        self.of_variable.get(variable).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether the value of a variable is not told.
    #[must_use]
    pub fn is_open(&self, variable: usize) -> bool {
        self.variable(variable).is_some_and(|variable| variable.told().is_none())
    }

    /// Hides or shows a variable.
    pub fn set_hidden(&mut self, variable: usize, hidden: bool) {
        self.variables.get_mut(variable).into_iter().for_each(|variable| variable.hidden = hidden);
    }

    /// The sum of an equation's terms by the true values, if all are known; `None` beyond 64 bits as well.
    #[must_use]
    pub fn imbalance(&self, equation: &Equation) -> Option<i64> {
        let mut sum = 0_i64;
        for (variable, times) in &equation.terms {
            sum = sum.checked_add(self.variable(*variable)?.value?.checked_mul(*times)?)?;
        }
        sum.checked_sub(equation.equals)
    }

    /// The component of a variable that is not told.
    #[must_use]
    pub fn component(&self, start: usize) -> Component {
        let (mut variables, mut equations) = (BTreeSet::from([start]), BTreeSet::new());
        let mut waiting = vec![start];
        while let Some(variable) = waiting.pop() {
            for equation in self.equations_of(variable) {
                if !equations.insert(*equation) {
                    continue;
                }
                let open = self.terms(*equation).iter().map(|(other, _)| *other).filter(|other| self.is_open(*other));
                waiting.extend(open.filter(|other| variables.insert(*other)));
            }
        }
        Component { variables: variables.into_iter().collect(), equations: equations.into_iter().collect() }
    }

    /// All components, by their first variables.
    #[must_use]
    pub fn components(&self) -> Vec<Component> {
        let mut met = BTreeSet::new();
        let mut found = Vec::new();
        for variable in (0..self.variables.len()).filter(|variable| self.is_open(*variable)) {
            if !met.contains(&variable) {
                let component = self.component(variable);
                met.extend(component.variables.iter().copied());
                found.push(component);
            }
        }
        found
    }

    /// What an outsider knows of a component: its variables in their order, and its equations without what is told. Equal equations once.
    #[must_use]
    pub fn program(&self, component: &Component) -> Option<Program> {
        let place = order::map(component.variables.iter().enumerate().map(|(at, of)| (*of, at)));
        let bounds = component.variables.iter().filter_map(|variable| self.variable(*variable)).map(Variable::bounds);
        let variables: Vec<Bounds> = bounds.collect();
        let mut rows = BTreeSet::new();
        for equation in component.equations.iter().filter_map(|equation| self.equations.get(*equation)) {
            let (mut terms, mut equals) = (Vec::new(), equation.equals);
            for (variable, times) in &equation.terms {
                match (place.get(variable), self.variable(*variable)?.told()) {
                    (Some(at), _) => terms.push((*at, *times)),
                    (None, told) => equals = equals.checked_sub(told?.checked_mul(*times)?)?,
                }
            }
            rows.insert((terms, equals));
        }
        Some(Program { variables, rows: rows.into_iter().collect() })
    }
}
