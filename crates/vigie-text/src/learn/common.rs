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

/// The rows of `common.tsv`: in how many of 10,000 paragraphs each term stands, by term. The story that holds a term most
/// often is left out for it: a name told again and again in one story is not common, and trees learnt from that very story
/// would meet it as less telling than the names of stories to come.
#[must_use]
pub fn learn_common(language: Language, stories: &[Vec<String>]) -> String {
    let mut counts: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    let mut n_paragraphs = 0;
    for story in stories {
        let mut own: BTreeMap<String, u32> = BTreeMap::new();
        for paragraph in story.iter().filter(|p| p.len() > SHORTEST) {
            n_paragraphs += 1;
            for key in terms(paragraph, Span::new(0, paragraph.len()), language).keys {
                *own.entry(key).or_default() += 1;
            }
        }
        for (key, n) in own {
            let (all, most) = counts.entry(key).or_default();
            *all += n;
            *most = n.max(*most);
        }
    }
    let mut rows = String::new();
    for (key, n) in counts.iter().map(|(key, (all, most))| (key, all - most)).filter(|(_, n)| *n >= LEAST) {
        let share = u64::from(n) * 10_000 / n_paragraphs;
        // Writing to a string cannot fail.
        let _ = writeln!(rows, "{key}\t{}", share.max(1));
    }
    rows
}
