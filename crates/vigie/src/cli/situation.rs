//! `vigie situation`: what held on a day, as known on another.

use super::{Format, From, Output, Status, day};
use crate::archive::Archive;
use crate::book::Book;
use crate::export::wire::Lines;
use crate::failure::Failure;
use crate::record::Remark;
use crate::show;
use jiff::civil::Date;
use std::io::Write;
use vigie_situation::{Fluent, Holding, Named, Situation};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    from: From,
    /// The day that is asked about
    #[arg(long, value_name = "DATE", value_parser = day)]
    valid: Date,
    /// Only what was published up to this day counts as known
    #[arg(long, value_name = "DATE", value_parser = day)]
    known: Date,
    /// Only what concerns this place or actor (name or id)
    #[arg(long, value_name = "NAME")]
    place: Option<String>,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<Status, Failure> {
    let reviewed = Archive::open_existing(&arguments.from.archive)?.reviewed()?;
    let situation = reviewed.situation(arguments.valid, arguments.known);
    let book = Book::of(&reviewed.documents);
    let mut notes = Vec::new();
    let unknown: Option<Holding>;
    let holdings: Vec<&Holding> = match &arguments.place {
        None => situation.holdings.iter().collect(),
        Some(name) => {
            let found = about(&situation, &book, name);
            unknown = found.is_empty().then(|| nothing_known(name, &mut notes));
            if found.is_empty() { unknown.iter().collect() } else { found }
        }
    };
    match arguments.output.format {
        Format::Jsonl => {
            let mut lines = Lines::new();
            lines.situation(&situation, &holdings, &book);
            notes.iter().for_each(|note| lines.note(note));
            lines.print(out)
        }
        Format::Text if holdings.is_empty() => writeln!(out, "Nothing is known of {}.", arguments.valid),
        Format::Text => show::situation(&situation, &holdings, &book, show::width(), out),
    }
    .map_err(|e| Failure::of_output(&e))?;
    for note in &notes {
        anstream::eprintln!("note: {}", note.message);
    }
    Ok(if holdings.is_empty() || !notes.is_empty() { Status::Nothing } else { Status::Found })
}

/// The holdings whose key names the place or actor, by id, by a name that a claim uses, or by the holding's own name.
fn about<'s>(situation: &'s Situation, book: &Book, name: &str) -> Vec<&'s Holding> {
    let ids = book.every_id_of(name);
    let wanted = name.to_lowercase();
    let by_id: Vec<&Holding> = ids.iter().flat_map(|id| situation.about(id)).collect();
    let fits = |h: &&Holding| {
        h.key.iter().any(|k| k.name.to_lowercase() == wanted) || by_id.iter().any(|found| std::ptr::eq(*found, *h))
    };
    situation.holdings.iter().filter(fits).collect()
}

fn nothing_known(name: &str, notes: &mut Vec<Remark>) -> Holding {
    notes.push(Remark::warning(
        "nothing-known",
        format!("Nothing in the archive says anything of {name:?}; `vigie claims` shows the names that it knows."),
    ));
    Situation::unknown(Fluent::Control, vec![Named { id: name.into(), name: name.to_owned() }])
}
