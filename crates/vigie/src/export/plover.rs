//! PLOVER as JSON lines: one object an event, its parts named as in PLOVER's manual; codes of actors as CAMEO writes them.

use super::cameo::actor_code;
use super::told::Told;
use super::wire::{claim_id, event_id};
use crate::show;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Row<'a> {
    id: String,
    date: Option<String>,
    event: &'a str,
    mode: Option<&'a str>,
    predicate: &'a str,
    actor: Vec<Party<'a>>,
    recipient: Vec<Party<'a>>,
    place: Option<Place<'a>>,
    dead: Option<[u64; 2]>,
    injured: Option<[u64; 2]>,
    grade: &'a str,
    reports: Vec<Report<'a>>,
}

#[derive(Serialize)]
struct Party<'a> {
    name: &'a str,
    code: String,
}

#[derive(Serialize)]
struct Place<'a> {
    name: &'a str,
    country: Option<&'a str>,
    lat: Option<f64>,
    lon: Option<f64>,
}

#[derive(Serialize)]
struct Report<'a> {
    claim: String,
    said_by: String,
    text: &'a str,
    trigger: &'a str,
}

/// Writes the rows; gives back how many events PLOVER has no code for.
///
/// # Errors
/// When the output cannot be written.
pub fn write(events: &[Told], out: &mut dyn Write) -> io::Result<usize> {
    let mut left_out = 0;
    for told in events {
        let Some((event, mode)) = told.codes.plover else {
            left_out += 1;
            continue;
        };
        serde_json::to_writer(&mut *out, &row(told, event, mode))?;
        writeln!(out)?;
    }
    Ok(left_out)
}

fn row<'a>(told: &'a Told, event: &'a str, mode: Option<&'a str>) -> Row<'a> {
    let party = |(id, name): &(Option<&'a str>, &'a str)| Party { name, code: id.map_or(String::new(), actor_code) };
    let count = |wanted: &str| {
        let versions = told.event.figures.iter().find(|(unit, _)| unit == wanted).map(|(_, v)| v);
        versions.and_then(|v| v.best()).map(|&(low, high)| [low, high])
    };
    let degrees = |millionths: i32| f64::from(millionths) / 1_000_000.0;
    Row {
        id: event_id(told.event.id),
        date: told.day().map(|day| day.to_string()),
        event,
        mode,
        predicate: told.event.predicate.id(),
        actor: told.actors.iter().map(party).collect(),
        recipient: told.recipients.iter().map(party).collect(),
        place: told.place.map(|p| Place {
            name: &p.name,
            country: told.country(),
            lat: p.point.map(|(lat, _)| degrees(lat)),
            lon: p.point.map(|(_, lon)| degrees(lon)),
        }),
        dead: count("killed"),
        injured: count("wounded"),
        grade: told.event.grade.as_str(),
        reports: told
            .claims
            .iter()
            .map(|(document, claim)| Report {
                claim: claim_id(claim.id),
                said_by: show::speakers(claim, document),
                text: claim.sentence.of(&document.text),
                trigger: claim.trigger.of(&document.text),
            })
            .collect(),
    }
}
