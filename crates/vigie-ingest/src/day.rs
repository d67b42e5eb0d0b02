//! The day in a date that some program wrote: ISO 8601 and its relatives, and the form of mails and feeds. What could
//! be read in two ways is not read: no date is better than a guessed one.

use jiff::civil::{Date, date};

/// Years in which news pages were published; outside lie placeholders and slips.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// The day as its place of publication wrote it, whatever day it was in Greenwich.
pub(crate) fn of_stamp(stamp: &str) -> Option<Date> {
    let stamp = stamp.trim();
    iso(stamp).or_else(|| mail(stamp)).filter(|day| plausible(*day))
}

/// Zero of the usual clocks is what programs write when they know no date.
fn plausible(day: Date) -> bool {
    YEARS.contains(&day.year()) && ![date(1970, 1, 1), date(1900, 1, 1)].contains(&day)
}

/// `2025-03-10`, `2025-03-10T08:15:00+01:00`, `2025/03/10 08:15`, `20250310`.
fn iso(stamp: &str) -> Option<Date> {
    let digits = |range: std::ops::Range<usize>| {
        let part = stamp.get(range)?;
        part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<i16>().ok())?
    };
    let (year, rest) = (digits(0..4)?, stamp.get(4..)?);
    let (month, day, end) = match rest.as_bytes().first()? {
        b'-' | b'/' if stamp.as_bytes().get(7) == stamp.as_bytes().get(4) => (digits(5..7)?, digits(8..10)?, 10),
        b'0'..=b'9' => (digits(4..6)?, digits(6..8)?, 8),
        _ => return None,
    };
    let follows = stamp.as_bytes().get(end);
    if follows.is_some_and(|b| !matches!(b, b'T' | b't' | b' ' | b'Z' | b'+' | b'-')) {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// `Mon, 10 Mar 2025 08:15:00 +0100`.
fn mail(stamp: &str) -> Option<Date> {
    let after = stamp.split_once(',').map_or(stamp, |(_, rest)| rest).trim();
    let mut words = after.split_whitespace();
    let (day, month, year) = (words.next()?, words.next()?, words.next()?);
    const MONTHS: &str = "janfebmaraprmayjunjulaugsepoctnovdec";
    let name = month.get(..3)?.to_ascii_lowercase();
    let at = MONTHS.find(&name).filter(|at| at % 3 == 0)?;
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, i8::try_from(at / 3 + 1).ok()?, day.parse().ok()?).ok()
}

/// The day in the address of a page: `/2025/03/10/`, `/2025-03-10-…`, `/20250310/`. An address with a month only, or
/// with two different days, has none.
pub(crate) fn of_address(url: &str) -> Option<Date> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next()?.split_once('/')?.1;
    let mut found = None;
    let bytes = path.as_bytes();
    for at in 0..bytes.len() {
        if at > 0 && bytes[at - 1].is_ascii_alphanumeric() {
            continue;
        }
        let piece = path.get(at..).and_then(|rest| rest.get(..10).or_else(|| rest.get(..8)));
        let Some(day) = piece.and_then(day_at) else { continue };
        if found.is_some_and(|before| before != day) {
            return None;
        }
        found = Some(day);
    }
    found.filter(|day| (1990..=2199).contains(&day.year()))
}

fn day_at(piece: &str) -> Option<Date> {
    let separated = piece.len() == 10 && matches!(piece.as_bytes().get(4), Some(b'/' | b'-'));
    if separated {
        return iso(piece);
    }
    let solid = piece.get(..8)?;
    let ends = piece.as_bytes().get(8).is_none_or(|b| matches!(b, b'/' | b'-' | b'_' | b'.'));
    (ends && solid.bytes().all(|b| b.is_ascii_digit())).then(|| iso(solid))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_of_programs() {
        for stamp in [
            "2025-03-10",
            "2025-03-10T00:30:00+03:00",
            "2025/03/10 08:15",
            "20250310",
            "Mon, 10 Mar 2025 08:15:00 GMT",
            "10 March 2025",
        ] {
            assert_eq!(of_stamp(stamp), Some(date(2025, 3, 10)), "{stamp}");
        }
    }

    #[test]
    fn what_has_two_readings_or_none_is_no_date() {
        for stamp in [
            "10/03/2025",
            "03-10-2025",
            "2025",
            "2025-03",
            "1970-01-01T00:00:00Z",
            "0001-01-01",
            "2025-13-01",
            "yesterday",
            "",
            "2025-03-101",
            "Mon, 10 Mar 25 08:15:00 GMT",
            "é2025-03",
        ] {
            assert_eq!(of_stamp(stamp), None, "{stamp}");
        }
    }

    #[test]
    fn addresses() {
        let day = Some(date(2025, 3, 10));
        assert_eq!(of_address("https://lejournal.example/monde/2025/03/10/titre-du-jour_123.html"), day);
        assert_eq!(of_address("https://lejournal.example/2025-03-10-titre"), day);
        assert_eq!(of_address("https://lejournal.example/a/20250310/titre"), day);
        for url in [
            "https://lejournal.example/2025/03/titre",
            "https://lejournal.example/article/2025031012345",
            "https://lejournal.example/2025/03/10/sur-le-2024-01-02",
            "https://2025-03-10.example/titre",
            "https://lejournal.example/x20250310",
        ] {
            assert_eq!(of_address(url), None, "{url}");
        }
    }
}
