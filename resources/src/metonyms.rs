//! Words that tell whether the name of a place stands for those who act there: `languages/<code>/metonyms.toml`.

use crate::Language;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// The file; all words are lemmas in lower case.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MetonymWords {
    /// Prepositions before who acts under a passive.
    pub agents: BTreeSet<String>,
    /// Prepositions before somebody who acts or is acted on.
    pub partners: BTreeSet<String>,
    /// Prepositions before two of a kind.
    pub pairs: BTreeSet<String>,
    /// What tells of the ground between two places.
    pub apart: BTreeSet<String>,
    /// Prepositions of belonging.
    pub of: BTreeSet<String>,
    /// Prepositions of an aim.
    pub to: BTreeSet<String>,
    /// Prepositions of an origin.
    pub from: BTreeSet<String>,
    /// What a place is.
    pub areas: BTreeSet<String>,
    /// What a place does by lying where it lies.
    pub lying: BTreeSet<String>,
    /// What is done to a place, in the passive.
    pub told: BTreeSet<String>,
    /// What is done to a place.
    pub reached: BTreeSet<String>,
    /// What is given or lost to somebody.
    pub giving: BTreeSet<String>,
    /// What is got from somebody.
    pub getting: BTreeSet<String>,
    /// Prepositions of power.
    pub over: BTreeSet<String>,
    /// What is won or held over somebody.
    pub ruling: BTreeSet<String>,
    /// Verbs of having, whose object tells what the subject is.
    pub having: BTreeSet<String>,
    /// What ground has.
    pub features: BTreeSet<String>,
    /// What belongs to those who act.
    pub acts: BTreeSet<String>,
    /// The same with a possessive only.
    pub owned: BTreeSet<String>,
    /// What bears the name of those who make or send it.
    pub bodies: BTreeSet<String>,
    /// What is bound for a place.
    pub bound: BTreeSet<String>,
}

/// The words of a language; none of them where it has no such file.
#[must_use]
pub fn metonym_words(language: Language) -> &'static MetonymWords {
    static WORDS: OnceLock<Vec<MetonymWords>> = OnceLock::new();
    &WORDS.get_or_init(|| {
        Language::all().map(|l| crate::pack::read(l.file("metonyms.toml")).unwrap_or_default()).collect()
    })[language.index()]
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
