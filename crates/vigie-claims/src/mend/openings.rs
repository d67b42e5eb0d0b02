//! How a sentence opens: a condition without its conjunction, a subject that a parser takes for the whole sentence.

use super::{below, has_subject, relation};
use crate::phrase::case_of;
use vigie_resources::FrameWords;
use vigie_syntax::{Deprel, EntityLabel, Feats, NamedEntity, Parse, Relation, Upos};

pub(super) fn hang(parse: &mut Parse, word: usize, head: usize, deprel: Deprel) {
    parse.words[word].head = Some(head as u32);
    parse.words[word].deprel = deprel;
}

pub(super) fn child(parse: &Parse, head: usize, base: Relation) -> Option<usize> {
    parse.children(head).find(|&c| parse.words[c].deprel.base == base)
}

pub(super) fn is_nominal(parse: &Parse, word: usize) -> bool {
    matches!(parse.words[word].upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num)
}

fn first_word(parse: &Parse) -> Option<usize> {
    (0..parse.words.len()).find(|&i| parse.words[i].upos != Upos::Punct)
}

/// Does the sentence end as a sentence does, and not as a headline?
pub(super) fn is_whole(parse: &Parse) -> bool {
    let last = parse.words.iter().rev().find(|w| w.upos != Upos::Punct || w.form == ".");
    last.is_some_and(|w| w.form == ".")
}

/// "Had the rebels taken X, …", "Were X to fall, …": an auxiliary that opens a sentence before its subject is the
/// conjunction of a condition, and what follows the comma is the main clause.
pub(super) fn open_conditions(parse: &mut Parse, words: &FrameWords) {
    let Some(opener) = first_word(parse) else { return };
    let form = parse.words[opener].form.to_lowercase();
    if !words.conditional_openers.contains(&form) || !is_whole(parse) {
        return;
    }
    let Some(comma) = (opener + 1..parse.words.len()).find(|&i| parse.words[i].form == ",") else { return };
    let Some(verb) = (opener + 1..comma).find(|&i| parse.words[i].upos == Upos::Verb) else { return };
    let region = |i: usize| opener <= i && i < comma;
    let outside =
        |parse: &Parse, i: usize| parse.words[i].head.is_none_or(|h| !(opener < h as usize && (h as usize) < verb));
    let Some(subject) = (opener + 1..verb).find(|&i| is_nominal(parse, i) && outside(parse, i)) else { return };
    let main = (comma + 1..parse.words.len()).find(|&i| {
        parse.words[i].upos != Upos::Punct
            && parse.words[i].head.is_none_or(|h| h as usize <= comma)
            && has_subject(parse, i)
    });
    let Some(main) = main else { return };
    let Some(root) = (0..parse.words.len()).find(|&i| parse.words[i].head.is_none()) else { return };
    if !region(root) && root != main {
        return;
    }
    parse.words[main].head = None;
    parse.words[main].deprel = relation(Relation::Root);
    hang(parse, verb, main, relation(Relation::Advcl));
    let passive = parse.children(verb).any(|c| parse.words[c].deprel.sub == "pass");
    hang(parse, subject, verb, Deprel { base: Relation::Nsubj, sub: if passive { "pass".into() } else { "".into() } });
    hang(parse, opener, verb, relation(Relation::Mark));
    parse.words[opener].upos = Upos::Sconj;
    for i in 0..parse.words.len() {
        let head = parse.words[i].head.map(|h| h as usize);
        let loose = match head {
            Some(h) if h == opener => true,
            Some(h) if h == subject => i > verb,
            Some(h) => i > comma && region(h),
            None => false,
        };
        if loose && i != verb && i != subject && i != main {
            parse.words[i].head = Some(if i <= comma { verb } else { main } as u32);
        }
    }
    let helped = child(parse, verb, Relation::Aux).is_some();
    if !helped && parse.words[verb].feats.get("VerbForm") != Some("Inf") {
        parse.words[verb].feats = Feats("Mood=Sub|VerbForm=Fin".into());
    }
}

/// "Clashes between A and B left nine dead": where a noun is the root and a verb behind it has no subject, the verb tells
/// the sentence and the noun is its subject.
/// `governs` says that a verb does something to what stands behind a preposition, and needs no object for it.
pub(super) fn lead_by_verb(parse: &mut Parse, words: &FrameWords, governs: &dyn Fn(&str, &str) -> bool) {
    if !is_whole(parse) {
        return;
    }
    let Some(root) = (0..parse.words.len()).find(|&i| parse.words[i].head.is_none()) else { return };
    let gerund = parse.words[root].upos == Upos::Verb
        && !super::is_statement(parse, root)
        && matches!(parse.words[root].feats.get("VerbForm"), Some("Ger" | "Part"))
        && parse.words[root].feats.get("Tense") != Some("Past");
    let noun = matches!(parse.words[root].upos, Upos::Noun | Upos::Propn);
    let told = |base| child(parse, root, base).is_some();
    if !(gerund || noun)
        || told(Relation::Cop)
        || told(Relation::Nsubj)
        || told(Relation::Aux)
        || case_of(parse, root).is_some()
    {
        return;
    }
    let clause = |v: usize| {
        let w = &parse.words[v];
        let taken = |base| child(parse, v, base).is_some();
        w.upos == Upos::Verb
            && !has_subject(parse, v)
            && !taken(Relation::Mark)
            && !taken(Relation::Aux)
            && !taken(Relation::Cc)
            && !taken(Relation::Case)
            && below(parse, v, root)
    };
    let past = |v: usize| {
        let feats = &parse.words[v].feats;
        match feats.get("VerbForm") {
            // A clause without its pronoun may describe the noun, unless it takes an object right behind that noun.
            Some("Fin") => {
                let opens = v == root + 1 && child(parse, v, Relation::Obj).is_some_and(|o| o > v);
                feats.get("Mood") != Some("Imp") && (parse.words[v].deprel.base != Relation::Acl || opens)
            }
            // A form that may be a participle is the past when it stands before a number or has no noun of its own.
            Some("Part") => {
                feats.get("Tense") == Some("Past")
                    && (is_no_attribute(parse, v) || v == root + 1 && is_never_passive(parse, v, words, governs))
            }
            _ => false,
        }
    };
    let mut verbs = (root + 1..parse.words.len()).filter(|&v| clause(v) && past(v));
    let (Some(verb), None) = (verbs.next(), verbs.next()) else { return };
    let other = |v: usize| v != verb && v != root && parse.words[v].upos == Upos::Verb && super::is_statement(parse, v);
    if (0..parse.words.len()).any(|v| other(v) && !below(parse, v, verb)) {
        return;
    }
    // What the parser took the verb for an attribute of is its object.
    if parse.words[verb].deprel.base == Relation::Amod
        && let Some(object) = parse.words[verb].head.map(|h| h as usize).filter(|&h| h > verb)
    {
        let before: Vec<usize> = parse.children(object).filter(|&c| c < verb).collect();
        hang(parse, object, verb, relation(Relation::Obj));
        for word in before {
            parse.words[word].head = Some(root as u32);
        }
    }
    // "in X ended": a name before the verb with a preposition of its own belongs to the noun before it.
    let names: Vec<usize> =
        parse.children(verb).filter(|&c| c < verb && parse.words[c].deprel.base == Relation::Compound).collect();
    for name in names {
        hang(parse, name, root, relation(Relation::Nmod));
    }
    parse.words[verb].head = None;
    parse.words[verb].deprel = relation(Relation::Root);
    hang(parse, root, verb, relation(Relation::Nsubj));
    let behind: Vec<usize> = parse.children(root).filter(|&c| c > verb).collect();
    for word in behind {
        parse.words[word].head = Some(verb as u32);
    }
    if parse.words[root].upos == Upos::Verb {
        parse.words[root].upos = Upos::Noun;
    }
    parse.words[verb].feats = Feats("Mood=Ind|Tense=Past|VerbForm=Fin".into());
}

/// A form before a number or a determiner, one with an object, or one that nothing follows as its agent and that hangs on no
/// noun right before it.
fn is_no_attribute(parse: &Parse, verb: usize) -> bool {
    let Some(head) = parse.words[verb].head.map(|h| h as usize) else { return false };
    let next = parse.words.get(verb + 1);
    match parse.words[verb].deprel.base {
        Relation::Amod => head > verb && next.is_some_and(|n| matches!(n.upos, Upos::Num | Upos::Det)),
        Relation::Nmod => head < verb,
        // "The doctors treated villagers": a participle behind its noun is passive and so has no object of its own.
        Relation::Acl => {
            let agent = |c: usize| parse.words[c].deprel.sub == "agent";
            head < verb
                && child(parse, verb, Relation::Obj).is_some_and(|o| o > verb)
                && !parse.children(verb).any(agent)
        }
        _ => false,
    }
}

/// "Clashes erupted", "The opposition called on the president to resign": a verb that takes no object, or that stands right
/// before the preposition of what it is done to, describes no noun as a participle does.
fn is_never_passive(parse: &Parse, verb: usize, words: &FrameWords, governs: &dyn Fn(&str, &str) -> bool) -> bool {
    let lemma = parse.words[verb].lemma.to_lowercase();
    let agent = |c: usize| {
        parse.words[c].deprel.sub == "agent"
            || case_of(parse, c).is_some_and(|case| words.agents.iter().any(|a| a == case))
    };
    if parse.children(verb).any(agent) {
        return false;
    }
    let next = parse.words.get(verb + 1).filter(|n| n.upos == Upos::Adp);
    words.unaccusative.contains(&lemma) || next.is_some_and(|case| governs(&lemma, &case.lemma.to_lowercase()))
}

/// "Tamsa delivered missiles": a bare noun before a verb that has no subject is no part of a compound but the subject.
pub(super) fn free_compounds(parse: &mut Parse) {
    for verb in 1..parse.words.len() {
        let w = &parse.words[verb];
        if w.upos != Upos::Verb || has_subject(parse, verb) || !matches!(w.deprel.base, Relation::Root) {
            continue;
        }
        let noun = parse.children(verb).find(|&c| {
            c < verb
                && matches!(parse.words[c].upos, Upos::Noun | Upos::Propn)
                && parse.words[c].deprel.base == Relation::Compound
                && case_of(parse, c).is_none()
        });
        let object = child(parse, verb, Relation::Obj).is_some_and(|o| o > verb);
        let Some(noun) = noun.filter(|_| object) else { continue };
        hang(parse, noun, verb, relation(Relation::Nsubj));
        if parse.words[verb].feats.get("VerbForm") == Some("Part") && child(parse, verb, Relation::Aux).is_none() {
            parse.words[verb].feats = Feats("Mood=Ind|Tense=Past|VerbForm=Fin".into());
        }
    }
}

/// "Rockets fired from X fell near Y": a verb in the past right behind its subject, in the way of another verb that has no
/// subject, is a participle that describes it.
pub(super) fn turn_reduced(parse: &mut Parse) {
    for main in 2..parse.words.len() {
        if parse.words[main].upos != Upos::Verb || has_subject(parse, main) || !super::is_statement(parse, main) {
            continue;
        }
        let deed = parse.children(main).find(|&c| {
            let plain = |base| child(parse, c, base).is_none();
            c < main
                && parse.words[c].upos == Upos::Verb
                && parse.words[c].deprel.base == Relation::Advcl
                && parse.words[c].feats.get("Tense") == Some("Past")
                && [Relation::Aux, Relation::Mark, Relation::Obj, Relation::Ccomp].into_iter().all(plain)
        });
        let Some(deed) = deed else { continue };
        let Some(noun) = child(parse, deed, Relation::Nsubj).filter(|&n| n + 1 == deed && is_nominal(parse, n)) else {
            continue;
        };
        if (deed..main).any(|i| parse.words[i].upos == Upos::Punct) {
            continue;
        }
        let passive = parse.children(main).any(|c| parse.words[c].deprel.sub == "pass");
        hang(parse, noun, main, Deprel { base: Relation::Nsubj, sub: if passive { "pass".into() } else { "".into() } });
        hang(parse, deed, noun, relation(Relation::Acl));
        parse.words[deed].feats = Feats("Tense=Past|VerbForm=Part|Voice=Pass".into());
    }
}

/// "The so-called militia shelled X": of two objects around a verb without a subject the one before it is the subject.
pub(super) fn turn_objects(parse: &mut Parse) {
    for verb in 1..parse.words.len() {
        if parse.words[verb].upos != Upos::Verb || has_subject(parse, verb) {
            continue;
        }
        let objects: Vec<usize> = parse
            .children(verb)
            .filter(|&c| parse.words[c].deprel.base == Relation::Obj && is_noun(parse, c))
            .collect();
        if let [before, behind] = objects[..]
            && before < verb
            && behind > verb
        {
            parse.words[before].deprel = relation(Relation::Nsubj);
        }
    }
}

pub(super) fn is_noun(parse: &Parse, word: usize) -> bool {
    matches!(parse.words[word].upos, Upos::Noun | Upos::Propn) && case_of(parse, word).is_none()
}

/// "Taken by the rebels in May, the town …" with a participle that is also a noun: before its agent, at the beginning of
/// a sentence and without an article it is the participle.
pub(super) fn open_participles(parse: &mut Parse, words: &FrameWords) {
    let Some(first) = first_word(parse) else { return };
    let form = parse.words[first].form.to_lowercase();
    let Some((_, verb)) = words.participle_nouns.iter().find(|(noun, _)| *noun == form) else { return };
    let agent = parse.words.get(first + 1).is_some_and(|w| words.agents.iter().any(|a| *a == w.lemma));
    let comma = (first + 1..parse.words.len()).find(|&i| parse.words[i].form == ",");
    let w = &parse.words[first];
    let main = w.head.map(|h| h as usize).filter(|&h| comma.is_some_and(|c| c < h));
    if w.upos != Upos::Noun || child(parse, first, Relation::Det).is_some() || main.is_none() {
        return;
    }
    let dated = parse.words.get(first + 1).is_some_and(|w| w.upos == Upos::Adp);
    if !agent && !dated {
        return;
    }
    parse.words[first].upos = Upos::Verb;
    parse.words[first].lemma = verb.as_str().into();
    parse.words[first].feats = Feats("Tense=Past|VerbForm=Part".into());
    parse.words[first].deprel = relation(Relation::Advcl);
    let below: Vec<usize> = parse.children(first).filter(|&c| parse.words[c].deprel.base == Relation::Nmod).collect();
    for word in below {
        let marked = case_of(parse, word).is_some_and(|case| words.agents.iter().any(|a| *a == case));
        parse.words[word].deprel = Deprel { base: Relation::Obl, sub: if marked { "agent".into() } else { "".into() } };
    }
}

/// "Cool, Ruvania": the word before the place that a title of three words ends in is a name, though it may be a noun too.
pub(super) fn name_titles(parse: &mut Parse) {
    let [first, comma, last] = &parse.words[..] else { return };
    let place = parse.entities.iter().any(|e| e.first == 2 && e.last == 2 && e.label == EntityLabel::Location);
    let capital = first.form.chars().next().is_some_and(char::is_uppercase);
    if first.upos != Upos::Noun || !capital || comma.form != "," || last.upos != Upos::Propn || !place {
        return;
    }
    let span = first.span;
    parse.entities.retain(|e| e.first > 0);
    parse.entities.insert(0, NamedEntity { span, first: 0, last: 0, label: EntityLabel::Location });
    let first = &mut parse.words[0];
    first.upos = Upos::Propn;
    first.lemma = first.form.clone();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{hangs, list, parse};

    fn words() -> FrameWords {
        FrameWords {
            conditional_openers: list(&["had", "were"]),
            participle_nouns: vec![("prise".to_owned(), "prendre".to_owned())],
            agents: list(&["par"]),
            ..FrameWords::default()
        }
    }

    #[test]
    fn an_auxiliary_before_its_subject_opens_a_condition() {
        let mut parse = parse(
            "Had have VERB VerbForm=Fin 0 root
             rebels rebel NOUN _ 1 obj
             taken take VERB VerbForm=Part 2 acl
             Kaya Kaya PROPN _ 3 obj
             , , PUNCT _ 8 punct
             it it PRON _ 8 nsubj
             would would AUX VerbForm=Fin 8 aux
             starve starve VERB VerbForm=Inf 1 parataxis
             . . PUNCT _ 1 punct",
        );
        open_conditions(&mut parse, &words());
        hangs(&parse, "starve", "root", "-");
        hangs(&parse, "taken", "advcl", "starve");
        hangs(&parse, "rebels", "nsubj", "taken");
        hangs(&parse, "Had", "mark", "taken");
    }

    #[test]
    fn a_question_is_no_condition() {
        let mut parse = parse(
            "Had have VERB VerbForm=Fin 0 root
             rebels rebel NOUN _ 1 obj
             taken take VERB VerbForm=Part 2 acl
             Kaya Kaya PROPN _ 3 obj
             , , PUNCT _ 7 punct
             he he PRON _ 7 nsubj
             asked ask VERB VerbForm=Fin 1 parataxis
             ? ? PUNCT _ 1 punct",
        );
        let before = parse.clone();
        open_conditions(&mut parse, &words());
        assert_eq!(parse, before);
    }

    #[test]
    fn a_noun_at_the_root_is_the_subject_of_the_verb_behind_it() {
        let rows = "Clashes clash NOUN _ 0 root
             in in ADP _ 3 case
             Kaya Kaya PROPN _ 1 nmod
             left leave VERB Mood=Ind|VerbForm=Fin 1 conj
             nine nine NUM _ 4 obj
             dead dead ADJ _ 4 xcomp";
        let mut whole = parse(&format!("{rows}\n. . PUNCT _ 1 punct"));
        lead_by_verb(&mut whole, &FrameWords::default(), &|_, _| false);
        hangs(&whole, "left", "root", "-");
        hangs(&whole, "Clashes", "nsubj", "left");
        let mut headline = parse(rows);
        lead_by_verb(&mut headline, &FrameWords::default(), &|_, _| false);
        hangs(&headline, "Clashes", "root", "-");
    }

    #[test]
    fn a_form_with_an_object_behind_a_noun_is_the_past() {
        let mut parse = parse(
            "Doctors doctor NOUN _ 0 root
             treated treat VERB Tense=Past|VerbForm=Part 1 acl
             villagers villager NOUN _ 2 obj
             . . PUNCT _ 1 punct",
        );
        lead_by_verb(&mut parse, &FrameWords::default(), &|_, _| false);
        hangs(&parse, "treated", "root", "-");
        hangs(&parse, "Doctors", "nsubj", "treated");
    }

    #[test]
    fn a_participle_that_describes_a_noun_stays_one() {
        let mut parse = parse(
            "Convoy convoy NOUN _ 0 root
             attacked attack VERB Tense=Past|VerbForm=Part 1 acl
             near near ADP _ 4 case
             Kaya Kaya PROPN _ 2 obl
             . . PUNCT _ 1 punct",
        );
        let before = parse.clone();
        lead_by_verb(&mut parse, &FrameWords::default(), &|_, _| false);
        assert_eq!(parse, before);
    }

    #[test]
    fn a_verb_without_objects_or_before_its_preposition_is_no_participle() {
        let rows = |verb: &str, case: &str, relation: &str| {
            format!(
                "Sides side NOUN _ 0 root
                 {verb} {verb} VERB Tense=Past|VerbForm=Part 1 acl
                 {case} {case} ADP _ 4 case
                 Kaya Kaya PROPN _ 2 {relation}
                 . . PUNCT _ 1 punct"
            )
        };
        let words = FrameWords { unaccusative: vec!["erupt".to_owned()], ..FrameWords::default() };
        let read = |verb: &str, case: &str, relation: &str| {
            let mut parse = parse(&rows(verb, case, relation));
            lead_by_verb(&mut parse, &words, &|verb, case| (verb, case) == ("call", "on"));
            parse.words[1].head.is_none()
        };
        assert!(read("erupt", "in", "obl") && read("call", "on", "obl"));
        assert!(!read("shell", "in", "obl") && !read("call", "by", "obl:agent"));
    }

    #[test]
    fn a_participle_with_an_object_is_the_verb() {
        let mut parse = parse(
            "Warplanes warplane NOUN _ 0 root
             struck strike VERB Tense=Past|VerbForm=Part 1 acl
             Kaya Kaya PROPN _ 2 obj
             . . PUNCT _ 1 punct",
        );
        lead_by_verb(&mut parse, &FrameWords::default(), &|_, _| false);
        hangs(&parse, "struck", "root", "-");
        hangs(&parse, "Warplanes", "nsubj", "struck");
    }

    #[test]
    fn a_past_form_before_the_main_verb_is_a_participle() {
        let mut parse = parse(
            "rockets rocket NOUN _ 2 nsubj
             fired fire VERB Tense=Past|VerbForm=Fin 5 advcl
             from from ADP _ 4 case
             Oria Oria PROPN _ 2 obl
             fell fall VERB Tense=Past|VerbForm=Fin 0 root",
        );
        turn_reduced(&mut parse);
        hangs(&parse, "rockets", "nsubj", "fell");
        hangs(&parse, "fired", "acl", "rockets");
    }

    #[test]
    fn a_noun_before_an_agent_is_the_participle() {
        let mut parse = parse(
            "Prise prise NOUN _ 6 advcl
             par par ADP _ 3 case
             rebelles rebelle NOUN _ 1 nmod
             , , PUNCT _ 1 punct
             Kaya Kaya PROPN _ 6 nsubj
             souffre souffrir VERB VerbForm=Fin 0 root",
        );
        open_participles(&mut parse, &words());
        let taken = &parse.words[0];
        assert_eq!((taken.upos, taken.lemma.as_str()), (Upos::Verb, "prendre"));
        hangs(&parse, "rebelles", "obl", "Prise");
    }
}
