//! Causative verbs, which a parser hangs as auxiliaries on what they bring about: "a fait sortir les civils", "s'est fait
//! arrêter".

use super::openings::hang;
use super::relation;
use vigie_resources::FrameWords;
use vigie_syntax::{Deprel, Parse, Relation, Upos};

const CAUSING: &str = "caus";

/// "L'armée a fait sortir les civils": where a rule names the verb behind a causative, the causative is the verb of the clause.
/// "Trois opposants se sont fait arrêter": elsewhere who has a deed done to himself suffers it. `joins` tells that a rule of the
/// first verb names the second, `takes_object` that a rule of a verb asks for an object.
pub(super) fn read_causatives(
    parse: &mut Parse,
    words: &FrameWords,
    joins: &dyn Fn(&str, &str) -> bool,
    takes_object: &dyn Fn(&str) -> bool,
) {
    for cause in 0..parse.words.len() {
        let w = &parse.words[cause];
        let Some(verb) = w.head.map(|h| h as usize).filter(|&h| h > cause) else { continue };
        if w.deprel.base != Relation::Aux || w.deprel.sub != CAUSING {
            continue;
        }
        if joins(&w.lemma, &parse.words[verb].lemma) {
            raise(parse, cause, verb);
        } else if takes_object(&parse.words[verb].lemma) {
            let clitic = parse.children(verb).find(|&c| {
                c < cause && parse.words[c].upos == Upos::Pron && words.reflexive.iter().any(|r| is_form(parse, c, r))
            });
            if let Some(clitic) = clitic {
                suffer(parse, cause, verb, clitic);
            }
        }
    }
}

fn is_form(parse: &Parse, word: usize, lemma: &str) -> bool {
    parse.words[word].lemma == lemma || parse.words[word].form.to_lowercase() == lemma
}

/// What stands before the causative is its own, and what goes on behind the clause goes on from it.
fn raise(parse: &mut Parse, cause: usize, verb: usize) {
    (parse.words[cause].head, parse.words[cause].deprel) = (parse.words[verb].head, parse.words[verb].deprel.clone());
    parse.words[cause].upos = Upos::Verb;
    let own: Vec<usize> = parse.children(verb).collect();
    for word in own {
        let base = parse.words[word].deprel.base;
        let on = matches!(base, Relation::Punct | Relation::Conj | Relation::Parataxis | Relation::Advcl);
        if word < cause || (word > verb && on) {
            parse.words[word].head = Some(cause as u32);
            if parse.words[word].deprel.sub == CAUSING {
                parse.words[word].deprel.sub = "".into();
            }
        }
    }
    hang(parse, verb, cause, relation(Relation::Xcomp));
}

fn suffer(parse: &mut Parse, cause: usize, verb: usize, clitic: usize) {
    let passive = |base| Deprel { base, sub: "pass".into() };
    let subject = parse.children(verb).find(|&c| parse.words[c].deprel.base == Relation::Nsubj && c < cause);
    if let Some(subject) = subject {
        parse.words[subject].deprel = passive(Relation::Nsubj);
    }
    parse.words[cause].deprel = passive(Relation::Aux);
    hang(parse, clitic, cause, relation(Relation::Expl));
}

#[cfg(test)]
mod tests {
    use super::read_causatives;
    use crate::testing::{hangs, list, parse};
    use vigie_resources::FrameWords;

    fn mended(rows: &str) -> vigie_syntax::Parse {
        let words = FrameWords { reflexive: list(&["se"]), ..FrameWords::default() };
        let mut found = parse(rows);
        let joins = |cause: &str, verb: &str| cause == "faire" && verb == "sortir";
        read_causatives(&mut found, &words, &joins, &|verb| verb == "arrêter");
        found
    }

    const ROWS: &str = "Police police NOUN _ 4 nsubj:caus
             a avoir AUX VerbForm=Fin 4 aux:tense
             fait faire AUX VerbForm=Part 4 aux:caus
             sortir sortir VERB VerbForm=Inf 0 root
             civils civil NOUN _ 4 obj
             . . PUNCT _ 4 punct";

    #[test]
    fn the_causative_that_a_rule_names_is_the_verb() {
        let found = mended(ROWS);
        hangs(&found, "sortir", "xcomp", "fait");
        hangs(&found, "Police", "nsubj", "fait");
        hangs(&found, "civils", "obj", "sortir");
        let other = mended(&ROWS.replace("sortir", "rire"));
        hangs(&other, "fait", "aux", "rire");
    }

    #[test]
    fn who_has_it_done_to_himself_suffers_it() {
        let rows = "Opposants opposant NOUN _ 5 nsubj:caus
             se se PRON _ 5 expl:pv
             sont être AUX VerbForm=Fin 5 aux:tense
             fait faire AUX VerbForm=Part 5 aux:caus
             arrêter arrêter VERB VerbForm=Inf 0 root";
        assert_eq!(mended(rows).words[0].deprel.sub, "pass");
        let freely = rows.replace("se se PRON _ 5 expl:pv", "là là ADV _ 5 advmod");
        assert_eq!(mended(&freely).words[0].deprel.sub, "caus");
    }
}
