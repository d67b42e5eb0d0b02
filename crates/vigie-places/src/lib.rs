//! Mentions of places to points: which of its namesakes a name means in this document, and how exactly that is known.
//!
//! One document at a time, no parse needed: text and the spans of the mentions come in, places with their candidates
//! and the reasons for the choice go out. Every number is whole, so every machine chooses alike.

mod candidates;
mod context;
mod document;
mod extent;
mod features;
mod geo;
mod lookup;
mod name;
mod pattern;
mod phrase;
mod ranker;
mod relative;
mod scene;
mod surroundings;
mod testimony;

pub use candidates::{Candidate, Match};
pub use document::{Example, Located, Precision, examples, locate, locate_with};
pub use features::{FEATURES, Features};
pub use geo::kilometres;
pub use lookup::mentions;
pub use ranker::Ranker;
pub use relative::{Length, Relative, RelativeKind, relatives};
