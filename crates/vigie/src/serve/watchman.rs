//! Looks whether the archive has grown, and reads it again beside the visitors, who see the last whole reading meanwhile.

use super::problem::Problem;
use super::snapshot::Snapshot;
use crate::archive::Archive;
use axum::http::StatusCode;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

/// The newest reading of an archive.
pub(super) struct Watchman {
    path: PathBuf,
    state: Arc<RwLock<State>>,
}

#[derive(Default)]
struct State {
    snapshot: Option<Arc<Snapshot>>,
    trouble: Option<Problem>,
}

/// How often is looked, and how much longer than a reading took is waited before the next: an archive that grows all the
/// time must not take the machine from its visitors.
const OFTEN: Duration = Duration::from_secs(2);
const REST: u32 = 4;

impl Watchman {
    /// Begins to watch.
    pub(super) fn of(path: PathBuf) -> Self {
        let state: Arc<RwLock<State>> = Arc::default();
        let watchman = Self { path: path.clone(), state: state.clone() };
        // It ends with the process; nothing has to be put away.
        std::thread::spawn(move || {
            loop {
                let began = Instant::now();
                look(&path, &state);
                std::thread::sleep(OFTEN.max(began.elapsed() * REST));
            }
        });
        watchman
    }

    /// Looks at once: somebody has just written and wants to see it.
    pub(super) fn look_again(&self) {
        look(&self.path, &self.state);
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

fn look(path: &std::path::Path, state: &RwLock<State>) {
    let known = state.read().unwrap_or_else(PoisonError::into_inner).snapshot.as_ref().map(|s| s.growth());
    let growth = Archive::open_existing(path).and_then(|archive| archive.growth());
    if growth.is_ok() && growth.as_ref().ok() == known.as_ref() {
        return;
    }
    let read = growth.and_then(|_| Snapshot::read(path));
    let mut state = state.write().unwrap_or_else(PoisonError::into_inner);
    match read {
        Ok(snapshot) => *state = State { snapshot: Some(Arc::new(snapshot)), trouble: None },
        // Whoever looks keeps what was read before.
        Err(failure) => state.trouble = Some(failure.into()),
    }
}
