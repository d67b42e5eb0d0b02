//! One question, one day: inertia, votes of independent origins, rivals, and what later reports take for granted.
//!
//! Method: event calculus with inertia (the latest value holds until another one begins); a value's support is
//! `1 - Π(1 - w)` over independent origins, in thousandths.

use crate::evidence::{Evidence, Told};
use crate::fluent::{Fluent, Value};
use crate::holding::{Dropped, Earlier, Since, Status};
use crate::votes::{attested, support};
use jiff::civil::Date;
use std::collections::BTreeMap;
use vigie_claims::{ActorId, ClaimId};
use vigie_events::{Background, OriginId};
use vigie_resources::{Sector, fluent_rules};

/// An answer before its ids get names.
pub(crate) struct Answer<'e, 'a> {
    pub(crate) told: Told,
    pub(crate) status: Status,
    pub(crate) rule: &'static str,
    pub(crate) since: Option<Since>,
    pub(crate) support: u32,
    /// The evidence that it rests on, in canonical order.
    pub(crate) premises: Vec<&'e Evidence<'a>>,
    pub(crate) rivals: Vec<Side<'e, 'a>>,
    pub(crate) until: Option<(Since, Vec<&'e Evidence<'a>>)>,
    pub(crate) earlier: Vec<Earlier>,
    pub(crate) dropped: Vec<Dropped>,
}

/// A value with all that speaks for it.
pub(crate) struct Side<'e, 'a> {
    pub(crate) told: Told,
    pub(crate) evidence: Vec<&'e Evidence<'a>>,
}

impl Side<'_, '_> {
    pub(crate) fn claims(&self) -> Vec<ClaimId> {
        self.evidence.iter().map(|e| e.claim.id).collect()
    }

    pub(crate) fn origins(&self) -> Vec<OriginId> {
        let mut ids: Vec<OriginId> = self.evidence.iter().flat_map(|e| &e.origins).map(|o| o.id.clone()).collect();
        ids.sort();
        ids.dedup();
        ids
    }
}

fn days_between(a: Date, b: Date) -> i32 {
    (b - a).get_days()
}

/// The answer for one question on one day; `evidence` is all there is about it, in canonical order.
pub(crate) fn resolve<'e, 'a>(
    evidence: &[&'e Evidence<'a>],
    valid: Date,
    background: &dyn Background,
) -> Option<Answer<'e, 'a>> {
    let fluent = evidence.first()?.key.fluent;
    let fresh = fluent_rules().fresh_days(fluent.as_str());
    let (past, later): (Vec<_>, Vec<_>) = evidence.iter().copied().partition(|e| e.start() <= valid);
    let past: Vec<_> = past.into_iter().filter(|e| !e.is_over(valid)).collect();
    let ahead = presupposed(&later, valid, fresh);
    let Some(mut answer) = standing(fluent, &past, valid, background) else { return ahead };
    let refreshed = answer.premises.iter().map(|e| e.last.min(valid)).max().unwrap_or(valid);
    let age = days_between(refreshed, valid);
    if let Some(ahead) = ahead
        && days_between(valid, later.iter().map(|e| e.start()).min().unwrap_or(valid)) < age
        && !same(fluent, &ahead.told, &answer.told, background)
    {
        // Something must have changed since the last word on it, and the next word is nearer than the last.
        return Some(ahead);
    }
    // Of what was contested to the last nobody is the holder, however old the last word is.
    if age > fresh && answer.status != Status::Contested {
        answer.status = Status::Stale;
    }
    answer.until = ending(fluent, &answer.told, &later, background);
    Some(answer)
}

/// Do two values say the same, or at least not contradict each other?
fn same(fluent: Fluent, one: &Told, two: &Told, background: &dyn Background) -> bool {
    if fluent != Fluent::Control {
        return one.0 == two.0;
    }
    match (&one.0, &two.0) {
        (Value::Held, Value::Held) => related(&one.1, &two.1, background),
        (Value::Held, _) | (_, Value::Held) => !related(&one.1, &two.1, background),
        _ => true,
    }
}

/// Is one of these actors one of those, a part of it, or its whole? Two groups that only the text names ("rebels",
/// "insurgents") are never told apart by their names alone, unless one of them is of the state and the other fights it.
fn related(one: &[ActorId], two: &[ActorId], background: &dyn Background) -> bool {
    let is = |id: &ActorId, sector| background.sort(id).is_some_and(|sort| sort.sector == sector);
    let fights = |a: &ActorId, b: &ActorId| is(a, Sector::Rebel) && is(b, Sector::State);
    one.iter().any(|a| {
        two.iter().any(|b| {
            a == b
                || (a.starts_with("t:") && b.starts_with("t:") && !fights(a, b) && !fights(b, a))
                || background.actor_chain(a).contains(b)
                || background.actor_chain(b).contains(a)
                || background.actor_root(a) == background.actor_root(b)
        })
    })
}

/// What holds by the latest evidence at or before the day.
fn standing<'e, 'a>(
    fluent: Fluent,
    past: &[&'e Evidence<'a>],
    valid: Date,
    background: &dyn Background,
) -> Option<Answer<'e, 'a>> {
    let effective = |e: &Evidence<'_>| e.last.min(valid);
    let newest = past.iter().map(|e| effective(e)).max()?;
    let recent = |e: &Evidence<'_>| days_between(effective(e), newest) <= 1;
    let mut window: Vec<&'e Evidence<'a>> = past.iter().copied().filter(|e| recent(e)).collect();
    // One story that tells two days in a row tells how things went on, and does not contradict itself.
    let overtaken = |e: &Evidence<'_>| {
        effective(e) < newest
            && past.iter().any(|n| {
                effective(n) == newest
                    && (n.claim.story == e.claim.story || fluent.is_staged())
                    && !same(fluent, &told(e), &told(n), background)
            })
    };
    window.retain(|e| !overtaken(e));
    if fluent.is_staged() {
        let stage = |e: &Evidence<'_>| if let Value::Word(w) = &e.value { fluent.stage(w) } else { 0 };
        // A round held and its failure are one course of things: the last stage told is where they stand.
        let last = window.iter().filter(|e| effective(e) == newest).map(|e| stage(e)).max().unwrap_or(0);
        let opening = |e: &Evidence<'_>| e.value.is_word("announced") || e.value.is_word("round");
        window.retain(|e| stage(e) == last || !opening(e));
    }
    // "X no longer holds it" leaves room for who does: what was known before still counts.
    let holders = |list: &[&Evidence<'_>]| list.iter().any(|e| e.value == Value::Held);
    if fluent == Fluent::Control && !holders(&window) {
        let fits = |e: &Evidence<'_>| {
            e.value == Value::Held && window.iter().all(|w| same(fluent, &told(w), &told(e), background))
        };
        let older = past.iter().copied().filter(|e| fits(e)).max_by_key(|e| (effective(e), e.rank));
        let gap = older.is_some_and(|o| {
            past.iter().any(|e| effective(e) > effective(o) && !same(fluent, &told(e), &told(o), background))
        });
        window.extend(older.filter(|_| !gap));
    }
    let mut sides = sides(fluent, &window, background);
    let votes: Vec<u32> = sides.iter().map(|s| support(&s.evidence, background)).collect();
    let best = (0..sides.len()).max_by_key(|&i| {
        let firm = sides[i].told.0 == Value::Held || fluent != Fluent::Control;
        (firm, votes[i], std::cmp::Reverse(i))
    })?;
    let top = votes[best];
    let mut winner = sides.remove(best);
    let rivals: Vec<Side<'e, 'a>> =
        sides.into_iter().filter(|s| !same(fluent, &s.told, &winner.told, background)).collect();
    let strong = rivals.iter().map(|r| support(&r.evidence, background)).max().unwrap_or(0);
    // The unbroken run before: who said the same earlier, with nothing against it in between.
    let mut run: Vec<&'e Evidence<'a>> = past.to_vec();
    run.sort_by_key(|e| (std::cmp::Reverse(effective(e)), std::cmp::Reverse(e.rank)));
    for e in run {
        if winner.evidence.iter().any(|w| std::ptr::eq(*w, e))
            || rivals.iter().any(|r| r.evidence.iter().any(|w| std::ptr::eq(*w, e)))
        {
            continue;
        }
        if effective(e) >= newest || window.iter().any(|w| std::ptr::eq(*w, e)) || (recent(e) && overtaken(e)) {
            continue;
        }
        if !same(fluent, &told(e), &winner.told, background) {
            break;
        }
        if e.value == winner.told.0 {
            winner.evidence.push(e);
        }
    }
    winner.evidence.sort_by_key(|e| e.rank);
    winner.told.1 = holder(&winner.evidence);
    let status =
        if strong > 0 && strong * 2 >= top { Status::Contested } else { attested(&winner.evidence, background) };
    let since = since(&winner.evidence);
    let earlier = earlier(&winner.evidence);
    let dropped = past
        .iter()
        .filter(|e| !winner.evidence.iter().any(|w| w.claim.id == e.claim.id))
        .filter(|e| !rivals.iter().any(|r| r.evidence.iter().any(|w| w.claim.id == e.claim.id)))
        .map(|e| Dropped { claim: e.claim.id, why: "older" })
        .collect();
    let support = support(&winner.evidence, background);
    Some(Answer {
        told: winner.told,
        status,
        rule: "R-INERTIA",
        since,
        support,
        premises: winner.evidence,
        rivals,
        until: None,
        earlier,
        dropped,
    })
}

fn told(e: &Evidence<'_>) -> Told {
    (e.value.clone(), e.by.clone())
}

/// Groups evidence by value; holders that may be one are one value.
fn sides<'e, 'a>(fluent: Fluent, window: &[&'e Evidence<'a>], background: &dyn Background) -> Vec<Side<'e, 'a>> {
    let mut sides: Vec<Side<'e, 'a>> = Vec::new();
    for e in window {
        let mine = told(e);
        let home = sides
            .iter_mut()
            .find(|s| s.told.0 == mine.0 && (fluent != Fluent::Control || related(&s.told.1, &mine.1, background)));
        match home {
            Some(side) => side.evidence.push(e),
            None => sides.push(Side { told: mine, evidence: vec![e] }),
        }
    }
    for side in &mut sides {
        side.told.1 = holder(&side.evidence);
    }
    sides
}

/// The best supported holders; a claim that names none leaves the others their word.
fn holder(evidence: &[&Evidence<'_>]) -> Vec<ActorId> {
    let mut count: BTreeMap<&Vec<ActorId>, (usize, usize)> = BTreeMap::new();
    for e in evidence.iter().filter(|e| !e.by.is_empty()) {
        let entry = count.entry(&e.by).or_default();
        entry.0 += e.origins.iter().filter(|o| o.is_named()).count();
        entry.1 += 1;
    }
    let best = count.iter().max_by_key(|(by, votes)| (**votes, std::cmp::Reverse(**by)));
    best.map(|(by, _)| (*by).clone()).unwrap_or_default()
}

/// The earliest beginning that a report gives a day for.
fn since(evidence: &[&Evidence<'_>]) -> Option<Since> {
    let dated = evidence.iter().filter(|e| e.dated && !(e.state && e.claim.period.is_none() && e.first.is_none()));
    dated.map(|e| Since { first: e.first, last: e.last }).min_by_key(|s| (s.first, s.last))
}

fn earlier(evidence: &[&Evidence<'_>]) -> Vec<Earlier> {
    let mut found: Vec<Earlier> = Vec::new();
    for e in evidence {
        let Some((value, by)) = &e.earlier else { continue };
        match found.iter_mut().find(|f| f.value == *value && (f.by == *by || by.is_empty())) {
            Some(one) => one.claims.push(e.claim.id),
            None => found.push(Earlier { value: value.clone(), by: by.clone(), claims: vec![e.claim.id] }),
        }
    }
    found
}

/// What the next reports take for granted about the time before them.
fn presupposed<'e, 'a>(later: &[&'e Evidence<'a>], valid: Date, fresh: i32) -> Option<Answer<'e, 'a>> {
    let next = later.iter().map(|e| e.start()).min()?;
    if days_between(valid, next) > fresh {
        return None;
    }
    let first: Vec<&'e Evidence<'a>> = later.iter().copied().filter(|e| days_between(next, e.start()) <= 1).collect();
    let mut takes: Vec<(Told, &'e Evidence<'a>)> = first.iter().filter_map(|e| Some((e.before.clone()?, *e))).collect();
    let mut rule = "R-PRE";
    if takes.is_empty() {
        // Nothing says that it began: it is told as something that already was.
        if first.iter().any(|e| !e.state || e.dated) {
            return None;
        }
        takes = first.iter().map(|e| (told(e), *e)).collect();
        rule = "R-PRE-STATE";
    }
    takes.sort_by_key(|(told, e)| (told.0 != Value::Held, e.rank));
    let told = takes[0].0.clone();
    let premises: Vec<&'e Evidence<'a>> = takes.iter().filter(|(t, _)| t.0 == told.0).map(|(_, e)| *e).collect();
    let earlier = earlier(&premises);
    Some(Answer {
        told,
        status: Status::Presupposed,
        rule,
        since: None,
        support: 0,
        premises,
        rivals: Vec::new(),
        until: None,
        earlier,
        dropped: Vec::new(),
    })
}

/// The first later evidence that ends it.
fn ending<'e, 'a>(
    fluent: Fluent,
    holding: &Told,
    later: &[&'e Evidence<'a>],
    background: &dyn Background,
) -> Option<(Since, Vec<&'e Evidence<'a>>)> {
    let against: Vec<&'e Evidence<'a>> =
        later.iter().copied().filter(|e| !same(fluent, &told(e), holding, background)).collect();
    let first = against.iter().min_by_key(|e| (e.start(), e.rank))?;
    let since = Since { first: first.first, last: first.last };
    let start = first.start();
    Some((since, against.into_iter().filter(|e| e.start() == start).collect()))
}
