//! Sentences to words with lemma, part of speech, head and relation (Universal Dependencies); named entities.

pub mod conllu;
mod engine;
mod entities;
mod features;
mod format;
mod gazetteer;
mod lemma;
mod math;
mod model;
mod network;
mod parse;
mod split;
#[cfg(feature = "train")]
pub mod train;
mod tree;
mod vocabulary;

pub use features::normal_form;
pub use format::ModelError;
#[cfg(feature = "train")]
pub use gazetteer::project;
pub use model::Model;
pub use parse::{Deprel, EntityLabel, Feats, NamedEntity, Parse, Relation, Upos, Word};
