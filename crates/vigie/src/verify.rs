//! Answers derived again from the texts: claims are read anew, events and situations computed anew, and every field that is
//! not the same is told. A proof that cannot be repeated is none.

use crate::belt::with_belt;
use crate::book::Book;
use crate::export::wire::{Lines, claim_id};
use crate::pipeline;
use crate::record::DocumentRecord;
use crate::review::{self, Decision, Reviewed};
use jiff::civil::Date;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZero;
use vigie_claims::{Claim, ClaimId};

/// Something that did not come out as it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The id of the answer.
    pub id: String,
    /// What is not the same.
    pub what: String,
}

/// What a check showed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verdict {
    /// Answers that were derived again and came out the same.
    pub same: usize,
    /// Those that did not.
    pub mismatches: Vec<Mismatch>,
}

impl Verdict {
    fn note(&mut self, id: String, faults: Vec<String>) {
        if faults.is_empty() {
            self.same += 1;
        }
        self.mismatches.extend(faults.into_iter().map(|what| Mismatch { id: id.clone(), what }));
    }
}

/// Reads documents anew and compares their claims with those that are kept.
#[must_use]
pub fn claims(documents: &[DocumentRecord], threads: NonZero<usize>) -> Verdict {
    let mut verdict = Verdict::default();
    with_belt(
        threads,
        |document: &DocumentRecord| (document, pipeline::read_again(document)),
        |belt| {
            let mut take = |done: Vec<(&DocumentRecord, Vec<Claim>)>| {
                for (document, again) in done {
                    compare(document, &again, &mut verdict);
                }
            };
            for document in documents {
                take(belt.put(document));
            }
            take(belt.rest());
        },
    );
    verdict
}

fn compare(document: &DocumentRecord, again: &[Claim], verdict: &mut Verdict) {
    let mut again: BTreeMap<ClaimId, &Claim> = again.iter().map(|c| (c.id, c)).collect();
    for kept in &document.claims {
        let faults = match again.remove(&kept.id) {
            None => vec!["is not read in this text by this program".to_owned()],
            Some(now) if now == kept => Vec::new(),
            Some(now) => differences(&record(document, kept), &record(document, now)),
        };
        verdict.note(claim_id(kept.id), faults);
    }
    for id in again.into_keys() {
        verdict.note(claim_id(id), vec!["is read in this text by this program and was not kept".to_owned()]);
    }
}

fn record(document: &DocumentRecord, claim: &Claim) -> Value {
    let mut lines = Lines::new();
    lines.claim(document, claim);
    lines.records().pop().unwrap_or_default()
}

/// Compares answers, as `--format jsonl` printed them, with what the documents give. Claims that the answers rest on are
/// read anew; decisions are applied as they are when an answer is given.
#[must_use]
pub fn answers(
    answers: &[Value],
    documents: &[DocumentRecord],
    decisions: &[Decision],
    threads: NonZero<usize>,
) -> Verdict {
    let mut verdict = Verdict::default();
    let derived = derive(answers, &review::apply(documents.to_vec(), decisions));
    for answer in answers {
        let id = answer["id"].as_str().unwrap_or_default();
        let Some(now) = derived.get(&key(answer)) else {
            verdict.note(id.to_owned(), vec!["does not follow from the archive".to_owned()]);
            continue;
        };
        verdict.note(id.to_owned(), differences(answer, now));
    }
    let bases: BTreeSet<String> = answers.iter().flat_map(claims_in).collect();
    let rests = |d: &&DocumentRecord| d.claims.iter().any(|c| bases.contains(&claim_id(c.id)));
    let read: Vec<DocumentRecord> = documents.iter().filter(rests).cloned().collect();
    let again = claims(&read, threads);
    // The archive may hold claims of these documents that no answer rests on.
    verdict.mismatches.extend(again.mismatches.into_iter().filter(|m| bases.contains(&m.id)));
    verdict
}

/// Kind and id, and for what holds the two days.
fn key(record: &Value) -> [String; 4] {
    ["record", "id", "valid", "known"].map(|name| record[name].as_str().unwrap_or_default().to_owned())
}

/// Everything that the answers may name, derived from the documents.
fn derive(answers: &[Value], reviewed: &Reviewed) -> BTreeMap<[String; 4], Value> {
    let asked = |kind: &str| answers.iter().any(|a| a["record"] == kind);
    let mut lines = Lines::new();
    for document in &reviewed.documents {
        if asked("document") || asked("story") || asked("claim") {
            lines.document(document);
        }
    }
    let book = Book::of(&reviewed.documents);
    if asked("event") {
        reviewed.events().iter().for_each(|event| lines.event(event, &book));
    }
    if asked("thread") {
        crate::threads::threads(&reviewed.documents).iter().for_each(|thread| lines.thread(thread));
    }
    let day = |value: &Value| value.as_str().and_then(|text| text.parse::<Date>().ok());
    let days: BTreeSet<(Date, Date)> = answers
        .iter()
        .filter(|a| a["record"] == "holding")
        .filter_map(|a| day(&a["valid"]).zip(day(&a["known"])))
        .collect();
    for (valid, known) in days {
        let situation = reviewed.situation(valid, known);
        lines.situation(&situation, &situation.holdings.iter().collect::<Vec<_>>(), &book);
    }
    lines.records().into_iter().map(|record| (key(&record), record)).collect()
}

/// The ids of claims that a record names anywhere.
fn claims_in(record: &Value) -> Vec<String> {
    match record {
        Value::String(text) if text.starts_with("c:") => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(claims_in).collect(),
        Value::Object(fields) => fields.values().flat_map(claims_in).collect(),
        _ => Vec::new(),
    }
}

/// The fields of `now` that the answer has otherwise; fields that only the answer has are somebody else's.
fn differences(answer: &Value, now: &Value) -> Vec<String> {
    let empty = Map::new();
    let (told, derived) = (answer.as_object().unwrap_or(&empty), now.as_object().unwrap_or(&empty));
    let differs = |(name, value): (&String, &Value)| {
        let said = told.get(name).unwrap_or(&Value::Null);
        (said != value).then(|| format!("{name} is {} and comes out as {}", short(said), short(value)))
    };
    derived.iter().filter_map(differs).collect()
}

/// A value in few words.
fn short(value: &Value) -> String {
    const MOST: usize = 80;
    let text = value.to_string();
    if text.chars().count() <= MOST { text } else { format!("{}…", text.chars().take(MOST).collect::<String>()) }
}
