//! What headlines do and running text does not: a label before a colon, and clauses side by side with nothing but a comma
//! between them and no auxiliary.

use super::openings::{child, hang, is_nominal, is_whole};
use super::{below, last_of, relation};
use crate::phrase::case_of;
use vigie_syntax::{Deprel, EntityLabel, Feats, Parse, Relation, Upos};

/// Words of the longest label.
const LABEL: usize = 6;

/// "Ruvania: rebels take a base", "East of Ruvania: …": the place that labels a headline takes no part in what is told
/// behind the colon. Before a quotation it may be who speaks.
pub(super) fn part_labels(parse: &mut Parse, quotes: &[char]) {
    let Some(colon) = parse.words.iter().take(LABEL + 1).position(|w| w.form == ":") else { return };
    let quoted = parse.words.get(colon + 1).is_none_or(|w| w.form.starts_with(quotes));
    let entities = || parse.entities.iter().filter(|e| (e.first as usize) < colon);
    let places = entities().any(|e| e.label == EntityLabel::Location)
        && entities().all(|e| e.label == EntityLabel::Location && (e.last as usize) < colon);
    let Some(label) = (0..colon).find(|&i| parse.words[i].head.is_none_or(|h| h as usize > colon)) else { return };
    // A verb tells something of the place; only its first word may be mistaken for one.
    let says = |i: usize| matches!(parse.words[i].upos, Upos::Verb | Upos::Aux | Upos::Pron) && i != label;
    if quoted || !places || (0..colon).any(says) || parse.words[label].upos == Upos::Verb {
        return;
    }
    let several = (0..colon).filter(|&i| parse.words[i].head.is_none_or(|h| h as usize > colon)).count() > 1;
    // Where the label heads the line, what follows the colon does.
    let behind: Vec<usize> =
        parse.children(label).filter(|&c| c > colon && parse.words[c].upos != Upos::Punct).collect();
    let told = |&i: &usize| is_nominal(parse, i) || matches!(parse.words[i].upos, Upos::Verb | Upos::Adj);
    let Some(head) = parse.words[label].head.map(|h| h as usize).or(behind.first().copied()).filter(told) else {
        return;
    };
    if several {
        return;
    }
    if parse.words[label].head.is_none() {
        parse.words[head].head = None;
        parse.words[head].deprel = relation(Relation::Root);
    }
    for &word in behind.iter().filter(|&&w| w != head) {
        parse.words[word].head = Some(head as u32);
    }
    parse.words[label].head = Some(head as u32);
    if parse.words[label].upos == Upos::Aux {
        parse.words[label].upos = Upos::Noun;
        parse.words[label].lemma = parse.words[label].form.to_lowercase().into();
        parse.words[label].feats = Feats::default();
    }
    parse.words[label].deprel = relation(Relation::Dislocated);
}

/// "KAYA, May 21 (Agency) - The army said": the place of a dateline, which ends with a bracket and a dash, is no subject of what is
/// told behind it.
pub(super) fn part_datelines(parse: &mut Parse) {
    let form = |i: usize| parse.words[i].form.as_str();
    let dash = (2..parse.words.len().min(14)).find(|&i| matches!(form(i), "-" | "–" | "—") && form(i - 1) == ")");
    let Some(dash) = dash else { return };
    let named = |i: usize| {
        matches!(parse.words[i].upos, Upos::Propn | Upos::Num | Upos::Noun | Upos::Punct | Upos::Adj | Upos::X)
    };
    if parse.words[0].upos != Upos::Propn || !(0..dash).all(named) {
        return;
    }
    for word in 0..dash {
        let w = &parse.words[word];
        if w.deprel.base == Relation::Nsubj && w.head.is_some_and(|h| (h as usize) > dash) {
            parse.words[word].deprel = relation(Relation::Parataxis);
        }
    }
}

/// "Gangs attack Kaya, two officers killed": behind the comma of a headline a noun with a participle that ends the line is a
/// clause of its own, whose auxiliary is left out.
pub(super) fn part_headlines(parse: &mut Parse) {
    if is_whole(parse) {
        return;
    }
    for noun in 2..parse.words.len() {
        let w = &parse.words[noun];
        let Some(above) = w.head.map(|h| h as usize).filter(|&h| h < noun) else { continue };
        let joined = matches!(
            w.deprel.base,
            Relation::Nsubj | Relation::Obj | Relation::Conj | Relation::Appos | Relation::Nmod
        );
        let bare = w.upos == Upos::Noun && case_of(parse, noun).is_none() && child(parse, noun, Relation::Cc).is_none();
        let first = (0..=noun).find(|&i| below(parse, i, noun)).unwrap_or(noun);
        let comma = first > 1 && [first, first - 1].iter().any(|&i| parse.words[i].form == ",");
        let deed = parse.children(noun).find(|&c| {
            let past = parse.words[c].feats.get("VerbForm") == Some("Part")
                && parse.words[c].feats.get("Tense") != Some("Pres");
            c > noun && parse.words[c].deprel.base == Relation::Acl && past && parse.words[c].upos == Upos::Verb
        });
        // "Rebels leave Kaya, the army on its guard": a second subject, behind the verb, is of another clause.
        let told_already =
            |verb: usize| parse.children(verb).any(|c| c < verb && parse.words[c].deprel.base == Relation::Nsubj);
        if deed.is_none() && bare && comma && w.deprel.base == Relation::Nsubj && told_already(above) {
            parse.words[noun].deprel = relation(Relation::Parataxis);
            continue;
        }
        let Some(deed) = deed.filter(|_| joined && bare && comma) else { continue };
        let between = (noun + 1..deed).all(|i| matches!(parse.words[i].upos, Upos::Adj | Upos::Adv));
        let ends = last_of(parse, deed) + 1 == parse.words.len();
        let told = (0..first).any(|i| parse.words[i].upos == Upos::Verb && super::is_statement(parse, i));
        let Some(main) = std::iter::once(above)
            .chain(crate::phrase::governors(parse, above))
            .find(|&g| parse.words[g].upos == Upos::Verb)
            .filter(|_| between && ends && told)
        else {
            continue;
        };
        hang(parse, deed, main, relation(Relation::Parataxis));
        hang(parse, noun, deed, Deprel { base: Relation::Nsubj, sub: "pass".into() });
    }
}

/// "The M23 enters in Kaya, the army protests", where the first verb looks like a preposition before another: of two
/// prepositions the one that may be a verb is it, where its clause has no other. `verb_of` gives the verb that a form may
/// be of.
pub(super) fn find_verb_before_preposition(parse: &mut Parse, verb_of: &dyn Fn(&str) -> Option<String>) {
    for verb in 1..parse.words.len().saturating_sub(2) {
        let w = &parse.words[verb];
        let Some(noun) = w.head.map(|h| h as usize).filter(|&h| h > verb + 1) else { continue };
        let second = &parse.words[verb + 1];
        let pair = w.upos == Upos::Adp
            && w.deprel.base == Relation::Case
            && second.upos == Upos::Adp
            && second.head == w.head
            && second.token != w.token;
        let Some(subject) = parse.words[noun].head.map(|h| h as usize).filter(|&s| s < verb && pair) else { continue };
        let fits = is_nominal(parse, subject)
            && case_of(parse, subject).is_none()
            && last_before(parse, verb, subject)
            && parse.words[noun].deprel.base == Relation::Nmod;
        let Some(lemma) = verb_of(&w.form.to_lowercase()).filter(|_| fits) else { continue };
        let (head, deprel) = (parse.words[subject].head, parse.words[subject].deprel.clone());
        parse.words[verb].upos = Upos::Verb;
        parse.words[verb].lemma = lemma.as_str().into();
        parse.words[verb].feats = Feats("Mood=Ind|Tense=Pres|VerbForm=Fin".into());
        match head.map(|h| h as usize).filter(|_| deprel.base == Relation::Nsubj) {
            // What follows the comma has a subject of its own.
            Some(other) => {
                parse.words[verb].head = parse.words[other].head;
                parse.words[verb].deprel = parse.words[other].deprel.clone();
                hang(parse, other, verb, relation(Relation::Parataxis));
            }
            None => {
                parse.words[verb].head = head;
                parse.words[verb].deprel = deprel;
            }
        }
        hang(parse, subject, verb, relation(Relation::Nsubj));
        hang(parse, noun, verb, relation(Relation::Obl));
    }
}

/// Does everything between a noun and `end` hang below the noun?
fn last_before(parse: &Parse, end: usize, noun: usize) -> bool {
    (noun + 1..end).all(|i| below(parse, i, noun))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{hangs, parse};
    use vigie_syntax::NamedEntity;

    fn labelled(label: EntityLabel, behind: &str) -> Parse {
        let mut out = parse(&format!(
            "Ruvania Ruvania PROPN _ 4 nsubj
             : : PUNCT _ 4 punct
             {behind} rebel NOUN _ 4 nsubj
             take take VERB VerbForm=Fin 0 root
             base base NOUN _ 4 obj"
        ));
        out.entities.push(NamedEntity { span: out.words[0].span, first: 0, last: 0, label });
        out
    }

    #[test]
    fn a_place_before_a_colon_labels_a_headline() {
        let mut place = labelled(EntityLabel::Location, "rebels");
        part_labels(&mut place, &['«']);
        hangs(&place, "Ruvania", "dislocated", "take");
        let mut heading = parse(
            "Ruvania Ruvania PROPN _ 0 root
             : : PUNCT _ 3 punct
             dead dead NOUN _ 1 nmod
             in in ADP _ 5 case
             raid raid NOUN _ 3 nmod",
        );
        let span = heading.words[0].span;
        heading.entities.push(NamedEntity { span, first: 0, last: 0, label: EntityLabel::Location });
        part_labels(&mut heading, &['«']);
        hangs(&heading, "dead", "root", "-");
        hangs(&heading, "Ruvania", "dislocated", "dead");
        for (label, behind) in [(EntityLabel::Person, "rebels"), (EntityLabel::Location, "«")] {
            let mut speaker = labelled(label, behind);
            let before = speaker.clone();
            part_labels(&mut speaker, &['«']);
            assert_eq!(speaker, before);
        }
    }

    #[test]
    fn the_place_of_a_dateline_says_nothing() {
        let rows = "KAYA Kaya PROPN _ 7 nsubj
             ( ( PUNCT _ 3 punct
             Agency Agency PROPN _ 1 appos
             ) ) PUNCT _ 3 punct
             - - PUNCT _ 7 punct
             ministry ministry NOUN _ 7 nsubj
             said say VERB _ 0 root";
        let mut told = parse(rows);
        super::part_datelines(&mut told);
        hangs(&told, "KAYA", "parataxis", "said");
        hangs(&told, "ministry", "nsubj", "said");
        let mut without = parse(&rows.replace("- - PUNCT", "that that SCONJ"));
        super::part_datelines(&mut without);
        hangs(&without, "KAYA", "nsubj", "said");
    }

    #[test]
    fn a_noun_with_a_participle_ends_a_headline_as_a_clause() {
        let rows = "gangs gang NOUN _ 2 nsubj
             attack attack VERB VerbForm=Fin 0 root
             Kaya Kaya PROPN _ 2 obj
             , , PUNCT _ 5 punct
             officer officer NOUN _ 2 nsubj
             killed kill VERB Tense=Past|VerbForm=Part 5 acl";
        let mut headline = parse(rows);
        part_headlines(&mut headline);
        hangs(&headline, "killed", "parataxis", "attack");
        hangs(&headline, "officer", "nsubj", "killed");
        let mut verbless = parse(&rows[..rows.rfind('\n').expect("rows")]);
        part_headlines(&mut verbless);
        hangs(&verbless, "officer", "parataxis", "attack");
        let mut whole = parse(&format!("{rows}\n. . PUNCT _ 2 punct"));
        let before = whole.clone();
        part_headlines(&mut whole);
        assert_eq!(whole, before);
    }

    #[test]
    fn of_two_prepositions_the_first_may_be_the_verb() {
        let rows = "militia militia NOUN _ 6 nsubj
             entre entre ADP _ 4 case
             dans dans ADP _ 4 case
             Kaya Kaya PROPN _ 1 nmod
             Oria Oria PROPN _ 6 nsubj
             proteste protester VERB VerbForm=Fin 0 root";
        let mut told = parse(rows);
        find_verb_before_preposition(&mut told, &|form| (form == "entre").then(|| "entrer".to_owned()));
        hangs(&told, "entre", "root", "-");
        hangs(&told, "militia", "nsubj", "entre");
        hangs(&told, "Kaya", "obl", "entre");
        hangs(&told, "proteste", "parataxis", "entre");
        let mut none = parse(rows);
        let before = none.clone();
        find_verb_before_preposition(&mut none, &|_| None);
        assert_eq!(none, before);
    }
}
