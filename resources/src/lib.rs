//! All that is known before reading: languages, ontology, gazetteer, actors.
//!
//! No other crate holds a word of any human language to match against.

mod attribution;
mod factuality;
mod frames;
mod language;
mod ontology;
mod pack;
mod writing;

pub use attribution::{
    AttributionWords, Before, ReferenceWords, RelayWords, Saying, SourceNouns, SourcePhrases, attribution_words,
};
pub use factuality::{ClauseWords, Denied, Effect, FactualityWords, Marker, Operator, World, factuality_words};
pub use frames::{FrameWords, TriggerRule, Triggers, frame_words, triggers};
pub use language::Language;
pub use ontology::{Kind, Plover, Predicate, PredicateEntry};
pub use pack::{bytes, files, text};
pub use writing::Writing;
