//! What a parser confuses in a language that marks little: particles taken for prepositions, objects without a label,
//! halves of a pair, participles that look like finite verbs. Mended before anything is read off the tree, as in
//! [`crate::mend`]; each mend is switched on by the language's frame words.

use crate::phrase::{case_of, subtree};
use vigie_resources::FrameWords;
use vigie_syntax::{Deprel, Feats, Parse, Relation, Upos};

/// Puts the tree right.
pub(crate) fn mend_unmarked(parse: &mut Parse, words: &FrameWords) {
    for word in 0..parse.words.len() {
        join_pair(parse, word, words);
        turn_participle(parse, word, words);
        join_particle(parse, word, words);
        if words.bare_relatives {
            free_infinitive(parse, word);
            raise_finite(parse, word, words);
            free_attribute(parse, word);
            turn_relative(parse, word, words);
        }
        if words.unmarked_objects {
            name_object(parse, word, words);
            promote_object(parse, word);
        }
    }
}

fn relation(base: Relation, sub: &str) -> Deprel {
    Deprel { base, sub: sub.into() }
}

fn hang(parse: &mut Parse, word: usize, head: usize, deprel: Deprel) {
    parse.words[word].head = Some(head as u32);
    parse.words[word].deprel = deprel;
}

fn child(parse: &Parse, head: usize, base: Relation) -> Option<usize> {
    parse.children(head).find(|&c| parse.words[c].deprel.base == base)
}

fn is_nominal(parse: &Parse, word: usize) -> bool {
    matches!(parse.words[word].upos, Upos::Noun | Upos::Propn | Upos::Num)
}

fn is_passive(parse: &Parse, verb: usize) -> bool {
    parse.children(verb).any(|c| parse.words[c].deprel.sub == "pass")
}

/// "handed over the prisoners": the verb has this particle, so the word behind it is no preposition of the noun.
fn join_particle(parse: &mut Parse, verb: usize, words: &FrameWords) {
    let Some(next) = parse.words.get(verb + 1) else { return };
    let pair = || format!("{} {}", parse.words[verb].lemma, next.lemma);
    if parse.words[verb].upos != Upos::Verb
        || !matches!(next.upos, Upos::Adp | Upos::Adv)
        || next.deprel.base == Relation::Compound
        || parse.children(verb + 1).next().is_some()
        || !words.particle_verbs.contains(&pair())
    {
        return;
    }
    hang(parse, verb + 1, verb, relation(Relation::Compound, "prt"));
    name_object(parse, verb, words);
}

/// "retook 300 square miles": the noun behind an active verb that nothing marks, not even as a time, is its object.
fn name_object(parse: &mut Parse, verb: usize, words: &FrameWords) {
    if parse.words[verb].upos != Upos::Verb || is_passive(parse, verb) || child(parse, verb, Relation::Obj).is_some() {
        return;
    }
    let bare = |&c: &usize| {
        let w = &parse.words[c];
        let measured = || words.classes.get("measure").is_some_and(|list| list.iter().any(|m| *m == w.lemma));
        c > verb && w.deprel.base == Relation::Obl && (w.deprel.sub.is_empty() || measured()) && is_nominal(parse, c)
    };
    let found = parse.children(verb).filter(bare).find(|&c| case_of(parse, c).is_none());
    if let Some(noun) = found {
        parse.words[noun].deprel = relation(Relation::Obj, "");
    }
}

/// "urged the army to leave": a noun that nothing marks is no second object where there is no first.
fn promote_object(parse: &mut Parse, verb: usize) {
    if parse.words[verb].upos != Upos::Verb || child(parse, verb, Relation::Obj).is_some() {
        return;
    }
    if let Some(only) = child(parse, verb, Relation::Iobj).filter(|&c| c > verb && case_of(parse, c).is_none()) {
        parse.words[only].deprel = relation(Relation::Obj, "");
    }
}

/// "talks between A and B resumed": what is between needs two; the second is no subject of the verb that follows.
fn join_pair(parse: &mut Parse, first: usize, words: &FrameWords) {
    let pairs = case_of(parse, first).is_some_and(|case| words.pairing.iter().any(|p| p == case));
    if !pairs || !is_nominal(parse, first) || child(parse, first, Relation::Conj).is_some() {
        return;
    }
    let Some(host) = parse.words[first].head.map(|h| h as usize).filter(|&h| h < first) else { return };
    let second = (first + 1..parse.words.len()).find(|&c| {
        is_nominal(parse, c)
            && parse.words[c].deprel.base == Relation::Nsubj
            && parse.children(c).any(|cc| cc > first && parse.words[cc].deprel.base == Relation::Cc)
    });
    let Some(second) = second else { return };
    let joined = subtree(parse, second, |_| true);
    let left = joined.first().copied().unwrap_or(second);
    // Nothing but the first noun's own words may stand between the two.
    let own = subtree(parse, first, |_| true);
    if (first + 1..left).any(|w| !own.contains(&w)) {
        return;
    }
    let Some(verb) = parse.words[second].head.map(|h| h as usize).filter(|&v| v > second) else { return };
    hang(parse, second, first, relation(Relation::Conj, ""));
    if child(parse, verb, Relation::Nsubj).is_none() && parse.words[verb].head == Some(host as u32) {
        // The verb was said to be joined to its own subject.
        parse.words[verb].head = parse.words[host].head;
        parse.words[verb].deprel = parse.words[host].deprel.clone();
        hang(parse, host, verb, relation(Relation::Nsubj, ""));
        let behind: Vec<usize> = parse.children(host).filter(|&c| c > verb).collect();
        for word in behind {
            parse.words[word].head = Some(verb as u32);
        }
    }
}

/// "preparing to besiege X": an infinitive with its own mark is no attribute of the noun that follows it.
fn free_infinitive(parse: &mut Parse, verb: usize) {
    let w = &parse.words[verb];
    let marked = parse.children(verb).any(|m| m < verb && parse.words[m].deprel.base == Relation::Mark);
    let Some(noun) = w.head.map(|h| h as usize).filter(|&n| n > verb) else { return };
    let attribute = matches!(w.deprel.base, Relation::Amod | Relation::Compound);
    if w.upos != Upos::Verb || !attribute || !marked || case_of(parse, noun).is_some() {
        return;
    }
    let Some(above) = parse.words[noun].head.map(|h| h as usize).filter(|&a| a < verb) else { return };
    hang(parse, verb, above, relation(Relation::Xcomp, ""));
    hang(parse, noun, verb, relation(Relation::Obj, ""));
}

/// "The army massacred villagers": a participle is no attribute of the noun behind it when it has a subject of its own, or
/// when the noun stands alone at the root and another noun comes right before the participle.
fn free_attribute(parse: &mut Parse, verb: usize) {
    let w = &parse.words[verb];
    let Some(noun) = w.head.map(|h| h as usize).filter(|&n| n > verb) else { return };
    if w.upos != Upos::Verb || w.deprel.base != Relation::Amod || case_of(parse, noun).is_some() {
        return;
    }
    let own = child(parse, verb, Relation::Nsubj);
    let before = verb.checked_sub(1).filter(|&b| {
        let beside = parse.words[b].head == Some(noun as u32) || parse.words[b].head == Some(verb as u32);
        let described = beside && matches!(parse.words[b].deprel.base, Relation::Compound | Relation::Nsubj);
        matches!(parse.words[b].upos, Upos::Noun | Upos::Propn) && described
    });
    let alone = parse.words[noun].head.is_none() && child(parse, noun, Relation::Cop).is_none();
    let Some(subject) = own.or(before.filter(|_| alone)) else { return };
    let first: Vec<usize> = parse.children(noun).filter(|&c| c < subject && own.is_none()).collect();
    let behind: Vec<usize> =
        parse.children(noun).filter(|&c| c > noun && parse.words[c].deprel.base == Relation::Punct).collect();
    parse.words[verb].head = parse.words[noun].head;
    parse.words[verb].deprel = parse.words[noun].deprel.clone();
    hang(parse, noun, verb, relation(Relation::Obj, ""));
    hang(parse, subject, verb, relation(Relation::Nsubj, ""));
    parse.words[verb].feats = Feats("Mood=Ind|Tense=Past|VerbForm=Fin".into());
    for word in first {
        parse.words[word].head = Some(subject as u32);
    }
    for word in behind {
        parse.words[word].head = Some(verb as u32);
    }
}

fn is_relative(parse: &Parse, word: usize, words: &FrameWords) -> bool {
    let w = &parse.words[word];
    w.feats.get("PronType") == Some("Rel") || words.relatives.iter().any(|r| *r == w.lemma)
}

/// "X, which the army took": of two subjects before an active verb the relative pronoun is the object.
fn turn_relative(parse: &mut Parse, verb: usize, words: &FrameWords) {
    if parse.words[verb].upos != Upos::Verb || is_passive(parse, verb) || child(parse, verb, Relation::Obj).is_some() {
        return;
    }
    let subjects: Vec<usize> =
        parse.children(verb).filter(|&c| c < verb && parse.words[c].deprel.base == Relation::Nsubj).collect();
    if let [pronoun, _] = subjects[..]
        && is_relative(parse, pronoun, words)
    {
        parse.words[pronoun].deprel = relation(Relation::Obj, "");
    }
}

/// "Heavy fighting erupted", "the town the rebels took": a finite verb that hangs on the noun right before it, without
/// a relative pronoun, has that noun for its subject. When another noun stands right before, the clause describes that.
fn raise_finite(parse: &mut Parse, verb: usize, words: &FrameWords) {
    let w = &parse.words[verb];
    let finite = w.feats.get("VerbForm") == Some("Fin");
    let Some(noun) = w.head.map(|h| h as usize).filter(|&n| n + 1 == verb && is_nominal(parse, n)) else { return };
    if w.upos != Upos::Verb || w.deprel.base != Relation::Acl || !finite {
        return;
    }
    let taken = |base| child(parse, verb, base).is_some();
    if taken(Relation::Nsubj) || taken(Relation::Mark) || taken(Relation::Aux) || case_of(parse, noun).is_some() {
        return;
    }
    let own = subtree(parse, noun, |c| c < verb);
    let left = own.first().copied().unwrap_or(noun);
    let before = left.checked_sub(1).filter(|&b| is_nominal(parse, b) && !own.contains(&b));
    let determined = child(parse, noun, Relation::Det).is_some();
    match before {
        Some(other) if determined && !taken(Relation::Obj) => {
            hang(parse, verb, other, relation(Relation::Acl, "relcl"));
            hang(parse, noun, verb, relation(Relation::Nsubj, ""));
        }
        None if words.carriers.iter().any(|c| *c == parse.words[verb].lemma) => {
            let deprel = parse.words[noun].deprel.clone();
            parse.words[verb].head = parse.words[noun].head;
            parse.words[verb].deprel = deprel;
            hang(parse, noun, verb, relation(Relation::Nsubj, ""));
            let behind: Vec<usize> = parse.children(noun).filter(|&c| c > verb).collect();
            for word in behind {
                parse.words[word].head = Some(verb as u32);
            }
        }
        _ => {}
    }
}

/// "The raid carried out by the militia was condemned": a verb with an agent and no object, before a verb that has no
/// subject of its own, is a participle that describes the subject.
fn turn_participle(parse: &mut Parse, verb: usize, words: &FrameWords) {
    let w = &parse.words[verb];
    if w.upos != Upos::Verb || is_passive(parse, verb) || child(parse, verb, Relation::Aux).is_some() {
        return;
    }
    if child(parse, verb, Relation::Obj).is_some() {
        return;
    }
    let Some(subject) = child(parse, verb, Relation::Nsubj).filter(|&s| s < verb && is_nominal(parse, s)) else {
        return;
    };
    let after = verb + 1 + usize::from(parse.words.get(verb + 1).is_some_and(|p| p.deprel.sub == "prt"));
    let Some(agent) = parse.words.get(after).filter(|by| words.agents.iter().any(|a| *a == by.lemma)) else { return };
    let Some(noun) = agent.head.map(|h| h as usize).filter(|&n| n > after) else { return };
    let main = parse.children(verb).find(|&m| {
        let own = child(parse, m, Relation::Nsubj);
        m > noun
            && matches!(
                parse.words[m].deprel.base,
                Relation::Ccomp | Relation::Advcl | Relation::Parataxis | Relation::Conj
            )
            && parse.words[m].upos == Upos::Verb
            && child(parse, m, Relation::Cc).is_none()
            && child(parse, m, Relation::Mark).is_none()
            && own.is_none_or(|s| s == noun)
    });
    let Some(main) = main else { return };
    parse.words[main].head = parse.words[verb].head;
    parse.words[main].deprel = parse.words[verb].deprel.clone();
    let passive = is_passive(parse, main);
    let punctuation: Vec<usize> =
        parse.children(verb).filter(|&c| c > main && parse.words[c].deprel.base == Relation::Punct).collect();
    for mark in punctuation {
        parse.words[mark].head = Some(main as u32);
    }
    hang(parse, noun, verb, relation(Relation::Obl, "agent"));
    hang(parse, subject, main, relation(Relation::Nsubj, if passive { "pass" } else { "" }));
    hang(parse, verb, subject, relation(Relation::Acl, ""));
    parse.words[verb].feats = Feats("Tense=Past|VerbForm=Part|Voice=Pass".into());
}

#[cfg(test)]
mod tests {
    use super::mend_unmarked;
    use crate::testing::{parse, word};
    use vigie_resources::FrameWords;
    use vigie_syntax::Parse;

    fn mended(rows: &str) -> Parse {
        let list = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect();
        let words = FrameWords {
            agents: list(&["by"]),
            particle_verbs: list(&["hand over"]),
            unmarked_objects: true,
            bare_relatives: true,
            pairing: list(&["between"]),
            ..FrameWords::default()
        };
        let mut parse = parse(rows);
        mend_unmarked(&mut parse, &words);
        parse
    }

    /// Checks what one word hangs on and how.
    fn check(parse: &Parse, form: &str, relation: &str, head: &str) {
        let w = &parse.words[word(parse, form)];
        let over = w.head.map_or("-", |h| parse.words[h as usize].form.as_str());
        let sub = if w.deprel.sub.is_empty() { String::new() } else { format!(":{}", w.deprel.sub) };
        assert_eq!((format!("{}{sub}", w.deprel.base.as_str()).as_str(), over), (relation, head), "{form}");
    }

    #[test]
    fn a_particle_is_no_preposition() {
        let parse = mended(
            "rebels rebel NOUN _ 2 nsubj
             handed hand VERB VerbForm=Fin 0 root
             over over ADP _ 4 case
             prisoners prisoner NOUN _ 2 obl",
        );
        check(&parse, "over", "compound:prt", "handed");
        check(&parse, "prisoners", "obj", "handed");
    }

    #[test]
    fn an_infinitive_is_no_attribute() {
        let parse = mended(
            "rebels rebel NOUN _ 2 nsubj
             prepare prepare VERB VerbForm=Fin 0 root
             to to PART _ 4 mark
             besiege besiege VERB VerbForm=Inf 5 amod
             Kaya Kaya PROPN _ 2 obl",
        );
        check(&parse, "besiege", "xcomp", "prepare");
        check(&parse, "Kaya", "obj", "besiege");
    }

    #[test]
    fn a_verb_with_a_noun_before_it_is_no_attribute() {
        let parse = mended(
            "The the DET _ 4 det
             army army NOUN _ 4 compound
             massacred massacre VERB VerbForm=Part 4 amod
             villagers villager NOUN _ 0 root",
        );
        check(&parse, "massacred", "root", "-");
        check(&parse, "army", "nsubj", "massacred");
        check(&parse, "The", "det", "army");
        check(&parse, "villagers", "obj", "massacred");
    }

    #[test]
    fn a_clause_without_its_pronoun_describes_the_noun_before_its_subject() {
        let parse = mended(
            "visited visit VERB VerbForm=Fin 0 root
             towns town NOUN _ 1 obj
             the the DET _ 4 det
             rebels rebel NOUN _ 1 obj
             took take VERB VerbForm=Fin 4 acl",
        );
        check(&parse, "took", "acl:relcl", "towns");
        check(&parse, "rebels", "nsubj", "took");
    }

    #[test]
    fn of_two_subjects_the_relative_is_the_object() {
        let parse = mended(
            "Kaya Kaya PROPN _ 0 root
             which which PRON PronType=Rel 4 nsubj
             rebels rebel NOUN _ 4 nsubj
             took take VERB VerbForm=Fin 1 acl:relcl",
        );
        check(&parse, "which", "obj", "took");
    }

    #[test]
    fn what_is_between_needs_two() {
        let parse = mended(
            "Talks talk NOUN _ 0 root
             between between ADP _ 3 case
             army army NOUN _ 1 nmod
             and and CCONJ _ 5 cc
             rebels rebel NOUN _ 6 nsubj
             resumed resume VERB VerbForm=Fin 1 conj",
        );
        check(&parse, "rebels", "conj", "army");
        check(&parse, "Talks", "nsubj", "resumed");
        check(&parse, "resumed", "root", "-");
    }

    #[test]
    fn a_verb_with_an_agent_before_the_main_verb_is_a_participle() {
        let parse = mended(
            "raid raid NOUN _ 2 nsubj
             carried carry VERB VerbForm=Fin 0 root
             out out ADP _ 2 compound:prt
             by by ADP _ 5 case
             militia militia NOUN _ 2 obl
             was be AUX _ 7 aux:pass
             condemned condemn VERB VerbForm=Part 2 ccomp",
        );
        check(&parse, "raid", "nsubj:pass", "condemned");
        check(&parse, "carried", "acl", "raid");
        check(&parse, "militia", "obl:agent", "carried");
        check(&parse, "condemned", "root", "-");
    }
}
