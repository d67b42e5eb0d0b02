//! `vigie export`: events in the formats of other programs, from an archive or from pages.

use super::read::PageArguments;
use super::Status;
use crate::archive::Archive;
use crate::book::Book;
use crate::export::acled::{self, Inter};
use crate::export::told::Told;
use crate::export::{cameo, plover};
use crate::failure::Failure;
use crate::filter::Filter;
use crate::review;
use clap::ValueEnum;
use std::io::Write;
use std::path::PathBuf;
use vigie_events::Event;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "acled   CSV with ACLED's 31 columns; actor1 is the one who acts. Fatalities are the lowest figure \
                        of the best supported account, the range stands in the column tags\n\
                        plover  JSON lines: PLOVER's event and mode, actors, recipients, place, every report with its \
                        source\n\
                        cameo   tab separated: date, source, target, CAMEO leaf; a line for each pair of actors\n\n\
                        Example: vigie export --format acled --archive syria.db > events.csv"
)]
pub(super) struct Arguments {
    /// The format to write
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Shape,
    /// The archive, as made by `vigie read … --archive FILE`; without it pages must be named
    #[arg(long, value_name = "FILE", conflicts_with = "paths", required_unless_present = "paths")]
    archive: Option<PathBuf>,
    /// With acled: sectors of actors as numbers or as words
    #[arg(long, value_enum, value_name = "HOW", default_value_t = InterWords::Code)]
    inter: InterWords,
    #[command(flatten)]
    pages: PageArguments,
    #[command(flatten)]
    filter: Filter,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shape {
    /// CSV in ACLED's shape
    Acled,
    /// JSON lines in PLOVER's terms
    Plover,
    /// Tab separated CAMEO codes
    Cameo,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum InterWords {
    /// 1 to 8
    Code,
    /// State forces, Rebel group …
    Label,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<Status, Failure> {
    let (reviewed, any_failed) = match &arguments.archive {
        Some(archive) => (Archive::open_existing(archive)?.reviewed()?, false),
        None => {
            let run = super::read::pages(&arguments.pages)?;
            (review::apply(run.documents, &[]), run.any_failed)
        }
    };
    let all = reviewed.events();
    let book = Book::of(&reviewed.documents);
    let wanted = |event: &&Event| {
        let mut claims = event.claims.iter().filter_map(|id| book.claim(*id));
        claims.any(|(_, claim)| arguments.filter.passes(claim))
    };
    let told: Vec<Told> = all.iter().filter(wanted).filter_map(|event| Told::of(event, &book)).collect();
    let left_out = match arguments.format {
        Shape::Acled => {
            let inter = if arguments.inter == InterWords::Code { Inter::Code } else { Inter::Label };
            acled::write(&told, inter, out)
        }
        Shape::Plover => plover::write(&told, out),
        Shape::Cameo => cameo::write(&told, out),
    }
    .map_err(|e| Failure::of_output(&e))?;
    if left_out > 0 {
        anstream::eprintln!("note: {left_out} of {} events have no code in this format and were left out.", told.len());
    }
    Ok(match (any_failed, told.len() > left_out) {
        (true, _) => Status::Unusable,
        (false, true) => Status::Found,
        (false, false) => Status::Nothing,
    })
}
