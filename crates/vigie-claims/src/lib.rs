//! Parsed stories to claims: who says who did what to whom, where, when.

mod claim;
mod functions;
mod phrase;
mod reading;

pub use claim::{
    ActorId, Argument, Basis, Certainty, Claim, ClaimId, Factuality, Figure, Filler, Grain, Hedge, Period, PlaceId,
    PlaceMention, Polarity, Precision, Realis, Role, RuleId, Speaker, SpeakerKind,
};
pub use reading::{Reading, WordAt};
