//! TIMEX3 values as calendar days, and what a preposition makes of them.

use super::TimexKind;
use crate::claim::{Basis, Grain};
use crate::expression::{Expression, Side};
use crate::period::{Days, Edge, Unit, plus, plus_days};
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// The calendar days of an expression; none where its words leave them open.
pub(super) fn days(expression: &Expression, published: Option<Date>) -> Option<Days> {
    // The day of an hour that does not name one is a guess.
    if expression.borrowed {
        return None;
    }
    if let Some(side) = expression.side {
        let (published, (unit, count)) = (published?, length(&expression.value)?);
        return match side {
            Side::Behind => Days::span(plus(published, unit, -count)?, published, unit.grain()),
            Side::Ahead => {
                let first = if unit == Unit::Hour { published } else { plus_days(published, 1)? };
                Days::span(first, plus(published, unit, count)?, unit.grain())
            }
        };
    }
    let days = of_value(&expression.value, expression.modifier)?;
    if expression.through { Days::span(days.first, plus_days(days.last, 1)?, days.grain) } else { Some(days) }
}

/// The calendar days of a value, with its modifier.
pub(super) fn of_value(value: &str, modifier: Option<&str>) -> Option<Days> {
    let (date, time) = match value.split_once('T') {
        Some((date, _)) => (date, true),
        None => (value, false),
    };
    let mut days = of_date(date)?;
    if time && days.grain == Grain::Day {
        days.grain = Grain::Hour;
    }
    match modifier {
        Some("START") => days.edge(Edge::Early),
        Some("MID") => days.edge(Edge::Middle),
        Some("END") => days.edge(Edge::Late),
        _ => Some(days),
    }
}

/// `2016-09-04`, `2016-09`, `2016-W36`, `2016-W36-WE`, `2016-Q3`, `2016-H1`, `2016-SU`, `2016`, `201X`.
fn of_date(value: &str) -> Option<Days> {
    let mut parts = value.split('-');
    let year = parts.next()?;
    if let Some(decade) = year.strip_suffix('X').filter(|d| d.len() == 3) {
        let decade: i16 = decade.parse().ok()?;
        return Days::years(decade * 10, decade * 10 + 9);
    }
    let year: i16 = Some(year).filter(|y| y.len() == 4)?.parse().ok()?;
    let Some(unit) = parts.next() else { return Days::years(year, year) };
    let number = |from: usize| unit.get(from..).and_then(|n| n.parse::<i8>().ok());
    match (unit.as_bytes().first()?, parts.next()) {
        (b'W', _) if unit == "WI" => Days::season(year, 4),
        (b'W', rest) => {
            let monday = Date::from(ISOWeekDate::new(year, number(1)?, Weekday::Monday).ok()?);
            let week = Days::week_of(monday)?;
            match rest {
                Some("WE") => Days::span(plus_days(monday, 5)?, week.last, Grain::Day),
                _ => Some(week),
            }
        }
        (b'Q', _) => Days::months(year, number(1)? * 3 - 2, 3),
        (b'H', _) => Days::months(year, number(1)? * 6 - 5, 6),
        (b'S', _) if unit == "SP" => Days::season(year, 1),
        (b'S', _) if unit == "SU" => Days::season(year, 2),
        (b'F', _) if unit == "FA" => Days::season(year, 3),
        (b'0'..=b'9', day) => {
            let month = number(0)?;
            match day {
                Some(day) => Date::new(year, month, day.parse().ok()?).ok().map(Days::day),
                None => Days::month(year, month),
            }
        }
        _ => None,
    }
}

/// `P3M` as unit and count.
pub(super) fn length(value: &str) -> Option<(Unit, i32)> {
    let (time, rest) = match value.strip_prefix("PT") {
        Some(rest) => (true, rest),
        None => (false, value.strip_prefix('P')?),
    };
    let count = rest.get(..rest.len().checked_sub(1)?)?.parse().ok()?;
    let unit = match (rest.as_bytes().last()?, time) {
        (b'H' | b'M' | b'S', true) => Unit::Hour,
        (b'D', _) => Unit::Day,
        (b'W', _) => Unit::Week,
        (b'M', _) => Unit::Month,
        (b'Y', _) => Unit::Year,
        _ => return None,
    };
    Some((unit, count))
}

/// Applies the preposition: the days, the kind and how they are known. `length` is that of a duration.
pub(super) fn bound(
    days: Option<Days>,
    relation: &str,
    (kind, length): (TimexKind, Option<(Unit, i32)>),
    published: Option<Date>,
    future: bool,
) -> (Option<Date>, Option<Date>, TimexKind, Basis) {
    if kind == TimexKind::Duration {
        if let (Some((unit, count)), Some(published)) = (length, published) {
            let back = plus(published, unit, -count);
            let ahead = plus(published, unit, count);
            match relation {
                "since" => return (back, Some(published), TimexKind::Since, Basis::Stated),
                "by" if ahead.is_some() => return (Some(published), ahead, TimexKind::Date, Basis::Stated),
                _ => {}
            }
        }
        return (None, None, kind, Basis::Stated);
    }
    let Some(days) = days else { return (None, None, kind, Basis::Stated) };
    let now = published.unwrap_or(days.last);
    match relation {
        "since" | "from" if days.first > now || (relation == "from" && future) => {
            (Some(days.first), Some(days.last), TimexKind::Since, Basis::Stated)
        }
        "since" | "from" => (Some(days.first), Some(now.max(days.first)), TimexKind::Since, Basis::Stated),
        "until" => (None, Some(days.last), TimexKind::Until, Basis::Bound),
        "before" => (None, plus_days(days.first, -1), TimexKind::Until, Basis::Bound),
        "after" => (Some(days.last), Some(now.max(days.last)), TimexKind::Since, Basis::Inferred),
        "by" if now <= days.last => (Some(now), Some(days.last), TimexKind::Date, Basis::Stated),
        _ => (Some(days.first), Some(days.last), kind, Basis::Stated),
    }
}

#[cfg(test)]
mod tests {
    use super::{length, of_date};
    use crate::claim::Grain;
    use crate::period::Unit;
    use jiff::civil::date;

    #[test]
    fn values_are_days() {
        let days = |value: &str| of_date(value).map(|d| (d.first, d.last, d.grain));
        let day = date(2016, 9, 4);
        assert_eq!(days("2016-09-04"), Some((day, day, Grain::Day)));
        assert_eq!(days("2016-09"), Some((date(2016, 9, 1), date(2016, 9, 30), Grain::Month)));
        assert_eq!(days("2016-W36"), Some((date(2016, 9, 5), date(2016, 9, 11), Grain::Week)));
        assert_eq!(days("2016-W36-WE").map(|d| (d.0, d.1)), Some((date(2016, 9, 10), date(2016, 9, 11))));
        assert_eq!(days("2016-Q3").map(|d| (d.0, d.1)), Some((date(2016, 7, 1), date(2016, 9, 30))));
        assert_eq!(days("2016"), Some((date(2016, 1, 1), date(2016, 12, 31), Grain::Year)));
        assert_eq!(days("199X").map(|d| (d.0, d.1)), Some((date(1990, 1, 1), date(1999, 12, 31))));
        for open in ["PRESENT_REF", "XXXX-09", "2016-13", "P3D", "", "2016-09-31"] {
            assert_eq!(days(open), None, "{open}");
        }
    }

    #[test]
    fn lengths_have_a_unit() {
        assert_eq!(length("P3M"), Some((Unit::Month, 3)));
        assert_eq!(length("PT2H"), Some((Unit::Hour, 2)));
        assert_eq!(length("PXW"), None);
        assert_eq!(length("2016"), None);
    }
}
