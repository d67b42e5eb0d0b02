//! Wire shape of an event: every field with all its versions.

use super::claim::{Plover, kind_word, plover};
use super::{claim_id, event_id};
use crate::book::Book;
use crate::export::codes::codes_of;
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Serialize)]
pub(super) struct Event<'a> {
    id: String,
    kind: &'static str,
    predicate: &'static str,
    plover: Option<Plover>,
    acled: Option<Acled>,
    cameo: Option<&'static str>,
    claims: Vec<String>,
    actors: Vec<Version<'a, Vec<&'a str>>>,
    recipients: Vec<Version<'a, Vec<&'a str>>>,
    place: Vec<Version<'a, &'a str>>,
    period: Vec<Version<'a, Days>>,
    figures: Vec<Version<'a, Count<'a>>>,
    happened: Vec<Version<'a, &'static str>>,
    origins: Vec<Origin<'a>>,
    grade: &'static str,
    /// Decisions about its claims.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    review: BTreeSet<&'a str>,
}

/// ACLED's event type and sub-event type.
#[derive(Serialize)]
struct Acled {
    event_type: &'static str,
    sub_event_type: &'static str,
}

#[derive(Serialize)]
struct Version<'a, T> {
    value: T,
    claims: Vec<String>,
    origins: Vec<&'a str>,
}

#[derive(Serialize)]
pub(super) struct Days {
    pub(super) first: Option<String>,
    pub(super) last: String,
}

#[derive(Serialize)]
struct Count<'a> {
    low: u64,
    high: u64,
    unit: &'a str,
}

#[derive(Serialize)]
struct Origin<'a> {
    id: &'a str,
    name: Option<&'a str>,
    kind: &'static str,
    side: Option<&'a str>,
    claims: Vec<String>,
}

fn versions<'a, T, U>(
    versions: &'a vigie_events::Versions<T>,
    shape: impl Fn(&'a T) -> U,
) -> impl Iterator<Item = Version<'a, U>> {
    versions.all().iter().map(move |v| Version {
        value: shape(&v.value),
        claims: v.claims.iter().copied().map(claim_id).collect(),
        origins: v.origins.iter().map(|o| o.as_str()).collect(),
    })
}

impl<'a> Event<'a> {
    pub(super) fn of(event: &'a vigie_events::Event, book: &Book<'a>) -> Self {
        let codes = codes_of(event, book);
        let ids = |ids: &'a Vec<vigie_claims::ActorId>| ids.iter().map(|id| id.as_str()).collect::<Vec<_>>();
        Self {
            id: event_id(event.id),
            kind: kind_word(event.predicate.kind()),
            predicate: event.predicate.id(),
            plover: plover(event.predicate),
            acled: codes.acled.map(|s| Acled { event_type: &s.event_type, sub_event_type: &s.name }),
            cameo: codes.cameo,
            claims: event.claims.iter().copied().map(claim_id).collect(),
            actors: versions(&event.actors, ids).collect(),
            recipients: versions(&event.recipients, ids).collect(),
            place: versions(&event.place, |id| id.as_str()).collect(),
            period: versions(&event.period, |(first, last)| Days {
                first: first.map(|d| d.to_string()),
                last: last.to_string(),
            })
            .collect(),
            figures: event
                .figures
                .iter()
                .flat_map(|(unit, counts)| {
                    versions(counts, move |(low, high)| Count { low: *low, high: *high, unit: unit.as_str() })
                })
                .collect(),
            happened: versions(&event.happened, |polarity| polarity.as_str()).collect(),
            origins: event
                .origins
                .iter()
                .map(|o| Origin {
                    id: &o.origin.id,
                    name: o.origin.name.as_deref(),
                    kind: o.origin.kind.as_str(),
                    side: o.origin.side.as_deref(),
                    claims: o.claims.iter().copied().map(claim_id).collect(),
                })
                .collect(),
            grade: event.grade.as_str(),
            review: book.review_of(&event.claims),
        }
    }
}
