//! Groups claims about the same happening: the best pairs first, and never two claims that contradict each other,
//! unless somebody decided so.

use crate::background::{Background, Printed, Reported};
use crate::origin::origins_of;
use crate::similarity::{ENOUGH, likeness, share_origin};
use crate::sketch::{Sketch, Symbols, day_number, groups};
use crate::ties::Ties;
use rustc_hash::FxHashSet;
use std::collections::{BTreeMap, BTreeSet};
use vigie_claims::ClaimId;
use vigie_text::{DocumentId, StoryId};

/// Days beyond its own period within which a claim may be told again without a date.
const REACH: i32 = 14;

/// The claims, each once, in canonical order, and the groups as lists of their indices.
pub(crate) fn cluster<'a>(reports: &[Reported<'a>], background: &dyn Background) -> (Vec<Sketch<'a>>, Vec<Vec<usize>>) {
    let mut symbols = Symbols::default();
    let mut sketches: Vec<Sketch<'a>> =
        reports.iter().map(|r| Sketch::new(*r, origins_of(r, background), background, &mut symbols)).collect();
    sketches.sort_by(|a, b| a.canonical(b).then(a.report.order.cmp(&b.report.order)));
    sketches.dedup_by(|later, kept| later.claim().id == kept.claim().id);

    let ties = background.ties();
    let mut home: Vec<usize> = (0..sketches.len()).collect();
    let mut members: Vec<Vec<usize>> = (0..sketches.len()).map(|i| vec![i]).collect();
    // What was decided comes before what is likely.
    for (one, two) in tied(&sketches, ties) {
        join(home[one], home[two], &mut home, &mut members);
    }
    // Groups only grow, so what kept two of them apart will keep them apart: it is not looked for again.
    let mut apart: FxHashSet<(usize, usize)> = FxHashSet::default();
    for pair in pairs(&sketches) {
        let (a, b) = (home[pair.one], home[pair.two]);
        if a == b || apart.contains(&(a.min(b), a.max(b))) {
            continue;
        }
        if may_join(&sketches, pair.weakness, &members[a], &members[b], ties) {
            join(a, b, &mut home, &mut members);
        } else {
            apart.insert((a.min(b), a.max(b)));
        }
    }
    denials(&sketches, &mut home, &mut members, ties);
    members.retain(|m| !m.is_empty());
    for group in &mut members {
        group.sort_unstable();
    }
    members.sort();
    (sketches, members)
}

fn join(a: usize, b: usize, home: &mut [usize], members: &mut [Vec<usize>]) {
    if a == b {
        return;
    }
    let (keep, give) = (a.min(b), a.max(b));
    let moved = std::mem::take(&mut members[give]);
    for &i in &moved {
        home[i] = keep;
    }
    members[keep].extend(moved);
}

/// Pairs of claims at hand that were decided to be one happening.
fn tied(sketches: &[Sketch<'_>], ties: &Ties) -> Vec<(usize, usize)> {
    let at: BTreeMap<ClaimId, usize> = sketches.iter().enumerate().map(|(i, s)| (s.claim().id, i)).collect();
    let groups = ties.groups().into_iter().map(|group| group.iter().filter_map(|id| at.get(id).copied()).collect());
    groups.flat_map(|group: Vec<usize>| group.windows(2).map(|two| (two[0], two[1])).collect::<Vec<_>>()).collect()
}

/// What tells most pairs apart, close together in memory: of every pair at least this is looked at.
#[derive(Clone, Copy)]
struct Glance {
    groups: u64,
    document: u32,
    printed: u32,
    place: Option<u32>,
    of_text: bool,
    silent: bool,
}

impl Glance {
    /// Two reports in two documents of two sentences, with two registered places, or with neither a place nor anybody in
    /// common: a day, a verb and a return (3 + 1 + 1) are less than enough.
    fn shares_too_little(&self, other: &Self) -> bool {
        if self.document == other.document {
            return false;
        }
        match (self.place, other.place) {
            (Some(one), Some(two)) => one != two && !self.of_text && !other.of_text,
            _ => (self.silent || other.silent) && self.printed != other.printed,
        }
    }
}

fn glances(sketches: &[Sketch<'_>]) -> Vec<Glance> {
    let documents: BTreeSet<DocumentId> = sketches.iter().map(|s| s.claim().document).collect();
    let documents: BTreeMap<DocumentId, u32> = documents.into_iter().zip(0..).collect();
    let printed: BTreeSet<Printed> = sketches.iter().map(|s| s.report.printed).collect();
    let printed: BTreeMap<Printed, u32> = printed.into_iter().zip(0..).collect();
    let glance = |s: &Sketch<'_>| Glance {
        groups: s.groups,
        document: documents[&s.claim().document],
        printed: printed[&s.report.printed],
        place: s.site.as_ref().map(|site| site.place),
        of_text: s.site.as_ref().is_some_and(|site| site.of_text),
        silent: s.silent,
    };
    sketches.iter().map(glance).collect()
}

struct Pair {
    weakness: u8,
    score: i32,
    one: usize,
    two: usize,
}

/// Every pair that has enough in common, best first; pairs with a rumour or a headline come last.
fn pairs(sketches: &[Sketch<'_>]) -> Vec<Pair> {
    let mut found = Vec::new();
    let glances = glances(sketches);
    let n_groups = sketches.iter().flat_map(|s| &s.members).map(|m| u32::from(m.group) + 1).max().unwrap_or(0);
    for group in 0..n_groups {
        let mut filed: Vec<(Option<i32>, usize, Glance)> = sketches
            .iter()
            .enumerate()
            .filter(|(_, s)| groups(s) && s.groups >> group & 1 == 1)
            .map(|(i, s)| (s.days.and_then(|d| d.0).or(s.filed()).map(day_number), i, glances[i]))
            .collect();
        filed.sort_unstable_by_key(|(start, i, _)| (*start, *i));
        for (at, (_, i, glance)) in filed.iter().enumerate() {
            let end = sketches[*i].filed().map(day_number);
            for (start, j, other) in &filed[at + 1..] {
                if let (Some(end), Some(start)) = (end, *start)
                    && start - end > REACH
                {
                    break;
                }
                let (one, two) = (*i.min(j), *i.max(j));
                if glance.shares_too_little(other) {
                    // Who changes a figure of `likeness` must see that the bound still holds.
                    debug_assert!(likeness(&sketches[one], &sketches[two]).is_none_or(|score| score < ENOUGH));
                    continue;
                }
                // Two that share several groups are compared in the first of them.
                if (glance.groups & other.groups).trailing_zeros() != group {
                    continue;
                }
                if let Some(score) = likeness(&sketches[one], &sketches[two]).filter(|s| *s >= ENOUGH) {
                    let weakness = sketches[one].weakness().max(sketches[two].weakness());
                    found.push(Pair { weakness, score, one, two });
                }
            }
        }
    }
    found.sort_by_key(|p| (p.weakness, -p.score, p.one, p.two));
    found
}

fn may_join(sketches: &[Sketch<'_>], weakness: u8, a: &[usize], b: &[usize], ties: &Ties) -> bool {
    // A headline or a rumour must not be what brings two groups together that stand without it: those join by their
    // firmer pairs, which are all dealt with before.
    let stands = |group: &[usize]| group.iter().any(|i| sketches[*i].weakness() < weakness);
    if stands(a) && stands(b) {
        return false;
    }
    let apart = |i: usize, j: usize| ties.are_apart(sketches[i].claim().id, sketches[j].claim().id);
    a.iter().all(|&i| b.iter().all(|&j| !apart(i, j) && likeness(&sketches[i], &sketches[j]).is_some()))
}

/// A denial joins what it denies: the nearest earlier claim of its story that somebody else made about the denier.
fn denials(sketches: &[Sketch<'_>], home: &mut [usize], members: &mut [Vec<usize>], ties: &Ties) {
    let mut stories: BTreeMap<StoryId, Vec<usize>> = BTreeMap::new();
    for (i, sketch) in sketches.iter().enumerate() {
        stories.entry(sketch.claim().story).or_default().push(i);
    }
    for i in 0..sketches.len() {
        let claim = sketches[i].claim();
        if !claim.predicate.effects().denies || members[home[i]].len() > 1 {
            continue;
        }
        let about = |j: usize| {
            let other = sketches[j].claim();
            !other.predicate.effects().denies
                && other.predicate.kind() == vigie_resources::Kind::Event
                && other.sentence.start() < claim.sentence.start()
                && !other.said_by.is_empty()
                && other
                    .arguments
                    .iter()
                    .filter_map(|a| a.filler.actor.as_ref())
                    .any(|id| claim.arguments.iter().any(|a| a.filler.actor.as_ref() == Some(id)))
                && !share_origin(&sketches[j], &sketches[i])
        };
        let apart = |j: usize| members[home[j]].iter().any(|&k| ties.are_apart(claim.id, sketches[k].claim().id));
        let best = stories[&claim.story]
            .iter()
            .copied()
            .filter(|&j| about(j) && !apart(j))
            .min_by_key(|&j| (std::cmp::Reverse(sketches[j].claim().sentence.start()), j));
        if let Some(target) = best {
            let (from, to) = (home[i], home[target]);
            members[from].clear();
            members[to].push(i);
            home[i] = to;
        }
    }
}
