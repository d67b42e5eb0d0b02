//! `vigie threads`: the running matters of an archive.

use super::{Format, From, Output, Status};
use crate::archive::Archive;
use crate::export::wire::Lines;
use crate::failure::Failure;
use crate::filter::Filter;
use crate::threads::Thread;
use crate::{show, threads};
use std::io::Write;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    source: From,
    #[command(flatten)]
    filter: Filter,
    #[command(flatten)]
    output: Output,
}

/// A thread is listed when one of its claims passes; it is shown whole.
pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<Status, Failure> {
    let reviewed = Archive::open_existing(&arguments.source.archive)?.reviewed()?;
    let all = threads::threads(&reviewed.documents);
    let wanted = |thread: &&Thread<'_>| {
        let mut claims = thread.stories.iter().flat_map(|(d, s)| d.claims.iter().filter(|c| c.story == s.id));
        !arguments.filter.is_set() || claims.any(|claim| arguments.filter.passes(claim))
    };
    let found: Vec<&Thread<'_>> = all.iter().filter(wanted).collect();
    match arguments.output.format {
        Format::Jsonl => {
            let mut lines = Lines::new();
            found.iter().for_each(|thread| lines.thread(thread));
            lines.print(out)
        }
        Format::Text => show::threads(&found, show::width(), out),
    }
    .map_err(|e| Failure::of_output(&e))?;
    Ok(if found.is_empty() { Status::Nothing } else { Status::Found })
}
