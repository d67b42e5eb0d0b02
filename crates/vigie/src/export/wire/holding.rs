//! Wire shape of a holding: an answer, how it is known, and what it rests on.

use super::event::Days;
use super::{claim_id, event_id};
use crate::book::Book;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeSet;
use vigie_situation::{Named, Since, Value};

#[derive(Serialize)]
pub(super) struct Holding<'a> {
    id: String,
    fluent: &'static str,
    key: Vec<&'a str>,
    key_names: Vec<&'a str>,
    value: Told<'a>,
    by: Vec<&'a str>,
    by_names: Vec<&'a str>,
    rivals: Vec<Rival<'a>>,
    layer: &'static str,
    status: &'static str,
    since: Option<Days>,
    until: Option<Days>,
    begun_by: Vec<String>,
    ended_by: Vec<String>,
    disputed_by: Vec<String>,
    earlier: Vec<Earlier<'a>>,
    support: u32,
    proof: Proof,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    review: BTreeSet<&'a str>,
    valid: String,
    known: String,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Told<'a> {
    Held(Option<()>),
    Word(&'a str),
    Flag(bool),
    Count { low: u64, high: u64, unit: &'a str },
}

#[derive(Serialize)]
struct Rival<'a> {
    value: Told<'a>,
    by: Vec<&'a str>,
    by_names: Vec<&'a str>,
    claims: Vec<String>,
    origins: Vec<&'a str>,
}

#[derive(Serialize)]
struct Earlier<'a> {
    value: Told<'a>,
    by: Vec<&'a str>,
    claims: Vec<String>,
}

#[derive(Serialize)]
struct Proof {
    rule: &'static str,
    premises: Vec<Premise>,
    dropped: Vec<Dropped>,
}

#[derive(Serialize)]
struct Premise {
    claim: String,
}

#[derive(Serialize)]
struct Dropped {
    claim: String,
    why: &'static str,
}

impl<'a> From<&'a Value> for Told<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Held => Self::Held(None),
            Value::Word(word) => Self::Word(word),
            Value::Flag(flag) => Self::Flag(*flag),
            Value::Count { low, high, unit } => Self::Count { low: *low, high: *high, unit },
        }
    }
}

fn ids(named: &[Named]) -> Vec<&str> {
    named.iter().map(|n| n.id.as_str()).collect()
}

fn names(named: &[Named]) -> Vec<&str> {
    named.iter().map(|n| n.name.as_str()).collect()
}

fn days(since: Since) -> Days {
    Days { first: since.first.map(|d| d.to_string()), last: since.last.to_string() }
}

/// `h:`, fluent, layer (unless claimed) and key: the question itself, so that it can be asked again.
#[must_use]
pub fn holding_id(holding: &vigie_situation::Holding) -> String {
    let mut id = format!("h:{}", holding.fluent.as_str());
    if holding.layer != vigie_situation::Layer::Claimed {
        id.push('.');
        id.push_str(holding.layer.as_str());
    }
    for part in &holding.key {
        id.push('/');
        id.push_str(&part.id);
    }
    id
}

impl<'a> Holding<'a> {
    pub(super) fn of(
        holding: &'a vigie_situation::Holding,
        id: String,
        (valid, known): (Date, Date),
        book: &Book<'a>,
    ) -> Self {
        let claims = |ids: &[vigie_claims::ClaimId]| ids.iter().copied().map(claim_id).collect::<Vec<_>>();
        let events = |ids: &[vigie_events::EventId]| ids.iter().copied().map(event_id).collect::<Vec<_>>();
        Self {
            id,
            fluent: holding.fluent.as_str(),
            key: ids(&holding.key),
            key_names: names(&holding.key),
            value: (&holding.value).into(),
            by: ids(&holding.by),
            by_names: names(&holding.by),
            rivals: holding
                .rivals
                .iter()
                .map(|r| Rival {
                    value: (&r.value).into(),
                    by: ids(&r.by),
                    by_names: names(&r.by),
                    claims: claims(&r.claims),
                    origins: r.origins.iter().map(|o| o.as_str()).collect(),
                })
                .collect(),
            layer: holding.layer.as_str(),
            status: holding.status.as_str(),
            since: holding.since.map(days),
            until: holding.until.map(days),
            begun_by: events(&holding.begun_by),
            ended_by: events(&holding.ended_by),
            disputed_by: events(&holding.disputed_by),
            earlier: holding
                .earlier
                .iter()
                .map(|e| Earlier {
                    value: (&e.value).into(),
                    by: e.by.iter().map(|id| id.as_str()).collect(),
                    claims: claims(&e.claims),
                })
                .collect(),
            support: holding.support,
            proof: Proof {
                rule: holding.proof.rule,
                premises: holding.proof.premises.iter().map(|c| Premise { claim: claim_id(*c) }).collect(),
                dropped: holding
                    .proof
                    .dropped
                    .iter()
                    .map(|d| Dropped { claim: claim_id(d.claim), why: d.why })
                    .collect(),
            },
            review: book.review_of(&holding.proof.premises),
            valid: valid.to_string(),
            known: known.to_string(),
        }
    }
}
