//! Wire shapes of the chronicle: entries and changes, worded in the language that was asked for.

use super::{Span, claim_id, document_id, event_id};
use crate::book::Book;
use crate::messages::Messages;
use crate::show;
use serde::Serialize;
use std::collections::BTreeSet;
use vigie_situation::{Change, Entry};

#[derive(Serialize)]
pub(super) struct EntryLine<'a> {
    day: String,
    event: String,
    predicate: &'static str,
    place: Option<&'a str>,
    /// What and where, in words.
    told: String,
    said_by: String,
    denied_by: Option<String>,
    grade: &'static str,
    negative: bool,
    ahead: bool,
    claim: String,
    document: String,
    sentence: Span<'a>,
}

impl<'a> EntryLine<'a> {
    pub(super) fn of(entry: &'a Entry, book: &Book<'a>, messages: &Messages) -> Option<Self> {
        let (document, claim) = book.claim(entry.shown)?;
        Some(Self {
            day: entry.day.to_string(),
            event: event_id(entry.event),
            predicate: entry.predicate.id(),
            place: entry.place.as_deref(),
            told: show::what(entry, book, messages),
            said_by: messages.voices(&entry.said_by),
            denied_by: (!entry.denied_by.is_empty()).then(|| messages.voices(&entry.denied_by)),
            grade: entry.grade.as_str(),
            negative: entry.negative,
            ahead: entry.ahead,
            claim: claim_id(claim.id),
            document: document_id(document.id),
            sentence: Span::of(document, claim.sentence),
        })
    }
}

#[derive(Serialize)]
pub(super) struct ChangeLine<'a> {
    fluent: &'static str,
    key: Vec<&'a str>,
    /// Before and after, in words.
    told: String,
    claims: Vec<String>,
}

impl<'a> ChangeLine<'a> {
    pub(super) fn of(change: &'a Change, messages: &Messages) -> Self {
        let proofs: BTreeSet<_> = change.after.iter().chain(&change.before).flat_map(|h| &h.proof.premises).collect();
        Self {
            fluent: change.fluent.as_str(),
            key: change.key.iter().map(|k| k.id.as_str()).collect(),
            told: show::change_line(change, messages),
            claims: proofs.into_iter().map(|id| claim_id(*id)).collect(),
        }
    }
}
