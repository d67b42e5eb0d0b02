//! Which countries a block tells of, as far as the gazetteer and the registry of actors know its names.

use crate::terms::Terms;
use std::collections::BTreeSet;
use vigie_resources::{Language, PlaceKind, actors_named, country_of, locate_words, places_named};

/// A name that means more countries than this tells of none.
const MOST_COUNTRIES: usize = 4;
/// Sorts of actors that belong to the countries of their row; others work everywhere.
const OF_COUNTRIES: [&str; 7] = ["armed-group", "army", "government", "militia", "party", "person", "state-media"];
/// Those among them that are told of where they fight; the others speak about every country.
const FIGHTING: [&str; 2] = ["armed-group", "militia"];

/// One name of a block.
struct Mention {
    /// The countries that it may belong to.
    countries: Vec<&'static str>,
    /// A place inside a country or somebody of it; whole countries take part in what happens in others.
    inside: bool,
}

/// The names of a block that belong to a country.
#[derive(Default)]
pub(crate) struct Ground(Vec<Mention>);

/// How a block stands to the countries of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stand {
    /// It tells of one of them.
    Home,
    /// It tells of no country.
    Nowhere,
    /// It tells of other countries, as a report of any war may.
    Abroad,
    /// It tells of a place in another country.
    Elsewhere,
    /// It tells of several places in one other country.
    Away,
}

impl Ground {
    /// The ground of a block with these terms.
    pub(crate) fn of(terms: &Terms, language: Language) -> Self {
        let pairs: Vec<String> =
            terms.keys.iter().filter_map(|k| Some(k.strip_prefix('&')?.replace('_', " "))).collect();
        let mut mentions: Vec<Mention> = pairs.iter().filter_map(|pair| mention(pair, language)).collect();
        // A part of a longer name ("Umm Khaled") is called like many places and means none of them.
        let part = |name: &str| pairs.iter().any(|pair| pair.split(' ').any(|word| word == name));
        for key in &terms.keys {
            if let Some(name) = key.strip_prefix('=') {
                mentions.extend(whole(name, language));
            } else if let Some(name) = key.strip_prefix('^') {
                mentions.extend(if part(name) { whole(name, language) } else { mention(name, language) });
            }
        }
        Self(mentions)
    }

    /// The countries that it tells of for certain: whole ones, and those of names that belong to one only.
    pub(crate) fn countries(&self) -> BTreeSet<&'static str> {
        self.0.iter().filter(|m| !m.inside || m.countries.len() == 1).flat_map(|m| m.countries.clone()).collect()
    }

    /// How it stands to a story that is about these countries.
    pub(crate) fn stand(&self, home: &BTreeSet<&'static str>) -> Stand {
        if self.0.iter().any(|m| m.countries.iter().any(|c| home.contains(c))) {
            return Stand::Home;
        }
        let inside = || self.0.iter().filter(|m| m.inside);
        let together = |m: &Mention| inside().filter(|o| o.countries.iter().any(|c| m.countries.contains(c))).count();
        match inside().map(together).max() {
            None if self.0.is_empty() => Stand::Nowhere,
            None => Stand::Abroad,
            Some(1) => Stand::Elsewhere,
            Some(_) => Stand::Away,
        }
    }
}

/// A whole country, by its name or as its people.
fn whole(name: &str, language: Language) -> Option<Mention> {
    let words = locate_words(language);
    let mut countries: Vec<&'static str> = words.countries_named(name).to_vec();
    countries.extend(words.peoples_named(name).iter().map(|p| p.country));
    listed(countries, false)
}

fn mention(name: &str, language: Language) -> Option<Mention> {
    whole(name, language).or_else(|| {
        let places = places_named(name);
        // A capital stands for its country.
        if let Some(capital) = places.first().filter(|p| p.kind == PlaceKind::Capital) {
            return listed(vec![capital.country], false);
        }
        let actors = actors_named(name);
        let of = |id: &str| country_of(id).into_iter();
        let known = || actors.iter().map(|(a, _)| a).filter(|a| OF_COUNTRIES.contains(&a.kind));
        let mut countries: Vec<&'static str> =
            known().flat_map(|a| a.countries.iter().copied().chain(of(a.id))).collect();
        countries.extend(places.iter().map(|p| p.country));
        let inside = known().any(|a| FIGHTING.contains(&a.kind)) || (known().next().is_none() && !places.is_empty());
        listed(countries, inside)
    })
}

fn listed(mut countries: Vec<&'static str>, inside: bool) -> Option<Mention> {
    countries.retain(|c| !c.is_empty());
    countries.sort_unstable();
    countries.dedup();
    (!countries.is_empty() && countries.len() <= MOST_COUNTRIES).then_some(Mention { countries, inside })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;
    use crate::terms::terms;

    fn stand(home: &str, text: &str) -> Stand {
        let language = Language::from_code("fr").expect("French is shipped");
        let ground = |text: &str| Ground::of(&terms(text, Span::new(0, text.len()), language), language);
        ground(text).stand(&ground(home).countries())
    }

    #[test]
    fn places_lie_in_countries() {
        let home = "Au Mali, les jihadistes ont repris un camp.";
        assert_eq!(stand(home, "Des tirs ont été entendus à Gao et à Mopti."), Stand::Home);
        assert_eq!(stand(home, "Des tirs ont été entendus à Kharkiv."), Stand::Elsewhere);
        assert_eq!(stand(home, "Des tirs ont été entendus à Kharkiv et à Odessa."), Stand::Away);
        assert_eq!(stand(home, "L'Allemagne a promis une aide."), Stand::Abroad);
        assert_eq!(stand(home, "Deux autres personnes ont été blessées."), Stand::Nowhere);
    }
}
