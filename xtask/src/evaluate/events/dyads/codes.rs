//! The sides of dyads: who they are by our reading, and by the codes of PETRARCH's suite.

use crate::evaluate::events::text::{Read, occurrences};
use vigie_claims::{ActorId, Filler};
use vigie_resources::{Country, Language, actor, countries, lexicon, name_words, state_of};

/// One side of ours: its words, and the actor that they name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Side {
    pub(super) words: String,
    pub(super) actor: Option<ActorId>,
}

/// A party of a claim.
pub(super) fn side(read: &Read, filler: &Filler) -> Side {
    Side { words: format!("{} {}", read.words(filler), filler.name), actor: filler.actor.clone() }
}

/// Is a side the country or group of a code? Codes of countries are those of their states; the suite's dictionary makes
/// those of invented ones of the first three letters of their names ("Gondor" GON). Roles follow ("GONMIL") and are not
/// asked for.
pub(super) fn names(side: &Side, code: &str) -> bool {
    let Some(stem) = code.get(..3).map(str::to_lowercase) else { return false };
    let state = side.actor.as_deref().is_some_and(|id| id.split('.').next() == Some(stem.as_str()));
    state || side.words.split(|c: char| !c.is_alphanumeric()).any(|word| word.to_lowercase().starts_with(&stem))
}

/// Can the code be met from the text: does a word begin with it, or is the state named in some form?
pub(super) fn occurs(read: &Read, code: &str) -> bool {
    let text = read.text();
    let english = Language::from_code("en").map(name_words);
    let words = || text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let state = |iso: &str| state_of(iso).is_some_and(|id| code.eq_ignore_ascii_case(id));
    let by_name = |entry: &Country| state(entry.iso2) && entry.names().any(|name| !occurrences(text, name).is_empty());
    words().any(|word| word.to_lowercase().starts_with(&code.to_lowercase()))
        || words().any(|word| english.is_some_and(|w| w.countries_of_adjective(word).iter().any(|iso| state(iso))))
        || countries().iter().any(by_name)
        || read.claims().flat_map(|c| &c.arguments).any(|a| names(&side(read, &a.filler), code))
}

/// Is somebody told by a name, of his own or of whom he belongs to: an entry of the registry, or a word with a capital that
/// is no common word?
pub(super) fn is_named(read: &Read, side: &Side) -> bool {
    let known = side
        .actor
        .as_deref()
        .is_some_and(|id| actor(id).is_some() || state_ids().any(|s| id.split('.').next() == Some(s)));
    let common = |word: &str| {
        let english = Language::from_code("en").and_then(lexicon);
        let opens = read.text().trim_start().starts_with(word);
        opens && english.is_some_and(|words| words.entries(&word.to_lowercase()).next().is_some())
    };
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    known || side.words.split(|c: char| !c.is_alphanumeric()).any(|word| capital(word) && !common(word))
}

/// The ids of all states.
fn state_ids() -> impl Iterator<Item = &'static str> {
    countries().iter().filter_map(|c| state_of(c.iso2))
}

/// The root of a CAMEO code in PLOVER's words.
pub(super) fn root_of(code: &str) -> &'static str {
    match code.get(..2).unwrap_or_default() {
        "02" | "10" => "REQUEST",
        "03" => "AGREE",
        "04" => "CONSULT",
        "05" => "SUPPORT",
        "06" => "COOPERATE",
        "07" => "AID",
        "08" => "YIELD",
        "09" | "11" => "ACCUSE",
        "12" => "REJECT",
        "13" => "THREATEN",
        "14" => "PROTEST",
        "15" => "MOBILIZE",
        "16" => "SANCTION",
        "17" => "COERCE",
        "18" | "19" | "20" => "ASSAULT",
        _ => "",
    }
}

/// CONCEDE and RETREAT are one in the code.
pub(super) fn merged(root: &str) -> &str {
    if matches!(root, "CONCEDE" | "RETREAT") { "YIELD" } else { root }
}
