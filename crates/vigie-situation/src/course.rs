//! The course of things within what one story tells: what is told as undone was before its undoing, and what is told with
//! its end was over after it.

use crate::evidence::Evidence;
use crate::fluent::{Fluent, Value};
use jiff::civil::Date;
use vigie_claims::{ActorId, Basis, Claim, Grain};
use vigie_text::StoryId;

/// Does a state's own time say until when it held ("from March to May 2031", "until 3 May"), and not only when it was seen?
pub(crate) fn tells_its_end(claim: &Claim) -> bool {
    let Some(period) = &claim.period else { return false };
    match (period.first, period.grain) {
        (None, _) => period.basis == Basis::Bound,
        (Some(first), Grain::Day) => first < period.last,
        (Some(first), Grain::Month) => (first.year(), first.month()) < (period.last.year(), period.last.month()),
        (Some(first), Grain::Year) => first.year() < period.last.year(),
        _ => false,
    }
}

/// Does the rule that read the claim tell that a place is contested, or held in part, by those whom it names?
pub(crate) fn is_contested(claim: &Claim) -> bool {
    claim.because.iter().any(|rule| rule.ends_with("=contested"))
}

impl Evidence<'_> {
    /// A state that is told with its end no longer held on the day after.
    pub(crate) fn after_its_end(&self) -> Option<Self> {
        let day = self.last.tomorrow().ok().filter(|_| self.ended)?;
        let value = self.value.complement(self.key.fluent)?;
        let (before, earlier) = (None, None);
        Some(Self {
            value,
            first: Some(day),
            last: day,
            dated: true,
            state: false,
            ended: false,
            before,
            earlier,
            ..self.clone()
        })
    }
}

/// "Captured by X in 2031. Recaptured on 5 April 2031": what a story tells and then tells as undone was before its undoing,
/// and not at the end of the span that it names or on the day of the report. A return that names nobody, or a later taking
/// that names nobody, ends the hold of whoever the story told of last. A place that is contested by nobody named is contested
/// between whoever was told to hold it and somebody.
pub(crate) fn told_in_order(list: &mut Vec<Evidence<'_>>) {
    // Who takes a part has not lost it when the whole is taken later.
    let whole = |e: &&Evidence<'_>| e.value == Value::Held && !e.by.is_empty() && !is_contested(e.claim);
    let held: Vec<Hold> = list.iter().filter(whole).map(|e| Hold::of(e)).collect();
    let mut contests: Vec<Evidence<'_>> = Vec::new();
    list.retain_mut(|e| {
        if e.key.fluent != Fluent::Control {
            return true;
        }
        if e.value == Value::Held && e.by.is_empty() && is_contested(e.claim) {
            let last = held.iter().filter(|h| h.last <= e.start()).max_by_key(|h| (h.last, h.story, h.at));
            let Some((hold, not)) = last.zip(e.value.complement(e.key.fluent)) else { return false };
            e.by.clone_from(&hold.by);
            contests.push(Evidence { value: not, ..e.clone() });
            return true;
        }
        if e.ends {
            return held.iter().any(|hold| hold.shares(&e.by));
        }
        if e.value != Value::Held || !e.by.is_empty() {
            return true;
        }
        let told = Hold::of(e);
        let before = held.iter().filter(|h| h.story == told.story && h.at < told.at).max_by_key(|h| h.at);
        let ends = |h: &&Hold| e.claim.again || (e.dated && h.dated && h.last < e.start());
        let (Some(hold), Some(lost)) = (before.filter(ends), e.value.complement(e.key.fluent)) else { return false };
        (e.value, e.by, e.before, e.earlier) = (lost, hold.by.clone(), None, None);
        true
    });
    list.append(&mut contests);
    list.sort_by_key(|e| e.rank);
    let returns: Vec<(Date, Hold)> =
        list.iter().filter(|e| e.dated && !e.state && e.claim.again).map(|e| (e.start(), Hold::of(e))).collect();
    // Of states only those that are told without a time of their own: what is told to last may still last.
    for e in list.iter_mut().filter(|e| !(e.claim.again || e.state && e.dated)) {
        let told = Hold::of(e);
        let undone = |(day, back): &&(Date, Hold)| {
            back.story == told.story
                && back.at > told.at
                && !(told.holds && back.holds && back.shares(&told.by))
                && *day <= e.last
                && e.first.is_none_or(|first| first < *day)
        };
        if let Some((day, _)) = returns.iter().filter(undone).min_by_key(|(_, back)| back.at)
            && let Ok(eve) = day.yesterday()
        {
            e.last = eve;
        }
    }
}

/// What a story tells of who holds a place, and where it tells so.
struct Hold {
    story: StoryId,
    at: usize,
    last: Date,
    dated: bool,
    holds: bool,
    by: Vec<ActorId>,
}

impl Hold {
    fn of(e: &Evidence<'_>) -> Self {
        Self {
            story: e.claim.story,
            at: e.claim.trigger.start(),
            last: e.last,
            dated: e.dated,
            holds: e.value == Value::Held,
            by: e.by.clone(),
        }
    }

    /// Is one of these actors of a body that one of those is of? An army's is its state's.
    fn shares(&self, by: &[ActorId]) -> bool {
        let body = |actor: &ActorId| actor.split_once('.').map_or(actor.clone(), |(body, _)| body.into());
        self.by.iter().any(|one| by.iter().any(|two| body(one) == body(two)))
    }
}
