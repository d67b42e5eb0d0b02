//! Does the name of a place stand for those who act there? The parse decides, with the words of the language.

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
        if word.deprel.base == Relation::Appos && words.areas.contains(&lemma(parse, up)) {
            return false;
        }
        at = up;
    }
    let word = &parse.words[at];
    let Some(governor) = word.head.map(|h| h as usize) else { return false };
    let verb = lemma(parse, governor);
    let cases = cases(parse, at);
    match word.deprel.base {
        Relation::Nsubj if word.deprel.sub == "pass" => !words.told.contains(&verb) && !words.lying.contains(&verb),
        Relation::Nsubj => {
            let noun = matches!(parse.words[governor].upos, Upos::Noun | Upos::Adj | Upos::Propn | Upos::Num);
            let is = parse.children(governor).any(|c| parse.words[c].deprel.base == Relation::Cop);
            if noun || is { !words.areas.contains(&verb) } else { !words.lying.contains(&verb) }
        }
        Relation::Obj | Relation::Iobj if cases.is_empty() => !words.reached.contains(&verb),
        _ if word.deprel.sub == "agent" => true,
        relation => match cases.first() {
            Some(case) => behind(case, &verb, words),
            None if has_possessive(parse, at) => words.acts.contains(&verb) || words.owned.contains(&verb),
            None if matches!(relation, Relation::Compound | Relation::Amod | Relation::Nmod) => {
                words.bodies.contains(&verb) || words.acts.contains(&verb)
            }
            None => false,
        },
    }
}

/// Behind a preposition the governing word decides.
fn behind(case: &str, governor: &str, words: &MetonymWords) -> bool {
    if words.agents.contains(case) {
        true
    } else if words.pairs.contains(case) {
        !words.apart.contains(governor)
    } else if words.partners.contains(case) {
        !words.bound.contains(governor)
    } else {
        words.of.contains(case) && words.acts.contains(governor)
            || words.to.contains(case) && words.giving.contains(governor)
            || words.from.contains(case) && words.getting.contains(governor)
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
