//! `vigie serve`: the archive in the browser.

use super::{From, Status};
use crate::failure::Failure;
use crate::serve::{self, Options};
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    from: From,
    /// Where to listen; without --tokens only this machine can be let in
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// A name by which browsers may call this server, besides those of this machine
    #[arg(long, value_name = "HOST")]
    name: Vec<String>,
    /// Who may come in: a TOML file of names, roles and tokens
    #[arg(long, value_name = "FILE")]
    tokens: Option<PathBuf>,
    /// Hold back the routes to besieged places and what is brought there
    #[arg(long)]
    redact_routes: bool,
    /// Hold back events of which a report is younger than so many hours
    #[arg(long, value_name = "HOURS")]
    delay: Option<u32>,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<Status, Failure> {
    let options = Options {
        archive: arguments.from.archive.clone(),
        address: arguments.listen,
        names: arguments.name.clone(),
        tokens: arguments.tokens.clone(),
        redact_routes: arguments.redact_routes,
        delay_hours: arguments.delay,
    };
    serve::run(options, |address| {
        // Whoever cannot read where it is can still stop it.
        let _ = writeln!(out, "http://{address}/  (Ctrl-C ends it)").and_then(|()| out.flush());
    })?;
    Ok(Status::Found)
}
