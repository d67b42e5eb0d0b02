//! Personal names in a phrase, and the body that the person speaks for.

use super::room::Room;
use super::speaker::{Voice, has};
use crate::phrase::{Extent, case_of, phrase_words};
use crate::reading::WordAt;
use vigie_syntax::{EntityLabel, Relation, Upos};
use vigie_text::Span;

impl Room<'_> {
    /// The personal name in a phrase and the body that the person speaks for: "the spokesman of the army, X Y",
    /// "X Y, head of the hospital", "the Malian minister X Y".
    pub(crate) fn person_name(&self, at: WordAt) -> Option<(Span, Option<WordAt>)> {
        let parse = self.reading.parse(at.sentence);
        let word = &parse.words[at.word];
        let nouns = &self.words.nouns;
        let here = |w| WordAt { sentence: at.sentence, word: w };
        if word.upos == Upos::Propn {
            let span = self.name_span(at);
            let described = self
                .description(at.sentence, span)
                .filter(|&d| self.is(&nouns.offices, here(d)) || self.is(&nouns.persons, here(d)));
            return match self.entity_label(at) {
                Some(EntityLabel::Person) if !self.is_metonym(at, span) => {
                    Some((span, described.and_then(|d| self.body_of(here(d)))))
                }
                Some(_) => None,
                None if described.is_some() => Some((span, described.and_then(|d| self.body_of(here(d))))),
                None if self.is_relay_name(span) || (self.resolve)(at).actor.is_some() => None,
                None => self.looks_personal(at).then_some((span, None)),
            };
        }
        if word.upos != Upos::Noun {
            return None;
        }
        // "le gouvernement X" is a body, "le groupe, X" too.
        if self.is(&nouns.bodies, at) && !self.is(&nouns.offices, at) {
            return None;
        }
        let titled = self.is(&nouns.offices, at) || self.is(&nouns.persons, at) || self.is(&nouns.titles, at);
        let name = parse
            .children(at.word)
            .find(|&c| {
                let w = &parse.words[c];
                w.upos == Upos::Propn
                    && c > at.word
                    && case_of(parse, c).is_none()
                    && matches!(w.deprel.base, Relation::Appos | Relation::Nmod | Relation::Flat | Relation::Compound)
            })
            .or_else(|| titled.then(|| self.name_after(at)).flatten())?;
        let label = self.entity_label(here(name));
        let personal = label == Some(EntityLabel::Person)
            || (titled && !matches!(label, Some(EntityLabel::Organisation | EntityLabel::Location)));
        let body = self.body_of(at);
        personal.then(|| (self.name_span(here(name)), body))
    }

    /// A capital or a group that a recogniser took for a person: one word that the registry knows under a name that
    /// is not a longer one of a person.
    pub(super) fn is_metonym(&self, at: WordAt, span: Span) -> bool {
        let filler = (self.resolve)(at);
        let text = self.reading.slice(span);
        !text.contains(' ')
            && filler.actor.is_some()
            && !(filler.name.len() > text.len() && filler.name.ends_with(text))
    }

    /// A name right after the phrase of an office and a comma, whatever it hangs on: "le porte-parole du Kremlin, X".
    pub(super) fn name_after(&self, at: WordAt) -> Option<usize> {
        let parse = self.reading.parse(at.sentence);
        let phrase = phrase_words(parse, at.word, Extent::Core);
        let end = phrase.iter().position(|&w| w > at.word && self.is_comma(at.sentence, w)).unwrap_or(phrase.len());
        let last = *phrase[..end].last()?;
        let next = if parse.words.get(last + 1)?.form == "," { last + 2 } else { last + 1 };
        let word = parse.words.get(next)?;
        let several = parse.words.get(next + 1).is_some_and(|w| w.upos == Upos::Propn);
        (word.upos == Upos::Propn && (several || next == last + 1)).then_some(next)
    }

    /// The noun of an apposition right after a name and a comma.
    pub(super) fn description(&self, sentence: usize, name: Span) -> Option<usize> {
        let parse = self.reading.parse(sentence);
        let comma = parse.words.iter().position(|w| w.span.start() >= name.end())?;
        if !self.is_comma(sentence, comma) {
            return None;
        }
        (comma + 1..parse.words.len().min(comma + 4))
            .take_while(|&w| {
                w == comma + 1 || !matches!(parse.words[w - 1].upos, Upos::Noun | Upos::Adp | Upos::Verb | Upos::Pron)
            })
            .find(|&w| parse.words[w].upos == Upos::Noun)
    }

    /// The body that an office is held in: the complement of its noun.
    pub(super) fn body_of(&self, office: WordAt) -> Option<WordAt> {
        let parse = self.reading.parse(office.sentence);
        parse
            .children(office.word)
            .filter(|&c| {
                parse.words[c].deprel.base == Relation::Nmod
                    && case_of(parse, c).is_some_and(|m| has(&self.words.reference.owner, m))
            })
            .map(|word| WordAt { sentence: office.sentence, word })
            .next()
    }

    /// A name of several words without an article, when no recogniser has labelled it.
    pub(super) fn looks_personal(&self, at: WordAt) -> bool {
        let parse = self.reading.parse(at.sentence);
        let parts = parse
            .children(at.word)
            .filter(|&c| parse.words[c].deprel.base == Relation::Flat && parse.words[c].upos == Upos::Propn)
            .count();
        let article = parse.children(at.word).any(|c| parse.words[c].deprel.base == Relation::Det);
        parse.entities.is_empty() && parts >= 1 && !article
    }

    /// "Lavrov" after "Sergueï Lavrov".
    pub(super) fn full_name(&self, name: &str, before: &[Voice]) -> String {
        let longer =
            before.iter().rev().filter_map(|v| v.speaker.name.as_deref()).find(|known| {
                known.len() > name.len() && known.strip_suffix(name).is_some_and(|rest| rest.ends_with(' '))
            });
        longer.unwrap_or(name).to_owned()
    }

    /// The name's own words: the proper noun with its flat parts, or the entity around it.
    pub(super) fn name_span(&self, at: WordAt) -> Span {
        let parse = self.reading.parse(at.sentence);
        if let Some(entity) = parse.entities.iter().find(|e| (e.first..=e.last).contains(&(at.word as u32))) {
            return entity.span;
        }
        // Proper nouns in a row: the parser hangs the parts of a foreign name anywhere.
        let words = &parse.words;
        let own = words[at.word].head;
        let joined = |w: usize| {
            words[w].upos == Upos::Propn
                && (words[w].deprel.base == Relation::Flat
                    || words[w].head == own
                    || words[w].head.is_some_and(|h| (at.word..w).contains(&(h as usize))))
        };
        let last = (at.word + 1..words.len()).take_while(|&w| joined(w)).last().unwrap_or(at.word);
        words[at.word].span.cover(words[last].span)
    }

    pub(super) fn entity_label(&self, at: WordAt) -> Option<EntityLabel> {
        let parse = self.reading.parse(at.sentence);
        let at = at.word as u32;
        parse.entities.iter().find(|e| e.first <= at && at <= e.last).map(|e| e.label)
    }
}
