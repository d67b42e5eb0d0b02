//! Units to groups: the two groups that most likely tell the same story are joined until none do, then every unit is
//! asked again, with the page as it now stands, which of the larger groups it belongs to.

use super::features::{Standing, member, pair};
use super::unit::{Group, Numbering, Unit};
use crate::forest::{Forest, UNIT};
use std::borrow::Cow;

/// No evidence at all: below any sum of trees.
const NONE: i32 = -64 * UNIT;
/// Times that all units are asked again.
const ROUNDS: usize = 4;
/// A unit stays with a core on a word that is this good.
const KEEPS: i32 = -UNIT / 2;
/// Words for two cores that differ by less are as good as each other.
const AS_GOOD: i32 = 4 * UNIT;

/// The learnt part.
pub(crate) struct Model {
    /// Do two groups tell the same story?
    pub(crate) pair: Forest,
    /// Does a unit belong to a core of its page?
    pub(crate) member: Forest,
    /// The same once every unit was asked once.
    pub(crate) again: Forest,
}

impl Model {
    /// Reads `grouping.bin`; `None` when it is damaged.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let (pair, rest) = Forest::read(bytes)?;
        let (member, rest) = Forest::read(rest)?;
        let (again, rest) = Forest::read(rest)?;
        rest.is_empty().then_some(Self { pair, member, again })
    }
}

/// One page while it is grouped.
pub(crate) struct Growing<'a> {
    units: &'a [Unit],
    numbering: &'a Numbering<'a>,
    pair: &'a Forest,
    /// The pair forest's word on every two units.
    alike: Vec<Vec<i32>>,
}

/// A unit and a core, with the numbers that the member forest asks for.
pub(crate) struct Question {
    pub(crate) unit: usize,
    pub(crate) core: usize,
    pub(crate) features: Vec<i32>,
}

impl<'a> Growing<'a> {
    pub(crate) fn new(units: &'a [Unit], numbering: &'a Numbering<'a>, pair_forest: &'a Forest) -> Self {
        let mut alike = vec![vec![NONE; units.len()]; units.len()];
        for i in 0..units.len() {
            for j in 0..i {
                let score = pair_forest.score(&pair(&units[i].group, &units[j].group, numbering));
                alike[i][j] = score;
                alike[j][i] = score;
            }
        }
        Self { units, numbering, pair: pair_forest, alike }
    }

    /// The pair forest's word on two units.
    pub(crate) fn likeness(&self, a: usize, b: usize) -> i32 {
        self.alike[a][b]
    }

    /// Groups by joining, largest first.
    pub(crate) fn joined(&self) -> Vec<Group> {
        let mut groups: Vec<Option<Group>> = self.units.iter().map(|u| Some(u.group.clone())).collect();
        let mut scores = self.alike.clone();
        loop {
            let mut best = (0, 0, 0);
            for i in (0..groups.len()).filter(|i| groups[*i].is_some()) {
                for j in (0..i).filter(|j| groups[*j].is_some()) {
                    if scores[i][j] > best.0 {
                        best = (scores[i][j], i, j);
                    }
                }
            }
            let (_, i, j) = best;
            if i == j {
                break;
            }
            let (Some(a), Some(b)) = (groups[j].take(), groups[i].take()) else { break };
            let both = a.joined(&b, self.numbering);
            for k in (0..groups.len()).filter(|k| *k != j) {
                if let Some(other) = &groups[k] {
                    let score = self.pair.score(&pair(&both, other, self.numbering));
                    scores[j][k] = score;
                    scores[k][j] = score;
                }
            }
            groups[j] = Some(both);
        }
        sorted(groups.into_iter().flatten().collect())
    }

    /// Every unit beside every core: groups of two units or more, and the largest.
    pub(crate) fn questions(&self, groups: &[Group]) -> Vec<Question> {
        let cores: Vec<usize> = (0..groups.len()).filter(|g| *g == 0 || groups[*g].units.len() > 1).collect();
        let mut home = vec![0; self.units.len()];
        for (g, group) in groups.iter().enumerate() {
            group.units.iter().for_each(|u| home[*u] = g);
        }
        let mut questions = Vec::new();
        for (u, unit) in self.units.iter().enumerate() {
            let rest = |core: usize| match home[u] == core {
                true => Cow::Owned(groups[core].without(&unit.group, self.numbering)),
                false => Cow::Borrowed(&groups[core]),
            };
            let beside: Vec<(usize, Cow<'_, Group>)> =
                cores.iter().map(|core| (*core, rest(*core))).filter(|(_, core)| !core.units.is_empty()).collect();
            let pairs: Vec<Vec<i32>> = beside.iter().map(|(_, c)| pair(c, &unit.group, self.numbering)).collect();
            let words: Vec<i32> = pairs.iter().map(|p| self.pair.score(p)).collect();
            for (at, ((core, rest), features)) in beside.iter().zip(pairs).enumerate() {
                let others = words.iter().enumerate().filter(|(k, _)| *k != at).map(|(_, w)| *w);
                let inside = || rest.units.iter().map(|other| self.alike[u][*other]);
                let outside = (0..self.units.len()).filter(|o| *o != u && home[*o] != *core);
                let best_outside = outside.map(|o| self.alike[u][o]).max().unwrap_or(NONE);
                let best_inside = inside().max().unwrap_or(NONE);
                let member_of = home[u] == *core;
                let standing = Standing {
                    core: words[at],
                    other_core: others.max().unwrap_or(NONE),
                    best_inside,
                    mean_inside: inside().sum::<i32>() / rest.units.len().max(1) as i32,
                    best: best_inside.max(best_outside),
                    best_outside,
                    member: member_of,
                    own_group: if member_of { 0 } else { groups[home[u]].units.len() },
                    groups: groups.len(),
                    cores: cores.len(),
                    inside: rest.units.len(),
                    page: self.units.len(),
                    largest: *core == 0,
                };
                let looks = [unit.quoted, unit.closed, unit.title].map(i32::from);
                let looks = [looks[0], looks[1], looks[2], unit.group.chars as i32];
                questions.push(Question { unit: u, core: *core, features: member(features, &standing, looks) });
            }
        }
        questions
    }

    /// Groups once every unit has been asked again, largest first.
    pub(crate) fn settled(&self, model: &Model) -> Vec<Group> {
        let mut groups = self.asked(&self.joined(), &model.member);
        for _ in 1..ROUNDS {
            let next = self.asked(&groups, &model.again);
            let stays = next.iter().map(|g| &g.units).eq(groups.iter().map(|g| &g.units));
            groups = next;
            // Asked about the same groups, every unit would answer the same.
            if stays {
                break;
            }
        }
        groups
    }

    /// The same after asking every unit once.
    pub(crate) fn asked(&self, groups: &[Group], forest: &Forest) -> Vec<Group> {
        let mut words: Vec<Vec<(i32, usize)>> = vec![Vec::new(); self.units.len()];
        for question in self.questions(groups) {
            words[question.unit].push((forest.score(&question.features), question.core));
        }
        // Two cores may tell one story: of those that are as good as the best, the largest takes the unit, so that such
        // cores grow together.
        let best = |words: &Vec<(i32, usize)>| {
            let most = words.iter().map(|w| w.0).max().unwrap_or(NONE);
            let near = words.iter().find(|w| w.0 == most || (w.0 > KEEPS && w.0 + AS_GOOD >= most));
            near.copied().unwrap_or((NONE, 0))
        };
        let best: Vec<(i32, usize)> = words.iter().map(best).collect();
        let mut next: Vec<Group> = vec![Group::default(); groups.len()];
        for (u, (word, core)) in best.iter().enumerate() {
            let unit = &self.units[u].group;
            if *word > KEEPS {
                next[*core] = next[*core].joined(unit, self.numbering);
            } else {
                next.push(unit.clone());
            }
        }
        next.retain(|g| !g.units.is_empty());
        sorted(next)
    }
}

/// Largest first; of equally large ones the one that begins first.
fn sorted(mut groups: Vec<Group>) -> Vec<Group> {
    groups.sort_by_key(|g| (std::cmp::Reverse(g.chars), g.units.first().copied()));
    groups
}
