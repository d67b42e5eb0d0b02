//! A time that was told, as exactly as it was told, and others counted from it.

use super::shape::{monday_of, plus_months};
use crate::period::plus_days;
use jiff::civil::Date;

/// A time that was told, as exactly as it was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Told {
    /// The year; negative before our era.
    pub(super) year: i16,
    pub(super) month: Option<i8>,
    pub(super) day: Option<i8>,
}

impl Told {
    /// A whole day.
    pub(super) fn day(date: Date) -> Self {
        Self { year: date.year(), month: Some(date.month()), day: Some(date.day()) }
    }

    /// Its day, where it is one.
    pub(super) fn date(self) -> Option<Date> {
        Date::new(self.year, self.month?, self.day?).ok()
    }
}

/// A time some units away.
pub(super) fn shifted(told: Told, unit: &str, count: i64) -> Option<Told> {
    let year = |years: i64| i16::try_from(i64::from(told.year) + years).ok();
    Some(match unit {
        "year" => Told { year: year(count)?, month: None, day: None },
        "decade" => Told { year: year(count * 10)?, month: None, day: None },
        "century" => Told { year: year(count * 100)?, month: None, day: None },
        "month" | "quarter" | "half" => {
            let months = count
                * match unit {
                    "quarter" => 3,
                    "half" => 6,
                    _ => 1,
                };
            let (year, month) = plus_months(told.year, told.month?, months)?;
            Told { year, month: Some(month), day: None }
        }
        "week" | "weekend" | "fortnight" => {
            let days = if unit == "fortnight" { 14 } else { 7 };
            Told::day(plus_days(told.date()?, days * count)?)
        }
        "day" => Told::day(plus_days(told.date()?, count)?),
        "hour" | "minute" | "second" => Told::day(told.date()?),
        _ => return None,
    })
}

/// The week of a time, when it is a day.
pub(super) fn week(told: Told) -> Option<(i16, i8)> {
    let monday = monday_of(told.date()?)?;
    let week = monday.iso_week_date();
    Some((week.year(), week.week()))
}
