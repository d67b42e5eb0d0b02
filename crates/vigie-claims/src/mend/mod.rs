//! What grammar knows better than a parser: attachments and labels that cannot be right are put right before anything
//! is read off a tree. Words and their order stay as they are, and a tree stays a tree.

mod agents;
mod attach;
mod causatives;
mod clauses;
mod counts;
mod described;
mod gerunds;
mod headlines;
mod joins;
mod mains;
mod names;
mod objects;
mod openings;
mod participles;
mod presents;
mod relatives;
mod second;
pub(crate) mod signed;
mod subjects;
#[cfg(test)]
mod tests;
mod unmarked;

use crate::phrase::case_of;
use agents::{raise_agents, raise_passive_agents, raise_places};
use attach::{free_speakers, part_described_subjects, raise_from_adjectives, raise_from_particles, raise_joined_verbs};
use causatives::read_causatives;
use clauses::{hang_infinitives, restrict_objects};
use counts::{
    count_bare, float_quantifiers, free_bounds, name_counted, name_counted_adjectives, name_numbered,
    set_apart_included,
};
use described::{describe_names, open_relatives, set_beside_names, set_second_subjects_beside};
use gerunds::{
    free_infinitives, free_particles, free_times, name_loose_objects, name_second_objects, part_quotations,
    raise_consequences, read_gerunds,
};
use headlines::{find_verb_before_preposition, part_datelines, part_headlines, part_labels};
use joins::{
    find_subjects, find_verb, join_described, name_adjectives, part_clauses, part_contrasts, raise_circumstances,
    raise_from_agents, read_articles, read_joined_articles, share_pairs,
};
use mains::{
    free_subjects_behind_places, lead_behind_place, name_opening_gerunds, part_tails, read_pasts, read_progressives,
};
use names::{join_hyphens, join_names, lead_names, part_names, read_names};
use objects::{
    count_partitives, free_perfects, free_recipients, join_verbs, lower_agents, raise_objects, read_object_articles,
    read_partitives, take_names,
};
use openings::{
    free_compounds, lead_by_verb, name_titles, open_conditions, open_participles, turn_objects, turn_reduced,
};
use participles::{count_subjects, join_auxiliaries, name_qualities, read_participles, read_passives};
use presents::{read_plans, read_presents};
use relatives::{find_places, leave_relatives};
use second::{fill_gaps, free_clitics, part_subjects, read_present_participles, share_auxiliaries};
use signed::part_signatures;
use std::collections::BTreeSet;
use subjects::{fill_empty_subjects, join_demonstratives, open_clauses, open_contents, part_inserted, turn_subjects};
use unmarked::mend_unmarked;
use vigie_resources::{
    FrameWords, Language, Predicate, TriggerRule, attribution_words, factuality_words, frame_words, lexicon,
    name_words, triggers,
};
use vigie_syntax::{Deprel, Parse, Relation, Upos};

/// The parse of a sentence in `language`, mended. To mend twice changes nothing more.
#[must_use]
pub fn mended(parse: &Parse, language: Language) -> Parse {
    let words = frame_words(language);
    let marks: Vec<char> = language.writing().quotes.iter().flat_map(|(open, close)| [*open, *close]).collect();
    let mut out = parse.clone();
    name_titles(&mut out);
    read_names(&mut out);
    lead_names(&mut out, words);
    let asks_object = |lemma: &str| {
        let object = |slot: &String| slot.split(['=', '>']).next() == Some("obj");
        triggers(language).of(lemma).iter().any(|r| r.pos == Upos::Verb.as_str() && r.recipient.iter().any(object))
    };
    let joined_by = |first: &str, second: &str| {
        let lists =
            |slot: &String| slot.split_once("xcomp=").is_some_and(|(_, asked)| asked.split('|').any(|l| l == second));
        triggers(language).of(first).iter().any(|rule| rule.also.iter().chain(rule.with.iter()).any(lists))
    };
    read_causatives(&mut out, words, &joined_by, &asks_object);
    part_signatures(&mut out);
    part_labels(&mut out, &marks);
    part_datelines(&mut out);
    part_names(&mut out);
    join_names(&mut out);
    join_hyphens(&mut out);
    free_objects(&mut out);
    open_fixed(&mut out);
    name_counted(&mut out, words);
    float_quantifiers(&mut out, words);
    name_counted_adjectives(&mut out);
    name_numbered(&mut out, words, &|form| {
        let mut nouns = lexicon(language)?.entries(form).filter(|e| matches!(e.upos, "NOUN" | "ADJ"));
        nouns.find_map(|entry| entry.lemma(form))
    });
    free_clitics(&mut out, words);
    part_quotations(&mut out, &marks);
    join_auxiliaries(&mut out);
    name_loose_objects(&mut out, &marks);
    free_particles(&mut out, words);
    let verb_of = |form: &str| {
        let entries = lexicon(language)?.entries(form).filter(|entry| entry.upos == Upos::Verb.as_str());
        let mut lemmas = entries.filter_map(|entry| entry.lemma(form));
        lemmas.find(|lemma| triggers(language).of(lemma).iter().any(|rule| rule.pos == Upos::Verb.as_str()))
    };
    if words.past_like_participle {
        let tells = |lemma: &str| triggers(language).of(lemma).iter().any(|r| r.pos == Upos::Verb.as_str());
        read_presents(&mut out, &tells, &|noun| words.plural_verbs.iter().any(|n| n == noun));
        let nouns = &attribution_words(language).nouns;
        let acts = |noun: &str| {
            [&nouns.persons, &nouns.bodies, &nouns.offices, &nouns.parties].iter().any(|l| l.iter().any(|n| n == noun))
        };
        for (_, mark) in &words.planning {
            read_plans(&mut out, mark, &tells, &acts);
        }
    }
    find_verb(&mut out, &verb_of);
    find_verb_before_preposition(&mut out, &verb_of);
    part_headlines(&mut out);
    set_beside_names(&mut out);
    set_second_subjects_beside(&mut out);
    describe_names(&mut out, words);
    open_relatives(&mut out, words);
    read_participles(&mut out, words, &verb_of);
    read_passives(&mut out, &verb_of);
    free_bounds(&mut out, words, &asks_object);
    count_bare(&mut out, words);
    count_subjects(&mut out);
    name_qualities(&mut out, words, &|form| name_words(language).quality(form).is_some());
    read_present_participles(&mut out, &verb_of);
    name_adjectives(&mut out);
    raise_circumstances(&mut out);
    raise_from_agents(&mut out, words);
    let says = |lemma: &str| attribution_words(language).sayings(lemma).next().is_some();
    part_inserted(&mut out, &says);
    fill_empty_subjects(&mut out, &says);
    part_clauses(&mut out);
    part_subjects(&mut out);
    fill_gaps(&mut out, words, &verb_of);
    share_auxiliaries(&mut out, words);
    find_subjects(&mut out);
    open_clauses(&mut out, words);
    if attribution_words(language).reference.bare_clauses {
        open_contents(&mut out, &says);
    }
    join_demonstratives(&mut out);
    part_contrasts(&mut out, &factuality_words(language).clause.negators);
    open_participles(&mut out, words);
    read_articles(&mut out, words);
    read_joined_articles(&mut out, words);
    read_partitives(&mut out, words, &factuality_words(language).clause.negators);
    count_partitives(&mut out, words);
    // A slot of a rule names what a verb takes; a list of lemmas asks for one of them.
    let takes = |lemma: &str, what: &str, noun: Option<&str>| {
        let names = |slot: &String| slot.trim_start_matches('?').split(['=', '>']).next() == Some(what);
        let lists = |slot: &String| {
            let asked = slot.split_once('=').map(|(_, lemmas)| lemmas);
            names(slot) && noun.zip(asked).is_none_or(|(noun, asked)| asked.split('|').any(|l| l == noun || l == "any"))
        };
        triggers(language).of(lemma).iter().any(|rule| {
            rule.pos == Upos::Verb.as_str()
                && (rule.needs.iter().any(names) || rule.also.iter().chain(rule.with.iter()).any(lists))
        })
    };
    set_apart_included(&mut out, words);
    let done = |noun: &str| {
        let by = |slot: &String| words.agents.contains(slot);
        triggers(language).of(noun).iter().any(|rule| rule.pos == Upos::Noun.as_str() && rule.actor.iter().any(by))
    };
    lower_agents(&mut out, words, &done);
    raise_agents(&mut out, words, &done);
    raise_passive_agents(&mut out, words, &done);
    raise_places(&mut out, words);
    part_described_subjects(&mut out);
    raise_from_particles(&mut out);
    raise_joined_verbs(&mut out, &says);
    free_speakers(&mut out, &says);
    raise_from_adjectives(&mut out, &|lemma| takes(lemma, "obj", None));
    // "mettre fin": the rule names the very noun.
    let joins = |lemma: &str, noun: &str| {
        let lists =
            |slot: &String| slot.split_once("obj=").is_some_and(|(_, asked)| asked.split('|').any(|l| l == noun));
        triggers(language).of(lemma).iter().any(|rule| rule.also.iter().chain(rule.with.iter()).any(lists))
    };
    take_names(&mut out, &|lemma| takes(lemma, "obj", None), &joins);
    read_object_articles(&mut out, words, &takes);
    name_opening_gerunds(&mut out, words);
    // Inside the relative clause a verb counts that needs no further word to tell of such a thing.
    let groups = |lemma: &str, alone: bool| -> BTreeSet<u16> {
        let verbs = triggers(language).of(lemma).iter().filter(|rule| rule.pos == Upos::Verb.as_str());
        let verbs = verbs.filter(|rule| !alone || rule.with.is_none() && rule.also.is_empty());
        verbs.filter_map(|rule| rule.predicate).flat_map(Predicate::groups).map(|member| member.group).collect()
    };
    raise_consequences(&mut out, &|one, two, alone| !groups(one, alone).is_disjoint(&groups(two, false)));
    share_pairs(&mut out, words);
    join_described(&mut out);
    if words.unmarked_objects {
        free_perfects(&mut out, words);
        join_verbs(&mut out);
        raise_objects(&mut out, words);
        free_recipients(&mut out);
    }
    mend_unmarked(&mut out, words);
    open_conditions(&mut out, words);
    if words.past_like_participle {
        part_tails(&mut out);
        read_pasts(&mut out);
        free_compounds(&mut out);
        turn_reduced(&mut out);
        // "called on", but not "accused of": what a rule wants behind the preposition is instead of an object.
        lead_by_verb(&mut out, words, &|lemma, case| {
            let asks = |rule: &TriggerRule, slot: &str| rule.needs.iter().any(|n| n.split('=').next() == Some(slot));
            let rules = triggers(language).of(lemma);
            rules.iter().any(|r| r.pos == Upos::Verb.as_str() && asks(r, case) && !asks(r, "obj"))
                && !rules.iter().any(|r| asks(r, case) && asks(r, "obj"))
        });
        lead_behind_place(&mut out);
        free_subjects_behind_places(&mut out);
        read_progressives(&mut out);
        turn_objects(&mut out);
    }
    name_second_objects(&mut out, words);
    free_times(&mut out, words);
    let rules = triggers(language);
    free_infinitives(&mut out, words, &|lemma| rules.of(lemma).iter().any(|rule| rule.pos == Upos::Verb.as_str()));
    let factuality = factuality_words(language);
    read_gerunds(&mut out, words, &|lemma| {
        factuality
            .operators(lemma)
            .any(|(o, _)| o.pos == Upos::Noun.as_str() && (o.only.is_empty() || o.only.iter().any(|f| f == "inf")))
    });
    leave_reflexives(&mut out, words);
    leave_relatives(&mut out, words);
    find_places(&mut out, words);
    hang_participles(&mut out);
    if words.inverted_subjects {
        turn_subjects(&mut out, words);
    }
    hang_infinitives(&mut out, words);
    restrict_objects(&mut out, &factuality_words(language).clause);
    out
}

fn relation(base: Relation) -> Deprel {
    Deprel { base, sub: "".into() }
}

/// How a word of this sort hangs on the noun that it stands before.
fn before_noun(upos: Upos) -> Relation {
    match upos {
        Upos::Det => Relation::Det,
        Upos::Adj => Relation::Amod,
        Upos::Num => Relation::Nummod,
        Upos::Adp | Upos::Part => Relation::Case,
        Upos::Punct => Relation::Punct,
        Upos::Noun | Upos::Propn | Upos::X => Relation::Compound,
        _ => Relation::Advmod,
    }
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

/// "a repris lundi Bosso": a bare name behind a bare time is what the verb takes, when it takes nothing else. A noun without
/// a preposition that is no argument of its verb tells when.
fn free_objects(parse: &mut Parse) {
    for name in 1..parse.words.len() {
        let w = &parse.words[name];
        let Some(time) = w.head.map(|h| h as usize).filter(|&h| h < name) else { continue };
        let bare = |word: usize| parse.children(word).all(|c| parse.words[c].deprel.base != Relation::Case);
        let Some(verb) = parse.words[time].head.map(|h| h as usize) else { continue };
        let tells_when = parse.words[time].upos == Upos::Noun
            && parse.words[time].deprel.base == Relation::Obl
            && parse.words[verb].upos == Upos::Verb
            && verb < time
            && bare(time);
        let joined = matches!(w.deprel.base, Relation::Nmod | Relation::Appos | Relation::Flat);
        let taken =
            |&c: &usize| matches!(parse.words[c].deprel.base, Relation::Obj | Relation::Ccomp | Relation::Xcomp);
        let passive = parse.children(verb).any(|c| parse.words[c].deprel.sub == "pass");
        if w.upos == Upos::Propn
            && joined
            && tells_when
            && bare(name)
            && !passive
            && !parse.children(verb).any(|c| taken(&c))
        {
            parse.words[name].head = Some(verb as u32);
            parse.words[name].deprel = relation(Relation::Obj);
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
