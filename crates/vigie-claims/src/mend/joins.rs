//! What is joined to what: the two of a pair, adjectives and participles beside a noun, contrasts; and the articles and
//! clitics that a parser takes for something else.

use super::openings::{child, hang, is_nominal, is_whole};
use super::{below, has_subject, relation};
use crate::phrase::case_of;
use vigie_resources::FrameWords;
use vigie_syntax::{Deprel, Feats, Parse, Relation, Upos};

/// "the army and allied groups attacked": a participle that seems joined to a noun and to have an object, but no subject or
/// auxiliary, describes that object, which is what is joined.
pub(super) fn join_described(parse: &mut Parse) {
    for verb in 1..parse.words.len() {
        let w = &parse.words[verb];
        let Some(first) = w.head.map(|h| h as usize).filter(|&h| h < verb) else { continue };
        let plain = w.upos == Upos::Verb
            && w.deprel.base == Relation::Conj
            && matches!(parse.words[first].upos, Upos::Noun | Upos::Propn)
            && !has_subject(parse, verb)
            && child(parse, verb, Relation::Aux).is_none();
        let object = child(parse, verb, Relation::Obj).filter(|&o| o > verb && case_of(parse, o).is_none());
        let between =
            |o: usize| (verb + 1..o).all(|i| matches!(parse.words[i].upos, Upos::Adj | Upos::Noun | Upos::Propn));
        let Some(noun) = object.filter(|&o| plain && between(o) && child(parse, o, Relation::Det).is_none()) else {
            continue;
        };
        // The two are one subject only where a verb behind them has it.
        if parse.words[first].head.is_none_or(|h| h as usize <= noun) {
            continue;
        }
        let others: Vec<usize> = parse.children(verb).filter(|&c| c != noun).collect();
        hang(parse, noun, first, relation(Relation::Conj));
        hang(parse, verb, noun, relation(Relation::Amod));
        for word in others {
            parse.words[word].head = Some(noun as u32);
        }
    }
}

/// "The wounded fled", "the general vowed": an adjective with a determiner that stands as a subject or object is a noun.
pub(super) fn name_adjectives(parse: &mut Parse) {
    for word in 0..parse.words.len() {
        let w = &parse.words[word];
        let argument = matches!(w.deprel.base, Relation::Nsubj | Relation::Obj | Relation::Iobj);
        let determined = parse.children(word).any(|c| parse.words[c].deprel.base == Relation::Det && c < word);
        let plain = |base| child(parse, word, base).is_none();
        // "Fighting broke out": a gerund that is a subject and has no object or subject of its own is a noun.
        let gerund = w.upos == Upos::Verb
            && w.deprel.base == Relation::Nsubj
            && matches!(
                (w.feats.get("VerbForm"), w.feats.get("Tense")),
                (Some("Ger"), _) | (Some("Part"), Some("Pres"))
            )
            && plain(Relation::Obj)
            && plain(Relation::Nsubj)
            && plain(Relation::Aux);
        if w.upos == Upos::Adj && argument && determined {
            parse.words[word].upos = Upos::Noun;
        } else if gerund {
            let lemma = w.form.to_lowercase();
            parse.words[word].upos = Upos::Noun;
            parse.words[word].lemma = lemma.into();
        }
    }
}

/// "handed the crossing to the rebels": a circumstance of a verb that a parser hung on its object belongs to the verb.
pub(super) fn raise_circumstances(parse: &mut Parse) {
    for word in 1..parse.words.len() {
        let w = &parse.words[word];
        let Some(noun) = w.head.map(|h| h as usize).filter(|&h| h < word) else { continue };
        let bare =
            matches!(parse.words[noun].upos, Upos::Noun | Upos::Propn) && child(parse, noun, Relation::Cop).is_none();
        let taken = matches!(parse.words[noun].deprel.base, Relation::Obj | Relation::Obl);
        let verb =
            parse.words[noun].head.map(|h| h as usize).filter(|&v| parse.words[v].upos == Upos::Verb && v < noun);
        if w.deprel.base == Relation::Obl
            && bare
            && taken
            && case_of(parse, word).is_some()
            && let Some(verb) = verb
        {
            parse.words[word].head = Some(verb as u32);
        }
    }
}

/// "the siege imposed by the militia at Kaya": a place that a parser hung on whoever does it is where it is done.
pub(super) fn raise_from_agents(parse: &mut Parse, words: &FrameWords) {
    for place in 2..parse.words.len() {
        let w = &parse.words[place];
        let Some(agent) = w.head.map(|h| h as usize).filter(|&h| h < place) else { continue };
        let located = w.upos == Upos::Propn
            && w.deprel.base == Relation::Nmod
            && case_of(parse, place).is_some_and(|case| words.inner_locatives.iter().any(|l| l == case));
        let doer = parse.words[agent].deprel.base == Relation::Obl
            && parse.words[agent].upos == Upos::Noun
            && case_of(parse, agent).is_some_and(|case| words.agents.iter().any(|a| a == case));
        let deed = parse.words[agent].head.map(|h| h as usize).filter(|&v| v < agent && located && doer);
        if let Some(deed) = deed.filter(|&v| parse.words[v].upos == Upos::Verb) {
            hang(parse, place, deed, relation(Relation::Obl));
        }
    }
}

/// "reopened the road but armed groups threaten it": a noun with its conjunction right before a finite verb without a
/// subject is the subject of that verb, not another object.
pub(super) fn part_clauses(parse: &mut Parse) {
    for noun in 1..parse.words.len() {
        let w = &parse.words[noun];
        let first = w.head.map(|h| h as usize).filter(|&h| h < noun);
        let joined = w.deprel.base == Relation::Conj && is_nominal(parse, noun) && case_of(parse, noun).is_none();
        let Some(cc) = child(parse, noun, Relation::Cc).filter(|_| joined && first.is_some()) else { continue };
        // What it seems joined to belongs to a verb before it, and not to the subject of this one.
        let taken = first.is_some_and(|f| {
            crate::phrase::governors(parse, f).find(|&g| parse.words[g].upos == Upos::Verb).is_some_and(|g| g < f)
        });
        if !taken {
            continue;
        }
        let Some(verb) = super::verb_from(parse, super::last_of(parse, noun) + 1) else { continue };
        let clause = matches!(parse.words[verb].deprel.base, Relation::Conj | Relation::Ccomp | Relation::Parataxis);
        // The subject of an inverted clause ("… and said X") stands behind its verb.
        if !clause || below(parse, noun, verb) || below(parse, verb, noun) {
            continue;
        }
        hang(parse, noun, verb, relation(Relation::Nsubj));
        parse.words[cc].head = Some(verb as u32);
    }
}

/// "after troops left it": a noun between a conjunction and its verb, which has no subject, is that subject, whatever the
/// parser hung it on.
pub(super) fn find_subjects(parse: &mut Parse) {
    for verb in 1..parse.words.len() {
        let w = &parse.words[verb];
        let Some(head) = w.head.filter(|_| w.upos == Upos::Verb && w.deprel.base == Relation::Advcl) else { continue };
        let Some(mark) = child(parse, verb, Relation::Mark).filter(|&m| m < verb) else { continue };
        if has_subject(parse, verb) || !super::is_statement(parse, verb) {
            continue;
        }
        let noun = (mark + 1..verb).find(|&n| {
            let w = &parse.words[n];
            is_nominal(parse, n)
                && w.head == Some(head)
                && matches!(w.deprel.base, Relation::Obl | Relation::Nmod | Relation::Obj)
                && case_of(parse, n).is_none()
        });
        if let Some(noun) = noun {
            hang(parse, noun, verb, relation(Relation::Nsubj));
        }
    }
}

/// "the port but not the town": what is joined by a denial is told as the contrary.
pub(super) fn part_contrasts(parse: &mut Parse, negators: &[String]) {
    for word in 1..parse.words.len() {
        let w = &parse.words[word];
        let nominal = matches!(w.upos, Upos::Noun | Upos::Propn) && w.deprel.base == Relation::Conj;
        let denied = parse.children(word).any(|c| {
            c < word
                && parse.words[c].deprel.base == Relation::Advmod
                && negators.iter().any(|n| *n == parse.words[c].form.to_lowercase())
        });
        if nominal && denied {
            parse.words[word].deprel = relation(Relation::Parataxis);
        }
    }
}

/// "X le dément": a sentence without a verb whose last noun has the article of a clitic and may be a verb is told by it.
/// `verb_of` gives the verb that a form may be of.
pub(super) fn find_verb(parse: &mut Parse, verb_of: &dyn Fn(&str) -> Option<String>) {
    if !is_whole(parse) || parse.words.iter().any(|w| matches!(w.upos, Upos::Verb | Upos::Aux)) {
        return;
    }
    let Some(last) = (0..parse.words.len()).rev().find(|&i| parse.words[i].upos != Upos::Punct) else { return };
    let Some(clitic) = last.checked_sub(1) else { return };
    let Some(root) = (0..parse.words.len()).find(|&i| parse.words[i].head.is_none()) else { return };
    let w = &parse.words[last];
    let article = parse.words[clitic].upos == Upos::Det && parse.words[clitic].head == Some(last as u32);
    let told = w.upos == Upos::Noun && w.head == Some(root as u32) && case_of(parse, last).is_none() && root < clitic;
    let subject = matches!(parse.words[root].upos, Upos::Propn | Upos::Noun) && case_of(parse, root).is_none();
    if !(article && told && subject) || (root..clitic).any(|i| parse.words[i].upos == Upos::Punct) {
        return;
    }
    let Some(verb) = verb_of(&w.form.to_lowercase()) else { return };
    parse.words[last].lemma = verb.as_str().into();
    parse.words[last].upos = Upos::Verb;
    parse.words[last].feats = Feats("Mood=Ind|Tense=Pres|VerbForm=Fin".into());
    parse.words[last].head = None;
    parse.words[last].deprel = relation(Relation::Root);
    hang(parse, root, last, relation(Relation::Nsubj));
    parse.words[clitic].upos = Upos::Pron;
    parse.words[clitic].feats = Feats("PronType=Prs".into());
    hang(parse, clitic, last, relation(Relation::Obj));
    for word in 0..parse.words.len() {
        if parse.words[word].head == Some(root as u32) && parse.words[word].upos == Upos::Punct {
            parse.words[word].head = Some(last as u32);
        }
    }
}

/// "« Des hommes ont pris »": what looks like a preposition contracted with its article, at the beginning of a clause whose
/// verb has no subject, is the indefinite article.
pub(super) fn read_articles(parse: &mut Parse, words: &FrameWords) {
    for verb in 1..parse.words.len() {
        if parse.words[verb].upos != Upos::Verb || has_subject(parse, verb) || !super::is_statement(parse, verb) {
            continue;
        }
        // "les rumeurs selon lesquelles des soldats ont pris": behind a relative word of this verb.
        let relative = |noun: usize| {
            let before = child(parse, noun, Relation::Case).and_then(|case| case.checked_sub(1));
            before.is_some_and(|b| {
                parse.words[b].feats.get("PronType") == Some("Rel") && parse.words[b].head == Some(verb as u32)
            })
        };
        let behind = (0..verb).filter(|&n| parse.words[n].deprel.base == Relation::Nmod && relative(n));
        let found = parse.children(verb).chain(behind).find_map(|noun| {
            let case = child(parse, noun, Relation::Case)?;
            let article = child(parse, noun, Relation::Det)?;
            let contracted = parse.words[case].token == parse.words[article].token;
            let genitive = words.genitives.iter().any(|g| *g == parse.words[case].lemma);
            let opens = case == 0
                || relative(noun)
                || matches!(parse.words[case - 1].upos, Upos::Punct | Upos::Sconj | Upos::Cconj);
            let plural = parse.words[noun].feats.get("Number") == Some("Plur");
            let fits = noun < verb && case < noun && contracted && genitive && opens && plural;
            (fits && matches!(parse.words[noun].deprel.base, Relation::Obl | Relation::Nmod)).then_some((noun, case))
        });
        let Some((noun, case)) = found else { continue };
        let passive = parse.children(verb).any(|c| parse.words[c].deprel.sub == "pass");
        let sub = if passive { "pass" } else { "" };
        hang(parse, noun, verb, Deprel { base: Relation::Nsubj, sub: sub.into() });
        parse.words[case].deprel = relation(Relation::Det);
    }
}

/// Some militiamen behind "the soldiers and": joined to a phrase that has no preposition, nor one inside it, what looks like a
/// preposition contracted with its article is the indefinite article.
pub(super) fn read_joined_articles(parse: &mut Parse, words: &FrameWords) {
    let genitive = |parse: &Parse, w: usize| {
        parse.words[w].upos == Upos::Adp && words.genitives.iter().any(|g| *g == parse.words[w].lemma)
    };
    for noun in 2..parse.words.len() {
        if parse.words[noun].deprel.base != Relation::Conj || parse.words[noun].feats.get("Number") != Some("Plur") {
            continue;
        }
        let Some(first) = parse.words[noun].head.map(|h| h as usize).filter(|&h| h < noun) else { continue };
        let Some(case) = child(parse, noun, Relation::Case).filter(|&c| c > first && genitive(parse, c)) else {
            continue;
        };
        let contracted = case + 1 < noun
            && parse.words[case].token == parse.words[case + 1].token
            && parse.words[case + 1].upos == Upos::Det;
        let joined = parse.words[case - 1].upos == Upos::Cconj;
        let inside = (first..case).any(|w| genitive(parse, w));
        if contracted && joined && !inside && is_nominal(parse, first) && case_of(parse, first).is_none() {
            parse.words[case].deprel = relation(Relation::Det);
        }
    }
}

/// "clashes between the army and the rebels": what is between needs two, so what seems joined to the noun before is joined
/// to the first of them.
pub(super) fn share_pairs(parse: &mut Parse, words: &FrameWords) {
    for first in 1..parse.words.len() {
        let pairs = case_of(parse, first).is_some_and(|case| words.pairing.iter().any(|p| p == case));
        // "on Sunday between A and B": neither a time nor a place lies between two others.
        if pairs
            && let Some(host) = parse.words[first].head.map(|h| h as usize)
            && parse.words[host].deprel.base == Relation::Obl
            && (parse.words[host].upos == Upos::Propn || case_of(parse, host).is_none())
            && let Some(verb) =
                parse.words[host].head.map(|h| h as usize).filter(|&v| parse.words[v].upos == Upos::Verb)
        {
            hang(parse, first, verb, relation(Relation::Obl));
        }
        let Some(host) = parse.words[first].head.map(|h| h as usize).filter(|&h| h < first) else { continue };
        if !pairs || !is_nominal(parse, first) || child(parse, first, Relation::Conj).is_some() {
            continue;
        }
        let second = parse.children(host).find(|&c| {
            c > first
                && parse.words[c].deprel.base == Relation::Conj
                && is_nominal(parse, c)
                && case_of(parse, c).is_none()
                && child(parse, c, Relation::Cc).is_some()
        });
        if let Some(second) = second {
            hang(parse, second, first, relation(Relation::Conj));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{hangs, list, parse};

    fn words() -> FrameWords {
        FrameWords { pairing: list(&["between"]), ..FrameWords::default() }
    }

    #[test]
    fn what_is_between_takes_what_is_joined_to_the_noun_before() {
        let mut parse = parse(
            "clashes clash NOUN _ 6 nsubj
             between between ADP _ 3 case
             army army NOUN _ 1 nmod
             and and CCONJ _ 5 cc
             rebels rebel NOUN _ 1 conj
             ended end VERB _ 0 root",
        );
        share_pairs(&mut parse, &words());
        hangs(&parse, "rebels", "conj", "army");
    }

    #[test]
    fn a_place_behind_an_agent_is_where_it_is_done() {
        let rows = |case: &str| {
            format!(
                "siège siège NOUN _ 0 root
                 imposé imposer VERB VerbForm=Part 1 acl
                 par par ADP _ 4 case
                 rebelles rebelle NOUN _ 2 obl:agent
                 {case} {case} ADP _ 6 case
                 Kaya Kaya PROPN _ 4 nmod"
            )
        };
        let words = FrameWords { agents: list(&["par"]), inner_locatives: list(&["à"]), ..FrameWords::default() };
        let mut there = parse(&rows("à"));
        raise_from_agents(&mut there, &words);
        hangs(&there, "Kaya", "obl", "imposé");
        let mut theirs = parse(&rows("de"));
        let before = theirs.clone();
        raise_from_agents(&mut theirs, &words);
        assert_eq!(theirs, before);
    }

    #[test]
    fn a_denied_conjunct_is_told_as_the_contrary() {
        let mut parse = parse(
            "hold hold VERB _ 0 root
             port port NOUN _ 1 obj
             but but CCONJ _ 5 cc
             not not ADV _ 5 advmod
             town town NOUN _ 2 conj",
        );
        part_contrasts(&mut parse, &["not".to_owned()]);
        hangs(&parse, "town", "parataxis", "port");
    }

    #[test]
    fn a_participle_before_a_joined_noun_describes_it() {
        let mut parse = parse(
            "army army NOUN _ 5 nsubj
             and and CCONJ _ 3 cc
             allied ally VERB _ 1 conj
             groups group NOUN _ 3 obj
             attacked attack VERB _ 0 root
             Kaya Kaya PROPN _ 5 obj",
        );
        join_described(&mut parse);
        hangs(&parse, "groups", "conj", "army");
        hangs(&parse, "allied", "amod", "groups");
    }

    #[test]
    fn a_sentence_without_a_verb_finds_it_in_its_last_noun() {
        let rows = "Kaya Kaya PROPN _ 0 root
             le le DET _ 3 det
             dément dément NOUN _ 1 nmod
             . . PUNCT _ 1 punct";
        let mut told = parse(rows);
        find_verb(&mut told, &|_| Some("démentir".to_owned()));
        hangs(&told, "dément", "root", "-");
        hangs(&told, "Kaya", "nsubj", "dément");
        let mut name = parse(rows);
        let before = name.clone();
        find_verb(&mut name, &|_| None);
        assert_eq!(name, before);
    }

    #[test]
    fn a_noun_between_a_conjunction_and_its_verb_is_the_subject() {
        let mut parse = parse(
            "rebels rebel NOUN _ 2 nsubj
             took take VERB VerbForm=Fin 0 root
             Kaya Kaya PROPN _ 2 obj
             after after SCONJ _ 6 mark
             troops troop NOUN _ 2 obl
             left leave VERB VerbForm=Fin 2 advcl
             it it PRON _ 6 obj",
        );
        find_subjects(&mut parse);
        hangs(&parse, "troops", "nsubj", "left");
    }

    #[test]
    fn what_stands_before_a_second_verb_is_its_subject() {
        let rows = "army army NOUN _ 2 nsubj
             reopened reopen VERB VerbForm=Fin 0 root
             road road NOUN _ 2 obj
             but but CCONJ _ 5 cc
             groups group NOUN _ 3 conj
             threaten threaten VERB VerbForm=Fin 2 conj
             it it PRON _ 6 obj";
        let mut two = parse(rows);
        part_clauses(&mut two);
        hangs(&two, "groups", "nsubj", "threaten");
        let mut pair = parse(
            "clashes clash NOUN _ 0 root
             army army NOUN _ 1 nmod
             and and CCONJ _ 4 cc
             rebels rebel NOUN _ 2 conj
             left leave VERB VerbForm=Fin 1 conj",
        );
        let before = pair.clone();
        part_clauses(&mut pair);
        assert_eq!(pair, before);
    }
}
