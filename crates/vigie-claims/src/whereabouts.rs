//! Where something happens that a verb tells, whether or not it is one of our event types: the names of places in its
//! sentence, from those that hang on it to those of the clauses around it.

use crate::attribution::Voices;
use crate::functions::Functions;
use crate::mend::mended;
use crate::mention::Name;
use crate::metonym::is_metonymic;
use crate::reading::{Reading, WordAt};
use crate::scene::Scene;
use vigie_resources::{FrameWords, PlaceKind, TriggerRule, Triggers, frame_words, metonym_words, triggers};
use vigie_syntax::{EntityLabel, Parse, Relation, Upos};
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

/// The named place of each verb (any word under the span), and how the sentence ties it to the verb.
#[must_use]
pub fn whereabouts(reading: &Reading, verbs: &[Span]) -> Vec<Option<(Span, Tie)>> {
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
        let (name, tie) = ground.place_of(scene.all_words().find(touches)?, false)?;
        Some((name.span, tie))
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
        let parse = self.scene.parse(verb);
        let ranked = self.scene.names[verb.sentence].iter().filter(|n| !n.holds(verb.word)).filter_map(|name| {
            let head = WordAt { word: name.head, ..verb };
            self.is_ground(name, head).then_some(())?;
            let (tie, level) = self.tie(parse, verb, head, carries)?;
            // Of several the nearest is meant, and rather the one that follows.
            let distance = 2 * name.head.abs_diff(verb.word) + usize::from(name.head < verb.word);
            let wide = !name.countries.is_empty() || name.places.first().is_some_and(|p| is_wide(p.kind));
            Some((tie, level, wide, distance, name))
        });
        // Of a town and its country beside it the town says more, whichever of them hangs on the verb.
        let rank = |(tie, level, wide, distance, _): &(Tie, usize, bool, usize, &Name)| {
            (tie.max(&Tie::Inside).to_owned(), *level, *wide, *tie, *distance)
        };
        ranked.min_by_key(rank).map(|(tie, _, _, _, name)| (name, tie))
    }

    /// Does the name mean ground: a place, and not those who act in its name?
    fn is_ground(&self, name: &Name, head: WordAt) -> bool {
        if self.scene.is_timed(head) || self.names_people(head) || self.scene.names_doer(head) {
            return false;
        }
        let known = !name.places.is_empty() || !name.countries.is_empty();
        let word = head.word as u32;
        let tagged = self.scene.parse(head).entities.iter().find(|e| e.first <= word && word <= e.last);
        let place = match tagged.map(|e| e.label) {
            Some(EntityLabel::Location) => true,
            Some(_) => known && name.actors.is_empty(),
            None => known || self.scene.is_place(head),
        };
        let words = metonym_words(self.scene.reading.language());
        place && !name.person && (self.is_parted(head) || !is_metonymic(self.scene.parse(head), name.head, words))
    }

    /// "on two sides of X": several parts of it are ground, where one side may be a party.
    fn is_parted(&self, place: WordAt) -> bool {
        let host = self.scene.word(place).head.map(|word| WordAt { word: word as usize, ..place });
        let of = self.scene.case(place).is_some_and(|c| self.scene.is_of(&c));
        of && host.is_some_and(|h| self.scene.is_plural(h) && self.scene.is_place(h))
    }

    /// Whose people, state or body it is ("the army of X", "X's police"): they may be anywhere.
    fn names_people(&self, place: WordAt) -> bool {
        let Some(host) = self.scene.word(place).head.map(|word| WordAt { word: word as usize, ..place }) else {
            return false;
        };
        let case = self.scene.case(place);
        let told_where = case.as_ref().is_some_and(|c| !self.scene.is_of(c) && self.scene.is_where(c));
        let described = matches!(self.scene.relation(place), Relation::Nmod | Relation::Compound | Relation::Amod);
        let class = self.scene.generic(host).map(|noun| noun.class);
        described && !told_where && matches!(class, Some("armed" | "person" | "state" | "unit" | "political" | "media"))
    }

    /// How a place is tied to a verb, and how many clauses lie between.
    fn tie(&self, parse: &Parse, verb: WordAt, place: WordAt, carries: bool) -> Option<(Tie, usize)> {
        let is_speech = |word: usize| self.voices.is_cue(WordAt { word, ..verb });
        let case = self.scene.case(place);
        let own = below(parse, verb.word, place.word, &is_speech);
        let acts = self.scene.relation(place) == Relation::Nsubj && self.word_is_active(verb);
        if own == Some(Tie::Own) && acts {
            return None;
        }
        if is_speech(verb.word) || self.is_placeless(verb, carries) {
            // Where somebody says or wants something is told with the verb or not at all.
            return own.filter(|tie| *tie == Tie::Own).map(|tie| (tie, 0));
        }
        // Where people or things came from, and whose they are, is another place than that of the deed.
        let apart = |tie: Tie| {
            let of = case.as_ref();
            tie > Tie::Own && of.is_some_and(|c| self.scene.words.places.origin.contains(c))
                || tie > Tie::Inside && self.scene.word(place).deprel.sub == "poss"
        };
        if own.is_some_and(apart) {
            return None;
        }
        if let Some(tie) = own {
            return Some((tie, 0));
        }
        let mut at = verb.word;
        for level in 1..=parse.words.len() {
            let Some(head) = parse.words[at].head.map(|h| h as usize) else { break };
            let told = is_speech(head) && matches!(parse.words[at].deprel.base, Relation::Ccomp | Relation::Parataxis);
            if told {
                break;
            }
            if head == place.word && parse.words[at].deprel.base == Relation::Acl {
                return Some((Tie::Own, level));
            }
            if below(parse, head, place.word, &is_speech).is_some_and(|tie| tie <= Tie::Inside) {
                return Some((Tie::Around, level));
            }
            at = head;
        }
        None
    }

    fn word_is_active(&self, verb: WordAt) -> bool {
        !Functions::of(self.scene.parse(verb), verb.word, self.words).passive
    }

    /// A verb of being, having, thinking or of politics in words: what it tells takes no ground.
    fn is_placeless(&self, verb: WordAt, carries: bool) -> bool {
        const WORDS: [&str; 6] = ["ACCUSE", "AGREE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"];
        let lemma = self.scene.lemma(verb);
        let mut rules = self.triggers.of(&lemma).iter().filter(|r| r.pos == "VERB").peekable();
        let in_words = |rule: &TriggerRule| {
            let plover = rule.predicate.and_then(|p| p.entry().plover.as_ref());
            plover.is_some_and(|p| WORDS.contains(&p.event.as_str()))
        };
        !carries && self.words.stative.contains(&lemma) || rules.peek().is_some() && rules.all(in_words)
    }
}

/// Larger than what one happening takes.
fn is_wide(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Country | PlaceKind::Region | PlaceKind::Continent | PlaceKind::Division)
}

/// How a place hangs below a word.
fn below(parse: &Parse, top: usize, place: usize, is_speech: &dyn Fn(usize) -> bool) -> Option<Tie> {
    let (mut at, mut inside, mut clause) = (place, false, false);
    for _ in 0..parse.words.len() {
        let word = &parse.words[at];
        let head = word.head? as usize;
        let listed = matches!(word.deprel.base, Relation::Conj | Relation::Appos | Relation::Flat) && at == place;
        if head == top {
            let told = matches!(word.deprel.base, Relation::Ccomp | Relation::Parataxis);
            return match (told && is_speech(top), clause || told, inside) {
                (true, ..) => None,
                (_, true, _) => Some(Tie::Around),
                (_, _, true) => Some(Tie::Inside),
                _ => Some(Tie::Own),
            };
        }
        clause |= matches!(parse.words[head].upos, Upos::Verb | Upos::Aux);
        inside |= !listed;
        at = head;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{parse, word};

    const ROWS: &str = "Rebels rebel NOUN _ 2 nsubj\nshelled shell VERB _ 0 root\nhouses house NOUN _ 2 obj\n\
                        in in ADP _ 5 case\nTamsa Tamsa PROPN _ 3 nmod\nafter after SCONJ _ 7 mark\n\
                        fleeing flee VERB _ 2 advcl\nOuba Ouba PROPN _ 7 obj";

    #[test]
    fn what_hangs_on_the_verb_is_surer_than_what_its_clauses_tell() {
        let parse = parse(ROWS);
        let [shelled, fleeing, tamsa, ouba] = ["shelled", "fleeing", "Tamsa", "Ouba"].map(|w| word(&parse, w));
        let tie = |top, place| below(&parse, top, place, &|_| false);
        assert_eq!(tie(shelled, tamsa), Some(Tie::Inside));
        assert_eq!(tie(fleeing, ouba), Some(Tie::Own));
        assert_eq!(tie(shelled, ouba), Some(Tie::Around));
        assert_eq!(tie(fleeing, tamsa), None);
    }

    #[test]
    fn what_is_told_happens_elsewhere_than_the_telling() {
        let parse = parse(
            "He he PRON _ 2 nsubj\nsaid say VERB _ 0 root\nrebels rebel NOUN _ 4 nsubj\nleft leave VERB _ 2 ccomp\n\
             Tamsa Tamsa PROPN _ 4 obj",
        );
        let [said, left, tamsa] = ["said", "left", "Tamsa"].map(|w| word(&parse, w));
        assert_eq!(below(&parse, said, tamsa, &|w| w == said), None);
        assert_eq!(below(&parse, left, tamsa, &|w| w == said), Some(Tie::Own));
    }
}
