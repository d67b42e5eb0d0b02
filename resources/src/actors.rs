//! The registry of actors and outlets: states, armies, armed groups, bodies, persons, agencies, media.
//!
//! Besides the rows of `actors.tsv` every country has a state (`syr`) and parts of it (`syr.army`, `syr.gov` …), made
//! when asked for.

use crate::fold::fold;
use crate::{Language, country, pack};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// One row of the registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorEntry {
    /// Its id, for instance `syr.osdh`.
    pub id: &'static str,
    /// `state`, `government`, `army`, `armed-group`, `militia`, `party`, `person`, `monitor`, `ngo`, `igo`, `un`,
    /// `pact`, `agency`, `state-media` or `outlet`.
    pub kind: &'static str,
    /// Countries where it acts (alpha-2).
    pub countries: Vec<&'static str>,
    /// The body that it is part of or speaks for.
    pub part_of: Option<&'static str>,
    /// Years in which it existed, `2013-` or `1976-2009`; empty when not said.
    pub active: &'static str,
    /// What it is called by when not by name: `jihadist`, `kurdish` …
    pub traits: Vec<&'static str>,
    /// For the code of each language its names, the usual one first.
    names: Vec<(&'static str, Vec<&'static str>)>,
}

impl ActorEntry {
    /// Its names in a language, the usual one first; those of the other languages follow.
    pub fn names(&self, language: Language) -> impl Iterator<Item = &'static str> + '_ {
        let own = self.names.iter().filter(move |(code, _)| *code == language.code());
        let others = self.names.iter().filter(move |(code, _)| *code != language.code());
        own.chain(others).flat_map(|(_, names)| names.iter().copied())
    }

    /// Its names in every language, in the order of the register.
    pub fn all_names(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.names.iter().flat_map(|(_, names)| names.iter().copied())
    }
}

/// Every row, in order of the ids.
#[must_use]
pub fn actors() -> &'static [ActorEntry] {
    static ACTORS: OnceLock<Vec<ActorEntry>> = OnceLock::new();
    ACTORS.get_or_init(|| {
        let mut all: Vec<ActorEntry> = ["actors/actors.tsv", "actors/outlets.tsv"].into_iter().flat_map(rows).collect();
        all.sort_by_key(|a| a.id);
        all
    })
}

fn rows(path: &str) -> Vec<ActorEntry> {
    fn list(cell: &'static str, mark: char) -> Vec<&'static str> {
        cell.split(mark).filter(|n| !n.is_empty()).collect()
    }
    let languages = pack::languages_of(path, 6);
    let lines = pack::text(path).unwrap_or("").lines().filter(|l| !l.is_empty() && !l.starts_with('#'));
    lines
        .map(|line| line.split('\t').collect::<Vec<&'static str>>())
        .filter(|cells| cells.len() >= 8)
        .map(|c| ActorEntry {
            id: c[0],
            kind: c[1],
            countries: list(c[2], ','),
            part_of: (!c[3].is_empty()).then_some(c[3]),
            active: c[4],
            traits: list(c[5], ','),
            names: languages.iter().copied().zip(c[6..].iter().map(|cell| list(cell, '|'))).collect(),
        })
        .collect()
}

/// The row with this id.
#[must_use]
pub fn actor(id: &str) -> Option<&'static ActorEntry> {
    actors().binary_search_by_key(&id, |a| a.id).ok().map(|i| &actors()[i])
}

/// Every name of the registry, folded and in order, with the rows that bear it.
fn names() -> &'static BTreeMap<String, Vec<(usize, &'static str)>> {
    static NAMES: OnceLock<BTreeMap<String, Vec<(usize, &'static str)>>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut map: BTreeMap<String, Vec<(usize, &'static str)>> = BTreeMap::new();
        for (index, entry) in actors().iter().enumerate() {
            for name in entry.all_names() {
                let listed = map.entry(fold(name)).or_default();
                if !listed.iter().any(|(i, n)| *i == index && *n == name) {
                    listed.push((index, name));
                }
            }
        }
        map
    })
}

/// Rows that bear this name in any language, with the name as the registry writes it.
#[must_use]
pub fn actors_named(name: &str) -> Vec<(&'static ActorEntry, &'static str)> {
    names().get(&fold(name)).into_iter().flatten().map(|&(i, name)| (&actors()[i], name)).collect()
}

/// Could a name of the registry begin with these letters? Few words of a text do; only these need looking up.
#[must_use]
pub fn begins_actor(text: &str) -> bool {
    let start = fold(text);
    let from = (std::ops::Bound::Included(start.as_str()), std::ops::Bound::Unbounded);
    names().range::<str, _>(from).next().is_some_and(|(name, _)| name.starts_with(&start))
}

/// The body that an actor belongs to: by its row, else by its id (`syr.army` is part of `syr`).
#[must_use]
pub fn whole_of(id: &str) -> Option<&str> {
    if let Some(entry) = actor(id) {
        return entry.part_of;
    }
    let (state, _) = id.split_once('.')?;
    Some(state)
}

/// The country (alpha-2) whose state, army, government … an id names.
#[must_use]
pub fn country_of(id: &str) -> Option<&'static str> {
    let state = id.split_once('.').map_or(id, |(s, _)| s);
    if state.len() != 3 {
        return None;
    }
    crate::countries().iter().find(|c| c.iso3 == state).map(|c| c.iso2)
}

/// What sort of actor an id names, in the words of [`ActorEntry::kind`]; `None` for actors made from a text.
#[must_use]
pub fn kind_of(id: &str) -> Option<&'static str> {
    if let Some(entry) = actor(id) {
        return Some(entry.kind);
    }
    country_of(id)?;
    Some(id.split_once('.').map_or("state", |(_, part)| kind_of_part(part)))
}

/// What sort of actor a part of a state is.
pub(crate) fn kind_of_part(part: &str) -> &'static str {
    match part {
        "army" | "airforce" | "policing" => "army",
        "state-media" => "state-media",
        _ => "government",
    }
}

/// The state's id of a country.
#[must_use]
pub fn state_of(iso2: &str) -> Option<&'static str> {
    country(iso2).map(|c| c.iso3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_whole_and_every_body_known() {
        assert!(actors().len() > 400);
        for (i, a) in actors().iter().enumerate() {
            assert!(i == 0 || actors()[i - 1].id != a.id, "{} stands twice", a.id);
            assert!(a.names.len() == 2 && a.names.iter().all(|(_, n)| !n.is_empty()), "{}: a name is missing", a.id);
            for c in &a.countries {
                assert!(country(c).is_some(), "{}: country {c}", a.id);
            }
            if let Some(whole) = a.part_of {
                assert!(actor(whole).is_some() || country_of(whole).is_some(), "{}: part of {whole}", a.id);
            }
        }
    }

    #[test]
    fn names_are_found_in_any_case_and_accent() {
        assert_eq!(actors_named("etat islamique")[0].0.id, "is");
        assert_eq!(actors_named("OSDH")[0].0.id, "syr.osdh");
        assert!(actors_named("nobody at all").is_empty());
    }

    #[test]
    fn parts_of_a_state() {
        assert_eq!(whole_of("tur.army"), Some("tur"));
        assert_eq!(kind_of("tur.army"), Some("army"));
        assert_eq!(kind_of("tur"), Some("state"));
        assert_eq!(kind_of("t:rebelles@SY"), None);
        assert_eq!(country_of("syr.gov"), Some("SY"));
    }
}
