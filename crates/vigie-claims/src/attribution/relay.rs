//! Relays: the agency or broadcaster to whom a source speaks, which only passes it on.

use super::room::Room;
use super::speaker::{Manner, Voice, has};
use crate::claim::{Speaker, SpeakerKind};
use crate::phrase::{case_of, conjuncts, governors};
use crate::reading::WordAt;
use vigie_resources::StanceKind;
use vigie_syntax::{Relation, Upos};

impl Room<'_> {
    /// The relays beside a verb of saying: "X told Reuters", "X, quoted by Interfax", "in an interview with a paper".
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
            // The words of the source itself name no relay, unless a participle says so or he stands behind his verb.
            let within = speaker.is_some_and(|s| {
                governors(parse, word).any(|g| g == s) && !(s > cue.word && self.is_told_behind(here(s), word))
            });
            let quoted = self.quotes_source(cue.sentence, word);
            // A newspaper without a name may be the one that prints it.
            let addressed = w.upos == Upos::Propn && self.is_addressee(here(word), cue);
            let told = addressed || self.is_told_to(here(word));
            let told = !within && told && self.passes_on(here(word));
            if told || (quoted && self.passes_on(here(word))) {
                found.extend(self.relay(here(word), manner));
            }
        }
        found
    }

    /// The relay of a source phrase: "according to X, quoted by an agency".
    pub(crate) fn relays_of_phrase(&self, head: WordAt, words: &[usize], manner: Manner) -> Vec<Voice> {
        let here = |word| WordAt { sentence: head.sentence, word };
        words
            .iter()
            .filter(|&&w| w != head.word && self.quotes_source(head.sentence, w))
            .filter(|&&w| self.passes_on(here(w)))
            .flat_map(|&w| self.relay(here(w), manner))
            .collect()
    }

    /// "quoted by an agency": the agent of a participle of quoting, a few words behind it.
    fn quotes_source(&self, sentence: usize, word: usize) -> bool {
        let parse = self.reading.parse(sentence);
        let marked = case_of(parse, word).is_some_and(|m| has(&self.frames.agents, m));
        marked
            && (word.saturating_sub(7)..word).rev().take_while(|&w| !self.is_comma(sentence, w)).any(|w| {
                matches!(parse.words[w].upos, Upos::Verb | Upos::Adj)
                    && has(&self.words.relays.participles, &parse.words[w].lemma)
            })
    }

    /// "l'AFP, qui cite X", "l'agence, citant X": whom an agency or broadcaster only quotes.
    pub(crate) fn quoted_by(&self, at: WordAt) -> Option<WordAt> {
        if !self.passes_on(at) {
            return None;
        }
        let parse = self.reading.parse(at.sentence);
        // A present participle behind the name may hang on the verb of saying.
        let governor = parse.words[at.word].head.map(|h| h as usize);
        let beside = governor.into_iter().flat_map(|g| parse.children(g)).filter(|&c| c > at.word && c < at.word + 8);
        let quotes = |&c: &usize| {
            matches!(parse.words[c].deprel.base, Relation::Acl | Relation::Advcl)
                && parse.words[c].upos == Upos::Verb
                && has(&self.words.relays.participles, &parse.words[c].lemma)
        };
        let verb = parse.children(at.word).chain(beside).find(quotes)?;
        let is_relative = |w: usize| parse.words[w].feats.get("PronType") == Some("Rel");
        let whom = parse.children(verb).find(|&c| parse.words[c].deprel.base == Relation::Obj && !is_relative(c))?;
        Some(WordAt { word: whom, ..at })
    }

    /// The last word of the relay's name that begins at a word.
    pub(crate) fn relay_name_at(&self, sentence: usize, word: usize) -> Option<usize> {
        let parse = self.reading.parse(sentence);
        let first = parse.words.get(word)?.span;
        (word..parse.words.len().min(word + 5)).rev().find(|&last| {
            let text = self.reading.slice(first.cover(parse.words[last].span)).replace('’', "'");
            has(&self.words.relays.names, &text)
        })
    }

    fn relay(&self, at: WordAt, manner: Manner) -> Vec<Voice> {
        let manner = Manner { anonymous: false, ..manner };
        // A known name is read off the surface: the parser joins it with the name that follows.
        if let Some(last) = self.relay_name_at(at.sentence, at.word) {
            let parse = self.reading.parse(at.sentence);
            let span = parse.words[at.word].span.cover(parse.words[last].span);
            let filler = (self.resolve)(at);
            let speaker = Speaker {
                span: Some(span),
                name: Some(self.reading.slice(span).to_owned()),
                actor: filler.actor,
                kind: SpeakerKind::Relay,
                cue: manner.cue,
                said_on: None,
                joint: false,
            };
            return vec![Voice::plain(speaker)];
        }
        let mut voices = self.voices(at, manner, &[]);
        voices.truncate(1);
        // "au quotidien X": a known name right behind its noun belongs to it, whatever it hangs on.
        if let (Some(last), Some(voice)) = (self.relay_name_at(at.sentence, at.word + 1), voices.first_mut()) {
            let words = &self.reading.parse(at.sentence).words;
            let span = words[at.word].span.cover(words[last].span);
            voice.speaker.span = Some(span);
            voice.speaker.name = Some(self.reading.slice(span).to_owned());
        }
        for voice in &mut voices {
            voice.speaker.kind = SpeakerKind::Relay;
            voice.speaker.joint = false;
        }
        voices
    }

    /// "said a doctor to the agency": a relay under its preposition, hung on the one who speaks and not on his verb.
    pub(super) fn is_told_behind(&self, speaker: WordAt, word: usize) -> bool {
        let parse = self.reading.parse(speaker.sentence);
        let w = &parse.words[word];
        w.head == Some(speaker.word as u32)
            && word > speaker.word
            && w.deprel.base == Relation::Nmod
            && case_of(parse, word).is_some_and(|m| has(&self.words.relays.prepositions, m))
            && self.is_relay_name(w.span)
            && self.is(&self.words.nouns.persons, speaker)
    }

    /// "told Reuters", "told us": is the bare object of a verb of telling somebody who is told?
    pub(super) fn is_addressee(&self, at: WordAt, cue: WordAt) -> bool {
        let parse = self.reading.parse(cue.sentence);
        let word = &parse.words[at.word];
        let tells = self.words.stance(&parse.words[cue.word].lemma, StanceKind::Verb).is_some_and(|s| s.addressee);
        tells
            && word.head == Some(cue.word as u32)
            && at.word > cue.word
            && matches!(word.deprel.base, Relation::Obj | Relation::Iobj)
            && case_of(parse, at.word).is_none()
            && (self.passes_on(at) || self.may_speak(at) || word.feats.get("Person") == Some("1"))
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

    /// Is it an agency or broadcaster? An audience ("to the press") passes nothing on unless it is somebody's.
    pub(crate) fn passes_on(&self, at: WordAt) -> bool {
        let parse = self.reading.parse(at.sentence);
        let named = conjuncts(parse, at.word).into_iter().any(|w| {
            let words = crate::phrase::phrase_words(parse, w, crate::phrase::Extent::Core);
            words.iter().any(|&n| parse.words[n].upos != Upos::Det && self.is_relay_name(parse.words[n].span))
                || super::room::span_of(parse, &words).is_some_and(|s| self.is_relay_name(s))
        });
        // Somebody's own site is the place where he speaks.
        let own = parse.children(at.word).any(|c| parse.words[c].feats.get("Poss") == Some("Yes"));
        let medium = self.is(&self.words.nouns.media, at) && !self.is(&self.words.nouns.audiences, at) && !own;
        let owned = self.is(&self.words.nouns.audiences, at)
            && parse
                .children(at.word)
                .any(|c| parse.words[c].deprel.base == Relation::Nmod && self.is_relay_name(parse.words[c].span));
        (named && !self.is(&self.words.nouns.audiences, at)) || medium || owned
    }
}
