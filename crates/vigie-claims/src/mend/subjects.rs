//! Subjects that a parser left to the clause before them, and pronouns that it joined to the wrong noun.

use super::openings::{child, hang, is_nominal};
use super::{below, has_subject, is_statement, last_of, relation};
use crate::phrase::case_of;
use vigie_resources::FrameWords;
use vigie_syntax::{Deprel, Parse, Relation, Upos};

/// The first word of the verb's own group: auxiliaries and adverbs that stand right before it.
fn group_start(parse: &Parse, verb: usize) -> usize {
    let own = |w: usize| {
        parse.words[w].head == Some(verb as u32)
            && matches!(parse.words[w].deprel.base, Relation::Aux | Relation::Cop | Relation::Advmod | Relation::Expl)
    };
    let mut start = verb;
    while start > 0 && own(start - 1) {
        start -= 1;
    }
    start
}

/// A verb that states something, has nobody who does it, and no conjunction.
fn is_orphan(parse: &Parse, verb: usize, base: Relation) -> bool {
    let w = &parse.words[verb];
    w.upos == Upos::Verb
        && w.deprel.base == base
        && !has_subject(parse, verb)
        && is_statement(parse, verb)
        && child(parse, verb, Relation::Mark).is_none()
}

fn as_subject(parse: &mut Parse, noun: usize, verb: usize) {
    let passive = parse.children(verb).any(|c| parse.words[c].deprel.sub == "pass");
    let sub = if passive { "pass" } else { "" };
    hang(parse, noun, verb, Deprel { base: Relation::Nsubj, sub: sub.into() });
}

/// "Il soutient que l'armée recule": the pronoun of a verb of saying with a content is somebody, and no empty subject.
/// `says` knows those verbs.
pub(super) fn fill_empty_subjects(parse: &mut Parse, says: &dyn Fn(&str) -> bool) {
    for verb in 1..parse.words.len() {
        let w = &parse.words[verb];
        let told = w.upos == Upos::Verb && !has_nominal_subject(parse, verb) && says(&w.lemma);
        let content = child(parse, verb, Relation::Ccomp).filter(|&c| c > verb);
        let passive =
            parse.children(verb).any(|c| matches!(parse.words[c].deprel.sub.as_str(), "pass" | "comp" | "pv"));
        if !told || passive || content.is_none_or(|c| child(parse, c, Relation::Mark).is_none()) {
            continue;
        }
        let empty = parse.children(verb).find(|&c| {
            let deprel = &parse.words[c].deprel;
            c < verb && deprel.base == Relation::Expl && deprel.sub == "subj"
        });
        if let Some(pronoun) = empty {
            as_subject(parse, pronoun, verb);
        }
    }
}

/// "Ses hommes, a-t-il assuré, contrôlent la ville": a verb of saying between commas with its pronoun behind the auxiliary is put in;
/// the noun before it is the subject of the finite verb behind. `says` as above.
pub(super) fn part_inserted(parse: &mut Parse, says: &dyn Fn(&str) -> bool) {
    for verb in 3..parse.words.len().saturating_sub(2) {
        let w = &parse.words[verb];
        if w.upos != Upos::Verb || !says(&w.lemma) || parse.words[verb + 1].form != "," {
            continue;
        }
        let pronoun = parse.children(verb).find(|&c| {
            let deprel = &parse.words[c].deprel;
            let subject = deprel.base == Relation::Nsubj || deprel.sub == "subj";
            c < verb && parse.words[c].upos == Upos::Pron && subject
        });
        let Some(pronoun) = pronoun else { continue };
        // The pronoun stands behind the verb that it belongs to, so an auxiliary opens the insertion.
        let opening =
            (0..pronoun).rev().find(|&i| parse.words[i].head != Some(verb as u32) || parse.words[i].form == ",");
        let Some(comma) = opening.filter(|&i| parse.words[i].form == "," && pronoun > i + 1) else { continue };
        let nominal = |&c: &usize| c < comma && parse.words[c].deprel.base == Relation::Nsubj && is_nominal(parse, c);
        let Some(noun) = parse.children(verb).find(nominal) else { continue };
        let main = (verb + 2..parse.words.len())
            .find(|&v| parse.words[v].upos == Upos::Verb && is_statement(parse, v) && !has_subject(parse, v));
        let Some(main) = main.filter(|&m| below(parse, m, verb)) else { continue };
        parse.words[main].head = parse.words[verb].head;
        parse.words[main].deprel = parse.words[verb].deprel.clone();
        hang(parse, verb, main, Deprel { base: Relation::Parataxis, sub: "".into() });
        as_subject(parse, noun, main);
        as_subject(parse, pronoun, verb);
    }
}

fn has_nominal_subject(parse: &Parse, verb: usize) -> bool {
    child(parse, verb, Relation::Nsubj).is_some()
}

/// "came a day after the group confirmed": a noun under a preposition that may open a clause, with a finite verb right
/// behind it that has no subject, is that subject, and the preposition is the conjunction.
pub(super) fn open_clauses(parse: &mut Parse, words: &FrameWords) {
    for verb in 2..parse.words.len() {
        if !is_orphan(parse, verb, Relation::Advcl) {
            continue;
        }
        let start = group_start(parse, verb);
        let found = (0..start).find_map(|noun| {
            let case = child(parse, noun, Relation::Case).filter(|&c| c < noun)?;
            let opens = words.clause_prepositions.iter().any(|p| *p == parse.words[case].lemma);
            let circumstance = matches!(parse.words[noun].deprel.base, Relation::Obl | Relation::Nmod);
            let near = last_of(parse, noun) + 1 == start;
            (opens && circumstance && near && is_nominal(parse, noun)).then_some((noun, case))
        });
        let Some((noun, case)) = found else { continue };
        as_subject(parse, noun, verb);
        hang(parse, case, verb, relation(Relation::Mark));
    }
}

/// "denied the town had fallen": what a verb of saying seems to have for its object, with a finite verb right behind it that
/// has no subject, is the subject of what is said.
pub(super) fn open_contents(parse: &mut Parse, says: &dyn Fn(&str) -> bool) {
    lead_by_saying(parse, says);
    for verb in 2..parse.words.len() {
        let base = parse.words[verb].deprel.base;
        if !matches!(base, Relation::Ccomp | Relation::Acl) || !is_orphan(parse, verb, base) {
            continue;
        }
        let Some(above) = parse.words[verb].head.map(|h| h as usize).filter(|&h| h < verb) else { continue };
        // The parser hangs the clause on the verb or, as a relative one, on the noun.
        let noun = match base {
            Relation::Ccomp => child(parse, above, Relation::Obj).filter(|&o| o > above && o < verb),
            _ => Some(above).filter(|_| child(parse, verb, Relation::Aux).is_some()),
        };
        let Some(noun) = noun.filter(|&n| is_nominal(parse, n) && parse.words[n].deprel.base == Relation::Obj) else {
            continue;
        };
        let Some(saying) = parse.words[noun].head.map(|h| h as usize).filter(|&s| s < noun) else { continue };
        let start = group_start(parse, verb);
        // As a relative clause the verb's words are below the noun.
        let last = (noun..start).rev().find(|&w| super::below(parse, w, noun)).unwrap_or(noun);
        if last + 1 != start || !says(&parse.words[saying].lemma) {
            continue;
        }
        hang(parse, verb, saying, relation(Relation::Ccomp));
        as_subject(parse, noun, verb);
    }
}

/// The same where the parser makes what is denied the main clause and the denial a circumstance of it.
fn lead_by_saying(parse: &mut Parse, says: &dyn Fn(&str) -> bool) {
    for verb in 2..parse.words.len() {
        if !is_orphan(parse, verb, parse.words[verb].deprel.base) {
            continue;
        }
        let start = group_start(parse, verb);
        let object = |saying: usize| {
            let w = &parse.words[saying];
            let plain = w.upos == Upos::Verb
                && matches!(w.deprel.base, Relation::Advcl | Relation::Ccomp)
                && has_subject(parse, saying)
                && is_statement(parse, saying)
                && child(parse, saying, Relation::Mark).is_none()
                && says(&w.lemma);
            let noun = child(parse, saying, Relation::Obj).filter(|&o| plain && saying < o && is_nominal(parse, o));
            noun.filter(|&o| last_of(parse, o) + 1 == start)
        };
        let found = parse.children(verb).filter(|&c| c < start).find_map(|c| Some((c, object(c)?)));
        let Some((saying, noun)) = found else { continue };
        parse.words[saying].head = parse.words[verb].head;
        parse.words[saying].deprel = parse.words[verb].deprel.clone();
        hang(parse, verb, saying, relation(Relation::Ccomp));
        as_subject(parse, noun, verb);
    }
}

/// "la prise du village, dans la région, et celle de": what points back without a preposition stands for a noun without one,
/// and not for the circumstance right before it.
pub(super) fn join_demonstratives(parse: &mut Parse) {
    for pronoun in 2..parse.words.len() {
        let w = &parse.words[pronoun];
        let points = w.upos == Upos::Pron && w.feats.get("PronType") == Some("Dem");
        let Some(head) = w.head.map(|h| h as usize).filter(|&h| h < pronoun) else { continue };
        let marked = case_of(parse, head).is_some() && case_of(parse, pronoun).is_none();
        let told = parse.children(pronoun).any(|c| c > pronoun && case_of(parse, c).is_some());
        if !points || w.deprel.base != Relation::Conj || !marked || !told {
            continue;
        }
        let agrees = |n: usize| {
            ["Gender", "Number"].iter().all(|key| match (parse.words[n].feats.get(key), w.feats.get(key)) {
                (Some(a), Some(b)) => a == b,
                _ => true,
            })
        };
        let noun = (0..head).rev().find(|&n| {
            parse.words[n].upos == Upos::Noun
                && matches!(parse.words[n].deprel.base, Relation::Obj | Relation::Nsubj | Relation::Root)
                && case_of(parse, n).is_none()
                && agrees(n)
        });
        if let Some(noun) = noun {
            parse.words[pronoun].head = Some(noun as u32);
        }
    }
}

/// "où vivent 3 000 personnes": the noun behind a finite verb that has no subject is its subject.
pub(super) fn turn_subjects(parse: &mut Parse, words: &FrameWords) {
    for verb in 0..parse.words.len() {
        let w = &parse.words[verb];
        let shared = w.deprel.base == Relation::Conj;
        if w.upos != Upos::Verb
            || shared
            || !is_statement(parse, verb)
            || has_subject(parse, verb)
            || !opens(parse, verb)
        {
            continue;
        }
        let clitic = |c: usize| {
            let w = &parse.words[c];
            w.upos == Upos::Pron && words.reflexive.iter().any(|r| *r == w.lemma || *r == w.form.to_lowercase())
        };
        let objects: Vec<usize> =
            parse.children(verb).filter(|&c| parse.words[c].deprel.base == Relation::Obj && !clitic(c)).collect();
        let noun = objects.iter().copied().find(|&c| {
            c > verb
                && matches!(parse.words[c].upos, Upos::Noun | Upos::Propn | Upos::Num)
                && case_of(parse, c).is_none()
        });
        if let Some(noun) = noun {
            parse.words[noun].deprel = relation(Relation::Nsubj);
        } else if objects.is_empty()
            && let Some(noun) = loose_noun(parse, verb)
        {
            parse.words[noun].head = Some(verb as u32);
            parse.words[noun].deprel = relation(Relation::Nsubj);
        }
    }
}

/// "a dit à la télévision le maire": a noun with its own article and nothing that joins it to the noun that it hangs on.
fn loose_noun(parse: &Parse, verb: usize) -> Option<usize> {
    (verb + 1..parse.words.len()).find(|&noun| {
        let w = &parse.words[noun];
        let article = parse.children(noun).find(|&c| parse.words[c].deprel.base == Relation::Det && c < noun);
        let joined = article.is_some_and(|a| matches!(parse.words[a - 1].upos, Upos::Punct | Upos::Adp | Upos::Cconj));
        let above = w.head.map(|h| h as usize);
        w.upos == Upos::Noun
            && matches!(w.deprel.base, Relation::Nmod | Relation::Appos)
            && case_of(parse, noun).is_none()
            && article.is_some_and(|a| a > verb)
            && !joined
            && above.is_some_and(|h| {
                parse.words[h].head == Some(verb as u32) && parse.words[h].deprel.base == Relation::Obl && h < noun
            })
    })
}

/// Does nothing that could be the subject stand before the verb? What does, with its auxiliaries, clitics and adverbials,
/// follows a mark or begins the sentence.
fn opens(parse: &Parse, verb: usize) -> bool {
    let left = (0..verb).rev().find(|&i| !below(parse, i, verb));
    let own = |i: usize| parse.words[i].head == Some(verb as u32);
    let bare = |i: usize| {
        let w = &parse.words[i];
        own(i)
            && matches!(w.upos, Upos::Noun | Upos::Propn)
            && case_of(parse, i).is_none()
            && w.deprel.base != Relation::Obl
    };
    left.is_none_or(|i| parse.words[i].upos == Upos::Punct || parse.words[verb].head == Some(i as u32))
        && !(0..verb).any(bare)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{hangs, list, parse};

    #[test]
    fn a_preposition_with_a_verb_behind_its_noun_is_a_conjunction() {
        let words = FrameWords { clause_prepositions: list(&["after"]), ..FrameWords::default() };
        let rows = |verb: &str| {
            format!(
                "raids raid NOUN _ 2 nsubj
                 came come VERB VerbForm=Fin 0 root
                 after after ADP _ 4 case
                 group group NOUN _ 2 obl
                 confirmed confirm VERB VerbForm={verb} 2 advcl"
            )
        };
        let mut clause = parse(&rows("Fin"));
        open_clauses(&mut clause, &words);
        hangs(&clause, "group", "nsubj", "confirmed");
        hangs(&clause, "after", "mark", "confirmed");
        let mut gerund = parse(&rows("Ger"));
        let before = gerund.clone();
        open_clauses(&mut gerund, &words);
        assert_eq!(gerund, before);
    }

    #[test]
    fn what_seems_denied_is_the_subject_of_what_is_denied() {
        let rows = |lemma: &str| {
            format!(
                "army army NOUN _ 2 nsubj
                 denied {lemma} VERB VerbForm=Fin 0 root
                 town town NOUN _ 2 obj
                 had have AUX VerbForm=Fin 5 aux
                 fallen fall VERB VerbForm=Part 2 ccomp"
            )
        };
        let says = |lemma: &str| lemma == "deny";
        let mut denied = parse(&rows("deny"));
        open_contents(&mut denied, &says);
        hangs(&denied, "town", "nsubj", "fallen");
        let mut main = parse(
            "army army NOUN _ 2 nsubj
             denied deny VERB VerbForm=Fin 5 advcl
             town town NOUN _ 2 obj
             had have AUX VerbForm=Fin 5 aux
             fallen fall VERB VerbForm=Part 0 root",
        );
        open_contents(&mut main, &says);
        hangs(&main, "denied", "root", "-");
        hangs(&main, "fallen", "ccomp", "denied");
        hangs(&main, "town", "nsubj", "fallen");
        let mut left = parse(&rows("leave"));
        let before = left.clone();
        open_contents(&mut left, &says);
        assert_eq!(left, before);
    }

    #[test]
    fn what_points_back_without_a_preposition_goes_on_with_a_noun_without_one() {
        let rows = "claims claim VERB VerbForm=Fin 0 root
             capture capture NOUN Number=Sing 1 obj
             in in ADP _ 4 case
             region region NOUN Number=Sing 1 obl
             and and CCONJ _ 6 cc
             that that PRON Number=Sing|PronType=Dem 4 conj
             of of ADP _ 8 case
             Kaya Kaya PROPN _ 6 nmod";
        let mut bare = parse(rows);
        join_demonstratives(&mut bare);
        hangs(&bare, "that", "conj", "capture");
        let mut marked = parse(&rows.replace("and and CCONJ _ 6 cc", "in in ADP _ 6 case"));
        let before = marked.clone();
        join_demonstratives(&mut marked);
        assert_eq!(marked, before);
    }

    fn says(lemma: &str) -> bool {
        lemma == "soutenir"
    }

    #[test]
    fn the_pronoun_of_a_verb_of_saying_is_somebody() {
        let rows = "Il il PRON _ 2 expl:subj
             soutient soutenir VERB VerbForm=Fin 0 root
             que que SCONJ _ 5 mark
             l'armée armée NOUN _ 5 nsubj
             recule reculer VERB VerbForm=Fin 2 ccomp";
        let mut found = parse(rows);
        fill_empty_subjects(&mut found, &says);
        hangs(&found, "Il", "nsubj", "soutient");
        let mut empty = parse(&rows.replace("soutenir", "falloir"));
        let before = empty.clone();
        fill_empty_subjects(&mut empty, &says);
        assert_eq!(empty, before);
    }

    #[test]
    fn what_is_put_in_between_commas_has_its_own_pronoun() {
        let rows = "hommes homme NOUN _ 5 nsubj
             , , PUNCT _ 1 punct
             a avoir AUX VerbForm=Fin 5 aux
             il il PRON _ 5 expl:subj
             soutenu soutenir VERB VerbForm=Part 0 root
             , , PUNCT _ 7 punct
             tiennent tenir VERB VerbForm=Fin 5 advcl
             Tolma Tolma PROPN _ 7 obj";
        let mut found = parse(rows);
        part_inserted(&mut found, &says);
        hangs(&found, "hommes", "nsubj", "tiennent");
        hangs(&found, "soutenu", "parataxis", "tiennent");
        hangs(&found, "il", "nsubj", "soutenu");
        let mut other = parse(&rows.replace("soutenir", "partir"));
        let before = other.clone();
        part_inserted(&mut other, &says);
        assert_eq!(other, before);
    }
}
