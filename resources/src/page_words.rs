//! What a news page of one language holds besides its stories, and the vocabulary of topics that tells pieces of
//! other pages from the story. Data only.

use crate::{Language, PerLanguage};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Phrases of page debris (`page.toml`). All words stand in lower case without accents.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PageWords {
    /// Lines of advertising, subscription and sharing begin so.
    pub advert: Vec<String>,
    /// Whole lines of navigation.
    pub menu: FxHashSet<String>,
    /// Lines under a picture begin so.
    pub caption: Vec<String>,
    /// Words that may stand in a dateline beside numbers, months and weekdays.
    pub dateline: FxHashSet<String>,
    /// Names of months, with their abbreviations.
    pub months: FxHashSet<String>,
    /// Names of weekdays.
    pub weekdays: FxHashSet<String>,
}

/// Words and word beginnings with a value.
#[derive(Debug, Clone, Default)]
struct Lookup {
    whole: FxHashMap<String, u32>,
    beginning: FxHashMap<String, u32>,
}

impl Lookup {
    fn add(&mut self, word: &str, value: u32) {
        match word.strip_suffix('*') {
            Some(start) => *self.beginning.entry(start.to_owned()).or_default() |= value,
            None => *self.whole.entry(word.to_owned()).or_default() |= value,
        }
    }

    fn get(&self, word: &str) -> u32 {
        let beginnings = word.char_indices().skip(1).take(24).map(|(i, c)| &word[..i + c.len_utf8()]);
        beginnings.filter_map(|b| self.beginning.get(b)).fold(0, |all, v| all | v)
            | self.whole.get(word).copied().unwrap_or(0)
    }
}

/// Vocabulary of topics and of countries (`topics.toml`), and how common words are (`common.tsv`).
#[derive(Debug, Clone, Default)]
pub struct Topics {
    names: Vec<String>,
    words: Lookup,
    countries: Vec<String>,
    kin: Lookup,
    common: FxHashMap<String, u32>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct TopicFile {
    topics: BTreeMap<String, String>,
    kin: BTreeMap<String, String>,
}

impl Topics {
    /// Names of the topics, in alphabetical order.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Topics a word (lower case, no accents) may belong to: bit `i` stands for `names()[i]`.
    #[must_use]
    pub fn of(&self, word: &str) -> u32 {
        self.words.get(word)
    }

    /// The key of the country that a country, inhabitant or capital (lower case, no accents) belongs to.
    #[must_use]
    pub fn country(&self, word: &str) -> Option<&str> {
        let index = self.kin.get(word).checked_sub(1)?;
        self.countries.get(index as usize).map(String::as_str)
    }

    /// In how many of 10,000 paragraphs of news a term stands; 0 for a rare one.
    #[must_use]
    pub fn common(&self, term: &str) -> u32 {
        self.common.get(term).copied().unwrap_or(0)
    }
}

fn topics(language: Language) -> Topics {
    let file: TopicFile = language.table("topics.toml");
    let mut topics = Topics::default();
    for (i, (name, words)) in file.topics.iter().enumerate().take(32) {
        topics.names.push(name.clone());
        words.split_whitespace().for_each(|w| topics.words.add(w, 1 << i));
    }
    for line in file.kin.values().flat_map(|v| v.lines()).filter(|l| !l.trim().is_empty()) {
        topics.countries.extend(line.split_whitespace().next().map(str::to_owned));
        let key = topics.countries.len() as u32;
        for word in line.split_whitespace() {
            // A word of two countries keeps the first: keys are no bits that could be joined.
            let known = match word.strip_suffix('*') {
                Some(start) => topics.kin.beginning.contains_key(start),
                None => topics.kin.whole.contains_key(word),
            };
            if !known {
                topics.kin.add(word, key);
            }
        }
    }
    for line in language.file("common.tsv").lines().filter(|l| !l.starts_with('#')) {
        if let Some((term, count)) = line.split_once('\t')
            && let Ok(count) = count.trim().parse()
        {
            topics.common.insert(term.to_owned(), count);
        }
    }
    topics
}

impl Language {
    /// Phrases of page debris of this language.
    #[must_use]
    pub fn page_words(self) -> &'static PageWords {
        static TABLES: PerLanguage<PageWords> = PerLanguage::new();
        TABLES.of(self, |l| l.table("page.toml"))
    }

    /// Vocabulary of topics of this language.
    #[must_use]
    pub fn topics(self) -> &'static Topics {
        static TABLES: PerLanguage<Topics> = PerLanguage::new();
        TABLES.of(self, topics)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pack_is_readable() {
        for language in Language::all() {
            for name in ["page.toml", "topics.toml"] {
                assert!(!language.file(name).is_empty(), "{}/{name} is missing", language.code());
            }
            let page = crate::pack::read::<PageWords>(language.file("page.toml"));
            assert!(page.is_ok(), "{}/page.toml: {:?}", language.code(), page.err());
            let topics = crate::pack::read::<TopicFile>(language.file("topics.toml"));
            assert!(topics.is_ok(), "{}/topics.toml: {:?}", language.code(), topics.err());
            assert!(language.topics().names().iter().any(|n| n == "conflict"), "the topic `conflict` is needed");
        }
    }

    #[test]
    fn a_capital_belongs_to_its_country() {
        let Some(fr) = Language::from_code("fr") else { return };
        assert_eq!(fr.topics().country("damas"), fr.topics().country("syriennes"));
        assert_ne!(fr.topics().country("bagdad"), fr.topics().country("damas"));
        assert_eq!(fr.topics().country("table"), None);
    }
}
