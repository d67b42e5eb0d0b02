//! PLOVER's sets: `plover_gsr` (a plain sentence: which events, who, to whom) and `plv_root` (the event of a marked pair).

use super::report::{Figure, Outcome, count, macro_f1};
use super::text::{Read, occurrences, overlap, root};
use super::{lines, note};
use crate::evaluate::score::Count;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use vigie_claims::{Claim, Role};

#[derive(Deserialize)]
struct Party {
    #[serde(rename = "actorText")]
    text: Option<String>,
}

#[derive(Deserialize)]
struct Sentence {
    text: String,
    event: String,
    #[serde(rename = "eventText")]
    trigger: Option<String>,
    source: Option<serde_json::Value>,
    target: Option<serde_json::Value>,
}

/// The words of the parties; one item names them without a list.
fn parties(value: Option<&serde_json::Value>) -> Vec<String> {
    match value {
        Some(serde_json::Value::String(words)) => vec![words.clone()],
        Some(list @ serde_json::Value::Array(_)) => {
            let parties: Vec<Party> = serde_json::from_value(list.clone()).unwrap_or_default();
            parties.into_iter().filter_map(|p| p.text).collect()
        }
        _ => Vec::new(),
    }
}

const SOURCES: [Role; 2] = [Role::Actor, Role::Associate];
const TARGETS: [Role; 2] = [Role::Recipient, Role::Object];

/// Every gold sentence has one event. Of our events each root counts once a sentence as found; a gold party is right if
/// a party of a claim with the right root (the first such claim) shares a letter with one of its occurrences.
pub(super) fn plover_gsr() -> Result<Outcome, String> {
    let items: Vec<Sentence> = lines("plover_gsr")?;
    let (mut roots, mut actors, mut recipients, mut triggers) =
        (Count::default(), Count::default(), Count::default(), Count::default());
    let mut classes = BTreeMap::new();
    let mut errors = BTreeMap::new();
    for item in &items {
        let read = Read::of(&item.text, "en", None)?;
        let mut found: Vec<&str> = read.told().into_iter().filter_map(root).collect();
        found.sort_unstable();
        found.dedup();
        roots.gold += 1;
        roots.system += found.len();
        let right = found.contains(&item.event.as_str());
        roots.right += usize::from(right);
        for root in &found {
            classes.entry((*root).to_owned()).or_insert_with(Count::default).system += 1;
        }
        let class: &mut Count = classes.entry(item.event.clone()).or_default();
        class.gold += 1;
        class.right += usize::from(right);
        if !right {
            note(
                &mut errors,
                if found.is_empty() {
                    "root: nothing read".to_owned()
                } else {
                    format!("root: {} read as another", item.event)
                },
            );
        }
        // Over-generation: every claim of an event is an output.
        triggers.system += read.told().len();
        triggers.gold += 1;
        let evoked = item.trigger.as_deref().unwrap_or_default();
        triggers.right += read
            .told()
            .into_iter()
            .filter(|c| {
                root(c) == Some(&item.event) && evoked.split_whitespace().any(|w| c.trigger.of(read.text()).contains(w))
            })
            .count()
            .min(1);
        let told = read.told();
        let claim = told.iter().find(|c| root(c) == Some(&item.event)).or_else(|| told.first()).copied();
        for (counts, gold, roles, name) in [
            (&mut actors, parties(item.source.as_ref()), &SOURCES, "actor"),
            (&mut recipients, parties(item.target.as_ref()), &TARGETS, "recipient"),
        ] {
            let mut ours = claim.map(|c| Read::spans(c, roles)).unwrap_or_default();
            // In a mutual deed ("met", "agreed") all are actors: those after the first are recipients of the first.
            if name == "recipient" && ours.is_empty() {
                ours = claim.map(|c| Read::spans(c, &SOURCES)).unwrap_or_default().into_iter().skip(1).collect();
            }
            let gold: Vec<Vec<Range<usize>>> =
                gold.iter().map(|words| occurrences(&item.text, words)).filter(|o| !o.is_empty()).collect();
            tally(counts, &gold, &ours, name, &mut errors);
        }
    }
    Ok(Outcome {
        set: "plover_gsr",
        rule: "A plain sentence in. Root: PLOVER's event of one of our claims is the gold event; each other root that we give\n\
               for the sentence counts as wrong. Actor, recipient: of the first claim with the right root (else the first\n\
               claim) a party whose words share a letter with an occurrence of the gold words; parties without gold are wrong.\n\
               In mutual deeds without a recipient the actors after the first count as recipients.",
        items: items.len(),
        figures: vec![
            Figure::f1("root", roots, Some(65.0)),
            Figure::f1("actor span", actors, Some(60.0)),
            Figure::f1("recipient span", recipients, Some(50.0)),
            Figure::f1("output events (root and trigger right)", triggers, None),
        ],
        peers: &[("UniversalPetrarch", "F1 0 to 34 for triples on natural text; it wrote 1703 events for 832 gold")],
        classes,
        errors,
    })
}

/// Pairs gold parties with ours one to one.
fn tally(
    counts: &mut Count,
    gold: &[Vec<Range<usize>>],
    ours: &[Range<usize>],
    name: &str,
    errors: &mut BTreeMap<String, usize>,
) {
    let mut used = vec![false; ours.len()];
    counts.gold += gold.len();
    for places in gold {
        let partner = (0..ours.len()).find(|&i| !used[i] && places.iter().any(|g| overlap(g, &ours[i])));
        match partner {
            Some(at) => {
                used[at] = true;
                counts.right += 1;
            }
            None => note(errors, format!("{name}: {}", if ours.is_empty() { "none read" } else { "another read" })),
        }
    }
    // One of ours may name two of the gold ("Hungarian and Romanian officials"): it is no error then.
    let wrong = ours.iter().zip(&used).filter(|(our, used)| !**used && !gold.iter().flatten().any(|g| overlap(g, our)));
    counts.system += wrong.clone().count() + used.iter().filter(|u| **u).count();
    for _ in wrong {
        note(errors, format!("{name}: read where the gold has none or another"));
    }
}

#[derive(Deserialize)]
struct Pair {
    text: String,
    source: String,
    target: String,
    root: String,
}

/// Which of our claims speaks of a marked pair: one that has both in its parts, the first as actor; else one that has
/// both anywhere; else one with one of them; else the first of the sentence. Ties: the first in the text.
fn chosen<'a>(read: &'a Read, source: &[Range<usize>], target: &[Range<usize>]) -> Option<&'a Claim> {
    let touches = |claim: &Claim, roles: &[Role], gold: &[Range<usize>]| {
        Read::spans(claim, roles).iter().any(|our| gold.iter().any(|g| overlap(our, g)))
    };
    let score = |claim: &Claim| {
        let directed = touches(claim, &[Role::Actor, Role::Associate], source);
        let aimed = touches(claim, &[Role::Recipient, Role::Object, Role::Topic], target);
        let named = touches(claim, Role::ALL, source);
        let other = touches(claim, Role::ALL, target);
        u32::from(directed) * 4 + u32::from(aimed) * 3 + u32::from(named) + u32::from(other)
    };
    let candidates: Vec<&Claim> = read.told().into_iter().filter(|c| root(c).is_some()).collect();
    let best = candidates.iter().map(|c| score(c)).max()?;
    candidates.into_iter().find(|c| score(c) == best)
}

/// PLOVER's events that the older set has under one name.
fn merged(root: &str) -> &str {
    match root {
        "CONCEDE" | "RETREAT" => "YIELD",
        other => other,
    }
}

/// The event of a marked pair.
pub(super) fn plv_root() -> Result<Outcome, String> {
    let items: Vec<Pair> = lines("plv_root")?;
    let mut classes: BTreeMap<String, Count> = BTreeMap::new();
    let mut errors = BTreeMap::new();
    let mut right = 0;
    for item in &items {
        let read = Read::of(&item.text, "en", None)?;
        let claim = chosen(&read, &occurrences(&item.text, &item.source), &occurrences(&item.text, &item.target));
        let found = claim.and_then(root).map(merged);
        count(&mut classes, &item.root, found);
        right += usize::from(found == Some(&item.root));
        match found {
            None => note(&mut errors, format!("{}: nothing read", item.root)),
            Some(found) if found != item.root => note(&mut errors, format!("{} read as {found}", item.root)),
            Some(_) => {}
        }
    }
    let answered: usize = classes.values().map(|c| c.system).sum();
    let all = Count { gold: items.len(), system: answered, right };
    Ok(Outcome {
        set: "plv_root",
        rule: "The root of a marked pair: that of the claim that holds both as actor and recipient, else the one that holds\n\
               most of them, the first in the text of several. CONCEDE and RETREAT are one class here (YIELD).",
        items: items.len(),
        figures: vec![
            Figure { name: "macro-F1", value: macro_f1(&classes), floor: Some(70.0), count: None },
            Figure::f1("micro-F1", all, None),
        ],
        peers: &[("zero-shot RoBERTa-large (355M parameters)", "macro-F1 82.1")],
        classes,
        errors,
    })
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init, reason = "a party often stands in one place")]
mod tests {
    use super::*;

    #[test]
    fn parties_are_paired_once() {
        let (mut counts, mut errors) = (Count::default(), BTreeMap::new());
        tally(&mut counts, &[vec![0..5], vec![10..15]], &[3..8, 20..25], "actor", &mut errors);
        assert_eq!((counts.gold, counts.system, counts.right), (2, 2, 1));
        assert_eq!(errors["actor: another read"], 1);
        let mut counts = Count::default();
        tally(&mut counts, &[vec![0..5], vec![10..15]], &[0..20], "actor", &mut errors);
        assert_eq!((counts.gold, counts.system, counts.right), (2, 1, 1));
    }

    #[test]
    fn a_single_word_stands_for_a_list() {
        assert_eq!(parties(Some(&serde_json::json!("Cuba"))), ["Cuba"]);
        assert_eq!(parties(Some(&serde_json::json!([{"actorText": "Iran", "code": "IRN"}, {"code": "X"}]))), ["Iran"]);
        assert_eq!(parties(None), Vec::<String>::new());
    }
}
