//! Where a trigger rule finds its participants: slots such as `subj`, `w` (the support word), `w.de`, `light`, `obj=place`.

mod carrier;
mod note;

use crate::functions::{Functions, governs, marker};
use vigie_resources::{FrameWords, TriggerRule};
use vigie_syntax::{Parse, Relation, Upos};

pub use carrier::{Carrier, carries};
use carrier::{carrier_below, carrier_beside, carrier_of};

/// The slot of the place that the heading names; it holds only where the trigger has no subject of its own.
pub const TOPIC: &str = "topic";

/// Answers what sort of thing a word stands for; the slots ask, the scene knows.
pub trait Kinds {
    /// Is the phrase headed by `word` of this kind (`place`, `actor`, `armed`, `people` …)?
    fn is(&self, word: usize, kind: &str) -> bool;

    /// Is what the verb or noun `word` tells denied?
    fn is_denied(&self, word: usize) -> bool;
}

/// One trigger word in its clause, as far as a rule can see it.
#[derive(Debug, Clone)]
pub struct Site<'a> {
    /// The parse of the sentence.
    pub parse: &'a Parse,
    /// The trigger word.
    pub trigger: usize,
    /// Its functions.
    pub functions: Functions,
    /// The verb that carries it, for an event noun.
    pub carrier: Option<Carrier>,
    /// The participle below the noun that tells who does it, where the carrier is another verb.
    below: Option<Carrier>,
    words: &'a FrameWords,
}

/// The support words that a rule asked for.
#[derive(Debug, Clone, Default)]
pub struct Support {
    /// The word in `with`, and its functions.
    pub word: Option<(usize, Functions)>,
    /// The word in `with_below`, and its functions.
    pub below: Option<(usize, Functions)>,
}

fn lemma_is(parse: &Parse, word: usize, options: &str) -> bool {
    let w = &parse.words[word];
    // Aircraft are called after storms ("Tornados", "two Tornado"): a proper name of several things is no common noun.
    let several = || {
        w.feats.get("Number") == Some("Plur")
            || parse.children(word).any(|c| parse.words[c].deprel.base == Relation::Nummod)
    };
    let called = w.upos == Upos::Propn && several();
    options.split('|').any(|o| o == "any" || w.lemma == o || !called && w.lemma.to_lowercase() == o)
}

impl<'a> Site<'a> {
    /// The site of a trigger word.
    #[must_use]
    pub fn of(parse: &'a Parse, trigger: usize, words: &'a FrameWords) -> Self {
        let functions = Functions::of(parse, trigger, words);
        let nominal = matches!(parse.words[trigger].upos, Upos::Noun | Upos::Propn);
        let carrier = if nominal { carrier_of(parse, trigger, words) } else { None };
        let below = if nominal { carrier_below(parse, trigger, words) } else { None };
        let (carrier, below) = if carrier.is_none() { (below, None) } else { (carrier, below) };
        let carrier = carrier.or_else(|| carrier_beside(parse, trigger, words).filter(|_| nominal));
        Self { parse, trigger, functions, carrier, below, words }
    }

    /// The verbs that tell who takes part in what an event noun tells.
    fn carriers(&self) -> impl Iterator<Item = &Carrier> {
        self.carrier.iter().chain(&self.below)
    }

    /// The words in a slot; empty when nothing stands there.
    pub fn fill(&self, slot: &str, support: &Support, kinds: &dyn Kinds) -> Vec<usize> {
        let slot = slot.strip_prefix('?').unwrap_or(slot);
        let (path, kind) = slot.split_once('=').map_or((slot, None), |(p, k)| (p, Some(k)));
        if path == TOPIC {
            let supports = support.word.as_ref().map(|(w, _)| *w);
            let headed = self.is_telegraphic(kinds, supports) && kinds.is(self.trigger, TOPIC);
            return if headed { vec![self.trigger] } else { Vec::new() };
        }
        // The support word itself: "blocked the road".
        if path == "w" {
            let word = support.word.as_ref().map(|(w, _)| *w);
            return word.into_iter().filter(|&w| kind.is_none_or(|k| k == "any" || kinds.is(w, k))).collect();
        }
        let mut found = self.path(path, support);
        if let Some(kind) = kind {
            found.retain(|&w| kind == "any" || kinds.is(w, kind));
        }
        let supports = |w: usize| [&support.word, &support.below].into_iter().flatten().any(|(s, _)| *s == w);
        found.retain(|&w| w != self.trigger && !supports(w));
        if path == "within" {
            found.truncate(1);
        }
        found
    }

    fn path(&self, path: &str, support: &Support) -> Vec<usize> {
        if let Some((first, "owner")) = path.rsplit_once('>') {
            return self.path(first, support).into_iter().flat_map(|w| self.owners(w)).collect();
        }
        if path == "w.owner" {
            return support.word.as_ref().map_or_else(Vec::new, |(w, _)| self.owners(*w));
        }
        if let Some((first, rest)) = path.rsplit_once('>') {
            let mut all = Vec::new();
            for word in self.path(first, support) {
                all.extend(slot_of(&Functions::of(self.parse, word, self.words), rest));
            }
            for clause in self.purpose_clauses(first) {
                all.extend(slot_of(&Functions::of(self.parse, clause, self.words), rest));
            }
            return all;
        }
        if let Some(rest) = path.strip_prefix("w.") {
            return support.word.as_ref().map_or_else(Vec::new, |(_, f)| slot_of(f, rest));
        }
        if let Some(rest) = path.strip_prefix("b.") {
            return support.below.as_ref().map_or_else(Vec::new, |(_, f)| slot_of(f, rest));
        }
        if let Some(rest) = path.strip_prefix("light.") {
            let Some(carrier) = &self.carrier else { return Vec::new() };
            return if rest == "place" {
                self.locatives(&carrier.functions)
            } else {
                slot_of(&carrier.functions, rest)
            };
        }
        match path {
            "light" => self.carriers().filter(|c| c.subject_acts).flat_map(|c| c.functions.subject.clone()).collect(),
            "victim" => {
                self.carriers().filter(|c| c.subject_suffers).flat_map(|c| c.functions.subject.clone()).collect()
            }
            "clitic" => self.clitic_places(),
            "name-behind" => self.name_behind().into_iter().collect(),
            "name-before" => self.name_before().into_iter().collect(),
            "head" => self.described(),
            "loc" => self.locatives(&self.functions),
            "clause-subject" | "purpose" => self.clause_subject(),
            "clause-object" => self.clause_object(),
            "person-beside" => self.name_beside(),
            "any-subject" => {
                if self.functions.subject.is_empty() {
                    self.functions.object.clone()
                } else {
                    self.functions.subject.clone()
                }
            }
            "comp.obj" => self.deepest_complement(),
            "clause" => self.clauses(),
            "within" => self.within(),
            "means" => self.means(),
            "each-of" => self.each_of(),
            "governor" => self.governor().into_iter().collect(),
            "subj" if self.parse.words[self.trigger].upos != Upos::Verb && self.functions.subject.is_empty() => {
                self.predicate_subject()
            }
            _ => slot_of(&self.functions, path),
        }
    }

    /// The verb that has the trigger as an object, alone or joined to others ("a fait douze morts et vingt blessés").
    pub(crate) fn governor(&self) -> Option<usize> {
        let mut at = self.trigger;
        while self.parse.words[at].deprel.base == Relation::Conj {
            at = self.parse.words[at].head.map(|h| h as usize).filter(|&h| h < at)?;
        }
        let verb = self.parse.words[at].head.map(|h| h as usize)?;
        let object = self.parse.words[at].deprel.base == Relation::Obj;
        (object && self.parse.words[verb].upos == Upos::Verb).then_some(verb)
    }

    /// What it is done with by a verb of using: "using X" below the trigger, or the trigger as what X is used for.
    fn means(&self) -> Vec<usize> {
        let using = |&verb: &usize| {
            let w = &self.parse.words[verb];
            w.upos == Upos::Verb && self.words.using.iter().any(|u| *u == w.lemma)
        };
        let purpose =
            matches!(self.parse.words[self.trigger].deprel.base, Relation::Advcl | Relation::Xcomp | Relation::Acl);
        let above = self.parse.words[self.trigger].head.map(|h| h as usize).filter(|_| purpose);
        let beside = self.carrier.iter().flat_map(|c| self.parse.children(c.verb));
        let verbs = self.parse.children(self.trigger).chain(above).chain(beside).filter(using);
        verbs.flat_map(|verb| Functions::of(self.parse, verb, self.words).object).collect()
    }

    /// "The leaders of A and B met": those whose people are the subject, where they are several.
    fn each_of(&self) -> Vec<usize> {
        let light = || self.carriers().filter(|c| c.subject_acts).flat_map(|c| c.functions.subject.clone()).collect();
        let subjects: Vec<usize> =
            if self.functions.subject.is_empty() { light() } else { self.functions.subject.clone() };
        let [subject] = subjects[..] else { return Vec::new() };
        let functions = Functions::of(self.parse, subject, self.words);
        let found: Vec<usize> =
            self.words.genitives.iter().flat_map(|of| functions.marked(of).collect::<Vec<_>>()).collect();
        if found.len() > 1 { found } else { Vec::new() }
    }

    /// The clauses that the trigger has as a complement: what is demanded, promised or charged.
    fn clauses(&self) -> Vec<usize> {
        let complement = |&c: &usize| {
            let w = &self.parse.words[c];
            matches!(w.deprel.base, Relation::Ccomp | Relation::Xcomp)
                || (w.upos == Upos::Verb && w.deprel.base == Relation::Obj)
                || self.is_infinitive_behind(c)
        };
        self.parse.children(self.trigger).filter(complement).collect()
    }

    /// Every head of a phrase inside what the trigger is about (its objects, obliques and clauses), in text order, but
    /// not whoever does it.
    fn within(&self) -> Vec<usize> {
        let functions = &self.functions;
        let about = functions.object.iter().copied().chain(functions.obliques.iter().map(|o| o.head));
        let hosts: Vec<usize> = about.chain(self.clauses()).filter(|&h| h > self.trigger).collect();
        let part_of_name = |w: usize| {
            let word = &self.parse.words[w];
            let above = word.head.map(|h| self.parse.words[h as usize].upos);
            matches!(word.deprel.base, Relation::Flat | Relation::Compound) && above == Some(word.upos)
        };
        let mut found: Vec<usize> = hosts
            .iter()
            .flat_map(|&host| crate::phrase::subtree(self.parse, host, |_| true))
            .filter(|&w| matches!(self.parse.words[w].upos, Upos::Noun | Upos::Propn | Upos::Adj) && !part_of_name(w))
            .filter(|w| !functions.subject.contains(w))
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// "urged the army to leave": a parser takes the infinitive that a verb asks for as one of purpose.
    fn is_infinitive_behind(&self, clause: usize) -> bool {
        let w = &self.parse.words[clause];
        clause > self.trigger && w.deprel.base == Relation::Advcl && w.feats.get("VerbForm") == Some("Inf")
    }

    /// Whose a thing or deed is: its possessor, who describes it, and behind the prepositions of belonging and doing.
    #[must_use]
    pub fn owners(&self, noun: usize) -> Vec<usize> {
        let functions = Functions::of(self.parse, noun, self.words);
        let marks = ["poss", "amod", "compound"].into_iter();
        let prepositions = self.words.genitives.iter().chain(&self.words.agents).map(String::as_str);
        let mut found: Vec<usize> =
            marks.chain(prepositions).flat_map(|mark| functions.marked(mark).collect::<Vec<_>>()).collect();
        // "a Daesh weapons cache": whose it is may describe what describes it.
        let common = functions.marked("compound").filter(|&w| self.parse.words[w].upos == Upos::Noun);
        let inner = common.flat_map(|w| slot_of(&Functions::of(self.parse, w, self.words), "mod"));
        found.extend(inner.collect::<Vec<_>>());
        // "a drone fired by X": who did with it what a participle tells.
        let participle =
            |&c: &usize| self.parse.words[c].deprel.base == Relation::Acl && is_bare_participle(self.parse, c);
        for deed in self.parse.children(noun).filter(participle) {
            let own = Functions::of(self.parse, deed, self.words);
            found.extend(own.subject.into_iter().filter(|&w| own.passive && w > deed));
        }
        // "targets belonging to X"
        let belongs = |&c: &usize| self.words.belonging.iter().any(|b| *b == self.parse.words[c].lemma);
        for tie in self.parse.children(noun).filter(|&c| c > noun).filter(belongs) {
            found.extend(Functions::of(self.parse, tie, self.words).obliques.iter().map(|o| o.head));
        }
        found
    }

    /// Phrases of place around the trigger, in the order of the language's list of prepositions.
    fn locatives(&self, functions: &Functions) -> Vec<usize> {
        let mut found: Vec<usize> = functions.marked("where").collect();
        for preposition in &self.words.locatives {
            found.extend(functions.obliques.iter().filter(|o| o.marker == *preposition).map(|o| o.head));
        }
        found
    }

    /// Phrases with the slot's preposition that the parser hung on a proper name or a time beside the trigger
    /// ("expulsée par X le 3 mai de Y"): neither takes such a complement.
    #[must_use]
    pub fn stray(&self, slot: &str, is_time: &dyn Fn(usize) -> bool) -> Vec<usize> {
        let hosts = self.parse.children(self.trigger).filter(|&c| {
            is_time(c) || (self.parse.words[c].upos == Upos::Propn && self.parse.words[c].deprel.base == Relation::Obl)
        });
        let below = |host: usize| {
            let mut found: Vec<usize> = self.parse.children(host).collect();
            let deeper: Vec<usize> = found.iter().flat_map(|&c| self.parse.children(c)).collect();
            found.extend(deeper);
            found
        };
        hosts
            .flat_map(below)
            .filter(|&c| self.parse.words[c].upos == Upos::Propn && marker(self.parse, c) == slot && !is_time(c))
            .collect()
    }

    /// Every phrase that may tell the place of the event when no slot of the rule does, best first.
    #[must_use]
    pub fn circumstances(&self) -> Vec<usize> {
        let mut found = self.locatives(&self.functions);
        for carrier in self.carriers() {
            found.extend(self.locatives(&carrier.functions));
        }
        let carried = self.carrier.iter().map(|c| &c.functions);
        for functions in std::iter::once(&self.functions).chain(carried) {
            let hosts = functions.object.iter().copied().chain(functions.obliques.iter().map(|o| o.head));
            for host in hosts.filter(|&h| h > self.trigger || functions.passive) {
                let inner = Functions::of(self.parse, host, self.words);
                found.extend(self.words.inner_locatives.iter().flat_map(|p| inner.marked(p).collect::<Vec<_>>()));
                // "broke the siege imposed on Kaya"
                let deeds = self.parse.children(host).filter(|&c| self.parse.words[c].deprel.base == Relation::Acl);
                for deed in deeds.filter(|&c| is_bare_participle(self.parse, c)) {
                    found.extend(self.locatives(&Functions::of(self.parse, deed, self.words)));
                }
            }
        }
        // "Police in X arrested": where those are who do it.
        if self.parse.words[self.trigger].upos == Upos::Verb && !self.functions.passive {
            for &subject in self.functions.subject.iter().filter(|&&s| s < self.trigger) {
                let inner = Functions::of(self.parse, subject, self.words);
                found.extend(self.words.inner_locatives.iter().flat_map(|p| inner.marked(p).collect::<Vec<_>>()));
            }
        }
        found
    }

    /// "la ville assiégée de X": the name behind a participle names the noun before it. Of several names only the
    /// first is meant, for the participle may be singular.
    fn name_behind(&self) -> Option<usize> {
        if !is_bare_participle(self.parse, self.trigger) && self.parse.words[self.trigger].upos != Upos::Adj {
            return None;
        }
        let epithet = matches!(self.parse.words[self.trigger].deprel.base, Relation::Acl | Relation::Amod);
        let mut behind = self.functions.obliques.iter().filter(|o| o.head > self.trigger && !o.marker.is_empty());
        behind
            .find(|o| {
                epithet
                    && self.parse.words[o.head].upos == Upos::Propn
                    && !self.words.agents.iter().any(|a| *a == o.marker)
            })
            .filter(|o| !self.words.locatives.iter().any(|l| *l == o.marker))
            .map(|o| o.head)
    }

    /// "Residents of X, taken by the army": the name before a comma and a participle is what the participle describes,
    /// where the noun that the parser chose cannot be.
    fn name_before(&self) -> Option<usize> {
        let comma = self.trigger.checked_sub(1).filter(|&c| self.parse.words[c].upos == Upos::Punct)?;
        let before = comma.checked_sub(1).filter(|&n| self.parse.words[n].upos == Upos::Propn)?;
        let flat = self.parse.words[before].deprel.base == Relation::Flat;
        let name = if flat { self.parse.words[before].head.map_or(before, |h| h as usize) } else { before };
        is_bare_participle(self.parse, self.trigger).then_some(name)
    }

    /// The noun that an adjective, participle or apposition describes.
    fn described(&self) -> Vec<usize> {
        let word = &self.parse.words[self.trigger];
        let Some(head) = word.head.map(|h| h as usize) else { return Vec::new() };
        let nominal = matches!(self.parse.words[head].upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num);
        match word.deprel.base {
            Relation::Amod | Relation::Acl | Relation::Appos | Relation::Nmod if nominal => vec![head],
            Relation::Conj => {
                let up = &self.parse.words[head];
                up.head
                    .map(|h| h as usize)
                    .filter(|_| matches!(up.deprel.base, Relation::Amod | Relation::Acl))
                    .into_iter()
                    .collect()
            }
            // "Assiégée depuis mars, la ville": the participle hangs on the verb and describes its subject.
            Relation::Advcl | Relation::Obl | Relation::Xcomp | Relation::Dislocated => {
                Functions::of(self.parse, head, self.words).subject
            }
            _ => Vec::new(),
        }
    }

    /// Subjects told before the trigger, nearest first, when a clitic before it stands for something ("s'en emparer").
    fn clitic_places(&self) -> Vec<usize> {
        let before = (0..self.trigger).rev().find(|&w| self.parse.words[w].upos != Upos::Aux);
        let stands_before = before.is_some_and(|before| {
            let form = self.parse.words[before].form.to_lowercase();
            self.words.place_clitics.contains(&form)
        });
        if !stands_before {
            return Vec::new();
        }
        (0..self.trigger)
            .rev()
            .filter(|&w| matches!(self.parse.words[w].deprel.base, Relation::Nsubj | Relation::Obj))
            .filter(|&w| self.parse.words[w].upos != Upos::Pron && !self.functions.subject.contains(&w))
            .collect()
    }

    /// The subject of a predicate noun or adjective with a copula.
    fn predicate_subject(&self) -> Vec<usize> {
        self.parse.children(self.trigger).filter(|&c| self.parse.words[c].deprel.base == Relation::Nsubj).collect()
    }

    /// The subject of the clause in which the trigger stands as a circumstance ("après une rencontre").
    fn clause_subject(&self) -> Vec<usize> {
        if !matches!(self.parse.words[self.trigger].deprel.base, Relation::Obl | Relation::Nmod | Relation::Advcl) {
            return Vec::new();
        }
        crate::phrase::governors(self.parse, self.trigger)
            .find(|&g| self.parse.words[g].upos == Upos::Verb)
            .map_or_else(Vec::new, |verb| {
                let functions = Functions::of(self.parse, verb, self.words);
                functions.subject.into_iter().filter(|&s| !governs(self.parse, s, self.trigger)).collect()
            })
    }

    /// "the president of X, Y", "General Y": the name that stands beside a title, below it or above it.
    fn name_beside(&self) -> Vec<usize> {
        let beside = [Relation::Appos, Relation::Flat, Relation::Nmod, Relation::Compound];
        let named = |w: usize| self.parse.words[w].upos == Upos::Propn && marker(self.parse, w).is_empty();
        let word = &self.parse.words[self.trigger];
        let above = word.head.map(|h| h as usize).filter(|&h| beside.contains(&word.deprel.base) && named(h));
        let below = self.parse.children(self.trigger).filter(|&c| {
            let relation = self.parse.words[c].deprel.base;
            c > self.trigger && beside.contains(&relation) && named(c)
        });
        above.into_iter().chain(below).take(1).collect()
    }

    /// The object of the verb on which the trigger hangs as a circumstance ("were killed in an attack").
    fn clause_object(&self) -> Vec<usize> {
        let word = &self.parse.words[self.trigger];
        let Some(verb) = word.head.map(|h| h as usize).filter(|_| word.deprel.base == Relation::Obl) else {
            return Vec::new();
        };
        if self.parse.words[verb].upos == Upos::Verb {
            Functions::of(self.parse, verb, self.words).object
        } else {
            Vec::new()
        }
    }

    fn purpose_clauses(&self, mark: &str) -> Vec<usize> {
        self.parse
            .children(self.trigger)
            .filter(|&c| matches!(self.parse.words[c].deprel.base, Relation::Advcl | Relation::Obl | Relation::Xcomp))
            .filter(|&c| {
                self.parse.children(c).any(|m| {
                    // English takes "when" for an adverb.
                    let adverb = self.parse.words[m].feats.get("PronType") == Some("Int") && m < c;
                    (matches!(self.parse.words[m].deprel.base, Relation::Mark | Relation::Case) || adverb)
                        && self.parse.words[m].lemma == mark
                })
            })
            .collect()
    }

    /// The object of the innermost infinitive: "attendent de pouvoir quitter la ville".
    fn deepest_complement(&self) -> Vec<usize> {
        let mut at = self.trigger;
        for _ in 0..8 {
            let next = self.parse.children(at).find(|&c| {
                matches!(self.parse.words[c].deprel.base, Relation::Xcomp | Relation::Ccomp)
                    || (self.parse.words[c].upos == Upos::Verb
                        && matches!(self.parse.words[c].deprel.base, Relation::Obj | Relation::Advcl | Relation::Obl))
            });
            match next {
                Some(n) => at = n,
                None => break,
            }
        }
        if at == self.trigger { Vec::new() } else { Functions::of(self.parse, at, self.words).object }
    }

    /// Do the conditions of a rule hold here? The support words, or `None` when they do not.
    pub fn matches(&self, rule: &TriggerRule, kinds: &dyn Kinds) -> Option<Support> {
        let word = &self.parse.words[self.trigger];
        if !pos_fits(&rule.pos, word.upos) {
            return None;
        }
        if rule.reflexive.is_some_and(|wanted| wanted != self.functions.reflexive)
            || rule.passive.is_some_and(|wanted| wanted != self.functions.passive)
        {
            return None;
        }
        if let Some(case) = &rule.case
            && marker(self.parse, self.trigger).as_str() != case
        {
            return None;
        }
        let mut support = Support::default();
        if let Some(with) = &rule.with {
            let found = self.with_lemma(with, &support)?;
            support.word = Some((found, Functions::of(self.parse, found, self.words)));
        }
        if let Some(below) = &rule.with_below {
            let (slot, lemmas) = below.split_once('=')?;
            let (_, functions) = support.word.as_ref()?;
            let found = slot_of(functions, slot).into_iter().find(|&w| lemma_is(self.parse, w, lemmas))?;
            support.below = Some((found, Functions::of(self.parse, found, self.words)));
        }
        if rule.also.iter().any(|also| self.with_lemma(also, &support).is_none()) {
            return None;
        }
        if rule.unless.iter().any(|unless| self.with_lemma(unless, &support).is_some()) {
            return None;
        }
        if rule.refuses.iter().any(|refused| !self.fill(refused, &support, kinds).is_empty()) {
            return None;
        }
        // Clauses fill no role, so a rule that needs one asks for it as it asks for a support word.
        let clause = |need: &str| need.starts_with("xcomp=") && self.with_lemma(need, &support).is_some();
        let needs_hold = rule.needs.iter().all(|need| clause(need) || !self.fill(need, &support, kinds).is_empty());
        needs_hold.then_some(support)
    }

    fn with_lemma(&self, condition: &str, support: &Support) -> Option<usize> {
        let (slot, lemmas) = condition.split_once('=')?;
        let mut candidates = self.path(slot, support);
        if slot == "xcomp" {
            candidates.extend(self.parse.children(self.trigger).filter(|&c| {
                let w = &self.parse.words[c];
                matches!(w.deprel.base, Relation::Xcomp | Relation::Ccomp | Relation::Obj) && w.upos == Upos::Verb
                    || self.is_infinitive_behind(c)
                    // "left ten people dead", "calls them bandits"
                    || w.deprel.base == Relation::Xcomp && matches!(w.upos, Upos::Adj | Upos::Noun | Upos::Propn)
            }));
        }
        candidates.extend(self.marked_clauses(slot));
        candidates.into_iter().find(|&w| lemma_is(self.parse, w, lemmas))
    }

    /// Who claims the deed that the trigger names: the subject of the verb of claiming above it or behind it ("claimed the
    /// capture of", "the capture, claimed by").
    pub(crate) fn claimers(&self) -> Vec<usize> {
        let claims = |&verb: &usize| {
            let w = &self.parse.words[verb];
            w.upos == Upos::Verb && self.words.claiming.iter().any(|c| *c == w.lemma)
        };
        let mut noun = self.trigger;
        while let (Relation::Conj, Some(head)) = (self.parse.words[noun].deprel.base, self.parse.words[noun].head) {
            noun = head as usize;
        }
        let above = self.parse.words[noun].head.map(|h| h as usize).filter(claims);
        let above = above.filter(|&verb| Functions::of(self.parse, verb, self.words).object.contains(&noun));
        let behind = |&c: &usize| self.parse.words[c].deprel.base == Relation::Acl && is_bare_participle(self.parse, c);
        let behind = self.parse.children(noun).filter(behind).find(claims);
        let verb = above.or(behind);
        verb.map_or_else(Vec::new, |verb| Functions::of(self.parse, verb, self.words).subject)
    }

    /// Infinitives and secondary predicates that a marker introduces ("de", "à", "comme").
    fn marked_clauses(&self, mark: &str) -> Vec<usize> {
        self.parse
            .children(self.trigger)
            .filter(|&c| {
                self.parse.children(c).any(|m| {
                    matches!(self.parse.words[m].deprel.base, Relation::Mark | Relation::Case)
                        && self.parse.words[m].lemma == mark
                })
            })
            .collect()
    }

    /// Words under a role's slot that a mere marker introduces and that no function holds ("comme", "de" + clause).
    #[must_use]
    pub fn marked_anyhow(&self, slot: &str) -> Vec<usize> {
        self.marked_clauses(slot)
    }
}

fn slot_of(functions: &Functions, slot: &str) -> Vec<usize> {
    match slot {
        "subj" => functions.subject.clone(),
        "obj" => functions.object.clone(),
        "iobj" => functions.dative.clone(),
        // Whatever describes a noun without a preposition.
        "mod" => functions.marked("amod").chain(functions.marked("compound")).collect(),
        _ => functions.marked(slot).collect(),
    }
}

fn pos_fits(pos: &str, upos: Upos) -> bool {
    match pos {
        // A tagger wavers between participle and adjective.
        "ADJ" => matches!(upos, Upos::Adj | Upos::Verb),
        "NOUN" => matches!(upos, Upos::Noun | Upos::Propn),
        _ => upos.as_str() == pos,
    }
}

/// A past participle that hangs on a noun is a trigger of its own: "contrôlés par", "assiégée".
#[must_use]
pub fn is_bare_participle(parse: &Parse, word: usize) -> bool {
    let w = &parse.words[word];
    w.feats.get("VerbForm") == Some("Part")
        && w.feats.get("Tense") != Some("Pres")
        && !parse.children(word).any(|c| parse.words[c].deprel.base == Relation::Aux)
}
