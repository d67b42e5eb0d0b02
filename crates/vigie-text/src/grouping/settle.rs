//! What becomes of each group of a page: the main story, a story of its own, or a piece of another page.

use super::unit::{Group, Unit};
use std::collections::BTreeMap;
use vigie_resources::Topics;

/// Units of a group that is a story, whatever it tells of.
const STORY: usize = 3;
/// Of two groups that tell of conflicts one is another story when fewer than one in so many of its names stand in the main
/// one.
const APART: usize = 2;
/// Groups that tell of conflicts and share so many countries tell of the same one.
const SAME: usize = 2;
/// Three words of one topic alone; a report of a war names prices and the weather too.
const AT_LENGTH: u32 = 36;
/// Characters of two paragraphs that are a story.
const REPORT: usize = 900;

/// The topics that matter, by their place among the pack's topics.
#[derive(Clone, Copy)]
pub(crate) struct Leading {
    conflict: Option<usize>,
    talks: Option<usize>,
}

impl Leading {
    pub(crate) fn new(topics: &Topics) -> Self {
        let place = |name: &str| topics.names().iter().position(|n| n == name);
        Self { conflict: place("conflict"), talks: place("talks") }
    }

    /// The topic with most words, talks aside; `None` when no word has one. Conflict wins a draw.
    fn topic(self, topics: &[u32]) -> Option<usize> {
        let rank = |i: usize| (topics[i], Some(i) == self.conflict, std::cmp::Reverse(i));
        (0..topics.len()).filter(|i| Some(*i) != self.talks && topics[*i] >= 6).max_by_key(|i| rank(*i))
    }

    fn is_conflict(self, topics: &[u32]) -> bool {
        self.conflict.is_some() && self.topic(topics) == self.conflict
    }

    /// Does it tell at length of something else than conflicts and talks?
    pub(crate) fn is_aside(self, topics: &[u32]) -> bool {
        self.topic(topics).is_some_and(|t| Some(t) != self.conflict && topics[t] >= AT_LENGTH)
            && !self.has_talks(topics)
    }

    fn has_talks(self, topics: &[u32]) -> bool {
        self.talks.is_some_and(|t| topics.get(t).copied().unwrap_or(0) >= 12)
    }
}

/// For every group the group whose story it is part of; `None`: of another page.
pub(crate) fn settle(groups: &[Group], leading: Leading) -> Vec<Option<usize>> {
    // This is a reader of conflicts: the largest group that tells of one is the main one, unless it is a scrap.
    let rank = |group: &Group| group.chars * if leading.is_conflict(&group.topics) { 2 } else { 1 };
    let Some(main) = (0..groups.len()).max_by_key(|g| (rank(&groups[*g]), std::cmp::Reverse(*g))) else {
        return Vec::new();
    };
    let home = |g: usize, group: &Group| {
        if g == main {
            return Some(g);
        }
        let (names, countries) = group.names_in(&groups[main]);
        let shared = names + countries;
        if leading.is_conflict(&group.topics) && leading.is_conflict(&groups[main].topics) {
            // The front and the talks about it have few words in common, but the same countries.
            return Some(if shared * APART < group.names() && countries < SAME { g } else { main });
        }
        let report = group.units.len() > 1 && group.chars >= REPORT;
        if group.units.len() >= STORY || report || leading.is_conflict(&group.topics) {
            return Some(g);
        }
        if leading.is_conflict(&groups[main].topics) && leading.has_talks(&group.topics) && shared > 0 {
            return Some(main);
        }
        (group.chars * 2 > groups[main].chars).then_some(g)
    };
    groups.iter().enumerate().map(|(g, group)| home(g, group)).collect()
}

/// Stories are numbered in the order of their first block.
pub(crate) fn number(n_blocks: usize, units: &[Unit], groups: &[Group], home: &[Option<usize>]) -> Vec<Option<usize>> {
    let mut of_block = vec![None; n_blocks];
    for (group, home) in groups.iter().zip(home) {
        for block in group.units.iter().flat_map(|u| &units[*u].blocks) {
            of_block[*block] = *home;
        }
    }
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    for of in of_block.iter_mut().flatten() {
        let next = numbers.len();
        *of = *numbers.entry(*of).or_insert(next);
    }
    of_block
}
