//! The predicates of the ontology, one folder each under `ontology/`.

use crate::codes::CodeRow;
use crate::pack;
use serde::Deserialize;
use std::sync::OnceLock;

/// What sort of thing a predicate asserts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Something that happened.
    Event,
    /// Something that held.
    State,
    /// A relation between two actors.
    Relation,
    /// A name that somebody gives to somebody; attributed, never a fact.
    Label,
}

/// PLOVER event and mode (PLOVER manual, draft 0.8).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Plover {
    /// One of PLOVER's 16 events, upper case.
    pub event: String,
    /// The mode under it, when there is one.
    pub mode: Option<String>,
}

/// What `type.toml` of one predicate says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PredicateEntry {
    /// The folder's name.
    #[serde(skip)]
    pub id: &'static str,
    /// What sort of thing it asserts.
    pub kind: Kind,
    /// PLOVER code, where PLOVER has one.
    pub plover: Option<Plover>,
    /// CAMEO leaf; every event has one.
    pub cameo: Option<String>,
    /// ACLED sub-event, `none` for what ACLED does not count; every event says which.
    pub acled: Option<String>,
    /// The codes tell of the recipient as the doer: who loses a place is its taker's recipient.
    #[serde(default)]
    pub reversed: bool,
    /// Goods, arms or people come to a place or leave it: of one that is besieged this is not told where routes are held back.
    #[serde(default)]
    pub supply: bool,
    /// Codes that depend on who acts and on whom; of each code the first row that fits and names one counts.
    #[serde(default)]
    pub when: Vec<CodeRow>,
}

/// One predicate: the index of its folder in alphabetical order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Predicate(u16);

fn entries() -> &'static [PredicateEntry] {
    static ENTRIES: OnceLock<Vec<PredicateEntry>> = OnceLock::new();
    ENTRIES.get_or_init(|| {
        let mut entries: Vec<PredicateEntry> = pack::files("ontology/")
            .filter_map(|(path, bytes)| {
                let id = path.strip_prefix("ontology/")?.strip_suffix("/type.toml")?;
                let text = std::str::from_utf8(bytes).expect("resource files are UTF-8");
                let mut entry: PredicateEntry =
                    crate::pack::read(text).unwrap_or_else(|error| panic!("resources/{path}: {error}"));
                entry.id = id;
                Some(entry)
            })
            .collect();
        // The paths sort `expel-diplomats/` before `expel/`; the ids must sort by themselves to be searched.
        entries.sort_unstable_by_key(|entry| entry.id);
        entries
    })
}

impl Predicate {
    /// The predicate with this id, for instance `capture`.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        entries().binary_search_by_key(&id, |e| e.id).ok().map(|i| Self(i as u16))
    }

    /// Every predicate in order of the ids.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..entries().len()).map(|i| Self(i as u16))
    }

    /// What its `type.toml` says.
    #[must_use]
    pub fn entry(self) -> &'static PredicateEntry {
        &entries()[self.0 as usize]
    }

    /// Its id.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.entry().id
    }

    /// What sort of thing it asserts.
    #[must_use]
    pub fn kind(self) -> Kind {
        self.entry().kind
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Predicate};

    #[test]
    fn every_predicate_can_be_found_by_its_id() {
        assert!(Predicate::all().count() >= 99);
        for predicate in Predicate::all() {
            assert_eq!(Predicate::from_id(predicate.id()), Some(predicate));
        }
        assert_eq!(Predicate::from_id("besieged").map(Predicate::kind), Some(Kind::State));
        assert_eq!(Predicate::from_id("no-such-thing"), None);
    }
}
