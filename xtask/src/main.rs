//! Commands for developers: `cargo xtask` without words lists them.

mod card;
mod corpora;
mod evaluate;
mod gazetteer;
mod lexicon;
mod recipe;
mod stories;
mod tidy;
mod train;

use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask COMMAND
  train LANGUAGE | train places | train common LANGUAGE | train senses LANGUAGE | train stories [FILE]
  evaluate syntax LANGUAGE | evaluate attribution | evaluate dates | evaluate events [SET...] | evaluate metonymy
  evaluate pages [peer=PYTHON] | evaluate places | evaluate stories [train] | evaluate copies | evaluate threads | evaluate timelines | evaluate replay
  card LANGUAGE | lexicon LANGUAGE FILE... | gazetteer | tidy";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["train", "common", language] => stories::common(language),
        ["train", "senses", language] => stories::senses(language),
        ["train", "stories"] => stories::train(None),
        ["train", "stories", file] => stories::train(Some(file)),
        ["evaluate", "attribution"] => evaluate::attribution(),
        ["evaluate", "replay"] => evaluate::replay(),
        ["evaluate", "copies"] => evaluate::copies(false),
        ["evaluate", "copies", "train"] => evaluate::copies(true),
        ["evaluate", "threads"] => evaluate::threads(false),
        ["evaluate", "threads", "train"] => evaluate::threads(true),
        ["evaluate", "timelines"] => evaluate::timelines(),
        ["evaluate", "stories"] => evaluate::stories(false),
        ["evaluate", "stories", "train"] => evaluate::stories(true),
        ["train", "places"] => evaluate::places::train(),
        ["evaluate", "places"] => evaluate::places::places(),
        ["train", language, options @ ..] => train::train(language, options),
        ["card", language] => card::write(language),
        ["evaluate", "syntax", language, options @ ..] => evaluate::syntax(language, options),
        ["lexicon", language, files @ ..] if !files.is_empty() => lexicon::write(language, files),
        ["evaluate", "metonymy"] => evaluate::metonymy::metonymy(),
        ["evaluate", "dates"] => evaluate::dates(),
        ["evaluate", "pages", options @ ..] => evaluate::pages(options),
        ["gazetteer", ..] => gazetteer::run(&arguments[1..]).map_err(|error| error.to_string()),
        ["evaluate", "events", sets @ ..] => evaluate::events(sets),
        ["tidy"] => tidy::tidy(),
        _ => Err(USAGE.to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}
