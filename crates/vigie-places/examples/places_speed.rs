//! Stories a second on one core: `cargo run --release -p vigie-places --example places_speed fr FILE`, stories parted by form feeds.
//! Prints the time of the first, smallest call (tables, weights and words are read then), and for five rounds the time
//! of finding the names by the lists, of placing them, and of reading the phrases around them; memory where the system
//! tells it. Time is that of the processor where the system tells it, so that other work beside it does not count.

#![allow(clippy::disallowed_methods, reason = "how long the work takes is what is shown")]

use std::time::Instant;
use vigie_places::{locate, mentions, relatives};
use vigie_resources::{Language, locate_words};
use vigie_text::Span;

/// Seconds so far; only differences mean something.
struct Watch(Instant);

impl Watch {
    fn seconds(&self) -> f64 {
        let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
        let worked: Option<f64> = told.split(' ').next().and_then(|n| n.parse().ok());
        worked.map_or_else(|| self.0.elapsed().as_secs_f64(), |n| n / 1e9)
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let language = arguments.next().and_then(|code| Language::from_code(&code)).ok_or("name a language")?;
    let text = std::fs::read_to_string(arguments.next().ok_or("name a file of stories parted by form feeds")?)?;
    let stories: Vec<&str> = text.split('\u{c}').filter(|s| !s.trim().is_empty()).collect();
    let watch = Watch(Instant::now());
    let begun = watch.seconds();
    let words = locate_words(language);
    let first = locate("Paris", &[Span::new(0, 5)], language, &[]);
    println!("load_ms,{:.1},{}", (watch.seconds() - begun) * 1e3, first.len());
    println!("round,stories,bytes,mentions,phrases,find_s,place_s,phrases_s,stories_a_second,placing_stories_a_second");
    for round in 1..=5 {
        let begun = watch.seconds();
        let found: Vec<Vec<Span>> = stories.iter().map(|s| mentions(s, &[], &[], words)).collect();
        let find = watch.seconds() - begun;
        let begun = watch.seconds();
        let placed: Vec<_> = stories.iter().zip(&found).map(|(s, spans)| locate(s, spans, language, &[])).collect();
        let place = watch.seconds() - begun;
        let begun = watch.seconds();
        let phrases: usize = stories.iter().zip(&placed).map(|(s, p)| relatives(s, p, language).len()).sum();
        let around = watch.seconds() - begun;
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
