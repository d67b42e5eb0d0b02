//! What a place looks like on a map: a point, a line, an area.

use vigie_claims::{PlaceMention, Precision};

/// Longitude and latitude in degrees.
pub(super) type Position = [f64; 2];

/// A shape on a map.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    Point(Position),
    Line(Vec<Position>),
    /// One ring, closed, counter-clockwise.
    Area(Vec<Position>),
}

/// Corners of an area around a point.
const CORNERS: u32 = 32;
/// Kilometres of one degree of latitude.
const DEGREE_KM: f64 = 111.195;
/// The kind of phrase that tells a way and not the ground beside it.
const ROUTE: &str = "route";

pub(super) fn position((lat, lon): (i32, i32)) -> Position {
    [f64::from(lon) / 1e6, f64::from(lat) / 1e6]
}

/// To a metre or so: what is behind is no knowledge, and machines round it differently.
fn rounded(value: f64) -> f64 {
    (value * 1e5).round() / 1e5
}

impl Shape {
    /// The shape of a mention: a line for a route, an area for a strip between places and for what lies around or in part of
    /// one, else a point; `None` where nobody knows where it is.
    pub(super) fn of(mention: &PlaceMention) -> Option<Self> {
        let phrase = mention.phrase.as_ref();
        if let Some((phrase, [a, b])) = phrase.and_then(|f| f.line.map(|line| (f, line)))
            && a != b
        {
            let ends = [position(a), position(b)];
            let wide = mention.radius_km.unwrap_or(1).max(1);
            return Some(if phrase.kind == ROUTE { Self::Line(ends.to_vec()) } else { Self::strip(ends, wide) });
        }
        let centre = position(mention.point?);
        let vague = matches!(mention.precision, Precision::Near | Precision::Region) && phrase.is_some();
        match mention.radius_km.filter(|km| vague && *km > 0) {
            Some(km) => Some(Self::around(centre, km)),
            None => Some(Self::Point(centre)),
        }
    }

    fn around([lon, lat]: Position, km: u32) -> Self {
        let (up, across) = scale(lat, km);
        let corner = |n: u32| {
            let angle = std::f64::consts::TAU * f64::from(n % CORNERS) / f64::from(CORNERS);
            bounded(lon + across * angle.cos(), lat + up * angle.sin())
        };
        Self::Area((0..=CORNERS).map(corner).collect())
    }

    /// The ground to both sides of a line.
    fn strip([a, b]: [Position; 2], km: u32) -> Self {
        let (up, across) = scale((a[1] + b[1]) / 2.0, km);
        // Measured in widths of the strip, so that a right angle is one.
        let (x, y) = ((b[0] - a[0]) / across, (b[1] - a[1]) / up);
        let length = (x * x + y * y).sqrt();
        let (side_x, side_y) = (-y / length * across, x / length * up);
        let corner = |p: Position, sign: f64| bounded(p[0] + sign * side_x, p[1] + sign * side_y);
        let first = corner(a, -1.0);
        Self::Area(vec![first, corner(b, -1.0), corner(b, 1.0), corner(a, 1.0), first])
    }
}

/// Degrees of latitude and of longitude that so many kilometres are at a latitude.
fn scale(lat: f64, km: u32) -> (f64, f64) {
    let up = f64::from(km) / DEGREE_KM;
    (up, up / lat.to_radians().cos().max(0.01))
}

fn bounded(lon: f64, lat: f64) -> Position {
    [rounded(lon.clamp(-180.0, 180.0)), rounded(lat.clamp(-90.0, 90.0))]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twice the area that a ring encloses; above nought when it runs counter-clockwise.
    fn twice_area(ring: &[Position]) -> f64 {
        ring.windows(2).map(|w| w[0][0] * w[1][1] - w[1][0] * w[0][1]).sum()
    }

    #[test]
    fn areas_are_closed_and_run_counter_clockwise() {
        let strips = [[[37.0, 36.0], [38.0, 36.5]], [[38.0, 36.5], [37.0, 36.0]], [[1.0, -5.0], [1.0, 5.0]]];
        let areas = strips.map(|ends| Shape::strip(ends, 3)).into_iter().chain([Shape::around([37.0, 36.0], 10)]);
        for area in areas {
            let Shape::Area(ring) = area else { panic!("no area") };
            assert_eq!(ring.first(), ring.last());
            assert!(twice_area(&ring) > 0.0, "{ring:?}");
        }
    }

    #[test]
    fn a_circle_is_as_wide_as_it_is_high() {
        let Shape::Area(ring) = Shape::around([37.0, 60.0], 111) else { panic!("no area") };
        let (east, north) = (ring[0][0] - 37.0, ring[CORNERS as usize / 4][1] - 60.0);
        assert!((north - 1.0).abs() < 0.01 && (east - 2.0).abs() < 0.02, "{east} {north}");
    }
}
