//! Where a word points: words that stand in the same stories point the same way, so that two paragraphs can be seen to tell
//! of one matter though they share no word (latent semantic analysis; Deerwester et al. 1990).

use crate::terms::stem;
use rustc_hash::FxHashMap;
use vigie_resources::{Language, PerLanguage};

/// Numbers of one direction.
pub(crate) const SENSE: usize = 48;
/// A cosine of one; and what stands for it where one side points nowhere.
const WHOLE: i64 = 1024;
const NOWHERE: i32 = -2 * WHOLE as i32;

/// The directions of one language (`senses.bin`): rows of a word's length, the word and its numbers, sorted by word.
#[derive(Debug, Clone, Default)]
pub(crate) struct Senses(FxHashMap<String, [i8; SENSE]>);

impl Senses {
    /// The shipped table; empty when there is none or it is damaged.
    pub(crate) fn of(language: Language) -> &'static Self {
        static TABLES: PerLanguage<Senses> = PerLanguage::new();
        let read = |l: Language| {
            let bytes = vigie_resources::bytes(&format!("languages/{}/senses.bin", l.code()));
            bytes.and_then(Senses::read).unwrap_or_default()
        };
        TABLES.of(language, read)
    }

    pub(crate) fn read(mut bytes: &[u8]) -> Option<Self> {
        let mut rows = FxHashMap::default();
        while let Some((length, rest)) = bytes.split_first() {
            let (word, rest) = rest.split_at_checked(usize::from(*length))?;
            let (row, rest) = rest.split_first_chunk::<SENSE>()?;
            rows.insert(std::str::from_utf8(word).ok()?.to_owned(), row.map(u8::cast_signed));
            bytes = rest;
        }
        Some(Self(rows))
    }

    /// Where a term points, if anything is known of it.
    pub(crate) fn get(&self, term: &str) -> Option<&[i8; SENSE]> {
        self.0.get(word(term)?)
    }
}

/// The word that stands for a term here: a name and the words made of it are one.
pub(crate) fn word(term: &str) -> Option<&str> {
    match term.as_bytes().first()? {
        b'&' | b'#' => None,
        b'^' => Some(stem(&term[1..])),
        _ => Some(term),
    }
}

/// A sum of directions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sum([i32; SENSE]);

impl Default for Sum {
    fn default() -> Self {
        Self([0; SENSE])
    }
}

impl Sum {
    pub(crate) fn add(&mut self, sense: &[i8; SENSE], weight: i32) {
        self.0.iter_mut().zip(sense).for_each(|(sum, x)| *sum += weight * i32::from(*x));
    }

    pub(crate) fn plus(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] + other.0[i]))
    }

    pub(crate) fn minus(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] - other.0[i]))
    }

    fn dot(&self, other: &Self) -> i64 {
        self.0.iter().zip(&other.0).map(|(x, y)| i64::from(*x) * i64::from(*y)).sum()
    }

    /// The cosine of the angle between two sums, of 1,024.
    pub(crate) fn cosine(&self, other: &Self) -> i32 {
        let lengths = self.dot(self).isqrt() * other.dot(other).isqrt() / WHOLE;
        if lengths == 0 { NOWHERE } else { (self.dot(other) / lengths) as i32 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cosines() {
        let (mut a, mut b) = (Sum::default(), Sum::default());
        assert_eq!(a.cosine(&b), NOWHERE);
        let row = |x: i8, y: i8| {
            std::array::from_fn(|i| {
                if i == 0 {
                    x
                } else if i == 1 {
                    y
                } else {
                    0
                }
            })
        };
        a.add(&row(100, 0), 30);
        b.add(&row(100, 100), 20);
        assert_eq!(a.cosine(&a), 1024);
        assert_eq!(a.cosine(&b), 724);
        assert_eq!(a.plus(&b).minus(&b), a);
    }

    #[test]
    fn names_and_their_words_are_one() {
        assert_eq!(word("^toulouse"), word("toulou"));
        assert_eq!(word("=syrie"), Some("=syrie"));
        assert_eq!(word("#12"), None);
    }

    #[test]
    fn damaged_tables_are_refused() {
        let mut bytes = vec![2, b'a', b'b'];
        bytes.extend([7; SENSE]);
        assert!(Senses::read(&bytes).is_some_and(|s| s.get("ab") == Some(&[7; SENSE])));
        assert!(Senses::read(&bytes[..20]).is_none());
    }
}
