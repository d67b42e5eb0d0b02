//! Which expression of time dates which event, decided on the parse.
//!
//! In this order: what hangs on the trigger itself or inside its noun phrase; what hangs on the verb of its clause;
//! what a verb shares with the verbs that depend on it or are joined to it. A verb of saying keeps its time to itself.

use super::clause::{Tense, Verbs, is_predicate, nearer_verb, predicate_of, tense};
use super::pattern::Grammar;
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

struct Scene<'a> {
    parse: &'a Parse,
    timexes: &'a [Timex],
    hangs: Vec<Option<Hang>>,
    words: &'a TenseWords,
    verbs: Verbs,
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
    })
}

impl<'a> Scene<'a> {
    fn new(reading: &Reading<'a>, timexes: &'a [Timex], sentence: usize) -> Self {
        let parse = reading.parse(sentence);
        let language = reading.language();
        let mut scene =
            Self { parse, timexes, hangs: Vec::new(), words: Grammar::of(language).tense, verbs: Verbs::of(language) };
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
            return Some(Hang { on: verb, raised: None });
        }
        if is_predicate(self.parse, on) {
            return Some(Hang { on, raised: None });
        }
        let clause = predicate_of(self.parse, on);
        // Before the noun that a parser hung it on, or on a name, it can only date the clause.
        let name = self.parse.words[on].upos == Upos::Propn;
        if (on > timex.words.1 || name)
            && !timex.of
            && let Some(clause) = clause
        {
            return Some(Hang { on: clause, raised: None });
        }
        let raised = clause.filter(|_| !timex.of && self.may_rise(on));
        Some(Hang { on, raised })
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
    fn on(&self, word: usize, raised: bool) -> Option<usize> {
        let fits = |i: usize| self.hangs[i].is_some_and(|h| if raised { h.raised == Some(word) } else { h.on == word });
        (0..self.timexes.len()).filter(|&i| fits(i) && self.dates(i)).min_by_key(|&i| {
            let timex = &self.timexes[i];
            (timex.kind == TimexKind::Until, timex.grain, timex.words.0.abs_diff(word), i)
        })
    }

    /// A date that could not be resolved stands on this word.
    fn closed(&self, word: usize) -> bool {
        (0..self.timexes.len()).any(|i| {
            self.hangs[i].is_some_and(|h| h.on == word)
                && !self.timexes[i].anchored
                && self.timexes[i].kind == TimexKind::Date
        })
    }

    /// Inside the phrase of a noun, clauses left out.
    fn inside(&self, noun: usize) -> Option<usize> {
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

    fn search(&self, trigger: usize) -> Option<(usize, &'static str)> {
        self.parse.words.get(trigger)?;
        if let Some(found) = self.on(trigger, false) {
            return Some((found, "own"));
        }
        if self.closed(trigger) {
            return None;
        }
        let verb = is_predicate(self.parse, trigger);
        if !verb && let Some(found) = self.inside(trigger) {
            return Some((found, "phrase"));
        }
        if let Some(found) = self.on(trigger, true) {
            return Some((found, "raised"));
        }
        if verb { self.climb(trigger, "shared") } else { self.noun_time(trigger) }
    }

    /// A noun takes the time of the noun it completes, then of its clause.
    fn noun_time(&self, noun: usize) -> Option<(usize, &'static str)> {
        let mut at = noun;
        for up in governors(self.parse, noun) {
            let word = &self.parse.words[at];
            if is_predicate(self.parse, up) {
                let upper = &self.parse.words[up];
                let said = self.words.saying.iter().any(|v| *v == upper.lemma.as_str());
                let content =
                    matches!(word.deprel.base, Relation::Obj | Relation::Obl | Relation::Ccomp | Relation::Parataxis);
                if said && content || word.deprel.base == Relation::Parataxis {
                    return None;
                }
                // A purpose or a ground need not fall on the day of the act.
                if word.deprel.base == Relation::Obl && self.after_or_before(at) {
                    return None;
                }
                let found = self.on(up, false).or_else(|| self.on(up, true)).or_else(|| self.completed(up));
                if let Some(found) = found {
                    return Some((found, "clause"));
                }
                return if self.closed(up) { None } else { self.climb(up, "shared") };
            }
            if !matches!(
                word.deprel.base,
                Relation::Nmod | Relation::Conj | Relation::Appos | Relation::Flat | Relation::Amod
            ) {
                return None;
            }
            // The noun that it completes: "the truce deal of Wednesday" dates the truce.
            let of_phrase = word.deprel.base == Relation::Nmod || word.deprel.base == Relation::Conj;
            if of_phrase && let Some(found) = self.on(up, false) {
                return Some((found, "phrase"));
            }
            at = up;
        }
        None
    }

    /// The preposition of a phrase says that it lies before or after the clause.
    fn after_or_before(&self, noun: usize) -> bool {
        let Some(case) = case_of(self.parse, noun) else { return false };
        let file = self.words;
        file.apart.iter().any(|w| w == case)
    }

    /// The time of the infinitive that completes a verb ("should resume on Monday"): its subject shares it.
    fn completed(&self, verb: usize) -> Option<usize> {
        let mut at = verb;
        for _ in 0..4 {
            let infinitive = |c: &usize| {
                self.parse.words[*c].deprel.base == Relation::Xcomp
                    && tense(self.parse, *c, self.verbs) == Tense::Infinitive
            };
            at = self.parse.children(at).find(infinitive).filter(|_| !self.sets_apart(at))?;
            if let Some(found) = self.on(at, false).or_else(|| self.on(at, true)).or_else(|| self.conjunct_time(at)) {
                return Some(found);
            }
        }
        None
    }

    /// A verb without a time of its own takes that of the verb it depends on or is joined to.
    fn climb(&self, verb: usize, how: &'static str) -> Option<(usize, &'static str)> {
        let mut at = verb;
        for _ in 0..self.parse.words.len() {
            if let Some(found) = self.conjunct_time(at) {
                return Some((found, how));
            }
            let up = self.parse.words[at].head? as usize;
            let relation = &self.parse.words[at].deprel;
            let own = tense(self.parse, at, self.verbs);
            let unbound = matches!(own, Tense::Infinitive | Tense::Gerund);
            let upper = &self.parse.words[up];
            let keeps = match relation.base {
                Relation::Xcomp => !self.sets_apart(up),
                Relation::Ccomp | Relation::Csubj | Relation::Obj | Relation::Obl => unbound && !self.sets_apart(up),
                Relation::Advcl => unbound && !self.after_or_before_clause(at),
                Relation::Acl => {
                    // A gerund behind a comma belongs to the clause, whatever noun the parser gave it.
                    let comma = at > 0 && self.parse.words[at - 1].upos == Upos::Punct;
                    if own == Tense::Gerund && comma {
                        let clause = predicate_of(self.parse, up)?;
                        if let Some(found) = self.on(clause, false).or_else(|| self.on(clause, true)) {
                            return Some((found, how));
                        }
                        at = clause;
                        continue;
                    }
                    return self.through_noun(at, up, own);
                }
                // An infinitive joined to a finite verb is in truth joined to an infinitive of that verb.
                Relation::Conj if own == Tense::Infinitive && is_predicate(self.parse, up) => {
                    tense(self.parse, up, self.verbs) == Tense::Infinitive || !self.sets_apart(up)
                }
                Relation::Conj if is_predicate(self.parse, up) => {
                    let same = tense(self.parse, up, self.verbs) == own || own == Tense::None;
                    let semicolon = (up..at).any(|w| self.parse.words[w].form == ";");
                    same && !semicolon
                }
                _ => false,
            };
            if !keeps || (upper.upos == Upos::Noun && !is_predicate(self.parse, up)) {
                return None;
            }
            let first_only = relation.base == Relation::Conj;
            let found = self.on(up, false).or_else(|| self.on(up, true));
            // A first conjunct lends its time only when that stands before the second.
            if let Some(found) = found.filter(|&f| !first_only || self.timexes[f].words.0 < at) {
                return Some((found, how));
            }
            if self.closed(up) {
                return None;
            }
            at = up;
        }
        None
    }

    /// An infinitive that completes an event noun falls with it only when the noun names an attempt; it takes the
    /// noun's own time.
    fn through_noun(&self, _verb: usize, noun: usize, own: Tense) -> Option<(usize, &'static str)> {
        if own == Tense::Infinitive { self.on(noun, false).map(|f| (f, "phrase")) } else { None }
    }

    /// A later conjunct without a subject of its own ends the same clause, and its time holds for all of it.
    fn conjunct_time(&self, verb: usize) -> Option<usize> {
        let mut last = None;
        for child in self.parse.children(verb) {
            let joined = self.parse.words[child].deprel.base == Relation::Conj;
            let subject = self.parse.children(child).any(|c| self.parse.words[c].deprel.base == Relation::Nsubj);
            let same = tense(self.parse, child, self.verbs) == tense(self.parse, verb, self.verbs)
                || matches!(tense(self.parse, child, self.verbs), Tense::Participle | Tense::Infinitive | Tense::None);
            // Without an auxiliary of its own the conjunct borrows the first one's ("… killed and five others wounded").
            let borrows = matches!(tense(self.parse, child, self.verbs), Tense::Participle | Tense::None);
            if joined && (!subject || borrows) && same {
                let ends = |f: &usize| self.timexes[*f].words.0 > child;
                last = self.on(child, false).or_else(|| self.on(child, true)).filter(ends).or(last);
            }
        }
        last
    }

    /// A verb whose infinitive lies at another time: a promise, a demand.
    fn sets_apart(&self, verb: usize) -> bool {
        self.words.commissive.iter().chain(&self.words.saying).any(|v| *v == self.parse.words[verb].lemma.as_str())
            && tense(self.parse, verb, self.verbs) == Tense::Past
    }

    fn after_or_before_clause(&self, verb: usize) -> bool {
        self.parse.children(verb).any(|c| {
            let word = &self.parse.words[c];
            matches!(word.deprel.base, Relation::Mark | Relation::Case)
                && self.words.apart.iter().any(|w| *w == word.lemma.as_str())
        })
    }
}
