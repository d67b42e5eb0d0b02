//! Everything that is counted about one output for one test.

use super::breakdown::{Breakdown, breakdown};
use super::document::Document;
use super::entities;
use super::gold::Gold;
use super::score::{Count, Metric, Pairing};

/// What the system was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// Sentences and tokens of the corpus (of an entity corpus, its sentences).
    Gold,
    /// The bare text.
    Raw,
}

impl From {
    pub(super) const BOTH: [Self; 2] = [Self::Gold, Self::Raw];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Gold => "gold",
            Self::Raw => "raw",
        }
    }
}

/// The counts.
pub(super) struct Outcome {
    pub(super) from: From,
    /// Empty for corpora without trees.
    pub(super) metrics: Vec<(Metric, Count)>,
    pub(super) breakdown: Breakdown,
    pub(super) entities: Option<entities::Scores>,
}

impl Outcome {
    /// Scores an output in CoNLL-U.
    pub(super) fn of(gold: &Gold, from: From, conllu: &str) -> Result<Self, String> {
        let fault = |e: String| format!("{}, from {}: {e}", gold.name, from.name());
        let system = Document::read(conllu).map_err(fault)?;
        Self::compare(&gold.document, &system, from, gold.syntax).map_err(fault)
    }

    pub(super) fn compare(gold: &Document, system: &Document, from: From, syntax: bool) -> Result<Self, String> {
        let pairing = Pairing::of(gold, system)?;
        let (metrics, breakdown) = if syntax {
            let metrics = Metric::ALL.iter().map(|&metric| (metric, pairing.count(metric))).collect();
            (metrics, breakdown(&pairing))
        } else {
            (Vec::new(), Breakdown::default())
        };
        Ok(Self { from, metrics, breakdown, entities: entities::score(gold, system) })
    }

    /// Each score with its name, entities included.
    pub(super) fn scores(&self) -> Vec<(&'static str, Count)> {
        let mut out: Vec<_> = self.metrics.iter().map(|(metric, count)| (metric.name(), *count)).collect();
        if let Some(entities) = &self.entities {
            out.push(("Entities", entities.all));
            out.push(("Entities PER LOC ORG", entities.classic));
            out.extend(entities.labels.iter().map(|(label, count)| (label.as_str(), *count)));
        }
        out
    }
}

/// All outcomes of one test.
pub(super) struct Tested {
    pub(super) name: String,
    /// May a shipped model have learnt from it?
    pub(super) development: bool,
    pub(super) outcomes: Vec<Outcome>,
}
