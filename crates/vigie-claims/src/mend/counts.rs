//! What is counted: the noun behind "plus de 200", a quantifier that floats behind its noun, adjectives that a number makes
//! nouns of.

use super::openings::{child, hang, is_nominal};
use super::relation;
use crate::phrase::case_of;
use vigie_resources::FrameWords;
use vigie_syntax::{Deprel, Parse, Relation, Upos};

/// "Plus de 200 familles ont fui": an adverb of quantity hedges the number, and the noun that is counted is what the verb
/// takes. Whoever asks for people would else find an adverb.
pub(super) fn name_counted(parse: &mut Parse, words: &FrameWords) {
    for noun in 2..parse.words.len() {
        let Some(above) = parse.words[noun].head.map(|h| h as usize).filter(|&a| a + 1 < noun) else { continue };
        // The noun hangs on the adverb, or beside it on the same word.
        let beside = child(parse, noun, Relation::Case)
            .and_then(|case| case.checked_sub(1))
            .filter(|&a| parse.words[a].head == Some(above as u32) && parse.words[a].upos == Upos::Adv);
        let adverb = beside.unwrap_or(above);
        let taken = matches!(
            parse.words[adverb].deprel.base,
            Relation::Nsubj | Relation::Obj | Relation::Obl | Relation::Nmod | Relation::Conj | Relation::Root
        );
        if parse.words[adverb].upos != Upos::Adv || !taken || !is_nominal(parse, noun) {
            continue;
        }
        let of = |c: &usize| *c == adverb + 1 && words.genitives.iter().any(|g| *g == parse.words[*c].lemma);
        let Some(case) = child(parse, noun, Relation::Case).filter(of) else { continue };
        let quantity = words.classes.get("quantity");
        let number = child(parse, noun, Relation::Nummod).filter(|&n| n > case && n < noun);
        let counts = |w: usize| quantity.is_some_and(|list| list.iter().any(|q| *q == parse.words[w].lemma));
        // "près de la ville" tells where and hedges nothing.
        let Some(hedged) = number.or_else(|| counts(noun).then_some(noun)) else { continue };
        let (head, deprel) = (parse.words[adverb].head, parse.words[adverb].deprel.clone());
        let others: Vec<usize> = parse.children(adverb).filter(|&c| c != noun && c != case).collect();
        for word in others {
            parse.words[word].head = Some(noun as u32);
        }
        parse.words[noun].head = head;
        parse.words[noun].deprel = deprel;
        hang(parse, adverb, hedged, relation(Relation::Advmod));
        hang(parse, case, adverb, relation(Relation::Fixed));
    }
}

/// "1,200 prisoners each": a quantifier behind the noun that it counts out tells for whom it holds and is nothing that the
/// verb takes.
pub(super) fn float_quantifiers(parse: &mut Parse, words: &FrameWords) {
    for word in 1..parse.words.len() {
        let w = &parse.words[word];
        let floats = words.floating.iter().any(|f| *f == w.form.to_lowercase());
        let Some(head) = w.head.map(|h| h as usize).filter(|&h| floats && h < word) else { continue };
        if child(parse, word, Relation::Case).is_some() || child(parse, word, Relation::Nmod).is_some() {
            continue;
        }
        let counted = |n: usize| is_nominal(parse, n) && child(parse, n, Relation::Nummod).is_some();
        let behind = (0..word).rev().find(|&i| parse.words[i].upos != Upos::Adj).is_some_and(counted);
        if !behind {
            continue;
        }
        let verb = match parse.words[head].upos {
            Upos::Verb => Some(head),
            _ => parse.words[head].head.map(|h| h as usize).filter(|&v| parse.words[v].upos == Upos::Verb),
        };
        if let Some(verb) = verb {
            hang(parse, word, verb, relation(Relation::Advmod));
        }
    }
}

/// "le bilan était de 27 tués": a participle right behind a number with a genitive is the noun that is counted, and no passive.
/// `noun_of` gives the noun of a form.
pub(super) fn name_numbered(parse: &mut Parse, words: &FrameWords, noun_of: &dyn Fn(&str) -> Option<String>) {
    for word in 2..parse.words.len() {
        let (case, number) = (word - 2, word - 1);
        let genitive = words.genitives.iter().any(|g| *g == parse.words[case].lemma);
        let counted = parse.words[word].upos == Upos::Verb
            && parse.words[word].feats.get("VerbForm") == Some("Part")
            && parse.words[number].upos == Upos::Num
            && parse.words[number].head == Some(word as u32)
            && parse.words[case].head == Some(number as u32);
        let auxiliary =
            parse.children(word).find(|&c| parse.words[c].deprel.sub == "pass" && parse.words[c].upos == Upos::Aux);
        let Some(auxiliary) = auxiliary.filter(|&a| genitive && counted && a < case) else { continue };
        let Some(noun) = noun_of(&parse.words[word].form.to_lowercase()) else { continue };
        parse.words[word].upos = Upos::Noun;
        parse.words[word].lemma = noun.as_str().into();
        parse.words[auxiliary].deprel = relation(Relation::Cop);
        hang(parse, number, word, relation(Relation::Nummod));
        hang(parse, case, word, relation(Relation::Case));
        let subjects: Vec<usize> =
            parse.children(word).filter(|&c| parse.words[c].deprel.base == Relation::Nsubj).collect();
        for subject in subjects {
            parse.words[subject].deprel = relation(Relation::Nsubj);
        }
    }
}

/// "killed up to 90 rebels", "killed between 60 and 90": right behind a verb that asks for an object and has none, the words
/// that bound a number lead no circumstance; what is counted is the object. `takes_object` tells of a verb that it asks for one.
pub(super) fn free_bounds(parse: &mut Parse, words: &FrameWords, takes_object: &dyn Fn(&str) -> bool) {
    for verb in 0..parse.words.len() {
        let w = &parse.words[verb];
        let passive =
            parse.children(verb).any(|c| parse.words[c].upos == Upos::Aux && parse.words[c].deprel.sub == "pass");
        let open =
            w.upos == Upos::Verb && child(parse, verb, Relation::Obj).is_none() && !passive && takes_object(&w.lemma);
        let Some(number) = number_behind(parse, verb, words).filter(|_| open) else { continue };
        // The noun stands behind the number, or behind the second one that ends a range.
        let mut last = number;
        let joins = |at: usize| parse.words[at + 1].upos == Upos::Cconj && parse.words[at + 2].upos == Upos::Num;
        while last + 2 < parse.words.len() && joins(last) {
            last += 2;
        }
        let Some(noun) = (last + 1..parse.words.len().min(last + 3)).find(|&i| parse.words[i].upos == Upos::Noun)
        else {
            continue;
        };
        if (last + 1..noun).any(|i| parse.words[i].upos != Upos::Adj) {
            continue;
        }
        hang(parse, noun, verb, relation(Relation::Obj));
        hang(parse, number, noun, relation(Relation::Nummod));
        for bound in verb + 1..number {
            hang(parse, bound, number, relation(Relation::Advmod));
        }
        if let Some(subject) = child(parse, verb, Relation::Nsubj) {
            parse.words[subject].deprel = relation(Relation::Nsubj);
        }
    }
}

/// The number right behind a verb and words that bound it.
fn number_behind(parse: &Parse, verb: usize, words: &FrameWords) -> Option<usize> {
    let number = (verb + 2..parse.words.len().min(verb + 4)).find(|&i| parse.words[i].upos == Upos::Num)?;
    let bound: Vec<&str> = (verb + 1..number).map(|i| parse.words[i].lemma.as_str()).collect();
    words.bounds.iter().any(|b| b.split(' ').eq(bound.iter().copied())).then_some(number)
}

/// "21 of its members were arrested": a bare number before a verb without a subject, which counts what a genitive behind it
/// tells, is the subject.
pub(super) fn count_bare(parse: &mut Parse, words: &FrameWords) {
    for number in 0..parse.words.len() {
        let w = &parse.words[number];
        let Some(verb) = w.head.map(|h| h as usize).filter(|&v| v > number) else { continue };
        let of = |&c: &usize| {
            c > number
                && parse.words[c].deprel.base == Relation::Nmod
                && case_of(parse, c).is_some_and(|case| words.genitives.iter().any(|g| g == case))
        };
        let counts = w.upos == Upos::Num && w.deprel.base == Relation::Obl && case_of(parse, number).is_none();
        let clause = matches!(parse.words[verb].upos, Upos::Verb) && child(parse, verb, Relation::Nsubj).is_none();
        if counts && clause && parse.children(number).any(|c| of(&c)) {
            let passive =
                parse.children(verb).any(|c| parse.words[c].upos == Upos::Aux && parse.words[c].deprel.sub == "pass");
            let sub = if passive { "pass" } else { "" };
            hang(parse, number, verb, Deprel { base: Relation::Nsubj, sub: sub.into() });
        }
    }
}

/// "20 pupils, including two girls": those told apart are counted already, and stand beside the noun.
pub(super) fn set_apart_included(parse: &mut Parse, words: &FrameWords) {
    for word in 2..parse.words.len() {
        let w = &parse.words[word];
        let apart = child(parse, word, Relation::Case)
            .is_some_and(|case| words.inclusive.iter().any(|i| *i == parse.words[case].form.to_lowercase()));
        if apart && w.head.is_some_and(|h| (h as usize) < word) && w.deprel.base == Relation::Nmod {
            parse.words[word].deprel = relation(Relation::Parataxis);
        }
    }
}

/// "left 30 people dead and 100 injured": an adjective with a number of its own stands for those whom it describes. One that
/// is joined to an adjective behind its noun is joined to that noun.
pub(super) fn name_counted_adjectives(parse: &mut Parse) {
    for word in 1..parse.words.len() {
        let w = &parse.words[word];
        if w.upos != Upos::Adj || !matches!(w.deprel.base, Relation::Conj | Relation::Xcomp | Relation::Obj) {
            continue;
        }
        // Joined to a verb it is a participle ("were killed and 28 injured").
        let verbal = w.head.is_some_and(|h| parse.words[h as usize].upos == Upos::Verb);
        if verbal && w.deprel.base == Relation::Conj {
            continue;
        }
        let before = word - 1;
        let own = child(parse, word, Relation::Nummod).filter(|&n| n == before);
        // The parser may join the number and its adjective to the same word one after the other.
        let beside = (parse.words[before].upos == Upos::Num
            && parse.words[before].head == w.head
            && parse.words[before].deprel.base == Relation::Conj)
            .then_some(before);
        let Some(number) = own.or(beside) else { continue };
        hang(parse, number, word, relation(Relation::Nummod));
        parse.words[word].upos = Upos::Noun;
        let Some(head) = parse.words[word].head.map(|h| h as usize) else { continue };
        match parse.words[word].deprel.base {
            // What a verb leaves, a number of dead, is its object.
            Relation::Xcomp if child(parse, head, Relation::Obj).is_none() => {
                parse.words[word].deprel = relation(Relation::Obj);
            }
            Relation::Conj if parse.words[head].upos == Upos::Adj => {
                let noun = parse.words[head].head.map(|h| h as usize);
                let described = noun.filter(|&n| {
                    is_nominal(parse, n) && parse.words[head].deprel.base == Relation::Amod && n + 1 == head
                });
                if let Some(noun) = described.filter(|&n| case_of(parse, n).is_none()) {
                    parse.words[word].head = Some(noun as u32);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{hangs, list, parse};

    fn words() -> FrameWords {
        let mut words = FrameWords { genitives: list(&["de"]), floating: list(&["chacun"]), ..FrameWords::default() };
        words.classes.insert("quantity".to_owned(), list(&["centaine"]));
        words
    }

    #[test]
    fn the_noun_behind_a_hedged_number_is_what_the_verb_takes() {
        let rows = "Plus plus ADV _ 6 nsubj
             de de ADP _ 4 case
             200 200 NUM _ 4 nummod
             familles famille NOUN _ 1 obl:arg
             ont avoir AUX _ 6 aux
             fui fuir VERB VerbForm=Part 0 root";
        let mut found = parse(rows);
        name_counted(&mut found, &words());
        hangs(&found, "familles", "nsubj", "fui");
        hangs(&found, "Plus", "advmod", "200");
        hangs(&found, "de", "fixed", "Plus");
        let mut where_ = parse(&rows.replace("200 200 NUM _ 4 nummod", "la le DET _ 4 det"));
        let before = where_.clone();
        name_counted(&mut where_, &words());
        assert_eq!(where_, before);
    }

    #[test]
    fn a_noun_of_quantity_is_hedged_too() {
        let mut found = parse(
            "tué tuer VERB _ 0 root
             près près ADV _ 1 obj
             de de ADP _ 5 case
             une un DET _ 5 det
             centaine centaine NOUN _ 2 obl:arg",
        );
        name_counted(&mut found, &words());
        hangs(&found, "centaine", "obj", "tué");
    }

    #[test]
    fn a_quantifier_behind_a_counted_noun_is_no_object() {
        let rows = "échanger échanger VERB _ 0 root
             300 300 NUM _ 3 nummod
             prisonniers prisonnier NOUN _ 1 obj
             chacun chacun PRON _ 1 obj";
        let mut found = parse(rows);
        float_quantifiers(&mut found, &words());
        hangs(&found, "chacun", "advmod", "échanger");
        let mut taken = parse(&rows.replace("chacun chacun", "certains certain"));
        float_quantifiers(&mut taken, &words());
        hangs(&taken, "certains", "obj", "échanger");
    }

    #[test]
    fn a_counted_adjective_is_a_noun() {
        let rows = "left leave VERB VerbForm=Fin 0 root
             30 30 NUM _ 3 nummod
             people people NOUN _ 1 obj
             dead dead ADJ _ 3 amod
             and and CCONJ _ 7 cc
             100 100 NUM _ 7 nummod
             injured injured ADJ _ 4 conj";
        let mut found = parse(rows);
        name_counted_adjectives(&mut found);
        hangs(&found, "injured", "conj", "people");
        assert_eq!(found.words[6].upos, Upos::Noun);
        let mut described = parse(&rows.replace("100 100 NUM _ 7 nummod", "badly badly ADV _ 7 advmod"));
        let before = described.clone();
        name_counted_adjectives(&mut described);
        assert_eq!(described, before);
    }

    #[test]
    fn a_number_joined_beside_its_adjective_counts_it() {
        let mut found = parse(
            "left leave VERB VerbForm=Fin 0 root
             30 30 NUM _ 3 nummod
             dead dead ADJ _ 1 xcomp
             and and CCONJ _ 5 cc
             100 100 NUM _ 3 conj
             wounded wounded ADJ _ 3 conj",
        );
        name_counted_adjectives(&mut found);
        hangs(&found, "dead", "obj", "left");
        hangs(&found, "100", "nummod", "wounded");
        hangs(&found, "wounded", "conj", "dead");
    }

    #[test]
    fn those_told_apart_are_no_part_of_the_phrase() {
        let rows = |case: &str| {
            format!(
                "pupils pupil NOUN _ 0 root
                 , , PUNCT _ 5 punct
                 {case} {case} ADP _ 5 case
                 two two NUM _ 5 nummod
                 girls girl NOUN _ 1 nmod"
            )
        };
        let words = FrameWords { inclusive: list(&["including"]), ..FrameWords::default() };
        for (case, relation) in [("including", "parataxis"), ("with", "nmod")] {
            let mut parse = parse(&rows(case));
            set_apart_included(&mut parse, &words);
            hangs(&parse, "girls", relation, "pupils");
        }
    }

    #[test]
    fn a_numbered_participle_behind_a_genitive_is_counted() {
        let words = FrameWords { genitives: list(&["de"]), ..FrameWords::default() };
        let rows = "bilan bilan NOUN _ 5 nsubj:pass
             était être AUX _ 5 aux:pass
             de de ADP _ 4 case
             27 27 NUM _ 5 obl
             tués tuer VERB VerbForm=Part 0 root";
        let noun_of = |form: &str| (form == "tués").then(|| "tué".to_owned());
        let mut found = parse(rows);
        name_numbered(&mut found, &words, &noun_of);
        hangs(&found, "27", "nummod", "tués");
        hangs(&found, "bilan", "nsubj", "tués");
        assert_eq!(found.words[4].lemma, "tué");
        // "vu par 27 soldats tués": no genitive.
        let mut other = parse(&rows.replace("de de ADP", "par par ADP"));
        let before = other.clone();
        name_numbered(&mut other, &words, &noun_of);
        assert_eq!(other, before);
    }

    #[test]
    fn what_bounds_a_number_leads_no_circumstance() {
        let words = FrameWords { bounds: vec!["up to".into(), "between".into()], ..FrameWords::default() };
        let rows = "strike strike NOUN _ 2 nsubj
             killed kill VERB _ 0 root
             between between ADP _ 7 case
             60 60 NUM _ 7 nummod
             and and CCONJ _ 6 cc
             90 90 NUM _ 4 conj
             soldiers soldier NOUN _ 2 obl";
        let mut range = parse(rows);
        free_bounds(&mut range, &words, &|_| true);
        hangs(&range, "soldiers", "obj", "killed");
        hangs(&range, "60", "nummod", "soldiers");
        hangs(&range, "between", "advmod", "60");
        let mut without = parse(rows);
        free_bounds(&mut without, &words, &|_| false);
        hangs(&without, "soldiers", "obl", "killed");
    }

    #[test]
    fn a_bare_number_with_a_genitive_is_the_subject() {
        let words = FrameWords { genitives: vec!["de".into()], ..FrameWords::default() };
        let rows = "21 21 NUM _ 4 obl
             de de ADP _ 3 case
             membres membre NOUN _ 1 nmod
             fui fuir VERB _ 0 root";
        let mut told = parse(rows);
        count_bare(&mut told, &words);
        hangs(&told, "21", "nsubj", "fui");
        let mut day = parse(&rows.replace("membres membre NOUN _ 1", "membres membre NOUN _ 4"));
        count_bare(&mut day, &words);
        hangs(&day, "21", "obl", "fui");
    }
}
