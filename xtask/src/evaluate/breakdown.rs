//! Where the errors of a parse are: by relation, by distance, by length of the sentence, and what is taken for what.

use super::score::{Count, Pairing};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// As many confusions of each kind are told.
const CONFUSIONS: usize = 20;

/// What was taken for what, how often.
pub(super) type Confusions = Vec<(String, String, usize)>;

/// The tables of one test.
#[derive(Debug, Default)]
pub(super) struct Breakdown {
    /// Labelled attachment by universal relation; the most frequent one first.
    pub(super) relations: Vec<(String, Count)>,
    /// Labelled attachment by how many words lie between a word and its head, as the gold file has it.
    pub(super) distances: Vec<(&'static str, Count)>,
    /// Labelled attachment by words in the gold sentence.
    pub(super) lengths: Vec<(&'static str, Count)>,
    pub(super) upos: Confusions,
    /// Relations of words whose head is right.
    pub(super) labels: Confusions,
}

/// Ranges of distances: the largest of each with its name.
const DISTANCES: [(usize, &str); 6] =
    [(0, "root"), (1, "1"), (2, "2"), (5, "3-5"), (10, "6-10"), (usize::MAX, "11 and more")];

/// Ranges of sentence lengths, likewise.
const LENGTHS: [(usize, &str); 5] =
    [(10, "1-10"), (20, "11-20"), (30, "21-30"), (40, "31-40"), (usize::MAX, "41 and more")];

fn range<const N: usize>(ranges: &[(usize, &'static str); N], value: usize) -> usize {
    ranges.iter().position(|(most, _)| value <= *most).unwrap_or(N - 1)
}

/// Counts all of it. Distance and length are told for gold words only, so there `system` repeats `gold`.
pub(super) fn breakdown(pairing: &Pairing<'_>) -> Breakdown {
    let (gold, system) = (&pairing.gold.words, &pairing.system.words);
    let mut relations: BTreeMap<&str, Count> = BTreeMap::new();
    gold.iter().for_each(|w| relations.entry(w.base()).or_default().gold += 1);
    system.iter().for_each(|w| relations.entry(w.base()).or_default().system += 1);

    let distance = |i: usize| range(&DISTANCES, gold[i].head.map_or(0, |h| h.abs_diff(i)));
    let mut sizes = vec![0; pairing.gold.sentences.len()];
    gold.iter().for_each(|w| sizes[w.sentence] += 1);
    let length = |i: usize| range(&LENGTHS, sizes[gold[i].sentence]);
    let mut distances = [Count::default(); DISTANCES.len()];
    let mut lengths = [Count::default(); LENGTHS.len()];
    for i in 0..gold.len() {
        for count in [&mut distances[distance(i)], &mut lengths[length(i)]] {
            count.gold += 1;
            count.system += 1;
        }
    }

    let (mut upos, mut labels) = (BTreeMap::new(), BTreeMap::new());
    for &(g, s) in &pairing.pairs {
        let (a, b) = (&gold[g], &system[s]);
        if pairing.labelled(g, s) {
            relations.entry(a.base()).or_default().right += 1;
            distances[distance(g)].right += 1;
            lengths[length(g)].right += 1;
        } else if pairing.head(g, s) {
            *labels.entry((a.base().to_owned(), b.base().to_owned())).or_insert(0) += 1;
        }
        if a.upos != b.upos {
            *upos.entry((a.upos.clone(), b.upos.clone())).or_insert(0) += 1;
        }
    }
    let mut relations: Vec<(String, Count)> = relations.into_iter().map(|(r, c)| (r.to_owned(), c)).collect();
    relations.sort_by_key(|(_, count)| Reverse(count.gold));
    Breakdown {
        relations,
        distances: DISTANCES.iter().map(|(_, name)| *name).zip(distances).collect(),
        lengths: LENGTHS.iter().map(|(_, name)| *name).zip(lengths).collect(),
        upos: most(upos),
        labels: most(labels),
    }
}

fn most(counts: BTreeMap<(String, String), usize>) -> Confusions {
    let mut list: Confusions = counts.into_iter().map(|((gold, system), n)| (gold, system, n)).collect();
    list.sort_by_key(|(_, _, n)| Reverse(*n));
    list.truncate(CONFUSIONS);
    list
}
