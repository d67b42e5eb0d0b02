//! Events for a person: one heading, the sentence that tells it best, everybody else who tells it, every disagreement.

use super::claim::{at, heading, said_by, snippet};
use super::style::{DOUBT, FAINT, FIGURE, FIRM, SOURCE, paint};
use super::words;
use crate::book::Book;
use crate::record::DocumentRecord;
use std::fmt::Write as _;
use vigie_claims::{Claim, Polarity};
use vigie_events::{Event, Grade, Version};

/// The claim that tells an event best: the event's own predicate, no headline, the most parts, the first told.
pub(crate) fn best<'a>(event: &Event, book: &Book<'a>) -> Option<(&'a DocumentRecord, &'a Claim)> {
    let claims = event.claims.iter().filter_map(|id| book.claim(*id));
    claims.enumerate().max_by_key(|(at, (_, c))| (value(c, event), std::cmp::Reverse(*at))).map(|(_, found)| found)
}

fn value(claim: &Claim, event: &Event) -> (bool, bool, usize) {
    let parts = claim.arguments.len() + usize::from(claim.place.is_some()) + usize::from(claim.period.is_some());
    (claim.predicate == event.predicate, !claim.headline, parts)
}

/// One event as a block of lines, with an empty line after it.
pub(crate) fn block(event: &Event, book: &Book, width: usize) -> String {
    let Some((document, claim)) = best(event, book) else { return String::new() };
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{}{}  {}", heading(claim), counted(event, claim), grade(event));
    out.push_str(&snippet(claim, document, width));
    let mut line = |name: &str, text: String| {
        let _ = writeln!(out, "   {} {}", paint(FAINT, format!("= {name}:")), text);
    };
    line("said by", paint(SOURCE, said_by(claim, document)));
    for id in event.claims.iter().filter(|id| **id != claim.id) {
        let Some((other_document, other)) = book.claim(*id) else { continue };
        line(relation(event, claim, other), also(other, other_document));
    }
    for (name, told) in disagreements(event, book) {
        line(&format!("{name} told differently"), told);
    }
    out.push('\n');
    out
}

/// What other claims of the event count and the one that is shown does not: a raid is told with its dead.
fn counted(event: &Event, shown: &Claim) -> String {
    let missing = event.figures.iter().filter(|(unit, _)| !shown.figures.iter().any(|f| f.unit == *unit));
    let best = missing.filter_map(|(unit, told)| Some((unit, told.all().first()?.value)));
    best.map(|(unit, (low, high))| format!("  {}", paint(FIGURE, words::count(low, high, unit)))).collect()
}

/// How another claim of the event stands to the one that is shown.
fn relation(event: &Event, shown: &Claim, other: &Claim) -> &'static str {
    let side = |claim: &Claim| {
        event.happened.all().iter().find(|v| v.claims.contains(&claim.id)).map_or(Polarity::Positive, |v| v.value)
    };
    match (side(shown), side(other)) {
        (one, two) if one == two => "also said by",
        (Polarity::Positive, _) => "denied by",
        _ => "affirmed by",
    }
}

fn also(claim: &Claim, document: &DocumentRecord) -> String {
    let mut words = vec![format!("\"{}\"", claim.trigger.of(&document.text))];
    words.extend(words::doubts(claim.factuality).into_iter().map(str::to_owned));
    if claim.headline {
        words.push("headline".to_owned());
    }
    let place = paint(FAINT, format!("({}, {})", at(claim, document), words.join(", ")));
    format!("{} {place}", paint(SOURCE, said_by(claim, document)))
}

fn grade(event: &Event) -> String {
    let named = event.origins.iter().filter(|o| o.origin.is_named()).count();
    let style = match event.grade {
        Grade::Corroborated | Grade::Admitted => FIRM,
        Grade::Contested | Grade::Retracted => DOUBT,
        Grade::SingleSource | Grade::Unattributed => FAINT,
    };
    paint(style, format!("[{}]", words::grade(event.grade, named)))
}

/// Fields for which more than one value is told, with the number of claims for each.
fn disagreements(event: &Event, book: &Book) -> Vec<(String, String)> {
    let people = |ids: &Vec<vigie_claims::ActorId>| {
        ids.iter().map(|id| book.name(id).to_owned()).collect::<Vec<_>>().join(" + ")
    };
    let mut found = vec![
        ("actor".to_owned(), told(event.actors.all(), people)),
        ("recipient".to_owned(), told(event.recipients.all(), people)),
        ("place".to_owned(), told(event.place.all(), |id| book.name(id).to_owned())),
        ("date".to_owned(), told(event.period.all(), |(first, last)| words::days(*first, *last))),
    ];
    for (unit, counts) in &event.figures {
        found.push((unit.to_string(), told(counts.all(), |(low, high)| words::count(*low, *high, unit))));
    }
    found.into_iter().filter_map(|(name, told)| told.map(|told| (name, told))).collect()
}

fn told<T>(versions: &[Version<T>], word: impl Fn(&T) -> String) -> Option<String> {
    let mut by_word: Vec<(String, usize)> = Vec::new();
    for version in versions {
        let word = word(&version.value);
        // A name without a place on the map beside the same name with one is no disagreement.
        match by_word.iter_mut().find(|(known, _)| *known == word) {
            Some((_, claims)) => *claims += version.claims.len(),
            None => by_word.push((word, version.claims.len())),
        }
    }
    let one = |(word, claims): &(String, usize)| {
        format!("{word} {}", paint(FAINT, format!("({})", words::plural(*claims, "claim"))))
    };
    (by_word.len() > 1).then(|| by_word.iter().map(one).collect::<Vec<_>>().join(" | "))
}
