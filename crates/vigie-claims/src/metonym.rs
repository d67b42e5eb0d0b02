//! Does the name of a place stand for those who act there? The parse decides, with the words of the language.

use rustc_hash::FxHashSet;
use vigie_resources::MetonymWords;
use vigie_syntax::{Parse, Relation, Upos};

/// Most steps from a listed name to the first of its list.
const STEPS: usize = 6;

/// Does the name that this word heads mean people or a body rather than ground?
#[must_use]
pub fn is_metonymic(parse: &Parse, head: usize, words: &MetonymWords) -> bool {
    let mut at = head;
    for _ in 0..STEPS {
        let word = &parse.words[at];
        // Of listed names the first shows what all of them do.
        let listed = matches!(word.deprel.base, Relation::Conj | Relation::Appos | Relation::Flat);
        let Some(up) = word.head.map(|h| h as usize).filter(|_| listed && cases(parse, at).is_empty()) else { break };
        // "The capital, Tamsa, ..." is ground; "three countries: Tamsa, Ouba ..." do what those countries do.
        let several = parse.words[up].feats.get("Number") == Some("Plur");
        if word.deprel.base == Relation::Appos && words.areas.contains(&lemma(parse, up)) && !several {
            return false;
        }
        // A name that joins no name was joined to the clause before: the verb behind it is its own.
        let named = matches!(parse.words[up].upos, Upos::Propn | Upos::Noun);
        if word.deprel.base == Relation::Conj && !named {
            break;
        }
        at = up;
    }
    if let Some(verb) = stray(parse, at) {
        return acts(parse, verb, words);
    }
    let word = &parse.words[at];
    let Some(governor) = word.head.map(|h| h as usize) else { return false };
    let verb = lemma(parse, governor);
    let cases = cases(parse, at);
    match word.deprel.base {
        Relation::Nsubj if word.deprel.sub == "pass" => !words.told.contains(&verb) && !words.lying.contains(&verb),
        Relation::Nsubj => acts(parse, governor, words),
        Relation::Obj | Relation::Iobj if cases.is_empty() => !words.reached.contains(&verb),
        _ if word.deprel.sub == "agent" => true,
        relation => match cases.first() {
            Some(case) => {
                // "declare independence from Tamsa", "win a victory over Tamsa": the object says what is done.
                let light = parse.words[governor].upos == Upos::Verb && !words.of.contains(case);
                let objects =
                    parse.children(governor).filter(|&c| light && parse.words[c].deprel.base == Relation::Obj);
                let governors: Vec<String> = objects.map(|o| lemma(parse, o)).chain([verb.clone()]).collect();
                behind(case, &governors, words)
            }
            None if has_possessive(parse, at) => words.acts.contains(&verb) || words.owned.contains(&verb),
            None if matches!(relation, Relation::Compound | Relation::Amod | Relation::Nmod) => {
                words.bodies.contains(&verb) || words.acts.contains(&verb)
            }
            None => false,
        },
    }
}

/// The verb behind a name that has no place in the clause that it hangs on: of a sentence that was read wrongly.
fn stray(parse: &Parse, at: usize) -> Option<usize> {
    let word = &parse.words[at];
    let loose = matches!(word.deprel.base, Relation::Conj | Relation::Root | Relation::List | Relation::Parataxis);
    if !loose || word.upos != Upos::Propn || !cases(parse, at).is_empty() {
        return None;
    }
    let joined = |w: &usize| {
        matches!(parse.words[*w].upos, Upos::Propn | Upos::Cconj)
            || parse.words[*w].upos == Upos::Punct && parse.words[*w].form == LISTS
    };
    let next = (at + 1..parse.words.len()).find(|w| !joined(w))?;
    match parse.words[next].upos {
        Upos::Verb if parse.words[next].feats.get("VerbForm") == Some("Fin") => Some(next),
        Upos::Aux => parse.words[next].head.map(|h| h as usize).filter(|h| *h > next),
        _ => None,
    }
}

/// The sign between listed names.
const LISTS: &str = ",";

/// Does the subject of this verb or predicate act?
fn acts(parse: &Parse, governor: usize, words: &MetonymWords) -> bool {
    let verb = lemma(parse, governor);
    let noun = matches!(parse.words[governor].upos, Upos::Noun | Upos::Adj | Upos::Propn | Upos::Num);
    let is = parse.children(governor).any(|c| parse.words[c].deprel.base == Relation::Cop);
    if noun || is {
        return !words.areas.contains(&verb);
    }
    // "Tamsa has a port" tells of the ground, "Tamsa has an army" does not.
    let mut objects = parse.children(governor).filter(|&c| parse.words[c].deprel.base == Relation::Obj);
    if words.having.contains(&verb) && objects.any(|o| words.features.contains(&lemma(parse, o))) {
        return false;
    }
    !words.lying.contains(&verb)
}

/// Behind a preposition the governing words decide.
fn behind(case: &str, governors: &[String], words: &MetonymWords) -> bool {
    let governs = |listed: &FxHashSet<String>| governors.iter().any(|g| listed.contains(g));
    if words.agents.contains(case) {
        true
    } else if words.pairs.contains(case) {
        !governs(&words.apart)
    } else if words.partners.contains(case) {
        !governs(&words.bound)
    } else {
        words.of.contains(case) && governs(&words.acts)
            || words.to.contains(case) && governs(&words.giving)
            || words.from.contains(case) && governs(&words.getting)
            || words.over.contains(case) && governs(&words.ruling)
    }
}

fn lemma(parse: &Parse, at: usize) -> String {
    parse.words[at].lemma.to_lowercase()
}

/// Prepositions that hang on the word; the sign of a possessive stands behind it and is none.
fn cases(parse: &Parse, at: usize) -> Vec<String> {
    let own = parse.children(at).filter(|&c| parse.words[c].deprel.base == Relation::Case && c < at);
    own.map(|c| lemma(parse, c)).collect()
}

fn has_possessive(parse: &Parse, at: usize) -> bool {
    parse.words[at].deprel.sub == "poss"
        || parse.children(at).any(|c| parse.words[c].deprel.base == Relation::Case && c > at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{parse, word};
    use vigie_resources::{Language, metonym_words};

    fn read(rows: &str, name: &str) -> bool {
        let parse = parse(rows);
        is_metonymic(&parse, word(&parse, name), metonym_words(Language::from_code("en").unwrap()))
    }

    #[test]
    fn who_wins_is_no_ground() {
        assert!(read("Tamsa Tamsa PROPN _ 2 nsubj\nwon win VERB _ 0 root", "Tamsa"));
        assert!(!read("Tamsa Tamsa PROPN _ 2 nsubj\nborders border VERB _ 0 root\nOuba Ouba PROPN _ 2 obj", "Tamsa"));
    }

    #[test]
    fn the_object_tells_what_its_subject_is() {
        let has = |noun: &str| {
            read(&format!("Tamsa Tamsa PROPN _ 2 nsubj\nhas have VERB _ 0 root\n{noun} {noun} NOUN _ 2 obj"), "Tamsa")
        };
        assert!(has("army") && !has("port"));
        let from = |noun: &str| {
            let rows = format!(
                "They they PRON _ 2 nsubj\ndeclared declare VERB _ 0 root\n{noun} {noun} NOUN _ 2 obj\nfrom from ADP _ 5 case\nTamsa Tamsa PROPN _ 2 obl"
            );
            read(&rows, "Tamsa")
        };
        assert!(from("independence") && !from("result"));
    }

    #[test]
    fn a_name_that_was_joined_to_the_clause_before_is_the_subject_of_its_own_verb() {
        let rows = |verb: &str| {
            format!(
                "It it PRON _ 2 nsubj\nended end VERB _ 0 root\nand and CCONJ _ 4 cc\nTamsa Tamsa PROPN _ 2 conj\n{verb} {verb} VERB VerbForm=Fin 2 conj"
            )
        };
        assert!(read(&rows("win"), "Tamsa") && !read(&rows("border"), "Tamsa"));
    }

    #[test]
    fn listed_names_do_what_the_noun_before_them_does() {
        let rows = |number: &str, noun: &str| {
            format!(
                "{noun} {noun} NOUN {number} 2 nsubj\nvoted vote VERB _ 0 root\n: : PUNCT _ 4 punct\nTamsa Tamsa PROPN _ 1 appos"
            )
        };
        assert!(read(&rows("Number=Plur", "country"), "Tamsa"));
        assert!(!read(&rows("Number=Sing", "country"), "Tamsa"));
    }

    #[test]
    fn the_preposition_and_what_governs_it_decide() {
        let with = |noun: &str, case: &str| {
            read(
                &format!("{noun} {noun} NOUN _ 0 root\n{case} {case} ADP _ 3 case\nTamsa Tamsa PROPN _ 1 nmod"),
                "Tamsa",
            )
        };
        assert!(with("talks", "with") && with("independence", "of"));
        assert!(!with("talks", "in") && !with("north", "of"));
    }
}
