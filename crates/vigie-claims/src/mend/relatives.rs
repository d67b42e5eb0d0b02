//! Relative clauses that a parser let run on, or hung on the wrong noun.

use crate::phrase::case_of;
use vigie_resources::FrameWords;
use vigie_syntax::{Parse, Relation, Upos};

/// "les Etats-Unis, qui appuient les rebelles, et la Russie": a relative clause that began with a comma ends at the next,
/// so what is joined behind it is joined to the noun of the clause.
pub(super) fn leave_relatives(parse: &mut Parse, words: &FrameWords) {
    for joined in 0..parse.words.len() {
        let w = &parse.words[joined];
        let Some(inner) = w.head.map(|h| h as usize) else { continue };
        let cc = parse.children(joined).find(|&c| parse.words[c].deprel.base == Relation::Cc);
        let after_comma = cc.is_some_and(|c| c > 0 && parse.words[c - 1].upos == Upos::Punct);
        if w.deprel.base != Relation::Conj || !after_comma || parse.words[inner].upos == Upos::Verb {
            continue;
        }
        let Some(clause) = relative_above(parse, inner, words) else { continue };
        let Some(noun) = parse.words[clause].head.map(|h| h as usize) else { continue };
        let governs = parse.words[noun].head.is_some_and(|v| v as usize > joined);
        if governs && parse.words[noun].deprel.base == Relation::Nsubj {
            parse.words[joined].head = Some(noun as u32);
        }
    }
}

/// The verb of the relative clause around a word, if that clause begins right behind a comma.
fn relative_above(parse: &Parse, word: usize, words: &FrameWords) -> Option<usize> {
    let mut at = word;
    for _ in 0..parse.words.len() {
        let w = &parse.words[at];
        if w.deprel.base == Relation::Acl {
            let pronoun = parse.children(at).find(|&c| words.relatives.iter().any(|r| *r == parse.words[c].lemma))?;
            return (pronoun > 0 && parse.words[pronoun - 1].upos == Upos::Punct).then_some(at);
        }
        at = w.head? as usize;
    }
    None
}

/// "des quartiers tenus par les insurgés, où vivent": a relative word of place stands for a place, not for an agent.
pub(super) fn find_places(parse: &mut Parse, words: &FrameWords) {
    for clause in 0..parse.words.len() {
        let place = |c: usize| words.relative_places.iter().any(|r| *r == parse.words[c].form.to_lowercase());
        if parse.words[clause].deprel.base != Relation::Acl || !parse.children(clause).any(place) {
            continue;
        }
        let Some(agent) = parse.words[clause].head.map(|h| h as usize) else { continue };
        let marked = case_of(parse, agent).is_some_and(|case| words.agents.iter().any(|a| *a == case));
        let participle = parse.words[agent].head.map(|h| h as usize).filter(|_| marked);
        if let Some(deed) = participle.filter(|&p| parse.words[p].deprel.base == Relation::Acl) {
            parse.words[clause].head = parse.words[deed].head;
        }
    }
}
