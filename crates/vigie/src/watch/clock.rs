//! The clock, for the one command that has to know what time it is. Nothing that is read or told depends on it: only when
//! somebody is asked again.

use jiff::Timestamp;
use std::time::{Duration, Instant};

/// Seconds since 1970, as files keep them.
pub(super) fn now() -> i64 {
    Timestamp::now().as_second()
}

/// A moment of this run.
#[allow(clippy::disallowed_methods, reason = "polling has to wait, and no result depends on how long")]
pub(super) fn moment() -> Instant {
    Instant::now()
}

/// So many seconds after a time of a file.
pub(super) fn after(time: i64, wait: Duration) -> i64 {
    time.saturating_add(i64::try_from(wait.as_secs()).unwrap_or(i64::MAX))
}

/// How long it is still until a time of a file.
pub(super) fn until(time: i64) -> Duration {
    Duration::from_secs(u64::try_from(time.saturating_sub(now())).unwrap_or(0))
}
