//! What happened, day by day: each event with the parts of an attributed sentence. The top crate words it.

use crate::holding::Since;
use crate::knowledge::Knowledge;
use jiff::civil::Date;
use std::collections::BTreeMap;
use vigie_claims::{ActorId, ClaimId, PlaceId, Polarity};
use vigie_events::{Event, EventId, Grade, OriginKind, Reported};
use vigie_resources::{Kind, Predicate};

/// One entry of the chronicle: the parts of one attributed sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The day under which it stands: the last day on which it may have happened, else the day of the report.
    pub day: Date,
    /// When it happened, where a report says so.
    pub when: Option<Since>,
    /// The event.
    pub event: EventId,
    /// What.
    pub predicate: Predicate,
    /// Who, best supported version.
    pub actors: Vec<ActorId>,
    /// To whom.
    pub recipients: Vec<ActorId>,
    /// Where.
    pub place: Option<PlaceId>,
    /// Who says so: name (none where nobody is made to say it) and kind, named ones first.
    pub said_by: Vec<(Option<String>, OriginKind)>,
    /// Who denies it.
    pub denied_by: Vec<(Option<String>, OriginKind)>,
    /// How well it is attested.
    pub grade: Grade,
    /// Told as not so.
    pub negative: bool,
    /// Still to come, or only wished, tried or feared.
    pub ahead: bool,
    /// A claim to show, the fullest one: most roles, then place and date, then the first told.
    pub shown: ClaimId,
}

/// The events that were known and happened (or were told) from `first` to `last`, in order of days; labels, states
/// and relations are left to the situation.
#[must_use]
pub fn digest(first: Date, last: Date, knowledge: &Knowledge<'_>) -> Vec<Entry> {
    let mut by_id: BTreeMap<ClaimId, &Reported<'_>> = BTreeMap::new();
    for report in knowledge.told() {
        by_id.entry(report.claim.id).or_insert(report);
    }
    let mut entries: Vec<Entry> = knowledge
        .events()
        .iter()
        .filter(|e| e.predicate.kind() == Kind::Event)
        .filter_map(|e| entry(e, &by_id))
        .filter(|e| first <= e.day && e.day <= last)
        .collect();
    entries.sort_by_key(|e| (e.day, e.when.map(|w| w.last), e.event));
    entries
}

fn entry(event: &Event, reports: &BTreeMap<ClaimId, &Reported<'_>>) -> Option<Entry> {
    let mine: Vec<&Reported<'_>> = event.claims.iter().filter_map(|id| reports.get(id).copied()).collect();
    let when = event.period.best().map(|(first, last)| Since { first: *first, last: *last });
    let day = when.map(|w| w.last).or_else(|| mine.iter().filter_map(|r| r.reported).min())?;
    let fullness = |r: &Reported<'_>| {
        let c = r.claim;
        (c.arguments.len() + usize::from(c.place.is_some()) + usize::from(c.period.is_some()), !c.headline)
    };
    let shown = mine.iter().enumerate().max_by_key(|(at, r)| (fullness(r), std::cmp::Reverse(*at)))?.1.claim;
    let voices = |polarity: Polarity| {
        let version = event.happened.all().iter().find(|v| v.value == polarity);
        let mut names: Vec<(Option<String>, OriginKind)> = event
            .origins
            .iter()
            .filter(|o| version.is_some_and(|v| v.origins.contains(&o.origin.id)))
            .map(|o| (o.origin.name.clone(), o.origin.kind))
            .collect();
        names.sort_by_key(|(name, kind)| (*kind == OriginKind::Unattributed, name.clone()));
        names.dedup();
        names
    };
    let (yes, no) = (voices(Polarity::Positive), voices(Polarity::Negative));
    let negative = yes.is_empty();
    let ahead = matches!(shown.factuality.realis, vigie_claims::Realis::Future | vigie_claims::Realis::Hypothetical);
    Some(Entry {
        day,
        when,
        event: event.id,
        predicate: event.predicate,
        actors: event.actors.best().cloned().unwrap_or_default(),
        recipients: event.recipients.best().cloned().unwrap_or_default(),
        place: event.place.best().cloned(),
        said_by: if negative { no.clone() } else { yes },
        denied_by: if negative { Vec::new() } else { no },
        grade: event.grade,
        negative,
        ahead,
        shown: shown.id,
    })
}
