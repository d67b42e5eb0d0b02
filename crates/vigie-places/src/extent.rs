//! How far places reach: which lie in which, which are points, how large they are as a rule.

use crate::geo::kilometres;
use vigie_resources::{Place, PlaceKind};

/// People from which a town may be the seat that an area is called after.
pub(crate) const SEAT: u32 = 20_000;

/// A place small enough that its point says where it is.
pub(crate) fn is_point(place: &Place) -> bool {
    !matches!(place.kind, PlaceKind::Country | PlaceKind::Continent | PlaceKind::Region)
}

pub(crate) fn is_area(place: &Place) -> bool {
    matches!(place.kind, PlaceKind::Division | PlaceKind::District)
}

/// Is the first a town of some size in the area that bears its name?
pub(crate) fn is_seat(town: &Place, area: &Place) -> bool {
    matches!(town.kind, PlaceKind::Town | PlaceKind::Capital)
        && town.population >= SEAT
        && town.country == area.country
        && (town.division.as_ref() == Some(&area.id) || kilometres(town.point, area.point) < 100)
}

pub(crate) fn inside(place: &Place, holder: &Place) -> bool {
    if place.id == holder.id {
        return false;
    }
    match holder.kind {
        PlaceKind::Country => !place.country.is_empty() && place.country == holder.country,
        PlaceKind::Division => place.division.as_ref() == Some(&holder.id),
        PlaceKind::District => {
            place.country == holder.country
                && place.kind != PlaceKind::Division
                && kilometres(place.point, holder.point) < 60
        }
        PlaceKind::Region | PlaceKind::Continent => false,
        _ => {
            matches!(place.kind, PlaceKind::Quarter | PlaceKind::Site | PlaceKind::Village | PlaceKind::Town)
                && kilometres(place.point, holder.point) < 30
        }
    }
}

/// Kilometres around the point that such a place takes in, as a rule: the size of the very place is not known.
pub(crate) fn radius(place: &Place) -> u32 {
    match place.kind {
        PlaceKind::Continent => 2_500,
        PlaceKind::Country => 400,
        PlaceKind::Region => 150,
        PlaceKind::Division => 100,
        PlaceKind::District => 30,
        PlaceKind::Site | PlaceKind::Quarter | PlaceKind::Village => 2,
        PlaceKind::Town | PlaceKind::Capital => 2 + (place.population / 10_000).isqrt().min(28),
    }
}
