//! The interface without a network: the same records for a caller in this process, who gets with every answer the claims
//! that it rests on and their documents.

use super::api::{self, Json};
use super::ask::Ask;
use super::filter::{self, Found};
use super::page::path_of;
use super::problem::Problem;
use super::snapshot::{Snapshot, View};
use super::tokens::{Role, Visitor};
use crate::archive::{Archive, Hit};
use crate::export::wire::{Lines, claim_id};
use crate::failure::Failure;
use crate::record::DocumentRecord;
use crate::{origins, pipeline};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use vigie_claims::ClaimId;
use vigie_situation::{timeline, weights};

/// What can be asked; the rest of a question is the query of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Question<'q> {
    /// Claims, by words of their stories or by filters.
    Search,
    /// An event by its id.
    Event(&'q str),
    /// What held on a day as known on another.
    Situation,
    /// What a claim, an event or a holding rests on, by its id.
    Evidence(&'q str),
    /// The days that matter.
    Timeline,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// What is wrong.
    pub(crate) detail: String,
    /// There is no such thing, rather than that the question is wrong.
    pub(crate) is_missing: bool,
}

/// An archive that answers.
pub(crate) struct Desk {
    path: PathBuf,
    snapshot: Option<Snapshot>,
}

impl Desk {
    /// The desk of an archive, which is read with the first question.
    ///
    /// # Errors
    /// When there is no such archive.
    pub(crate) fn of(path: &Path) -> Result<Self, Failure> {
        drop(Archive::open_existing(path)?);
        Ok(Self { path: path.to_owned(), snapshot: None })
    }

    /// Answers from the archive as it is now.
    pub(crate) fn answer(&mut self, question: Question<'_>, query: &[(&str, String)]) -> Result<Value, Refusal> {
        self.told(question, query)
            .map_err(|problem| Refusal { is_missing: problem.status.as_u16() == 404, detail: problem.detail })
    }

    fn told(&mut self, question: Question<'_>, query: &[(&str, String)]) -> Json {
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
        let ask = Ask::read(&query, "en", Visitor { name: None, role: Role::Read }, true)?;
        let archive = Archive::open_existing(&self.path)?;
        let growth = archive.growth()?;
        // To read is dear, to count is not: only an archive that has grown is read again.
        let snapshot = match self.snapshot.take().filter(|s| s.growth() == growth) {
            Some(snapshot) => snapshot,
            None => Snapshot::read(&self.path, None)?,
        };
        let snapshot = self.snapshot.insert(snapshot);
        snapshot.with_dependent(|_, view| match question {
            Question::Search if ask.words.is_some() => by_words(&archive, view, &ask),
            Question::Search => by_filters(view, &ask),
            Question::Event(id) => api::at(&path_of("events", id), view, &ask),
            Question::Situation => api::situation_told(view, &ask),
            Question::Evidence(id) => evidence(id, view, &ask),
            Question::Timeline => days(view, &ask),
        })
    }
}

fn with_documents(mut answer: Value, ids: &[ClaimId], view: &View<'_>) -> Value {
    let (claims, documents) = api::evidence(ids, view);
    answer["claims"] = claims.into();
    answer["documents"] = documents.into();
    answer
}

fn by_filters(view: &View<'_>, ask: &Ask) -> Json {
    let page = filter::claims(view, ask)?;
    let ids: Vec<ClaimId> = page.things.iter().map(|(_, claim)| claim.id).collect();
    Ok(with_documents(json!({ "total": page.total, "next": page.next }), &ids, view))
}

/// The claims of the stories that were found, those of the best story first and in it those of the sentence that answers
/// best.
fn by_words(archive: &Archive, view: &View<'_>, ask: &Ask) -> Json {
    let every = ask.unlimited();
    let (hits, _) = super::page::hits(archive, view, &every)?;
    let passes = filter::passes(ask);
    let told = |hit: &Hit| {
        let document = view.document_of(hit.story)?;
        let claims = view.claims_of(hit.story).into_iter().map(|claim| (document, claim));
        let mut claims: Vec<Found<'_>> = claims.filter(&passes).collect();
        claims.sort_by_key(|(_, claim)| (claim.sentence.start(), claim.sentence.end()) != hit.sentence);
        Some(claims.into_iter().map(|(_, claim)| claim.id))
    };
    let found: Vec<(usize, ClaimId)> =
        hits.iter().enumerate().flat_map(|(at, hit)| told(hit).into_iter().flatten().map(move |id| (at, id))).collect();
    let begin = match &ask.after {
        None => 0,
        Some(after) => {
            let last = filter::claim_of(after, "c:").and_then(|last| found.iter().position(|(_, id)| *id == last));
            1 + last
                .ok_or_else(|| Problem::bad("after", format!("the search does not find {after:?}; begin it anew")))?
        }
    };
    let end = found.len().min(begin + ask.limit);
    let page = &found[begin..end];
    let shown: BTreeSet<usize> = page.iter().map(|(at, _)| *at).collect();
    let mut stories = Lines::new();
    for hit in shown.into_iter().map(|at| &hits[at]) {
        view.document_of(hit.story).into_iter().for_each(|document| stories.hit(document, hit));
    }
    let ids: Vec<ClaimId> = page.iter().map(|(_, id)| *id).collect();
    let next = ids.last().filter(|_| end < found.len()).map(|id| claim_id(*id));
    Ok(with_documents(json!({ "total": found.len(), "next": next, "stories": stories.records() }), &ids, view))
}

/// What a thing rests on, with the ways by which its event came in.
fn evidence(id: &str, view: &View<'_>, ask: &Ask) -> Json {
    let sort = match id.split_once(':').map(|(letter, _)| letter) {
        Some("c") => "claims",
        Some("e") => "events",
        Some("h") => "holdings",
        _ => return Err(Problem::bad("id", format!("an id begins with c:, e: or h:; this is {id:?}"))),
    };
    let mut answer = api::at(&path_of(sort, id), view, ask)?;
    if sort == "claims" {
        // Of one as of many, so that whoever reads answers finds them in one place.
        let (claim, document) = (answer["claim"].take(), answer["document"].take());
        answer = json!({ "event": answer["event"], "rejected": answer["rejected"], "claims": [claim], "documents": [document] });
    }
    let known = view.known(api::known_day(view, ask));
    let event = filter::claim_of(id, if sort == "claims" { "c:" } else { "e:" }).and_then(|id| known.event(id));
    if let Some(event) = event {
        let mut ways = Lines::new();
        ways.origins(&origins::graph_with(view.documents, &view.copies, event));
        answer["ways"] = ways.records().into();
    }
    Ok(answer)
}

/// The days that texts come back to, with what happened on them.
fn days(view: &View<'_>, ask: &Ask) -> Json {
    let known = view.known(api::known_day(view, ask));
    let every = ask.unlimited();
    let mut entries: Vec<_> = filter::events(&known, view, &every)?.things.into_iter().cloned().collect();
    entries.retain(|entry| ask.to.is_none_or(|to| entry.day <= to));
    entries.reverse();
    let was_known = |d: &&DocumentRecord| ask.known.is_none_or(|known| d.published.is_none_or(|day| day <= known));
    let named: Vec<_> = view.documents.iter().filter(was_known).flat_map(pipeline::named_days).collect();
    let days = timeline(entries, &weights(&named), ask.limit);
    let told = days.iter().map(|day| {
        let mut lines = Lines::new();
        day.entries.iter().for_each(|entry| lines.entry(entry, &view.book, ask.messages()));
        json!({ "day": day.day.to_string(), "weight": day.weight, "entries": lines.records() })
    });
    let told: Vec<Value> = told.collect();
    let entries = days.iter().flat_map(|day| &day.entries);
    let ids: Vec<ClaimId> =
        entries.filter_map(|entry| known.event(entry.event.0)).flat_map(|event| event.claims.iter().copied()).collect();
    Ok(with_documents(json!({ "days": told }), &ids, view))
}
