//! A claim made ready to be compared with many others.

use crate::background::{Background, Reported, Sort};
use crate::origin::Origin;
use jiff::civil::Date;
use std::cmp::Ordering;
use vigie_claims::{ActorId, Certainty, Claim, Grain, PlaceId, Polarity, Precision, Role};
use vigie_resources::{Kind, Member};

/// First and last day, as their numbers: every pair of claims asks for them.
pub(crate) type Stretch = (Option<i32>, i32);

/// What comparison needs of a claim, worked out once.
pub(crate) struct Sketch<'a> {
    pub(crate) report: Reported<'a>,
    pub(crate) origins: Vec<Origin>,
    pub(crate) members: Vec<&'static Member>,
    pub(crate) place: Option<PlaceId>,
    pub(crate) place_chain: Vec<PlaceId>,
    /// First and last day it may have happened, as far as known.
    pub(crate) days: Option<(Option<Date>, Date)>,
    /// The same as numbers, and the number of the day of the report.
    pub(crate) stretch: Option<Stretch>,
    pub(crate) told: Option<i32>,
    pub(crate) grain: Grain,
    /// Who plays which part: the group, the name of the part in it, and the parties by their ids.
    parts: Vec<(u16, &'static str, Vec<Party>)>,
    /// What the text calls the place, without regard to case.
    pub(crate) place_name: Option<String>,
}

impl<'a> Sketch<'a> {
    pub(crate) fn new(report: Reported<'a>, origins: Vec<Origin>, background: &dyn Background) -> Self {
        let claim = report.claim;
        let negative = claim.factuality.polarity == Polarity::Negative;
        // What only the denied act tells, the asserted one does not.
        let members: Vec<_> = claim.predicate.groups().iter().filter(|m| !m.denied || negative).collect();
        let mention = claim.place.as_ref().filter(|p| p.precision != Precision::Country);
        let place =
            mention.and_then(|p| p.place.clone()).filter(|id| !background.place(id).is_some_and(|facts| facts.country));
        let place_chain = place.as_deref().map(|id| background.place_chain(id)).unwrap_or_default();
        let place_name = mention.filter(|_| place.is_some()).map(|p| p.name.to_lowercase());
        Self {
            report,
            origins,
            parts: members.iter().flat_map(|member| parts(claim, member, background)).collect(),
            members,
            place,
            place_chain,
            days: claim.period.as_ref().map(|p| (p.first, p.last)),
            stretch: claim.period.as_ref().map(|p| (p.first.map(day_number), day_number(p.last))),
            told: report.reported.map(day_number),
            grain: claim.period.as_ref().map_or(Grain::Day, |p| p.grain),
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

    /// The actors that play one part of the happening, by their ids.
    pub(crate) fn part(&self, member: &Member, part: &str) -> &[Party] {
        let played = self.parts.iter().find(|(group, name, _)| *group == member.group && *name == part);
        played.map_or(&[], |(_, _, parties)| parties)
    }
}

/// An actor with what the register knows of it.
pub(crate) struct Party {
    pub(crate) id: ActorId,
    /// It and the bodies that it belongs to, from within.
    pub(crate) chain: Vec<ActorId>,
    pub(crate) sort: Option<Sort>,
}

fn parts(claim: &Claim, member: &Member, background: &dyn Background) -> Vec<(u16, &'static str, Vec<Party>)> {
    let mut names: Vec<&'static str> = [member.actor, member.recipient].into_iter().flatten().collect();
    names.dedup();
    let played = |part: &'static str| {
        let roles = [(Role::Actor, member.actor), (Role::Recipient, member.recipient)];
        let roles = roles.into_iter().filter(|(_, name)| *name == Some(part));
        let mut ids: Vec<&ActorId> =
            roles.flat_map(|(role, _)| claim.fillers(role)).filter_map(|f| f.actor.as_ref()).collect();
        ids.sort();
        ids.dedup();
        let party =
            |id: &ActorId| Party { id: id.clone(), chain: background.actor_chain(id), sort: background.sort(id) };
        (member.group, part, ids.into_iter().map(party).collect())
    };
    names.into_iter().map(played).collect()
}

/// Kinds of claims that take part in grouping at all.
pub(crate) fn groups(sketch: &Sketch<'_>) -> bool {
    !sketch.members.is_empty() && matches!(sketch.claim().predicate.kind(), Kind::Event | Kind::State)
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
