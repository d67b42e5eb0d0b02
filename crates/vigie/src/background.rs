//! The registries of the resources, as events and situations ask them.

use smol_str::SmolStr;
use std::collections::BTreeSet;
use vigie_events::{ActorFacts, Background, PlaceFacts, Sort};
use vigie_resources::{
    PlaceKind, Sector, actor, actors_named, country, country_of, kind_of, place, places_named, sector_of,
    state_part_of, whole_of,
};

/// Actors and places that are shipped. Names stay those of the text, which a reader of that language expects; only
/// what the text may leave out (kind, whole, country) comes from here.
#[derive(Debug, Clone, Copy, Default)]
pub struct Registries;

impl Background for Registries {
    fn actor(&self, id: &str) -> Option<ActorFacts> {
        let kind = kind_of(id)?;
        let name = match (actor(id), country_of(id)) {
            (Some(entry), _) => entry.all_names().next().unwrap_or_default(),
            (None, Some(iso2)) if !id.contains('.') => country(iso2).and_then(|c| c.names().next()).unwrap_or_default(),
            _ => "",
        };
        Some(ActorFacts { name: name.to_owned(), kind: kind.into(), part_of: whole_of(id).map(Into::into), side: None })
    }

    fn sort(&self, id: &str) -> Option<Sort> {
        let sector = Some(sector_of(id)).filter(|s| !matches!(s, Sector::None | Sector::Civilians))?;
        let country = match id.strip_prefix("t:") {
            Some(name) => name.split_once('@').map(|(_, theatre)| theatre.split('/').next().unwrap_or_default()),
            None => country_of(id).or_else(|| actor(id).and_then(|a| a.countries.first().copied())),
        };
        Some(Sort {
            generic: id.starts_with("t:"),
            sector,
            part: state_part_of(id).into(),
            country: country.filter(|c| !c.is_empty()).map(Into::into),
        })
    }

    fn place(&self, id: &str) -> Option<PlaceFacts> {
        // "gn:170063/east" is a part of a place, "t:bases@gn:170063" lies somewhere in one.
        if let Some((whole, _)) = id.rsplit_once('/') {
            return Some(PlaceFacts { name: String::new(), within: Some(whole.into()), country: false });
        }
        if let Some((_, around)) = id.strip_prefix("t:").and_then(|rest| rest.rsplit_once('@')) {
            let around = if around.contains(':') {
                around.into()
            } else {
                country(&around.to_uppercase()).map(|c| c.place.clone())?
            };
            return Some(PlaceFacts { name: String::new(), within: Some(around), country: false });
        }
        let found = place(id)?;
        let is_country = matches!(found.kind, PlaceKind::Country | PlaceKind::Continent);
        let around = found.division.clone().or_else(|| country(found.country).map(|c| c.place.clone()));
        Some(PlaceFacts {
            name: String::new(),
            within: around.filter(|whole| !is_country && *whole != found.id),
            country: is_country,
        })
    }
}

/// The ids of the places and actors that the registries call by this name, sorted.
#[must_use]
pub fn ids_of(name: &str) -> Vec<SmolStr> {
    let places = places_named(name).into_iter().map(|p| p.id);
    let actors = actors_named(name).into_iter().map(|(entry, _)| SmolStr::new(entry.id));
    places.chain(actors).collect::<BTreeSet<_>>().into_iter().collect()
}
