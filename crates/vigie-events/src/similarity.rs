//! May two claims tell of the same happening, and how much speaks for it?
//!
//! Hard contradictions (another place, day, actor, world) end the matter; what agrees is added up. The figures are
//! small integers set by hand so that two of place, day and actor suffice, or one of them inside one story.

use crate::sketch::{Party, Site, Sketch, Stretch};
use vigie_claims::{Basis, Claim, Grain, Polarity, Realis, Role};
use vigie_resources::{Member, fluent_rules};
use vigie_text::Span;

/// Enough to call two claims one happening.
pub(crate) const ENOUGH: i32 = 6;

fn world(claim: &Claim) -> u8 {
    match claim.factuality.realis {
        Realis::Actual | Realis::Historical => 0,
        Realis::Future => 1,
        Realis::Hypothetical => 2,
    }
}

/// `None`: they cannot be the same. Otherwise how much speaks for it; `ENOUGH` or more suffices.
pub(crate) fn likeness(a: &Sketch<'_>, b: &Sketch<'_>) -> Option<i32> {
    let (one, two) = (a.claim(), b.claim());
    if world(one) != world(two) {
        return None;
    }
    let shared = a.members.iter().find_map(|m| b.members.iter().find(|n| n.group == m.group).map(|n| (*m, *n)));
    // What tells most pairs apart, and costs least, is asked first.
    let time = times(a, b, shared.map_or(7, |(m, _)| m.window))?;
    let same_story = one.story == two.story;
    let same_sentence = one.document == two.document && one.sentence == two.sentence;
    // Two words for the same act in one sentence, each with its own place or turn, are two acts.
    if same_sentence && one.predicate == two.predicate && one.trigger != two.trigger {
        return None;
    }
    let place = match places(a, b) {
        Some(score) => score,
        // "Killed in the town when drones hit a camp there": one sentence, and one place inside the other.
        None if same_sentence && nested(a, b) => 1,
        None => return None,
    };
    if contrary(a, b) || figures_apart(a, b) || (same_story && undoes(one, two)) {
        return None;
    }
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
    a.units.iter().any(|unit| b.units.contains(unit))
}

/// One voice that gives two numbers of the same thing in one document speaks of two things.
fn figures_apart(a: &Sketch<'_>, b: &Sketch<'_>) -> bool {
    let (one, two) = (a.claim(), b.claim());
    one.document == two.document && share_origin(a, b) && counts_differ(one, two)
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
    let (Some(one), Some(two)) = (&a.site, &b.site) else { return Some(0) };
    if one.place == two.place {
        return Some(4);
    }
    // One text tells which of several places of a name it is, the other gives the name alone.
    if one.of_text != two.of_text && one.name == two.name {
        return Some(3);
    }
    // Places that only the text names may be the same one under two names.
    (one.of_text && two.of_text && anonymous_fit(one, two)).then_some(0)
}

/// Does one place lie in the other?
fn nested(a: &Sketch<'_>, b: &Sketch<'_>) -> bool {
    let (Some(one), Some(two)) = (&a.site, &b.site) else { return false };
    one.chain.contains(&two.place) || two.chain.contains(&one.place)
}

/// Two places without a name of their own: fit unless their surroundings are known to differ.
fn anonymous_fit(one: &Site, two: &Site) -> bool {
    let (up, down) = (&one.chain[1..], &two.chain[1..]);
    up.is_empty() || down.is_empty() || up.iter().any(|p| down.contains(p))
}

fn times(a: &Sketch<'_>, b: &Sketch<'_>, window: i32) -> Option<i32> {
    match (a.stretch, b.stretch) {
        (Some(one), Some(two)) => dated(one, a.grain, two, b.grain),
        (None, None) => {
            let (Some(one), Some(two)) = (a.told, b.told) else { return Some(0) };
            ((one - two).abs() <= window).then_some(0)
        }
        (Some(days), None) => undated(days, b),
        (None, Some(days)) => undated(days, a),
    }
}

fn dated(one: Stretch, g: Grain, two: Stretch, h: Grain) -> Option<i32> {
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
    let (its, other) = (one.1 - a + 1, two.1 - b + 1);
    let (short, long) = (its.min(other), its.max(other));
    let long_grain = if its >= other { g } else { h };
    // A stretch of weeks told day by day adds up many happenings; "in March" only leaves open which day it was.
    if long > 7 && short * 4 < long && matches!(long_grain, Grain::Hour | Grain::Day) {
        return None;
    }
    Some(if long <= 3 { 2 } else { 1 })
}

fn undated(days: Stretch, other: &Sketch<'_>) -> Option<i32> {
    if other.claim().factuality.realis == Realis::Historical {
        return Some(0);
    }
    let Some(told) = other.told else { return Some(0) };
    let age = told - days.1;
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
fn compare(ids: &[Party], others: &[Party], both_sides: bool) -> Option<i32> {
    if ids.is_empty() || others.is_empty() {
        return Some(0);
    }
    let related = |x: &Party, y: &Party| {
        if x.id == y.id || x.chain.contains(&y.id) || y.chain.contains(&x.id) {
            SAME
        } else if x.chain.len() > 1 && y.chain.len() > 1 && x.chain.last() == y.chain.last() {
            KIN
        } else {
            // "The army" may be any army of the country, and an outlet of another country calls it otherwise.
            let fit = x.sort.as_ref().zip(y.sort.as_ref()).is_some_and(|(one, two)| one.fits(two));
            if fit { SORT } else { STRANGERS }
        }
    };
    let (few, many) = if ids.len() <= others.len() { (ids, others) } else { (others, ids) };
    let best = |x: &Party| many.iter().map(|y| related(x, y)).max().unwrap_or(STRANGERS);
    let (mut hits, mut highest, mut lowest) = (0, STRANGERS, SAME);
    for relation in few.iter().map(best) {
        hits += usize::from(relation > STRANGERS);
        highest = highest.max(relation);
        lowest = lowest.min(relation);
    }
    if hits == 0 || (both_sides && hits < few.len()) {
        None
    } else if highest == SORT {
        Some(1)
    } else if hits == few.len() {
        Some(if lowest == SAME { 3 } else { 2 })
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
            if s.part(mine, part).iter().any(|one| turned.iter().any(|two| one.id == two.id)) {
                return None;
            }
        }
    }
    let mut score = 0;
    let both_sides = m.actor == m.recipient;
    let second = m.recipient.filter(|_| !both_sides);
    for (nth, part) in m.actor.into_iter().chain(second).enumerate() {
        let (ids, others) = (a.part(m, part), b.part(n, part));
        let fit = compare(ids, others, both_sides)?;
        // Both parties of a meeting named twice say more than one actor does.
        let both = i32::from(both_sides && ids.len() > 1 && others.len() > 1) * 2;
        score += if nth == 0 { fit } else { fit.min(2) } + if fit > 0 { both } else { 0 };
    }
    Some(score)
}
