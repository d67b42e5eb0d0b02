//! What is known of names before reading, as sets of hashed names: the class of a place name, and the words and names of
//! a language that tell persons, bodies, places and happenings apart.

use crate::{Language, actors, countries, fold, name_words, pack};
use serde::Deserialize;

/// The hash of a folded name, fed byte by byte as the name is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NameHash(u64);

impl Default for NameHash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl NameHash {
    /// Feeds the next byte.
    #[inline]
    pub fn push(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }

    /// The hash of what was fed so far; feeding may go on.
    #[inline]
    #[must_use]
    pub fn value(self) -> u64 {
        let mixed = (self.0 ^ (self.0 >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        mixed ^ (mixed >> 32)
    }

    /// The hash of a whole folded name.
    #[must_use]
    pub fn of(folded: &str) -> u64 {
        let mut hash = Self::default();
        for byte in folded.bytes() {
            hash.push(byte);
        }
        hash.value()
    }
}

/// How well known the best known place of a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum PlaceClass {
    /// A country, a part of the world, a region or water of the overlay.
    Country = 1,
    /// A capital, a first-level division, a town of 100,000 people or more.
    Large = 2,
    /// A smaller town, a district.
    Town = 3,
    /// A village, a quarter.
    Small = 4,
}

impl PlaceClass {
    fn from_bits(bits: u32) -> Option<Self> {
        [Self::Country, Self::Large, Self::Town, Self::Small].get((bits as usize).wrapping_sub(1)).copied()
    }
}

/// Bits of a slot of `marks.bin` that hold the class; the others hold a part of the hash.
const CLASS: u32 = 7;

/// Bytes of the set of well-known names that stands before the table.
const KNOWN: usize = 1 << 16;

/// Every place name of the gazetteer, by its hash: a table with open addressing. Before it stands a set of bits for the
/// names of countries and large places: small enough to stay near the processor, it spares most words the table.
#[derive(Debug, Clone, Copy)]
pub struct PlaceMarks {
    known: &'static [u8],
    slots: &'static [u8],
}

/// The part of a hash that a slot holds.
fn tag(hash: u64) -> u32 {
    (hash >> 32) as u32 & !CLASS
}

/// The byte and bit of a hash in the set of well-known names.
fn known_bit(hash: u64) -> (usize, u8) {
    let bit = (hash >> 40) as usize & (8 * KNOWN - 1);
    (bit / 8, 1 << (bit % 8))
}

impl PlaceMarks {
    /// The shipped table.
    #[must_use]
    pub fn shipped() -> Self {
        Self::read(pack::bytes("gazetteer/marks.bin").unwrap_or(&[]))
    }

    fn read(bytes: &'static [u8]) -> Self {
        let (known, slots) = bytes.split_at_checked(KNOWN).unwrap_or_default();
        Self { known, slots }
    }

    /// Can this be the name of a country or a large place? "Yes" may be wrong, "no" never is.
    #[inline]
    #[must_use]
    pub fn may_be_known(self, hash: u64) -> bool {
        let (byte, bit) = known_bit(hash);
        self.known.get(byte).is_some_and(|b| b & bit != 0)
    }

    /// The class of the name with this hash.
    #[inline]
    #[must_use]
    pub fn class(self, hash: u64) -> Option<PlaceClass> {
        let slots = self.slots.len() / 4;
        let mut at = hash as usize & slots.checked_sub(1)?;
        for _ in 0..slots {
            let slot = self.slots.get(4 * at..4 * at + 4)?;
            let slot = u32::from_le_bytes([slot[0], slot[1], slot[2], slot[3]]);
            if slot == 0 {
                return None;
            }
            if slot & !CLASS == tag(hash) {
                return PlaceClass::from_bits(slot & CLASS);
            }
            at = (at + 1) & (slots - 1);
        }
        None
    }

    /// The bytes of a table of these names; of a name given twice the better known class counts.
    #[must_use]
    pub fn table(names: &[(u64, PlaceClass)]) -> Vec<u8> {
        let mut bytes = vec![0u8; KNOWN];
        let slots = (2 * names.len()).next_power_of_two();
        let mut table = vec![0u32; slots];
        for &(hash, class) in names {
            if class <= PlaceClass::Large {
                let (byte, bit) = known_bit(hash);
                bytes[byte] |= bit;
            }
            let mut at = hash as usize & (slots - 1);
            while table[at] != 0 && table[at] & !CLASS != tag(hash) {
                at = (at + 1) & (slots - 1);
            }
            if table[at] == 0 || class as u32 <= table[at] & CLASS {
                table[at] = tag(hash) | class as u32;
            }
        }
        bytes.extend(table.into_iter().flat_map(u32::to_le_bytes));
        bytes
    }
}

/// What a listed name or word tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameClass {
    /// Stands before the name of a person.
    Title,
    /// Stands in names of bodies.
    BodyWord,
    /// Stands before or in names of places.
    PlaceWord,
    /// Stands in names of happenings and works.
    Event,
    /// Adjective or name of people of a country.
    People,
    /// A small word inside names.
    Joint,
    /// A given name.
    Given,
    /// A family name, or the name of a person of the registry.
    Person,
    /// The name of a body.
    Body,
    /// The name of a country in the language.
    Country,
    /// A common word that is also somebody's or some place's name.
    Common,
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct WordFile {
    titles: String,
    bodies: String,
    places: String,
    events: String,
    peoples: String,
    joints: String,
    common: String,
    contractions: String,
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct NameFile {
    given: String,
    family: String,
    bodies: String,
}

fn listed(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', '\n']).map(str::trim).filter(|word| !word.is_empty())
}

/// Calls `see` for every listed name and word: those of `languages/CODE/entities.toml`, of `actors/names.toml`, of the
/// registries, of the countries. Names are not folded; one that holds a contraction comes in both spellings.
pub fn listed_names(language: Language, see: &mut dyn FnMut(NameClass, &str)) {
    let words: WordFile = pack::table(&format!("languages/{}/entities.toml", language.code()));
    let names: NameFile = pack::table("actors/names.toml");
    let contractions: Vec<(&str, &str)> =
        listed(&words.contractions).filter_map(|c| c.split_once('=')).map(|(a, b)| (a.trim(), b.trim())).collect();
    let mut both = |class: NameClass, name: &str| {
        see(class, name);
        if name.contains(' ') && name.split(' ').any(|w| contractions.iter().any(|(short, _)| *short == w)) {
            let long: Vec<&str> =
                name.split(' ').map(|w| contractions.iter().find(|(s, _)| *s == w).map_or(w, |(_, l)| l)).collect();
            see(class, &long.join(" "));
        }
    };
    for (class, list) in [
        (NameClass::Title, &words.titles),
        (NameClass::BodyWord, &words.bodies),
        (NameClass::PlaceWord, &words.places),
        (NameClass::Event, &words.events),
        (NameClass::People, &words.peoples),
        (NameClass::Joint, &words.joints),
        (NameClass::Common, &words.common),
        (NameClass::Given, &names.given),
        (NameClass::Person, &names.family),
        (NameClass::Body, &names.bodies),
    ] {
        listed(list).for_each(|name| both(class, name));
    }
    for actor in actors() {
        let class = if actor.kind == "person" { NameClass::Person } else { NameClass::Body };
        actor.names(language).for_each(|name| both(class, name));
    }
    for country in countries() {
        country.names().for_each(|name| both(NameClass::Country, name));
    }
    let words = name_words(language);
    words.country_names().for_each(|name| both(NameClass::Country, name));
    words.country_adjectives().for_each(|name| both(NameClass::People, name));
}

/// The hash of a name as it is looked up.
#[must_use]
pub fn name_hash(name: &str) -> u64 {
    NameHash::of(&fold(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_known_names_have_their_class() {
        let marks = PlaceMarks::shipped();
        assert_eq!(marks.class(name_hash("Syria")), Some(PlaceClass::Country));
        assert_eq!(marks.class(name_hash("Alep")), Some(PlaceClass::Large));
        assert!(marks.class(name_hash("al-Bab")).is_some());
        assert!(marks.may_be_known(name_hash("Syria")) && marks.may_be_known(name_hash("Alep")));
        assert_eq!(marks.class(name_hash("no such place at all")), None);
    }

    #[test]
    fn the_better_known_class_counts() {
        let bytes = PlaceMarks::table(&[(7 << 40, PlaceClass::Small), (7 << 40, PlaceClass::Large)]);
        let marks = PlaceMarks::read(Box::leak(bytes.into_boxed_slice()));
        assert_eq!(marks.class(7 << 40), Some(PlaceClass::Large));
        assert_eq!(marks.class(9 << 40), None);
    }

    #[test]
    fn every_list_of_every_language_reads() {
        for language in Language::all() {
            let mut titles = 0;
            listed_names(language, &mut |class, _| titles += usize::from(class == NameClass::Title));
            assert!(titles > 50, "{}", language.code());
        }
    }
}
