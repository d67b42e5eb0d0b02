//! A claim made ready to be compared with many others.

use crate::background::{Background, Reported, Sort};
use crate::origin::Origin;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::cmp::Ordering;
use vigie_claims::{ActorId, Certainty, Claim, Grain, Polarity, Precision, Role};
use vigie_resources::{Kind, Member, Part};

/// First and last day, as their numbers: every pair of claims asks for them.
pub(crate) type Stretch = (Option<i32>, i32);

/// Numbers for the names in the claims that are compared, so that no pair compares letters.
#[derive(Default)]
pub(crate) struct Symbols(FxHashMap<SmolStr, u32>);

impl Symbols {
    fn of(&mut self, name: &str) -> u32 {
        if let Some(&known) = self.0.get(name) {
            return known;
        }
        let next = self.0.len() as u32;
        self.0.insert(name.into(), next);
        next
    }

    fn all<'n>(&mut self, names: impl IntoIterator<Item = &'n SmolStr>) -> Vec<u32> {
        names.into_iter().map(|name| self.of(name)).collect()
    }
}

/// The place of a claim as numbers.
pub(crate) struct Site {
    pub(crate) place: u32,
    /// Only the text names it; no register knows it.
    pub(crate) of_text: bool,
    /// It and the places that it lies in, from within.
    pub(crate) chain: Vec<u32>,
    /// What the text calls it, without regard to case.
    pub(crate) name: Option<u32>,
}

/// What comparison needs of a claim, worked out once.
pub(crate) struct Sketch<'a> {
    pub(crate) report: Reported<'a>,
    pub(crate) origins: Vec<Origin>,
    pub(crate) members: Vec<&'static Member>,
    pub(crate) site: Option<Site>,
    /// The voices at its root.
    pub(crate) units: Vec<u32>,
    /// The groups of its predicate, a bit each.
    pub(crate) groups: u64,
    /// First and last day it may have happened, as far as known.
    pub(crate) days: Option<(Option<Date>, Date)>,
    /// The same as numbers, and the number of the day of the report.
    pub(crate) stretch: Option<Stretch>,
    pub(crate) told: Option<i32>,
    pub(crate) grain: Grain,
    /// Who plays which part: the group, the part in it, and the parties by their ids.
    parts: Vec<(u16, Part, Vec<Party>)>,
    /// Nobody plays any part.
    pub(crate) silent: bool,
}

impl<'a> Sketch<'a> {
    pub(crate) fn new(
        report: Reported<'a>,
        origins: Vec<Origin>,
        background: &dyn Background,
        symbols: &mut Symbols,
    ) -> Self {
        let claim = report.claim;
        let negative = claim.factuality.polarity == Polarity::Negative;
        // What only the denied act tells, the asserted one does not.
        let members: Vec<_> = claim.predicate.groups().iter().filter(|m| !m.denied || negative).collect();
        let mention = claim.place.as_ref().filter(|p| p.precision != Precision::Country);
        let place =
            mention.and_then(|p| p.place.clone()).filter(|id| !background.place(id).is_some_and(|facts| facts.country));
        let site = place.as_ref().map(|id| Site {
            place: symbols.of(id),
            of_text: id.starts_with("t:"),
            chain: symbols.all(&background.place_chain(id)),
            name: mention.map(|p| symbols.of(&p.name.to_lowercase())),
        });
        let parts: Vec<_> = members.iter().flat_map(|member| parts(claim, member, background, symbols)).collect();
        Self {
            report,
            units: symbols.all(origins.iter().map(|origin| &origin.unit)),
            origins,
            groups: members.iter().fold(0, |all, member| all | 1 << member.group),
            silent: parts.iter().all(|(_, _, parties)| parties.is_empty()),
            parts,
            members,
            site,
            days: claim.period.as_ref().map(|p| (p.first, p.last)),
            stretch: claim.period.as_ref().map(|p| (p.first.map(day_number), day_number(p.last))),
            told: report.reported.map(day_number),
            grain: claim.period.as_ref().map_or(Grain::Day, |p| p.grain),
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
    pub(crate) fn part(&self, member: &Member, part: Part) -> &[Party] {
        let played = self.parts.iter().find(|(group, other, _)| *group == member.group && *other == part);
        played.map_or(&[], |(_, _, parties)| parties)
    }
}

/// An actor with what the register knows of it.
pub(crate) struct Party {
    pub(crate) id: u32,
    /// It and the bodies that it belongs to, from within.
    pub(crate) chain: Vec<u32>,
    pub(crate) sort: Option<Sort>,
}

fn parts(
    claim: &Claim,
    member: &Member,
    background: &dyn Background,
    symbols: &mut Symbols,
) -> Vec<(u16, Part, Vec<Party>)> {
    let mut parts: Vec<Part> = [member.actor, member.recipient].into_iter().flatten().collect();
    parts.dedup();
    let played = |part: Part| {
        let roles = [(Role::Actor, member.actor), (Role::Recipient, member.recipient)];
        let roles = roles.into_iter().filter(|(_, other)| *other == Some(part));
        let mut ids: Vec<&ActorId> =
            roles.flat_map(|(role, _)| claim.fillers(role)).filter_map(|f| f.actor.as_ref()).collect();
        ids.sort();
        ids.dedup();
        let party = |id: &ActorId| Party {
            id: symbols.of(id),
            chain: symbols.all(&background.actor_chain(id)),
            sort: background.sort(id),
        };
        (member.group, part, ids.into_iter().map(party).collect())
    };
    parts.into_iter().map(played).collect()
}

/// Kinds of claims that take part in grouping at all.
pub(crate) fn groups(sketch: &Sketch<'_>) -> bool {
    !sketch.members.is_empty() && matches!(sketch.claim().predicate.kind(), Kind::Event | Kind::State)
}

/// Days since the first of March of the year 0 in the Gregorian calendar (Hinnant, "chrono-compatible low-level date
/// algorithms", 2013): every pair of claims asks for them, so no calendar span is made.
pub(crate) fn day_number(date: Date) -> i32 {
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
            assert_eq!(day_number(b) - day_number(a), (b - a).get_days(), "{a} {b}");
        }
    }
}
