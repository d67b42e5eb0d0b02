//! `vigie parse`: text on standard input, CoNLL-U on standard output.

use super::Status;
use super::standard_input::StandardInput;
use crate::failure::Failure;
use std::io::Write;
use vigie_resources::Language;
use vigie_syntax::{Model, Parse, conllu};
use vigie_text::{Sentence, Span};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    input: StandardInput,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<Status, Failure> {
    let (text, language) = arguments.input.read()?;
    let model = Model::for_language(language).ok_or_else(|| {
        let code = language.code();
        Failure::new(format!("no parser is shipped for {code}"), format!("train one with: cargo xtask train {code}"))
    })?;
    let sentences = sentences(&text, language);
    let parses: Vec<Parse> = model.parse_all(&text, &sentences);
    let pairs: Vec<(&Sentence, &Parse)> = sentences.iter().zip(&parses).collect();
    write!(out, "{}", conllu::write(&text, &pairs)).map_err(|e| Failure::of_output(&e))?;
    Ok(if sentences.is_empty() { Status::Nothing } else { Status::Found })
}

/// Every line is a block of running text: nothing is left out here, unlike in a page.
pub(super) fn sentences(text: &str, language: Language) -> Vec<Sentence> {
    let mut start = 0;
    let mut sentences = Vec::new();
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let span = Span::new(start, start + line.len());
        sentences.extend(vigie_text::split_sentences(text, span, language, number as u32));
        start += line.len();
    }
    sentences
}
