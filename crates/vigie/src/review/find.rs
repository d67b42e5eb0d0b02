//! The claim that a decision is about, also when a newer version of the program read the text again.

use super::decision::ClaimRef;
use crate::record::DocumentRecord;
use std::collections::BTreeMap;
use vigie_claims::{Claim, ClaimId};
use vigie_text::DocumentId;

/// Documents by id, for looking claims up.
#[derive(Debug)]
pub struct Finder<'a> {
    documents: BTreeMap<DocumentId, &'a DocumentRecord>,
}

impl<'a> Finder<'a> {
    /// Over these documents.
    #[must_use]
    pub fn over(documents: &'a [DocumentRecord]) -> Self {
        Self { documents: documents.iter().map(|d| (d.id, d)).collect() }
    }

    /// The claim: by its id; else the one of its document with its predicate that is told by the same word, in the same
    /// place if possible. Where several are as good or none is there, nothing: a decision is never put on a guess.
    #[must_use]
    pub fn find(&self, wanted: &ClaimRef) -> Option<(&'a DocumentRecord, &'a Claim)> {
        let document = *self.documents.get(&wanted.document)?;
        if let Some(claim) = document.claims.iter().find(|c| c.id == wanted.claim) {
            return Some((document, claim));
        }
        let range = |c: &Claim| (c.trigger.start(), c.trigger.end());
        let alike: Vec<&Claim> = document.claims.iter().filter(|c| c.predicate.id() == wanted.predicate).collect();
        let same_words = |c: &&&Claim| c.trigger.of(&document.text) == wanted.words;
        let touches = |c: &&&Claim| c.trigger.start() < wanted.trigger.1 && wanted.trigger.0 < c.trigger.end();
        let ways: [Vec<&Claim>; 3] = [
            alike.iter().filter(|c| range(c) == wanted.trigger).filter(same_words).copied().collect(),
            alike.iter().filter(touches).copied().collect(),
            // A newer version took another text out of the page: the place has moved, the words have not.
            alike.iter().filter(same_words).copied().collect(),
        ];
        let found = ways.iter().find(|way| !way.is_empty())?;
        one(found, wanted).map(|claim| (document, claim))
    }

    /// Only the id.
    #[must_use]
    pub fn id(&self, wanted: &ClaimRef) -> Option<ClaimId> {
        self.find(wanted).map(|(_, claim)| claim.id)
    }
}

/// The only one, or the only one of its place.
fn one<'a>(found: &[&'a Claim], wanted: &ClaimRef) -> Option<&'a Claim> {
    if let [claim] = found {
        return Some(claim);
    }
    let here = |c: &&&Claim| c.place.as_ref().map(|p| &p.name) == wanted.place.as_ref();
    let here: Vec<_> = found.iter().filter(here).collect();
    if let [claim] = here.as_slice() { Some(claim) } else { None }
}
