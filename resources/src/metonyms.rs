//! Words that tell whether the name of a place stands for those who act there: `languages/<code>/metonyms.toml`.

use crate::{Language, PerLanguage};
use rustc_hash::FxHashSet;
use serde::Deserialize;

/// The file; all words are lemmas in lower case.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MetonymWords {
    /// Prepositions before who acts under a passive.
    pub agents: FxHashSet<String>,
    /// Prepositions before somebody who acts or is acted on.
    pub partners: FxHashSet<String>,
    /// Prepositions before two of a kind.
    pub pairs: FxHashSet<String>,
    /// What tells of the ground between two places.
    pub apart: FxHashSet<String>,
    /// Prepositions of belonging.
    pub of: FxHashSet<String>,
    /// Prepositions of an aim.
    pub to: FxHashSet<String>,
    /// Prepositions of an origin.
    pub from: FxHashSet<String>,
    /// What a place is.
    pub areas: FxHashSet<String>,
    /// What a place does by lying where it lies.
    pub lying: FxHashSet<String>,
    /// What is done to a place, in the passive.
    pub told: FxHashSet<String>,
    /// What is done to a place.
    pub reached: FxHashSet<String>,
    /// What is given or lost to somebody.
    pub giving: FxHashSet<String>,
    /// What is got from somebody.
    pub getting: FxHashSet<String>,
    /// Prepositions of power.
    pub over: FxHashSet<String>,
    /// What is won or held over somebody.
    pub ruling: FxHashSet<String>,
    /// Verbs of having, whose object tells what the subject is.
    pub having: FxHashSet<String>,
    /// What ground has.
    pub features: FxHashSet<String>,
    /// What belongs to those who act.
    pub acts: FxHashSet<String>,
    /// The same with a possessive only.
    pub owned: FxHashSet<String>,
    /// What bears the name of those who make or send it.
    pub bodies: FxHashSet<String>,
    /// What is bound for a place.
    pub bound: FxHashSet<String>,
}

/// The words of a language; none of them where it has no such file.
#[must_use]
pub fn metonym_words(language: Language) -> &'static MetonymWords {
    static WORDS: PerLanguage<MetonymWords> = PerLanguage::new();
    WORDS.of(language, |l| l.table("metonyms.toml"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_are_readable() {
        for language in Language::all() {
            let read = crate::pack::read::<MetonymWords>(language.file("metonyms.toml"));
            assert!(read.is_ok_and(|w| !w.areas.is_empty() && !w.lying.is_empty()), "{}", language.code());
        }
    }
}
