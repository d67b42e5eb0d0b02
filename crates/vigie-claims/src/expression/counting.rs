//! Values counted from another time: "next month", "three years ago", "the day after".

use super::Counted;
use super::shape;
use super::told::{Told, shifted};
use super::value::{Draft, Work};

impl Work<'_> {
    /// What "that year" or "the next day" count from.
    pub(super) fn then(&self, unit: &str) -> Option<(Told, Counted)> {
        if matches!(unit, "day" | "week" | "weekend" | "fortnight" | "hour" | "minute") {
            return self.anchor.then_day().map(|(d, c)| (Told::day(d), c));
        }
        self.anchor.then()
    }

    pub(super) fn counted(&self, from: Option<(Told, Counted)>, unit: &'static str, count: i64) -> Option<Draft> {
        let found = from.and_then(|(told, counted)| Some((shifted(told, unit, count)?, counted)));
        Some(match found {
            Some((told, counted)) => Draft::Time(told, unit, counted),
            None => Draft::Text(
                format!("{}{}", shape::open(unit), self.clock().unwrap_or_default()),
                None,
                Counted::Absolute,
            ),
        })
    }

    /// "three years ago", "two days later".
    pub(super) fn away(&self) -> Option<Draft> {
        let unit = self.unit()?;
        let sign = i64::from(self.rule.offset);
        let Ok(milli) = self.count() else {
            let open = if sign < 0 { "PAST_REF" } else { "FUTURE_REF" };
            return Some(Draft::Text(open.to_owned(), None, Counted::Absolute));
        };
        // Half a year is six months.
        let (count, unit) = match (milli % 1000, unit) {
            (0, "decade") => (milli / 100, "year"),
            (0, unit) => (milli / 1000, unit),
            (_, "year") => (milli * 12 / 1000, "month"),
            (_, "decade") => (milli * 10 / 1000, "year"),
            (_, "century") => (milli * 100 / 1000, "year"),
            (_, "month") => (milli * 30 / 1000, "day"),
            (_, "week") => (milli * 7 / 1000, "day"),
            (_, unit) => ((milli + 999) / 1000, unit),
        };
        let ago = self.rule.value == "ago";
        let from = if ago {
            let now = self.anchor.now().map(|(d, c)| (Told::day(d), c));
            if self.anchor.history { self.anchor.then() } else { now }
        } else {
            self.then(unit)
        };
        self.counted(from, unit, count * sign)
    }
}
