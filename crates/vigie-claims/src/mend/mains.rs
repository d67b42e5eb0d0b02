//! Main verbs that a parser lost to a noun.

use super::openings::{child, hang, is_nominal};
use super::{has_subject, relation};
use crate::phrase::case_of;
use vigie_syntax::{Feats, Parse, Relation, Upos};

fn root(parse: &Parse) -> Option<usize> {
    (0..parse.words.len()).find(|&i| parse.words[i].head.is_none())
}

/// "Near X, two strikes hit Y": a place before a comma tells no sentence where a noun stands behind it with a verb of its
/// own. The verb does, the noun is its subject and the place a circumstance.
pub(super) fn lead_behind_place(parse: &mut Parse) {
    let Some(place) = root(parse).filter(|&r| is_nominal(parse, r) && case_of(parse, r).is_some()) else { return };
    if has_subject(parse, place) || child(parse, place, Relation::Cop).is_some() {
        return;
    }
    let comma = |noun: usize| (place + 1..noun).any(|w| parse.words[w].form == ",");
    let Some(noun) = parse
        .children(place)
        .find(|&c| c > place && parse.words[c].deprel.base == Relation::Appos && is_nominal(parse, c) && comma(c))
    else {
        return;
    };
    let Some(verb) = parse.children(noun).find(|&c| {
        let w = &parse.words[c];
        let object = child(parse, c, Relation::Obj).is_some_and(|o| o > c);
        c == noun + 1 && w.upos == Upos::Verb && w.deprel.base == Relation::Acl && object && !has_subject(parse, c)
    }) else {
        return;
    };
    parse.words[verb].head = None;
    parse.words[verb].deprel = relation(Relation::Root);
    parse.words[verb].feats = Feats("Mood=Ind|Tense=Past|VerbForm=Fin".into());
    hang(parse, noun, verb, relation(Relation::Nsubj));
    hang(parse, place, verb, relation(Relation::Obl));
    let behind: Vec<usize> = parse.children(place).filter(|&c| c > verb).collect();
    for word in behind {
        parse.words[word].head = Some(verb as u32);
    }
}

/// The same where the verb is found and only its subject hangs on the place.
pub(super) fn free_subjects_behind_places(parse: &mut Parse) {
    for noun in 2..parse.words.len().saturating_sub(1) {
        let verb = noun + 1;
        let appos = parse.words[noun].deprel.base == Relation::Appos && is_nominal(parse, noun);
        let Some(place) = parse.words[noun].head.map(|h| h as usize).filter(|&p| appos && p < noun) else { continue };
        let circumstance = parse.words[place].head == Some(verb as u32)
            && parse.words[place].deprel.base == Relation::Obl
            && case_of(parse, place).is_some();
        if circumstance && parse.words[verb].upos == Upos::Verb && !has_subject(parse, verb) {
            hang(parse, noun, verb, relation(Relation::Nsubj));
        }
    }
}

/// "The army is besieging rebels": a gerund between the verb of being and a bare noun is the verb, and the noun its object.
pub(super) fn read_progressives(parse: &mut Parse) {
    for noun in 2..parse.words.len() {
        let Some(copula) = child(parse, noun, Relation::Cop) else { continue };
        let gerund = copula + 1;
        let Some(w) = parse.words.get(gerund) else { continue };
        let described = w.head == Some(noun as u32) && w.deprel.base == Relation::Amod && w.upos == Upos::Verb;
        let progressive = w.feats.get("Tense") == Some("Pres") || w.feats.get("VerbForm") == Some("Ger");
        let bare = (gerund + 1..noun).all(|i| matches!(parse.words[i].upos, Upos::Adj | Upos::Noun | Upos::Propn));
        if !(described && progressive && bare && has_subject(parse, noun)) {
            continue;
        }
        let (head, deprel) = (parse.words[noun].head, parse.words[noun].deprel.clone());
        let inside = |c: usize| (gerund + 1..noun).contains(&c) || case_of(parse, c).is_some() && c > noun;
        let moved: Vec<usize> = parse.children(noun).filter(|&c| !inside(c)).collect();
        for word in moved {
            parse.words[word].head = Some(gerund as u32);
        }
        parse.words[gerund].head = head;
        parse.words[gerund].deprel = deprel;
        parse.words[copula].deprel = relation(Relation::Aux);
        hang(parse, noun, gerund, relation(Relation::Obj));
    }
}
