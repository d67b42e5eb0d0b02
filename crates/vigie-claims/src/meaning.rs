//! Which places the names of a story mean: all of them together, by the resolver of the floor below.

use crate::mention::Name;
use crate::reading::Reading;
use std::collections::BTreeSet;
use vigie_places::{Candidate, Located, Match, Relative, locate, relatives};
use vigie_resources::{NameWords, Place, PlaceKind, conflict_weight};
use vigie_syntax::Upos;
use vigie_text::Span;

/// The places of a story: every mention with its candidates, and the phrases around them.
#[derive(Debug, Default)]
pub(crate) struct Places {
    pub(crate) located: Vec<Located>,
    pub(crate) relatives: Vec<Relative>,
}

/// People below which one of several namesakes is not meant where nothing speaks for it.
const SMALL: u32 = 15_000;
/// People from which a place is meant by a name that is only spelt much like its own, though nothing speaks for it.
const LARGE: u32 = 100_000;

impl Places {
    /// Reads the places and puts what each name means first among what bears it.
    pub(crate) fn of(reading: &Reading, names: &mut [Vec<Name>], words: &NameWords) -> Self {
        let (Some(first), Some(last)) = (reading.story.sentences.first(), reading.story.sentences.last()) else {
            return Self::default();
        };
        // Only the story is read: what stands before and behind it on the page tells of something else.
        let begin = reading.story.sentences.iter().map(|s| s.span.start()).min().unwrap_or(first.span.start());
        let end = reading.story.sentences.iter().map(|s| s.span.end()).max().unwrap_or(last.span.end());
        let Some(text) = reading.text.get(begin..end) else { return Self::default() };
        let mut spans: Vec<Span> = names.iter().flatten().filter_map(|n| core(reading, n)).collect();
        let mut background = actors(names);
        described(reading, names, words, &mut spans, &mut background);
        spans.sort();
        spans.dedup();
        let moved: Vec<Span> = spans.iter().map(|s| Span::new(s.start() - begin, s.end() - begin)).collect();
        let language = reading.language();
        let mut located = locate(text, &moved, language, &background);
        let mut relatives = relatives(text, &located, language);
        let back = |s: Span| Span::new(s.start() + begin, s.end() + begin);
        for one in &mut located {
            one.span = back(one.span);
        }
        for one in &mut relatives {
            one.span = back(one.span);
            if let Some(length) = &mut one.length {
                length.span = back(length.span);
            }
        }
        let places = Self { located, relatives };
        for name in names.iter_mut().flatten() {
            if let Some(at) = core(reading, name).and_then(|s| places.at(s)) {
                places.decide(name, &places.located[at]);
            }
        }
        places
    }

    fn at(&self, span: Span) -> Option<usize> {
        self.located.iter().position(|l| l.span == span)
    }

    /// Puts the document's choice first; a country, where it is one.
    fn decide(&self, name: &mut Name, located: &Located) {
        let listed = |p: &Place| name.places.iter().any(|q| q.id == p.id);
        // Small places of a name that is something else as a rule: where the story plays they may be meant.
        let near = located.candidates.first().is_some_and(|c| c.supported);
        let bears = |c: &&Candidate| {
            listed(&c.place)
                || c.by == Match::Spelt
                || name.guessed && (c.by == Match::Stripped || c.by <= Match::Alias && near)
                || c.place.kind == PlaceKind::Country && name.countries.contains(&c.place.country)
        };
        let ranked: Vec<&Candidate> = located.candidates.iter().filter(bears).collect();
        let Some(&best) = ranked.first() else { return };
        let place = &best.place;
        let country = (place.kind == PlaceKind::Country).then_some(place.country);
        let spelt = best.by == Match::Spelt;
        let wide = matches!(place.kind, PlaceKind::Region | PlaceKind::Continent | PlaceKind::Division);
        let namesake = place.population < SMALL && !wide && name.places.len() > 1;
        let lonely = !best.supported && self.tells_more_than(place);
        // A likeness needs a reason: the story speaks of its country, or, where the story speaks of none, there is war
        // or the place is known to the world.
        let unlikely = !best.supported && conflict_weight(place.country) == 0 && place.population < LARGE;
        name.doubtful = country.is_none()
            && (spelt && (lonely || unlikely) || namesake && lonely && located.place.as_ref() == Some(place));
        name.guessed |= spelt;
        let places: Vec<Place> = ranked
            .into_iter()
            .map(|c| &c.place)
            .filter(|p| Some(p.country) != country || p.kind != PlaceKind::Country)
            .cloned()
            .collect();
        name.countries.retain(|c| Some(*c) == country);
        name.places = places;
    }

    /// Does the story speak of any country but through this place?
    fn tells_more_than(&self, place: &Place) -> bool {
        let others = self.located.iter().filter_map(|l| l.place.as_ref());
        others.filter(|p| p.id != place.id).any(|p| !p.country.is_empty())
    }

    /// How the place of this id was chosen where these words stand, or else where it was told first.
    pub(crate) fn choice(&self, id: &str, span: Option<Span>) -> Option<&Located> {
        let own = || self.located.iter().filter(|l| l.candidates.iter().any(|c| c.place.id == id));
        let inside = |l: &&Located| span.is_some_and(|s| s.contains(l.span));
        own().find(inside).or_else(|| own().find(|l| l.place.as_ref().is_some_and(|p| p.id == id)))
    }

    /// The phrase around a name that shares words with this stretch.
    pub(crate) fn phrase(&self, span: Span) -> Option<&Relative> {
        self.relatives.iter().find(|r| r.span.overlaps(span))
    }
}

/// The stretch of a name that is a place's: without the side in "Alep-Est"; none where no place bears it.
fn core(reading: &Reading, name: &Name) -> Option<Span> {
    if name.person || name.places.is_empty() && name.countries.is_empty() {
        return None;
    }
    let text = reading.slice(name.span);
    let length = name.side.as_ref().and_then(|_| text.rfind(['-', ' '])).unwrap_or(text.len());
    Some(Span::new(name.span.start(), name.span.start() + length))
}

/// Countries of the bodies and persons that the story names.
fn actors(names: &[Vec<Name>]) -> Vec<&'static str> {
    let mut out = Vec::new();
    for name in names.iter().flatten() {
        if let ([actor], true) = (&name.actors[..], name.places.is_empty() && name.countries.is_empty())
            && let [iso] = actor.countries[..]
        {
            out.push(iso);
        }
    }
    out
}

/// Adjectives of countries and peoples: mentions of their own, and the two countries of "syro-turque".
fn described(
    reading: &Reading,
    names: &[Vec<Name>],
    words: &NameWords,
    spans: &mut Vec<Span>,
    background: &mut Vec<&'static str>,
) {
    let taken: BTreeSet<Span> = names.iter().flatten().map(|n| n.span).collect();
    for (sentence, parse) in reading.parses.iter().enumerate() {
        let own = &names[sentence];
        for (at, word) in parse.words.iter().enumerate() {
            let held = own.iter().any(|n| n.holds(at)) || taken.contains(&word.span);
            if held || !matches!(word.upos, Upos::Adj | Upos::Noun | Upos::Propn) {
                continue;
            }
            if let Some((a, b)) = words.paired_adjective(&word.form) {
                background.extend([a, b]);
            } else if !words.countries_of_adjective(&word.form).is_empty() && reading.slice(word.span) == word.form {
                spans.push(word.span);
            }
        }
    }
}
