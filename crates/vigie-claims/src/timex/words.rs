//! What a language's words of time add to expressions: prepositions, the links of ranges, verbs that turn the direction.

use crate::number::fold;
use smol_str::SmolStr;
use vigie_resources::{Language, PerLanguage, TenseWords, time_file};

/// The words around expressions of time.
#[derive(Debug)]
pub(super) struct TimeWords {
    /// Forms of each preposition, longest first, with what it means.
    relations: Vec<(Vec<&'static str>, &'static str)>,
    /// Words before the first end of a range.
    open: Vec<Vec<&'static str>>,
    /// Words between the ends, without their spaces.
    link: Vec<String>,
    /// Words between two days that need nothing before them, without their spaces.
    joint: Vec<String>,
    /// Word lists that tell past from future.
    pub(super) tense: &'static TenseWords,
    /// Prepositions whose noun tells what has happened.
    pub(super) behind: &'static [String],
}

/// What stands between two expressions that are the ends of one range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Range {
    /// Opened by words that begin at this token.
    Opened(usize),
    /// Days side by side.
    Joint,
}

impl TimeWords {
    /// The words of a language.
    pub(super) fn of(language: Language) -> &'static Self {
        static ALL: PerLanguage<TimeWords> = PerLanguage::new();
        ALL.of(language, Self::new)
    }

    fn new(language: Language) -> Self {
        let file = time_file(language);
        let split = |words: &'static String| words.split_whitespace().collect::<Vec<_>>();
        let dense = |list: &[String]| list.iter().map(|words| without_spaces(words)).collect();
        let mut relations: Vec<(Vec<&'static str>, &'static str)> =
            file.relation.iter().flat_map(|r| r.words.iter().map(move |w| (split(w), r.means.as_str()))).collect();
        relations.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        let mut open: Vec<Vec<&'static str>> = file.range.open.iter().map(split).collect();
        open.sort_by_key(|row| std::cmp::Reverse(row.len()));
        Self {
            relations,
            open,
            link: dense(&file.range.link),
            joint: dense(&file.range.joint),
            tense: &file.tense,
            behind: &file.cue.behind,
        }
    }

    /// The preposition before token `first`, not reaching back beyond `floor`: where the expression begins with it, and
    /// what it means.
    pub(super) fn preposition(&self, forms: &[SmolStr], first: usize, floor: usize) -> (usize, &'static str) {
        for (words, means) in &self.relations {
            if let Some(from) = ends_at(forms, first, words).filter(|from| *from >= floor) {
                return (if *means == "of" { first } else { from }, means);
            }
        }
        (first, "")
    }

    /// Are an expression that begins at token `first` and the next one the ends of one range, with this text between them?
    pub(super) fn range(&self, forms: &[SmolStr], first: usize, between: &str) -> Option<Range> {
        let between = without_spaces(&fold(between));
        if self.link.contains(&between)
            && let Some(from) = self.open.iter().find_map(|row| ends_at(forms, first, row))
        {
            return Some(Range::Opened(from));
        }
        self.joint.contains(&between).then_some(Range::Joint)
    }
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Where a phrase begins that ends before token `at`.
fn ends_at(forms: &[SmolStr], at: usize, phrase: &[&str]) -> Option<usize> {
    let from = at.checked_sub(phrase.len())?;
    phrase.iter().zip(&forms[from..at]).all(|(w, form)| form == w).then_some(from)
}
