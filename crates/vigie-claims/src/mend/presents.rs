//! "Bomber targets recruits in Kaya": in headlines, which leave out articles, a verb in the present looks like the plural
//! of a noun, and a parser takes the wrong one of two for the verb or none at all.

use super::openings::{hang, is_nominal};
use super::{before_noun, below, relation};
use crate::phrase::case_of;
use vigie_syntax::{Feats, Parse, Relation, Upos};

const PRESENT: &str = "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin";

/// Finds the verb of a clause without one, or whose verb does not agree with its subject. `tells` says of a lemma whether it
/// is a verb that tells something.
pub(super) fn read_presents(parse: &mut Parse, tells: &dyn Fn(&str) -> bool, many: &dyn Fn(&str) -> bool) {
    read_led(parse, tells);
    let hidden = hidden_verb(parse, tells).or_else(|| hidden_plural(parse, tells, many));
    let Some(Hidden { verb, subject, old }) = hidden else { return };
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
    if let Some(first) = paired(parse, subject) {
        hang(parse, first, verb, relation(Relation::Nsubj));
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

/// "Police fire tear gas", "Rebel chief, army envoy hold talks": in a line without a verb the form that is written like a noun,
/// behind a plural or two between a comma and before what it may take, is the verb.
fn hidden_plural(parse: &Parse, tells: &dyn Fn(&str) -> bool, many: &dyn Fn(&str) -> bool) -> Option<Hidden> {
    let words = &parse.words;
    if !is_verbless_line(parse) {
        return None;
    }
    (1..words.len().checked_sub(1)?).find_map(|verb| {
        let (before, w, next) = (&words[verb - 1], &words[verb], &words[verb + 1]);
        let commas = (0..verb).filter(|&k| words[k].upos == Upos::Punct).count();
        let nominal =
            |k: usize| matches!(words[k].upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Punct);
        let noun = matches!(before.upos, Upos::Noun | Upos::Propn);
        let plural = noun && (before.feats.get("Number") == Some("Plur") || many(&before.lemma));
        let agrees = commas == 0 && plural || commas == 1 && noun && paired(parse, verb - 1).is_some();
        let form = w.form.to_lowercase();
        let like = matches!(w.upos, Upos::Noun | Upos::Adj) && w.lemma.to_lowercase() == form && tells(&form);
        let takes = matches!(next.upos, Upos::Noun | Upos::Propn | Upos::Num | Upos::Det | Upos::Adj);
        let told = agrees && like && takes && (0..verb).all(nominal) && before.span.end() < w.span.start();
        told.then_some(Hidden { verb, subject: verb - 1, old: None })
    })
}

/// A headline in which no finite verb was found.
fn is_verbless_line(parse: &Parse) -> bool {
    let verbal = |w: &vigie_syntax::Word| w.upos == Upos::Aux || w.feats.get("VerbForm") == Some("Fin");
    !super::openings::is_whole(parse) && !parse.words.iter().any(verbal)
}

/// The first of two that a comma joins before a verb, where the second is `subject`.
fn paired(parse: &Parse, subject: usize) -> Option<usize> {
    let comma = (1..subject).find(|&k| parse.words[k].form == ",")?;
    (is_nominal(parse, comma - 1) && is_nominal(parse, subject)).then_some(comma - 1)
}

/// "Kaya to send batteries", "Militia, army to open talks": a line without a finite verb in which the mark of an infinitive stands
/// behind who may act plans what is to come; the infinitive tells the line. `acts` says of a noun whether it may act.
pub(super) fn read_plans(parse: &mut Parse, mark: &str, tells: &dyn Fn(&str) -> bool, acts: &dyn Fn(&str) -> bool) {
    let words = &parse.words;
    if !is_verbless_line(parse) {
        return;
    }
    let Some(to) = (1..words.len()).find(|&i| words[i].form == mark) else { return };
    let subject = to - 1;
    let plain = |k: usize| matches!(words[k].upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Punct);
    let person = words[subject].upos == Upos::Propn || acts(&words[subject].lemma.to_lowercase());
    let verb = to + 1;
    let Some(w) = words.get(verb).filter(|_| person && (0..to).all(plain)) else { return };
    let infinitive = w.feats.get("VerbForm") == Some("Inf");
    let behind = words.get(verb + 1).is_some_and(|n| !matches!(n.upos, Upos::Adp | Upos::Punct));
    if !(infinitive || behind && tells(&w.form.to_lowercase())) {
        return;
    }
    let object = object_of(parse, verb, None).filter(|_| !infinitive);
    let lemma = w.form.to_lowercase();
    let root = (0..parse.words.len()).find(|&i| parse.words[i].head.is_none()).unwrap_or(subject);
    let moved: Vec<usize> =
        (0..parse.words.len()).filter(|&i| i != verb && !stays(parse, i, (subject, object, verb, root))).collect();
    parse.words[verb].head = None;
    parse.words[verb].deprel = relation(Relation::Root);
    parse.words[verb].upos = Upos::Verb;
    parse.words[verb].feats = Feats("VerbForm=Inf".into());
    parse.words[verb].lemma = if infinitive { parse.words[verb].lemma.clone() } else { lemma.as_str().into() };
    for i in moved {
        let kept = i > verb && parse.words[i].head == Some(verb as u32) && infinitive;
        let (head, base) = match i {
            _ if kept => continue,
            _ if i == subject => (verb, Relation::Nsubj),
            _ if i == to => (verb, Relation::Mark),
            _ if Some(i) == object => (verb, Relation::Obj),
            _ if i < verb => (subject, before_noun(parse.words[i].upos)),
            _ => match right(parse, i, object) {
                base @ (Relation::Det | Relation::Amod | Relation::Compound | Relation::Nummod) => {
                    (object.unwrap_or(verb), base)
                }
                base => (verb, base),
            },
        };
        hang(parse, i, head, relation(base));
    }
    if let Some(first) = paired(parse, subject) {
        hang(parse, first, verb, relation(Relation::Nsubj));
    }
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
        ["target", "kidnap", "recruit", "hit", "wound", "fire", "hold", "truck"].contains(&lemma)
    }

    fn many(lemma: &str) -> bool {
        lemma == "police"
    }

    #[test]
    fn a_plural_before_a_noun_that_is_a_verb_too_does_it() {
        let mut told = parse(
            "Police police NOUN Number=Sing 2 compound
             fire fire NOUN Number=Sing 3 compound
             gas gas NOUN Number=Sing 0 root
             at at ADP _ 5 case
             mourners mourner NOUN Number=Plur 3 nmod",
        );
        let mut alone = told.clone();
        read_presents(&mut told, &tells, &many);
        hangs(&told, "fire", "root", "-");
        hangs(&told, "Police", "nsubj", "fire");
        hangs(&told, "gas", "obj", "fire");
        hangs(&told, "mourners", "obl", "fire");
        let before = alone.clone();
        read_presents(&mut alone, &tells, &|_| false);
        assert_eq!(alone, before);
    }

    #[test]
    fn two_between_a_comma_do_it() {
        let mut told = parse(
            "chief chief NOUN Number=Sing 4 compound
             , , PUNCT _ 1 punct
             envoy envoy NOUN Number=Sing 4 compound
             hold hold NOUN Number=Sing 0 root
             talks talk NOUN Number=Plur 4 nmod",
        );
        read_presents(&mut told, &tells, &many);
        hangs(&told, "hold", "root", "-");
        hangs(&told, "chief", "nsubj", "hold");
        hangs(&told, "envoy", "nsubj", "hold");
        hangs(&told, "talks", "obj", "hold");
    }

    #[test]
    fn an_infinitive_behind_who_acts_tells_what_is_planned() {
        let rows = "Kaya Kaya PROPN _ 0 root
             to to ADP _ 3 case
             truck truck NOUN Number=Sing 1 nmod
             600 600 NUM _ 5 nummod
             tonnes tonne NOUN Number=Plur 1 nmod
             to to ADP _ 7 case
             Tamsa Tamsa PROPN _ 5 nmod";
        let mut told = parse(rows);
        read_plans(&mut told, "to", &tells, &|_| false);
        hangs(&told, "truck", "root", "-");
        hangs(&told, "Kaya", "nsubj", "truck");
        hangs(&told, "tonnes", "obj", "truck");
        let mut access = parse(&rows.replace("Kaya Kaya PROPN", "Access access NOUN"));
        let before = access.clone();
        read_plans(&mut access, "to", &tells, &|_| false);
        assert_eq!(access, before);
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
        read_presents(&mut told, &tells, &many);
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
        read_presents(&mut told, &tells, &many);
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
        read_presents(&mut told, &tells, &many);
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
        read_presents(&mut led, &tells, &many);
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
        read_presents(&mut heading, &tells, &many);
        assert_eq!(heading, before);
    }
}
