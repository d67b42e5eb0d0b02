//! Main verbs that a parser lost to a noun.

use super::openings::{child, hang, is_nominal};
use super::{has_subject, relation};
use crate::phrase::case_of;
use vigie_resources::FrameWords;
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

/// "The toll climbed to ten, police said": of two subjects of a verb of saying that ends a sentence the first belongs to the
/// verb behind it, which looks like a participle.
pub(super) fn part_tails(parse: &mut Parse) {
    for saying in 3..parse.words.len() {
        let subjects: Vec<usize> =
            parse.children(saying).filter(|&c| parse.words[c].deprel.base == Relation::Nsubj && c < saying).collect();
        let [first, second] = subjects[..] else { continue };
        let ends = parse.words[saying + 1..].iter().all(|w| w.upos == Upos::Punct);
        let comma = (first + 1..second).rev().find(|&i| parse.words[i].form == ",");
        let Some(comma) = comma.filter(|_| ends && parse.words[saying].upos == Upos::Verb) else { continue };
        let Some(verb) = verb_of_first(parse, first, comma) else { continue };
        hang(parse, verb, saying, relation(Relation::Ccomp));
        hang(parse, first, verb, relation(Relation::Nsubj));
        parse.words[verb].feats = Feats("Mood=Ind|Tense=Past|VerbForm=Fin".into());
        let outside = |c: &usize| *c > verb && !super::below(parse, *c, verb);
        let mut moved: Vec<usize> = parse.children(first).filter(outside).collect();
        // "opened fire on a car", read as what fire was opened at: the noun is the object, the rest follows the verb.
        let run: Vec<usize> = (verb + 1..comma).take_while(|&i| before_object(parse.words[i].upos)).collect();
        if let Some(object) = run.into_iter().rev().find(|&i| is_nominal(parse, i) && super::below(parse, i, first)) {
            leave_before(parse, verb, object, first);
            moved.extend(parse.children(object).filter(|&c| c > object && case_of(parse, c).is_some()));
            hang(parse, object, verb, relation(Relation::Obj));
            moved.retain(|&w| w != object);
        }
        for word in moved {
            parse.words[word].head = Some(verb as u32);
            if parse.words[word].deprel.base == Relation::Nmod {
                parse.words[word].deprel = relation(Relation::Obl);
            }
        }
    }
}

/// What seemed to belong to the object but stands before the verb describes the noun right before the verb, which describes the
/// subject.
fn leave_before(parse: &mut Parse, verb: usize, object: usize, first: usize) {
    let noun = verb - 1;
    let before: Vec<usize> = parse.children(object).filter(|&c| c < verb && c != noun).collect();
    if noun == first || parse.words[noun].head != Some(object as u32) {
        return;
    }
    hang(parse, noun, first, relation(Relation::Nmod));
    for word in before {
        parse.words[word].head = Some(noun as u32);
    }
}

/// What may stand between a verb and its object.
fn before_object(upos: Upos) -> bool {
    matches!(upos, Upos::Det | Upos::Adj | Upos::Num | Upos::Noun | Upos::Propn)
}

/// The verb between a subject and a comma that looks like a participle: one that describes the subject, or one that stands
/// right before an object that a participle behind its noun cannot have.
fn verb_of_first(parse: &Parse, first: usize, comma: usize) -> Option<usize> {
    let told = |c: usize, base| child(parse, c, base).is_some();
    let past = |c: usize| {
        let w = &parse.words[c];
        let form = w.feats.get("VerbForm") == Some("Part") && w.feats.get("Tense") == Some("Past");
        let agent = parse.children(c).any(|a| parse.words[a].deprel.sub == "agent");
        w.upos == Upos::Verb && form && !agent && !told(c, Relation::Nsubj) && !told(c, Relation::Aux)
    };
    let inside = |&c: &usize| super::below(parse, c, first) && past(c);
    let describing = (first + 1..comma).filter(inside).find(|&c| parse.words[c].deprel.base == Relation::Acl);
    describing.or_else(|| {
        (first + 1..comma).filter(inside).find(|&c| {
            let nominal = |i: usize| matches!(parse.words[i].upos, Upos::Noun | Upos::Propn);
            let noun = (c + 1..comma).find(|&i| !before_object(parse.words[i].upos) || nominal(i));
            parse.words[c].deprel.base == Relation::Amod
                && matches!(parse.words[c - 1].upos, Upos::Noun | Upos::Propn)
                && noun.is_some_and(nominal)
        })
    })
}

/// "said its jets struck the town": what is said has a finite verb, so a form that may be either is the past where it has a
/// subject and an object and no auxiliary.
pub(super) fn read_pasts(parse: &mut Parse) {
    for verb in 1..parse.words.len() {
        let w = &parse.words[verb];
        let either = w.feats.get("VerbForm") == Some("Part") && w.feats.get("Tense") == Some("Past");
        let content = w.upos == Upos::Verb && w.deprel.base == Relation::Ccomp && either;
        // Who suffers something has no object beside him, so what is labelled as a passive is none.
        let subject = child(parse, verb, Relation::Nsubj).filter(|&s| s < verb);
        let object = child(parse, verb, Relation::Obj).is_some_and(|o| o > verb);
        if let Some(subject) = subject.filter(|_| content && object && child(parse, verb, Relation::Aux).is_none()) {
            parse.words[verb].feats = Feats("Mood=Ind|Tense=Past|VerbForm=Fin".into());
            parse.words[subject].deprel.sub = "".into();
        }
    }
}

/// "Fighting between A and B resumed": a gerund that opens a sentence before two who do it to each other is a noun; the verb
/// that took the second of them for its subject tells the sentence.
pub(super) fn name_opening_gerunds(parse: &mut Parse, words: &FrameWords) {
    let Some(first) = root(parse).filter(|&r| (0..r).all(|i| matches!(parse.words[i].upos, Upos::Punct | Upos::Adj)))
    else {
        return;
    };
    let w = &parse.words[first];
    let gerund =
        matches!((w.feats.get("VerbForm"), w.feats.get("Tense")), (Some("Ger"), _) | (Some("Part"), Some("Pres")));
    let between = child(parse, first, Relation::Obl)
        .filter(|&o| o > first && case_of(parse, o).is_some_and(|case| words.pairing.iter().any(|p| p == case)));
    let Some(one) = between.filter(|_| gerund && w.upos == Upos::Verb && !has_subject(parse, first)) else { return };
    let told = (one + 1..parse.words.len()).find_map(|verb| {
        let conj = parse.words[verb].head == Some(first as u32) && parse.words[verb].deprel.base == Relation::Conj;
        let other = parse.children(verb).find(|&c| c > one && parse.words[c].deprel.base == Relation::Nsubj)?;
        let finite = parse.words[verb].upos == Upos::Verb && super::is_statement(parse, verb);
        (conj && finite && other < verb).then_some((verb, other))
    });
    let Some((verb, other)) = told else { return };
    let lemma = parse.words[first].form.to_lowercase();
    parse.words[verb].head = None;
    parse.words[verb].deprel = relation(Relation::Root);
    let moved: Vec<usize> = parse.children(first).filter(|&c| c > verb && c != one).collect();
    for word in moved {
        parse.words[word].head = Some(verb as u32);
    }
    hang(parse, first, verb, relation(Relation::Nsubj));
    parse.words[first].upos = Upos::Noun;
    parse.words[first].lemma = lemma.as_str().into();
    parse.words[first].feats = Feats("Number=Sing".into());
    hang(parse, one, first, relation(Relation::Nmod));
    hang(parse, other, one, relation(Relation::Conj));
    if let Some(cc) = child(parse, verb, Relation::Cc).filter(|&c| c < other) {
        parse.words[cc].head = Some(other as u32);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{hangs, list, parse};

    #[test]
    fn of_two_subjects_before_a_tail_the_first_has_the_verb_behind_it() {
        let rows = |second: &str| {
            format!(
                "toll toll NOUN _ 7 nsubj
                 climbed climb VERB Tense=Past|VerbForm=Part 1 acl
                 to to ADP _ 4 case
                 ten ten NUM _ 2 obl
                 , , PUNCT _ 1 punct
                 police police NOUN _ 7 {second}
                 said say VERB VerbForm=Fin 0 root
                 . . PUNCT _ 7 punct"
            )
        };
        let mut told = parse(&rows("nsubj"));
        part_tails(&mut told);
        hangs(&told, "climbed", "ccomp", "said");
        hangs(&told, "toll", "nsubj", "climbed");
        let mut one = parse(&rows("obj"));
        let before = one.clone();
        part_tails(&mut one);
        assert_eq!(one, before);
    }

    #[test]
    fn of_two_subjects_before_a_tail_the_first_opened_fire() {
        let mut tail = parse(
            "Soldiers soldier NOUN _ 10 nsubj
             at at ADP _ 5 case
             checkpoint checkpoint NOUN _ 5 compound
             opened open VERB Tense=Past|VerbForm=Part 5 amod
             fire fire NOUN _ 1 nmod
             on on ADP _ 7 case
             mourners mourner NOUN _ 5 nmod
             , , PUNCT _ 10 punct
             residents resident NOUN _ 10 nsubj
             said say VERB Tense=Past|VerbForm=Fin 0 root",
        );
        part_tails(&mut tail);
        hangs(&tail, "opened", "ccomp", "said");
        hangs(&tail, "Soldiers", "nsubj", "opened");
        hangs(&tail, "fire", "obj", "opened");
        hangs(&tail, "mourners", "obl", "opened");
    }

    #[test]
    fn a_gerund_before_two_is_a_noun() {
        let rows = |case: &str| {
            format!(
                "Fighting fight VERB VerbForm=Ger 0 root
                 {case} {case} ADP _ 3 case
                 army army NOUN _ 1 obl
                 and and CCONJ _ 5 cc
                 rebels rebel NOUN _ 6 nsubj
                 resumed resume VERB Mood=Ind|VerbForm=Fin 1 conj
                 . . PUNCT _ 1 punct"
            )
        };
        let words = FrameWords { pairing: list(&["between"]), ..FrameWords::default() };
        let mut both = parse(&rows("between"));
        name_opening_gerunds(&mut both, &words);
        hangs(&both, "resumed", "root", "-");
        hangs(&both, "Fighting", "nsubj", "resumed");
        hangs(&both, "rebels", "conj", "army");
        let mut one = parse(&rows("near"));
        let before = one.clone();
        name_opening_gerunds(&mut one, &words);
        assert_eq!(one, before);
    }

    #[test]
    fn what_is_said_has_a_finite_verb() {
        let rows = |object: &str| {
            format!(
                "army army NOUN _ 2 nsubj
                 said say VERB VerbForm=Fin 0 root
                 jets jet NOUN _ 4 nsubj
                 struck strike VERB Tense=Past|VerbForm=Part 2 ccomp{object}"
            )
        };
        for (object, form) in [("\nKaya Kaya PROPN _ 4 obj", "Fin"), ("", "Part")] {
            let mut passive =
                parse(&rows(object).replace("nsubj\n                 struck", "nsubj:pass\n                 struck"));
            read_pasts(&mut passive);
            assert_eq!(passive.words[3].feats.get("VerbForm"), Some(form), "labelled as a passive");
            let mut parse = parse(&rows(object));
            read_pasts(&mut parse);
            assert_eq!(parse.words[3].feats.get("VerbForm"), Some(form));
        }
    }
}
