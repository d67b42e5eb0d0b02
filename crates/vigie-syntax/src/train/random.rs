//! Random numbers that depend on nothing but the seed (SplitMix64).

use super::pass::{Noise, Place};

/// A stream of random numbers.
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ 0x9e37_79b9_7f4a_7c15)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A whole number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    /// A number from 0 to just under 1.
    pub(crate) fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / 16_777_216.0
    }

    pub(crate) fn chance(&mut self, p: f32) -> bool {
        self.unit() < p
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

/// Dropout: the share of activations that is set to zero at each place; the others are scaled up.
pub(crate) struct Dropout {
    pub(crate) random: Random,
    pub(crate) embedding: f32,
    pub(crate) layer: f32,
    pub(crate) head: f32,
}

impl Noise for Dropout {
    fn mask(&mut self, values: &mut [f32], place: Place) -> Option<Vec<f32>> {
        let p = match place {
            Place::Embedding => self.embedding,
            Place::Layer => self.layer,
            Place::Head => self.head,
        };
        if p <= 0.0 {
            return None;
        }
        let limit = (p * 65536.0) as u64;
        let keep = 1.0 / (1.0 - p);
        let mut mask = Vec::with_capacity(values.len());
        while mask.len() < values.len() {
            let mut bits = self.random.next();
            for _ in 0..4.min(values.len() - mask.len()) {
                mask.push(if bits & 0xffff < limit { 0.0 } else { keep });
                bits >>= 16;
            }
        }
        for (v, m) in values.iter_mut().zip(&mask) {
            *v *= m;
        }
        Some(mask)
    }
}
