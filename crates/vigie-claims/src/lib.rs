//! Parsed stories to claims: who says who did what to whom, where, when.

mod actor;
mod attribution;
mod claim;
mod coreference;
mod dating;
mod expression;
mod factuality;
mod figure;
mod focus;
mod frame;
mod functions;
mod group;
mod kin;
mod meaning;
mod mend;
mod mention;
mod metonym;
mod number;
mod owner;
mod parts;
mod period;
mod phrase;
mod place;
mod reading;
mod resolve;
mod scene;
mod slots;
mod story;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod timex;
mod told;
mod topic;
mod town;
mod whereabouts;

pub use attribution::{Attribution, Voices, Wording, wordings};
pub use claim::{
    ActorId, Argument, Basis, Certainty, Claim, ClaimId, Factuality, Figure, Filler, Grain, Hedge, Namesake, Otherwise,
    Period, PlaceId, PlaceMention, PlacePhrase, Polarity, Precision, Realis, Role, RuleId, Speaker, SpeakerKind,
};
pub use dating::{InferredDay, VENTURES, inferred_day, ventured_day};
pub use expression::{Counted, Expression, ExpressionType, Side, Telling, expressions};
pub use factuality::factuality;
pub use figure::{FigureAt, figures};
pub use mend::mended;
pub use metonym::is_metonymic;
pub use reading::{Reading, WordAt};
pub use scene::Scene;
pub use story::read_story;
pub use timex::{Calendar, Timex, TimexKind, dateline, period_for, said_on, timexes};
pub use whereabouts::{Tie, whereabouts};
