//! Gerunds that stand where other languages have an infinitive, particles far from their verb, names across a quotation
//! mark.

use super::relation;
use crate::phrase::{case_of, governors};
use vigie_resources::FrameWords;
use vigie_syntax::{Deprel, Feats, Parse, Relation, Upos};

fn hang(parse: &mut Parse, word: usize, head: usize, deprel: Deprel) {
    parse.words[word].head = Some(head as u32);
    parse.words[word].deprel = deprel;
}

fn is_gerund(parse: &Parse, word: usize) -> bool {
    let feats = &parse.words[word].feats;
    let form = feats.get("VerbForm");
    parse.words[word].upos == Upos::Verb
        && (form == Some("Ger") || (form == Some("Part") && feats.get("Tense") == Some("Pres")))
}

fn mark_of(parse: &Parse, word: usize) -> Option<usize> {
    parse.children(word).find(|&c| c < word && matches!(parse.words[c].deprel.base, Relation::Mark | Relation::Case))
}

/// "fired at a car that was driving through the town, killing two": what a gerund behind a relative clause tells follows from
/// the main verb where that verb and the gerund may tell of one happening, and the relative clause's may not. `alike` asks
/// that of two lemmas, the first of which must tell it alone or not.
pub(super) fn raise_consequences(parse: &mut Parse, alike: &dyn Fn(&str, &str, bool) -> bool) {
    for word in 2..parse.words.len() {
        let w = &parse.words[word];
        if !is_gerund(parse, word) || w.deprel.base != Relation::Advcl || parse.words[word - 1].form != "," {
            continue;
        }
        let lemma = w.lemma.to_lowercase();
        let above: Vec<usize> = governors(parse, word).collect();
        let relative = above.iter().position(|&v| parse.words[v].deprel.sub == "relcl");
        let Some((inside, outside)) = relative.map(|at| above.split_at(at + 1)) else { continue };
        let fits = |verb: usize, alone: bool| {
            let w = &parse.words[verb];
            w.upos == Upos::Verb && verb < word && alike(&w.lemma.to_lowercase(), &lemma, alone)
        };
        if inside.iter().any(|&verb| fits(verb, true)) {
            continue;
        }
        if let Some(&main) = outside.iter().find(|&&verb| fits(verb, false)) {
            hang(parse, word, main, relation(Relation::Advcl));
        }
    }
}

/// "denied bombing", "accused X of supporting", "kept Y from taking", "having withdrawn": what a verb takes as a gerund is
/// read as an infinitive is.
/// `governs` tells the nouns that take an infinitive ("the hope of taking").
pub(super) fn read_gerunds(parse: &mut Parse, words: &FrameWords, governs: &dyn Fn(&str) -> bool) {
    if words.gerund_marks.is_empty() {
        return;
    }
    for word in 0..parse.words.len() {
        let helper = parse.children(word).find(|&c| {
            parse.words[c].deprel.base == Relation::Aux
                && matches!(parse.words[c].feats.get("VerbForm"), Some("Ger" | "Part"))
                && parse.words[c].feats.get("Tense") != Some("Past")
        });
        let perfect = helper.is_some() && parse.words[word].upos == Upos::Verb && !super::is_statement(parse, word);
        if !perfect && !is_gerund(parse, word) {
            continue;
        }
        let Some(head) = parse.words[word].head.map(|h| h as usize) else { continue };
        let mark = mark_of(parse, word);
        let listed = mark.is_some_and(|m| words.gerund_marks.iter().any(|g| *g == parse.words[m].lemma));
        // "accused the army of shelling": the clause tells what the object of the verb did.
        let object = parse.words[word].deprel.base == Relation::Acl && parse.words[head].deprel.base == Relation::Obj;
        if object
            && listed
            && let Some(verb) = parse.words[head].head.map(|h| h as usize)
            && words.gerund_control.iter().any(|v| *v == parse.words[verb].lemma)
        {
            hang(parse, word, verb, relation(Relation::Advcl));
        }
        let verbal = parse.words[word].head.is_some_and(|h| {
            let above = &parse.words[h as usize];
            matches!(above.upos, Upos::Verb | Upos::Adj | Upos::Adv)
                || above.upos == Upos::Noun && governs(&above.lemma)
        });
        let complement = matches!(parse.words[word].deprel.base, Relation::Xcomp | Relation::Ccomp) && mark.is_none();
        let prepositional = listed
            && matches!(
                parse.words[word].deprel.base,
                Relation::Advcl | Relation::Xcomp | Relation::Ccomp | Relation::Acl
            );
        if !verbal || !(complement || prepositional) {
            continue;
        }
        let turned = if perfect { helper.unwrap_or(word) } else { word };
        parse.words[turned].feats = Feats("VerbForm=Inf".into());
    }
}

/// "considers X a terrorist group": of two objects of a verb that names, the second is what it calls the first.
pub(super) fn name_second_objects(parse: &mut Parse, words: &FrameWords) {
    for verb in 0..parse.words.len() {
        if parse.words[verb].upos != Upos::Verb || !words.naming.iter().any(|n| *n == parse.words[verb].lemma) {
            continue;
        }
        let objects: Vec<usize> = parse
            .children(verb)
            .filter(|&c| c > verb && matches!(parse.words[c].deprel.base, Relation::Obj | Relation::Iobj))
            .collect();
        if let [first, second] = objects[..] {
            parse.words[first].deprel = relation(Relation::Obj);
            parse.words[second].deprel = relation(Relation::Xcomp);
        }
    }
}

/// "took hills overlooking X on Sunday": a participle that only describes the place before it has no time of its own.
pub(super) fn free_times(parse: &mut Parse, words: &FrameWords) {
    for participle in 1..parse.words.len() {
        let w = &parse.words[participle];
        let before = &parse.words[participle - 1];
        let present = is_gerund(parse, participle);
        if !present
            || !words.descriptive.iter().any(|d| *d == w.lemma)
            || !matches!(before.upos, Upos::Noun | Upos::Propn)
        {
            continue;
        }
        let Some(verb) = crate::phrase::governors(parse, participle).find(|&g| parse.words[g].upos == Upos::Verb)
        else {
            continue;
        };
        let Some(object) = parse.children(participle).find(|&c| parse.words[c].deprel.base == Relation::Obj) else {
            continue;
        };
        let times: Vec<usize> =
            parse.children(participle).filter(|&c| c > object && parse.words[c].deprel.base == Relation::Obl).collect();
        if parse.words[participle].deprel.base == Relation::Advcl {
            let mut noun = participle - 1;
            while parse.words[noun].deprel.base == Relation::Flat
                && let Some(up) = parse.words[noun].head
            {
                noun = up as usize;
            }
            hang(parse, participle, noun, relation(Relation::Acl));
        }
        for time in times {
            parse.words[time].head = Some(verb as u32);
        }
    }
}

/// "helped the army retake X": behind a verb that takes a bare infinitive, a noun that is also a verb and stands right
/// before a name is the infinitive.
pub(super) fn free_infinitives(parse: &mut Parse, words: &FrameWords, is_verb: &dyn Fn(&str) -> bool) {
    for name in 2..parse.words.len() {
        let w = &parse.words[name];
        let Some(verb) = w.head.map(|h| h as usize).filter(|&v| v < name) else { continue };
        if parse.words[verb].upos == Upos::Noun {
            free_infinitive_object(parse, verb, words, is_verb);
            continue;
        }
        let helps = w.upos == Upos::Propn
            && verb + 1 < name
            && w.deprel.base == Relation::Obj
            && words.bare_infinitives.iter().any(|b| *b == parse.words[verb].lemma);
        let noun = name - 1;
        let n = &parse.words[noun];
        let attribute = n.upos == Upos::Noun && n.head == Some(name as u32) && n.deprel.base == Relation::Compound;
        if !helps || !attribute || n.form != n.lemma || !is_verb(&n.lemma) {
            continue;
        }
        let subject = noun - 1;
        if subject <= verb || !matches!(parse.words[subject].upos, Upos::Noun | Upos::Propn) {
            continue;
        }
        let others: Vec<usize> = parse.children(name).chain(parse.children(noun)).filter(|&c| c < subject).collect();
        hang(parse, subject, verb, relation(Relation::Obj));
        hang(parse, noun, verb, relation(Relation::Xcomp));
        hang(parse, name, noun, relation(Relation::Obj));
        for word in others {
            parse.words[word].head = Some(subject as u32);
        }
        parse.words[noun].upos = Upos::Verb;
        parse.words[noun].feats = Feats("VerbForm=Inf".into());
    }
}

/// The same where the parser took the infinitive for the object of the verb that helps, and its object for a word of it.
fn free_infinitive_object(parse: &mut Parse, noun: usize, words: &FrameWords, is_verb: &dyn Fn(&str) -> bool) {
    let n = &parse.words[noun];
    let Some(verb) = n.head.map(|h| h as usize).filter(|&v| v + 1 < noun) else { return };
    let taken = parse.children(noun).any(|c| c > noun && parse.words[c].deprel.base == Relation::Obj);
    let helps = n.deprel.base == Relation::Obj && words.bare_infinitives.contains(&parse.words[verb].lemma.to_string());
    let subject = noun - 1;
    let named = parse.words[subject].head == Some(noun as u32)
        && parse.words[subject].deprel.base == Relation::Compound
        && matches!(parse.words[subject].upos, Upos::Noun | Upos::Propn);
    if !helps || !taken || !named || n.form != n.lemma || !is_verb(&n.lemma) {
        return;
    }
    let others: Vec<usize> = parse.children(noun).filter(|&c| c < subject).collect();
    hang(parse, subject, verb, relation(Relation::Obj));
    parse.words[noun].deprel = relation(Relation::Xcomp);
    for word in others {
        parse.words[word].head = Some(subject as u32);
    }
    parse.words[noun].upos = Upos::Verb;
    parse.words[noun].feats = Feats("VerbForm=Inf".into());
}

/// "handed its base over to the army": a particle before a preposition is the verb's, not the phrase's.
pub(super) fn free_particles(parse: &mut Parse, words: &FrameWords) {
    for particle in 1..parse.words.len() {
        let w = &parse.words[particle];
        let Some(noun) = w.head.map(|h| h as usize).filter(|&h| h > particle) else { continue };
        let preposition = parse.words.get(particle + 1).is_some_and(|n| n.upos == Upos::Adp && n.head == w.head);
        if w.deprel.base != Relation::Case || !preposition {
            continue;
        }
        let Some(verb) = parse.words[noun].head.map(|h| h as usize).filter(|&v| v < particle) else { continue };
        let pair = format!("{} {}", parse.words[verb].lemma, w.lemma);
        if parse.words[verb].upos == Upos::Verb && words.particle_verbs.contains(&pair) {
            hang(parse, particle, verb, Deprel { base: Relation::Compound, sub: "prt".into() });
        }
    }
}

/// "calls the men who hold X “occupiers”": what stands before a quotation mark is no part of the name behind it.
pub(super) fn part_quotations(parse: &mut Parse, marks: &[char]) {
    let quote = |parse: &Parse, i: usize| parse.words[i].form.chars().all(|c| marks.contains(&c));
    for name in 0..parse.words.len().saturating_sub(2) {
        let w = &parse.words[name];
        let Some(noun) = w.head.map(|h| h as usize).filter(|&h| h > name + 1) else { continue };
        if !matches!(w.deprel.base, Relation::Compound | Relation::Flat) || !quote(parse, name + 1) {
            continue;
        }
        let Some(inner) = parse.words[noun].head.map(|h| h as usize).filter(|&h| h < name) else { continue };
        let role = parse.words[noun].deprel.clone();
        hang(parse, name, inner, role);
        // The word in quotation marks is what the verb above calls somebody.
        let above = crate::phrase::governors(parse, inner).find(|&g| parse.words[g].upos == Upos::Verb);
        match above {
            Some(verb) => hang(parse, noun, verb, relation(Relation::Xcomp)),
            None => hang(parse, noun, inner, relation(Relation::Xcomp)),
        }
    }
}

/// "calls « bandits » the men who …", "took in the night the town": a noun with its own article that nothing joins to the
/// word in quotation marks or the time that it hangs on is the object of a verb that has none.
pub(super) fn name_loose_objects(parse: &mut Parse, marks: &[char]) {
    for noun in 1..parse.words.len() {
        let w = &parse.words[noun];
        let Some(host) = w.head.map(|h| h as usize).filter(|&h| h < noun) else { continue };
        let Some(verb) = parse.words[host].head.map(|h| h as usize).filter(|&v| v < host) else { continue };
        let article = parse.children(noun).find(|&c| parse.words[c].deprel.base == Relation::Det && c < noun);
        let Some(article) = article else { continue };
        let quoted = parse.words[article - 1].form.chars().all(|c| marks.contains(&c));
        let loose = matches!(w.deprel.base, Relation::Nmod | Relation::Appos)
            && w.upos == Upos::Noun
            && case_of(parse, noun).is_none()
            && quoted
            && article > host
            && matches!(parse.words[host].deprel.base, Relation::Obl | Relation::Obj)
            && parse.words[verb].upos == Upos::Verb;
        let taken = parse.children(verb).any(|c| c != host && parse.words[c].deprel.base == Relation::Obj);
        if loose && !taken && case_of(parse, host).is_some() {
            hang(parse, noun, verb, relation(Relation::Obj));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{hangs, list, parse};

    fn words() -> FrameWords {
        FrameWords {
            gerund_marks: list(&["of", "from"]),
            gerund_control: list(&["accuse"]),
            particle_verbs: list(&["hand over"]),
            naming: list(&["call"]),
            descriptive: list(&["overlook"]),
            bare_infinitives: list(&["help"]),
            ..FrameWords::default()
        }
    }

    #[test]
    fn what_is_charged_hangs_on_the_verb_and_reads_as_an_infinitive() {
        let mut parse = parse(
            "Oria Oria PROPN _ 2 nsubj
             accused accuse VERB VerbForm=Fin 0 root
             rebels rebel NOUN _ 2 obj
             of of SCONJ _ 5 mark
             shelling shell VERB VerbForm=Ger 3 acl
             Kaya Kaya PROPN _ 5 obj",
        );
        read_gerunds(&mut parse, &words(), &|_| false);
        hangs(&parse, "shelling", "advcl", "accused");
        assert_eq!(parse.words[4].feats.get("VerbForm"), Some("Inf"));
    }

    #[test]
    fn a_participle_beside_its_clause_stays_one() {
        let mut parse = parse(
            "rebels rebel NOUN _ 2 nsubj
             shelled shell VERB VerbForm=Fin 0 root
             Kaya Kaya PROPN _ 2 obj
             , , PUNCT _ 5 punct
             killing kill VERB Tense=Pres|VerbForm=Part 2 advcl
             ten ten NUM _ 5 obj",
        );
        let before = parse.clone();
        read_gerunds(&mut parse, &words(), &|_| false);
        assert_eq!(parse, before);
    }

    #[test]
    fn what_follows_behind_a_relative_clause_hangs_on_the_verb_that_may_do_it() {
        let fired = "drone drone NOUN _ 2 nsubj
             fired fire VERB VerbForm=Fin 0 root
             car car NOUN _ 2 obl
             that that PRON _ 5 nsubj
             passed pass VERB VerbForm=Fin 3 acl:relcl
             , , PUNCT _ 7 punct
             killing kill VERB Tense=Pres|VerbForm=Part 5 advcl
             two two NUM _ 7 obj";
        let strikes = |one: &str, two: &str, _: bool| matches!(one, "fire" | "shell") && two == "kill";
        let mut raised = parse(fired);
        raise_consequences(&mut raised, &strikes);
        hangs(&raised, "killing", "advcl", "fired");
        for left in [fired.replace("passed pass", "shelled shell"), fired.replace(", , PUNCT", "by by ADP")] {
            let mut same = parse(&left);
            raise_consequences(&mut same, &strikes);
            assert_eq!(same, parse(&left));
        }
    }

    #[test]
    fn a_particle_far_behind_its_verb_is_still_its_own() {
        let mut parse = parse(
            "army army NOUN _ 2 nsubj
             handed hand VERB VerbForm=Fin 0 root
             base base NOUN _ 2 obj
             over over ADP _ 6 case
             to to ADP _ 6 case
             rebels rebel NOUN _ 2 obl",
        );
        free_particles(&mut parse, &words());
        hangs(&parse, "over", "compound", "handed");
    }

    #[test]
    fn a_quotation_mark_parts_names() {
        let mut parse = parse(
            "Oria Oria PROPN _ 2 nsubj
             calls call VERB VerbForm=Fin 0 root
             men man NOUN _ 2 obj
             who who PRON _ 5 nsubj
             hold hold VERB VerbForm=Fin 3 acl
             Kaya Kaya PROPN _ 8 compound
             \" \" PUNCT _ 6 punct
             bandits bandit NOUN _ 5 obj
             \" \" PUNCT _ 2 punct",
        );
        part_quotations(&mut parse, &['"']);
        hangs(&parse, "Kaya", "obj", "hold");
        hangs(&parse, "bandits", "xcomp", "calls");
    }

    #[test]
    fn a_date_behind_a_description_belongs_to_the_verb() {
        let mut parse = parse(
            "Troops troop NOUN _ 2 nsubj
             took take VERB VerbForm=Fin 0 root
             hills hill NOUN _ 2 obj
             overlooking overlook VERB Tense=Pres|VerbForm=Part 2 advcl
             Kaya Kaya PROPN _ 4 obj
             on on ADP _ 7 case
             Sunday Sunday PROPN _ 4 obl",
        );
        free_times(&mut parse, &words());
        hangs(&parse, "overlooking", "acl", "hills");
        hangs(&parse, "Sunday", "obl", "took");
    }

    #[test]
    fn a_noun_before_a_name_may_be_the_infinitive() {
        let rows = "Advisers adviser NOUN _ 2 nsubj
             helped help VERB VerbForm=Fin 0 root
             the the DET _ 6 det
             army army NOUN _ 5 compound
             retake retake NOUN _ 6 compound
             Kaya Kaya PROPN _ 2 obj";
        let mut taken = parse(rows);
        free_infinitives(&mut taken, &words(), &|lemma| lemma == "retake");
        hangs(&taken, "retake", "xcomp", "helped");
        hangs(&taken, "Kaya", "obj", "retake");
        hangs(&taken, "army", "obj", "helped");
        let mut title = parse(&rows.replace("retake retake", "chief chief"));
        let before = title.clone();
        free_infinitives(&mut title, &words(), &|lemma| lemma == "retake");
        assert_eq!(title, before);
    }

    #[test]
    fn of_two_objects_the_second_is_the_name() {
        let mut parse = parse(
            "Oria Oria PROPN _ 2 nsubj
             calls call VERB VerbForm=Fin 0 root
             rebels rebel NOUN _ 2 obj
             bandits bandit NOUN _ 2 obj",
        );
        name_second_objects(&mut parse, &words());
        hangs(&parse, "rebels", "obj", "calls");
        hangs(&parse, "bandits", "xcomp", "calls");
    }
}
