//! Participles that look like nouns: "prise par X, reprise par Y".

use super::openings::{child, hang};
use super::relation;
use crate::phrase::case_of;
use vigie_resources::FrameWords;
use vigie_syntax::{Deprel, Feats, Parse, Relation, Upos};

const PASSIVE: [&str; 3] = ["Tense=Past", "VerbForm=Part", "Voice=Pass"];

/// A noun without an article that an agent follows, as the first word of a note or joined to a passive participle, is the
/// participle that it is written like. `verb_of` gives the verb of a form, where it has one.
pub(super) fn read_participles(parse: &mut Parse, words: &FrameWords, verb_of: &dyn Fn(&str) -> Option<String>) {
    for noun in 0..parse.words.len() {
        let w = &parse.words[noun];
        let bare =
            w.upos == Upos::Noun && child(parse, noun, Relation::Det).is_none() && case_of(parse, noun).is_none();
        if !bare {
            continue;
        }
        let first = w.head.filter(|_| w.deprel.base == Relation::Conj).map(|h| h as usize);
        let joined = first.is_some_and(|first| is_passive_participle(parse, first) && first < noun);
        let opens = noun == 0 && w.head.is_none();
        let Some(agent) = agent_of(parse, noun, words).filter(|_| joined || opens) else { continue };
        let Some(verb) = verb_of(&w.form.to_lowercase()) else { continue };
        let w = &mut parse.words[noun];
        w.lemma = verb.as_str().into();
        w.upos = Upos::Verb;
        let kept: Vec<&str> =
            w.feats.0.split('|').filter(|f| f.starts_with("Gender=") || f.starts_with("Number=")).collect();
        w.feats = Feats(kept.into_iter().chain(PASSIVE).collect::<Vec<_>>().join("|").as_str().into());
        let oblique = |sub: &str| Deprel { base: Relation::Obl, sub: sub.into() };
        hang(parse, agent, noun, oblique("agent"));
        for word in noun + 1..parse.words.len() {
            let (head, base) = (parse.words[word].head.map(|h| h as usize), parse.words[word].deprel.base);
            // What stands behind the second participle tells of it, and not of the first.
            let later = head == first && first.is_some() && base == Relation::Obl;
            if later || (head == Some(noun) && base == Relation::Nmod) {
                hang(parse, word, noun, oblique("mod"));
            } else if head == Some(noun) && base == Relation::Acl && is_participle(parse, word) {
                hang(parse, word, noun, relation(Relation::Conj));
            }
        }
    }
}

/// "a été grièvement blessé", "la route est de nouveau coupée": what the auxiliary of a passive stands before is the participle that
/// it is written like, and no adjective or bare noun. `verb_of` as above.
pub(super) fn read_passives(parse: &mut Parse, verb_of: &dyn Fn(&str) -> Option<String>) {
    for word in 1..parse.words.len() {
        let w = &parse.words[word];
        let passive = |c: usize| {
            let deprel = &parse.words[c].deprel;
            c < word && deprel.base == Relation::Aux && deprel.sub == "pass"
        };
        let bare = || child(parse, word, Relation::Det).is_none() && case_of(parse, word).is_none();
        let like = w.upos == Upos::Adj || w.upos == Upos::Noun && bare();
        if !like || !parse.children(word).any(passive) {
            continue;
        }
        let Some(verb) = verb_of(&w.form.to_lowercase()) else { continue };
        let w = &mut parse.words[word];
        w.lemma = verb.as_str().into();
        w.upos = Upos::Verb;
        let kept: Vec<&str> =
            w.feats.0.split('|').filter(|f| f.starts_with("Gender=") || f.starts_with("Number=")).collect();
        w.feats = Feats(kept.into_iter().chain(PASSIVE).collect::<Vec<_>>().join("|").as_str().into());
    }
}

/// "Report says 57 killed": a number before a participle that it seems to count is its subject, the noun being left out.
pub(super) fn count_subjects(parse: &mut Parse) {
    for number in 0..parse.words.len().saturating_sub(1) {
        let w = &parse.words[number];
        let Some(verb) = w.head.map(|h| h as usize).filter(|&v| v > number) else { continue };
        let bare = w.upos == Upos::Num && w.deprel.base == Relation::Nummod && is_participle(parse, verb);
        let past = parse.words[verb].feats.get("Tense") != Some("Pres");
        let told = child(parse, verb, Relation::Nsubj).is_some() || child(parse, verb, Relation::Aux).is_some();
        let attribute = matches!(parse.words[verb].deprel.base, Relation::Acl | Relation::Amod);
        if bare && past && !told && !attribute {
            hang(parse, number, verb, Deprel { base: Relation::Nsubj, sub: "pass".into() });
        }
    }
}

/// "Men armed on motorcycles": a participle right behind its noun that the language lists as what tells somebody's side or trait
/// describes who they are and tells of no deed. `quality` knows such words, in any form. What stands behind it with another
/// preposition than that of a genitive belongs to the noun.
pub(super) fn name_qualities(parse: &mut Parse, words: &FrameWords, quality: &dyn Fn(&str) -> bool) {
    for word in 1..parse.words.len() {
        let noun = word - 1;
        let w = &parse.words[word];
        let describes = w.head == Some(noun as u32) && w.deprel.base == Relation::Acl && is_participle(parse, word);
        let deed = agent_of(parse, word, words).is_some()
            || child(parse, word, Relation::Obj).is_some()
            || parse.children(word).any(|c| matches!(parse.words[c].deprel.base, Relation::Aux | Relation::Nsubj));
        if !describes || deed || parse.words[noun].upos != Upos::Noun || !quality(&w.form.to_lowercase()) {
            continue;
        }
        parse.words[word].upos = Upos::Adj;
        parse.words[word].deprel = relation(Relation::Amod);
        let raised: Vec<usize> = parse
            .children(word)
            .filter(|&c| parse.words[c].deprel.base == Relation::Obl && c > word)
            .filter(|&c| case_of(parse, c).is_some_and(|case| !words.genitives.contains(&case.to_owned())))
            .collect();
        for circumstance in raised {
            hang(parse, circumstance, noun, relation(Relation::Nmod));
        }
    }
}

fn is_participle(parse: &Parse, word: usize) -> bool {
    parse.words[word].upos == Upos::Verb && parse.words[word].feats.get("VerbForm") == Some("Part")
}

/// "had « redeployed »": an auxiliary that only a mark parts from the participle behind it, and that seems to be a
/// clause beside it, is its auxiliary.
pub(super) fn join_auxiliaries(parse: &mut Parse) {
    for aux in 1..parse.words.len() {
        let w = &parse.words[aux];
        let bare = parse.children(aux).all(|c| parse.words[c].upos == Upos::Punct);
        if w.upos != Upos::Aux || w.deprel.base == Relation::Aux || !bare {
            continue;
        }
        let between = |&i: &usize| matches!(parse.words[i].upos, Upos::Punct | Upos::Adv) && parse.words[i].form != ",";
        let Some(verb) = (aux + 1..parse.words.len().min(aux + 4)).find(|i| !between(i)) else { continue };
        let v = &parse.words[verb];
        let parted = (aux + 1..verb).any(|i| parse.words[i].upos == Upos::Punct);
        let past = v.feats.get("VerbForm") == Some("Part") && v.feats.get("Tense") != Some("Pres");
        if parted && past && v.upos == Upos::Verb && v.head == w.head {
            hang(parse, aux, verb, relation(Relation::Aux));
        }
    }
}

fn is_passive_participle(parse: &Parse, word: usize) -> bool {
    let auxiliary = || parse.children(word).any(|c| parse.words[c].deprel.sub == "pass");
    is_participle(parse, word) && (parse.words[word].feats.get("Voice") == Some("Pass") || auxiliary())
}

/// The agent right behind a word.
fn agent_of(parse: &Parse, noun: usize, words: &FrameWords) -> Option<usize> {
    parse.children(noun).find(|&c| {
        matches!(parse.words[c].deprel.base, Relation::Nmod | Relation::Obl)
            && c > noun
            && child(parse, c, Relation::Case)
                .is_some_and(|case| case == noun + 1 && words.agents.contains(&parse.words[case].lemma.to_string()))
    })
}

#[cfg(test)]
mod tests {
    use super::{name_qualities, read_passives};
    use crate::testing::{hangs, list, parse};
    use vigie_resources::FrameWords;

    #[test]
    fn a_mark_parts_no_auxiliary_from_its_participle() {
        let rows = "units unit NOUN _ 5 nsubj
             had have AUX VerbForm=Fin 0 ccomp
             ( ( PUNCT _ 4 punct
             redeployed redeploy VERB Tense=Past|VerbForm=Part 0 ccomp";
        let mut told = parse(&format!("said say VERB _ 0 root\n{}", rows.replace(" 0 ", " 1 ").replace("_ 4", "_ 5")));
        super::join_auxiliaries(&mut told);
        hangs(&told, "had", "aux", "redeployed");
        let mut own = parse("had have AUX _ 0 root\narms arm NOUN _ 1 obj");
        let before = own.clone();
        super::join_auxiliaries(&mut own);
        assert_eq!(own, before);
    }

    #[test]
    fn behind_a_passive_auxiliary_stands_a_participle() {
        let rows = "civil civil NOUN _ 3 nsubj:pass
             été être AUX _ 3 aux:pass
             blessé blessé ADJ Gender=Masc 0 root";
        let verb_of = |form: &str| (form == "blessé").then(|| "blesser".to_owned());
        let mut found = parse(rows);
        read_passives(&mut found, &verb_of);
        assert_eq!((found.words[2].lemma.as_str(), found.words[2].feats.get("VerbForm")), ("blesser", Some("Part")));
        let mut noun = parse(&rows.replace("blessé ADJ", "blessé NOUN"));
        read_passives(&mut noun, &verb_of);
        assert_eq!(noun.words[2].lemma, "blesser");
        let mut told = parse(&rows.replace("aux:pass", "cop"));
        read_passives(&mut told, &verb_of);
        assert_eq!(told.words[2].lemma, "blessé");
    }

    #[test]
    fn a_participle_that_tells_who_somebody_is_does_nothing() {
        let words = FrameWords { agents: list(&["par"]), genitives: list(&["de"]), ..FrameWords::default() };
        let rows = "hommes homme NOUN _ 0 root
             armés armer VERB VerbForm=Part 1 acl
             à à ADP _ 4 case
             moto moto NOUN _ 2 obl";
        let mut found = parse(rows);
        name_qualities(&mut found, &words, &|form| form == "armés");
        hangs(&found, "armés", "amod", "hommes");
        hangs(&found, "moto", "nmod", "hommes");
        // Somebody armed them.
        let mut deed = parse(&rows.replace("à à ADP", "par par ADP"));
        name_qualities(&mut deed, &words, &|form| form == "armés");
        hangs(&deed, "armés", "acl", "hommes");
        let mut other = parse(rows);
        name_qualities(&mut other, &words, &|_| false);
        hangs(&other, "armés", "acl", "hommes");
    }
}
