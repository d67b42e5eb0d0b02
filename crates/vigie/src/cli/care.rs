//! `vigie doctor` and `vigie backup`: looking after an archive.

use super::{From, Status};
use crate::archive::Archive;
use crate::failure::Failure;
use crate::show;
use std::io::Write;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Examination {
    #[command(flatten)]
    from: From,
    /// Make what an older version did not make: the index of words
    #[arg(long)]
    repair: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Copy {
    #[command(flatten)]
    from: From,
    /// The copy; there must be no such file
    #[arg(value_name = "FILE")]
    to: PathBuf,
}

/// An archive with nothing grave has status 0, another 2: scripts ask for it.
pub(super) fn doctor(arguments: &Examination, out: &mut dyn Write) -> Result<Status, Failure> {
    let path = &arguments.from.archive;
    let mut archive = Archive::open_existing(path)?;
    if arguments.repair {
        // Opened for reading, it could not be mended.
        archive = Archive::open(path)?;
        let mended = archive.repair()?;
        writeln!(out, "Documents added to the index of words: {mended}.").map_err(|e| Failure::of_output(&e))?;
    }
    let health = archive.examine()?;
    show::health(&health, path, out).map_err(|e| Failure::of_output(&e))?;
    Ok(if health.findings.iter().any(|f| f.grave) { Status::Unusable } else { Status::Found })
}

pub(super) fn backup(arguments: &Copy, out: &mut dyn Write) -> Result<Status, Failure> {
    Archive::open_existing(&arguments.from.archive)?.back_up(&arguments.to)?;
    writeln!(out, "{} is a whole copy of {}.", arguments.to.display(), arguments.from.archive.display())
        .map_err(|e| Failure::of_output(&e))?;
    Ok(Status::Found)
}
