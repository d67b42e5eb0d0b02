//! `vigie verify`: are the answers what the texts give?

use super::{From, Status};
use crate::archive::Archive;
use crate::failure::Failure;
use crate::run::all_cores;
use crate::{input, show, verify};
use serde_json::Value;
use std::io::{BufRead, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Answers as `--format jsonl` printed them (claims, events, holdings); - for standard input. Without answers all claims of
    /// the archive are read anew
    #[arg(value_name = "ANSWERS")]
    answers: Vec<PathBuf>,
    #[command(flatten)]
    from: From,
    /// Read so many documents at a time; the result is the same [default: one a core]
    #[arg(long, value_name = "N")]
    threads: Option<NonZero<usize>>,
}

/// Status 0 when everything came out the same, 1 when something did not.
pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<Status, Failure> {
    let archive = Archive::open_existing(&arguments.from.archive)?;
    let documents = archive.documents()?;
    let threads = arguments.threads.unwrap_or_else(all_cores);
    let verdict = if arguments.answers.is_empty() {
        verify::claims(&documents, threads)
    } else {
        let mut answers = Vec::new();
        for path in &arguments.answers {
            answers.extend(records(path)?);
        }
        verify::answers(&answers, &documents, &archive.decisions()?, threads)
    };
    show::verdict(&verdict, out).map_err(|e| Failure::of_output(&e))?;
    Ok(if verdict.mismatches.is_empty() { Status::Found } else { Status::Nothing })
}

/// The records that can be derived again; notes and leftovers tell of the reading.
fn records(path: &Path) -> Result<Vec<Value>, Failure> {
    let name = path.display();
    let mut records = Vec::new();
    for (number, line) in input::open(path)?.lines().enumerate() {
        let line = line.map_err(|e| Failure::new(format!("{name} cannot be read: {e}"), "check the file"))?;
        if line.trim().is_empty() {
            continue;
        }
        let record: Value = serde_json::from_str(&line).map_err(|e| {
            Failure::new(
                format!("line {} of {name} is no JSON: {e}", number + 1),
                "give what a command printed with --format jsonl",
            )
        })?;
        if ["document", "story", "claim", "event", "holding", "thread"].iter().any(|kind| record["record"] == *kind) {
            records.push(record);
        }
    }
    Ok(records)
}
