//! W3C Web Annotations (JSON-LD): an annotation a claim, on its sentence, found again by its words with those around them and
//! by its place in code points.

use super::file::Row;
use super::wire::{claim_id, document_id};
use crate::record::DocumentRecord;
use crate::show;
use serde::Serialize;
use std::io::{self, Write};
use vigie_claims::Claim;
use vigie_text::Span;

/// Characters before and after the sentence.
const AROUND: usize = 32;
const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

#[derive(Serialize)]
struct Collection<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    id: &'static str,
    r#type: &'static str,
    total: usize,
    first: Page<'a>,
}

#[derive(Serialize)]
struct Page<'a> {
    id: &'static str,
    r#type: &'static str,
    #[serde(rename = "startIndex")]
    start: usize,
    items: Vec<Annotation<'a>>,
}

#[derive(Serialize)]
struct Annotation<'a> {
    id: String,
    r#type: &'static str,
    motivation: [&'static str; 2],
    body: Vec<Body>,
    target: Target<'a>,
}

#[derive(Serialize)]
struct Body {
    r#type: &'static str,
    purpose: &'static str,
    format: &'static str,
    value: String,
}

#[derive(Serialize)]
struct Target<'a> {
    source: String,
    selector: [Selector<'a>; 2],
}

#[derive(Serialize)]
#[serde(tag = "type")]
enum Selector<'a> {
    #[serde(rename = "TextQuoteSelector")]
    Quote { exact: &'a str, prefix: &'a str, suffix: &'a str },
    #[serde(rename = "TextPositionSelector")]
    Position { start: usize, end: usize },
}

/// Writes one collection over the claims, and gives back how many there are.
///
/// # Errors
/// When the output cannot be written.
pub fn write(claims: &[Row], out: &mut dyn Write) -> io::Result<usize> {
    let items: Vec<Annotation> = claims.iter().map(|(document, claim)| annotation(document, claim)).collect();
    let total = items.len();
    let first = Page { id: "urn:vigie:page", r#type: "AnnotationPage", start: 0, items };
    let collection =
        Collection { context: CONTEXT, id: "urn:vigie:claims", r#type: "AnnotationCollection", total, first };
    serde_json::to_writer_pretty(&mut *out, &collection)?;
    writeln!(out)?;
    Ok(total)
}

fn annotation<'a>(document: &'a DocumentRecord, claim: &'a Claim) -> Annotation<'a> {
    let body = |purpose, value| Body { r#type: "TextualBody", purpose, format: "text/plain", value };
    Annotation {
        id: format!("urn:vigie:{}", claim_id(claim.id)),
        r#type: "Annotation",
        motivation: ["classifying", "describing"],
        body: vec![
            body("classifying", claim.predicate.id().to_owned()),
            body("describing", show::plain(claim, document)),
        ],
        target: Target {
            // Spans count in the text that was taken from the page, which the id of the document names; the address is
            // where a reader finds the page.
            source: document.url.clone().unwrap_or_else(|| format!("urn:vigie:{}", document_id(document.id))),
            selector: selectors(&document.text, claim.sentence),
        },
    }
}

fn selectors(text: &str, span: Span) -> [Selector<'_>; 2] {
    let (before, after) = (&text[..span.start()], &text[span.end()..]);
    let prefix = before.char_indices().rev().take(AROUND).last().map_or("", |(at, _)| &before[at..]);
    let suffix = after.char_indices().nth(AROUND).map_or(after, |(at, _)| &after[..at]);
    let start = before.chars().count();
    let exact = span.of(text);
    [Selector::Quote { exact, prefix, suffix }, Selector::Position { start, end: start + exact.chars().count() }]
}
