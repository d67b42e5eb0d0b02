//! Several networks that answer together: the average of their probabilities.

use super::lesson::{Lesson, known};
use super::pass::{Batch, Pass, Quiet};
use super::targets::{Targets, Wanted};
use crate::entities;
use crate::features::{places, word_features};
use crate::math::{argmax, ln, softmax};
use crate::network::Network;
use crate::parse::{Parse, Upos, Word};
use crate::split::Tokens;
use crate::tree::best_tree;
use crate::vocabulary::{Vocabulary, best_of, blank};
use vigie_resources::{Language, lexicon};
use vigie_text::Sentence;

/// Answers below this share are not taught.
const LEAST: f32 = 0.02;

/// Networks with one vocabulary.
pub struct Teachers {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) networks: Vec<Network>,
    pub(crate) language: Language,
}

/// Average probabilities for one sentence.
struct Answer {
    classes: [Vec<f32>; 4],
    arcs: Vec<f32>,
    heads: Vec<Option<u32>>,
    relations: Vec<f32>,
}

fn logarithms(rows: &[f32]) -> Vec<f32> {
    rows.iter().map(|p| ln(p.max(1e-9))).collect()
}

impl Teachers {
    /// The same networks, asked to follow another annotation style.
    #[must_use]
    pub fn with_style(&self, style: u32) -> Self {
        let vocabulary = Vocabulary { style, ..self.vocabulary.clone() };
        Self { vocabulary, networks: self.networks.clone(), language: self.language }
    }

    fn answer(&self, forms: &[smol_str::SmolStr], style: u32) -> Answer {
        let n = forms.len();
        let marks = known(forms, self.language);
        let mut passes: Vec<(&Network, Pass)> = Vec::new();
        for network in &self.networks {
            let words = forms.iter().map(|f| word_features(f, network.config.rows, lexicon(self.language))).collect();
            let places = (0..n).map(|i| places(style, i == 0, marks[i]).collect()).collect();
            let batch = Batch { words, places, starts: vec![0, n] };
            passes.push((network, network.pass(&batch, &mut Quiet)));
        }
        let mean = |rows: &dyn Fn(&Network, &Pass) -> Vec<f32>, cols: usize| -> Vec<f32> {
            let mut sum: Vec<f32> = Vec::new();
            for (network, pass) in &passes {
                let mut scores = rows(network, pass);
                scores.chunks_exact_mut(cols.max(1)).for_each(softmax);
                if sum.is_empty() { sum = scores } else { super::gradient::add(&mut sum, &scores) }
            }
            let scale = 1.0 / passes.len().max(1) as f32;
            sum.iter().map(|p| p * scale).collect()
        };
        let config = &self.networks[0].config;
        let classes = std::array::from_fn(|h| mean(&|_, pass| pass.heads[h].clone(), config.classes[h] as usize));
        let arcs = mean(
            &|network, pass| {
                let candidates = network.arc_candidates(pass, 0, n);
                network.arc_scores(pass, &candidates, 0, n)
            },
            n + 1,
        );
        let heads = best_tree(&logarithms(&arcs), n);
        let pairs: Vec<(usize, Option<usize>)> =
            heads.iter().enumerate().map(|(i, h)| (i, h.map(|h| h as usize))).collect();
        let relations = mean(
            &|network, pass| network.relation_scores(&network.relation_inputs(pass, &pairs), n),
            config.relations as usize,
        );
        Answer { classes, arcs, heads, relations }
    }

    /// The parse of a sentence whose words are known by form only.
    fn annotate(&self, mut words: Vec<Word>) -> Parse {
        let forms: Vec<_> = words.iter().map(|w| w.form.clone()).collect();
        let answer = self.answer(&forms, self.vocabulary.style);
        let config = &self.networks[0].config;
        let v = &self.vocabulary;
        for (i, word) in words.iter_mut().enumerate() {
            let row = |h: usize| &answer.classes[h][i * config.classes[h] as usize..][..config.classes[h] as usize];
            let upos = v.upos(row(0));
            word.upos = Upos::ALL[upos];
            word.feats = v.feats(upos, |classes| best_of(classes, |class| row(1)[class as usize]));
            let normal = crate::features::normal_form(&word.form);
            word.lemma = v
                .known_lemma(&normal, word.upos)
                .unwrap_or_else(|| v.made_lemma(&word.form, upos, |class| row(2)[class as usize]));
            word.head = answer.heads[i];
            word.deprel = v.relation(&answer.relations[i * v.relations.len()..], word.head.is_none());
        }
        let tags = entities::best_tags(&logarithms(&answer.classes[3]), words.len());
        let entities = entities::entities(&tags, &words);
        Parse { words, entities }
    }

    /// The parse of words that are given as they are.
    #[must_use]
    pub fn parse_words(&self, words: &[Word]) -> Parse {
        self.annotate(words.iter().map(|w| blank(w.token, w.span, w.form.clone())).collect())
    }

    /// The parse of a sentence of `text`.
    #[must_use]
    pub fn parse(&self, text: &str, sentence: &Sentence) -> Parse {
        let tokens: Vec<&str> = sentence.tokens.iter().map(|t| t.span.of(text)).collect();
        let mut words = Vec::new();
        self.vocabulary.splitter.split(tokens.iter().copied(), &mut Tokens::default(), |i, form| {
            words.push(blank(i as u32, sentence.tokens[i].span, form));
        });
        self.annotate(words)
    }

    /// Writes what the teachers say into every lesson. Two halves are answered side by side, each lesson alone.
    pub(crate) fn teach(&self, lessons: &mut [Lesson]) {
        let threads = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        let size = lessons.len().div_ceil(threads).max(1);
        std::thread::scope(|scope| {
            for part in lessons.chunks_mut(size) {
                scope.spawn(move || {
                    for lesson in part {
                        lesson.taught = Some(self.shares(&lesson.forms, lesson.style));
                    }
                });
            }
        });
    }

    fn shares(&self, forms: &[smol_str::SmolStr], style: u32) -> Targets {
        let answer = self.answer(forms, style);
        let config = &self.networks[0].config;
        let mut out = Targets::default();
        for h in 0..4 {
            push_rows(&mut out.classes[h], &answer.classes[h], config.classes[h] as usize);
        }
        push_rows(&mut out.heads, &answer.arcs, forms.len() + 1);
        // The relation was asked for the head of the tree; where that is not the likeliest head it teaches nothing.
        let cols = forms.len() + 1;
        for (i, row) in answer.relations.chunks_exact(config.relations as usize).enumerate() {
            let likeliest = argmax(&answer.arcs[i * cols..(i + 1) * cols]);
            if answer.heads[i].map_or(0, |h| h as usize + 1) == likeliest {
                push_rows(&mut out.relations, row, row.len());
            } else {
                out.relations.push(None);
            }
        }
        out
    }
}

/// Keeps the shares that matter, scaled to sum to one again.
fn push_rows(out: &mut Wanted, rows: &[f32], cols: usize) {
    for row in rows.chunks_exact(cols.max(1)) {
        let kept: Vec<(u32, f32)> = row.iter().zip(0..).filter(|(p, _)| **p >= LEAST).map(|(p, c)| (c, *p)).collect();
        let sum: f32 = kept.iter().map(|(_, p)| p).sum();
        out.push_shares(kept.into_iter().map(|(c, p)| (c, p / sum)));
    }
}
