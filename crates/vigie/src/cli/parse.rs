//! `vigie parse`: text on standard input, CoNLL-U on standard output.

use super::Status;
use crate::failure::Failure;
use crate::input;
use std::io::Write;
use vigie_resources::Language;
use vigie_syntax::{Model, Parse, conllu};
use vigie_text::{Sentence, Span};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The language of the text, for instance fr; guessed when left out
    #[arg(long, value_name = "CODE", value_parser = language)]
    lang: Option<Language>,
}

/// A language code as an argument.
pub(super) fn language(code: &str) -> Result<Language, String> {
    Language::from_code(code).ok_or_else(|| format!("this language is not shipped; those that are: {}", shipped()))
}

/// The codes of the shipped languages, for messages.
pub(super) fn shipped() -> String {
    Language::all().map(Language::code).collect::<Vec<_>>().join(", ")
}

/// The language that was named, else the one that the text seems to be in.
pub(super) fn chosen(named: Option<Language>, text: &str) -> Result<Language, Failure> {
    named.or_else(|| vigie_text::identify(text)).ok_or_else(|| {
        Failure::new(
            "the language of the text is not clear",
            format!("name it with --lang; the languages that can be read: {}", shipped()),
        )
    })
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<Status, Failure> {
    let bytes = input::standard()?;
    let text = vigie_text::decode(&bytes).map_err(|e| Failure::new("standard input is no text", e.reason))?.text;
    let language = chosen(arguments.lang, &text)?;
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
