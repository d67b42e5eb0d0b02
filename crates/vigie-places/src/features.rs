//! What speaks for a candidate, as whole numbers. The ranker weighs them by name.

use crate::candidates::Match;
use vigie_resources::{HeadKind, LocateWords, Place, PlaceKind, conflict_weight};

/// How many features there are.
pub(crate) const COUNT: usize = 40;

/// Their names, in order: the rows of the model file.
pub const FEATURES: [&str; COUNT] = [
    "people",
    "largest",
    "second",
    "only",
    "is-country",
    "is-part-of-world",
    "is-region",
    "is-division",
    "is-district",
    "is-capital",
    "is-town",
    "is-small-town",
    "is-village",
    "is-quarter",
    "is-site",
    "by-alias",
    "by-people",
    "by-stripping",
    "by-part",
    "by-spelling",
    "by-surroundings",
    "home",
    "held",
    "held-elsewhere",
    "kind-asked",
    "other-kind-asked",
    "country-told",
    "division-told",
    "country-share",
    "division-share",
    "near-50",
    "near-160",
    "nearness",
    "top-country",
    "top-division",
    "larger-namesake-country",
    "millions",
    "told-often-country",
    "at-war",
    "named-like-its-town",
];

/// One number a feature.
pub type Features = [i32; COUNT];

/// What the document tells, as one candidate needs it.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Told {
    /// Mentions of its country, of its division.
    pub(crate) country: u32,
    pub(crate) division: u32,
    /// Tenths of the other names that are thought to lie in its country, division.
    pub(crate) country_share: u32,
    pub(crate) division_share: u32,
    pub(crate) top_country: bool,
    pub(crate) top_division: bool,
    /// Other names thought to lie within 50 and 160 kilometres; kilometres to the nearest.
    pub(crate) near_50: u32,
    pub(crate) near_160: u32,
    pub(crate) nearest: Option<u32>,
    /// Mentions of the name with a larger place that holds this candidate; with one that does not.
    pub(crate) held: bool,
    pub(crate) held_elsewhere: bool,
    pub(crate) head: Option<HeadKind>,
}

/// Place of the candidate among those of its name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rank {
    /// How many of the others have more people.
    pub(crate) larger: u32,
    pub(crate) candidates: u32,
    /// One of the others is a country.
    pub(crate) rival_country: bool,
    /// A town among the others lies in it, so that it is called after the town.
    pub(crate) own_town: bool,
}

pub(crate) fn bits(n: u32) -> i32 {
    32 - n.leading_zeros() as i32
}

/// Does the kind of a place answer the noun beside its name?
pub(crate) fn answers(kind: PlaceKind, head: HeadKind) -> bool {
    match head {
        HeadKind::Country => kind == PlaceKind::Country,
        HeadKind::Division => matches!(kind, PlaceKind::Division | PlaceKind::Region),
        HeadKind::District => matches!(kind, PlaceKind::District | PlaceKind::Division),
        HeadKind::Settlement => matches!(kind, PlaceKind::Town | PlaceKind::Capital | PlaceKind::Village),
        HeadKind::Water => kind == PlaceKind::Region,
        HeadKind::Area => matches!(
            kind,
            PlaceKind::Country | PlaceKind::Continent | PlaceKind::Region | PlaceKind::Division | PlaceKind::District
        ),
    }
}

pub(crate) fn features(place: &Place, by: Match, rank: Rank, told: &Told, words: &LocateWords) -> Features {
    let kind = match place.kind {
        PlaceKind::Country => "is-country",
        PlaceKind::Continent => "is-part-of-world",
        PlaceKind::Region => "is-region",
        PlaceKind::Division => "is-division",
        PlaceKind::District => "is-district",
        PlaceKind::Capital => "is-capital",
        PlaceKind::Town if place.small => "is-small-town",
        PlaceKind::Town => "is-town",
        PlaceKind::Village => "is-village",
        PlaceKind::Quarter => "is-quarter",
        PlaceKind::Site => "is-site",
    };
    let way = match by {
        Match::Main => "",
        Match::Alias => "by-alias",
        Match::People => "by-people",
        Match::Stripped => "by-stripping",
        Match::Part => "by-part",
        Match::Spelt => "by-spelling",
        Match::Around => "by-surroundings",
    };
    let values: [(&str, i32); 25] = [
        (kind, 1),
        (way, 1),
        ("people", bits(place.population)),
        ("largest", i32::from(rank.larger == 0)),
        ("second", i32::from(rank.larger == 1)),
        ("only", i32::from(rank.candidates == 1)),
        ("home", i32::from(words.home.contains(place.country))),
        ("held", i32::from(told.held)),
        ("held-elsewhere", i32::from(told.held_elsewhere && !told.held)),
        ("kind-asked", i32::from(told.head.is_some_and(|h| answers(place.kind, h)))),
        ("other-kind-asked", i32::from(told.head.is_some_and(|h| !answers(place.kind, h)))),
        ("country-told", i32::from(told.country > 0)),
        ("told-often-country", bits(told.country).min(5)),
        ("division-told", bits(told.division).min(3)),
        ("country-share", told.country_share.min(10) as i32),
        ("division-share", told.division_share.min(10) as i32),
        ("top-country", i32::from(told.top_country)),
        ("top-division", i32::from(told.top_division)),
        ("near-50", told.near_50.min(4) as i32),
        ("near-160", told.near_160.min(6) as i32),
        ("nearness", told.nearest.map_or(0, |km| (12 - bits(km)).max(0))),
        ("larger-namesake-country", i32::from(rank.rival_country && place.kind != PlaceKind::Country)),
        ("millions", i32::from(place.population >= 1_000_000)),
        ("at-war", conflict_weight(place.country) as i32),
        ("named-like-its-town", i32::from(rank.own_town && told.head.is_none_or(|h| !answers(place.kind, h)))),
    ];
    let mut out = [0; COUNT];
    for (name, value) in values {
        if let Some(at) = FEATURES.iter().position(|f| *f == name) {
            out[at] = value;
        }
    }
    out
}
