//! Who does what to whom in a clause, whatever its form: active, passive, participle, infinitive, relative clause.
//!
//! Universal Dependencies mark surface subjects and objects. An event is told in many forms ("took", "was taken by",
//! "taken by", "which took", "to take"), so the rules of the ontology speak of deep functions only.

use crate::phrase::{subtree, tells_how};
use smol_str::SmolStr;
use vigie_resources::FrameWords;
use vigie_syntax::{Parse, Relation, Upos};

/// A dependent of a trigger and the words that mark it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oblique {
    /// Lemma of the preposition, with its fixed parts ("près de"); empty when there is none.
    pub marker: SmolStr,
    /// Head word of the phrase.
    pub head: usize,
}

/// The deep functions of one verb, noun or adjective. Word indices, in text order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Functions {
    /// Who does it.
    pub subject: Vec<usize>,
    /// Whom or what it is done to.
    pub object: Vec<usize>,
    /// To or for whom.
    pub dative: Vec<usize>,
    /// Everything with a preposition, adjectives of a noun (marker `amod`), nouns before a noun (`compound`),
    /// possessives (`poss`) and particles of a verb (`prt`).
    pub obliques: Vec<Oblique>,
    /// The verb is passive, so a missing subject is unknown and not shared.
    pub passive: bool,
    /// The verb has a reflexive clitic.
    pub reflexive: bool,
}

/// The marker of a phrase: the lemma of its case word with its fixed parts, lower case.
#[must_use]
pub fn marker(parse: &Parse, word: usize) -> SmolStr {
    // A preposition that the parser hung beside its noun instead of below it still stands right before it.
    let beside = || {
        let before = word.checked_sub(1)?;
        let w = &parse.words[before];
        (w.upos == Upos::Adp && w.head == parse.words[word].head && w.head.is_some()).then_some(before)
    };
    let own = parse.children(word).find(|&c| parse.words[c].deprel.base == Relation::Case);
    let Some(case) = own.or_else(beside) else { return SmolStr::default() };
    let mut text = parse.words[case].lemma.to_lowercase();
    for part in parse.children(case).filter(|&c| parse.words[c].deprel.base == Relation::Fixed) {
        text.push(' ');
        text.push_str(&parse.words[part].lemma);
    }
    text.into()
}

/// The word and everything coordinated with it.
fn with_conjuncts(parse: &Parse, word: usize, into: &mut Vec<usize>) {
    into.push(word);
    for child in parse.children(word).filter(|&c| parse.words[c].deprel.base == Relation::Conj) {
        if matches!(parse.words[child].upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Adj | Upos::X) {
            with_conjuncts(parse, child, into);
        }
    }
}

fn is_participle(parse: &Parse, verb: usize) -> bool {
    let feats = &parse.words[verb].feats;
    // A gerund that hangs on a noun or beside a clause does what a present participle does.
    let form = feats.get("VerbForm");
    // Only participles among the forms of a verb have a gender, so it tells when the tagger leaves the form out.
    matches!(form, Some("Part" | "Ger"))
        || (parse.words[verb].upos == Upos::Verb && form.is_none() && feats.get("Gender").is_some())
}

fn is_past_participle(parse: &Parse, verb: usize) -> bool {
    let feats = &parse.words[verb].feats;
    is_participle(parse, verb) && feats.get("Tense") != Some("Pres") && feats.get("VerbForm") != Some("Ger")
}

fn has_auxiliary(parse: &Parse, verb: usize) -> bool {
    parse.children(verb).any(|c| parse.words[c].deprel.base == Relation::Aux)
}

/// Is the verb passive: by its auxiliary or subject, or a bare past participle of a verb that is not one of motion?
fn is_passive(parse: &Parse, verb: usize, words: &FrameWords) -> bool {
    let active_auxiliary = |c: usize| {
        let w = &parse.words[c];
        w.deprel.base == Relation::Aux && words.active_auxiliaries.iter().any(|a| *a == w.lemma)
    };
    // Only a second auxiliary ("a été pris") makes a verb with the active auxiliary passive.
    let auxiliaries = parse.children(verb).filter(|&c| parse.words[c].deprel.base == Relation::Aux).count();
    if auxiliaries == 1 && parse.children(verb).any(active_auxiliary) {
        return false;
    }
    if words.past_like_participle && is_told_active(parse, verb) {
        return false;
    }
    // "est tombée": a verb of motion with one auxiliary is active, whatever the parser says of its subject.
    if auxiliaries == 1 && words.unaccusative.iter().any(|l| *l == parse.words[verb].lemma) {
        return false;
    }
    // "ont franchi la frontière, attaqué un poste": a participle shares the auxiliary of the verb that it is joined to.
    if auxiliaries == 0
        && parse.words[verb].deprel.base == Relation::Conj
        && is_past_participle(parse, verb)
        && let Some(head) = parse.words[verb].head.map(|h| h as usize)
        && shares_auxiliary(parse, head)
    {
        return is_passive(parse, head, words);
    }
    let marked = parse.children(verb).any(|c| {
        let w = &parse.words[c];
        w.deprel.sub == "pass" || (w.deprel.base == Relation::Obl && w.deprel.sub == "agent")
    });
    let reflexive = is_reflexive(parse, verb, words);
    if marked && !reflexive {
        return true;
    }
    if parse.words[verb].upos != Upos::Verb && parse.words[verb].upos != Upos::Adj {
        return false;
    }
    // "est tombée": verbs of motion form their past with the same auxiliary as the passive.
    !reflexive
        && is_past_participle(parse, verb)
        && !parse
            .children(verb)
            .any(|c| parse.words[c].deprel.base == Relation::Aux && parse.words[c].deprel.sub != "pass")
        && !words.unaccusative.iter().any(|l| *l == parse.words[verb].lemma)
}

/// Has the verb an auxiliary, or is it joined to one that has?
fn shares_auxiliary(parse: &Parse, verb: usize) -> bool {
    let joined = || {
        let head = parse.words[verb].head.map(|h| h as usize).filter(|&h| h < verb)?;
        (parse.words[verb].deprel.base == Relation::Conj && is_past_participle(parse, verb)).then_some(head)
    };
    has_auxiliary(parse, verb) && is_past_participle(parse, verb)
        || joined().is_some_and(|head| shares_auxiliary(parse, head))
}

/// "Gunmen shot the mayor": a form with a subject of its own before it and no auxiliary is the past, where it has an
/// object or the sentence ends as one; headlines leave the auxiliary of a passive out.
fn is_told_active(parse: &Parse, verb: usize) -> bool {
    let children = || parse.children(verb).map(|c| (c, &parse.words[c]));
    let subject = children().any(|(c, w)| c < verb && w.deprel.base == Relation::Nsubj);
    let objects = [Relation::Obj, Relation::Iobj, Relation::Ccomp];
    let object = children().any(|(c, w)| c > verb && objects.contains(&w.deprel.base));
    let agent = children().any(|(c, w)| c > verb && w.deprel.base == Relation::Obl && w.deprel.sub == "agent");
    let ends = parse.words.last().is_some_and(|w| w.upos == Upos::Punct && w.form == ".");
    let clauses = [Relation::Root, Relation::Conj, Relation::Ccomp, Relation::Parataxis, Relation::Acl];
    let main = clauses.contains(&parse.words[verb].deprel.base);
    // "were killed and dozens wounded": joined to a passive, with a subject that it is done to, and the auxiliary left out.
    let gapped = parse.words[verb].deprel.base == Relation::Conj
        && children().any(|(c, w)| c < verb && w.deprel.base == Relation::Nsubj && w.deprel.sub == "pass")
        && parse.words[verb].head.is_some_and(|first| {
            parse
                .children(first as usize)
                .any(|c| parse.words[c].deprel.base == Relation::Aux && parse.words[c].deprel.sub == "pass")
        });
    if gapped && !object {
        return false;
    }
    subject && !agent && !has_auxiliary(parse, verb) && (object || ends && main)
}

/// "is to meet": a present copula with the mark of an infinitive plans what is to come.
#[must_use]
pub fn is_planned(parse: &Parse, verb: usize, words: &FrameWords) -> bool {
    words.planning.iter().any(|(copula, mark)| {
        let planning = |&c: &usize| {
            let w = &parse.words[c];
            let present = w.feats.get("VerbForm") == Some("Fin") && w.feats.get("Tense") != Some("Past");
            matches!(w.deprel.base, Relation::Aux | Relation::Cop) && w.lemma == *copula && present
        };
        let marked = |from: usize| {
            (from + 1..verb).any(|m| {
                let w = &parse.words[m];
                w.head == Some(verb as u32) && w.deprel.base == Relation::Mark && w.lemma == *mark
            })
        };
        // "Kaya to send batteries": a headline leaves the copula out.
        let subject = || parse.children(verb).find(|&c| parse.words[c].deprel.base == Relation::Nsubj);
        let copula =
            || parse.children(verb).any(|c| matches!(parse.words[c].deprel.base, Relation::Cop | Relation::Aux));
        let headline =
            || parse.words[verb].head.is_none() && !copula() && subject().is_some_and(|s| s < verb && marked(s));
        parse.children(verb).find(planning).map_or_else(headline, |c| c < verb && marked(c))
    })
}

fn is_reflexive(parse: &Parse, verb: usize, words: &FrameWords) -> bool {
    parse.children(verb).any(|c| {
        let w = &parse.words[c];
        w.upos == Upos::Pron
            && words.reflexive.iter().any(|r| *r == w.lemma || *r == w.form.to_lowercase())
            && matches!(w.deprel.base, Relation::Expl | Relation::Obj | Relation::Iobj | Relation::Dep)
    })
}

/// A relative pronoun stands for the noun that its clause hangs on.
fn antecedent_of_relative(parse: &Parse, pronoun: usize, words: &FrameWords) -> Option<usize> {
    let w = &parse.words[pronoun];
    let relative = w.feats.get("PronType") == Some("Rel") || words.relatives.iter().any(|r| *r == w.lemma);
    if relative && w.upos == Upos::Pron { relative_governor(parse, pronoun) } else { None }
}

fn resolved(parse: &Parse, group: Vec<usize>, words: &FrameWords) -> Vec<usize> {
    group.into_iter().map(|w| antecedent_of_relative(parse, w, words).unwrap_or(w)).collect()
}

impl Functions {
    /// The functions around `word`.
    #[must_use]
    pub fn of(parse: &Parse, word: usize, words: &FrameWords) -> Self {
        let mut functions = Self::own(parse, word, words);
        if functions.needs_subject(parse, word) {
            functions.share(parse, word, words, 0);
        }
        functions.share_object(parse, word, words);
        functions.share_agent(parse, word, words);
        if words.bare_relatives || parse.words[word].deprel.sub == "relcl" {
            functions.fill_gap(parse, word, words);
        }
        functions
    }

    /// "shelled and captured the town": two verbs that only a conjunction parts have one object, which hangs on the second.
    fn share_object(&mut self, parse: &Parse, word: usize, words: &FrameWords) {
        let joined = parse.children(word).find(|&c| {
            c > word
                && parse.words[c].deprel.base == Relation::Conj
                && parse.words[c].upos == Upos::Verb
                && (word + 1..c).all(|w| matches!(parse.words[w].upos, Upos::Cconj | Upos::Adv))
        });
        let active = parse.words[word].upos == Upos::Verb && !self.passive && self.object.is_empty();
        if let Some(other) = joined.filter(|_| active) {
            let own = Self::own(parse, other, words);
            let bare = own.subject.is_empty() && own.obliques.iter().all(|o| o.marker != "prt");
            if bare && !own.passive {
                self.object = own.object;
            }
        }
    }

    /// "seven were killed and twenty wounded by drones": of two passives with one auxiliary the second tells who did both.
    fn share_agent(&mut self, parse: &Parse, word: usize, words: &FrameWords) {
        if !self.passive || !self.subject.is_empty() {
            return;
        }
        let gapped = parse.children(word).find(|&c| {
            let auxiliary = parse.children(c).any(|a| parse.words[a].deprel.base == Relation::Aux);
            c > word && parse.words[c].deprel.base == Relation::Conj && is_participle(parse, c) && !auxiliary
        });
        if let Some(second) = gapped {
            let own = Self::own(parse, second, words);
            if own.passive {
                self.subject = own.subject;
            }
        }
    }

    fn needs_subject(&self, parse: &Parse, word: usize) -> bool {
        let verbal = parse.words[word].upos == Upos::Verb || is_participle(parse, word);
        verbal && if self.passive { self.object.is_empty() } else { self.subject.is_empty() }
    }

    /// "the town rebels took": a relative clause without a relative pronoun lacks the noun that it hangs on, which is
    /// its object when it has none.
    fn fill_gap(&mut self, parse: &Parse, word: usize, words: &FrameWords) {
        let w = &parse.words[word];
        let Some(noun) = w.head.map(|h| h as usize).filter(|&h| h < word) else { return };
        let pronoun = subtree(parse, word, |_| true).into_iter().any(|c| {
            let w = &parse.words[c];
            w.feats.get("PronType") == Some("Rel")
                || ((w.upos == Upos::Pron || words.bare_relatives) && words.relatives.iter().any(|r| *r == w.lemma))
        });
        let own_subject = parse.children(word).any(|c| parse.words[c].deprel.base == Relation::Nsubj);
        let open = w.deprel.base == Relation::Acl && is_finite(parse, word) && own_subject && !pronoun;
        if open && !self.passive && self.object.is_empty() && !self.subject.contains(&noun) {
            self.object.push(noun);
        }
    }

    /// What hangs on the word itself.
    fn own(parse: &Parse, word: usize, words: &FrameWords) -> Self {
        let mut f = Self { passive: is_passive(parse, word, words), ..Self::default() };
        f.reflexive = is_reflexive(parse, word, words);
        for child in parse.children(word) {
            let w = &parse.words[child];
            let mut group = Vec::new();
            with_conjuncts(parse, child, &mut group);
            let group = resolved(parse, group, words);
            match w.deprel.base {
                Relation::Nsubj | Relation::Csubj if f.passive => f.object.extend(group),
                Relation::Nsubj | Relation::Csubj => f.subject.extend(group),
                Relation::Obj if is_clitic_reflexive(w, words) => {}
                Relation::Obj => f.object.extend(group),
                Relation::Iobj if is_clitic_reflexive(w, words) => {}
                Relation::Iobj => f.dative.extend(group),
                Relation::Det | Relation::Nmod | Relation::Obl if w.feats.get("Poss") == Some("Yes") => {
                    f.obliques.push(Oblique { marker: "poss".into(), head: child });
                }
                Relation::Nmod if w.deprel.sub == "poss" => f.mark("poss", group),
                Relation::Amod => f.mark("amod", group),
                Relation::Compound if w.deprel.sub == "prt" => f.mark("prt", group),
                Relation::Compound => f.mark("compound", group),
                // A noun without a preposition before the noun that it hangs on is a compound by another name.
                Relation::Nmod if child < word && is_bare_noun(parse, child) => f.mark("compound", group),
                Relation::Obl | Relation::Nmod | Relation::Advmod | Relation::Xcomp | Relation::Dep | Relation::Acl => {
                    f.add_oblique(parse, child, group, words);
                }
                _ => {}
            }
        }
        f.mend(parse, word, words);
        f
    }

    fn mark(&mut self, marker: &str, group: Vec<usize>) {
        self.obliques.extend(group.into_iter().map(|head| Oblique { marker: marker.into(), head }));
    }

    /// Puts right what a parser confuses in inverted clauses and with essentially reflexive verbs.
    fn mend(&mut self, parse: &Parse, word: usize, words: &FrameWords) {
        if parse.words[word].upos != Upos::Verb {
            return;
        }
        if self.passive {
            // "contrôlés par les rebelles": the agent stands right behind its participle, wherever it was hung.
            let agent = parse.words.get(word + 1).filter(|w| words.agents.iter().any(|a| *a == w.lemma));
            let noun = agent.and_then(|w| w.head).map(|h| h as usize).filter(|&h| h > word);
            if self.subject.is_empty()
                && let Some(noun) = noun.filter(|&noun| !tells_how(parse, noun, words))
            {
                with_conjuncts(parse, noun, &mut self.subject);
            }
            return;
        }
        // "50 000 personnes attendent": a counted noun before a finite verb that has no subject is its subject.
        let counted = |w: usize| parse.children(w).any(|c| parse.words[c].deprel.base == Relation::Nummod);
        if self.subject.is_empty()
            && is_finite(parse, word)
            && let Some(at) = self.obliques.iter().position(|o| o.head < word && counted(o.head))
        {
            let found = self.obliques.remove(at);
            self.subject.push(found.head);
        }
        let after = |&w: &usize| w > word;
        if self.object.is_empty()
            && !self.reflexive
            && self.subject.len() == 2
            && self.subject[0] < word
            && after(&self.subject[1])
        {
            // One subject before the verb, one behind it, no object: the one behind is the object.
            self.object.extend(self.subject.pop());
        }
        let essentially = self.reflexive && words.pronominal.iter().any(|l| *l == parse.words[word].lemma);
        let inverted = is_finite(parse, word)
            && parse.words[word].deprel.base == Relation::Acl
            && self.obliques.iter().any(|o| o.marker == "where");
        if self.subject.is_empty() && (essentially || inverted) && self.object.iter().all(after) {
            self.subject.append(&mut self.object);
        }
    }

    fn add_oblique(&mut self, parse: &Parse, child: usize, group: Vec<usize>, words: &FrameWords) {
        let w = &parse.words[child];
        // "autour du lac": the adverb stands for the preposition of the noun below it.
        if matches!(w.upos, Upos::Adv | Upos::Adp) {
            let below = parse.children(child).find(|&c| {
                matches!(parse.words[c].deprel.base, Relation::Obl | Relation::Nmod) && !marker(parse, c).is_empty()
            });
            if let Some(noun) = below {
                let plain = format!("{} {}", w.lemma.to_lowercase(), marker(parse, noun));
                // "non loin de": the adverb before it may turn its meaning round.
                let turned = child.checked_sub(1).filter(|&b| parse.words[b].head == Some(child as u32));
                let turned = turned.map(|b| format!("{} {plain}", parse.words[b].lemma.to_lowercase()));
                let text = turned.filter(|text| words.locatives.contains(text)).unwrap_or(plain);
                let mut nouns = Vec::new();
                with_conjuncts(parse, noun, &mut nouns);
                self.obliques.extend(nouns.into_iter().map(|head| Oblique { marker: text.as_str().into(), head }));
                return;
            }
            // An adverb alone may be the particle of its verb: taggers waver ("drove them back", "pulled out").
            if w.deprel.base == Relation::Advmod && parse.children(child).next().is_none() {
                self.mark("prt", vec![child]);
            }
            if w.feats.get("PronType") != Some("Rel") && !words.relative_places.iter().any(|r| *r == w.lemma) {
                return;
            }
        }
        if words.relative_places.iter().any(|r| *r == w.form.to_lowercase()) {
            if let Some(noun) = name_before(parse, child).or_else(|| relative_governor(parse, child)) {
                self.obliques.push(Oblique { marker: "where".into(), head: noun });
            }
            return;
        }
        if w.deprel.base == Relation::Acl || (w.upos == Upos::Verb && w.deprel.base != Relation::Obl) {
            return;
        }
        let own = marker(parse, child);
        let marked = words.agents.iter().any(|a| *a == own);
        // "la ville assiégée de X": only the agent's own preposition makes an agent, whatever the label.
        let agent =
            (w.deprel.sub == "agent" && own.is_empty()) || (marked && (self.passive || w.deprel.sub == "agent"));
        if agent && !tells_how(parse, child, words) {
            self.subject.extend(group);
            return;
        }
        for head in group {
            let text = if head == child {
                own.clone()
            } else {
                Some(marker(parse, head)).filter(|m| !m.is_empty()).unwrap_or_else(|| own.clone())
            };
            self.obliques.push(Oblique { marker: text, head });
        }
    }

    /// Takes the missing participant from the clause around: control, coordination, participles.
    fn share(&mut self, parse: &Parse, word: usize, words: &FrameWords, depth: usize) {
        let Some(head) = parse.words[word].head.map(|h| h as usize) else { return };
        if depth > 8 {
            return;
        }
        let relation = parse.words[word].deprel.base;
        let missing = match relation {
            // "a town held by rebels", "rebel-held towns".
            Relation::Acl | Relation::Amod if !is_finite(parse, word) => {
                if is_participle(parse, word) {
                    let mut group = Vec::new();
                    with_conjuncts(parse, head, &mut group);
                    // The participle describes the nearest noun of a coordination, which is the one it hangs on.
                    group.truncate(1);
                    group
                } else {
                    infinitive_of_noun(parse, head, words, depth)
                }
            }
            Relation::Conj => {
                let mut other = Self::own(parse, head, words);
                if other.needs_subject(parse, head) {
                    other.share(parse, head, words, depth + 1);
                }
                if self.passive && !other.passive {
                    other.subject
                } else if other.passive {
                    other.object
                } else {
                    other.subject
                }
            }
            Relation::Xcomp
            | Relation::Ccomp
            | Relation::Advcl
            | Relation::Parataxis
            | Relation::Obl
            | Relation::Dep => {
                if is_finite(parse, word) && has_own_subject_slot(parse, word) {
                    return;
                }
                let mut matrix = Self::own(parse, head, words);
                if matrix.needs_subject(parse, head) {
                    matrix.share(parse, head, words, depth + 1);
                }
                // "accused X of shelling": a gerund under one of its marks is a complement as an infinitive is.
                let gerund = parse.children(word).any(|c| {
                    parse.words[c].deprel.base == Relation::Mark
                        && parse.words[c].upos != Upos::Part
                        && words.gerund_marks.iter().any(|m| *m == parse.words[c].lemma)
                });
                // "praised X for holding the line": for what somebody is praised or blamed, he did.
                let judged = words.judging.iter().any(|l| *l == parse.words[head].lemma)
                    && parse.children(word).any(|c| {
                        matches!(parse.words[c].deprel.base, Relation::Mark | Relation::Case)
                            && words.judging_marks.iter().any(|m| *m == parse.words[c].lemma)
                    });
                let inner = matches!(relation, Relation::Xcomp | Relation::Ccomp) || gerund || judged;
                let subject_control = words.subject_control.iter().any(|l| *l == parse.words[head].lemma);
                if inner && !subject_control && !matrix.dative.is_empty() {
                    matrix.dative
                } else if inner
                    && words.dative_control.iter().any(|l| *l == parse.words[head].lemma)
                    && let Some(whom) = dative_before(parse, head, word, words)
                {
                    vec![whom]
                } else if matrix.passive
                    || (inner && !subject_control && !matrix.object.is_empty() && !matrix.reflexive)
                {
                    matrix.object
                } else if matrix.subject.is_empty() && !matches!(parse.words[head].upos, Upos::Verb | Upos::Aux) {
                    Vec::new()
                } else {
                    matrix.subject
                }
            }
            _ => Vec::new(),
        };
        if self.passive { self.object.extend(missing) } else { self.subject.extend(missing) }
    }

    /// The first dependents marked by `slot`, a preposition or one of the special markers.
    pub fn marked<'a>(&'a self, slot: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.obliques
            .iter()
            .filter(move |o| o.marker == slot || o.marker.strip_prefix(slot).is_some_and(|rest| rest.starts_with(' ')))
            .map(|o| o.head)
    }
}

/// A noun that nothing marks.
fn is_bare_noun(parse: &Parse, word: usize) -> bool {
    matches!(parse.words[word].upos, Upos::Noun | Upos::Propn) && marker(parse, word).is_empty()
}

fn is_clitic_reflexive(word: &vigie_syntax::Word, words: &FrameWords) -> bool {
    word.upos == Upos::Pron && words.reflexive.iter().any(|r| *r == word.lemma || *r == word.form.to_lowercase())
}

fn is_finite(parse: &Parse, verb: usize) -> bool {
    parse.words[verb].feats.get("VerbForm") == Some("Fin")
        || parse
            .children(verb)
            .any(|c| parse.words[c].deprel.base == Relation::Aux && parse.words[c].feats.get("VerbForm") == Some("Fin"))
}

fn has_own_subject_slot(parse: &Parse, verb: usize) -> bool {
    // A finite clause with no subject in its parse is a parser's slip or an imperative; a conjunct may still share.
    parse.words[verb].feats.get("Mood") == Some("Imp") || has_auxiliary(parse, verb)
}

/// "…, qui mène à X, où": a name right before the relative word is what it stands for.
fn name_before(parse: &Parse, relative: usize) -> Option<usize> {
    let before = (0..relative).rev().find(|&w| parse.words[w].upos != Upos::Punct)?;
    (parse.words[before].upos == Upos::Propn).then(|| {
        // The head of a name of several words.
        let mut head = before;
        while matches!(parse.words[head].deprel.base, Relation::Flat)
            && let Some(up) = parse.words[head].head
        {
            head = up as usize;
        }
        head
    })
}

fn relative_governor(parse: &Parse, from: usize) -> Option<usize> {
    let mut at = from;
    for _ in 0..parse.words.len() {
        let word = &parse.words[at];
        let head = word.head? as usize;
        if word.deprel.base == Relation::Acl {
            return Some(head);
        }
        at = head;
    }
    None
}

/// The last noun between a verb and its infinitive that is marked as the one to whom ("permis à X de partir").
fn dative_before(parse: &Parse, verb: usize, infinitive: usize, words: &FrameWords) -> Option<usize> {
    (verb + 1..infinitive).rev().find(|&w| {
        matches!(parse.words[w].upos, Upos::Noun | Upos::Propn) && words.datives.iter().any(|d| *d == marker(parse, w))
    })
}

/// "la tentative de X de prendre", "leur tentative", "X a lancé une opération pour": who would do it.
fn infinitive_of_noun(parse: &Parse, noun: usize, words: &FrameWords, depth: usize) -> Vec<usize> {
    let own = Functions::own(parse, noun, words);
    let named: Vec<usize> = own
        .marked("poss")
        .chain(words.genitives.iter().flat_map(|of| own.marked(of)))
        .chain(own.marked("amod"))
        .chain(own.marked("compound"))
        .collect();
    if !named.is_empty() && own.marked("poss").next().is_some() {
        return named;
    }
    let Some(verb) = parse.words[noun].head.map(|h| h as usize) else { return named };
    let mut matrix = Functions::own(parse, verb, words);
    if matrix.needs_subject(parse, verb) {
        matrix.share(parse, verb, words, depth + 1);
    }
    // "gave the army two days to leave": who was given them.
    if !matrix.dative.is_empty() {
        return matrix.dative;
    }
    if matrix.subject.is_empty() || matrix.subject.contains(&noun) { named } else { matrix.subject }
}

/// Does the subtree of `word` hold `other`?
#[must_use]
pub fn governs(parse: &Parse, word: usize, other: usize) -> bool {
    subtree(parse, word, |_| true).contains(&other)
}

#[cfg(test)]
mod tests;
