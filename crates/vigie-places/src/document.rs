//! All mentions of one document together: every name means one place in it, and the places speak for each other.

use crate::candidates::{Candidate, Found, Match, candidates};
use crate::context::{Beside, beside};
use crate::features::{Features, Rank, Told, answers, features};
use crate::geo::kilometres;
use crate::ranker::{Ranker, percent};
use std::collections::BTreeMap;
use vigie_resources::{
    HeadKind, Language, LocateWords, Place, PlaceKind, abbreviated, all_places_of, fold, locate_words,
};
use vigie_text::Span;

/// How exactly the point tells where the place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// The very town, village or site.
    Exact,
    /// The place lies in or near the point's place.
    Near,
    /// Somewhere in a region, division or district.
    Region,
    /// Somewhere in a country or part of the world.
    Country,
    /// Nothing is known.
    None,
}

/// A mention with the place that it means.
#[derive(Debug, Clone)]
pub struct Located {
    /// The mention.
    pub span: Span,
    /// The place; none when nothing bears the name and the document tells no other place.
    pub place: Option<Place>,
    /// How the name led to it.
    pub by: Match,
    /// What else it could be, the best first; holds the place itself.
    pub candidates: Vec<Candidate>,
    /// Around the point within which it lies, as a rule.
    pub radius_km: u32,
    /// How exact the point is.
    pub precision: Precision,
    /// How sure the choice is, in percent.
    pub confidence: u8,
    /// Something else in the document speaks for its country, or a larger place is told that holds it.
    pub supported: bool,
}

/// One name with its candidates, as the ranker learns from it.
#[derive(Debug, Clone)]
pub struct Example {
    /// Indexes of the mentions.
    pub mentions: Vec<usize>,
    /// Candidates with what speaks for them.
    pub candidates: Vec<(Place, Features)>,
}

/// All mentions of one name.
struct Name {
    mentions: Vec<usize>,
    found: Found,
    besides: Vec<Beside>,
    choice: Option<usize>,
}

impl Name {
    /// The kind that all mentions ask for: "the province of X" beside a bare "X" leaves both open. An article tells of
    /// the bare mentions too, unless one of them stands as only a town does.
    fn asked(&self) -> Option<HeadKind> {
        let first = self.besides.iter().find_map(|b| b.head)?;
        let area = first == HeadKind::Area && self.besides.iter().all(|b| !b.at);
        let agrees = |b: &Beside| b.head.map_or(area, |head| head == first);
        self.besides.iter().all(agrees).then_some(first)
    }

    /// Notes which mentions stand behind a word that stands before areas only, where the name is that of one.
    fn read_articles(&mut self, key: &str) {
        let area = self.found.places.iter().any(|(p, by)| *by <= Match::Alias && answers(p.kind, HeadKind::Area));
        if !area {
            return;
        }
        for beside in self.besides.iter_mut().filter(|b| b.head.is_none()) {
            let Some(article) = beside.article else { continue };
            let town = |p: &Place| p.population >= SEAT && answers(p.kind, HeadKind::Settlement);
            if article.is_empty() || !all_places_of(&format!("{article} {key}")).iter().any(town) {
                beside.head = Some(HeadKind::Area);
            }
        }
    }

    /// The noun that one mention stands beside.
    fn head_at(&self, mention: usize) -> Option<HeadKind> {
        let at = self.mentions.iter().position(|m| *m == mention)?;
        self.besides[at].head
    }
}

/// Rounds of choosing: each sees the choices of the one before.
const ROUNDS: usize = 3;
/// People from which a town may be the seat that an area is called after.
const SEAT: u32 = 20_000;
/// Most candidates that are told.
const TOLD: usize = 64;

struct Scene<'a> {
    words: &'static LocateWords,
    /// How often the document tells a country by anything but a name of a place: actors, adjectives of two countries.
    background: BTreeMap<&'a str, u32>,
    names: Vec<Name>,
    of_mention: Vec<usize>,
}

impl<'a> Scene<'a> {
    fn new(text: &str, spans: &[Span], words: &'static LocateWords, background: &[&'a str]) -> Self {
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
                scene.names.push(Name { mentions: Vec::new(), found, besides: Vec::new(), choice: None });
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
        scene
    }

    fn chosen(&self, name: usize) -> Option<&Place> {
        let name = &self.names[name];
        name.choice.map(|c| &name.found.places[c].0)
    }

    /// Does a larger place hold this one?
    fn holds(&self, holder: usize, place: &Place) -> bool {
        self.names[holder].found.places.iter().any(|(h, _)| inside(place, h))
    }

    /// "California, Nevada and Oregon" tells no town of Nevada: divisions of equal height are a list.
    fn is_list(&self, name: usize, holder: usize) -> bool {
        let divisions = |n: usize| {
            let places = self.names[n].found.places.iter();
            places.filter(|(p, by)| p.kind == PlaceKind::Division && *by == Match::Main).map(|(p, _)| &p.id)
        };
        let own: Vec<_> = divisions(name).collect();
        let state = |n: usize| {
            self.names[n].found.places.iter().any(|(p, by)| p.kind == PlaceKind::Country && *by == Match::Main)
        };
        (!own.is_empty() || state(name)) && !state(holder) && divisions(holder).all(|d| !own.contains(&d))
    }

    /// What all mentions of a name say of its holder: held by, held elsewhere.
    fn held(&self, name: usize, place: &Place) -> (bool, bool) {
        let own = &self.names[name];
        let (mut yes, mut no) = (false, false);
        for beside in &own.besides {
            if let Some(holder) = beside.holder.map(|m| self.of_mention[m]).filter(|h| *h != name) {
                if self.is_list(name, holder) {
                    continue;
                }
                if self.holds(holder, place) { yes = true } else { no = true }
            } else if let Some(division) = beside.tail.as_deref().and_then(abbreviated_tail) {
                if inside(place, division) { yes = true } else { no = true }
            }
        }
        if let Some(holder) = &own.found.holder {
            let holders = candidates(holder, self.words);
            if holders.places.iter().any(|(h, _)| inside(place, h)) { yes = true } else { no = true }
        }
        (yes, no)
    }

    fn told(&self, name: usize, place: &Place, votes: &Votes) -> Told {
        let own = &self.names[name];
        let (held, held_elsewhere) = self.held(name, place);
        let asked = own.found.head.or_else(|| own.asked());
        let country = self.background.get(place.country).copied().unwrap_or(0);
        let mut told = Told { held, held_elsewhere, head: asked, country, ..Told::default() };
        let own_choice = self.chosen(name);
        // A name does not speak for itself.
        let minus = |table: &BTreeMap<String, u32>, key: &str, own: Option<&str>| {
            table.get(key).copied().unwrap_or(0) - u32::from(own == Some(key) && !key.is_empty())
        };
        let division = place.division.as_deref().unwrap_or("");
        let total = votes.total.saturating_sub(u32::from(own_choice.is_some())).max(1);
        let in_country = minus(&votes.countries, place.country, own_choice.map(|p| p.country));
        told.country_share = 10 * in_country / total;
        told.top_country = in_country > 0 && votes.countries.values().all(|v| *v <= in_country + 1);
        if !division.is_empty() {
            let in_division = minus(&votes.divisions, division, own_choice.and_then(|p| p.division.as_deref()));
            told.division_share = 10 * in_division / total;
            told.top_division = in_division > 0 && votes.divisions.values().all(|v| *v <= in_division + 1);
        }
        for (other, other_name) in self.names.iter().enumerate().filter(|(i, _)| *i != name) {
            let weight = other_name.mentions.len() as u32;
            for (candidate, by) in other_name.found.places.iter().filter(|(_, by)| *by <= Match::People) {
                if candidate.kind == PlaceKind::Country && candidate.country == place.country {
                    told.country += weight;
                } else if *by <= Match::Alias && Some(&candidate.id) == place.division.as_ref() {
                    told.division += weight;
                }
            }
            let Some(chosen) = self.chosen(other).filter(|p| is_point(p) && p.point != (0, 0)) else { continue };
            if chosen.id == place.id {
                continue;
            }
            let apart = kilometres(chosen.point, place.point);
            told.near_50 += u32::from(apart < 50);
            told.near_160 += u32::from(apart < 160);
            told.nearest = Some(told.nearest.map_or(apart, |n| n.min(apart)));
        }
        told
    }

    fn votes(&self) -> Votes {
        let mut votes = Votes::default();
        for name in 0..self.names.len() {
            let Some(place) = self.chosen(name) else { continue };
            votes.total += 1;
            if !place.country.is_empty() {
                *votes.countries.entry(place.country.to_owned()).or_default() += 1;
            }
            if let Some(division) = &place.division {
                *votes.divisions.entry(division.to_string()).or_default() += 1;
            }
        }
        votes
    }

    fn features(&self, name: usize, votes: &Votes) -> Vec<Features> {
        let places = &self.names[name].found.places;
        let rival_country = places.iter().any(|(p, by)| p.kind == PlaceKind::Country && *by <= Match::Alias);
        places
            .iter()
            .map(|(place, by)| {
                let rank = Rank {
                    larger: places.iter().filter(|(p, _)| p.population > place.population).count() as u32,
                    candidates: places.len() as u32,
                    rival_country,
                    own_town: is_area(place) && places.iter().any(|(p, by)| *by <= Match::Alias && is_seat(p, place)),
                };
                features(place, *by, rank, &self.told(name, place, votes), self.words)
            })
            .collect()
    }

    /// One round: every name takes the candidate with the highest sum; of equals the first.
    fn choose(&mut self, ranker: &Ranker) {
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

    /// Names that nothing bears, and those that only a part or a likeness leads to, may mean what stands around them.
    fn surround(&mut self) {
        let points: Vec<Option<Place>> =
            self.of_mention.iter().map(|&n| self.borne(n).filter(|p| is_point(p)).cloned()).collect();
        let most = self.most_told();
        for name in 0..self.names.len() {
            let own = &self.names[name].found.places;
            if own.iter().any(|(_, by)| *by <= Match::People) {
                continue;
            }
            let first = self.names[name].mentions[0];
            let nearest = (0..points.len())
                .filter(|&m| points[m].is_some())
                .min_by_key(|&m| (m.abs_diff(first), m))
                .and_then(|m| points[m].clone());
            for place in [nearest, most.clone()].into_iter().flatten() {
                if self.names[name].found.places.iter().all(|(p, _)| p.id != place.id) {
                    self.names[name].found.places.push((place, Match::Around));
                }
            }
        }
    }

    /// What a name means that places bear as it stands: no likeness, no part.
    fn borne(&self, name: usize) -> Option<&Place> {
        let sure = self.names[name].found.places.iter().any(|(_, by)| *by <= Match::Stripped);
        self.chosen(name).filter(|_| sure)
    }

    /// The place that the document speaks of most: a town before a country.
    fn most_told(&self) -> Option<Place> {
        let mut counts: BTreeMap<&str, (u32, &Place)> = BTreeMap::new();
        for (name, own) in self.names.iter().enumerate() {
            if let Some(place) = self.borne(name) {
                let entry = counts.entry(place.id.as_str()).or_insert((0, place));
                entry.0 += own.mentions.len() as u32;
            }
        }
        let best = counts.into_iter().max_by_key(|(id, (n, p))| (is_point(p), *n, std::cmp::Reverse(*id)));
        best.map(|(_, (_, place))| place.clone())
    }
}

#[derive(Default)]
struct Votes {
    countries: BTreeMap<String, u32>,
    divisions: BTreeMap<String, u32>,
    total: u32,
}

/// A place small enough that its point says where it is.
fn is_point(place: &Place) -> bool {
    !matches!(place.kind, PlaceKind::Country | PlaceKind::Continent | PlaceKind::Region)
}

fn is_area(place: &Place) -> bool {
    matches!(place.kind, PlaceKind::Division | PlaceKind::District)
}

/// Is the first a town of some size in the area that bears its name?
fn is_seat(town: &Place, area: &Place) -> bool {
    matches!(town.kind, PlaceKind::Town | PlaceKind::Capital)
        && town.population >= SEAT
        && town.country == area.country
        && (town.division.as_ref() == Some(&area.id) || kilometres(town.point, area.point) < 100)
}

fn inside(place: &Place, holder: &Place) -> bool {
    if place.id == holder.id {
        return false;
    }
    match holder.kind {
        PlaceKind::Country => !place.country.is_empty() && place.country == holder.country,
        PlaceKind::Division => place.division.as_ref() == Some(&holder.id),
        PlaceKind::District => {
            place.country == holder.country
                && place.kind != PlaceKind::Division
                && kilometres(place.point, holder.point) < 60
        }
        PlaceKind::Region | PlaceKind::Continent => false,
        _ => {
            matches!(place.kind, PlaceKind::Quarter | PlaceKind::Site | PlaceKind::Village | PlaceKind::Town)
                && kilometres(place.point, holder.point) < 30
        }
    }
}

/// "Ga., on Monday" begins with "Ga.": the longest abbreviation that the stretch begins with.
fn abbreviated_tail(tail: &str) -> Option<&'static Place> {
    let word = tail.split(' ').next().unwrap_or("");
    abbreviated(tail).or_else(|| abbreviated(word)).or_else(|| abbreviated(word.trim_end_matches(['.', ':'])))
}

fn settle<'a>(mut scene: Scene<'a>, ranker: &Ranker, prior: &Ranker) -> Scene<'a> {
    for _ in 1..ROUNDS {
        scene.choose(prior);
    }
    scene.surround();
    scene.choose(ranker);
    scene.choose(ranker);
    scene
}

/// What the ranker learns from: the candidates of every name after the rounds that `prior` chose in.
#[must_use]
pub fn examples(text: &str, spans: &[Span], language: Language, prior: &Ranker) -> Vec<Example> {
    let mut scene = Scene::new(text, spans, locate_words(language), &[]);
    for _ in 1..ROUNDS {
        scene.choose(prior);
    }
    scene.surround();
    let votes = scene.votes();
    (0..scene.names.len())
        .map(|name| {
            let own = &scene.names[name];
            let features = scene.features(name, &votes);
            let places = own.found.places.iter().map(|(p, _)| p.clone());
            Example { mentions: own.mentions.clone(), candidates: places.zip(features).collect() }
        })
        .collect()
}

/// The place of every mention with the shipped weights; spans in text order. `background` are the countries that the
/// document tells by anything but these mentions, as often as it does.
#[must_use]
pub fn locate(text: &str, spans: &[Span], language: Language, background: &[&str]) -> Vec<Located> {
    located(Scene::new(text, spans, locate_words(language), background), spans, Ranker::shipped(), Ranker::shipped())
}

/// The same with other weights in the last rounds, for study.
#[must_use]
pub fn locate_with(text: &str, spans: &[Span], language: Language, ranker: &Ranker, prior: &Ranker) -> Vec<Located> {
    located(Scene::new(text, spans, locate_words(language), &[]), spans, ranker, prior)
}

fn located(scene: Scene<'_>, spans: &[Span], ranker: &Ranker, prior: &Ranker) -> Vec<Located> {
    let scene = settle(scene, ranker, prior);
    let votes = scene.votes();
    let told: Vec<(Vec<Candidate>, u8, bool)> = (0..scene.names.len())
        .map(|name| {
            let features = scene.features(name, &votes);
            let mut ranked: Vec<(usize, Candidate)> = scene.names[name]
                .found
                .places
                .iter()
                .zip(&features)
                .enumerate()
                .map(|(i, ((place, by), f))| {
                    let (score, reasons) = (ranker.score(f), ranker.reasons(f));
                    (i, Candidate { place: place.clone(), by: *by, score, reasons })
                })
                .collect();
            let choice = scene.names[name].choice;
            ranked.sort_by_key(|(i, c)| (Some(*i) != choice, std::cmp::Reverse(c.score), *i));
            let margin = match &ranked[..] {
                [(_, best), (_, second), ..] => best.score - second.score,
                [_] => 300,
                [] => 0,
            };
            let ceiling = ranked.first().map_or(0, |(_, c)| ceiling(c.by));
            let supported = choice.is_some_and(|c| {
                let told = scene.told(name, &scene.names[name].found.places[c].0, &votes);
                told.held || told.country > 0 || told.country_share > 0
            });
            (ranked.into_iter().take(TOLD).map(|(_, c)| c).collect(), percent(margin).min(ceiling), supported)
        })
        .collect();
    spans
        .iter()
        .zip(&scene.of_mention)
        .enumerate()
        .map(|(mention, (span, &name))| {
            let (candidates, confidence, supported) = &told[name];
            let mut candidates = candidates.clone();
            if let Some(head) = scene.names[name].head_at(mention) {
                prefer(&mut candidates, head);
            }
            let best = candidates.first();
            let by = best.map_or(Match::Around, |c| c.by);
            let place = best.map(|c| c.place.clone());
            let precision = place.as_ref().map_or(Precision::None, |p| precision(p, by));
            let radius_km = place.as_ref().map_or(0, |p| radius(p) + if by >= Match::Part { 15 } else { 0 });
            let confidence = if place.is_some() { *confidence } else { 0 };
            let supported = *supported;
            Located { span: *span, place, by, candidates, radius_km, precision, confidence, supported }
        })
        .collect()
}

/// Puts the candidate first that answers the noun beside a mention, in the country of the name's choice.
fn prefer(candidates: &mut [Candidate], head: HeadKind) {
    let Some(first) = candidates.first().filter(|c| !answers(c.place.kind, head)) else { return };
    let country = first.place.country;
    let fits = |c: &Candidate| c.by <= Match::Alias && c.place.country == country && answers(c.place.kind, head);
    if let Some(at) = candidates.iter().position(fits) {
        candidates[..=at].rotate_right(1);
    }
}

/// However clear the choice, a part of a name or a likeness is no proof.
fn ceiling(by: Match) -> u8 {
    match by {
        Match::Main | Match::Alias | Match::People => 99,
        Match::Stripped => 90,
        Match::Part => 70,
        Match::Spelt => 60,
        Match::Around => 40,
    }
}

fn precision(place: &Place, by: Match) -> Precision {
    match place.kind {
        PlaceKind::Country | PlaceKind::Continent => Precision::Country,
        PlaceKind::Region | PlaceKind::Division | PlaceKind::District => Precision::Region,
        _ if by >= Match::Part => Precision::Near,
        _ => Precision::Exact,
    }
}

/// Kilometres around the point that such a place takes in, as a rule: the size of the very place is not known.
pub(crate) fn radius(place: &Place) -> u32 {
    match place.kind {
        PlaceKind::Continent => 2_500,
        PlaceKind::Country => 400,
        PlaceKind::Region => 150,
        PlaceKind::Division => 100,
        PlaceKind::District => 30,
        PlaceKind::Site | PlaceKind::Quarter | PlaceKind::Village => 2,
        PlaceKind::Town | PlaceKind::Capital => 2 + (place.population / 10_000).isqrt().min(28),
    }
}
