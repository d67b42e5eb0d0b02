//! A loaded model: one call from a sentence to its parse.

use crate::entities;
use crate::features::{normal_form, word_features};
use crate::format::{self, ModelError};
use crate::lemma::Script;
use crate::math::argmax;
use crate::network::{Batch, Network, Pass, Quiet};
use crate::parse::{Deprel, Feats, Parse, Relation, Upos, Word};
use crate::split::Splitter;
use crate::tree::best_tree;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use vigie_resources::Language;
use vigie_text::Sentence;

/// Longer sentences are parsed in windows of this many words, so that time stays linear.
const WINDOW: usize = 256;

/// Tagger, lemmatizer, dependency parser and entity recogniser of one language.
pub struct Model {
    pub(crate) network: Network,
    /// The annotation style (a training corpus) that parses shall follow.
    pub(crate) style: u32,
    pub(crate) feats: Vec<SmolStr>,
    pub(crate) relations: Vec<Deprel>,
    pub(crate) scripts: Vec<Script>,
    pub(crate) splitter: Splitter,
    /// Lemmas of the forms seen in training with one lemma only; forms in their normal form.
    pub(crate) lexicon: BTreeMap<(SmolStr, Upos), SmolStr>,
}

impl Model {
    /// Reads a model file.
    ///
    /// # Errors
    /// When the bytes are no model, of another version, or damaged.
    pub fn load(bytes: &[u8]) -> Result<Self, ModelError> {
        format::read(bytes)
    }

    /// The model shipped with a language; `None` when the language has none that can be read.
    #[must_use]
    pub fn for_language(language: Language) -> Option<&'static Self> {
        static MODELS: OnceLock<BTreeMap<Language, Model>> = OnceLock::new();
        let models = MODELS.get_or_init(|| {
            Language::all()
                .filter_map(|l| {
                    let bytes = vigie_resources::bytes(&format!("languages/{}/model.bin", l.code()))?;
                    Some((l, Self::load(bytes).ok()?))
                })
                .collect()
        });
        models.get(&language)
    }

    /// The parse of a sentence of `text`. Always a tree; empty when the sentence has no tokens.
    #[must_use]
    pub fn parse(&self, text: &str, sentence: &Sentence) -> Parse {
        let tokens: Vec<&str> = sentence.tokens.iter().map(|t| t.span.of(text)).collect();
        let mut words = Vec::new();
        for (i, parts) in self.splitter.split(&tokens).into_iter().enumerate() {
            for form in parts {
                words.push(blank(i as u32, sentence.tokens[i].span, form));
            }
        }
        self.annotate(words)
    }

    /// Fills in everything but token, span and form.
    pub(crate) fn annotate(&self, mut words: Vec<Word>) -> Parse {
        let mut tags = Vec::with_capacity(words.len());
        let mut root = None;
        for from in (0..words.len()).step_by(WINDOW) {
            let to = words.len().min(from + WINDOW);
            self.window(&mut words[from..to], from, &mut tags);
            let own = (from..to).find(|&i| words[i].head.is_none());
            match (root, own) {
                (None, _) => root = own,
                (Some(first), Some(own)) => {
                    words[own].head = Some(first as u32);
                    words[own].deprel = Deprel { base: Relation::Parataxis, sub: SmolStr::default() };
                }
                (Some(_), None) => {}
            }
        }
        let entities = entities::entities(&tags, &words);
        Parse { words, entities }
    }

    fn window(&self, words: &mut [Word], offset: usize, tags: &mut Vec<u8>) {
        let n = words.len();
        let features = words
            .iter()
            .enumerate()
            .map(|(i, w)| word_features(&w.form, self.style, offset + i == 0, self.network.config.rows))
            .collect();
        let batch = Batch { words: features, starts: vec![0, n] };
        let pass = self.network.pass(&batch, &mut Quiet);
        let candidates = self.network.arc_candidates(&pass, 0, n);
        let heads = best_tree(&self.network.arc_scores(&pass, &candidates, 0, n), n);
        let pairs: Vec<(usize, Option<usize>)> =
            heads.iter().enumerate().map(|(i, h)| (i, h.map(|h| h as usize))).collect();
        let inputs = self.network.relation_inputs(&pass, &pairs);
        let relations = self.network.relation_scores(&inputs, n);
        for (i, word) in words.iter_mut().enumerate() {
            self.morphology(word, &pass, i);
            word.head = heads[i].map(|h| h + offset as u32);
            word.deprel = self.relation(&relations[i * self.relations.len()..], heads[i].is_none());
        }
        tags.extend(entities::best_tags(&pass.heads[3], n));
    }

    /// The best relation; `root` exactly for the root.
    fn relation(&self, scores: &[f32], root: bool) -> Deprel {
        let mut best: Option<(f32, &Deprel)> = None;
        for (score, deprel) in scores.iter().zip(&self.relations) {
            if (deprel.base == Relation::Root) == root && best.is_none_or(|(top, _)| *score > top) {
                best = Some((*score, deprel));
            }
        }
        best.map_or_else(dep, |(_, d)| d.clone())
    }

    fn morphology(&self, word: &mut Word, pass: &Pass, i: usize) {
        let row = |h: usize| {
            let size = self.network.config.classes[h] as usize;
            &pass.heads[h][i * size..(i + 1) * size]
        };
        word.upos = Upos::ALL[argmax(row(0))];
        word.feats = Feats(self.feats[argmax(row(1))].clone());
        word.lemma = self.lemma(&word.form, word.upos, row(2));
    }

    fn lemma(&self, form: &str, upos: Upos, scores: &[f32]) -> SmolStr {
        let normal = normal_form(form);
        if upos != Upos::Propn
            && let Some(lemma) = self.lexicon.get(&(normal.clone(), upos))
        {
            return lemma.clone();
        }
        let mut best: Option<(f32, SmolStr)> = None;
        for (score, script) in scores.iter().zip(&self.scripts) {
            if best.as_ref().is_none_or(|(top, _)| score > top)
                && let Some(lemma) = script.apply(form)
            {
                best = Some((*score, lemma));
            }
        }
        best.map_or(normal, |(_, lemma)| lemma)
    }
}

fn dep() -> Deprel {
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
