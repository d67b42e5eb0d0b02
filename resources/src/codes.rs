//! Codes of other ontologies: what `type.toml` says of an event type, the lists that its codes must stand in
//! (`ontology/codes.toml`), and the parts of society that codes depend on (`actors/sectors.toml`).

use crate::actors::{actor, kind_of, kind_of_part};
use crate::fold::fold;
use crate::language::Language;
use crate::names::name_words;
use crate::pack;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The part of society that an actor belongs to, as ACLED's "inter" codes tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sector {
    /// Forces and bodies of the country where it happens.
    State,
    /// Groups that fight a government.
    Rebel,
    /// Armed groups with another aim, or without a known one.
    Militia,
    /// Armed groups of a people, a faith or a clan.
    Identity,
    /// People who riot.
    Rioters,
    /// People who protest.
    Protesters,
    /// Everybody unarmed.
    Civilians,
    /// Forces and bodies of another country, or of several together.
    External,
    /// Nobody is told, or nothing is known of him.
    None,
}

impl Sector {
    /// Every sector, in the order of ACLED's numbers; the unknown one last.
    pub const ALL: [Self; 9] = [
        Self::State,
        Self::Rebel,
        Self::Militia,
        Self::Identity,
        Self::Rioters,
        Self::Protesters,
        Self::Civilians,
        Self::External,
        Self::None,
    ];
}

/// One row of `[[when]]`: codes that replace the usual ones where all its conditions hold.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeRow {
    /// The actor is of one of these sectors.
    pub actor: Option<Vec<Sector>>,
    /// The recipient is of one of these sectors.
    pub recipient: Option<Vec<Sector>>,
    /// Somebody was killed, or nobody.
    pub deadly: Option<bool>,
    /// The ACLED sub-event, `none` for what ACLED does not count.
    pub acled: Option<String>,
    /// The CAMEO leaf.
    pub cameo: Option<String>,
}

/// One of ACLED's sub-events.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubEvent {
    /// Its name.
    pub name: String,
    /// The event type that it stands under.
    pub event_type: String,
    /// The disorder type of both.
    pub disorder: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CodeLists {
    plover: BTreeMap<String, Vec<String>>,
    own: BTreeMap<String, Vec<String>>,
    cameo: BTreeMap<String, Vec<String>>,
    sub_event: Vec<SubEvent>,
}

fn lists() -> &'static CodeLists {
    static LISTS: OnceLock<CodeLists> = OnceLock::new();
    LISTS.get_or_init(|| pack::table("ontology/codes.toml"))
}

/// ACLED's sub-events.
#[must_use]
pub fn sub_events() -> &'static [SubEvent] {
    &lists().sub_event
}

/// The sub-event of this name.
#[must_use]
pub fn sub_event(name: &str) -> Option<&'static SubEvent> {
    lists().sub_event.iter().find(|s| s.name == name)
}

/// Does PLOVER, or our extension of it, know this event with this mode?
#[must_use]
pub fn is_plover(event: &str, mode: Option<&str>) -> bool {
    let lists = lists();
    let known = |table: &BTreeMap<String, Vec<String>>, mode: &str| {
        table.get(event).is_some_and(|modes| modes.iter().any(|m| m == mode))
    };
    lists.plover.contains_key(event) && mode.is_none_or(|m| known(&lists.plover, m) || known(&lists.own, m))
}

/// Is this a leaf of CAMEO?
#[must_use]
pub fn is_cameo(code: &str) -> bool {
    lists().cameo.values().any(|leaves| leaves.iter().any(|c| c == code))
}

/// `sectors.toml`: each table from a sector to the words that tell it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectorWords {
    kinds: BTreeMap<Sector, Vec<String>>,
    traits: BTreeMap<Sector, Vec<String>>,
    classes: BTreeMap<Sector, Vec<String>>,
    groups: BTreeMap<Sector, Vec<String>>,
    roles: BTreeMap<String, Vec<String>>,
    sector_roles: BTreeMap<String, Vec<Sector>>,
}

fn sector_in(table: &BTreeMap<Sector, Vec<String>>, word: &str) -> Option<Sector> {
    table.iter().find(|(_, words)| words.iter().any(|w| w == word)).map(|(sector, _)| *sector)
}

fn words() -> &'static SectorWords {
    static WORDS: OnceLock<SectorWords> = OnceLock::new();
    WORDS.get_or_init(|| pack::table("actors/sectors.toml"))
}

/// The sectors of the groups that texts name without a name, and which part of a state they are, by the folded word that
/// stands in their ids.
fn groups() -> &'static BTreeMap<String, (Sector, &'static str)> {
    static GROUPS: OnceLock<BTreeMap<String, (Sector, &'static str)>> = OnceLock::new();
    GROUPS.get_or_init(|| {
        let mut groups = BTreeMap::new();
        for noun in Language::all().flat_map(|language| name_words(language).generic_nouns()) {
            let sector =
                if noun.part.is_empty() { sector_in(&words().classes, noun.class) } else { Some(Sector::State) };
            if let (false, Some(sector)) = (noun.group.is_empty(), sector) {
                groups.entry(fold(noun.group)).or_insert((sector, noun.part));
            }
        }
        for (sector, names) in &words().groups {
            groups.extend(names.iter().map(|name| (fold(name), (*sector, ""))));
        }
        groups
    })
}

/// What is known of a group that a text made, by its id without the mark (`rebels-sunni@SY`).
fn group_of(name: &str) -> Option<(Sector, &'static str)> {
    let name = name.split(['@', '+']).next().unwrap_or_default().replace('-', " ");
    let mut rest = name.as_str();
    // "rebels-sunni": a group with a further quality.
    while !rest.is_empty() {
        if let Some(found) = groups().get(rest) {
            return Some(*found);
        }
        rest = rest.rsplit_once(' ').map_or("", |(front, _)| front);
    }
    None
}

/// The sector of an actor by its id (`syr.army`, `t:rebels@SY`), as far as its own country is concerned: whether a state
/// acts abroad is for the caller to say.
#[must_use]
pub fn sector_of(id: &str) -> Sector {
    if let Some(name) = id.strip_prefix("t:") {
        return group_of(name).map_or(Sector::None, |(sector, _)| sector);
    }
    let entry = actor(id);
    if let Some(sector) = entry.and_then(|e| e.traits.iter().find_map(|t| sector_in(&words().traits, t))) {
        return sector;
    }
    let Some(kind) = kind_of(id) else { return Sector::None };
    let sector = sector_in(&words().kinds, kind).unwrap_or(Sector::None);
    match entry.and_then(|e| e.part_of) {
        // A minister is of his government, a commander of his group.
        Some(whole) if sector == Sector::Civilians && kind == "person" => sector_of(whole),
        _ => sector,
    }
}

/// The part of a state that an actor is (`army`, `policing` …), by its id; empty for what is no part of one.
#[must_use]
pub fn state_part_of(id: &str) -> &str {
    match id.strip_prefix("t:") {
        Some(name) => group_of(name).map_or("", |(_, part)| part),
        None => id.split_once('.').filter(|_| kind_of(id).is_some()).map_or("", |(_, part)| part),
    }
}

/// The sector that the words of a phrase tell ("12 civilians"), for somebody without an id.
#[must_use]
pub fn sector_of_words(phrase: &str, language: Language) -> Sector {
    let noun = |word: &str| name_words(language).noun(word).filter(|n| !n.group.is_empty());
    let mut known = phrase.split_whitespace().filter_map(noun).filter_map(|n| groups().get(&fold(n.group)));
    // "Two Ukrainians": people told by their country alone, in capitals where its adjective would have none or stand before
    // a noun.
    let people = || {
        let last = phrase.split_whitespace().next_back()?;
        let capital = last.chars().next().is_some_and(char::is_uppercase);
        (capital && !name_words(language).countries_of_adjective(last).is_empty()).then_some(Sector::Civilians)
    };
    known.next_back().map(|(sector, _)| *sector).or_else(people).unwrap_or(Sector::None)
}

/// CAMEO's code of a role: by the kind of an actor of the registry, else by the sector. A state has none.
#[must_use]
pub fn role_of(id: &str) -> Option<&'static str> {
    let kind = match actor(id) {
        // A person has the role of the body that he is part of.
        Some(entry) if entry.kind == "person" => return role_of(entry.part_of?),
        _ => kind_of(id).or_else(|| {
            let (_, part) = group_of(id.strip_prefix("t:")?)?;
            (!part.is_empty()).then(|| kind_of_part(part))
        }),
    };
    if let Some(kind) = kind {
        let row = words().roles.iter().find(|(_, kinds)| kinds.iter().any(|k| k == kind));
        return row.map(|(role, _)| role.as_str());
    }
    let sector = sector_of(id);
    words().sector_roles.iter().find(|(_, sectors)| sectors.contains(&sector)).map(|(role, _)| role.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Kind, Predicate};

    #[test]
    fn every_code_stands_in_its_list() {
        assert_eq!(sub_events().len(), 25);
        for predicate in Predicate::all() {
            let (id, entry) = (predicate.id(), predicate.entry());
            if let Some(plover) = &entry.plover {
                assert!(is_plover(&plover.event, plover.mode.as_deref()), "{id}: {plover:?} is no code of PLOVER");
            }
            let rows = entry.when.iter();
            for code in entry.cameo.iter().chain(rows.clone().filter_map(|r| r.cameo.as_ref())) {
                assert!(is_cameo(code), "{id}: {code} is no leaf of CAMEO");
            }
            for name in entry.acled.iter().chain(rows.filter_map(|r| r.acled.as_ref())) {
                assert!(name == "none" || sub_event(name).is_some(), "{id}: {name} is no sub-event of ACLED");
            }
            let coded = entry.acled.is_some() && entry.cameo.is_some();
            assert_eq!(
                coded,
                predicate.kind() == Kind::Event,
                "{id}: events have an acled and a cameo code, others none"
            );
        }
    }

    #[test]
    fn a_wrong_code_is_found() {
        assert!(
            is_plover("ASSAULT", Some("aerial")) && !is_plover("ASSAULT", Some("phone")) && !is_plover("ATTACK", None)
        );
        assert!(is_cameo("1831") && !is_cameo("0721"));
        assert!(sub_event("Grenade").is_some() && sub_event("Battle").is_none());
    }

    #[test]
    fn roles_of_the_registry_and_of_texts() {
        for (id, role) in [("syr.army", Some("MIL")), ("syr", None), ("is", Some("REB")), ("t:army@ML", Some("MIL"))] {
            assert_eq!(role_of(id), role, "{id}");
        }
    }

    #[test]
    fn sectors_of_phrases() {
        let english = Language::from_code("en").expect("English is shipped");
        assert_eq!(sector_of_words("12 civilians", english), Sector::Civilians);
        assert_eq!(sector_of_words("three soldiers", english), Sector::State);
        assert_eq!(sector_of_words("three apples", english), Sector::None);
    }

    #[test]
    fn sectors_of_the_registry_and_of_texts() {
        for (id, sector) in [
            ("syr.army", Sector::State),
            ("is", Sector::Rebel),
            ("t:rebels@SY", Sector::Rebel),
            ("t:rebelles-kurdes@SY", Sector::Rebel),
            ("t:manifestant@TN", Sector::Protesters),
            ("t:gunmen@ML", Sector::Militia),
            ("t:army@ML", Sector::State),
            ("t:villager@ML", Sector::Civilians),
            ("t:nobody-knows@ML", Sector::None),
            ("nothing", Sector::None),
        ] {
            assert_eq!(sector_of(id), sector, "{id}");
        }
    }
}
