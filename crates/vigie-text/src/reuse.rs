//! Sentences that stand in several stories, word for word or edited: what an agency wrote, wherever it is printed.
//!
//! Runs of three words are hashed (shingles, Broder 1997); sentences that share rare runs are put side by side, and how
//! much they share of the shorter one decides. Whole-text measures (MinHash, SimHash) miss a dispatch of which an
//! outlet keeps half; a sentence is what editors keep, drop and move.

use crate::document::Sentence;
use std::collections::BTreeMap;

/// Words of one run.
const RUN: usize = 3;
/// Shorter sentences ("The toll may rise.") are written alike by chance.
const SHORTEST: usize = 6;
/// Runs shared, in thousandths of those of the shorter sentence, from which on it is the same sentence.
const SAME: usize = 300;
/// At least so many runs are shared.
const LEAST: usize = 3;
/// A run that stands in more sentences is looked at in the first ones only: it is a formula, or a dispatch that
/// everybody printed and of which the first print is enough.
const CROWD: usize = 16;

/// The words of one sentence as hashes, without punctuation and case.
pub type Words = Vec<u64>;

/// The words of a sentence of `text`.
#[must_use]
pub fn words(text: &str, sentence: &Sentence) -> Words {
    sentence.tokens.iter().filter_map(|t| word_hash(t.span.of(text))).collect()
}

/// A sentence by the number of its story and its own number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Number of the story.
    pub story: usize,
    /// Number of the sentence in it.
    pub sentence: usize,
}

/// A sentence that stands in an earlier story too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reuse {
    /// The later one.
    pub later: Place,
    /// The earlier one, the most alike of those of its story.
    pub earlier: Place,
    /// Runs shared, in thousandths of those of the shorter one.
    pub shared: usize,
}

/// Every sentence that stands in an earlier story too, once for each such story, in order. `stories` are in the order of
/// publication.
#[must_use]
pub fn reuses(stories: &[Vec<Words>]) -> Vec<Reuse> {
    let mut found: BTreeMap<(Place, usize), Reuse> = BTreeMap::new();
    candidates(stories, |earlier, later, shared| {
        let runs = |place: Place| stories[place.story][place.sentence].len() + 1 - RUN;
        let share = shared * 1000 / runs(earlier).min(runs(later));
        if shared >= LEAST && share >= SAME {
            let reuse = Reuse { later, earlier, shared: share };
            let best = found.entry((later, earlier.story)).or_insert(reuse);
            if share > best.shared {
                *best = reuse;
            }
        }
    });
    found.into_values().collect()
}

/// Tells each pair of sentences of different stories that share runs: the earlier one, the later one, how many; in order of
/// the later, then of the earlier. What is kept grows with the words and not with the pairs, which formulas make many.
fn candidates(stories: &[Vec<Words>], mut tell: impl FnMut(Place, Place, usize)) {
    let mut filed: Vec<(u64, Place)> = Vec::new();
    for (story, sentences) in stories.iter().enumerate() {
        for (sentence, words) in sentences.iter().enumerate().filter(|(_, w)| w.len() >= SHORTEST) {
            filed.extend(words.windows(RUN).map(|run| (combine(run), Place { story, sentence })));
        }
    }
    filed.sort_unstable();
    filed.dedup();
    // For each sentence, where the sentences stand that had one of its runs before it.
    let mut before: Vec<(Place, usize, usize)> = Vec::new();
    let mut start = 0;
    for same in filed.chunk_by(|a, b| a.0 == b.0) {
        before.extend(same.iter().enumerate().skip(1).map(|(n, (_, place))| (*place, start, start + n.min(CROWD))));
        start += same.len();
    }
    before.sort_unstable();
    let mut earlier: Vec<Place> = Vec::new();
    for runs in before.chunk_by(|a, b| a.0 == b.0) {
        let later = runs[0].0;
        earlier.clear();
        for (_, from, to) in runs {
            earlier.extend(filed[*from..*to].iter().map(|(_, place)| *place).filter(|p| p.story != later.story));
        }
        earlier.sort_unstable();
        for same in earlier.chunk_by(|a, b| a == b) {
            tell(same[0], later, same.len());
        }
    }
}

/// How much of the shorter of two stories stands in the other, in thousandths of its words, from the sentences of the
/// later one that do.
#[must_use]
pub fn overlap(earlier: &[Words], later: &[Words], reuses: &[Reuse]) -> usize {
    let length = |sentences: &[Words]| sentences.iter().map(Vec::len).sum::<usize>();
    let mut own: Vec<usize> = reuses.iter().map(|r| r.later.sentence).collect();
    let mut other: Vec<usize> = reuses.iter().map(|r| r.earlier.sentence).collect();
    let covered = |numbers: &mut Vec<usize>, sentences: &[Words]| {
        numbers.sort_unstable();
        numbers.dedup();
        numbers.iter().map(|n| sentences[*n].len()).sum::<usize>()
    };
    let (taken, given) = (covered(&mut own, later), covered(&mut other, earlier));
    let share = |part: usize, whole: usize| (part * 1000).checked_div(whole).unwrap_or(0);
    share(taken, length(later)).max(share(given, length(earlier)))
}

/// FNV-1a over the letters and digits of a word in lower case; `None` for punctuation.
fn word_hash(word: &str) -> Option<u64> {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    let mut any = false;
    for c in word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase) {
        any = true;
        for byte in (c as u32).to_le_bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    any.then_some(hash)
}

/// Order-sensitive hash of the words of one run (the finisher is that of SplitMix64).
fn combine(words: &[u64]) -> u64 {
    words.iter().fold(0x9e37_79b9_7f4a_7c15, |hash, word| {
        let mut x = hash.rotate_left(5) ^ word;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentence::split_sentences;
    use crate::span::Span;
    use vigie_resources::Language;

    fn story(text: &str) -> Vec<Words> {
        let french = Language::from_code("fr").unwrap();
        split_sentences(text, Span::new(0, text.len()), french, 0).iter().map(|s| words(text, s)).collect()
    }

    const DISPATCH: &str = "Les forces de Vasra ont repris dimanche trois villages au nord du fleuve, selon leur \
                            porte-parole. Douze civils ont été tués dans les combats. La route du sud reste coupée.";

    #[test]
    fn a_sentence_within_another_article_is_seen() {
        let other = "La récolte a été bonne cette année dans la plaine. Selon leur porte-parole, les forces de Vasra \
                     ont repris dimanche trois villages au nord du fleuve. Le marché ouvrira jeudi.";
        let stories = [story(DISPATCH), story(other)];
        let found = reuses(&stories);
        let (later, earlier) = (Place { story: 1, sentence: 1 }, Place { story: 0, sentence: 0 });
        assert_eq!(found.iter().map(|r| (r.later, r.earlier)).collect::<Vec<_>>(), [(later, earlier)]);
        assert!((300..700).contains(&overlap(&stories[0], &stories[1], &found)));
    }

    #[test]
    fn an_edited_sentence_is_the_same_and_a_changed_figure_does_not_hide_it() {
        let edited = DISPATCH.replace("Douze", "Quinze").replace("dimanche ", "").to_uppercase();
        let stories = [story(DISPATCH), story(&edited)];
        assert!(overlap(&stories[0], &stories[1], &reuses(&stories)) > 700);
    }

    #[test]
    fn what_is_told_in_other_words_is_no_copy() {
        let other = "Trois villages situés sur la rive nord sont tombés dimanche aux mains des forces de Vasra, a \
                     affirmé leur porte-parole. Les combats ont fait douze morts parmi les habitants.";
        assert_eq!(reuses(&[story(DISPATCH), story(other)]), []);
    }
}
