//! Dated history: offices with their holders, and named events.

use crate::pack;
use std::sync::OnceLock;

/// A span of office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Names of the holder.
    pub names: Vec<&'static str>,
    /// First day, `YYYY-MM-DD`.
    pub first: &'static str,
    /// Last day; empty while it lasts.
    pub last: &'static str,
    /// A key of the titles of the languages.
    pub title: &'static str,
}

/// A named event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedEvent {
    /// Names, each as words that must all stand in a text.
    pub names: Vec<Vec<&'static str>>,
    /// First day, `YYYY-MM-DD`.
    pub first: &'static str,
    /// Last day; empty while it lasts.
    pub last: &'static str,
}

fn rows(path: &str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = pack::text(path).unwrap_or_default().lines();
    lines.filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

/// Every span of office.
#[must_use]
pub fn offices() -> &'static [Office] {
    static ALL: OnceLock<Vec<Office>> = OnceLock::new();
    ALL.get_or_init(|| {
        rows("history/offices.tsv")
            .map(|cells| Office {
                names: cells[0].split('|').collect(),
                first: cells[1],
                last: cells[2],
                title: cells[3],
            })
            .collect()
    })
}

/// Every named event.
#[must_use]
pub fn dated_events() -> &'static [DatedEvent] {
    static ALL: OnceLock<Vec<DatedEvent>> = OnceLock::new();
    ALL.get_or_init(|| {
        rows("history/events.tsv")
            .map(|cells| DatedEvent {
                names: cells[0].split('|').map(|name| name.split('+').collect()).collect(),
                first: cells[1],
                last: cells[2],
            })
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Language, time_file};

    fn is_day(text: &str) -> bool {
        text.len() == 10 && text.split('-').map(|part| part.parse::<u16>()).all(|part| part.is_ok())
    }

    #[test]
    fn rows_are_sorted_and_dated_and_every_title_is_known() {
        for path in ["history/offices.tsv", "history/events.tsv"] {
            let all: Vec<Vec<&str>> = rows(path).collect();
            assert!(all.windows(2).all(|w| w[0] < w[1]), "{path} is not sorted");
            for row in &all {
                assert!(is_day(row[1]) && (row[2].is_empty() || is_day(row[2]) && row[1] <= row[2]), "{path}: {row:?}");
            }
        }
        for language in Language::all() {
            let titles = &time_file(language).dating.title;
            for office in offices().iter().filter(|_| !titles.is_empty()) {
                assert!(titles.contains_key(office.title), "{}: no title {}", language.code(), office.title);
            }
        }
    }
}
