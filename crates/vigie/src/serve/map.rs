//! What the map and the timeline draw.

use super::ask::Ask;
use super::page::{Days, path_of};
use super::problem::Problem;
use super::snapshot::View;
use super::words;
use crate::export::wire::{event_id, holding_id};
use jiff::civil::Date;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use vigie_situation::{Entry, Fluent, Holding};

/// Events that a map draws at most: the newest of those in its days. What is left off is told.
const EVENTS: usize = 20_000;

fn degrees(micro: i32) -> f64 {
    f64::from(micro) / 1e6
}

/// What held, where, and what happened of late.
pub(super) fn map(view: &View<'_>, ask: &Ask) -> Result<Value, Problem> {
    let Some(days) = Days::of(ask, view) else {
        return Ok(json!({ "valid": null, "known": null, "from": null, "layer": ask.layer.as_str(), "places": [],
                          "routes": [], "events": { "columns": COLUMNS, "rows": [], "left_off": 0 } }));
    };
    let situation = view.situation(days.valid, days.known);
    let of_layer = |h: &&Holding| h.layer == ask.layer || h.fluent.is_figure() || h.fluent == Fluent::Encircled;
    let mut places: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    let mut routes = Vec::new();
    for holding in situation.holdings.iter().filter(of_layer).filter(|h| words::is_local(h.fluent)) {
        let Some(key) = holding.key.first() else { continue };
        if holding.fluent == Fluent::Route {
            routes.extend(route(holding, view, ask));
        } else if view.spot(&key.id).is_some() {
            places.entry(&key.id).or_default().push(shape(holding, ask));
        }
    }
    let places: Vec<Value> = places.into_iter().filter_map(|(id, holdings)| place(id, holdings, view, ask)).collect();
    Ok(json!({
        "valid": days.valid.to_string(),
        "known": days.known.to_string(),
        "from": days.from.to_string(),
        "layer": ask.layer.as_str(),
        "places": places,
        "routes": routes,
        "events": events(view, ask, days),
    }))
}

fn place(id: &str, holdings: Vec<Value>, view: &View<'_>, ask: &Ask) -> Option<Value> {
    let spot = view.spot(id)?;
    Some(json!({
        "id": id,
        "name": view.book.name(id),
        "lat": degrees(spot.point.0),
        "lon": degrees(spot.point.1),
        "precision": spot.precision.as_str(),
        "url": ask.link(&path_of("places", id)),
        "holdings": holdings,
    }))
}

fn shape(holding: &Holding, ask: &Ask) -> Value {
    let messages = ask.messages();
    let value = |value: &vigie_situation::Value| match value {
        vigie_situation::Value::Held => Value::Null,
        vigie_situation::Value::Word(word) => json!(word.as_str()),
        vigie_situation::Value::Flag(flag) => json!(flag),
        vigie_situation::Value::Count { low, high, unit } => json!({ "low": low, "high": high, "unit": unit.as_str() }),
    };
    let ids = |named: &[vigie_situation::Named]| named.iter().map(|n| n.id.to_string()).collect::<Vec<_>>();
    let names = |named: &[vigie_situation::Named]| named.iter().map(|n| n.name.clone()).collect::<Vec<_>>();
    let rivals = holding.rivals.iter();
    json!({
        "id": holding_id(holding),
        "fluent": holding.fluent.as_str(),
        "value": value(&holding.value),
        "by": ids(&holding.by),
        "by_names": names(&holding.by),
        "status": holding.status.as_str(),
        "since": holding.since.map(|s| s.first.unwrap_or(s.last).to_string()),
        "rivals": rivals.map(|r| json!({ "value": value(&r.value), "by": ids(&r.by), "by_names": names(&r.by) })).collect::<Vec<_>>(),
        "text": words::sentence(holding, messages),
        "url": ask.link(&path_of("holdings", &holding_id(holding))),
    })
}

/// A route that serves a place: a line where the claims that tell of it name two ends, else nothing to draw.
fn route(holding: &Holding, view: &View<'_>, ask: &Ask) -> Option<Value> {
    let key = holding.key.first()?;
    let served = key.id.strip_prefix("route:")?;
    let claims = || holding.proof.premises.iter().filter_map(|id| view.book.claim(*id));
    let line = claims().find_map(|(_, claim)| claim.place.as_ref()?.phrase.as_ref()?.line);
    let spot = view.spot(served);
    let ends = line.or_else(|| spot.map(|s| [s.point, s.point]))?;
    let end =
        |point: (i32, i32)| json!({ "name": view.book.name(served), "lat": degrees(point.0), "lon": degrees(point.1) });
    Some(json!({
        "id": holding_id(holding),
        "name": key.name,
        "from": end(ends[0]),
        "to": end(ends[1]),
        "value": match &holding.value { vigie_situation::Value::Word(word) => word.as_str(), _ => "open" },
        "status": holding.status.as_str(),
        "text": words::sentence(holding, ask.messages()),
        "url": ask.link(&path_of("holdings", &holding_id(holding))),
    }))
}

const COLUMNS: [&str; 11] =
    ["id", "lat", "lon", "precision", "predicate", "label", "first", "last", "grade", "origins", "place"];

fn events(view: &View<'_>, ask: &Ask, days: Days) -> Value {
    let known = view.known(days.known);
    let of_late =
        known.entries.iter().rev().filter(|e| days.from <= e.day && e.day <= days.valid && !e.ahead && !e.negative);
    let placed: Vec<(&Entry, &str)> =
        of_late.filter_map(|e| Some((e, e.place.as_deref()?))).filter(|(_, id)| view.spot(id).is_some()).collect();
    let row = |(entry, id): &(&Entry, &str)| {
        let spot = view.spot(id)?;
        Some(json!([
            event_id(entry.event),
            degrees(spot.point.0),
            degrees(spot.point.1),
            spot.precision.as_str(),
            entry.predicate.id(),
            ask.messages().predicate(entry.predicate),
            entry.when.and_then(|w| w.first).unwrap_or(entry.day).to_string(),
            entry.day.to_string(),
            entry.grade.as_str(),
            entry.said_by.len(),
            view.book.name(id),
        ]))
    };
    let rows: Vec<Value> = placed.iter().take(EVENTS).filter_map(row).collect();
    json!({ "columns": COLUMNS, "left_off": placed.len().saturating_sub(EVENTS), "rows": rows })
}

/// Events, claims and documents a day.
pub(super) fn days(view: &View<'_>, ask: &Ask) -> Result<Value, Problem> {
    let Some(days) = Days::of(ask, view) else { return Ok(json!({ "first": null, "last": null, "days": [] })) };
    let mut counts: BTreeMap<Date, [usize; 3]> = BTreeMap::new();
    for entry in &view.known(days.known).entries {
        counts.entry(entry.day).or_default()[0] += 1;
    }
    for (document, claim) in &view.claims {
        let told = document.published.is_none_or(|day| day <= days.known);
        if let Some(period) = claim.period.as_ref().filter(|_| told) {
            counts.entry(period.last).or_default()[1] += 1;
        }
    }
    for day in view.documents.iter().filter_map(|d| d.published).filter(|day| *day <= days.known) {
        counts.entry(day).or_default()[2] += 1;
    }
    let rows: Vec<Value> =
        counts.iter().map(|(day, [events, claims, told])| json!([day.to_string(), events, claims, told])).collect();
    let (first, last) = (counts.keys().next(), counts.keys().next_back());
    Ok(json!({ "first": first.map(Date::to_string), "last": last.map(Date::to_string), "days": rows }))
}

/// The places of which something is told.
pub(super) fn places(view: &View<'_>, ask: &Ask) -> Value {
    let known = view.known(Days::of(ask, view).map_or(Date::MAX, |d| d.known));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for id in known.entries.iter().filter_map(|e| e.place.as_deref()) {
        *counts.entry(id).or_default() += 1;
    }
    let item = |(id, n): (&&str, &usize)| {
        let spot = view.spot(id);
        json!({
            "id": id,
            "name": view.book.name(id),
            "lat": spot.map(|s| degrees(s.point.0)),
            "lon": spot.map(|s| degrees(s.point.1)),
            "events": n,
        })
    };
    let items: Vec<Value> = counts.iter().map(item).collect();
    json!({ "total": items.len(), "items": items, "next": null })
}
