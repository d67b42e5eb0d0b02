//! Each mend, and a tree that it must leave alone.

use super::mended;
use crate::testing::parse;
use vigie_resources::Language;
use vigie_syntax::{EntityLabel, NamedEntity, Parse, Relation};

fn mend(parse: &Parse) -> Parse {
    mended(parse, Language::from_code("fr").expect("French is shipped"))
}

fn told(parse: &Parse, word: usize) -> (Option<u32>, Relation) {
    (parse.words[word].head, parse.words[word].deprel.base)
}

#[test]
fn the_noun_behind_a_verb_without_subject_is_its_subject() {
    let rows = "vivent vivre VERB Mood=Ind|VerbForm=Fin 0 root
         dix dix NUM _ 3 nummod
         personnes personne NOUN _ 1 obj";
    assert_eq!(told(&mend(&parse(rows)), 2).1, Relation::Nsubj);
    let order = rows.replace("Mood=Ind", "Mood=Imp");
    assert_eq!(told(&mend(&parse(&order)), 2).1, Relation::Obj);
    let subject = "Elles elle PRON _ 2 nsubj
         voient voir VERB Mood=Ind|VerbForm=Fin 0 root
         personnes personne NOUN _ 2 obj";
    assert_eq!(told(&mend(&parse(subject)), 2).1, Relation::Obj);
}

#[test]
fn a_noun_that_nothing_joins_to_the_one_before_is_the_subject() {
    let rows = "affirmé affirmer VERB Mood=Ind|VerbForm=Fin 0 root
         à à ADP _ 4 case
         la le DET _ 4 det
         radio radio NOUN _ 1 obl:arg
         le le DET _ 6 det
         maire maire NOUN _ 4 nmod";
    assert_eq!(told(&mend(&parse(rows)), 5), (Some(0), Relation::Nsubj));
    let joined = rows.replace("le le DET _ 6 det", "de de ADP _ 6 case");
    assert_eq!(told(&mend(&parse(&joined)), 5), (Some(3), Relation::Nmod));
}

#[test]
fn an_infinitive_belongs_to_the_verb_that_allows() {
    let rows = "permis permettre VERB VerbForm=Part 0 root
         à à ADP _ 3 case
         civils civil NOUN _ 1 obl:arg
         de de ADP _ 5 mark
         partir partir VERB VerbForm=Inf 3 acl";
    assert_eq!(told(&mend(&parse(rows)), 4), (Some(0), Relation::Xcomp));
    let other = rows.replace("permis permettre", "parlé parler");
    assert_eq!(told(&mend(&parse(&other)), 4), (Some(2), Relation::Acl));
}

#[test]
fn a_preposition_with_its_noun_inside_is_opened() {
    let rows = "mettre mettre VERB VerbForm=Inf 0 root
         d' de ADP _ 1 advmod
         accord accord NOUN _ 2 fixed";
    let found = mend(&parse(rows));
    assert_eq!((told(&found, 1), told(&found, 2)), ((Some(2), Relation::Case), (Some(0), Relation::Obl)));
}

#[test]
fn a_name_belongs_to_the_noun_before_it() {
    let rows = "son son DET _ 2 det
         homologue homologue NOUN _ 6 nsubj
         russe russe ADJ _ 2 amod
         Anton Anton PROPN _ 6 nsubj
         Lobov Lobov PROPN _ 4 flat:name
         parle parler VERB VerbForm=Fin 0 root";
    assert_eq!(told(&mend(&parse(rows)), 3), (Some(1), Relation::Nmod));
    let apart = rows.replace("russe russe ADJ _ 2 amod", ", , PUNCT _ 4 punct");
    assert_eq!(told(&mend(&parse(&apart)), 3), (Some(5), Relation::Nsubj));
}

#[test]
fn a_verb_that_is_always_reflexive_has_no_object() {
    let rows = "s' se PRON _ 2 expl:pv
         emparant emparer VERB Tense=Pres|VerbForm=Part 5 conj
         , , PUNCT _ 4 punct
         troupes troupe NOUN _ 2 obj
         ferment fermer VERB Mood=Ind|VerbForm=Fin 0 root
         routes route NOUN _ 5 obj";
    let found = mend(&parse(rows));
    assert_eq!(told(&found, 3), (Some(4), Relation::Nsubj));
    assert_eq!(told(&found, 1), (Some(4), Relation::Advcl));
    let other = rows.replace("emparant emparer", "prenant prendre");
    assert_eq!(told(&mend(&parse(&other)), 3), (Some(1), Relation::Obj));
}

#[test]
fn what_is_joined_behind_a_relative_clause_is_joined_to_its_noun() {
    let rows = "Diffa Diffa PROPN _ 10 nsubj
         , , PUNCT _ 4 punct
         qui qui PRON _ 4 nsubj
         aide aider VERB VerbForm=Fin 1 acl:relcl
         rebelles rebelle NOUN _ 4 obj
         , , PUNCT _ 8 punct
         et et CCONJ _ 8 cc
         Bosso Bosso PROPN _ 5 conj
         ont avoir AUX VerbForm=Fin 10 aux:tense
         signé signer VERB VerbForm=Part 0 root";
    assert_eq!(told(&mend(&parse(rows)), 7), (Some(0), Relation::Conj));
    let inside = rows.replace(", , PUNCT _ 8 punct", "armés armé ADJ _ 5 amod");
    assert_eq!(told(&mend(&parse(&inside)), 7), (Some(4), Relation::Conj));
}

#[test]
fn a_relative_word_of_place_stands_for_a_place() {
    let rows = "quartiers quartier NOUN _ 0 root
         tenus tenir VERB Tense=Past|VerbForm=Part 1 acl
         par par ADP _ 4 case
         insurgés insurgé NOUN _ 2 obl:agent
         où où PRON PronType=Rel 6 obl:mod
         vivent vivre VERB VerbForm=Fin 4 acl:relcl";
    assert_eq!(told(&mend(&parse(rows)), 5).0, Some(0));
    let who = rows.replace("où où", "qui qui");
    assert_eq!(told(&mend(&parse(&who)), 5).0, Some(3));
}

#[test]
fn a_participle_behind_a_comma_tells_of_the_subject() {
    let rows = "troupes troupe NOUN _ 2 nsubj
         avancent avancer VERB Mood=Ind|VerbForm=Fin 0 root
         dans dans ADP _ 4 case
         nord nord NOUN _ 2 obl:mod
         , , PUNCT _ 6 punct
         coupant couper VERB Tense=Pres|VerbForm=Part 4 acl
         route route NOUN _ 6 obj";
    assert_eq!(told(&mend(&parse(rows)), 5), (Some(1), Relation::Advcl));
    let close = rows.replace(", , PUNCT _ 6 punct", "pays pays NOUN _ 4 nmod");
    assert_eq!(told(&mend(&parse(&close)), 5), (Some(3), Relation::Acl));
}

#[test]
fn what_is_allowed_belongs_to_the_verb_past_participles_and_times() {
    let rows = "permis permettre VERB VerbForm=Part 0 root
         à à ADP _ 3 case
         civils civil NOUN _ 1 obl:arg
         blessés blesser VERB VerbForm=Part 3 acl
         de de ADP _ 6 mark
         partir partir VERB VerbForm=Inf 4 xcomp";
    assert_eq!(told(&mend(&parse(rows)), 5), (Some(0), Relation::Xcomp));
    let other = rows.replace("permis permettre", "parlé parler");
    assert_eq!(told(&mend(&parse(&other)), 5), (Some(3), Relation::Xcomp));
    let later = "permis permettre VERB VerbForm=Part 0 root
         à à ADP _ 3 case
         présent présent NOUN _ 1 obl:mod
         à à ADP _ 5 case
         familles famille NOUN _ 3 nmod
         de de ADP _ 7 mark
         partir partir VERB VerbForm=Inf 5 acl";
    let mended = mend(&parse(later));
    assert_eq!((told(&mended, 4).0, told(&mended, 6)), (Some(0), (Some(0), Relation::Xcomp)));
    let of = later.replace("à à ADP _ 5 case", "de de ADP _ 5 case");
    assert_eq!(told(&mend(&parse(&of)), 6), (Some(4), Relation::Acl));
}

#[test]
fn a_restriction_opens_no_clause() {
    let rows = "ne ne ADV _ 2 advmod
         tiennent tenir VERB Mood=Ind|VerbForm=Fin 0 root
         que que SCONJ _ 7 mark
         quartiers quartier NOUN _ 7 nsubj
         quand quand SCONJ _ 7 mark
         diplomates diplomate NOUN _ 7 nsubj
         négocient négocier VERB Mood=Ind|VerbForm=Fin 2 ccomp";
    let mended = mend(&parse(rows));
    assert_eq!((told(&mended, 3), told(&mended, 6)), ((Some(1), Relation::Obj), (Some(1), Relation::Advcl)));
    let denied = rows
        .replace("tiennent tenir VERB Mood=Ind|VerbForm=Fin 0 root", "croient croire VERB Mood=Ind|VerbForm=Fin 0 root")
        .replace("ne ne ADV", "ils il PRON");
    assert_eq!(told(&mend(&parse(&denied)), 3), (Some(6), Relation::Nsubj));
}

#[test]
fn two_names_side_by_side_are_two() {
    let rows = "affirmé affirmer VERB VerbForm=Part 0 root
         AFP AFP PROPN _ 1 obl:arg
         Rami Rami PROPN _ 2 flat:name
         Duval Duval PROPN _ 2 flat:name";
    let mut tree = parse(rows);
    let entity = |first: u32, last: u32, label| NamedEntity {
        span: tree.words[first as usize].span.cover(tree.words[last as usize].span),
        first,
        last,
        label,
    };
    let one_name = mend(&tree);
    assert_eq!(told(&one_name, 2), (Some(1), Relation::Flat));
    let entities = vec![entity(1, 1, EntityLabel::Organisation), entity(2, 3, EntityLabel::Person)];
    tree.entities = entities;
    let found = mend(&tree);
    assert_eq!((told(&found, 2), told(&found, 3)), ((Some(0), Relation::Nsubj), (Some(2), Relation::Flat)));
}

#[test]
fn a_name_behind_a_bare_time_is_what_the_verb_takes() {
    let rows = "armée armée NOUN _ 2 nsubj
         repris reprendre VERB VerbForm=Part 0 root
         lundi lundi NOUN _ 2 obl:mod
         Bosso Bosso PROPN _ 3 nmod";
    assert_eq!(told(&mend(&parse(rows)), 3), (Some(1), Relation::Obj));
    let other = format!("{rows}\n         villes ville NOUN _ 2 obj");
    assert_eq!(told(&mend(&parse(&other)), 3).0, Some(2), "the verb takes something else");
    let stated = format!("{rows}\n         de de ADP _ 4 case");
    assert_eq!(told(&mend(&parse(&stated)), 3).0, Some(2), "a preposition joins it");
    let placed = format!("{rows}\n         vers vers ADP _ 3 case");
    assert_eq!(told(&mend(&parse(&placed)), 3).0, Some(2), "the noun before it tells no time");
}

fn mend_english(rows: &str) -> Parse {
    mended(&parse(rows), Language::from_code("en").expect("English is shipped"))
}

#[test]
fn a_name_before_a_bare_day_belongs_to_the_participle() {
    let rows = "freed free VERB Tense=Past|VerbForm=Part 0 root
         by by ADP _ 4 case
         Ruvania Ruvania PROPN _ 4 nmod
         11 11 NUM _ 1 obl
         June June PROPN _ 4 nmod";
    let found = mend_english(rows);
    assert_eq!(told(&found, 2), (Some(0), Relation::Obl));
    assert_eq!(told(&found, 1), (Some(2), Relation::Case));
    let finite = rows.replace("VerbForm=Part", "VerbForm=Fin");
    assert_eq!(told(&mend_english(&finite), 2), (Some(3), Relation::Nmod));
}

#[test]
fn what_is_joined_to_a_phrase_without_preposition_has_an_article() {
    let rows = "Les le DET _ 2 det
         soldats soldat NOUN Number=Plur 7 nsubj
         et et CCONJ _ 6 cc
         de de ADP _ 6 case
         les le DET _ 6 det
         miliciens milicien NOUN Number=Plur 2 conj
         avancent avancer VERB Mood=Ind|VerbForm=Fin 0 root";
    let contracted = |rows: &str| {
        let mut tree = parse(rows);
        let article = tree.words.iter().position(|w| w.form == "les").expect("an article");
        tree.words[article].token = tree.words[article - 1].token;
        tree
    };
    let case = |tree: &Parse| {
        let of = tree.words.iter().rposition(|w| w.form == "de").expect("a preposition");
        tree.words[of].deprel.base
    };
    assert_eq!(case(&mend(&contracted(rows))), Relation::Det);
    assert_eq!(case(&mend(&parse(rows))), Relation::Case, "two words");
    let of = "Des de ADP _ 2 case
         soldats soldat NOUN Number=Plur 7 obl:arg
         et et CCONJ _ 6 cc
         de de ADP _ 6 case
         les le DET _ 6 det
         miliciens milicien NOUN Number=Plur 2 conj
         parlent parler VERB Mood=Ind|VerbForm=Fin 0 root";
    assert_eq!(case(&mend(&contracted(of))), Relation::Case, "both are spoken of");
}
