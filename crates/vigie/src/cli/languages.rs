//! `vigie languages`: what can be read.

use super::Status;
use crate::failure::Failure;
use std::io::Write;
use vigie_resources::Language;
use vigie_syntax::Model;

pub(super) fn run(out: &mut dyn Write) -> Result<Status, Failure> {
    for language in Language::all() {
        let state = match (Model::for_language(language).is_some(), language.has_rules()) {
            (true, true) => "ready",
            (true, false) => "can be parsed; no rules yet: pages give no claims",
            (false, _) => "no parser yet: pages give no claims",
        };
        writeln!(out, "{}  {state}", language.code()).map_err(|e| Failure::of_output(&e))?;
    }
    Ok(Status::Found)
}
