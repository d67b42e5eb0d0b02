//! What somebody who has read the texts knows better than a measure of likeness: these claims tell of one happening, those
//! do not.

use std::collections::{BTreeMap, BTreeSet};
use vigie_claims::ClaimId;

/// One decision about claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tie {
    /// All of these tell of one happening.
    Together(Vec<ClaimId>),
    /// None of the first tells of a happening of which one of the second tells.
    Apart(Vec<ClaimId>, Vec<ClaimId>),
}

/// Decisions that can all be followed at once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ties {
    /// Claims that are one happening: each with the first of its group.
    root: BTreeMap<ClaimId, ClaimId>,
    /// Pairs that are not, the smaller id first.
    apart: BTreeSet<(ClaimId, ClaimId)>,
}

/// What is told of claims that nobody has decided on.
pub(crate) static FREE: Ties = Ties { root: BTreeMap::new(), apart: BTreeSet::new() };

fn pair(a: ClaimId, b: ClaimId) -> (ClaimId, ClaimId) {
    (a.min(b), a.max(b))
}

impl Ties {
    /// Follows decisions, oldest first. Where two contradict each other the newer one is followed; the second result holds
    /// the places in the list of those that are therefore not followed, or not wholly.
    #[must_use]
    pub fn resolve(decisions: &[Tie]) -> (Self, Vec<usize>) {
        let (mut ties, mut overruled) = (Self::default(), Vec::new());
        for (at, tie) in decisions.iter().enumerate().rev() {
            // Every pair is tied, also those after one that cannot be.
            let followed = match tie {
                Tie::Together(claims) => {
                    let links = claims.iter().zip(claims.iter().skip(1));
                    links.filter(|(a, b)| !ties.join(**a, **b)).count() == 0
                }
                Tie::Apart(ones, others) => {
                    let pairs = ones.iter().flat_map(|a| others.iter().map(move |b| (*a, *b)));
                    pairs.filter(|(a, b)| !ties.part(*a, *b)).count() == 0
                }
            };
            if !followed {
                overruled.push(at);
            }
        }
        overruled.reverse();
        (ties, overruled)
    }

    fn root(&self, claim: ClaimId) -> ClaimId {
        self.root.get(&claim).copied().unwrap_or(claim)
    }

    fn group(&self, root: ClaimId) -> Vec<ClaimId> {
        let members = self.root.iter().filter(|(_, r)| **r == root).map(|(c, _)| *c);
        members.chain([root]).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Ties two claims and all that is tied to them; false where that would contradict a newer decision.
    fn join(&mut self, a: ClaimId, b: ClaimId) -> bool {
        let (one, two) = (self.root(a), self.root(b));
        if one == two {
            return true;
        }
        let (mine, its) = (self.group(one), self.group(two));
        if mine.iter().any(|a| its.iter().any(|b| self.are_apart(*a, *b))) {
            return false;
        }
        let root = one.min(two);
        for claim in mine.into_iter().chain(its) {
            self.root.insert(claim, root);
        }
        true
    }

    fn part(&mut self, a: ClaimId, b: ClaimId) -> bool {
        if self.root(a) == self.root(b) {
            return false;
        }
        self.apart.insert(pair(a, b));
        true
    }

    /// Must these two be one happening?
    #[must_use]
    pub fn are_together(&self, a: ClaimId, b: ClaimId) -> bool {
        self.root(a) == self.root(b)
    }

    /// May these two not be one happening?
    #[must_use]
    pub fn are_apart(&self, a: ClaimId, b: ClaimId) -> bool {
        self.apart.contains(&pair(a, b))
    }

    /// Is there nothing to follow?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.root.is_empty() && self.apart.is_empty()
    }

    /// The groups of claims that must be one happening.
    pub(crate) fn groups(&self) -> Vec<Vec<ClaimId>> {
        let mut groups: BTreeMap<ClaimId, Vec<ClaimId>> = BTreeMap::new();
        for (claim, root) in &self.root {
            groups.entry(*root).or_default().push(*claim);
        }
        groups.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Tie, Ties};
    use vigie_claims::ClaimId;

    fn id(n: u8) -> ClaimId {
        ClaimId([n; 16])
    }

    #[test]
    fn the_newer_of_two_contrary_decisions_is_followed_and_the_other_told() {
        let (together, apart) = (Tie::Together(vec![id(1), id(2)]), Tie::Apart(vec![id(2)], vec![id(1)]));
        let (ties, overruled) = Ties::resolve(&[together.clone(), apart.clone()]);
        assert!(ties.are_apart(id(1), id(2)) && !ties.are_together(id(1), id(2)));
        assert_eq!(overruled, [0]);
        let (ties, overruled) = Ties::resolve(&[apart, together]);
        assert!(ties.are_together(id(1), id(2)) && !ties.are_apart(id(1), id(2)));
        assert_eq!(overruled, [0]);
    }

    #[test]
    fn what_is_tied_to_the_same_is_tied_and_contradicts_as_a_whole() {
        let decisions = [
            Tie::Apart(vec![id(1)], vec![id(4)]),
            Tie::Together(vec![id(3), id(4)]),
            Tie::Together(vec![id(1), id(3)]),
        ];
        let (ties, overruled) = Ties::resolve(&decisions);
        assert!(ties.are_together(id(1), id(4)), "by way of the third");
        assert_eq!(overruled, [0]);
        let (ties, overruled) = Ties::resolve(&[decisions[1].clone(), decisions[0].clone(), decisions[2].clone()]);
        assert!(!ties.are_together(id(3), id(4)) && ties.are_together(id(1), id(3)));
        assert_eq!(overruled, [0]);
        assert_eq!(Ties::resolve(&decisions[1..2]).1, Vec::<usize>::new());
    }
}
