//! What this floor is given beside claims: when they were reported, and what the registries know.

use crate::ties::{FREE, Ties};
use jiff::civil::Date;
use smol_str::SmolStr;
use vigie_claims::{ActorId, Claim, PlaceId};
use vigie_resources::Sector;
use vigie_text::{Span, StoryId};

/// How many steps up a chain of parts are followed; a longer chain is a fault of the registry.
const DEPTH: usize = 12;

/// A claim with what is known of its document.
#[derive(Debug, Clone, Copy)]
pub struct Reported<'a> {
    /// The claim.
    pub claim: &'a Claim,
    /// The day on which its document was published; `None` when unknown.
    pub reported: Option<Date>,
    /// When the archive took it in, counting from 0; equal numbers fall back on the canonical order of claims.
    pub order: u64,
    /// Who published the document.
    pub outlet: Option<&'a str>,
    /// The story that its own copies for the most part; `None` when it copies none.
    pub copy_of: Option<StoryId>,
    /// Its sentence, where it was printed first.
    pub printed: Printed,
}

/// A sentence by its story and its place in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Printed {
    /// The story.
    pub story: StoryId,
    /// The sentence.
    pub sentence: Span,
}

impl<'a> Reported<'a> {
    /// A claim of a document of which only the day is known.
    #[must_use]
    pub fn new(claim: &'a Claim, reported: Option<Date>) -> Self {
        Self {
            claim,
            reported,
            order: 0,
            outlet: None,
            copy_of: None,
            printed: Printed { story: claim.story, sentence: claim.sentence },
        }
    }

    /// The story that counts as the voice of this claim: copies are one voice, and so is a copied sentence.
    #[must_use]
    pub fn voice(&self) -> StoryId {
        self.copy_of.unwrap_or(self.printed.story)
    }
}

/// What the registry says of an actor.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ActorFacts {
    /// A name that a person would write.
    pub name: String,
    /// The registry's word for its kind: state, army, person, monitor, agency, …
    pub kind: SmolStr,
    /// The body it belongs to.
    pub part_of: Option<ActorId>,
    /// The side it is on, where the registry gives one.
    pub side: Option<SmolStr>,
}

/// What sort of body an actor is: all that is known of "the army", much less than is known of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sort {
    /// Only a common noun tells who it is: "the army", "rebels".
    pub generic: bool,
    /// Where it stands: state, rebels, militia …
    pub sector: Sector,
    /// The part of a state that it is; empty where it is none, or the whole.
    pub part: SmolStr,
    /// Its country, where that is known.
    pub country: Option<SmolStr>,
}

impl Sort {
    /// May both be the same body, as far as a common noun tells?
    #[must_use]
    pub fn fits(&self, other: &Self) -> bool {
        let free = |a: &str, b: &str| a == b || a.is_empty() || b.is_empty();
        (self.generic || other.generic)
            && self.sector == other.sector
            && free(&self.part, &other.part)
            && free(self.country.as_deref().unwrap_or_default(), other.country.as_deref().unwrap_or_default())
    }
}

/// What the gazetteer says of a place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlaceFacts {
    /// A name that a person would write.
    pub name: String,
    /// The place around it.
    pub within: Option<PlaceId>,
    /// True for a country or more: naming it says nearly nothing about where.
    pub country: bool,
}

/// The registries, as far as this floor and the next ask them. Answers must not depend on anything but the id
/// (and, of what was reviewed, on the decisions).
pub trait Background {
    /// An actor, if it is known.
    fn actor(&self, id: &str) -> Option<ActorFacts>;

    /// A place, if it is known.
    fn place(&self, id: &str) -> Option<PlaceFacts>;

    /// What sort of body an actor is, where that tells something.
    fn sort(&self, _id: &str) -> Option<Sort> {
        None
    }

    /// What was decided about claims being one happening or not.
    fn ties(&self) -> &Ties {
        &FREE
    }

    /// The actor and the bodies it belongs to, nearest first.
    fn actor_chain(&self, id: &str) -> Vec<ActorId> {
        let mut chain = vec![ActorId::new(id)];
        while chain.len() < DEPTH {
            let up = self.actor(&chain[chain.len() - 1]).and_then(|facts| facts.part_of);
            match up {
                Some(up) if !chain.contains(&up) => chain.push(up),
                _ => break,
            }
        }
        chain
    }

    /// The outermost body that the actor belongs to: its state, or itself.
    fn actor_root(&self, id: &str) -> ActorId {
        self.actor_chain(id).pop().unwrap_or_else(|| ActorId::new(id))
    }

    /// The place and the places around it, nearest first.
    fn place_chain(&self, id: &str) -> Vec<PlaceId> {
        let mut chain = vec![PlaceId::new(id)];
        while chain.len() < DEPTH {
            let up = self.place(&chain[chain.len() - 1]).and_then(|facts| facts.within);
            match up {
                Some(up) if !chain.contains(&up) => chain.push(up),
                _ => break,
            }
        }
        chain
    }
}

/// A background that knows nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nothing;

impl Background for Nothing {
    fn actor(&self, _: &str) -> Option<ActorFacts> {
        None
    }

    fn place(&self, _: &str) -> Option<PlaceFacts> {
        None
    }
}
