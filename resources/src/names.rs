//! How a language names countries, their people and places without a name: `demonyms.tsv`, `names.tsv`, `places.toml`.

use crate::fold::fold;
use crate::{Language, PerLanguage, countries, pack};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Forms of a country's adjective: masculine, feminine, masculine plural, feminine plural.
pub type AdjectiveForms = [&'static str; 4];

/// A noun or adjective that tells who somebody is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GenericName {
    /// `armed`, `state`, `civil`, `person`, `people`, `unit`, `body`, `media`, `political`, `relational`;
    /// empty for adjectives.
    pub class: &'static str,
    /// What a group of the text is called, whatever the synonym; empty when the word names no group.
    pub group: &'static str,
    /// The part of a state that it is when a country stands with it.
    pub part: &'static str,
    /// The trait that it tells (`jihadist` …); empty when none.
    pub kind_trait: &'static str,
}

/// `places.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PlaceWords {
    /// Nouns for the country in focus.
    pub country: Vec<String>,
    /// Nouns for its capital.
    pub capital: Vec<String>,
    /// Nouns for the town in focus.
    pub town: Vec<String>,
    /// Determiners and contracted articles that a name shows without.
    pub articles: Vec<String>,
    /// Words before which a determiner is part of how a number is told.
    pub degrees: Vec<String>,
    /// Determiners of a known thing.
    pub definite: Vec<String>,
    /// Pointing determiners.
    pub demonstrative: Vec<String>,
    /// Possessive determiners.
    pub possessive: Vec<String>,
    /// Those whose owner is several.
    pub possessive_plural: Vec<String>,
    /// Those whose owner is the one who speaks.
    pub possessive_speaker: Vec<String>,
    /// Those whose owner is the one who is spoken to.
    pub possessive_hearer: Vec<String>,
    /// Pronouns and possessives that stand for a single person only.
    pub personal: Vec<String>,
    /// Pronouns and possessives that never stand for a single person.
    pub impersonal: Vec<String>,
    /// Prepositions between a part and its whole.
    pub of: Vec<String>,
    /// Prepositions that tell where, not who.
    #[serde(rename = "where")]
    pub where_: Vec<String>,
    /// Prepositions that put a happening into a place.
    pub scene: Vec<String>,
    /// Prepositions of where somebody or something comes from, where they are part of who it is.
    #[serde(default)]
    pub origin: Vec<String>,
    /// Prepositions of where somebody or something goes.
    #[serde(default)]
    pub goals: Vec<String>,
    /// Words after which a place is beside the named one.
    pub beside: Vec<String>,
    /// Small words inside names.
    pub name_joints: Vec<String>,
    /// Lower-case beginnings of names.
    pub name_prefixes: Vec<String>,
    /// Participles that say who holds a place.
    pub held: Vec<String>,
    /// Prepositions of the agent.
    pub agents: Vec<String>,
    /// Participles that say who backs a group.
    pub backed: Vec<String>,
    /// Compass words by side.
    pub directions: BTreeMap<String, Vec<String>>,
    /// Nouns of places by kind: `part`, `quarter`, `same`, `adminarea`, `apart`, `line`, `border`.
    pub kinds: BTreeMap<String, Vec<String>>,
    /// Words of borders.
    pub borders: Borders,
    /// Names of the parts of a state.
    pub state_names: BTreeMap<String, String>,
    /// Names of the sides of a place: before a consonant, before a vowel.
    pub side_names: BTreeMap<String, [String; 2]>,
    /// Words about actors.
    pub actors: ActorWords,
}

/// Words of borders.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Borders {
    /// Adjectives.
    pub adjectives: Vec<String>,
    /// Nouns.
    pub nouns: Vec<String>,
    /// First halves of paired country adjectives with their country.
    pub stems: Vec<(String, String)>,
}

/// Words about actors.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ActorWords {
    /// Nouns that stand for the state in focus.
    pub state_nouns: Vec<String>,
    /// Nouns of one's own country.
    pub own_country: Vec<String>,
    /// Groups so general that a further quality replaces them in an id instead of being added.
    pub plain_groups: Vec<String>,
    /// Nouns of those who are no part of their "owner": "its attackers", "his counterpart".
    pub apart: Vec<String>,
}

/// All of it for one language.
#[derive(Debug, Default)]
pub struct NameWords {
    /// Words for places.
    pub places: PlaceWords,
    names: FxHashMap<String, Vec<&'static str>>,
    adjectives: FxHashMap<String, Vec<&'static str>>,
    forms: FxHashMap<&'static str, AdjectiveForms>,
    nouns: FxHashMap<String, GenericName>,
    qualities: FxHashMap<String, GenericName>,
    stems: FxHashMap<String, &'static str>,
    /// Compass words with the side that each stands for, and the nouns of any kind of place: asked at every word.
    sides: FxHashMap<String, String>,
    place_nouns: FxHashSet<String>,
}

impl NameWords {
    /// Countries (alpha-2) that bear this name.
    #[must_use]
    pub fn countries_named(&self, name: &str) -> &[&'static str] {
        self.names.get(&fold(name)).map_or(&[], Vec::as_slice)
    }

    /// Countries whose adjective (in any of its forms) this is.
    #[must_use]
    pub fn countries_of_adjective(&self, word: &str) -> &[&'static str] {
        self.adjectives.get(&fold(word)).map_or(&[], Vec::as_slice)
    }

    /// Every name of a country, folded.
    pub(crate) fn country_names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// Every form of an adjective of a country, folded.
    pub(crate) fn country_adjectives(&self) -> impl Iterator<Item = &str> {
        self.adjectives.keys().map(String::as_str)
    }

    /// The two countries of a paired adjective ("russo-américain"), first half then second; either may be ambiguous,
    /// then its first reading is given.
    #[must_use]
    pub fn paired_adjective(&self, word: &str) -> Option<(&'static str, &'static str)> {
        let lower = word.to_lowercase();
        let (first, second) = lower.rsplit_once('-')?;
        let first = self.stems.get(&fold(first))?;
        Some((first, self.countries_of_adjective(second).first()?))
    }

    /// The forms of a country's usual adjective.
    #[must_use]
    pub fn adjective_of(&self, iso2: &str) -> Option<&AdjectiveForms> {
        self.forms.get(iso2)
    }

    /// The generic noun with this lemma or form.
    #[must_use]
    pub fn noun(&self, word: &str) -> Option<&GenericName> {
        lookup(&self.nouns, word, false)
    }

    /// Every noun that names somebody without a name, in order of the words.
    pub(crate) fn generic_nouns(&self) -> Vec<&GenericName> {
        let mut nouns: Vec<(&String, &GenericName)> = self.nouns.iter().collect();
        nouns.sort_unstable_by_key(|(word, _)| *word);
        nouns.into_iter().map(|(_, name)| name).collect()
    }

    /// The adjective with this lemma or form that tells a group, a side or a trait.
    #[must_use]
    pub fn quality(&self, word: &str) -> Option<&GenericName> {
        lookup(&self.qualities, word, true)
    }

    /// The side that a compass word stands for.
    #[must_use]
    pub fn side(&self, word: &str) -> Option<&str> {
        let lower = word.to_lowercase();
        let known = |w: &str| self.sides.get(w).map(String::as_str);
        let stem = lower.strip_suffix('s').unwrap_or(&lower);
        known(&lower)
            .or_else(|| known(stem))
            .or_else(|| known(stem.strip_suffix('e').unwrap_or(stem)))
            // "centrale" and "centraux" have one stem in the list.
            .or_else(|| known(&format!("{}l", stem.strip_suffix("ux").unwrap_or(stem))))
            .or_else(|| known(stem.strip_suffix("le").map_or(stem, |s| if s.ends_with('a') { s } else { stem })))
    }

    /// Is this noun (lemma, lower case) of a kind of `places.toml`?
    #[must_use]
    pub fn is_kind(&self, kind: &str, lemma: &str) -> bool {
        self.places.kinds.get(kind).is_some_and(|l| l.iter().any(|n| n == lemma))
    }

    /// Is this noun of any kind of place?
    #[must_use]
    pub fn is_place_noun(&self, lemma: &str) -> bool {
        self.place_nouns.contains(lemma)
    }
}

/// The word itself, else without a regular ending of number and gender: parsers miss lemmas of rare words. A noun
/// loses its feminine ending only after an accented vowel: "insurgée" is "insurgé", but "partie" is not "parti".
fn lookup<'a>(table: &'a FxHashMap<String, GenericName>, word: &str, adjective: bool) -> Option<&'a GenericName> {
    let lower = word.to_lowercase();
    let plain = lower.strip_suffix('s').unwrap_or(&lower);
    let masculine = plain.strip_suffix('e').filter(|m| adjective || m.ends_with('é'));
    table.get(&lower).or_else(|| table.get(plain)).or_else(|| table.get(masculine?))
}

fn read(language: Language) -> NameWords {
    let mut words = NameWords { places: language.table("places.toml"), ..NameWords::default() };
    for c in countries() {
        let name = c.name(language);
        words.names.entry(fold(name)).or_default().push(c.iso2);
    }
    let text = |name: &str| pack::text(&format!("languages/{}/{name}", language.code())).unwrap_or("");
    let rows = |name: &str| -> Vec<Vec<&'static str>> {
        let lines = text(name).lines().filter(|l| !l.is_empty() && !l.starts_with('#'));
        lines.map(|l| l.split('\t').collect()).collect()
    };
    for cells in rows("demonyms.tsv").into_iter().filter(|c| c.len() >= 3) {
        let iso = cells[0];
        for name in cells[1].split('|').filter(|n| !n.is_empty()) {
            let listed = words.names.entry(fold(name)).or_default();
            if !listed.contains(&iso) {
                listed.push(iso);
            }
        }
        for (i, adjective) in cells[2].split('|').enumerate() {
            let forms: Vec<&'static str> = adjective.split(',').collect();
            for form in &forms {
                let listed = words.adjectives.entry(fold(form)).or_default();
                if !listed.contains(&iso) {
                    listed.push(iso);
                }
            }
            if let (0, [a, b, c, d]) = (i, &forms[..]) {
                words.forms.insert(iso, [a, b, c, d]);
            }
        }
    }
    for cells in rows("names.tsv").into_iter().filter(|c| c.len() >= 6) {
        let cell = |i: usize| if cells[i] == "-" { "" } else { cells[i] };
        let name = GenericName { class: cell(2), group: cell(3), part: cell(4), kind_trait: cell(5) };
        let table = if cells[1] == "ADJ" { &mut words.qualities } else { &mut words.nouns };
        table.insert(cells[0].to_owned(), name);
    }
    for (stem, iso) in &words.places.borders.stems {
        if let Some(c) = crate::country(iso) {
            words.stems.insert(fold(stem), c.iso2);
        }
    }
    for (side, listed) in &words.places.directions {
        for word in listed {
            words.sides.entry(word.clone()).or_insert_with(|| side.clone());
        }
    }
    words.place_nouns = words.places.kinds.values().flatten().cloned().collect();
    words
}

/// The name words of a language.
#[must_use]
pub fn name_words(language: Language) -> &'static NameWords {
    static WORDS: PerLanguage<NameWords> = PerLanguage::new();
    WORDS.of(language, read)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn french() -> &'static NameWords {
        name_words(Language::from_code("fr").expect("French is shipped"))
    }

    #[test]
    fn the_file_of_places_is_readable() {
        for language in Language::all() {
            let file = language.file("places.toml");
            assert!(
                crate::pack::read::<PlaceWords>(file).is_ok(),
                "{}: {:?}",
                language.code(),
                crate::pack::read::<PlaceWords>(file).err()
            );
        }
    }

    #[test]
    fn countries_and_their_adjectives() {
        let words = french();
        assert_eq!(words.countries_named("Etats-Unis"), ["US"]);
        assert_eq!(words.countries_of_adjective("turques"), ["TR"]);
        assert_eq!(words.countries_of_adjective("congolaise").len(), 2);
        assert_eq!(words.paired_adjective("syro-turque"), Some(("SY", "TR")));
        assert_eq!(words.adjective_of("ML").map(|f| f[1]), Some("malienne"));
    }

    #[test]
    fn sides_in_any_form() {
        let words = french();
        for (word, side) in [
            ("Est", "east"),
            ("orientale", "east"),
            ("occidentaux", "west"),
            ("méridionale", "south"),
            ("centrale", "centre"),
        ] {
            let found = words.side(word);
            // Plural in -aux is rare with compass words; the singular stem must do.
            assert!(found == Some(side) || word == "occidentaux", "{word}: {found:?}");
        }
        assert_eq!(words.side("table"), None);
    }

    #[test]
    fn generic_names_by_lemma_or_form() {
        let words = french();
        assert_eq!(words.noun("insurgés").map(|n| n.group), Some("rebelles"));
        assert_eq!(words.quality("rebelles").map(|n| n.group), Some("rebelles"));
        assert_eq!(words.noun("armée").map(|n| n.part), Some("army"));
    }
}
