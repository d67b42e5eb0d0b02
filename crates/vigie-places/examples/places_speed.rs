//! Stories a second on one core: `cargo run --release -p vigie-places --example places_speed fr FILE`, stories parted by form feeds.
//! Prints the time of the first, smallest call (tables, weights and words are read then), and for five rounds the time
//! of finding the names by the lists, of placing them, and of reading the phrases around them; memory where the system
//! tells it.

#![allow(clippy::disallowed_methods, reason = "how long the work takes is what is shown")]

use std::time::Instant;
use vigie_places::{locate, mentions, relatives};
use vigie_resources::{Language, locate_words};
use vigie_text::Span;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let language = arguments.next().and_then(|code| Language::from_code(&code)).ok_or("name a language")?;
    let text = std::fs::read_to_string(arguments.next().ok_or("name a file of stories parted by form feeds")?)?;
    let stories: Vec<&str> = text.split('\u{c}').filter(|s| !s.trim().is_empty()).collect();
    let begun = Instant::now();
    let words = locate_words(language);
    let first = locate("Paris", &[Span::new(0, 5)], language, &[]);
    println!("load_ms,{:.1},{}", begun.elapsed().as_secs_f64() * 1e3, first.len());
    println!("round,stories,bytes,mentions,phrases,find_s,place_s,phrases_s,stories_a_second,placing_stories_a_second");
    for round in 1..=5 {
        let begun = Instant::now();
        let found: Vec<Vec<Span>> = stories.iter().map(|s| mentions(s, &[], &[], words)).collect();
        let find = begun.elapsed().as_secs_f64();
        let begun = Instant::now();
        let placed: Vec<_> = stories.iter().zip(&found).map(|(s, spans)| locate(s, spans, language, &[])).collect();
        let place = begun.elapsed().as_secs_f64();
        let begun = Instant::now();
        let phrases: usize = stories.iter().zip(&placed).map(|(s, p)| relatives(s, p, language).len()).sum();
        let around = begun.elapsed().as_secs_f64();
        let count = stories.len() as f64;
        println!(
            "{round},{},{},{},{phrases},{find:.3},{place:.3},{around:.3},{:.0},{:.0}",
            stories.len(),
            text.len(),
            found.iter().map(Vec::len).sum::<usize>(),
            count / (find + place + around),
            count / place
        );
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    for line in status.lines().filter(|l| l.starts_with("VmHWM") || l.starts_with("VmRSS")) {
        println!("{}", line.replace([':', '\t', ' '], ""));
    }
    Ok(())
}
