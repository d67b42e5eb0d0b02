//! `vigie watch`: feeds and pages are polled, and what is new is archived.

use super::Status;
use crate::failure::Failure;
use crate::run::all_cores;
use crate::show;
use crate::watch::config::Config;
use crate::watch::{Sums, Watch, Which};
use std::io::Write;
use std::num::NonZero;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The list of feeds and pages; examples/feeds.toml is one to begin with
    #[arg(value_name = "FEEDS")]
    feeds: PathBuf,
    /// Keep what is read in this file, which is made when there is none; what is remembered between two polls stands
    /// beside it, in FILE.feeds.json
    #[arg(long, value_name = "FILE", default_value = "watch.vigie")]
    archive: PathBuf,
    /// Ask everybody once and end
    #[arg(long)]
    once: bool,
    /// Ask so many hosts at a time, and read what they give [default: one a core]
    #[arg(long, value_name = "N")]
    threads: Option<NonZero<usize>>,
    /// Also ask machines of this computer and of the local network
    #[arg(long)]
    allow_local: bool,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<Status, Failure> {
    let config = Config::read(&arguments.feeds)?;
    let threads = arguments.threads.unwrap_or_else(all_cores);
    let mut watch = Watch::new(&config, &arguments.archive, threads, arguments.allow_local);
    if arguments.once {
        let sums = watch.round(Which::All, out)?;
        show::round(&sums, out).map_err(|e| Failure::of_output(&e))?;
        return Ok(status(&sums));
    }
    // Until somebody stops it. Between two rounds the archive is closed, so that others can use or copy it.
    loop {
        std::thread::sleep(watch.pause());
        let sums = watch.round(Which::Due, out)?;
        if sums.new > 0 || sums.unusable > 0 {
            show::round(&sums, out).map_err(|e| Failure::of_output(&e))?;
        }
    }
}

fn status(sums: &Sums) -> Status {
    match (sums.unusable, sums.claims) {
        (1.., _) => Status::Unusable,
        (0, 1..) => Status::Found,
        (0, 0) => Status::Nothing,
    }
}
