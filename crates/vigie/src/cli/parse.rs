//! `vigie parse`: text on standard input, CoNLL-U on standard output.

use super::Status;
use crate::failure::Failure;
use std::io::Write;
use vigie_resources::Language;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The language of the text, for instance fr; guessed when left out
    #[arg(long, value_name = "CODE", value_parser = language)]
    lang: Option<Language>,
}

/// A language code as an argument.
fn language(code: &str) -> Result<Language, String> {
    Language::from_code(code).ok_or_else(|| {
        let known: Vec<&str> = Language::all().map(Language::code).collect();
        format!("this language is not shipped; `vigie languages` lists those that are ({})", known.join(", "))
    })
}

pub(super) fn run(arguments: &Arguments, _out: &mut dyn Write) -> Result<Status, Failure> {
    let _ = arguments.lang;
    Ok(Status::Nothing)
}
