//! Lists: which things are wanted, in which order, and where a page goes on.

use super::ask::Ask;
use super::problem::Problem;
use super::snapshot::{Known, View};
use crate::background::Registries;
use crate::export::wire::{claim_id, event_id};
use crate::filter::{Filter, names};
use crate::record::DocumentRecord;
use jiff::civil::Date;
use std::cmp::Reverse;
use vigie_claims::{Claim, ClaimId};
use vigie_events::{Background, EventId, Grade};
use vigie_situation::Entry;
use vigie_text::{DocumentId, Span};

/// One page of a list.
#[derive(Debug)]
pub(super) struct Page<T> {
    pub(super) things: Vec<T>,
    /// How many there are on all pages.
    pub(super) total: usize,
    /// What to go on after; `None` on the last page.
    pub(super) next: Option<String>,
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self { things: Vec::new(), total: 0, next: None }
    }
}

/// How well an event may be attested.
pub(super) fn grades() -> impl Iterator<Item = Grade> {
    use Grade::{Admitted, Contested, Corroborated, Retracted, SingleSource, Unattributed};
    [Admitted, Corroborated, SingleSource, Unattributed, Contested, Retracted].into_iter()
}

/// The claim with this id, which may be written with or without its letter, or as the name of an event.
pub(super) fn claim_of(id: &str, letter: &str) -> Option<ClaimId> {
    let digits = id.strip_prefix(letter).unwrap_or(id);
    if digits.len() != 32 || !digits.is_ascii() {
        return None;
    }
    let mut bytes = [0; 16];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(ClaimId(bytes))
}

/// What comes after a key, in a list that is in order of the keys. The thing with that key need not be in the list any
/// more, so that a list that changes while it is read neither skips nor repeats.
fn cut<T, K: Ord>(
    all: Vec<T>,
    limit: usize,
    after: Option<K>,
    key: impl Fn(&T) -> K,
    id: impl Fn(&T) -> String,
) -> Page<T> {
    let total = all.len();
    let from = after.map_or(0, |after| all.partition_point(|thing| key(thing) <= after));
    let things: Vec<T> = all.into_iter().skip(from).take(limit).collect();
    let next = things.last().filter(|_| from + things.len() < total).map(id);
    Page { things, total, next }
}

/// Nothing in the archive has the id that a list is to go on after.
fn no_such_place(id: &str) -> Problem {
    Problem {
        field: Some("after".to_owned()),
        ..Problem::missing(format!("there is no {id:?} to go on after; begin the list anew"))
    }
}

/// The place of an event in the list, which runs from the newest day to the oldest.
fn event_key(entry: &Entry) -> Reverse<(Date, Option<Date>, EventId)> {
    Reverse((entry.day, entry.when.map(|w| w.last), entry.event))
}

/// The place of a claim in the list.
pub(super) fn claim_key((document, claim): &Found<'_>) -> (Reverse<Option<Date>>, DocumentId, Span, ClaimId) {
    (Reverse(document.published), document.id, claim.trigger, claim.id)
}

/// The events that are wanted, newest first.
pub(super) fn events<'k>(known: &'k Known<'_>, view: &View<'_>, ask: &Ask) -> Result<Page<&'k Entry>, Problem> {
    let place = ask.place.as_ref().map(|name| view.book.every_id_of(name));
    let actor = ask.actor.as_ref().map(|name| view.book.every_id_of(name));
    let grade = ask.status.as_deref().map(grade).transpose()?;
    let at = |entry: &Entry| {
        place.as_ref().is_none_or(|wanted| {
            let chain = entry.place.as_ref().map(|id| Registries.place_chain(id)).unwrap_or_default();
            chain.iter().any(|up| wanted.contains(up.as_str()))
        })
    };
    let by = |entry: &Entry| {
        actor.as_ref().is_none_or(|wanted| {
            let parties = entry.actors.iter().chain(&entry.recipients);
            parties.clone().any(|id| wanted.contains(id.as_str()))
                || parties.clone().any(|id| names(ask.given("actor"), Some(view.book.name(id)), None))
        })
    };
    let told_by = |entry: &Entry| {
        ask.speaker.as_ref().is_none_or(|wanted| {
            entry.said_by.iter().chain(&entry.denied_by).any(|(name, _)| names(wanted, name.as_deref(), None))
        })
    };
    let wanted = |entry: &&Entry| {
        ask.predicate.is_none_or(|p| entry.predicate == p)
            && grade.is_none_or(|g| entry.grade == g)
            && ask.from.is_none_or(|from| entry.day >= from)
            && ask.to.is_none_or(|to| entry.when.and_then(|w| w.first).unwrap_or(entry.day) <= to)
            && at(entry)
            && by(entry)
            && told_by(entry)
    };
    let after = ask.after.as_ref().map(|id| {
        let event = claim_of(id, "e:").and_then(|id| known.event(id));
        event.and_then(|event| known.entry(event.id)).map(event_key).ok_or_else(|| no_such_place(id))
    });
    let found: Vec<&Entry> = known.entries.iter().rev().filter(wanted).collect();
    Ok(cut(found, ask.limit, after.transpose()?, |entry| event_key(entry), |entry| event_id(entry.event)))
}

fn grade(word: &str) -> Result<Grade, Problem> {
    grades().find(|g| g.as_str() == word).ok_or_else(|| {
        let words: Vec<&str> = grades().map(Grade::as_str).collect();
        Problem::bad("status", format!("status of an event is one of {}", words.join(", ")))
    })
}

/// A claim with the document it stands in.
pub(super) type Found<'a> = (&'a DocumentRecord, &'a Claim);

/// Is the claim wanted, and was it known?
pub(super) fn passes(ask: &Ask) -> impl Fn(&Found<'_>) -> bool {
    let filter = Filter {
        predicate: ask.predicate,
        actor: ask.actor.clone(),
        place: ask.place.clone(),
        speaker: ask.speaker.clone(),
        from: ask.from,
        to: ask.to,
    };
    let known: Option<Date> = ask.known;
    move |(document, claim)| {
        filter.passes(claim) && known.is_none_or(|day| document.published.is_none_or(|published| published <= day))
    }
}

/// The claims that are wanted, those of the newest documents first.
pub(super) fn claims<'a>(view: &View<'a>, ask: &Ask) -> Result<Page<Found<'a>>, Problem> {
    let passes = passes(ask);
    let found: Vec<Found<'_>> = match ask.status.as_deref() {
        None => view.claims.iter().copied().filter(passes).collect(),
        Some("rejected") => {
            let mut rejected: Vec<Found<'_>> = view.rejected().filter(passes).collect();
            rejected.sort_by_key(claim_key);
            rejected
        }
        Some(_) => return Err(Problem::bad("status", "status of a claim is rejected, or left out")),
    };
    let after = ask.after.as_ref().map(|id| {
        let claim = claim_of(id, "c:").and_then(|id| view.claim(id));
        claim.as_ref().map(claim_key).ok_or_else(|| no_such_place(id))
    });
    Ok(cut(found, ask.limit, after.transpose()?, claim_key, |(_, claim)| claim_id(claim.id)))
}
