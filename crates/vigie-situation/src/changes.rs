//! What changed between two days: the same questions asked twice.

use crate::fluent::Fluent;
use crate::holding::{Holding, Layer, Named};
use crate::situation::Situation;
use std::collections::BTreeMap;

/// One question whose answer is no longer the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The question.
    pub fluent: Fluent,
    /// About what.
    pub key: Vec<Named>,
    /// The answer before; `None` where nothing was known.
    pub before: Option<Holding>,
    /// The answer after; `None` where nothing is known any more.
    pub after: Option<Holding>,
}

/// The questions of the claimed layer whose answer differs in value or holder, in the order of the questions. Numbers
/// are left out: each origin has its own, so none replaces another.
#[must_use]
pub fn changes(before: &Situation, after: &Situation) -> Vec<Change> {
    type Answers<'s> = BTreeMap<(Fluent, Vec<&'s str>), (Option<&'s Holding>, Option<&'s Holding>)>;
    let mut answers: Answers<'_> = BTreeMap::new();
    let asked = |h: &&Holding| h.layer == Layer::Claimed && !h.fluent.is_figure();
    for (holding, is_after) in before
        .holdings
        .iter()
        .filter(asked)
        .map(|h| (h, false))
        .chain(after.holdings.iter().filter(asked).map(|h| (h, true)))
    {
        let key = (holding.fluent, holding.key.iter().map(|k| k.id.as_str()).collect());
        let both = answers.entry(key).or_default();
        if is_after { both.1 = Some(holding) } else { both.0 = Some(holding) }
    }
    let same = |one: Option<&Holding>, two: Option<&Holding>| {
        let answer = |h: &Holding| (h.value.clone(), h.by.clone(), h.rivals.len());
        one.map(answer) == two.map(answer)
    };
    answers
        .into_iter()
        .filter(|(_, (one, two))| !same(*one, *two))
        .map(|((fluent, _), (one, two))| Change {
            fluent,
            key: one.or(two).map(|h| h.key.clone()).unwrap_or_default(),
            before: one.cloned(),
            after: two.cloned(),
        })
        .collect()
}
