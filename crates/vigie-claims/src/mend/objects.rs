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

/// "has rushed supplies": a participle right behind the auxiliary of the past is the verb and describes no noun.
pub(super) fn free_perfects(parse: &mut Parse, words: &FrameWords) {
    for aux in 0..parse.words.len().saturating_sub(1) {
        let w = &parse.words[aux];
        let have = words.active_auxiliaries.iter().any(|a| *a == w.lemma);
        let verb = aux + 1;
        let next = &parse.words[verb];
        let past = next.feats.get("VerbForm") == Some("Part") && next.feats.get("Tense") == Some("Past");
        let Some(object) = next.head.map(|h| h as usize).filter(|&o| o > verb) else { continue };
        let had = parse.words[object].head == Some(aux as u32) && parse.words[object].deprel.base == Relation::Obj;
        if !have || next.upos != Upos::Verb || !past || next.deprel.base != Relation::Amod || !had {
            continue;
        }
        let dependents: Vec<usize> = parse.children(aux).filter(|&c| c != object).collect();
        let (above, label) = (w.head, w.deprel.clone());
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
pub(super) fn read_partitives(parse: &mut Parse, words: &FrameWords) {
    for noun in 2..parse.words.len() {
        let w = &parse.words[noun];
        let Some(verb) = w.head.map(|h| h as usize).filter(|&v| v < noun) else { continue };
        let takes = words.partitives.iter().any(|p| *p == parse.words[verb].lemma);
        let told = |base: Relation| child(parse, verb, base).is_some();
        if !takes || w.deprel.base != Relation::Obl || told(Relation::Obj) || told(Relation::Expl) {
            continue;
        }
        let passive = parse.children(verb).any(|c| parse.words[c].deprel.sub == "pass");
        let (Some(case), Some(article)) = (child(parse, noun, Relation::Case), child(parse, noun, Relation::Det))
        else {
            continue;
        };
        let genitive = words.genitives.iter().any(|g| *g == parse.words[case].lemma);
        // Only what tells when or how stands between ("a mené lundi des frappes").
        let circumstance = |i: usize| {
            let w = &parse.words[i];
            let bare = matches!(w.deprel.base, Relation::Obl | Relation::Advmod) && case_of(parse, i).is_none();
            w.head == Some(verb as u32) && bare
        };
        let near = (verb + 1..case).all(circumstance);
        if genitive && !passive && near && article == case + 1 && is_nominal(parse, noun) {
            parse.words[noun].deprel = relation(Relation::Obj);
            parse.words[case].deprel = relation(Relation::Det);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{free_perfects, free_recipients, join_verbs, raise_objects, read_partitives};
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
        read_partitives(&mut found, &words());
        hangs(&found, "missiles", "obj", "livre");
        let mut dated = parse(
            "livre livrer VERB VerbForm=Fin 0 root
             lundi lundi NOUN _ 1 obl:mod
             de de ADP _ 5 case
             les le DET _ 5 det
             missiles missile NOUN _ 1 obl:arg",
        );
        read_partitives(&mut dated, &words());
        hangs(&dated, "missiles", "obj", "livre");
        let mut speaks = parse(&rows.replace("livrer", "parler"));
        read_partitives(&mut speaks, &words());
        hangs(&speaks, "missiles", "obl", "livre");
    }
}
