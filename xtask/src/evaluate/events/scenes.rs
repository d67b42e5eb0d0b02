//! `event_place`: a marked verb, where did it happen?

use super::report::{Figure, Outcome};
use super::text::{Bytes, Read, overlap};
use super::{lines, note};
use crate::evaluate::score::Count;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use vigie_claims::Claim;

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
