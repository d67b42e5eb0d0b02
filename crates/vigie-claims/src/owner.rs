//! Whose somebody's fighters, aircraft and spokesmen are: "its jets", "ses troupes", "their commander", "nos combattants".
//!
//! Means and members that are told by a possessive do what their owner does, so the owner is who they are; the words of
//! the text stay the mention.

use crate::actor::Known;
use crate::reading::WordAt;
use crate::scene::Scene;
use vigie_resources::{GenericName, actor, country_of, kind_of};
use vigie_syntax::Upos;

impl Scene<'_> {
    /// The word before a noun that tells whose it is.
    pub(crate) fn possessive_of(&self, noun: WordAt) -> Option<WordAt> {
        self.children(noun).find(|&c| c.word < noun.word && self.is_possessive(self.word(c)))
    }

    /// Learns what the possessives of the story stand for.
    pub(crate) fn collect_owners(&mut self) {
        for noun in self.all_words() {
            let Some(possessive) = self.possessive_of(noun) else { continue };
            if let Some(owner) = self.antecedent(possessive) {
                self.owners.insert(noun, owner);
            }
        }
    }

    /// Learns who the owners are. Owners stand before what they own: each is looked up, and none is asked for what
    /// stands behind it, so that the search ends whatever the parser hangs on what.
    pub(crate) fn collect_possessed(&mut self) {
        for (noun, owner) in self.owners.clone() {
            let Some(generic) = self.generic(noun).filter(|g| self.serves(noun, g)) else { continue };
            let filler = self.filler(owner);
            let Some(actor) = filler.actor else { continue };
            if let Some(known) = self.held_by(generic, (actor, Some(filler.name))) {
                self.possessed.insert(noun, known);
            }
        }
    }

    /// Is the noun one that stands for whoever owns it: those who fight, serve or speak for him, and his arms?
    fn serves(&self, at: WordAt, noun: &GenericName) -> bool {
        matches!(noun.class, "armed" | "unit" | "state" | "people" | "person" | "belonging")
            && !self.words.places.actors.apart.contains(&self.lemma(at))
    }

    /// The noun as a part of its owner: a state's forces are its army, a person's those of the body he is part of.
    pub(crate) fn held_by(&self, noun: &GenericName, (id, name): Known) -> Option<Known> {
        let (id, name) = if kind_of(&id) == Some("person") {
            let body = actor(&id)?.part_of?;
            let country = country_of(body).map(|iso| self.country_name(iso));
            (body.into(), actor(body).and_then(|entry| self.registry_name(entry)).or(country))
        } else if is_private(&id) {
            return None;
        } else {
            (id, name)
        };
        let state = (kind_of(&id) == Some("state")).then(|| country_of(&id)).flatten();
        match state.filter(|_| !noun.part.is_empty()) {
            Some(iso) => self.state_part(iso, noun.part),
            None => Some((id, name)),
        }
    }

    /// Does a word of the one who speaks stand here: a pronoun of the first person, or a noun that serves him ("our
    /// forces")?
    #[must_use]
    pub fn is_speakers_own(&self, at: WordAt) -> bool {
        let word = self.word(at);
        if word.upos == Upos::Pron {
            return word.feats.get("Person") == Some("1") && word.feats.get("Poss") != Some("Yes");
        }
        let own = self
            .possessive_of(at)
            .is_some_and(|p| self.words.places.possessive_speaker.contains(&self.word(p).form.to_lowercase()));
        own && self.generic(at).is_some_and(|noun| self.serves(at, noun))
    }

    /// Who "we" or "our forces" are when `speaker` says so.
    pub(crate) fn own_of(&self, at: WordAt, speaker: Known) -> Option<Known> {
        match self.generic(at) {
            Some(noun) => self.held_by(noun, speaker),
            None => Some(speaker),
        }
    }
}

/// A person whom only the text names: groups of the text have their theatre in their id.
fn is_private(id: &str) -> bool {
    id.starts_with("t:") && !id.contains('@')
}
