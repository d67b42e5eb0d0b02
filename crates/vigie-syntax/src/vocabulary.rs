//! What a model can say, and how the scores of its network become words, whoever computed them.

use crate::features::normal_form;
use crate::lemma::Script;
use crate::math::argmax;
use crate::parse::{Deprel, Feats, Relation, Upos, Word};
use crate::split::Splitter;
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};
use vigie_resources::Lexicon;

/// Label lists, lemmas and splittable tokens of a language.
#[derive(Debug, Clone, Default)]
pub(crate) struct Vocabulary {
    /// The annotation style (a training corpus) that parses shall follow.
    pub(crate) style: u32,
    pub(crate) feats: Vec<SmolStr>,
    pub(crate) relations: Vec<Deprel>,
    pub(crate) scripts: Vec<Script>,
    /// For each part of speech the classes of `feats` and of `scripts` that were seen with it, in rising order.
    pub(crate) seen_with: Vec<[Vec<u16>; 2]>,
    pub(crate) splitter: Splitter,
    /// Lemmas of the forms seen in training with one lemma only; forms in their normal form.
    pub(crate) lexicon: BTreeMap<(SmolStr, Upos), SmolStr>,
    /// The lexicon of inflected forms, where the language has one.
    pub(crate) inflections: Option<&'static Lexicon>,
    /// How lemmas end, by part of speech, where few endings say it ("-er", "-ir", "-re"): see `lemma_endings`.
    pub(crate) endings: BTreeMap<Upos, BTreeSet<SmolStr>>,
}

/// Letters of an ending.
const ENDING: usize = 2;
/// Lemmas of a part of speech that must be known before their endings are a law.
const ENOUGH: usize = 500;
/// Endings of such a law, at most.
const FEW: usize = 12;

fn ending(lemma: &str) -> &str {
    lemma.char_indices().rev().nth(ENDING - 1).map_or(lemma, |(at, _)| &lemma[at..])
}

/// The parts of speech whose lemmas, in a lexicon, end in a few ways only, and these.
pub(crate) fn lemma_endings(lexicon: &BTreeMap<(SmolStr, Upos), SmolStr>) -> BTreeMap<Upos, BTreeSet<SmolStr>> {
    let mut counts: BTreeMap<Upos, BTreeMap<&str, usize>> = BTreeMap::new();
    for ((_, upos), lemma) in lexicon {
        *counts.entry(*upos).or_default().entry(ending(lemma)).or_default() += 1;
    }
    let mut out = BTreeMap::new();
    for (upos, counts) in counts {
        let all: usize = counts.values().sum();
        // What is rarer than one in five hundred is a foreign word or a slip.
        let usual: BTreeSet<SmolStr> =
            counts.iter().filter(|(_, n)| **n * 500 >= all).map(|(ending, _)| SmolStr::new(ending)).collect();
        if all >= ENOUGH && usual.len() <= FEW {
            out.insert(upos, usual);
        }
    }
    out
}

impl Vocabulary {
    /// The part of speech that its class number names.
    pub(crate) fn upos(&self, scores: &[f32]) -> usize {
        argmax(&scores[..Upos::ALL.len()])
    }

    /// The best features among those seen with a part of speech. `choose` gives the best of some classes.
    pub(crate) fn feats(&self, upos: usize, choose: impl FnOnce(&[u16]) -> Option<u16>) -> Feats {
        let classes = &self.seen_with[upos][0];
        let best = if let [class] = classes[..] { Some(class) } else { choose(classes) };
        Feats(best.map_or_else(SmolStr::default, |class| self.feats[class as usize].clone()))
    }

    /// The lemma of a form in normal form that was seen with one lemma only, or has one only in the lexicon.
    pub(crate) fn known_lemma(&self, normal: &SmolStr, upos: Upos) -> Option<SmolStr> {
        if upos == Upos::Propn {
            return None;
        }
        let seen = self.lexicon.get(&(normal.clone(), upos)).cloned();
        seen.or_else(|| {
            let mut lemmas = self.listed_lemmas(normal, upos);
            let lemma = lemmas.next()?;
            lemmas.all(|other| other == lemma).then(|| SmolStr::new(lemma))
        })
    }

    /// The lemmas that the lexicon has for a form in normal form.
    fn listed_lemmas<'a>(&'a self, normal: &'a str, upos: Upos) -> impl Iterator<Item = String> + 'a {
        let entries = self.inflections.into_iter().flat_map(move |lexicon| lexicon.entries(normal));
        entries.filter(move |entry| entry.upos == upos.as_str()).filter_map(move |entry| entry.lemma(normal))
    }

    /// The lemma that the best script applicable to a form makes of it; of several that the lexicon has, one of those.
    pub(crate) fn made_lemma(&self, form: &str, upos: usize, score: impl Fn(u16) -> f32) -> SmolStr {
        let part = Upos::ALL[upos];
        let endings = self.endings.get(&part);
        let normal = normal_form(form);
        let listed: Vec<String> =
            if part == Upos::Propn { Vec::new() } else { self.listed_lemmas(&normal, part).collect() };
        let mut best: Option<(f32, SmolStr)> = None;
        for &class in &self.seen_with[upos][1] {
            let score = score(class);
            if best.as_ref().is_none_or(|(top, _)| score > *top)
                && let Some(lemma) = self.scripts[class as usize].apply(form)
                && (listed.is_empty() || listed.iter().any(|l| *l == lemma))
                && endings.is_none_or(|endings| endings.contains(ending(&lemma)))
            {
                best = Some((score, lemma));
            }
        }
        let made = best.map(|(_, lemma)| lemma);
        made.or_else(|| listed.first().map(SmolStr::new)).unwrap_or(normal)
    }

    /// The best relation; `root` exactly for the root.
    pub(crate) fn relation(&self, scores: &[f32], root: bool) -> Deprel {
        let mut best: Option<(f32, &Deprel)> = None;
        for (score, deprel) in scores.iter().zip(&self.relations) {
            if (deprel.base == Relation::Root) == root && best.is_none_or(|(top, _)| *score > top) {
                best = Some((*score, deprel));
            }
        }
        best.map_or_else(dep, |(_, d)| d.clone())
    }
}

/// The class of the highest score, the first of equals.
#[inline(always)]
pub(crate) fn best_of(classes: &[u16], score: impl Fn(u16) -> f32) -> Option<u16> {
    let mut best: Option<(f32, u16)> = None;
    for &class in classes {
        let score = score(class);
        if best.is_none_or(|(top, _)| score > top) {
            best = Some((score, class));
        }
    }
    best.map(|(_, class)| class)
}

/// The relation of which nothing is known.
pub(crate) fn dep() -> Deprel {
    Deprel { base: Relation::Dep, sub: SmolStr::default() }
}

/// A word of which only form and place are known.
pub(crate) fn blank(token: u32, span: vigie_text::Span, form: SmolStr) -> Word {
    Word {
        token,
        span,
        form,
        lemma: SmolStr::default(),
        upos: Upos::X,
        feats: Feats::default(),
        head: None,
        deprel: dep(),
    }
}
