//! The town that a text is speaking of, for "the town", "the west", "the quarters".

use crate::place::{Spot, Wanted};
use crate::reading::WordAt;
use crate::scene::{Scene, Town};
use vigie_resources::PlaceKind;
use vigie_syntax::Relation;

impl Scene<'_> {
    /// The town that the text is speaking of at this word: the one told most often and first in the paragraph so far, else
    /// in the last paragraph before that tells of any; a town told only later serves when none came before.
    pub(crate) fn town_before(&self, at: WordAt) -> Option<Spot> {
        let (before, after) = self.towns.split_at(self.towns.partition_point(|t| t.at < at));
        let part_of = |t: &Town| self.reading.sentence(t.at.sentence).part;
        let Some(last) = before.iter().rev().find(|t| !t.aside) else {
            return before.last().or_else(|| after.iter().find(|t| !t.aside)).map(|t| t.spot.clone());
        };
        let part = part_of(last);
        let mut votes: Vec<(usize, &Town)> = Vec::new();
        for town in before.iter().rev().skip_while(|t| part_of(t) != part).take_while(|t| part_of(t) == part) {
            if town.aside {
                continue;
            }
            // The last one told in the sentence before or in this one is the likeliest; the first one is the topic.
            match votes.iter_mut().find(|(_, t)| t.spot.id == town.spot.id) {
                Some((count, _)) => *count += 2,
                None => votes.push((2 + usize::from(town.at.sentence + 1 >= at.sentence && votes.is_empty()), town)),
            }
        }
        if let Some(first) = votes.last_mut() {
            first.0 += 2;
        }
        let best = votes.iter().map(|v| v.0).max();
        votes.iter().find(|v| Some(v.0) == best).map(|v| v.1.spot.clone())
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
