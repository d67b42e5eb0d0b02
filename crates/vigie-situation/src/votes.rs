//! Votes: what a value's origins weigh together, and who of them gains from being believed.

use crate::evidence::Evidence;
use crate::holding::{Dropped, Status};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use vigie_claims::{ActorId, Certainty};
use vigie_events::{Background, Origin, OriginKind};
use vigie_resources::reliability;

/// Does this origin gain from being believed? A word against oneself never does.
fn profits(e: &Evidence<'_>, origin: &Origin, background: &dyn Background) -> bool {
    let sides = |actor: &ActorId| {
        origin.speaks_for(actor, background)
            || origin.side.is_some() && background.actor(actor).and_then(|f| f.side) == origin.side
    };
    !e.admitted_by.iter().any(sides) && e.gains.iter().any(sides)
}

/// What is left when the word of those who profit from it is set aside.
pub(crate) fn disinterested<'e, 'a>(
    evidence: &[&'e Evidence<'a>],
    background: &dyn Background,
) -> (Vec<&'e Evidence<'a>>, Vec<Dropped>) {
    let (dropped, kept): (Vec<_>, Vec<_>) =
        evidence.iter().copied().partition(|e| e.origins.iter().all(|o| profits(e, o, background)));
    (kept, dropped.into_iter().map(|e| Dropped { claim: e.claim.id, why: "profits" }).collect())
}

/// `1 - Π(1 - w)` over independent origins, in thousandths; each unit of origins votes once, with its best weight.
pub(crate) fn support(evidence: &[&Evidence<'_>], background: &dyn Background) -> u32 {
    let mut best: BTreeMap<&SmolStr, u32> = BTreeMap::new();
    for e in evidence {
        for origin in &e.origins {
            let mut weight = origin.weight();
            if e.claim.factuality.certainty == Certainty::Probable {
                weight = weight * reliability().factor("probable") / 1000;
            }
            if profits(e, origin, background) {
                weight = weight * reliability().factor("profits") / 1000;
            }
            let entry = best.entry(&origin.unit).or_default();
            *entry = (*entry).max(weight.min(1000));
        }
    }
    // Millionths inside, so that many small votes do not round away.
    let doubt = best.values().fold(1_000_000_u64, |left, w| left * u64::from(1000 - w) / 1000);
    ((1_000_000 - doubt) / 1000) as u32
}

/// How well a value is attested by those who tell it.
pub(crate) fn attested(evidence: &[&Evidence<'_>], background: &dyn Background) -> Status {
    let mut named: BTreeMap<&SmolStr, bool> = BTreeMap::new();
    for e in evidence {
        for origin in e.origins.iter().filter(|o| o.is_named()) {
            *named.entry(&origin.unit).or_default() |= !profits(e, origin, background);
        }
    }
    let anonymous = || evidence.iter().flat_map(|e| &e.origins).any(|o| o.kind == OriginKind::Anonymous);
    if named.len() > 1 && named.values().any(|neutral| *neutral) {
        Status::Corroborated
    } else if !named.is_empty() || anonymous() {
        Status::Claimed
    } else {
        Status::Unattributed
    }
}
