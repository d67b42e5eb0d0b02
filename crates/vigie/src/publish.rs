//! What is held back from what others get to see: supply routes of besieged places, and what is too fresh.
//!
//! One policy for every export and for the page. What is held back leaves no trace in what is published: its claims are
//! gone, its documents lose every word that no published claim stands in.

use crate::record::DocumentRecord;
use crate::review::Reviewed;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use std::collections::BTreeSet;
use vigie_claims::{Claim, ClaimId, PlaceId, Role};
use vigie_events::{Background, Event};
use vigie_places::kilometres;
use vigie_resources::{place, situation_words};
use vigie_situation::{Fluent, Situation, Value};
use vigie_text::{DocumentId, Span};

/// Kilometres around a besieged place within which a route may be one to it.
const AROUND: u32 = 30;

/// What is held back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Routes to besieged places, and what is brought there.
    pub redact_routes: bool,
    /// Events of which a report is younger than so many hours.
    pub delay_hours: Option<u32>,
    /// The moment at which it is published.
    pub now: Timestamp,
}

/// How much was held back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Held {
    /// Documents, wholly.
    pub documents: usize,
    /// Claims.
    pub claims: usize,
    /// Events, wholly.
    pub events: usize,
}

/// What may be published.
#[derive(Debug)]
pub struct Published {
    /// The documents with the claims that are left. Of one from which something was held back only the words are left in
    /// which a published claim stands; every span means the same words as before.
    pub documents: Vec<DocumentRecord>,
    /// The events of these claims.
    pub events: Vec<Event>,
    /// How much is missing.
    pub held: Held,
    /// The texts as they were: which story copies which is seen in whole texts only.
    source: Reviewed,
    /// Everything, where something is held back, to count the holdings that are.
    all: Option<Reviewed>,
}

impl Policy {
    /// Holds nothing back.
    #[must_use]
    pub fn open(now: Timestamp) -> Self {
        Self { redact_routes: false, delay_hours: None, now }
    }

    fn holds_nothing(&self) -> bool {
        !self.redact_routes && self.delay_hours.is_none()
    }

    /// What of a reviewed archive may be published.
    #[must_use]
    pub fn apply(&self, reviewed: Reviewed) -> Published {
        let events = reviewed.events();
        if self.holds_nothing() {
            let documents = reviewed.documents.clone();
            return Published { documents, events, held: Held::default(), source: reviewed, all: None };
        }
        let all = reviewed.clone();
        let fresh: BTreeSet<DocumentId> =
            reviewed.documents.iter().filter(|d| self.is_fresh(d.published)).map(|d| d.id).collect();
        let held = self.held_claims(&reviewed, &events, &fresh);
        let mut source = reviewed;
        // Rejected claims are for those who review.
        source.rejected.clear();
        source.documents.retain(|d| !fresh.contains(&d.id));
        let mut touched: BTreeSet<DocumentId> = BTreeSet::new();
        for document in &mut source.documents {
            let before = document.claims.len();
            document.claims.retain(|c| !held.contains(&c.id));
            if document.claims.len() < before {
                touched.insert(document.id);
            }
        }
        let documents = source.documents.iter().map(|d| if touched.contains(&d.id) { blanked(d) } else { d.clone() });
        let (documents, left) = (documents.collect(), source.events());
        let count = |r: &Reviewed| r.documents.iter().map(|d| d.claims.len()).sum::<usize>();
        let gone = Held {
            documents: fresh.len(),
            claims: count(&all) - count(&source),
            events: events.iter().filter(|e| e.claims.iter().all(|c| held.contains(c))).count(),
        };
        Published { documents, events: left, held: gone, source, all: Some(all) }
    }

    /// Is a page of this day too young? Of a page without a day nobody knows, so it is.
    fn is_fresh(&self, published: Option<Date>) -> bool {
        let Some(hours) = self.delay_hours else { return false };
        // A day of publication ends when the next begins; the page may have appeared at its end.
        let end = published.and_then(|day| day.tomorrow().ok()?.to_zoned(TimeZone::UTC).ok());
        let open = end.and_then(|end| end.timestamp().checked_add(i64::from(hours).hours()).ok());
        open.is_none_or(|open| open > self.now)
    }

    /// The claims that are held back: those of events that are, and those that stand in one sentence with them.
    fn held_claims(&self, reviewed: &Reviewed, events: &[Event], fresh: &BTreeSet<DocumentId>) -> BTreeSet<ClaimId> {
        let besieged = if self.redact_routes { Besieged::of(reviewed, self.now) } else { Besieged::default() };
        let all = || reviewed.documents.iter().flat_map(|d| d.claims.iter().map(move |c| (d, c)));
        let own: BTreeSet<ClaimId> = all()
            .filter(|(d, c)| fresh.contains(&d.id) || besieged.concerns(c, &reviewed.background))
            .map(|(_, c)| c.id)
            .collect();
        let mut held: BTreeSet<ClaimId> = events
            .iter()
            .filter(|e| e.claims.iter().any(|c| own.contains(c)))
            .flat_map(|e| e.claims.iter().copied())
            .chain(own.iter().copied())
            .collect();
        let sentences: BTreeSet<(DocumentId, Span)> =
            all().filter(|(_, c)| held.contains(&c.id)).map(|(d, c)| (d.id, c.sentence)).collect();
        held.extend(all().filter(|(d, c)| sentences.contains(&(d.id, c.sentence))).map(|(_, c)| c.id));
        held
    }
}

impl Published {
    /// What may be shown, in the shape of a reviewed archive, and the documents in whose texts copies are looked for.
    #[must_use]
    pub fn into_reviewed(self) -> (Reviewed, Vec<DocumentRecord>) {
        let Self { documents, source, .. } = self;
        let whole = source.documents;
        let reviewed =
            Reviewed { documents, rejected: Vec::new(), unfollowed: Vec::new(), background: source.background };
        (reviewed, whole)
    }

    /// What held on a day as known on another, by what may be published; and how many answers are held back.
    #[must_use]
    pub fn situation(&self, valid: Date, known: Date) -> (Situation, usize) {
        let situation = self.source.situation(valid, known);
        let all = self.all.as_ref().map(|all| all.situation(valid, known).holdings.len());
        let missing = all.map_or(0, |all| all.saturating_sub(situation.holdings.len()));
        (situation, missing)
    }
}

/// The places that are besieged, and those around them.
#[derive(Debug, Default)]
struct Besieged {
    places: Vec<PlaceId>,
    points: Vec<(i32, i32)>,
}

impl Besieged {
    /// Every place that anybody says to be besieged or cut off at this moment, also where others deny it: what is held back
    /// wrongly can be published later, what is published wrongly cannot be taken back.
    fn of(reviewed: &Reviewed, now: Timestamp) -> Self {
        let today = now.to_zoned(TimeZone::UTC).date();
        let situation = reviewed.situation(today, Date::MAX);
        let tells = |fluent: Fluent, value: &Value| match (fluent, value) {
            (Fluent::Siege, Value::Word(word)) => word != "none",
            (Fluent::Encircled, Value::Flag(flag)) => *flag,
            _ => false,
        };
        let holdings = situation
            .holdings
            .iter()
            .filter(|h| tells(h.fluent, &h.value) || h.rivals.iter().any(|rival| tells(h.fluent, &rival.value)));
        let places: BTreeSet<PlaceId> = holdings.flat_map(|h| h.key.iter().map(|k| k.id.clone())).collect();
        let mut points: Vec<(i32, i32)> = places.iter().filter_map(|id| place(id)).map(|p| p.point).collect();
        let mentions = reviewed.documents.iter().flat_map(|d| &d.claims).filter_map(|c| c.place.as_ref());
        points.extend(
            mentions.filter(|p| p.place.as_ref().is_some_and(|id| places.contains(id))).filter_map(|p| p.point),
        );
        points.sort_unstable();
        points.dedup();
        Self { places: places.into_iter().collect(), points }
    }

    /// Does a claim tell of a route to one of them, or of what comes there?
    fn concerns(&self, claim: &Claim, background: &dyn Background) -> bool {
        if self.places.is_empty() || !is_of_supply(claim) {
            return false;
        }
        // A road without a place may be the road to any of them.
        let Some(mention) = &claim.place else { return true };
        let near = |point: (i32, i32)| {
            let own = mention.radius_km.unwrap_or(0);
            self.points.iter().any(|p| kilometres(*p, point) <= AROUND + own)
        };
        let line = mention.phrase.as_ref().and_then(|f| f.line).into_iter().flatten();
        if mention.point.into_iter().chain(line).any(near) {
            return true;
        }
        let Some(id) = &mention.place else { return true };
        let anchors = mention.phrase.iter().flat_map(|f| &f.anchors).chain([id]);
        let mut chains = anchors.map(|id| background.place_chain(id));
        chains.any(|chain| {
            self.places
                .iter()
                .any(|besieged| chain.contains(besieged) || background.place_chain(besieged).contains(&chain[0]))
        })
    }
}

/// A route, open or cut, or what comes to a place and leaves it.
fn is_of_supply(claim: &Claim) -> bool {
    let entry = claim.predicate.entry();
    let effects = &claim.predicate.effects().effects;
    let way = [Role::Object, Role::Topic, Role::Instrument].into_iter();
    let mut ways = way.flat_map(|role| claim.fillers(role)).map(|f| f.name.as_str());
    let phrase = claim.place.as_ref().and_then(|p| p.phrase.as_ref());
    entry.supply
        || effects.iter().any(|e| e.fluent == Fluent::Route.as_str())
        || ways.any(|name| situation_words().is_way(name))
        || claim.place.as_ref().is_some_and(|p| situation_words().is_way(&p.name))
        || phrase.is_some_and(|f| f.kind == "route")
}

/// A document without the words in which no published claim stands: they are blanked, each by a blank of its length, so
/// that every span stays where it is.
fn blanked(document: &DocumentRecord) -> DocumentRecord {
    let spans: Vec<Span> = document.claims.iter().flat_map(told_in).collect();
    let kept = |at: usize| spans.iter().any(|s| s.start() <= at && at < s.end());
    let blank = |c: char| match c.len_utf8() {
        1 if c == '\n' => c,
        1 => ' ',
        2 => '\u{a0}',
        3 => '\u{2003}',
        _ => '\u{e0020}',
    };
    let text = document.text.char_indices().map(|(at, c)| if kept(at) { c } else { blank(c) }).collect();
    // An address and the name of a file often spell the headline.
    let (path, url) = (String::new(), None);
    DocumentRecord { text, path, url, title: None, leftovers: Vec::new(), notes: Vec::new(), ..document.clone() }
}

/// Where a claim was read: its sentence, and what was carried over from others.
fn told_in(claim: &Claim) -> Vec<Span> {
    let mut spans = vec![claim.sentence, claim.trigger];
    spans.extend(claim.arguments.iter().map(|a| a.filler.span));
    spans.extend(claim.place.iter().filter_map(|p| p.span));
    spans.extend(claim.period.iter().filter_map(|p| p.span));
    spans.extend(claim.figures.iter().map(|f| f.span));
    spans.extend(claim.said_by.iter().flat_map(|s| s.span.into_iter().chain(s.cue)));
    spans
}

/// What was published up to a day.
#[must_use]
pub fn known_by(reviewed: Reviewed, day: Date) -> Reviewed {
    let known = |d: &DocumentRecord| d.published.is_none_or(|p| p <= day);
    let documents = reviewed.documents.into_iter().filter(known).collect();
    let rejected = reviewed.rejected.into_iter().filter(known).collect();
    Reviewed { documents, rejected, ..reviewed }
}
