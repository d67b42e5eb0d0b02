//! Clauses that hang on the wrong word, or are none.

use super::{below, relation};
use crate::phrase::case_of;
use vigie_resources::{ClauseWords, FrameWords};
use vigie_syntax::{Parse, Relation, Upos};

/// "a permis aux civils de partir": the infinitive belongs to the verb that allows, not to the noun before it.
pub(super) fn hang_infinitives(parse: &mut Parse, words: &FrameWords) {
    for infinitive in 0..parse.words.len() {
        let w = &parse.words[infinitive];
        let loose = matches!(w.deprel.base, Relation::Acl | Relation::Xcomp | Relation::Advcl);
        if w.upos != Upos::Verb || !loose || w.feats.get("VerbForm") != Some("Inf") {
            continue;
        }
        // Up through adjectives and participles to their noun, and on to the verb; a noun of measure or time may stand
        // between ("a permis jusqu'à présent à dix mille personnes de partir").
        let describes = |i: usize| {
            let w = &parse.words[i];
            w.upos == Upos::Adj || (w.upos == Upos::Verb && w.deprel.base == Relation::Acl)
        };
        let up = |i: usize| parse.words[i].head.map(|h| h as usize);
        let Some(noun) = up(infinitive).and_then(|i| if describes(i) { up(i) } else { Some(i) }) else { continue };
        let told = case_of(parse, noun).is_some_and(|case| words.datives.iter().any(|d| *d == case));
        let allows = |i: &usize| words.dative_control.iter().any(|l| *l == parse.words[*i].lemma);
        let Some(above) = up(noun) else { continue };
        let verb =
            Some(above).filter(allows).or_else(|| up(above).filter(|v| *v < above && above < noun).filter(allows));
        let Some(verb) = verb else { continue };
        let taken = parse.children(verb).any(|c| parse.words[c].deprel.base == Relation::Xcomp);
        if told && !taken && noun > verb && infinitive > noun && !below(parse, verb, infinitive) {
            parse.words[infinitive].head = Some(verb as u32);
            parse.words[infinitive].deprel = relation(Relation::Xcomp);
            if above != verb {
                parse.words[noun].head = Some(verb as u32);
                parse.words[noun].deprel = relation(Relation::Obl);
            }
        }
    }
}

/// "ne tiennent que deux quartiers alors que ...": behind the particle of denial, a restricting word opens no clause, so
/// a clause that seems to have two subjects has only the second, and the first is the object of the verb before.
pub(super) fn restrict_objects(parse: &mut Parse, clause: &ClauseWords) {
    for verb in 0..parse.words.len() {
        let is = |list: &[String], i: usize| list.iter().any(|w| *w == parse.words[i].form.to_lowercase());
        let head = match parse.words[verb].deprel.base {
            Relation::Ccomp | Relation::Advcl => parse.words[verb].head.map(|h| h as usize),
            _ => None,
        };
        let Some(above) = head.filter(|&h| h < verb) else { continue };
        let particle = parse.children(above).any(|c| is(&clause.particle, c));
        let denied = parse.children(above).any(|c| is(&clause.negators, c));
        if !particle || denied || parse.children(above).any(|c| parse.words[c].deprel.base == Relation::Obj) {
            continue;
        }
        let own = |base: Relation, from: usize| {
            parse.children(verb).find(|&c| parse.words[c].deprel.base == base && c > from && c < verb)
        };
        let Some(only) = own(Relation::Mark, above).filter(|&m| is(&clause.restrictors, m)) else { continue };
        let Some(object) = own(Relation::Nsubj, only) else { continue };
        if own(Relation::Nsubj, object).is_none() {
            continue;
        }
        parse.words[object].head = Some(above as u32);
        parse.words[object].deprel = relation(Relation::Obj);
        parse.words[only].head = Some(object as u32);
        parse.words[only].deprel = relation(Relation::Advmod);
        parse.words[verb].deprel = relation(Relation::Advcl);
    }
}
