//! Factuality: did it happen, how sure is the text, in which world.
//!
//! The walk goes from the trigger up the tree. The trigger's own clause gives tense and negation; every governing
//! word that the tables know changes what it governs (FactBank's levels; implicative verbs after Karttunen 1971).

mod local;
mod operators;

use crate::attribution::{Attribution, Voices};
use crate::claim::{Certainty, Factuality, Polarity, Realis, RuleId};
use crate::reading::{Reading, WordAt};
use local::{Clause, Local, has};
use vigie_resources::{factuality_words, frame_words};
use vigie_syntax::{Parse, Relation, Upos};

/// Whether the event at `trigger` happened, as its sentence and its speakers tell it; and the rules that decided.
#[must_use]
pub fn factuality(reading: &Reading, trigger: WordAt, voices: &Voices) -> (Factuality, Vec<RuleId>) {
    let parse = reading.parse(trigger.sentence);
    let clause = Clause {
        parse,
        words: factuality_words(reading.language()),
        frames: frame_words(reading.language()),
        reflexive: &frame_words(reading.language()).reflexive,
        active: &frame_words(reading.language()).active_auxiliaries,
    };
    let mut walk = Walk {
        parse,
        clause,
        voices,
        trigger,
        state: State { negative: false, certainty: Certainty::Certain, realis: Realis::Actual },
        rules: Vec::new(),
        cue_met: false,
        top: trigger.word,
    };
    walk.climb();
    walk.spoken();
    walk.asked();
    walk.long_ago(reading);
    let state = walk.state;
    let polarity = if state.negative { Polarity::Negative } else { Polarity::Positive };
    (Factuality { polarity, certainty: state.certainty, realis: state.realis }, walk.rules)
}

#[derive(Debug, Clone, Copy)]
struct State {
    negative: bool,
    certainty: Certainty,
    realis: Realis,
}

struct Walk<'a> {
    parse: &'a Parse,
    clause: Clause<'a>,
    voices: &'a Voices,
    trigger: WordAt,
    state: State,
    rules: Vec<RuleId>,
    /// A word of saying has already been taken into account.
    cue_met: bool,
    /// Where the walk ended.
    top: usize,
}

/// The stronger of two worlds: what is imagined stays imagined.
fn farther(a: Realis, b: Realis) -> Realis {
    a.max(b)
}

impl Walk<'_> {
    fn rule(&mut self, name: &str) {
        self.rules.push(format!("factuality/{name}").into());
    }

    /// The state of a governed clause under the clause around it; its denial counts only with `negation`.
    fn under(&mut self, local: Local, negation: bool) {
        if negation && local.negative {
            self.state.negative = !self.state.negative;
            self.rule("negation");
        }
        if local.realis > Realis::Historical {
            self.rule("tense");
        }
        self.state.realis = farther(self.state.realis, local.realis);
        self.state.certainty = self.state.certainty.max(local.certainty);
    }

    fn climb(&mut self) {
        let mut at = self.trigger.word;
        if self.clause.is_clause(at) {
            let local = self.own(at);
            self.under(local, true);
        } else if self.clause.noun_denied(at) {
            self.state.negative = true;
            self.rule("negation");
        }
        self.modifiers(at);
        self.helpers(at);
        let mut marked = false;
        // The tree has no more levels than words.
        for _ in 0..self.parse.words.len() {
            self.top = at;
            let Some(head) = self.parse.words[at].head.map(|h| h as usize) else {
                // A conditional clause that the parser took for the main one; what is due to be.
                if !marked && self.clause.marker(at).is_some_and(|m| matches!(m.id.as_str(), "condition" | "appointed"))
                {
                    self.apply_marker(at, at);
                }
                return;
            };
            match self.step(at, head, &mut marked) {
                Some(next) => at = next,
                None => return,
            }
        }
    }

    /// The clause by itself. After a verb of saying in the past the conditional is only the future of then.
    fn own(&mut self, at: usize) -> Local {
        let mut local = self.clause.local(at);
        if local.conditional && self.reported_in_past(at) {
            local.realis = Realis::Future;
            local.certainty = Certainty::Certain;
        }
        // "aurait pris …, si l'on en croit X": the condition only names the source.
        let believed = |c: usize| {
            let cue = WordAt { word: c, ..self.trigger };
            self.voices.by_cue(cue).is_some_and(|a| a.rule == "attribution/believed")
        };
        if local.past_conditional && self.parse.children(at).any(believed) {
            local.realis = Realis::Actual;
        }
        local
    }

    fn reported_in_past(&self, at: usize) -> bool {
        let Some(head) = self.parse.words[at].head.map(|h| h as usize) else { return false };
        let relation = self.parse.words[at].deprel.base;
        if relation == Relation::Conj {
            return self.reported_in_past(head) && head != at;
        }
        let cue = WordAt { word: head, ..self.trigger };
        relation == Relation::Ccomp && self.voices.by_cue(cue).is_some() && {
            let local = self.clause.local(head);
            local.completed || local.imperfect
        }
    }

    /// One step up; `None` where the world of the clause is its own.
    fn step(&mut self, at: usize, head: usize, marked: &mut bool) -> Option<usize> {
        let relation = self.parse.words[at].deprel.base;
        let finite = self.clause.finite(at).is_some();
        let nominal = !self.clause.is_clause(at);
        let cue = WordAt { word: self.cue_of(at).unwrap_or(head), ..self.trigger };
        let head = cue.word;
        if let Some(attribution) = self.voices.by_cue(cue)
            && !matches!(relation, Relation::Conj | Relation::Nsubj | Relation::Obl)
            && self.said(attribution)
        {
            // "if X fell, famine would follow, says Y": the condition stands inside what is said.
            if relation == Relation::Advcl && !*marked && self.marker(at) == Some("condition") {
                *marked = self.apply_marker(at, head);
            }
            self.report(attribution, head);
            return None;
        }
        if relation == Relation::Conj {
            // A verb without its own auxiliary shares tense and denial with the verb it is coordinated with.
            if !nominal && !finite && self.clause.is_clause(head) && !self.clause.infinitive(at) {
                let local = self.own(head);
                self.under(local, true);
            }
            if !nominal && !finite {
                *marked = *marked || self.marker(at).is_some_and(|m| m != "condition") && self.apply_marker(at, head);
            }
            return Some(head);
        }
        let form = if nominal {
            "noun"
        } else if self.clause.infinitive(at) {
            "inf"
        } else {
            "that"
        };
        if let Some(operator) = self.operator(at, head, form) {
            let perfect = self.clause.perfect_infinitive(at);
            let local = self.own(head);
            self.apply(operator, local, perfect);
            self.helpers(head);
            return Some(head);
        }
        if !*marked && self.apply_marker(at, head) {
            // The head may be the noun of the marker itself ("au lieu de"): it marks once.
            *marked = true;
            return self.follows(at).then_some(head);
        }
        *marked = false;
        match relation {
            // "fait sortir", "reste encerclée": a verb that no table knows carries its infinitive along.
            Relation::Xcomp | Relation::Ccomp | Relation::Csubj if !finite => {
                let local = self.own(head);
                self.under(local, true);
                self.helpers(head);
                Some(head)
            }
            Relation::Ccomp | Relation::Csubj => Some(head),
            // Participles and gerunds belong to the world of their main clause.
            Relation::Advcl if !finite && !nominal => {
                let local = self.own(head);
                self.under(local, false);
                self.helpers(head);
                Some(head)
            }
            // "au cas où": the clause hangs on the noun of its marker.
            Relation::Acl if finite && self.clause.marker(head).is_some_and(|m| m.id == "condition") => {
                self.apply_marker(head, head);
                None
            }
            // An infinitive under a noun is what one may do, unless it is told as done.
            Relation::Acl if self.clause.infinitive(at) && self.parse.words[head].upos == Upos::Noun => {
                if !self.clause.perfect_infinitive(at) {
                    self.state.realis = farther(self.state.realis, Realis::Hypothetical);
                    self.rule("infinitive-of-noun");
                }
                None
            }
            Relation::Nmod if nominal && has(&self.clause.words.clause.quantities, &self.parse.words[head].lemma) => {
                if self.clause.noun_denied(head) {
                    self.state.negative = !self.state.negative;
                    self.rule("negation");
                }
                Some(head)
            }
            // "pourrait remporter une victoire", but not "pourrait condamner l'attaque": a definite noun is taken for
            // granted, an indefinite one is as real as its verb.
            Relation::Obj | Relation::Obl
                if nominal
                    && self.clause.is_clause(head)
                    && self.clause.is_indefinite(at)
                    && (relation == Relation::Obj || self.is_denied_object(at, head)) =>
            {
                let local = self.own(head);
                self.under(local, true);
                self.helpers(head);
                Some(head)
            }
            Relation::Aux | Relation::Cop | Relation::Fixed | Relation::Flat => Some(head),
            _ => None,
        }
    }

    /// The word of saying whose content begins with this clause, whatever the parser hung the clause on.
    fn cue_of(&self, at: usize) -> Option<usize> {
        let first = self
            .parse
            .children(at)
            .filter(|&c| {
                c < at
                    && matches!(
                        self.parse.words[c].deprel.base,
                        Relation::Aux | Relation::Cop | Relation::Mark | Relation::Expl
                    )
            })
            .min()
            .unwrap_or(at);
        let start = self.parse.words[first].span.start();
        let around = self.voices.around(WordAt { word: at, ..self.trigger });
        let said = around
            .into_iter()
            .rev()
            .find(|a| a.rule == "attribution/clause" && a.content.first().is_some_and(|c| c.start() == start))?;
        said.cue.filter(|c| c.sentence == self.trigger.sentence && c.word < first).map(|c| c.word)
    }

    fn marker(&self, at: usize) -> Option<&'static str> {
        self.clause.marker(at).map(|m| m.id.as_str())
    }

    fn follows(&self, at: usize) -> bool {
        self.clause.marker(at).is_some_and(|m| m.follows || m.negative)
    }

    fn said(&self, attribution: &Attribution) -> bool {
        let span = self.parse.words[self.trigger.word].span;
        attribution.content.iter().any(|c| c.contains(span))
    }

    /// What the word of saying makes of what is said.
    fn report(&mut self, attribution: &Attribution, cue: usize) {
        let local = self.clause.local(cue);
        self.cue_met = true;
        self.colour(attribution);
        if attribution.denies {
            // "n'a pas démenti que": nobody knows.
            if local.negative {
                self.state.certainty = Certainty::Possible;
            } else {
                self.state.negative = !self.state.negative;
            }
            self.rule("denial");
        } else if local.negative && !attribution.event {
            self.state.certainty = Certainty::Possible;
            self.rule("not-said");
        }
    }

    fn colour(&mut self, attribution: &Attribution) {
        if attribution.certainty != Certainty::Certain {
            self.state.certainty = self.state.certainty.max(attribution.certainty);
            self.rule("certainty-of-saying");
        }
        if let Some(realis) = attribution.realis
            && self.state.realis == Realis::Actual
        {
            self.state.realis = realis;
            self.rule("world-of-saying");
        }
    }

    /// An inserted word of saying or a source phrase stands beside the clause and not above it.
    fn spoken(&mut self) {
        if self.cue_met || self.parse.words[self.top].head.is_some() && self.is_aside() {
            return;
        }
        let around = self.voices.around(self.trigger);
        if let Some(attribution) = around.last()
            && attribution.certainty != Certainty::Certain
            && attribution.rule != "attribution/clause"
        {
            let attribution = (*attribution).clone();
            self.colour(&attribution);
        }
    }

    /// The walk ended at a relative clause or another clause that is told beside the main one.
    fn is_aside(&self) -> bool {
        matches!(
            self.parse.words[self.top].deprel.base,
            Relation::Acl | Relation::Amod | Relation::Nmod | Relation::Appos
        )
    }

    fn asked(&mut self) {
        let last = self.parse.words.iter().rev().find(|w| w.form != "\"" && w.form != "»" && w.form != "”");
        let main = self.parse.words[self.top].head.is_none();
        if main && !self.cue_met && last.is_some_and(|w| w.form == self.clause.words.clause.question.as_str()) {
            self.state.certainty = Certainty::Possible;
            self.state.realis = farther(self.state.realis, Realis::Hypothetical);
            self.rule("question");
        }
    }

    /// "denounced a breach of the accord of 1974": the year of what a verb is about is not the year of the verb. (That of a
    /// circumstance is: "killed in the attack of 2015".)
    fn is_of_another(&self, year: usize) -> bool {
        let trigger = self.trigger.word;
        let verbal = matches!(self.parse.words[trigger].upos, Upos::Verb | Upos::Aux);
        let path = std::iter::once(year).chain(crate::phrase::governors(self.parse, year));
        let top = path.take_while(|&w| w != trigger).last();
        let about =
            |w: usize| matches!(self.parse.words[w].deprel.base, Relation::Obj | Relation::Nsubj | Relation::Iobj);
        verbal && top.is_some_and(about)
    }

    /// A year before that of publication, beside the trigger, puts an event into the background.
    fn long_ago(&mut self, reading: &Reading) {
        let Some(published) = reading.published else { return };
        if self.state.realis != Realis::Actual {
            return;
        }
        let since = &self.clause.words.clause.since;
        let near = crate::phrase::subtree(self.parse, self.trigger.word, |w| {
            !(self.clause.is_clause(w) && self.parse.words[w].deprel.base != Relation::Xcomp)
        });
        let old = near.iter().any(|&w| {
            let word = &self.parse.words[w];
            let year = word.form.parse::<i16>().ok().filter(|_| word.form.len() == 4);
            let lasts = std::iter::once(w)
                .chain(crate::phrase::governors(self.parse, w))
                .take(2)
                .any(|g| crate::phrase::case_of(self.parse, g).is_some_and(|m| has(since, m)));
            year.is_some_and(|y| {
                (1900..published.year()).contains(&y) && !(y + 1 == published.year() && published.month() <= 3)
            }) && !lasts
                && !self.is_of_another(w)
        });
        // "ten years after the fall of X": what lies so far back is background.
        let after = self.parse.children(self.trigger.word).any(|c| {
            c > 0
                && c < self.trigger.word
                && matches!(self.parse.words[c].deprel.base, Relation::Case | Relation::Mark)
                && has(&self.clause.words.clause.long_spans, &self.parse.words[c - 1].lemma)
        });
        if old || after {
            self.state.realis = Realis::Historical;
            self.rule("long-ago");
        }
    }
}
