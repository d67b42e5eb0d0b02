//! The questions that have an answer over time. A closed list on purpose: a new question is new code.

use smol_str::SmolStr;

macro_rules! fluents {
    ($($(#[$doc:meta])* $variant:ident = $text:literal : $values:expr),* $(,)?) => {
        /// A question that has an answer over time.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Fluent { $($(#[$doc])* $variant),* }

        impl Fluent {
            /// Every fluent, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word of the wire format and of the tables of effects.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            /// The fluent with this word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($text => Some(Self::$variant),)* _ => None }
            }

            /// The words that its value may be; empty where the value is a number.
            #[must_use]
            pub fn words(self) -> &'static [&'static str] {
                match self { $(Self::$variant => $values),* }
            }
        }
    };
}

fluents! {
    /// Who holds a place.
    Control = "control": &["not"],
    /// Is somebody at a place?
    Presence = "presence": &["present", "absent"],
    /// Is a place said to be under siege?
    Siege = "siege": &["none", "partial", "full"],
    /// Does it follow that a place is cut off?
    Encircled = "encircled": &["true", "false"],
    /// Is a route open?
    Route = "route": &["open", "threatened", "cut"],
    /// How many people live at a place.
    Population = "population": &[],
    /// How many were killed, wounded, displaced at a place.
    Casualties = "casualties": &[],
    /// Where talks between parties stand.
    Talks = "talks": &["none", "announced", "round", "impasse", "suspended", "agreed", "in-force", "broken"],
    /// Is there a ceasefire?
    Ceasefire = "ceasefire": &["none", "announced", "in-force", "violated", "ended"],
    /// Does one support another?
    Support = "support": &["true"],
    /// Are two allied?
    Allied = "allied": &["true"],
    /// Do two act together?
    Cooperates = "cooperates": &["true"],
    /// Do two fight each other?
    Hostile = "hostile": &["true"],
}

impl Fluent {
    /// A relation between two actors.
    #[must_use]
    pub fn is_relation(self) -> bool {
        matches!(self, Self::Support | Self::Allied | Self::Cooperates | Self::Hostile)
    }

    /// Its value is a number, and each origin has its own.
    #[must_use]
    pub fn is_figure(self) -> bool {
        matches!(self, Self::Population | Self::Casualties)
    }

    /// Its key names a place that must not stand for a whole country.
    pub(crate) fn is_local(self) -> bool {
        matches!(self, Self::Control | Self::Presence | Self::Siege | Self::Route | Self::Encircled)
    }

    /// Stages of one process: a later stage of the same days replaces an earlier one and does not contradict it.
    pub(crate) fn is_staged(self) -> bool {
        matches!(self, Self::Talks | Self::Ceasefire)
    }

    /// Where a word stands in the order of stages.
    pub(crate) fn stage(self, word: &str) -> usize {
        self.words().iter().position(|w| *w == word).unwrap_or(0)
    }
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// The holder is the answer.
    Held,
    /// A word of the fluent.
    Word(SmolStr),
    /// Yes or no.
    Flag(bool),
    /// A number, from the lowest to the highest value told.
    Count {
        /// Lowest.
        low: u64,
        /// Highest.
        high: u64,
        /// Unit.
        unit: SmolStr,
    },
}

impl Value {
    /// The value that a table of effects writes so for this fluent; `None` when the fluent has no such value.
    pub(crate) fn from_table(fluent: Fluent, word: Option<&str>) -> Option<Self> {
        match word {
            None => (fluent == Fluent::Control).then_some(Self::Held),
            Some(word) if !fluent.words().contains(&word) => None,
            Some("true") => Some(Self::Flag(true)),
            Some("false") => Some(Self::Flag(false)),
            Some(word) => Some(Self::Word(SmolStr::new(word))),
        }
    }

    /// What holds where this does not; `None` where nothing follows.
    pub(crate) fn complement(&self, fluent: Fluent) -> Option<Self> {
        let word = |w: &str| Some(Self::Word(SmolStr::new(w)));
        match (fluent, self) {
            (Fluent::Control, Self::Held) => word("not"),
            (Fluent::Presence, Self::Word(w)) => word(if w == "present" { "absent" } else { "present" }),
            (Fluent::Siege, Self::Word(w)) if w != "none" => word("none"),
            (Fluent::Route, Self::Word(w)) => word(if w == "open" { "cut" } else { "open" }),
            _ => None,
        }
    }

    pub(crate) fn is_word(&self, word: &str) -> bool {
        matches!(self, Self::Word(w) if w == word)
    }
}

#[cfg(test)]
mod tests {
    use super::{Fluent, Value};
    use vigie_resources::Predicate;

    /// Every word in the tables of effects is a word of its fluent.
    #[test]
    fn tables_of_effects_name_fluents_and_values() {
        for predicate in Predicate::all() {
            for effect in &predicate.effects().effects {
                let fluent = Fluent::from_word(&effect.fluent);
                let fluent = fluent.unwrap_or_else(|| panic!("{}: no fluent {}", predicate.id(), effect.fluent));
                let special = matches!(effect.value.as_deref(), Some("figure" | "told"));
                let told = [
                    effect.value.as_deref().filter(|_| !special),
                    effect.negative.as_deref(),
                    effect.future.as_deref(),
                ];
                let presupposed = [&effect.before, &effect.before_again, &effect.earlier];
                for word in told.into_iter().flatten() {
                    assert!(Value::from_table(fluent, Some(word)).is_some(), "{}: no value {word}", predicate.id());
                }
                for was in presupposed.into_iter().flatten() {
                    assert!(Value::from_table(fluent, was.value.as_deref()).is_some(), "{}: {was:?}", predicate.id());
                }
            }
        }
    }
}
