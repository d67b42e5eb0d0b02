//! Attribution: who is made to say what.
//!
//! Every verb of saying and every phrase that names a source covers some of the text (its content). Contents nest:
//! "selon l'AFP, X affirme que …" is a chain. What nobody is made to say, the outlet says.

mod cues;
mod inserted;
mod label;
mod person;
mod quotes;
mod relay;
mod room;
mod sources;
mod speaker;
mod stance;
mod tail;
mod wording;

use crate::claim::{Certainty, Filler, Realis, RuleId, Speaker, SpeakerKind};
use crate::reading::{Reading, WordAt};
use cues::{Cue, Shape};
use room::{Room, spans_of};
use speaker::{Manner, Voice};
use std::collections::BTreeSet;
use vigie_syntax::{Relation, Upos};
use vigie_text::Span;

pub use wording::{Wording, wordings};

/// Somebody is made to say something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// Outermost first: the relay, then the source; coordinated sources are joint. Empty where nobody is named ("on
    /// dit que") or where the one who speaks already does ("nous pensons que").
    pub speakers: Vec<Speaker>,
    /// Heads of the phrases that name the source where it speaks: a pronoun, not the name that it stands for.
    pub heads: Vec<WordAt>,
    /// The word of saying; `None` for a quotation without one.
    pub cue: Option<WordAt>,
    /// What is said: disjoint stretches in text order, in several sentences where a quotation is long.
    pub content: Vec<Span>,
    /// How sure the word of saying makes it.
    pub certainty: Certainty,
    /// The world that the word of saying puts it in.
    pub realis: Option<Realis>,
    /// The source says that it is not so.
    pub denies: bool,
    /// It only introduces content; else the content is an event noun or the saying an event of its own.
    pub only_says: bool,
    /// The saying is an event of its own (an accusation): denying it leaves open nothing of what it is about.
    pub event: bool,
    /// How it was found.
    pub rule: RuleId,
}

impl Attribution {
    fn size(&self) -> usize {
        self.content.iter().map(|s| s.len()).sum()
    }
}

/// All attributions of one story.
#[derive(Debug, Clone, Default)]
pub struct Voices {
    attributions: Vec<Attribution>,
    spans: Vec<Vec<Span>>,
    cues: BTreeSet<WordAt>,
    /// Speakers that print or broadcast.
    media: BTreeSet<Span>,
}

impl Voices {
    /// Finds who says what in a story. `resolve` tells whom a phrase means.
    #[must_use]
    pub fn of(reading: &Reading, resolve: &dyn Fn(WordAt) -> Filler) -> Self {
        let room = Room::of(reading, resolve);
        let mut builder = Builder { room: &room, voices: Self::default(), known: Vec::new() };
        for sentence in 0..reading.parses.len() {
            builder.voices.spans.push(reading.parse(sentence).words.iter().map(|w| w.span).collect());
            builder.read_sentence(sentence);
        }
        builder.bare_quotations();
        builder.voices
    }

    /// Every attribution, in the order of the words of saying.
    #[must_use]
    pub fn attributions(&self) -> &[Attribution] {
        &self.attributions
    }

    /// The attributions whose content holds a word, outermost first.
    pub fn around(&self, at: WordAt) -> Vec<&Attribution> {
        let Some(span) = self.spans.get(at.sentence).and_then(|s| s.get(at.word)).copied() else { return Vec::new() };
        let mut found: Vec<&Attribution> =
            self.attributions.iter().filter(|a| a.content.iter().any(|c| c.contains(span))).collect();
        // The wider one is the outer one; of two equally wide the later one in the text.
        found.sort_by_key(|a| (std::cmp::Reverse(a.size()), std::cmp::Reverse(a.cue)));
        found
    }

    /// Who says the word at `trigger`: outermost first, empty for the outlet; and the rules that found it.
    #[must_use]
    pub fn of_trigger(&self, trigger: WordAt) -> (Vec<Speaker>, Vec<RuleId>) {
        let mut speakers: Vec<Speaker> = Vec::new();
        let mut rules = Vec::new();
        for attribution in self.around(trigger) {
            rules.push(attribution.rule.clone());
            for speaker in &attribution.speakers {
                let known = |s: &Speaker| s.name.is_some() && s.name == speaker.name;
                if let Some(at) = speakers.iter().position(known) {
                    speakers.remove(at);
                }
                speakers.push(speaker.clone());
            }
        }
        // A quotation without a speaker is spoken by whoever is named around it.
        if speakers.len() > 1 {
            speakers.retain(|s| s.name.is_some());
        }
        // Who only prints what an inner source says passes it on.
        if let Some((_, outer)) = speakers.split_last_mut().filter(|(last, _)| !last.joint) {
            for speaker in outer {
                let prints = speaker.span.is_some_and(|s| self.media.contains(&s));
                if prints && speaker.kind == SpeakerKind::Institution {
                    speaker.kind = SpeakerKind::Relay;
                }
            }
        }
        (speakers, rules)
    }

    /// The attribution that a word of saying makes.
    #[must_use]
    pub fn by_cue(&self, cue: WordAt) -> Option<&Attribution> {
        self.attributions.iter().find(|a| a.cue == Some(cue))
    }

    /// Does the word only introduce what somebody says? Then it is no event.
    #[must_use]
    pub fn is_cue(&self, at: WordAt) -> bool {
        self.cues.contains(&at)
    }
}

struct Builder<'a> {
    room: &'a Room<'a>,
    voices: Voices,
    /// Every source so far, for pronouns.
    known: Vec<Voice>,
}

impl Builder<'_> {
    fn read_sentence(&mut self, sentence: usize) {
        let n = self.room.reading.parse(sentence).words.len();
        let cues: Vec<Cue> = (0..n).filter_map(|word| self.room.cue(WordAt { sentence, word })).collect();
        let phrases = self.room.source_phrases(sentence);
        let first = self.voices.attributions.len();
        for cue in &cues {
            self.add_cue(cue, first);
        }
        for phrase in phrases {
            self.add_phrase(sentence, phrase, &cues);
        }
    }

    fn add_cue(&mut self, cue: &Cue, first: usize) {
        let room = self.room;
        let sentence = cue.at.sentence;
        let parse = room.reading.parse(sentence);
        let word = &parse.words[cue.at.word];
        let at = |w| WordAt { sentence, word: w };
        let mut cue = cue.clone();
        cue.speakers.retain(|&speaker| !room.is_deed(at(speaker)));
        let cue = &cue;
        let head = cue.speakers.first().copied();
        let manner = Manner { cue: Some(word.span), anonymous: self.asks_for_anonymity(cue, head) };
        let nobody =
            head.is_none_or(|h| room.words.reference.nobody.iter().any(|n| *n == room::lower(&parse.words[h].form)));
        if cue.saying.learns || nobody {
            // The source of what one learns stands in a phrase: "it was learnt from X".
            let from = room.learnt_from(cue.at);
            let voices = from.map(|w| room.voices(at(w), manner, &self.known)).unwrap_or_default();
            if !voices.is_empty() || !cue.saying.learns {
                self.push(cue, Vec::new(), voices);
            }
            self.voices.cues.insert(cue.at);
            return;
        }
        let mut cue = cue.clone();
        let mut speakers = match self.same_breath(&cue, first) {
            Some((voices, heads)) => {
                cue.speakers = heads;
                voices
            }
            None => head.map(|h| room.voices(at(h), manner, &self.known)).unwrap_or_default(),
        };
        // "The toll speaks of": a text without an author is no source.
        if cue.shape == Shape::Noun && head.is_some_and(|h| room.is(&room.words.nouns.documents, at(h))) {
            speakers.retain(|v| v.speaker.kind != SpeakerKind::Unresolved);
            if speakers.is_empty() {
                return;
            }
        }
        let mut relays = room.relays(cue.at, head, &cue.content, manner);
        // An agency that cites somebody passes on what he says.
        let pronoun = head.is_some_and(|h| parse.words[h].upos == Upos::Pron);
        if relays.is_empty() {
            relays = self.shared_relay(&cue, head, pronoun, first);
        }
        relays.retain(|r| speakers.iter().all(|s| s.speaker.name != r.speaker.name));
        if speakers.is_empty() {
            relays.clear();
        }
        self.note_media(head.map(at));
        if cue.shape != Shape::Noun || !cue.saying.event {
            speakers.iter_mut().for_each(|s| s.speaker.cue = Some(word.span));
        }
        self.push(&cue, relays, speakers);
    }

    /// ", a dit X, ajoutant que …": a present participle behind a word of saying goes on with its speaker.
    fn same_breath(&self, cue: &Cue, first: usize) -> Option<(Vec<Voice>, Vec<usize>)> {
        let parse = self.room.reading.parse(cue.at.sentence);
        let feats = &parse.words[cue.at.word].feats;
        if feats.get("VerbForm") != Some("Part") || feats.get("Tense") != Some("Pres") {
            return None;
        }
        let before = self.voices.attributions[first..]
            .iter()
            .rev()
            .find(|a| a.cue.is_some_and(|c| c < cue.at) && a.only_says && !a.speakers.is_empty())?;
        let voice = |speaker: &Speaker| Voice::plain(speaker.clone());
        let heads = before.heads.iter().filter(|h| h.sentence == cue.at.sentence).map(|h| h.word).collect();
        Some((before.speakers.iter().map(voice).collect(), heads))
    }

    fn note_media(&mut self, head: Option<WordAt>) {
        let room = self.room;
        if let Some(head) = head.filter(|&h| room.passes_on(h)) {
            self.voices.media.insert(room.phrase(head));
        }
    }

    /// The relay of an earlier cue of the same source: a relative clause, a coordinated verb or a pronoun goes on
    /// with the same conversation.
    fn shared_relay(&self, cue: &Cue, head: Option<usize>, pronoun: bool, first: usize) -> Vec<Voice> {
        let room = self.room;
        let parse = room.reading.parse(cue.at.sentence);
        let relation = parse.words[cue.at.word].deprel.base;
        let continues = matches!(relation, Relation::Acl | Relation::Conj | Relation::Advcl) || pronoun;
        if !continues {
            return Vec::new();
        }
        let from = if pronoun { first.saturating_sub(1) } else { first };
        let head_span = head.map(|h| parse.words[h].span);
        let same = |speakers: &[Speaker]| {
            let Some(last) = speakers.last() else { return false };
            pronoun || head_span.zip(last.span).is_some_and(|(h, s)| s.overlaps(h) || self.names(h, s))
        };
        self.voices.attributions[from.min(self.voices.attributions.len())..]
            .iter()
            .rev()
            .find(|a| same(&a.speakers))
            .map(|a| {
                let relays = a.speakers.iter().filter(|s| s.kind == SpeakerKind::Relay).cloned();
                relays.map(Voice::plain).collect()
            })
            .unwrap_or_default()
    }

    /// Does the phrase headed at `head` carry the name at `name` ("le porte-parole, X")?
    fn names(&self, head: Span, name: Span) -> bool {
        let sentence = self.room.reading.story.sentences.iter().position(|s| s.span.contains(head));
        sentence.is_some_and(|sentence| {
            let parse = self.room.reading.parse(sentence);
            parse
                .words
                .iter()
                .position(|w| w.span == head)
                .and_then(|word| self.room.person_name(WordAt { sentence, word }))
                .is_some_and(|(span, _)| span.overlaps(name))
        })
    }

    fn push(&mut self, cue: &Cue, relays: Vec<Voice>, speakers: Vec<Voice>) {
        let parse = self.room.reading.parse(cue.at.sentence);
        let mut content = spans_of(parse, &cue.content);
        content.extend(&cue.quotes);
        let mut content = without(joined(content), &spans_of(parse, &cue.segment));
        content.retain(|&span| self.room.says_something(cue.at.sentence, span));
        let world = cue.saying;
        self.voices.attributions.push(Attribution {
            speakers: relays.iter().chain(&speakers).map(|v| v.speaker.clone()).collect(),
            heads: cue.speakers.iter().map(|&word| WordAt { word, ..cue.at }).collect(),
            cue: Some(cue.at),
            content,
            certainty: Certainty::from_word(&world.certainty).unwrap_or(Certainty::Certain),
            realis: Realis::from_word(&world.realis),
            denies: world.denies,
            only_says: !world.event && cue.shape != Shape::Noun,
            event: world.event,
            rule: cue.shape.rule().into(),
        });
        if !world.event && cue.shape != Shape::Noun {
            self.voices.cues.insert(cue.at);
        }
        self.known.extend(speakers);
    }

    /// Is anonymity asked for beside the verb of saying: by the speaker's own words or by a phrase of manner?
    fn asks_for_anonymity(&self, cue: &Cue, head: Option<usize>) -> bool {
        let room = self.room;
        let sentence = cue.at.sentence;
        let listed = |w: usize| {
            let word = &room.reading.parse(sentence).words[w];
            room.words.nouns.anonymity.iter().any(|a| *a == word.lemma || *a == word.form.to_lowercase())
        };
        let own = room.below(cue.at).into_iter().filter(|w| !cue.content.contains(w)).any(listed);
        own || head.is_some_and(|h| room.below(WordAt { sentence, word: h }).into_iter().any(listed))
            || cue.segment.iter().copied().any(listed)
    }

    fn add_phrase(&mut self, sentence: usize, phrase: sources::SourcePhrase, cues: &[Cue]) {
        let room = self.room;
        let parse = room.reading.parse(sentence);
        let manner = Manner { cue: Some(parse.words[phrase.cue].span), anonymous: false };
        let manner = Manner {
            anonymous: phrase
                .words
                .iter()
                .any(|&w| room.words.nouns.anonymity.iter().any(|a| *a == parse.words[w].lemma)),
            ..manner
        };
        let voices = phrase.head.map(|h| room.voices(h, manner, &self.known)).unwrap_or_default();
        if voices.is_empty() && !phrase.hearsay {
            return;
        }
        self.note_media(phrase.head);
        let relays = phrase.head.map(|h| room.relays_of_phrase(h, &phrase.words, manner)).unwrap_or_default();
        let mut content = phrase.content;
        for cue in cues {
            let first = phrase.words.first().copied().unwrap_or(phrase.cue);
            // A source named inside what somebody says stays inside it.
            if phrase.middle && cue.shape == Shape::Clause && cue.content.contains(&first) {
                content.retain(|w| cue.content.contains(w));
            }
        }
        let mut spans = spans_of(parse, &content);
        spans.retain(|&span| room.says_something(sentence, span));
        self.voices.attributions.push(Attribution {
            speakers: relays.iter().chain(&voices).map(|v| v.speaker.clone()).collect(),
            heads: phrase.head.into_iter().collect(),
            cue: Some(WordAt { sentence, word: phrase.cue }),
            content: spans,
            certainty: if phrase.hearsay { Certainty::Possible } else { Certainty::Certain },
            realis: None,
            denies: false,
            only_says: true,
            event: false,
            rule: phrase.rule.into(),
        });
        self.known.extend(voices);
    }

    /// Quotations that nobody was found to speak: the one who spoke just before in the same paragraph goes on, else
    /// somebody whom the text does not name.
    fn bare_quotations(&mut self) {
        let room = self.room;
        let mut found = Vec::new();
        for quote in room.quotes.iter().filter(|q| q.whole && q.clause) {
            let spoken = |a: &Attribution| a.content.iter().any(|c| c.contains(quote.span) || quote.span == *c);
            if self.voices.attributions.iter().any(spoken) {
                continue;
            }
            let part = room.reading.sentence(quote.sentences.0).part;
            let before = self.voices.attributions.iter().rev().find(|a| {
                a.cue.is_some_and(|c| {
                    c.sentence < quote.sentences.0
                        && c.sentence + 1 >= quote.sentences.0
                        && room.reading.sentence(c.sentence).part == part
                }) && !a.speakers.is_empty()
            });
            let (speakers, rule) = match before {
                Some(a) => (a.speakers.clone(), "attribution/quotation-goes-on"),
                None => (vec![nobody()], "attribution/quotation-of-nobody"),
            };
            found.push(Attribution {
                speakers,
                heads: Vec::new(),
                cue: None,
                content: vec![quote.span],
                certainty: Certainty::Certain,
                realis: None,
                denies: false,
                only_says: true,
                event: false,
                rule: rule.into(),
            });
        }
        self.voices.attributions.extend(found);
    }
}

/// A quotation whose speaker the text does not name.
fn nobody() -> Speaker {
    Speaker {
        span: None,
        name: None,
        actor: None,
        kind: SpeakerKind::Unresolved,
        cue: None,
        said_on: None,
        joint: false,
    }
}

/// The spans in order; those that overlap are made one.
fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut whole: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match whole.last_mut() {
            Some(last) if last.overlaps(span) => *last = last.cover(span),
            _ => whole.push(span),
        }
    }
    whole
}

/// The spans less what `holes` cover; both sorted.
fn without(spans: Vec<Span>, holes: &[Span]) -> Vec<Span> {
    let mut left = Vec::new();
    for span in spans {
        let mut start = span.start();
        for hole in holes.iter().filter(|h| h.overlaps(span)) {
            if hole.start() > start {
                left.push(Span::new(start, hole.start()));
            }
            start = start.max(hole.end());
        }
        if start < span.end() {
            left.push(Span::new(start, span.end()));
        }
    }
    left
}
