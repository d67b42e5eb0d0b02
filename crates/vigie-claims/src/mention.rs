//! Names in a sentence: stretches of words that the registry, the list of countries or the gazetteer knows, and
//! capitalised stretches that nobody knows.

use crate::reading::Reading;
use vigie_resources::{
    ActorEntry, NameWords, Place, PlaceKind, actors_named, begins_actor, fold, places_named, places_spelt_like,
};
use vigie_syntax::{EntityLabel, Parse, Relation, Upos};
use vigie_text::Span;

/// A name: words `first..=last` of one sentence and everything that bears it.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    /// Index of the first word.
    pub(crate) first: usize,
    /// Index of the last word.
    pub(crate) last: usize,
    /// The word that the others hang on.
    pub(crate) head: usize,
    /// The stretch of text.
    pub(crate) span: Span,
    /// Registry rows.
    pub(crate) actors: Vec<&'static ActorEntry>,
    /// Countries.
    pub(crate) countries: Vec<&'static str>,
    /// Places: what the document speaks for first.
    pub(crate) places: Vec<Place>,
    /// The places only have a like spelling.
    pub(crate) guessed: bool,
    /// Nothing in the document speaks for any of the places.
    pub(crate) doubtful: bool,
    /// The side of the place that the name itself tells ("Alep-Est").
    pub(crate) side: Option<String>,
    /// A person, as far as the sentence tells.
    pub(crate) person: bool,
}

impl Name {
    /// Does the word belong to the name?
    pub(crate) fn holds(&self, word: usize) -> bool {
        self.first <= word && word <= self.last
    }

    /// Nothing that bears it is known.
    pub(crate) fn is_unknown(&self) -> bool {
        self.actors.is_empty() && self.countries.is_empty() && self.places.is_empty()
    }
}

/// Most tokens that one name has.
const LONGEST: usize = 8;

struct Unit {
    first: usize,
    last: usize,
    span: Span,
}

impl Unit {
    /// "Mali's": the sign of possession shares the token of a name and is no part of it.
    fn drop_possession(&mut self, reading: &Reading, parse: &Parse) {
        let sign = &parse.words[self.last];
        let marks = self.first < self.last && sign.upos == Upos::Part && sign.deprel.base == Relation::Case;
        if let Some(bare) = reading.slice(self.span).strip_suffix(sign.form.as_str()).filter(|b| marks && !b.is_empty())
        {
            self.span = Span::new(self.span.start(), self.span.start() + bare.len());
        }
    }
}

/// People in a town that a name between hyphens may well stand for.
const NOTED: u32 = 50_000;

/// The names of one sentence, disjoint, in text order.
pub(crate) fn names(reading: &Reading, sentence: usize, words: &NameWords) -> Vec<Name> {
    let parse = reading.parse(sentence);
    let mut units = units(parse);
    units.iter_mut().for_each(|unit| unit.drop_possession(reading, parse));
    let scan = Scan { reading, parse, words, units: &units };
    let mut found: Vec<Name> = Vec::new();
    let mut at = 0;
    while at < units.len() {
        match scan.longest(at) {
            Some((name, used)) => {
                found.push(name);
                at += used;
            }
            None => at += 1,
        }
    }
    found
}

/// Surface tokens: the two words of "du" stand in one.
fn units(parse: &Parse) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    for (index, word) in parse.words.iter().enumerate() {
        match units.last_mut() {
            Some(unit) if unit.span == word.span => unit.last = index,
            _ => units.push(Unit { first: index, last: index, span: word.span }),
        }
    }
    units
}

fn is_capital(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_uppercase)
}

fn is_acronym(text: &str) -> bool {
    text.chars().count() <= 6 && text.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
}

/// Does a proper name stand right before the noun as a part of it?
pub(crate) fn has_place_before(parse: &Parse, noun: usize) -> bool {
    let name = |w: usize| parse.words[w].upos == Upos::Propn && parse.words[w].deprel.base == Relation::Compound;
    noun > 0 && name(noun - 1) && parse.words[noun - 1].head == Some(noun as u32)
}

struct Scan<'a> {
    reading: &'a Reading<'a>,
    parse: &'a Parse,
    words: &'a NameWords,
    units: &'a [Unit],
}

impl Scan<'_> {
    fn text(&self, unit: usize) -> &str {
        self.reading.slice(self.units[unit].span)
    }

    fn upos(&self, unit: usize) -> Upos {
        self.parse.words[self.units[unit].first].upos
    }

    /// The first word of a sentence is capitalised whatever it is.
    fn opens(&self, unit: usize) -> bool {
        (0..unit).all(|u| self.upos(u) == Upos::Punct)
    }

    fn is_namelike(&self, unit: usize) -> bool {
        let text = self.text(unit);
        (is_capital(text) || self.words.places.name_prefixes.iter().any(|p| text.starts_with(p.as_str())))
            && !matches!(self.upos(unit), Upos::Punct | Upos::Num | Upos::Sym)
    }

    fn is_joint(&self, unit: usize) -> bool {
        let lower = self.text(unit).to_lowercase();
        self.words.places.name_joints.contains(&lower)
    }

    /// Could the word be a name at all, although it opens the sentence?
    fn trusted(&self, unit: usize) -> bool {
        let upos = self.upos(unit);
        if self.reading.language().writing().function_words.contains(&self.text(unit).to_lowercase()) {
            return false;
        }
        if self.opens(unit) {
            let word = self.units[unit].first;
            let entity = self.parse.entities.iter().any(|e| e.first as usize <= word && word <= e.last as usize);
            return matches!(upos, Upos::Propn | Upos::X) || entity;
        }
        !matches!(upos, Upos::Det | Upos::Adp | Upos::Pron | Upos::Cconj | Upos::Sconj | Upos::Aux)
    }

    fn longest(&self, at: usize) -> Option<(Name, usize)> {
        if self.upos(at) == Upos::Punct {
            return None;
        }
        let actors = begins_actor(self.text(at));
        if !actors && !self.is_namelike(at) {
            return None;
        }
        for length in (1..=LONGEST.min(self.units.len() - at)).rev() {
            let last = at + length - 1;
            if self.upos(last) == Upos::Punct {
                continue;
            }
            let span = self.units[at].span.cover(self.units[last].span);
            let text = self.reading.slice(span);
            if let Some(mut name) = self.known(at, last, text, actors) {
                // "Deraa al-Balad": what an article and a hyphen join to a known name belongs to it. "Pont-Sonde" is no
                // Pont, but two known places side by side stay two.
                if let Some(end) = self.hyphenated(last + 1).filter(|_| !is_capital(self.text(last + 1))) {
                    let parts = self.text(last + 1) == "-" && !self.is_article(last);
                    let known = self.known(end, end, self.text(end), true);
                    let large = |name: &Name| {
                        !name.countries.is_empty() || name.places.iter().any(|place| place.population > NOTED)
                    };
                    if parts && known.as_ref().is_some_and(large) {
                        return Some((name, length));
                    }
                    name.last = self.units[end].last;
                    name.span = name.span.cover(self.units[end].span);
                    name.guessed = true;
                    if parts {
                        name.places = places_spelt_like(self.reading.slice(name.span));
                        name.countries.clear();
                        name.actors.clear();
                    }
                    return Some((name, end + 1 - at));
                }
                return Some((name, length));
            }
        }
        self.unknown(at)
    }

    fn build(&self, at: usize, last: usize) -> Name {
        let (first, last_word) = (self.units[at].first, self.units[last].last);
        let inside = |w: usize| first <= w && w <= last_word;
        // The first word whose governor stands outside; small words inside a name never head it.
        let head = (first..=last_word)
            .find(|&w| {
                let word = &self.parse.words[w];
                !matches!(word.upos, Upos::Adp | Upos::Det) && word.head.is_none_or(|h| !inside(h as usize))
            })
            .unwrap_or(first);
        // A model that reads one capitalised word as a person is too often wrong about towns.
        let person = last > at
            && self
                .parse
                .entities
                .iter()
                .any(|e| e.label == EntityLabel::Person && inside(e.first as usize) && inside(e.last as usize));
        Name {
            first,
            last: last_word,
            head,
            span: self.units[at].span.cover(self.units[last].span),
            actors: Vec::new(),
            countries: Vec::new(),
            places: Vec::new(),
            guessed: false,
            doubtful: false,
            side: None,
            person,
        }
    }

    fn known(&self, at: usize, last: usize, text: &str, actors: bool) -> Option<Name> {
        let capital = self.is_namelike(at);
        let mut name = self.build(at, last);
        let listed = if actors { actors_named(text) } else { Vec::new() };
        for (entry, written) in listed {
            let same_case = if is_acronym(written) {
                is_acronym(text) || (written.chars().count() > 3 && is_capital(text) && !self.opens(at))
            } else if is_capital(written) {
                capital
            } else {
                true
            };
            let common = at == last && !is_acronym(text) && !self.trusted(at);
            if same_case && !common && !name.actors.iter().any(|a| a.id == entry.id) {
                name.actors.push(entry);
            }
        }
        if capital {
            name.countries = self.words.countries_named(text).to_vec();
            if is_acronym(text) && text.chars().count() <= 2 && !name.countries.is_empty() && !name.actors.is_empty() {
                name.countries.clear();
            }
            if self.may_be_place(at, last, text) {
                name.places = places_named(text);
                // A common noun with an article ("l'Observatoire") is no town.
                if at == last && self.upos(at) == Upos::Noun && self.has_article(at) {
                    name.places
                        .retain(|p| matches!(p.kind, PlaceKind::Country | PlaceKind::Region | PlaceKind::Continent));
                }
                if name.places.is_empty() {
                    (name.places, name.side) = self.sided(text);
                }
            }
        }
        // A name that the gazetteer knows in full is that place, whatever the model takes it for.
        name.person = name.actors.iter().any(|a| a.kind == "person");
        (!name.is_unknown()).then_some(name)
    }

    fn may_be_place(&self, at: usize, last: usize, text: &str) -> bool {
        if !self.is_namelike(last) || (is_acronym(text) && text.chars().count() <= 4) {
            return false;
        }
        if (at + 1..last).any(|u| !self.is_namelike(u) && !self.is_joint(u) && !self.is_hyphen(u)) || !self.trusted(at)
        {
            return false;
        }
        if at == last {
            // A capitalised common noun ("le Stade") is no town, whatever is called so somewhere.
            let lower = text.to_lowercase();
            if self.words.side(text).is_some() || self.words.is_place_noun(&lower) || self.words.noun(&lower).is_some()
            {
                return false;
            }
            if self.words.countries_named(text).is_empty() && !self.words.countries_of_adjective(text).is_empty() {
                return false;
            }
            // One word of a longer name ("John Kerry") names no place by itself.
            return !self.in_longer_name(at);
        }
        true
    }

    fn has_article(&self, unit: usize) -> bool {
        self.parse.children(self.units[unit].first).any(|c| self.parse.words[c].deprel.base == Relation::Det)
    }

    /// Is the word joined to another capitalised word beside it, as parts of one name are?
    fn in_longer_name(&self, unit: usize) -> bool {
        let word = self.units[unit].first;
        let flat = |w: usize| self.parse.words[w].deprel.base == Relation::Flat;
        let joined = |other: usize| {
            let o = self.units[other].first;
            self.is_namelike(other)
                && self.upos(other) == Upos::Propn
                && ((flat(o) && (self.parse.words[o].head == Some(word as u32) || flat(word)))
                    || (flat(word) && self.parse.words[word].head == Some(o as u32)))
        };
        (unit > 0 && joined(unit - 1)) || (unit + 1 < self.units.len() && joined(unit + 1))
    }

    /// "Alep-Est": a place with one of its sides.
    fn sided(&self, text: &str) -> (Vec<Place>, Option<String>) {
        if let Some((place, side)) = text.rsplit_once(['-', ' '])
            && let Some(side) = self.words.side(side)
        {
            let mut places = places_named(place);
            places.retain(|p| !matches!(p.kind, PlaceKind::Continent | PlaceKind::Village));
            if !places.is_empty() {
                return (places, Some(side.to_owned()));
            }
        }
        (Vec::new(), None)
    }

    /// A capitalised stretch that no list knows; places of a like spelling are its candidates.
    fn unknown(&self, at: usize) -> Option<(Name, usize)> {
        if !self.is_namelike(at) || !self.trusted(at) {
            return None;
        }
        let text = self.text(at);
        let is_word = !matches!(self.upos(at), Upos::Propn | Upos::X);
        let generic = self.words.noun(text).is_some() || self.words.side(text).is_some();
        let adjective =
            !self.words.countries_of_adjective(text).is_empty() || self.words.paired_adjective(text).is_some();
        if generic
            || adjective
            || self.is_kind_of_place(at)
            || (is_word && !is_acronym(text) && self.upos(at) != Upos::Noun)
        {
            return None;
        }
        let mut last = at;
        let mut next = at + 1;
        while next < self.units.len() && next - at < LONGEST {
            if let Some(end) = self.hyphenated(next) {
                last = end;
                next = end;
            } else if self.is_namelike(next) && self.trusted(next) && self.upos(next) != Upos::Verb {
                last = next;
            } else if !self.is_joint(next) || !self.is_inner_joint(next) {
                break;
            }
            next += 1;
        }
        let mut name = self.build(at, last);
        let text = self.reading.slice(name.span);
        let chained = last > at;
        if !is_acronym(text) {
            name.places = places_spelt_like(text);
            if name.places.is_empty() {
                (name.places, name.side) = self.sided_like(text);
            }
            name.guessed = !name.places.is_empty();
        }
        name.person = name.places.is_empty() && (name.person || (chained && self.upos(at) == Upos::Propn));
        Some((name, last - at + 1))
    }

    /// "Kidal Airport": a noun of place behind the name of the place it lies in, capitals or not.
    fn is_kind_of_place(&self, unit: usize) -> bool {
        let noun = self.units[unit].first;
        self.words.is_place_noun(&self.text(unit).to_lowercase()) && has_place_before(self.parse, noun)
    }

    fn sided_like(&self, text: &str) -> (Vec<Place>, Option<String>) {
        match text.rsplit_once('-') {
            Some((place, side)) if self.words.side(side).is_some() => {
                (places_spelt_like(place), self.words.side(side).map(str::to_owned))
            }
            _ => (Vec::new(), None),
        }
    }

    /// A hyphen without space around it, between two words.
    fn is_hyphen(&self, unit: usize) -> bool {
        let touches =
            |a: usize, b: usize| self.units.get(b).is_some_and(|u| self.units[a].span.end() == u.span.start());
        self.text(unit) == "-" && unit > 0 && touches(unit - 1, unit) && touches(unit, unit + 1)
    }

    /// "Al-Fashir", "Wad al-Noura" in three pieces: the last unit of what a hyphen joins to the name before it.
    fn hyphenated(&self, unit: usize) -> Option<usize> {
        if unit + 1 >= self.units.len() {
            return None;
        }
        let hyphen = if self.text(unit) == "-" { unit } else { unit + 1 };
        if hyphen + 1 >= self.units.len() || !self.is_hyphen(hyphen) || !is_capital(self.text(hyphen + 1)) {
            return None;
        }
        let article = self.is_article(hyphen - 1);
        let proper = self.upos(hyphen - 1) == Upos::Propn && self.upos(hyphen + 1) == Upos::Propn && hyphen == unit;
        (article || proper).then_some(hyphen + 1)
    }

    /// "al" before a hyphen.
    fn is_article(&self, unit: usize) -> bool {
        self.words.places.name_prefixes.contains(&format!("{}-", self.text(unit).to_lowercase()))
    }

    /// A joint that belongs to the name: the name goes on behind it, and the parser hangs both on each other.
    fn is_inner_joint(&self, unit: usize) -> bool {
        unit + 1 < self.units.len()
            && self.is_namelike(unit + 1)
            && self.parse.words[self.units[unit + 1].first].deprel.base == Relation::Flat
    }
}

/// Lower-case letters, digits and hyphens: the part of an id that a text makes.
pub(crate) fn slug(text: &str) -> String {
    fold(text).replace(' ', "-")
}
