//! The rules of `[[expression]]`, compiled once for a language: phrases become numbers of words, and every pattern is
//! filed under the words that it can begin with.

use super::pattern::{Accept, Lexicon, Pattern, Phrase, pattern};
use super::token::{Vocabulary, WordId};
use crate::claim::RuleId;
use std::collections::BTreeMap;
use vigie_resources::{ExpressionRule, Language, PerLanguage, TimeFile, number_file, time_file};

/// A rule with its conditions.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) file: &'static ExpressionRule,
    pub(super) after: Vec<Phrase>,
    pub(super) not_after: Vec<Phrase>,
    pub(super) not_before: Vec<Phrase>,
}

/// The rules of one language.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) vocabulary: Vocabulary,
    pub(super) rules: Vec<Rule>,
    pub(super) patterns: Vec<Pattern>,
    pub(super) classes: Vec<(&'static str, Lexicon)>,
    /// Number words with their values.
    pub(super) cardinals: BTreeMap<WordId, Vec<(Phrase, u64)>>,
    pub(super) multipliers: BTreeMap<WordId, u64>,
    pub(super) and: Vec<WordId>,
    pub(super) half: Vec<WordId>,
    /// Endings of ordinals in figures.
    pub(super) ordinal_endings: Vec<WordId>,
    /// The words of single ASCII signs.
    pub(super) signs: Vec<WordId>,
    /// Month first in dates in figures.
    pub(super) month_first: bool,
    /// Words of the past and of what is to come.
    pub(super) past: Vec<bool>,
    pub(super) future: Vec<bool>,
    pub(super) passive: Vec<WordId>,
    /// Words right before an expression that is a last day or the earliest possible one.
    pub(super) deadline: Vec<Phrase>,
    pub(super) earliest: Vec<Phrase>,
    /// Names of months and weekdays.
    pub(super) proper: Vec<bool>,
    pub(super) cues: &'static vigie_resources::CueWords,
    /// Patterns by the number of their first word.
    by_word: Vec<Vec<u32>>,
    /// Words that never are an expression alone: an unknown word behind them ends the search.
    needs_more: Vec<bool>,
    /// Patterns that begin with figures, by the number of places.
    by_figures: [Vec<u32>; 7],
    /// The classes of days and ordinals in words.
    pub(super) day_class: Option<usize>,
    pub(super) ordinal_class: Option<usize>,
    /// The names of the rules as results give them.
    pub(super) ids: Vec<RuleId>,
}

impl Rules {
    /// The rules of a language; none when its file has none.
    pub(super) fn of(language: Language) -> &'static Self {
        static ALL: PerLanguage<Rules> = PerLanguage::new();
        ALL.of(language, Self::compile)
    }

    fn compile(language: Language) -> Self {
        let file = time_file(language);
        let numbers = number_file(language);
        let mut words = Vocabulary::default();
        let classes = classes(file, &mut words);
        let phrases =
            |words: &mut Vocabulary, list: &[String]| list.iter().map(|p| words.intern_phrase(p)).collect::<Vec<_>>();
        let single = |words: &mut Vocabulary, list: &[String]| list.iter().map(|w| words.intern(w)).collect::<Vec<_>>();
        let mut rules = Vec::new();
        let mut patterns = Vec::new();
        for (index, rule) in file.expression.iter().enumerate() {
            for text in &rule.pattern {
                patterns.push(pattern(index, text, &classes, &mut words));
            }
            rules.push(Rule {
                file: rule,
                after: phrases(&mut words, &rule.after),
                not_after: phrases(&mut words, &rule.not_after),
                not_before: phrases(&mut words, &rule.not_before),
            });
        }
        let mut cardinals: BTreeMap<WordId, Vec<(Phrase, u64)>> = BTreeMap::new();
        for (value, forms) in &numbers.cardinal {
            let value: u64 = value.parse().expect("cardinals are keyed by their value");
            for form in forms {
                let phrase = words.intern_phrase(form);
                cardinals.entry(phrase[0]).or_default().push((phrase, value));
            }
        }
        cardinals.values_mut().for_each(|list| list.sort_by_key(|(p, _)| std::cmp::Reverse(p.len())));
        let multipliers = numbers
            .multiplier
            .iter()
            .flat_map(|(value, forms)| {
                let value = value.parse().expect("multipliers are keyed by their value");
                forms.iter().map(move |form| (form, value))
            })
            .map(|(form, value)| (words.intern(form), value))
            .collect();
        let and = single(&mut words, &numbers.and);
        let half = single(&mut words, &numbers.half);
        let endings: Vec<String> =
            file.class.get("ordinal-ending").into_iter().flat_map(|c| c.values().flatten().cloned()).collect();
        let ordinal_endings = single(&mut words, &endings);
        let signs = (0..128_u8)
            .map(|b| if b.is_ascii_punctuation() { words.intern(char::from(b).encode_utf8(&mut [0; 4])) } else { 0 })
            .collect();
        let past = single(&mut words, &file.cue.past);
        let future = single(&mut words, &file.cue.future);
        let passive = single(&mut words, &file.cue.passive);
        let deadline = phrases(&mut words, &file.cue.deadline);
        let earliest = phrases(&mut words, &file.cue.earliest);
        let names = |(name, _): &&(&str, Lexicon)| matches!(*name, "month" | "weekday" | "weekdays");
        let proper: Vec<WordId> = classes.iter().filter(names).flat_map(|(_, c)| c.firsts()).collect();
        let class = |name: &str| classes.iter().position(|(n, _)| *n == name);
        let (day_class, ordinal_class) = (class("day"), class("ordinal"));
        let ids =
            rules.iter().map(|r: &Rule| RuleId::from(format!("{}/timex#{}", language.code(), r.file.id))).collect();
        let mut compiled = Self {
            rules,
            patterns,
            classes,
            cardinals,
            multipliers,
            and,
            half,
            ordinal_endings,
            signs,
            month_first: file.date_order == "mdy",
            past: marks(&past, words.len()),
            future: marks(&future, words.len()),
            passive,
            deadline,
            earliest,
            proper: marks(&proper, words.len()),
            cues: &file.cue,
            by_word: vec![Vec::new(); words.len()],
            needs_more: vec![true; words.len()],
            by_figures: Default::default(),
            day_class,
            ordinal_class,
            ids,
            vocabulary: words,
        };
        compiled.index();
        compiled
    }

    /// The patterns that can begin with a word.
    pub(super) fn beginning(&self, word: WordId) -> &[u32] {
        &self.by_word[usize::from(word)]
    }

    /// The patterns that can begin with figures of so many places.
    pub(super) fn beginning_with_figures(&self, places: usize) -> &[u32] {
        &self.by_figures[places.min(6)]
    }

    /// This word is no expression alone.
    pub(super) fn needs_more(&self, word: WordId) -> bool {
        self.needs_more[usize::from(word)]
    }

    fn index(&mut self) {
        for (index, pattern) in self.patterns.iter().enumerate() {
            let index = index as u32;
            for (place, element) in pattern.elements.iter().enumerate() {
                let alone = pattern.elements[place + 1..].iter().all(|e| e.optional);
                let mut file = |word: WordId, single: bool| {
                    // An expression does not begin with a comma.
                    if word == self.signs[usize::from(b',')] {
                        return;
                    }
                    if alone && single {
                        self.needs_more[usize::from(word)] = false;
                    }
                    let list = &mut self.by_word[usize::from(word)];
                    if list.last() != Some(&index) {
                        list.push(index);
                    }
                };
                let lexicon = |class: Option<usize>, file: &mut dyn FnMut(WordId, bool)| {
                    let Some(class) = class else { return };
                    for (first, phrases) in self.classes[class].1.phrases() {
                        file(*first, phrases.iter().any(|(p, _)| p.len() == 1));
                    }
                };
                match &element.accept {
                    Accept::Literal(phrases) => phrases.iter().for_each(|p| file(p[0], p.len() == 1)),
                    Accept::Class(class) => lexicon(Some(*class), &mut file),
                    Accept::Number => {
                        self.cardinals.keys().chain(self.multipliers.keys()).for_each(|w| file(*w, true));
                    }
                    Accept::Day => lexicon(self.day_class, &mut file),
                    Accept::Ordinal => lexicon(self.ordinal_class, &mut file),
                    _ => {}
                }
                for places in element.accept.places() {
                    let list = &mut self.by_figures[places];
                    if list.last() != Some(&index) {
                        list.push(index);
                    }
                }
                if !element.optional {
                    break;
                }
            }
        }
    }
}

fn marks(words: &[WordId], len: usize) -> Vec<bool> {
    let mut marks = vec![false; len];
    words.iter().for_each(|w| marks[usize::from(*w)] = true);
    marks
}

fn classes(file: &'static TimeFile, words: &mut Vocabulary) -> Vec<(&'static str, Lexicon)> {
    file.class
        .iter()
        .map(|(name, table)| {
            let mut lexicon = Lexicon::default();
            for (means, phrases) in table {
                phrases.iter().for_each(|p| lexicon.add(words.intern_phrase(p), means));
            }
            (name.as_str(), lexicon)
        })
        .collect()
}
