//! Sentences to words with lemma, part of speech, head and relation (Universal Dependencies); named entities.

pub mod conllu;
mod entities;
mod features;
mod format;
mod lemma;
mod math;
mod model;
mod network;
mod parse;
mod split;
#[cfg(feature = "train")]
pub mod train;
mod tree;

pub use format::ModelError;
pub use model::Model;
pub use parse::{Deprel, EntityLabel, Feats, NamedEntity, Parse, Relation, Upos, Word};
