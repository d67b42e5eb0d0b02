//! Sides and held parts of places: "the east of X", "the quarters held by Y", and the town that is spoken of.

use crate::claim::Precision;
use crate::phrase::{Extent, phrase_words, subtree};
use crate::place::{Spot, Wanted};
use crate::reading::WordAt;
use crate::scene::{Scene, Town};
use smol_str::format_smolstr;
use vigie_syntax::{Relation, Upos};
use vigie_text::Span;

impl Scene<'_> {
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
            .find(|&c| self.relation(c) == Relation::Acl && self.words.places.held.contains(&self.lemma(c)))?;
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

    /// The town that the text is speaking of at this word: the one told most often and first in the paragraph so far,
    /// else the last one told before; a town told only later serves when none came before.
    pub(crate) fn town_before(&self, at: WordAt) -> Option<Spot> {
        let split = self.towns.partition_point(|t| t.at < at);
        let part = self.reading.sentence(at.sentence).part;
        let here = |t: &&Town| self.reading.sentence(t.at.sentence).part == part && !t.aside;
        let mut votes: Vec<(usize, usize, &Town)> = Vec::new();
        for town in self.towns[..split]
            .iter()
            .rev()
            .take_while(|t| self.reading.sentence(t.at.sentence).part == part)
            .filter(here)
        {
            // The last one told in the sentence before or in this one is the likeliest; the first one is the topic.
            match votes.iter_mut().find(|(_, _, t)| t.spot.id == town.spot.id) {
                Some((count, _, _)) => *count += 2,
                None => votes.push((
                    2 + usize::from(town.at.sentence + 1 >= at.sentence && votes.is_empty()),
                    town.at.word,
                    town,
                )),
            }
        }
        if let Some(last) = votes.len().checked_sub(1) {
            votes[last].0 += 2;
        }
        let best = votes.iter().map(|v| v.0).max();
        let topic = votes.iter().find(|v| Some(v.0) == best).map(|v| v.2);
        let (before, after) = self.towns.split_at(split);
        let last = || before.iter().rev().find(|t| !t.aside).or_else(|| before.last());
        topic.or_else(last).or_else(|| after.iter().find(|t| !t.aside)).map(|t| t.spot.clone())
    }
}
