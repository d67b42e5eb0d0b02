//! The registries as reviewed: sides that were set, claims that were tied.

use crate::background::Registries;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use vigie_events::{ActorFacts, Background, PlaceFacts, Sort, Ties};

/// The registries with what was decided beside them.
#[derive(Debug, Clone, Default)]
pub struct ReviewBackground {
    /// The side of each actor that somebody put on one, or on none.
    pub(super) sides: BTreeMap<SmolStr, Option<SmolStr>>,
    /// What was decided about claims being one happening.
    pub(super) ties: Ties,
}

impl Background for ReviewBackground {
    fn actor(&self, id: &str) -> Option<ActorFacts> {
        let facts = Registries.actor(id);
        match self.sides.get(id) {
            Some(side) => Some(ActorFacts { side: side.clone(), ..facts.unwrap_or_default() }),
            None => facts,
        }
    }

    fn place(&self, id: &str) -> Option<PlaceFacts> {
        Registries.place(id)
    }

    fn sort(&self, id: &str) -> Option<Sort> {
        Registries.sort(id)
    }

    fn ties(&self) -> &Ties {
        &self.ties
    }
}
