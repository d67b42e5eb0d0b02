//! The unit records of PETRARCH-2: invented countries, one or more coded triples a sentence.

mod causes;
mod codes;

use super::note;
use super::report::{Figure, Outcome};
use super::text::{Read, root};
use crate::corpora::workspace;
use crate::evaluate::score::Count;
use causes::cause;
use codes::{Side, is_named, merged, names, occurs, root_of, side};
use std::collections::{BTreeMap, BTreeSet};
use vigie_claims::{Claim, Role};

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

pub(super) fn petrarch() -> Result<Outcome, String> {
    let path = workspace().join("../shared/data/events/petrarch2/PETR.UnitTest.records.xml");
    let xml = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let items = records(&xml);
    let (mut dyads, mut triples, mut meetable) = (Count::default(), Count::default(), Count::default());
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
        meetable.gold += gold.len();
        meetable.right += gold.iter().filter(|(s, t)| occurs(&read, s) && occurs(&read, t)).count();
        for pair in &gold {
            if !ours.iter().any(|o| fits(o, *pair)) {
                let roots: BTreeSet<&str> =
                    coded.iter().filter(|(s, t, _)| (*s, *t) == *pair).map(|(_, _, root)| *root).collect();
                note(&mut errors, cause(&read, &ours, *pair));
                let root = roots.first().filter(|root| !root.is_empty()).unwrap_or(&"of the suite's own");
                note(&mut errors, format!("code {root}: not met"));
            }
        }
    }
    // Whoever reads everything right still gives the dyads whose codes cannot be met, and they count as wrong.
    let ceiling = Count { gold: meetable.gold, system: meetable.gold, right: meetable.right };
    Ok(Outcome {
        set: "petrarch2",
        rule: "The suite's sentences from bare text. A dyad is source and target by the three letters of their codes: those of\n\
               the state, or the letters that begin the name. What is coded with one side alone is left out, as the suite does with whoever is\n\
               told by no name. Of ours the named actor and recipient of every claim that PLOVER counts; of those who act on\n\
               each other the first is the source, but agreements count both ways, as in the suite. The suite's dictionary of\n\
               other names is not at hand, so some of its codes cannot be met from the text; the ceiling is what a reading of\n\
               every dyad would reach. A triple also has the root of the code in PLOVER's words; many codes of the suite are\n\
               of its own verb dictionary and mean nothing outside it.",
        items: items.len(),
        figures: vec![
            Figure::f1("dyads", dyads, Some(70.0)),
            Figure::f1("triples (root)", triples, None),
            Figure::f1("dyads, were all read right (the ceiling)", ceiling, None),
        ],
        peers: &[("PETRARCH-2", "F1 41 for triples and dyads"), ("UniversalPetrarch", "F1 78 on its own suite")],
        classes: BTreeMap::new(),
        errors,
    })
}

/// Actor, recipient and root of every claim of an event that has both.
fn pairs(read: &Read) -> Vec<(Side, Side, &'static str)> {
    // The suite codes nobody whom no name tells ("---" in its codes), so neither do we here.
    let sides = |claim: &Claim, role: Role| -> Vec<Side> {
        claim.fillers(role).map(|f| side(read, f)).filter(|s| is_named(read, s)).collect()
    };
    let mut found = Vec::new();
    for claim in read.events() {
        let Some(root) = root(claim) else { continue };
        let (actors, recipients) = (sides(claim, Role::Actor), sides(claim, Role::Recipient));
        for actor in &actors {
            found.extend(recipients.iter().map(|r| (actor.clone(), r.clone(), root)));
        }
        if claim.fillers(Role::Recipient).next().is_some() {
            continue;
        }
        // Of those who act on each other the suite makes the first the source; agreements alone it codes both ways.
        for (i, actor) in actors.iter().enumerate() {
            let others = actors.iter().enumerate().filter(|(k, _)| *k > i || *k != i && root == "AGREE");
            found.extend(others.map(|(_, other)| (actor.clone(), other.clone(), root)));
        }
    }
    found.sort();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_claims::ActorId;

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
