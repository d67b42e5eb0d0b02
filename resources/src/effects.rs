//! What follows from a predicate: which fluents it begins, and what it presupposes (`ontology/<predicate>/effects.toml`).

use crate::ontology::Predicate;
use crate::pack;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A role of a claim, as effect tables name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EffectRole {
    /// The actors of the claim.
    Actor,
    /// Its recipients.
    Recipient,
}

/// One part of the key of a fluent, read off a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyPart {
    /// Where it happened.
    Place,
    /// Each actor in turn.
    Actor,
    /// Each recipient in turn.
    Recipient,
    /// The route that is the object, named after the place that it serves.
    Route,
    /// All actors and recipients together, each rolled up to its state.
    Parties,
    /// The place; where there is none, the parties.
    PlaceOrParties,
}

/// What held at another time.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Presupposed {
    /// The value; absent where the holder is the value.
    pub value: Option<String>,
    /// Whose.
    pub by: Option<EffectRole>,
}

/// One fluent that a predicate gives a value to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Effect {
    /// Name of the fluent, as the wire format writes it.
    pub fluent: String,
    /// Its key, in order.
    pub key: Vec<KeyPart>,
    /// Its value: a word of the fluent, `figure` (the claim's figures), or `told` (named by the rule that read the
    /// claim); absent where the holder is the value.
    pub value: Option<String>,
    /// Who holds, besieges, cuts.
    pub by: Option<EffectRole>,
    /// The value that a denied claim tells; a denied event without it says nothing.
    pub negative: Option<String>,
    /// The value that a claim about the future tells; without it such a claim says nothing.
    pub future: Option<String>,
    /// What follows instead where nobody is told who would hold it ("retaken from the rebels": they do not hold it).
    pub otherwise: Option<Presupposed>,
    /// Whose hold it ends where nobody is told who would hold it, if anybody told of that hold.
    pub ends: Option<EffectRole>,
    /// What held just before.
    pub before: Option<Presupposed>,
    /// What held just before, where the claim says "again".
    pub before_again: Option<Presupposed>,
    /// What held at some time before that, where the claim says "again".
    pub earlier: Option<Presupposed>,
    /// For `figure`: the units that count.
    #[serde(default)]
    pub units: Vec<String>,
}

/// All that follows from one predicate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Effects {
    /// Whose own word for it is an admission.
    pub admitted_by: Option<EffectRole>,
    /// Who gains when the news is believed.
    pub profits: Option<EffectRole>,
    /// Whose word the act itself is, where nobody else is made to say it.
    pub speaks: Option<EffectRole>,
    /// True where the act denies what somebody else claimed.
    #[serde(default)]
    pub denies: bool,
    /// The fluents.
    #[serde(default, rename = "effect")]
    pub effects: Vec<Effect>,
}

impl Predicate {
    /// What follows from it; nothing, for a predicate without a table.
    #[must_use]
    pub fn effects(self) -> &'static Effects {
        static TABLE: OnceLock<BTreeMap<Predicate, Effects>> = OnceLock::new();
        static NONE: Effects =
            Effects { admitted_by: None, profits: None, speaks: None, denies: false, effects: Vec::new() };
        let table = TABLE.get_or_init(|| {
            pack::files("ontology/")
                .filter_map(|(path, bytes)| {
                    let id = path.strip_prefix("ontology/")?.strip_suffix("/effects.toml")?;
                    let predicate = Self::from_id(id)?;
                    let text = std::str::from_utf8(bytes).expect("resource files are UTF-8");
                    Some((predicate, crate::pack::read(text).unwrap_or_else(|e| panic!("resources/{path}: {e}"))))
                })
                .collect()
        });
        table.get(&self).unwrap_or(&NONE)
    }
}

/// Freshness, partial units and the span of news (`ontology/fluents.toml`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FluentRules {
    fresh: BTreeMap<String, i32>,
    partial: Vec<String>,
    counts: Vec<String>,
    /// Days within which a report without a date is taken to be news.
    pub news_days: i32,
}

impl FluentRules {
    /// Days until an answer about this fluent is stale.
    #[must_use]
    pub fn fresh_days(&self, fluent: &str) -> i32 {
        self.fresh.get(fluent).copied().unwrap_or(90)
    }

    /// Does a figure in this unit say that only a part of the place is meant?
    #[must_use]
    pub fn is_partial(&self, unit: &str) -> bool {
        self.partial.iter().any(|u| u == unit)
    }

    /// Does a figure in this unit count places inside a region?
    #[must_use]
    pub fn counts_places(&self, unit: &str) -> bool {
        self.counts.iter().any(|u| u == unit)
    }
}

/// The rules about fluents.
#[must_use]
pub fn fluent_rules() -> &'static FluentRules {
    #[derive(Deserialize)]
    struct Raw {
        fresh: BTreeMap<String, i32>,
        partial: Partial,
        news: News,
    }
    #[derive(Deserialize)]
    struct Partial {
        units: Vec<String>,
        counts: Vec<String>,
    }
    #[derive(Deserialize)]
    struct News {
        days: i32,
    }
    static RULES: OnceLock<FluentRules> = OnceLock::new();
    RULES.get_or_init(|| {
        let raw: Raw = pack::table("ontology/fluents.toml");
        FluentRules {
            fresh: raw.fresh,
            partial: raw.partial.units,
            counts: raw.partial.counts,
            news_days: raw.news.days,
        }
    })
}

/// Words inside names that decide what follows, over all languages (`languages/<code>/situation.toml`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct SituationWords {
    sole: Vec<String>,
    way: Vec<String>,
    vague: Vec<String>,
}

impl SituationWords {
    fn any(list: &[String], name: &str) -> bool {
        name.split(|c: char| !c.is_alphanumeric()).any(|word| {
            let word = word.to_lowercase();
            list.binary_search(&word).is_ok()
        })
    }

    /// Does the name say that there is no other ("the only route")?
    #[must_use]
    pub fn is_sole(&self, name: &str) -> bool {
        Self::any(&self.sole, name)
    }

    /// Does the name speak of a way for people and goods?
    #[must_use]
    pub fn is_way(&self, name: &str) -> bool {
        Self::any(&self.way, name)
    }

    /// Does the name speak of an area without an outline ("large parts of")?
    #[must_use]
    pub fn is_vague(&self, name: &str) -> bool {
        Self::any(&self.vague, name)
    }
}

/// The words of every language together: the names come without their language.
#[must_use]
pub fn situation_words() -> &'static SituationWords {
    static WORDS: OnceLock<SituationWords> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut all = SituationWords::default();
        for (path, _) in pack::files("languages/").filter(|(path, _)| path.ends_with("/situation.toml")) {
            let one: SituationWords = pack::table(path);
            all.sole.extend(one.sole);
            all.way.extend(one.way);
            all.vague.extend(one.vague);
        }
        for list in [&mut all.sole, &mut all.way, &mut all.vague] {
            list.sort();
            list.dedup();
        }
        all
    })
}

#[cfg(test)]
mod tests {
    use super::{fluent_rules, situation_words};
    use crate::ontology::Predicate;

    #[test]
    fn every_table_of_effects_reads() {
        let with = Predicate::all().filter(|p| !p.effects().effects.is_empty()).count();
        assert!(with > 25, "{with} predicates have effects");
        for predicate in Predicate::all() {
            for effect in &predicate.effects().effects {
                assert!(!effect.key.is_empty(), "{}: an effect without a key", predicate.id());
                assert!(effect.value.is_some() || effect.by.is_some(), "{}: neither value nor holder", predicate.id());
            }
        }
    }

    #[test]
    fn rules_and_words_read() {
        assert_eq!(fluent_rules().fresh_days("control"), 180);
        assert!(fluent_rules().is_partial("percent") && !fluent_rules().is_partial("people"));
        assert!(situation_words().is_sole("the only road into the valley"));
        assert!(!situation_words().is_sole("a road"));
        assert!(situation_words().is_vague("Large Parts of the coast"));
    }
}
