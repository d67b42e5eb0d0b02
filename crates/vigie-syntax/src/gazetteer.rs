//! What the lists of names say of each word of a sentence, as bits that the network takes for what they are worth.

#[cfg(feature = "train")]
mod project;
mod reading;

#[cfg(feature = "train")]
pub use project::project;
use reading::Reading;
use smol_str::SmolStr;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;
use vigie_resources::{Language, NameClass, NameHash, PlaceClass, PlaceMarks, fold, listed_names, name_hash};

/// First word of the longest place name here.
const PLACE_FIRST: u16 = 1 << 0;
/// Further word of a place name.
const PLACE_NEXT: u16 = 1 << 1;
/// The place is a country, a part of the world or a known region.
const COUNTRY: u16 = 1 << 2;
/// The place is a capital, a big town or a first-level division.
const LARGE: u16 = 1 << 3;
/// The place is at best a village or a quarter.
const SMALL: u16 = 1 << 4;
/// The word is common in texts where it names nothing.
const COMMON: u16 = 1 << 5;
/// Adjective or people of a country.
const PEOPLE: u16 = 1 << 6;
/// Given name.
const GIVEN: u16 = 1 << 7;
/// Family name, or part of the name of a known person.
const PERSON: u16 = 1 << 8;
/// First word of the longest name of a known body.
const BODY_FIRST: u16 = 1 << 9;
/// Further word of the name of a known body.
const BODY_NEXT: u16 = 1 << 10;
/// Word of which names of bodies are made.
const BODY_WORD: u16 = 1 << 11;
/// Title of a person.
const TITLE: u16 = 1 << 12;
/// Word of which names of places are made.
const PLACE_WORD: u16 = 1 << 13;
/// Word of happenings and works.
const EVENT: u16 = 1 << 14;
/// Small word inside names.
const JOINT: u16 = 1 << 15;

/// Words of the longest name that is looked for.
const LONGEST: usize = 8;

/// The keys are hashes already.
#[derive(Debug, Clone, Copy, Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        // Only whole numbers are looked up; a hasher must take bytes all the same.
        self.0 = bytes.iter().fold(self.0, |h, &b| (h << 8) ^ u64::from(b));
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

type Table<V> = HashMap<u64, V, BuildHasherDefault<Hashed>>;

/// The lists of one language.
struct Lists {
    /// By the hash of a single word: its bits, and the number of words of the longest listed name that it begins.
    words: Table<(u16, u8)>,
    /// Names of persons (`PERSON`), bodies (`BODY_FIRST`) and countries (`COUNTRY`), by hash; of one word or several.
    names: Table<u16>,
    places: PlaceMarks,
}

/// Abbreviations in capitals are kept apart: "UN" is no "un".
const CAPITALS: u64 = 0x5bd1_e995_97f4_a7c1;

fn is_abbreviation(name: &str) -> bool {
    let mut letters = name.chars().filter(|c| c.is_alphabetic());
    name.len() > 1 && name.len() <= 8 && letters.clone().count() > 1 && letters.all(char::is_uppercase)
}

impl Lists {
    fn new(language: Language) -> Self {
        let mut lists = Self { words: Table::default(), names: Table::default(), places: PlaceMarks::shipped() };
        listed_names(language, &mut |class, name| lists.add(class, name));
        lists
    }

    fn add(&mut self, class: NameClass, name: &str) {
        let bit = match class {
            NameClass::Title => TITLE,
            NameClass::BodyWord => BODY_WORD,
            NameClass::PlaceWord => PLACE_WORD,
            NameClass::Event => EVENT,
            NameClass::People => PEOPLE,
            NameClass::Joint => JOINT,
            NameClass::Common => COMMON,
            NameClass::Given => GIVEN,
            NameClass::Person => PERSON,
            NameClass::Body => BODY_FIRST,
            NameClass::Country => COUNTRY,
        };
        if !matches!(class, NameClass::Person | NameClass::Body | NameClass::Country) {
            self.words.entry(name_hash(name)).or_default().0 |= bit;
            return;
        }
        let folded = fold(name);
        let mut hash = NameHash::of(&folded);
        if is_abbreviation(name) {
            hash ^= CAPITALS;
        }
        *self.names.entry(hash).or_default() |= bit;
        let first = NameHash::of(folded.split(' ').next().unwrap_or_default());
        // Hyphens and apostrophes of the text part words or do not; twice the words of the list are enough for both.
        let many = (2 * folded.split(' ').count()).min(LONGEST) as u8;
        let longest = &mut self.words.entry(first).or_default().1;
        *longest = many.max(*longest);
    }
}

fn lists(language: Language) -> &'static Lists {
    static LISTS: [OnceLock<Lists>; 8] = [const { OnceLock::new() }; 8];
    static MORE: OnceLock<HashMap<usize, Lists>> = OnceLock::new();
    match LISTS.get(language.index()) {
        Some(cell) => cell.get_or_init(|| Lists::new(language)),
        None => &MORE.get_or_init(|| Language::all().map(|l| (l.index(), Lists::new(l))).collect())[&language.index()],
    }
}

fn begins_name(form: &str) -> bool {
    form.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric())
}

/// Adds to `marks` those of the words of one sentence.
pub(crate) fn marks(forms: &[SmolStr], language: Language, marks: &mut Vec<u16>) {
    let lists = lists(language);
    let first = marks.len();
    marks.resize(first + forms.len(), 0);
    let out = &mut marks[first..];
    // Where the longest place and body that are marked already end.
    let (mut place_end, mut body_end) = (0, 0);
    for (i, form) in forms.iter().enumerate() {
        let mut reading = Reading::default();
        reading.word(form);
        if !reading.begun {
            continue;
        }
        let (bits, longest) = lists.words.get(&reading.hash.value()).copied().unwrap_or_default();
        out[i] |= bits;
        let longest = usize::from(longest);
        let capital = begins_name(form);
        let abbreviation = capital && is_abbreviation(form);
        // Small words begin a name only before a capital: "al-Bab" of one, two or three tokens.
        let joint = bits & JOINT != 0 && forms.iter().skip(i + 1).take(2).any(|f| begins_name(f));
        let reach = if capital || joint { LONGEST } else { longest.clamp(1, 3) };
        let (mut place, mut body, mut person) = (None, 0, 0);
        let mut upper = false;
        for j in i..forms.len().min(i + reach) {
            if j > i {
                reading.close(&forms[j - 1]);
                reading.word(&forms[j]);
            }
            upper |= begins_name(&forms[j]) || (j == i && form.contains(char::is_uppercase));
            let hash = reading.hash.value();
            // In lower case only a well-known place is meant, and most words are none.
            if (upper || (forms[j].len() > 3 && lists.places.may_be_known(hash)))
                && let Some(class) = lists.places.class(hash).filter(|c| upper || *c <= PlaceClass::Large)
            {
                place = Some((j + 1, class));
            }
            if j - i < longest {
                let mut name = lists.names.get(&hash).copied().unwrap_or(0);
                if j == i && abbreviation {
                    name |= lists.names.get(&(hash ^ CAPITALS)).copied().unwrap_or(0);
                }
                if name & COUNTRY != 0 {
                    place = Some((j + 1, PlaceClass::Country));
                }
                if name & PERSON != 0 && upper {
                    person = j + 1;
                }
                if name & BODY_FIRST != 0 && upper {
                    body = j + 1;
                }
            } else if !capital || (j > i + 1 && place.is_none_or(|(end, _)| end + 3 <= j)) {
                break;
            }
        }
        if let Some((end, class)) = place
            && end > place_end
            && i >= place_end
        {
            let size = match class {
                PlaceClass::Country => COUNTRY,
                PlaceClass::Large => LARGE,
                PlaceClass::Town => 0,
                PlaceClass::Small => SMALL,
            };
            for (k, mark) in out[i..end].iter_mut().enumerate() {
                *mark |= size | if k == 0 { PLACE_FIRST } else { PLACE_NEXT };
            }
            place_end = end;
        }
        if body > body_end && i >= body_end {
            for (k, mark) in out[i..body].iter_mut().enumerate() {
                *mark |= if k == 0 { BODY_FIRST } else { BODY_NEXT };
            }
            body_end = body;
        }
        out[i..person.max(i)].iter_mut().for_each(|mark| *mark |= PERSON);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn french(forms: &[&str]) -> Vec<u16> {
        let forms: Vec<SmolStr> = forms.iter().map(SmolStr::new).collect();
        let mut out = Vec::new();
        marks(&forms, Language::from_code("fr").unwrap(), &mut out);
        out
    }

    #[test]
    fn the_longest_place_name_counts() {
        let found = french(&["en", "Côte", "d'", "Ivoire", "hier"]);
        assert!(found[1] & PLACE_FIRST != 0 && found[3] & PLACE_NEXT != 0, "{found:?}");
        assert!(found[1] & COUNTRY != 0);
        assert_eq!(found[4] & (PLACE_FIRST | PLACE_NEXT), 0);
    }

    #[test]
    fn names_hold_contractions_in_either_spelling() {
        for forms in [
            &["République", "démocratique", "du", "Congo"][..],
            &["République", "démocratique", "de", "le", "Congo"][..],
        ] {
            let found = french(forms);
            assert!(found[0] & COUNTRY != 0 && found[forms.len() - 1] & PLACE_NEXT != 0, "{forms:?}: {found:?}");
        }
    }

    #[test]
    fn abbreviations_need_their_capitals() {
        assert!(french(&["ONU"])[0] & BODY_FIRST != 0);
        assert_eq!(french(&["un"])[0] & BODY_FIRST, 0);
    }

    #[test]
    fn persons_titles_and_bodies() {
        let found = french(&[
            "le",
            "président",
            "Emmanuel",
            "Macron",
            "à",
            "l'",
            "état-major",
            "de",
            "l'",
            "Etat",
            "islamique",
        ]);
        assert!(found[1] & TITLE != 0 && found[2] & GIVEN != 0 && found[3] & PERSON != 0, "{found:?}");
        assert!(found[6] & BODY_WORD != 0 && found[9] & BODY_FIRST != 0 && found[10] & BODY_NEXT != 0, "{found:?}");
    }

    #[test]
    fn anything_may_be_asked() {
        assert!(french(&[]).is_empty());
        assert_eq!(french(&["", "'", "-", "\u{301}", "😀", "محمد"]).len(), 6);
    }
}
