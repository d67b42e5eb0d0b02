//! Calendar arithmetic on civil days: the days of a month, a week, a season; shifts; the early or late part of a span.
//!
//! Conventions: weeks run from Monday to Sunday; the thirds of a month are the days 1-10, 11-20 and 21 to the end; the
//! early, middle and late part of a year are its first quarter, May to August, and its last quarter; seasons are the
//! meteorological ones of the northern hemisphere, a winter bearing the year in which it begins.

use crate::claim::Grain;
use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// Consecutive days and the unit in which they were told. Invariant: `first <= last`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Days {
    /// First day.
    pub(crate) first: Date,
    /// Last day.
    pub(crate) last: Date,
    /// How exact.
    pub(crate) grain: Grain,
}

/// A unit of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// An hour or less.
    Hour,
    /// A day.
    Day,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl Unit {
    /// The grain of something told in this unit.
    pub(crate) fn grain(self) -> Grain {
        match self {
            Self::Hour => Grain::Hour,
            Self::Day => Grain::Day,
            Self::Week => Grain::Week,
            Self::Month => Grain::Month,
            Self::Year => Grain::Year,
        }
    }
}

/// A part of a longer span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edge {
    /// Its beginning.
    Early,
    /// Its middle.
    Middle,
    /// Its end.
    Late,
}

impl Days {
    /// One day.
    pub(crate) fn day(date: Date) -> Self {
        Self { first: date, last: date, grain: Grain::Day }
    }

    /// From one day to another; `None` when they stand in the wrong order.
    pub(crate) fn span(first: Date, last: Date, grain: Grain) -> Option<Self> {
        (first <= last).then_some(Self { first, last, grain })
    }

    /// A month of a year.
    pub(crate) fn month(year: i16, month: i8) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        Some(Self { first, last: first.last_of_month(), grain: Grain::Month })
    }

    /// Several whole years.
    pub(crate) fn years(first: i16, last: i16) -> Option<Self> {
        Self::span(Date::new(first, 1, 1).ok()?, Date::new(last, 12, 31).ok()?, Grain::Year)
    }

    /// The week around a day.
    pub(crate) fn week_of(date: Date) -> Option<Self> {
        let back = i64::from(date.weekday().to_monday_zero_offset());
        let first = plus_days(date, -back)?;
        Some(Self { first, last: plus_days(first, 6)?, grain: Grain::Week })
    }

    /// Months `month..month + count` of a year, told as a season or quarter.
    pub(crate) fn months(year: i16, month: i8, count: i32) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        let last = plus_days(first.checked_add(count.months()).ok()?, -1)?;
        Some(Self { first, last, grain: Grain::Season })
    }

    /// Season 1 (spring) to 4 (winter).
    pub(crate) fn season(year: i16, season: i32) -> Option<Self> {
        Self::months(year, i8::try_from(season * 3).ok()?, 3)
    }

    /// The beginning, middle or end of these days.
    pub(crate) fn edge(self, edge: Edge) -> Option<Self> {
        let part = |first: Option<Date>, last: Option<Date>, grain| Self::span(first?, last?, grain);
        match (self.grain, edge) {
            (Grain::Month, Edge::Early) => part(Some(self.first), plus_days(self.first, 9), Grain::Week),
            (Grain::Month, Edge::Middle) => part(plus_days(self.first, 10), plus_days(self.first, 19), Grain::Week),
            (Grain::Month, Edge::Late) => part(plus_days(self.first, 20), Some(self.last), Grain::Week),
            (Grain::Year, Edge::Early) => part(
                Some(self.first),
                self.first.checked_add(3.months()).ok().and_then(|d| plus_days(d, -1)),
                Grain::Season,
            ),
            (Grain::Year, Edge::Middle) => part(
                self.first.checked_add(4.months()).ok(),
                self.last.checked_sub(4.months()).ok().map(Date::last_of_month),
                Grain::Season,
            ),
            (Grain::Year, Edge::Late) => {
                part(self.last.checked_sub(2.months()).ok().map(Date::first_of_month), Some(self.last), Grain::Season)
            }
            (Grain::Week | Grain::Season, _) => {
                let third = i64::from((self.last - self.first).get_days()) / 3;
                let grain = if self.grain == Grain::Week { Grain::Day } else { Grain::Month };
                match edge {
                    Edge::Early => part(Some(self.first), plus_days(self.first, third - 1), grain),
                    Edge::Middle => part(plus_days(self.first, third), plus_days(self.last, -third), grain),
                    Edge::Late => part(plus_days(self.last, 1 - third), Some(self.last), grain),
                }
            }
            // Parts of a day do not change the day.
            (Grain::Day | Grain::Hour, _) => Some(Self { grain: Grain::Hour, ..self }),
        }
    }
}

/// A day some days away; `None` outside the calendar.
pub(crate) fn plus_days(date: Date, days: i64) -> Option<Date> {
    date.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// A day some units away; hours count as days, rounded up.
pub(crate) fn plus(date: Date, unit: Unit, count: i32) -> Option<Date> {
    let count = i64::from(count);
    let days = |n: i64| Span::new().try_days(n).ok();
    let months = |n: i64| Span::new().try_months(n).ok();
    let years = |n: i64| Span::new().try_years(n).ok();
    let span = match unit {
        Unit::Hour => days((count.abs() + 23) / 24 * count.signum()),
        Unit::Day => days(count),
        Unit::Week => days(count * 7),
        Unit::Month => months(count),
        Unit::Year => years(count),
    }?;
    date.checked_add(span).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn edges_of_months_and_years_are_the_documented_parts() {
        let august = Days::month(2016, 8).unwrap();
        assert_eq!(august.edge(Edge::Late).map(|d| (d.first, d.last)), Some((date(2016, 8, 21), date(2016, 8, 31))));
        assert_eq!(august.edge(Edge::Middle).map(|d| (d.first, d.last)), Some((date(2016, 8, 11), date(2016, 8, 20))));
        let year = Days::years(2015, 2015).unwrap();
        assert_eq!(year.edge(Edge::Early).map(|d| (d.first, d.last)), Some((date(2015, 1, 1), date(2015, 3, 31))));
        assert_eq!(year.edge(Edge::Middle).map(|d| (d.first, d.last)), Some((date(2015, 5, 1), date(2015, 8, 31))));
        assert_eq!(year.edge(Edge::Late).map(|d| (d.first, d.last)), Some((date(2015, 10, 1), date(2015, 12, 31))));
    }

    #[test]
    fn every_part_lies_in_the_whole() {
        for day in 0..800 {
            let date = plus_days(date(2015, 1, 1), day).unwrap();
            let year = date.year();
            let all = [
                Some(Days::day(date)),
                Days::week_of(date),
                Days::month(year, date.month()),
                Days::months(year, (date.month() - 1) / 3 * 3 + 1, 3),
                Days::years(year, year),
            ];
            for whole in all.map(Option::unwrap) {
                assert!(whole.first <= date && date <= whole.last, "{date} {whole:?}");
                for edge in [Edge::Early, Edge::Middle, Edge::Late] {
                    let part = whole.edge(edge).unwrap();
                    assert!(whole.first <= part.first && part.last <= whole.last, "{whole:?} {edge:?}");
                }
            }
        }
    }

    #[test]
    fn a_winter_reaches_into_the_next_year() {
        let winter = Days::season(2015, 4).unwrap();
        assert_eq!((winter.first, winter.last), (date(2015, 12, 1), date(2016, 2, 29)));
    }
}
