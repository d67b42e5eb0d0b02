//! Everything that is at hand, looked up by id: claims with their documents, names of actors and places.

use crate::record::DocumentRecord;
use crate::review::marks;
use std::collections::{BTreeMap, BTreeSet};
use vigie_claims::{Claim, ClaimId};

/// Documents with their claims and names by id.
#[derive(Debug)]
pub struct Book<'a> {
    claims: BTreeMap<ClaimId, (&'a DocumentRecord, &'a Claim)>,
    names: BTreeMap<&'a str, &'a str>,
}

impl<'a> Book<'a> {
    /// Opens the book on some documents.
    #[must_use]
    pub fn of(documents: &'a [DocumentRecord]) -> Self {
        let all = || documents.iter().flat_map(|d| d.claims.iter().map(move |c| (d, c)));
        let mut names = BTreeMap::new();
        for (_, claim) in all() {
            let fillers = claim.arguments.iter().map(|a| (a.filler.actor.as_deref(), a.filler.name.as_str()));
            let places = claim.place.iter().map(|p| (p.place.as_deref(), p.name.as_str()));
            for (id, name) in fillers.chain(places) {
                if let Some(id) = id {
                    names.entry(id).or_insert(name);
                }
            }
        }
        Self { claims: all().map(|(d, c)| (c.id, (d, c))).collect(), names }
    }

    /// A claim and the document it stands in.
    #[must_use]
    pub fn claim(&self, id: ClaimId) -> Option<(&'a DocumentRecord, &'a Claim)> {
        self.claims.get(&id).copied()
    }

    /// What people have done to some claims; nothing where they stand as they were read.
    pub fn review_of(&self, claims: &[ClaimId]) -> BTreeSet<&'a str> {
        claims.iter().filter_map(|id| self.claim(*id)).flat_map(|(_, claim)| marks(claim)).collect()
    }

    /// The name of an actor or place, as a claim told it; the id where no claim did.
    #[must_use]
    pub fn name<'n>(&'n self, id: &'n str) -> &'n str {
        self.names.get(id).copied().unwrap_or(id)
    }

    /// Every claim, in order of the ids.
    pub fn claims(&self) -> impl Iterator<Item = (&'a DocumentRecord, &'a Claim)> {
        self.claims.values().copied()
    }

    /// The ids that a name may mean: those of the registries, those of claims, and the name itself where it is an id.
    #[must_use]
    pub fn every_id_of(&self, name: &str) -> BTreeSet<String> {
        let registered = crate::background::ids_of(name).into_iter().map(String::from);
        let told = self.ids_of(name).into_iter().map(str::to_owned);
        registered.chain(told).chain([name.to_owned()]).collect()
    }

    /// The ids of actors and places that a claim calls by this name, without regard to case.
    #[must_use]
    pub fn ids_of(&self, name: &str) -> Vec<&'a str> {
        let wanted = name.to_lowercase();
        let mut ids: Vec<&str> = Vec::new();
        for (_, claim) in self.claims() {
            let places = claim.place.iter().map(|p| (p.place.as_deref(), p.name.as_str()));
            let fillers = claim.arguments.iter().map(|a| (a.filler.actor.as_deref(), a.filler.name.as_str()));
            let named = places.chain(fillers).filter(|(_, n)| n.to_lowercase() == wanted);
            ids.extend(named.filter_map(|(id, _)| id));
        }
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}
