//! What two groups have in common, and how a unit stands to the groups of its page: the numbers that the trees ask for.

use super::unit::{Group, KINDS, Numbering};

/// Numbers for two groups.
pub(crate) const PAIR: usize = KINDS * 8 + 9;
/// Ratios are of so many.
const WHOLE: i64 = 1024;
/// A unit that stands in several units of a group counts no more often than this.
const MOST_TIMES: u32 = 3;

/// What the terms, topics and sizes of two groups say about their telling the same story.
pub(crate) fn pair(a: &Group, b: &Group, numbering: &Numbering<'_>) -> Vec<i32> {
    let (a, b) = if a.words < b.words { (b, a) } else { (a, b) };
    let mut out = Vec::with_capacity(PAIR + 20);
    for kind in 0..KINDS {
        let (mut sum, mut repeated, mut most, mut count) = (0, 0, 0, 0);
        for (term, times) in shared(&a.terms[kind], &b.terms[kind]) {
            let weight = numbering.weight(term);
            sum += weight;
            repeated += weight * times.min(MOST_TIMES) as i32;
            most = most.max(weight);
            count += 1;
        }
        let (mass_a, mass_b) = (a.mass[kind], b.mass[kind]);
        let mean = (i64::from(mass_a) * i64::from(mass_b)).isqrt();
        let of = |whole: i64| if whole > 0 { (i64::from(sum) * WHOLE / whole) as i32 } else { -1 };
        let units = a.units.len().max(1) as i32;
        out.extend([sum, of(i64::from(mass_b)), of(mean), most, count, mass_b, repeated / units, mass_a]);
    }
    let (sum_a, sum_b): (u32, u32) = (a.topics.iter().sum(), b.topics.iter().sum());
    let overlap = match (sum_a, sum_b) {
        (0, _) | (_, 0) => -1,
        _ => {
            let share = |x: u32, all: u32| i64::from(x) * WHOLE / i64::from(all);
            a.topics.iter().zip(&b.topics).map(|(x, y)| share(*x, sum_a).min(share(*y, sum_b))).sum::<i64>() as i32
        }
    };
    let sizes = [a.words as i32, b.words as i32, a.units.len() as i32, b.units.len() as i32];
    out.extend(sizes);
    out.extend([overlap, sum_a as i32, sum_b as i32]);
    out.extend([0, 1].map(|k| a.senses[k].cosine(&b.senses[k])));
    out
}

/// Terms of both lists, with how many units of the first hold each.
fn shared<'a>(many: &'a [(u32, u32)], few: &'a [(u32, u32)]) -> impl Iterator<Item = (u32, u32)> + 'a {
    few.iter().filter_map(|(term, _)| many.binary_search_by_key(term, |x| x.0).ok().map(|i| many[i]))
}

/// How a unit stands to one core of its page.
pub(crate) struct Standing {
    /// The pair forest's word on the unit and the core, and the best it has for another core.
    pub(crate) core: i32,
    pub(crate) other_core: i32,
    /// The same for single units: of the core (best and mean), of the page, of the page outside the core.
    pub(crate) best_inside: i32,
    pub(crate) mean_inside: i32,
    pub(crate) best: i32,
    pub(crate) best_outside: i32,
    /// It was grown into this core; else how many units its own group has.
    pub(crate) member: bool,
    pub(crate) own_group: usize,
    pub(crate) groups: usize,
    pub(crate) cores: usize,
    /// Units of the core without it, and of the page.
    pub(crate) inside: usize,
    pub(crate) page: usize,
    /// The core is the largest.
    pub(crate) largest: bool,
}

/// The numbers for a unit and a core: those of the pair, then its standing, then its looks.
pub(crate) fn member(mut pair: Vec<i32>, standing: &Standing, looks: [i32; 4]) -> Vec<i32> {
    let s = standing;
    pair.extend([s.core, s.other_core, s.best_inside, s.mean_inside, s.best, s.best_outside, i32::from(s.member)]);
    pair.extend([s.own_group, s.groups, s.cores, s.inside, s.page, s.inside * 1024 / s.page.max(1)].map(|n| n as i32));
    pair.push(i32::from(s.largest));
    pair.extend(looks);
    pair
}
