//! Where the centre of a commune lies: one point to draw it at, not its shape.

/// The centroid of the boundary of a commune, inside it, in degrees of WGS 84, to a thousandth: some 100 m.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Centre {
    lat: i32,
    lon: i32,
}

impl Centre {
    /// Reads latitude and longitude, each with three decimals, as the generator writes them.
    pub(super) fn parse(lat: &str, lon: &str) -> Option<Self> {
        Some(Self { lat: thousandths(lat)?, lon: thousandths(lon)? })
    }

    /// Degrees north.
    #[must_use]
    pub fn lat(self) -> f64 {
        f64::from(self.lat) / 1000.0
    }

    /// Degrees east.
    #[must_use]
    pub fn lon(self) -> f64 {
        f64::from(self.lon) / 1000.0
    }
}

fn thousandths(text: &str) -> Option<i32> {
    let (whole, decimals) = text.split_once('.').filter(|(_, decimals)| decimals.len() == 3)?;
    let number = format!("{whole}{decimals}").parse::<u32>().ok().filter(|number| *number < 180_000)?;
    i32::try_from(number).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_have_three_decimals() {
        let kortrijk = Centre::parse("50.823", "3.265").unwrap();
        assert_eq!((kortrijk.lat(), kortrijk.lon()), (50.823, 3.265));
        for wrong in ["50.8", "50.8231", "-1.000", "181.000", "50,823", ""] {
            assert_eq!(Centre::parse("50.823", wrong), None, "{wrong}");
        }
    }
}
