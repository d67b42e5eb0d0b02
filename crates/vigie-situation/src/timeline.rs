//! The days that matter: those that reports come back to.
//!
//! A day weighs by how often texts name it (Tran and others 2015 rank dates by the sentences that refer to them). Weighing
//! namings by age, adding claims, or counting days of publication instead chose worse days; `evaluation/experiments.md`
//! has the figures.

use crate::digest::Entry;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// One day with what is told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineDay {
    /// The day.
    pub day: Date,
    /// How often it is named.
    pub weight: u64,
    /// Its entries of the chronicle, in its order.
    pub entries: Vec<Entry>,
}

/// How often each day is named by texts of that day or later. `named`: each naming, with the day of publication.
#[must_use]
pub fn weights(named: &[(Date, Date)]) -> BTreeMap<Date, u64> {
    let mut weights: BTreeMap<Date, u64> = BTreeMap::new();
    for (day, _) in named.iter().filter(|(day, reported)| day <= reported) {
        *weights.entry(*day).or_default() += 1;
    }
    weights
}

/// The heaviest days among the entries of a chronicle, at most `most`, in order.
#[must_use]
pub fn timeline(entries: Vec<Entry>, weights: &BTreeMap<Date, u64>, most: usize) -> Vec<TimelineDay> {
    let mut days: BTreeMap<Date, Vec<Entry>> = BTreeMap::new();
    for entry in entries.into_iter().filter(|e| e.when.is_some_and(|w| w.first == Some(w.last))) {
        days.entry(entry.day).or_default().push(entry);
    }
    let weigh = |(day, entries): (Date, Vec<Entry>)| TimelineDay {
        weight: weights.get(&day).copied().unwrap_or(0),
        day,
        entries,
    };
    let mut ranked: Vec<TimelineDay> = days.into_iter().map(weigh).collect();
    ranked.sort_by_key(|d| (std::cmp::Reverse(d.weight), d.day));
    ranked.truncate(most);
    ranked.sort_by_key(|d| d.day);
    ranked
}
