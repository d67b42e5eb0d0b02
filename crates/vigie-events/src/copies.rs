//! Near copies: an agency's dispatch printed by ten outlets is one voice.

use crate::background::Reported;
use jiff::civil::Date;
use std::collections::BTreeMap;
use vigie_text::{Fingerprint, StoryId};

/// Share of the shorter text, in thousandths, from which on it is a copy. Two reports of one event written apart
/// seldom share a tenth of their runs of six words.
const COPIED: u32 = 500;
/// A text of fewer runs is too short to tell a copy from a common phrase.
const LEAST: usize = 12;
/// Stories that share one run before it is looked at more cheaply.
const CROWD: usize = 64;

/// The same reports, each with the story that it nearly copies: the earliest of its copies among these reports.
/// A story without a fingerprint is nobody's copy unless the caller said so.
#[must_use]
pub fn fold_copies<'a>(reports: &[Reported<'a>]) -> Vec<Reported<'a>> {
    let mut stories: BTreeMap<StoryId, (Option<Date>, &Fingerprint)> = BTreeMap::new();
    for report in reports {
        if let Some(print) = report.fingerprint.filter(|p| p.shingles().len() >= LEAST) {
            stories.entry(report.claim.story).or_insert((report.reported, print));
        }
    }
    let ids: Vec<StoryId> = stories.keys().copied().collect();
    let prints: Vec<&Fingerprint> = stories.values().map(|s| s.1).collect();
    let mut group: Vec<usize> = (0..ids.len()).collect();
    for ((one, two), shared) in shared_runs(&prints) {
        let least = prints[one].shingles().len().min(prints[two].shingles().len());
        if shared * 1000 >= least * COPIED as usize {
            let (a, b) = (root(&group, one), root(&group, two));
            group[a.max(b)] = a.min(b);
        }
    }
    let mut first: BTreeMap<usize, (bool, Option<Date>, StoryId)> = BTreeMap::new();
    for (i, id) in ids.iter().enumerate() {
        let date = stories[id].0;
        let mine = (date.is_none(), date, *id);
        let entry = first.entry(root(&group, i)).or_insert(mine);
        *entry = (*entry).min(mine);
    }
    let voice: BTreeMap<StoryId, StoryId> =
        ids.iter().enumerate().map(|(i, id)| (*id, first[&root(&group, i)].2)).collect();
    let fold = |r: &Reported<'a>| Reported { copy_of: r.copy_of.or(voice.get(&r.claim.story).copied()), ..*r };
    reports.iter().map(fold).collect()
}

fn root(group: &[usize], mut at: usize) -> usize {
    while group[at] != at {
        at = group[at];
    }
    at
}

/// How many runs each pair of texts shares; pairs that share none are left out.
fn shared_runs(prints: &[&Fingerprint]) -> BTreeMap<(usize, usize), usize> {
    let mut holders: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (i, print) in prints.iter().enumerate() {
        for run in print.shingles() {
            holders.entry(*run).or_default().push(i);
        }
    }
    let mut shared = BTreeMap::new();
    for list in holders.values() {
        // A run that so many share is checked against one of them only, which keeps the work linear.
        let ones = if list.len() > CROWD { 1 } else { list.len() };
        for (at, one) in list[..ones].iter().enumerate() {
            for two in &list[at + 1..] {
                *shared.entry((*one, *two)).or_default() += 1;
            }
        }
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::shared_runs;
    use vigie_text::Fingerprint;

    #[test]
    fn texts_that_share_runs_are_paired_once() {
        let one = Fingerprint::from_shingles((0..40).collect());
        let two = Fingerprint::from_shingles((10..50).collect());
        let far = Fingerprint::from_shingles((100..140).collect());
        let shared = shared_runs(&[&one, &two, &far]);
        assert_eq!(shared.into_iter().collect::<Vec<_>>(), [((0, 1), 30)]);
    }
}
