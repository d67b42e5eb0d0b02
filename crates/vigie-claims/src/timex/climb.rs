//! Where a trigger finds its time when none hangs on it: the verbs and nouns above it, one step at a time.

use super::attach::Scene;
use super::clause::{Tense, is_predicate, predicate_of, tense};
use crate::phrase::{case_of, governors, subtree};
use vigie_syntax::{Relation, Upos};

impl Scene<'_> {
    /// The expression that dates the event of a trigger, and how it was found.
    pub(super) fn search(&self, trigger: usize) -> Option<(usize, &'static str)> {
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
                Relation::Advcl if self.opened_by_time(at, up) => true,
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

    /// "On Monday, after rebels had opened fire, the army …": a time that opens the sentence holds for the clause between
    /// it and its verb, unless that clause has an expression of its own ("two days after").
    fn opened_by_time(&self, clause: usize, verb: usize) -> bool {
        let Some(time) = self.on(verb, false) else { return false };
        let words = self.timexes[time].words;
        let begin = subtree(self.parse, clause, |_| true)[0];
        let alone = self.timexes.iter().all(|t| t.words == words || !(words.1..clause).contains(&t.words.0));
        clause < verb && words.1 < begin && words.0 <= 2 && alone
    }

    fn after_or_before_clause(&self, verb: usize) -> bool {
        self.parse.children(verb).any(|c| {
            let word = &self.parse.words[c];
            matches!(word.deprel.base, Relation::Mark | Relation::Case)
                && self.words.apart.iter().any(|w| *w == word.lemma.as_str())
        })
    }
}
