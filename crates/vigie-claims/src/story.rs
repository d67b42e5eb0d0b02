//! One story to its claims: every room of this floor is used here, in the order in which a reader would think.

mod arguments;
mod counted;
mod places;
mod sites;
mod when;

use crate::attribution::Voices;
use crate::claim::{
    Argument, Certainty, Claim, ClaimId, Factuality, PlaceMention, Polarity, Realis, Role, RuleId, Speaker, SpeakerKind,
};
use crate::factuality::factuality;
use crate::figure::{FigureAt, figures};
use crate::frame::{Frame, NAMED, frames, is_again, tells_a_state};
use crate::functions::{Functions, marker};
use crate::mend::mended;
use crate::reading::{Reading, WordAt};
use crate::scene::Scene;
use crate::slots::{Kinds, TOPIC};
use crate::timex::{Calendar, Timex, timexes};
use places::CONTROL;
use std::sync::Arc;
use vigie_resources::{FrameWords, Predicate, TriggerRule, Triggers, frame_words, triggers};
use vigie_syntax::{EntityLabel, Parse, Relation, Upos};
use vigie_text::{DocumentId, Span};

/// The claims of one story, in text order.
#[must_use]
pub fn read_story(document: DocumentId, reading: &Reading) -> Vec<Claim> {
    let language = reading.language();
    let parses: Vec<Parse> = reading.parses.iter().map(|parse| mended(parse, language)).collect();
    let reading = &Reading { parses: &parses, ..*reading };
    let scene = Scene::of(reading);
    let calendar = Calendar::of(reading);
    // "their spokesman": a possessive stands for whom it means.
    let owner = |at: WordAt| scene.antecedent(at).filter(|_| reading.word(at).upos == Upos::Det);
    let voices = Voices::of(reading, &|at| scene.filler(owner(at).unwrap_or(at)));
    let room = Room {
        reading,
        document,
        words: frame_words(language),
        triggers: triggers(reading.language()),
        scene: &scene,
        calendar: &calendar,
        voices: &voices,
    };
    let mut claims = Vec::new();
    for sentence in 0..reading.parses.len() {
        room.read_sentence(sentence, &mut claims);
    }
    claims.sort_by_key(|a| (a.trigger, a.predicate, a.id));
    claims.dedup_by(|b, a| a.id == b.id);
    claims
}

struct Room<'a> {
    reading: &'a Reading<'a>,
    document: DocumentId,
    words: &'a FrameWords,
    triggers: &'a Triggers,
    scene: &'a Scene<'a>,
    calendar: &'a Calendar,
    voices: &'a Voices,
}

/// What is known of one sentence before its triggers are read.
struct Line<'a> {
    room: &'a Room<'a>,
    index: usize,
    parse: &'a Parse,
    timexes: Vec<Timex>,
    figures: Vec<FigureAt>,
}

impl Kinds for Line<'_> {
    fn is(&self, word: usize, kind: &str) -> bool {
        let at = WordAt { sentence: self.index, word };
        let scene = self.room.scene;
        if self.timexes.iter().any(|t| t.words.0 <= word && word <= t.words.1) {
            return kind == "timex";
        }
        // A number without a noun is of the sort that it stands for.
        if let Some(noun) = self.figures.iter().find(|f| f.head == word).and_then(|f| f.stands_for) {
            return self.is(noun, kind);
        }
        let listed = |class: &str| self.listed(class, word);
        let counted = || {
            let here = |f: &&FigureAt| f.head == word || (f.words.0 <= word && word <= f.words.1);
            self.figures.iter().filter(here).any(|f| !matches!(f.figure.unit.as_str(), "money" | "percent"))
        };
        // "thirty kilometres from the town" is neither struck nor given.
        let is_distance = || {
            let here = |f: &&FigureAt| f.head == word || (f.words.0 <= word && word <= f.words.1);
            self.figures.iter().filter(here).any(|f| matches!(f.figure.unit.as_str(), "km" | "metres" | "miles"))
        };
        match kind {
            "place" => {
                scene.is_place(at)
                    || listed("site")
                    || self.is_unknown_name(at)
                    || (listed("quantity") && self.counted_noun(word).is_some_and(|noun| self.is(noun, kind)))
                    || self.pronoun_place(word).is_some()
            }
            // An adjective names somebody who acts when it is one of a country or side ("Russian raids").
            "actor" => {
                let describes = self.parse.words[word].upos == Upos::Adj;
                scene.is_actor(at)
                    || self.pronoun_is(at, |s, a| s.is_actor(a))
                    || self.room.speakers_own(at).is_some()
                    || (describes && scene.actor_of_adjective(at).is_some())
            }
            "state" => scene.is_state(at),
            TOPIC => scene.topic(at).is_some(),
            NAMED => scene.name_at(at).is_some_and(|n| n.first < n.last && !n.actors.is_empty()),
            // Whoever may stand on one side of politics: also those whom only a pronoun or an unknown name tells, and
            // countries behind a preposition that as a rule tells where.
            "party" => {
                listed("body")
                    || listed("people")
                    || listed("armed")
                    || listed("civil")
                    || listed("person")
                    || self.is(word, "actor")
                    || self.is_party(at)
            }
            // The same for what is only searched for inside what somebody says or does: no pronoun, no common noun that
            // names nobody.
            "side" => {
                let word = &self.parse.words[word];
                word.upos != Upos::Pron && (self.is(at.word, "actor") || word.upos == Upos::Propn && self.is_party(at))
            }
            "armed" => listed("armed") || (!listed("civil") && self.is(word, "actor")),
            "civil" => listed("civil"),
            "people" => {
                listed("civil")
                    || listed("armed")
                    || listed("people")
                    || self.is(word, "actor")
                    || self.is_somebody(word)
            }
            "person" => listed("person") || scene.is_person(at),
            "counted" => counted() && (listed("civil") || listed("armed") || listed("people")),
            "counted-civil" => counted() && listed("civil"),
            "thing" => !scene.is_place(at) && !self.is(word, "people") && !is_distance(),
            "site" => listed("site") || self.is(word, "place"),
            "timex" => false,
            "name" => self.parse.words[word].upos == Upos::Propn && self.is(word, "place"),
            "target" => !is_distance(),
            "agent" | "any" => true,
            class => listed(class),
        }
    }

    fn is_denied(&self, word: usize) -> bool {
        let at = WordAt { sentence: self.index, word };
        factuality(self.room.reading, at, self.room.voices).0.polarity == Polarity::Negative
    }
}

impl Line<'_> {
    /// Is the word one of a class of nouns?
    fn listed(&self, class: &str, word: usize) -> bool {
        let lemma = self.parse.words[word].lemma.to_lowercase();
        self.room.words.classes.get(class).is_some_and(|list| list.contains(&lemma))
    }

    /// The noun that a noun of quantity counts ("une série de bases").
    fn counted_noun(&self, quantity: usize) -> Option<usize> {
        self.parse.children(quantity).find(|&c| self.parse.words[c].deprel.base == Relation::Nmod)
    }

    /// A proper name that no registry knows and nobody tagged as a person or body: where a place is wanted, it is one.
    fn is_unknown_name(&self, at: WordAt) -> bool {
        let w = &self.parse.words[at.word];
        let word = at.word as u32;
        let tagged = self.parse.entities.iter().find(|e| e.first <= word && word <= e.last).map(|e| e.label);
        w.upos == Upos::Propn
            && w.form.chars().next().is_some_and(char::is_uppercase)
            && !matches!(tagged, Some(EntityLabel::Person | EntityLabel::Organisation))
            && self.room.scene.filler(at).actor.is_none_or(|id| id.starts_with("t:"))
    }

    /// A common noun that tells of a deed, and of nobody.
    fn is_deed(&self, word: usize) -> bool {
        let w = &self.parse.words[word];
        // Behind its preposition alone ("in the camp of") it tells something; elsewhere it may be somebody.
        let tells = |rule: &Arc<TriggerRule>| rule.pos == Upos::Noun.as_str() && rule.case.is_none();
        // Whose fire it is does it ("Israeli fire"), and not the fire.
        let belongs =
            || self.room.scene.generic(WordAt { sentence: self.index, word }).is_some_and(|n| n.class == "belonging");
        w.upos == Upos::Noun
            && (!self.is(word, "people") || belongs())
            && self.room.triggers.of(&w.lemma.to_lowercase()).iter().any(tells)
    }

    /// A proper name that no registry knows, whatever the recogniser takes it for.
    fn is_unregistered_name(&self, word: usize) -> bool {
        let at = WordAt { sentence: self.index, word };
        self.parse.words[word].upos == Upos::Propn
            && !self.is(word, "timex")
            && self.room.scene.filler(at).actor.is_none_or(|id| id.starts_with("t:"))
    }

    /// "those who fled", "everyone": people of whom no name and no noun tells who they are.
    fn is_somebody(&self, word: usize) -> bool {
        let (words, w) = (self.room.words, &self.parse.words[word]);
        let who = |clause: usize| {
            let relative = |&c: &usize| words.personal_relatives.iter().any(|r| *r == self.parse.words[c].lemma);
            self.parse.words[clause].deprel.base == Relation::Acl && self.parse.children(clause).any(|c| relative(&c))
        };
        w.upos == Upos::Pron
            && (words.somebody.iter().any(|s| *s == w.lemma)
                || (w.feats.get("PronType") == Some("Dem") && self.parse.children(word).any(who)))
    }

    /// A personal pronoun, a country or capital wherever it stands, or a name that nobody knows.
    fn is_party(&self, at: WordAt) -> bool {
        let w = &self.parse.words[at.word];
        if w.upos == Upos::Pron {
            return w.feats.get("PronType") == Some("Prs") && w.feats.get("Poss") != Some("Yes");
        }
        if w.upos != Upos::Propn {
            return false;
        }
        let scene = self.room.scene;
        // A town acts where nothing marks it as ground; a name that no list knows may be a country's.
        let ground = || scene.is_known_place(at) && scene.case(at).is_some_and(|case| scene.is_where(&case));
        scene.is_state(at) || self.is_unregistered_name(at.word) && !ground()
    }

    fn pronoun_is(&self, at: WordAt, test: impl Fn(&Scene, WordAt) -> bool) -> bool {
        self.room.reading.word(at).upos == Upos::Pron
            && self.room.scene.antecedent(at).is_some_and(|a| test(self.room.scene, a))
    }

    /// The place that an object pronoun stands for: its antecedent, else the last subject before it that is a place
    /// of the same number.
    fn pronoun_place(&self, word: usize) -> Option<WordAt> {
        let at = WordAt { sentence: self.index, word };
        let scene = self.room.scene;
        let w = &self.parse.words[word];
        if w.upos != Upos::Pron || !matches!(w.deprel.base, Relation::Obj | Relation::Nsubj) {
            return None;
        }
        if let Some(known) = scene.antecedent(at) {
            // What a verb does to "it" is not done to its own subject.
            let own = w.head.is_some_and(|verb| {
                // Nor to that of the verb that it completes ("X claims to have taken it").
                let above = self.parse.words[verb as usize]
                    .head
                    .filter(|_| self.parse.words[verb as usize].deprel.base == Relation::Xcomp);
                let subject = |verb: u32| Functions::of(self.parse, verb as usize, self.room.words).subject;
                known.sentence == at.sentence
                    && w.deprel.base == Relation::Obj
                    && std::iter::once(verb).chain(above).any(|verb| subject(verb).contains(&known.word))
            });
            // The topic goes on as the subject: "X was taken by the army. It was freed in May" is not about the army.
            let goes_on = w.deprel.base == Relation::Nsubj
                && scene.reading.word(known).deprel.base != Relation::Nsubj
                && known.sentence != at.sentence;
            if let Some(place) = self.place_before(w).filter(|_| goes_on && !scene.is_place(known)) {
                return Some(place);
            }
            if scene.is_place(known) || !own {
                return scene.is_place(known).then_some(known);
            }
        }
        let number = w.feats.get("Number");
        let here = (0..word)
            .rev()
            .filter(|&s| matches!(self.parse.words[s].deprel.base, Relation::Nsubj | Relation::Obj))
            .filter(|&s| self.parse.words[s].upos != Upos::Pron)
            .filter(|&s| number.is_none() || self.parse.words[s].feats.get("Number") == number)
            .map(|word| WordAt { sentence: self.index, word })
            .find(|&s| scene.is_place(s));
        here.or_else(|| self.place_before(w)).or_else(|| {
            let thing = number == Some("Sing") && matches!(w.feats.get("Gender"), None | Some("Neut"));
            let done_to = w.deprel.base == Relation::Obj || w.deprel.sub == "pass";
            scene.note_town(at).filter(|_| thing && done_to)
        })
    }

    /// The place that the sentence before told of as its subject or object, where it agrees with the pronoun.
    fn place_before(&self, pronoun: &vigie_syntax::Word) -> Option<WordAt> {
        let sentence = self.index.checked_sub(1)?;
        let words = &self.room.reading.parse(sentence).words;
        let told = |w: &usize| {
            matches!(words[*w].deprel.base, Relation::Nsubj | Relation::Obj)
                && words[*w].upos != Upos::Pron
                && agrees(&words[*w], pronoun)
        };
        let at = |word| WordAt { sentence, word };
        (0..words.len()).filter(told).map(at).find(|&s| self.room.scene.is_place(s))
    }
}

impl<'a> Room<'a> {
    fn read_sentence(&self, index: usize, claims: &mut Vec<Claim>) {
        let parse = self.reading.parse(index);
        let line = Line {
            room: self,
            index,
            parse,
            timexes: timexes(self.reading, index, self.calendar),
            figures: figures(self.reading, index),
        };
        let pronoun_event = |word: usize| self.event_noun_before(WordAt { sentence: index, word });
        let found = frames(parse, self.triggers, self.words, &line, &pronoun_event);
        for frame in &found {
            self.claim(&line, frame, claims);
        }
    }

    /// The event noun that a pronoun may stand for: the last noun before it, here or one sentence back, of the same
    /// number and gender, that evokes something by itself.
    fn event_noun_before(&self, at: WordAt) -> Option<String> {
        let pronoun = self.reading.word(at);
        for sentence in [Some(at.sentence), at.sentence.checked_sub(1)].into_iter().flatten() {
            let words = &self.reading.parse(sentence).words;
            let end = if sentence == at.sentence { at.word } else { words.len() };
            let noun = words[..end].iter().rev().find(|w| {
                w.upos == Upos::Noun
                    && agrees(w, pronoun)
                    && self.triggers.of(&w.lemma.to_lowercase()).iter().any(|r| r.pos == "NOUN" && r.needs.is_empty())
            });
            if let Some(noun) = noun {
                return Some(noun.lemma.to_lowercase());
            }
        }
        None
    }

    fn claim(&self, line: &Line<'a>, frame: &Frame, claims: &mut Vec<Claim>) {
        let at = WordAt { sentence: line.index, word: frame.site.trigger };
        let anchor = WordAt { sentence: line.index, word: frame.anchor };
        let Some(mut predicate) = frame.rule.predicate else { return };
        let mut because = vec![RuleId::from(frame.rule.id.as_str())];

        let (mut fact, fact_rules) = factuality(self.reading, anchor, self.voices);
        if anchor != at {
            // "prévoit la présence de": the verb that carries the noun may itself put it into another world.
            let (noun, _) = factuality(self.reading, at, self.voices);
            fact.realis = fact.realis.max(noun.realis);
        }
        let known = anchor == at && {
            let marker = marker(line.parse, at.word);
            self.words.presupposing.iter().any(|p| *p == marker)
        };
        if known {
            let past = fact.realis == Realis::Historical;
            let realis = if past { Realis::Historical } else { Realis::Actual };
            fact = Factuality { polarity: Polarity::Positive, certainty: Certainty::Certain, realis };
            because.push("factuality/presupposed".into());
        } else {
            because.extend(fact_rules);
        }
        if let Some(other) = frame.rule.negated_as.as_deref().and_then(Predicate::from_id)
            && fact.polarity == Polarity::Negative
        {
            predicate = other;
            fact.polarity = Polarity::Positive;
        }
        if let Some(state) = frame.rule.state.as_deref().and_then(Predicate::from_id)
            && tells_a_state(frame)
        {
            predicate = state;
        }

        let period = self.period(line, frame).map(|(period, rule)| {
            because.push(rule);
            period
        });
        let mut arguments = if frame.by_pronoun { Vec::new() } else { self.arguments(line, frame) };
        let (mut places, place_heads) = self.places(line, frame);
        places.retain(|place| !self.acts_there(line, place, &arguments, &place_heads));
        // What changes hands loses nothing itself: "seized Sanaa" takes the town, and not from the state that it may stand for.
        let changes_hands = predicate.effects().effects.iter().any(|effect| effect.fluent == CONTROL);
        let taken = |a: &Argument| place_heads.iter().any(|&head| a.filler.head == line.parse.words[head].span);
        arguments.retain(|a| !(changes_hands && a.role == Role::Recipient && taken(a)));
        let figures = self.figures(line, frame, &place_heads);
        let (mut said_by, voice_rules) = self.voices.of_trigger(at);
        because.extend(voice_rules);
        if said_by.is_empty() && !frame.rule.speaker.is_empty() {
            // Announcing is the deed: who is made to say what is announced, with the relay, else who the frame names.
            let told = self.voices.by_cue(at).filter(|a| !a.speakers.is_empty());
            match told {
                Some(attribution) => said_by.clone_from(&attribution.speakers),
                None => said_by.extend(self.announcer(line, frame)),
            }
        }

        let (first, last) = frame.trigger_words();
        let trigger = line.parse.words[first].span.cover(line.parse.words[last].span);
        let sentence = self.reading.sentence(line.index);
        let places = if places.is_empty() { vec![None] } else { places.into_iter().map(Some).collect() };
        for place in places {
            claims.push(Claim {
                id: claim_id(self.document, line.parse.words[frame.site.trigger].span, predicate, place.as_ref()),
                document: self.document,
                story: self.reading.story.id,
                sentence: sentence.span,
                headline: sentence.headline,
                trigger,
                predicate,
                again: is_again(frame, self.words),
                arguments: arguments.clone(),
                place,
                period: period.clone(),
                figures: figures.clone(),
                said_by: said_by.clone(),
                factuality: Factuality { ..fact },
                because: because.clone(),
            });
        }
    }

    /// Who announces what the frame tells, where announcing is the deed.
    fn announcer(&self, line: &Line<'a>, frame: &Frame) -> Option<Speaker> {
        let slots = frame.rule.speaker.iter();
        let word = slots.flat_map(|slot| frame.site.fill(slot, &frame.support, line)).next()?;
        // A title with a name beside it is that person.
        let named = line
            .parse
            .children(word)
            .find(|&c| line.parse.words[c].deprel.base == Relation::Appos && line.parse.words[c].upos == Upos::Propn);
        let at = WordAt { sentence: line.index, word: named.unwrap_or(word) };
        let filler = self.scene.filler(at);
        let kind = if self.scene.is_person(at) { SpeakerKind::Named } else { SpeakerKind::Institution };
        Some(Speaker {
            span: Some(filler.span),
            name: Some(filler.name),
            actor: filler.actor,
            kind,
            cue: Some(line.parse.words[frame.site.trigger].span),
            said_on: None,
            joint: false,
        })
    }
}

fn agrees(noun: &vigie_syntax::Word, pronoun: &vigie_syntax::Word) -> bool {
    ["Gender", "Number"].iter().all(|key| match (noun.feats.get(key), pronoun.feats.get(key)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    })
}

/// FNV-1a, 128 bits: stable, and no secret depends on it.
fn claim_id(document: DocumentId, trigger: Span, predicate: Predicate, place: Option<&PlaceMention>) -> ClaimId {
    let mut hash: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    let mut add = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u128::from(*byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    };
    add(&document.0);
    add(&(trigger.start() as u64).to_le_bytes());
    add(&(trigger.end() as u64).to_le_bytes());
    add(predicate.id().as_bytes());
    if let Some(span) = place.and_then(|p| p.span) {
        add(&(span.start() as u64).to_le_bytes());
    }
    ClaimId(hash.to_be_bytes())
}
