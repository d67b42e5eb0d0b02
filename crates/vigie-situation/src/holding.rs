//! An answer with how it is known: status, rivals, beginning and end, and the proof.

use crate::fluent::{Fluent, Value};
use jiff::civil::Date;
use smol_str::SmolStr;
use vigie_claims::{ActorId, ClaimId};
use vigie_events::{EventId, OriginId};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl $name {
            /// The word of the wire format.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
        }
    };
}

words! {
    /// What counts as evidence.
    Layer {
        /// All that is said.
        Claimed = "claimed",
        /// Only what is said by those who do not profit from it, or against themselves.
        Assessed = "assessed",
    }
}

words! {
    /// How an answer is known.
    Status {
        /// Two or more named, independent origins.
        Corroborated = "corroborated",
        /// A source says so.
        Claimed = "claimed",
        /// Nobody is made to say it.
        Unattributed = "unattributed",
        /// Another value is nearly as well supported.
        Contested = "contested",
        /// A later report takes it for granted.
        Presupposed = "presupposed",
        /// It follows by a rule.
        Inferred = "inferred",
        /// The last word on it is old.
        Stale = "stale",
        /// Nothing is known.
        Unknown = "unknown",
    }
}

/// An id with a name that a person would write.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Named {
    /// The id.
    pub id: SmolStr,
    /// The name.
    pub name: String,
}

/// When something began or ended: some day from `first` to `last`; `first` is `None` where only the last is sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Since {
    /// Earliest day.
    pub first: Option<Date>,
    /// Latest day.
    pub last: Date,
}

/// Another value for the same question and time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rival {
    /// The value.
    pub value: Value,
    /// Whose.
    pub by: Vec<Named>,
    /// Who says so.
    pub claims: Vec<ClaimId>,
    /// Their origins.
    pub origins: Vec<OriginId>,
}

/// What must have held at some unknown earlier time ("again").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// The value.
    pub value: Value,
    /// Whose.
    pub by: Vec<ActorId>,
    /// The claims that take it for granted.
    pub claims: Vec<ClaimId>,
}

/// A claim that was left out of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// Which.
    pub claim: ClaimId,
    /// Why: `older`, `profits`.
    pub why: &'static str,
}

/// What an answer rests on. Invariant: `premises` is never empty, except for `unknown`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Name of the rule.
    pub rule: &'static str,
    /// The claims, in canonical order.
    pub premises: Vec<ClaimId>,
    /// Claims about the same question that did not count, and why.
    pub dropped: Vec<Dropped>,
}

/// An answer to one question on one day, as known on another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// The question.
    pub fluent: Fluent,
    /// About what: places and actors, in the order of the fluent.
    pub key: Vec<Named>,
    /// The answer.
    pub value: Value,
    /// Who holds, besieges, cuts.
    pub by: Vec<Named>,
    /// Every other value told for the same time.
    pub rivals: Vec<Rival>,
    /// What counted as evidence.
    pub layer: Layer,
    /// How it is known.
    pub status: Status,
    /// Since when, where a report says so.
    pub since: Option<Since>,
    /// Until when, where it has ended since.
    pub until: Option<Since>,
    /// The events that began it.
    pub begun_by: Vec<EventId>,
    /// The events that ended it.
    pub ended_by: Vec<EventId>,
    /// The events that speak against it.
    pub disputed_by: Vec<EventId>,
    /// What must have held before.
    pub earlier: Vec<Earlier>,
    /// Support in thousandths (votes of independent origins).
    pub support: u32,
    /// What it rests on.
    pub proof: Proof,
}
