//! `re3d`: what holds between two given entities, by our claims.

use super::report::{Figure, Outcome};
use super::text::{Bytes, Read, overlap, root};
use super::{lines, note};
use crate::evaluate::score::Count;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use vigie_claims::{Claim, Filler, Role};

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

/// The relations of the set that are asked for.
const ASKED: [&str; 3] = ["FightingAgainst", "AlliesOf", "InChargeOf"];

/// How a part of a claim takes part in a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// Who does it, together with whom.
    Doer,
    /// What it is done with.
    Means,
    /// To whom.
    Target,
    /// To what thing.
    Thing,
    /// Where.
    Ground,
}

/// The relation of the set that a claim states between two of its ends.
fn relation_of(claim: &Claim, from: End, to: End) -> Option<&'static str> {
    use End::{Doer, Ground, Means, Target, Thing};
    let fights = claim.predicate.id() == "hostile" || root(claim) == Some("ASSAULT");
    match (claim.predicate.id(), from, to) {
        // Who fight together against a third are allies; where there is no third, they fight each other.
        (_, Doer, Doer) if fights => {
            let third = claim.fillers(Role::Recipient).next().is_some();
            Some(if third { "AlliesOf" } else { "FightingAgainst" })
        }
        ("hostile", Doer, Target) => Some("FightingAgainst"),
        ("allied" | "support" | "cooperates-with" | "cooperate" | "aid" | "arm", Doer, Target | Doer) => {
            Some("AlliesOf")
        }
        ("leads", Doer, Target) | ("control", Doer, Target | Thing | Ground) => Some("InChargeOf"),
        ("besiege" | "besieged" | "cut-route", Doer, Target | Ground) | ("secure", Doer, Target) => {
            Some("FightingAgainst")
        }
        // Who takes ground is in charge of it then, and whoever loses it was.
        ("capture" | "secure" | "lose" | "establish-base", Doer, Ground)
        | ("capture", Target, Ground)
        | ("seize-property", Doer, Thing) => Some("InChargeOf"),
        ("deploy", Doer, Thing) => Some("InChargeOf"),
        _ if !fights => None,
        // Who strikes with a thing is in charge of it, and so is he whom a blow at his thing hits.
        (_, Doer, Means) | (_, Target, Thing) => Some("InChargeOf"),
        (_, Doer | Means, Target | Thing) => Some("FightingAgainst"),
        _ => None,
    }
}

/// Does a part of a claim stand for the given entity: their words share a letter, or the part is a pronoun that stands for it?
fn stands_for(text: &str, filler: &Filler, entity: &Range<usize>) -> bool {
    let span = filler.span.start()..filler.span.end();
    let words = |s: &str| s.to_lowercase();
    let called = words(&filler.name);
    let own = words(filler.span.of(text));
    let named = words(&text[entity.clone()]);
    overlap(&span, entity) || (!own.contains(&called) && !called.is_empty() && named.contains(&called))
}

/// The ends of a claim at which an entity stands.
fn ends(read: &Read, claim: &Claim, entity: &Range<usize>) -> Vec<End> {
    // "An air strike hit X": what is marked as a means may be the word that tells of the deed. A title is whoever bears it.
    if overlap(&(claim.trigger.start()..claim.trigger.end()), entity) {
        return vec![if claim.predicate.id() == "leads" { End::Doer } else { End::Means }];
    }
    let roles = [
        (End::Doer, Role::Actor),
        (End::Doer, Role::Associate),
        (End::Means, Role::Instrument),
        (End::Target, Role::Recipient),
        (End::Thing, Role::Object),
        (End::Thing, Role::Topic),
    ];
    let mut found: Vec<End> = roles
        .into_iter()
        .filter(|(_, role)| claim.fillers(*role).any(|f| stands_for(read.text(), f, entity)))
        .map(|(end, _)| end)
        .collect();
    let place = claim.place.as_ref().and_then(|p| p.span);
    if place.is_some_and(|p| overlap(&(p.start()..p.end()), entity)) {
        found.push(End::Ground);
    }
    found
}

/// What a claim says of two entities, whichever of them comes first.
fn says(read: &Read, claim: &Claim, source: &Range<usize>, target: &Range<usize>) -> Option<&'static str> {
    let (a, b) = (ends(read, claim, source), ends(read, claim, target));
    let pairs = a.iter().flat_map(|&x| b.iter().flat_map(move |&y| [(x, y), (y, x)]));
    pairs.into_iter().find_map(|(from, to)| {
        // One phrase that holds both is one side.
        let apart = from != to || claim.fillers(Role::Actor).chain(claim.fillers(Role::Associate)).count() > 1;
        apart.then(|| relation_of(claim, from, to)).flatten()
    })
}

/// Why nothing is said of two entities.
fn cause(read: &Read, relation: &Relation, source: &Range<usize>, target: &Range<usize>) -> String {
    let sentence = |c: &Claim| c.sentence.start()..c.sentence.end();
    let here: Vec<&Claim> =
        read.claims().filter(|c| overlap(&sentence(c), source) || overlap(&sentence(c), target)).collect();
    let holds = |c: &Claim, side: &Range<usize>| !ends(read, c, side).is_empty();
    let both = here.iter().find(|c| holds(c, source) && holds(c, target));
    let one = |side| here.iter().any(|c| holds(c, side));
    let why = match both {
        Some(claim) if ends(read, claim, source) == ends(read, claim, target) => {
            format!("on one side of {}", claim.predicate.id())
        }
        Some(claim) => {
            format!("{} as {:?} and {:?}", claim.predicate.id(), ends(read, claim, source), ends(read, claim, target))
        }
        None if here.is_empty() => "no claim in the sentence".to_owned(),
        None if one(source) && one(target) => "in two claims".to_owned(),
        None if one(source) || one(target) => {
            let side = if one(source) { source } else { target };
            let claim = here.iter().find(|c| holds(c, side)).expect("one of them holds a side");
            format!("only one, {:?} of {}", ends(read, claim, side)[0], claim.predicate.id())
        }
        None => "neither in a claim".to_owned(),
    };
    format!("{}: {why}", relation.class)
}

pub(super) fn re3d() -> Result<Outcome, String> {
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
            // One pair of words may stand in several claims, each a relation of its own.
            let found: BTreeSet<&str> = read.claims().filter_map(|c| says(&read, c, &source, &target)).collect();
            let asked = ASKED.contains(&relation.class.as_str());
            let right = usize::from(found.contains(relation.class.as_str()));
            for name in &found {
                classes.entry((*name).to_owned()).or_default().system += 1;
                if *name != relation.class {
                    note(&mut errors, format!("{} read as {name}", relation.class));
                }
            }
            if asked {
                let class = classes.entry(relation.class.clone()).or_default();
                class.gold += 1;
                class.right += right;
                all.gold += 1;
                if found.is_empty() {
                    note(&mut errors, cause(&read, relation, &source, &target));
                }
            }
            all.system += found.len();
            all.right += right;
        }
    }
    Ok(Outcome {
        set: "re3d",
        rule: "Every related pair of given entities: what a claim that has one of them at one end and the other at another (either\n\
               way round) says of them. Hostility and assaults by an actor or means on a recipient or object, and sieges of a\n\
               place, are FightingAgainst; support, alliance and aid AlliesOf; leading somebody, holding or taking a place, and\n\
               striking with something InChargeOf. The set's other relations are pairs where silence is right.",
        items: items.len(),
        figures: vec![Figure::f1("FightingAgainst, AlliesOf, InChargeOf", all, Some(45.0))],
        peers: &[("others", "none comparable")],
        classes,
        errors,
    })
}
