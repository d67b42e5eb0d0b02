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
        if words.unmarked_objects {
            name_object(parse, word);
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
    name_object(parse, verb);
}

/// "retook 300 square miles": the noun behind an active verb that nothing marks, not even as a time, is its object.
fn name_object(parse: &mut Parse, verb: usize) {
    if parse.words[verb].upos != Upos::Verb || is_passive(parse, verb) || child(parse, verb, Relation::Obj).is_some() {
        return;
    }
    let bare = |&c: &usize| {
        let w = &parse.words[c];
        c > verb && w.deprel.base == Relation::Obl && w.deprel.sub.is_empty() && is_nominal(parse, c)
    };
    let found = parse.children(verb).filter(bare).find(|&c| case_of(parse, c).is_none());
    if let Some(noun) = found {
        parse.words[noun].deprel = relation(Relation::Obj, "");
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
