//! The unit records of PETRARCH-2: invented countries, one or more coded triples a sentence.

use super::note;
use super::report::{Figure, Outcome};
use super::text::{Read, root};
use crate::corpora::workspace;
use crate::evaluate::score::Count;
use std::collections::{BTreeMap, BTreeSet};
use vigie_claims::{ActorId, Claim, Role};

/// One record: its text and its triples (source, target, CAMEO code).
#[derive(Debug, Default, PartialEq, Eq)]
struct Record {
    text: String,
    triples: Vec<(String, String, String)>,
}

/// The value of an attribute in a tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let rest = tag.split(&format!("{name}=\"")).nth(1)?;
    Some(rest.split('"').next()?.to_owned())
}

/// The records that the suite itself counts: those marked as sentences that are to be coded.
fn records(xml: &str) -> Vec<Record> {
    let mut found = Vec::new();
    for part in xml.split("<Sentence ").skip(1) {
        let body = part.split("</Sentence>").next().unwrap_or_default();
        let Some(text) = body.split("<Text>").nth(1).and_then(|t| t.split("</Text>").next()) else { continue };
        let mut record = Record { text: text.split_whitespace().collect::<Vec<_>>().join(" "), triples: Vec::new() };
        for tag in body.split("<EventCoding ").skip(1) {
            let tag = tag.split('>').next().unwrap_or_default();
            // What is coded with one side alone ("---") is no dyad.
            let told = |code: &String| !code.starts_with('-');
            if let (Some(source), Some(target), Some(code)) = (
                attribute(tag, "sourcecode").filter(told),
                attribute(tag, "targetcode").filter(told),
                attribute(tag, "eventcode"),
            ) {
                record.triples.push((source, target, code));
            }
        }
        found.push(record);
    }
    found
}

/// One side of ours: its words, and the actor that they name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Side {
    words: String,
    actor: Option<ActorId>,
}

/// Is a side the country or group of a code? Codes of countries are those of their states; the suite's dictionary makes
/// those of invented ones of the first three letters of their names ("Gondor" GON). Roles follow ("GONMIL") and are not
/// asked for.
fn names(side: &Side, code: &str) -> bool {
    let Some(stem) = code.get(..3).map(str::to_lowercase) else { return false };
    let state = side.actor.as_deref().is_some_and(|id| id.split('.').next() == Some(stem.as_str()));
    state || side.words.split(|c: char| !c.is_alphanumeric()).any(|word| word.to_lowercase().starts_with(&stem))
}

/// The root of a CAMEO code in PLOVER's words.
fn root_of(code: &str) -> &'static str {
    match code.get(..2).unwrap_or_default() {
        "02" | "10" => "REQUEST",
        "03" => "AGREE",
        "04" => "CONSULT",
        "05" => "SUPPORT",
        "06" => "COOPERATE",
        "07" => "AID",
        "08" => "YIELD",
        "09" | "11" => "ACCUSE",
        "12" => "REJECT",
        "13" => "THREATEN",
        "14" => "PROTEST",
        "15" => "MOBILIZE",
        "16" => "SANCTION",
        "17" => "COERCE",
        "18" | "19" | "20" => "ASSAULT",
        _ => "",
    }
}

pub(super) fn petrarch() -> Result<Outcome, String> {
    let path = workspace().join("../shared/data/events/petrarch2/PETR.UnitTest.records.xml");
    let xml = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let items = records(&xml);
    let (mut dyads, mut triples) = (Count::default(), Count::default());
    let mut errors = BTreeMap::new();
    for item in &items {
        let read = Read::of(&item.text, "en", None)?;
        let gold: BTreeSet<(&str, &str)> =
            item.triples.iter().map(|(s, t, _)| (s.get(..3).unwrap_or(s), t.get(..3).unwrap_or(t))).collect();
        let ours = pairs(&read);
        let fits = |claim: &(Side, Side, &str), (s, t): (&str, &str)| names(&claim.0, s) && names(&claim.1, t);
        dyads.gold += gold.len();
        let right = gold.iter().filter(|pair| ours.iter().any(|o| fits(o, **pair))).count();
        dyads.right += right;
        let distinct: BTreeSet<(&Side, &Side)> = ours.iter().map(|(s, t, _)| (s, t)).collect();
        let wrong = distinct.iter().filter(|(s, t)| !gold.iter().any(|(a, b)| names(s, a) && names(t, b))).count();
        dyads.system += right + wrong;
        let coded: BTreeSet<(&str, &str, &str)> = item
            .triples
            .iter()
            .map(|(s, t, c)| (s.get(..3).unwrap_or(s), t.get(..3).unwrap_or(t), root_of(c)))
            .collect();
        let hit = coded.iter().filter(|(s, t, r)| ours.iter().any(|o| fits(o, (s, t)) && merged(o.2) == *r)).count();
        triples.gold += coded.len();
        triples.right += hit;
        triples.system +=
            hit + ours.iter().filter(|o| !coded.iter().any(|(s, t, r)| fits(o, (s, t)) && merged(o.2) == *r)).count();
        for pair in &gold {
            let either = |name: &str| ours.iter().any(|o| names(&o.0, name) || names(&o.1, name));
            if ours.iter().any(|o| fits(o, *pair)) {
                continue;
            }
            note(
                &mut errors,
                match (ours.is_empty(), ours.iter().any(|o| fits(o, (pair.1, pair.0)))) {
                    (true, _) => "nothing with two sides read".to_owned(),
                    (_, true) => "the two sides the other way round".to_owned(),
                    _ if either(pair.0) || either(pair.1) => "one side right".to_owned(),
                    _ => "other sides read".to_owned(),
                },
            );
        }
    }
    Ok(Outcome {
        set: "petrarch2",
        rule: "The suite's sentences from bare text. A dyad is source and target by the three letters of their codes: those of\n\
               the state, or the letters that begin the name (the suite's dictionary of other names is not at hand, so about\n\
               a third of its codes cannot be met). What is coded with one side alone is left out. Of ours the actor and\n\
               the recipient of every claim that PLOVER counts. A triple also has the root of the code in PLOVER's words; many\n\
               codes of the suite are of its own verb dictionary and mean nothing outside it.",
        items: items.len(),
        figures: vec![Figure::f1("dyads", dyads, Some(70.0)), Figure::f1("triples (root)", triples, None)],
        peers: &[("PETRARCH-2", "F1 41 for triples and dyads"), ("UniversalPetrarch", "F1 78 on its own suite")],
        classes: BTreeMap::new(),
        errors,
    })
}

fn merged(root: &str) -> &str {
    if matches!(root, "CONCEDE" | "RETREAT") { "YIELD" } else { root }
}

/// Actor, recipient and root of every claim of an event that has both.
fn pairs(read: &Read) -> Vec<(Side, Side, &'static str)> {
    let side = |claim: &Claim, role: Role| -> Vec<Side> {
        claim
            .fillers(role)
            .map(|f| Side { words: format!("{} {}", read.words(f), f.name), actor: f.actor.clone() })
            .collect()
    };
    let mut found = Vec::new();
    for claim in read.events() {
        let Some(root) = root(claim) else { continue };
        let (actors, recipients) = (side(claim, Role::Actor), side(claim, Role::Recipient));
        for actor in &actors {
            found.extend(recipients.iter().map(|r| (actor.clone(), r.clone(), root)));
            // Those who act on each other are each other's recipients.
            if recipients.is_empty() {
                found.extend(actors.iter().filter(|a| *a != actor).map(|a| (actor.clone(), a.clone(), root)));
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_read() {
        let xml = "<Sentence id=\"A\"><EventCoding sourcecode=\"VASGOV\" targetcode=\"TAM\" eventcode=\"042\"></EventCoding>\n\
                   <Text>\nVasra's leader\nvisited Tamsa.\n</Text></Sentence>";
        let triple = ("VASGOV".to_owned(), "TAM".to_owned(), "042".to_owned());
        assert_eq!(records(xml), [Record { text: "Vasra's leader visited Tamsa.".to_owned(), triples: vec![triple] }]);
    }

    #[test]
    fn codes_begin_names() {
        let side = |words: &str, actor: Option<&str>| Side { words: words.to_owned(), actor: actor.map(ActorId::from) };
        assert!(
            names(&side("the leader of Vasra", None), "VASGOV") && !names(&side("the leader of Tamsa", None), "VASGOV")
        );
        assert!(names(&side("American troops", Some("usa.army")), "USAMIL") && !names(&side("x", Some("fra")), "USA"));
        assert!(!names(&side("x", None), ""));
        assert_eq!((root_of("1031"), root_of("190"), root_of("015")), ("REQUEST", "ASSAULT", ""));
    }
}
