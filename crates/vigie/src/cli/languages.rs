//! `vigie languages`: what can be read.

use super::Status;
use crate::failure::Failure;
use std::io::Write;
use vigie_resources::Language;

pub(super) fn run(out: &mut dyn Write) -> Result<Status, Failure> {
    for language in Language::all() {
        writeln!(out, "{}", language.code()).map_err(|e| Failure::of_output(&e))?;
    }
    Ok(Status::Found)
}
