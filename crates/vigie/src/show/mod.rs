//! Output for a person.

mod arrival;
mod claim;
mod decisions;
mod digest;
mod events;
mod explain;
mod health;
mod hits;
mod origins;
mod reading;
mod situation;
mod style;
mod threads;
mod verdict;
mod words;

pub(crate) use arrival::{arrival, round};
pub(crate) use claim::{plain, said_by as speakers, short_id};
pub use decisions::decisions;
pub(crate) use digest::{change_line, what};
pub use digest::{digest, timeline};
pub use explain::{explain_claim, explain_event, explain_holding};
pub use health::health;
pub use hits::hits;
pub use origins::origins;
pub use reading::{reading, sums};
pub use situation::situation;
pub(crate) use style::width;
pub use threads::threads;
pub use verdict::verdict;
pub(crate) use words::thousands;

use crate::book::Book;
use crate::record::DocumentRecord;
use std::io::{self, Write};
use vigie_events::Event;

/// Claims in order of the documents, each with its sentence.
pub fn claims(documents: &[DocumentRecord], width: usize, out: &mut dyn Write) -> io::Result<()> {
    for document in documents {
        for found in &document.claims {
            writeln!(out, "{}", claim::heading(found))?;
            out.write_all(claim::snippet(found, document, width).as_bytes())?;
            writeln!(out, "   {} {}\n", style::paint(style::FAINT, "= said by:"), claim::said_by(found, document))?;
        }
    }
    Ok(())
}

/// Events in the order given.
pub fn events(documents: &[DocumentRecord], events: &[&Event], width: usize, out: &mut dyn Write) -> io::Result<()> {
    let book = Book::of(documents);
    for event in events {
        out.write_all(events::block(event, &book, width).as_bytes())?;
    }
    Ok(())
}
