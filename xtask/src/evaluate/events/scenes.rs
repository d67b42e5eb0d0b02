//! `event_place`: a marked verb, where did it happen?

use super::report::{Figure, Outcome};
use super::text::{Bytes, Read, Tied, overlap};
use super::{lines, note};
use crate::evaluate::score::Count;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use vigie_claims::Claim;
use vigie_text::Span;

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
    let mut places = Count::default();
    let mut given = Count::default();
    let mut others = Count::default();
    let mut classes: BTreeMap<String, Count> = BTreeMap::new();
    let mut errors = BTreeMap::new();
    for item in &items {
        let bytes = Bytes::of(&item.text);
        let marks = |name: &'static str| item.spans.iter().filter(move |s| s.label == name);
        let verbs: Vec<Range<usize>> = marks("VERB").map(|s| bytes.range(s.start, s.end)).collect();
        let (read, verb_places) = Read::with_verbs(&item.text, "en", None, &verbs)?;
        let gold: Vec<Range<usize>> =
            marks("LOCATION").filter_map(|m| location(&read, m, bytes.range(m.start, m.end))).collect();
        let claims: Vec<&Claim> = verbs.iter().flat_map(|verb| at(&read, verb)).collect();
        let (ours, how) = answer(&read, &claims, &verb_places);
        let right = gold.iter().filter(|g| ours.iter().any(|o| overlap(g, o))).count();
        // A phrase of ours may hold several names of the gold ("Raqqa in Syria").
        let counted = Count { gold: gold.len(), system: ours.len().max(right), right };
        let class = classes.entry(item.origin.clone()).or_default();
        let mut counts = vec![&mut places, class];
        if !claims.is_empty() {
            counts.push(&mut given);
        }
        if item.origin != HARDLY_MARKED {
            counts.push(&mut others);
        }
        for count in counts {
            count.gold += counted.gold;
            count.system += counted.system;
            count.right += counted.right;
        }
        match (ours.is_empty(), gold.is_empty()) {
            (false, true) => note(&mut errors, format!("a place where the gold has none ({how})")),
            (false, false) if right == 0 => note(&mut errors, format!("another place ({how})")),
            (true, false) if claims.is_empty() => note(&mut errors, "the verb evokes no event of ours".to_owned()),
            (true, false) => note(&mut errors, "an event without a place".to_owned()),
            _ => {}
        }
    }
    Ok(Outcome {
        set: "event_place",
        rule: "The places of a marked verb: the name that the sentence ties to it and those listed with it, whether or not the verb\n\
               evokes something of ours, else the named place of a claim of that verb. Right: the words share a letter with a gold\n\
               place. Four sources hold numbers of tokens where the others hold letters; they are turned back into letters. In one\n\
               source (Masdar_RA, \"killed\" nearly everywhere) seven of eight verbs have no place marked, and of those behind which\n\
               \"in X\" stands two in three. Which ties tell a place was tried on tables counted over this set (experiments.md), so\n\
               take the figure as one of development. In brackets: how our place was tied to the verb.",
        items: items.len(),
        figures: vec![
            Figure::f1("place of every verb (precision, recall)", places, Some(75.0)),
            Figure::f1("place of every verb, without Masdar_RA", others, None),
            Figure::f1("place of verbs that evoke an event of ours", given, None),
        ],
        peers: &[("a neural model trained on the set", "P/R 83/83")],
        classes,
        errors,
    })
}

/// A source whose verbs hardly have a place marked.
const HARDLY_MARKED: &str = "Masdar_RA";

/// Our places of a verb, and how the first was tied to it.
fn answer(read: &Read, claims: &[&Claim], tied: &[Tied]) -> (Vec<Range<usize>>, String) {
    if let Some(named) = tied.iter().find(|places| !places.is_empty()) {
        let spans = named.iter().map(|(span, _)| span.start()..span.end()).collect();
        return (spans, format!("{:?}", named[0].1).to_lowercase());
    }
    // The set asks for names: a claim that happened in "the village" has none to give.
    let named = |span: &Span| span.of(read.text()).split_whitespace().any(|w| w.starts_with(char::is_uppercase));
    let told = claims.iter().find_map(|c| c.place.as_ref().and_then(|p| p.span).filter(named));
    (told.map(|s| s.start()..s.end()).into_iter().collect(), "claim".to_owned())
}

/// Most letters of a mark that is none of letters.
const FEWEST: usize = 4;

/// Where a location stands. In four sources most marks hold the numbers of the first and the last token instead of
/// letters: those cover a few letters in lower case near the beginning of the text.
fn location(read: &Read, mark: &Label, letters: Range<usize>) -> Option<Range<usize>> {
    let text = read.text();
    let name = text.get(letters.clone()).is_some_and(|t| t.starts_with(char::is_uppercase));
    if name || mark.end - mark.start >= FEWEST {
        return Some(letters);
    }
    let tokens = tokens(read);
    let found = tokens.get(mark.start..=mark.end)?;
    Some(found.first()?.start..found.last()?.end)
}

/// The tokens of a text as the makers of the set counted them: white space is one too, but for a space between two others.
fn tokens(read: &Read) -> Vec<Range<usize>> {
    let (text, mut found, mut end) = (read.text(), Vec::new(), 0);
    for token in read.tokens() {
        let gap = end..token.start();
        if !gap.is_empty() && (end == 0 || &text[gap.clone()] != " ") {
            found.push(gap);
        }
        found.push(token.start()..token.end());
        end = token.end();
    }
    found
}
