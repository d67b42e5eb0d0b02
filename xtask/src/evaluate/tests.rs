//! Small pairs of files with known scores; each rule has a pair that it lets pass and one that it does not.

use super::document::Document;
use super::entities;
use super::gold::raw_text;
use super::outcome::{From, Outcome};
use super::score::{Count, Metric};

/// CoNLL-U from lines "number form lemma UPOS feats head relation [misc]"; an empty line ends a sentence.
fn conllu(lines: &str) -> String {
    let mut out = String::new();
    for line in lines.trim().lines() {
        let columns: Vec<&str> = line.split_whitespace().collect();
        match columns[..] {
            [] => {}
            [range, form] => out.push_str(&format!("{range}\t{form}\t_\t_\t_\t_\t_\t_\t_\t_")),
            [n, form, lemma, upos, feats, head, relation, ref misc @ ..] => {
                let misc = misc.first().unwrap_or(&"_");
                out.push_str(&format!("{n}\t{form}\t{lemma}\t{upos}\t_\t{feats}\t{head}\t{relation}\t_\t{misc}"));
            }
            _ => panic!("a line of {} columns", columns.len()),
        }
        out.push('\n');
    }
    out.push('\n');
    out
}

fn read(lines: &str) -> Document {
    Document::read(&conllu(lines)).unwrap()
}

fn outcome(gold: &str, system: &str) -> Outcome {
    Outcome::compare(&read(gold), &read(system), From::Raw, true).unwrap()
}

/// Gold, system, right.
fn check(gold: &str, system: &str, expect: &[(Metric, (usize, usize, usize))]) {
    let outcome = outcome(gold, system);
    for &(metric, (gold, system, right)) in expect {
        let found = outcome.metrics.iter().find(|(m, _)| *m == metric).unwrap().1;
        assert_eq!(found, Count { gold, system, right }, "{}", metric.name());
    }
}

const CONTRACTED: &str = "
1 Il il PRON Person=3 2 nsubj
2 sort sortir VERB Mood=Ind 0 root
3-4 du
3 de de ADP _ 5 case
4 le le DET Gender=Masc 5 det
5 port port NOUN Gender=Masc 2 obl:mod
6 . . PUNCT _ 2 punct
";

#[test]
fn a_file_agrees_with_itself() {
    let outcome = outcome(CONTRACTED, CONTRACTED);
    assert!(outcome.metrics.iter().all(|(_, c)| c.gold == c.system && c.right == c.gold && c.gold > 0));
    assert!(outcome.breakdown.upos.is_empty() && outcome.breakdown.labels.is_empty());
}

#[test]
fn an_unsplit_contraction_misses_its_words_and_keeps_its_token() {
    let system = "
1 Il il PRON Person=3 2 nsubj
2 sort sortir VERB Mood=Ind 0 root
3 du de ADP _ 4 case
4 port port NOUN Gender=Masc 2 obl:mod
5 . . PUNCT _ 2 punct
";
    check(
        CONTRACTED,
        system,
        &[(Metric::Tokens, (5, 5, 5)), (Metric::Words, (6, 5, 4)), (Metric::Las, (6, 5, 4)), (Metric::Clas, (3, 3, 3))],
    );
    // The function words below "port" are not the same.
    check(CONTRACTED, system, &[(Metric::Mlas, (3, 3, 2)), (Metric::Blex, (3, 3, 3))]);
}

#[test]
fn words_of_differing_contractions_are_aligned_by_form() {
    // "du" is cut as "de", "les": one of two words is found, whatever the case of its letters.
    let system = CONTRACTED.replace("3 de de", "3 De de").replace("4 le le", "4 les le");
    check(CONTRACTED, &system, &[(Metric::Words, (6, 6, 5)), (Metric::Upos, (6, 6, 5)), (Metric::Uas, (6, 6, 5))]);
    // Three words against two: the longest common subsequence keeps both.
    let system = "
1 Il il PRON Person=3 2 nsubj
2 sort sortir VERB Mood=Ind 0 root
3-5 du
3 de de ADP _ 6 case
4 x x X _ 6 dep
5 le le DET Gender=Masc 6 det
6 port port NOUN Gender=Masc 2 obl:mod
7 . . PUNCT _ 2 punct
";
    check(CONTRACTED, system, &[(Metric::Words, (6, 7, 6)), (Metric::Las, (6, 7, 6)), (Metric::Clas, (3, 4, 3))]);
}

#[test]
fn a_multiword_token_meets_plain_ones() {
    // The gold file has "allons-y" as one token of two words, the system two tokens, one of them a contraction.
    let gold = "
1-2 allons-y
1 allons aller VERB _ 0 root
2 y y PRON _ 1 obl
";
    let apart = "
1 allons aller VERB _ 0 root
2 -y y PRON _ 1 obl
";
    check(gold, apart, &[(Metric::Tokens, (1, 2, 0)), (Metric::Words, (2, 2, 1)), (Metric::Uas, (2, 2, 1))]);
    let hyphen = "
1 allons aller VERB _ 0 root
2 - - PUNCT _ 1 punct
3 y y PRON _ 1 obl
";
    check(gold, hyphen, &[(Metric::Words, (2, 3, 2)), (Metric::Las, (2, 3, 2)), (Metric::Clas, (2, 2, 2))]);
    check(hyphen, gold, &[(Metric::Words, (3, 2, 2)), (Metric::Las, (3, 2, 2))]);
}

#[test]
fn a_plain_word_that_straddles_a_contraction_stays_outside() {
    let gold = "
1 ab ab X _ 0 root
2-3 cd
2 c c X _ 1 dep
3 d d X _ 1 dep
";
    let system = "
1 abc abc X _ 0 root
2 d d X _ 1 dep
";
    // "d" is found by its form inside the region; its head "abc" stands for no gold word.
    check(gold, system, &[(Metric::Words, (3, 2, 1)), (Metric::Uas, (3, 2, 0))]);
}

#[test]
fn spaces_inside_a_token_are_no_difference() {
    let (gold, system) =
        (conllu("1 20_000 x NUM _ 0 root").replace("20_000", "20 000"), conllu("1 20000 x NUM _ 0 root"));
    let (gold, system) = (Document::read(&gold).unwrap(), Document::read(&system).unwrap());
    let outcome = Outcome::compare(&gold, &system, From::Raw, true).unwrap();
    assert!(outcome.metrics.iter().all(|(_, c)| (c.gold, c.system, c.right) == (1, 1, 1)));
    // Nor inside a region that is aligned by form.
    let contraction = conllu("1-2 20000x\n1 20000 x NUM _ 0 root\n2 x x X _ 1 dep");
    let plain = conllu("1 20_000 x NUM _ 0 root\n2 x x X _ 1 dep").replace("20_000", "20 000");
    let (gold, system) = (Document::read(&contraction).unwrap(), Document::read(&plain).unwrap());
    let outcome = Outcome::compare(&gold, &system, From::Raw, true).unwrap();
    assert_eq!(outcome.metrics[2].1, Count { gold: 2, system: 2, right: 2 });
}

#[test]
fn sentences_need_both_ends() {
    let gold = "
1 Oui oui INTJ _ 0 root
2 . . PUNCT _ 1 punct

1 Non non INTJ _ 0 root
2 . . PUNCT _ 1 punct

1 Bien bien ADV _ 0 root
";
    let joined = "
1 Oui oui INTJ _ 0 root
2 . . PUNCT _ 1 punct
3 Non non INTJ _ 1 parataxis
4 . . PUNCT _ 1 punct

1 Bien bien ADV _ 0 root
";
    check(gold, joined, &[(Metric::Sentences, (3, 2, 1)), (Metric::Words, (5, 5, 5)), (Metric::Uas, (5, 5, 3))]);
    check(gold, gold, &[(Metric::Sentences, (3, 3, 3))]);
}

#[test]
fn only_universal_features_and_relations_are_compared() {
    let same = CONTRACTED
        .replace("Gender=Masc 5 det", "Emphatic=Yes|Gender=Masc 5 det")
        .replace("obl:mod", "obl:arg")
        .replace("Mood=Ind", "Mood=Ind|Typo=Yes");
    check(
        CONTRACTED,
        &same,
        &[
            (Metric::Feats, (6, 6, 6)),
            (Metric::Las, (6, 6, 6)),
            (Metric::LasSubtypes, (6, 6, 5)),
            (Metric::Mlas, (3, 3, 3)),
        ],
    );
    // A universal feature that is wrong at a function word counts there and at the word above it.
    let other = CONTRACTED.replace("Gender=Masc 5 det", "Gender=Fem 5 det");
    check(CONTRACTED, &other, &[(Metric::Feats, (6, 6, 5)), (Metric::Mlas, (3, 3, 2)), (Metric::Clas, (3, 3, 3))]);
    // The order of features is not compared, their values are.
    let gold = "1 va aller VERB Number=Sing|Mood=Ind 0 root";
    check(gold, "1 va aller VERB Mood=Ind|Number=Sing 0 root", &[(Metric::Feats, (1, 1, 1))]);
    check(gold, "1 va aller VERB Mood=Ind|Number=Plur 0 root", &[(Metric::Feats, (1, 1, 0))]);
}

#[test]
fn lemmas_that_the_gold_file_leaves_open_are_right() {
    let open = CONTRACTED.replace("port port", "port _");
    let other = CONTRACTED.replace("port port", "port porte");
    check(&open, &other, &[(Metric::Lemmas, (6, 6, 6)), (Metric::Blex, (3, 3, 3))]);
    check(CONTRACTED, &other, &[(Metric::Lemmas, (6, 6, 5)), (Metric::Blex, (3, 3, 2)), (Metric::Mlas, (3, 3, 3))]);
    check(CONTRACTED, &open, &[(Metric::Lemmas, (6, 6, 5))]);
}

#[test]
fn errors_are_told_by_what_is_taken_for_what() {
    let system = CONTRACTED.replace("PRON Person=3 2 nsubj", "DET Person=3 2 obj").replace("2 obl:mod", "1 obl:mod");
    let outcome = outcome(CONTRACTED, &system);
    let tables = outcome.breakdown;
    assert_eq!(tables.upos, [("PRON".to_owned(), "DET".to_owned(), 1)]);
    assert_eq!(tables.labels, [("nsubj".to_owned(), "obj".to_owned(), 1)]);
    let of = |name: &str| tables.relations.iter().find(|(r, _)| r == name).unwrap().1;
    assert_eq!(of("obl"), Count { gold: 1, system: 1, right: 0 });
    assert_eq!(of("obj"), Count { gold: 0, system: 1, right: 0 });
    let far: Vec<(usize, usize)> = tables.distances.iter().map(|(_, c)| (c.gold, c.right)).collect();
    // Root; "Il" and "le" next to their heads; "de"; "port" and the stop.
    assert_eq!(far, [(1, 1), (2, 1), (1, 1), (2, 1), (0, 0), (0, 0)]);
    assert_eq!(tables.lengths[0].1, Count { gold: 6, system: 6, right: 4 });
}

#[test]
fn files_that_are_no_trees_or_another_text_are_refused() {
    for (lines, fault) in [
        ("1 a a X _ 2 dep\n2 b b X _ 1 dep", "a sentence needs one root"),
        ("1 a a X _ 0 root\n2 b b X _ 0 root", "a sentence needs one root"),
        ("1 a a X _ 0 root\n2 b b X _ 3 dep\n3 c c X _ 2 dep", "a cycle"),
        ("1 a a X _ 0 root\n3 b b X _ 1 dep", "one by one"),
        ("1 a a X _ 0 root\n2 b b X _ 7 dep", "outside of the sentence"),
        ("1-3 ab\n1 a a X _ 0 root\n2 b b X _ 1 dep", "before its words"),
    ] {
        let found = Document::read(&conllu(lines)).unwrap_err();
        assert!(found.contains(fault), "{found}");
    }
    let (a, b) = (read("1 ab ab X _ 0 root"), read("1 ac ac X _ 0 root"));
    let fault = Outcome::compare(&a, &b, From::Raw, true).err().unwrap();
    assert!(fault.contains("character 1"), "{fault}");
}

const NAMED: &str = "
1 Anna Anna PROPN _ 2 nsubj Entity=B-PER
2 visite visiter VERB _ 0 root
3 San San PROPN _ 2 obj Entity=B-LOC
4 Marino Marino PROPN _ 3 flat Entity=I-LOC
5 avec avec ADP _ 6 case
6 Zorg Zorg PROPN _ 2 obl Entity=B-ORG
7 . . PUNCT _ 2 punct
";

fn named(gold: &str, system: &str) -> entities::Scores {
    entities::score(&read(gold), &read(system)).unwrap()
}

#[test]
fn entities_count_when_place_and_label_are_the_same() {
    let scores = named(NAMED, NAMED);
    assert_eq!(scores.all, Count { gold: 3, system: 3, right: 3 });
    assert_eq!(scores.faults, entities::Faults::default());
    // One cut short, one with another label, one missed, one that is none.
    let system = NAMED
        .replace("flat Entity=I-LOC", "flat")
        .replace("Entity=B-ORG", "Entity=B-PER")
        .replace("nsubj Entity=B-PER", "nsubj")
        .replace("0 root", "0 root Entity=B-PER");
    let scores = named(NAMED, &system);
    assert_eq!(scores.all, Count { gold: 3, system: 3, right: 0 });
    let faults = entities::Faults { boundary: 1, label: 1, both: 0, missed: 1, spurious: 1 };
    assert_eq!(scores.faults, faults);
    let longer = NAMED.replace("avec ADP _ 6 case", "avec ADP _ 6 case Entity=B-PER").replace("=B-ORG", "=I-PER");
    assert_eq!(named(NAMED, &longer).faults, entities::Faults { both: 1, ..Default::default() });
}

#[test]
fn labels_that_a_corpus_does_not_know_are_not_held_against_a_system() {
    let system = NAMED.replace("0 root", "0 root Entity=B-MISC");
    assert_eq!(named(NAMED, &system).all, Count { gold: 3, system: 3, right: 3 });
    // Where it knows them they count, but not among the classic three.
    let gold = NAMED.replace("=B-ORG", "=B-MISC");
    let scores = named(&gold, &system);
    assert_eq!(scores.all, Count { gold: 3, system: 3, right: 2 });
    assert_eq!(scores.classic, Count { gold: 2, system: 2, right: 2 });
}

#[test]
fn an_entity_is_as_long_as_its_words_and_not_their_token() {
    let clitic = "
1-2 Anna's
1 Anna Anna PROPN _ 3 nmod Entity=B-PER
2 's 's PART _ 1 case
3 boat boat NOUN _ 0 root
";
    let entities = read(clitic).entities;
    assert_eq!((entities[0].place.start, entities[0].place.end), (0, 4));
    // Words that do not spell their token have its place only.
    let vague = clitic.replace("2 's 's", "2 is be");
    assert_eq!(read(&vague).entities[0].place.end, 6);
    // Brackets of other treebanks are no tags of ours; neighbours with two begins are two.
    assert!(read(&clitic.replace("Entity=B-PER", "Entity=(1-person-giv:act-1-coref)")).entities.is_empty());
    assert_eq!(read(&NAMED.replace("I-LOC", "B-LOC")).entities.len(), 4);
}

#[test]
fn raw_text_parts_paragraphs() {
    let file =
        "# newdoc id = a\n# text = Un.\n1\tUn\n\n# text = Deux.\n1\tDeux\n\n# newpar\n# text = Trois.\n1\tTrois\n";
    assert_eq!(raw_text(file), "Un. Deux.\n\nTrois.\n");
}
