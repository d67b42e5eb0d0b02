//! What speaks for a candidate, as whole numbers. The ranker weighs them by name.

use crate::candidates::Match;
use vigie_resources::{HeadKind, LocateWords, Place, PlaceKind, conflict_weight};

/// How many features there are.
pub(crate) const COUNT: usize = 49;

/// Their names, in order: the rows of the model file. Kinds first, then ways to the place, then the others.
pub const FEATURES: [&str; COUNT] = [
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
    "people",
    "largest",
    "second",
    "only",
    "home",
    "held",
    "held-elsewhere",
    "kind-asked",
    "other-kind-asked",
    "country-told",
    "told-often-country",
    "division-told",
    "country-share",
    "division-share",
    "top-country",
    "top-division",
    "near-50",
    "near-160",
    "nearness",
    "larger-namesake-country",
    "millions",
    "at-war",
    "named-like-its-town",
    "sure-country-share",
    "sure-division-share",
    "district-told",
    "beside-near",
    "beside-division",
    "beside-country",
    "times-smaller",
    "namesakes-near",
    "holds-another",
];

/// Where the ways to the place and the other features begin.
const WAYS: usize = 11;
const OTHERS: usize = 17;

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
    /// Tenths of the names whose place is hardly in doubt that lie in its country, division.
    pub(crate) sure_country_share: u32,
    pub(crate) sure_division_share: u32,
    /// Tenths of the other names that some place bears which lies near, whether it is meant or not.
    pub(crate) namesakes_near: u32,
    /// A district told by another name has it near its middle.
    pub(crate) district: bool,
    /// The mention before or behind one of its mentions lies near, in its division, in its country.
    pub(crate) beside_near: bool,
    pub(crate) beside_division: bool,
    pub(crate) beside_country: bool,
    /// Mentions of the name with a larger place that holds this candidate; with one that does not.
    pub(crate) held: bool,
    pub(crate) held_elsewhere: bool,
    /// It is told behind a comma as what holds another mention, and does hold a place of that name.
    pub(crate) holds: bool,
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
    /// People of the largest of all.
    pub(crate) most_people: u32,
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
        PlaceKind::Country => 0,
        PlaceKind::Continent => 1,
        PlaceKind::Region => 2,
        PlaceKind::Division => 3,
        PlaceKind::District => 4,
        PlaceKind::Capital => 5,
        PlaceKind::Town if place.small => 7,
        PlaceKind::Town => 6,
        PlaceKind::Village => 8,
        PlaceKind::Quarter => 9,
        PlaceKind::Site => 10,
    };
    let way = match by {
        Match::Main => None,
        Match::Alias => Some(0),
        Match::People => Some(1),
        Match::Stripped => Some(2),
        Match::Part => Some(3),
        Match::Spelt => Some(4),
        Match::Around => Some(5),
    };
    let others: [i32; COUNT - OTHERS] = [
        bits(place.population),
        i32::from(rank.larger == 0),
        i32::from(rank.larger == 1),
        i32::from(rank.candidates == 1),
        i32::from(words.home.contains(place.country)),
        i32::from(told.held),
        i32::from(told.held_elsewhere && !told.held),
        i32::from(told.head.is_some_and(|h| answers(place.kind, h))),
        i32::from(told.head.is_some_and(|h| !answers(place.kind, h))),
        i32::from(told.country > 0),
        bits(told.country).min(5),
        bits(told.division).min(3),
        told.country_share.min(10) as i32,
        told.division_share.min(10) as i32,
        i32::from(told.top_country),
        i32::from(told.top_division),
        told.near_50.min(4) as i32,
        told.near_160.min(6) as i32,
        told.nearest.map_or(0, |km| (12 - bits(km)).max(0)),
        i32::from(rank.rival_country && place.kind != PlaceKind::Country),
        i32::from(place.population >= 1_000_000),
        conflict_weight(place.country) as i32,
        i32::from(rank.own_town && told.head.is_none_or(|h| !answers(place.kind, h))),
        told.sure_country_share.min(10) as i32,
        told.sure_division_share.min(10) as i32,
        i32::from(told.district),
        i32::from(told.beside_near),
        i32::from(told.beside_division),
        i32::from(told.beside_country),
        bits(rank.most_people) - bits(place.population),
        told.namesakes_near.min(10) as i32,
        i32::from(told.holds),
    ];
    let mut out = [0; COUNT];
    out[kind] = 1;
    if let Some(way) = way {
        out[WAYS + way] = 1;
    }
    out[OTHERS..].copy_from_slice(&others);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_resources::{Language, locate_words, places_named};

    /// The names of what speaks for the first place of a name.
    fn told(name: &str, by: Match, told: Told) -> Vec<&'static str> {
        let words = locate_words(Language::from_code("fr").unwrap());
        let rank = Rank { larger: 1, candidates: 2, rival_country: true, own_town: true, most_people: 0 };
        let found = features(&places_named(name)[0], by, rank, &told, words);
        FEATURES.iter().zip(found).filter(|(_, value)| *value > 0).map(|(name, _)| *name).collect()
    }

    #[test]
    fn every_number_stands_under_its_name() {
        let told_of = Told { held: true, namesakes_near: 3, beside_country: true, ..Told::default() };
        let mut found = told("Moscou", Match::Alias, told_of);
        found.retain(|f| *f != "at-war");
        let wanted = [
            "is-capital",
            "by-alias",
            "people",
            "second",
            "held",
            "larger-namesake-country",
            "millions",
            "named-like-its-town",
            "beside-country",
            "namesakes-near",
        ];
        assert_eq!(found, wanted);
        assert!(told("Lyon", Match::Around, Told::default()).contains(&"by-surroundings"));
        assert!(told("Lyon", Match::Main, Told::default()).contains(&"home"));
        assert!(!told("Moscou", Match::Main, Told::default()).contains(&"home"));
    }
}
