//! Which country each sentence is about: names of countries, adjectives and places vote.

use crate::mention::Name;
use crate::phrase::case_of;
use crate::reading::Reading;
use std::collections::BTreeMap;
use vigie_resources::{NameWords, Place, PlaceKind, all_places_named};
use vigie_syntax::{Parse, Relation, Upos};

/// Votes for the countries of a story and of its sentences.
#[derive(Debug, Default)]
pub(crate) struct Focus {
    story: BTreeMap<&'static str, u32>,
    sentences: Vec<BTreeMap<&'static str, u32>>,
    parts: Vec<u32>,
}

/// A country told as the scene of a happening.
const SCENE: u32 = 6;
/// A place that can lie in one country only.
const PLACE: u32 = 4;
/// Somebody who acts there.
const ACTOR: u32 = 2;
/// A country named as a party, an adjective.
const PARTY: u32 = 1;

impl Focus {
    /// Counts the votes.
    pub(crate) fn of(reading: &Reading, names: &[Vec<Name>], words: &NameWords) -> Self {
        let mut focus = Self::default();
        // Names of places in several countries, which the rest of the story decides.
        let mut open: Vec<(usize, &Name, bool)> = Vec::new();
        for (index, parse) in reading.parses.iter().enumerate() {
            let mut votes: BTreeMap<&'static str, u32> = BTreeMap::new();
            let mut vote = |iso: &'static str, weight: u32| *votes.entry(iso).or_default() += weight;
            for name in names.get(index).into_iter().flatten() {
                let case = case_of(parse, name.head);
                let scene = case.is_some_and(|c| words.places.scene.iter().any(|w| w == c))
                    || under_place(reading, index, name.head, words)
                    || ends_heading(parse, name, &names[index]);
                if let [iso] = name.countries[..] {
                    vote(iso, if scene { SCENE } else { PARTY });
                } else if let Some(place) = sure_place(name) {
                    if lands(reading, name).iter().all(|iso| *iso == place.country) {
                        vote(place.country, place_weight(place, scene));
                    } else {
                        open.push((index, name, scene));
                    }
                }
                if let [actor] = name.actors[..]
                    && let [iso] = actor.countries[..]
                {
                    vote(iso, if actor.kind == "person" { PARTY } else { ACTOR });
                }
            }
            for word in &parse.words {
                if !matches!(word.upos, Upos::Adj | Upos::Noun | Upos::Propn) {
                    continue;
                }
                if let Some((a, b)) = words.paired_adjective(&word.form) {
                    vote(a, PARTY);
                    vote(b, PARTY);
                } else if let [iso] = words.countries_of_adjective(&word.form) {
                    // "Nigerien soldiers": a part of the state acts there.
                    let noun = word.head.map(|head| parse.words[head as usize].lemma.to_lowercase());
                    let state = noun.and_then(|noun| words.noun(&noun)).is_some_and(|noun| !noun.part.is_empty());
                    vote(iso, if state { ACTOR } else { PARTY });
                }
            }
            for (iso, weight) in &votes {
                *focus.story.entry(iso).or_default() += weight;
            }
            focus.parts.push(reading.sentence(index).part);
            focus.sentences.push(votes);
        }
        let told = focus.story.clone();
        for (index, name, scene) in open {
            let Some(place) = sure_place(name) else { continue };
            let weight = |iso: &str| told.get(iso).copied().unwrap_or(0);
            // The country that the story speaks of most; where it speaks of none of them, that of the first place.
            let most = lands(reading, name).into_iter().max_by_key(|iso| (weight(iso), *iso == place.country, *iso));
            if let Some(iso) = most {
                let votes = place_weight(place, scene);
                *focus.sentences[index].entry(iso).or_default() += votes;
                *focus.story.entry(iso).or_default() += votes;
            }
        }
        focus
    }

    /// How much the whole story speaks of a country.
    pub(crate) fn weight(&self, iso: &str) -> u32 {
        self.story.get(iso).copied().unwrap_or(0)
    }

    /// The country that the story is most about; of equals the first in the alphabet.
    pub(crate) fn story(&self) -> Option<&'static str> {
        best(&self.story, 1)
    }

    /// The country that a sentence is about: told in it as the scene, else in the sentence before it in the same
    /// paragraph, else the story's.
    pub(crate) fn sentence(&self, index: usize) -> Option<&'static str> {
        let mut at = index;
        loop {
            if let Some(iso) = self.sentences.get(at).and_then(|votes| best(votes, PLACE)) {
                return Some(iso);
            }
            if at == 0 || self.parts[at - 1] != self.parts[index] {
                return self.story();
            }
            at -= 1;
        }
    }

    /// Does the sentence itself tell its country?
    pub(crate) fn told(&self, index: usize) -> Option<&'static str> {
        self.sentences.get(index).and_then(|votes| best(votes, PLACE))
    }
}

fn place_weight(place: &Place, scene: bool) -> u32 {
    // A hamlet may well have an unlisted namesake elsewhere.
    let small = place.population < 5_000 && place.kind == PlaceKind::Village;
    match place.kind {
        PlaceKind::Capital if !scene => PARTY,
        _ if small => ACTOR,
        _ => PLACE,
    }
}

/// The countries in which places of this name lie, small ones with them; once each.
fn lands(reading: &Reading, name: &Name) -> Vec<&'static str> {
    let mut countries: Vec<&'static str> =
        all_places_named(reading.slice(name.span)).iter().map(|p| p.country).collect();
    countries.retain(|iso| !iso.is_empty());
    countries.sort_unstable();
    countries.dedup();
    countries
}

fn best(votes: &BTreeMap<&'static str, u32>, least: u32) -> Option<&'static str> {
    let most = votes.values().copied().max().filter(|&m| m >= least)?;
    votes.iter().find(|(_, v)| **v == most).map(|(iso, _)| *iso)
}

/// A place noun governs the name: "le nord de la Syrie".
fn under_place(reading: &Reading, sentence: usize, head: usize, words: &NameWords) -> bool {
    let parse = reading.parse(sentence);
    let word = &parse.words[head];
    word.deprel.base == Relation::Nmod
        && word.head.is_some_and(|h| {
            let lemma = parse.words[h as usize].lemma.to_lowercase();
            words.is_place_noun(&lemma) || words.side(&lemma).is_some()
        })
}

/// "Tamsa, Ruvania": the country that ends a line behind a name and a comma is where the name lies.
fn ends_heading(parse: &Parse, name: &Name, names: &[Name]) -> bool {
    let words = &parse.words;
    let Some(before) = name.first.checked_sub(2) else { return false };
    let country = names.iter().any(|n| n.last == before && !n.countries.is_empty());
    words[before + 1].form == "," && words[before].upos == Upos::Propn && name.last + 1 == words.len() && !country
}

/// The place of a name, where something speaks for it.
fn sure_place(name: &Name) -> Option<&Place> {
    let sure = name.actors.is_empty() && !name.person && !name.guessed && !name.doubtful;
    name.places.first().filter(|p| sure && !p.country.is_empty())
}
