//! Learns which blocks of a page belong together (`stories/grouping.bin`) from stories whose paragraphs are known to
//! belong together: parts of one story beside parts of another, and pages made of pieces of several.

use super::forest::{Cases, Growth, grow};
use super::senses::learn_senses;
use crate::dice::Dice;
use crate::forest::{Forest, write};
use crate::grouping::sense::Senses;
use crate::grouping::{Block, Group, Growing, Numbering, Unit, units};
use crate::page::block;
use std::collections::BTreeMap;
use vigie_resources::Language;

/// Paragraphs of a story that are used.
const MOST_PARAGRAPHS: usize = 14;
/// Nearest other stories that a second story is drawn from when it shall be a hard one.
const NEAREST: usize = 6;
/// Parts that the stories are split into.
const FOLDS: usize = 3;
const PAIRS: usize = 30_000;
const PAGES: usize = 7000;
/// Sorts of pages, see `page`: whole stories, stories with pieces of others, several stories.
const SORTS: [usize; 10] = [0, 1, 2, 3, 4, 1, 2, 5, 6, 0];
const PAIR_GROWTH: Growth = Growth { trees: 160, leaves: 8, rate: 0.08, ridge: 1.0 };
const MEMBER_GROWTH: Growth = Growth { trees: 260, leaves: 10, rate: 0.06, ridge: 1.0 };

/// One story as it was told.
#[derive(Debug, Clone)]
pub struct Told {
    /// Its language.
    pub language: Language,
    /// Its headline and paragraphs.
    pub paragraphs: Vec<String>,
}

/// Stories whose paragraphs are units of one long page, so that terms are numbered once.
struct Shelf<'a> {
    /// Units of each story.
    stories: Vec<Vec<Unit>>,
    numbering: Numbering<'a>,
    /// For every story the ones most like it.
    near: Vec<Vec<usize>>,
}

fn shelf<'a>(told: &[Told], senses: &'a Senses) -> Shelf<'a> {
    let mut numbering = Numbering::new(senses);
    let mut stories = Vec::new();
    for story in told {
        let blocks: Vec<Block> =
            story.paragraphs.iter().take(MOST_PARAGRAPHS).filter_map(|p| block(p, story.language)).collect();
        let units = units(&blocks, story.language.topics(), &mut numbering);
        if units.len() > 1 {
            stories.push(units);
        }
    }
    let near = nearest(&stories, &numbering);
    Shelf { stories, numbering, near }
}

/// The stories that share most with each, by the weights of shared terms over the root of what both hold.
fn nearest(stories: &[Vec<Unit>], numbering: &Numbering<'_>) -> Vec<Vec<usize>> {
    let whole: Vec<Group> = stories
        .iter()
        .map(|units| units.iter().fold(Group::default(), |sum, unit| sum.joined(&unit.group, numbering)))
        .collect();
    let mut holders: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (s, group) in whole.iter().enumerate() {
        group.terms.iter().flatten().for_each(|(term, _)| holders.entry(*term).or_default().push(s));
    }
    let mass = |g: &Group| i64::from(g.mass.iter().sum::<i32>()).max(1);
    whole
        .iter()
        .enumerate()
        .map(|(s, group)| {
            let mut shared: BTreeMap<usize, i64> = BTreeMap::new();
            for (term, _) in group.terms.iter().flatten() {
                for other in holders[term].iter().filter(|o| **o != s) {
                    *shared.entry(*other).or_default() += i64::from(numbering.weight(*term));
                }
            }
            let mut ranked: Vec<(i64, usize)> = shared
                .into_iter()
                .map(|(other, sum)| (-(sum * 1000 / (mass(group) * mass(&whole[other])).isqrt()), other))
                .collect();
            ranked.sort_unstable();
            ranked.into_iter().take(NEAREST).map(|(_, other)| other).collect()
        })
        .collect()
}

impl Shelf<'_> {
    fn joined<'a>(&self, units: impl Iterator<Item = &'a Unit>) -> Group {
        units.fold(Group::default(), |sum, unit| sum.joined(&unit.group, &self.numbering))
    }

    fn other(&self, story: usize, near: bool, dice: &mut Dice) -> usize {
        match self.near[story].as_slice() {
            close if near && !close.is_empty() => dice.pick(close),
            _ => dice.below(self.stories.len()),
        }
    }

    /// Some units of a story beside other units of it, and beside units of another story.
    fn pairs(&self, n: usize, dice: &mut Dice) -> Cases {
        let mut cases = Cases::default();
        let long: Vec<usize> = (0..self.stories.len()).filter(|s| self.stories[*s].len() > 1).collect();
        for _ in 0..n {
            let story = dice.pick(&long);
            let mut own: Vec<&Unit> = self.stories[story].iter().collect();
            dice.shuffle(&mut own);
            let many = dice.pick(&[1, 1, 1, 2, 3, 5, 8]).min(own.len() - 1);
            let few = dice.pick(&[1, 1, 1, 1, 2, 3]).min(own.len() - many);
            let group = self.joined(own[..many].iter().copied());
            let rest = self.joined(own[many..many + few].iter().copied());
            cases.push(crate::grouping::pair(&group, &rest, &self.numbering), true);
            let near = dice.below(2) == 0;
            let other = self.other(story, near, dice);
            if other != story {
                let mut foreign: Vec<&Unit> = self.stories[other].iter().collect();
                dice.shuffle(&mut foreign);
                let foreign = self.joined(foreign.into_iter().take(few));
                cases.push(crate::grouping::pair(&group, &foreign, &self.numbering), false);
            }
        }
        cases
    }

    /// A page: units in any order, each with its story. One whole story with pieces of others, or two to five stories.
    fn page(&self, kind: usize, dice: &mut Dice) -> Vec<(Unit, usize)> {
        let least = if kind < 5 { 4 } else { 2 };
        let mains: Vec<usize> = (0..self.stories.len()).filter(|s| self.stories[*s].len() >= least).collect();
        let main = dice.pick(&mains);
        let near = kind.is_multiple_of(2);
        let mut parts: Vec<(&Unit, usize)> = self.stories[main].iter().map(|u| (u, main)).collect();
        match kind {
            0 => {}
            1..=4 => {
                for _ in 0..=dice.below(4) {
                    let other = self.other(main, near, dice);
                    let from = dice.below(self.stories[other].len());
                    let many = dice.pick(&[1, 1, 2]);
                    let piece = self.stories[other][from..].iter().take(many);
                    parts.extend(piece.filter(|_| other != main).map(|u| (u, other)));
                }
            }
            _ => {
                let mut chosen = vec![main];
                for _ in 0..=dice.below(4) {
                    let other = self.other(main, near, dice);
                    if !chosen.contains(&other) {
                        parts.extend(self.stories[other].iter().map(|u| (u, other)));
                        chosen.push(other);
                    }
                }
                for _ in 0..dice.below(3) {
                    let other = dice.below(self.stories.len());
                    if !chosen.contains(&other) {
                        parts.push((&self.stories[other][dice.below(self.stories[other].len())], other));
                        chosen.push(other);
                    }
                }
            }
        }
        dice.shuffle(&mut parts);
        let placed = parts.into_iter().enumerate().map(|(at, (unit, story))| {
            let mut unit = unit.clone();
            unit.group.units = vec![at];
            (unit, story)
        });
        placed.collect()
    }

    /// Pages of all sorts, `n` of them.
    fn pages(&self, n: usize, dice: &mut Dice) -> Vec<(Vec<Unit>, Vec<usize>)> {
        (0..n).map(|n| self.page(SORTS[n % SORTS.len()], dice).into_iter().unzip()).collect()
    }

    /// Units of pages beside the cores that stand there: do they belong to the story that most of the core's other units
    /// tell? `asked`: the forest by which every unit was asked once before.
    fn members(&self, pages: &[(Vec<Unit>, Vec<usize>)], pair: &Forest, asked: Option<&Forest>) -> Cases {
        let mut cases = Cases::default();
        for (page, stories) in pages {
            let growing = Growing::new(page, &self.numbering, pair);
            let mut groups = growing.joined();
            if let Some(forest) = asked {
                groups = growing.asked(&groups, forest);
            }
            for question in growing.questions(&groups) {
                let mut told: BTreeMap<usize, usize> = BTreeMap::new();
                for unit in groups[question.core].units.iter().filter(|u| **u != question.unit) {
                    *told.entry(stories[*unit]).or_default() += 1;
                }
                let most = told.into_iter().max_by_key(|(story, n)| (*n, std::cmp::Reverse(*story)));
                cases.push(question.features, most.is_some_and(|(story, _)| story == stories[question.unit]));
            }
        }
        cases
    }
}

/// The trees of every fold, learnt from the cases of the others.
fn without_each(cases: &[Cases], growth: Growth) -> Vec<Forest> {
    let of_others = |fold: usize| {
        let others = cases.iter().enumerate().filter(|(f, _)| *f != fold);
        forest(&grow(&Cases::joined(others.map(|(_, c)| c)), growth))
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..cases.len()).map(|fold| scope.spawn(move || of_others(fold))).collect();
        threads.into_iter().map(|t| t.join().unwrap_or_default()).collect()
    })
}

/// The directions of words, learnt from all stories but those of one fold.
fn senses_without(told: &[Told], fold: usize) -> Senses {
    let others: Vec<&Told> = told.iter().enumerate().filter(|(s, _)| s % FOLDS != fold).map(|(_, t)| t).collect();
    let stories: Vec<Vec<String>> = others.iter().map(|t| t.paragraphs.clone()).collect();
    let language = others.first().map(|t| t.language);
    language.and_then(|l| Senses::read(&learn_senses(l, &stories))).unwrap_or_default()
}

fn forest(trees: &[crate::forest::Branch]) -> Forest {
    Forest::read(&write(trees)).map(|(forest, _)| forest).unwrap_or_default()
}

/// The bytes of `grouping.bin`. The same stories give the same bytes.
///
/// Each question is learnt from pages whose stories the trees of the question before have not seen: asked about stories
/// that they know, those are surer than they will ever be again.
#[must_use]
pub fn learn_grouping(told: &[Told]) -> Vec<u8> {
    let fold = |fold: usize| -> Vec<Told> { told.iter().skip(fold).step_by(FOLDS).cloned().collect() };
    let senses: Vec<Senses> = (0..FOLDS).map(|f| senses_without(told, f)).collect();
    let shelves: Vec<Shelf<'_>> = (0..FOLDS).map(|f| shelf(&fold(f), &senses[f])).collect();
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let pairs: Vec<Cases> = shelves.iter().map(|s| s.pairs(PAIRS / FOLDS, &mut dice)).collect();
    let pages: Vec<_> = shelves.iter().map(|s| s.pages(PAGES / FOLDS, &mut dice)).collect();
    let pair_of = without_each(&pairs, PAIR_GROWTH);
    let members = |asked: Option<&[Forest]>| -> Vec<Cases> {
        let of_fold = |f: usize| shelves[f].members(&pages[f], &pair_of[f], asked.map(|forests| &forests[f]));
        (0..FOLDS).map(of_fold).collect()
    };
    let first = members(None);
    let first_of = without_each(&first, MEMBER_GROWTH);
    let again = members(Some(&first_of));
    let all = [(pairs, PAIR_GROWTH), (first, MEMBER_GROWTH), (again, MEMBER_GROWTH)];
    std::thread::scope(|scope| {
        let threads: Vec<_> = all
            .iter()
            .map(|(cases, growth)| scope.spawn(move || write(&grow(&Cases::joined(cases.iter()), *growth))))
            .collect();
        threads.into_iter().flat_map(|t| t.join().unwrap_or_default()).collect()
    })
}
