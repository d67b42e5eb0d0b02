//! A phrase to a source: who it is, what sort of source, under which name.

use super::room::{Room, lower, span_of};
use crate::claim::{Speaker, SpeakerKind};
use crate::phrase::{Extent, case_of, conjuncts, phrase_words};
use crate::reading::WordAt;
use smol_str::SmolStr;
use vigie_syntax::{Relation, Upos};
use vigie_text::Span;

/// A speaker, and the gender and number by which a pronoun can mean it.
#[derive(Debug, Clone)]
pub(crate) struct Voice {
    pub speaker: Speaker,
    pub gender: Option<SmolStr>,
    pub number: Option<SmolStr>,
    /// A person, or a state, body or text; `None` where nothing tells.
    pub person: Option<bool>,
}

impl Voice {
    /// A speaker of whom no more is known than who it is.
    pub(crate) fn plain(speaker: Speaker) -> Self {
        Self { speaker, gender: None, number: None, person: None }
    }
}

/// What the words around a source say about it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Manner {
    /// The word of saying.
    pub cue: Option<Span>,
    /// Anonymity is asked for.
    pub anonymous: bool,
}

impl Room<'_> {
    /// The sources that a phrase names; several when they are coordinated. Empty when it names nobody.
    pub(crate) fn voices(&self, head: WordAt, manner: Manner, before: &[Voice]) -> Vec<Voice> {
        let parse = self.reading.parse(head.sentence);
        let behind = head.word + 1;
        let alone = parse.words[head.word].upos == Upos::Pron
            && behind < parse.words.len()
            && self.is_comma(head.sentence, behind);
        let heads: Vec<usize> = conjuncts(parse, head.word)
            .into_iter()
            .filter(|&w| w == head.word || matches!(parse.words[w].upos, Upos::Noun | Upos::Propn | Upos::Pron))
            .filter(|&w| w == head.word || !self.continues_name(head, w))
            // "According to him, six fighters died": behind a pronoun and a comma somebody else is told.
            .take_while(|&w| w == head.word || !alone)
            .collect();
        let mut voices = Vec::new();
        for word in heads {
            let at = WordAt { sentence: head.sentence, word };
            voices.extend(self.one(at, manner, before, 0));
        }
        let joint = voices.len() > 1;
        for voice in &mut voices {
            voice.speaker.joint = joint;
        }
        if let Some(quoted) = self.quoted_by(head).filter(|_| voices.len() == 1) {
            voices[0].speaker.kind = SpeakerKind::Relay;
            voices.extend(self.one(quoted, manner, before, 1));
        }
        voices
    }

    /// "l'ONG Justice et Paix": a coordinated proper noun without an article, right behind the name of a body, is part
    /// of that name.
    fn continues_name(&self, head: WordAt, conjunct: usize) -> bool {
        let parse = self.reading.parse(head.sentence);
        let word = &parse.words[conjunct];
        let bare =
            parse.children(conjunct).all(|c| !matches!(parse.words[c].deprel.base, Relation::Det | Relation::Case));
        let named = conjunct >= 2 && parse.words[conjunct - 2].upos == Upos::Propn && conjunct - 2 != head.word;
        let one_entity =
            parse.entities.iter().any(|e| e.last == conjunct as u32 && conjunct >= 2 && e.first + 2 <= conjunct as u32);
        word.upos == Upos::Propn && bare && (one_entity || (named && self.is(&self.words.nouns.bodies, head)))
    }

    fn one(&self, at: WordAt, manner: Manner, before: &[Voice], depth: usize) -> Vec<Voice> {
        let parse = self.reading.parse(at.sentence);
        let word = &parse.words[at.word];
        let form = lower(&word.form);
        let reference = &self.words.reference;
        let relative = word.feats.get("PronType") == Some("Rel");
        // "said one, a teacher": what is told of a numeral makes somebody of it.
        let counted =
            word.upos == Upos::Num && parse.children(at.word).any(|c| parse.words[c].deprel.base == Relation::Appos);
        if relative || has(&reference.nobody, &form) && !counted || has(&reference.first_person, &form) {
            return Vec::new();
        }
        let pronoun = word.upos == Upos::Pron && has(&reference.pronouns, &form);
        if pronoun || (self.is_demonstrative(at) && has(&reference.pronouns, &word.lemma)) {
            return vec![self.meant_by(at, manner, before)];
        }
        if depth < 3
            && self.is(&self.words.nouns.documents, at)
            && !self.is(&self.words.nouns.persons, at)
            && let Some(authors) = self.authors(at, manner, before, depth)
        {
            return authors;
        }
        vec![self.told(at, manner, before)]
    }

    /// Whose a text or a figure is: "the figures given by X", "a statement of the ministry".
    fn authors(&self, at: WordAt, manner: Manner, before: &[Voice], depth: usize) -> Option<Vec<Voice>> {
        let parse = self.reading.parse(at.sentence);
        let agent = parse
            .children(at.word)
            .filter(|&c| parse.words[c].deprel.base == Relation::Acl)
            .find_map(|c| parse.children(c).find(|&a| self.is_agent(at.sentence, a)));
        let owner = parse.children(at.word).find(|&c| {
            matches!(parse.words[c].deprel.base, Relation::Nmod | Relation::Obl)
                && case_of(parse, c).is_some_and(|m| has(&self.words.reference.owner, m))
                && self.may_speak(WordAt { sentence: at.sentence, word: c })
        });
        let head = agent.or(owner)?;
        let mut voices = Vec::new();
        for word in conjuncts(parse, head) {
            voices.extend(self.one(WordAt { sentence: at.sentence, word }, manner, before, depth + 1));
        }
        (!voices.is_empty()).then_some(voices)
    }

    pub(crate) fn is_agent(&self, sentence: usize, word: usize) -> bool {
        let parse = self.reading.parse(sentence);
        // The parser's label of agents is too generous: only the preposition of agents counts.
        parse.words[word].deprel.base == Relation::Obl
            && case_of(parse, word).is_some_and(|m| has(&self.frames.agents, m))
    }

    /// May this noun speak: a name, a person, a body?
    pub(crate) fn may_speak(&self, at: WordAt) -> bool {
        let nouns = &self.words.nouns;
        self.reading.word(at).upos == Upos::Propn
            || [&nouns.bodies, &nouns.persons, &nouns.offices, &nouns.parties, &nouns.media]
                .into_iter()
                .any(|list| self.is(list, at))
            || (self.resolve)(at).actor.is_some()
    }

    /// Somebody told by name or noun.
    fn told(&self, at: WordAt, manner: Manner, before: &[Voice]) -> Voice {
        let parse = self.reading.parse(at.sentence);
        let word = &parse.words[at.word];
        let phrase = self.phrase(at);
        let filler = (self.resolve)(at);
        let person = self.person_name(at);
        let anonymous = manner.anonymous || self.mentions_anonymity(at);
        let mut actor = filler.actor.clone();
        let (span, name, kind) = if let (Some((span, body)), false) = (&person, anonymous) {
            if let Some(body) = body {
                actor = (self.resolve)(*body).actor.or(actor);
            }
            let name = self.full_name(self.reading.slice(*span), before);
            (*span, name, SpeakerKind::Named)
        } else {
            let known = filler.actor.as_ref().map(|_| filler.name.clone()).filter(|n| !n.is_empty());
            let body = self.is_named_body(at, phrase);
            let kind = match () {
                () if anonymous => SpeakerKind::Anonymous,
                () if body => SpeakerKind::Institution,
                () => self.kind(at, before),
            };
            let bare = self.without_article(at, phrase);
            let name = if kind == SpeakerKind::Institution && (word.upos == Upos::Propn || body) {
                known.unwrap_or_else(|| self.reading.slice(bare).to_owned())
            } else if kind == SpeakerKind::Unresolved {
                self.reading.slice(phrase).to_owned()
            } else {
                self.reading.slice(bare).to_owned()
            };
            (phrase, name, kind)
        };
        // "ce responsable" after "un responsable" is the same one.
        if self.is_demonstrative(at)
            && word.upos == Upos::Noun
            && kind != SpeakerKind::Named
            && let Some(voice) = self.same_noun(at, before)
        {
            let mut voice = voice.clone();
            voice.speaker.cue = manner.cue;
            voice.speaker.joint = false;
            return voice;
        }
        let feature = |key| word.feats.get(key).map(SmolStr::from);
        Voice {
            speaker: Speaker {
                span: Some(span),
                name: Some(name),
                actor,
                kind,
                cue: manner.cue,
                said_on: None,
                joint: false,
            },
            gender: feature("Gender"),
            number: feature("Number"),
            person: self.personal(at),
        }
    }

    /// The last source that a pronoun can mean, else the last person who was the subject of a clause, else nobody known.
    fn meant_by(&self, at: WordAt, manner: Manner, before: &[Voice]) -> Voice {
        let word = self.reading.word(at);
        // "he" is a person whoever else has spoken, and "it" is none.
        let places = &self.names.places;
        let form = lower(&word.form);
        let (personal, impersonal) = (has(&places.personal, &form), has(&places.impersonal, &form));
        let sort = |person: Option<bool>| !(personal && person == Some(false) || impersonal && person == Some(true));
        let agrees = |voice: &&Voice| {
            let same = |ours: Option<&str>, theirs: &Option<SmolStr>| match (ours, theirs) {
                (Some(a), Some(b)) => a == b,
                _ => true,
            };
            voice.speaker.kind != SpeakerKind::Relay
                && voice.speaker.name.is_some()
                && sort(voice.person)
                && same(word.feats.get("Number"), &voice.number)
                && (voice.speaker.kind == SpeakerKind::Named || same(word.feats.get("Gender"), &voice.gender))
        };
        let voice = before.iter().rev().find(agrees);
        // A person told since a state or a body spoke is nearer than these.
        let single = word.feats.get("Number") == Some("Sing");
        let spoke = voice.and_then(|v| v.speaker.span).map_or(0, Span::start);
        if single
            && !impersonal
            && voice.is_none_or(|v| v.person == Some(false))
            && let Some(person) = self.last_person(at, personal)
            && self.reading.word(person).span.start() > spoke
        {
            return self.told(person, manner, before);
        }
        if let Some(voice) = voice {
            let mut voice = voice.clone();
            voice.speaker.cue = manner.cue;
            voice.speaker.joint = false;
            return voice;
        }
        let told = [Relation::Nsubj, Relation::Obj].into_iter().take(if impersonal { 2 } else { 1 });
        if let Some(body) = told.into_iter().find_map(|base| self.last_told(at, base, &sort)) {
            return self.told(body, manner, before);
        }
        let filler = (self.resolve)(at);
        let own = word.span;
        let known = filler.span != own && filler.actor.is_some();
        let person = personal.then_some(true);
        Voice {
            speaker: Speaker {
                span: Some(if known { filler.span } else { own }),
                name: Some(if known {
                    filler.name
                } else {
                    self.reading.slice(own).rsplit('-').next().unwrap_or_default().to_owned()
                }),
                actor: filler.actor,
                kind: if known { SpeakerKind::Institution } else { SpeakerKind::Unresolved },
                cue: manner.cue,
                said_on: None,
                joint: false,
            },
            gender: word.feats.get("Gender").map(SmolStr::from),
            number: word.feats.get("Number").map(SmolStr::from),
            person,
        }
    }

    /// The person or body of the wanted sort that was last the subject, or the object, of a clause in the same paragraph.
    fn last_told(&self, at: WordAt, base: Relation, sort: &dyn Fn(Option<bool>) -> bool) -> Option<WordAt> {
        let part = self.reading.sentence(at.sentence).part;
        let wanted = self.reading.word(at);
        for sentence in (0..at.sentence).rev().take_while(|&s| self.reading.sentence(s).part == part).take(3) {
            let parse = self.reading.parse(sentence);
            for word in (0..parse.words.len()).rev() {
                let w = &parse.words[word];
                let found = WordAt { sentence, word };
                // A noun of office has one gender for all who hold it: beside a name it does not count.
                let keys: &[&str] = if self.person_name(found).is_some() { &["Number"] } else { &["Number", "Gender"] };
                let fits = keys.iter().all(|key| match (wanted.feats.get(key), w.feats.get(key)) {
                    (Some(a), Some(b)) => a == b,
                    _ => true,
                });
                if w.deprel.base == base
                    && matches!(w.upos, Upos::Noun | Upos::Propn)
                    && fits
                    && sort(self.personal(found))
                    && (self.person_name(found).is_some() || self.may_speak(found))
                {
                    return Some(found);
                }
            }
        }
        None
    }

    fn same_noun<'b>(&self, at: WordAt, before: &'b [Voice]) -> Option<&'b Voice> {
        let lemma = lower(&self.reading.word(at).lemma);
        before.iter().rev().find(|v| {
            v.speaker.kind != SpeakerKind::Unresolved
                && v.speaker.span.is_some_and(|s| {
                    let text = self.reading.slice(s).to_lowercase();
                    text.split(|c: char| !c.is_alphanumeric() && c != '-').any(|w| w == lemma)
                })
        })
    }

    fn kind(&self, at: WordAt, before: &[Voice]) -> SpeakerKind {
        let nouns = &self.words.nouns;
        let word = self.reading.word(at);
        if word.upos == Upos::Pron {
            return SpeakerKind::Anonymous;
        }
        if word.upos == Upos::Propn {
            return SpeakerKind::Institution;
        }
        let is = |list: &[String]| self.is(list, at);
        let plural = word.feats.get("Number") == Some("Plur");
        let indefinite = self.is_indefinite(at);
        let demonstrative = self.is_demonstrative(at);
        let personal = is(&nouns.persons) || is(&nouns.offices);
        if demonstrative && (personal || !is(&nouns.bodies)) {
            // Without a name the text does not say which one, unless it told before.
            return self.same_noun(at, before).map_or(SpeakerKind::Unresolved, |v| v.speaker.kind);
        }
        if is(&nouns.spokespersons) {
            return SpeakerKind::Institution;
        }
        if is(&nouns.parties) && (plural || !indefinite) {
            return SpeakerKind::Institution;
        }
        if is(&nouns.offices) && !indefinite && !plural {
            return SpeakerKind::Institution;
        }
        if is(&nouns.documents) && !is(&nouns.persons) {
            return SpeakerKind::Unresolved;
        }
        if personal {
            return SpeakerKind::Anonymous;
        }
        if is(&nouns.bodies) || is(&nouns.media) || (self.resolve)(at).actor.is_some() {
            return SpeakerKind::Institution;
        }
        // A noun that no list holds: "un X" is somebody, "le X" a body.
        if indefinite { SpeakerKind::Anonymous } else { SpeakerKind::Institution }
    }

    /// The phrase as a reader would underline it.
    pub(crate) fn phrase(&self, at: WordAt) -> Span {
        let parse = self.reading.parse(at.sentence);
        let mut words = phrase_words(parse, at.word, Extent::Core);
        // "le gouvernement X": a name right behind its noun belongs to it, whatever the parser calls it.
        if let Some(last) = words.last().copied()
            && parse
                .words
                .get(last + 1)
                .is_some_and(|w| w.upos == Upos::Propn && w.head.is_some_and(|h| words.contains(&(h as usize))))
        {
            words.push(last + 1);
        }
        if let Some(last) = conjuncts(parse, at.word).into_iter().rfind(|&c| c != at.word && self.continues_name(at, c))
        {
            words.extend(words.last().map_or(last, |w| w + 1)..=last);
        }
        // "un officier sous couvert d'anonymat": the manner is no part of the name.
        let manner = parse.children(at.word).find(|&c| {
            c > at.word
                && crate::phrase::subtree(parse, c, |_| true)
                    .iter()
                    .any(|&w| has(&self.words.nouns.anonymity, &parse.words[w].lemma))
        });
        if let Some(manner) = manner {
            let branch = crate::phrase::subtree(parse, manner, |_| true);
            words.retain(|w| !branch.contains(w));
        }
        // "a doctor to the agency": whom he spoke to is no part of the name either.
        let told = parse.children(at.word).find(|&c| self.is_told_behind(at, c));
        if let Some(told) = told {
            let branch = crate::phrase::subtree(parse, told, |_| true);
            words.retain(|w| !branch.contains(w));
        }
        // A relative or participle that the parser hung on as an adjective runs away behind a comma: stop there.
        let stops = |w: usize| {
            let word = &parse.words[w];
            self.is_comma(at.sentence, w) || word.feats.get("VerbForm") == Some("Fin")
        };
        let from = words.iter().position(|&w| w < at.word && stops(w)).map_or(0, |p| p + 1);
        let cut = words.iter().position(|&w| w > at.word && stops(w)).unwrap_or(words.len());
        span_of(parse, &words[from.min(cut)..cut]).unwrap_or(parse.words[at.word].span)
    }

    pub(super) fn without_article(&self, at: WordAt, phrase: Span) -> Span {
        let parse = self.reading.parse(at.sentence);
        let article = parse
            .children(at.word)
            .filter(|&c| parse.words[c].deprel.base == Relation::Det && parse.words[c].span.start() == phrase.start());
        let end = article.map(|c| parse.words[c].span.end()).max();
        let Some(end) = end.filter(|&e| e < phrase.end()) else { return phrase };
        let rest = &self.reading.text[end..phrase.end()];
        Span::new(phrase.end() - rest.trim_start().len(), phrase.end())
    }

    fn determiner(&self, at: WordAt, key: &str, value: &str) -> bool {
        let parse = self.reading.parse(at.sentence);
        parse
            .children(at.word)
            .any(|c| parse.words[c].deprel.base == Relation::Det && parse.words[c].feats.get(key) == Some(value))
    }

    pub(crate) fn is_demonstrative(&self, at: WordAt) -> bool {
        self.determiner(at, "PronType", "Dem")
    }

    /// No determiner or owner ("Turkey's foreign minister"), an indefinite one, or a number: somebody of that sort.
    pub(super) fn is_indefinite(&self, at: WordAt) -> bool {
        let parse = self.reading.parse(at.sentence);
        self.determiner(at, "Definite", "Ind")
            || self.determiner(at, "PronType", "Ind")
            || parse.children(at.word).all(|c| {
                let deprel = &parse.words[c].deprel;
                deprel.base != Relation::Det && deprel.sub != "poss"
            })
    }

    pub(crate) fn mentions_anonymity(&self, at: WordAt) -> bool {
        let parse = self.reading.parse(at.sentence);
        crate::phrase::subtree(parse, at.word, |_| true)
            .into_iter()
            .any(|w| has(&self.words.nouns.anonymity, &parse.words[w].lemma))
    }

    pub(crate) fn is(&self, list: &[String], at: WordAt) -> bool {
        let word = self.reading.word(at);
        word.upos != Upos::Propn && has(list, &lower(&word.lemma))
    }
}

pub(crate) fn has(list: &[String], word: &str) -> bool {
    list.iter().any(|l| l == word)
}
