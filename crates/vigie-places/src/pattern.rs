//! The patterns of phrases of a language, made ready once: every word that any of them names has a number, and every
//! word knows the patterns that may begin with it.

use crate::relative::RelativeKind;
use std::collections::HashMap;
use vigie_resources::{Language, LocateWords, PerLanguage, fold, locate_words};

/// A word that some pattern names, as it is written in lower case.
pub(crate) type WordId = u16;

/// What a piece of a pattern asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ask {
    Place,
    Side,
    Unit,
    Number,
    Words(Vec<WordId>),
}

/// A piece of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) ask: Ask,
    pub(crate) optional: bool,
}

/// One pattern.
pub(crate) type Pattern = Vec<Piece>;

/// All that is known of the words with one folded spelling.
#[derive(Debug, Default)]
pub(crate) struct Entry {
    /// Indexes of the phrases that may begin with it, in order.
    pub(crate) begins: Vec<usize>,
    /// Spellings that patterns name, with their numbers.
    pub(crate) words: Vec<(String, WordId)>,
    /// The side that it tells.
    pub(crate) side: Option<String>,
    /// Metres of the unit.
    pub(crate) metres: Option<u32>,
    /// A number may begin with it.
    pub(crate) number: bool,
}

/// The patterns of a language.
#[derive(Debug, Default)]
pub(crate) struct Patterns {
    entries: Vec<Entry>,
    /// The entry of a folded spelling.
    index: HashMap<String, usize>,
    /// Phrases that may begin with a place, with digits.
    pub(crate) by_place: Vec<usize>,
    pub(crate) by_digits: Vec<usize>,
    /// What a phrase is, and how it reads.
    pub(crate) relative: Vec<(RelativeKind, Pattern)>,
    /// Phrases that state a length.
    pub(crate) lengths: Vec<Pattern>,
}

/// Most places that a phrase is told by.
pub(crate) const ANCHORS: usize = 2;

impl Patterns {
    /// Those of a language.
    pub(crate) fn of(language: Language) -> &'static Self {
        static ALL: PerLanguage<Patterns> = PerLanguage::new();
        ALL.of(language, |l| Self::read(locate_words(l)))
    }

    fn read(words: &LocateWords) -> Self {
        let mut out = Self::default();
        for (word, side) in &words.directions {
            out.entry(word).side = Some(side.clone());
        }
        for (word, metres) in &words.units {
            out.entry(word).metres = Some(*metres);
        }
        for number in words.numbers.keys() {
            // "une dizaine de" begins with the word "une".
            for (at, _) in number.match_indices(' ').chain([(number.len(), "")]) {
                out.entry(&number[..at]).number = true;
            }
        }
        let mut known = 0;
        for rule in &words.relative {
            let pattern = out.pattern(&rule.words, &mut known);
            let anchors = pattern.iter().filter(|p| p.ask == Ask::Place).count();
            if let (Some(kind), 1..=ANCHORS) = (RelativeKind::from_name(&rule.kind), anchors) {
                out.begin(&pattern);
                out.relative.push((kind, pattern));
            }
        }
        for rule in &words.lengths {
            let pattern = out.pattern(rule, &mut known);
            out.lengths.push(pattern);
        }
        out
    }

    /// Notes what the next phrase may begin with.
    fn begin(&mut self, pattern: &[Piece]) {
        let at = self.relative.len();
        let first = pattern.iter().position(|p| !p.optional).map_or(pattern, |required| &pattern[..=required]);
        for piece in first {
            for entry in &mut self.entries {
                let begins = match &piece.ask {
                    Ask::Place => false,
                    Ask::Side => entry.side.is_some(),
                    Ask::Unit => entry.metres.is_some(),
                    Ask::Number => entry.number,
                    Ask::Words(ids) => entry.words.iter().any(|(_, id)| ids.contains(id)),
                };
                if begins && entry.begins.last() != Some(&at) {
                    entry.begins.push(at);
                }
            }
            match piece.ask {
                Ask::Place => self.by_place.push(at),
                Ask::Number => self.by_digits.push(at),
                _ => {}
            }
        }
    }

    fn entry(&mut self, folded: &str) -> &mut Entry {
        let at = *self.index.entry(folded.to_owned()).or_insert(self.entries.len());
        if at == self.entries.len() {
            self.entries.push(Entry::default());
        }
        &mut self.entries[at]
    }

    fn pattern(&mut self, text: &str, known: &mut WordId) -> Pattern {
        text.split(' ')
            .map(|piece| {
                let inner = piece.strip_prefix('(').and_then(|p| p.strip_suffix(')'));
                let ask = match inner.unwrap_or(piece) {
                    "<place>" => Ask::Place,
                    "<side>" => Ask::Side,
                    "<unit>" => Ask::Unit,
                    "<n>" => Ask::Number,
                    words => Ask::Words(words.split('|').map(|w| self.word(w, known)).collect()),
                };
                Piece { ask, optional: inner.is_some() }
            })
            .collect()
    }

    fn word(&mut self, word: &str, known: &mut WordId) -> WordId {
        let entry = self.entry(&fold(word));
        if let Some((_, id)) = entry.words.iter().find(|(w, _)| w == word) {
            return *id;
        }
        let id = *known;
        entry.words.push((word.to_owned(), id));
        *known += 1;
        id
    }

    /// What is known of a word by its folded spelling.
    pub(crate) fn known(&self, folded: &str) -> Option<&Entry> {
        self.index.get(folded).map(|&at| &self.entries[at])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_of_every_language_is_kept() {
        for language in Language::all() {
            let (words, patterns) = (locate_words(language), Patterns::of(language));
            assert_eq!(patterns.relative.len(), words.relative.len(), "{}", language.code());
            assert_eq!(patterns.lengths.len(), words.lengths.len(), "{}", language.code());
        }
    }

    #[test]
    fn words_know_what_they_may_be() {
        let patterns = Patterns::of(Language::from_code("fr").unwrap());
        assert_eq!(patterns.known("nord est").and_then(|e| e.side.as_deref()), Some("northeast"));
        assert_eq!(patterns.known("km").and_then(|e| e.metres), Some(1_000));
        assert!(patterns.known("une").is_some_and(|e| e.number));
        assert!(patterns.known("dizaine").is_none());
        assert_eq!(patterns.known("d").map(|e| e.words.iter().any(|(w, _)| w == "d'")), Some(true));
    }
}
