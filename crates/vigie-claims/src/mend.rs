//! What grammar knows better than a parser: attachments and labels that cannot be right are put right before anything
//! is read off a tree. Words and their order stay as they are, and a tree stays a tree.

use crate::phrase::case_of;
use crate::unmarked::mend_unmarked;
use vigie_resources::{FrameWords, Language, frame_words};
use vigie_syntax::{Deprel, Parse, Relation, Upos};

/// The parse of a sentence in `language`, mended. To mend twice changes nothing more.
#[must_use]
pub fn mended(parse: &Parse, language: Language) -> Parse {
    let words = frame_words(language);
    let mut out = parse.clone();
    part_names(&mut out);
    join_names(&mut out);
    open_fixed(&mut out);
    mend_unmarked(&mut out, words);
    leave_reflexives(&mut out, words);
    leave_relatives(&mut out, words);
    find_places(&mut out, words);
    hang_participles(&mut out);
    if words.inverted_subjects {
        turn_subjects(&mut out, words);
    }
    hang_infinitives(&mut out, words);
    out
}

fn relation(base: Relation) -> Deprel {
    Deprel { base, sub: "".into() }
}

/// Is `word` below `above` (or the same)?
fn below(parse: &Parse, word: usize, above: usize) -> bool {
    let mut at = Some(word);
    for _ in 0..=parse.words.len() {
        match at {
            Some(i) if i == above => return true,
            Some(i) => at = parse.words[i].head.map(|h| h as usize),
            None => return false,
        }
    }
    false
}

/// Is the verb finite, by itself or by its auxiliary, and no order? An order needs no subject.
fn is_statement(parse: &Parse, verb: usize) -> bool {
    let finite = |i: usize| {
        let feats = &parse.words[i].feats;
        feats.get("VerbForm") == Some("Fin") && feats.get("Mood") != Some("Imp")
    };
    let auxiliary = |&c: &usize| matches!(parse.words[c].deprel.base, Relation::Aux | Relation::Cop);
    finite(verb) || parse.children(verb).filter(auxiliary).any(finite)
}

fn has_subject(parse: &Parse, verb: usize) -> bool {
    parse.children(verb).any(|c| {
        let deprel = &parse.words[c].deprel;
        matches!(deprel.base, Relation::Nsubj | Relation::Csubj) || deprel.sub == "subj"
    })
}

/// "a dit à l'AFP Rami X": two names that stand side by side are not one when the recogniser tells them apart.
fn part_names(parse: &mut Parse) {
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
fn join_names(parse: &mut Parse) {
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

/// The last word of a subtree.
fn last_of(parse: &Parse, word: usize) -> usize {
    (word..parse.words.len()).rev().find(|&i| below(parse, i, word)).unwrap_or(word)
}

/// The finite verb that begins at `word`, with its auxiliaries and clitics before it.
fn verb_from(parse: &Parse, word: usize) -> Option<usize> {
    let w = parse.words.get(word)?;
    let verb = match w.upos {
        Upos::Verb => word,
        Upos::Aux | Upos::Pron | Upos::Adv => w.head.map(|h| h as usize).filter(|&h| h > word)?,
        _ => return None,
    };
    (parse.words[verb].upos == Upos::Verb && is_statement(parse, verb) && !has_subject(parse, verb)).then_some(verb)
}

/// "en s'en emparant, l'armée ferme": a verb that is always reflexive has no object; the noun behind the comma is the
/// subject of the verb that follows it.
fn leave_reflexives(parse: &mut Parse, words: &FrameWords) {
    for verb in 0..parse.words.len() {
        if !words.pronominal.iter().any(|l| *l == parse.words[verb].lemma) {
            continue;
        }
        let object = parse
            .children(verb)
            .find(|&c| c > verb && parse.words[c].deprel.base == Relation::Obj && parse.words[c].upos != Upos::Pron);
        let Some(noun) = object else { continue };
        let comma = (verb..noun).any(|i| parse.words[i].upos == Upos::Punct);
        let Some(next) = verb_from(parse, last_of(parse, noun) + 1).filter(|_| comma) else { continue };
        if below(parse, next, verb) {
            continue;
        }
        parse.words[noun].head = Some(next as u32);
        parse.words[noun].deprel = relation(Relation::Nsubj);
        if !is_statement(parse, verb) {
            parse.words[verb].head = Some(next as u32);
            parse.words[verb].deprel = relation(Relation::Advcl);
        }
    }
}

/// "les Etats-Unis, qui appuient les rebelles, et la Russie": a relative clause that began with a comma ends at the next,
/// so what is joined behind it is joined to the noun of the clause.
fn leave_relatives(parse: &mut Parse, words: &FrameWords) {
    for joined in 0..parse.words.len() {
        let w = &parse.words[joined];
        let Some(inner) = w.head.map(|h| h as usize) else { continue };
        let cc = parse.children(joined).find(|&c| parse.words[c].deprel.base == Relation::Cc);
        let after_comma = cc.is_some_and(|c| c > 0 && parse.words[c - 1].upos == Upos::Punct);
        if w.deprel.base != Relation::Conj || !after_comma || parse.words[inner].upos == Upos::Verb {
            continue;
        }
        let Some(clause) = relative_above(parse, inner, words) else { continue };
        let Some(noun) = parse.words[clause].head.map(|h| h as usize) else { continue };
        let governs = parse.words[noun].head.is_some_and(|v| v as usize > joined);
        if governs && parse.words[noun].deprel.base == Relation::Nsubj {
            parse.words[joined].head = Some(noun as u32);
        }
    }
}

/// The verb of the relative clause around a word, if that clause begins right behind a comma.
fn relative_above(parse: &Parse, word: usize, words: &FrameWords) -> Option<usize> {
    let mut at = word;
    for _ in 0..parse.words.len() {
        let w = &parse.words[at];
        if w.deprel.base == Relation::Acl {
            let pronoun = parse.children(at).find(|&c| words.relatives.iter().any(|r| *r == parse.words[c].lemma))?;
            return (pronoun > 0 && parse.words[pronoun - 1].upos == Upos::Punct).then_some(at);
        }
        at = w.head? as usize;
    }
    None
}

/// "des quartiers tenus par les insurgés, où vivent": a relative word of place stands for a place, not for an agent.
fn find_places(parse: &mut Parse, words: &FrameWords) {
    for clause in 0..parse.words.len() {
        let place = |c: usize| words.relative_places.iter().any(|r| *r == parse.words[c].form.to_lowercase());
        if parse.words[clause].deprel.base != Relation::Acl || !parse.children(clause).any(place) {
            continue;
        }
        let Some(agent) = parse.words[clause].head.map(|h| h as usize) else { continue };
        let marked = case_of(parse, agent).is_some_and(|case| words.agents.iter().any(|a| *a == case));
        let participle = parse.words[agent].head.map(|h| h as usize).filter(|_| marked);
        if let Some(deed) = participle.filter(|&p| parse.words[p].deprel.base == Relation::Acl) {
            parse.words[clause].head = parse.words[deed].head;
        }
    }
}

/// "…, réinstaurant un siège": a present participle behind a comma tells of the subject, not of the place before it.
fn hang_participles(parse: &mut Parse) {
    for participle in 1..parse.words.len() {
        let w = &parse.words[participle];
        let form = (w.feats.get("VerbForm"), w.feats.get("Tense"));
        let present = matches!(form, (Some("Part"), Some("Pres")) | (Some("Ger"), _));
        let after_comma = parse.words[participle - 1].upos == Upos::Punct;
        if w.upos != Upos::Verb || !present || !after_comma || w.deprel.base != Relation::Acl {
            continue;
        }
        let Some(noun) = w.head.map(|h| h as usize).filter(|&n| case_of(parse, n).is_some()) else { continue };
        let mut at = noun;
        let verb = loop {
            match parse.words[at].head.map(|h| h as usize) {
                Some(up) if parse.words[up].upos == Upos::Verb => break Some(up),
                Some(up) => at = up,
                None => break None,
            }
        };
        if let Some(verb) = verb.filter(|&v| is_statement(parse, v)) {
            parse.words[participle].head = Some(verb as u32);
            parse.words[participle].deprel = relation(Relation::Advcl);
        }
    }
}

/// "se mettre d'accord": a preposition that is said to be an adverb with its noun inside is a preposition and its noun.
fn open_fixed(parse: &mut Parse) {
    for case in 0..parse.words.len() {
        let w = &parse.words[case];
        let Some(verb) = w.head.map(|h| h as usize) else { continue };
        if w.upos != Upos::Adp || w.deprel.base != Relation::Advmod || parse.words[verb].upos != Upos::Verb {
            continue;
        }
        let inner: Vec<usize> = parse.children(case).collect();
        let [noun] = inner[..] else { continue };
        if parse.words[noun].upos == Upos::Noun && parse.words[noun].deprel.base == Relation::Fixed {
            parse.words[noun].head = Some(verb as u32);
            parse.words[noun].deprel = relation(Relation::Obl);
            parse.words[case].head = Some(noun as u32);
            parse.words[case].deprel = relation(Relation::Case);
        }
    }
}

/// "où vivent 3 000 personnes": the noun behind a finite verb that has no subject is its subject.
fn turn_subjects(parse: &mut Parse, words: &FrameWords) {
    for verb in 0..parse.words.len() {
        let w = &parse.words[verb];
        let shared = w.deprel.base == Relation::Conj;
        if w.upos != Upos::Verb
            || shared
            || !is_statement(parse, verb)
            || has_subject(parse, verb)
            || !opens(parse, verb)
        {
            continue;
        }
        let clitic = |c: usize| {
            let w = &parse.words[c];
            w.upos == Upos::Pron && words.reflexive.iter().any(|r| *r == w.lemma || *r == w.form.to_lowercase())
        };
        let objects: Vec<usize> =
            parse.children(verb).filter(|&c| parse.words[c].deprel.base == Relation::Obj && !clitic(c)).collect();
        let noun = objects.iter().copied().find(|&c| {
            c > verb
                && matches!(parse.words[c].upos, Upos::Noun | Upos::Propn | Upos::Num)
                && case_of(parse, c).is_none()
        });
        if let Some(noun) = noun {
            parse.words[noun].deprel = relation(Relation::Nsubj);
        } else if objects.is_empty()
            && let Some(noun) = loose_noun(parse, verb)
        {
            parse.words[noun].head = Some(verb as u32);
            parse.words[noun].deprel = relation(Relation::Nsubj);
        }
    }
}

/// "a dit à la télévision le maire": a noun with its own article and nothing that joins it to the noun that it hangs on.
fn loose_noun(parse: &Parse, verb: usize) -> Option<usize> {
    (verb + 1..parse.words.len()).find(|&noun| {
        let w = &parse.words[noun];
        let article = parse.children(noun).find(|&c| parse.words[c].deprel.base == Relation::Det && c < noun);
        let joined = article.is_some_and(|a| matches!(parse.words[a - 1].upos, Upos::Punct | Upos::Adp | Upos::Cconj));
        let above = w.head.map(|h| h as usize);
        w.upos == Upos::Noun
            && matches!(w.deprel.base, Relation::Nmod | Relation::Appos)
            && case_of(parse, noun).is_none()
            && article.is_some_and(|a| a > verb)
            && !joined
            && above.is_some_and(|h| {
                parse.words[h].head == Some(verb as u32) && parse.words[h].deprel.base == Relation::Obl && h < noun
            })
    })
}

/// Does nothing that could be the subject stand before the verb? What does, with its auxiliaries, clitics and adverbials,
/// follows a mark or begins the sentence.
fn opens(parse: &Parse, verb: usize) -> bool {
    let left = (0..verb).rev().find(|&i| !below(parse, i, verb));
    let own = |i: usize| parse.words[i].head == Some(verb as u32);
    let bare = |i: usize| {
        let w = &parse.words[i];
        own(i)
            && matches!(w.upos, Upos::Noun | Upos::Propn)
            && case_of(parse, i).is_none()
            && w.deprel.base != Relation::Obl
    };
    left.is_none_or(|i| parse.words[i].upos == Upos::Punct || parse.words[verb].head == Some(i as u32))
        && !(0..verb).any(bare)
}

/// "a permis aux civils de partir": the infinitive belongs to the verb that allows, not to the noun before it.
fn hang_infinitives(parse: &mut Parse, words: &FrameWords) {
    for infinitive in 0..parse.words.len() {
        let w = &parse.words[infinitive];
        let loose = matches!(w.deprel.base, Relation::Acl | Relation::Xcomp | Relation::Advcl);
        if w.upos != Upos::Verb || !loose || w.feats.get("VerbForm") != Some("Inf") {
            continue;
        }
        // Up from the noun, through its adjectives, to the verb.
        let Some(mut noun) = w.head.map(|h| h as usize) else { continue };
        if parse.words[noun].upos == Upos::Adj
            && let Some(up) = parse.words[noun].head
        {
            noun = up as usize;
        }
        let told = case_of(parse, noun).is_some_and(|case| words.datives.iter().any(|d| *d == case));
        let Some(verb) = parse.words[noun].head.map(|h| h as usize) else { continue };
        let allows = words.dative_control.iter().any(|l| *l == parse.words[verb].lemma);
        let taken = parse.children(verb).any(|c| parse.words[c].deprel.base == Relation::Xcomp);
        if told && allows && !taken && noun > verb && infinitive > noun && !below(parse, verb, infinitive) {
            parse.words[infinitive].head = Some(verb as u32);
            parse.words[infinitive].deprel = relation(Relation::Xcomp);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::mended;
    use crate::testing::parse;
    use vigie_resources::Language;
    use vigie_syntax::{EntityLabel, NamedEntity, Parse, Relation};

    fn mend(parse: &Parse) -> Parse {
        mended(parse, Language::from_code("fr").expect("French is shipped"))
    }

    fn told(parse: &Parse, word: usize) -> (Option<u32>, Relation) {
        (parse.words[word].head, parse.words[word].deprel.base)
    }

    #[test]
    fn the_noun_behind_a_verb_without_subject_is_its_subject() {
        let rows = "vivent vivre VERB Mood=Ind|VerbForm=Fin 0 root
             dix dix NUM _ 3 nummod
             personnes personne NOUN _ 1 obj";
        assert_eq!(told(&mend(&parse(rows)), 2).1, Relation::Nsubj);
        let order = rows.replace("Mood=Ind", "Mood=Imp");
        assert_eq!(told(&mend(&parse(&order)), 2).1, Relation::Obj);
        let subject = "Elles elle PRON _ 2 nsubj
             voient voir VERB Mood=Ind|VerbForm=Fin 0 root
             personnes personne NOUN _ 2 obj";
        assert_eq!(told(&mend(&parse(subject)), 2).1, Relation::Obj);
    }

    #[test]
    fn a_noun_that_nothing_joins_to_the_one_before_is_the_subject() {
        let rows = "affirmé affirmer VERB Mood=Ind|VerbForm=Fin 0 root
             à à ADP _ 4 case
             la le DET _ 4 det
             radio radio NOUN _ 1 obl:arg
             le le DET _ 6 det
             maire maire NOUN _ 4 nmod";
        assert_eq!(told(&mend(&parse(rows)), 5), (Some(0), Relation::Nsubj));
        let joined = rows.replace("le le DET _ 6 det", "de de ADP _ 6 case");
        assert_eq!(told(&mend(&parse(&joined)), 5), (Some(3), Relation::Nmod));
    }

    #[test]
    fn an_infinitive_belongs_to_the_verb_that_allows() {
        let rows = "permis permettre VERB VerbForm=Part 0 root
             à à ADP _ 3 case
             civils civil NOUN _ 1 obl:arg
             de de ADP _ 5 mark
             partir partir VERB VerbForm=Inf 3 acl";
        assert_eq!(told(&mend(&parse(rows)), 4), (Some(0), Relation::Xcomp));
        let other = rows.replace("permis permettre", "parlé parler");
        assert_eq!(told(&mend(&parse(&other)), 4), (Some(2), Relation::Acl));
    }

    #[test]
    fn a_preposition_with_its_noun_inside_is_opened() {
        let rows = "mettre mettre VERB VerbForm=Inf 0 root
             d' de ADP _ 1 advmod
             accord accord NOUN _ 2 fixed";
        let found = mend(&parse(rows));
        assert_eq!((told(&found, 1), told(&found, 2)), ((Some(2), Relation::Case), (Some(0), Relation::Obl)));
    }

    #[test]
    fn a_name_belongs_to_the_noun_before_it() {
        let rows = "son son DET _ 2 det
             homologue homologue NOUN _ 6 nsubj
             russe russe ADJ _ 2 amod
             Anton Anton PROPN _ 6 nsubj
             Lobov Lobov PROPN _ 4 flat:name
             parle parler VERB VerbForm=Fin 0 root";
        assert_eq!(told(&mend(&parse(rows)), 3), (Some(1), Relation::Nmod));
        let apart = rows.replace("russe russe ADJ _ 2 amod", ", , PUNCT _ 4 punct");
        assert_eq!(told(&mend(&parse(&apart)), 3), (Some(5), Relation::Nsubj));
    }

    #[test]
    fn a_verb_that_is_always_reflexive_has_no_object() {
        let rows = "s' se PRON _ 2 expl:pv
             emparant emparer VERB Tense=Pres|VerbForm=Part 5 conj
             , , PUNCT _ 4 punct
             troupes troupe NOUN _ 2 obj
             ferment fermer VERB Mood=Ind|VerbForm=Fin 0 root
             routes route NOUN _ 5 obj";
        let found = mend(&parse(rows));
        assert_eq!(told(&found, 3), (Some(4), Relation::Nsubj));
        assert_eq!(told(&found, 1), (Some(4), Relation::Advcl));
        let other = rows.replace("emparant emparer", "prenant prendre");
        assert_eq!(told(&mend(&parse(&other)), 3), (Some(1), Relation::Obj));
    }

    #[test]
    fn what_is_joined_behind_a_relative_clause_is_joined_to_its_noun() {
        let rows = "Diffa Diffa PROPN _ 10 nsubj
             , , PUNCT _ 4 punct
             qui qui PRON _ 4 nsubj
             aide aider VERB VerbForm=Fin 1 acl:relcl
             rebelles rebelle NOUN _ 4 obj
             , , PUNCT _ 8 punct
             et et CCONJ _ 8 cc
             Bosso Bosso PROPN _ 5 conj
             ont avoir AUX VerbForm=Fin 10 aux:tense
             signé signer VERB VerbForm=Part 0 root";
        assert_eq!(told(&mend(&parse(rows)), 7), (Some(0), Relation::Conj));
        let inside = rows.replace(", , PUNCT _ 8 punct", "armés armé ADJ _ 5 amod");
        assert_eq!(told(&mend(&parse(&inside)), 7), (Some(4), Relation::Conj));
    }

    #[test]
    fn a_relative_word_of_place_stands_for_a_place() {
        let rows = "quartiers quartier NOUN _ 0 root
             tenus tenir VERB Tense=Past|VerbForm=Part 1 acl
             par par ADP _ 4 case
             insurgés insurgé NOUN _ 2 obl:agent
             où où PRON PronType=Rel 6 obl:mod
             vivent vivre VERB VerbForm=Fin 4 acl:relcl";
        assert_eq!(told(&mend(&parse(rows)), 5).0, Some(0));
        let who = rows.replace("où où", "qui qui");
        assert_eq!(told(&mend(&parse(&who)), 5).0, Some(3));
    }

    #[test]
    fn a_participle_behind_a_comma_tells_of_the_subject() {
        let rows = "troupes troupe NOUN _ 2 nsubj
             avancent avancer VERB Mood=Ind|VerbForm=Fin 0 root
             dans dans ADP _ 4 case
             nord nord NOUN _ 2 obl:mod
             , , PUNCT _ 6 punct
             coupant couper VERB Tense=Pres|VerbForm=Part 4 acl
             route route NOUN _ 6 obj";
        assert_eq!(told(&mend(&parse(rows)), 5), (Some(1), Relation::Advcl));
        let close = rows.replace(", , PUNCT _ 6 punct", "pays pays NOUN _ 4 nmod");
        assert_eq!(told(&mend(&parse(&close)), 5), (Some(3), Relation::Acl));
    }

    #[test]
    fn two_names_side_by_side_are_two() {
        let rows = "affirmé affirmer VERB VerbForm=Part 0 root
             AFP AFP PROPN _ 1 obl:arg
             Rami Rami PROPN _ 2 flat:name
             Duval Duval PROPN _ 2 flat:name";
        let mut tree = parse(rows);
        let entity = |first: u32, last: u32, label| NamedEntity {
            span: tree.words[first as usize].span.cover(tree.words[last as usize].span),
            first,
            last,
            label,
        };
        let one_name = mend(&tree);
        assert_eq!(told(&one_name, 2), (Some(1), Relation::Flat));
        let entities = vec![entity(1, 1, EntityLabel::Organisation), entity(2, 3, EntityLabel::Person)];
        tree.entities = entities;
        let found = mend(&tree);
        assert_eq!((told(&found, 2), told(&found, 3)), ((Some(0), Relation::Nsubj), (Some(2), Relation::Flat)));
    }
}
