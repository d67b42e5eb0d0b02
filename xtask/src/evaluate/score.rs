//! The metrics of the shared task of 2018 over two files with the same characters.

use super::align::align;
use super::document::{Document, Place, Word};

/// How many things there are on each side, and how many are the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) gold: usize,
    pub(super) system: usize,
    pub(super) right: usize,
}

impl Count {
    pub(super) fn precision(self) -> f64 {
        share(self.right, self.system)
    }

    pub(super) fn recall(self) -> f64 {
        share(self.right, self.gold)
    }

    /// The harmonic mean of both.
    pub(super) fn f1(self) -> f64 {
        share(2 * self.right, self.gold + self.system)
    }
}

/// In percent; none of nothing is nothing.
pub(super) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}

/// What is counted, in the order of the reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Metric {
    Tokens,
    Sentences,
    Words,
    Upos,
    Feats,
    Lemmas,
    Uas,
    Las,
    LasSubtypes,
    Clas,
    Mlas,
    Blex,
}

impl Metric {
    pub(super) const ALL: [Self; 12] = [
        Self::Tokens,
        Self::Sentences,
        Self::Words,
        Self::Upos,
        Self::Feats,
        Self::Lemmas,
        Self::Uas,
        Self::Las,
        Self::LasSubtypes,
        Self::Clas,
        Self::Mlas,
        Self::Blex,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Tokens => "Tokens",
            Self::Sentences => "Sentences",
            Self::Words => "Words",
            Self::Upos => "UPOS",
            Self::Feats => "UFeats",
            Self::Lemmas => "Lemmas",
            Self::Uas => "UAS",
            Self::Las => "LAS",
            Self::LasSubtypes => "LAS with subtypes",
            Self::Clas => "CLAS",
            Self::Mlas => "MLAS",
            Self::Blex => "BLEX",
        }
    }
}

/// A gold file and what the system made of the same text, word by word.
pub(super) struct Pairing<'a> {
    pub(super) gold: &'a Document,
    pub(super) system: &'a Document,
    /// Aligned words.
    pub(super) pairs: Vec<(usize, usize)>,
    /// For each system word the gold word that it stands for.
    gold_of: Vec<Option<usize>>,
}

/// A head, told in gold words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Head {
    Root,
    Word(usize),
    /// A system word that stands for no gold word is never right.
    Nowhere,
}

impl<'a> Pairing<'a> {
    /// # Errors
    /// If the two files do not hold the same text; says where they part.
    pub(super) fn of(gold: &'a Document, system: &'a Document) -> Result<Self, String> {
        same_text(&gold.text, &system.text)?;
        let pairs = align(&gold.words, &system.words);
        let mut gold_of = vec![None; system.words.len()];
        pairs.iter().for_each(|&(g, s)| gold_of[s] = Some(g));
        Ok(Self { gold, system, pairs, gold_of })
    }

    fn system_head(&self, head: Option<usize>) -> Head {
        head.map_or(Head::Root, |h| self.word(h))
    }

    fn word(&self, system: usize) -> Head {
        self.gold_of[system].map_or(Head::Nowhere, Head::Word)
    }

    /// Do two aligned words hang on the same word?
    pub(super) fn head(&self, g: usize, s: usize) -> bool {
        self.gold.words[g].head.map_or(Head::Root, Head::Word) == self.system_head(self.system.words[s].head)
    }

    /// The same head and universal relation?
    pub(super) fn labelled(&self, g: usize, s: usize) -> bool {
        self.head(g, s) && self.gold.words[g].base() == self.system.words[s].base()
    }

    /// A lemma that the gold file leaves open cannot be wrong.
    fn lemma(&self, g: usize, s: usize) -> bool {
        let gold = &self.gold.words[g].lemma;
        gold == "_" || *gold == self.system.words[s].lemma
    }

    fn tags(&self, g: usize, s: usize) -> bool {
        let (a, b) = (&self.gold.words[g], &self.system.words[s]);
        a.upos == b.upos && a.feats == b.feats
    }

    /// The same function words below, with the same relations, parts of speech and features?
    fn function_words(&self, g: usize, s: usize) -> bool {
        let (a, b) = (&self.gold.words[g].functional, &self.system.words[s].functional);
        let same = |(&g, &s): (&usize, &usize)| {
            let (a, b) = (&self.gold.words[g], &self.system.words[s]);
            self.word(s) == Head::Word(g) && a.base() == b.base() && self.tags(g, s)
        };
        a.len() == b.len() && a.iter().zip(b).all(same)
    }

    /// One metric.
    pub(super) fn count(&self, metric: Metric) -> Count {
        let (gold, system) = (self.gold, self.system);
        let words = |right: &dyn Fn(usize, usize) -> bool| Count {
            gold: gold.words.len(),
            system: system.words.len(),
            right: self.pairs.iter().filter(|&&(g, s)| right(g, s)).count(),
        };
        // Which pairs count is for the gold word to say.
        let content = |right: &dyn Fn(usize, usize) -> bool| Count {
            gold: gold.words.iter().filter(|w| w.is_content()).count(),
            system: system.words.iter().filter(|w| w.is_content()).count(),
            right: self.pairs.iter().filter(|&&(g, s)| gold.words[g].is_content() && right(g, s)).count(),
        };
        let pair = |g: usize, s: usize| -> (&Word, &Word) { (&gold.words[g], &system.words[s]) };
        match metric {
            Metric::Tokens => places(&gold.tokens, &system.tokens),
            Metric::Sentences => places(&gold.sentences, &system.sentences),
            Metric::Words => words(&|_, _| true),
            Metric::Upos => words(&|g, s| pair(g, s).0.upos == pair(g, s).1.upos),
            Metric::Feats => words(&|g, s| pair(g, s).0.feats == pair(g, s).1.feats),
            Metric::Lemmas => words(&|g, s| self.lemma(g, s)),
            Metric::Uas => words(&|g, s| self.head(g, s)),
            Metric::Las => words(&|g, s| self.labelled(g, s)),
            Metric::LasSubtypes => words(&|g, s| self.head(g, s) && pair(g, s).0.relation == pair(g, s).1.relation),
            Metric::Clas => content(&|g, s| self.labelled(g, s)),
            Metric::Mlas => content(&|g, s| self.labelled(g, s) && self.tags(g, s) && self.function_words(g, s)),
            Metric::Blex => content(&|g, s| self.labelled(g, s) && self.lemma(g, s)),
        }
    }
}

/// Places that are the same on both sides; each list is in text order.
fn places(gold: &[Place], system: &[Place]) -> Count {
    let right = gold.iter().filter(|place| system.binary_search(place).is_ok()).count();
    Count { gold: gold.len(), system: system.len(), right }
}

fn same_text(gold: &[char], system: &[char]) -> Result<(), String> {
    if gold == system {
        return Ok(());
    }
    let at = gold.iter().zip(system).take_while(|(a, b)| a == b).count();
    let around = |text: &[char]| text.iter().skip(at.saturating_sub(20)).take(40).collect::<String>();
    Err(format!(
        "the texts part at character {at} (white space not counted): {:?} in the gold file, {:?} in the system's",
        around(gold),
        around(system)
    ))
}
