//! The same answers as JSON. Records have the shapes of the wire format; lists have `items`, `total` and `next`.

use super::ask::Ask;
use super::exports;
use super::filter::{self, claim_of};
use super::map;
use super::page::Days;
use super::problem::Problem;
use super::snapshot::View;
use crate::edition::Edition;
use crate::export::wire::{Context, Lines, document_id, event_id, holding_id, story_id};
use crate::record::DocumentRecord;
use jiff::civil::Date;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use vigie_claims::ClaimId;
use vigie_situation::{Holding, Situation, changes};
use vigie_text::StoryId;

/// An answer or why there is none.
pub(super) type Json = Result<Value, Problem>;

/// The answer at a path below the root of the interface, which is also that of the page that shows the same.
pub(super) fn at(path: &str, view: &View<'_>, ask: &Ask) -> Json {
    let decode = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
    let path = path.trim_matches('/');
    let (sort, id) = path.split_once('/').unwrap_or((path, ""));
    let id = decode(id);
    match (sort, id.as_str()) {
        ("" | "index" | "situation", "") => situation(view, ask),
        ("map", "") => map::map(view, ask),
        ("days", "") => map::days(view, ask),
        ("days", id) => day(view, ask, id),
        ("events", "") => events(view, ask),
        ("events", id) => event(view, ask, id),
        ("claims", "") => claims(view, ask),
        ("claims", id) => claim(view, ask, id),
        ("places", "") => Ok(map::places(view, ask)),
        ("places", id) => place(view, ask, id),
        ("stories", id) if !id.is_empty() => story(view, ask, id),
        ("holdings", id) if !id.is_empty() => holding(view, ask, id),
        ("review", "") => Ok(decisions(view)),
        ("compare", "") => compare(view, ask),
        ("exports", "") => exports::list(view, ask),
        ("about", "") => Ok(about(view)),
        _ => Err(Problem::missing(format!("there is nothing at /api/v1/{path}"))),
    }
}

/// One record of the wire format.
fn record(fill: impl FnOnce(&mut Lines)) -> Value {
    let mut lines = Lines::new();
    fill(&mut lines);
    lines.records().pop().unwrap_or(Value::Null)
}

fn list(items: Vec<Value>, total: usize, next: Option<String>) -> Value {
    json!({ "items": items, "total": total, "next": next })
}

fn holdings(holdings: &[&Holding], situation: &Situation, view: &View<'_>) -> Vec<Value> {
    let mut lines = Lines::new();
    lines.situation(situation, holdings, &view.book);
    lines.records()
}

fn no_days() -> Problem {
    Problem::bad("valid", "no document of the archive has a date; say the day with valid=YYYY-MM-DD")
}

fn situation(view: &View<'_>, ask: &Ask) -> Json {
    let Some(days) = Days::of(ask, view) else { return Ok(json!({ "valid": null, "known": null, "items": [] })) };
    let situation = view.situation(days.valid, days.known);
    let items = holdings(&asked(&situation, view, ask), &situation, view);
    Ok(json!({ "valid": days.valid.to_string(), "known": days.known.to_string(), "items": items }))
}

/// The holdings that are about the place that was asked for, or all.
fn asked<'s>(situation: &'s Situation, view: &View<'_>, ask: &Ask) -> Vec<&'s Holding> {
    let wanted = ask.place.as_ref().map(|name| view.book.every_id_of(name));
    let about = |h: &&Holding| {
        let Some(ids) = &wanted else { return true };
        h.key.iter().any(|k| ids.contains(k.id.strip_prefix("route:").unwrap_or(&k.id)))
    };
    situation.holdings.iter().filter(about).collect()
}

/// The same, at most as many as are wanted, with the claims that they rest on.
pub(super) fn situation_told(view: &View<'_>, ask: &Ask) -> Json {
    let days = Days::of(ask, view).ok_or_else(no_days)?;
    let situation = view.situation(days.valid, days.known);
    let mut found = asked(&situation, view, ask);
    let total = found.len();
    found.truncate(ask.limit);
    let (claims, documents) = premises(&found, view);
    Ok(json!({
        "valid": days.valid.to_string(),
        "known": days.known.to_string(),
        "holdings": holdings(&found, &situation, view),
        "total": total,
        "claims": claims,
        "documents": documents,
    }))
}

/// The claims that holdings rest on, each once, and their documents.
fn premises(holdings: &[&Holding], view: &View<'_>) -> (Vec<Value>, Vec<Value>) {
    let ids: BTreeSet<ClaimId> = holdings.iter().flat_map(|h| h.proof.premises.iter().copied()).collect();
    evidence(&ids.into_iter().collect::<Vec<_>>(), view)
}

pub(super) fn known_day(view: &View<'_>, ask: &Ask) -> Date {
    Days::of(ask, view).map_or(Date::MAX, |d| d.known)
}

fn events(view: &View<'_>, ask: &Ask) -> Json {
    let known = view.known(known_day(view, ask));
    let page = filter::events(&known, view, ask)?;
    let event = |entry: &&vigie_situation::Entry| {
        let event = known.event(entry.event.0)?;
        Some(record(|lines| lines.event(event, &view.book)))
    };
    Ok(list(page.things.iter().filter_map(event).collect(), page.total, page.next))
}

/// Claims with the documents that they stand in, each document once.
pub(super) fn evidence(ids: &[ClaimId], view: &View<'_>) -> (Vec<Value>, Vec<Value>) {
    let found: Vec<_> = ids.iter().filter_map(|id| view.book.claim(*id)).collect();
    let documents: BTreeMap<String, &DocumentRecord> = found.iter().map(|(d, _)| (document_id(d.id), *d)).collect();
    let claims = found.iter().map(|(document, claim)| record(|lines| lines.claim(document, claim))).collect();
    (claims, documents.into_values().map(document_record).collect())
}

fn document_record(document: &DocumentRecord) -> Value {
    record(|lines| lines.document_alone(document))
}

fn event(view: &View<'_>, ask: &Ask, id: &str) -> Json {
    let known = view.known(known_day(view, ask));
    let event = claim_of(id, "e:").and_then(|id| known.event(id));
    let event = event.ok_or_else(|| Problem::missing(format!("there is no event {id}")))?;
    let (claims, documents) = evidence(&event.claims, view);
    Ok(json!({ "event": record(|lines| lines.event(event, &view.book)), "claims": claims, "documents": documents }))
}

fn claims(view: &View<'_>, ask: &Ask) -> Json {
    let page = filter::claims(view, ask)?;
    let items = page.things.iter().map(|(document, claim)| record(|lines| lines.claim(document, claim))).collect();
    Ok(list(items, page.total, page.next))
}

fn claim(view: &View<'_>, ask: &Ask, id: &str) -> Json {
    let found = claim_of(id, "c:").and_then(|id| view.claim(id));
    let (document, claim) = found.ok_or_else(|| Problem::missing(format!("there is no claim {id}")))?;
    let event = view.known(known_day(view, ask)).event(claim.id).map(|e| event_id(e.id));
    Ok(json!({
        "claim": record(|lines| lines.claim(document, claim)),
        "document": document_record(document),
        "event": event,
        "rejected": view.is_rejected(claim.id),
    }))
}

fn place(view: &View<'_>, ask: &Ask, id: &str) -> Json {
    if view.spot(id).is_none() && view.book.name(id) == id {
        return Err(Problem::missing(format!("nothing is known of a place {id}; /api/v1/places lists those that are")));
    }
    let days = Days::of(ask, view).ok_or_else(no_days)?;
    let situation = view.situation(days.valid, days.known);
    let spot = view.spot(id);
    let degrees = |micro: i32| f64::from(micro) / 1e6;
    Ok(json!({
        "id": id,
        "name": view.book.name(id),
        "lat": spot.map(|s| degrees(s.point.0)),
        "lon": spot.map(|s| degrees(s.point.1)),
        "precision": spot.map(|s| s.precision.as_str()),
        "valid": days.valid.to_string(),
        "known": days.known.to_string(),
        "holdings": holdings(&situation.about(id), &situation, view),
    }))
}

fn day(view: &View<'_>, ask: &Ask, id: &str) -> Json {
    let day: Date = id.parse().map_err(|_| Problem::missing(format!("a day is written YYYY-MM-DD; this is {id:?}")))?;
    let known = Days::of(ask, view).map_or(day, |d| d.known);
    let told = view.known(known);
    let begin = told.entries.partition_point(|e| e.day < day);
    let mut lines = Lines::new();
    let entries = told.entries[begin..].iter().take_while(|e| e.day == day);
    entries.for_each(|entry| lines.entry(entry, &view.book, ask.messages()));
    let before = view.situation(day.yesterday().unwrap_or(day), known);
    let changed = changes(&before, &view.situation(day, known));
    let mut turns = Lines::new();
    changed.iter().for_each(|change| turns.change(change, ask.messages()));
    Ok(
        json!({ "day": day.to_string(), "known": known.to_string(), "entries": lines.records(), "changes": turns.records() }),
    )
}

fn story(view: &View<'_>, _: &Ask, id: &str) -> Json {
    let missing = || Problem::missing(format!("there is no story {id}"));
    let wanted = claim_of(id, "s:").map(|id| StoryId(id.0)).ok_or_else(missing)?;
    let document = view.document_of(wanted).ok_or_else(missing)?;
    let mut lines = Lines::new();
    lines.document(document);
    let of_story = |r: &Value| r["record"] != "story" || r["id"] == story_id(wanted);
    let of_claim = |r: &Value| r["record"] != "claim" || r["story"] == story_id(wanted);
    let records: Vec<Value> = lines.records().into_iter().filter(|r| of_story(r) && of_claim(r)).collect();
    Ok(json!({ "id": story_id(wanted), "text": document.text, "records": records }))
}

fn holding(view: &View<'_>, ask: &Ask, id: &str) -> Json {
    let days = Days::of(ask, view).ok_or_else(no_days)?;
    let situation = view.situation(days.valid, days.known);
    // Of several answers to one question the later ones have numbers; each leads to all of them.
    let question = match id.rsplit_once('#') {
        Some((question, number)) if number.bytes().all(|b| b.is_ascii_digit()) => question,
        _ => id,
    };
    let found: Vec<&Holding> = situation.holdings.iter().filter(|h| holding_id(h) == question).collect();
    if found.is_empty() {
        return Err(Problem::missing(format!("nothing answers {id} on {} as known on {}", days.valid, days.known)));
    }
    let (claims, documents) = premises(&found, view);
    Ok(json!({ "holdings": holdings(&found, &situation, view), "claims": claims, "documents": documents }))
}

fn compare(view: &View<'_>, ask: &Ask) -> Json {
    let days = Days::of(ask, view).ok_or_else(no_days)?;
    let other = ask.with.unwrap_or(days.from);
    let (first, last) = (other.min(days.valid), other.max(days.valid));
    let told = changes(&view.situation(first, days.known), &view.situation(last, days.known));
    let mut lines = Lines::new();
    told.iter().for_each(|change| lines.change(change, ask.messages()));
    Ok(
        json!({ "from": first.to_string(), "to": last.to_string(), "known": days.known.to_string(), "items": lines.records() }),
    )
}

fn about(view: &View<'_>) -> Value {
    let edition = Edition::this();
    json!({
        "program": "vigie",
        "version": edition.version,
        "rules": edition.rules,
        "models": edition.models.iter().map(|(code, print)| ((*code).to_owned(), Value::from(print.as_str()))).collect::<serde_json::Map<_, _>>(),
        "places": edition.places,
        "documents": view.documents.len(),
        "claims": view.claims.len(),
        "last_day": view.last_day().map(|d| d.to_string()),
    })
}

fn decisions(view: &View<'_>) -> Value {
    let why: BTreeMap<_, _> = view.kept.reviewed.unfollowed.iter().map(|u| (u.decision, u.why)).collect();
    let item = |decision: &crate::review::Decision| {
        let context = Context { why: why.get(&decision.id()).copied(), before: None, after: None };
        record(|lines| lines.decision(decision, &context))
    };
    let items: Vec<Value> = view.kept.decisions.iter().rev().map(item).collect();
    json!({ "total": items.len(), "items": items, "next": null })
}

/// The stories that a search found, with their best sentences.
pub(super) fn found(archive: &crate::archive::Archive, view: &View<'_>, ask: &Ask) -> Json {
    let (hits, total) = super::page::hits(archive, view, ask)?;
    let item = |hit: &crate::archive::Hit| {
        let document = view.document_of(hit.story)?;
        Some(record(|lines| lines.hit(document, hit)))
    };
    Ok(list(hits.iter().filter_map(item).collect(), total, None))
}
