//! What training is given: sentences.

use crate::conllu::Annotated;
use crate::parse::{NamedEntity, Word};
use crate::split::{Splitter, Tokens};
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
    pub(crate) has_syntax: bool,
    /// For each word: whether what it is to an entity is known.
    pub known: Vec<bool>,
    /// Share of the passes in which it is used, 0 to 1.
    pub share: f32,
}

impl Example {
    /// An example from an annotated sentence.
    #[must_use]
    pub fn new(from: &Annotated, style: u32, has_syntax: bool, known: Vec<bool>, share: f32) -> Self {
        let tokens = from.sentence.tokens.iter().map(|t| SmolStr::new(t.span.of(&from.text))).collect();
        let (words, entities) = (from.parse.words.clone(), from.parse.entities.clone());
        Self { tokens, words, entities, style, has_syntax, known, share }
    }

    /// The same example with its tokens divided into words as they will be when a parse is made, where the corpus
    /// does not tell.
    pub(super) fn divided(&self, splitter: &Splitter) -> Self {
        let mut out = self.clone();
        if self.has_syntax {
            return out;
        }
        let tokens: Vec<&str> = self.tokens.iter().map(SmolStr::as_str).collect();
        out.words.clear();
        out.known.clear();
        let mut starts = Vec::new();
        splitter.split(tokens.iter().copied(), &mut Tokens::default(), |i, form| {
            starts.resize(i + 1, out.words.len() as u32);
            out.known.push(self.known[i]);
            out.words.push(Word { form, ..self.words[i].clone() });
        });
        starts.push(out.words.len() as u32);
        for entity in &mut out.entities {
            entity.first = starts[entity.first as usize];
            entity.last = starts[entity.last as usize + 1] - 1;
        }
        out
    }
}
