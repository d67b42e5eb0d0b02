//! An event: the claims about one happening, each field with all its versions, and how well it is attested.

use crate::background::{Background, Reported};
use crate::cluster::cluster;
use crate::origin::{EventOrigin, Origin, OriginId};
use crate::sketch::Sketch;
use crate::versions::Versions;
use jiff::civil::Date;
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};
use vigie_claims::{ActorId, Claim, ClaimId, Figure, PlaceId, Polarity, Role};
use vigie_resources::{EffectRole, Kind, Member, Predicate};

/// Identity of an event: that of its claim archived first, so a further report never renames it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(pub ClaimId);

/// How well an event is attested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// The side that it speaks against says so itself.
    Admitted,
    /// Two or more named, independent origins.
    Corroborated,
    /// One origin.
    SingleSource,
    /// Nobody is made to say it.
    Unattributed,
    /// An account and its denial.
    Contested,
    /// Taken back.
    Retracted,
}

impl Grade {
    /// The word of the wire format.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Admitted => "admitted",
            Self::Corroborated => "corroborated",
            Self::SingleSource => "single-source",
            Self::Unattributed => "unattributed",
            Self::Contested => "contested",
            Self::Retracted => "retracted",
        }
    }
}

/// Claims about the same happening. Invariants: `claims` is never empty; a claim belongs to one event only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Identity.
    pub id: EventId,
    /// What happened, by the most specific word that a claim has for it.
    pub predicate: Predicate,
    /// The claims, in canonical order: by day of report, document, place in the text.
    pub claims: Vec<ClaimId>,
    /// Who acted.
    pub actors: Versions<Vec<ActorId>>,
    /// To whom it was done.
    pub recipients: Versions<Vec<ActorId>>,
    /// Where.
    pub place: Versions<PlaceId>,
    /// First day (if known) and last day.
    pub period: Versions<(Option<Date>, Date)>,
    /// Lowest and highest number, for each unit in alphabetical order.
    pub figures: Vec<(SmolStr, Versions<(u64, u64)>)>,
    /// An account and its denial stand side by side.
    pub happened: Versions<Polarity>,
    /// Where the reports were born, sorted.
    pub origins: Vec<EventOrigin>,
    /// How well it is attested.
    pub grade: Grade,
}

/// A value, the claim that gives it, and its origins.
type Told<T> = (T, ClaimId, Vec<OriginId>);

/// Groups claims into events, sorted by their first claim in canonical order. The result depends only on the set of
/// claims, save that the ids follow the order of archiving.
#[must_use]
pub fn events(reports: &[Reported<'_>], background: &dyn Background) -> Vec<Event> {
    let (sketches, groups) = cluster(reports, background);
    groups.iter().map(|group| build(group.iter().map(|i| &sketches[*i]).collect(), background)).collect()
}

fn build(claims: Vec<&Sketch<'_>>, background: &dyn Background) -> Event {
    let predicate = name(&claims);
    let origin_ids = |s: &Sketch<'_>| s.origins.iter().map(|o| o.id.clone()).collect::<Vec<OriginId>>();
    let fillers = |role: Role| {
        Versions::collect(claims.iter().filter_map(|s| {
            let ids = part_in_event(s, predicate, role);
            (!ids.is_empty()).then(|| (ids, s.claim().id, origin_ids(s)))
        }))
    };
    let mut units: BTreeMap<SmolStr, Vec<Told<(u64, u64)>>> = BTreeMap::new();
    for s in &claims {
        for (unit, sum) in sums(s.claim()) {
            units.entry(unit).or_default().push((sum, s.claim().id, origin_ids(s)));
        }
    }
    let happened =
        Versions::collect(claims.iter().map(|s| (polarity_in_event(s, predicate), s.claim().id, origin_ids(s))));
    let mut origins: BTreeMap<OriginId, EventOrigin> = BTreeMap::new();
    for s in &claims {
        for origin in &s.origins {
            let entry = origins
                .entry(origin.id.clone())
                .or_insert_with(|| EventOrigin { origin: origin.clone(), claims: Vec::new() });
            entry.claims.push(s.claim().id);
        }
    }
    let first = claims.iter().enumerate().min_by_key(|(at, s)| (s.report.order, *at)).map(|(_, s)| s.claim().id);
    let grade = grade(&claims, predicate, background);
    Event {
        id: EventId(first.expect("a group has at least one claim")),
        predicate,
        claims: claims.iter().map(|s| s.claim().id).collect(),
        actors: fillers(Role::Actor),
        recipients: fillers(Role::Recipient),
        place: Versions::collect(claims.iter().filter_map(|s| {
            let id = s.claim().place.as_ref()?.place.clone()?;
            Some((id, s.claim().id, origin_ids(s)))
        })),
        period: Versions::collect(claims.iter().filter_map(|s| Some((s.days?, s.claim().id, origin_ids(s))))),
        figures: units.into_iter().map(|(unit, reports)| (unit, Versions::collect(reports))).collect(),
        happened,
        origins: origins.into_values().collect(),
        grade,
    }
}

/// What a claim counts, one number a unit, for it stands under one version of a field only: those to whom it is done are added
/// up ("20 pupils and two teachers"); else of two figures in one unit the first counts.
fn sums(claim: &Claim) -> BTreeMap<SmolStr, (u64, u64)> {
    let whom = |f: &Figure| claim.fillers(Role::Recipient).position(|filler| filler.span.contains(f.span));
    let mut sums: BTreeMap<SmolStr, (u64, u64)> = BTreeMap::new();
    let mut parts: BTreeMap<SmolStr, BTreeSet<Option<usize>>> = BTreeMap::new();
    for f in &claim.figures {
        let (seen, sum) = (parts.entry(f.unit.clone()).or_default(), sums.entry(f.unit.clone()).or_default());
        let part = whom(f);
        if seen.is_empty() {
            *sum = (f.low, f.high);
        } else if part.is_some() && !seen.contains(&None) && !seen.contains(&part) {
            *sum = (sum.0.saturating_add(f.low), sum.1.saturating_add(f.high));
        }
        seen.insert(part);
    }
    sums
}

/// The member of the group that `claim` and the event's predicate share.
fn shared(s: &Sketch<'_>, predicate: Predicate) -> Option<(&'static Member, &'static Member)> {
    s.members.iter().find_map(|m| predicate.groups().iter().find(|n| n.group == m.group).map(|n| (*m, n)))
}

/// The predicate that names the event: an event rather than a state, the first of its group, the first told.
fn name(claims: &[&Sketch<'_>]) -> Predicate {
    let best = claims.iter().filter(|s| !s.claim().predicate.effects().denies || claims.len() == 1).min_by_key(|s| {
        let state = s.claim().predicate.kind() != Kind::Event;
        let denied = s.members.iter().any(|m| m.denied);
        (state, denied, s.members.first().map(|m| m.rank))
    });
    best.or(claims.first()).map(|s| s.claim().predicate).expect("a group has at least one claim")
}

fn part_in_event(s: &Sketch<'_>, predicate: Predicate, role: Role) -> Vec<ActorId> {
    let claim = s.claim();
    if claim.predicate.effects().denies && claim.predicate != predicate {
        return Vec::new();
    }
    let mut wanted = vec![role];
    if let Some((mine, its)) = shared(s, predicate).filter(|_| claim.predicate != predicate) {
        let part = if role == Role::Actor { its.actor } else { its.recipient };
        wanted = [(Role::Actor, mine.actor), (Role::Recipient, mine.recipient)]
            .into_iter()
            .filter(|(_, name)| name.is_some() && *name == part)
            .map(|(role, _)| role)
            .collect();
    }
    let mut ids: Vec<ActorId> =
        wanted.into_iter().flat_map(|r| claim.fillers(r)).filter_map(|f| f.actor.clone()).collect();
    ids.sort();
    ids.dedup();
    ids
}

fn polarity_in_event(s: &Sketch<'_>, predicate: Predicate) -> Polarity {
    let claim = s.claim();
    if claim.predicate == predicate {
        return claim.factuality.polarity;
    }
    if claim.predicate.effects().denies {
        return match claim.factuality.polarity {
            Polarity::Positive => Polarity::Negative,
            Polarity::Negative => Polarity::Positive,
        };
    }
    // "They did not agree" asserts that the talks failed.
    if s.members.iter().any(|m| m.denied) { Polarity::Positive } else { claim.factuality.polarity }
}

fn grade(claims: &[&Sketch<'_>], predicate: Predicate, background: &dyn Background) -> Grade {
    let units = |polarity: Polarity| -> BTreeSet<&SmolStr> {
        let side = claims.iter().filter(|s| polarity_in_event(s, predicate) == polarity);
        side.flat_map(|s| &s.origins).map(|o| &o.unit).collect()
    };
    let (yes, no) = (units(Polarity::Positive), units(Polarity::Negative));
    if !yes.is_empty() && !no.is_empty() && yes != no {
        return Grade::Contested;
    }
    if claims.iter().any(|s| is_admission(s, background)) {
        return Grade::Admitted;
    }
    let origins: Vec<&Origin> = claims.iter().flat_map(|s| &s.origins).collect();
    let named: BTreeMap<&SmolStr, Option<&SmolStr>> =
        origins.iter().filter(|o| o.is_named()).map(|o| (&o.unit, o.side.as_ref())).collect();
    let sides: BTreeSet<Option<&SmolStr>> = named.values().copied().collect();
    let one_side = sides.len() == 1 && !sides.contains(&None);
    if named.len() > 1 && !one_side {
        Grade::Corroborated
    } else if !named.is_empty() || origins.iter().any(|o| o.kind == crate::OriginKind::Anonymous) {
        Grade::SingleSource
    } else {
        Grade::Unattributed
    }
}

/// The side that the news speaks against tells it itself.
fn is_admission(s: &Sketch<'_>, background: &dyn Background) -> bool {
    let claim = s.claim();
    let role = match claim.predicate.effects().admitted_by {
        Some(EffectRole::Actor) => Role::Actor,
        Some(EffectRole::Recipient) => Role::Recipient,
        None => return false,
    };
    claim.factuality.polarity == Polarity::Positive
        && claim
            .fillers(role)
            .filter_map(|f| f.actor.as_deref())
            .any(|actor| s.origins.iter().any(|o| o.is_named() && o.speaks_for(actor, background)))
}
