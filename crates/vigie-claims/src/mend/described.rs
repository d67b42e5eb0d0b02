//! What a name before a comma is described by: a noun beside it, a clause about it.

use super::openings::{child, hang, is_nominal};
use super::{below, is_statement, last_of, relation};
use crate::phrase::case_of;
use vigie_resources::FrameWords;
use vigie_syntax::{Deprel, Feats, Parse, Relation, Upos};

/// The head of the name that ends right before the comma at `comma`.
fn name_before(parse: &Parse, comma: usize) -> Option<usize> {
    let mut at = comma.checked_sub(1)?;
    while parse.words[at].deprel.base == Relation::Flat {
        at = parse.words[at].head.map(|h| h as usize).filter(|&h| h < at)?;
    }
    (parse.words[at].upos == Upos::Propn).then_some(at)
}

/// "They overran Kaya, a town used by the army": a noun with its article behind the comma that a name ends at is no further
/// subject of a verb before it that has one, but says what the name is.
pub(super) fn set_beside_names(parse: &mut Parse) {
    for noun in 3..parse.words.len() {
        let w = &parse.words[noun];
        let Some(verb) = w.head.map(|h| h as usize).filter(|&h| h < noun) else { continue };
        let told = |&c: &usize| c < verb && parse.words[c].deprel.base == Relation::Nsubj;
        if w.upos != Upos::Noun || w.deprel.base != Relation::Nsubj || !parse.children(verb).any(|c| told(&c)) {
            continue;
        }
        let Some(article) = child(parse, noun, Relation::Det).filter(|&d| d < noun && d > verb + 1) else { continue };
        let comma = article - 1;
        let plain = case_of(parse, noun).is_none() && child(parse, noun, Relation::Cop).is_none();
        let Some(name) = name_before(parse, comma).filter(|&n| n > verb && plain && parse.words[comma].form == ",")
        else {
            continue;
        };
        hang(parse, noun, name, relation(Relation::Appos));
    }
}

/// "The army's spokesman, Major Kofi Mensah, denied": of two subjects before one verb, the second between commas and joined by no
/// conjunction, the second says who the first is.
pub(super) fn set_second_subjects_beside(parse: &mut Parse) {
    for second in 2..parse.words.len() {
        let w = &parse.words[second];
        let Some(verb) = w.head.map(|h| h as usize).filter(|&v| v > second) else { continue };
        if w.deprel.base != Relation::Nsubj
            || !is_nominal(parse, second)
            || child(parse, second, Relation::Cc).is_some()
        {
            continue;
        }
        let first = parse
            .children(verb)
            .find(|&c| c < second && parse.words[c].deprel.base == Relation::Nsubj && is_nominal(parse, c));
        let Some(first) = first.filter(|&f| case_of(parse, f).is_none()) else { continue };
        let start = (0..=second).find(|&i| below(parse, i, second)).unwrap_or(second);
        let start = (start..=second).find(|&i| parse.words[i].upos != Upos::Punct).unwrap_or(second);
        let comma = |i: usize| parse.words.get(i).is_some_and(|w| w.form == ",");
        let close = comma(last_of(parse, second)) || comma(last_of(parse, second) + 1);
        let between = (first + 1..start.saturating_sub(1)).all(|i| below(parse, i, first));
        if start > first + 1 && comma(start - 1) && close && between {
            hang(parse, second, first, relation(Relation::Appos));
        }
    }
}

/// "Kaya, taken on Monday, …" in a language where the participle is also a noun: right behind the comma of a name, without
/// an article and before anything but a genitive, it is the participle, and the name is what it was done to.
pub(super) fn describe_names(parse: &mut Parse, words: &FrameWords) {
    for word in 2..parse.words.len().saturating_sub(1) {
        let w = &parse.words[word];
        let form = w.form.to_lowercase();
        let Some((_, verb)) = words.participle_nouns.iter().find(|(noun, _)| *noun == form) else { continue };
        let bare =
            w.upos == Upos::Noun && child(parse, word, Relation::Det).is_none() && case_of(parse, word).is_none();
        let next = &parse.words[word + 1];
        let genitive = next.upos == Upos::Adp && words.genitives.contains(&next.lemma.to_lowercase());
        let follows = matches!(next.upos, Upos::Adp | Upos::Noun | Upos::Propn | Upos::Adv | Upos::Det) && !genitive;
        if !bare || !follows || parse.words[word - 1].form != "," {
            continue;
        }
        let Some(name) = name_before(parse, word - 1).filter(|&n| !below(parse, n, word)) else { continue };
        let described = w.head.is_some_and(|h| (h as usize) < word) && w.deprel.base != Relation::Conj;
        if !described {
            continue;
        }
        parse.words[word].upos = Upos::Verb;
        parse.words[word].lemma = verb.as_str().into();
        parse.words[word].feats = Feats("Tense=Past|VerbForm=Part|Voice=Pass".into());
        hang(parse, word, name, relation(Relation::Acl));
        let below: Vec<usize> =
            parse.children(word).filter(|&c| parse.words[c].deprel.base == Relation::Nmod).collect();
        for inner in below {
            let agent = case_of(parse, inner).is_some_and(|case| words.agents.iter().any(|a| a == case));
            let sub = if agent { "agent" } else { "mod" };
            parse.words[inner].deprel = Deprel { base: Relation::Obl, sub: sub.into() };
        }
    }
}

/// "Kaya, that the rebels try to encircle": behind a name and a comma the word that may be a conjunction or a relative pronoun is
/// the pronoun, where the clause has a subject and its verb lacks an object.
pub(super) fn open_relatives(parse: &mut Parse, words: &FrameWords) {
    for pronoun in 2..parse.words.len().saturating_sub(2) {
        let w = &parse.words[pronoun];
        let conjunction = w.upos == Upos::Sconj && w.deprel.base == Relation::Mark;
        if !conjunction || !words.relatives.contains(&w.lemma.to_lowercase()) || parse.words[pronoun - 1].form != "," {
            continue;
        }
        let Some(clause) = w.head.map(|h| h as usize).filter(|&c| c > pronoun + 1) else { continue };
        let Some(name) = name_before(parse, pronoun - 1) else { continue };
        let base = parse.words[clause].deprel.base;
        let adverbial = matches!(base, Relation::Advcl | Relation::Ccomp | Relation::Conj | Relation::Acl)
            && parse.words[clause].upos == Upos::Verb
            && is_statement(parse, clause)
            && !below(parse, name, clause);
        let subject = child(parse, clause, Relation::Nsubj).filter(|&s| s > pronoun && s < clause);
        // What is lacking is the object of the innermost infinitive.
        let mut deed = clause;
        while let Some(inner) =
            child(parse, deed, Relation::Xcomp).filter(|&c| c > deed && parse.words[c].upos == Upos::Verb)
        {
            deed = inner;
        }
        let filled = parse.children(deed).any(|c| {
            let base = parse.words[c].deprel.base;
            matches!(base, Relation::Obj | Relation::Ccomp | Relation::Cop) || parse.words[c].deprel.sub == "pass"
        });
        let takes = !words.unaccusative.contains(&parse.words[deed].lemma.to_lowercase());
        if !adverbial || subject.is_none() || filled || !takes {
            continue;
        }
        parse.words[pronoun].upos = Upos::Pron;
        parse.words[pronoun].feats = Feats("PronType=Rel".into());
        hang(parse, pronoun, deed, relation(Relation::Obj));
        hang(parse, clause, name, Deprel { base: Relation::Acl, sub: "relcl".into() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{hangs, list, parse};

    fn overrun(comma: &str) -> Parse {
        parse(&format!(
            "They they PRON _ 2 nsubj
             overran overrun VERB VerbForm=Fin 0 root
             Kaya Kaya PROPN _ 2 obj
             {comma} , PUNCT _ 6 punct
             a a DET _ 6 det
             town town NOUN _ 2 nsubj
             used use VERB VerbForm=Part 6 acl"
        ))
    }

    #[test]
    fn a_noun_behind_the_comma_of_a_name_says_what_it_is() {
        let mut beside = overrun(",");
        set_beside_names(&mut beside);
        hangs(&beside, "town", "appos", "Kaya");
        let mut dashed = overrun("-");
        let before = dashed.clone();
        set_beside_names(&mut dashed);
        assert_eq!(dashed, before);
    }

    #[test]
    fn a_noun_that_is_a_participle_describes_the_name_before_it() {
        let rows = |behind: &str| {
            format!(
                "quitte quitter VERB VerbForm=Fin 0 root
                 Kaya Kaya PROPN _ 1 obj
                 , , PUNCT _ 4 punct
                 prise prise NOUN _ 2 appos
                 {behind}"
            )
        };
        let words = FrameWords {
            participle_nouns: vec![("prise".to_owned(), "prendre".to_owned())],
            genitives: list(&["de"]),
            ..FrameWords::default()
        };
        let mut taken = parse(&rows("mercredi mercredi NOUN _ 4 nmod"));
        describe_names(&mut taken, &words);
        hangs(&taken, "prise", "acl", "Kaya");
        hangs(&taken, "mercredi", "obl", "prise");
        let mut hostages = parse(&rows("de de ADP _ 6 case\notages otage NOUN _ 4 nmod"));
        let before = hostages.clone();
        describe_names(&mut hostages, &words);
        assert_eq!(hostages, before);
    }

    #[test]
    fn a_clause_that_lacks_its_object_is_about_the_name_before_it() {
        let rows = |object: &str| {
            format!(
                "tombe tomber VERB VerbForm=Fin 0 root
                 près près ADP _ 3 case
                 Kaya Kaya PROPN _ 1 obl
                 , , PUNCT _ 7 punct
                 que que SCONJ _ 7 mark
                 rebelles rebelle NOUN _ 7 nsubj
                 tentent tenter VERB VerbForm=Fin 1 advcl
                 encercler encercler VERB VerbForm=Inf 7 xcomp{object}"
            )
        };
        let words = FrameWords { relatives: list(&["que"]), ..FrameWords::default() };
        let mut open = parse(&rows(""));
        open_relatives(&mut open, &words);
        hangs(&open, "tentent", "acl", "Kaya");
        hangs(&open, "que", "obj", "encercler");
        let mut filled = parse(&rows("\nNoria Noria PROPN _ 8 obj"));
        let before = filled.clone();
        open_relatives(&mut filled, &words);
        assert_eq!(filled, before);
    }

    #[test]
    fn a_second_subject_between_commas_says_who_the_first_is() {
        let rows = "spokesman spokesman NOUN _ 5 nsubj
             , , PUNCT _ 3 punct
             major major NOUN _ 5 nsubj
             , , PUNCT _ 3 punct
             denied deny VERB VerbForm=Fin 0 root";
        let mut found = parse(rows);
        set_second_subjects_beside(&mut found);
        hangs(&found, "major", "appos", "spokesman");
        let mut joined = parse(&rows.replacen(", , PUNCT", "and and CCONJ", 1).replace("_ 3 punct", "_ 3 cc"));
        let before = joined.clone();
        set_second_subjects_beside(&mut joined);
        assert_eq!(joined, before);
    }
}
