//! A decision: who, when, why, and about what.

use crate::failure::Failure;
use crate::record::{DocumentRecord, hex};
use jiff::Timestamp;
use vigie_claims::{Claim, ClaimId};
use vigie_text::{DocumentId, document_id};

/// Identity of a decision: hash of all that it says, so that the same decision has the same name in every archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DecisionId(pub [u8; 16]);

impl DecisionId {
    /// `r:` and 32 hexadecimal digits.
    #[must_use]
    pub fn word(self) -> String {
        format!("r:{}", hex(&self.0))
    }
}

/// What somebody decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Who.
    pub by: String,
    /// When, in whole seconds.
    pub at: Timestamp,
    /// Why.
    pub why: String,
    /// What.
    pub action: Action,
}

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// The claim is what the text says.
    Accept(ClaimRef),
    /// The text does not say it.
    Reject(ClaimRef),
    /// One field is to be another.
    Correct(ClaimRef, Field, String),
    /// All of these claims tell of one happening.
    Merge(Vec<ClaimRef>),
    /// The first tell of another happening than the second.
    Split(Vec<ClaimRef>, Vec<ClaimRef>),
    /// The side that an actor is on; `None`: on none.
    Side {
        /// Id of the actor.
        actor: String,
        /// The side, by the word or id that all of it share.
        side: Option<String>,
    },
    /// Where a place lies that the gazetteer does not know.
    Place {
        /// Its name in the texts.
        name: String,
        /// Latitude and longitude in millionths of a degree.
        point: (i32, i32),
        /// Id of the place around it, or a country's two letters.
        within: Option<String>,
    },
    /// An earlier decision does not count any more.
    Undo(DecisionId),
}

/// A claim, with what leads to it when another version of the program reads the text and gives it another id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClaimRef {
    /// Its id when it was decided on.
    pub claim: ClaimId,
    /// Its document.
    pub document: DocumentId,
    /// Its predicate.
    pub predicate: String,
    /// First byte of the trigger and one past the last.
    pub trigger: (usize, usize),
    /// The words of the trigger.
    pub words: String,
    /// The name of its place: one trigger may make a claim for each of several.
    pub place: Option<String>,
}

macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident = $text:literal),* $(,)?) => {
        /// A field that may be corrected; a closed list.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Field { $($(#[$doc])* $variant),* }

        impl Field {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its word in the wire format.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            /// The field with this word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($text => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

fields! {
    /// What is claimed: the id of a predicate.
    Predicate = "predicate",
    /// Who acts: ids or names, `;` between them, `-` for nobody.
    Actor = "actor",
    /// To whom: as for the actor.
    Recipient = "recipient",
    /// Where: the id or name of a place, `-` for none.
    Place = "place",
    /// When: `2016-09-04`, `2016-09-01..2016-09-04`, `..2016-09-04` or `-`.
    Period = "period",
    /// `positive` or `negative`.
    Polarity = "polarity",
    /// `certain`, `probable` or `possible`.
    Certainty = "certainty",
    /// `actual`, `historical`, `future` or `hypothetical`.
    Realis = "realis",
    /// A number with its unit: `killed=8..12`, `killed=-` for none.
    Figure = "figure",
}

impl ClaimRef {
    /// What leads to a claim.
    #[must_use]
    pub fn of(document: &DocumentRecord, claim: &Claim) -> Self {
        Self {
            claim: claim.id,
            document: document.id,
            predicate: claim.predicate.id().to_owned(),
            trigger: (claim.trigger.start(), claim.trigger.end()),
            words: claim.trigger.of(&document.text).to_owned(),
            place: claim.place.as_ref().map(|p| p.name.clone()),
        }
    }
}

impl Action {
    /// Its word: on the command line, in the archive, in exports.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Accept(_) => "accept",
            Self::Reject(_) => "reject",
            Self::Correct(..) => "correct",
            Self::Merge(_) => "merge",
            Self::Split(..) => "split",
            Self::Side { .. } => "side",
            Self::Place { .. } => "place",
            Self::Undo(_) => "undo",
        }
    }

    /// The claims that it is about.
    #[must_use]
    pub fn claims(&self) -> Vec<&ClaimRef> {
        match self {
            Self::Accept(claim) | Self::Reject(claim) | Self::Correct(claim, ..) => vec![claim],
            Self::Merge(claims) => claims.iter().collect(),
            Self::Split(ones, others) => ones.iter().chain(others).collect(),
            Self::Side { .. } | Self::Place { .. } | Self::Undo(_) => Vec::new(),
        }
    }
}

impl Decision {
    /// A decision that can be kept: somebody took it, for some reason, and what it says can be followed.
    ///
    /// # Errors
    /// When a name or a reason is missing, or a new value is none for its field.
    pub fn new(by: &str, at: Timestamp, why: &str, action: Action) -> Result<Self, Failure> {
        let (by, why) = (by.trim().to_owned(), why.trim().to_owned());
        if by.is_empty() {
            return Err(Failure::new("nobody is named who decides this", "name somebody with --by NAME"));
        }
        if why.is_empty() {
            return Err(Failure::new(
                "no reason is given",
                "give one with --why TEXT; whoever reads it later will ask",
            ));
        }
        let action = match action {
            Action::Correct(claim, field, value) => {
                let value = super::canonical(field, &value)
                    .map_err(|why| Failure::new(format!("{value:?} is no {}", field.as_str()), why))?;
                Action::Correct(claim, field, value)
            }
            Action::Merge(claims) if claims.len() < 2 => {
                return Err(Failure::new("there is nothing to merge", "name two events or claims"));
            }
            Action::Split(ones, others) if ones.is_empty() || others.is_empty() => {
                return Err(Failure::new(
                    "nothing would stay, or nothing would leave",
                    "name some of the event's claims",
                ));
            }
            Action::Place { point: (lat, lon), .. } if lat.abs() > 90_000_000 || lon.abs() > 180_000_000 => {
                return Err(Failure::new("there is no such point", "latitude is -90 to 90, longitude -180 to 180"));
            }
            other => other,
        };
        // Kept in whole seconds, or it would not be the same after it was kept.
        let at = Timestamp::from_second(at.as_second()).unwrap_or(at);
        Ok(Self { by, at, why, action })
    }

    /// Its identity.
    #[must_use]
    pub fn id(&self) -> DecisionId {
        DecisionId(document_id(super::write_stored(self).as_bytes()).0)
    }
}
