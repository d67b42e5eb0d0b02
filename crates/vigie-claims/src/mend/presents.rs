//! "Bomber targets recruits in Kaya": in headlines, which leave out articles, a verb in the present looks like the plural
//! of a noun, and a parser takes the wrong one of two for the verb or none at all.

use super::openings::{hang, is_nominal};
use super::{before_noun, below, relation};
use crate::phrase::case_of;
use vigie_syntax::{Feats, Parse, Relation, Upos};

const PRESENT: &str = "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin";

/// Finds the verb of a clause without one, or whose verb does not agree with its subject. `tells` says of a lemma whether it
/// is a verb that tells something.
pub(super) fn read_presents(parse: &mut Parse, tells: &dyn Fn(&str) -> bool) {
    read_led(parse, tells);
    let Some(Hidden { verb, subject, old }) = hidden_verb(parse, tells) else { return };
    let root = (0..parse.words.len()).find(|&i| parse.words[i].head.is_none());
    let Some(top) = old.or(root) else { return };
    let (above, deprel) = (parse.words[top].head, parse.words[top].deprel.clone());
    if above.is_some_and(|h| below(parse, h as usize, verb)) {
        return;
    }
    let object = object_of(parse, verb, old);
    read_as_present(parse, verb);
    let moved: Vec<usize> =
        (0..parse.words.len()).filter(|&i| i != verb && !stays(parse, i, (subject, object, verb, top))).collect();
    parse.words[verb].head = above;
    parse.words[verb].deprel = deprel;
    for i in moved {
        let base = match i {
            _ if i == subject => Relation::Nsubj,
            _ if Some(i) == object => Relation::Obj,
            _ if i < verb => before_noun(parse.words[i].upos),
            _ => right(parse, i, object),
        };
        let head = match base {
            Relation::Det | Relation::Amod | Relation::Compound | Relation::Nummod if i < verb => subject,
            Relation::Det | Relation::Amod | Relation::Compound | Relation::Nummod => object.unwrap_or(verb),
            _ => verb,
        };
        hang(parse, i, head, relation(base));
    }
    for noun in [Some(subject), old.filter(|o| Some(*o) == object)].into_iter().flatten() {
        if parse.words[noun].upos == Upos::Verb {
            let number = if parse.words[noun].form.ends_with('s') { "Number=Plur" } else { "Number=Sing" };
            parse.words[noun].upos = Upos::Noun;
            parse.words[noun].feats = Feats(number.into());
        }
    }
}

fn read_as_present(parse: &mut Parse, verb: usize) {
    if parse.words[verb].upos != Upos::Verb {
        parse.words[verb].upos = Upos::Verb;
        parse.words[verb].feats = Feats(PRESENT.into());
    }
}

/// "Fire near Kaya wounds five": a noun that has a subject before and an object behind is a verb, and what a preposition
/// leads to between them belongs to the subject.
fn read_led(parse: &mut Parse, tells: &dyn Fn(&str) -> bool) {
    for verb in 1..parse.words.len() {
        let w = &parse.words[verb];
        if w.upos != Upos::Noun || w.form == w.lemma || !w.form.ends_with('s') || !tells(&w.lemma) {
            continue;
        }
        let has = |base: Relation, behind: bool| {
            parse.children(verb).find(|&c| parse.words[c].deprel.base == base && (c > verb) == behind)
        };
        let (Some(subject), Some(_)) = (has(Relation::Nsubj, false), has(Relation::Obj, true)) else { continue };
        let between: Vec<usize> = parse.children(verb).filter(|&c| subject < c && c < verb).collect();
        if let Some(noun) = between.iter().rev().copied().find(|&c| is_nominal(parse, c)) {
            for &c in between.iter().filter(|&&c| c != noun) {
                parse.words[c].head = Some(noun as u32);
            }
            hang(parse, noun, subject, relation(Relation::Nmod));
        }
        read_as_present(parse, verb);
    }
}

/// A verb that was not seen, its subject, and what was taken for the verb.
struct Hidden {
    verb: usize,
    subject: usize,
    old: Option<usize>,
}

/// The form of a verb behind a noun that it agrees with, before something that it may take.
fn hidden_verb(parse: &Parse, tells: &dyn Fn(&str) -> bool) -> Option<Hidden> {
    let words = &parse.words;
    let finite = |i: usize| words[i].feats.get("VerbForm") == Some("Fin");
    (1..words.len().checked_sub(1)?).find_map(|verb| {
        let (before, w, next) = (&words[verb - 1], &words[verb], &words[verb + 1]);
        let led = (0..verb - 1).all(|k| !matches!(words[k].upos, Upos::Adp | Upos::Punct | Upos::Verb | Upos::Aux));
        let joined = matches!(w.deprel.base, Relation::Compound | Relation::Flat);
        let subject = parse.children(verb).find(|&c| c < verb && words[c].deprel.base == Relation::Nsubj);
        let old = w.head.map(|h| h as usize).filter(|&h| h > verb && words[h].upos == Upos::Verb);
        // "Drones hit wards": a verb with a subject is no part of a noun, and what it was joined to is no verb.
        if let (Some(subject), Some(old), true) = (subject, old, w.upos == Upos::Verb && joined && led) {
            return tells(&w.lemma).then_some(Hidden { verb, subject, old: Some(old) });
        }
        let plural = w.upos == Upos::Noun && w.form.ends_with('s') && w.form != w.lemma;
        let present = w.upos == Upos::Verb && finite(verb) && joined;
        let order = before.upos == Upos::Verb && before.feats.get("Mood") == Some("Imp") && verb > 1;
        let named = matches!(before.upos, Upos::Noun | Upos::Propn) && before.feats.get("Number") != Some("Plur");
        let adjacent = before.span.end() < w.span.start() && case_of(parse, verb - 1).is_none();
        if !((plural || present) && (named || order) && adjacent && led && tells(&w.lemma)) {
            return None;
        }
        let takes = matches!(next.upos, Upos::Noun | Upos::Propn | Upos::Num | Upos::Det | Upos::Adj);
        let verbless = !(0..words.len()).any(|i| finite(i) && i != verb && !(order && i + 1 == verb));
        let quarrels = false_verb(parse, verb).filter(|v| words[*v].form.ends_with('s'));
        (quarrels.is_some() || verbless && takes).then_some(Hidden { verb, subject: verb - 1, old: quarrels })
    })
}

/// The verb in the present that takes a plural for its subject.
fn false_verb(parse: &Parse, noun: usize) -> Option<usize> {
    let verb = parse.words[noun].head.map(|h| h as usize).filter(|&h| h > noun)?;
    let feats = &parse.words[verb].feats;
    let singular = feats.get("Number") == Some("Sing") && feats.get("Person") == Some("3");
    let subject = parse.words[noun].deprel.base == Relation::Nsubj;
    (subject && singular && parse.words[verb].upos == Upos::Verb).then_some(verb)
}

/// What the verb takes: the word that was taken for the verb, or the first noun behind that no preposition leads.
fn object_of(parse: &Parse, verb: usize, old: Option<usize>) -> Option<usize> {
    if old.is_some() {
        return old;
    }
    let stop =
        |i: &usize| !matches!(parse.words[*i].upos, Upos::Adp | Upos::Punct | Upos::Cconj | Upos::Verb | Upos::Sconj);
    let run: Vec<usize> = (verb + 1..parse.words.len()).take_while(stop).collect();
    run.into_iter().rev().find(|&i| is_nominal(parse, i))
}

/// Does the word keep its head: one on its own side, and neither the verb nor what was taken for it?
fn stays(parse: &Parse, i: usize, (subject, object, verb, top): (usize, Option<usize>, usize, usize)) -> bool {
    let Some(head) = parse.words[i].head.map(|h| h as usize) else { return false };
    i != subject && Some(i) != object && head != verb && head != top && (head < verb) == (i < verb)
}

/// How a word behind the verb hangs on it, or on what it takes where it stands before that.
fn right(parse: &Parse, i: usize, object: Option<usize>) -> Relation {
    let before = object.is_some_and(|o| i < o);
    match parse.words[i].upos {
        Upos::Noun | Upos::Propn | Upos::Num | Upos::Pron if case_of(parse, i).is_some() => Relation::Obl,
        _ if before => before_noun(parse.words[i].upos),
        Upos::Verb => match parse.words[i].feats.get("VerbForm") {
            Some("Fin") => Relation::Parataxis,
            _ => Relation::Advcl,
        },
        Upos::Punct => Relation::Punct,
        Upos::Noun | Upos::Propn | Upos::Num | Upos::Adj => Relation::Parataxis,
        _ => Relation::Advmod,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{hangs, parse};

    fn tells(lemma: &str) -> bool {
        ["target", "kidnap", "recruit", "hit", "wound"].contains(&lemma)
    }

    #[test]
    fn of_two_plurals_the_first_is_the_verb() {
        let mut told = parse(
            "bomber bomber NOUN Number=Sing 2 compound
             targets target NOUN Number=Plur 4 nsubj
             army army NOUN Number=Sing 4 nsubj
             recruits recruit VERB Number=Sing|Person=3|VerbForm=Fin 0 root
             in in ADP _ 6 case
             Kaya Kaya PROPN _ 4 obl",
        );
        read_presents(&mut told, &tells);
        hangs(&told, "targets", "root", "-");
        hangs(&told, "bomber", "nsubj", "targets");
        hangs(&told, "recruits", "obj", "targets");
        hangs(&told, "army", "compound", "recruits");
        hangs(&told, "Kaya", "obl", "targets");
    }

    #[test]
    fn a_line_without_a_verb_has_one_that_looks_like_a_plural() {
        let mut told = parse(
            "gang gang NOUN Number=Sing 0 root
             kidnaps kidnap NOUN Number=Plur 1 compound
             eight eight NUM _ 2 flat
             from from ADP _ 5 case
             school school NOUN _ 3 nmod",
        );
        read_presents(&mut told, &tells);
        hangs(&told, "kidnaps", "root", "-");
        hangs(&told, "gang", "nsubj", "kidnaps");
        hangs(&told, "eight", "obj", "kidnaps");
    }

    #[test]
    fn a_verb_with_a_subject_is_no_part_of_a_noun() {
        let mut told = parse(
            "drones drone NOUN Number=Plur 2 nsubj
             hit hit VERB VerbForm=Fin 4 compound
             maternity maternity NOUN Number=Sing 4 obj
             ward ward VERB VerbForm=Inf 0 root",
        );
        read_presents(&mut told, &tells);
        hangs(&told, "hit", "root", "-");
        hangs(&told, "drones", "nsubj", "hit");
        hangs(&told, "ward", "obj", "hit");
        hangs(&told, "maternity", "compound", "ward");
        let mut led = parse(
            "fire fire NOUN Number=Sing 4 nsubj
             near near ADP _ 4 case
             Kaya Kaya PROPN _ 4 compound
             wounds wound NOUN Number=Plur 0 root
             five five NUM _ 4 obj",
        );
        read_presents(&mut led, &tells);
        hangs(&led, "Kaya", "nmod", "fire");
        hangs(&led, "near", "case", "Kaya");
        assert_eq!(led.words[3].upos, Upos::Verb);
    }

    #[test]
    fn a_heading_of_nouns_stays_one() {
        let mut heading = parse(
            "army army NOUN Number=Sing 2 compound
             targets target NOUN Number=Plur 0 root
             in in ADP _ 4 case
             Kaya Kaya PROPN _ 2 nmod",
        );
        let before = heading.clone();
        read_presents(&mut heading, &tells);
        assert_eq!(heading, before);
    }
}
