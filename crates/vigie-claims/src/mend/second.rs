//! A second clause behind a conjunction, with a subject or verb of its own: what the parser gives to the first.

use super::openings::{child, hang, is_nominal};
use super::{below, last_of, relation, verb_from};
use crate::phrase::{case_of, governors};
use vigie_resources::FrameWords;
use vigie_syntax::{Deprel, Feats, Parse, Relation, Upos};

fn passive(sub: bool) -> Deprel {
    Deprel { base: Relation::Nsubj, sub: if sub { "pass" } else { "" }.into() }
}

/// The conjunction of a word, between `first` and it.
fn conjunction(parse: &Parse, word: usize, first: usize) -> Option<usize> {
    child(parse, word, Relation::Cc).filter(|&c| first < c && c < word)
}

/// The verb before a noun that the noun seems to be a second subject of: directly, or joined to its subject or to it.
fn verb_before(parse: &Parse, noun: usize) -> Option<usize> {
    let w = &parse.words[noun];
    let head = w.head.map(|h| h as usize).filter(|&h| h < noun)?;
    let verb = match (w.deprel.base, parse.words[head].upos) {
        (Relation::Nsubj | Relation::Conj, Upos::Verb) => head,
        (Relation::Conj, _) if parse.words[head].deprel.base == Relation::Nsubj => {
            parse.words[head].head.map(|h| h as usize).filter(|&v| head < v && v < noun)?
        }
        _ => return None,
    };
    (parse.words[verb].upos == Upos::Verb).then_some(verb)
}

/// "les maisons ont été brûlées et 1 600 habitants ont fui": a noun behind a verb and its conjunction, right before a finite
/// verb that has no subject, is the subject of that verb and no second one of the first.
pub(super) fn part_subjects(parse: &mut Parse) {
    for noun in 2..parse.words.len() {
        if !is_nominal(parse, noun) || case_of(parse, noun).is_some() {
            continue;
        }
        let Some(first) = verb_before(parse, noun) else { continue };
        let Some(cc) = conjunction(parse, noun, first).or_else(|| bare_conjunction(parse, noun, first)) else {
            continue;
        };
        let Some(verb) = verb_from(parse, last_of(parse, noun) + 1) else { continue };
        if below(parse, noun, verb) || below(parse, verb, noun) {
            continue;
        }
        let sub = parse.children(verb).any(|c| parse.words[c].deprel.sub == "pass");
        hang(parse, noun, verb, passive(sub));
        hang(parse, cc, verb, relation(Relation::Cc));
        if parse.words[verb].head == Some(first as u32) {
            parse.words[verb].deprel = relation(Relation::Conj);
        }
    }
}

/// A conjunction right before a phrase that hangs on a later word.
fn bare_conjunction(parse: &Parse, noun: usize, first: usize) -> Option<usize> {
    let start = (first + 1..=noun).find(|&i| below(parse, i, noun))?;
    start.checked_sub(1).filter(|&c| c > first && parse.words[c].upos == Upos::Cconj)
}

fn is_past_participle(parse: &Parse, word: usize) -> bool {
    let feats = &parse.words[word].feats;
    parse.words[word].upos == Upos::Verb
        && feats.get("VerbForm") == Some("Part")
        && feats.get("Tense") != Some("Pres")
        && !parse.children(word).any(|c| parse.words[c].deprel.base == Relation::Aux)
}

fn is_passive_clause(parse: &Parse, verb: usize) -> bool {
    parse.children(verb).any(|c| {
        let w = &parse.words[c];
        w.deprel.base == Relation::Aux && w.deprel.sub == "pass"
    })
}

/// What a noun of quantity counts ("une trentaine") need not agree with it.
fn agree(parse: &Parse, a: usize, b: usize, words: &FrameWords) -> bool {
    let counts = words.classes.get("quantity").is_some_and(|list| list.iter().any(|q| *q == parse.words[a].lemma));
    counts
        || ["Gender", "Number"].iter().all(|key| match (parse.words[a].feats.get(key), parse.words[b].feats.get(key)) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        })
}

/// "three drivers were killed and five soldiers abducted": behind a passive and a conjunction a noun with a participle of its
/// own has left the auxiliary out. `verb_of` gives the verb of a form, where it has one that tells something.
pub(super) fn fill_gaps(parse: &mut Parse, words: &FrameWords, verb_of: &dyn Fn(&str) -> Option<String>) {
    for noun in 2..parse.words.len() {
        let Some(first) = verb_before(parse, noun).filter(|&v| is_passive_clause(parse, v)) else { continue };
        if case_of(parse, noun).is_some() {
            continue;
        }
        let Some(cc) = conjunction(parse, noun, first).or_else(|| bare_conjunction(parse, noun, first)) else {
            // The conjunction may hang on the participle.
            let joined =
                |&p: &usize| parse.words[p].deprel.base == Relation::Conj && conjunction(parse, p, first).is_some();
            let participle = parse.children(noun).find(joined).filter(|&p| is_past_participle(parse, p));
            if let Some(participle) = participle.filter(|&p| agree(parse, noun, p, words)) {
                join_gapped(parse, noun, participle, first);
            }
            continue;
        };
        if is_nominal(parse, noun) {
            let describes = |&p: &usize| {
                let w = &parse.words[p];
                let epithet = matches!(w.deprel.base, Relation::Acl | Relation::Amod | Relation::Conj);
                p > noun && epithet && (is_past_participle(parse, p) || w.upos == Upos::Adj)
            };
            let participle = parse.children(noun).find(describes).filter(|&p| agree(parse, noun, p, words));
            let Some(participle) = participle.filter(|&p| stands_behind(parse, noun, p)) else {
                if let Some(participle) = counted_participle(parse, noun, words, verb_of) {
                    join_gapped(parse, noun, participle, first);
                    hang(parse, cc, participle, relation(Relation::Cc));
                }
                continue;
            };
            if read_as_participle(parse, participle, verb_of) {
                join_gapped(parse, noun, participle, first);
                hang(parse, cc, participle, relation(Relation::Cc));
            }
        }
        // "five people were killed and 28 injured": the number is the subject, its noun is left out.
        let number = |&n: &usize| n + 1 == noun && n == cc + 1 && parse.words[n].upos == Upos::Num;
        let alone = parse.children(noun).find(number);
        if let Some(number) = alone.filter(|_| matches!(parse.words[noun].upos, Upos::Adj | Upos::Verb))
            && parse.words[noun].head == Some(first as u32)
            && parse.words[noun].deprel.base == Relation::Conj
            && read_as_participle(parse, noun, verb_of)
        {
            hang(parse, number, noun, passive(true));
        }
        // "douze autres blessés": the participle is taken for the noun that is counted.
        let other = noun - 1;
        let counted = child(parse, noun, Relation::Nummod).filter(|&n| n + 1 == other && n > cc);
        let rest = parse.words[other].upos == Upos::Adj && parse.words[other].head == Some(noun as u32);
        if let Some(number) = counted.filter(|_| rest && parse.words[noun].deprel.base == Relation::Conj)
            && parse.words[noun].head == Some(first as u32)
            && read_as_participle(parse, noun, verb_of)
        {
            parse.words[other].upos = Upos::Noun;
            hang(parse, number, other, relation(Relation::Nummod));
            hang(parse, other, noun, passive(true));
        }
    }
    // The parser saw both but for the voice: a participle joined to a passive has its subject done to as well.
    for verb in 1..parse.words.len() {
        let w = &parse.words[verb];
        let Some(first) = w.head.map(|h| h as usize).filter(|&h| h < verb && is_passive_clause(parse, h)) else {
            continue;
        };
        let told = w.deprel.base == Relation::Conj && is_past_participle(parse, verb);
        let object = [Relation::Obj, Relation::Ccomp].into_iter().any(|base| child(parse, verb, base).is_some());
        let subject = child(parse, verb, Relation::Nsubj).filter(|&s| first < s && s < verb);
        if let Some(subject) = subject.filter(|_| told && !object && w.feats.get("Voice") == Some("Pass")) {
            parse.words[subject].deprel = passive(true);
        }
    }
}

/// "une soixantaine d'autres blessés": behind a noun of quantity the participle is taken for the noun that is counted, and what
/// is left of that noun is an adjective. Makes both what they are and hands back the participle.
fn counted_participle(
    parse: &mut Parse,
    quantity: usize,
    words: &FrameWords,
    verb_of: &dyn Fn(&str) -> Option<String>,
) -> Option<usize> {
    let counts = words.classes.get("quantity").is_some_and(|q| q.iter().any(|w| *w == parse.words[quantity].lemma));
    let (of, rest, participle) = (quantity + 1, quantity + 2, quantity + 3);
    let counted = parse.words.get(participle).filter(|w| w.head == Some(quantity as u32) && counts)?;
    let left = &parse.words[rest];
    let adjective = left.upos == Upos::Adj && left.head == Some(participle as u32);
    let genitive = parse.words[of].head == Some(participle as u32) && parse.words[of].deprel.base == Relation::Case;
    if counted.deprel.base != Relation::Nmod
        || !adjective
        || !genitive
        || !read_as_participle(parse, participle, verb_of)
    {
        return None;
    }
    parse.words[rest].upos = Upos::Noun;
    hang(parse, rest, quantity, relation(Relation::Nmod));
    hang(parse, of, rest, relation(Relation::Case));
    Some(participle)
}

/// Only adverbs and adjectives stand between a noun and the participle behind it.
fn stands_behind(parse: &Parse, noun: usize, participle: usize) -> bool {
    (noun + 1..participle).all(|i| matches!(parse.words[i].upos, Upos::Adv | Upos::Adj))
}

/// Makes a participle of a word that is written like one; `false` where no verb is.
fn read_as_participle(parse: &mut Parse, word: usize, verb_of: &dyn Fn(&str) -> Option<String>) -> bool {
    if parse.words[word].upos == Upos::Verb {
        return true;
    }
    let Some(lemma) = verb_of(&parse.words[word].form.to_lowercase()) else { return false };
    let w = &mut parse.words[word];
    w.lemma = lemma.as_str().into();
    w.upos = Upos::Verb;
    w.feats = Feats("Tense=Past|VerbForm=Part|Voice=Pass".into());
    true
}

fn join_gapped(parse: &mut Parse, noun: usize, participle: usize, first: usize) {
    hang(parse, participle, first, relation(Relation::Conj));
    hang(parse, noun, participle, passive(true));
}

/// "a mené des frappes contre une position près de Diéma et neutralisé des rebelles": a participle right behind a conjunction
/// that seems joined to a noun, name or adverb shares the auxiliary of the verb before.
pub(super) fn share_auxiliaries(parse: &mut Parse, words: &FrameWords) {
    for verb in 2..parse.words.len() {
        let Some(above) = parse.words[verb].head.map(|h| h as usize).filter(|&h| h < verb) else { continue };
        let nominal = is_nominal(parse, above) || parse.words[above].upos == Upos::Adv;
        let joined = matches!(parse.words[verb].deprel.base, Relation::Conj | Relation::Acl | Relation::Amod);
        if !is_past_participle(parse, verb) || !joined || !nominal || parse.words[verb - 1].upos != Upos::Cconj {
            continue;
        }
        // A noun that is described already may be described by a second participle that agrees with it.
        let described = parse
            .children(above)
            .any(|c| c < verb && (is_past_participle(parse, c) || parse.words[c].deprel.base == Relation::Amod));
        let described = described && agree(parse, above, verb, words);
        let Some(first) = governors(parse, above).find(|&g| parse.words[g].upos == Upos::Verb) else { continue };
        let active = first < above
            && parse.children(first).any(|c| {
                let w = &parse.words[c];
                w.deprel.base == Relation::Aux && words.active_auxiliaries.iter().any(|a| *a == w.lemma)
            })
            && !is_passive_clause(parse, first);
        // A bare noun that is no object tells when, but not one of quantity ("plusieurs dizaines").
        let quantity =
            |c: usize| words.classes.get("quantity").is_some_and(|q| q.iter().any(|w| *w == parse.words[c].lemma));
        let behind = parse.children(verb).find(|&c| {
            let base = parse.words[c].deprel.base;
            let taken = base == Relation::Obj || (base == Relation::Obl && quantity(c));
            c > verb && is_nominal(parse, c) && case_of(parse, c).is_none() && taken
        });
        if let Some(object) = behind.filter(|_| active && !described) {
            hang(parse, verb, first, relation(Relation::Conj));
            hang(parse, verb - 1, verb, relation(Relation::Cc));
            parse.words[object].deprel = relation(Relation::Obj);
        }
    }
}

/// "affirme en avoir abattu 60", "en contrôlent les hauteurs": before an infinitive or a finite verb a place clitic is a pronoun and
/// no preposition, and the bare number behind is what is left of the object.
pub(super) fn free_clitics(parse: &mut Parse, words: &FrameWords) {
    for clitic in 0..parse.words.len().saturating_sub(1) {
        let w = &parse.words[clitic];
        let listed = words.place_clitics.iter().any(|p| *p == w.form.to_lowercase());
        let Some(verb) = w.head.map(|h| h as usize).filter(|&h| listed && w.upos == Upos::Adp && h > clitic) else {
            continue;
        };
        if !matches!(parse.words[clitic + 1].feats.get("VerbForm"), Some("Inf" | "Fin")) {
            continue;
        }
        parse.words[clitic].upos = Upos::Pron;
        parse.words[clitic].feats = Feats("PronType=Prs".into());
        parse.words[clitic].deprel = relation(Relation::Iobj);
        let number = verb + 1;
        let left = parse.words.get(number).is_some_and(|n| {
            n.upos == Upos::Num && n.head == Some(verb as u32) && matches!(n.deprel.base, Relation::Obl | Relation::Dep)
        });
        if left && child(parse, verb, Relation::Obj).is_none() && case_of(parse, number).is_none() {
            parse.words[number].deprel = relation(Relation::Obj);
        }
    }
}

/// ", blessant sept personnes": an adjective in a clause of its own behind a comma, with an object, is the present participle
/// that it is written like. `verb_of` as in [`fill_gaps`].
pub(super) fn read_present_participles(parse: &mut Parse, verb_of: &dyn Fn(&str) -> Option<String>) {
    for word in 1..parse.words.len() {
        let w = &parse.words[word];
        let clause = matches!(w.deprel.base, Relation::Advcl | Relation::Acl | Relation::Amod);
        let behind = parse.words[word - 1].form == ",";
        let object = child(parse, word, Relation::Obj).filter(|&o| o > word);
        if w.upos != Upos::Adj || !clause || !behind || object.is_none() {
            continue;
        }
        let Some(lemma) = verb_of(&w.form.to_lowercase()) else { continue };
        let w = &mut parse.words[word];
        w.lemma = lemma.as_str().into();
        w.upos = Upos::Verb;
        w.feats = Feats("Tense=Pres|VerbForm=Part".into());
        if w.deprel.base == Relation::Amod {
            w.deprel = relation(Relation::Acl);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{hangs, list, parse};

    fn none(_: &str) -> Option<String> {
        None
    }

    #[test]
    fn a_noun_before_a_second_verb_is_its_subject() {
        let rows = "maisons maison NOUN _ 3 nsubj:pass
             été être AUX _ 3 aux:pass
             brûlées brûler VERB VerbForm=Part 0 root
             et et CCONJ _ 5 cc
             habitants habitant NOUN _ 3 nsubj:pass
             ont avoir AUX VerbForm=Fin 7 aux
             fui fuir VERB VerbForm=Part 3 parataxis:insert";
        let mut found = parse(rows);
        part_subjects(&mut found);
        hangs(&found, "habitants", "nsubj", "fui");
        hangs(&found, "fui", "conj", "brûlées");
        let mut relative =
            parse(&rows.replace("fuir VERB VerbForm=Part 3 parataxis:insert", "fuir VERB VerbForm=Part 5 acl"));
        let before = relative.clone();
        part_subjects(&mut relative);
        assert_eq!(relative, before);
    }

    #[test]
    fn a_noun_with_a_participle_behind_a_passive_has_left_the_auxiliary_out() {
        let rows = "chauffeurs chauffeur NOUN Number=Plur 4 nsubj:pass
             ont avoir AUX _ 4 aux
             été être AUX _ 4 aux:pass
             tués tuer VERB Tense=Past|VerbForm=Part 0 root
             et et CCONJ _ 6 cc
             soldats soldat NOUN Number=Plur 4 nsubj:pass
             enlevés enlever VERB Number=Plur|Tense=Past|VerbForm=Part 6 acl";
        let mut found = parse(rows);
        fill_gaps(&mut found, &FrameWords::default(), &none);
        hangs(&found, "enlevés", "conj", "tués");
        hangs(&found, "soldats", "nsubj", "enlevés");
        let mut active = parse(&rows.replace("été être AUX _ 4 aux:pass", "hier hier ADV _ 4 advmod"));
        let before = active.clone();
        fill_gaps(&mut active, &FrameWords::default(), &none);
        assert_eq!(active, before);
        let mut other = parse(&rows.replace("enlever VERB Number=Plur", "enlever VERB Number=Sing"));
        let before = other.clone();
        fill_gaps(&mut other, &FrameWords::default(), &none);
        assert_eq!(other, before);
    }

    #[test]
    fn the_rest_of_a_number_has_left_its_noun_out() {
        let rows = "civils civil NOUN Number=Plur 3 nsubj:pass
             été être AUX _ 3 aux:pass
             tués tuer VERB Tense=Past|VerbForm=Part 0 root
             et et CCONJ _ 5 cc
             soixantaine soixantaine NOUN Number=Sing 3 nsubj:pass
             d' de ADP _ 8 case
             autres autre ADJ _ 8 amod
             blessés blessé NOUN Number=Plur 5 nmod";
        let verb_of = |form: &str| (form == "blessés").then(|| "blesser".to_owned());
        let words =
            FrameWords { classes: [("quantity".to_owned(), list(&["soixantaine"]))].into(), ..Default::default() };
        let mut found = parse(rows);
        fill_gaps(&mut found, &words, &verb_of);
        hangs(&found, "blessés", "conj", "tués");
        hangs(&found, "soixantaine", "nsubj", "blessés");
        hangs(&found, "autres", "nmod", "soixantaine");
        let mut nouns = parse(&rows.replace("blessés blessé", "villageois villageois"));
        let before = nouns.clone();
        fill_gaps(&mut nouns, &words, &verb_of);
        assert_eq!(nouns, before);
    }

    #[test]
    fn a_participle_behind_a_name_shares_the_auxiliary() {
        let rows = "a avoir AUX _ 2 aux
             mené mener VERB Tense=Past|VerbForm=Part 0 root
             frappes frappe NOUN _ 2 obj
             Kaya Kaya PROPN _ 3 nmod
             et et CCONJ _ 6 cc
             tué tuer VERB Tense=Past|VerbForm=Part 4 conj
             rebelles rebelle NOUN _ 6 obj";
        let words = FrameWords { active_auxiliaries: list(&["avoir"]), ..FrameWords::default() };
        let mut found = parse(rows);
        share_auxiliaries(&mut found, &words);
        hangs(&found, "tué", "conj", "mené");
        let mut described = parse(&rows.replace("rebelles rebelle NOUN _ 6 obj", "hier hier ADV _ 6 advmod"));
        let before = described.clone();
        share_auxiliaries(&mut described, &words);
        assert_eq!(described, before);
    }

    #[test]
    fn a_clitic_before_an_infinitive_is_a_pronoun() {
        let rows = "affirme affirmer VERB VerbForm=Fin 0 root
             en en ADP _ 4 mark
             avoir avoir AUX VerbForm=Inf 4 aux
             abattu abattre VERB VerbForm=Part 1 xcomp
             60 60 NUM _ 4 obl";
        let words = FrameWords { place_clitics: list(&["en"]), ..FrameWords::default() };
        let mut found = parse(rows);
        free_clitics(&mut found, &words);
        hangs(&found, "en", "iobj", "abattu");
        hangs(&found, "60", "obj", "abattu");
        let mut gerund = parse(&rows.replace("VerbForm=Inf", "VerbForm=Part"));
        let before = gerund.clone();
        free_clitics(&mut gerund, &words);
        assert_eq!(gerund, before);
    }

    #[test]
    fn an_adjective_with_an_object_behind_a_comma_is_a_participle() {
        let rows = "touché toucher VERB _ 0 root
             , , PUNCT _ 3 punct
             blessant blessant ADJ _ 1 advcl
             civils civil NOUN _ 3 obj";
        let verb = |_: &str| Some("blesser".to_owned());
        let mut found = parse(rows);
        read_present_participles(&mut found, &verb);
        assert_eq!((found.words[2].upos, found.words[2].lemma.as_str()), (Upos::Verb, "blesser"));
        let mut bare = parse(&rows.replace("3 obj", "1 obj"));
        let before = bare.clone();
        read_present_participles(&mut bare, &verb);
        assert_eq!(bare, before);
    }

    #[test]
    fn a_number_before_a_second_participle_is_its_subject() {
        let rows = |upos: &str| {
            format!(
                "people people NOUN _ 3 nsubj:pass
                 were be AUX _ 3 aux:pass
                 killed kill VERB Tense=Past|VerbForm=Part|Voice=Pass 0 root
                 and and CCONJ _ 6 cc
                 28 28 NUM _ 6 obl
                 injured injured {upos} _ 3 conj"
            )
        };
        let verb = |form: &str| (form == "injured").then(|| "injure".to_owned());
        let mut found = parse(&rows("ADJ"));
        fill_gaps(&mut found, &FrameWords::default(), &verb);
        hangs(&found, "28", "nsubj", "injured");
        assert_eq!(found.words[5].upos, Upos::Verb);
        let mut noun = parse(&rows("NOUN"));
        fill_gaps(&mut noun, &FrameWords::default(), &verb);
        hangs(&noun, "28", "obl", "injured");
    }
}
