//! All mentions of one document together: every name means one place in it, and the places speak for each other.

use crate::candidates::{Candidate, Match};
use crate::extent::radius;
use crate::features::{Features, answers};
use crate::ranker::{Ranker, percent};
use crate::scene::Scene;
use vigie_resources::{HeadKind, Language, Place, PlaceKind, locate_words};
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
}

/// One name with its candidates, as the ranker learns from it.
#[derive(Debug, Clone)]
pub struct Example {
    /// Indexes of the mentions.
    pub mentions: Vec<usize>,
    /// Candidates with what speaks for them.
    pub candidates: Vec<(Place, Features)>,
}

/// Rounds of choosing: each sees the choices of the one before.
const ROUNDS: usize = 3;
/// Most candidates that are told.
const TOLD: usize = 64;

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
    let told: Vec<(Vec<Candidate>, u8)> = (0..scene.names.len())
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
                    let told = scene.told(name, i, &votes);
                    let supported = told.held || told.country > 0 || told.country_share > 0;
                    (i, Candidate { place: place.clone(), by: *by, score, reasons, supported })
                })
                .collect();
            let choice = scene.names[name].choice;
            ranked.sort_by_key(|(i, c)| (Some(*i) != choice, std::cmp::Reverse(c.score), *i));
            let margin = match &ranked[..] {
                [(_, best), (_, second), ..] => best.score - second.score,
                [_] => 300,
                [] => 0,
            };
            let ceiling = ranked.first().map_or(0, |(_, c)| ceiling(c));
            (ranked.into_iter().take(TOLD).map(|(_, c)| c).collect(), percent(margin).min(ceiling))
        })
        .collect();
    spans
        .iter()
        .zip(&scene.of_mention)
        .enumerate()
        .map(|(mention, (span, &name))| {
            let (candidates, confidence) = &told[name];
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
            Located { span: *span, place, by, candidates, radius_km, precision, confidence }
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

/// However clear the choice, a part of a name or a likeness is no proof; a likeness that nothing speaks for is a guess.
fn ceiling(candidate: &Candidate) -> u8 {
    match candidate.by {
        Match::Main | Match::Alias | Match::People => 99,
        Match::Stripped => 90,
        Match::Part => 70,
        Match::Spelt if candidate.supported => 60,
        Match::Spelt => 30,
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
