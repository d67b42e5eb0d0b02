//! Who somebody belongs to or is short for: members and bodies, owners, descriptions, first words of a name.

use crate::actor::Known;
use crate::mention::{Name, slug};
use crate::reading::WordAt;
use crate::scene::Scene;
use std::collections::BTreeMap;
use vigie_resources::{ActorEntry, GenericName, PlaceKind, actors, attribution_words, kind_of, state_of};
use vigie_syntax::{Relation, Upos};

impl Scene<'_> {
    /// "a great number of fighters": the noun behind a word of quantity.
    pub(crate) fn counted_members(&self, at: WordAt) -> Option<WordAt> {
        if !matches!(self.word(at).upos, Upos::Noun | Upos::Num | Upos::Adv)
            || self.name_at(at).is_some()
            || self.words.is_place_noun(&self.lemma(at))
        {
            return None;
        }
        self.children(at).find(|&c| {
            self.relation(c) == Relation::Nmod
                && self.case(c).is_some_and(|k| self.is_of(&k))
                && self.is_plural(c)
                && self.determiner(c).is_none()
                && self.generic(c).is_some_and(|n| matches!(n.class, "armed" | "people" | "unit"))
        })
    }

    /// Counted or told with an indefinite article: some of a people, not all of it.
    pub(crate) fn is_counted_few(&self, at: WordAt) -> bool {
        self.children(at).any(|c| {
            self.relation(c) == Relation::Nummod
                || self.relation(c) == Relation::Det && self.word(c).feats.get("Definite") == Some("Ind")
        })
    }

    /// Whose thing it is: "positions rebelles", "raids russes", "un convoi de l'armée".
    pub(crate) fn owner(&self, at: WordAt) -> Option<Known> {
        for child in self.children(at).filter(|&c| c.word > at.word) {
            if self.relation(child) == Relation::Amod {
                if let Some(filler) = self.actor_of_adjective(child) {
                    return filler.actor.map(|id| (id, Some(filler.name)));
                }
            } else if self.relation(child) == Relation::Nmod && self.case(child).is_some_and(|c| self.is_of(&c)) {
                let named = self.name_at(child).is_some_and(|n| !n.actors.is_empty() && !n.person);
                let armed = self.generic(child).is_some_and(|n| matches!(n.class, "armed" | "state"));
                if named || armed {
                    return self.actor(child);
                }
            }
        }
        None
    }

    /// The longer name in the story that ends with this one.
    pub(crate) fn full_name(&self, short: &str) -> Option<String> {
        let wanted = slug(short);
        let all = self.names.iter().flatten().filter(|n| n.person && n.actors.is_empty());
        let mut longer: Vec<&str> = all
            .map(|n| self.reading.slice(n.span))
            .filter(|t| slug(t).strip_suffix(wanted.as_str()).is_some_and(|rest| rest.ends_with('-')))
            .collect();
        longer.sort_unstable();
        longer.dedup_by_key(|t| slug(t));
        if let [only] = longer[..] { Some(only.to_owned()) } else { None }
    }

    /// Countries told with a noun: adjectives, "de la Syrie", the country of a body inside the phrase.
    pub(crate) fn countries_beside(&self, at: WordAt) -> Vec<&'static str> {
        let mut found = Vec::new();
        for child in self.children(at) {
            match self.relation(child) {
                Relation::Amod | Relation::Nmod | Relation::Appos | Relation::Flat | Relation::Compound => {}
                _ => continue,
            }
            if self.name_at(child).is_none()
                && let Some(iso) = self.country_of_adjective(child)
            {
                found.push(iso);
                found.extend(
                    self.children(child)
                        .filter(|&c| self.relation(c) == Relation::Conj)
                        .filter_map(|c| self.country_of_adjective(c)),
                );
            } else if self.is_before(child, at)
                && let Some(name) = self.name_at(child).filter(|n| n.head == child.word && n.side.is_none())
            {
                // "the U.S. military": a country before the noun that it describes.
                found.extend(name.countries.first().copied());
            } else if self.case(child).is_some_and(|c| self.is_of(&c))
                && let Some(name) = self.name_at(child)
                && name.side.is_none()
            {
                found.extend(name.countries.first().copied());
                if name.countries.is_empty() && name.actors.iter().all(|a| a.kind == "person") {
                    let person = name.actors.first().and_then(|a| a.countries.first());
                    let capital = name.places.first().filter(|p| p.kind == PlaceKind::Capital).map(|p| p.country);
                    found.extend(person.copied().or(capital));
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// A noun or name that describes the noun behind it.
    fn is_before(&self, at: WordAt, noun: WordAt) -> bool {
        self.relation(at) == Relation::Compound && at.word < noun.word
    }

    /// "le porte-parole de l'armée": an unnamed person speaks and acts for a body.
    pub(crate) fn body_of(&self, at: WordAt) -> Option<Known> {
        let words = attribution_words(self.reading.language());
        let speaks = words.nouns.spokespersons.contains(&self.lemma(at));
        for child in self.children(at) {
            let relation = self.relation(child);
            let case = self.case(child);
            let of = case
                .as_deref()
                .is_some_and(|c| self.is_of(c) || speaks && words.reference.spoken_for.iter().any(|f| f == c));
            if relation == Relation::Nmod && of {
                let body = self.actor(child);
                if let Some((id, _)) = body
                    && kind_of(&id).is_some_and(|k| k != "person")
                {
                    return Some((id, None));
                }
            }
        }
        // "le président russe": the adjective names the state.
        let countries = self.countries_beside(at);
        if let [iso] = countries[..] {
            return Some((state_of(iso)?.into(), None));
        }
        None
    }

    /// "les jihadistes du groupe X", "les forces du régime": members stand for their body.
    pub(crate) fn members_of(&self, at: WordAt, noun: &GenericName) -> Option<Known> {
        for child in self.children(at) {
            // "les jihadistes du groupe X", "Hamas fighters".
            let of = self.relation(child) == Relation::Nmod && self.case(child).is_some_and(|c| self.is_of(&c));
            let named = self.is_before(child, at) && noun.class == "armed" && self.name_at(child).is_some();
            if !of && !named {
                continue;
            }
            if let Some(name) = self.name_at(child) {
                if name
                    .actors
                    .iter()
                    .any(|a| matches!(a.kind, "armed-group" | "militia" | "army" | "pact" | "igo" | "un" | "party"))
                {
                    return self.named_actor(name, child);
                }
            } else if let Some(inner) = self.generic(child) {
                if inner.part == "gov" && noun.class == "armed" {
                    let (id, _) = self.actor(child)?;
                    let state = id.split_once('.')?.0;
                    let iso = vigie_resources::country_of(state)?;
                    return self.state_part(iso, "army");
                }
                if matches!(inner.class, "armed" | "body" | "people" | "unit") {
                    let known = self.actor(child)?;
                    if kind_of(&known.0).is_some() || noun.class == "unit" {
                        return Some(known);
                    }
                }
            }
        }
        None
    }

    /// The state whose part the same noun names elsewhere in the story: "l'armée" after "l'armée syrienne".
    pub(crate) fn same_noun_with_country(&self, at: WordAt, part: &str) -> Option<Known> {
        if !self.is_definite(at) {
            return None;
        }
        // By the same noun first, else by another for the same part ("the military", "the army"); what is described otherwise
        // is another ("the multinational force").
        let described = || {
            let relation = |c: WordAt| matches!(self.relation(c), Relation::Amod | Relation::Nmod | Relation::Compound);
            self.children(at).any(relation)
        };
        let by_part = || self.national.get(&part_key(part)).filter(|_| !described());
        let found = self.national.get(&self.lemma(at)).or_else(by_part)?;
        let here = self.focus.sentence(at.sentence);
        // In the theatre of the sentence first; another country's army only when the sentence tells no theatre.
        let nearest = |own: bool| {
            found
                .iter()
                .filter(|(_, iso)| !own || Some(*iso) == here)
                .min_by_key(|(s, iso)| (s.abs_diff(at.sentence), *s, *iso))
        };
        let (_, iso) = match nearest(true) {
            Some(found) => found,
            None if self.focus.told(at.sentence).is_some() => return None,
            None => nearest(false)?,
        };
        self.state_part(iso, part)
    }

    /// Learns which national nouns the story tells with their country, and what its names begin with.
    pub(crate) fn collect_names(&mut self) {
        let mut national: std::collections::BTreeMap<String, Vec<(usize, &'static str)>> =
            std::collections::BTreeMap::new();
        for at in self.all_words() {
            if let Some(noun) = self.generic(at).filter(|n| !n.part.is_empty())
                && let [iso] = self.countries_beside(at)[..]
            {
                national.entry(self.lemma(at)).or_default().push((at.sentence, iso));
                national.entry(part_key(noun.part)).or_default().push((at.sentence, iso));
            }
        }
        let mut first_words: BTreeMap<String, Vec<WordAt>> = BTreeMap::new();
        let reading = self.reading;
        for (sentence, names) in self.names.iter().enumerate() {
            // A name of one word is short for others, and no other name is short for it.
            let long = |n: &&Name| !n.person && n.places.is_empty() && (n.last > n.first || !n.actors.is_empty());
            for name in names.iter().filter(long) {
                let first = |text: &str| slug(text).split_once('-').map(|(first, _)| first.to_owned());
                let mut firsts: Vec<String> = first(reading.slice(name.span)).into_iter().collect();
                for entry in &name.actors {
                    firsts.extend(entry.names(reading.language()).filter_map(first));
                }
                firsts.sort_unstable();
                firsts.dedup();
                for first in firsts {
                    first_words.entry(first).or_default().push(WordAt { sentence, word: name.head });
                }
            }
        }
        self.national = national;
        self.first_words = first_words;
    }

    /// "l'organisation ultraradicale sunnite": a registry actor of the story that has all the traits told.
    pub(crate) fn described(&self, at: WordAt, qualities: &[&GenericName]) -> Option<Known> {
        if !self.is_definite(at) {
            return None;
        }
        let traits: Vec<&str> = qualities.iter().map(|q| q.kind_trait).filter(|t| !t.is_empty()).collect();
        if traits.is_empty() {
            return None;
        }
        let mut best: Option<(usize, WordAt, &Name)> = None;
        for (sentence, names) in self.names.iter().enumerate() {
            for name in names {
                let fits =
                    name.actors.iter().any(|a| a.kind != "person" && traits.iter().all(|t| a.traits.contains(t)));
                let place = WordAt { sentence, word: name.head };
                let away = sentence.abs_diff(at.sentence) * 2 + usize::from(place > at);
                if fits && best.is_none_or(|(b, _, _)| away < b) {
                    best = Some((away, place, name));
                }
            }
        }
        best.and_then(|(_, place, name)| self.named_actor(name, place))
    }

    /// "les paramilitaires": members told by a trait alone, where an actor of the registry that was told before has it, no
    /// other of the story does, and none of the registry in its countries.
    pub(crate) fn known_by_trait(&self, at: WordAt, noun: &GenericName) -> Option<Known> {
        let wanted = noun.kind_trait;
        let plain = |c: WordAt| matches!(self.relation(c), Relation::Det | Relation::Case | Relation::Punct);
        if wanted.is_empty() || !self.children(at).all(plain) || !self.is_definite(at) || !self.is_plural(at) {
            return None;
        }
        let mut found: Option<(WordAt, &Name)> = None;
        for (sentence, names) in self.names.iter().enumerate() {
            for name in names {
                let [entry] = name.actors[..] else { continue };
                if entry.kind == "person" || !entry.traits.contains(&wanted) {
                    continue;
                }
                if found.is_some_and(|(_, other)| other.actors[0].id != entry.id) {
                    return None;
                }
                found = found.or(Some((WordAt { sentence, word: name.head }, name)));
            }
        }
        let (place, name) = found.filter(|(place, _)| *place < at)?;
        let own = name.actors[0];
        let alike = |other: &ActorEntry| {
            other.id != own.id
                && other.traits.contains(&wanted)
                && other.countries.iter().any(|c| own.countries.contains(c))
        };
        if actors().iter().any(alike) { None } else { self.named_actor(name, place) }
    }

    /// "l'Observatoire": a name of the story that begins with this noun, told in full or as initials elsewhere.
    pub(crate) fn short_form(&self, at: WordAt) -> Option<Known> {
        let form = slug(&self.word(at).form);
        let found = self.first_words.get(&form)?;
        let nearest = found.iter().filter(|w| **w != at).min_by_key(|w| (w.sentence.abs_diff(at.sentence), **w))?;
        self.name_at(*nearest).and_then(|name| self.named_actor(name, *nearest))
    }
}

/// The key of a part of a state among the nouns for it: no noun is written so.
fn part_key(part: &str) -> String {
    format!(".{part}")
}
