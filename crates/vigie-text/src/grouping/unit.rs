//! What is compared on a page: units (blocks that stand together) and groups of them, with their terms.

use super::sense::{SENSE, Senses, Sum};
use crate::terms::Terms;
use std::collections::BTreeMap;
use vigie_resources::Topics;

/// Sorts of terms: names, countries, pairs of names, numbers, other words.
pub(crate) const KINDS: usize = 5;

/// One block of a page, as far as grouping looks at it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Block {
    /// What it is about.
    pub(crate) terms: Terms,
    /// Length in characters.
    pub(crate) chars: usize,
    /// Index of the block that it stands with (a headline and its text), if it is not the first of them.
    pub(crate) with: Option<usize>,
    /// It may be a headline.
    pub(crate) title: bool,
    /// It begins with a quotation mark.
    pub(crate) quoted: bool,
    /// It ends with a final mark.
    pub(crate) closed: bool,
    /// A dateline stands before it.
    pub(crate) dated: bool,
}

/// Numbers for terms, and how much each tells.
#[derive(Default)]
pub(crate) struct Numbering<'a> {
    numbers: BTreeMap<String, u32>,
    /// Sixteenths of a bit: how surprising the term is in a paragraph of news.
    weights: Vec<i32>,
    /// Where the term points, if anything is known of it.
    points: Vec<Option<[i8; SENSE]>>,
    senses: Option<&'a Senses>,
}

impl<'a> Numbering<'a> {
    pub(crate) fn new(senses: &'a Senses) -> Self {
        Self { senses: Some(senses), ..Self::default() }
    }

    fn number(&mut self, key: &str, topics: &Topics) -> u32 {
        if let Some(number) = self.numbers.get(key) {
            return *number;
        }
        let number = self.weights.len() as u32;
        let rarest = if key.starts_with(['^', '=', '&', '#']) { 4 } else { 8 };
        self.weights.push(-log16(topics.common(key).max(rarest)));
        self.numbers.insert(key.to_owned(), number);
        self.points.push(self.senses.and_then(|senses| senses.get(key)).copied());
        number
    }

    pub(crate) fn weight(&self, number: u32) -> i32 {
        self.weights[number as usize]
    }
}

/// How much a term tells that stands in so many of 10,000 places, in sixteenths of a bit.
#[cfg(feature = "train")]
pub(crate) fn rarity(share: u32) -> i32 {
    -log16(share.max(4))
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

fn kind(key: &str) -> usize {
    match key.as_bytes().first() {
        Some(b'^') => 0,
        Some(b'=') => 1,
        Some(b'&') => 2,
        Some(b'#') => 3,
        _ => 4,
    }
}

/// Some units, their terms counted. A unit by itself is a group of one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Group {
    /// Numbers of its units.
    pub(crate) units: Vec<usize>,
    /// Terms of each kind by number, and how many units hold each.
    pub(crate) terms: [Vec<(u32, u32)>; KINDS],
    /// Sum of the weights of its terms, each counted once.
    pub(crate) mass: [i32; KINDS],
    /// In the order of the pack's topic names.
    pub(crate) topics: Vec<u32>,
    pub(crate) words: u32,
    pub(crate) chars: usize,
    /// Sums of the directions of all its terms, and of those that are no names.
    pub(crate) senses: [Sum; 2],
}

impl Group {
    /// With the terms of another group added.
    pub(crate) fn joined(&self, other: &Self, numbering: &Numbering<'_>) -> Self {
        let mut units: Vec<usize> = self.units.iter().chain(&other.units).copied().collect();
        units.sort_unstable();
        let terms = std::array::from_fn(|k| merged(&self.terms[k], &other.terms[k], |a, b| a + b));
        let topics = if self.topics.is_empty() {
            other.topics.clone()
        } else {
            let theirs = other.topics.iter().copied().chain(std::iter::repeat(0));
            self.topics.iter().zip(theirs).map(|(a, b)| a + b).collect()
        };
        let (words, chars) = (self.words + other.words, self.chars + other.chars);
        let senses = std::array::from_fn(|k| self.senses[k].plus(&other.senses[k]));
        Self { units, mass: mass(&terms, numbering), terms, topics, words, chars, senses }
    }

    /// Without one of its units.
    pub(crate) fn without(&self, unit: &Self, numbering: &Numbering<'_>) -> Self {
        let units = self.units.iter().copied().filter(|u| !unit.units.contains(u)).collect();
        let terms = std::array::from_fn(|k| {
            let mut left = merged(&self.terms[k], &unit.terms[k], |a, b| a.saturating_sub(b));
            left.retain(|(_, n)| *n > 0);
            left
        });
        let topics = self.topics.iter().zip(&unit.topics).map(|(a, b)| a.saturating_sub(*b)).collect();
        let (words, chars) = (self.words - unit.words, self.chars - unit.chars);
        let senses = std::array::from_fn(|k| self.senses[k].minus(&unit.senses[k]));
        Self { units, mass: mass(&terms, numbering), terms, topics, words, chars, senses }
    }

    /// How many of its names of persons and places and of its countries stand in the other group too.
    pub(crate) fn names_in(&self, other: &Self) -> (usize, usize) {
        let held = |k: usize| {
            let theirs = &other.terms[k];
            self.terms[k].iter().filter(|(t, _)| theirs.binary_search_by_key(t, |x| x.0).is_ok()).count()
        };
        (held(0), held(1))
    }

    /// How many such names and countries it has.
    pub(crate) fn names(&self) -> usize {
        self.terms[0].len() + self.terms[1].len()
    }
}

fn mass(terms: &[Vec<(u32, u32)>; KINDS], numbering: &Numbering<'_>) -> [i32; KINDS] {
    std::array::from_fn(|k| terms[k].iter().map(|(term, _)| numbering.weight(*term)).sum())
}

/// Two sorted lists as one; terms of both are `combine`d.
fn merged(a: &[(u32, u32)], b: &[(u32, u32)], combine: impl Fn(u32, u32) -> u32) -> Vec<(u32, u32)> {
    let mut out = Vec::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (0, 0);
    loop {
        match (a.get(i), b.get(j)) {
            (Some(x), Some(y)) if x.0 == y.0 => {
                out.push((x.0, combine(x.1, y.1)));
                i += 1;
                j += 1;
            }
            (Some(x), Some(y)) if x.0 < y.0 => {
                out.push(*x);
                i += 1;
            }
            (_, Some(y)) => {
                out.push((y.0, combine(0, y.1)));
                j += 1;
            }
            (Some(x), None) => {
                out.push(*x);
                i += 1;
            }
            (None, None) => return out,
        }
    }
}

/// What stands together on the page, counted as one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Unit {
    /// Its blocks.
    pub(crate) blocks: Vec<usize>,
    /// Its terms, as a group of itself alone.
    pub(crate) group: Group,
    pub(crate) title: bool,
    pub(crate) quoted: bool,
    pub(crate) closed: bool,
}

/// The units of a page, in its order.
pub(crate) fn units(blocks: &[Block], topics: &Topics, numbering: &mut Numbering<'_>) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut home: Vec<usize> = Vec::with_capacity(blocks.len());
    let mut keys: Vec<Vec<&str>> = Vec::new();
    for (i, block) in blocks.iter().enumerate() {
        let at = match block.with {
            Some(other) if other < i => home[other],
            _ => {
                units.push(Unit { title: block.title, quoted: block.quoted, ..Unit::default() });
                keys.push(Vec::new());
                units.len() - 1
            }
        };
        home.push(at);
        keys[at].extend(block.terms.keys.iter().map(String::as_str));
        let unit = &mut units[at];
        unit.title &= block.title;
        unit.closed = block.closed;
        unit.blocks.push(i);
        unit.group.units = vec![at];
        unit.group.topics.resize(block.terms.topics.len(), 0);
        unit.group.topics.iter_mut().zip(&block.terms.topics).for_each(|(a, b)| *a += b);
        unit.group.words += block.terms.words as u32;
        unit.group.chars += block.chars;
    }
    for (unit, keys) in units.iter_mut().zip(&mut keys) {
        keys.sort_unstable();
        keys.dedup();
        for key in keys.iter() {
            unit.group.terms[kind(key)].push((numbering.number(key, topics), 1));
        }
        unit.group.terms.iter_mut().for_each(|terms| terms.sort_unstable());
        unit.group.mass = mass(&unit.group.terms, numbering);
        for (kind, terms) in unit.group.terms.iter().enumerate() {
            for (term, _) in terms {
                let Some(sense) = &numbering.points[*term as usize] else { continue };
                unit.group.senses[0].add(sense, numbering.weight(*term));
                if kind == KINDS - 1 {
                    unit.group.senses[1].add(sense, numbering.weight(*term));
                }
            }
        }
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_resources::Language;

    #[test]
    fn logarithms() {
        assert_eq!(log16(10_000), 0);
        assert_eq!(log16(5000), -16);
        assert_eq!(log16(2500), -32);
    }

    #[test]
    fn what_is_added_can_be_taken_away() {
        let language = Language::from_code("fr").expect("a shipped language");
        let block = |keys: &[&str], topics: [u32; 2]| Block {
            terms: Terms {
                keys: keys.iter().map(|k| (*k).to_owned()).collect(),
                topics: topics.to_vec(),
                words: keys.len(),
            },
            chars: 10,
            ..Block::default()
        };
        let blocks = [block(&["^a", "=b", "c"], [1, 0]), block(&["^a", "&d_e", "#12"], [2, 5])];
        let mut numbering = Numbering::default();
        let units = units(&blocks, language.topics(), &mut numbering);
        let both = units[0].group.joined(&units[1].group, &numbering);
        assert_eq!(both.terms[0], [(numbering.numbers["^a"], 2)]);
        let left = both.without(&units[0].group, &numbering);
        assert_eq!((left.terms, left.mass), (units[1].group.terms.clone(), units[1].group.mass));
        assert_eq!(units[0].group.names_in(&units[1].group), (1, 0));
        assert_eq!(units[0].group.names(), 2);
    }
}
