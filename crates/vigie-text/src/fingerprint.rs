//! Hashed word shingles: two texts that share many of them are near copies of one another (Broder 1997).

use crate::document::Sentence;

/// Words in one shingle.
const SHINGLE: usize = 6;

/// The set of 64-bit hashes of all runs of six words. A shorter text has one shingle: all of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Fingerprint {
    /// Sorted, without repetition.
    shingles: Vec<u64>,
}

impl Fingerprint {
    /// The hashes, sorted.
    #[must_use]
    pub fn shingles(&self) -> &[u64] {
        &self.shingles
    }

    /// From hashes in any order, as they were stored.
    #[must_use]
    pub fn from_shingles(mut shingles: Vec<u64>) -> Self {
        shingles.sort_unstable();
        shingles.dedup();
        Self { shingles }
    }

    /// How many shingles both hold.
    #[must_use]
    pub fn shared(&self, other: &Self) -> usize {
        let (mut i, mut j, mut n) = (0, 0, 0);
        while let (Some(a), Some(b)) = (self.shingles.get(i), other.shingles.get(j)) {
            n += usize::from(a == b);
            i += usize::from(a <= b);
            j += usize::from(b <= a);
        }
        n
    }

    /// Shared shingles per mille of the smaller set: 1000 when one text holds the other.
    #[must_use]
    pub fn containment(&self, other: &Self) -> u32 {
        let least = self.shingles.len().min(other.shingles.len());
        (self.shared(other) * 1000).checked_div(least).unwrap_or(0) as u32
    }

    /// The fingerprint of both texts together.
    #[must_use]
    pub fn merged(&self, other: &Self) -> Self {
        Self::from_shingles([self.shingles.as_slice(), &other.shingles].concat())
    }
}

/// The fingerprint of one sentence: words without punctuation, in lower case.
#[must_use]
pub fn fingerprint(text: &str, sentence: &Sentence) -> Fingerprint {
    let words: Vec<u64> = sentence.tokens.iter().filter_map(|t| word_hash(t.span.of(text))).collect();
    if words.is_empty() {
        return Fingerprint::default();
    }
    Fingerprint::from_shingles(words.windows(SHINGLE.min(words.len())).map(combine).collect())
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

/// Order-sensitive hash of the words of one shingle (the finisher is that of SplitMix64).
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

    fn print(text: &str) -> Fingerprint {
        let french = Language::from_code("fr").unwrap();
        fingerprint(text, &split_sentences(text, Span::new(0, text.len()), french, 0)[0])
    }

    #[test]
    fn near_copies_share_shingles() {
        let a =
            print("Les forces de Vasra ont repris dimanche trois villages au nord du fleuve, selon leur porte-parole.");
        let b = print("LES FORCES DE VASRA ont repris dimanche trois villages au nord du fleuve");
        let c = print("Trois villages du sud ont fêté dimanche la fin de la récolte avec leurs voisins de la plaine.");
        assert_eq!(a.containment(&b), 1000);
        assert_eq!(a.containment(&c), 0);
        assert_eq!(a.merged(&b), a);
        assert_eq!(print("Trêve à Vasra").shingles().len(), 1);
    }
}
