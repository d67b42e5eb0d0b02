//! What the calendar has besides numbers: seasons, weekdays and feasts.

use crate::period::plus_days;
use jiff::civil::{Date, Weekday};

/// The letters of a season and its first month.
pub(super) fn season(name: &str) -> (&'static str, i8) {
    match name {
        "spring" => ("SP", 3),
        "summer" => ("SU", 6),
        "autumn" => ("FA", 9),
        _ => ("WI", 12),
    }
}

/// The weekday with this number, Monday first.
pub(super) fn weekday(number: i64) -> Option<Weekday> {
    Weekday::from_monday_one_offset(i8::try_from(number).ok()?).ok()
}

/// The day of a feast in a year: `12-25`, `easter+50`, or `11/4/4`, the fourth Thursday of November (`-1` the last).
pub(super) fn feast(year: i16, code: &str) -> Option<Date> {
    if let Some(days) = code.strip_prefix("easter") {
        return plus_days(easter(year)?, if days.is_empty() { 0 } else { days.parse().ok()? });
    }
    if let Some((month, rest)) = code.split_once('/') {
        let (named, nth) = rest.split_once('/')?;
        let first = Date::new(year, month.parse().ok()?, 1).ok()?;
        return first.nth_weekday_of_month(nth.parse().ok()?, weekday(named.parse().ok()?)?).ok();
    }
    let (month, day) = code.split_once('-')?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn feasts_fall_where_the_calendar_has_them() {
        assert_eq!(feast(1999, "easter+50"), Some(date(1999, 5, 24)));
        assert_eq!(feast(2016, "easter"), Some(date(2016, 3, 27)));
        assert_eq!(feast(1999, "11/4/4"), Some(date(1999, 11, 25)));
        assert_eq!(feast(2016, "5/1/-1"), Some(date(2016, 5, 30)));
        assert_eq!(feast(2016, "12-25"), Some(date(2016, 12, 25)));
        assert_eq!(feast(2016, "nothing"), None);
    }
}
