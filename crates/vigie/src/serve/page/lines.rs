//! Lines of lists, as the templates show them.

use super::super::ask::Ask;
use super::super::marks::{self, Piece};
use super::super::snapshot::View;
use super::super::words::{self, ClaimWords};
use super::path_of;
use crate::export::wire::{claim_id, event_id, holding_id, story_id};
use crate::messages::Messages;
use crate::record::DocumentRecord;
use crate::review;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use vigie_claims::Claim;
use vigie_situation::{Change, Entry, Fluent, Holding, Status};

/// One event in a list.
pub(super) struct EventLine<'a> {
    pub(super) href: String,
    pub(super) day: String,
    /// The day as other programs write it.
    pub(super) date: String,
    pub(super) what: String,
    pub(super) parties: String,
    pub(super) place: String,
    pub(super) place_href: Option<String>,
    pub(super) doubts: Vec<String>,
    pub(super) said: String,
    pub(super) denied: Option<String>,
    pub(super) grade: &'static str,
    pub(super) grade_word: String,
    pub(super) reviewed: bool,
    pub(super) pieces: Vec<Piece<'a>>,
}

impl<'a> EventLine<'a> {
    pub(super) fn of(entry: &Entry, view: &View<'a>, ask: &Ask) -> Self {
        let messages = ask.messages();
        let shown = view.book.claim(entry.shown);
        let mut doubts = shown.map(|(_, claim)| messages.doubts(claim)).unwrap_or_default();
        if entry.negative {
            doubts.push(messages.word("not-so"));
        }
        if entry.when.is_none() {
            doubts.push(messages.word("day-of-report"));
        }
        Self {
            href: ask.link(&path_of("events", &event_id(entry.event))),
            day: entry.when.map_or(messages.day(entry.day), |w| messages.days(w.first.or(Some(w.last)), w.last)),
            date: entry.day.to_string(),
            what: messages.predicate(entry.predicate),
            parties: words::parties(entry, &view.book),
            place: entry.place.as_deref().map(|id| view.book.name(id).to_owned()).unwrap_or_default(),
            place_href: entry.place.as_deref().map(|id| ask.link(&path_of("places", id))),
            doubts,
            said: messages.voices(&entry.said_by),
            denied: (!entry.denied_by.is_empty()).then(|| messages.voices(&entry.denied_by)),
            grade: entry.grade.as_str(),
            grade_word: messages.grade(entry.grade),
            reviewed: view
                .known(Date::MAX)
                .event(entry.event.0)
                .is_some_and(|event| !view.book.review_of(&event.claims).is_empty()),
            pieces: shown.map(|(document, claim)| quote(document, claim)).unwrap_or_default(),
        }
    }
}

/// A claim's sentence with its parts marked.
pub(super) fn quote<'a>(document: &'a DocumentRecord, claim: &Claim) -> Vec<Piece<'a>> {
    marks::pieces(&document.text, claim.sentence, &marks::of_claim(claim))
}

/// One claim in a list.
pub(super) struct ClaimLine<'a> {
    pub(super) href: String,
    pub(super) story_href: String,
    pub(super) words: ClaimWords,
    pub(super) published: String,
    pub(super) outlet: String,
    pub(super) reviewed: bool,
    pub(super) pieces: Vec<Piece<'a>>,
}

impl<'a> ClaimLine<'a> {
    pub(super) fn of(document: &'a DocumentRecord, claim: &Claim, ask: &Ask) -> Self {
        let messages = ask.messages();
        let story = path_of("stories", &story_id(claim.story));
        Self {
            href: ask.link(&path_of("claims", &claim_id(claim.id))),
            story_href: format!("{}#{}", ask.link(&story), claim_id(claim.id)),
            words: ClaimWords::of(claim, document, messages),
            published: document.published.map(|d| messages.day(d)).unwrap_or_default(),
            outlet: words::outlet(document),
            reviewed: review::marks(claim).next().is_some(),
            pieces: quote(document, claim),
        }
    }
}

/// One answer about the situation.
pub(super) struct HoldingLine {
    pub(super) href: String,
    pub(super) key: String,
    pub(super) place_href: Option<String>,
    pub(super) answer: String,
    pub(super) status: &'static str,
    pub(super) status_word: String,
    pub(super) since: String,
    pub(super) reviewed: bool,
    pub(super) rivals: Vec<String>,
}

impl HoldingLine {
    pub(super) fn of(holding: &Holding, view: &View<'_>, ask: &Ask) -> Self {
        let messages = ask.messages();
        let about = holding.key.first().filter(|_| words::is_local(holding.fluent));
        let about = about.map(|k| k.id.strip_prefix("route:").unwrap_or(&k.id));
        Self {
            href: ask.link(&path_of("holdings", &holding_id(holding))),
            key: words::question(holding),
            place_href: about.map(|id| ask.link(&path_of("places", id))),
            answer: messages.answer(Some(holding)),
            status: holding.status.as_str(),
            status_word: messages.word(&format!("status-{}", holding.status.as_str())),
            since: holding
                .since
                .map(|s| messages.days(s.first.or(Some(s.last)), s.last))
                .filter(|_| holding.status != Status::Unknown)
                .unwrap_or_default(),
            reviewed: !view.book.review_of(&holding.proof.premises).is_empty(),
            rivals: rivals(holding, messages),
        }
    }
}

/// The other answers, each with whose it is.
pub(super) fn rivals(holding: &Holding, messages: &Messages) -> Vec<String> {
    let by = |r: &vigie_situation::Rival| r.by.iter().map(|n| n.name.clone()).collect::<Vec<_>>();
    let told = |r: &vigie_situation::Rival| {
        let by = by(r);
        words::value(&r.value, &by.iter().map(String::as_str).collect::<Vec<_>>(), messages)
    };
    holding.rivals.iter().map(told).collect()
}

/// Holdings under the question that they answer.
pub(super) struct Group {
    pub(super) fluent: String,
    pub(super) lines: Vec<HoldingLine>,
    /// How many more there are.
    pub(super) more: usize,
}

/// Groups holdings of one layer by their question, in the order of the questions; in each the newest first, and no more
/// than so many.
pub(super) fn groups<'h>(
    holdings: impl Iterator<Item = &'h Holding>,
    most: usize,
    view: &View<'_>,
    ask: &Ask,
) -> Vec<Group> {
    let mut by_fluent: BTreeMap<Fluent, Vec<&Holding>> = BTreeMap::new();
    for holding in holdings {
        by_fluent.entry(holding.fluent).or_default().push(holding);
    }
    let group = |(fluent, mut holdings): (Fluent, Vec<&Holding>)| {
        holdings.sort_by_key(|h| Reverse(h.since.map(|s| s.last)));
        let lines = holdings.iter().take(most).map(|h| HoldingLine::of(h, view, ask)).collect();
        Group { fluent: ask.messages().fluent(fluent), lines, more: holdings.len().saturating_sub(most) }
    };
    by_fluent.into_iter().map(group).collect()
}

/// A change of the situation.
pub(super) struct ChangeLine {
    pub(super) fluent: String,
    pub(super) key: String,
    pub(super) before: String,
    pub(super) after: String,
    pub(super) status_word: String,
    pub(super) href: Option<String>,
}

impl ChangeLine {
    pub(super) fn of(change: &Change, ask: &Ask) -> Self {
        let messages = ask.messages();
        Self {
            fluent: messages.fluent(change.fluent),
            key: change.key.iter().map(|k| k.name.as_str()).collect::<Vec<_>>().join(", "),
            before: messages.answer(change.before.as_ref()),
            after: messages.answer(change.after.as_ref()),
            status_word: change.after.as_ref().map(|h| messages.status(h)).unwrap_or_default(),
            href: change.after.as_ref().map(|h| ask.link(&path_of("holdings", &holding_id(h)))),
        }
    }
}
