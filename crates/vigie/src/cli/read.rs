//! `vigie read`: pages in, claims out; kept when an archive is named.

use super::{Format, Output, Status, day};
use crate::archive::Archive;
use crate::book::Book;
use crate::export::wire::Lines;
use crate::failure::Failure;
use crate::pipeline::{self, Source};
use crate::run::{Manner, Run, all_cores};
use crate::show;
use jiff::civil::Date;
use std::io::Write;
use std::num::NonZero;
use std::path::PathBuf;
use vigie_events::Event;
use vigie_ingest::Mode;

/// Documents that are still shown one by one when an archive keeps them; of more only the sums are told.
const MOST_SHOWN: usize = 100;

/// Pages to read, and what is known of them.
#[derive(Debug, clap::Args)]
pub(super) struct PageArguments {
    /// Texts, HTML pages, feeds, mails, JSON lines, Parquet, WARC, packed or not; directories of them; - for standard input
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The day on which the pages were published; without it "Sunday" has no date
    #[arg(long, value_name = "DATE", value_parser = day)]
    published: Option<Date>,
    /// Who published the pages
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// Take articles out of HTML pages by one method instead of two: several times as fast, a little less exact
    #[arg(long)]
    fast: bool,
    /// Read so many documents at a time; the result is the same [default: one a core]
    #[arg(long, value_name = "N")]
    threads: Option<NonZero<usize>>,
}

#[derive(Debug, clap::Args)]
#[command(mut_arg("paths", |paths| paths.required(true)))]
pub(super) struct Arguments {
    #[command(flatten)]
    pages: PageArguments,
    /// Keep what was read in this file, which is made when there is none. An interrupted run goes on where it stopped
    /// when it is started again
    #[arg(long, value_name = "FILE")]
    archive: Option<PathBuf>,
    #[command(flatten)]
    output: Output,
}

impl PageArguments {
    fn manner(&self, most_held: usize) -> Manner<'_> {
        let mode = if self.fast { Mode::Fast } else { Mode::Thorough };
        let source = Source { published: self.published, outlet: self.outlet.as_deref(), mode };
        Manner { source, threads: self.threads.unwrap_or_else(all_cores), most_held }
    }
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<Status, Failure> {
    let mut archive = arguments.archive.as_deref().map(Archive::open).transpose()?;
    let bounded = archive.is_some() && arguments.output.format == Format::Text;
    let manner = arguments.pages.manner(if bounded { MOST_SHOWN } else { usize::MAX });
    let run = Run::over(&arguments.pages.paths, &manner, archive.as_mut())?;
    match (arguments.output.format, &arguments.archive) {
        (Format::Jsonl, _) => print_jsonl(&run, &pipeline::events(&run.documents), out),
        (Format::Text, Some(path)) if run.documents.is_empty() && run.counts.read + run.counts.there > 0 => {
            show::sums(&run.counts, path, out)
        }
        (Format::Text, path) => {
            show::reading(&run.documents, &pipeline::events(&run.documents), path.as_deref(), show::width(), out)
        }
    }
    .map_err(|e| Failure::of_output(&e))?;
    Ok(match (run.any_failed, run.any_claims) {
        (true, _) => Status::Unusable,
        (false, true) => Status::Found,
        (false, false) => Status::Nothing,
    })
}

/// Reads pages without keeping them.
pub(super) fn pages(arguments: &PageArguments) -> Result<Run, Failure> {
    Run::over(&arguments.paths, &arguments.manner(usize::MAX), None)
}

fn print_jsonl(run: &Run, events: &[Event], out: &mut dyn Write) -> std::io::Result<()> {
    let mut lines = Lines::new();
    for document in &run.documents {
        lines.document(document);
    }
    let book = Book::of(&run.documents);
    for event in events {
        lines.event(event, &book);
    }
    // What held on the day of the newest page, as far as these pages tell.
    if let Some(day) = run.documents.iter().filter_map(|d| d.published).max() {
        let situation = pipeline::situation(&run.documents, events, day, day);
        lines.situation(&situation, &situation.holdings.iter().collect::<Vec<_>>(), &book);
    }
    for note in &run.notes {
        lines.note(note);
    }
    lines.print(out)
}
