//! `vigie digest`: what happened, day by day, each line with who says so.

use super::{From, Status, day};
use crate::archive::Archive;
use crate::background::Registries;
use crate::book::Book;
use crate::failure::Failure;
use crate::{pipeline, show};
use jiff::civil::Date;
use std::io::Write;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    from: From,
    /// First day to tell of
    #[arg(long = "from", value_name = "DATE", value_parser = day)]
    first: Option<Date>,
    /// Last day to tell of
    #[arg(long = "to", value_name = "DATE", value_parser = day)]
    last: Option<Date>,
    /// Only what was published up to this day counts as known
    #[arg(long, value_name = "DATE", value_parser = day)]
    known: Option<Date>,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<Status, Failure> {
    let documents = Archive::open_existing(&arguments.from.archive)?.documents()?;
    let (first, last) = (arguments.first.unwrap_or(Date::MIN), arguments.last.unwrap_or(Date::MAX));
    let known = arguments.known.unwrap_or(Date::MAX);
    let entries = vigie_situation::digest(first, last, known, &pipeline::reports(&documents), &Registries);
    show::digest(&entries, &Book::of(&documents), show::width(), out).map_err(|e| Failure::of_output(&e))?;
    Ok(if entries.is_empty() { Status::Nothing } else { Status::Found })
}
