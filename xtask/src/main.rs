//! Developer commands: `cargo xtask train fr`, `cargo xtask card fr`, `cargo xtask evaluate syntax fr`.

mod card;
mod corpora;
mod evaluate;
mod train;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["train", language, options @ ..] => train::train(language, options),
        ["card", language] => card::write(language),
        ["evaluate", "syntax", language, options @ ..] => evaluate::syntax(language, options),
        _ => Err("usage: cargo xtask train LANGUAGE | card LANGUAGE | evaluate syntax LANGUAGE".to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}
