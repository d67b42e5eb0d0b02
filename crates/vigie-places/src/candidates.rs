//! A name to everything that may bear it.

use vigie_resources::{
    HeadKind, LocateWords, Place, PlaceKind, abbreviated, all_places_of, country, fold, place, places_spelt_like,
};

/// How a name led to a place; the better the earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Match {
    /// It is its main name, the name of a country or a known abbreviation.
    Main,
    /// It is another of its names.
    Alias,
    /// It is the people or adjective of the place.
    People,
    /// Words before or behind the name had to go.
    Stripped,
    /// A part of the name is the place.
    Part,
    /// The name is spelt much like it.
    Spelt,
    /// Nothing bears the name: the place that the words around it speak of.
    Around,
}

/// A place that a name may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The place.
    pub place: Place,
    /// How the name led there.
    pub by: Match,
    /// Sum of the weights of what speaks for it, in hundredths.
    pub score: i64,
    /// What spoke most for it, strongest first: names of features.
    pub reasons: Vec<&'static str>,
    /// Something else in the document speaks for its country, or a larger place is told that holds it.
    pub supported: bool,
}

/// What a name holds besides the places that bear it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Found {
    pub(crate) places: Vec<(Place, Match)>,
    /// The kind that a word inside the name asks for.
    pub(crate) head: Option<HeadKind>,
    /// The larger place that the name itself tells behind a comma.
    pub(crate) holder: Option<String>,
    /// The name itself says what it is a part of: nothing else around can be meant.
    pub(crate) told: bool,
}

/// Everything that may bear the name.
pub(crate) fn candidates(name: &str, words: &LocateWords) -> Found {
    let name = name.trim().trim_matches(['"', '“', '”', '(', ')', ';', ':']);
    let mut found = Found { places: exact(name, words), ..Found::default() };
    if let (true, Some((base, holder))) = (found.places.is_empty(), name.split_once(',')) {
        found.places = exact(base.trim(), words);
        found.holder = Some(holder.trim().to_owned());
    }
    let folded = fold(name);
    found.head = head(&folded, words);
    if let (true, Some(whole)) = (found.places.is_empty(), expanded(&folded, words)) {
        found.places = exact(&whole, words);
    }
    if found.places.is_empty() {
        found.places = stripped(&folded, words);
    }
    if found.places.is_empty() {
        found.places = numbered(&folded, words);
        found.told = !found.places.is_empty();
    }
    let none = found.places.is_empty();
    if none {
        found.places = parts(name, words);
    }
    // A part of the name may mislead, and where only hamlets bear a name another spelling of a larger place is likelier.
    if none || found.places.iter().all(|(p, by)| *by <= Match::Alias && is_hamlet(p)) {
        for place in places_spelt_like(name).into_iter().take(SPELT) {
            if found.places.iter().all(|(p, _)| p.id != place.id) {
                found.places.push((place, Match::Spelt));
            }
        }
    }
    found
}

/// Most places of a like spelling that are weighed.
const SPELT: usize = 8;

fn is_hamlet(place: &Place) -> bool {
    place.population < 5_000 && matches!(place.kind, PlaceKind::Village | PlaceKind::Quarter | PlaceKind::Town)
}

/// The name with its shortened words in full, or the other way round.
fn expanded(folded: &str, words: &LocateWords) -> Option<String> {
    let whole: Vec<&str> = folded.split(' ').map(|w| words.expand.get(w).map_or(w, String::as_str)).collect();
    let whole = whole.join(" ");
    (whole != folded).then_some(whole)
}

/// The word of kind that a longer name begins or ends with.
pub(crate) fn head(folded: &str, words: &LocateWords) -> Option<HeadKind> {
    let (first, last) = (folded.split(' ').next()?, folded.rsplit(' ').next()?);
    (first != last).then(|| words.head(last).or_else(|| words.head(first)))?
}

fn exact(name: &str, words: &LocateWords) -> Vec<(Place, Match)> {
    let mut out: Vec<(Place, Match)> = Vec::new();
    let mut add = |place: Place, by: Match| {
        if out.iter().all(|(p, _)| p.id != place.id) {
            out.push((place, by));
        }
    };
    if let Some(place) = abbreviated(name) {
        add(place.clone(), Match::Main);
    }
    let key = fold(name);
    for iso in words.countries_of(&key) {
        if let Some(found) = country(iso).and_then(|c| place(&c.place)) {
            add(found, Match::Main);
        }
    }
    for people in words.peoples_of(&key) {
        add(people.clone(), Match::People);
    }
    // "US" is no town, whatever calls itself so.
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    if letters > 2 || abbreviated(name).is_none() && words.countries_of(&key).is_empty() {
        for place in all_places_of(&key) {
            let by = if fold(place.name) == key || place.name.is_empty() { Match::Main } else { Match::Alias };
            add(place, by);
        }
    }
    // What the world knows by a name comes before the other names of towns: "White House" is no other Casablanca.
    if out.iter().any(|(p, _)| p.id.starts_with(OVERLAY)) {
        out.retain(|(p, by)| *by != Match::Alias || p.id.starts_with(OVERLAY) || p.kind == PlaceKind::Country);
    }
    out
}

/// How the ids of the places begin that are listed by hand.
const OVERLAY: &str = "ov:";

/// The name without words that stand before or behind names; as few as possible go.
fn stripped(folded: &str, words: &LocateWords) -> Vec<(Place, Match)> {
    let mut round = vec![folded.to_owned()];
    for _ in 0..3 {
        let mut shorter: Vec<String> = Vec::new();
        for name in &round {
            for lead in &words.leading {
                if let Some(rest) = name.strip_prefix(lead.as_str()).and_then(|r| r.strip_prefix(' ')) {
                    shorter.push(rest.to_owned());
                }
            }
            for trail in &words.trailing {
                if let Some(rest) = name.strip_suffix(trail.as_str()).and_then(|r| r.strip_suffix(' ')) {
                    shorter.push(rest.to_owned());
                }
            }
        }
        shorter.retain(|s| s.len() >= 3);
        shorter.sort_by_key(|s| (std::cmp::Reverse(s.len()), s.clone()));
        shorter.dedup();
        for name in &shorter {
            let found = exact(name, words);
            if !found.is_empty() {
                return found.into_iter().map(|(p, _)| (p, Match::Stripped)).collect();
            }
        }
        round = shorter;
    }
    Vec::new()
}

/// "15e arrondissement de X": a numbered part of a town lies in it, whatever else the text speaks of.
fn numbered(folded: &str, words: &LocateWords) -> Vec<(Place, Match)> {
    let tokens: Vec<&str> = folded.split(' ').collect();
    let of = |&at: &usize| words.inside.contains(tokens[at]) && words.head(tokens[at - 1]).is_some();
    if !folded.starts_with(|c: char| c.is_ascii_digit()) {
        return Vec::new();
    }
    let Some(at) = (2..tokens.len()).find(of) else { return Vec::new() };
    exact(&tokens[at + 1..].join(" "), words).into_iter().map(|(p, _)| (p, Match::Stripped)).collect()
}

/// The longest beginning of the name that is a place, else what stands behind "of" or "in".
fn parts(name: &str, words: &LocateWords) -> Vec<(Place, Match)> {
    let tokens: Vec<&str> = name.split([' ', '-', '/', ',']).filter(|t| !t.is_empty()).collect();
    if tokens.len() < 2 {
        return Vec::new();
    }
    let common = |text: &str| words.common.contains(&fold(text));
    let of = |range: &[&str]| -> Vec<(Place, Match)> {
        let text = range.join(" ");
        if text.len() < 3 || common(&text) {
            return Vec::new();
        }
        exact(&text, words).into_iter().map(|(p, _)| (p, Match::Part)).collect()
    };
    for at in (1..tokens.len()).filter(|&i| words.inside.contains(&fold(tokens[i - 1]))) {
        for end in (at + 1..=tokens.len()).rev() {
            let found = of(&tokens[at..end]);
            if !found.is_empty() {
                return found;
            }
        }
    }
    for length in (1..tokens.len()).rev() {
        let found = of(&tokens[..length]);
        if !found.is_empty() {
            return found;
        }
    }
    for start in 1..tokens.len() {
        let found = of(&tokens[start..]);
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_resources::{Language, locate_words};

    #[test]
    fn what_the_world_knows_by_a_name_comes_before_other_names_of_towns() {
        let words = locate_words(Language::from_code("en").unwrap());
        let found = |name: &str| candidates(name, words).places.into_iter().map(|(p, _)| p.name).collect::<Vec<_>>();
        assert!(found("White House").contains(&"White House") && !found("White House").contains(&"Casablanca"));
        assert!(found("Dar el Beida").contains(&"Casablanca"));
    }

    #[test]
    fn a_numbered_part_of_a_town_is_in_it() {
        let words = locate_words(Language::from_code("fr").unwrap());
        let led = |name: &str| candidates(name, words).places.first().map(|(p, by)| (p.name, *by));
        assert_eq!(led("15 e arrondissement de Paris"), Some(("Paris", Match::Stripped)));
        assert_eq!(led("3e rue de Paris").map(|(_, by)| by), Some(Match::Part));
    }
}
