//! Which blocks of a page belong together.
//!
//! Blocks are compared by their terms. A term that both a block and a group hold is evidence that they tell the same
//! story, the more the rarer the term is; a term of the block that the group lacks is weak evidence against it
//! (log-likelihood ratio of "same story" and "chance", in sixteenths of a bit; whole numbers only). Groups grow
//! from their best-connected block; what the terms cannot decide stays with the main group.

use crate::terms::Terms;
use std::collections::BTreeMap;
use vigie_resources::Topics;

/// Pages with more blocks are no pages of news; they are not taken apart.
pub(crate) const MOST_BLOCKS: usize = 300;

/// What grouping needs to know of one block.
#[derive(Debug, Clone, Default)]
pub(crate) struct Block {
    /// What it is about.
    pub(crate) terms: Terms,
    /// Length in characters.
    pub(crate) chars: usize,
    /// Index of the block that it stands with (a headline and its text), if it is not the first of them.
    pub(crate) with: Option<usize>,
}

/// For every block the number of its group, from 0 in order of the first block; `None`: of another page.
#[must_use]
pub(crate) fn group(blocks: &[Block], topics: &Topics) -> Vec<Option<usize>> {
    if blocks.len() < 3 || blocks.len() > MOST_BLOCKS {
        return vec![Some(0); blocks.len()];
    }
    let mut units = units(blocks);
    let weights = weights(&units, topics);
    for unit in &mut units {
        unit.terms.sort_unstable();
    }
    let groups = grow(&units, &weights);
    settle(blocks.len(), &units, &groups, &weights, Leading::new(topics))
}

/// One or more blocks that stand together.
struct Unit {
    blocks: Vec<usize>,
    /// Numbers of its terms, sorted.
    terms: Vec<u32>,
    keys: Vec<String>,
    topics: Vec<u32>,
    words: usize,
    chars: usize,
}

fn units(blocks: &[Block]) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut home: Vec<usize> = Vec::with_capacity(blocks.len());
    for (i, block) in blocks.iter().enumerate() {
        let unit = match block.with {
            Some(other) if other < i => home[other],
            _ => {
                units.push(Unit {
                    blocks: Vec::new(),
                    terms: Vec::new(),
                    keys: Vec::new(),
                    topics: vec![0; block.terms.topics.len()],
                    words: 0,
                    chars: 0,
                });
                units.len() - 1
            }
        };
        home.push(unit);
        let unit = &mut units[unit];
        unit.blocks.push(i);
        unit.keys.extend(block.terms.keys.iter().cloned());
        unit.topics.iter_mut().zip(&block.terms.topics).for_each(|(a, b)| *a += b);
        unit.words += block.terms.words;
        unit.chars += block.chars;
    }
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    for unit in &mut units {
        unit.keys.sort_unstable();
        unit.keys.dedup();
        for key in &unit.keys {
            let next = numbers.len() as u32;
            unit.terms.push(*numbers.entry(key.clone()).or_insert(next));
        }
    }
    units
}

/// What one term says, by its number.
struct Weight {
    /// Chance that a paragraph of other news holds it, of 10,000.
    common: u32,
    /// Chance that a paragraph of the same story holds it, of 10,000.
    same: u32,
    name: bool,
}

fn weights(units: &[Unit], topics: &Topics) -> Vec<Weight> {
    let mut weights: BTreeMap<u32, Weight> = BTreeMap::new();
    for unit in units {
        let mut sorted: Vec<&String> = unit.keys.iter().collect();
        sorted.sort_unstable();
        for (key, number) in sorted.into_iter().zip(&unit.terms) {
            let name = key.starts_with(['^', '=']);
            weights.entry(*number).or_insert(Weight {
                common: topics.common(key).max(if name { 5 } else { 12 }),
                same: if name { 3500 } else { 1500 },
                name,
            });
        }
    }
    weights.into_values().collect()
}

/// 16 * log2(x / 10,000), rounded down, for x from 1 to 10,000.
fn log16(x: u32) -> i32 {
    let x = (u64::from(x.max(1)) << 16) / 10_000;
    let x = x.max(1);
    let whole = 63 - x.leading_zeros() as i32;
    // Four more bits from squaring: log2 of the mantissa, bit by bit.
    let mut mantissa = (x << (62 - whole)) >> 31;
    let mut bits = 0;
    for _ in 0..4 {
        mantissa = (mantissa * mantissa) >> 31;
        bits <<= 1;
        if mantissa >> 32 != 0 {
            bits |= 1;
            mantissa >>= 1;
        }
    }
    (whole - 16) * 16 + bits
}

/// The terms of a group and how many of its units hold each.
#[derive(Default)]
struct Core {
    counts: BTreeMap<u32, u32>,
    units: Vec<usize>,
    words: usize,
    topics: Vec<u32>,
}

impl Core {
    fn add(&mut self, index: usize, unit: &Unit) {
        self.units.push(index);
        self.words += unit.words;
        self.topics.resize(unit.topics.len(), 0);
        self.topics.iter_mut().zip(&unit.topics).for_each(|(a, b)| *a += b);
        for term in &unit.terms {
            *self.counts.entry(*term).or_default() += 1;
        }
    }

    /// Evidence that `unit` tells the same story, in sixteenths of a bit.
    fn evidence(&self, unit: &Unit, weights: &[Weight]) -> i32 {
        // Paragraphs of usual length that the group amounts to.
        let size = (self.words / 30).clamp(1, 30) as u32;
        let mut sum = 0;
        for term in &unit.terms {
            let weight = &weights[*term as usize];
            let chance = (weight.common * size).min(6000);
            // The more paragraphs the group has, the more of the story's terms have been met.
            let known = (weight.same * (2 + size) / (1 + size).max(1)).min(7000).max(weight.same);
            let known = if size >= 4 { (known * 3 / 2).min(7000) } else { known };
            let same = known + (10_000 - known) * chance / 10_000;
            if self.counts.contains_key(term) {
                sum += log16(same) - log16(chance);
            } else {
                sum += log16(10_000 - same) - log16(10_000 - chance);
            }
        }
        sum + topic_evidence(&self.topics, &unit.topics)
    }
}

/// Do both speak of the same topics? Between -4 and +4 bits.
fn topic_evidence(a: &[u32], b: &[u32]) -> i32 {
    let (sum_a, sum_b): (u32, u32) = (a.iter().sum(), b.iter().sum());
    if sum_a < 24 || sum_b < 12 {
        return 0;
    }
    // Overlap of the two distributions, of 1000.
    let overlap: u64 = a
        .iter()
        .zip(b)
        .map(|(x, y)| (u64::from(*x) * 1000 / u64::from(sum_a)).min(u64::from(*y) * 1000 / u64::from(sum_b)))
        .sum();
    let strength = (sum_b.min(60) + 12) as i32;
    (overlap as i32 - 450) * strength / 500
}

/// Groups of units, largest first. Every unit is in exactly one.
fn grow(units: &[Unit], weights: &[Weight]) -> Vec<Core> {
    let mut free: Vec<usize> = (0..units.len()).collect();
    let mut groups = Vec::new();
    while !free.is_empty() {
        // The unit that the others speak for most.
        let seed = free
            .iter()
            .copied()
            .max_by_key(|i| {
                let mut core = Core::default();
                core.add(*i, &units[*i]);
                let support: i32 =
                    free.iter().filter(|j| *j != i).map(|j| core.evidence(&units[*j], weights).max(0)).sum();
                (support, std::cmp::Reverse(*i))
            })
            .unwrap_or(free[0]);
        let mut core = Core::default();
        core.add(seed, &units[seed]);
        free.retain(|i| *i != seed);
        loop {
            let best = free
                .iter()
                .map(|i| (core.evidence(&units[*i], weights), std::cmp::Reverse(*i)))
                .max()
                .filter(|(evidence, _)| *evidence > 0);
            let Some((_, std::cmp::Reverse(next))) = best else { break };
            core.add(next, &units[next]);
            free.retain(|i| *i != next);
        }
        groups.push(core);
    }
    groups
}

/// Evidence, in sixteenths of a bit, below which a group of another topic is of another page: on a page that tells of
/// a conflict, and on any other, where topics say less.
const FOREIGN: i32 = 0;
const FOREIGN_ELSEWHERE: i32 = -64;
/// Evidence below which a group that tells of another conflict is a story of its own.
const APART: i32 = -32;

/// The topics that matter, by their place among the pack's topics.
#[derive(Clone, Copy)]
struct Leading {
    conflict: Option<usize>,
    talks: Option<usize>,
}

impl Leading {
    fn new(topics: &Topics) -> Self {
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

    fn has_talks(self, topics: &[u32]) -> bool {
        self.talks.is_some_and(|t| topics.get(t).copied().unwrap_or(0) >= 12)
    }
}

/// What becomes of each group: the main story, a story of its own, or a piece of another page.
///
/// Only what has evidence against it leaves the main story: names or a topic of its own, and less in common with the
/// rest than chance would give.
fn settle(
    n_blocks: usize,
    units: &[Unit],
    groups: &[Core],
    weights: &[Weight],
    leading: Leading,
) -> Vec<Option<usize>> {
    let chars = |core: &Core| core.units.iter().map(|u| units[*u].chars).sum::<usize>();
    // This is a reader of conflicts: the largest group that tells of one is the main one, unless it is a scrap.
    let rank = |core: &Core| chars(core) * if leading.is_conflict(&core.topics) { 2 } else { 1 };
    let Some(main) = (0..groups.len()).max_by_key(|g| (rank(&groups[*g]), std::cmp::Reverse(*g))) else {
        return vec![Some(0); n_blocks];
    };
    let of_conflict = leading.is_conflict(&groups[main].topics);
    let mut home = vec![Some(main); groups.len()];
    for (g, core) in groups.iter().enumerate() {
        if g == main {
            continue;
        }
        let mut rest = Core::default();
        for (_, core) in groups.iter().enumerate().filter(|(other, _)| *other != g) {
            core.units.iter().for_each(|u| rest.add(*u, &units[*u]));
        }
        let whole = merged(core, units);
        let against = rest.evidence(&whole, weights);
        let names: Vec<u32> = whole.terms.iter().copied().filter(|t| weights[*t as usize].name).collect();
        let shared = names.iter().filter(|t| groups[main].counts.contains_key(t)).count();
        let apart = shared * 4 <= names.len() && !names.is_empty();
        let small = chars(core) * 2 <= chars(&groups[main]);
        let topic = leading.topic(&whole.topics);
        let other_topic = topic.is_some() && topic != leading.topic(&groups[main].topics);
        home[g] = if leading.is_conflict(&whole.topics) {
            let substantial = core.units.len() >= 3 || (core.units.len() >= 2 && chars(core) >= 500);
            let scrap = against < APART && shared == 0 && groups[main].units.len() >= 4;
            let story = apart && if substantial { against < FOREIGN } else { scrap };
            Some(if story { g } else { main })
        } else if !small {
            Some(if apart && other_topic && against < FOREIGN_ELSEWHERE { g } else { main })
        } else if of_conflict {
            let about_talks = leading.has_talks(&whole.topics) && shared > 0;
            let foreign = against < FOREIGN && !about_talks && (apart || other_topic);
            (!foreign).then_some(main)
        } else {
            let foreign = against < FOREIGN_ELSEWHERE && apart && other_topic;
            (!foreign).then_some(main)
        };
    }
    number(n_blocks, units, groups, &home)
}

fn merged(core: &Core, units: &[Unit]) -> Unit {
    let chars = core.units.iter().map(|u| units[*u].chars).sum();
    let terms = core.counts.keys().copied().collect();
    Unit { blocks: Vec::new(), terms, keys: Vec::new(), topics: core.topics.clone(), words: core.words, chars }
}

/// Stories are numbered in the order of their first block.
fn number(n_blocks: usize, units: &[Unit], groups: &[Core], home: &[Option<usize>]) -> Vec<Option<usize>> {
    let mut of_block = vec![None; n_blocks];
    for (g, core) in groups.iter().enumerate() {
        for block in core.units.iter().flat_map(|u| &units[*u].blocks) {
            of_block[*block] = home[g];
        }
    }
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    for of in of_block.iter_mut().flatten() {
        let next = numbers.len();
        *of = *numbers.entry(*of).or_insert(next);
    }
    of_block
}
