//! What the heads can say: label lists, lemma scripts and lexicon, all counted in the corpora.

use super::Example;
use crate::features::normal_form;
use crate::format::deprel_label;
use crate::lemma::Script;
use crate::parse::{Deprel, Relation, Upos};
use smol_str::SmolStr;
use std::collections::BTreeMap;

/// Label lists of a language.
pub(crate) struct Labels {
    pub(crate) feats: Vec<SmolStr>,
    pub(crate) scripts: Vec<Script>,
    pub(crate) relations: Vec<Deprel>,
    pub(crate) seen_with: Vec<[Vec<u16>; 2]>,
    pub(crate) lexicon: BTreeMap<(SmolStr, Upos), SmolStr>,
    /// How often each normal form was seen.
    pub(crate) counts: BTreeMap<SmolStr, u32>,
}

fn frequent<T: Ord + Clone>(counts: BTreeMap<T, u32>, least: u32) -> Vec<T> {
    let mut kept: Vec<(T, u32)> = counts.into_iter().filter(|(_, n)| *n >= least).collect();
    kept.sort_by(|x, y| y.1.cmp(&x.1).then_with(|| x.0.cmp(&y.0)));
    kept.into_iter().map(|(t, _)| t).collect()
}

/// For each part of speech the classes of features and of scripts that were seen with it more than once.
fn seen_with(examples: &[Example], feats: &[SmolStr], scripts: &[Script]) -> Vec<[Vec<u16>; 2]> {
    let feats: BTreeMap<&SmolStr, u16> = feats.iter().zip(0..).collect();
    let scripts: BTreeMap<&Script, u16> = scripts.iter().zip(0..).collect();
    let mut counts: Vec<[BTreeMap<u16, u32>; 2]> = vec![Default::default(); Upos::ALL.len()];
    for word in examples.iter().filter(|e| e.has_syntax).flat_map(|e| &e.words) {
        let upos = Upos::ALL.iter().position(|u| *u == word.upos).unwrap_or(0);
        let classes = [feats.get(&word.feats.0), scripts.get(&Script::between(&word.form, &word.lemma))];
        for (counts, class) in counts[upos].iter_mut().zip(classes) {
            if let Some(class) = class {
                *counts.entry(*class).or_insert(0) += 1;
            }
        }
    }
    let kept = |counts: BTreeMap<u16, u32>| counts.into_iter().filter(|(_, n)| *n > 1).map(|(c, _)| c).collect();
    counts.into_iter().map(|pair| pair.map(kept)).collect()
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
        let feats = frequent(feats, 2);
        let scripts: Vec<Script> =
            frequent(scripts, 2).into_iter().filter(|s| s.off.len() < 200 && s.on.len() < 200).collect();
        Self {
            seen_with: seen_with(examples, &feats, &scripts),
            feats,
            scripts,
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
