//! Claims as evidence: which value of which fluent each one speaks for, from when, and what it takes for granted.

use crate::course::{is_contested, tells_its_end, told_in_order};
use crate::fluent::{Fluent, Value};
use crate::key::{Key, Names, PlaceKey, keys, principals};
use jiff::civil::Date;
use std::collections::BTreeMap;
use vigie_claims::{ActorId, Certainty, Claim, ClaimId, Polarity, Realis, Role};
use vigie_events::{Background, Event, EventId, Origin, Reported, origins_of};
use vigie_resources::{Effect, EffectRole, Kind, Presupposed, situation_words};
use vigie_text::StoryId;

/// A value with its holders.
pub(crate) type Told = (Value, Vec<ActorId>);

/// One claim's word on one question.
#[derive(Debug, Clone)]
pub(crate) struct Evidence<'a> {
    pub(crate) key: Key,
    pub(crate) value: Value,
    pub(crate) by: Vec<ActorId>,
    /// First day on which it may have begun; `None` where only the last is sure.
    pub(crate) first: Option<Date>,
    /// Last such day; for a report without a date, the day of the report.
    pub(crate) last: Date,
    /// The text or another report of the same event gives the day.
    pub(crate) dated: bool,
    /// It tells that something held, not that it began.
    pub(crate) state: bool,
    /// It tells until when somebody held a place.
    pub(crate) ended: bool,
    /// It only ends what somebody told of.
    pub(crate) ends: bool,
    pub(crate) claim: &'a Claim,
    /// Place in the canonical order of all claims.
    pub(crate) rank: usize,
    pub(crate) event: EventId,
    pub(crate) origins: Vec<Origin>,
    /// Who gains when it is believed.
    pub(crate) gains: Vec<ActorId>,
    /// The side that it speaks against.
    pub(crate) admitted_by: Vec<ActorId>,
    pub(crate) before: Option<Told>,
    pub(crate) earlier: Option<Told>,
    /// The route is said to be the only one.
    pub(crate) sole: bool,
}

impl Evidence<'_> {
    /// The first day on which it counts.
    pub(crate) fn start(&self) -> Date {
        self.first.unwrap_or(self.last)
    }

    /// What was a state of things in the past, from one day to another, says nothing of the days after it.
    pub(crate) fn is_over(&self, day: Date) -> bool {
        let past = self.first.is_some() && self.claim.factuality.realis == Realis::Historical;
        self.state && self.last < day && (past || self.ended)
    }
}

/// All evidence, by question; within one in canonical order.
pub(crate) fn gather<'a>(
    reports: &[Reported<'a>],
    events: &[Event],
    background: &dyn Background,
    names: &mut Names,
) -> BTreeMap<Key, Vec<Evidence<'a>>> {
    let mut home: BTreeMap<ClaimId, &Event> = BTreeMap::new();
    for event in events {
        home.extend(event.claims.iter().map(|c| (*c, event)));
    }
    let mut by_id: BTreeMap<ClaimId, Reported<'a>> = BTreeMap::new();
    for report in reports {
        // Of a document taken in twice the first counts, as it does for the events.
        let kept = by_id.entry(report.claim.id).or_insert(*report);
        if (report.reported, report.order) < (kept.reported, kept.order) {
            *kept = *report;
        }
    }
    let order: Vec<ClaimId> = events.iter().flat_map(|e| e.claims.iter().copied()).collect();
    let mut ranked: Vec<Reported<'a>> = order.iter().filter_map(|id| by_id.get(id).copied()).collect();
    ranked.sort_by_key(|r| (r.reported, r.claim.document, r.claim.trigger, r.claim.predicate, r.claim.id));

    let mut stories: BTreeMap<StoryId, Vec<Reported<'a>>> = BTreeMap::new();
    for report in &ranked {
        stories.entry(report.claim.story).or_default().push(*report);
    }
    let all = Gather { ranked: &ranked, stories: &stories, by_id: &by_id, home: &home, background };
    let mut found: BTreeMap<Key, Vec<Evidence<'a>>> = BTreeMap::new();
    for (rank, report) in ranked.iter().enumerate() {
        for evidence in all.of(rank, report, names) {
            found.entry(evidence.key.clone()).or_default().push(evidence);
        }
    }
    denials(&all, &mut found);
    found.values_mut().for_each(told_in_order);
    found
}

struct Gather<'a, 'b> {
    ranked: &'b [Reported<'a>],
    stories: &'b BTreeMap<StoryId, Vec<Reported<'a>>>,
    by_id: &'b BTreeMap<ClaimId, Reported<'a>>,
    home: &'b BTreeMap<ClaimId, &'b Event>,
    background: &'b dyn Background,
}

impl<'a> Gather<'a, '_> {
    fn of(&self, rank: usize, report: &Reported<'a>, names: &mut Names) -> Vec<Evidence<'a>> {
        let claim = report.claim;
        let table = claim.predicate.effects();
        let Some(event) = self.home.get(&claim.id) else { return Vec::new() };
        if table.effects.is_empty() || claim.factuality.certainty == Certainty::Possible {
            return Vec::new();
        }
        let Some((first, last, dated)) = self.days(report, event) else { return Vec::new() };
        let state = claim.predicate.kind() != Kind::Event;
        let ended = state && report.reported.is_some_and(|day| last < day) && tells_its_end(claim);
        let ended = |fluent| ended && fluent == Fluent::Control;
        let origins = origins_of(report, self.background);
        let mut found = Vec::new();
        for effect in &table.effects {
            let Some(fluent) = Fluent::from_word(&effect.fluent) else { continue };
            let place = self.place(report, event, fluent);
            let values = values(fluent, effect, claim);
            let told: Vec<Told> = values.iter().flat_map(|v| self.answers(fluent, effect, claim, v, names)).collect();
            if told.is_empty() {
                continue;
            }
            for key in keys(fluent, &effect.key, claim, place.as_ref(), self.background, names) {
                for (value, by) in told.iter().cloned() {
                    let plain = claim.factuality.polarity == Polarity::Positive
                        && !matches!(claim.factuality.realis, Realis::Future | Realis::Hypothetical);
                    let presupposed = |was: &Option<Presupposed>, names: &mut Names| {
                        let was = was.as_ref().filter(|_| plain)?;
                        let value = Value::from_table(fluent, was.value.as_deref())?;
                        let by = self.role(claim, was.by, names);
                        (value != Value::Held || !by.is_empty()).then_some((value, by))
                    };
                    let again = claim.again;
                    let mut before = presupposed(&effect.before, names);
                    if again && before.is_none() {
                        before = presupposed(&effect.before_again, names);
                    }
                    let earlier = if again { presupposed(&effect.earlier, names) } else { None };
                    let evidence = Evidence {
                        key: key.clone(),
                        by,
                        first,
                        last,
                        dated,
                        state,
                        ended: ended(fluent),
                        ends: effect.ends.is_some() && value != Value::Held,
                        value,
                        claim,
                        rank,
                        event: event.id,
                        origins: origins.clone(),
                        gains: self.role(claim, table.profits, names),
                        admitted_by: self.role(claim, table.admitted_by, names),
                        before,
                        earlier,
                        sole: fluent == Fluent::Route
                            && claim.fillers(Role::Object).any(|f| situation_words().is_sole(&f.name)),
                    };
                    found.extend(evidence.after_its_end());
                    found.push(evidence);
                }
            }
        }
        found
    }

    /// What a claim says of one value: of who holds a place, each of those who contest it by himself, or nobody where none
    /// is named, which contests whoever held it last; where nobody is told
    /// who would hold it, who no longer does, or nobody at all, which may still end what the story told before.
    fn answers(&self, fluent: Fluent, effect: &Effect, claim: &Claim, value: &Value, names: &mut Names) -> Vec<Told> {
        let by = self.role(claim, effect.by, names);
        if fluent != Fluent::Control {
            return vec![(value.clone(), by)];
        }
        if is_contested(claim) && *value == Value::Held {
            let held = by.iter().map(|one| (Value::Held, vec![one.clone()]));
            let alone = Value::Held.complement(fluent).filter(|_| by.len() == 1).map(|not| (not, by.clone()));
            let whoever = by.is_empty().then(|| (Value::Held, Vec::new()));
            return held.chain(alone).chain(whoever).collect();
        }
        if !by.is_empty() || *value != Value::Held {
            return Some((value.clone(), by)).filter(|(_, by)| !by.is_empty()).into_iter().collect();
        }
        let other = effect.otherwise.as_ref().and_then(|other| {
            let told = (Value::from_table(fluent, other.value.as_deref())?, self.role(claim, other.by, names));
            Some(told).filter(|(_, by)| !by.is_empty())
        });
        let ended = self.role(claim, effect.ends, names);
        let ended = || value.complement(fluent).filter(|_| !ended.is_empty()).map(|not| (not, ended.clone()));
        let taken = claim.predicate.kind() == Kind::Event;
        other.or_else(ended).or_else(|| taken.then(|| (value.clone(), Vec::new()))).into_iter().collect()
    }

    fn role(&self, claim: &Claim, role: Option<EffectRole>, names: &mut Names) -> Vec<ActorId> {
        match role {
            Some(EffectRole::Actor) => principals(claim, Role::Actor, self.background, names),
            Some(EffectRole::Recipient) => principals(claim, Role::Recipient, self.background, names),
            None => Vec::new(),
        }
    }

    /// When it began: the claim's own period, else that of its event, else the day of the report.
    fn days(&self, report: &Reported<'_>, event: &Event) -> Option<(Option<Date>, Date, bool)> {
        let own = report.claim.period.as_ref().map(|p| (p.first, p.last));
        let reported = report.reported;
        let shared = || event.period.all().iter().find(|v| self.firm(&v.claims).is_some()).map(|v| v.value);
        match own.or_else(shared) {
            Some((first, last)) => Some((first, last, first.is_some())),
            // Background without a date cannot be put anywhere in time.
            None if report.claim.factuality.realis == Realis::Historical => None,
            None => reported.map(|day| (None, day, false)),
        }
    }

    /// The first of these claims that is more than a rumour: what a rumour adds to an event is never carried over.
    fn firm(&self, claims: &[ClaimId]) -> Option<&'a Claim> {
        let claims = claims.iter().filter_map(|id| self.by_id.get(id)).map(|r| r.claim);
        claims.into_iter().find(|c| c.factuality.certainty != Certainty::Possible)
    }

    /// Where: the claim's own place, that of its event, and for sieges and ceasefires that of the nearest claim about
    /// the same question in the same story, since such a story has one subject.
    fn place(&self, report: &Reported<'_>, event: &Event, fluent: Fluent) -> Option<PlaceKey> {
        let claim = report.claim;
        let of = |c: &Claim| c.place.as_ref().and_then(|p| PlaceKey::of(p, self.background));
        if let Some(own) = of(claim) {
            return Some(own);
        }
        if let Some(best) = event.place.all().iter().find_map(|v| self.firm(&v.claims)) {
            return of(best);
        }
        if matches!(fluent, Fluent::Population | Fluent::Casualties | Fluent::Route) {
            return self.place_of_sentence(claim).and_then(of);
        }
        if !matches!(fluent, Fluent::Siege | Fluent::Ceasefire) {
            return None;
        }
        let near = self.stories[&claim.story].iter().filter(|other| {
            let c = other.claim;
            c.id != claim.id
                && c.place.is_some()
                && c.predicate.effects().effects.iter().any(|e| e.fluent == fluent.as_str())
                && self.related(claim, c)
        });
        // What was told before is nearer than what comes after.
        near.min_by_key(|other| {
            let (here, there) = (claim.trigger.start(), other.claim.trigger.start());
            (there > here, here.abs_diff(there))
        })
        .and_then(|other| of(other.claim))
    }

    /// A claim of the same sentence with a place, where all of them agree on it.
    fn place_of_sentence(&self, claim: &Claim) -> Option<&'a Claim> {
        let beside = |r: &&Reported<'a>| {
            let c = r.claim;
            let firm = c.factuality.certainty != Certainty::Possible;
            c.sentence == claim.sentence && c.place.is_some() && firm
        };
        let mut found = self.stories[&claim.story].iter().filter(beside).map(|r| r.claim);
        let first = found.next()?;
        let place = |c: &Claim| c.place.as_ref().map(|p| (p.place.clone(), p.name.clone()));
        found.all(|c| place(c).map(|p| p.0) == place(first).map(|p| p.0)).then_some(first)
    }

    /// Do two claims name actors that may be the same, or does one of them name none?
    fn related(&self, one: &Claim, two: &Claim) -> bool {
        let ids = |c: &'_ Claim| -> Vec<ActorId> {
            c.fillers(Role::Actor).filter_map(|f| f.actor.as_deref().map(|id| self.background.actor_root(id))).collect()
        };
        let (a, b) = (ids(one), ids(two));
        a.is_empty() || b.is_empty() || a.iter().any(|id| b.contains(id))
    }
}

/// The values that one effect gives for a claim.
fn values(fluent: Fluent, effect: &Effect, claim: &Claim) -> Vec<Value> {
    let word = |w: Option<&str>| Value::from_table(fluent, w);
    match claim.factuality.realis {
        Realis::Future => return effect.future.as_deref().and_then(|w| word(Some(w))).into_iter().collect(),
        Realis::Hypothetical => return Vec::new(),
        Realis::Actual | Realis::Historical => {}
    }
    let denied = claim.factuality.polarity == Polarity::Negative;
    match effect.value.as_deref() {
        Some("figure") if denied => Vec::new(),
        Some("figure") => claim
            .figures
            .iter()
            .filter(|f| effect.units.iter().any(|u| *u == f.unit))
            .map(|f| Value::Count { low: f.low, high: f.high, unit: f.unit.clone() })
            .collect(),
        // The rule that read the claim names the value after "=".
        Some("told") if denied => Vec::new(),
        Some("told") => named_by_rule(fluent, claim).into_iter().collect(),
        plain => {
            let value = if denied {
                match effect.negative.as_deref() {
                    Some(told) => word(Some(told)),
                    // An act that did not happen changes nothing; a state that does not hold is a state too.
                    None if claim.predicate.kind() == Kind::Event => None,
                    None => word(plain).and_then(|v| v.complement(fluent)),
                }
            } else {
                named_by_rule(fluent, claim).or_else(|| word(plain))
            };
            value.into_iter().collect()
        }
    }
}

fn named_by_rule(fluent: Fluent, claim: &Claim) -> Option<Value> {
    claim.because.iter().find_map(|rule| Value::from_table(fluent, Some(rule.rsplit_once('=')?.1)))
}

/// Who denies an event speaks for the opposite of what the event would have brought about.
fn denials<'a>(all: &Gather<'a, '_>, found: &mut BTreeMap<Key, Vec<Evidence<'a>>>) {
    let mut opposite: Vec<Evidence<'a>> = Vec::new();
    for list in found.values() {
        for evidence in list {
            let Some(event) = all.home.get(&evidence.claim.id) else { continue };
            if event.happened.all().len() < 2 || evidence.claim.factuality.polarity == Polarity::Negative {
                continue;
            }
            let Some(value) = evidence.value.complement(evidence.key.fluent) else { continue };
            for version in event.happened.all().iter().filter(|v| v.value == Polarity::Negative) {
                for id in &version.claims {
                    let Some(rank) = all.ranked.iter().position(|r| r.claim.id == *id) else { continue };
                    let report = &all.ranked[rank];
                    if report.claim.factuality.certainty == Certainty::Possible {
                        continue;
                    }
                    let told = opposite.iter().any(|o| o.claim.id == *id && o.key == evidence.key && o.value == value);
                    if told {
                        continue;
                    }
                    opposite.push(Evidence {
                        value: value.clone(),
                        claim: report.claim,
                        rank,
                        origins: origins_of(report, all.background),
                        gains: Vec::new(),
                        admitted_by: Vec::new(),
                        before: None,
                        earlier: None,
                        ..evidence.clone()
                    });
                }
            }
        }
    }
    for evidence in opposite {
        let list = found.entry(evidence.key.clone()).or_default();
        list.push(evidence);
        list.sort_by_key(|e| e.rank);
    }
}
