//! GeoJSON (RFC 7946): a feature an event, and one an answer about a place where a day is asked about. A point where the place
//! is known, a line for a route, an area for a strip or for ground around a place. `valid_from` and `valid_to` are days.

use super::shape::{Position, Shape};
use super::told::Told;
use super::wire::{claim_id, event_id, holding_id};
use crate::book::Book;
use crate::review::marks;
use serde::Serialize;
use std::collections::BTreeSet;
use std::io::{self, Write};
use vigie_resources::place;
use vigie_situation::{Holding, Situation, Value};

#[derive(Serialize)]
struct Collection<'a> {
    r#type: &'static str,
    features: Vec<Feature<'a>>,
}

#[derive(Serialize)]
struct Feature<'a> {
    r#type: &'static str,
    id: String,
    geometry: Geometry,
    properties: Properties<'a>,
}

#[derive(Serialize)]
#[serde(tag = "type", content = "coordinates")]
enum Geometry {
    Point(Position),
    LineString(Vec<Position>),
    Polygon([Vec<Position>; 1]),
}

#[derive(Serialize)]
#[serde(untagged)]
enum Properties<'a> {
    Event(Box<OfEvent<'a>>),
    Holding(Box<OfHolding<'a>>),
}

#[derive(Serialize)]
struct OfEvent<'a> {
    record: &'static str,
    predicate: &'static str,
    event_type: Option<&'a str>,
    sub_event_type: Option<&'a str>,
    actors: Vec<&'a str>,
    recipients: Vec<&'a str>,
    place: &'a str,
    precision: &'static str,
    radius_km: Option<u32>,
    valid_from: Option<String>,
    valid_to: Option<String>,
    killed: Option<[u64; 2]>,
    grade: &'static str,
    origins: usize,
    claims: Vec<String>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    review: BTreeSet<&'a str>,
}

#[derive(Serialize)]
struct OfHolding<'a> {
    record: &'static str,
    fluent: &'static str,
    place: &'a str,
    value: String,
    by: Vec<&'a str>,
    layer: &'static str,
    status: &'static str,
    valid_from: Option<String>,
    valid_to: Option<String>,
    claims: Vec<String>,
}

impl From<Shape> for Geometry {
    fn from(shape: Shape) -> Self {
        match shape {
            Shape::Point(at) => Self::Point(at),
            Shape::Line(line) => Self::LineString(line),
            Shape::Area(ring) => Self::Polygon([ring]),
        }
    }
}

/// Writes one collection; gives back how many events and answers have no place on a map.
///
/// # Errors
/// When the output cannot be written.
pub fn write(events: &[Told], situation: Option<&Situation>, book: &Book, out: &mut dyn Write) -> io::Result<usize> {
    let events = events.iter().map(|told| Some((told, told.place.and_then(Shape::of)?)));
    let events = events.map(|found| found.map(|(told, shape)| of_event(told, shape)));
    let holdings = situation.into_iter().flat_map(|s| &s.holdings).map(|h| of_holding(h, book));
    let all: Vec<Option<Feature>> = events.chain(holdings).collect();
    let left_out = all.iter().filter(|found| found.is_none()).count();
    let features = all.into_iter().flatten().collect();
    serde_json::to_writer_pretty(&mut *out, &Collection { r#type: "FeatureCollection", features })?;
    writeln!(out)?;
    Ok(left_out)
}

fn of_event<'a>(told: &'a Told, shape: Shape) -> Feature<'a> {
    let names = |parties: &'a [(Option<&'a str>, &'a str)]| parties.iter().map(|(_, name)| *name).collect();
    let killed = told.event.figures.iter().find(|(unit, _)| unit == "killed").and_then(|(_, v)| v.best());
    let properties = OfEvent {
        record: "event",
        predicate: told.event.predicate.id(),
        event_type: told.codes.acled.map(|s| s.event_type.as_str()),
        sub_event_type: told.codes.acled.map(|s| s.name.as_str()),
        actors: names(&told.actors),
        recipients: names(&told.recipients),
        place: told.place.map_or("", |p| p.name.as_str()),
        precision: told.place.map_or("", |p| p.precision.as_str()),
        radius_km: told.place.and_then(|p| p.radius_km),
        valid_from: told.period.and_then(|(first, ..)| first).map(|d| d.to_string()),
        valid_to: told.period.map(|(_, last, _)| last.to_string()),
        killed: killed.map(|&(low, high)| [low, high]),
        grade: told.event.grade.as_str(),
        origins: told.event.origins.len(),
        claims: told.event.claims.iter().copied().map(claim_id).collect(),
        review: told.claims.iter().flat_map(|(_, c)| marks(c)).collect(),
    };
    Feature {
        r#type: "Feature",
        id: event_id(told.event.id),
        geometry: shape.into(),
        properties: Properties::Event(Box::new(properties)),
    }
}

/// Where an answer lies: as the newest claim that it rests on tells the place, else as the gazetteer does.
fn shape_of(holding: &Holding, book: &Book) -> Option<(Shape, usize)> {
    let at = holding.key.iter().position(|k| k.id.contains(':') || place(&k.id).is_some())?;
    let id = holding.key[at].id.as_str();
    let id = id.strip_prefix("route:").unwrap_or(id);
    let claims = holding.proof.premises.iter().rev().filter_map(|c| book.claim(*c));
    let mut mentions = claims.filter_map(|(_, c)| c.place.as_ref());
    let told = mentions.find(|p| p.place.as_deref() == Some(id)).and_then(Shape::of);
    let known = || place(id).map(|p| Shape::Point(super::shape::position(p.point)));
    told.or_else(known).map(|shape| (shape, at))
}

fn of_holding<'a>(holding: &'a Holding, book: &Book) -> Option<Feature<'a>> {
    let (shape, at) = shape_of(holding, book)?;
    let properties = OfHolding {
        record: "holding",
        fluent: holding.fluent.as_str(),
        place: &holding.key[at].name,
        value: match &holding.value {
            Value::Held => "held".to_owned(),
            Value::Word(word) => word.to_string(),
            Value::Flag(flag) => flag.to_string(),
            Value::Count { low, high, unit } if low == high => format!("{low} {unit}"),
            Value::Count { low, high, unit } => format!("{low}..{high} {unit}"),
        },
        by: holding.by.iter().map(|n| n.name.as_str()).collect(),
        layer: holding.layer.as_str(),
        status: holding.status.as_str(),
        valid_from: holding.since.map(|s| s.first.unwrap_or(s.last).to_string()),
        valid_to: holding.until.map(|s| s.last.to_string()),
        claims: holding.proof.premises.iter().copied().map(claim_id).collect(),
    };
    Some(Feature {
        r#type: "Feature",
        id: holding_id(holding),
        geometry: shape.into(),
        properties: Properties::Holding(Box::new(properties)),
    })
}
