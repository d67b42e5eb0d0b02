//! What exports of one row an event need of it: who, where, when, in words, from the best supported value of each field.

use super::codes::{self, Codes, Facts};
use crate::book::Book;
use crate::record::DocumentRecord;
use jiff::civil::Date;
use vigie_claims::{ActorId, Claim, Grain, PlaceMention, Realis, Role};
use vigie_events::Event;
use vigie_resources::Kind;

/// One event with what its claims tell, ready to be written as a row.
#[derive(Debug)]
pub struct Told<'a> {
    /// The event.
    pub event: &'a Event,
    /// Its codes.
    pub codes: Codes,
    /// What they depend on.
    pub facts: Facts,
    /// Its claims with their documents, in canonical order.
    pub claims: Vec<(&'a DocumentRecord, &'a Claim)>,
    /// Who did it: id, where there is one, and name.
    pub actors: Vec<(Option<&'a str>, &'a str)>,
    /// To whom.
    pub recipients: Vec<(Option<&'a str>, &'a str)>,
    /// Where: a mention of the best supported place.
    pub place: Option<&'a PlaceMention>,
    /// When: first day (if known), last day, grain.
    pub period: Option<(Option<Date>, Date, Grain)>,
    /// Day of the newest page that tells it.
    pub reported: Option<Date>,
}

impl<'a> Told<'a> {
    /// The event as a row; `None` for what is no event, did not happen, or is only planned or imagined.
    #[must_use]
    pub fn of(event: &'a Event, book: &'a Book<'a>) -> Option<Self> {
        let claims: Vec<(&DocumentRecord, &Claim)> = event.claims.iter().filter_map(|id| book.claim(*id)).collect();
        let real = |c: &Claim| matches!(c.factuality.realis, Realis::Actual | Realis::Historical);
        if event.predicate.kind() != Kind::Event || !codes::happened(event) || !claims.iter().any(|(_, c)| real(c)) {
            return None;
        }
        let facts = Facts::of(event, book);
        let (doers, targets) = codes::parties(event);
        let (doer, target) = codes::roles(event);
        let place = event
            .place
            .best()
            .and_then(|id| claims.iter().find_map(|(_, c)| c.place.as_ref().filter(|p| p.place.as_ref() == Some(id))));
        let unnamed_place = || claims.iter().find_map(|(_, c)| c.place.as_ref());
        let period = event.period.best().map(|&(first, last)| {
            let told = claims.iter().filter_map(|(_, c)| c.period.as_ref());
            let grain = told.filter(|p| (p.first, p.last) == (first, last)).map(|p| p.grain).next();
            (first, last, grain.unwrap_or(Grain::Year))
        });
        Some(Self {
            event,
            codes: codes::codes(event.predicate, facts),
            facts,
            actors: named(doers, doer, &claims, book),
            recipients: named(targets, target, &claims, book),
            place: place.or_else(unnamed_place),
            period,
            reported: claims.iter().filter_map(|(d, _)| d.published).max(),
            claims,
        })
    }

    /// The country (alpha-2) where it happened.
    #[must_use]
    pub fn country(&self) -> Option<&'static str> {
        self.place.and_then(|p| p.place.as_deref()).and_then(codes::country_of_place)
    }

    /// Its first day; the day of report where the text tells none.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        self.period.map(|(first, last, _)| first.unwrap_or(last)).or(self.reported)
    }
}

/// The names of some actors; where nobody could be told by id, the words of the first claim that fills the role.
fn named<'a>(
    ids: &'a [ActorId],
    role: Role,
    claims: &[(&'a DocumentRecord, &'a Claim)],
    book: &'a Book<'a>,
) -> Vec<(Option<&'a str>, &'a str)> {
    if !ids.is_empty() {
        return ids.iter().map(|id| (Some(id.as_str()), book.name(id))).collect();
    }
    let words = |claim: &'a Claim| claim.fillers(role).map(|f| (None, f.name.as_str())).collect::<Vec<_>>();
    claims.iter().map(|(_, c)| words(c)).find(|w| !w.is_empty()).unwrap_or_default()
}
