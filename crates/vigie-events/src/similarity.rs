//! May two claims tell of the same happening, and how much speaks for it?
//!
//! Hard contradictions (another place, day, actor, world) end the matter; what agrees is added up. The figures are
//! small integers set by hand so that two of place, day and actor suffice, or one of them inside one story.

use crate::background::{Background, Reported, Sort};
use crate::origin::Origin;
use jiff::civil::Date;
use std::cmp::Ordering;
use vigie_claims::{ActorId, Basis, Certainty, Claim, Grain, PlaceId, Polarity, Precision, Realis, Role};
use vigie_resources::{Kind, Member, fluent_rules};
use vigie_text::Span;

/// Enough to call two claims one happening.
pub(crate) const ENOUGH: i32 = 6;

/// What comparison needs of a claim, worked out once.
pub(crate) struct Sketch<'a> {
    pub(crate) report: Reported<'a>,
    pub(crate) origins: Vec<Origin>,
    pub(crate) members: Vec<&'static Member>,
    place: Option<PlaceId>,
    place_chain: Vec<PlaceId>,
    /// First and last day it may have happened, as far as known.
    pub(crate) days: Option<(Option<Date>, Date)>,
    grain: Grain,
    chains: Vec<(ActorId, Vec<ActorId>)>,
    sorts: Vec<(ActorId, Option<Sort>)>,
    /// What the text calls the place, without regard to case.
    place_name: Option<String>,
}

impl<'a> Sketch<'a> {
    pub(crate) fn new(report: Reported<'a>, origins: Vec<Origin>, background: &dyn Background) -> Self {
        let claim = report.claim;
        let negative = claim.factuality.polarity == Polarity::Negative;
        // What only the denied act tells, the asserted one does not.
        let members = claim.predicate.groups().iter().filter(|m| !m.denied || negative).collect();
        let mention = claim.place.as_ref().filter(|p| p.precision != Precision::Country);
        let place =
            mention.and_then(|p| p.place.clone()).filter(|id| !background.place(id).is_some_and(|facts| facts.country));
        let place_chain = place.as_deref().map(|id| background.place_chain(id)).unwrap_or_default();
        let place_name = mention.filter(|_| place.is_some()).map(|p| p.name.to_lowercase());
        let ids: Vec<&ActorId> = claim.arguments.iter().filter_map(|a| a.filler.actor.as_ref()).collect();
        Self {
            report,
            origins,
            members,
            place,
            place_chain,
            days: claim.period.as_ref().map(|p| (p.first, p.last)),
            grain: claim.period.as_ref().map_or(Grain::Day, |p| p.grain),
            sorts: ids.iter().map(|id| ((*id).clone(), background.sort(id))).collect(),
            chains: ids.into_iter().map(|id| (id.clone(), background.actor_chain(id))).collect(),
            place_name,
        }
    }

    pub(crate) fn claim(&self) -> &'a Claim {
        self.report.claim
    }

    /// 0: may bring others together; 1, a headline, and 2, a rumour: may only join what stands without them.
    pub(crate) fn weakness(&self) -> u8 {
        match (self.claim().factuality.certainty, self.claim().headline) {
            (Certainty::Possible, _) => 2,
            (_, true) => 1,
            _ => 0,
        }
    }

    /// The order in which claims are looked at: it does not depend on the order of arrival.
    pub(crate) fn canonical(&self, other: &Self) -> Ordering {
        let key = |s: &Self| {
            let c = s.claim();
            (s.report.reported, c.document, c.trigger.start(), c.trigger.end(), c.predicate, c.id)
        };
        key(self).cmp(&key(other))
    }

    /// The day by which it is filed: its own last day, else the day of the report.
    pub(crate) fn filed(&self) -> Option<Date> {
        self.days.map(|d| d.1).or(self.report.reported)
    }

    fn chain(&self, id: &ActorId) -> &[ActorId] {
        self.chains.iter().find(|(known, _)| known == id).map_or(&[], |(_, chain)| chain)
    }

    fn sort(&self, id: &ActorId) -> Option<&Sort> {
        self.sorts.iter().find(|(known, _)| known == id).and_then(|(_, sort)| sort.as_ref())
    }

    /// The actors that play one part of the happening.
    fn part(&self, member: &Member, part: &str) -> Vec<&ActorId> {
        let mut ids: Vec<&ActorId> = Vec::new();
        for (role, name) in [(Role::Actor, member.actor), (Role::Recipient, member.recipient)] {
            if name == Some(part) {
                ids.extend(self.claim().fillers(role).filter_map(|f| f.actor.as_ref()));
            }
        }
        ids.sort();
        ids.dedup();
        ids
    }
}

fn world(claim: &Claim) -> u8 {
    match claim.factuality.realis {
        Realis::Actual | Realis::Historical => 0,
        Realis::Future => 1,
        Realis::Hypothetical => 2,
    }
}

/// Days from `a` to `b`. Every pair of claims asks for them, so no calendar span is made.
pub(crate) fn days_between(a: Date, b: Date) -> i32 {
    day_number(b) - day_number(a)
}

/// Days since the first of March of the year 0 in the Gregorian calendar (Hinnant, "chrono-compatible low-level date
/// algorithms", 2013).
fn day_number(date: Date) -> i32 {
    let (month, day) = (i32::from(date.month()), i32::from(date.day()));
    let year = i32::from(date.year()) - i32::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year
}

/// `None`: they cannot be the same. Otherwise how much speaks for it; `ENOUGH` or more suffices.
pub(crate) fn likeness(a: &Sketch<'_>, b: &Sketch<'_>) -> Option<i32> {
    let (one, two) = (a.claim(), b.claim());
    if world(one) != world(two) {
        return None;
    }
    let shared = a.members.iter().find_map(|m| b.members.iter().find(|n| n.group == m.group).map(|n| (*m, *n)));
    let same_story = one.story == two.story;
    let same_sentence = one.document == two.document && one.sentence == two.sentence;
    // Two words for the same act in one sentence, each with its own place or turn, are two acts.
    if same_sentence && one.predicate == two.predicate && one.trigger != two.trigger {
        return None;
    }
    if contrary(a, b) || figures_apart(a, b) || (same_story && undoes(one, two)) {
        return None;
    }
    let place = match places(a, b) {
        Some(score) => score,
        // "Killed in the town when drones hit a camp there": one sentence, and one place inside the other.
        None if same_sentence && nested(a, b) => 1,
        None => return None,
    };
    let window = shared.map_or(7, |(m, _)| m.window);
    let time = times(a, b, window)?;
    let Some((m, n)) = shared else { return Some(0) };
    let who = actors(a, m, b, n)?;
    // Another number, and neither place, day nor anybody in common: two happenings that a verb alone makes alike.
    // A copy whose number was altered is another version of what it copies.
    let copied = one.document != two.document && share_origin(a, b);
    if place == 0 && who == 0 && time < 3 && !copied && !harms(one, two) && counts_differ(one, two) {
        return None;
    }

    let mut score = place + time + who;
    score += i32::from(same_story) + i32::from(one.predicate == two.predicate) + i32::from(one.again && two.again);
    if one.predicate != two.predicate && one.predicate.kind() == two.predicate.kind() && who == 0 {
        // Another word for the act, and nobody in common: a shared place and day is less than it seems.
        score -= 2;
    }
    if same_story && one.predicate.kind() != two.predicate.kind() {
        // The state that an event made, told beside it.
        score += 1;
    }
    if one.document != two.document && a.report.printed == b.report.printed && one.predicate == two.predicate {
        // One sentence in two papers; of several such acts in it the one told in the same place of it.
        let at = |claim: &Claim| claim.trigger.start() - claim.sentence.start();
        score += ENOUGH + i32::from(at(one) == at(two));
    }
    if harms(one, two) {
        // "Killed in air strikes": the harm and what did it, told in one breath.
        score += ENOUGH;
    }
    if same_sentence {
        score += 3;
    } else if same_story && adjacent(one, two) {
        score += 2;
        // "X was taken. In two weeks most of it was taken": the second sentence spells the first one out.
        let silent = |s: &Claim| s.fillers(Role::Actor).next().is_none();
        if one.predicate == two.predicate && silent(one) != silent(two) {
            score += 2;
        }
    }
    Some(score)
}

/// "Captured by the rebels in May. Recaptured on 5 June": a return that names nobody, told behind the act of somebody and
/// with a time of its own, is not that act but its undoing.
fn undoes(one: &Claim, two: &Claim) -> bool {
    let (first, second) = if one.trigger.start() <= two.trigger.start() { (one, two) } else { (two, one) };
    let silent = |claim: &Claim| claim.fillers(Role::Actor).next().is_none();
    let days = |claim: &Claim| claim.period.as_ref().filter(|p| p.basis == Basis::Stated).map(|p| (p.first, p.last));
    let apart = days(first).is_some() && days(second).is_some() && days(first) != days(second);
    one.predicate == two.predicate && second.again && !first.again && silent(second) && !silent(first) && apart
}

/// Sentences that touch but for white space and the closing of a quotation.
fn adjacent(one: &Claim, two: &Claim) -> bool {
    let (first, second) = if one.sentence.start() <= two.sentence.start() { (one, two) } else { (two, one) };
    second.sentence.start().saturating_sub(first.sentence.end()) <= 4
}

/// One voice does not assert and deny the same thing.
fn contrary(a: &Sketch<'_>, b: &Sketch<'_>) -> bool {
    let denied =
        |s: &Sketch<'_>| s.claim().factuality.polarity == Polarity::Negative && !s.members.iter().any(|m| m.denied);
    denied(a) != denied(b) && share_origin(a, b)
}

/// Have both one voice at their root?
pub(crate) fn share_origin(a: &Sketch<'_>, b: &Sketch<'_>) -> bool {
    a.origins.iter().any(|o| b.origins.iter().any(|p| o.unit == p.unit))
}

/// One voice that gives two numbers of the same thing in one document speaks of two things.
fn figures_apart(a: &Sketch<'_>, b: &Sketch<'_>) -> bool {
    let (one, two) = (a.claim(), b.claim());
    one.document == two.document
        && a.origins.iter().any(|o| b.origins.iter().any(|p| o.unit == p.unit))
        && counts_differ(one, two)
}

/// Do both count the same thing, and come to other numbers?
fn counts_differ(one: &Claim, two: &Claim) -> bool {
    one.figures.iter().any(|f| {
        let mut alike = two.figures.iter().filter(|g| g.unit == f.unit).peekable();
        alike.peek().is_some() && alike.all(|g| g.high < f.low || f.high < g.low)
    })
}

/// Does one tell by what the other's harm was done: its means is where the other's own word stands?
fn harms(one: &Claim, two: &Claim) -> bool {
    let by = |harm: &Claim, deed: &Claim| {
        let does = |head: Span| {
            let parts = [Role::Actor, Role::Object, Role::Instrument].into_iter().flat_map(|role| deed.fillers(role));
            deed.trigger.contains(head) || harm.predicate != deed.predicate && parts.into_iter().any(|f| f.head == head)
        };
        harm.fillers(Role::Instrument).any(|means| does(means.head))
            || harm.fillers(Role::Actor).any(|means| deed.trigger.contains(means.head))
    };
    one.document == two.document && (by(one, two) || by(two, one))
}

fn places(a: &Sketch<'_>, b: &Sketch<'_>) -> Option<i32> {
    let (Some(one), Some(two)) = (&a.place, &b.place) else { return Some(0) };
    if one == two {
        return Some(4);
    }
    // One text tells which of several places of a name it is, the other gives the name alone.
    if one.starts_with("t:") != two.starts_with("t:") && a.place_name == b.place_name {
        return Some(3);
    }
    // Places that only the text names may be the same one under two names.
    (one.starts_with("t:") && two.starts_with("t:") && anonymous_fit(a, b)).then_some(0)
}

/// Does one place lie in the other?
fn nested(a: &Sketch<'_>, b: &Sketch<'_>) -> bool {
    let inside = |s: &Sketch<'_>, t: &Sketch<'_>| t.place.as_ref().is_some_and(|place| s.place_chain.contains(place));
    inside(a, b) || inside(b, a)
}

/// Two places without a name of their own: fit unless their surroundings are known to differ.
fn anonymous_fit(a: &Sketch<'_>, b: &Sketch<'_>) -> bool {
    let (up, down) = (&a.place_chain[1..], &b.place_chain[1..]);
    up.is_empty() || down.is_empty() || up.iter().any(|p| down.contains(p))
}

fn times(a: &Sketch<'_>, b: &Sketch<'_>, window: i32) -> Option<i32> {
    match (a.days, b.days) {
        (Some(one), Some(two)) => dated(one, a.grain, two, b.grain),
        (None, None) => {
            let (Some(one), Some(two)) = (a.report.reported, b.report.reported) else { return Some(0) };
            (days_between(one, two).abs() <= window).then_some(0)
        }
        (Some(days), None) => undated(days, b),
        (None, Some(days)) => undated(days, a),
    }
}

fn dated(one: (Option<Date>, Date), g: Grain, two: (Option<Date>, Date), h: Grain) -> Option<i32> {
    let (Some(a), Some(b)) = (one.0, two.0) else {
        // Only the last day is sure of one: it may be any day before.
        let earliest = one.0.or(two.0);
        return (earliest.is_none_or(|first| first <= one.1.min(two.1))).then_some(0);
    };
    if a > two.1 || b > one.1 {
        return None;
    }
    if one == two {
        return Some(3);
    }
    let (short, long) = {
        let (x, y) = (days_between(a, one.1) + 1, days_between(b, two.1) + 1);
        (x.min(y), x.max(y))
    };
    let long_grain = if days_between(a, one.1) >= days_between(b, two.1) { g } else { h };
    // A stretch of weeks told day by day adds up many happenings; "in March" only leaves open which day it was.
    if long > 7 && short * 4 < long && matches!(long_grain, Grain::Hour | Grain::Day) {
        return None;
    }
    Some(if long <= 3 { 2 } else { 1 })
}

fn undated(days: (Option<Date>, Date), other: &Sketch<'_>) -> Option<i32> {
    if other.claim().factuality.realis == Realis::Historical {
        return Some(0);
    }
    let Some(told) = other.report.reported else { return Some(0) };
    let age = days_between(days.1, told);
    // Told without a date, it is news: neither weeks old nor still to come.
    if age > fluent_rules().news_days || days.0.is_some_and(|first| first > told) {
        return None;
    }
    Some(i32::from((0..=2).contains(&age)))
}

/// How two fillers stand to each other: nothing in common, of one sort, parts of one whole, the same or one within the
/// other.
const STRANGERS: i32 = 0;
const SORT: i32 = 1;
const KIN: i32 = 2;
const SAME: i32 = 3;

/// How the fillers of one part compare.
fn compare(a: &Sketch<'_>, ids: &[&ActorId], b: &Sketch<'_>, others: &[&ActorId], both_sides: bool) -> Option<i32> {
    if ids.is_empty() || others.is_empty() {
        return Some(0);
    }
    let related = |x: &ActorId, y: &ActorId| {
        let (up, down) = (a.chain(x), b.chain(y));
        if x == y || up.contains(y) || down.contains(x) {
            SAME
        } else if up.len() > 1 && down.len() > 1 && up.last() == down.last() {
            KIN
        } else {
            // "The army" may be any army of the country, and an outlet of another country calls it otherwise.
            let fit = a.sort(x).zip(b.sort(y)).is_some_and(|(one, two)| one.fits(two));
            if fit { SORT } else { STRANGERS }
        }
    };
    let (few, many, turned) = if ids.len() <= others.len() { (ids, others, false) } else { (others, ids, true) };
    let best: Vec<i32> = few
        .iter()
        .map(|x| many.iter().map(|y| if turned { related(y, x) } else { related(x, y) }).max().unwrap_or(STRANGERS))
        .collect();
    let hits = best.iter().filter(|s| **s > STRANGERS).count();
    if hits == 0 || (both_sides && hits < few.len()) {
        None
    } else if best.contains(&SORT) && !best.iter().any(|s| *s > SORT) {
        Some(1)
    } else if hits == few.len() {
        Some(if best.iter().all(|s| *s == SAME) { 3 } else { 2 })
    } else {
        Some(1)
    }
}

fn actors(a: &Sketch<'_>, m: &Member, b: &Sketch<'_>, n: &Member) -> Option<i32> {
    // Who wins in one and loses in the other tells of two happenings.
    for (s, mine, t, its) in [(a, m, b, n), (b, n, a, m)] {
        if let (Some(part), Some(other)) = (mine.actor, its.actor)
            && part != other
        {
            let turned = t.part(its, other);
            if s.part(mine, part).iter().any(|id| turned.contains(id)) {
                return None;
            }
        }
    }
    let mut score = 0;
    let mut parts: Vec<&str> = [m.actor, m.recipient].into_iter().flatten().collect();
    parts.dedup();
    for (nth, part) in parts.iter().enumerate() {
        let both_sides = m.actor == m.recipient;
        let (ids, others) = (a.part(m, part), b.part(n, part));
        let fit = compare(a, &ids, b, &others, both_sides)?;
        // Both parties of a meeting named twice say more than one actor does.
        let both = i32::from(both_sides && ids.len() > 1 && others.len() > 1) * 2;
        score += if nth == 0 { fit } else { fit.min(2) } + if fit > 0 { both } else { 0 };
    }
    Some(score)
}

/// Kinds of claims that take part in grouping at all.
pub(crate) fn groups(sketch: &Sketch<'_>) -> bool {
    !sketch.members.is_empty() && matches!(sketch.claim().predicate.kind(), Kind::Event | Kind::State)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        let dates = [(-1, 12, 31), (0, 3, 1), (1900, 2, 28), (1900, 3, 1), (2000, 2, 29), (2024, 12, 31), (2025, 1, 1)];
        let dates = dates.map(|(year, month, day)| Date::new(year, month, day).expect("a date"));
        for (a, b) in dates.iter().flat_map(|a| dates.iter().map(move |b| (*a, *b))) {
            assert_eq!(days_between(a, b), (b - a).get_days(), "{a} {b}");
        }
    }
}
