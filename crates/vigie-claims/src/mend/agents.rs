//! Agents and places that a parser hangs on the noun before them, and that belong to the deed.

use super::openings::{child, hang};
use super::{below, relation};
use crate::phrase::case_of;
use vigie_resources::FrameWords;
use vigie_syntax::{Parse, Relation, Upos};

/// "the rape of dozens of women by soldiers": the agent behind what a deed was done to belongs to the deed. `done` tells of a
/// noun that somebody does it.
pub(super) fn raise_agents(parse: &mut Parse, words: &FrameWords, done: &dyn Fn(&str) -> bool) {
    for agent in 3..parse.words.len() {
        let w = &parse.words[agent];
        let Some(noun) = w.head.map(|h| h as usize).filter(|&h| h < agent) else { continue };
        let by = case_of(parse, agent).is_some_and(|case| words.agents.iter().any(|a| a == case));
        let plain = parse.words[noun].upos == Upos::Noun && !done(&parse.words[noun].lemma.to_lowercase());
        if w.deprel.base != Relation::Nmod || !by || !plain {
            continue;
        }
        let mut deed = noun;
        // Up the genitives, as far as each word is a part of the one above it.
        while parse.words[deed].deprel.base == Relation::Nmod
            && case_of(parse, deed).is_some_and(|case| words.genitives.iter().any(|g| g == case))
            && let Some(up) = parse.words[deed].head.map(|h| h as usize).filter(|&h| h < deed)
        {
            deed = up;
            if parse.words[deed].upos == Upos::Noun && done(&parse.words[deed].lemma.to_lowercase()) {
                hang(parse, agent, deed, relation(Relation::Nmod));
                break;
            }
        }
    }
}

/// "délogés de leur bastion de la forêt par les soldats": the agent behind the circumstances of a passive verb that has none
/// belongs to the verb. `done` as below.
pub(super) fn raise_passive_agents(parse: &mut Parse, words: &FrameWords, done: &dyn Fn(&str) -> bool) {
    let by =
        |parse: &Parse, word: usize| case_of(parse, word).is_some_and(|case| words.agents.iter().any(|a| *a == case));
    for agent in 3..parse.words.len() {
        let w = &parse.words[agent];
        if w.deprel.base != Relation::Nmod || !by(parse, agent) {
            continue;
        }
        let mut at = w.head.map(|h| h as usize).filter(|&h| h < agent);
        while let Some(noun) = at.filter(|&n| matches!(parse.words[n].upos, Upos::Noun | Upos::Propn)) {
            let up = parse.words[noun].head.map(|h| h as usize).filter(|&h| h < noun);
            let inside = matches!(parse.words[noun].deprel.base, Relation::Nmod | Relation::Obl | Relation::Flat);
            if done(&parse.words[noun].lemma.to_lowercase()) || !inside {
                at = None;
                break;
            }
            at = up;
        }
        let Some(verb) = at.filter(|&v| parse.words[v].upos == Upos::Verb) else { continue };
        let passive = parse.children(verb).any(|c| parse.words[c].deprel.sub == "pass");
        let auxiliary = child(parse, verb, Relation::Aux).is_some();
        let participle = parse.words[verb].feats.get("VerbForm") == Some("Part") && !auxiliary;
        let taken = parse.children(verb).any(|c| c > verb && by(parse, c))
            || child(parse, verb, Relation::Obj).is_some_and(|o| o > verb);
        if (passive || participle) && !taken {
            hang(parse, agent, verb, relation(Relation::Obl));
            parse.words[agent].deprel.sub = "agent".into();
        }
    }
}

/// "enlevé par des hommes enturbannés dans sa paroisse de Kaya": a named place behind an adjective of who takes part in a deed
/// before it is where the deed was done.
pub(super) fn raise_places(parse: &mut Parse, words: &FrameWords) {
    for place in 3..parse.words.len() {
        let w = &parse.words[place];
        let Some(adjective) = w.head.map(|h| h as usize).filter(|&h| h < place) else { continue };
        let a = &parse.words[adjective];
        let describes = a.upos == Upos::Adj && matches!(a.deprel.base, Relation::Acl | Relation::Amod);
        let Some(noun) = a.head.map(|h| h as usize).filter(|&n| n < adjective && describes) else { continue };
        let Some(verb) = parse.words[noun].head.map(|h| h as usize).filter(|&v| v < noun) else { continue };
        let takes_part = parse.words[verb].upos == Upos::Verb
            && parse.words[noun].upos == Upos::Noun
            && matches!(parse.words[noun].deprel.base, Relation::Obl | Relation::Obj);
        let located = |noun: usize, before: &str| {
            let case = case_of(parse, noun).map(|case| format!("{before}{case}"));
            let named = (noun..parse.words.len()).any(|n| parse.words[n].upos == Upos::Propn && below(parse, n, noun));
            named && case.is_some_and(|case| words.locatives.contains(&case))
        };
        let adverb = |inner: usize| {
            let before = format!("{} ", w.lemma.to_lowercase());
            inner > place && located(inner, &before)
        };
        let told = match w.upos {
            Upos::Noun | Upos::Propn => w.deprel.base == Relation::Obl && located(place, ""),
            Upos::Adv => w.deprel.base == Relation::Advmod && parse.children(place).any(adverb),
            _ => false,
        };
        if takes_part && told {
            let base = parse.words[place].deprel.base;
            hang(parse, place, verb, relation(base));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{raise_agents, raise_passive_agents, raise_places};
    use crate::testing::{hangs, list, parse};
    use vigie_resources::FrameWords;

    fn words() -> FrameWords {
        FrameWords { agents: list(&["by"]), genitives: list(&["of"]), ..FrameWords::default() }
    }

    #[test]
    fn an_agent_belongs_to_the_deed_and_not_to_who_suffered_it() {
        let rows = "rape rape NOUN _ 0 root
             of of ADP _ 3 case
             dozens dozen NOUN _ 1 nmod
             of of ADP _ 5 case
             women woman NOUN _ 3 nmod
             by by ADP _ 7 case
             soldiers soldier NOUN _ 5 nmod";
        let mut found = parse(rows);
        raise_agents(&mut found, &words(), &|noun| noun == "rape");
        hangs(&found, "soldiers", "nmod", "rape");
        // Where what stands above is no deed, or the noun is one itself, nothing moves.
        let mut nobody = parse(rows);
        raise_agents(&mut nobody, &words(), &|_| false);
        hangs(&nobody, "soldiers", "nmod", "women");
        let mut own = parse(&rows.replace("women woman", "raids raid"));
        raise_agents(&mut own, &words(), &|noun| noun == "rape" || noun == "raid");
        hangs(&own, "soldiers", "nmod", "raids");
    }

    #[test]
    fn the_agent_behind_a_circumstance_is_the_verbs() {
        let rows = "chassés chasser VERB VerbForm=Part 0 root
             de de ADP _ 3 case
             bastion bastion NOUN _ 1 obl
             par par ADP _ 5 case
             soldats soldat NOUN _ 3 nmod";
        let par = FrameWords { agents: list(&["par"]), ..FrameWords::default() };
        let mut found = parse(rows);
        raise_passive_agents(&mut found, &par, &|_| false);
        hangs(&found, "soldats", "obl", "chassés");
        let mut deed = parse(&rows.replace("bastion", "attaque"));
        raise_passive_agents(&mut deed, &par, &|noun| noun == "attaque");
        hangs(&deed, "soldats", "nmod", "attaque");
        let mut active = parse(&rows.replace("VerbForm=Part", "VerbForm=Fin"));
        raise_passive_agents(&mut active, &par, &|_| false);
        hangs(&active, "soldats", "nmod", "bastion");
    }

    #[test]
    fn a_place_behind_an_adjective_is_where_it_was_done() {
        let rows = "enlevé enlever VERB VerbForm=Part 0 root
             par par ADP _ 3 case
             hommes homme NOUN _ 1 obl:agent
             cagoulés cagoulé ADJ _ 3 acl
             dans dans ADP _ 6 case
             Kaya Kaya PROPN _ 4 obl";
        let dans = FrameWords { locatives: list(&["dans", "près de"]), ..FrameWords::default() };
        let mut found = parse(rows);
        raise_places(&mut found, &dans);
        hangs(&found, "Kaya", "obl", "enlevé");
        let near =
            rows.replace("dans dans ADP _ 6 case\n", "près près ADV _ 4 advmod\n             de de ADP _ 7 case\n");
        let mut found = parse(&near.replace("Kaya Kaya PROPN _ 4 obl", "Kaya Kaya PROPN _ 5 obl"));
        raise_places(&mut found, &dans);
        hangs(&found, "près", "advmod", "enlevé");
        // "armed with rifles" is no place, and a verb has places of its own.
        let mut posted = parse(&rows.replace("cagoulés cagoulé ADJ", "postés poster VERB"));
        raise_places(&mut posted, &dans);
        hangs(&posted, "Kaya", "obl", "postés");
    }
}
