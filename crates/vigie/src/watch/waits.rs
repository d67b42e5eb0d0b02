//! How long to wait: what a server asks for, and what is decent when it does not say.

use jiff::Timestamp;
use std::time::Duration;

/// Nobody is left alone for longer, whatever he says: his clock may be wrong.
const MOST: Duration = Duration::from_secs(7 * 86_400);
/// The first wait after a failure; each further one is twice as long.
const FIRST: Duration = Duration::from_secs(5 * 60);
/// The longest wait after failures.
const LONGEST: Duration = Duration::from_secs(86_400);

/// What `Retry-After` asks for, in seconds or as a date, seen from `now`.
pub(super) fn asked(value: &str, now: i64) -> Option<Duration> {
    let value = value.trim();
    let wait = match value.parse::<u64>() {
        Ok(seconds) => seconds,
        Err(_) => {
            let at: Timestamp = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(value).ok()?;
            u64::try_from(at.as_second() - now).unwrap_or(0)
        }
    };
    Some(Duration::from_secs(wait).min(MOST))
}

/// The wait after so many failures in a row, never less than what is usual.
pub(super) fn after_failures(failures: u32, usual: Duration) -> Duration {
    let doubled = FIRST.saturating_mul(1 << failures.saturating_sub(1).min(16));
    doubled.min(LONGEST).max(usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates() {
        let now = "2025-03-10T12:00:00Z".parse::<Timestamp>().unwrap().as_second();
        assert_eq!(asked("120", now), Some(Duration::from_secs(120)));
        assert_eq!(asked("Mon, 10 Mar 2025 12:30:00 GMT", now), Some(Duration::from_secs(1_800)));
        assert_eq!(asked("Sun, 09 Mar 2025 12:30:00 GMT", now), Some(Duration::ZERO), "what is past is over");
        assert_eq!(asked("999999999999", now), Some(MOST));
        assert_eq!(asked("soon", now), None);
        assert_eq!(asked("-5", now), None);
    }

    #[test]
    fn failures_add_up() {
        let minutes = |n, usual: u64| after_failures(n, Duration::from_secs(usual * 60)).as_secs() / 60;
        assert_eq!([minutes(1, 1), minutes(2, 1), minutes(4, 1), minutes(90, 1)], [5, 10, 40, 1_440]);
        assert_eq!(minutes(1, 15), 15, "what is asked seldom is not asked more often for having failed");
    }
}
