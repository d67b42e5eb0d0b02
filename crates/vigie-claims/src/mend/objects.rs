//! Objects that a parser gives to the wrong verb, takes for a part of another noun, or does not see as objects.

use super::openings::{child, hang, is_nominal, is_noun};
use super::{below, relation};
use crate::phrase::case_of;
use vigie_resources::FrameWords;
use vigie_syntax::{Feats, Parse, Relation, Upos};

/// "told the militia to leave", "helped X rebuild": what stands between a verb and the mark of its infinitive is no object of
/// the infinitive but of the verb.
pub(super) fn raise_objects(parse: &mut Parse, words: &FrameWords) {
    for infinitive in 0..parse.words.len() {
        let w = &parse.words[infinitive];
        let Some(verb) = w.head.map(|h| h as usize).filter(|&v| v < infinitive) else { continue };
        let clause = matches!(w.deprel.base, Relation::Xcomp | Relation::Advcl | Relation::Ccomp);
        if w.upos != Upos::Verb || !clause || parse.words[verb].upos != Upos::Verb {
            continue;
        }
        let bare = words.bare_infinitives.iter().any(|b| *b == parse.words[verb].lemma);
        let Some(end) = child(parse, infinitive, Relation::Mark).or(bare.then_some(infinitive)) else { continue };
        let between =
            |&c: &usize| verb < c && c < end && parse.words[c].deprel.base == Relation::Obj && is_noun(parse, c);
        let Some(object) = parse.children(infinitive).find(between) else { continue };
        let taken = |c: usize| c > verb && parse.words[c].deprel.base == Relation::Obj;
        if !parse.children(verb).any(taken) {
            hang(parse, object, verb, relation(Relation::Obj));
        }
    }
}

/// "still holds Kaya": a name without a preposition that seems to complete a verb is what the verb takes, where it has nothing
/// else. `takes_object` tells of a verb that it asks for an object.
/// So is a bare noun right behind a verb whose rules ask for that very noun ("a mis fin à"). `takes_noun` tells of a verb and a
/// noun that they go together.
pub(super) fn take_names(
    parse: &mut Parse,
    takes_object: &dyn Fn(&str) -> bool,
    takes_noun: &dyn Fn(&str, &str) -> bool,
) {
    for name in 1..parse.words.len() {
        let w = &parse.words[name];
        let Some(verb) = w.head.map(|h| h as usize).filter(|&v| v < name) else { continue };
        let taken = parse.children(verb).any(|c| {
            let deprel = &parse.words[c].deprel;
            matches!(deprel.base, Relation::Obj | Relation::Ccomp | Relation::Cop | Relation::Expl)
                || deprel.sub == "pass"
        });
        let bare = case_of(parse, name).is_none() && parse.words[verb].upos == Upos::Verb && !taken;
        let lemma = parse.words[verb].lemma.to_lowercase();
        let whole = w.upos == Upos::Propn && w.deprel.base == Relation::Xcomp;
        let part = w.upos == Upos::Noun && w.deprel.base == Relation::Obl && name == verb + 1;
        if bare && (whole && takes_object(&lemma) || part && takes_noun(&lemma, &w.lemma)) {
            parse.words[name].deprel = relation(Relation::Obj);
        }
    }
}

/// "accuse des soldats": what looks like a preposition contracted with its article, right behind a verb that lacks its object
/// and takes nothing by that preposition, is the indefinite article of the object. `takes` tells of a verb that it asks for an
/// object, and of a preposition whether it takes something by it.
pub(super) fn read_object_articles(
    parse: &mut Parse,
    words: &FrameWords,
    takes: &dyn Fn(&str, &str, Option<&str>) -> bool,
) {
    for verb in 0..parse.words.len().saturating_sub(3) {
        let (case, article) = (verb + 1, verb + 2);
        let contracted = parse.words[case].upos == Upos::Adp
            && parse.words[article].upos == Upos::Det
            && parse.words[case].token == parse.words[article].token
            && parse.words[case].head == parse.words[article].head;
        let Some(noun) = parse.words[case].head.map(|h| h as usize).filter(|&n| contracted && n > article) else {
            continue;
        };
        let preposition = parse.words[case].lemma.to_lowercase();
        let genitive = words.genitives.contains(&preposition);
        let hangs = parse.words[noun].head == Some(verb as u32)
            && parse.words[noun].deprel.base == Relation::Obl
            && parse.words[noun].upos == Upos::Noun
            && parse.words[noun].feats.get("Number") == Some("Plur");
        let lemma = parse.words[verb].lemma.to_lowercase();
        let taken = parse.children(verb).any(|c| {
            let deprel = &parse.words[c].deprel;
            matches!(deprel.base, Relation::Obj | Relation::Ccomp | Relation::Expl) || deprel.sub == "pass"
        });
        let lacks =
            parse.words[verb].upos == Upos::Verb && !taken && takes(&lemma, "obj", Some(&parse.words[noun].lemma));
        if genitive && hangs && lacks && !takes(&lemma, &preposition, Some(&parse.words[noun].lemma)) {
            parse.words[noun].deprel = relation(Relation::Obj);
            parse.words[case].deprel = relation(Relation::Det);
        }
    }
}

/// "two of their soldiers", "14 of the state's 17 towns", where the number and what it counts hang on one word or the latter on
/// the number: the number counts the soldiers, and whoever asks for soldiers would else find a number.
pub(super) fn count_partitives(parse: &mut Parse, words: &FrameWords) {
    for number in 0..parse.words.len().saturating_sub(3) {
        let of = number + 1;
        let numeral = parse.words[number].upos == Upos::Num && parse.words[number].head.is_some();
        let genitive = parse.words[of].upos == Upos::Adp && words.genitives.iter().any(|g| *g == parse.words[of].lemma);
        let Some(noun) = parse.words[of].head.map(|h| h as usize).filter(|&n| n > of + 1 && numeral && genitive) else {
            continue;
        };
        let definite = parse.children(noun).any(|c| {
            let owner = parse.words[c].deprel.base == Relation::Nmod && c < noun;
            c > of && (owner || parse.words[c].upos == Upos::Det)
        });
        let (above, below) =
            (parse.words[noun].head == parse.words[number].head, parse.words[noun].head == Some(number as u32));
        let counts = matches!(
            parse.words[number].deprel.base,
            Relation::Nsubj | Relation::Obj | Relation::Obl | Relation::Conj | Relation::Root
        );
        if !definite || parse.words[noun].upos != Upos::Noun || !(above || below && counts) {
            continue;
        }
        parse.words[noun].deprel = parse.words[number].deprel.clone();
        parse.words[noun].head = parse.words[number].head;
        hang(parse, of, number, relation(Relation::Fixed));
        let moved: Vec<usize> = parse.children(number).filter(|&c| c != of && c != noun).collect();
        for word in moved {
            parse.words[word].head = Some(noun as u32);
        }
        hang(parse, number, noun, relation(Relation::Nummod));
    }
}

/// "claimed the capture of Kaya by the rebels": an agent behind an active verb's object that tells of a deed does that deed.
/// `done` tells of a noun that somebody does it.
pub(super) fn lower_agents(parse: &mut Parse, words: &FrameWords, done: &dyn Fn(&str) -> bool) {
    for agent in 2..parse.words.len() {
        let w = &parse.words[agent];
        let Some(verb) = w.head.map(|h| h as usize).filter(|&v| v < agent) else { continue };
        let by = child(parse, agent, Relation::Case)
            .filter(|&c| words.agents.iter().any(|a| *a == parse.words[c].lemma))
            .filter(|&c| c < agent);
        let active = parse.words[verb].upos == Upos::Verb
            && w.deprel.base == Relation::Obl
            && is_nominal(parse, agent)
            && !parse.children(verb).any(|c| parse.words[c].deprel.sub == "pass");
        let Some(by) = by.filter(|_| active) else { continue };
        let deed = child(parse, verb, Relation::Obj).filter(|&o| {
            verb < o && o < by && super::last_of(parse, o) + 1 == by && done(&parse.words[o].lemma.to_lowercase())
        });
        if let Some(deed) = deed {
            hang(parse, agent, deed, relation(Relation::Nmod));
        }
    }
}

/// "has rushed supplies": a participle right behind the auxiliary of the past is the verb and describes no noun, whether the
/// noun hangs on the auxiliary or the auxiliary on the noun.
pub(super) fn free_perfects(parse: &mut Parse, words: &FrameWords) {
    for aux in 0..parse.words.len().saturating_sub(1) {
        let w = &parse.words[aux];
        let have = words.active_auxiliaries.iter().any(|a| *a == w.lemma);
        let verb = aux + 1;
        let next = &parse.words[verb];
        let past = next.feats.get("VerbForm") == Some("Part") && next.feats.get("Tense") == Some("Past");
        let Some(object) = next.head.map(|h| h as usize).filter(|&o| o > verb) else { continue };
        let had = parse.words[object].head == Some(aux as u32) && parse.words[object].deprel.base == Relation::Obj;
        let under = w.head == Some(object as u32)
            && w.deprel.base == Relation::Aux
            && child(parse, object, Relation::Nsubj).is_some_and(|s| s < aux);
        if !have || next.upos != Upos::Verb || !past || next.deprel.base != Relation::Amod || !(had || under) {
            continue;
        }
        // What the auxiliary had, or what the noun had before the auxiliary, is the verb's.
        let top = if had { aux } else { object };
        let own = |&c: &usize| c != object && c != verb && (had || c < verb || parse.words[c].upos == Upos::Punct);
        let dependents: Vec<usize> = parse.children(top).filter(own).collect();
        let (above, label) = (parse.words[top].head, parse.words[top].deprel.clone());
        parse.words[verb].head = above;
        parse.words[verb].deprel = label;
        for word in dependents {
            parse.words[word].head = Some(verb as u32);
        }
        hang(parse, object, verb, relation(Relation::Obj));
        hang(parse, aux, verb, relation(Relation::Aux));
        parse.words[aux].upos = Upos::Aux;
    }
}

/// "beat and detained protesters": behind a verb and its conjunction a form in the past is the second verb, and the noun that
/// it seems to describe is its object.
pub(super) fn join_verbs(parse: &mut Parse) {
    for noun in 2..parse.words.len() {
        let w = &parse.words[noun];
        let Some(first) = w.head.map(|h| h as usize).filter(|&f| f < noun) else { continue };
        if w.deprel.base != Relation::Conj || !is_noun(parse, noun) || parse.words[first].upos != Upos::Verb {
            continue;
        }
        let Some(cc) = child(parse, noun, Relation::Cc).filter(|&c| c > first) else { continue };
        let second = cc + 1;
        let past = parse.words[second].feats.get("Tense") == Some("Past");
        let attribute = parse.words[second].deprel.base == Relation::Amod;
        let own = parse.words[second].head == Some(noun as u32);
        if second < noun && parse.words[second].upos == Upos::Verb && past && attribute && own {
            hang(parse, second, first, relation(Relation::Conj));
            hang(parse, noun, second, relation(Relation::Obj));
            hang(parse, cc, second, relation(Relation::Cc));
            parse.words[second].feats = Feats("Mood=Ind|Tense=Past|VerbForm=Fin".into());
        }
    }
}

/// "gave X 50 million dollars": a name right behind its verb and before a number is no part of what is counted.
pub(super) fn free_recipients(parse: &mut Parse) {
    for name in 1..parse.words.len().saturating_sub(1) {
        let w = &parse.words[name];
        let part = matches!(w.deprel.base, Relation::Compound | Relation::Nmod | Relation::Flat);
        if w.upos != Upos::Propn || !part || parse.words[name + 1].upos != Upos::Num || case_of(parse, name).is_some() {
            continue;
        }
        let own = |i: usize| below(parse, i, name);
        let Some(verb) = (0..name).rev().find(|&i| !own(i) && parse.words[i].upos != Upos::Det) else { continue };
        let counted = child(parse, verb, Relation::Obj).filter(|&o| o > name && below(parse, name, o));
        if parse.words[verb].upos == Upos::Verb && counted.is_some() && child(parse, verb, Relation::Iobj).is_none() {
            hang(parse, name, verb, relation(Relation::Iobj));
        }
    }
}

/// "fournit des missiles", "a acheté du pétrole": right behind a verb that takes no such complement, what looks like a
/// preposition with its article is the article of an object.
pub(super) fn read_partitives(parse: &mut Parse, words: &FrameWords, denying: &[String]) {
    for noun in 2..parse.words.len() {
        let w = &parse.words[noun];
        let Some(verb) = w.head.map(|h| h as usize).filter(|&v| v < noun) else { continue };
        let takes = words.partitives.iter().any(|p| *p == parse.words[verb].lemma);
        let told = |base: Relation| child(parse, verb, base).is_some();
        if !takes || w.deprel.base != Relation::Obl || told(Relation::Obj) || told(Relation::Expl) {
            continue;
        }
        let passive = parse.children(verb).any(|c| parse.words[c].deprel.sub == "pass");
        let Some(case) = child(parse, noun, Relation::Case) else { continue };
        // Under a denial the article is left out ("n'a pas livré de vivres").
        let denied = denied_by(parse, verb, denying);
        let article =
            child(parse, noun, Relation::Det).map_or(denied && case + 1 == noun, |article| article == case + 1);
        let genitive = words.genitives.iter().any(|g| *g == parse.words[case].lemma);
        // Only what tells when or how stands between ("a mené lundi des frappes").
        let circumstance = |i: usize| {
            let w = &parse.words[i];
            let bare = matches!(w.deprel.base, Relation::Obl | Relation::Advmod) && case_of(parse, i).is_none();
            w.head == Some(verb as u32) && bare
        };
        let near = (verb + 1..case).all(circumstance);
        if genitive && !passive && near && article && is_nominal(parse, noun) {
            parse.words[noun].deprel = relation(Relation::Obj);
            parse.words[case].deprel = relation(Relation::Det);
        }
    }
}

/// Does an adverb deny the verb, or the one that it is the infinitive of?
fn denied_by(parse: &Parse, verb: usize, denying: &[String]) -> bool {
    let denied = |v: usize| parse.children(v).any(|c| denying.iter().any(|d| *d == parse.words[c].form.to_lowercase()));
    let above = parse.words[verb].head.filter(|_| parse.words[verb].deprel.base == Relation::Xcomp);
    denied(verb) || above.is_some_and(|v| denied(v as usize))
}

#[cfg(test)]
mod tests {
    use super::{
        count_partitives, free_perfects, free_recipients, join_verbs, lower_agents, raise_objects,
        read_object_articles, read_partitives, take_names,
    };
    use crate::testing::{hangs, list, parse};
    use vigie_resources::FrameWords;

    fn words() -> FrameWords {
        FrameWords {
            active_auxiliaries: list(&["have"]),
            bare_infinitives: list(&["help"]),
            genitives: list(&["de"]),
            partitives: list(&["livrer"]),
            ..FrameWords::default()
        }
    }

    #[test]
    fn an_object_before_the_mark_is_the_first_verbs() {
        let rows = "told tell VERB VerbForm=Fin 0 root
             militia militia NOUN _ 4 obj
             to to PART _ 4 mark
             leave leave VERB VerbForm=Inf 1 xcomp";
        let mut told = parse(rows);
        raise_objects(&mut told, &words());
        hangs(&told, "militia", "obj", "told");
        let mut behind = parse(
            "told tell VERB VerbForm=Fin 0 root
             to to PART _ 3 mark
             leave leave VERB VerbForm=Inf 1 xcomp
             Kaya Kaya PROPN _ 3 obj",
        );
        raise_objects(&mut behind, &words());
        hangs(&behind, "Kaya", "obj", "leave");
    }

    #[test]
    fn a_name_before_a_number_receives_it() {
        let rows = "gave give VERB VerbForm=Fin 0 root
             Ruvania Ruvania PROPN _ 4 compound
             50 50 NUM _ 4 nummod
             dollars dollar NOUN _ 1 obj";
        let mut found = parse(rows);
        free_recipients(&mut found);
        hangs(&found, "Ruvania", "iobj", "gave");
        let mut name = parse(&rows.replace("50 50 NUM _ 4 nummod", "aid aid NOUN _ 4 compound"));
        free_recipients(&mut name);
        hangs(&name, "Ruvania", "compound", "dollars");
    }

    #[test]
    fn a_participle_behind_its_auxiliary_is_the_verb() {
        let rows = "Ruvania Ruvania PROPN _ 2 nsubj
             has have AUX VerbForm=Fin 0 root
             rushed rush VERB Tense=Past|VerbForm=Part 4 amod
             supplies supply NOUN _ 2 obj";
        let mut found = parse(rows);
        free_perfects(&mut found, &words());
        hangs(&found, "rushed", "root", "-");
        hangs(&found, "Ruvania", "nsubj", "rushed");
        hangs(&found, "supplies", "obj", "rushed");
        let mut owned = parse(&rows.replace("Tense=Past|VerbForm=Part", "Tense=Pres|VerbForm=Part"));
        free_perfects(&mut owned, &words());
        hangs(&owned, "supplies", "obj", "has");
        let under =
            rows.replace("PROPN _ 2 nsubj", "PROPN _ 4 nsubj").replace("VerbForm=Fin 0 root", "VerbForm=Fin 4 aux");
        let mut found = parse(&under.replace("_ 2 obj", "_ 0 root"));
        free_perfects(&mut found, &words());
        hangs(&found, "rushed", "root", "-");
        hangs(&found, "Ruvania", "nsubj", "rushed");
        hangs(&found, "supplies", "obj", "rushed");
    }

    #[test]
    fn a_past_form_behind_a_verb_and_its_conjunction_is_a_verb() {
        let rows = "beat beat VERB VerbForm=Fin 0 root
             and and CCONJ _ 4 cc
             detained detain VERB Tense=Past|VerbForm=Part 4 amod
             protesters protester NOUN _ 1 conj";
        let mut found = parse(rows);
        join_verbs(&mut found);
        hangs(&found, "detained", "conj", "beat");
        hangs(&found, "protesters", "obj", "detained");
        let mut nouns = parse(&rows.replace("beat beat VERB VerbForm=Fin", "guards guard NOUN _"));
        join_verbs(&mut nouns);
        hangs(&nouns, "protesters", "conj", "guards");
    }

    #[test]
    fn a_genitive_with_its_article_may_be_an_object() {
        let rows = "livre livrer VERB VerbForm=Fin 0 root
             de de ADP _ 4 case
             les le DET _ 4 det
             missiles missile NOUN _ 1 obl:arg";
        let mut found = parse(rows);
        read_partitives(&mut found, &words(), &list(&["pas"]));
        hangs(&found, "missiles", "obj", "livre");
        let mut dated = parse(
            "livre livrer VERB VerbForm=Fin 0 root
             lundi lundi NOUN _ 1 obl:mod
             de de ADP _ 5 case
             les le DET _ 5 det
             missiles missile NOUN _ 1 obl:arg",
        );
        read_partitives(&mut dated, &words(), &list(&["pas"]));
        hangs(&dated, "missiles", "obj", "livre");
        let mut speaks = parse(&rows.replace("livrer", "parler"));
        read_partitives(&mut speaks, &words(), &list(&["pas"]));
        hangs(&speaks, "missiles", "obl", "livre");
    }

    #[test]
    fn a_name_that_seems_to_complete_a_verb_is_its_object() {
        let rows = "army army NOUN _ 2 nsubj
             tient tenir VERB VerbForm=Fin 0 root
             Kaya Kaya PROPN _ 2 xcomp";
        let mut held = parse(rows);
        take_names(&mut held, &|verb| verb == "tenir", &|_, _| false);
        hangs(&held, "Kaya", "obj", "tient");
        let mut called = parse(rows);
        take_names(&mut called, &|_| false, &|_, _| false);
        hangs(&called, "Kaya", "xcomp", "tient");
    }

    #[test]
    fn a_number_counts_those_that_it_is_taken_from() {
        let rows = |owner: &str| {
            format!(
                "mort mort NOUN _ 0 root
                 de de ADP _ 3 case
                 deux deux NUM _ 1 nmod
                 de de ADP _ 6 case
                 ses son DET _ 6 det
                 soldats soldat NOUN _ {owner} nmod"
            )
        };
        let words = FrameWords { genitives: list(&["de"]), ..FrameWords::default() };
        let mut both = parse(&rows("1"));
        count_partitives(&mut both, &words);
        hangs(&both, "deux", "nummod", "soldats");
        hangs(&both, "soldats", "nmod", "mort");
        let mut nested = parse(&rows("3"));
        let before = nested.clone();
        count_partitives(&mut nested, &words);
        assert_eq!(nested, before);
    }

    #[test]
    fn a_contracted_preposition_behind_a_verb_may_be_an_article() {
        let mut parse = parse(
            "accuse accuser VERB VerbForm=Fin 0 root
             des de ADP _ 4 case
             des le DET _ 4 det
             soldats soldat NOUN Number=Plur 1 obl:arg",
        );
        parse.words[2].token = parse.words[1].token;
        let words = FrameWords { genitives: list(&["de"]), ..FrameWords::default() };
        let mut by_preposition = parse.clone();
        read_object_articles(&mut by_preposition, &words, &|_, _, _| true);
        hangs(&by_preposition, "soldats", "obl", "accuse");
        read_object_articles(&mut parse, &words, &|_, what, _| what == "obj");
        hangs(&parse, "soldats", "obj", "accuse");
    }

    #[test]
    fn an_agent_behind_a_deed_does_it() {
        let rows = "revendique revendiquer VERB VerbForm=Fin 0 root
             la le DET _ 3 det
             prise prise NOUN _ 1 obj
             de de ADP _ 5 case
             Kaya Kaya PROPN _ 3 nmod
             par par ADP _ 7 case
             rebelles rebelle NOUN _ 1 obl:mod";
        let words = FrameWords { agents: list(&["par"]), ..FrameWords::default() };
        let mut told = parse(rows);
        lower_agents(&mut told, &words, &|noun| noun == "prise");
        hangs(&told, "rebelles", "nmod", "prise");
        let mut other = parse(rows);
        lower_agents(&mut other, &words, &|_| false);
        hangs(&other, "rebelles", "obl", "revendique");
    }

    #[test]
    fn a_number_counts_what_hangs_on_it() {
        let words = FrameWords { genitives: list(&["of"]), ..FrameWords::default() };
        let rows = "14 14 NUM _ 6 nsubj
             of of ADP _ 5 case
             the the DET _ 5 det
             17 17 NUM _ 5 nummod
             towns town NOUN _ 1 nmod
             fell fall VERB VerbForm=Fin 0 root";
        let mut found = parse(rows);
        count_partitives(&mut found, &words);
        hangs(&found, "towns", "nsubj", "fell");
        hangs(&found, "14", "nummod", "towns");
        let mut bare = parse(&rows.replace("the the DET _ 5 det", "some some ADV _ 4 advmod"));
        let before = bare.clone();
        count_partitives(&mut bare, &words);
        assert_eq!(bare, before);
    }

    #[test]
    fn under_a_denial_an_object_has_no_article() {
        let rows = "a avoir AUX VerbForm=Fin 3 aux
             pas pas ADV _ 3 advmod
             livré livrer VERB VerbForm=Part 0 root
             de de ADP _ 5 case
             vivres vivre NOUN _ 3 obl:arg";
        let mut found = parse(rows);
        read_partitives(&mut found, &words(), &list(&["pas"]));
        hangs(&found, "vivres", "obj", "livré");
        let mut told = parse(&rows.replace("pas pas", "déjà déjà"));
        let before = told.clone();
        read_partitives(&mut told, &words(), &list(&["pas"]));
        assert_eq!(told, before);
    }
}
