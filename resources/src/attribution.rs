//! The words by which a language names its sources, from `languages/<code>/attribution.toml`.

use crate::{Language, PerLanguage};
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// Verbs of saying that behave alike.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Saying {
    /// Lemmas; a reflexive clitic or a causative may stand before, after a space.
    pub words: Vec<String>,
    /// What may be the content: `that`, `inf`, `de-inf`, `other`, `noun`, `whether`.
    pub takes: Vec<String>,
    /// How sure the speaker makes it; empty: certain.
    pub certainty: String,
    /// The world it puts the content in; empty: as the content says.
    pub realis: String,
    /// The speaker says that it is not so.
    pub denies: bool,
    /// The subject hears of it; the source stands in a phrase.
    pub learns: bool,
    /// The saying is an event of its own.
    pub event: bool,
}

/// Phrases that name a source without a verb of saying.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SourcePhrases {
    /// Prepositions, with all their words.
    pub sources: Vec<String>,
    /// Prepositions of a source only at the head of a sentence.
    pub opening_sources: Vec<String>,
    /// Nouns that are a source by themselves under `bare_source_prepositions`.
    pub bare_sources: Vec<String>,
    /// Their prepositions.
    pub bare_source_prepositions: Vec<String>,
    /// Prepositions of the source with verbs of learning.
    pub learnt_from: Vec<String>,
    /// The verb of "if one is to believe X".
    pub believe: Vec<String>,
    /// The words that open that phrase.
    pub conditions: Vec<String>,
    /// Nouns after which `sources` name no source.
    pub not_sources: Vec<String>,
}

/// What a noun says about the one who bears it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SourceNouns {
    /// Persons by office.
    pub offices: Vec<String>,
    /// Offices that speak for a body whatever the article.
    pub spokespersons: Vec<String>,
    /// Persons who are nobody in particular when they have no name.
    pub persons: Vec<String>,
    /// Persons who stand for their party in the plural.
    pub parties: Vec<String>,
    /// Bodies.
    pub bodies: Vec<String>,
    /// What prints or broadcasts.
    pub media: Vec<String>,
    /// Media so general that they are an audience.
    pub audiences: Vec<String>,
    /// Texts and figures.
    pub documents: Vec<String>,
    /// Nouns that introduce what somebody says.
    pub of_saying: Vec<String>,
    /// Among them those that vouch for nothing.
    pub hearsay: Vec<String>,
    /// Words for anonymity.
    pub anonymity: Vec<String>,
    /// Titles before a name.
    pub titles: Vec<String>,
}

/// Agencies and broadcasters that pass on what others say.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RelayWords {
    /// Prepositions of the relay beside a verb of saying.
    pub prepositions: Vec<String>,
    /// Verbs by whose passive a relay quotes.
    pub participles: Vec<String>,
    /// Nouns of interviews.
    pub interviews: Vec<String>,
    /// Names, as written.
    pub names: Vec<String>,
}

/// Pronouns and conjunctions of attribution.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReferenceWords {
    /// Pronouns, and nouns used like pronouns, for somebody named before.
    pub pronouns: Vec<String>,
    /// Pronouns of nobody.
    pub nobody: Vec<String>,
    /// Pronouns of the one who speaks.
    pub first_person: Vec<String>,
    /// Conjunctions of content.
    pub that: Vec<String>,
    /// Conjunctions of an indirect question.
    pub whether: Vec<String>,
    /// Reflexive clitics.
    pub reflexive: Vec<String>,
    /// Causative verbs that make a cue with another verb.
    pub causatives: Vec<String>,
    /// Conjunctions before an inserted clause ("as X said").
    pub as_said: Vec<String>,
    /// Prepositions of an infinitive that is content.
    pub of: Vec<String>,
    /// Prepositions of a complement that tells whose a noun is.
    pub owner: Vec<String>,
    /// Prepositions of the body that a spokesperson speaks for, beside those.
    pub spoken_for: Vec<String>,
    /// Pronouns that take up a whole clause before a relative one.
    pub resuming: Vec<String>,
    /// Endings of the infinitive.
    pub endings: Vec<String>,
    /// Nouns of time, which may stand between a verb and its subject.
    pub times: Vec<String>,
    /// A clause may be content without a conjunction.
    pub bare_clauses: bool,
    /// Auxiliaries under which nothing is held yet.
    pub modals: Vec<String>,
    /// Pronouns of the one who writes and the one who reads.
    pub here: Vec<String>,
    /// Marks between clauses that stand alone.
    pub breaks: Vec<String>,
}

/// The sort of word that tells of an attitude.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StanceKind {
    /// "backs the plan".
    #[default]
    Verb,
    /// "her criticism of the plan".
    Noun,
    /// "is confident that".
    Adjective,
    /// "reportedly".
    Adverb,
}

/// Words of attitude that behave alike: what somebody holds, wants or judges, which speaks no claim.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Stance {
    /// Lemmas.
    pub words: Vec<String>,
    /// What sort of words they are.
    pub is: StanceKind,
    /// Prepositions of a phrase that is the content.
    pub with: Vec<String>,
    /// Prepositions of the one who holds it, beside a noun.
    pub by: Vec<String>,
    /// An infinitive behind the noun or adjective is the content.
    pub infinitive: bool,
    /// The object is the one who is addressed where a clause is the content.
    pub addressee: bool,
    /// The subject is part of the content and holds nothing ("she seems to agree").
    pub raising: bool,
}

/// All of `attribution.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AttributionWords {
    /// Verbs of saying; the first group that holds a word and takes its content counts.
    pub cue: Vec<Saying>,
    /// Words of attitude.
    pub stance: Vec<Stance>,
    /// How a verb of saying behaves that introduces no content which could be cited.
    pub said: Stance,
    /// Phrases.
    pub phrases: SourcePhrases,
    /// Nouns.
    pub nouns: SourceNouns,
    /// Relays.
    pub relays: RelayWords,
    /// Pronouns and conjunctions.
    pub reference: ReferenceWords,
    #[serde(skip)]
    by_attitude: FxHashMap<String, Vec<usize>>,
    #[serde(skip)]
    by_lemma: FxHashMap<String, Vec<(usize, Before)>>,
    #[serde(skip)]
    by_stem: FxHashMap<String, String>,
}

/// A lemma without the ending of the infinitive, where enough is left to know it by.
pub(crate) fn stem<'a>(lemma: &'a str, endings: &[String]) -> Option<&'a str> {
    // The longest ending first: "-oir" before "-ir".
    let mut fitting: Vec<&String> = endings.iter().filter(|e| lemma.ends_with(e.as_str())).collect();
    fitting.sort_by_key(|e| std::cmp::Reverse(e.len()));
    let stem = lemma.strip_suffix(fitting.first()?.as_str())?;
    (stem.chars().count() >= 4).then_some(stem)
}

/// What must stand before the last word of a verb of saying.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Before {
    /// Nothing in particular.
    Nothing,
    /// A reflexive clitic.
    Reflexive,
    /// A causative verb with this lemma.
    Causative(String),
}

impl AttributionWords {
    fn index(mut self) -> Self {
        for (group, saying) in self.cue.iter().enumerate() {
            for word in &saying.words {
                let (key, before) = match word.split_once([' ', '\'']) {
                    Some((first, last)) if self.reference.causatives.iter().any(|c| c == first) => {
                        (last, Before::Causative(first.to_owned()))
                    }
                    Some((_, last)) => (last, Before::Reflexive),
                    None => (word.as_str(), Before::Nothing),
                };
                if let Some(stem) = stem(key, &self.reference.endings) {
                    self.by_stem.entry(stem.to_owned()).or_insert_with(|| key.to_owned());
                }
                self.by_lemma.entry(key.to_owned()).or_default().push((group, before));
            }
        }
        for (group, stance) in self.stance.iter().enumerate() {
            for word in &stance.words {
                self.by_attitude.entry(word.clone()).or_default().push(group);
            }
        }
        self
    }

    /// The attitude that a lemma tells of.
    #[must_use]
    pub fn stance(&self, lemma: &str, kind: StanceKind) -> Option<&Stance> {
        self.by_attitude.get(lemma)?.iter().map(|group| &self.stance[*group]).find(|stance| stance.is == kind)
    }

    /// The groups that hold this lemma, in the order of the file, with what must stand before it.
    pub fn sayings(&self, lemma: &str) -> impl Iterator<Item = (&Saying, &Before)> {
        // A lemmatiser that guesses an ending ("prétender") still finds the stem.
        let known = || self.by_stem.get(stem(lemma, &self.reference.endings)?).and_then(|l| self.by_lemma.get(l));
        self.by_lemma.get(lemma).or_else(known).into_iter().flatten().map(|(group, before)| (&self.cue[*group], before))
    }
}

/// The attribution words of a language.
#[must_use]
pub fn attribution_words(language: Language) -> &'static AttributionWords {
    static WORDS: PerLanguage<AttributionWords> = PerLanguage::new();
    WORDS.of(language, |l| l.table::<AttributionWords>("attribution.toml").index())
}

#[cfg(test)]
mod tests {
    use super::{Before, attribution_words};
    use crate::Language;

    #[test]
    fn verbs_are_found_with_what_stands_before_them() {
        let words = attribution_words(Language::from_code("fr").expect("French is shipped"));
        assert!(words.sayings("affirmer").any(|(s, b)| *b == Before::Nothing && s.takes.contains(&"inf".to_owned())));
        assert!(words.sayings("exclamer").all(|(_, b)| *b == Before::Reflexive));
        assert!(words.sayings("entendre").any(|(_, b)| *b == Before::Causative("laisser".to_owned())));
        assert!(words.sayings("affirmir").next().is_some(), "a wrong ending is forgiven");
        assert_eq!(words.sayings("manger").count(), 0);
    }
}
