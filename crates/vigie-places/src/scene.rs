//! The names of one document together: each takes a candidate, and what they take is counted for the next round.

use crate::candidates::{Match, candidates};
use crate::context::beside;
use crate::extent::{is_area, is_point, is_seat};
use crate::features::{Features, Rank, features};
use crate::name::Name;
use crate::ranker::Ranker;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use vigie_resources::{LocateWords, Place, PlaceKind, fold};
use vigie_text::Span;

pub(crate) struct Scene<'a> {
    pub(crate) words: &'static LocateWords,
    /// How often the document tells a country by anything but a name of a place: actors, adjectives of two countries.
    pub(crate) background: BTreeMap<&'a str, u32>,
    pub(crate) names: Vec<Name>,
    pub(crate) of_mention: Vec<usize>,
}

impl<'a> Scene<'a> {
    pub(crate) fn new(text: &str, spans: &[Span], words: &'static LocateWords, background: &[&'a str]) -> Self {
        let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
        let mut scene = Self { words, background: BTreeMap::new(), names: Vec::new(), of_mention: Vec::new() };
        for country in background {
            *scene.background.entry(country).or_default() += 1;
        }
        for (at, span) in spans.iter().enumerate() {
            let surface = span.of(text);
            // "Ga." and "GA", "US" and "us" are other names.
            let short = surface.chars().count() <= 4;
            let key = if short { surface.to_owned() } else { fold(surface) };
            let index = *by_key.entry(key).or_insert_with(|| {
                let found = candidates(surface, words);
                scene.names.push(Name {
                    mentions: Vec::new(),
                    found,
                    besides: Vec::new(),
                    standing: Vec::new(),
                    choice: None,
                });
                scene.names.len() - 1
            });
            scene.names[index].mentions.push(at);
            scene.names[index].besides.push(beside(text, spans, at, words));
            scene.of_mention.push(index);
        }
        for name in &mut scene.names {
            if let Some(first) = name.mentions.first() {
                name.read_articles(&fold(spans[*first].of(text)));
            }
        }
        scene.look_around();
        scene
    }

    pub(crate) fn chosen(&self, name: usize) -> Option<&Place> {
        let name = &self.names[name];
        name.choice.map(|c| &name.found.places[c].0)
    }

    pub(crate) fn votes(&self) -> Votes {
        let mut votes = Votes::default();
        for name in 0..self.names.len() {
            let Some(place) = self.chosen(name) else { continue };
            votes.total += 1;
            if is_point(place) && place.point != (0, 0) {
                votes.points.push(name);
            }
            if self.is_sure(name, place) {
                let division =
                    if place.kind == PlaceKind::Division { Some(&place.id) } else { place.division.as_ref() };
                votes.sure.push((name, place.country, division.cloned().unwrap_or_default()));
            }
            if !place.country.is_empty() {
                *votes.countries.entry(place.country.to_owned()).or_default() += 1;
            }
            if let Some(division) = &place.division {
                *votes.divisions.entry(division.to_string()).or_default() += 1;
            }
        }
        votes
    }

    pub(crate) fn features(&self, name: usize, votes: &Votes) -> Vec<Features> {
        let places = &self.names[name].found.places;
        let rival_country = places.iter().any(|(p, by)| p.kind == PlaceKind::Country && *by <= Match::Alias);
        places
            .iter()
            .enumerate()
            .map(|(candidate, (place, by))| {
                let rank = Rank {
                    larger: places.iter().filter(|(p, _)| p.population > place.population).count() as u32,
                    candidates: places.len() as u32,
                    rival_country,
                    most_people: places.iter().map(|(p, _)| p.population).max().unwrap_or(0),
                    own_town: is_area(place) && places.iter().any(|(p, by)| *by <= Match::Alias && is_seat(p, place)),
                };
                features(place, *by, rank, &self.told(name, candidate, votes), self.words)
            })
            .collect()
    }

    /// One round: every name takes the candidate with the highest sum; of equals the first.
    pub(crate) fn choose(&mut self, ranker: &Ranker) {
        let votes = self.votes();
        let choices: Vec<Option<usize>> = (0..self.names.len())
            .map(|name| {
                let scores: Vec<i64> = self.features(name, &votes).iter().map(|f| ranker.score(f)).collect();
                let best = scores.iter().copied().max()?;
                scores.iter().position(|s| *s == best)
            })
            .collect();
        for (name, choice) in self.names.iter_mut().zip(choices) {
            name.choice = choice;
        }
    }
}

#[derive(Default)]
pub(crate) struct Votes {
    pub(crate) countries: BTreeMap<String, u32>,
    pub(crate) divisions: BTreeMap<String, u32>,
    pub(crate) total: u32,
    /// Names whose place has a point that says where it is.
    pub(crate) points: Vec<usize>,
    /// Names whose place is hardly in doubt, with its country and division.
    pub(crate) sure: Vec<(usize, &'static str, SmolStr)>,
}

impl Votes {
    /// Tenths of the sure names but this one that lie in the country and in the division of a place.
    pub(crate) fn sure_shares(&self, name: usize, place: &Place) -> (u32, u32) {
        let others = || self.sure.iter().filter(|(n, ..)| *n != name);
        let total = others().count().max(1);
        let country = others().filter(|(_, c, _)| !c.is_empty() && *c == place.country).count();
        let division = others().filter(|(_, _, d)| !d.is_empty() && Some(d) == place.division.as_ref()).count();
        ((10 * country / total) as u32, (10 * division / total) as u32)
    }
}
