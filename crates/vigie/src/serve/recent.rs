//! What was made last, kept at hand for whoever asks for it next.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// The thing behind a lock. A poisoned lock guards nothing but copies, which are whole at any moment.
pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The things that were asked for last.
pub(super) struct Recent<K, V> {
    room: usize,
    kept: Vec<(K, V)>,
}

impl<K: PartialEq, V: Clone> Recent<K, V> {
    /// Room for so many things.
    pub(super) fn new(room: usize) -> Self {
        Self { room, kept: Vec::with_capacity(room) }
    }

    /// The thing of this name, which is now the one that was asked for last.
    pub(super) fn get(&mut self, key: &K) -> Option<V> {
        let at = self.kept.iter().position(|(k, _)| k == key)?;
        let found = self.kept.remove(at);
        let value = found.1.clone();
        self.kept.push(found);
        Some(value)
    }

    /// Keeps a thing; the one that nobody asked for longest makes room.
    pub(super) fn put(&mut self, key: K, value: V) {
        if self.kept.len() == self.room {
            self.kept.remove(0);
        }
        self.kept.push((key, value));
    }
}
