//! The command line: what can be asked, and the exit status of the answer.

mod care;
mod dates;
mod digest;
mod explain;
mod export;
mod languages;
mod list;
mod mcp;
mod origins;
mod parse;
mod places;
mod read;
mod review;
mod search;
mod serve;
mod situation;
mod standard_input;
mod threads;
mod verify;
mod watch;

use crate::failure::Failure;
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Reads news and says who claims what: attributed, dated, located.
#[derive(Debug, Parser)]
#[command(name = "vigie", version, about, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = "Exit status: 0 claims found, 1 none found, 2 an input or an argument could not be used.")]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read pages and print what they claim
    Read(read::Arguments),
    /// Poll feeds and pages, and archive what is new
    Watch(watch::Arguments),
    /// Say what held on a day, as known on another
    Situation(situation::Arguments),
    /// List the events of an archive: who tells of them, who denies them
    Events(list::Arguments),
    /// List the claims of an archive
    Claims(list::Arguments),
    /// List the threads of an archive: stories about one running matter, across outlets and languages
    Threads(threads::Arguments),
    /// Show where an event was born: outlets, stories, who copied, who is cited
    Origins(origins::Arguments),
    /// Find stories by their words, in any inflection
    Search(search::Arguments),
    /// Tell what happened day by day and what changed, and who says so
    Digest(digest::Digest),
    /// Tell the days that matter
    Timeline(digest::Timeline),
    /// Show why a claim, an event or a holding says what it says
    Explain(explain::Arguments),
    /// Check answers against the texts: every span, every claim, every conclusion is derived again
    Verify(verify::Arguments),
    /// Accept, correct or reject what was read; merge and split events; see and undo what was decided
    Review(review::Arguments),
    /// Examine an archive: the file, its tables, every document with its claims and spans
    Doctor(care::Examination),
    /// Copy an archive as it stands, also while it is being written
    Backup(care::Copy),
    /// Write the events of an archive or of pages in the shape of ACLED, PLOVER or CAMEO
    Export(export::Arguments),
    /// Show an archive in the browser: map, timeline, evidence
    Serve(serve::Arguments),
    /// Answer programs that speak the Model Context Protocol on standard input and output; read-only
    Mcp(mcp::Arguments),
    /// Parse text from standard input and print CoNLL-U
    Parse(parse::Arguments),
    /// Find the expressions of time in text from standard input
    Dates(dates::Arguments),
    /// Find the places that a text on standard input names, and say where they are
    Places(places::Arguments),
    /// List the languages that can be read
    Languages,
}

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a person
    Text,
    /// One JSON record a line
    Jsonl,
}

/// What every command that prints records takes.
#[derive(Debug, Args)]
struct Output {
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,
}

/// How an answer turned out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    /// There was something to show.
    Found,
    /// There was nothing.
    Nothing,
    /// An input could not be used; it has been told.
    Unusable,
}

/// Runs the program with the arguments of the process.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    let answer = run(arguments.command, &mut out).and_then(|status| {
        out.flush().map_err(|e| Failure::of_output(&e))?;
        Ok(status)
    });
    match answer {
        // Whoever reads the output has seen enough, as with `vigie claims … | head`.
        Err(failure) if failure.hung_up => ExitCode::SUCCESS,
        Ok(Status::Found) => ExitCode::SUCCESS,
        Ok(Status::Nothing) => ExitCode::from(1),
        Ok(Status::Unusable) => ExitCode::from(2),
        Err(failure) => {
            failure.complain();
            ExitCode::from(2)
        }
    }
}

fn run(command: Command, out: &mut dyn Write) -> Result<Status, Failure> {
    match command {
        Command::Read(arguments) => read::run(&arguments, out),
        Command::Watch(arguments) => watch::run(&arguments, out),
        Command::Situation(arguments) => situation::run(&arguments, out),
        Command::Events(arguments) => list::events(&arguments, out),
        Command::Claims(arguments) => list::claims(&arguments, out),
        Command::Threads(arguments) => threads::run(&arguments, out),
        Command::Origins(arguments) => origins::run(&arguments, out),
        Command::Search(arguments) => search::run(&arguments, out),
        Command::Review(arguments) => review::run(&arguments, out),
        Command::Verify(arguments) => verify::run(&arguments, out),
        Command::Doctor(arguments) => care::doctor(&arguments, out),
        Command::Backup(arguments) => care::backup(&arguments, out),
        Command::Digest(arguments) => digest::digest(&arguments, out),
        Command::Timeline(arguments) => digest::days(&arguments, out),
        Command::Explain(arguments) => explain::run(&arguments, out),
        Command::Export(arguments) => export::run(&arguments, out),
        Command::Serve(arguments) => serve::run(&arguments, out),
        Command::Mcp(arguments) => mcp::run(&arguments, out),
        Command::Parse(arguments) => parse::run(&arguments, out),
        Command::Dates(arguments) => dates::run(&arguments, out),
        Command::Places(arguments) => places::run(&arguments, out),
        Command::Languages => languages::run(out),
    }
}

/// A day as an argument.
pub(crate) fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "a day is written YYYY-MM-DD, for instance 2025-03-10".to_owned())
}

/// The archive argument of commands that only look.
#[derive(Debug, Args)]
struct From {
    /// The archive, as made by `vigie read … --archive FILE`
    #[arg(long, value_name = "FILE")]
    archive: PathBuf,
}
