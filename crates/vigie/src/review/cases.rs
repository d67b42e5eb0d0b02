//! Decisions as cases in the format of `resources/ontology/*/cases.*.md`: a sentence and the claims that it should give. What
//! a person decided becomes what a test expects.

use super::apply::{Reviewed, marks};
use crate::record::DocumentRecord;
use crate::show;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use vigie_claims::{Claim, Polarity, Realis, Role};
use vigie_text::Span;

/// What was decided about the claims of one sentence.
#[derive(Default)]
struct Found<'a> {
    counted: Vec<&'a Claim>,
    rejected: Vec<&'a Claim>,
}

/// A case for each sentence of which a claim was accepted, corrected or rejected, in the order of the documents. A case is
/// closed (no other claim is expected) when all its claims were decided on or one was rejected.
#[must_use]
pub fn cases(reviewed: &Reviewed) -> String {
    let mut out = String::new();
    for document in &reviewed.documents {
        let mut sentences: BTreeMap<Span, Found> = BTreeMap::new();
        for claim in &document.claims {
            sentences.entry(claim.sentence).or_default().counted.push(claim);
        }
        let rejected = reviewed.rejected.iter().filter(|d| d.id == document.id).flat_map(|d| &d.claims);
        for claim in rejected {
            sentences.entry(claim.sentence).or_default().rejected.push(claim);
        }
        for (sentence, found) in sentences {
            let decided = found.counted.iter().filter(|c| marks(c).next().is_some()).count();
            if decided > 0 || !found.rejected.is_empty() {
                case(document, sentence, &found, decided, &mut out);
            }
        }
    }
    out
}

fn case(document: &DocumentRecord, sentence: Span, found: &Found, decided: usize, out: &mut String) {
    let first = found.counted.iter().chain(&found.rejected).min_by_key(|c| c.trigger).expect("a claim of the sentence");
    // Headings are unique in a file: the id of the claim sees to that.
    let title = show::short_id(first.id);
    let by: BTreeSet<&str> = found.counted.iter().chain(&found.rejected).flat_map(|c| marks(c)).collect();
    let date = document.published.map(|day| format!(" date={day}")).unwrap_or_default();
    let words: Vec<&str> = sentence.of(&document.text).split_whitespace().collect();
    let _ = writeln!(out, "## {title}");
    let _ = writeln!(out, "{}: {}.", document.path, by.into_iter().collect::<Vec<_>>().join(", "));
    let _ = writeln!(out, "```text{date}\n{}\n```\n```claims", words.join(" "));
    let closed = decided == found.counted.len() || !found.rejected.is_empty();
    for claim in &found.counted {
        if closed || marks(claim).next().is_some() {
            let _ = writeln!(out, "{}", expectation(document, claim));
        }
    }
    if !closed {
        out.push_str("...\n");
    }
    out.push_str("```\n\n");
}

/// One line of a `claims` block.
fn expectation(document: &DocumentRecord, claim: &Claim) -> String {
    let sentence = claim.sentence.of(&document.text);
    let mut line = claim.predicate.id().to_owned();
    let mut put = |piece: String| {
        line.push_str("  ");
        line.push_str(&piece);
    };
    // A quotation mark or a break inside a piece cannot be written in this format; what is not written is not checked.
    let quotable = |words: &str| !words.contains(['"', '\n']);
    for role in [Role::Actor, Role::Recipient] {
        if claim.fillers(role).next().is_none() {
            put(format!("{}=-", role.as_str()));
        }
    }
    for argument in &claim.arguments {
        let f = &argument.filler;
        // What was corrected has no words of its own: its name, if the sentence has it.
        let read = f.span != claim.trigger && f.span.of(&document.text).contains(f.name.as_str());
        let words = if read { f.span.of(&document.text) } else { f.name.as_str() };
        let here = claim.sentence.start() <= f.span.start() && f.span.end() <= claim.sentence.end();
        if here && quotable(words) && sentence.contains(words) {
            put(format!("{}=\"{words}\"", argument.role.as_str()));
        }
    }
    match &claim.place {
        None => put("place=-".to_owned()),
        Some(place) if quotable(&place.name) && sentence.contains(&place.name) => {
            put(format!("place=\"{}\"", place.name))
        }
        Some(_) => {}
    }
    match &claim.period {
        None => put("when=-".to_owned()),
        Some(p) if p.first == Some(p.last) => put(format!("when={}", p.last)),
        Some(p) => put(format!("when={}..{}", p.first.map(|d| d.to_string()).unwrap_or_default(), p.last)),
    }
    for figure in &claim.figures {
        let number =
            if figure.low == figure.high { figure.low.to_string() } else { format!("{}..{}", figure.low, figure.high) };
        put(format!("figure={number}"));
        put(format!("unit={}", figure.unit));
    }
    let f = claim.factuality;
    match (f.realis, f.polarity) {
        (Realis::Actual, Polarity::Positive) => put("+actual".to_owned()),
        (Realis::Actual, Polarity::Negative) => put("-actual".to_owned()),
        _ => {
            put(format!("realis={}", f.realis.as_str()));
            put(format!("polarity={}", f.polarity.as_str()));
        }
    }
    put(format!("certainty={}", f.certainty.as_str()));
    if claim.again {
        put("again".to_owned());
    }
    line
}
