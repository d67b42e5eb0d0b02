//! `vigie claims` and `vigie events`: what an archive holds, filtered.

use super::{Format, From, Output, Status};
use crate::archive::Archive;
use crate::book::Book;
use crate::export::wire::Lines;
use crate::failure::Failure;
use crate::filter::Filter;
use crate::record::DocumentRecord;
use crate::show;
use std::io::Write;
use vigie_events::Event;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    source: From,
    #[command(flatten)]
    filter: Filter,
    /// With claims: those that a review rejected, instead of those that count
    #[arg(long)]
    rejected: bool,
    #[command(flatten)]
    output: Output,
}

pub(super) fn claims(arguments: &Arguments, out: &mut dyn Write) -> Result<Status, Failure> {
    let reviewed = Archive::open_existing(&arguments.source.archive)?.reviewed()?;
    let mut documents = if arguments.rejected { reviewed.rejected } else { reviewed.documents };
    for document in &mut documents {
        document.claims.retain(|claim| arguments.filter.passes(claim));
    }
    let found = documents.iter().any(|d| !d.claims.is_empty());
    match arguments.output.format {
        Format::Jsonl => print_jsonl(&documents, out),
        Format::Text => show::claims(&documents, show::width(), out),
    }
    .map_err(|e| Failure::of_output(&e))?;
    Ok(if found { Status::Found } else { Status::Nothing })
}

fn print_jsonl(documents: &[DocumentRecord], out: &mut dyn Write) -> std::io::Result<()> {
    let mut lines = Lines::new();
    for document in documents {
        for claim in &document.claims {
            lines.claim(document, claim);
        }
    }
    lines.print(out)
}

/// An event is listed when one of its claims passes; it is shown whole, or its disagreements would be hidden.
pub(super) fn events(arguments: &Arguments, out: &mut dyn Write) -> Result<Status, Failure> {
    let reviewed = Archive::open_existing(&arguments.source.archive)?.reviewed()?;
    let (all, documents) = (reviewed.events(), &reviewed.documents);
    let book = Book::of(documents);
    let wanted = |event: &&Event| {
        let mut claims = event.claims.iter().filter_map(|id| book.claim(*id));
        claims.any(|(_, claim)| arguments.filter.passes(claim))
    };
    let found: Vec<&Event> = all.iter().filter(wanted).collect();
    match arguments.output.format {
        Format::Jsonl => {
            let mut lines = Lines::new();
            found.iter().for_each(|event| lines.event(event, &book));
            lines.print(out)
        }
        Format::Text => show::events(documents, &found, show::width(), out),
    }
    .map_err(|e| Failure::of_output(&e))?;
    Ok(if found.is_empty() { Status::Nothing } else { Status::Found })
}
