//! Names: where one ends and the next begins, and those behind a preposition, which a parser takes for verbs.

use super::openings::hang;
use super::{below, has_subject, relation};
use crate::phrase::case_of;
use vigie_resources::FrameWords;
use vigie_syntax::{Feats, Parse, Relation, Upos};

/// "autour d'El-Kaya", "à Kaya-Nord": a word with a capital behind a preposition is a name, and no verb that the preposition
/// introduces.
pub(super) fn read_names(parse: &mut Parse) {
    for name in 2..parse.words.len() {
        let w = &parse.words[name];
        let before = name - 1;
        let p = &parse.words[before];
        let introduced = p.upos == Upos::Adp
            && p.head == Some(name as u32)
            && matches!(p.deprel.base, Relation::Mark | Relation::Case)
            && p.form.chars().all(|c| !c.is_uppercase());
        let capital = w.form.starts_with(char::is_uppercase) && w.form.chars().any(char::is_lowercase);
        let Some(head) = w.head.map(|h| h as usize) else { continue };
        if w.upos != Upos::Verb || !introduced || !capital {
            continue;
        }
        let noun = matches!(parse.words[head].upos, Upos::Noun | Upos::Propn);
        let base = if noun { Relation::Nmod } else { Relation::Obl };
        parse.words[name].upos = Upos::Propn;
        parse.words[name].lemma = parse.words[name].form.clone();
        parse.words[name].feats = Feats::default();
        parse.words[name].deprel = relation(base);
        parse.words[before].deprel = relation(Relation::Case);
    }
}

/// "retaken by Ukraine 4 April": a preposition right before a name belongs to the name and not to the day behind it, and so does
/// the name not belong to that day.
pub(super) fn lead_names(parse: &mut Parse, words: &FrameWords) {
    for name in 2..parse.words.len().saturating_sub(1) {
        let case = name - 1;
        if parse.words[case].upos != Upos::Adp || parse.words[name].upos != Upos::Propn {
            continue;
        }
        let (Some(governor), Some(above)) = (parse.words[case].head, parse.words[name].head) else { continue };
        let (governor, above) = (governor as usize, above as usize);
        let day = above > name && parse.words[above].upos == Upos::Num;
        let crosses = governor > name
            && above < case
            && parse.words[case].deprel.base == Relation::Case
            && parse.words[name].deprel.base == Relation::Obl
            && !below(parse, governor, name);
        let above = if day { parse.words[above].head.map(|h| h as usize) } else { Some(above) };
        let Some(above) = above.filter(|&h| h < case && case_of(parse, name).is_none()) else { continue };
        let participle = parse.words[above].feats.get("VerbForm") == Some("Part");
        if !(crosses || (day && participle)) {
            continue;
        }
        let agent = participle && words.agents.iter().any(|a| *a == parse.words[case].lemma);
        hang(parse, case, name, relation(Relation::Case));
        hang(parse, name, above, relation(Relation::Obl));
        if agent {
            parse.words[name].deprel.sub = "agent".into();
        }
    }
}

/// "a dit à l'AFP Rami X": two names that stand side by side are not one when the recogniser tells them apart.
pub(super) fn part_names(parse: &mut Parse) {
    let entity =
        |parse: &Parse, i: usize| parse.entities.iter().position(|e| e.first as usize <= i && i <= e.last as usize);
    for i in 0..parse.words.len() {
        let Some(head) = parse.words[i].head.map(|h| h as usize) else { continue };
        let (own, other) = (entity(parse, i), entity(parse, head));
        let begins = own.is_some_and(|e| parse.entities[e].first as usize == i);
        if parse.words[i].deprel.base != Relation::Flat || !begins || other.is_none() || own == other {
            continue;
        }
        // Further words of the second name hang on its first one.
        let last = own.map_or(i, |e| parse.entities[e].last as usize);
        for k in i + 1..=last {
            if parse.words[k].head == Some(head as u32) && parse.words[k].deprel.base == Relation::Flat {
                parse.words[k].head = Some(i as u32);
            }
        }
        let governor = parse.words[head].head.map(|h| h as usize);
        match governor.filter(|&g| parse.words[g].upos == Upos::Verb && !has_subject(parse, g)) {
            Some(verb) => {
                parse.words[i].head = Some(verb as u32);
                parse.words[i].deprel = relation(Relation::Nsubj);
            }
            None => parse.words[i].deprel = relation(Relation::Appos),
        }
    }
}

/// "son homologue russe Sergueï X a dit": of two subjects that stand side by side the name belongs to the noun before it.
pub(super) fn join_names(parse: &mut Parse) {
    for name in 1..parse.words.len() {
        let w = &parse.words[name];
        let Some(verb) = w.head.map(|h| h as usize).filter(|&v| v > name) else { continue };
        let bare = parse.children(name).all(|c| matches!(parse.words[c].deprel.base, Relation::Flat | Relation::Punct));
        if w.upos != Upos::Propn || w.deprel.base != Relation::Nsubj || !bare {
            continue;
        }
        let before = &parse.words[name - 1];
        let noun = match before.upos {
            Upos::Noun => Some(name - 1),
            Upos::Adj => before.head.map(|h| h as usize).filter(|&h| parse.words[h].upos == Upos::Noun),
            _ => None,
        };
        let other = |c: usize| c < name && parse.words[c].deprel.base == Relation::Nsubj;
        let inside = |noun: usize| parse.children(verb).any(|c| other(c) && below(parse, noun, c));
        if let Some(noun) = noun.filter(|&n| inside(n)) {
            parse.words[name].head = Some(noun as u32);
            parse.words[name].deprel = relation(Relation::Nmod);
        }
    }
}

/// "at Dabo-Sira left eleven dead": names that a hyphen joins without a space are one, unless the recogniser knows each of them.
pub(super) fn join_hyphens(parse: &mut Parse) {
    for last in 2..parse.words.len() {
        let (first, hyphen) = (last - 2, last - 1);
        let span = |i: usize| parse.words[i].span;
        let capital = |i: usize| {
            let w = &parse.words[i];
            w.upos == Upos::Propn && w.form.chars().next().is_some_and(char::is_uppercase)
        };
        let whole = parse.words[hyphen].form == "-"
            && span(first).end() == span(hyphen).start()
            && span(hyphen).end() == span(last).start();
        let entity = |i: usize| parse.entities.iter().position(|e| (e.first..=e.last).contains(&(i as u32)));
        let two = entity(first).is_some() && entity(last).is_some() && entity(first) != entity(last);
        if !whole || !capital(first) || !capital(last) || two {
            continue;
        }
        if below(parse, first, last) {
            (parse.words[first].head, parse.words[first].deprel) =
                (parse.words[last].head, parse.words[last].deprel.clone());
        }
        let moved: Vec<usize> = parse.children(last).filter(|&c| c != first).collect();
        for word in moved {
            parse.words[word].head = Some(first as u32);
        }
        parse.words[hyphen].head = Some(first as u32);
        parse.words[last].head = Some(first as u32);
        parse.words[last].deprel = relation(Relation::Flat);
    }
}

#[cfg(test)]
mod tests {
    use super::{lead_names, read_names};
    use crate::testing::{hangs, list, parse};
    use vigie_resources::FrameWords;

    fn words() -> FrameWords {
        FrameWords { agents: list(&["by"]), ..FrameWords::default() }
    }

    #[test]
    fn a_preposition_belongs_to_the_name_behind_it() {
        let rows = "Retaken retake VERB VerbForm=Part 0 root
             by by ADP _ 4 case
             Kaya Kaya PROPN _ 1 obl
             4 4 NUM _ 1 obl
             April April PROPN _ 4 nmod";
        let mut found = parse(rows);
        lead_names(&mut found, &words());
        hangs(&found, "by", "case", "Kaya");
        assert_eq!(found.words[2].deprel.sub, "agent");
        let mut inside = parse(&rows.replace("_ 1 obl\n             4", "_ 4 nmod\n             4"));
        lead_names(&mut inside, &words());
        hangs(&inside, "Kaya", "obl", "Retaken");
        // "by Kaya talks": the name is a part of what stands behind it.
        let talks = rows.replace("_ 1 obl\n             4 4 NUM", "_ 4 nmod\n             talks talk NOUN");
        let mut part = parse(&talks);
        lead_names(&mut part, &words());
        hangs(&part, "by", "case", "talks");
    }

    #[test]
    fn a_hyphen_without_spaces_joins_a_name() {
        let rows = "at at ADP _ 2 case
             Dabo Dabo PROPN _ 0 nmod
             - - PUNCT _ 4 punct
             Sira Sira PROPN _ 5 nsubj
             fell fall VERB _ 0 root";
        let mut apart = parse(rows);
        let before = apart.clone();
        super::join_hyphens(&mut apart);
        assert_eq!(apart, before, "spaces around the hyphen");
        let mut one = parse(rows);
        for (word, (start, end)) in one.words.iter_mut().zip([(0, 2), (3, 7), (7, 8), (8, 12), (13, 17)]) {
            word.span = vigie_text::Span::new(start, end);
        }
        super::join_hyphens(&mut one);
        hangs(&one, "Sira", "flat", "Dabo");
        hangs(&one, "-", "punct", "Dabo");
    }

    #[test]
    fn a_capital_behind_a_preposition_is_a_name() {
        let rows = "gains gain NOUN _ 0 root
             autour autour ADV _ 1 advmod
             d' de ADP _ 4 mark
             El-Kaya el-kayer VERB VerbForm=Inf 2 ccomp";
        let mut found = parse(rows);
        read_names(&mut found);
        hangs(&found, "El-Kaya", "obl", "autour");
        hangs(&found, "d'", "case", "El-Kaya");
        let mut verb = parse(&rows.replace("El-Kaya", "avancer"));
        read_names(&mut verb);
        hangs(&verb, "avancer", "ccomp", "autour");
    }
}
