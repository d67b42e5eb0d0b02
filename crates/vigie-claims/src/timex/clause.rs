//! The clause around a word: its predicate, its tense, and whether it looks back or ahead.

use crate::functions::is_planned;
use crate::phrase::governors;
use vigie_resources::{FrameWords, Language, TenseWords, frame_words, time_file};
use vigie_syntax::{Parse, Relation, Upos, Word};

/// Which way a clause looks from the day of publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// It tells what has happened.
    Past,
    /// It tells what is to come.
    Future,
    /// It tells what was to come when somebody said so: the predicate of saying, where there is one.
    Ahead(Option<usize>),
    /// Present: either way.
    Present,
    /// No clause to judge by.
    Unknown,
}

/// Tense of a predicate with its auxiliaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tense {
    /// Perfect, simple past, pluperfect, imperfect, past conditional.
    Past,
    /// Present.
    Present,
    /// Future.
    Future,
    /// Conditional.
    Conditional,
    /// Infinitive.
    Infinitive,
    /// Past participle without an auxiliary.
    Participle,
    /// Present participle.
    Gerund,
    /// No verb.
    None,
}

fn is_aux(relation: Relation) -> bool {
    matches!(relation, Relation::Aux | Relation::Cop)
}

/// What is known of the verbs of a language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Verbs {
    /// Which verbs are never passive.
    pub(crate) frames: &'static FrameWords,
    /// Which verbs look ahead.
    pub(crate) tense: &'static TenseWords,
}

impl Verbs {
    /// The verbs of a language.
    pub(crate) fn of(language: Language) -> Self {
        Self { frames: frame_words(language), tense: &time_file(language).tense }
    }
}

/// Does this word head a clause?
pub(crate) fn is_predicate(parse: &Parse, word: usize) -> bool {
    let w = &parse.words[word];
    match w.upos {
        Upos::Verb => !is_aux(w.deprel.base) && !matches!(w.deprel.base, Relation::Amod | Relation::Case),
        Upos::Aux => !is_aux(w.deprel.base),
        _ => parse.children(word).any(|c| {
            let child = &parse.words[c];
            child.deprel.base == Relation::Cop || (child.deprel.base == Relation::Nsubj && w.upos != Upos::Noun)
        }),
    }
}

/// The predicate of the clause that a word stands in: the word itself or the nearest governor that is one.
pub(crate) fn predicate_of(parse: &Parse, word: usize) -> Option<usize> {
    std::iter::once(word).chain(governors(parse, word)).find(|&w| is_predicate(parse, w))
}

/// The verb that a time at words `(first, last)` hangs on, where the parser's choice `on` cannot be right.
pub(crate) fn nearer_verb(parse: &Parse, (first, last): (usize, usize), on: usize, verbs: Verbs) -> Option<usize> {
    // Between a participle and a comma, a time closes the participle's clause ("suspended on 20 April, …").
    let closed = parse.words.get(last + 1).is_some_and(|w| w.upos == Upos::Punct);
    let before = first.checked_sub(1).filter(|_| closed);
    if let Some(participle) = before.filter(|&w| is_predicate(parse, w) && tense(parse, w, verbs) == Tense::Participle)
    {
        return Some(participle);
    }
    // A participle that opens a stretch between commas takes the times of that stretch ("taken in 2013, the town …").
    let comma = |w: &usize| parse.words[*w].upos == Upos::Punct;
    let from = (0..first).rev().find(comma).map_or(0, |w| w + 1);
    let to = (last + 1..parse.words.len()).find(comma).unwrap_or(parse.words.len());
    let opening = (from..first).find(|&w| parse.words[w].upos != Upos::Adv);
    let finite = (from..to).any(|w| parse.words[w].feats.get("VerbForm") == Some("Fin"));
    if let Some(participle) = opening.filter(|_| !finite && on >= to)
        && parse.words[participle].upos == Upos::Verb
        && tense(parse, participle, verbs) == Tense::Participle
    {
        return Some(participle);
    }
    // A link that jumps over a finite verb outside its own subtree is a slip of the parser: the verb is nearer.
    let between = if on < first { on + 1..first } else { last + 1..on };
    let jumped = between.filter(|&w| {
        parse.words[w].feats.get("VerbForm") == Some("Fin")
            && !std::iter::once(w).chain(governors(parse, w)).any(|g| g == on)
    });
    predicate_of(parse, jumped.min_by_key(|&w| w.abs_diff(first))?)
}

/// The tense of a predicate.
pub(crate) fn tense(parse: &Parse, predicate: usize, verbs: Verbs) -> Tense {
    let own = &parse.words[predicate];
    let auxiliaries: Vec<usize> =
        parse.children(predicate).filter(|&c| is_aux(parse.words[c].deprel.base) && c != predicate).collect();
    let finite = auxiliaries.iter().copied().find(|&a| parse.words[a].feats.get("VerbForm") == Some("Fin"));
    let form = own.feats.get("VerbForm");
    let plain = |word: usize| {
        let Word { feats, form, .. } = &parse.words[word];
        // The ending betrays a future that the tagger took for something else.
        let ends = |list: &[String]| list.iter().any(|e| form.ends_with(e.as_str()));
        match (feats.get("Mood"), feats.get("Tense")) {
            (Some("Cnd"), _) => Tense::Conditional,
            (_, Some("Fut")) => Tense::Future,
            _ if ends(&verbs.tense.future_endings) => Tense::Future,
            _ if ends(&verbs.tense.conditional_endings) => Tense::Conditional,
            (_, Some("Past" | "Imp" | "Pqp")) => Tense::Past,
            _ => Tense::Present,
        }
    };
    // A finite verb with a finite auxiliary is a participle that the tagger took for a verb of its own.
    let behind_auxiliary = finite.is_some_and(|a| parse.words[a].deprel.base == Relation::Aux);
    if form == Some("Fin") && !behind_auxiliary {
        return plain(predicate);
    }
    if let Some(aux) = finite {
        // A reflexive clitic shows that what was taken for an adjective is a participle.
        let reflexive = own.upos == Upos::Adj
            && parse.children(predicate).any(|c| parse.words[c].feats.get("Reflex") == Some("Yes"));
        // A tagger may forget the form of a participle; behind an auxiliary nothing else of a verb can stand.
        let participle = (form != Some("Inf") && own.upos == Upos::Verb) || form == Some("Part") || reflexive;
        // An auxiliary of tense makes a past of the participle, a passive one or a copula keeps its own tense.
        let of_tense = participle && {
            let relation = &parse.words[aux].deprel;
            relation.sub == "tense"
                || auxiliaries.len() > 1
                || (relation.base == Relation::Aux && relation.sub != "pass")
                || verbs.frames.unaccusative.iter().any(|v| *v == own.lemma.as_str())
                || parse.children(predicate).any(|c| parse.words[c].deprel.base == Relation::Expl)
        };
        let own_tense = plain(aux);
        let copula_past =
            parse.words[aux].deprel.base == Relation::Aux && parse.words[aux].deprel.sub == "tense" && !participle;
        return match own_tense {
            Tense::Present | Tense::Conditional if of_tense || copula_past => Tense::Past,
            other => other,
        };
    }
    // "must be deployed": behind nothing but the infinitive of a passive auxiliary a participle is an infinitive too.
    let bare = |a: &usize| parse.words[*a].deprel.sub == "pass" && parse.words[*a].feats.get("VerbForm") == Some("Inf");
    let passive_infinitive = !auxiliaries.is_empty() && auxiliaries.iter().all(bare);
    match (form, own.feats.get("Tense")) {
        _ if passive_infinitive => Tense::Infinitive,
        (Some("Inf"), _) => Tense::Infinitive,
        (Some("Part"), Some("Pres")) | (Some("Ger" | "Conv"), _) => Tense::Gerund,
        (Some("Part"), _) => Tense::Participle,
        _ if matches!(own.upos, Upos::Verb | Upos::Aux) => Tense::Present,
        _ => Tense::None,
    }
}

/// Which way the clause of `predicate` looks.
pub(crate) fn direction(parse: &Parse, predicate: usize, verbs: Verbs) -> Direction {
    walk(parse, predicate, verbs, 0)
}

fn has(list: &[String], lemma: &str) -> bool {
    list.iter().any(|w| w == lemma)
}

fn walk(parse: &Parse, predicate: usize, verbs: Verbs, depth: usize) -> Direction {
    let words = verbs.tense;
    if depth > 20 {
        return Direction::Unknown;
    }
    let lemma = parse.words[predicate].lemma.as_str();
    let planned = has(&words.planned, lemma) && parse.words[predicate].feats.get("VerbForm") == Some("Part");
    let up = governors(parse, predicate).next().and_then(|g| predicate_of(parse, g));
    let above = |depth: usize| up.map_or(Direction::Unknown, |u| walk(parse, u, verbs, depth + 1));
    if is_planned(parse, predicate, verbs.frames) {
        return Direction::Future;
    }
    match tense(parse, predicate, verbs) {
        Tense::Past => {
            let imperfect = |w: usize| parse.words[w].feats.get("Tense") == Some("Imp");
            let passive_imperfect = parse.children(predicate).any(|c| {
                parse.words[c].deprel.base == Relation::Aux && parse.words[c].deprel.sub == "pass" && imperfect(c)
            });
            if planned && passive_imperfect { Direction::Ahead(None) } else { Direction::Past }
        }
        Tense::Future => Direction::Future,
        Tense::Conditional => ahead(parse, predicate, verbs),
        Tense::Present if planned => Direction::Future,
        Tense::Present => Direction::Present,
        Tense::Infinitive => {
            let beside = modal_before(parse, predicate);
            let Some(u) = beside.or(up) else { return Direction::Unknown };
            let upper = parse.words[u].lemma.as_str();
            let complement = beside.is_some()
                || parse.words[predicate].head == Some(u as u32)
                    && matches!(
                        parse.words[predicate].deprel.base,
                        Relation::Xcomp | Relation::Ccomp | Relation::Obl | Relation::Obj | Relation::Csubj
                    );
            if !complement {
                return above(depth);
            }
            let above = |depth: usize| walk(parse, u, verbs, depth + 1);
            match tense(parse, u, verbs) {
                Tense::Present | Tense::None if has(&words.future, upper) || has(&words.commissive, upper) => {
                    Direction::Future
                }
                Tense::Past if has(&words.commissive, upper) => Direction::Ahead(Some(u)),
                _ => above(depth),
            }
        }
        Tense::Participle if planned => match above(depth) {
            Direction::Past | Direction::Ahead(_) => Direction::Ahead(None),
            _ => Direction::Future,
        },
        Tense::Participle => Direction::Past,
        Tense::Gerund => above(depth),
        Tense::None => match up {
            Some(_) => above(depth),
            None => Direction::Unknown,
        },
    }
}

/// The finite verb right before an infinitive, adverbs aside: whatever tree was built, it governs the infinitive.
fn modal_before(parse: &Parse, infinitive: usize) -> Option<usize> {
    let skipped = |w: &usize| matches!(parse.words[*w].upos, Upos::Adv | Upos::Pron | Upos::Aux);
    let before = (0..infinitive).rev().find(|w| !skipped(w))?;
    let word = &parse.words[before];
    (word.upos == Upos::Verb && word.feats.get("VerbForm") == Some("Fin")).then_some(before)
}

/// A conditional: the future, seen from a past saying where there is one above it.
fn ahead(parse: &Parse, predicate: usize, verbs: Verbs) -> Direction {
    let mut at = predicate;
    for governor in governors(parse, predicate) {
        let relation = parse.words[at].deprel.base;
        match relation {
            Relation::Ccomp if is_predicate(parse, governor) => {
                return match tense(parse, governor, verbs) {
                    Tense::Past | Tense::Participle => Direction::Ahead(Some(governor)),
                    _ => Direction::Future,
                };
            }
            Relation::Xcomp | Relation::Conj | Relation::Csubj | Relation::Advcl | Relation::Obj | Relation::Obl => {}
            _ => break,
        }
        at = governor;
    }
    Direction::Future
}
