//! What the engine keeps of a word as it is written: everything that does not depend on its sentence, so that a word
//! which comes again costs a look-up.

use super::product::{Kernel, Matrix, Rows};
use super::{Engine, normalise};
use crate::features::{normal_form, word_features};
use crate::network::family_scale;
use smol_str::SmolStr;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Words that are kept; then the store is emptied. Bounds memory, not results.
const MOST: usize = 8192;
/// Longer words are not kept.
const LONGEST: usize = 64;

/// FNV-1a: short keys, and the same places on every machine.
#[derive(Default)]
pub(super) struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.0 = (self.0 ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// Lemma of a word for a part of speech; `None` inside when the lexicon has none.
type Lemmas = Vec<(u8, Option<SmolStr>)>;

/// Words seen so far.
#[derive(Default)]
pub(super) struct Words {
    slots: HashMap<SmolStr, u32, BuildHasherDefault<Fnv>>,
    /// For each word its state, then its three parts of the first convolution.
    vectors: Vec<f32>,
    lemmas: Vec<(SmolStr, Lemmas)>,
    missing: Vec<SmolStr>,
    embedded: Vec<f32>,
    rows: Rows,
    states: Vec<f32>,
    parts: Vec<f32>,
}

impl Words {
    /// Empties the store when it holds too much for another batch.
    pub(super) fn make_room(&mut self) {
        if self.lemmas.len() > MOST {
            self.slots.clear();
            self.vectors.clear();
            self.lemmas.clear();
        }
    }

    /// The place of a word; new ones are noted and computed by `fill`.
    #[inline(always)]
    pub(super) fn place(&mut self, form: &SmolStr) -> u32 {
        if let Some(&slot) = self.slots.get(form) {
            return slot;
        }
        let slot = (self.lemmas.len() + self.missing.len()) as u32;
        if form.len() <= LONGEST {
            self.slots.insert(form.clone(), slot);
        }
        self.missing.push(form.clone());
        slot
    }

    /// Computes the words that `place` did not know.
    #[inline(always)]
    pub(super) fn fill<K: Kernel>(&mut self, kernel: K, engine: &Engine) {
        let n = self.missing.len();
        if n == 0 {
            return;
        }
        let width = engine.width;
        let inputs = engine.inputs;
        self.rows.begin(n, inputs);
        for i in 0..n {
            embed(engine, &self.missing[i], &mut self.embedded);
            self.rows.set(i, &self.embedded);
        }
        engine.mix.apply(kernel, &self.rows, &mut self.states);
        self.rows.begin(n, width);
        self.embedded.resize(width, 0.0);
        for (i, state) in self.states.chunks_exact(width).enumerate() {
            normalise(&engine.first_norm, state, &mut self.embedded);
            self.rows.set(i, &self.embedded);
        }
        engine.first_parts.apply(kernel, &self.rows, &mut self.parts);
        for (state, parts) in self.states.chunks_exact(width).zip(self.parts.chunks_exact(3 * width)) {
            self.vectors.extend_from_slice(state);
            self.vectors.extend_from_slice(parts);
        }
        self.lemmas.extend(self.missing.drain(..).map(|form| (normal_form(&form), Vec::new())));
    }

    /// State and parts of the word at `slot`.
    #[inline(always)]
    pub(super) fn vectors(&self, slot: u32, width: usize) -> &[f32] {
        &self.vectors[slot as usize * 4 * width..(slot as usize + 1) * 4 * width]
    }

    /// The lexicon's lemma for a part of speech, looked up once.
    pub(super) fn lemma(
        &mut self,
        slot: u32,
        upos: usize,
        look_up: impl FnOnce(&SmolStr) -> Option<SmolStr>,
    ) -> Option<SmolStr> {
        let (normal, known) = &mut self.lemmas[slot as usize];
        if let Some((_, lemma)) = known.iter().find(|(u, _)| usize::from(*u) == upos) {
            return lemma.clone();
        }
        let lemma = look_up(normal);
        known.push((upos as u8, lemma.clone()));
        lemma
    }
}

/// Sums of the rows of the tables for one word, one table after the other.
#[inline(always)]
fn embed(engine: &Engine, form: &str, out: &mut Vec<f32>) {
    let layout = &engine.network.layout;
    let features = word_features(form, engine.network.config.rows, engine.lexicon);
    out.clear();
    out.resize(engine.inputs, 0.0);
    let mut offset = 0;
    for (family, table) in layout.tables.iter().enumerate() {
        let target = &mut out[offset..offset + table.cols];
        let values = table.of(&engine.network.parameters);
        for &id in &features.ids[family] {
            let source = &values[id as usize * table.cols..(id as usize + 1) * table.cols];
            target.iter_mut().zip(source).for_each(|(t, s)| *t += s);
        }
        let scale = family_scale(family, features.ids[family].len());
        target.iter_mut().for_each(|t| *t *= scale);
        offset += table.cols;
    }
}

/// The first convolution's weights as one matrix: what a word gives to the word after it, to itself and to the word
/// before it.
pub(super) fn parts(weights: &[f32], width: usize) -> Matrix {
    let zeros = vec![0.0; width];
    let parts: Vec<(&[f32], &[f32])> = weights.chunks_exact(width * width).map(|w| (w, &zeros[..])).collect();
    Matrix::new(width, &parts)
}
