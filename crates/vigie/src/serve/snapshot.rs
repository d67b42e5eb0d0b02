//! The archive as the page shows it: read once, answered from memory, read on when it has grown.

use super::filter::claim_key;
use super::recent::{Recent, locked};
use crate::archive::{Archive, Growth};
use crate::book::Book;
use crate::copies::Copies;
use crate::failure::Failure;
use crate::pipeline;
use crate::publish::Policy;
use crate::record::DocumentRecord;
use crate::review::{self, Decision, Reviewed};
use jiff::civil::Date;
use self_cell::self_cell;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use vigie_claims::{Claim, ClaimId, Precision};
use vigie_events::{Event, EventId, Reported};
use vigie_situation::{Entry, Knowledge, Situation, digest};
use vigie_text::StoryId;

/// What was read from the file, and how far the file had grown then.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) reviewed: Reviewed,
    pub(super) decisions: Vec<Decision>,
    pub(super) growth: Growth,
    /// The documents in which copies are looked for, where some of their words are held back.
    whole: Option<Vec<DocumentRecord>>,
}

self_cell!(
    /// Documents with all that is derived from them.
    pub(super) struct Snapshot {
        owner: Kept,
        #[not_covariant]
        dependent: View,
    }
);

impl Snapshot {
    /// Reads an archive, and of it what may be shown.
    pub(super) fn read(path: &Path, policy: Option<Policy>) -> Result<Self, Failure> {
        let archive = Archive::open_existing(path)?;
        let growth = archive.growth()?;
        let decisions = archive.decisions()?;
        let reviewed = review::apply(archive.documents()?, &decisions);
        let (reviewed, decisions, whole) = match policy {
            None => (reviewed, decisions, None),
            // Decisions quote what they are about.
            Some(policy) => {
                let (reviewed, whole) = policy.apply(reviewed).into_reviewed();
                (reviewed, Vec::new(), Some(whole))
            }
        };
        Ok(Self::new(Kept { reviewed, decisions, growth, whole }, |kept| View::of(kept)))
    }

    /// How many claims are shown: more than before where some were held back for a time that has passed.
    pub(super) fn n_claims(&self) -> usize {
        self.borrow_owner().reviewed.documents.iter().map(|d| d.claims.len()).sum()
    }

    /// How far the file had grown when it was read.
    pub(super) fn growth(&self) -> Growth {
        self.borrow_owner().growth
    }
}

/// Where a place lies, as a claim or the gazetteer tells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    /// Latitude and longitude in millionths of a degree.
    pub(super) point: (i32, i32),
    /// How exact that is.
    pub(super) precision: Precision,
}

/// What is derived from the documents.
pub(super) struct View<'a> {
    pub(super) kept: &'a Kept,
    /// Who copied from whom.
    pub(super) copies: Copies,
    pub(super) documents: &'a [DocumentRecord],
    pub(super) book: Book<'a>,
    /// Every claim, those of the newest documents first.
    pub(super) claims: Vec<(&'a DocumentRecord, &'a Claim)>,
    rejected: Book<'a>,
    stories: BTreeMap<StoryId, &'a DocumentRecord>,
    spots: BTreeMap<&'a str, Spot>,
    reports: Vec<Reported<'a>>,
    latest: Arc<Known<'a>>,
    earlier: Mutex<Recent<Date, Arc<Known<'a>>>>,
    situations: Mutex<Recent<(Date, Date), Arc<Situation>>>,
}

/// What was known on a day, with what lists need.
pub(super) struct Known<'a> {
    pub(super) knowledge: Knowledge<'a>,
    /// The events as lines of a chronicle, in order of days.
    pub(super) entries: Vec<Entry>,
    entry_of: BTreeMap<EventId, usize>,
    event_of: BTreeMap<ClaimId, usize>,
}

/// Days of knowledge, and pairs of days, that are kept at hand.
const KNOWN_AT_HAND: usize = 6;
const SITUATIONS_AT_HAND: usize = 48;

impl<'a> View<'a> {
    fn of(kept: &'a Kept) -> Self {
        let documents = kept.reviewed.documents.as_slice();
        let copies = Copies::among(kept.whole.as_deref().unwrap_or(documents));
        let reports = pipeline::reports_with(documents, &copies);
        // Answers name the day as of which they are known: the last, not the end of time.
        let last = last_day(documents).unwrap_or(Date::MAX);
        let latest = Arc::new(Known::of(last, &reports, &kept.reviewed));
        Self {
            kept,
            copies,
            documents,
            book: Book::of(documents),
            claims: newest_first(documents),
            rejected: Book::of(&kept.reviewed.rejected),
            stories: documents.iter().flat_map(|d| d.stories.iter().map(move |s| (s.id, d))).collect(),
            spots: spots(documents),
            reports,
            latest,
            earlier: Mutex::new(Recent::new(KNOWN_AT_HAND)),
            situations: Mutex::new(Recent::new(SITUATIONS_AT_HAND)),
        }
    }

    /// The last day on which a document was published.
    pub(super) fn last_day(&self) -> Option<Date> {
        last_day(self.documents)
    }

    /// What was known on a day.
    pub(super) fn known(&self, day: Date) -> Arc<Known<'a>> {
        if self.last_day().is_none_or(|last| day >= last) {
            return self.latest.clone();
        }
        if let Some(known) = locked(&self.earlier).get(&day) {
            return known;
        }
        // Worked out without the lock: another visitor's day does not have to wait for it.
        let known = Arc::new(Known::of(day, &self.reports, &self.kept.reviewed));
        locked(&self.earlier).put(day, known.clone());
        known
    }

    /// What held on a day as known on another.
    pub(super) fn situation(&self, valid: Date, known: Date) -> Arc<Situation> {
        let known = self.last_day().map_or(known, |last| known.min(last));
        if let Some(situation) = locked(&self.situations).get(&(valid, known)) {
            return situation;
        }
        let situation = Arc::new(self.known(known).knowledge.situation(valid, &self.kept.reviewed.background));
        locked(&self.situations).put((valid, known), situation.clone());
        situation
    }

    /// A claim and its document, also one that was rejected.
    pub(super) fn claim(&self, id: ClaimId) -> Option<(&'a DocumentRecord, &'a Claim)> {
        self.book.claim(id).or_else(|| self.rejected.claim(id))
    }

    /// Was this claim rejected?
    pub(super) fn is_rejected(&self, id: ClaimId) -> bool {
        self.rejected.claim(id).is_some()
    }

    /// The claims that were rejected.
    pub(super) fn rejected(&self) -> impl Iterator<Item = (&'a DocumentRecord, &'a Claim)> {
        self.rejected.claims()
    }

    /// The document that a story stands in.
    pub(super) fn document_of(&self, story: StoryId) -> Option<&'a DocumentRecord> {
        self.stories.get(&story).copied()
    }

    /// Where a place lies.
    pub(super) fn spot(&self, place: &str) -> Option<Spot> {
        let told = self.spots.get(place).copied();
        told.or_else(|| vigie_resources::place(place).map(|p| Spot { point: p.point, precision: Precision::Exact }))
    }

    /// The claims of a story, in text order.
    pub(super) fn claims_of(&self, story: StoryId) -> Vec<&'a Claim> {
        let claims = self.document_of(story).into_iter().flat_map(|d| &d.claims);
        let mut claims: Vec<&Claim> = claims.filter(|c| c.story == story).collect();
        claims.sort_by_key(|c| (c.sentence, c.trigger, c.id));
        claims
    }
}

impl<'a> Known<'a> {
    fn of(day: Date, reports: &[Reported<'a>], reviewed: &Reviewed) -> Self {
        let knowledge = Knowledge::of(day, reports, &reviewed.background);
        let entries = digest(Date::MIN, Date::MAX, &knowledge);
        let entry_of = entries.iter().enumerate().map(|(at, e)| (e.event, at)).collect();
        let events = knowledge.events().iter().enumerate();
        let event_of = events.flat_map(|(at, e)| e.claims.iter().map(move |c| (*c, at))).collect();
        Self { knowledge, entries, entry_of, event_of }
    }

    /// An event by its id or, since a merger keeps the older id, by any of its claims.
    pub(super) fn event(&self, id: ClaimId) -> Option<&Event> {
        self.event_of.get(&id).map(|at| &self.knowledge.events()[*at])
    }

    /// The line of the chronicle that tells an event; none for states and relations.
    pub(super) fn entry(&self, id: EventId) -> Option<&Entry> {
        self.entry_of.get(&id).map(|at| &self.entries[*at])
    }
}

fn last_day(documents: &[DocumentRecord]) -> Option<Date> {
    documents.iter().filter_map(|d| d.published).max()
}

fn newest_first(documents: &[DocumentRecord]) -> Vec<(&DocumentRecord, &Claim)> {
    let mut claims: Vec<_> = documents.iter().flat_map(|d| d.claims.iter().map(move |c| (d, c))).collect();
    claims.sort_by_key(claim_key);
    claims
}

/// The points of places as claims tell them, the most exact first told.
fn spots(documents: &[DocumentRecord]) -> BTreeMap<&str, Spot> {
    let mut spots: BTreeMap<&str, Spot> = BTreeMap::new();
    for place in documents.iter().flat_map(|d| &d.claims).filter_map(|c| c.place.as_ref()) {
        let (Some(id), Some(point)) = (place.place.as_deref(), place.point) else { continue };
        let spot = Spot { point, precision: place.precision };
        let known = spots.entry(id).or_insert(spot);
        if spot.precision < known.precision {
            *known = spot;
        }
    }
    spots
}
