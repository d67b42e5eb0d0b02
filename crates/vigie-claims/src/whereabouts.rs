//! Where something happens that a verb tells, whether or not it is one of our event types: the names of places in its
//! sentence, from those that hang on it to those of the clauses around it.

mod ground;
mod tie;

use crate::attribution::Voices;
use crate::functions::Functions;
use crate::mend::mended;
use crate::mention::Name;
use crate::phrase::governors;
use crate::reading::{Reading, WordAt};
use crate::scene::Scene;
use std::sync::Arc;
use vigie_resources::{FrameWords, PlaceKind, TriggerRule, Triggers, frame_words, triggers};
use vigie_syntax::{Parse, Relation, Upos};
use vigie_text::Span;

/// How a place was tied to a verb, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
    /// It is a circumstance of the verb or what the verb reaches.
    Own,
    /// It stands inside a phrase that takes part.
    Inside,
    /// It belongs to a clause that the verb depends on, or to one that depends on the verb.
    Around,
}

/// The named place of each verb (any word under the span), with the names listed beside it, and how the sentence ties it
/// to the verb.
#[must_use]
pub fn whereabouts(reading: &Reading, verbs: &[Span]) -> Vec<Vec<(Span, Tie)>> {
    let parses: Vec<Parse> = reading.parses.iter().map(|parse| mended(parse, reading.language())).collect();
    let reading = &Reading { parses: &parses, ..*reading };
    let scene = Scene::of(reading);
    let voices = Voices::of(reading, &|at| scene.filler(at));
    let language = reading.language();
    let ground = Ground { scene: &scene, voices: &voices, words: frame_words(language), triggers: triggers(language) };
    let of = |verb: &Span| {
        let touches = |at: &WordAt| {
            let span = reading.word(*at).span;
            span.start() < verb.end() && verb.start() < span.end()
        };
        let found = scene.all_words().find(touches).and_then(|at| Some((at, ground.place_of(at, false)?)));
        found.map_or_else(Vec::new, |(at, (name, tie))| {
            ground.listed(at.sentence, name).into_iter().map(|listed| (listed.span, tie)).collect()
        })
    };
    verbs.iter().map(of).collect()
}

/// What of a story decides where a verb happens.
pub(crate) struct Ground<'a> {
    pub(crate) scene: &'a Scene<'a>,
    pub(crate) voices: &'a Voices,
    pub(crate) words: &'a FrameWords,
    pub(crate) triggers: &'a Triggers,
}

impl Ground<'_> {
    /// The name of the place of a verb; `carries` says that a rule reads an event off it, whatever the verb alone means
    /// ("have positions", "hold a line").
    pub(crate) fn place_of(&self, verb: WordAt, carries: bool) -> Option<(&Name, Tie)> {
        let ranked = self.scene.names[verb.sentence].iter().filter(|n| !n.holds(verb.word)).filter_map(|name| {
            let head = WordAt { word: name.head, ..verb };
            self.is_ground(name, head).then_some(())?;
            let (tie, level, located) = self.tie(verb, head, carries)?;
            // In the clauses below, states and their capitals stand for those who act where no preposition says otherwise, and
            // what somebody else does in a country need not be where this happened.
            let below = tie == Tie::Around && level == 0 && is_state(name);
            (!below || self.is_located(head) && !self.is_told_of_another(verb, head)).then_some(())?;
            // Of several the nearest is meant, and rather the one that follows: what stands ahead of a verb and tells
            // no place by its preposition is mostly told of those who act.
            let ahead = name.head < verb.word;
            let distance = 2 * name.head.abs_diff(verb.word) + usize::from(ahead);
            let wide = !name.countries.is_empty() || name.places.first().is_some_and(|p| is_wide(p.kind));
            Some((
                Rank { tie: tie.max(Tie::Inside), level, theirs: ahead && !located, wide, sure: tie, distance },
                name,
            ))
        });
        ranked.min_by_key(|(rank, _)| *rank).map(|(rank, name)| (name, rank.sure))
    }

    /// The name and those that are listed with it ("the towns of X and Y"), in the order of the text.
    fn listed(&self, sentence: usize, name: &Name) -> Vec<&Name> {
        let (list, joined) = self.list_of(WordAt { sentence, word: name.head });
        let beside = |other: &&Name| {
            let head = WordAt { sentence, word: other.head };
            let (others, joins) = self.list_of(head);
            let person = other.actors.iter().any(|a| a.kind == "person");
            other.head == name.head || (others == list && (joined || joins) && !person && !self.scene.is_timed(head))
        };
        self.scene.names[sentence].iter().filter(beside).collect()
    }

    /// The word that the whole list of a name hangs by, and whether the name is joined to another one on the way there.
    fn list_of(&self, name: WordAt) -> (usize, bool) {
        let (mut at, mut joined) = (name, false);
        for _ in 0..self.scene.parse(name).words.len() {
            let Some(up) = self.scene.word(at).head.map(|word| WordAt { word: word as usize, ..at }) else { break };
            let conj = self.scene.relation(at) == Relation::Conj && !is_clause(self.scene.parse(at), up.word);
            if !conj && !self.is_called(at) {
                break;
            }
            joined |= conj;
            at = up;
        }
        (at.word, joined)
    }

    /// Does a clause with a subject of its own lie between the verb and what it is above?
    fn is_told_of_another(&self, verb: WordAt, place: WordAt) -> bool {
        let parse = self.scene.parse(verb);
        let subject = |&c: &usize| parse.words[c].deprel.base == Relation::Nsubj;
        governors(parse, place.word).take_while(|&g| g != verb.word).any(|g| parse.children(g).any(|c| subject(&c)))
    }

    fn word_is_active(&self, verb: WordAt) -> bool {
        !Functions::of(self.scene.parse(verb), verb.word, self.words).passive
    }

    /// A verb of being, having, thinking or of politics in words: what it tells takes no ground.
    fn is_placeless(&self, verb: WordAt, carries: bool) -> bool {
        const WORDS: [&str; 6] = ["ACCUSE", "AGREE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"];
        let lemma = self.scene.lemma(verb);
        let mut rules = self.triggers.of(&lemma).iter().filter(|r| r.pos == "VERB").peekable();
        let in_words = |rule: &Arc<TriggerRule>| {
            let plover = rule.predicate.and_then(|p| p.entry().plover.as_ref());
            plover.is_some_and(|p| WORDS.contains(&p.event.as_str()))
        };
        !carries && self.words.stative.contains(&lemma) || rules.peek().is_some() && rules.all(in_words)
    }
}

/// What is asked in turn of places that a verb may have: the least is its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    /// Of a town and its country beside it the town says more, whichever of them hangs on the verb.
    tie: Tie,
    /// Clauses above the verb.
    level: usize,
    /// Told of those who act.
    theirs: bool,
    wide: bool,
    sure: Tie,
    distance: usize,
}

/// Does the word head a clause?
fn is_clause(parse: &Parse, word: usize) -> bool {
    matches!(parse.words[word].upos, Upos::Verb | Upos::Aux)
}

/// A country, or the capital that may stand for it.
fn is_state(name: &Name) -> bool {
    let kind = name.places.first().map(|place| place.kind);
    !name.countries.is_empty() || matches!(kind, Some(PlaceKind::Country | PlaceKind::Capital))
}

/// Larger than what one happening takes.
fn is_wide(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Country | PlaceKind::Region | PlaceKind::Continent | PlaceKind::Division)
}
