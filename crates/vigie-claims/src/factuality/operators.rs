//! Words that decide whether what they govern is so: finding them and applying them.

use super::local::{Local, has};
use super::{Walk, farther};
use crate::claim::{Certainty, Realis};
use vigie_resources::{Denied, Force, Operator};
use vigie_syntax::{Relation, Upos};

impl Walk<'_> {
    /// Modal verbs that the treebank hangs on the verb as auxiliaries.
    pub(super) fn helpers(&mut self, at: usize) {
        let helpers: Vec<usize> = self
            .parse
            .children(at)
            .filter(|&c| self.parse.words[c].deprel.base == Relation::Aux && self.parse.words[c].upos != Upos::Punct)
            .collect();
        for helper in helpers {
            let lemma = self.parse.words[helper].lemma.to_string();
            if let Some((operator, _)) = self
                .clause
                .words
                .operators(&lemma)
                .find(|(o, reflexive)| !reflexive && o.pos != "NOUN" && counts(o, "inf"))
                // What is listed as an auxiliary always counts, and a verb that may be one only if it is known for it.
                && (operator.pos == self.parse.words[helper].upos.as_str()
                    || has(&self.clause.words.clause.going, &lemma)
                    || operator.conditional.is_some())
            {
                let local = self.clause.local(helper);
                // "may have taken": the past is what one may not know.
                let perfect = self.parse.children(at).any(|c| {
                    self.parse.words[c].deprel.base == Relation::Aux
                        && has(self.clause.active, &self.parse.words[c].lemma)
                        && c > helper
                });
                self.apply(operator, local, perfect);
            }
        }
    }

    /// Adjectives and participles of an event noun: "l'attaque prévue", "un éventuel retrait".
    pub(super) fn modifiers(&mut self, noun: usize) {
        if self.parse.words[noun].upos != Upos::Noun {
            return;
        }
        let modifiers: Vec<usize> = self
            .parse
            .children(noun)
            .filter(|&c| {
                matches!(self.parse.words[c].deprel.base, Relation::Amod | Relation::Acl)
                    && self.clause.finite(c).is_none()
                    && !self.clause.infinitive(c)
            })
            .collect();
        for modifier in modifiers {
            let lemma = self.parse.words[modifier].lemma.to_string();
            let form = self.clause.form(modifier);
            let found =
                self.clause.words.operators(&lemma).chain(self.clause.words.operators(&form)).find(|(o, reflexive)| {
                    !reflexive && o.pos != "NOUN" && counts(o, "noun") && o.negated != Denied::Open
                });
            if let Some((operator, _)) = found {
                let local = Local { completed: false, ..self.clause.local(modifier) };
                self.apply(operator, local, false);
            }
        }
    }

    /// The governing word, if the tables know it in this form and relation.
    pub(super) fn operator(&self, at: usize, head: usize, form: &str) -> Option<&'static Operator> {
        let word = &self.parse.words[at];
        let marker = self.clause.plain_marker(at);
        let plain = marker.as_deref().is_none_or(|m| has(&self.clause.words.clause.plain, m));
        let governed = match word.deprel.base {
            Relation::Xcomp | Relation::Ccomp | Relation::Csubj | Relation::Obj | Relation::Acl | Relation::Dep => true,
            Relation::Advcl | Relation::Obl | Relation::Nmod | Relation::Iobj => at > head,
            // What is planned or prevented may be the subject of the passive.
            Relation::Nsubj => word.deprel.sub == "pass",
            _ => false,
        };
        if !governed || (word.deprel.base == Relation::Acl && form == "that") {
            return None;
        }
        let head = self.noun_before(at, form).unwrap_or(head);
        let lemma = &self.parse.words[head].lemma;
        let surface = self.clause.form(head);
        let reflexive = self.parse.children(head).any(|c| {
            let child = &self.parse.words[c];
            child.feats.get("Reflex") == Some("Yes") || self.clause.reflexive.iter().any(|r| *r == child.lemma)
        });
        let words = self.clause.words;
        let found = words.operators(lemma).chain(words.operators(&surface)).find(|(o, needs)| {
            let through = marker.as_deref().is_some_and(|m| has(&o.through, m));
            (!needs || reflexive)
                && (o.pos.is_empty() || o.pos == self.parse.words[head].upos.as_str())
                && counts(o, form)
                && (plain || through)
                && (o.through.is_empty() || through)
                && !(form == "noun" && word.deprel.base == Relation::Nmod && !self.is_noun_operator(head))
        });
        found.map(|(operator, _)| operator)
    }

    /// "pas de victoire": a denied object with a preposition.
    pub(super) fn is_denied_object(&self, at: usize, head: usize) -> bool {
        self.parse.words[at].deprel.sub == "arg"
            && at > head
            && self.clause.denied(head)
            && self.parse.children(at).all(|c| self.parse.words[c].deprel.base != Relation::Det)
    }

    /// The noun or adjective right before the preposition of an infinitive governs it, whatever the parser says ("les
    /// moyens de briser").
    pub(super) fn noun_before(&self, at: usize, form: &str) -> Option<usize> {
        if form != "inf" {
            return None;
        }
        let mark = self.parse.children(at).find(|&c| c < at && self.parse.words[c].deprel.base == Relation::Mark)?;
        let before = mark.checked_sub(1)?;
        let word = &self.parse.words[before];
        let known = || {
            self.clause.words.operators(&word.lemma).any(|(o, reflexive)| {
                !reflexive && counts(o, "inf") && (o.pos.is_empty() || o.pos == word.upos.as_str())
            })
        };
        (matches!(word.upos, Upos::Noun | Upos::Adj) && known()).then_some(before)
    }

    pub(super) fn is_noun_operator(&self, head: usize) -> bool {
        self.parse.words[head].upos == Upos::Noun
    }

    pub(super) fn apply(&mut self, operator: &Operator, local: Local, perfect: bool) {
        let state = &mut self.state;
        let mut effect = operator.effect;
        if local.completed
            && let Some(completed) = operator.completed
        {
            effect = completed;
        }
        let mut realis = Realis::from_word(&operator.realis).unwrap_or(Realis::Actual);
        let mut certainty = Certainty::from_word(&operator.certainty).unwrap_or(Certainty::Certain);
        let mut local = local;
        if let Some(world) = operator.conditional.as_ref().filter(|_| local.conditional) {
            realis = Realis::from_word(&world.realis).unwrap_or(realis);
            certainty = Certainty::from_word(&world.certainty).unwrap_or(certainty);
            local.realis = Realis::Actual;
            local.certainty = Certainty::Certain;
        }
        if let Some(world) = operator.perfect.as_ref().filter(|_| perfect) {
            realis = Realis::from_word(&world.realis).unwrap_or(realis);
            certainty = certainty.max(Certainty::from_word(&world.certainty).unwrap_or(certainty));
        }
        // What was planned then may have come to nothing.
        if local.imperfect && realis == Realis::Future {
            realis = Realis::Hypothetical;
        }
        match effect {
            Force::Keep => state.negative ^= local.negative,
            Force::Flip if local.negative && operator.negated == Denied::Open => {
                state.realis = farther(state.realis, Realis::Hypothetical);
                state.certainty = Certainty::Possible;
            }
            Force::Flip => {
                state.negative ^= !local.negative;
                state.realis = farther(state.realis, realis);
            }
            Force::Irreal if local.negative => match operator.negated {
                Denied::Negative => {
                    state.negative = !state.negative;
                    // What one does not try, or cannot do, does not happen; what one does not plan is still to come.
                    if realis == Realis::Future {
                        state.realis = farther(state.realis, realis);
                    }
                }
                Denied::Open => {
                    state.realis = farther(state.realis, Realis::Hypothetical);
                    state.certainty = Certainty::Possible;
                }
                Denied::Positive => {}
            },
            Force::Irreal => {
                state.realis = farther(state.realis, realis);
                state.certainty = state.certainty.max(certainty);
            }
            Force::Fact => {
                if local.negative && operator.negated == Denied::Open {
                    state.certainty = Certainty::Possible;
                }
                self.rule(&operator.id);
                return;
            }
        }
        state.realis = farther(state.realis, local.realis);
        state.certainty = state.certainty.max(local.certainty);
        self.rule(&operator.id);
    }

    /// Applies the conjunction or preposition over a clause or noun; false when there is none.
    pub(super) fn apply_marker(&mut self, at: usize, head: usize) -> bool {
        let Some(marker) = self.clause.marker(at) else { return false };
        if self.clause.perfect_infinitive(at) && !marker.negative && !marker.follows {
            // "pour avoir pris": the deed is the reason.
            return true;
        }
        if marker.negative {
            // "without any soldier being killed", where the language denies the soldier too, denies once.
            self.state.negative = self.clause.none_among(at, false) || !self.state.negative;
        }
        if let Some(realis) = Realis::from_word(&marker.realis) {
            self.state.realis = farther(self.state.realis, realis);
        }
        if let Some(certainty) = Certainty::from_word(&marker.certainty) {
            self.state.certainty = self.state.certainty.max(certainty);
        }
        if (marker.follows || marker.negative) && self.clause.is_clause(head) {
            let local = self.own(head);
            self.under(local, false);
            self.helpers(head);
        }
        let id = marker.id.clone();
        self.rule(&id);
        true
    }
}

pub(super) fn counts(operator: &Operator, form: &str) -> bool {
    operator.only.is_empty() || has(&operator.only, form)
}
