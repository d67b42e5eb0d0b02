//! What the tables of this crate are learnt from; never part of the shipped program.

mod common;
mod forest;
mod senses;
mod sentences;
mod stories;

pub use common::learn_common;
pub use senses::learn_senses;
pub use sentences::learn_sentence_ends;
pub use stories::{Told, learn_grouping};
