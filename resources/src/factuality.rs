//! The words by which a language denies, doubts, plans and imagines, from `languages/<code>/factuality.toml`.

use crate::attribution::stem;
use crate::{Language, PerLanguage};
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// What an operator makes of the clause it governs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Force {
    /// As true as the word itself.
    Keep,
    /// True where the word is false.
    Flip,
    /// In another world.
    Irreal,
    /// True whatever becomes of the word.
    Fact,
}

/// What denying the operator makes of the clause it governs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Denied {
    /// Not so.
    #[default]
    Negative,
    /// Nobody knows.
    Open,
    /// So.
    Positive,
}

/// A world and how sure it is, in the words of the wire format.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct World {
    /// Realis; empty: unchanged.
    pub realis: String,
    /// Certainty; empty: unchanged.
    pub certainty: String,
}

/// Words that decide whether what they govern is so.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operator {
    /// Name in the rule ids.
    pub id: String,
    /// Lemmas; a reflexive clitic may stand before.
    pub words: Vec<String>,
    /// Part of speech of the word; empty: any.
    #[serde(default)]
    pub pos: String,
    /// What the word makes of its clause.
    pub effect: Force,
    /// The world of an irreal clause; empty: unchanged.
    #[serde(default)]
    pub realis: String,
    /// How sure it is; empty: unchanged.
    #[serde(default)]
    pub certainty: String,
    /// What its negation does.
    #[serde(default)]
    pub negated: Denied,
    /// The effect in a completed past.
    pub completed: Option<Force>,
    /// The world when the word stands in the conditional.
    pub conditional: Option<World>,
    /// The world when the clause is a perfect infinitive ("must have left").
    pub perfect: Option<World>,
    /// Prepositions of the clause, beside the plain ones, through which it counts.
    #[serde(default)]
    pub through: Vec<String>,
    /// Forms of clause in which it counts (`inf`, `that`, `noun`); empty: all.
    #[serde(default)]
    pub only: Vec<String>,
}

/// A conjunction or preposition over a clause or an event noun.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Marker {
    /// Name in the rule ids.
    pub id: String,
    /// The words, all of them.
    pub words: Vec<String>,
    /// The world it puts the clause in; empty: unchanged.
    pub realis: String,
    /// How sure it is; empty: unchanged.
    pub certainty: String,
    /// It denies the clause.
    pub negative: bool,
    /// The clause is as real as the one it hangs on.
    pub follows: bool,
    /// Forms of clause in which it counts (`inf`, `finite`, `noun`); empty: all.
    pub only: Vec<String>,
}

/// Words inside a clause.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ClauseWords {
    /// Adverbs that deny.
    pub negators: Vec<String>,
    /// The particle before a denied verb.
    pub particle: Vec<String>,
    /// After the particle they restrict.
    pub restrictors: Vec<String>,
    /// After a negator they take the denial back.
    pub softeners: Vec<String>,
    /// Determiners and pronouns that deny.
    pub none: Vec<String>,
    /// Verbs that the bare particle denies.
    pub bare_negation: Vec<String>,
    /// Adverbs, of one or more words, that make it probable.
    pub probable: Vec<String>,
    /// Adverbs that make it possible.
    pub possible: Vec<String>,
    /// Spans of time so long that what lies that far before something else is background ("ten years after").
    pub long_spans: Vec<String>,
    /// Adverbs right before a verb under which it did not come to it.
    pub nearly: Vec<String>,
    /// Adverbs of failure.
    pub failing: Vec<String>,
    /// Verbs of a lasting state.
    pub stative: Vec<String>,
    /// Prepositions after which a past year lasts until now.
    pub since: Vec<String>,
    /// Nouns of condition.
    pub condition_nouns: Vec<String>,
    /// The mark of a question.
    pub question: String,
    /// Nouns of quantity.
    pub quantities: Vec<String>,
    /// Prepositions that stand between any verb and its clause.
    pub plain: Vec<String>,
    /// Verbs of the near future.
    pub going: Vec<String>,
    /// Endings of the future.
    pub future_endings: Vec<String>,
    /// Endings of the conditional.
    pub conditional_endings: Vec<String>,
    /// Endings of the infinitive.
    pub endings: Vec<String>,
}

/// All of `factuality.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FactualityWords {
    /// Governing words.
    pub operator: Vec<Operator>,
    /// Conjunctions and prepositions.
    pub marker: Vec<Marker>,
    /// Words inside a clause.
    pub clause: ClauseWords,
    #[serde(skip)]
    operators: FxHashMap<String, Vec<(usize, bool)>>,
    #[serde(skip)]
    by_stem: FxHashMap<String, String>,
}

impl FactualityWords {
    fn index(mut self) -> Self {
        for (group, operator) in self.operator.iter().enumerate() {
            for word in &operator.words {
                let (key, reflexive) = match word.split_once([' ', '\'']) {
                    Some((_, last)) => (last, true),
                    None => (word.as_str(), false),
                };
                if let Some(stem) = stem(key, &self.clause.endings) {
                    self.by_stem.entry(stem.to_owned()).or_insert_with(|| key.to_owned());
                }
                self.operators.entry(key.to_owned()).or_default().push((group, reflexive));
            }
        }
        self
    }

    /// The operators with this lemma in the order of the file, and whether they need a reflexive clitic.
    pub fn operators(&self, lemma: &str) -> impl Iterator<Item = (&Operator, bool)> {
        let known = || self.by_stem.get(stem(lemma, &self.clause.endings)?).and_then(|l| self.operators.get(l));
        self.operators
            .get(lemma)
            .or_else(known)
            .into_iter()
            .flatten()
            .map(|(group, reflexive)| (&self.operator[*group], *reflexive))
    }
}

/// The factuality words of a language.
#[must_use]
pub fn factuality_words(language: Language) -> &'static FactualityWords {
    static WORDS: PerLanguage<FactualityWords> = PerLanguage::new();
    WORDS.of(language, |l| l.table::<FactualityWords>("factuality.toml").index())
}

#[cfg(test)]
mod tests {
    use super::{Force, factuality_words};
    use crate::Language;

    #[test]
    fn operators_are_found_by_lemma() {
        let words = factuality_words(Language::from_code("fr").expect("French is shipped"));
        assert!(words.operators("tenter").any(|(o, _)| o.effect == Force::Irreal));
        assert!(words.operators("efforcer").all(|(_, reflexive)| reflexive));
        assert_eq!(words.operators("manger").count(), 0);
        for marker in &words.marker {
            assert!(!marker.words.is_empty(), "{}", marker.id);
        }
    }
}
