//! `vigie explain`: why a claim, an event or a holding says what it says.

use super::{From, Status, day};
use crate::archive::Archive;
use crate::book::Book;
use crate::export::wire::{claim_id, event_id, holding_id};
use crate::failure::Failure;
use crate::record::DocumentRecord;
use crate::show;
use jiff::civil::Date;
use std::io::Write;
use vigie_events::{Event, EventId};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The id of a claim (c:…), an event (e:…) or a holding (h:…); a beginning that is unique is enough
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    from: From,
    /// For a holding: the day that is asked about; the last day of publication when left out
    #[arg(long, value_name = "DATE", value_parser = day)]
    valid: Option<Date>,
    /// For a holding: only what was published up to this day counts as known
    #[arg(long, value_name = "DATE", value_parser = day)]
    known: Option<Date>,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<Status, Failure> {
    let reviewed = Archive::open_existing(&arguments.from.archive)?.reviewed()?;
    let documents = &reviewed.documents;
    let book = Book::of(documents);
    let id = arguments.id.as_str();
    let width = show::width();
    let shown = if id.starts_with("e:") {
        show::explain_event(event(id, &reviewed.events())?, &book, width, out)
    } else if id.starts_with("h:") {
        let last = last_day(documents);
        let valid = arguments.valid.or(last).ok_or_else(|| {
            Failure::new("no document of the archive has a date", "say the day that you ask about with --valid DATE")
        })?;
        let known = arguments.known.or(last).unwrap_or(valid);
        let situation = reviewed.situation(valid, known);
        let holding = only(id, situation.holdings.iter().map(|h| (holding_id(h), h)))?;
        show::explain_holding(holding, &book, width, out)
    } else {
        let id = if id.starts_with("c:") { id.to_owned() } else { format!("c:{id}") };
        let (document, claim) = only(&id, book.claims().map(|(d, c)| (claim_id(c.id), (d, c))))?;
        show::explain_claim(claim, document, width, out)
    };
    shown.map_err(|e| Failure::of_output(&e))?;
    Ok(Status::Found)
}

/// The event of an id. Any claim of an event is a name for it, so a name that was given out before a merger still leads to
/// it.
pub(super) fn event<'e>(id: &str, events: &'e [Event]) -> Result<&'e Event, Failure> {
    let own = || events.iter().map(|e| (event_id(e.id), e));
    let every = || events.iter().flat_map(|e| e.claims.iter().map(move |c| (event_id(EventId(*c)), e)));
    if own().any(|(known, _)| known.starts_with(id)) { only(id, own()) } else { only(id, every()) }
}

fn last_day(documents: &[DocumentRecord]) -> Option<Date> {
    documents.iter().filter_map(|d| d.published).max()
}

/// The one thing whose id is, or else begins with, what was asked for.
pub(super) fn only<T>(id: &str, all: impl Iterator<Item = (String, T)>) -> Result<T, Failure> {
    let mut found: Vec<(String, T)> = all.filter(|(known, _)| known.starts_with(id)).collect();
    if let Some(at) = found.iter().position(|(known, _)| known == id) {
        return Ok(found.swap_remove(at).1);
    }
    if found.len() > 1 {
        return Err(Failure::new(
            format!("{id} is the beginning of {} ids: {} …", found.len(), found[0].0),
            "write more of the id",
        ));
    }
    found.pop().map(|(_, thing)| thing).ok_or_else(|| {
        Failure::new(
            format!("nothing in the archive has the id {id}"),
            "`vigie claims`, `vigie events` and `vigie situation` with --format jsonl show the ids",
        )
    })
}
