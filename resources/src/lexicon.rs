//! Lexicons of inflected forms: which parts of speech, inflections and lemmas a form may have. Looked up where they lie.
//!
//! A file is: the number of classes and the length of their text (little-endian `u32` each), where each class ends in that
//! text (`u32` each), the text, and a map (finite-state transducer) from forms to numbers of classes. A class is what
//! forms that are inflected alike have in common: its entries, separated by tabs, each `tag part-of-speech off on`,
//! where the lemma is the form without its last `off` characters, followed by `on`; `off` is `-` when the entry tells no
//! lemma.

use crate::language::{Language, PerLanguage};
use crate::pack;

/// One reading of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LexiconEntry {
    /// Category and inflection, as the source of the lexicon writes them.
    pub tag: &'static str,
    /// Universal part of speech; empty where the source's category has no single one.
    pub upos: &'static str,
    /// Characters of the form that the lemma has not, and what it has in their place.
    lemma: Option<(usize, &'static str)>,
}

impl LexiconEntry {
    /// The lemma of `form`, which must be the form that was looked up.
    #[must_use]
    pub fn lemma(&self, form: &str) -> Option<String> {
        let (off, on) = self.lemma?;
        let kept = form.chars().count().checked_sub(off)?;
        Some(form.chars().take(kept).chain(on.chars()).collect())
    }
}

/// The lexicon of a language.
#[derive(Debug)]
pub struct Lexicon {
    ends: &'static [u8],
    classes: &'static str,
    forms: fst::Map<&'static [u8]>,
}

/// The lexicon of a language, if it has one.
pub fn lexicon(language: Language) -> Option<&'static Lexicon> {
    static ALL: PerLanguage<Option<Lexicon>> = PerLanguage::new();
    ALL.of(language, |l| Lexicon::read(l.code())).as_ref()
}

impl Lexicon {
    fn read(code: &str) -> Option<Self> {
        let bytes = pack::bytes(&format!("languages/{code}/lexicon.bin"))?;
        let (head, rest) = bytes.split_first_chunk::<8>()?;
        let number = |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]) as usize;
        let (ends, rest) = rest.split_at_checked(4 * number(0))?;
        let (classes, forms) = rest.split_at_checked(number(4))?;
        Some(Self { ends, classes: std::str::from_utf8(classes).ok()?, forms: fst::Map::new(forms).ok()? })
    }

    /// The readings of a form in lower case; none when it is not listed.
    pub fn entries(&self, form: &str) -> impl Iterator<Item = LexiconEntry> + use<> {
        let class = self.forms.get(form).and_then(|class| self.class(class as usize)).unwrap_or_default();
        class.split('\t').filter_map(|entry| {
            let mut parts = entry.split(' ');
            let (tag, upos, off, on) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
            Some(LexiconEntry { tag, upos, lemma: off.parse().ok().map(|off| (off, on)) })
        })
    }

    fn class(&self, class: usize) -> Option<&'static str> {
        let end = |i: usize| {
            let bytes = self.ends.get(4 * i..4 * i + 4)?;
            Some(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize)
        };
        let start = if class == 0 { 0 } else { end(class - 1)? };
        self.classes.get(start..end(class)?)
    }
}

#[cfg(test)]
mod tests {
    use super::lexicon;
    use crate::Language;

    fn readings(code: &str, form: &str) -> Vec<(&'static str, Option<String>)> {
        let lexicon = lexicon(Language::from_code(code).expect("shipped")).expect("has a lexicon");
        lexicon.entries(form).map(|entry| (entry.upos, entry.lemma(form))).collect()
    }

    #[test]
    fn a_form_has_its_readings_and_lemmas() {
        let found = readings("fr", "porte");
        assert!(found.contains(&("NOUN", Some("porte".to_owned()))), "{found:?}");
        assert!(found.contains(&("VERB", Some("porter".to_owned()))), "{found:?}");
        assert!(readings("fr", "va").contains(&("VERB", Some("aller".to_owned()))));
        assert!(readings("en", "fought").contains(&("VERB", Some("fight".to_owned()))));
    }

    #[test]
    fn what_is_not_listed_has_no_reading() {
        assert_eq!(readings("fr", "portezz"), []);
        assert_eq!(readings("fr", ""), []);
    }

    #[test]
    fn participles_used_as_adjectives_and_abbreviations_tell_no_lemma() {
        assert!(
            readings("fr", "assiégées")
                .iter()
                .all(|(upos, lemma)| *upos != "ADJ" || lemma.as_deref() != Some("assiéger"))
        );
        assert!(readings("fr", "kg").iter().all(|(_, lemma)| lemma.as_deref() != Some("kilogramme")));
    }

    #[test]
    fn every_class_reads() {
        for language in Language::all() {
            let Some(lexicon) = lexicon(language) else { continue };
            for class in 0..lexicon.ends.len() / 4 {
                let text = lexicon.class(class).expect("in the text");
                assert!(text.split('\t').all(|entry| entry.split(' ').count() == 4), "{}: {text:?}", language.code());
            }
        }
    }
}
