//! The town that a text is speaking of, for "the town", "the west", "the quarters".

use crate::place::{Spot, Wanted};
use crate::reading::WordAt;
use crate::scene::{Scene, Town};
use vigie_resources::PlaceKind;
use vigie_syntax::Relation;

impl Scene<'_> {
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

    /// Learns the towns of the story in order of mention.
    pub(crate) fn collect_towns(&mut self) {
        let mut towns = Vec::new();
        for (sentence, names) in self.names.iter().enumerate() {
            for name in names.iter().filter(|n| !n.person && n.actors.is_empty() && n.countries.is_empty()) {
                let at = WordAt { sentence, word: name.head };
                if self.is_metonym(at) || self.under_division(at) {
                    continue;
                }
                let mut plain = name.clone();
                plain.side = None;
                let Some(spot) = self.named(&plain, sentence, Wanted::Settlement) else { continue };
                if matches!(spot.kind, Some(PlaceKind::Capital | PlaceKind::Town | PlaceKind::Village)) {
                    let listed = self.relation(at) == Relation::Conj
                        || self.children(at).any(|c| self.relation(c) == Relation::Conj);
                    let beside = self
                        .word(at)
                        .head
                        .is_some_and(|h| self.words.side(&self.word(WordAt { word: h as usize, ..at }).form).is_some());
                    let whole = name.side.is_some();
                    // What a group or a base is called after is not what the story speaks of.
                    let lent = self.relation(at) == Relation::Nmod
                        && self.word(at).head.is_some_and(|h| {
                            let owner = WordAt { word: h as usize, ..at };
                            let lemma = self.lemma(owner);
                            let named = self.words.is_kind("apart", &lemma) && !self.words.is_kind("same", &lemma);
                            named || self.generic(owner).is_some_and(|n| matches!(n.class, "armed" | "people" | "unit"))
                        });
                    let mut spot = spot;
                    if whole {
                        spot.name = spot.name.rsplit_once(['-', ' ']).map_or(spot.name.clone(), |(p, _)| p.to_owned());
                    }
                    towns.push(Town { at, spot, aside: listed || lent || (beside && !whole) });
                }
            }
        }
        towns.sort_by_key(|t| t.at);
        self.towns = towns;
    }

    pub(crate) fn under_division(&self, at: WordAt) -> bool {
        self.relation(at) == Relation::Nmod
            && self.word(at).head.is_some_and(|h| {
                let lemma = self.lemma(WordAt { word: h as usize, ..at });
                self.words.is_kind("adminarea", &lemma)
            })
    }
}
