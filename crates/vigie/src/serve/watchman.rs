//! Looks whether the archive has grown, and reads it again beside the visitors, who see the last whole reading meanwhile.
#![allow(clippy::disallowed_methods, reason = "when to look again is a matter of the clock; no answer depends on it")]

use super::problem::Problem;
use super::snapshot::Snapshot;
use crate::archive::Archive;
use crate::publish::Policy;
use axum::http::StatusCode;
use jiff::Timestamp;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

/// The newest reading of an archive.
pub(super) struct Watchman {
    eye: Eye,
    state: Arc<RwLock<State>>,
}

/// What is looked at, and what of it may be shown.
#[derive(Clone)]
struct Eye {
    path: PathBuf,
    redact_routes: bool,
    delay_hours: Option<u32>,
}

#[derive(Default)]
struct State {
    snapshot: Option<Arc<Snapshot>>,
    /// When it was read: what is held back for some hours is shown after them, though nothing new has come.
    read: Option<Instant>,
    trouble: Option<Problem>,
}

/// How often is looked, and how much longer than a reading took is waited before the next: an archive that grows all the
/// time must not take the machine from its visitors.
const OFTEN: Duration = Duration::from_secs(2);
const REST: u32 = 4;

/// How long what is held back for its freshness stays so after its time, at most.
const LATE: Duration = Duration::from_secs(600);

impl Watchman {
    /// Begins to watch.
    pub(super) fn of(path: PathBuf, redact_routes: bool, delay_hours: Option<u32>) -> Self {
        let state: Arc<RwLock<State>> = Arc::default();
        let eye = Eye { path, redact_routes, delay_hours };
        let watchman = Self { eye: eye.clone(), state: state.clone() };
        // It ends with the process; nothing has to be put away.
        std::thread::spawn(move || {
            loop {
                let began = Instant::now();
                look(&eye, &state);
                std::thread::sleep(OFTEN.max(began.elapsed() * REST));
            }
        });
        watchman
    }

    /// Looks at once: somebody has just written and wants to see it.
    pub(super) fn look_again(&self) {
        look(&self.eye, &self.state);
    }

    /// The newest reading.
    pub(super) fn now(&self) -> Result<Arc<Snapshot>, Problem> {
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        match (&state.snapshot, &state.trouble) {
            (Some(snapshot), _) => Ok(snapshot.clone()),
            (None, Some(trouble)) => Err(trouble.clone()),
            (None, None) => {
                Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "the archive is being read; ask again in a moment"))
            }
        }
    }
}

impl Eye {
    /// What is held back now; nothing where nothing was asked for.
    fn policy(&self) -> Option<Policy> {
        let Self { redact_routes, delay_hours, .. } = *self;
        let policy = Policy { redact_routes, delay_hours, now: Timestamp::now() };
        (redact_routes || delay_hours.is_some()).then_some(policy)
    }
}

fn look(eye: &Eye, state: &RwLock<State>) {
    let (known, is_late) = {
        let state = state.read().unwrap_or_else(PoisonError::into_inner);
        let is_late = eye.policy().is_some() && state.read.is_some_and(|read| read.elapsed() > LATE);
        (state.snapshot.as_ref().map(|s| s.growth()), is_late)
    };
    let growth = Archive::open_existing(&eye.path).and_then(|archive| archive.growth());
    if growth.is_ok() && growth.as_ref().ok() == known.as_ref() && !is_late {
        return;
    }
    let read = growth.and_then(|_| Snapshot::read(&eye.path, eye.policy()));
    let mut state = state.write().unwrap_or_else(PoisonError::into_inner);
    match read {
        Ok(snapshot) => {
            *state = State { snapshot: Some(Arc::new(snapshot)), read: Some(Instant::now()), trouble: None };
        }
        // Whoever looks keeps what was read before.
        Err(failure) => state.trouble = Some(failure.into()),
    }
}
