//! The patterns of rules: what their elements accept, and how rule files write them.

use super::token::{Vocabulary, WordId};
use std::collections::BTreeMap;

/// A phrase as numbers of words.
pub(super) type Phrase = Vec<WordId>;

/// Phrases with what they stand for, filed under their first word, longest first.
#[derive(Debug, Default)]
pub(super) struct Lexicon(BTreeMap<WordId, Vec<(Phrase, &'static str)>>);

impl Lexicon {
    pub(super) fn add(&mut self, phrase: Phrase, means: &'static str) {
        let Some(&first) = phrase.first() else { return };
        let list = self.0.entry(first).or_default();
        list.push((phrase, means));
        list.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
    }

    /// The phrases that begin with a word.
    pub(super) fn under(&self, first: WordId) -> &[(Phrase, &'static str)] {
        self.0.get(&first).map_or(&[], Vec::as_slice)
    }

    /// All of them, by first word.
    pub(super) fn phrases(&self) -> impl Iterator<Item = (&WordId, &Vec<(Phrase, &'static str)>)> {
        self.0.iter()
    }

    /// The first words.
    pub(super) fn firsts(&self) -> impl Iterator<Item = WordId> + '_ {
        self.0.keys().copied()
    }
}

/// What one element accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Accept {
    /// One of these phrases.
    Literal(Vec<Phrase>),
    /// A phrase of the class with this index.
    Class(usize),
    /// 1 to 31, with or without the ending of an ordinal.
    Day,
    /// 1 to 31 in figures.
    DayNumber,
    /// 1 to 31 in figures with the ending of an ordinal.
    Nth,
    /// Four figures.
    Year,
    /// Four figures, the last one zero.
    Tens,
    /// Four figures that hardly count anything, 1600 to 2099.
    Modern,
    /// Two figures.
    ShortYear,
    /// One to four figures: years before our era.
    AnyYear,
    /// A number in figures or words.
    Number,
    /// Day, month and year in figures.
    NumericDate,
    /// 0 to 24.
    Hour,
    /// Two figures, 00 to 59.
    Minute,
    /// An ordinal in figures or words.
    Ordinal,
}

/// One element of a pattern.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) accept: Accept,
    pub(super) slot: &'static str,
    pub(super) optional: bool,
    pub(super) glued: bool,
}

/// A pattern of a rule.
#[derive(Debug)]
pub(super) struct Pattern {
    pub(super) rule: usize,
    pub(super) elements: Vec<Element>,
    /// How many elements belong to the expression; the others must follow it.
    pub(super) n_own: usize,
}

impl Accept {
    /// How many places the figures have that it can begin with; six stands for six and more.
    pub(super) fn places(&self) -> std::ops::Range<usize> {
        match self {
            Self::Literal(_) | Self::Class(_) => 0..0,
            Self::Day | Self::DayNumber | Self::Nth | Self::Hour | Self::Ordinal => 1..3,
            Self::Year | Self::Tens | Self::Modern => 4..5,
            Self::ShortYear | Self::Minute => 2..3,
            Self::AnyYear | Self::NumericDate => 1..5,
            Self::Number => 1..7,
        }
    }
}

/// A pattern as the rule files write it.
pub(super) fn pattern(
    rule: usize,
    text: &'static str,
    classes: &[(&'static str, Lexicon)],
    words: &mut Vocabulary,
) -> Pattern {
    let (own, behind) = text.split_once(" / ").unwrap_or((text, ""));
    let mut elements: Vec<Element> = own.split_whitespace().map(|t| element(t, classes, words)).collect();
    let n_own = elements.len();
    elements.extend(behind.split_whitespace().map(|t| element(t, classes, words)));
    Pattern { rule, elements, n_own }
}

fn element(text: &'static str, classes: &[(&'static str, Lexicon)], words: &mut Vocabulary) -> Element {
    let (text, glued) = text.strip_prefix('~').map_or((text, false), |rest| (rest, true));
    let (text, optional) = match text.strip_suffix('?') {
        Some(rest) if !rest.is_empty() => (rest, true),
        _ => (text, false),
    };
    let Some(class) = text.strip_prefix('<').and_then(|t| t.strip_suffix('>')) else {
        let phrases = text.split('|').map(|t| words.intern_phrase(&t.replace('_', " "))).collect();
        return Element { accept: Accept::Literal(phrases), slot: "", optional, glued };
    };
    let (name, slot) = class.split_once(':').unwrap_or((class, class));
    let accept = match name {
        "day" => Accept::Day,
        "daynumber" => Accept::DayNumber,
        "nth" => Accept::Nth,
        "tens" => Accept::Tens,
        "year" => Accept::Year,
        "modern" => Accept::Modern,
        "shortyear" => Accept::ShortYear,
        "anyyear" => Accept::AnyYear,
        "n" => Accept::Number,
        "date" => Accept::NumericDate,
        "hour" => Accept::Hour,
        "minute" => Accept::Minute,
        "ordinal" => Accept::Ordinal,
        _ => Accept::Class(
            classes.iter().position(|(n, _)| *n == name).unwrap_or_else(|| panic!("timex.toml: no class {name}")),
        ),
    };
    Element { accept, slot, optional, glued }
}
