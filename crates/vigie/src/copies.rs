//! Near copies: the same dispatch printed by several outlets is one voice, however often it is printed.

use crate::record::{DocumentRecord, StoryRecord};
use std::collections::{BTreeMap, BTreeSet};
use vigie_text::{Fingerprint, StoryId, fingerprint, split_sentences};

/// Shared shingles, per mille of the shorter story, from which on one story counts as a copy of the other.
const COPY: u32 = 700;

/// Fewer shingles than this say nothing: two short lines agree by chance.
const LEAST: usize = 8;

/// A shingle of more stories than this is compared with the first ones only, which keeps the work linear.
const MOST: usize = 16;

/// For every story that nearly copies another, the story that stands for all its copies: the one published first, of
/// equally old ones the one with the smallest id.
#[must_use]
pub fn copies(documents: &[DocumentRecord]) -> BTreeMap<StoryId, StoryId> {
    let mut stories: Vec<(_, StoryId, Fingerprint)> = documents
        .iter()
        .flat_map(|d| d.stories.iter().map(move |s| ((d.published.is_none(), d.published), s.id, story_print(d, s))))
        .filter(|(_, _, print)| print.shingles().len() >= LEAST)
        .collect();
    stories.sort_by_key(|(day, id, _)| (*day, *id));
    // A story is kept under one id in one document only, so each appears once.
    let mut root: Vec<usize> = (0..stories.len()).collect();
    for (one, two) in neighbours(&stories.iter().map(|(_, _, print)| print).collect::<Vec<_>>()) {
        if stories[one].2.containment(&stories[two].2) >= COPY {
            let (one, two) = (top(&root, one), top(&root, two));
            root[one.max(two)] = one.min(two);
        }
    }
    (0..stories.len())
        .map(|at| (at, top(&root, at)))
        .filter(|(at, top)| at != top)
        .map(|(at, top)| (stories[at].1, stories[top].1))
        .collect()
}

fn top(root: &[usize], mut at: usize) -> usize {
    while root[at] != at {
        at = root[at];
    }
    at
}

/// Pairs of stories that share a shingle, each once, in order.
fn neighbours(prints: &[&Fingerprint]) -> BTreeSet<(usize, usize)> {
    let mut filed: Vec<(u64, usize)> =
        prints.iter().enumerate().flat_map(|(at, print)| print.shingles().iter().map(move |s| (*s, at))).collect();
    filed.sort_unstable();
    let mut pairs = BTreeSet::new();
    for run in filed.chunk_by(|a, b| a.0 == b.0) {
        for (n, (_, one)) in run.iter().take(MOST).enumerate() {
            pairs.extend(run[n + 1..].iter().map(|(_, two)| (*one, *two)));
        }
    }
    pairs
}

fn story_print(document: &DocumentRecord, story: &StoryRecord) -> Fingerprint {
    story
        .paragraphs
        .iter()
        .flat_map(|part| split_sentences(&document.text, *part, story.language, 0))
        .map(|sentence| fingerprint(&document.text, &sentence))
        .reduce(|all, print| all.merged(&print))
        .unwrap_or_else(|| Fingerprint::from_shingles(Vec::new()))
}
