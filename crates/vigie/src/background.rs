//! The registries of the resources, as events and situations ask them.

use smol_str::SmolStr;
use std::collections::BTreeSet;
use vigie_events::{ActorFacts, Background, PlaceFacts};
use vigie_resources::{PlaceKind, actor, actors_named, country, kind_of, place, places_named, whole_of};

/// Actors and places that are shipped.
#[derive(Debug, Clone, Copy, Default)]
pub struct Registries;

impl Background for Registries {
    fn actor(&self, id: &str) -> Option<ActorFacts> {
        let kind = kind_of(id)?;
        // Bodies that every state has are in no row and bear the name that the text gives them.
        let name = actor(id).and_then(|entry| entry.fr.iter().chain(&entry.en).next().copied()).unwrap_or_default();
        Some(ActorFacts {
            name: name.to_owned(),
            kind: SmolStr::new(kind),
            part_of: whole_of(id).map(SmolStr::new),
            side: None,
        })
    }

    fn place(&self, id: &str) -> Option<PlaceFacts> {
        let place = place(id)?;
        let around = place.division.clone().filter(|d| d != &place.id);
        let within = around.or_else(|| country(place.country).map(|c| c.place.clone())).filter(|w| w != &place.id);
        // The gazetteer's names are English or local: a place is called what the text calls it.
        Some(PlaceFacts { name: String::new(), within, country: place.kind == PlaceKind::Country })
    }
}

/// The ids of the places and actors that the registries call by this name, sorted.
#[must_use]
pub fn ids_of(name: &str) -> Vec<SmolStr> {
    let places = places_named(name).into_iter().map(|p| p.id);
    let actors = actors_named(name).into_iter().map(|(entry, _)| SmolStr::new(entry.id));
    places.chain(actors).collect::<BTreeSet<_>>().into_iter().collect()
}
