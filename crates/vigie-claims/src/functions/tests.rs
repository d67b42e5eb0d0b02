//! Who does what to whom, on hand-made parses.

use super::{Functions, is_planned};
use crate::testing::{forms, parse, word};
use vigie_resources::{Language, frame_words};

/// Checks deep subject and object of one word.
fn check(rows: &str, of: &str, subject: &str, object: &str) {
    let parse = parse(rows);
    let words = frame_words(Language::from_code("fr").expect("French is shipped"));
    let functions = Functions::of(&parse, word(&parse, of), words);
    assert_eq!(forms(&parse, &functions.subject), subject, "subject of {of}");
    assert_eq!(forms(&parse, &functions.object), object, "object of {of}");
}

#[test]
fn active_and_passive_tell_the_same() {
    check(
        "Les le DET _ 2 det
         soldats soldat NOUN _ 4 nsubj
         ont avoir AUX VerbForm=Fin 4 aux:tense
         pris prendre VERB Tense=Past|VerbForm=Part 0 root
         Tamsa Tamsa PROPN _ 4 obj",
        "pris",
        "soldats",
        "Tamsa",
    );
    check(
        "Tamsa Tamsa PROPN _ 4 nsubj:pass
         a avoir AUX VerbForm=Fin 4 aux:tense
         été être AUX VerbForm=Part 4 aux:pass
         prise prendre VERB Tense=Past|VerbForm=Part|Voice=Pass 0 root
         par par ADP _ 6 case
         soldats soldat NOUN _ 4 obl:agent",
        "prise",
        "soldats",
        "Tamsa",
    );
}

#[test]
fn a_participle_describes_its_noun() {
    check(
        "quartiers quartier NOUN _ 0 root
         tenus tenir VERB Tense=Past|VerbForm=Part|Voice=Pass 1 acl
         par par ADP _ 4 case
         rebelles rebelle NOUN _ 2 obl:agent",
        "tenus",
        "rebelles",
        "quartiers",
    );
}

#[test]
fn a_relative_pronoun_is_its_noun() {
    check(
        "groupes groupe NOUN _ 0 root
         qui qui PRON PronType=Rel 3 nsubj
         tiennent tenir VERB VerbForm=Fin 1 acl:relcl
         Kaya Kaya PROPN _ 3 obj",
        "tiennent",
        "groupes",
        "Kaya",
    );
}

#[test]
fn an_infinitive_takes_the_subject_that_its_verb_gives_it() {
    check(
        "armée armée NOUN _ 2 nsubj
         veut vouloir VERB VerbForm=Fin 0 root
         prendre prendre VERB VerbForm=Inf 2 xcomp
         Kaya Kaya PROPN _ 3 obj",
        "prendre",
        "armée",
        "Kaya",
    );
    check(
        "offensive offensive NOUN _ 4 nsubj
         leur leur PRON _ 4 iobj
         a avoir AUX VerbForm=Fin 4 aux:tense
         permis permettre VERB Tense=Past|VerbForm=Part 0 root
         de de ADP _ 6 mark
         prendre prendre VERB VerbForm=Inf 4 xcomp
         Kaya Kaya PROPN _ 6 obj",
        "prendre",
        "leur",
        "Kaya",
    );
}

#[test]
fn participles_beside_a_clause_share_its_subject() {
    check(
        "armée armée NOUN _ 2 nsubj
         avance avancer VERB VerbForm=Fin 0 root
         encerclant encercler VERB Tense=Pres|VerbForm=Part 2 advcl
         Kaya Kaya PROPN _ 3 obj",
        "encerclant",
        "armée",
        "Kaya",
    );
    check(
        "Chassés chasser VERB Tense=Past|VerbForm=Part|Voice=Pass 5 advcl
         par par ADP _ 3 case
         armée armée NOUN _ 1 obl:agent
         rebelles rebelle NOUN _ 5 nsubj
         fuient fuir VERB VerbForm=Fin 0 root",
        "Chassés",
        "armée",
        "rebelles",
    );
}

#[test]
fn a_participle_without_its_verb_form_is_still_passive() {
    check(
        "Kaya Kaya PROPN _ 2 nsubj
         reste rester VERB VerbForm=Fin 0 root
         encerclée encercler VERB Gender=Fem|Number=Sing 2 xcomp",
        "encerclée",
        "",
        "Kaya",
    );
}

#[test]
fn a_relative_of_place_means_the_name_right_before_it() {
    let parse = parse(
        "route route NOUN _ 0 root
         qui qui PRON PronType=Rel 3 nsubj
         dessert desservir VERB VerbForm=Fin 1 acl:relcl
         Kaya Kaya PROPN _ 3 obj
         , , PUNCT _ 7 punct
         où où PRON PronType=Rel 7 obl:mod
         vivent vivre VERB VerbForm=Fin 1 acl:relcl",
    );
    let words = frame_words(Language::from_code("fr").expect("French is shipped"));
    let functions = Functions::of(&parse, word(&parse, "vivent"), words);
    assert_eq!(forms(&parse, &functions.marked("where").collect::<Vec<_>>()), "Kaya");
}

#[test]
fn verbs_of_motion_are_never_passive() {
    check(
        "ville ville NOUN _ 3 nsubj
         est être AUX VerbForm=Fin|Tense=Pres 3 aux:tense
         tombée tomber VERB Tense=Past|VerbForm=Part 0 root
         lundi lundi NOUN _ 3 obl:mod",
        "tombée",
        "ville",
        "",
    );
}

/// Like `check`, in English.
fn check_en(rows: &str, of: &str, subject: &str, object: &str) {
    let parse = parse(rows);
    let words = frame_words(Language::from_code("en").expect("English is shipped"));
    let functions = Functions::of(&parse, word(&parse, of), words);
    assert_eq!(forms(&parse, &functions.subject), subject, "subject of {of}");
    assert_eq!(forms(&parse, &functions.object), object, "object of {of}");
}

#[test]
fn a_relative_clause_may_lack_its_pronoun() {
    check_en(
        "towns town NOUN _ 0 root
         rebels rebel NOUN _ 3 nsubj
         took take VERB VerbForm=Fin 1 acl:relcl",
        "took",
        "rebels",
        "towns",
    );
}

#[test]
fn a_participle_before_its_noun_describes_it() {
    check_en(
        "rebel rebel NOUN _ 2 compound
         held hold VERB Tense=Past|VerbForm=Part 3 amod
         towns town NOUN _ 0 root",
        "held",
        "",
        "towns",
    );
}

#[test]
fn particles_compounds_and_possessives_have_slots() {
    let parse = parse(
        "army army NOUN _ 5 nmod:poss
         's 's PART _ 1 case
         air air NOUN _ 5 compound
         deadly deadly ADJ _ 5 amod
         strikes strike NOUN _ 0 root
         blew blow VERB VerbForm=Fin 5 dep
         up up ADP _ 6 compound:prt",
    );
    let words = frame_words(Language::from_code("en").expect("English is shipped"));
    let noun = Functions::of(&parse, word(&parse, "strikes"), words);
    let verb = Functions::of(&parse, word(&parse, "blew"), words);
    let slot = |f: &Functions, slot: &str| forms(&parse, &f.marked(slot).collect::<Vec<_>>());
    assert_eq!(slot(&noun, "poss"), "army");
    assert_eq!(slot(&noun, "compound"), "air");
    assert_eq!(slot(&noun, "amod"), "deadly");
    assert_eq!(slot(&verb, "prt"), "up");
}

#[test]
fn of_two_passives_with_one_auxiliary_the_second_tells_who_did_both() {
    let rows = "civils civil NOUN _ 3 nsubj:pass
         été être AUX _ 3 aux:pass
         tués tuer VERB Tense=Past|VerbForm=Part 0 root
         autres autre NOUN _ 5 nsubj:pass
         blessés blesser VERB Tense=Past|VerbForm=Part|Voice=Pass 3 conj
         par par ADP _ 7 case
         drones drone NOUN _ 5 obl:agent";
    check(rows, "tués", "drones", "civils");
    check(rows, "blessés", "drones", "autres");
}

#[test]
fn a_copula_and_a_mark_plan() {
    let english = frame_words(Language::from_code("en").expect("English is shipped"));
    let planned = |rows: &str| {
        let parse = parse(rows);
        is_planned(&parse, word(&parse, "meet"), english)
    };
    let rows = "envoy envoy NOUN _ 4 nsubj:outer
         is be AUX Tense=Pres|VerbForm=Fin 4 cop
         to to PART _ 4 mark
         meet meet VERB VerbForm=Inf 0 root";
    assert!(planned(rows));
    assert!(!planned(&rows.replace("to to PART _ 4 mark", "not not PART _ 4 advmod")));
    assert!(!planned(&rows.replace("is be AUX Tense=Pres", "was be AUX Tense=Past")));
}
