//! Counts how common the terms of news are (`common.tsv`).

use crate::span::Span;
use crate::terms::terms;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use vigie_resources::Language;

/// A term of fewer paragraphs is as good as new.
const LEAST: u32 = 4;
/// Shorter paragraphs are headlines and scraps.
const SHORTEST: usize = 60;

/// The rows of `common.tsv`: in how many of 10,000 paragraphs each term stands, by term.
#[must_use]
pub fn learn_common(language: Language, paragraphs: &[String]) -> String {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    let long: Vec<&String> = paragraphs.iter().filter(|p| p.len() > SHORTEST).collect();
    for paragraph in &long {
        for key in terms(paragraph, Span::new(0, paragraph.len()), language).keys {
            *counts.entry(key).or_default() += 1;
        }
    }
    let mut rows = String::new();
    for (key, n) in counts.iter().filter(|(_, n)| **n >= LEAST) {
        let share = u64::from(*n) * 10_000 / long.len() as u64;
        // Writing to a string cannot fail.
        let _ = writeln!(rows, "{key}\t{}", share.max(1));
    }
    rows
}
