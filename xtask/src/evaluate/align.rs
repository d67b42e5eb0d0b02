//! Which word of the system stands for which word of the gold file: by place, and inside multi-word tokens by the
//! longest common subsequence of the forms, as the shared task of 2018 defines it.

use super::document::Word;
use std::ops::Range;

/// Pairs of gold and system words, in text order.
pub(super) fn align(gold: &[Word], system: &[Word]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let (mut g, mut s) = (0, 0);
    while let (Some(a), Some(b)) = (gold.get(g), system.get(s)) {
        if a.multiword || b.multiword {
            let (here, there) = region(gold, g, system, s);
            (g, s) = (here.end, there.end);
            common(gold, here, system, there, &mut pairs);
        } else if a.place == b.place {
            pairs.push((g, s));
            g += 1;
            s += 1;
        } else if a.place.start <= b.place.start {
            g += 1;
        } else {
            s += 1;
        }
    }
    pairs
}

/// The words around two of which at least one is part of a multi-word token: as far as multi-word tokens of either
/// side overlap. A plain word that only reaches into the first one stays outside.
fn region(gold: &[Word], mut g: usize, system: &[Word], mut s: usize) -> (Range<usize>, Range<usize>) {
    let (a, b) = (&gold[g], &system[s]);
    let mut end = if a.multiword { a.place.end } else { b.place.end };
    if !b.multiword && b.place.start < a.place.start {
        s += 1;
    } else if !a.multiword && a.place.start < b.place.start {
        g += 1;
    }
    let (first_gold, first_system) = (g, s);
    loop {
        let (a, b) = (gold.get(g), system.get(s));
        if !a.is_some_and(|w| reaches_into(w, end)) && !b.is_some_and(|w| reaches_into(w, end)) {
            return (first_gold..g, first_system..s);
        }
        let gold_first = match (a, b) {
            (Some(a), Some(b)) => a.place.start <= b.place.start,
            (a, _) => a.is_some(),
        };
        let word = if gold_first { &gold[g] } else { &system[s] };
        if word.multiword {
            end = end.max(word.place.end);
        }
        if gold_first { g += 1 } else { s += 1 }
    }
}

/// A multi-word token belongs to a region that ends at `end` if it begins before, a plain word if it ends there.
fn reaches_into(word: &Word, end: usize) -> bool {
    if word.multiword { word.place.start < end } else { word.place.end <= end }
}

/// Pairs the words of two ranges by the longest common subsequence of their forms, letter case apart.
fn common(gold: &[Word], here: Range<usize>, system: &[Word], there: Range<usize>, pairs: &mut Vec<(usize, usize)>) {
    let forms = |words: &[Word]| words.iter().map(|w| w.form.to_lowercase()).collect::<Vec<_>>();
    let (a, b) = (forms(&gold[here.clone()]), forms(&system[there.clone()]));
    // longest[i][j]: length of the longest common subsequence of a[i..] and b[j..].
    let mut longest = vec![vec![0usize; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            let both = if a[i] == b[j] { longest[i + 1][j + 1] + 1 } else { 0 };
            longest[i][j] = both.max(longest[i + 1][j]).max(longest[i][j + 1]);
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            pairs.push((here.start + i, there.start + j));
            i += 1;
            j += 1;
        } else if longest[i][j] == longest[i + 1][j] {
            i += 1;
        } else {
            j += 1;
        }
    }
}
