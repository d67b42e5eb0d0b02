//! Developer commands: `cargo xtask train fr`, `train places`, `card fr`, `evaluate syntax fr`, `evaluate dates`,
//! `evaluate places`, `evaluate events`, `lexicon fr`, `gazetteer`, `tidy`.

mod card;
mod corpora;
mod evaluate;
mod gazetteer;
mod lexicon;
mod recipe;
mod tidy;
mod train;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["train", "places"] => evaluate::places::train(),
        ["evaluate", "places"] => evaluate::places::places(),
        ["train", language, options @ ..] => train::train(language, options),
        ["card", language] => card::write(language),
        ["evaluate", "syntax", language, options @ ..] => evaluate::syntax(language, options),
        ["lexicon", language, files @ ..] if !files.is_empty() => lexicon::write(language, files),
        ["evaluate", "dates"] => evaluate::dates(),
        ["gazetteer", ..] => gazetteer::run(&arguments[1..]).map_err(|error| error.to_string()),
        ["evaluate", "events", sets @ ..] => evaluate::events(sets),
        ["tidy"] => tidy::tidy(),
        _ => Err("usage: cargo xtask train LANGUAGE | train places | card LANGUAGE | evaluate syntax LANGUAGE | \
                  evaluate dates | evaluate places | evaluate events [SET...] | lexicon LANGUAGE FILE... | gazetteer | tidy"
            .to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}
