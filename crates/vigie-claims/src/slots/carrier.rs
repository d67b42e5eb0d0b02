//! The verbs that event nouns hang on: "lancer une offensive", "l'assaut a eu lieu".

use super::{Site, is_bare_participle};
use crate::functions::{Functions, marker};
use smol_str::SmolStr;
use vigie_resources::FrameWords;
use vigie_syntax::{Parse, Relation, Upos};

/// The verb that carries an event noun: "lancer" in "lancer une offensive".
#[derive(Debug, Clone)]
pub struct Carrier {
    /// The verb.
    pub verb: usize,
    /// Its functions.
    pub functions: Functions,
    /// Its subject acts in the event.
    pub subject_acts: bool,
    /// Its subject suffers it.
    pub subject_suffers: bool,
}

impl Site<'_> {
    /// A word with the trigger or its verb that points to the place spoken of: "were killed there".
    #[must_use]
    pub fn pointing(&self) -> Option<usize> {
        let verbs = std::iter::once(self.trigger).chain(self.carriers().map(|c| c.verb));
        let points = |&c: &usize| {
            let w = &self.parse.words[c];
            matches!(w.upos, Upos::Adv | Upos::Pron)
                && matches!(w.deprel.base, Relation::Advmod | Relation::Obl | Relation::Iobj)
                && self.words.pointing_places.iter().any(|p| *p == w.form.to_lowercase())
        };
        verbs.flat_map(|verb| self.parse.children(verb)).find(points)
    }
}

impl Site<'_> {
    /// What a deed is told to strike: the object of the verb that it strikes with, or who is its target.
    #[must_use]
    pub fn struck(&self) -> Vec<usize> {
        let strikes = |c: &Carrier| {
            let lemma = &self.parse.words[c.verb].lemma;
            !c.subject_acts && self.words.aiming.iter().any(|a| a == lemma)
        };
        let told =
            |verb: usize| self.parse.children(verb).filter(|&c| self.parse.words[c].deprel.base == Relation::Nsubj);
        let of = |c: &Carrier| match c {
            c if c.subject_suffers && c.functions.subject.is_empty() => told(c.verb).collect(),
            c if c.subject_suffers => c.functions.subject.clone(),
            c if strikes(c) => c.functions.object.clone(),
            _ => Vec::new(),
        };
        // "churches targeted by attacks".
        let w = &self.parse.words[self.trigger];
        let agent = w.deprel.base == Relation::Obl
            && self.words.agents.iter().any(|a| marker(self.parse, self.trigger) == a.as_str());
        let verb = w.head.map(|h| h as usize).filter(|_| agent && w.upos == Upos::Noun);
        let verb = verb.filter(|&v| self.words.aiming.iter().any(|a| *a == self.parse.words[v].lemma));
        let suffered = verb.map(|v| Functions::of(self.parse, v, self.words)).filter(|f| f.passive);
        let suffered = suffered.map_or_else(Vec::new, |f| f.object);
        self.carriers().flat_map(of).chain(suffered).filter(|&w| w != self.trigger).collect()
    }
}

/// The light verb or verb of happening that an event noun hangs on.
pub(super) fn carrier_of(parse: &Parse, noun: usize, words: &FrameWords) -> Option<Carrier> {
    let mut at = noun;
    // "une série de raids": the event noun may be the complement of a noun of quantity, one level deep.
    for _ in 0..2 {
        let word = &parse.words[at];
        // "was the target of strikes".
        let is_told = || parse.children(at).any(|c| parse.words[c].deprel.base == Relation::Cop);
        if at != noun && words.suffering.iter().any(|s| *s == word.lemma) && is_told() {
            let functions = Functions::of(parse, at, words);
            return Some(Carrier { verb: at, functions, subject_acts: false, subject_suffers: true });
        }
        let head = word.head.map(|h| h as usize)?;
        let lemma = &parse.words[head].lemma;
        if parse.words[head].upos == Upos::Verb || parse.words[head].upos == Upos::Aux {
            let functions = Functions::of(parse, head, words);
            let as_object = functions.object.contains(&at)
                || (matches!(word.deprel.base, Relation::Obl) && word.deprel.sub == "arg");
            let as_subject = functions.subject.contains(&at);
            let light = words.light.iter().any(|l| l == lemma);
            let suffer = words.suffer.iter().any(|l| l == lemma);
            let carries = carries(parse, head, &functions, words);
            if as_subject && !carries {
                // "l'évacuation devrait reprendre": the verb of happening stands below a modal verb.
                return below_modal(parse, head, words);
            }
            // What strikes or kills carries a raid as its subject only.
            let struck = words.striking.iter().any(|l| l == lemma);
            // "make the object of strikes": who is it suffers them.
            let suffering = |w: usize| words.suffering.iter().any(|s| *s == parse.words[w].lemma);
            if as_object && light && functions.object.iter().any(|&o| o != noun && suffering(o)) {
                return Some(Carrier { verb: head, functions, subject_acts: false, subject_suffers: true });
            }
            if (as_object && (light || suffer || (carries && !struck))) || (as_subject && carries) {
                return Some(Carrier {
                    verb: head,
                    subject_acts: as_object && light,
                    subject_suffers: as_object && suffer,
                    functions,
                });
            }
            return None;
        }
        // "is due to begin": the verb of happening stands below an adjective.
        if parse.words[head].upos == Upos::Adj && word.deprel.base == Relation::Nsubj {
            return below_modal(parse, head, words);
        }
        let of = |w: usize| words.genitives.iter().any(|g| *g == marker(parse, w));
        if word.deprel.base == Relation::Nmod && !of(at) {
            return None;
        }
        if word.deprel.base == Relation::Acl || !matches!(word.deprel.base, Relation::Nmod | Relation::Conj) {
            return None;
        }
        at = head;
    }
    None
}

/// "raids carried out by the army": the light verb may hang on the event noun as a participle.
pub(super) fn carrier_below(parse: &Parse, noun: usize, words: &FrameWords) -> Option<Carrier> {
    let participle = |&c: &usize| parse.words[c].deprel.base == Relation::Acl && is_bare_participle(parse, c);
    parse.children(noun).filter(participle).find_map(|verb| {
        let functions = Functions::of(parse, verb, words);
        let lemma = &parse.words[verb].lemma;
        let light = words.light.iter().any(|l| l == lemma);
        let suffer = words.suffer.iter().any(|l| l == lemma);
        (functions.passive && functions.object.contains(&noun) && (light || suffer)).then_some(Carrier {
            verb,
            subject_acts: light,
            subject_suffers: suffer,
            functions,
        })
    })
}

/// "talks that are to open in April": a relative clause may tell when and where an event takes place.
pub(super) fn carrier_beside(parse: &Parse, noun: usize, words: &FrameWords) -> Option<Carrier> {
    let relative = |&c: &usize| parse.words[c].deprel.base == Relation::Acl && parse.words[c].deprel.sub == "relcl";
    parse.children(noun).filter(relative).find_map(|verb| {
        let functions = Functions::of(parse, verb, words);
        if !functions.subject.contains(&noun) {
            return None;
        }
        if carries(parse, verb, &functions, words) {
            return Some(Carrier { verb, functions, subject_acts: false, subject_suffers: false });
        }
        below_modal(parse, verb, words)
    })
}

fn below_modal(parse: &Parse, modal: usize, words: &FrameWords) -> Option<Carrier> {
    let verb = parse.children(modal).find(|&c| {
        parse.words[c].deprel.base == Relation::Xcomp && parse.words[c].feats.get("VerbForm") == Some("Inf")
    })?;
    let functions = Functions::of(parse, verb, words);
    carries(parse, verb, &functions, words).then_some(Carrier {
        verb,
        functions,
        subject_acts: false,
        subject_suffers: false,
    })
}

/// Is the verb one of happening ("avoir lieu", "se tenir", "débuter")?
#[must_use]
pub fn carries(parse: &Parse, verb: usize, functions: &Functions, words: &FrameWords) -> bool {
    let lemma: &SmolStr = &parse.words[verb].lemma;
    words.carriers.iter().any(|entry| match entry.split_once(' ') {
        None => entry == lemma,
        Some((first, second)) if second == lemma => functions.reflexive && words.reflexive.iter().any(|r| r == first),
        Some((first, second)) => first == lemma && functions.object.iter().any(|&o| parse.words[o].lemma == second),
    })
}
