//! Relays: the agency or broadcaster to whom a source speaks, which only passes it on.

use super::room::Room;
use super::speaker::{Manner, Voice, has};
use crate::claim::SpeakerKind;
use crate::phrase::{case_of, conjuncts, governors};
use crate::reading::WordAt;
use vigie_syntax::{Relation, Upos};

impl Room<'_> {
    /// The relays beside a verb of saying: "a affirmé à l'AFP X", "X, cité par Interfax", "dans un entretien au Monde".
    pub(crate) fn relays(&self, cue: WordAt, speaker: Option<usize>, content: &[usize], manner: Manner) -> Vec<Voice> {
        let parse = self.reading.parse(cue.sentence);
        let here = |word| WordAt { sentence: cue.sentence, word };
        let mut found = Vec::new();
        for word in self.below(cue) {
            let w = &parse.words[word];
            if Some(word) == speaker || content.contains(&word) || !matches!(w.upos, Upos::Noun | Upos::Propn | Upos::X)
            {
                continue;
            }
            // The words of the source itself name no relay, unless a participle says so.
            let within = speaker.is_some_and(|s| governors(parse, word).any(|g| g == s));
            let quoted = self.is_agent(cue.sentence, word)
                && parse.words[word]
                    .head
                    .is_some_and(|h| has(&self.words.relays.participles, &parse.words[h as usize].lemma));
            let told = !within && self.is_told_to(here(word)) && self.passes_on(here(word));
            if told || (quoted && self.passes_on(here(word))) {
                found.extend(self.relay(here(word), manner));
            }
        }
        found
    }

    /// The relay of a source phrase: "selon X, cité par l'AFP".
    pub(crate) fn relays_of_phrase(&self, head: WordAt, words: &[usize], manner: Manner) -> Vec<Voice> {
        let parse = self.reading.parse(head.sentence);
        let here = |word| WordAt { sentence: head.sentence, word };
        words
            .iter()
            .filter(|&&w| w != head.word && self.is_agent(head.sentence, w))
            .filter(|&&w| {
                parse.words[w].head.is_some_and(|h| has(&self.words.relays.participles, &parse.words[h as usize].lemma))
            })
            .filter(|&&w| self.passes_on(here(w)))
            .flat_map(|&w| self.relay(here(w), manner))
            .collect()
    }

    fn relay(&self, at: WordAt, manner: Manner) -> Vec<Voice> {
        let manner = Manner { anonymous: false, ..manner };
        let mut voices = self.voices(at, manner, &[]);
        voices.truncate(1);
        for voice in &mut voices {
            voice.speaker.kind = SpeakerKind::Relay;
            voice.speaker.joint = false;
        }
        voices
    }

    /// Does a preposition of relays mark it, or does it own an interview?
    fn is_told_to(&self, at: WordAt) -> bool {
        let parse = self.reading.parse(at.sentence);
        let marked = case_of(parse, at.word).is_some_and(|m| has(&self.words.relays.prepositions, m));
        let owner = parse.words[at.word].head.map(|h| h as usize);
        let interview = owner.is_some_and(|o| {
            has(&self.words.relays.interviews, &parse.words[o].lemma)
                || (parse.words[o].deprel.base == Relation::Nmod
                    && has(&self.words.nouns.audiences, &parse.words[o].lemma))
                || (has(&self.words.nouns.audiences, &parse.words[o].lemma)
                    && case_of(parse, o).is_some_and(|m| has(&self.words.relays.prepositions, m)))
        });
        marked || (interview && parse.words[at.word].deprel.base == Relation::Nmod)
    }

    /// Is it an agency or broadcaster? An audience ("à la presse") passes nothing on unless it is somebody's.
    pub(crate) fn passes_on(&self, at: WordAt) -> bool {
        let parse = self.reading.parse(at.sentence);
        let named = conjuncts(parse, at.word).into_iter().any(|w| {
            let words = crate::phrase::phrase_words(parse, w, crate::phrase::Extent::Core);
            words.iter().any(|&n| parse.words[n].upos != Upos::Det && self.is_relay_name(parse.words[n].span))
                || super::room::span_of(parse, &words).is_some_and(|s| self.is_relay_name(s))
        });
        let medium = self.is(&self.words.nouns.media, at) && !self.is(&self.words.nouns.audiences, at);
        let owned = self.is(&self.words.nouns.audiences, at)
            && parse
                .children(at.word)
                .any(|c| parse.words[c].deprel.base == Relation::Nmod && self.is_relay_name(parse.words[c].span));
        (named && !self.is(&self.words.nouns.audiences, at)) || medium || owned
    }
}
