//! `vigie mcp`: an archive for programs that speak the Model Context Protocol.

use super::{From, Status};
use crate::failure::Failure;
use crate::mcp;
use std::io::{self, Write};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    from: From,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<Status, Failure> {
    mcp::serve(&arguments.from.archive, &mut io::stdin().lock(), out)?;
    Ok(Status::Found)
}
