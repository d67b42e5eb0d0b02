//! Groups claims about the same happening: the best pairs first, and never two claims that contradict each other.

use crate::background::{Background, Reported};
use crate::origin::origins_of;
use crate::similarity::{ENOUGH, Sketch, groups, likeness};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use vigie_text::StoryId;

/// Days beyond its own period within which a claim may be told again without a date.
const REACH: i32 = 14;

/// The claims, each once, in canonical order, and the groups as lists of their indices.
pub(crate) fn cluster<'a>(reports: &[Reported<'a>], background: &dyn Background) -> (Vec<Sketch<'a>>, Vec<Vec<usize>>) {
    let mut sketches: Vec<Sketch<'a>> =
        reports.iter().map(|r| Sketch::new(*r, origins_of(r, background), background)).collect();
    sketches.sort_by(|a, b| a.canonical(b).then(a.report.order.cmp(&b.report.order)));
    sketches.dedup_by(|later, kept| later.claim().id == kept.claim().id);

    let mut home: Vec<usize> = (0..sketches.len()).collect();
    let mut members: Vec<Vec<usize>> = (0..sketches.len()).map(|i| vec![i]).collect();
    for pair in pairs(&sketches) {
        let (a, b) = (home[pair.one], home[pair.two]);
        if a == b || !may_join(&sketches, pair.weakness, &members[a], &members[b]) {
            continue;
        }
        let (keep, give) = (a.min(b), a.max(b));
        let moved = std::mem::take(&mut members[give]);
        for &i in &moved {
            home[i] = keep;
        }
        members[keep].extend(moved);
    }
    denials(&sketches, &mut home, &mut members);
    members.retain(|m| !m.is_empty());
    for group in &mut members {
        group.sort_unstable();
    }
    members.sort();
    (sketches, members)
}

struct Pair {
    weakness: u8,
    score: i32,
    one: usize,
    two: usize,
}

/// Every pair that has enough in common, best first; pairs with a rumour or a headline come last.
fn pairs(sketches: &[Sketch<'_>]) -> Vec<Pair> {
    let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut found = Vec::new();
    let n_groups = sketches.iter().flat_map(|s| &s.members).map(|m| m.group + 1).max().unwrap_or(0);
    for group in 0..n_groups {
        let mut filed: Vec<(Option<Date>, usize)> = sketches
            .iter()
            .enumerate()
            .filter(|(_, s)| groups(s) && s.members.iter().any(|m| m.group == group))
            .map(|(i, s)| (s.days.and_then(|d| d.0).or(s.filed()), i))
            .collect();
        filed.sort();
        for (at, &(_, i)) in filed.iter().enumerate() {
            let end = sketches[i].filed();
            for &(start, j) in &filed[at + 1..] {
                if let (Some(end), Some(start)) = (end, start)
                    && (start - end).get_days() > REACH
                {
                    break;
                }
                let (one, two) = (i.min(j), i.max(j));
                if !seen.insert((one, two)) {
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

fn may_join(sketches: &[Sketch<'_>], weakness: u8, a: &[usize], b: &[usize]) -> bool {
    // A headline or a rumour must not be what brings two groups together that stand without it: those join by their
    // firmer pairs, which are all dealt with before.
    let stands = |group: &[usize]| group.iter().any(|i| sketches[*i].weakness() < weakness);
    if stands(a) && stands(b) {
        return false;
    }
    a.iter().all(|&i| b.iter().all(|&j| likeness(&sketches[i], &sketches[j]).is_some()))
}

/// A denial joins what it denies: the nearest earlier claim of its story that somebody else made about the denier.
fn denials(sketches: &[Sketch<'_>], home: &mut [usize], members: &mut [Vec<usize>]) {
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
                && !sketches[j].origins.iter().any(|o| sketches[i].origins.iter().any(|p| o.unit == p.unit))
        };
        let best = stories[&claim.story]
            .iter()
            .copied()
            .filter(|&j| about(j))
            .min_by_key(|&j| (std::cmp::Reverse(sketches[j].claim().sentence.start()), j));
        if let Some(target) = best {
            let (from, to) = (home[i], home[target]);
            members[from].clear();
            members[to].push(i);
            home[i] = to;
        }
    }
}
