//! What the heads can say: label lists, lemma scripts, lexicon and splittable tokens, all counted in the corpora.

use super::Example;
use crate::features::normal_form;
use crate::format::deprel_label;
use crate::lemma::Script;
use crate::parse::{Deprel, Relation, Upos};
use crate::split::{ROWS, Splitter, context};
use smol_str::SmolStr;
use std::collections::BTreeMap;

use super::random::Random;

/// Label lists of a language.
pub(crate) struct Labels {
    pub(crate) feats: Vec<SmolStr>,
    pub(crate) scripts: Vec<Script>,
    pub(crate) relations: Vec<Deprel>,
    pub(crate) lexicon: BTreeMap<(SmolStr, Upos), SmolStr>,
    /// How often each normal form was seen.
    pub(crate) counts: BTreeMap<SmolStr, u32>,
}

fn frequent<T: Ord + Clone>(counts: BTreeMap<T, u32>, least: u32) -> Vec<T> {
    let mut kept: Vec<(T, u32)> = counts.into_iter().filter(|(_, n)| *n >= least).collect();
    kept.sort_by(|x, y| y.1.cmp(&x.1).then_with(|| x.0.cmp(&y.0)));
    kept.into_iter().map(|(t, _)| t).collect()
}

impl Labels {
    pub(crate) fn count(examples: &[Example]) -> Self {
        let mut feats = BTreeMap::new();
        let mut scripts = BTreeMap::new();
        let mut relations: BTreeMap<String, u32> = BTreeMap::new();
        let mut lemmas: BTreeMap<(SmolStr, Upos), BTreeMap<SmolStr, u32>> = BTreeMap::new();
        let mut counts = BTreeMap::new();
        for example in examples {
            for word in &example.words {
                let form = normal_form(&word.form);
                *counts.entry(form.clone()).or_insert(0) += 1;
                if !example.has_syntax {
                    continue;
                }
                *feats.entry(word.feats.0.clone()).or_insert(0) += 1;
                *scripts.entry(Script::between(&word.form, &word.lemma)).or_insert(0) += 1;
                *relations.entry(deprel_label(&word.deprel)).or_insert(0) += 1;
                if word.upos != Upos::Propn && form.len() < 200 {
                    *lemmas.entry((form, word.upos)).or_default().entry(word.lemma.clone()).or_insert(0) += 1;
                }
            }
        }
        let lexicon = lemmas
            .into_iter()
            .filter(|(_, found)| found.len() == 1)
            .filter_map(|(key, found)| found.into_keys().next().map(|lemma| (key, lemma)))
            .filter(|((form, _), lemma)| {
                !lemma.is_empty() && Script::between(form, lemma).apply(form).as_ref() == Some(lemma)
            })
            .collect();
        Self {
            feats: frequent(feats, 2),
            scripts: frequent(scripts, 2).into_iter().filter(|s| s.off.len() < 200 && s.on.len() < 200).collect(),
            relations: frequent(relations, 3).iter().filter_map(|l| crate::format::deprel(l)).collect(),
            lexicon,
            counts,
        }
    }

    pub(crate) fn relation(&self, deprel: &Deprel) -> Option<u32> {
        let same = self.relations.iter().position(|d| d == deprel);
        let like = || self.relations.iter().position(|d| d.base == deprel.base && d.base != Relation::Root);
        same.or_else(like).map(|i| i as u32)
    }
}

/// Learns which tokens hold several words from sentences of known tokens.
pub(crate) fn learn_splits(examples: &[Example], seed: u64) -> Splitter {
    let mut seen: BTreeMap<SmolStr, BTreeMap<Vec<SmolStr>, u32>> = BTreeMap::new();
    let mut sentences: Vec<(Vec<SmolStr>, Vec<bool>)> = Vec::new();
    for example in examples.iter().filter(|e| e.has_syntax) {
        let mut tokens = Vec::new();
        let mut held = Vec::new();
        for group in example.words.chunk_by(|x, y| x.token == y.token) {
            let token = normal_form(&example.tokens[group[0].token as usize]);
            let parts: Vec<SmolStr> = group.iter().map(|w| normal_form(&w.form)).collect();
            *seen.entry(token.clone()).or_default().entry(parts).or_insert(0) += 1;
            tokens.push(token);
            held.push(group.len() > 1);
        }
        sentences.push((tokens, held));
    }
    let mut forms = BTreeMap::new();
    for (token, ways) in seen {
        let whole: u32 = ways.iter().filter(|(p, _)| p.len() == 1).map(|(_, n)| *n).sum();
        if let Some((parts, n)) = ways.iter().filter(|(p, _)| p.len() > 1).max_by_key(|(_, n)| **n)
            && *n * 20 > whole
        {
            forms.insert(token, (parts.clone(), whole * 50 > *n));
        }
    }
    let mut splitter = Splitter { forms, weights: vec![0; ROWS] };
    train_splits(&mut splitter, &sentences, seed);
    splitter
}

fn train_splits(splitter: &mut Splitter, sentences: &[(Vec<SmolStr>, Vec<bool>)], seed: u64) {
    let mut cases: Vec<(Vec<usize>, bool)> = Vec::new();
    for (tokens, held) in sentences {
        for (i, token) in tokens.iter().enumerate() {
            if splitter.forms.get(token).is_some_and(|f| f.1) {
                cases.push((context(tokens, i), held[i]));
            }
        }
    }
    let mut random = Random::new(seed);
    let mut weights = vec![0i64; ROWS];
    let mut sums = vec![0i64; ROWS];
    const PASSES: usize = 12;
    for _ in 0..PASSES {
        random.shuffle(&mut cases);
        for (features, held) in &cases {
            let score: i64 = features.iter().map(|&f| weights[f]).sum();
            let step = if *held { 1 } else { -1 };
            if score * step <= 4 {
                features.iter().for_each(|&f| weights[f] += step);
            }
        }
        for (sum, weight) in sums.iter_mut().zip(&weights) {
            *sum += weight;
        }
    }
    splitter.weights = sums.iter().map(|s| (*s).clamp(-30_000, 30_000) as i16).collect();
}
