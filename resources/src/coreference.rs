//! Which predicates may tell of the same happening (`ontology/coreference.toml`), and what an origin weighs
//! (`actors/reliability.toml`).

use crate::ontology::Predicate;
use crate::pack;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// A part in a happening ("striker"), by its number: parts with one name are one, and every pair of claims asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part(u8);

/// A predicate in a group of predicates that may tell of the same happening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Which group.
    pub group: u16,
    /// The place in the group: lower ones name the event.
    pub rank: u16,
    /// True where only the denied act belongs to the group.
    pub denied: bool,
    /// The part that its actor plays in the happening; those who play one part are compared.
    pub actor: Option<Part>,
    /// The part that its recipient plays.
    pub recipient: Option<Part>,
    /// Two undated reports told further apart than so many days are of two happenings.
    pub window: i32,
}

#[derive(Deserialize)]
struct RawGroups {
    group: Vec<RawGroup>,
}

#[derive(Deserialize)]
struct RawGroup {
    window: i32,
    members: Vec<RawMember>,
}

#[derive(Deserialize)]
struct RawMember {
    predicate: String,
    polarity: Option<String>,
    actor: Option<String>,
    recipient: Option<String>,
}

fn members() -> &'static BTreeMap<Predicate, Vec<Member>> {
    static MEMBERS: OnceLock<BTreeMap<Predicate, Vec<Member>>> = OnceLock::new();
    MEMBERS.get_or_init(|| {
        let raw: RawGroups = pack::table("ontology/coreference.toml");
        assert!(raw.group.len() <= 64, "coreference.toml: what compares claims keeps a bit for each of 64 groups");
        let parts = raw.group.iter().flat_map(|g| &g.members).flat_map(|m| [&m.actor, &m.recipient]).flatten();
        let names: BTreeSet<&str> = parts.map(String::as_str).collect();
        let part = |name: &Option<String>| {
            let at = names.iter().position(|n| Some(*n) == name.as_deref())?;
            Some(Part(u8::try_from(at).expect("coreference.toml names fewer than 256 parts")))
        };
        let mut found: BTreeMap<Predicate, Vec<Member>> = BTreeMap::new();
        for (group, entry) in raw.group.iter().enumerate() {
            for (rank, member) in entry.members.iter().enumerate() {
                let predicate = Predicate::from_id(&member.predicate)
                    .unwrap_or_else(|| panic!("coreference.toml: no predicate {}", member.predicate));
                found.entry(predicate).or_default().push(Member {
                    group: group as u16,
                    rank: rank as u16,
                    denied: member.polarity.as_deref() == Some("negative"),
                    actor: part(&member.actor),
                    recipient: part(&member.recipient),
                    window: entry.window,
                });
            }
        }
        found
    })
}

impl Predicate {
    /// The groups that it belongs to; a predicate in none tells only of what its own claims tell.
    #[must_use]
    pub fn groups(self) -> &'static [Member] {
        members().get(&self).map_or(&[], Vec::as_slice)
    }
}

/// What an origin of each kind weighs, in thousandths.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Reliability {
    weight: BTreeMap<String, u32>,
    letter: BTreeMap<String, String>,
    factor: BTreeMap<String, u32>,
    kinds: BTreeMap<String, String>,
}

impl Reliability {
    /// Weight of an origin of this kind, in thousandths.
    #[must_use]
    pub fn weight(&self, kind: &str) -> u32 {
        self.weight.get(kind).copied().unwrap_or(300)
    }

    /// Source letter of the Admiralty code, A to F.
    #[must_use]
    pub fn letter(&self, kind: &str) -> &str {
        self.letter.get(kind).map_or("F", String::as_str)
    }

    /// A factor on a weight, in thousandths (`probable`, `profits`).
    #[must_use]
    pub fn factor(&self, name: &str) -> u32 {
        self.factor.get(name).copied().unwrap_or(1000)
    }

    /// The kind of origin that an entry of the registry of this kind speaks as.
    #[must_use]
    pub fn origin_kind(&self, registry_kind: &str) -> Option<&str> {
        self.kinds.get(registry_kind).map(String::as_str)
    }
}

/// The table of reliability.
#[must_use]
pub fn reliability() -> &'static Reliability {
    static TABLE: OnceLock<Reliability> = OnceLock::new();
    TABLE.get_or_init(|| pack::table("actors/reliability.toml"))
}

#[cfg(test)]
mod tests {
    use super::reliability;
    use crate::ontology::Predicate;

    #[test]
    fn a_capture_and_a_loss_share_a_group() {
        let groups = |id: &str| {
            let predicate = Predicate::from_id(id).expect("a shipped predicate");
            predicate.groups().iter().map(|m| m.group).collect::<Vec<_>>()
        };
        assert_eq!(groups("capture"), groups("lose"));
        assert!(groups("label").is_empty());
        assert_ne!(groups("capture"), groups("besiege"));
    }

    #[test]
    fn a_monitor_weighs_more_than_a_sentence_without_a_source() {
        assert!(reliability().weight("monitor") > reliability().weight("unattributed"));
        assert_eq!(reliability().letter("no-such-kind"), "F");
    }
}
