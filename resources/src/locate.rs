//! How a language writes of places: `languages/<code>/locate.toml`, and `gazetteer/abbreviations.tsv`.

use crate::fold::fold;
use crate::{Language, PerLanguage, Place, PlaceKind, all_places_named, country, name_words, pack, place};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What kind of place a noun beside a name asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HeadKind {
    /// A country.
    Country,
    /// A first-level division.
    Division,
    /// A second-level division.
    District,
    /// A town or village.
    Settlement,
    /// A river, lake or sea.
    Water,
    /// Anything with an extent: a country, a region, a division of any level.
    Area,
}

/// A phrase around names of places.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct RelativeRule {
    /// `offset`, `ring`, `side`, `edge`, `beside`, `between`, `route`, `division` or `coast`.
    pub kind: String,
    /// The words: see the head of the list in the file of English.
    pub words: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    home: Vec<String>,
    leading: Vec<String>,
    trailing: Vec<String>,
    inside: Vec<String>,
    holders: Vec<String>,
    at: Vec<String>,
    articles: BTreeMap<String, String>,
    common: String,
    expand: BTreeMap<String, String>,
    heads: BTreeMap<String, Vec<String>>,
    countries: BTreeMap<String, Vec<String>>,
    peoples: BTreeMap<String, Vec<String>>,
    directions: BTreeMap<String, Vec<String>>,
    units: BTreeMap<String, Vec<String>>,
    numbers: BTreeMap<String, Vec<String>>,
    lengths: Vec<String>,
    relative: Vec<RelativeRule>,
}

/// The file, ready to be asked. Words are folded. The tables that every capitalised word is looked up in are hashed; they are
/// never walked.
#[derive(Debug, Default)]
pub struct LocateWords {
    /// Countries whose small towns texts in the language speak of.
    pub home: FxHashSet<String>,
    /// Words before a name that are no part of it; the longest first.
    pub leading: Vec<String>,
    /// Words behind a name that are no part of it; the longest first.
    pub trailing: Vec<String>,
    /// Words before the place that a longer name holds.
    pub inside: FxHashSet<String>,
    /// Signs and words between a place and the larger one that holds it, as they are written.
    pub holders: Vec<String>,
    /// Words before a town that stand before no area.
    pub at: FxHashSet<String>,
    /// Words before an area that stand before no town, each with the article that a town's name would have to begin with
    /// to stand there all the same; empty where none would help.
    pub articles: BTreeMap<String, String>,
    /// Words that are hardly ever the place that bears their name.
    pub common: FxHashSet<String>,
    /// Shortened words of names with the whole ones.
    pub expand: BTreeMap<String, String>,
    /// Phrases that tell a place by another.
    pub relative: Vec<RelativeRule>,
    /// Phrases that tell how long a line is.
    pub lengths: Vec<String>,
    /// Compass words with their sides, as in `places.toml`.
    pub directions: BTreeMap<String, String>,
    /// Units of length with their metres.
    pub units: BTreeMap<String, u32>,
    /// Words of number, several at times.
    pub numbers: BTreeMap<String, u32>,
    heads: BTreeMap<String, HeadKind>,
    countries: FxHashMap<String, Vec<&'static str>>,
    peoples: FxHashMap<String, Vec<Place>>,
}

impl LocateWords {
    /// Countries (alpha-2) that bear this name.
    #[must_use]
    pub fn countries_named(&self, name: &str) -> &[&'static str] {
        self.countries_of(&fold(name))
    }

    /// The same for a name that is folded already.
    #[must_use]
    pub fn countries_of(&self, folded: &str) -> &[&'static str] {
        self.countries.get(folded).map_or(&[], Vec::as_slice)
    }

    /// The places whose people or adjective this is.
    #[must_use]
    pub fn peoples_named(&self, name: &str) -> &[Place] {
        self.peoples_of(&fold(name))
    }

    /// The same for a name that is folded already.
    #[must_use]
    pub fn peoples_of(&self, folded: &str) -> &[Place] {
        self.peoples.get(folded).map_or(&[], Vec::as_slice)
    }

    /// What the noun asks for.
    #[must_use]
    pub fn head(&self, word: &str) -> Option<HeadKind> {
        self.heads.get(&fold(word)).copied()
    }
}

fn folded(words: &[String]) -> Vec<String> {
    let mut out: Vec<String> = words.iter().map(|w| fold(w)).filter(|w| !w.is_empty()).collect();
    out.sort_by_key(|w| (std::cmp::Reverse(w.len()), w.clone()));
    out
}

fn numbered(table: &BTreeMap<String, Vec<String>>) -> BTreeMap<String, u32> {
    let pairs = table.iter().filter_map(|(value, words)| Some((value.parse::<u32>().ok()?, words)));
    pairs.flat_map(|(value, words)| words.iter().map(move |w| (fold(w), value))).collect()
}

fn read(language: Language) -> LocateWords {
    let file: File = crate::pack::read(language.file("locate.toml")).unwrap_or_default();
    let mut words = LocateWords {
        home: file.home.into_iter().collect(),
        leading: folded(&file.leading),
        trailing: folded(&file.trailing),
        inside: file.inside.iter().map(|w| fold(w)).collect(),
        holders: file.holders,
        at: file.at.iter().map(|w| fold(w)).collect(),
        articles: file.articles.iter().map(|(word, article)| (fold(word), fold(article))).collect(),
        common: file.common.split(',').map(fold).filter(|w| !w.is_empty()).collect(),
        expand: file.expand,
        relative: file.relative,
        lengths: file.lengths,
        units: numbered(&file.units),
        numbers: numbered(&file.numbers),
        ..LocateWords::default()
    };
    for (kind, heads) in &file.heads {
        let kind = match kind.as_str() {
            "country" => HeadKind::Country,
            "division" => HeadKind::Division,
            "district" => HeadKind::District,
            "water" => HeadKind::Water,
            _ => HeadKind::Settlement,
        };
        words.heads.extend(heads.iter().map(|h| (fold(h), kind)));
    }
    for (side, own) in file.directions {
        words.directions.extend(own.iter().map(|w| (fold(w), side.clone())));
    }
    let mut name = |iso: &str, name: &str| {
        if let Some(found) = country(iso) {
            let listed = words.countries.entry(fold(name)).or_default();
            if !listed.contains(&found.iso2) {
                listed.push(found.iso2);
            }
        }
    };
    for (iso, names) in &file.countries {
        names.iter().for_each(|n| name(iso, n));
    }
    for c in crate::countries() {
        name(c.iso2, c.name(language));
    }
    for (whose, names) in &file.peoples {
        let found = match country(whose) {
            Some(c) => place(&c.place),
            // What bears the very name, and of that the part of the world and the division before the towns.
            None => {
                let mut named = all_places_named(whose);
                let own = fold(whose);
                named.sort_by_key(|p| {
                    let hamlet = matches!(p.kind, PlaceKind::Village | PlaceKind::Quarter)
                        || (p.small && p.kind == PlaceKind::Town);
                    let wide = matches!(p.kind, PlaceKind::Continent | PlaceKind::Region | PlaceKind::Division);
                    (fold(p.name) != own, hamlet, !wide)
                });
                named.into_iter().next()
            }
        };
        for own in names {
            words.peoples.entry(fold(own)).or_default().extend(found.clone());
        }
    }
    words
}

/// The words of a language.
#[must_use]
pub fn locate_words(language: Language) -> &'static LocateWords {
    static WORDS: PerLanguage<LocateWords> = PerLanguage::new();
    WORDS.of(language, joined)
}

/// The language's own words, with the names and adjectives of countries that it lists for its claims: none is listed twice.
fn joined(language: Language) -> LocateWords {
    let mut words = read(language);
    let listed = name_words(language);
    for adjective in listed.country_adjectives() {
        let places = words.peoples.entry(adjective.to_owned()).or_default();
        for iso in listed.countries_of_adjective(adjective) {
            places.extend(country(iso).and_then(|c| place(&c.place)));
        }
    }
    for name in listed.country_names() {
        let own = words.countries.entry(name.to_owned()).or_default();
        for iso in listed.countries_named(name) {
            if !own.contains(iso) {
                own.push(iso);
            }
        }
    }
    words
}

/// The first-level division that an abbreviation stands for, written exactly so.
#[must_use]
pub fn abbreviated(text: &str) -> Option<&'static Place> {
    static TABLE: OnceLock<BTreeMap<&'static str, Place>> = OnceLock::new();
    TABLE
        .get_or_init(|| {
            let rows = pack::text("gazetteer/abbreviations.tsv").unwrap_or("").lines();
            rows.filter(|l| !l.starts_with('#'))
                .filter_map(|line| {
                    let cells: Vec<&'static str> = line.split('\t').collect();
                    let [short, iso, name] = cells[..] else { return None };
                    let fits = |p: &Place| p.kind == PlaceKind::Division && p.country == iso;
                    Some((short, all_places_named(name).into_iter().find(fits)?))
                })
                .collect()
        })
        .get(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_are_readable() {
        for language in Language::all() {
            let read = crate::pack::read::<File>(language.file("locate.toml"));
            assert!(read.is_ok(), "{}: {:?}", language.code(), read.err());
        }
    }

    #[test]
    fn abbreviations_lead_to_divisions() {
        assert_eq!(abbreviated("Ga.").map(|p| p.name), Some("Georgia"));
        assert_eq!(abbreviated("Ont.").map(|p| p.country), Some("CA"));
        assert_eq!(abbreviated("ga."), None);
    }

    #[test]
    fn peoples_and_countries() {
        let english = locate_words(Language::from_code("en").unwrap());
        assert_eq!(english.countries_named("U.S."), ["US"]);
        assert_eq!(english.peoples_named("Welsh")[0].name, "Wales");
        let people = |name: &str| english.peoples_named(name).first().map(|p| (p.name, p.kind));
        assert_eq!(people("Asians"), Some(("Asia", PlaceKind::Continent)));
        assert_eq!(people("Floridians"), Some(("Florida", PlaceKind::Division)));
        assert_eq!(people("Muscovites").map(|(name, _)| name), Some("Moscow"));
        assert!(english.peoples_named("Martian").is_empty());
        let french = locate_words(Language::from_code("fr").unwrap());
        assert!(!french.peoples_named("maliennes").is_empty());
        assert_eq!(french.countries_named("Centrafrique"), ["CF"]);
    }
}
