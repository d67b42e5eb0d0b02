//! Sentences to words with lemma, part of speech, head and relation (Universal Dependencies); named entities.

mod parse;

pub use parse::{Deprel, EntityLabel, Feats, NamedEntity, Parse, Relation, Upos, Word};
