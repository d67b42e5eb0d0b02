//! What held on one day as known on another: a pure function of the claims, the two days and the registries.

use crate::evidence::Evidence;
use crate::fluent::{Fluent, Value};
use crate::holding::{Holding, Layer, Named, Proof, Rival, Status};
use crate::key::{Key, Names, served};
use crate::knowledge::Knowledge;
use crate::resolve::Answer;
use jiff::civil::Date;
use vigie_claims::ActorId;
use vigie_events::{Background, EventId, Reported};

/// What held on `valid` as known on `known`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Situation {
    /// The day asked about.
    pub valid: Date,
    /// Nothing reported after this day was looked at.
    pub known: Date,
    /// The answers, by fluent, key, layer.
    pub holdings: Vec<Holding>,
}

impl Situation {
    /// Reads the situation off the claims. Claims of documents without a date count as known; a claim that has no
    /// date of its own either cannot be placed in time and counts for nothing.
    #[must_use]
    pub fn on(valid: Date, known: Date, reports: &[Reported<'_>], background: &dyn Background) -> Self {
        Knowledge::of(known, reports, background).situation(valid, background)
    }

    /// The answers about one place or actor, by id: those whose key names it, and routes that serve it.
    #[must_use]
    pub fn about(&self, id: &str) -> Vec<&Holding> {
        let names = |key: &Named| key.id == id || served(&key.id).is_some_and(|place| place == id);
        self.holdings.iter().filter(|h| h.key.iter().any(names)).collect()
    }

    /// The answer when nothing is known: no value, no premises.
    #[must_use]
    pub fn unknown(fluent: Fluent, key: Vec<Named>) -> Holding {
        Holding {
            fluent,
            key,
            value: Value::Held,
            by: Vec::new(),
            rivals: Vec::new(),
            layer: Layer::Claimed,
            status: Status::Unknown,
            since: None,
            until: None,
            begun_by: Vec::new(),
            ended_by: Vec::new(),
            disputed_by: Vec::new(),
            earlier: Vec::new(),
            support: 0,
            proof: Proof { rule: "R-UNKNOWN", premises: Vec::new(), dropped: Vec::new() },
        }
    }
}

fn named(ids: &[ActorId], names: &Names) -> Vec<Named> {
    ids.iter().map(|id| Named { id: id.clone(), name: names.get(id) }).collect()
}

fn event_ids<'e>(evidence: impl Iterator<Item = &'e Evidence<'e>>) -> Vec<EventId> {
    let mut ids: Vec<EventId> = evidence.map(|e| e.event).collect();
    ids.sort();
    ids.dedup();
    ids
}

pub(crate) fn holding(key: &Key, layer: Layer, answer: Answer<'_, '_>, names: &Names) -> Holding {
    let begun = answer.premises.iter().copied().filter(|e| !e.state && answer.status != Status::Presupposed);
    let begun_by = event_ids(begun);
    let disputed_by = event_ids(answer.rivals.iter().flat_map(|r| r.evidence.iter().copied()));
    let ended_by = answer.until.as_ref().map(|(_, by)| event_ids(by.iter().copied())).unwrap_or_default();
    let mut premises: Vec<_> = answer.premises.iter().map(|e| e.claim.id).collect();
    premises.dedup();
    Holding {
        fluent: key.fluent,
        key: named(&key.parts, names),
        value: answer.told.0,
        by: named(&answer.told.1, names),
        rivals: answer
            .rivals
            .iter()
            .map(|r| Rival {
                value: r.told.0.clone(),
                by: named(&r.told.1, names),
                claims: r.claims(),
                origins: r.origins(),
            })
            .collect(),
        layer,
        status: answer.status,
        since: answer.since,
        until: answer.until.map(|(since, _)| since),
        begun_by,
        ended_by,
        disputed_by,
        earlier: answer.earlier,
        support: answer.support,
        proof: Proof { rule: answer.rule, premises, dropped: answer.dropped },
    }
}

/// R-SIEGE-1: a place whose only route is cut is encircled. That there is no other route is the text's word.
pub(crate) fn encircled(key: &Key, all: &[&Evidence<'_>], answer: &Answer<'_, '_>, names: &Names) -> Option<Holding> {
    if key.fluent != Fluent::Route || !answer.told.0.is_word("cut") {
        return None;
    }
    if !matches!(answer.status, Status::Corroborated | Status::Claimed | Status::Unattributed) {
        return None;
    }
    let sole =
        all.iter().filter(|e| e.sole && e.start() <= answer.premises.iter().map(|p| p.last).max().unwrap_or(e.last));
    let place = served(key.parts.first()?).filter(|_| sole.count() > 0)?;
    if !place.starts_with("t:") || answer.premises.iter().any(|e| e.claim.place.is_some()) {
        let mut premises: Vec<_> = answer.premises.iter().map(|e| e.claim.id).collect();
        premises.dedup();
        return Some(Holding {
            fluent: Fluent::Encircled,
            key: named(&[place], names),
            value: Value::Flag(true),
            by: named(&answer.told.1, names),
            rivals: Vec::new(),
            layer: Layer::Claimed,
            status: Status::Inferred,
            since: answer.since,
            until: None,
            begun_by: event_ids(answer.premises.iter().copied()),
            ended_by: Vec::new(),
            disputed_by: Vec::new(),
            earlier: Vec::new(),
            support: answer.support,
            proof: Proof { rule: "R-SIEGE-1", premises, dropped: Vec::new() },
        });
    }
    // A route that serves no named place encircles none.
    None
}
