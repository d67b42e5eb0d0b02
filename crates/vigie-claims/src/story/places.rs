//! Where a deed took place, as its frame and its clause tell it.

use super::{Line, Room};
use crate::claim::{PlaceMention, Precision};
use crate::frame::Frame;
use crate::mention::slug;
use crate::phrase::subtree;
use crate::reading::WordAt;
use crate::slots::{Kinds, TOPIC};
use crate::whereabouts::{Ground, Tie};
use vigie_resources::Kind;
use vigie_syntax::{Relation, Upos};

/// The slot of the verb that an event noun is the object of.
const GOVERNOR: &str = "governor";

/// The question of who holds a place.
pub(super) const CONTROL: &str = "control";

impl<'a> Room<'a> {
    /// The places of a frame and the words they were read from: several only where a rule's own slot is coordinated.
    pub(super) fn places(&self, line: &Line<'a>, frame: &Frame) -> (Vec<PlaceMention>, Vec<usize>) {
        let (places, heads) = self.places_told(line, frame);
        match (&places[..], &heads[..]) {
            ([around], [head]) => match self.place_inside(line, around, *head) {
                Some((inside, word)) => (vec![inside], vec![word]),
                None => (places, heads),
            },
            _ => (places, heads),
        }
    }

    /// "in Kaya, in the north of the country": what stands behind the comma is what the named place before it lies in.
    fn place_inside(&self, line: &Line<'a>, around: &PlaceMention, head: usize) -> Option<(PlaceMention, usize)> {
        let words = &line.parse.words;
        let wide = |p: Precision| matches!(p, Precision::Region | Precision::Country);
        let own = subtree(line.parse, head, |w| w <= head);
        let first = own.into_iter().find(|&w| words[w].upos != Upos::Punct)?;
        let comma = first.checked_sub(1).filter(|&c| wide(around.precision) && words[c].form == ",")?;
        let name = self.scene.names[line.index].iter().find(|n| n.last + 1 == comma && !n.person)?;
        let at = WordAt { sentence: line.index, word: name.head };
        let (spot, _) = self.scene.spot(at).filter(|_| self.scene.is_place(at) && !self.scene.is_actor(at))?;
        let (whole, _) = self.scene.spot(WordAt { word: head, ..at })?;
        let same = spot.country.is_empty() || whole.country.is_empty() || spot.country == whole.country;
        let place = self.place(line, name.head).filter(|_| same && !wide(spot.precision))?;
        Some((place, name.head))
    }

    fn places_told(&self, line: &Line<'a>, frame: &Frame) -> (Vec<PlaceMention>, Vec<usize>) {
        if !frame.by_pronoun {
            for slot in &frame.rule.place {
                let mut heads = frame.site.fill(slot, &frame.support, line);
                // "destroyed ten vehicles and two tunnels": a list of things that begins with no place tells none.
                if let Some(path) = slot.strip_suffix("=place") {
                    let named = |w: &usize| line.parse.words[*w].upos != Upos::Pron;
                    let first = frame.site.fill(path, &frame.support, line).into_iter().find(named);
                    if first.is_some_and(|f| !heads.contains(&f) && !line.is(f, "place")) {
                        heads.clear();
                    }
                }
                if slot == TOPIC
                    && let Some(&trigger) = heads.first()
                {
                    let heading = self.scene.topic(WordAt { sentence: line.index, word: trigger });
                    return (heading.and_then(|at| self.named_place(at)).into_iter().collect(), Vec::new());
                }
                if heads.is_empty() {
                    let preposition = slot.split('=').next().unwrap_or(slot);
                    heads = frame.site.stray(preposition, &|w| line.is(w, "timex"));
                }
                let sure = self.words.sure_locatives.contains(slot);
                heads.retain(|&w| line.is(w, "place") || (sure && line.is_unregistered_name(w)));
                // "destroyed 111 tunnels": what is counted and lies nowhere is a thing, unless the deed takes ground.
                let takes_ground = slot.starts_with("obj") && frame.rule.object.is_empty();
                heads.retain(|&w| takes_ground || !self.is_counted(line, w));
                let found: Vec<(usize, PlaceMention)> =
                    heads.into_iter().filter_map(|w| Some((w, self.place(line, w)?))).collect();
                if !found.is_empty() {
                    // Each of several places that are struck is one, and so is each whose state the deed changes.
                    let joined = |w: &usize| line.parse.words[*w].deprel.base == Relation::Conj;
                    let changes = frame.rule.predicate.is_some_and(|p| !p.effects().effects.is_empty());
                    let many = frame.rule.only_place
                        || slot.as_str() == "obj=place"
                        || changes && found.iter().skip(1).all(|(w, _)| joined(w));
                    let kept = found.into_iter().take(if many { usize::MAX } else { 1 });
                    let (heads, places) = kept.unzip();
                    return (places, heads);
                }
            }
            if frame.rule.only_place {
                return (self.note_place(line, frame).into_iter().collect(), Vec::new());
            }
        }
        // "churches targeted by attacks": the site that a deed strikes is where it happens.
        if !frame.rule.place.is_empty() && !frame.rule.recipient.is_empty() {
            for word in frame.site.struck().into_iter().filter(|&w| line.is(w, "place")) {
                if let Some(place) = self.place(line, word) {
                    return (vec![place], vec![word]);
                }
            }
        }
        let ground = Ground { scene: self.scene, voices: self.voices, words: self.words, triggers: self.triggers };
        for word in frame.site.circumstances() {
            if line.is(word, "place")
                && !ground.is_of_source(WordAt { sentence: line.index, word })
                && let Some(place) = self.surroundings(line, word)
            {
                return (vec![place], vec![word]);
            }
        }
        if let Some(word) = frame.site.pointing()
            && let Some(town) = self.scene.town_before(WordAt { sentence: line.index, word })
        {
            return (vec![self.scene.told(town, line.parse.words[word].span)], vec![word]);
        }
        // What holds is not told by the clauses around it, as what happens is.
        let happens = frame.rule.predicate.is_some_and(|p| p.kind() == Kind::Event);
        // "a fait 12 morts et 30 blessés à Kaya": a noun that a rule takes from under its verb happened where the verb says.
        let governed = frame.rule.needs.iter().any(|need| need.starts_with(GOVERNOR));
        if self.words.clause_places && (governed || frame.anchor == frame.site.trigger) {
            let word = frame.site.governor().filter(|_| governed).unwrap_or(frame.site.trigger);
            let at = WordAt { sentence: line.index, word };
            if let Some((name, tie)) = ground.place_of(at, governed || frame.support.word.is_some())
                && (happens || tie != Tie::Around)
                && line.is(name.head, "place")
                && let Some(place) = self.surroundings(line, name.head)
            {
                return (vec![place], vec![name.head]);
            }
        }
        if frame.rule.sentence_place {
            // What stands beside another name or noun is told with that one.
            let named = |w: &usize| {
                let word = &line.parse.words[*w];
                word.upos == Upos::Propn && !matches!(word.deprel.base, Relation::Conj | Relation::Appos)
            };
            let slots = frame.rule.actor.iter().chain(&frame.rule.recipient).chain(&frame.rule.associate);
            let parties: Vec<usize> = slots.flat_map(|slot| frame.site.fill(slot, &frame.support, line)).collect();
            let found = (0..line.parse.words.len())
                .filter(named)
                // Those who agree are no place, whatever they are called.
                .filter(|word| !parties.contains(word) && !line.is(*word, "timex"))
                .filter(|&word| self.scene.is_place(WordAt { sentence: line.index, word }))
                .find_map(|word| Some((word, self.scene.place(WordAt { sentence: line.index, word })?)));
            if let Some((word, place)) = found {
                return (vec![place], vec![word]);
            }
        }
        let place = self.note_place(line, frame).or_else(|| self.labelled_place(line, frame));
        (place.into_iter().collect(), Vec::new())
    }

    /// "Gaza: four dead in a raid": the town or region that labels a headline is where a deed happened that has a place; a country
    /// is only what the headline is about.
    fn labelled_place(&self, line: &Line<'a>, frame: &Frame) -> Option<PlaceMention> {
        let colon = line.parse.words.iter().position(|w| w.form == ":")?;
        let label = (0..colon).find(|&w| line.parse.words[w].deprel.base == Relation::Dislocated)?;
        let at = WordAt { sentence: line.index, word: label };
        // A region of several countries is only what the headline is about, too.
        let inside = self.scene.spot(at).is_some_and(|(spot, _)| !spot.country.is_empty());
        let located = !frame.rule.place.is_empty() && frame.site.trigger > colon && self.scene.is_place(at) && inside;
        self.scene.place(at).filter(|place| located && place.precision != Precision::Country)
    }

    /// "The army withdrew on 3 May", under the name of a town: who holds it is what such notes are about.
    fn note_place(&self, line: &Line<'a>, frame: &Frame) -> Option<PlaceMention> {
        // "The rebels claim control": of states only those that a support word makes plain.
        let plain = frame.rule.with.is_some();
        let predicate = frame.rule.predicate.filter(|p| p.kind() == Kind::Event || plain)?;
        predicate.effects().effects.iter().find(|effect| effect.fluent == CONTROL)?;
        let town = self.scene.note_town(WordAt { sentence: line.index, word: frame.site.trigger })?;
        self.named_place(town)
    }

    pub(super) fn place(&self, line: &Line<'a>, word: usize) -> Option<PlaceMention> {
        if line.timexes.iter().any(|t| t.words.0 <= word && word <= t.words.1) {
            return None;
        }
        let at = WordAt { sentence: line.index, word };
        if line.parse.words[word].upos == Upos::Pron {
            return self.scene.place(line.pronoun_place(word)?);
        }
        self.named_place(at)
    }

    pub(super) fn named_place(&self, at: WordAt) -> Option<PlaceMention> {
        self.scene.place(at).or_else(|| {
            // A place that no gazetteer holds is still a place: it is known by its words and the country in focus.
            let words = self.scene.place_phrase(at);
            let span = self.scene.span_of(at.sentence, &words);
            let name = self.scene.bare(self.scene.reading.slice(span));
            let id = format!("t:{}@{}", slug(&name), self.scene.focus.sentence(at.sentence).unwrap_or(""));
            Some(PlaceMention::new(Some(span), Some(id.into()), name, Precision::Near))
        })
    }

    /// The place of a mere circumstance: what happens beside a place does not happen in it.
    pub(super) fn surroundings(&self, line: &Line<'a>, word: usize) -> Option<PlaceMention> {
        let place = self.place(line, word)?;
        self.scene.surroundings(WordAt { sentence: line.index, word }).or(Some(place))
    }
}
