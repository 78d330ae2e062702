//! Names beside dots, so that none lies on another.

use super::text_width;

/// Where a name stands beside its dot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// To the right.
    Right,
    /// To the left.
    Left,
    /// Above.
    Above,
    /// Below.
    Below,
}

impl Place {
    const ALL: [Self; 4] = [Self::Right, Self::Left, Self::Above, Self::Below];

    /// How far from the dot, right and down, and how the text is aligned there.
    pub(crate) fn offset(self) -> (f64, f64, &'static str) {
        match self {
            Self::Right => (12.0, 4.0, "start"),
            Self::Left => (-12.0, 4.0, "end"),
            Self::Above => (0.0, -12.0, "middle"),
            Self::Below => (0.0, 20.0, "middle"),
        }
    }
}

type Box4 = [f64; 4];

/// For each dot and its name a place where the name meets neither a dot nor another name, if there is one; those first in the list choose first.
pub(crate) fn placed(dots: &[([f64; 2], &str)], size: f64, width: f64) -> Vec<Option<Place>> {
    let of_dots: Vec<Box4> = dots.iter().map(|([x, y], _)| [x - 8.0, y - 8.0, x + 8.0, y + 8.0]).collect();
    let mut taken: Vec<Box4> = Vec::new();
    let mut places = Vec::new();
    for (at, ([x, y], name)) in dots.iter().enumerate() {
        let others = || of_dots.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, one)| one);
        let found = Place::ALL.into_iter().find_map(|place| {
            let area = area(*x, *y, name, size, place);
            let is_inside = area[0] >= 0.0 && area[2] <= width && area[1] >= 0.0;
            let is_free = others().chain(&taken).all(|other| !meet(&area, other));
            (is_inside && is_free).then_some((place, area))
        });
        taken.extend(found.map(|(_, area)| area));
        places.push(found.map(|(place, _)| place));
    }
    places
}

fn area(x: f64, y: f64, name: &str, size: f64, place: Place) -> Box4 {
    let (dx, dy, anchor) = place.offset();
    let width = text_width(name, size);
    let left = match anchor {
        "start" => x + dx,
        "end" => x + dx - width,
        _ => x - width / 2.0,
    };
    [left, y + dy - size, left + width, y + dy + 3.0]
}

fn meet(one: &Box4, other: &Box4) -> bool {
    one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_do_not_meet() {
        let dots = [([100.0, 100.0], "Roubaix"), ([120.0, 100.0], "Wattrelos"), ([100.0, 112.0], "Croix")];
        let places = placed(&dots, 10.0, 400.0);
        assert_eq!(places, [Some(Place::Left), Some(Place::Right), Some(Place::Below)]);
    }
}
