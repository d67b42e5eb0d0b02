//! How a place hangs on a verb, by the words between them.

use super::{Ground, Tie, is_clause};
use crate::phrase::governors;
use crate::reading::WordAt;
use vigie_syntax::{Parse, Relation};

impl Ground<'_> {
    /// How a place is tied to a verb, how many clauses lie between, and whether a preposition of place stands between.
    pub(super) fn tie(&self, verb: WordAt, place: WordAt, carries: bool) -> Option<(Tie, usize, bool)> {
        let parse = self.scene.parse(verb);
        let is_speech = |word: usize| self.voices.is_cue(WordAt { word, ..verb });
        let own = below(parse, verb.word, place.word, &is_speech);
        let acts = self.scene.relation(place) == Relation::Nsubj && self.word_is_active(verb);
        if own == Some(Tie::Own) && acts {
            return None;
        }
        if is_speech(verb.word) || self.is_placeless(verb, carries) {
            // Where somebody says or wants something is told with the verb or not at all.
            let tie = own.filter(|tie| *tie == Tie::Own)?;
            return self.reaches(verb, place, tie, 0).map(|located| (tie, 0, located));
        }
        if let Some(tie) = own {
            return self.reaches(verb, place, tie, 0).map(|located| (tie, 0, located));
        }
        let mut at = verb.word;
        for level in 1..=parse.words.len() {
            let Some(head) = parse.words[at].head.map(|h| h as usize) else { break };
            let told = is_speech(head) && parse.words[at].deprel.base == Relation::Ccomp;
            // What is only set beside a clause happens where it says itself.
            if told || parse.words[at].deprel.base == Relation::Parataxis {
                break;
            }
            if head == place.word && parse.words[at].deprel.base == Relation::Acl {
                return Some((Tie::Own, level, true));
            }
            if below(parse, head, place.word, &is_speech).is_some_and(|tie| tie <= Tie::Inside) {
                let located = self.reaches(WordAt { word: head, ..verb }, place, Tie::Around, level)?;
                return Some((Tie::Around, level, located));
            }
            at = head;
        }
        None
    }

    /// Does what a place tells reach the word above it? `Some` says whether a preposition of place stands between.
    fn reaches(&self, top: WordAt, place: WordAt, tie: Tie, level: usize) -> Option<bool> {
        let parse = self.scene.parse(top);
        let steps: Vec<WordAt> = branch(parse, place.word, top.word).map(|word| WordAt { word, ..top }).collect();
        let first_located = steps.iter().position(|at| self.is_located(*at));
        let located = first_located.is_some();
        let leads = |at: &WordAt| self.leads_away(*at);
        // Those who act, and those to whom it is done, tell by a preposition where they are and else who they are.
        let side = steps.iter().skip(1).position(|at| {
            let deprel = &parse.words[at.word].deprel;
            deprel.base == Relation::Nsubj || deprel.base == Relation::Obl && deprel.sub == "agent"
        });
        if side.is_some_and(|side| first_located.is_none_or(|first| first > side)) {
            return None;
        }
        // What belongs to a place need not lie there, unless it is a place itself.
        let owned = self.scene.word(place).deprel.sub == "poss";
        if owned && (tie == Tie::Around || !self.host(place).is_some_and(|host| self.is_site(host))) {
            return None;
        }
        if steps.iter().any(|at| self.is_source(*at)) {
            return None;
        }
        match tie {
            // "fought for X", "according to X": only some prepositions tell where.
            Tie::Own if self.scene.relation(place) == Relation::Obl => {
                let case = self.scene.case(place);
                case.is_none_or(|c| self.is_where(place, &c)).then_some(located)
            }
            Tie::Own => Some(located),
            Tie::Inside => (!self.comes_from(place)).then_some(located),
            // Where others went or came from, and what is told two clauses away, is another place than that of the deed.
            Tie::Around if level == 0 => {
                let clauses = steps.iter().filter(|at| opens_clause(parse, at.word)).count();
                (clauses < 2 && !steps.iter().any(leads)).then_some(located)
            }
            Tie::Around => (located || !steps.iter().any(leads)).then_some(located),
        }
    }

    /// Behind a preposition that tells where something is.
    pub(super) fn is_located(&self, at: WordAt) -> bool {
        self.scene.case(at).is_some_and(|case| self.is_where(at, &case)) && !self.leads_away(at)
    }

    fn is_where(&self, at: WordAt, case: &str) -> bool {
        let listed = |case: &str| self.words.locatives.iter().any(|l| l == case);
        listed(case) || self.scene.whole_case(at).is_some_and(|whole| listed(&whole))
    }

    /// Behind a preposition of where somebody or something comes from or goes to.
    fn leads_away(&self, at: WordAt) -> bool {
        self.comes_from(at) || self.scene.case(at).is_some_and(|c| self.scene.words.places.goals.contains(&c))
    }

    fn comes_from(&self, at: WordAt) -> bool {
        self.scene.case(at).is_some_and(|c| self.scene.words.places.origin.contains(&c))
    }

    /// "according to officials in X": does the word tell where those are who say it?
    pub(crate) fn is_of_source(&self, at: WordAt) -> bool {
        let above = governors(self.scene.parse(at), at.word).map(|word| WordAt { word, ..at });
        above.take_while(|up| !is_clause(self.scene.parse(at), up.word)).any(|up| self.is_source(up))
    }

    /// Does the phrase name who says it?
    fn is_source(&self, at: WordAt) -> bool {
        let mut cases = self.scene.children(at).filter(|&c| self.scene.relation(c) == Relation::Case);
        cases.any(|case| self.voices.by_cue(case).is_some())
    }
}

/// The words from a place up to the one that hangs on `top`.
fn branch(parse: &Parse, place: usize, top: usize) -> impl Iterator<Item = usize> + '_ {
    let mut left = parse.words.len();
    let up = move |at: &usize| {
        left = left.checked_sub(1)?;
        parse.words[*at].head.map(|h| h as usize).filter(|h| *h != top)
    };
    std::iter::successors(Some(place), up)
}

/// Is the word the head of a clause that hangs on another word?
fn opens_clause(parse: &Parse, word: usize) -> bool {
    match parse.words[word].deprel.base {
        Relation::Advcl | Relation::Acl | Relation::Ccomp | Relation::Xcomp | Relation::Csubj | Relation::Parataxis => {
            true
        }
        Relation::Conj => is_clause(parse, word),
        _ => false,
    }
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
        clause |= is_clause(parse, head);
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
