//! Scores of named entities: exact place and label, and what kind the errors are of.

use super::document::{Document, Entity};
use super::score::Count;
use vigie_syntax::EntityLabel;

/// The labels that most corpora share.
pub(super) const CLASSIC: [EntityLabel; 3] = [EntityLabel::Person, EntityLabel::Location, EntityLabel::Organisation];

/// What is wrong with entities that are not exactly right. The first four count gold entities.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Faults {
    /// The right label on other words that overlap.
    pub(super) boundary: usize,
    /// Another label on the same words.
    pub(super) label: usize,
    /// Another label on other words that overlap.
    pub(super) both: usize,
    /// Nothing there.
    pub(super) missed: usize,
    /// System entities where the gold file has none.
    pub(super) spurious: usize,
}

/// The scores of one test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scores {
    /// Micro average over the labels that the corpus knows; others are not held against the system.
    pub(super) all: Count,
    /// Over `CLASSIC` alone.
    pub(super) classic: Count,
    /// By label that the corpus knows.
    pub(super) labels: Vec<(EntityLabel, Count)>,
    pub(super) faults: Faults,
}

/// Compares; none if the gold file holds no entities.
pub(super) fn score(gold: &Document, system: &Document) -> Option<Scores> {
    let known: Vec<EntityLabel> =
        EntityLabel::ALL.iter().copied().filter(|l| gold.entities.iter().any(|e| e.label == *l)).collect();
    if known.is_empty() {
        return None;
    }
    let classic: Vec<EntityLabel> = CLASSIC.into_iter().filter(|l| known.contains(l)).collect();
    let of = |labels: &[EntityLabel]| exact(&with(&gold.entities, labels), &with(&system.entities, labels));
    let labels = known.iter().map(|&label| (label, of(&[label]))).collect();
    let faults = faults(&gold.entities, &with(&system.entities, &known));
    Some(Scores { all: of(&known), classic: of(&classic), labels, faults })
}

fn with(entities: &[Entity], labels: &[EntityLabel]) -> Vec<Entity> {
    entities.iter().copied().filter(|e| labels.contains(&e.label)).collect()
}

fn exact(gold: &[Entity], system: &[Entity]) -> Count {
    let right = gold.iter().filter(|e| system.binary_search(e).is_ok()).count();
    Count { gold: gold.len(), system: system.len(), right }
}

/// Those of a sorted, disjoint list that overlap one entity.
fn near(list: &[Entity], entity: Entity) -> &[Entity] {
    let from = list.partition_point(|e| e.place.end <= entity.place.start);
    let size = list[from..].iter().take_while(|e| e.place.overlaps(entity.place)).count();
    &list[from..from + size]
}

fn faults(gold: &[Entity], system: &[Entity]) -> Faults {
    let mut out = Faults::default();
    for &entity in gold {
        let others = near(system, entity);
        if others.contains(&entity) {
            continue;
        }
        let counter = if others.is_empty() {
            &mut out.missed
        } else if others.iter().any(|e| e.place == entity.place) {
            &mut out.label
        } else if others.iter().any(|e| e.label == entity.label) {
            &mut out.boundary
        } else {
            &mut out.both
        };
        *counter += 1;
    }
    out.spurious = system.iter().filter(|e| near(gold, **e).is_empty()).count();
    out
}
