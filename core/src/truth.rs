//! Strong Kleene truth: true, false or unknown.

/// A truth value of three.
///
/// Unknown is a value of its own, never an absent boolean: `not` of it is unknown, and one decided part can still decide
/// an `and` or an `or`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// It is not so.
    False,
    /// It is not known whether it is so.
    Unknown,
    /// It is so.
    True,
}

impl Truth {
    /// The smaller of both: false wins.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// The larger of both: true wins.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// The other side; unknown stays.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }

    /// The word in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::False => "false",
            Self::Unknown => "unknown",
            Self::True => "true",
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{self, False, True, Unknown};

    const ALL: [Truth; 3] = [False, Unknown, True];

    #[test]
    fn and_is_kleenes_table() {
        let table = ALL.map(|a| ALL.map(|b| a.and(b)));
        assert_eq!(table, [[False, False, False], [False, Unknown, Unknown], [False, Unknown, True]]);
    }

    #[test]
    fn or_is_kleenes_table() {
        let table = ALL.map(|a| ALL.map(|b| a.or(b)));
        assert_eq!(table, [[False, Unknown, True], [Unknown, Unknown, True], [True, True, True]]);
    }

    #[test]
    fn de_morgan_and_double_negation_hold() {
        for a in ALL {
            assert_eq!(a.negated().negated(), a);
            for b in ALL {
                assert_eq!(a.and(b).negated(), a.negated().or(b.negated()));
            }
        }
    }

    #[test]
    fn a_new_answer_never_flips_a_decided_result() {
        for a in ALL {
            for known in [False, True] {
                if a.and(Unknown) != Unknown {
                    assert_eq!(a.and(known), a.and(Unknown));
                }
                if a.or(Unknown) != Unknown {
                    assert_eq!(a.or(known), a.or(Unknown));
                }
            }
        }
    }
}
