//! Finds the expressions of time of a text and times the finder.
//!
//! `cargo run --release -p vigie-claims --example expressions -- fr 2016-12-12 FILE [ROUNDS]` prints span, type, value,
//! modifier and rule, one expression a line; with ROUNDS it prints the speed instead.

use std::time::Instant;
use vigie_claims::{Telling, expressions};
use vigie_resources::Language;

#[allow(clippy::disallowed_methods)]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [code, published, path, rest @ ..] = arguments.as_slice() else {
        return Err("arguments: LANGUAGE PUBLISHED FILE [ROUNDS]; PUBLISHED may be -".into());
    };
    let language = Language::from_code(code).ok_or("no such language")?;
    let text = std::fs::read_to_string(path)?;
    let published = published.parse().ok();
    let start = Instant::now();
    let first = expressions("", language, published, Telling::Guess);
    let load = start.elapsed();
    if let Some(rounds) = rest.first() {
        let rounds: usize = rounds.parse()?;
        let start = Instant::now();
        let mut count = first.len();
        for _ in 0..rounds {
            count += expressions(&text, language, published, Telling::Guess).len();
        }
        let seconds = start.elapsed().as_secs_f64();
        let megabytes = (text.len() * rounds) as f64 / 1e6;
        println!("{count} expressions in {megabytes:.1} MB: {:.1} MB/s; rules read in {load:.1?}", megabytes / seconds);
        return Ok(());
    }
    for e in expressions(&text, language, published, Telling::Guess) {
        let (start, end) = (e.span.start(), e.span.end());
        println!("{start}\t{end}\t{}\t{}\t{}\t{}", e.r#type.name(), e.value, e.modifier.unwrap_or("-"), e.rule);
    }
    Ok(())
}
