//! One clause by itself: tense, mood, negation, adverbs of doubt.

use crate::claim::{Certainty, Realis};
use crate::functions::is_planned;
use crate::phrase::case_of;
use vigie_resources::{ClauseWords, FactualityWords, FrameWords, Marker};
use vigie_syntax::{Parse, Relation, Upos};

/// What a clause says of itself, without the words that govern it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Local {
    pub negative: bool,
    pub certainty: Certainty,
    pub realis: Realis,
    /// A completed past: "a pu", "put".
    pub completed: bool,
    /// In the imperfect: a plan of then.
    pub imperfect: bool,
    /// In the present conditional.
    pub conditional: bool,
    /// In the past conditional.
    pub past_conditional: bool,
}

pub(crate) struct Clause<'a> {
    pub parse: &'a Parse,
    pub words: &'static FactualityWords,
    /// Copulas that plan, among other words of frames.
    pub frames: &'static FrameWords,
    /// Clitics that make a verb reflexive.
    pub reflexive: &'static [String],
    /// Auxiliaries of the active past.
    pub active: &'static [String],
}

pub(crate) fn has(list: &[String], word: &str) -> bool {
    list.iter().any(|l| l == word)
}

impl<'a> Clause<'a> {
    fn c(&self) -> &'static ClauseWords {
        &self.words.clause
    }

    pub(crate) fn form(&self, word: usize) -> String {
        self.parse.words[word].form.to_lowercase().replace('’', "'")
    }

    fn feat(&self, word: usize, key: &str, value: &str) -> bool {
        self.parse.words[word].feats.get(key) == Some(value)
    }

    /// The auxiliaries and copulas of a clause.
    fn helpers(&self, verb: usize) -> impl Iterator<Item = usize> + '_ {
        self.parse.children(verb).filter(|&c| matches!(self.parse.words[c].deprel.base, Relation::Aux | Relation::Cop))
    }

    /// The word that bears tense and mood.
    pub(crate) fn finite(&self, verb: usize) -> Option<usize> {
        self.helpers(verb)
            .find(|&h| self.feat(h, "VerbForm", "Fin"))
            .or_else(|| self.feat(verb, "VerbForm", "Fin").then_some(verb))
    }

    /// An infinitive, present or perfect.
    pub(crate) fn infinitive(&self, verb: usize) -> bool {
        self.finite(verb).is_none()
            && (self.feat(verb, "VerbForm", "Inf") || self.helpers(verb).any(|h| self.feat(h, "VerbForm", "Inf")))
    }

    /// "avoir pris", "être parti".
    pub(crate) fn perfect_infinitive(&self, verb: usize) -> bool {
        self.infinitive(verb)
            && self.feat(verb, "VerbForm", "Part")
            && self.helpers(verb).any(|h| {
                self.feat(h, "VerbForm", "Inf")
                    && self.parse.words[h].deprel.base == Relation::Aux
                    && self.parse.words[h].deprel.sub != "pass"
            })
    }

    /// Is it a verb, or a noun or adjective with a copula?
    pub(crate) fn is_clause(&self, word: usize) -> bool {
        matches!(self.parse.words[word].upos, Upos::Verb | Upos::Aux)
            || self.helpers(word).next().is_some()
            || self.feat(word, "VerbForm", "Part")
    }

    /// What the clause of `verb` says of itself.
    pub(crate) fn local(&self, verb: usize) -> Local {
        let mut local = Local {
            negative: self.denied(verb) != self.nearly(verb),
            certainty: Certainty::Certain,
            realis: Realis::Actual,
            completed: false,
            imperfect: false,
            conditional: false,
            past_conditional: false,
        };
        let planned = is_planned(self.parse, verb, self.frames);
        if planned {
            local.realis = Realis::Future;
        }
        if let Some(finite) = self.finite(verb) {
            let participle = self.feat(verb, "VerbForm", "Part");
            let compound = finite != verb && participle && self.past_auxiliary(verb, finite);
            if self.is_conditional(finite) {
                local.conditional = !compound;
                local.past_conditional = compound;
            } else if planned || self.is_future(finite) {
                local.realis = Realis::Future;
            } else if self.feat(finite, "Mood", "Imp") && finite == verb && self.subjectless(verb) {
                local.realis = Realis::Hypothetical;
            } else if self.feat(finite, "Tense", "Imp") && !compound {
                local.imperfect = true;
            } else {
                local.completed = compound || self.feat(finite, "Tense", "Past");
            }
            if local.past_conditional {
                local.certainty = Certainty::Probable;
                if self.has_condition(verb) {
                    local.realis = Realis::Hypothetical;
                }
            } else if local.conditional {
                local.certainty = Certainty::Probable;
                let lasting = has(&self.c().stative, &self.parse.words[verb].lemma)
                    || self.helpers(verb).any(|h| self.parse.words[h].deprel.base == Relation::Cop);
                if !lasting || self.has_condition(verb) {
                    local.realis = Realis::Hypothetical;
                }
            }
        }
        if let Some(doubt) = self.doubt(verb) {
            local.certainty = local.certainty.max(doubt);
        }
        local
    }

    fn ends(&self, verb: usize, endings: &[String]) -> bool {
        let form = self.form(verb);
        endings.iter().any(|e| form.ends_with(e.as_str()))
    }

    /// Verbs that a tagger has never seen get their tense from their ending.
    fn is_conditional(&self, verb: usize) -> bool {
        self.feat(verb, "Mood", "Cnd") || self.ends(verb, &self.c().conditional_endings)
    }

    fn is_future(&self, verb: usize) -> bool {
        self.feat(verb, "Tense", "Fut") || self.ends(verb, &self.c().future_endings)
    }

    fn subjectless(&self, verb: usize) -> bool {
        self.parse.children(verb).all(|c| self.parse.words[c].deprel.base != Relation::Nsubj)
    }

    /// Does the auxiliary make a past ("aurait pris", "serait parti") and not only a passive ("serait pris")?
    fn past_auxiliary(&self, verb: usize, finite: usize) -> bool {
        let passive = self.parse.words[finite].deprel.sub == "pass";
        !passive || self.helpers(verb).filter(|&h| self.parse.words[h].deprel.base == Relation::Aux).count() > 1
    }

    /// Does the clause stand under a condition of the same sentence?
    fn has_condition(&self, verb: usize) -> bool {
        self.parse.children(verb).any(|c| {
            let w = &self.parse.words[c];
            (w.deprel.base == Relation::Advcl && self.marker(c).is_some_and(|m| m.id == "condition"))
                || (matches!(w.deprel.base, Relation::Obl | Relation::Nmod | Relation::Advmod)
                    && (has(&self.c().condition_nouns, &w.lemma)
                        || self.marker(c).is_some_and(|m| m.id == "condition")))
        })
    }

    /// Adverbs of doubt beside the verb.
    fn doubt(&self, verb: usize) -> Option<Certainty> {
        let near: Vec<(usize, String)> = self.parse.children(verb).map(|w| (w, self.form(w))).collect();
        // A phrase counts where one of its words hangs on the verb.
        let found = |list: &[String]| {
            list.iter().any(|phrase| {
                let parts = || phrase.split(' ').enumerate();
                near.iter().any(|(w, form)| {
                    let begins = |i: usize| w.checked_sub(i);
                    parts()
                        .filter(|(_, part)| part == form)
                        .filter_map(|(i, _)| begins(i))
                        .any(|at| parts().all(|(i, part)| at + i < self.parse.words.len() && self.form(at + i) == part))
                })
            })
        };
        if found(&self.c().possible) {
            Some(Certainty::Possible)
        } else if found(&self.c().probable) {
            Some(Certainty::Probable)
        } else {
            None
        }
    }

    /// Is the clause of `verb` denied?
    pub(crate) fn denied(&self, verb: usize) -> bool {
        let c = self.c();
        let mut near: Vec<usize> = self.parse.children(verb).collect();
        // The particle and the adverb may hang on the auxiliary.
        near.extend(self.helpers(verb).flat_map(|h| self.parse.children(h)).collect::<Vec<_>>());
        near.sort_unstable();
        let particle = near.iter().copied().find(|&w| has(&c.particle, &self.form(w)) && self.is_light(w));
        let softened =
            |w: usize| (w + 1..(w + 2).min(self.parse.words.len())).any(|n| has(&c.softeners, &self.form(n)));
        let adverb = near.iter().copied().find(|&w| {
            self.is_negator(w)
                && matches!(self.parse.words[w].upos, Upos::Adv | Upos::Part | Upos::Noun | Upos::Pron | Upos::Cconj)
                && (particle.is_some() || c.particle.is_empty() || self.form(w) == c.negators[0])
                && !self.is_comparison(w)
        });
        if let Some(adverb) = adverb {
            return !softened(adverb);
        }
        let Some(particle) = particle else {
            return self.none_among(verb, true);
        };
        if self.none_among(verb, false) {
            return true;
        }
        // "ne contrôlent que quelques quartiers" says that they do.
        let restricts = self.restricts(verb, particle);
        !restricts && has(&c.bare_negation, &self.parse.words[verb].lemma)
    }

    /// One of the adverbs that deny, alone or with the word before it ("no longer"); in "le pas de sa porte" it is a noun.
    fn is_negator(&self, word: usize) -> bool {
        let form = self.form(word);
        let named = self.parse.children(word).any(|c| self.parse.words[c].deprel.base == Relation::Det);
        if named && self.parse.words[word].upos == Upos::Noun {
            return false;
        }
        let pair = || word.checked_sub(1).map(|before| format!("{} {form}", self.form(before)));
        has(&self.c().negators, &form) || pair().is_some_and(|pair| has(&self.c().negators, &pair))
    }

    /// "nearly took": an adverb right before the verb says that it did not come to it.
    fn nearly(&self, verb: usize) -> bool {
        let adverb = |&w: &usize| w < verb && has(&self.c().nearly, &self.form(w));
        self.parse.children(verb).filter(adverb).any(|w| {
            (w + 1..verb).all(|between| {
                matches!(self.parse.words[between].upos, Upos::Aux | Upos::Part)
                    && self.parse.words[between].head == Some(verb as u32)
            })
        })
    }

    fn is_light(&self, word: usize) -> bool {
        matches!(self.parse.words[word].upos, Upos::Adv | Upos::Part | Upos::Pron | Upos::Cconj | Upos::Sconj)
    }

    fn restricts(&self, verb: usize, particle: usize) -> bool {
        (particle + 1..self.parse.words.len().min(verb + 8)).any(|w| has(&self.c().restrictors, &self.form(w)))
    }

    /// "plus de 100", "plus forte": a comparison and no denial.
    fn is_comparison(&self, word: usize) -> bool {
        let head = self.parse.words[word].head.map(|h| h as usize);
        head.is_some_and(|h| {
            matches!(self.parse.words[h].upos, Upos::Adj | Upos::Adv | Upos::Num | Upos::Noun) && h > word
        }) && !self.helpers(head.unwrap_or(0)).any(|_| true)
    }

    /// "aucun soldat", "personne", "rien" among the participants.
    pub(super) fn none_among(&self, verb: usize, alone: bool) -> bool {
        let c = self.c();
        self.parse.children(verb).any(|w| {
            let participant = matches!(
                self.parse.words[w].deprel.base,
                Relation::Nsubj | Relation::Obj | Relation::Obl | Relation::Advmod | Relation::Iobj
            );
            if !participant {
                return false;
            }
            let own = has(&c.none, &self.form(w)) && matches!(self.parse.words[w].upos, Upos::Pron | Upos::Adv);
            let determiner = self
                .parse
                .children(w)
                .any(|d| self.parse.words[d].deprel.base == Relation::Det && has(&c.none, &self.form(d)));
            // Where denial needs a particle, the pronoun alone may be a noun ("personne").
            (own && (!alone || c.particle.is_empty())) || determiner
        })
    }

    /// Is the noun itself denied: "aucune attaque", "pas d'attaque", "sans attaque"?
    pub(crate) fn noun_denied(&self, noun: usize) -> bool {
        let c = self.c();
        self.parse.children(noun).any(|d| {
            (self.parse.words[d].deprel.base == Relation::Det && has(&c.none, &self.form(d)))
                || (matches!(self.parse.words[d].deprel.base, Relation::Advmod | Relation::Det)
                    && d < noun
                    && self.form(d) == c.negators[0])
        })
    }

    /// Is the noun new to the text: with an indefinite article, or none but a preposition ("pas de victoire")?
    pub(crate) fn is_indefinite(&self, noun: usize) -> bool {
        let mut determiners =
            self.parse.children(noun).filter(|&d| self.parse.words[d].deprel.base == Relation::Det).peekable();
        let number = self.parse.children(noun).any(|d| self.parse.words[d].deprel.base == Relation::Nummod);
        match determiners.peek() {
            None => !number && self.parse.words[noun].upos == Upos::Noun,
            Some(_) => determiners.any(|d| {
                self.feat(d, "Definite", "Ind") || self.feat(d, "PronType", "Ind") || has(&self.c().none, &self.form(d))
            }),
        }
    }

    /// The marker over a clause or a noun: the longest one whose last word introduces it.
    pub(crate) fn marker(&self, word: usize) -> Option<&'static Marker> {
        let ends: Vec<usize> = self
            .parse
            .children(word)
            .filter(|&c| {
                c < word
                    && matches!(self.parse.words[c].deprel.base, Relation::Mark | Relation::Case | Relation::Advmod)
            })
            .collect();
        let form = if !self.is_clause(word) {
            "noun"
        } else if self.infinitive(word) {
            "inf"
        } else {
            "finite"
        };
        let mut best: Option<(usize, &Marker)> = None;
        for marker in &self.words.marker {
            if !marker.only.is_empty() && !has(&marker.only, form) {
                continue;
            }
            for phrase in &marker.words {
                let parts: Vec<&str> = phrase.split(' ').collect();
                let fits = ends.iter().any(|&end| self.ends_here(end, &parts) || self.begins_here(end, &parts));
                if fits && best.is_none_or(|(length, _)| length < parts.len()) {
                    best = Some((parts.len(), marker));
                }
            }
        }
        best.map(|(_, marker)| marker)
    }

    fn same(&self, word: usize, part: &str) -> bool {
        let form = self.form(word);
        form == part || self.parse.words[word].lemma == part
    }

    fn ends_here(&self, end: usize, parts: &[&str]) -> bool {
        (end + 1)
            .checked_sub(parts.len())
            .is_some_and(|from| parts.iter().enumerate().all(|(i, p)| self.same(from + i, p)))
    }

    fn begins_here(&self, from: usize, parts: &[&str]) -> bool {
        from + parts.len() <= self.parse.words.len() && parts.iter().enumerate().all(|(i, p)| self.same(from + i, p))
    }

    /// The preposition or conjunction right before a clause or noun.
    pub(crate) fn plain_marker(&self, word: usize) -> Option<String> {
        let mark = self.parse.children(word).find(|&c| c < word && self.parse.words[c].deprel.base == Relation::Mark);
        mark.map(|m| self.form(m)).or_else(|| case_of(self.parse, word).map(str::to_owned))
    }
}
