//! How values are written.

use super::told::{Told, week};
use crate::period::plus_days;
use jiff::civil::Date;

/// The Monday of a day's week.
pub(super) fn monday_of(date: Date) -> Option<Date> {
    plus_days(date, -i64::from(date.weekday().to_monday_zero_offset()))
}

/// Year and month some months away.
pub(super) fn plus_months(year: i16, month: i8, count: i64) -> Option<(i16, i8)> {
    let all = i64::from(year) * 12 + i64::from(month) - 1 + count;
    Some((i16::try_from(all.div_euclid(12)).ok()?, (all.rem_euclid(12) + 1) as i8))
}

/// A year in four figures, `BC` before those that lie before our era.
pub(super) fn year(year: i16) -> String {
    if year < 0 { format!("BC{:04}", -i32::from(year)) } else { format!("{year:04}") }
}

/// A time as exactly as it was told.
pub(super) fn told(told: Told) -> String {
    let mut out = year(told.year);
    if let Some(month) = told.month {
        out.push_str(&format!("-{month:02}"));
        if let Some(day) = told.day {
            out.push_str(&format!("-{day:02}"));
        }
    }
    out
}

/// A time in the grain of a unit; other names of units leave it as exact as it was told.
pub(super) fn in_unit(at: Told, unit: &str) -> Option<String> {
    Some(match unit {
        "year" => year(at.year),
        "decade" => decade(at.year),
        "century" => format!("{:02}", at.year / 100),
        "quarter" => format!("{}-Q{}", year(at.year), (at.month? - 1) / 3 + 1),
        "half" => format!("{}-H{}", year(at.year), (at.month? - 1) / 6 + 1),
        "month" => told(Told { day: None, ..at }),
        "week" | "fortnight" => {
            let (year, week) = week(at)?;
            format!("{year:04}-W{week:02}")
        }
        "weekend" => {
            let (year, week) = week(at)?;
            format!("{year:04}-W{week:02}-WE")
        }
        _ => told(at),
    })
}

/// A decade by one of its years.
pub(super) fn decade(year: i16) -> String {
    format!("{:03}X", year / 10)
}

/// What is open in the grain of a unit.
pub(super) fn open(unit: &str) -> &'static str {
    match unit {
        "year" | "decade" | "century" => "XXXX",
        "month" | "quarter" | "half" => "XXXX-XX",
        "week" | "fortnight" => "XXXX-WXX",
        "weekend" => "XXXX-WXX-WE",
        _ => "XXXX-XX-XX",
    }
}

/// The letter of a unit in a length, and whether it follows a `T`.
pub(super) fn letter(unit: &str) -> (&'static str, bool) {
    match unit {
        "second" => ("S", true),
        "minute" => ("M", true),
        "hour" => ("H", true),
        "day" => ("D", false),
        "night" => ("NI", false),
        "weekend" => ("WE", false),
        "week" => ("W", false),
        "month" => ("M", false),
        "quarter" => ("Q", false),
        "decade" => ("DE", false),
        "century" => ("CE", false),
        _ => ("Y", false),
    }
}

/// A length: `P3D`, `PT1.5H`, `PXY`. `milli` is a count in thousandths; `None` an open one.
pub(super) fn length(milli: Option<i64>, unit: &str) -> String {
    // Half an hour is thirty minutes.
    let (milli, unit) = match (milli, unit) {
        (Some(part @ 1..1000), "minute") => (Some(part * 60), "second"),
        (Some(part @ 1..1000), "hour") => (Some(part * 60), "minute"),
        (Some(part @ 1..1000), "day") => (Some(part * 24), "hour"),
        (Some(part @ 1..1000), "year") => (Some(part * 12), "month"),
        whole => whole,
    };
    // Units without a letter of their own are counted in another one.
    let (factor, unit) = match unit {
        "fortnight" => (2, "week"),
        "half" => (6, "month"),
        "quarter" => (3, "month"),
        "decade" => (10, "year"),
        "century" => (100, "year"),
        other => (1, other),
    };
    let (letter, timed) = letter(unit);
    let count = milli.map_or("X".to_owned(), |m| number(m * factor));
    format!("P{}{count}{letter}", if timed { "T" } else { "" })
}

/// A number of thousandths without idle zeros.
fn number(milli: i64) -> String {
    let mut text = format!("{}.{:03}", milli / 1000, milli % 1000);
    text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn values_are_written_as_the_standard_has_them() {
        assert_eq!(length(Some(1500), "month"), "P1.5M");
        assert_eq!(length(Some(10_000), "minute"), "PT10M");
        assert_eq!(length(Some(2000), "decade"), "P20Y");
        assert_eq!(length(None, "year"), "PXY");
        assert_eq!(year(-44), "BC0044");
        assert_eq!(in_unit(Told::day(date(2016, 1, 1)), "week").as_deref(), Some("2015-W53"));
        assert_eq!(in_unit(Told::day(date(2016, 8, 1)), "quarter").as_deref(), Some("2016-Q3"));
        assert_eq!(plus_months(2016, 1, -1), Some((2015, 12)));
    }
}
