//! Parquet: documents, spans, claims, events, which claim belongs to which event, and what holds on a day; one file each. Days
//! are date32, moments UTC milliseconds, texts have dictionaries, pages are packed with ZSTD; the version of the tables stands
//! in the metadata of the file.

use super::codes::codes_of;
use super::file::{Material, Row};
use super::table::{Column, Table};
use super::wire::{claim_id, document_id, event_id, holding_id, story_id};
use crate::record::DocumentRecord;
use crate::review::marks;
use jiff::civil::Date;
use std::io::{self, Write};
use vigie_claims::{Claim, Role};
use vigie_events::Event;
use vigie_situation::Value;
use vigie_text::Span;

/// The tables, each by the name of its file.
pub const TABLES: [&str; 6] = ["documents", "spans", "claims", "events", "event_claim", "holdings"];

/// Writes the table of this name; gives back the number of its bytes.
///
/// # Errors
/// When the output cannot be written, or there is no such table.
pub fn write(name: &str, source: &Material, out: &mut dyn Write) -> io::Result<usize> {
    let table = match name {
        "documents" => documents(source),
        "spans" => spans(source),
        "claims" => claims(source),
        "events" => events(source),
        "event_claim" => event_claim(source),
        "holdings" => holdings(source),
        _ => return Err(io::Error::new(io::ErrorKind::InvalidInput, format!("there is no table {name}"))),
    };
    let bytes = table.to_parquet().map_err(io::Error::other)?;
    out.write_all(&bytes)?;
    Ok(bytes.len())
}

fn epoch_days(day: Date) -> i32 {
    Date::constant(1970, 1, 1).until(day).map_or(0, |span| span.get_days())
}

/// Its first moment.
fn moment(day: Date) -> i64 {
    i64::from(epoch_days(day)) * 86_400_000
}

fn text<T>(rows: &[T], cell: impl Fn(&T) -> String) -> Column {
    Column::Text(rows.iter().map(|row| Some(cell(row))).collect())
}

fn maybe<T>(rows: &[T], cell: impl Fn(&T) -> Option<String>) -> Column {
    Column::Text(rows.iter().map(cell).collect())
}

fn number<T>(rows: &[T], cell: impl Fn(&T) -> Option<u64>) -> Column {
    Column::Number(rows.iter().map(|row| cell(row).map(|n| i64::try_from(n).unwrap_or(i64::MAX))).collect())
}

fn day<T>(rows: &[T], cell: impl Fn(&T) -> Option<Date>) -> Column {
    Column::Day(rows.iter().map(|row| cell(row).map(epoch_days)).collect())
}

fn degrees<T>(rows: &[T], cell: impl Fn(&T) -> Option<i32>) -> Column {
    Column::Degrees(rows.iter().map(|row| cell(row).map(|millionths| f64::from(millionths) / 1e6)).collect())
}

fn documents(source: &Material) -> Table {
    let rows = &source.documents;
    let columns = vec![
        ("document", text(rows, |d| document_id(d.id))),
        ("path", text(rows, |d| d.path.clone())),
        ("outlet", maybe(rows, |d| d.outlet.clone())),
        ("url", maybe(rows, |d| d.url.clone())),
        ("title", maybe(rows, |d| d.title.clone())),
        ("language", maybe(rows, |d| d.language.map(|l| l.code().to_owned()))),
        ("published", day(rows, |d| d.published)),
        ("published_at", Column::Moment(rows.iter().map(|d| d.published.map(moment)).collect())),
        ("published_basis", text(rows, |d| d.basis.as_str().to_owned())),
        ("bytes", number(rows, |d| Some(d.bytes as u64))),
    ];
    Table { name: "documents", columns }
}

/// Every part of a claim with the words that it was read from.
fn spans(source: &Material) -> Table {
    let mut rows: Vec<(&DocumentRecord, &Claim, &'static str, Span)> = Vec::new();
    for &(document, claim) in &source.claims {
        let mut put = |part, span| rows.push((document, claim, part, span));
        put("sentence", claim.sentence);
        put("trigger", claim.trigger);
        claim.arguments.iter().for_each(|a| put(a.role.as_str(), a.filler.span));
        claim.place.iter().filter_map(|p| p.span).for_each(|span| put("place", span));
        claim.period.iter().filter_map(|p| p.span).for_each(|span| put("period", span));
        claim.figures.iter().for_each(|f| put("figure", f.span));
        claim.said_by.iter().filter_map(|s| s.span).for_each(|span| put("said_by", span));
        claim.said_by.iter().filter_map(|s| s.cue).for_each(|span| put("cue", span));
    }
    let columns = vec![
        ("claim", text(&rows, |(_, c, ..)| claim_id(c.id))),
        ("document", text(&rows, |(d, ..)| document_id(d.id))),
        ("part", text(&rows, |(_, _, part, _)| (*part).to_owned())),
        ("start", number(&rows, |(d, _, _, span)| Some((span.start() + d.skipped) as u64))),
        ("end", number(&rows, |(d, _, _, span)| Some((span.end() + d.skipped) as u64))),
        ("text", text(&rows, |(d, _, _, span)| span.of(&d.text).to_owned())),
    ];
    Table { name: "spans", columns }
}

/// Names with `; ` between them; nothing where there are none.
fn listed<'a>(names: impl Iterator<Item = &'a str>) -> Option<String> {
    let names: Vec<&str> = names.collect();
    (!names.is_empty()).then(|| names.join("; "))
}

fn claims(source: &Material) -> Table {
    let rows = &source.claims;
    let role = |role: Role| move |(_, c): &Row| listed(c.fillers(role).map(|f| f.name.as_str()));
    let ids = |role: Role| move |(_, c): &Row| listed(c.fillers(role).filter_map(|f| f.actor.as_deref()));
    let columns = vec![
        ("claim", text(rows, |(_, c)| claim_id(c.id))),
        ("document", text(rows, |(d, _)| document_id(d.id))),
        ("story", text(rows, |(_, c)| story_id(c.story))),
        ("predicate", text(rows, |(_, c)| c.predicate.id().to_owned())),
        ("again", Column::Flag(rows.iter().map(|(_, c)| Some(c.again)).collect())),
        ("headline", Column::Flag(rows.iter().map(|(_, c)| Some(c.headline)).collect())),
        ("actors", maybe(rows, role(Role::Actor))),
        ("actor_ids", maybe(rows, ids(Role::Actor))),
        ("recipients", maybe(rows, role(Role::Recipient))),
        ("recipient_ids", maybe(rows, ids(Role::Recipient))),
        ("objects", maybe(rows, role(Role::Object))),
        ("place", maybe(rows, |(_, c)| c.place.as_ref().map(|p| p.name.clone()))),
        ("place_id", maybe(rows, |(_, c)| c.place.as_ref()?.place.as_ref().map(ToString::to_string))),
        ("latitude", degrees(rows, |(_, c)| c.place.as_ref()?.point.map(|p| p.0))),
        ("longitude", degrees(rows, |(_, c)| c.place.as_ref()?.point.map(|p| p.1))),
        ("precision", maybe(rows, |(_, c)| c.place.as_ref().map(|p| p.precision.as_str().to_owned()))),
        ("first_day", day(rows, |(_, c)| c.period.as_ref()?.first)),
        ("last_day", day(rows, |(_, c)| c.period.as_ref().map(|p| p.last))),
        ("said_by", maybe(rows, |(_, c)| listed(c.said_by.iter().filter_map(|s| s.name.as_deref())))),
        ("polarity", text(rows, |(_, c)| c.factuality.polarity.as_str().to_owned())),
        ("certainty", text(rows, |(_, c)| c.factuality.certainty.as_str().to_owned())),
        ("realis", text(rows, |(_, c)| c.factuality.realis.as_str().to_owned())),
        ("because", text(rows, |(_, c)| c.because.iter().map(|r| r.as_str()).collect::<Vec<_>>().join("; "))),
        ("reviewed", Column::Flag(rows.iter().map(|(_, c)| Some(marks(c).next().is_some())).collect())),
    ];
    Table { name: "claims", columns }
}

fn events(source: &Material) -> Table {
    let (book, rows) = (source.book, &source.events);
    let code = |e: &&Event| codes_of(e, book);
    let names = |ids: Option<&Vec<vigie_claims::ActorId>>| listed(ids.into_iter().flatten().map(|id| book.name(id)));
    let mention = |e: &Event| {
        let id = e.place.best()?;
        let mentions = e.claims.iter().filter_map(|c| book.claim(*c)).filter_map(|(_, c)| c.place.as_ref());
        mentions.filter(|p| p.place.as_ref() == Some(id)).find_map(|p| p.point)
    };
    let newest = |e: &Event| e.claims.iter().filter_map(|c| book.claim(*c)).filter_map(|(d, _)| d.published).max();
    let killed = |e: &Event| e.figures.iter().find(|(unit, _)| unit == "killed").and_then(|(_, v)| v.best().copied());
    let reviewed = |e: &Event| !book.review_of(&e.claims).is_empty();
    let columns = vec![
        ("event", text(rows, |e| event_id(e.id))),
        ("predicate", text(rows, |e| e.predicate.id().to_owned())),
        ("plover_event", maybe(rows, |e| code(e).plover.map(|(event, _)| event.to_owned()))),
        ("plover_mode", maybe(rows, |e| code(e).plover.and_then(|(_, mode)| mode.map(str::to_owned)))),
        ("acled_event_type", maybe(rows, |e| code(e).acled.map(|s| s.event_type.clone()))),
        ("acled_sub_event_type", maybe(rows, |e| code(e).acled.map(|s| s.name.clone()))),
        ("cameo", maybe(rows, |e| code(e).cameo.map(str::to_owned))),
        ("actors", maybe(rows, |e| names(e.actors.best()))),
        ("recipients", maybe(rows, |e| names(e.recipients.best()))),
        ("place_id", maybe(rows, |e| e.place.best().map(ToString::to_string))),
        ("place", maybe(rows, |e| e.place.best().map(|id| book.name(id).to_owned()))),
        ("latitude", degrees(rows, |e| mention(e).map(|p| p.0))),
        ("longitude", degrees(rows, |e| mention(e).map(|p| p.1))),
        ("first_day", day(rows, |e| e.period.best().and_then(|p| p.0))),
        ("last_day", day(rows, |e| e.period.best().map(|p| p.1))),
        ("reported_at", Column::Moment(rows.iter().map(|e| newest(e).map(moment)).collect())),
        ("killed_low", number(rows, |e| killed(e).map(|k| k.0))),
        ("killed_high", number(rows, |e| killed(e).map(|k| k.1))),
        ("happened", maybe(rows, |e| e.happened.best().map(|p| p.as_str().to_owned()))),
        ("grade", text(rows, |e| e.grade.as_str().to_owned())),
        ("origins", number(rows, |e| Some(e.origins.len() as u64))),
        ("reviewed", Column::Flag(rows.iter().map(|e| Some(reviewed(e))).collect())),
    ];
    Table { name: "events", columns }
}

fn event_claim(source: &Material) -> Table {
    let rows: Vec<(String, String)> =
        source.events.iter().flat_map(|e| e.claims.iter().map(move |c| (event_id(e.id), claim_id(*c)))).collect();
    let columns = vec![("event", text(&rows, |r| r.0.clone())), ("claim", text(&rows, |r| r.1.clone()))];
    Table { name: "event_claim", columns }
}

fn holdings(source: &Material) -> Table {
    let situation = source.situation;
    let rows: Vec<&vigie_situation::Holding> = situation.iter().flat_map(|s| &s.holdings).collect();
    let count = |h: &vigie_situation::Holding| match &h.value {
        Value::Count { low, high, unit } => Some((*low, *high, unit.to_string())),
        _ => None,
    };
    let columns = vec![
        ("holding", text(&rows, |h| holding_id(h))),
        ("fluent", text(&rows, |h| h.fluent.as_str().to_owned())),
        ("key", maybe(&rows, |h| listed(h.key.iter().map(|k| k.id.as_str())))),
        ("key_names", maybe(&rows, |h| listed(h.key.iter().map(|k| k.name.as_str())))),
        (
            "value",
            maybe(&rows, |h| match &h.value {
                Value::Word(word) => Some(word.to_string()),
                Value::Flag(flag) => Some(flag.to_string()),
                Value::Held | Value::Count { .. } => None,
            }),
        ),
        ("low", number(&rows, |h| count(h).map(|c| c.0))),
        ("high", number(&rows, |h| count(h).map(|c| c.1))),
        ("unit", maybe(&rows, |h| count(h).map(|c| c.2))),
        ("by", maybe(&rows, |h| listed(h.by.iter().map(|n| n.name.as_str())))),
        ("layer", text(&rows, |h| h.layer.as_str().to_owned())),
        ("status", text(&rows, |h| h.status.as_str().to_owned())),
        ("since_first", day(&rows, |h| h.since.and_then(|s| s.first))),
        ("since_last", day(&rows, |h| h.since.map(|s| s.last))),
        ("until_last", day(&rows, |h| h.until.map(|s| s.last))),
        ("valid", day(&rows, |_| situation.map(|s| s.valid))),
        ("known", day(&rows, |_| situation.map(|s| s.known))),
        (
            "claims",
            maybe(&rows, |h| {
                let ids: Vec<String> = h.proof.premises.iter().copied().map(claim_id).collect();
                listed(ids.iter().map(String::as_str))
            }),
        ),
    ];
    Table { name: "holdings", columns }
}
