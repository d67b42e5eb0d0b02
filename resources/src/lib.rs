//! All that is known before reading: languages, ontology, gazetteer, actors.
//!
//! No other crate holds a word of any human language to match against.

mod coreference;
mod effects;
mod language;
mod ontology;
mod pack;

pub use coreference::{Member, Reliability, reliability};
pub use effects::{
    Effect, EffectRole, Effects, FluentRules, KeyPart, Presupposed, SituationWords, fluent_rules, situation_words,
};
pub use language::Language;
pub use ontology::{Kind, Plover, Predicate, PredicateEntry};
pub use pack::{bytes, files, text};
