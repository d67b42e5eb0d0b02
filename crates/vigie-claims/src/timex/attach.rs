//! Which expression of time dates which event, decided on the parse.
//!
//! In this order: what hangs on the trigger itself or inside its noun phrase; what hangs on the verb of its clause;
//! what a verb shares with the verbs that depend on it or are joined to it. A verb of saying keeps its time to itself.

use super::clause::{Verbs, is_predicate, nearer_verb, predicate_of};
use super::words::TimeWords;
use super::{Calendar, Timex, TimexKind};
use crate::claim::{Basis, Period, RuleId};
use crate::phrase::{case_of, governors};
use crate::reading::{Reading, WordAt};
use vigie_resources::TenseWords;
use vigie_syntax::{Parse, Relation, Upos};

/// Where an expression of time hangs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Hang {
    /// The word that it modifies.
    on: usize,
    /// The predicate that it may date as well, when it stands at the end of a phrase and need not belong to it.
    raised: Option<usize>,
}

/// A sentence with its times.
pub(super) struct Scene<'a> {
    pub(super) parse: &'a Parse,
    pub(super) timexes: &'a [Timex],
    hangs: Vec<Option<Hang>>,
    pub(super) words: &'a TenseWords,
    pub(super) verbs: Verbs,
}

/// The time of the event that `trigger` evokes; the rule's id ends in the way it was attached.
#[must_use]
pub fn period_for(
    reading: &Reading,
    timexes: &[Timex],
    trigger: WordAt,
    _calendar: &Calendar,
) -> Option<(Period, RuleId)> {
    if timexes.is_empty() {
        return None;
    }
    let scene = Scene::new(reading, timexes, trigger.sentence);
    let (index, how) = scene.search(trigger.word)?;
    let timex = &timexes[index];
    Some((period(timex)?, RuleId::from(format!("{}@{how}", timex.rule))))
}

/// The day of a statement: what hangs on its cue.
#[must_use]
pub fn said_on(reading: &Reading, timexes: &[Timex], cue: WordAt) -> Option<Period> {
    if timexes.is_empty() {
        return None;
    }
    let scene = Scene::new(reading, timexes, cue.sentence);
    let cued = cue.word;
    let base = scene.parse.words.get(cued)?;
    // A preposition is no clause: the source that it marks may carry the time ("according to a text of Monday").
    let site = if base.upos == Upos::Adp { base.head? as usize } else { cued };
    let direct = scene
        .on(site, false)
        .or_else(|| scene.on(site, true))
        .or_else(|| (base.upos != Upos::Verb).then(|| scene.inside(site)).flatten());
    direct.and_then(|i| period(&timexes[i]))
}

fn period(timex: &Timex) -> Option<Period> {
    let last = timex.last?;
    Some(Period {
        span: Some(timex.span),
        first: timex.first.filter(|_| timex.basis != Basis::Bound),
        last,
        grain: timex.grain,
        basis: timex.basis,
        otherwise: timex.otherwise,
    })
}

impl<'a> Scene<'a> {
    fn new(reading: &Reading<'a>, timexes: &'a [Timex], sentence: usize) -> Self {
        let parse = reading.parse(sentence);
        let language = reading.language();
        let mut scene = Self {
            parse,
            timexes,
            hangs: Vec::new(),
            words: TimeWords::of(language).tense,
            verbs: Verbs::of(language),
        };
        scene.hangs = (0..timexes.len()).map(|i| scene.hang(i)).collect();
        scene
    }

    /// Does this expression date anything at all? Lengths and habits do not, nor do unresolved ones; an unresolved
    /// date still closes the clause it stands in.
    fn dates(&self, index: usize) -> bool {
        let timex = &self.timexes[index];
        timex.anchored && !matches!(timex.kind, TimexKind::Set | TimexKind::Duration)
    }

    fn inside_timex(&self, word: usize) -> Option<usize> {
        self.timexes.iter().position(|t| (t.words.0..=t.words.1).contains(&word))
    }

    fn hang(&self, index: usize) -> Option<Hang> {
        let timex = &self.timexes[index];
        let mut at = timex.head;
        let mut on = governors(self.parse, at).find(|&g| {
            let own = (timex.words.0..=timex.words.1).contains(&g);
            if !own && self.inside_timex(g).is_none() {
                return true;
            }
            at = g;
            false
        })?;
        // Function words carry nothing.
        while matches!(
            self.parse.words[on].deprel.base,
            Relation::Case | Relation::Det | Relation::Aux | Relation::Cop | Relation::Mark
        ) && let Some(up) = self.parse.words[on].head
        {
            on = up as usize;
        }
        if let Some(verb) = nearer_verb(self.parse, timex.words, on, self.verbs).filter(|_| !timex.of) {
            return Some(Hang { on: verb, raised: self.companion(verb) });
        }
        if is_predicate(self.parse, on) {
            return Some(Hang { on, raised: self.companion(on) });
        }
        let clause = predicate_of(self.parse, on);
        // Before the noun that a parser hung it on, or on a name, it can only date the clause; behind a comma at the end
        // of the sentence it dates the whole of it.
        let name = self.parse.words[on].upos == Upos::Propn;
        if name
            && !timex.of
            && self.ends_sentence(timex)
            && let Some(root) = (0..self.parse.words.len()).find(|&w| self.parse.words[w].head.is_none())
            && is_predicate(self.parse, root)
        {
            return Some(Hang { on: root, raised: None });
        }
        if (on > timex.words.1 || name)
            && !timex.of
            && let Some(clause) = clause
        {
            return Some(Hang { on: clause, raised: None });
        }
        let raised = clause.filter(|_| !timex.of && self.may_rise(on));
        Some(Hang { on, raised })
    }

    /// The verb that a bare participle goes with: "took three hills overlooking the town on Sunday" may well be
    /// dated by the time that a parser hung on the participle.
    fn companion(&self, verb: usize) -> Option<usize> {
        let word = &self.parse.words[verb];
        let form = (word.feats.get("VerbForm"), word.feats.get("Tense"));
        let present = matches!(form, (Some("Ger"), _) | (Some("Part"), Some("Pres")));
        let bare = !self.parse.children(verb).any(|c| {
            let relation = self.parse.words[c].deprel.base;
            matches!(relation, Relation::Aux | Relation::Mark | Relation::Nsubj | Relation::Case)
        });
        let beside = matches!(word.deprel.base, Relation::Advcl | Relation::Acl);
        // "struck a force weakened in May": in what state something is tells no event that could have the time alone.
        let state = form == (Some("Part"), Some("Past")) && self.words.states.iter().any(|s| *s == word.lemma.as_str());
        word.head.filter(|_| (present || state) && bare && beside).and_then(|up| predicate_of(self.parse, up as usize))
    }

    /// Does it stand between a comma and the end of the sentence?
    fn ends_sentence(&self, timex: &Timex) -> bool {
        let words = &self.parse.words;
        let comma = timex.words.0.checked_sub(1).is_some_and(|w| words[w].upos == Upos::Punct);
        comma && words[timex.words.1 + 1..].iter().all(|w| w.upos == Upos::Punct)
    }

    /// A phrase out of which a final time may be read with its verb: an object, a subject or a plain complement.
    fn may_rise(&self, noun: usize) -> bool {
        let mut at = noun;
        loop {
            let word = &self.parse.words[at];
            match word.deprel.base {
                Relation::Obj | Relation::Iobj | Relation::Nsubj | Relation::Xcomp => return true,
                Relation::Obl => {
                    return case_of(self.parse, at).is_some() && word.deprel.sub != "mod" || word.upos == Upos::Propn;
                }
                Relation::Nmod | Relation::Appos | Relation::Flat | Relation::Conj => {}
                _ => return false,
            }
            let Some(up) = word.head else { return false };
            at = up as usize;
        }
    }

    /// The best expression that hangs on a word: one that dates, days before months, the nearest.
    pub(super) fn on(&self, word: usize, raised: bool) -> Option<usize> {
        let fits = |i: usize| self.hangs[i].is_some_and(|h| if raised { h.raised == Some(word) } else { h.on == word });
        (0..self.timexes.len()).filter(|&i| fits(i) && self.dates(i)).min_by_key(|&i| {
            let timex = &self.timexes[i];
            (timex.kind == TimexKind::Until, timex.grain, timex.words.0.abs_diff(word), i)
        })
    }

    /// A date that could not be resolved stands on this word.
    pub(super) fn closed(&self, word: usize) -> bool {
        (0..self.timexes.len()).any(|i| {
            self.hangs[i].is_some_and(|h| h.on == word)
                && !self.timexes[i].anchored
                && self.timexes[i].kind == TimexKind::Date
        })
    }

    /// Inside the phrase of a noun, clauses left out.
    pub(super) fn inside(&self, noun: usize) -> Option<usize> {
        let below = |mut at: usize| {
            for _ in 0..8 {
                if at == noun {
                    return true;
                }
                let word = &self.parse.words[at];
                let participle =
                    word.deprel.base == Relation::Acl && word.deprel.sub != "relcl" && word.upos != Upos::Verb;
                if !(participle || matches!(word.deprel.base, Relation::Nmod | Relation::Amod | Relation::Flat)) {
                    return false;
                }
                match word.head {
                    Some(up) => at = up as usize,
                    None => return false,
                }
            }
            false
        };
        (0..self.timexes.len())
            .filter(|&i| self.dates(i) && self.hangs[i].is_some_and(|h| below(h.on)))
            .min_by_key(|&i| (self.timexes[i].grain, self.timexes[i].words.0.abs_diff(noun), i))
    }
}
