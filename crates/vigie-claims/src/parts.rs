//! Sides and quarters of a place, told by a compass word or by who holds them.

use crate::claim::Precision;
use crate::mention::Name;
use crate::phrase::{Extent, phrase_words, subtree};
use crate::place::{Spot, Wanted};
use crate::reading::WordAt;
use crate::scene::Scene;
use smol_str::format_smolstr;
use vigie_resources::PlaceKind;
use vigie_syntax::{Relation, Upos};
use vigie_text::Span;

impl Scene<'_> {
    /// A quarter's own name: "le quartier X". No gazetteer of towns may answer for it.
    pub(crate) fn quarter_name(&self, at: WordAt) -> Option<&Name> {
        if !self.words.is_kind("quarter", &self.lemma(at)) {
            return None;
        }
        self.children(at).find_map(|c| {
            let name = self.name_at(c).filter(|n| n.head == c.word && n.side.is_none() && n.countries.is_empty())?;
            let town = name.places.iter().any(|p| {
                matches!(p.kind, PlaceKind::Capital)
                    || p.population >= 50_000
                    || p.kind == PlaceKind::Town && self.focus.weight(p.country) > 0
            });
            (!town).then_some(name)
        })
    }

    /// Noun and adjective of a place told by what it is: "la cité antique".
    pub(crate) fn title(&self, at: WordAt) -> Option<(String, String)> {
        let adjective = self.children(at).find(|&c| self.relation(c) == Relation::Amod && c.word > at.word)?;
        Some((self.lemma(at), self.lemma(adjective)))
    }

    /// A side as a noun: "le nord de X", "l'ouest".
    pub(crate) fn side_noun(&self, at: WordAt) -> Option<String> {
        let word = self.word(at);
        if !matches!(word.upos, Upos::Noun | Upos::Propn | Upos::X) || self.name_at(at).is_some() {
            return None;
        }
        let attribute = self.case(at).is_none() && self.determiner(at).is_none();
        if attribute {
            return None;
        }
        // Of sides that have a singular a place has one: "les centres de décision" are no centre.
        let several = self.is_plural(at) && self.lemma(at) != word.form.to_lowercase();
        if several && self.words.side(&word.lemma).is_some() {
            return None;
        }
        self.words.side(&word.form).map(str::to_owned)
    }

    /// A side said of a noun, and the word that says it: "partie orientale", "quartiers est".
    pub(crate) fn side_beside(&self, at: WordAt) -> Option<(String, WordAt)> {
        let child = self.children(at).find(|&c| {
            c.word > at.word
                && self.case(c).is_none()
                && matches!(
                    self.relation(c),
                    Relation::Amod
                        | Relation::Nmod
                        | Relation::Appos
                        | Relation::Flat
                        | Relation::Compound
                        | Relation::Advmod
                        | Relation::Dep
                )
                && self.words.side(&self.word(c).form).is_some()
        });
        // A parser may take "est" for the verb: the next word decides.
        let next = WordAt { word: at.word + 1, ..at };
        let found = child.or_else(|| {
            (next.word < self.parse(at).words.len()
                && self.words.side(&self.word(next).form).is_some()
                && self.after(next).is_some())
            .then_some(next)
        })?;
        Some((self.words.side(&self.word(found).form)?.to_owned(), found))
    }

    /// The side of a place; the id tells both, the name is the story's usual wording.
    pub(crate) fn side_of(&self, whole: &Spot, side: &str, at: WordAt, span: Span) -> Spot {
        let id = format_smolstr!("{}/{side}", whole.id);
        let precision = match whole.precision {
            Precision::Exact | Precision::Near => Precision::Near,
            _ => Precision::Region,
        };
        let words = phrase_words(self.parse(at), at.word, Extent::Core);
        let text = self.bare(self.reading.slice(span.cover(self.span_of(at.sentence, &words))));
        let told = text.contains(&whole.name);
        let name = self.wordings.get(&id).cloned().or_else(|| (!told).then(|| self.side_name(whole, side)).flatten());
        let name = name.unwrap_or(text);
        Spot { id, name, point: whole.point, precision, country: whole.country, kind: None }
    }

    pub(crate) fn side_name(&self, whole: &Spot, side: &str) -> Option<String> {
        let [consonant, vowel] = self.words.places.side_names.get(side)?;
        let first = whole.name.chars().next()?.to_lowercase().next()?;
        let elides = self.reading.language().writing().elision_before.contains(&first) && first != 'h';
        Some((if elides { vowel } else { consonant }).replace("{place}", &whole.name))
    }

    /// Quarters told by who holds them, or by nothing: the part of the town that the story tells for them.
    pub(crate) fn held_part(&self, at: WordAt) -> Option<(Spot, Span)> {
        let parse = self.parse(at);
        let clause = self
            .children(at)
            .find(|&c| self.relation(c) == Relation::Acl && self.words.places.held.contains(&self.lemma(c)));
        let Some(clause) = clause else { return self.known_quarters(at) };
        let mut words = phrase_words(parse, at.word, Extent::WithClauses);
        if let Some(agent) = self.agent_behind(clause) {
            words.extend(subtree(parse, agent.word, |_| true));
            words.sort_unstable();
            words.dedup();
        }
        let span = self.span_of(at.sentence, &words);
        // A side told inside the phrase.
        let told = words.iter().map(|&word| WordAt { word, ..at }).filter(|w| w.word != at.word).find_map(|w| {
            let side = self.side_noun(w).is_some()
                || (self.words.is_kind("part", &self.lemma(w)) && self.side_beside(w).is_some());
            if side { self.spot(w) } else { None }
        });
        if let Some((spot, _)) = told {
            return Some((spot, span));
        }
        if self.inner(at, Wanted::Any).is_some() {
            return None;
        }
        // The part that the same holder holds elsewhere in the story.
        let holder = self.holder(clause)?;
        let other = self.held.iter().find(|(who, there)| *who == holder && *there != at).map(|(_, there)| *there);
        if let Some((spot, _)) = other.and_then(|there| self.spot(there)) {
            return Some((spot, span));
        }
        let town = self.town_before(at)?;
        let sides = self.sides.get(&town.id)?;
        let mut usual = sides.iter().filter(|s| !s.ends_with("-edge"));
        let (Some(only), None) = (usual.next(), usual.next()) else { return None };
        Some((self.side_of(&town, only, at, span), span))
    }

    /// "les quartiers assiégés": of all quarters of the town those that the story tells by their side.
    pub(crate) fn known_quarters(&self, at: WordAt) -> Option<(Spot, Span)> {
        if !self.is_plural(at) || !self.is_definite(at) || !self.words.is_kind("quarter", &self.lemma(at)) {
            return None;
        }
        if self.inner(at, Wanted::Any).is_some() || self.quarter_name(at).is_some() {
            return None;
        }
        let town = self.town_before(at)?;
        let mut told = self.quarters.get(&town.id)?.iter();
        let (Some(only), None) = (told.next(), told.next()) else { return None };
        let span = self.span_of(at.sentence, &self.phrase(at));
        Some((self.side_of(&town, only, at, span), span))
    }

    /// Who holds, in a participle clause "contrôlés par X".
    pub(crate) fn holder(&self, clause: WordAt) -> Option<crate::claim::ActorId> {
        let agent = self.children(clause).find(|&c| {
            matches!(self.relation(c), Relation::Obl | Relation::Nmod)
                && self.case(c).is_some_and(|case| self.words.places.agents.contains(&case))
        });
        let agent = agent.or_else(|| self.agent_behind(clause))?;
        self.actor(agent).map(|(id, _)| id)
    }

    /// The agent that stands right behind its participle, wherever the parser hung it.
    pub(crate) fn agent_behind(&self, clause: WordAt) -> Option<WordAt> {
        let next = self.parse(clause).words.get(clause.word + 1)?;
        let head = next.head.filter(|_| self.words.places.agents.iter().any(|a| *a == next.lemma))?;
        Some(WordAt { word: head as usize, ..clause }).filter(|agent| agent.word > clause.word)
    }

    /// Learns the sides and borders that the story tells, and how it words them.
    pub(crate) fn collect_places(&mut self) {
        let mut titles = Vec::new();
        let mut quarters = Vec::new();
        for at in self.all_words().filter(|&at| self.name_at(at).is_none()) {
            let lemma = self.lemma(at);
            if self.words.is_kind("same", &lemma)
                && let Some(title) = self.title(at)
                && self.inner(at, Wanted::Settlement).is_some()
            {
                titles.push((title, at));
            }
            if self.words.is_kind("quarter", &lemma) && self.side_beside(at).is_some() {
                quarters.extend(self.spot(at).map(|(spot, _)| spot.id));
            }
        }
        for (sentence, names) in self.names.iter().enumerate() {
            for name in names.iter().filter(|n| n.side.is_some()) {
                quarters.extend(self.named(name, sentence, Wanted::Any).map(|spot| spot.id));
            }
        }
        for (title, at) in titles {
            self.titles.entry(title).or_insert(at);
        }
        for id in quarters {
            if let Some((whole, side)) = id.rsplit_once('/') {
                self.quarters.entry(whole.into()).or_default().insert(side.to_owned());
            }
        }
        let mut found: Vec<(Spot, bool)> = Vec::new();
        let mut borders = Vec::new();
        for at in self.all_words() {
            if let Some(name) = self.name_at(at) {
                if name.head == at.word && name.side.is_some() {
                    found.extend(self.named(name, at.sentence, Wanted::Any).map(|s| (s, true)));
                }
                continue;
            }
            let lemma = self.lemma(at);
            if self.side_noun(at).is_some() || (self.words.is_place_noun(&lemma) && self.side_beside(at).is_some()) {
                found.extend(self.spot(at).map(|(s, _)| (s, false)));
            }
            if let Some(border) = self.border(at, &lemma).filter(|b| b.id.contains('-')) {
                borders.push(border.id);
            }
        }
        self.borders.extend(borders);
        // A name of its own is the best wording, else the shortest.
        found.sort_by_key(|(spot, named)| (spot.id.clone(), !named, spot.name.len(), spot.name.clone()));
        for (spot, _) in found {
            if let Some((whole, side)) = spot.id.rsplit_once('/') {
                self.sides.entry(whole.into()).or_default().insert(side.to_owned());
                self.wordings.entry(spot.id.clone()).or_insert(spot.name);
            }
        }
    }

    /// Learns who is told to hold which part.
    pub(crate) fn collect_holders(&mut self) {
        let mut held = Vec::new();
        for at in self.all_words() {
            if !self.words.is_kind("part", &self.lemma(at)) || self.name_at(at).is_some() {
                continue;
            }
            let clause = self
                .children(at)
                .find(|&c| self.relation(c) == Relation::Acl && self.words.places.held.contains(&self.lemma(c)));
            let Some(holder) = clause.and_then(|c| self.holder(c)) else { continue };
            if self.spot(at).is_some_and(|(s, _)| s.id.contains('/')) {
                held.push((holder, at));
            }
        }
        self.held = held;
    }
}
