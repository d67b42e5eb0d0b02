//! What training is given: sentences and settings.

use crate::conllu::Annotated;
use crate::parse::{NamedEntity, Word};
use crate::split::Splitter;
use smol_str::SmolStr;

/// A sentence to learn from.
#[derive(Debug, Clone)]
pub struct Example {
    /// Surface tokens.
    pub tokens: Vec<SmolStr>,
    /// Words; where there is no syntax only the forms count.
    pub words: Vec<Word>,
    /// Named entities.
    pub entities: Vec<NamedEntity>,
    /// Which corpus it is from; parses follow style 0.
    pub style: u32,
    /// The words carry tags, lemmas, heads and relations.
    pub has_syntax: bool,
    /// The entities are known.
    pub has_entities: bool,
    /// Share of the passes in which it is used, 0 to 1.
    pub share: f32,
}

impl Example {
    /// An example from an annotated sentence.
    #[must_use]
    pub fn new(from: &Annotated, style: u32, has_syntax: bool, has_entities: bool, share: f32) -> Self {
        let tokens = from.sentence.tokens.iter().map(|t| SmolStr::new(t.span.of(&from.text))).collect();
        let (words, entities) = (from.parse.words.clone(), from.parse.entities.clone());
        Self { tokens, words, entities, style, has_syntax, has_entities, share }
    }
}

impl Example {
    /// The same example with its tokens divided into words as they will be when a parse is made, where the corpus
    /// does not tell.
    pub(super) fn divided(&self, splitter: &Splitter) -> Self {
        let mut out = self.clone();
        if self.has_syntax {
            return out;
        }
        let tokens: Vec<&str> = self.tokens.iter().map(SmolStr::as_str).collect();
        out.words.clear();
        let mut starts = Vec::new();
        for (i, parts) in splitter.split(&tokens).into_iter().enumerate() {
            starts.push(out.words.len() as u32);
            out.words.extend(parts.into_iter().map(|form| Word { form, ..self.words[i].clone() }));
        }
        starts.push(out.words.len() as u32);
        for entity in &mut out.entities {
            entity.first = starts[entity.first as usize];
            entity.last = starts[entity.last as usize + 1] - 1;
        }
        out
    }
}

/// How to train.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Everything random comes from it.
    pub seed: u64,
    /// Passes over the corpora.
    pub passes: u32,
    /// Words a step.
    pub batch: usize,
    /// Largest step of the optimiser.
    pub rate: f32,
    /// Rows of the tables of words, affixes, letter groups, shapes.
    pub rows: [u32; 4],
    /// Columns of the same tables.
    pub cols: [u32; 4],
    /// Width of a word's state.
    pub width: u32,
    /// Convolution layers.
    pub convolutions: u32,
    /// Recurrent layers.
    pub recurrences: u32,
    /// Cells a direction.
    pub cells: u32,
    /// Width of arc representations.
    pub arc: u32,
    /// Width of relation representations.
    pub relation: u32,
    /// Shares of activations dropped: embeddings, layers, representations.
    pub dropout: [f32; 3],
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: 1,
            passes: 20,
            batch: 400,
            rate: 2.5e-3,
            rows: [16384, 6144, 12288, 512],
            cols: [64, 64, 64, 32],
            width: 160,
            convolutions: 2,
            recurrences: 3,
            cells: 96,
            arc: 128,
            relation: 96,
            dropout: [0.2, 0.2, 0.3],
        }
    }
}
