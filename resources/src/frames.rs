//! Trigger rules: which words evoke which predicate, and where their participants stand.

use crate::{Language, PerLanguage, Predicate, pack};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Words that decide how a clause is read, from `languages/<code>/frames.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FrameWords {
    /// Clitics that make a verb reflexive.
    pub reflexive: Vec<String>,
    /// Prepositions of the passive's agent.
    pub agents: Vec<String>,
    /// Nouns that behind the agent's preposition tell how or by what way ("by mistake"), not who.
    pub manners: Vec<String>,
    /// Auxiliaries of the active past.
    pub active_auxiliaries: Vec<String>,
    /// Verbs that are always reflexive and so never have an object.
    pub pronominal: Vec<String>,
    /// Clitics that stand for a place or thing told before.
    pub place_clitics: Vec<String>,
    /// Copulas and marks of the infinitive that together plan what is to come ("is to meet").
    pub planning: Vec<(String, String)>,
    /// Nouns that take the plural of a verb though they have none themselves ("police fire").
    pub plural_verbs: Vec<String>,
    /// Words that, with a verb, point to the place spoken of ("were killed there").
    pub pointing_places: Vec<String>,
    /// Endings of a wrong lemma and of the lemma to try instead.
    pub lemma_repairs: Vec<(String, String)>,
    /// Relative pronouns.
    pub relatives: Vec<String>,
    /// Relative pronouns that, behind a pronoun that points, tell of people ("those who fled").
    pub personal_relatives: Vec<String>,
    /// Pronouns that mean people without saying who they are.
    pub somebody: Vec<String>,
    /// A relative clause may do without its pronoun ("the town they took").
    pub bare_relatives: bool,
    /// Prepositions of the one whom a noun belongs to.
    pub genitives: Vec<String>,
    /// Verbs with the particle right behind them that is no preposition of the noun that follows ("hand over").
    pub particle_verbs: Vec<String>,
    /// A noun behind an active verb that nothing marks is its object.
    pub unmarked_objects: bool,
    /// The past of most verbs looks like their participle.
    pub past_like_participle: bool,
    /// Marks under which a gerund is read as an infinitive ("accused of shelling").
    pub gerund_marks: Vec<String>,
    /// Verbs whose gerund tells what their object does.
    pub gerund_control: Vec<String>,
    /// Verbs of praise and blame whose object did what is praised or blamed.
    pub judging: Vec<String>,
    /// Marks of what is praised or blamed.
    pub judging_marks: Vec<String>,
    /// Prepositions that open a clause as well ("after the group confirmed").
    pub clause_prepositions: Vec<String>,
    /// Verbs of claiming a deed: who claims it did it, unless another is told.
    pub claiming: Vec<String>,
    /// Verbs that tell whose a thing is.
    pub belonging: Vec<String>,
    /// Verbs whose object is what something else is done with.
    pub using: Vec<String>,
    /// Auxiliaries that open a condition before their subject ("had they taken it").
    pub conditional_openers: Vec<String>,
    /// Nouns that are also participles, each with the verb; before an agent they are the participle.
    pub participle_nouns: Vec<(String, String)>,
    /// Verbs whose second object is what they call the first.
    pub naming: Vec<String>,
    /// Participles that only describe a place ("hills overlooking X"): no date of the sentence is theirs.
    pub descriptive: Vec<String>,
    /// Verbs whose infinitive stands without a mark behind their object ("helped them take X").
    pub bare_infinitives: Vec<String>,
    /// Prepositions that need two nouns ("between").
    pub pairing: Vec<String>,
    /// Prepositions under which a name is a place, where a rule looks for one, whatever the recogniser takes it for.
    pub sure_locatives: Vec<String>,
    /// Prepositions that behind an object or oblique may as well tell the place of the event ("a raid on rebels in X").
    pub inner_locatives: Vec<String>,
    /// Prepositions of the one to whom something is allowed or ordered.
    pub datives: Vec<String>,
    /// Verbs whose infinitive is done by that one.
    pub dative_control: Vec<String>,
    /// Verbs right behind which a genitive with an article is a partitive object ("fournit des vivres").
    pub partitives: Vec<String>,
    /// Quantifiers that may float behind the noun that they count out ("1,200 prisoners each").
    pub floating: Vec<String>,
    /// Words before those of a number who are told apart ("including two girls"); forms, lower case.
    #[serde(default)]
    pub inclusive: Vec<String>,
    /// A noun behind a finite verb that has no subject is its subject.
    pub inverted_subjects: bool,
    /// Verbs that are never passive.
    pub unaccusative: Vec<String>,
    /// Relative words that stand for a place.
    pub relative_places: Vec<String>,
    /// Verbs that keep their own subject for their infinitive although they have an object.
    pub subject_control: Vec<String>,
    /// A verb without a place of its own happens where the clauses around it do.
    pub clause_places: bool,
    /// Verbs of being, having and thinking: what they tell takes no ground.
    pub stative: Vec<String>,
    /// Prepositions of place, best first.
    pub locatives: Vec<String>,
    /// Adverbs, of one or more words, that presuppose an earlier spell.
    pub again_adverbs: Vec<String>,
    /// Adjectives of an event noun that presuppose an earlier spell.
    pub again_adjectives: Vec<String>,
    /// Verbs that carry an event noun as object; their subject acts.
    pub light: Vec<String>,
    /// Verbs that carry an event noun as object; their subject suffers.
    pub suffer: Vec<String>,
    /// Verbs that carry an event noun as subject; a second word after a space must be their object, a clitic before.
    pub carriers: Vec<String>,
    /// Carriers that carry an event noun as their subject only: what strikes, damages or kills.
    pub striking: Vec<String>,
    /// Words that bound a number, by lemma ("up to", "between").
    pub bounds: Vec<String>,
    /// Verbs whose object an event noun as their subject strikes ("the raid targeted a market").
    pub aiming: Vec<String>,
    /// Nouns for the one whom an event noun behind them strikes ("the target of raids").
    pub suffering: Vec<String>,
    /// Carriers and light verbs that presuppose an earlier spell.
    pub again_verbs: Vec<String>,
    /// Prepositions whose event noun is told as known and so happened ("après", "grâce à").
    pub presupposing: Vec<String>,
    /// Nouns by the sort of thing they stand for (`civil`, `armed`, `aircraft` …).
    pub classes: BTreeMap<String, Vec<String>>,
}

/// The frame words of a language.
#[must_use]
pub fn frame_words(language: Language) -> &'static FrameWords {
    static WORDS: PerLanguage<FrameWords> = PerLanguage::new();
    WORDS.of(language, |l| l.table("frames.toml"))
}

/// One rule: some words in some construction evoke a predicate.
///
/// Slots name where a participant stands: `subj`, `obj`, `iobj` (deep functions), a preposition, `amod`, `poss`,
/// `name-behind` and `name-before` (a name beside a participle), `where` (the noun of a relative clause of place), `head` (the noun that an adjective or apposition describes),
/// `compound` (a noun before the noun), `mod` (that or an adjective), `prt` (the particle of a verb),
/// `loc` (any phrase of place), `light` and `victim` (the subject of the verb that carries an event noun), and `w.`
/// or `b.` before one of these for the dependents of the support words in `with` and `with_below`; `>owner` and `w.owner`
/// are whoever a thing belongs to or comes from (`poss`, `mod`, genitives, agents); `clause>` is before a slot of the
/// clause that the trigger has as its complement, `clause-object` the object of the verb on which it hangs as a
/// circumstance, `governor` the verb that has the trigger as an object, `person-beside` the name beside a title, `within`
/// the first such word anywhere inside what the trigger is about. `=kind` after a
/// slot keeps what is of that kind; a leading `?` makes it the last resort of its role.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TriggerRule {
    /// `fr/besiege#3`: language, predicate, number in the file.
    #[serde(skip)]
    pub id: String,
    /// Slots of who says so, where telling it is the deed ("annoncer une rencontre").
    #[serde(default)]
    pub speaker: Vec<String>,
    /// What it evokes.
    #[serde(skip)]
    pub predicate: Option<Predicate>,
    /// Lemmas of the trigger word.
    pub words: Vec<String>,
    /// Part of speech of the trigger word; `VERB` when absent.
    #[serde(default = "verb")]
    pub pos: String,
    /// `slot=lemma|lemma`: a dependent that must be there; it becomes the support word.
    pub with: Option<String>,
    /// Like `with`, but it must be there below the support word.
    pub with_below: Option<String>,
    /// Further dependents that must be there and are not the support word.
    #[serde(default)]
    pub also: Vec<String>,
    /// Dependents that must not be there, as in `with`.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Slots that must stay empty, with the kinds that `needs` has.
    #[serde(default)]
    pub refuses: Vec<String>,
    /// Preposition that must mark the trigger word itself.
    pub case: Option<String>,
    /// `true`: the verb must be reflexive; `false`: it must not be.
    pub reflexive: Option<bool>,
    /// `true`: the verb must be passive; `false`: it must not be.
    pub passive: Option<bool>,
    /// `slot=kind`, kind one of place, actor, figure, event: what stands there must be so.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Slots of the actor; all that are filled count.
    #[serde(default)]
    pub actor: Vec<String>,
    /// Slots of the recipient.
    #[serde(default)]
    pub recipient: Vec<String>,
    /// Slots of the associate.
    #[serde(default)]
    pub associate: Vec<String>,
    /// Slots of the object.
    #[serde(default)]
    pub object: Vec<String>,
    /// Slots of the instrument.
    #[serde(default)]
    pub instrument: Vec<String>,
    /// Slots of the topic.
    #[serde(default)]
    pub topic: Vec<String>,
    /// Slots of the place, best first; the first that is filled counts, then any phrase of place unless `no_place`.
    #[serde(default)]
    pub place: Vec<String>,
    /// Only the slots of `place` may give the place.
    #[serde(default)]
    pub only_place: bool,
    /// Without a place of its own it happens where the sentence speaks of ("the truce that let people leave Aleppo").
    #[serde(default)]
    pub sentence_place: bool,
    /// It presupposes an earlier spell.
    #[serde(default)]
    pub again: bool,
    /// A noun counts even without any participant.
    #[serde(default)]
    pub bare: bool,
    /// When negated, it evokes this predicate instead, told as so.
    pub negated_as: Option<String>,
    /// It counts only when negated.
    #[serde(default)]
    pub only_negated: bool,
    /// Unit that people counted in it get ("killed").
    pub unit: Option<String>,
    /// The event of this rule is still to come by its meaning, or only wished.
    pub realis: Option<String>,
    /// The value of the fluent that it speaks for, where its predicate leaves that to the rule; stands behind the rule's
    /// id, parted by "=".
    pub value: Option<String>,
    /// Another predicate when the verb is a plain passive without an agent's deed ("is besieged").
    pub state: Option<String>,
}

fn verb() -> String {
    "VERB".to_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TriggerFile {
    #[serde(default)]
    trigger: Vec<TriggerRule>,
}

/// The rules of one language by lemma of the trigger word, most demanding first.
#[derive(Debug, Default)]
pub struct Triggers {
    by_lemma: FxHashMap<String, Vec<Arc<TriggerRule>>>,
}

impl Triggers {
    /// The rules whose trigger word has this lemma.
    #[must_use]
    pub fn of(&self, lemma: &str) -> &[Arc<TriggerRule>] {
        self.by_lemma.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Every lemma that evokes something, sorted.
    #[must_use]
    pub fn lemmas(&self) -> Vec<&str> {
        let mut lemmas: Vec<&str> = self.by_lemma.keys().map(String::as_str).collect();
        lemmas.sort_unstable();
        lemmas
    }
}

/// How much a rule demands: the more, the more surely it is the right reading.
fn demands(rule: &TriggerRule) -> usize {
    3 * usize::from(rule.with.is_some())
        + 3 * usize::from(rule.with_below.is_some())
        + 3 * usize::from(rule.case.is_some())
        + 2 * rule.also.len()
        + 2 * rule.needs.len()
        + usize::from(rule.reflexive == Some(true))
        + usize::from(rule.passive.is_some())
        + usize::from(rule.only_negated)
        + rule.unless.len()
        + rule.refuses.len()
}

/// The trigger rules of a language, merged from `ontology/*/<code>.toml`.
#[must_use]
pub fn triggers(language: Language) -> &'static Triggers {
    static TRIGGERS: PerLanguage<Triggers> = PerLanguage::new();
    TRIGGERS.of(language, read)
}

fn read(language: Language) -> Triggers {
    let mut rules: Vec<Arc<TriggerRule>> = Vec::new();
    for predicate in Predicate::all() {
        let path = format!("ontology/{}/{}.toml", predicate.id(), language.code());
        let Some(text) = pack::text(&path) else { continue };
        let file: TriggerFile = crate::pack::read(text).unwrap_or_else(|error| panic!("resources/{path}: {error}"));
        for (number, mut rule) in file.trigger.into_iter().enumerate() {
            rule.id = format!("{}/{}#{}", language.code(), predicate.id(), number + 1);
            if let Some(value) = &rule.value {
                rule.id = format!("{}={value}", rule.id);
            }
            rule.predicate = Some(predicate);
            rules.push(Arc::new(rule));
        }
    }
    rules.sort_by_key(|rule| std::cmp::Reverse(demands(rule)));
    let mut triggers = Triggers::default();
    for rule in &rules {
        for lemma in &rule.words {
            triggers.by_lemma.entry(lemma.clone()).or_default().push(Arc::clone(rule));
        }
    }
    triggers
}

#[cfg(test)]
mod tests {
    use super::{frame_words, triggers};
    use crate::{Language, Predicate};

    #[test]
    fn every_language_has_its_frame_words_and_rules() {
        for language in Language::all() {
            let words = frame_words(language);
            let rules = triggers(language);
            // A pack may come before its triggers, but what it has must be sound.
            for lemma in rules.lemmas() {
                for rule in rules.of(lemma) {
                    let conditions = rule.with.iter().chain(&rule.also).chain(&rule.unless).chain(&rule.needs);
                    for condition in conditions {
                        assert!(condition.contains('='), "{}: {condition} lacks its value", rule.id);
                    }
                    for other in [&rule.negated_as, &rule.state].into_iter().flatten() {
                        assert!(Predicate::from_id(other).is_some(), "{}: no predicate {other}", rule.id);
                    }
                }
            }
            assert!(rules.lemmas().is_empty() || !words.locatives.is_empty(), "{}", language.code());
        }
    }
}
