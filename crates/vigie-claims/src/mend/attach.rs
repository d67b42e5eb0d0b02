//! What a parser hangs on the nearest word, and belongs to one further up.

use super::openings::{child, hang, is_noun};
use super::{below, has_subject, relation};
use crate::phrase::case_of;
use vigie_syntax::{Feats, Parse, Relation, Upos};

/// "Fighters loyal to the president stormed the airport": an adjective between a noun and a verb that has no subject of its own,
/// read as the verb's complement with the noun as its subject, describes the noun, and the noun is the verb's subject.
pub(super) fn part_described_subjects(parse: &mut Parse) {
    for adjective in 1..parse.words.len() {
        let w = &parse.words[adjective];
        let Some(verb) = w.head.map(|h| h as usize).filter(|&h| h > adjective) else { continue };
        let complement = w.upos == Upos::Adj && matches!(w.deprel.base, Relation::Xcomp | Relation::Advcl);
        let noun = adjective - 1;
        let told = parse.words[noun].head == Some(adjective as u32)
            && parse.words[noun].deprel.base == Relation::Nsubj
            && matches!(parse.words[noun].upos, Upos::Noun | Upos::Propn);
        let bare = child(parse, adjective, Relation::Cop).is_none();
        let free = parse.words[verb].upos == Upos::Verb && child(parse, verb, Relation::Nsubj).is_none();
        if complement && told && bare && free && !below(parse, verb, adjective) {
            hang(parse, noun, verb, relation(Relation::Nsubj));
            hang(parse, adjective, noun, relation(Relation::Amod));
        }
    }
}

/// "handed a suspect over to Kaya": what stands behind the particle of a verb belongs to the verb.
pub(super) fn raise_from_particles(parse: &mut Parse) {
    for word in 2..parse.words.len() {
        let w = &parse.words[word];
        let Some(particle) = w.head.map(|h| h as usize).filter(|&h| h < word) else { continue };
        let p = &parse.words[particle];
        let adverb =
            matches!(p.upos, Upos::Adp | Upos::Adv) && matches!(p.deprel.base, Relation::Advmod | Relation::Compound);
        let Some(verb) = p.head.map(|h| h as usize).filter(|&v| v < particle) else { continue };
        let circumstance = w.deprel.base == Relation::Obl && case_of(parse, word).is_some();
        // The preposition stands right behind the particle, and the particle behind the object: "over to".
        let close = child(parse, word, Relation::Case) == Some(particle + 1);
        let behind = parse.children(verb).any(|c| parse.words[c].deprel.base == Relation::Obj && c < particle);
        if circumstance && adverb && close && behind && parse.words[verb].upos == Upos::Verb {
            hang(parse, word, verb, relation(Relation::Obl));
        }
    }
}

/// "have blocked for a sixth consecutive day the road": an adjective that describes a noun takes no object; the noun with its
/// article belongs to the verb above, where that has none. What hangs on the adjective behind it goes with it.
/// `takes_object` tells of a verb that it asks for an object.
pub(super) fn raise_from_adjectives(parse: &mut Parse, takes_object: &dyn Fn(&str) -> bool) {
    for object in 1..parse.words.len() {
        let w = &parse.words[object];
        let Some(adjective) = w.head.map(|h| h as usize).filter(|&h| h < object) else { continue };
        let describes =
            parse.words[adjective].upos == Upos::Adj && parse.words[adjective].deprel.base == Relation::Amod;
        let named = child(parse, object, Relation::Det).is_some() && case_of(parse, object).is_none();
        if w.deprel.base != Relation::Obj || !describes || !named {
            continue;
        }
        let mut above = parse.words[adjective].head.map(|h| h as usize);
        while let Some(up) = above.filter(|&up| parse.words[up].upos != Upos::Verb) {
            above = parse.words[up].head.map(|h| h as usize);
        }
        let Some(verb) = above.filter(|&v| v < object && child(parse, v, Relation::Obj).is_none()) else { continue };
        if !takes_object(&parse.words[verb].lemma) {
            continue;
        }
        let behind: Vec<usize> = parse.children(adjective).filter(|&c| c > object).collect();
        hang(parse, object, verb, relation(Relation::Obj));
        for word in behind {
            hang(parse, word, object, relation(Relation::Nmod));
        }
    }
}

fn is_finite(parse: &Parse, verb: usize) -> bool {
    let finite = |w: usize| parse.words[w].feats.get("VerbForm") == Some("Fin");
    finite(verb) || parse.children(verb).any(|c| parse.words[c].deprel.base == Relation::Aux && finite(c))
}

/// "denied to have lost the town and accuses the army": a finite verb is not joined to an infinitive but to the verb above it.
/// "said troops had taken the square and denied that the town had fallen": nor is a verb of saying with its content joined to
/// what somebody else was told to do. `says` tells of a verb that it is one of saying.
pub(super) fn raise_joined_verbs(parse: &mut Parse, says: &dyn Fn(&str) -> bool) {
    for verb in 2..parse.words.len() {
        let w = &parse.words[verb];
        let Some(first) = w.head.map(|h| h as usize).filter(|&h| h < verb && parse.words[h].upos == Upos::Verb) else {
            continue;
        };
        let Some(above) = parse.words[first].head.map(|h| h as usize).filter(|&h| parse.words[h].upos == Upos::Verb)
        else {
            continue;
        };
        let content = matches!(parse.words[first].deprel.base, Relation::Xcomp | Relation::Ccomp);
        if w.upos != Upos::Verb || w.deprel.base != Relation::Conj || !content || above > first {
            continue;
        }
        let infinitive = |v: usize| {
            let inf = |w: usize| parse.words[w].feats.get("VerbForm") == Some("Inf");
            inf(v) || parse.children(v).any(|c| parse.words[c].deprel.base == Relation::Aux && inf(c))
        };
        let unlike = infinitive(first) && !is_finite(parse, first) && is_finite(parse, verb) && !infinitive(verb);
        let told = |v: usize| says(&parse.words[v].lemma.to_lowercase());
        let speaks = told(verb)
            && told(above)
            && !told(first)
            && is_finite(parse, above)
            && child(parse, verb, Relation::Ccomp).is_some()
            && child(parse, verb, Relation::Nsubj).is_none();
        if unlike || speaks {
            hang(parse, verb, above, relation(Relation::Conj));
            // Without an auxiliary it is no participle but the past.
            if speaks && child(parse, verb, Relation::Aux).is_none() {
                parse.words[verb].feats = Feats("Tense=Past|VerbForm=Fin".into());
            }
        }
    }
}

/// "…, freeing hundreds from its prison, residents and officials said": nouns between the last comma and a verb of saying that
/// has no subject are its subject, and not further parts of what stands before the comma. `says` as above.
pub(super) fn free_speakers(parse: &mut Parse, says: &dyn Fn(&str) -> bool) {
    for verb in 3..parse.words.len() {
        let w = &parse.words[verb];
        let finite = w.upos == Upos::Verb && w.feats.get("VerbForm") != Some("Inf") && !has_subject(parse, verb);
        if !finite || !says(&w.lemma.to_lowercase()) {
            continue;
        }
        if let Some((noun, participle)) = described_speaker(parse, verb) {
            hang(parse, noun, verb, relation(Relation::Nsubj));
            hang(parse, participle, noun, relation(Relation::Acl));
            continue;
        }
        let own = |&i: &usize| !matches!(parse.words[i].upos, Upos::Aux | Upos::Adv);
        let Some(end) = (0..verb).rev().find(own).filter(|&e| closes_phrase(parse, e)) else { continue };
        // What is said is its content, or the verb is joined to it.
        let joined_verb = matches!(w.deprel.base, Relation::Conj | Relation::Parataxis)
            && w.head.is_some_and(|h| (h as usize) < end && parse.words[h as usize].upos == Upos::Verb);
        let content = |comma: usize| {
            joined_verb || parse.children(verb).any(|c| c < comma && parse.words[c].deprel.base == Relation::Ccomp)
        };
        let Some((comma, first)) = speaker_before(parse, end).filter(|(comma, _)| content(*comma)) else { continue };
        let further: Vec<usize> = (first + 1..=end).filter(|&at| hangs_before(parse, at, comma)).collect();
        if joined_verb {
            parse.words[verb].deprel = relation(Relation::Parataxis);
        }
        hang(parse, first, verb, relation(Relation::Nsubj));
        for noun in further {
            hang(parse, noun, first, relation(Relation::Conj));
        }
    }
}

/// "…, residents reached by telephone said": a noun between the last comma and the verb of saying, with a participle right
/// behind it that the parser took for a clause of what is said.
fn described_speaker(parse: &Parse, verb: usize) -> Option<(usize, usize)> {
    let comma = (1..verb).rev().find(|&i| parse.words[i].form == ",")?;
    let participle = (comma + 2..verb).find(|&i| parse.words[i].upos == Upos::Verb)?;
    let noun = participle - 1;
    let w = &parse.words[participle];
    let past = w.feats.get("VerbForm") == Some("Part") && w.feats.get("Tense") == Some("Past");
    let led = parse.words.get(participle + 1).is_some_and(|n| n.upos == Upos::Adp);
    let own = |i: usize| {
        i == participle || !matches!(parse.words[i].upos, Upos::Verb | Upos::Aux | Upos::Sconj | Upos::Punct)
    };
    let taken = parse.words[noun].head == Some(participle as u32) && parse.words[noun].deprel.base == Relation::Nsubj;
    let content = parse.children(verb).any(|c| c < comma && parse.words[c].deprel.base == Relation::Ccomp);
    let told = past && led && taken && content && is_noun(parse, noun) && (comma + 1..verb).all(own);
    told.then_some((noun, participle))
}

/// A noun, or the bracket or comma behind one.
fn closes_phrase(parse: &Parse, end: usize) -> bool {
    is_noun(parse, end) || matches!(parse.words[end].form.as_str(), ")" | ",")
}

/// The comma or closing quotation mark before the phrase that ends at `end`, and the noun that heads it, which the parser hung
/// on something before that comma. "their spokesman, Yahya, said": a name between commas is described by the noun before it.
fn speaker_before(parse: &Parse, end: usize) -> Option<(usize, usize)> {
    let apposed = parse.words[end].form == ",";
    let mut found = None;
    let mut from = if apposed { end - 1 } else { end };
    for _ in 0..=usize::from(apposed) {
        let opens = |at: &usize| {
            let w = &parse.words[*at];
            w.upos == Upos::Punct && !matches!(w.form.as_str(), "(" | ")" | "-" | "\u{2019}" | ".")
        };
        let comma = (0..=from).rev().find(opens)?;
        let phrase = comma + 1..=from;
        let nominal = |at: usize| !matches!(parse.words[at].upos, Upos::Verb | Upos::Aux | Upos::Sconj);
        if phrase.is_empty() || !phrase.clone().all(nominal) {
            break;
        }
        if let Some(first) = phrase.clone().find(|&at| hangs_before(parse, at, comma)) {
            found = Some((comma, first));
        }
        from = comma.checked_sub(1)?;
    }
    found
}

/// A noun without a preposition whose head stands before `comma`.
fn hangs_before(parse: &Parse, at: usize, comma: usize) -> bool {
    let w = &parse.words[at];
    let loose = matches!(w.deprel.base, Relation::Conj | Relation::Appos | Relation::Nsubj | Relation::Nmod);
    is_noun(parse, at) && loose && case_of(parse, at).is_none() && w.head.is_some_and(|h| (h as usize) < comma)
}

#[cfg(test)]
mod tests {
    use super::{
        free_speakers, part_described_subjects, raise_from_adjectives, raise_from_particles, raise_joined_verbs,
    };
    use crate::testing::{hangs, parse};

    #[test]
    fn an_adjective_between_describes_the_subject() {
        let rows = "Fighters fighter NOUN _ 2 nsubj
             loyal loyal ADJ _ 6 xcomp
             to to ADP _ 5 case
             the the DET _ 5 det
             chief chief NOUN _ 2 obl
             stormed storm VERB VerbForm=Fin 0 root
             Kaya Kaya PROPN _ 6 obj";
        let mut found = parse(rows);
        part_described_subjects(&mut found);
        hangs(&found, "Fighters", "nsubj", "stormed");
        hangs(&found, "loyal", "amod", "Fighters");
        let mut told = parse(&format!("{rows}\nthey they PRON _ 6 nsubj"));
        part_described_subjects(&mut told);
        hangs(&told, "loyal", "xcomp", "stormed");
    }

    #[test]
    fn what_stands_behind_a_particle_is_the_verbs() {
        let rows = "handed hand VERB VerbForm=Fin 0 root
             him he PRON _ 1 obj
             over over ADP _ 1 advmod
             to to ADP _ 5 case
             Kaya Kaya PROPN _ 3 obl";
        let mut found = parse(rows);
        raise_from_particles(&mut found);
        hangs(&found, "Kaya", "obl", "handed");
        let mut apart = parse(&rows.replace("him he PRON _ 1 obj", "him he PRON _ 1 nsubj"));
        raise_from_particles(&mut apart);
        hangs(&apart, "Kaya", "obl", "over");
    }

    #[test]
    fn an_adjective_of_a_noun_takes_no_object() {
        let rows = "bloqué bloquer VERB VerbForm=Part 0 root
             pour pour ADP _ 3 case
             jour jour NOUN _ 1 obl
             consécutif consécutif ADJ _ 3 amod
             la le DET _ 6 det
             route route NOUN _ 4 obj
             entre entre ADP _ 8 case
             Kaya Kaya PROPN _ 4 obl";
        let mut found = parse(rows);
        raise_from_adjectives(&mut found, &|verb| verb == "bloquer");
        hangs(&found, "route", "obj", "bloqué");
        hangs(&found, "Kaya", "nmod", "route");
        let mut other = parse(rows);
        raise_from_adjectives(&mut other, &|_| false);
        hangs(&other, "route", "obj", "consécutif");
    }

    #[test]
    fn a_finite_verb_is_not_joined_to_an_infinitive() {
        let rows = "démenti démentir VERB VerbForm=Part 0 root
             a avoir AUX VerbForm=Fin 1 aux
             avoir avoir AUX VerbForm=Inf 4 aux
             perdu perdre VERB VerbForm=Part 1 xcomp
             et et CCONJ _ 6 cc
             accuse accuser VERB VerbForm=Fin 4 conj";
        let mut found = parse(rows);
        raise_joined_verbs(&mut found, &|_| false);
        hangs(&found, "accuse", "conj", "démenti");
        let mut alike = parse(&rows.replace("accuse accuser VERB VerbForm=Fin", "quitté quitter VERB VerbForm=Part"));
        raise_joined_verbs(&mut alike, &|_| false);
        hangs(&alike, "quitté", "conj", "perdu");
    }

    #[test]
    fn who_denies_is_who_said() {
        let rows = "Police police NOUN _ 2 nsubj
             said say VERB VerbForm=Fin 0 root
             troops troop NOUN _ 5 nsubj
             had have AUX VerbForm=Fin 5 aux
             won win VERB VerbForm=Part 2 ccomp
             and and CCONJ _ 7 cc
             denied deny VERB VerbForm=Part 5 conj
             fallen fall VERB VerbForm=Part 7 ccomp";
        let says = |verb: &str| matches!(verb, "say" | "deny");
        let mut found = parse(rows);
        raise_joined_verbs(&mut found, &says);
        hangs(&found, "denied", "conj", "said");
        let mut deed = parse(rows);
        raise_joined_verbs(&mut deed, &|verb| verb == "say");
        hangs(&deed, "denied", "conj", "won");
    }

    #[test]
    fn speakers_behind_the_last_comma_are_no_part_of_what_they_say() {
        let rows = "Gangs gang NOUN _ 2 nsubj
             freed free VERB VerbForm=Fin 8 ccomp
             inmates inmate NOUN _ 2 obj
             , , PUNCT _ 5 punct
             residents resident NOUN _ 3 conj
             and and CCONJ _ 7 cc
             officials official NOUN _ 3 conj
             said say VERB VerbForm=Fin 0 root";
        let mut found = parse(rows);
        free_speakers(&mut found, &|verb| verb == "say");
        hangs(&found, "residents", "nsubj", "said");
        hangs(&found, "officials", "conj", "residents");
        let mut spoken = parse(&format!("{rows}\nhe he PRON _ 8 nsubj"));
        free_speakers(&mut spoken, &|verb| verb == "say");
        hangs(&spoken, "residents", "conj", "inmates");
    }

    #[test]
    fn a_speaker_may_be_described_by_a_participle() {
        let mut told = parse(
            "Troops troop NOUN _ 2 nsubj
             left leave VERB VerbForm=Fin 8 ccomp
             , , PUNCT _ 2 punct
             residents resident NOUN _ 5 nsubj
             reached reach VERB Tense=Past|VerbForm=Part 2 advcl
             by by ADP _ 7 case
             phone phone NOUN _ 5 obl
             said say VERB VerbForm=Fin 0 root",
        );
        free_speakers(&mut told, &says);
        hangs(&told, "residents", "nsubj", "said");
        hangs(&told, "reached", "acl", "residents");
    }

    fn says(lemma: &str) -> bool {
        lemma == "say"
    }

    #[test]
    fn the_noun_before_a_verb_of_saying_is_its_subject() {
        let mut bracket = parse(
            "wounding wound VERB VerbForm=Fin 8 ccomp
             thirty thirty NUM _ 1 obl
             , , PUNCT _ 2 punct
             Army Army PROPN _ 2 appos
             ( ( PUNCT _ 6 punct
             TNLA TNLA PROPN _ 4 appos
             ) ) PUNCT _ 6 punct
             said say VERB VerbForm=Fin 0 root",
        );
        free_speakers(&mut bracket, &says);
        hangs(&bracket, "Army", "nsubj", "said");
        let mut joined = parse(
            "cut cut VERB VerbForm=Fin 0 root
             State State PROPN _ 1 obl
             , , PUNCT _ 4 punct
             residents resident NOUN _ 2 conj
             and and CCONJ _ 6 cc
             worker worker NOUN _ 2 conj
             said say VERB VerbForm=Fin 1 conj",
        );
        free_speakers(&mut joined, &says);
        hangs(&joined, "residents", "nsubj", "said");
        hangs(&joined, "worker", "conj", "residents");
        hangs(&joined, "said", "parataxis", "cut");
        let mut apposed = parse(
            "repelled repel VERB VerbForm=Fin 7 ccomp
             , , PUNCT _ 1 punct
             spokesman spokesman NOUN _ 1 nsubj
             , , PUNCT _ 5 punct
             Yahya Yahya PROPN _ 3 appos
             , , PUNCT _ 5 punct
             said say VERB VerbForm=Fin 0 root",
        );
        free_speakers(&mut apposed, &says);
        hangs(&apposed, "spokesman", "nsubj", "said");
        // "the capital of the state and said": the conjunction joins verbs.
        let mut second = parse(
            "visited visit VERB VerbForm=Fin 0 root
             Kaya Kaya PROPN _ 1 obj
             , , PUNCT _ 4 punct
             capital capital NOUN _ 2 appos
             and and CCONJ _ 6 cc
             said say VERB VerbForm=Fin 1 conj",
        );
        let before = second.clone();
        free_speakers(&mut second, &says);
        assert_eq!(second, before);
    }
}
