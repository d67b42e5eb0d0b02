//! All that is known before reading: languages, ontology, gazetteer, actors.
//!
//! No other crate holds a word of any human language to match against.

mod actors;
mod attribution;
mod codes;
mod coreference;
mod effects;
mod factuality;
mod fold;
mod frames;
mod gazetteer;
mod history;
mod language;
mod lexicon;
mod locate;
mod marks;
mod metonyms;
mod names;
mod ontology;
mod pack;
mod page_words;
mod time;
mod writing;

pub use actors::{ActorEntry, actor, actors, actors_named, begins_actor, country_of, kind_of, state_of, whole_of};
pub use attribution::{
    AttributionWords, Before, ReferenceWords, RelayWords, Saying, SourceNouns, SourcePhrases, Stance, StanceKind,
    attribution_words,
};
pub use codes::{
    CodeRow, Sector, SubEvent, is_cameo, is_plover, role_of, sector_of, sector_of_words, state_part_of, sub_event,
    sub_events,
};
pub use coreference::{Member, Part, Reliability, reliability};
pub use effects::{
    Effect, EffectRole, Effects, FluentRules, KeyPart, Presupposed, SituationWords, fluent_rules, situation_words,
};
pub use factuality::{ClauseWords, Denied, FactualityWords, Force, Marker, Operator, World, factuality_words};
pub use fold::{distance, fold, fold_into, skeleton};
pub use frames::{FrameWords, TriggerRule, Triggers, frame_words, triggers};
pub use gazetteer::{
    Country, Place, PlaceKind, all_places_named, all_places_of, conflict_weight, countries, country, place,
    places_named, places_spelt_like, region, spelling_distance,
};
pub use history::{DatedEvent, Office, dated_events, offices};
pub use language::{Language, PerLanguage};
pub use lexicon::{Lexicon, LexiconEntry, lexicon};
pub use locate::{HeadKind, LocateWords, RelativeRule, abbreviated, locate_words};
pub use marks::{NameClass, NameHash, PlaceClass, PlaceMarks, listed_names, name_hash};
pub use metonyms::{MetonymWords, metonym_words};
pub use names::{ActorWords, AdjectiveForms, Borders, GenericName, NameWords, PlaceWords, name_words};
pub use ontology::{Kind, Plover, Predicate, PredicateEntry};
pub use pack::{bytes, files, text};
pub use page_words::{PageWords, Topics};
pub use time::{
    CueWords, DatingWords, ExpressionExample, ExpressionRule, NumberExample, NumberFile, RangeWords, TenseWords,
    TimeFile, TimeRelation, WordClasses, number_file, time_file,
};
pub use writing::Writing;
