//! What a claim is about: the keys of fluents, with the names that a person would write.

use crate::fluent::Fluent;
use smol_str::{SmolStr, format_smolstr};
use std::collections::BTreeMap;
use vigie_claims::{ActorId, Claim, Filler, PlaceId, PlaceMention, Precision, Role};
use vigie_events::{Background, fold_name};
use vigie_resources::{KeyPart, fluent_rules, situation_words};

/// A question: fluent and what it is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) fluent: Fluent,
    pub(crate) parts: Vec<SmolStr>,
}

/// Names by id; the registry's where it has one, else the first that a claim used.
#[derive(Debug, Default)]
pub(crate) struct Names(BTreeMap<SmolStr, String>);

impl Names {
    pub(crate) fn put(&mut self, id: &SmolStr, name: &str) {
        if !name.is_empty() {
            self.0.entry(id.clone()).or_insert_with(|| name.to_owned());
        }
    }

    pub(crate) fn get(&self, id: &str) -> String {
        self.0.get(id).cloned().unwrap_or_else(|| id.to_owned())
    }
}

/// The place of a claim as a part of a key, with its name.
pub(crate) struct PlaceKey {
    pub(crate) id: PlaceId,
    pub(crate) name: String,
    /// The place itself, not a part or a vague area inside it.
    whole: bool,
    country: bool,
}

impl PlaceKey {
    pub(crate) fn of(mention: &PlaceMention, background: &dyn Background) -> Option<Self> {
        let folded = fold_name(&mention.name);
        let made = format_smolstr!("t:{folded}");
        let wide = matches!(mention.precision, Precision::Region | Precision::Country);
        let id = match &mention.place {
            // "Large parts of the country" is no place of the map: it gets a row of its own and no shape.
            Some(id) if wide && !id.starts_with("t:") => {
                if situation_words().is_vague(&mention.name) {
                    format_smolstr!("{made}@{id}")
                } else {
                    id.clone()
                }
            }
            Some(id) => id.clone(),
            None if folded.is_empty() => return None,
            None => made,
        };
        let facts = background.place(&id);
        let country = mention.precision == Precision::Country && !id.starts_with("t:")
            || facts.as_ref().is_some_and(|f| f.country);
        let name = facts.map(|f| f.name).filter(|n| !n.is_empty()).unwrap_or_else(|| mention.name.clone());
        Some(Self { whole: !id.starts_with("t:"), id, name, country })
    }

    /// May the claim's act be told of this place as a whole?
    fn bears(&self, fluent: Fluent, claim: &Claim) -> bool {
        if !fluent.is_local() {
            return true;
        }
        if self.country {
            return false;
        }
        let wide = claim.place.as_ref().is_some_and(|p| matches!(p.precision, Precision::Region | Precision::Country));
        let rules = fluent_rules();
        let part = claim.figures.iter().any(|f| rules.is_partial(&f.unit) || (wide && rules.counts_places(&f.unit)));
        !(self.whole && part)
    }
}

/// The actors of one role who act or suffer for themselves, as ids; a person stands for the body he belongs to.
/// Who is also told as an associate takes part and decides nothing.
pub(crate) fn principals(claim: &Claim, role: Role, background: &dyn Background, names: &mut Names) -> Vec<ActorId> {
    let beside: Vec<&Filler> = claim.fillers(Role::Associate).collect();
    let mut ids: Vec<ActorId> = Vec::new();
    for filler in claim.fillers(role) {
        let Some(actor) = &filler.actor else { continue };
        if beside.iter().any(|b| b.actor.as_ref() == Some(actor) || b.span == filler.span) {
            continue;
        }
        let id = body(actor, background);
        match background.actor(&id).map(|f| f.name).filter(|n| !n.is_empty()) {
            Some(name) => names.put(&id, &name),
            None => names.put(&id, &filler.name),
        }
        ids.push(id);
    }
    ids.sort();
    ids.dedup();
    ids
}

fn body(actor: &ActorId, background: &dyn Background) -> ActorId {
    let is_person = |id: &str| background.actor(id).is_some_and(|f| f.kind == "person");
    let chain = background.actor_chain(actor);
    chain.iter().find(|id| !is_person(id)).cloned().unwrap_or_else(|| actor.clone())
}

/// Every key that an effect has for a claim; none where a part is missing or must not stand for more than it is.
pub(crate) fn keys(
    fluent: Fluent,
    parts: &[KeyPart],
    claim: &Claim,
    place: Option<&PlaceKey>,
    background: &dyn Background,
    names: &mut Names,
) -> Vec<Key> {
    let mut keys: Vec<Vec<SmolStr>> = vec![Vec::new()];
    for part in parts {
        let values: Vec<Vec<SmolStr>> = match part {
            KeyPart::Place => place_part(fluent, claim, place, names),
            KeyPart::Actor => singles(principals(claim, Role::Actor, background, names)),
            KeyPart::Recipient => singles(principals(claim, Role::Recipient, background, names)),
            KeyPart::Route => route(claim, place, names).into_iter().map(|id| vec![id]).collect(),
            KeyPart::Parties => parties(claim, 2, background, names),
            KeyPart::PlaceOrParties => {
                let at = place_part(fluent, claim, place, names);
                if at.is_empty() { parties(claim, 1, background, names) } else { at }
            }
        };
        keys = keys.iter().flat_map(|key| values.iter().map(move |v| key.iter().chain(v).cloned().collect())).collect();
    }
    keys.retain(|key| !key.is_empty());
    if fluent.is_relation() {
        // A body has no relation with itself or with a part of itself.
        keys.retain(|key| {
            let (one, two) = (background.actor_chain(&key[0]), background.actor_chain(&key[1]));
            !one.contains(&key[1]) && !two.contains(&key[0])
        });
    }
    keys.into_iter().map(|parts| Key { fluent, parts }).collect()
}

fn singles(ids: Vec<ActorId>) -> Vec<Vec<SmolStr>> {
    ids.into_iter().map(|id| vec![id]).collect()
}

fn place_part(fluent: Fluent, claim: &Claim, place: Option<&PlaceKey>, names: &mut Names) -> Vec<Vec<SmolStr>> {
    let Some(place) = place.filter(|p| p.bears(fluent, claim)) else { return Vec::new() };
    names.put(&place.id, &place.name);
    vec![vec![place.id.clone()]]
}

/// A route is named after the place that it serves; its own name is what the text calls it.
fn route(claim: &Claim, place: Option<&PlaceKey>, names: &mut Names) -> Option<SmolStr> {
    let words = situation_words();
    let called = claim.fillers(Role::Object).find(|f| words.is_way(&f.name)).map(|f| f.name.as_str());
    let id = match (place, called) {
        (Some(place), _) if !place.country => format_smolstr!("route:{}", place.id),
        (_, Some(name)) => format_smolstr!("route:t:{}", fold_name(name)),
        _ => return None,
    };
    names.put(&id, called.or(place.map(|p| p.name.as_str())).unwrap_or_default());
    if let Some(place) = place {
        names.put(&place.id, &place.name);
    }
    Some(id)
}

/// The place that a route serves.
pub(crate) fn served(route: &str) -> Option<SmolStr> {
    route.strip_prefix("route:").map(SmolStr::new)
}

/// All parties together, each as the state or outermost body that it belongs to.
fn parties(claim: &Claim, least: usize, background: &dyn Background, names: &mut Names) -> Vec<Vec<SmolStr>> {
    let mut ids: Vec<ActorId> = Vec::new();
    for role in [Role::Actor, Role::Recipient] {
        for id in principals(claim, role, background, names) {
            let root = background.actor_root(&id);
            if let Some(name) = background.actor(&root).map(|f| f.name) {
                names.put(&root, &name);
            }
            ids.push(root);
        }
    }
    ids.sort();
    ids.dedup();
    if ids.len() < least { Vec::new() } else { vec![ids] }
}
