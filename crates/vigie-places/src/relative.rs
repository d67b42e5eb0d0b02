//! Phrases around a name.
