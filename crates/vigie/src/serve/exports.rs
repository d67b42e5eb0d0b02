//! Files for other programs, made of what was asked for.

use super::Answer;
use super::ask::Ask;
use super::filter;
use super::page::Days;
use super::problem::Problem;
use super::snapshot::{Known, View};
use crate::export::file::{File, Material};
use crate::record::DocumentRecord;
use axum::http::StatusCode;
use jiff::civil::Date;
use serde_json::{Value, json};
use vigie_events::Event;

/// Where a file is found.
pub(super) fn path(file: File) -> String {
    format!("/exports/{}", file.name())
}

/// The files as a list.
pub(super) fn list(view: &View<'_>, ask: &Ask) -> Result<Value, Problem> {
    let item = |file: File| {
        let url = ask.again(&format!("/api/v1{}", path(file)), &[]);
        json!({ "name": file.name(), "media_type": file.media_type(), "url": url })
    };
    let items: Vec<Value> = File::all().map(item).collect();
    Ok(json!({ "events": n_events(view, ask)?, "total": items.len(), "items": items, "next": null }))
}

/// How many events are in what was asked for, before those are left out for which a sort of file has no words.
pub(super) fn n_events(view: &View<'_>, ask: &Ask) -> Result<usize, Problem> {
    let known = view.known(Days::of(ask, view).map_or(Date::MAX, |d| d.known));
    Ok(events(&known, view, ask)?.len())
}

/// The events of which at least the days pass; a question that names none of their traits is about all.
fn events<'k>(known: &'k Known<'_>, view: &View<'_>, ask: &Ask) -> Result<Vec<&'k Event>, Problem> {
    if !ask.narrows() {
        return Ok(known.knowledge.events().iter().collect());
    }
    let mut found = filter::events(known, view, &ask.unlimited())?.things;
    // A file runs from the oldest to the newest.
    found.reverse();
    Ok(found.into_iter().filter_map(|entry| known.event(entry.event.0)).collect())
}

/// The file of this name.
pub(super) fn file(view: &View<'_>, ask: &Ask, name: &str) -> Result<Answer, Problem> {
    let file = File::all()
        .find(|file| file.name() == name)
        .ok_or_else(|| Problem::missing(format!("there is no file {name}; /exports lists those that there are")))?;
    let days = Days::of(ask, view);
    let known = view.known(days.map_or(Date::MAX, |d| d.known));
    let situation = days.filter(|_| file.tells_situation()).map(|d| view.situation(d.valid, d.known));
    let published = |d: &&DocumentRecord| ask.known.is_none_or(|known| d.published.is_none_or(|day| day <= known));
    let documents: Vec<&DocumentRecord> = view.documents.iter().filter(published).collect();
    let passes = filter::passes(ask);
    let material = Material {
        claims: documents.iter().flat_map(|d| d.claims.iter().map(|c| (*d, c))).filter(passes).collect(),
        documents,
        events: events(&known, view, ask)?,
        situation: situation.as_deref(),
        book: &view.book,
    };
    let mut body = Vec::new();
    file.write(&material, &mut body).map_err(|e| {
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, format!("{name} could not be made: {e}; ask for fewer days"))
    })?;
    Ok(Answer { kind: file.media_type(), body: body.into(), name: Some(name.to_owned()) })
}
