//! Personal names in a phrase, and the body that the person speaks for.

use super::room::Room;
use super::speaker::{Voice, has};
use crate::phrase::{Extent, case_of, phrase_words};
use crate::reading::WordAt;
use vigie_resources::{actors_named, kind_of};
use vigie_syntax::{EntityLabel, NamedEntity, Relation, Upos};
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
        let is_title = |at| self.is(&nouns.offices, at) || self.is(&nouns.persons, at) || self.is(&nouns.titles, at);
        let titled = is_title(at);
        // "the army's spokesman, Major X": the name stands with a title of its own.
        let beside = parse.children(at.word).find(|&c| {
            c > at.word && parse.words[c].deprel.base == Relation::Appos && parse.words[c].upos == Upos::Noun
        });
        if let Some(beside) = beside.map(here).filter(|&b| titled && is_title(b))
            && let Some((name, body)) = self.person_name(beside)
        {
            return Some((name, self.body_of(at).or(body)));
        }
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

    /// A person by name, by office or by a noun for persons.
    pub(super) fn is_personal(&self, at: WordAt) -> bool {
        let nouns = &self.words.nouns;
        self.person_name(at).is_some()
            || [&nouns.persons, &nouns.offices, &nouns.titles].into_iter().any(|list| self.is(list, at))
    }

    /// A person or not, where a list, the registry or the recogniser tells.
    pub(super) fn personal(&self, at: WordAt) -> Option<bool> {
        if self.is_personal(at) {
            return Some(true);
        }
        let nouns = &self.words.nouns;
        let bodily = [&nouns.bodies, &nouns.media, &nouns.documents].into_iter().any(|list| self.is(list, at));
        let body = matches!(self.entity_label(at), Some(EntityLabel::Organisation | EntityLabel::Location));
        let known = || (self.resolve)(at).actor.is_some_and(|id| kind_of(&id).is_some_and(|kind| kind != "person"));
        (bodily || body || known()).then_some(false)
    }

    /// The person who was last the subject of a main clause that nobody is quoted with, in the sentences right before,
    /// whatever their paragraph; for a pronoun that may as well mean a body, a body that was it later comes between.
    pub(super) fn last_person(&self, at: WordAt, personal: bool) -> Option<WordAt> {
        let wanted = self.reading.word(at);
        for sentence in (0..at.sentence).rev().take(2) {
            let parse = self.reading.parse(sentence);
            let main = |verb: usize| {
                let mut verb = verb;
                while let (Relation::Conj, Some(up)) = (parse.words[verb].deprel.base, parse.words[verb].head) {
                    verb = up as usize;
                }
                parse.words[verb].head.is_none()
            };
            let subjects = (0..parse.words.len()).rev().map(|word| WordAt { sentence, word }).filter(|&here| {
                let w = self.reading.word(here);
                w.deprel.base == Relation::Nsubj
                    && matches!(w.upos, Upos::Noun | Upos::Propn)
                    && w.feats.get("Number") != Some("Plur")
                    && w.head.is_some_and(|verb| main(verb as usize))
                    && !self.inside_quote(here)
            });
            for here in subjects {
                let gender = match (wanted.feats.get("Gender"), self.reading.word(here).feats.get("Gender")) {
                    (Some(a), Some(b)) => a == b,
                    _ => true,
                };
                // A noun of office has one gender for all who hold it.
                let named = self.person_name(here).is_some();
                if named || gender && self.is_personal(here) && !self.is_indefinite(here) {
                    return Some(here);
                }
                if !personal && gender && self.may_speak(here) {
                    return None;
                }
            }
        }
        None
    }

    /// What happens says nothing: "the raids came", whoever the parser makes their verb the verb of.
    pub(super) fn is_deed(&self, at: WordAt) -> bool {
        self.reading.word(at).upos == Upos::Noun
            && self.frames.classes.get("harming").is_some_and(|list| self.is(list, at))
    }

    /// The name of a body as the registry or the recogniser has it, where its first word is a noun for persons
    /// ("Doctors Without Borders").
    pub(super) fn is_named_body(&self, at: WordAt, phrase: Span) -> bool {
        let parse = self.reading.parse(at.sentence);
        let bare = self.without_article(at, phrase);
        let text = self.reading.slice(bare);
        let capital = text.chars().next().is_some_and(char::is_uppercase);
        let listed = || actors_named(text).iter().any(|(entry, _)| entry.kind != "person");
        let tagged = || {
            let at = at.word as u32;
            let body = |e: &&NamedEntity| e.label == EntityLabel::Organisation && e.first == at && e.last > at;
            parse.entities.iter().any(|e| body(&e))
        };
        capital && self.reading.word(at).span.start() == bare.start() && (listed() || tagged())
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
            // "a volunteer group" tells of a group.
            .map(|w| match parse.words[w].head.map(|h| h as usize) {
                Some(head) if parse.words[w].deprel.base == Relation::Compound && head > w => head,
                _ => w,
            })
    }

    /// The body that an office is held in: the complement of its noun, or whom its possessive stands for ("leur
    /// porte-parole").
    pub(super) fn body_of(&self, office: WordAt) -> Option<WordAt> {
        let parse = self.reading.parse(office.sentence);
        let speaks = self.is(&self.words.nouns.spokespersons, office);
        let reference = &self.words.reference;
        parse
            .children(office.word)
            .filter(|&c| {
                parse.words[c].deprel.base == Relation::Nmod
                    && case_of(parse, c)
                        .is_some_and(|m| has(&reference.owner, m) || speaks && has(&reference.spoken_for, m))
            })
            .chain(
                parse
                    .children(office.word)
                    .filter(|&c| speaks && c < office.word && parse.words[c].feats.get("Poss") == Some("Yes")),
            )
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

    /// A last name after the whole name of the same person.
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
