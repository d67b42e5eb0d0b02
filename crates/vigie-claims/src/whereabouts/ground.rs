//! Which names mean ground, and not those who act in its name or bear it.

use super::Ground;
use crate::mention::Name;
use crate::metonym::is_metonymic;
use crate::reading::WordAt;
use vigie_resources::metonym_words;
use vigie_syntax::{EntityLabel, Relation, Upos};

impl Ground<'_> {
    /// Does the name mean ground: a place, and not those who act in its name?
    pub(super) fn is_ground(&self, name: &Name, head: WordAt) -> bool {
        if self.scene.is_timed(head) || self.names_people(head) || self.scene.names_doer(head) {
            return false;
        }
        let known = !name.places.is_empty() || !name.countries.is_empty();
        let stands = self.stands_in(head) || self.is_called(head);
        let place = match self.tagged(head) {
            Some(EntityLabel::Location) => true,
            Some(label) => {
                // What reads like a body and only resembles a town is the body.
                let likely = label != EntityLabel::Organisation || !(name.guessed && name.doubtful);
                name.actors.is_empty() && (stands || known && likely && !self.is_side(head))
            }
            None if name.person => stands && name.actors.is_empty(),
            None => known || stands && name.actors.is_empty() || self.scene.is_place(head),
        };
        let parse = self.scene.parse(head);
        let words = metonym_words(self.scene.reading.language());
        place && (self.is_parted(head) || self.is_taken(head) || !is_metonymic(parse, name.head, words))
    }

    fn tagged(&self, at: WordAt) -> Option<EntityLabel> {
        let word = at.word as u32;
        self.scene.parse(at).entities.iter().find(|e| e.first <= word && word <= e.last).map(|e| e.label)
    }

    /// Behind a preposition that only places have.
    fn stands_in(&self, at: WordAt) -> bool {
        let sure =
            |case: String| self.words.sure_locatives.contains(&case) || self.words.inner_locatives.contains(&case);
        self.scene.case(at).is_some_and(sure)
    }

    /// A subject, an object or a name beside another one: where people stand whose names are also those of towns.
    fn is_side(&self, at: WordAt) -> bool {
        let side = matches!(
            self.scene.relation(at),
            Relation::Nsubj | Relation::Obj | Relation::Obl | Relation::Appos | Relation::Flat
        );
        side && self.scene.case(at).is_none()
    }

    /// "the town of X", "X village": a noun of place is called so, whoever else may be.
    pub(super) fn is_called(&self, at: WordAt) -> bool {
        let Some(host) = self.host(at).filter(|h| self.scene.word(*h).upos == Upos::Noun) else { return false };
        let beside = match self.scene.relation(at) {
            Relation::Nmod => {
                self.scene.word(at).deprel.sub != "poss"
                    && self.scene.case(at).is_none_or(|c| self.words.genitives.contains(&c))
            }
            Relation::Compound | Relation::Appos | Relation::Flat => self.scene.case(at).is_none(),
            _ => false,
        };
        beside && self.is_site(host)
    }

    /// A noun of place that no people bear.
    pub(super) fn is_site(&self, at: WordAt) -> bool {
        self.scene.name_at(at).is_none() && self.scene.is_place(at) && self.scene.generic(at).is_none()
    }

    pub(super) fn host(&self, at: WordAt) -> Option<WordAt> {
        self.scene.word(at).head.map(|word| WordAt { word: word as usize, ..at })
    }

    /// "on two sides of X": several parts of it are ground, where one side may be a party.
    fn is_parted(&self, place: WordAt) -> bool {
        let host = self.host(place);
        let of = self.scene.case(place).is_some_and(|c| self.scene.is_of(&c));
        of && host.is_some_and(|h| self.scene.is_plural(h) && self.scene.is_place(h))
    }

    /// The object of a verb that may take ground ("captured X"), unless it reads like somebody.
    fn is_taken(&self, place: WordAt) -> bool {
        let mut at = place;
        while self.scene.relation(at) == Relation::Conj
            && let Some(up) = self.host(at)
        {
            at = up;
        }
        let Some(verb) = self.host(at).filter(|_| self.scene.relation(at) == Relation::Obj) else { return false };
        let rules = self.triggers.of(&self.scene.lemma(verb));
        let ground = |slot: &String| slot == "obj" || slot.starts_with("obj=place");
        let taken = rules.iter().any(|rule| rule.pos == "VERB" && rule.place.iter().any(ground));
        taken && self.scene.case(at).is_none() && self.tagged(place).is_none_or(|l| l == EntityLabel::Location)
    }

    /// Whose people, state or body it is ("the army of X", "X's police"): they may be anywhere.
    fn names_people(&self, place: WordAt) -> bool {
        let Some(host) = self.host(place) else { return false };
        let told_where = self.is_located(place);
        let described = matches!(self.scene.relation(place), Relation::Nmod | Relation::Compound | Relation::Amod);
        let class = self.scene.generic(host).map(|noun| noun.class);
        described && !told_where && matches!(class, Some("armed" | "person" | "state" | "unit" | "political" | "media"))
    }
}
