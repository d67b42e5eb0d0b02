//! `event_place` (a marked verb: where did it happen?) and `re3d` (relations between given entities).

use super::report::{Figure, Outcome, count};
use super::text::{Bytes, Read, overlap};
use super::{lines, note};
use crate::evaluate::score::Count;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use vigie_claims::{Claim, Role};

#[derive(Deserialize)]
struct Marked {
    text: String,
    origin: String,
    spans: Vec<Label>,
}

#[derive(Deserialize)]
struct Label {
    label: String,
    start: usize,
    end: usize,
}

/// Is it a verb of the marked event: our trigger shares a letter with the mark?
fn at<'a>(read: &'a Read, verb: &Range<usize>) -> Vec<&'a Claim> {
    read.claims().filter(|c| overlap(&(c.trigger.start()..c.trigger.end()), verb)).collect()
}

pub(super) fn event_place() -> Result<Outcome, String> {
    let items: Vec<Marked> = lines("event_place")?;
    let mut broken = 0;
    let mut places = Count::default();
    let mut given = Count::default();
    let mut classes: BTreeMap<String, Count> = BTreeMap::new();
    let mut errors = BTreeMap::new();
    for item in &items {
        let bytes = Bytes::of(&item.text);
        let marked = |name: &str| -> Vec<Range<usize>> {
            item.spans.iter().filter(|s| s.label == name).map(|s| bytes.range(s.start, s.end)).collect()
        };
        let (verbs, gold) = (marked("VERB"), marked("LOCATION"));
        if gold.iter().any(|mark| cuts_word(&item.text, mark)) {
            broken += 1;
            continue;
        }
        let (read, verb_places) = Read::with_verbs(&item.text, "en", None, &verbs)?;
        let claims: Vec<&Claim> = verbs.iter().flat_map(|verb| at(&read, verb)).collect();
        let told = claims.iter().find_map(|c| c.place.as_ref().and_then(|p| p.span)).map(|s| s.start()..s.end());
        let named = verb_places.iter().flatten().next().map(|(s, tie)| (s.start()..s.end(), *tie));
        let (ours, how) = match (named, told) {
            (Some((span, tie)), _) => (Some(span), format!("{tie:?}").to_lowercase()),
            (None, Some(told)) => (Some(told), "claim".to_owned()),
            (None, None) => (None, String::new()),
        };
        let found = usize::from(ours.is_some());
        let right = ours.as_ref().map_or(0, |o| gold.iter().filter(|g| overlap(g, o)).count());
        // A phrase of ours may hold several names of the gold ("Raqqa in Syria").
        let class = classes.entry(item.origin.clone()).or_default();
        for counts in [&mut places, class] {
            counts.gold += gold.len();
            counts.system += found.max(right);
            counts.right += right;
        }
        if !claims.is_empty() {
            given.gold += gold.len();
            given.system += found.max(right);
            given.right += right;
        }
        match (&ours, gold.is_empty()) {
            (Some(_), true) => note(&mut errors, format!("a place where the gold has none ({how})")),
            (Some(_), false) if right == 0 => note(&mut errors, format!("another place ({how})")),
            (None, false) if claims.is_empty() => note(&mut errors, "the verb evokes no event of ours".to_owned()),
            (None, false) => note(&mut errors, "an event without a place".to_owned()),
            _ => {}
        }
    }
    Ok(Outcome {
        set: "event_place",
        rule: "The place of a marked verb: the name that the sentence ties to it, whether or not the verb evokes something of ours,\n\
               else the place of a claim of that verb. Right: its words share a letter with a gold place. Items whose marks begin or end inside a word (sources whose\n\
               marks are displaced) are left out. In brackets: how our place was tied to the verb.",
        items: items.len() - broken,
        figures: vec![
            Figure::f1("place of every verb (precision, recall)", places, Some(75.0)),
            Figure::f1("place of verbs that evoke an event of ours", given, None),
        ],
        peers: &[("a neural model trained on the set", "P/R 83/83")],
        classes,
        errors,
    })
}

/// Does a mark begin or end inside a word? In some of the set's sources the marks are displaced.
fn cuts_word(text: &str, mark: &Range<usize>) -> bool {
    let inside = |at: usize| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        text.get(..at).is_some_and(|t| letter(t.chars().next_back())) && letter(text[at..].chars().next())
    };
    inside(mark.start) || inside(mark.end) || text.get(mark.clone()).is_some_and(|t| t.trim() != t)
}

#[derive(Deserialize)]
struct Document {
    text: String,
    relations: Vec<Relation>,
}

#[derive(Deserialize)]
struct Relation {
    #[serde(rename = "type")]
    class: String,
    #[serde(rename = "sourceBegin")]
    source_begin: usize,
    #[serde(rename = "sourceEnd")]
    source_end: usize,
    #[serde(rename = "targetBegin")]
    target_begin: usize,
    #[serde(rename = "targetEnd")]
    target_end: usize,
}

/// What a claim says of its two sides in the set's words.
fn relation_of(claim: &Claim) -> Option<&'static str> {
    match claim.predicate.id() {
        "hostile" | "besiege" | "besieged" | "secure" | "cut-route" => Some("FightingAgainst"),
        "allied" | "support" | "cooperates-with" | "cooperate" | "aid" | "arm" => Some("AlliesOf"),
        "leads" => Some("InChargeOf"),
        _ => (super::text::root(claim) == Some("ASSAULT")).then_some("FightingAgainst"),
    }
}

pub(super) fn re3d() -> Result<Outcome, String> {
    const ASKED: [&str; 3] = ["FightingAgainst", "AlliesOf", "InChargeOf"];
    let items: Vec<Document> = lines("re3d")?;
    let mut classes: BTreeMap<String, Count> = BTreeMap::new();
    let mut all = Count::default();
    let mut errors = BTreeMap::new();
    for item in &items {
        let bytes = Bytes::of(&item.text);
        let read = Read::of(&item.text, "en", None)?;
        for relation in &item.relations {
            let source = bytes.range(relation.source_begin, relation.source_end);
            let target = bytes.range(relation.target_begin, relation.target_end);
            let found = read
                .claims()
                .filter_map(|c| Some((relation_of(c)?, c)))
                .find(|(_, claim)| joins(claim, &source, &target));
            let asked = ASKED.contains(&relation.class.as_str());
            let found = found.map(|(name, _)| name);
            if asked {
                count(&mut classes, &relation.class, found);
                all.gold += 1;
            } else if let Some(found) = found {
                classes.entry(found.to_owned()).or_default().system += 1;
            }
            all.system += usize::from(found.is_some());
            all.right += usize::from(found == Some(&relation.class));
            match found {
                Some(found) if found != relation.class => {
                    note(&mut errors, format!("{} read as {found}", relation.class))
                }
                None if asked => note(&mut errors, format!("{}: nothing read between the two", relation.class)),
                _ => {}
            }
        }
    }
    Ok(Outcome {
        set: "re3d",
        rule: "Every related pair of given entities: what a claim that has one side in an acting and the other in a suffering\n\
               role (either way round for mutual relations) says of them. Assaults and hostility are FightingAgainst, support,\n\
               alliance and aid AlliesOf, leading InChargeOf. The set's other relations are pairs where silence is right.",
        items: items.len(),
        figures: vec![Figure::f1("FightingAgainst, AlliesOf, InChargeOf", all, Some(45.0))],
        peers: &[("others", "none comparable")],
        classes,
        errors,
    })
}

/// Has the claim the two sides among its parts, on different ends or both as actors of a mutual deed?
fn joins(claim: &Claim, source: &Range<usize>, target: &Range<usize>) -> bool {
    let acting = Read::spans(claim, &[Role::Actor, Role::Associate]);
    let suffering = Read::spans(claim, &[Role::Recipient, Role::Object, Role::Topic]);
    let any = |spans: &[Range<usize>], side: &Range<usize>| spans.iter().any(|s| overlap(s, side));
    let mutual = acting.len() > 1 && any(&acting, source) && any(&acting, target);
    (any(&acting, source) && any(&suffering, target)) || (any(&acting, target) && any(&suffering, source)) || mutual
}
