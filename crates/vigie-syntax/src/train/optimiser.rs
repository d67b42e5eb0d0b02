//! Adam (Kingma & Ba 2015) with clipped gradients and a running average of the parameters, which is what is kept.
//!
//! The word tables hold most of the parameters and a batch touches few of their rows, so rows are brought up to date
//! only when they are touched (as in the lazy Adam of the sparse libraries); the average of a row that rests moves
//! towards it in closed form.

use crate::network::Block;

const FIRST: f32 = 0.9;
const SECOND: f32 = 0.98;
const CLIP: f32 = 5.0;

pub(crate) struct Optimiser {
    mean: Vec<f32>,
    square: Vec<f32>,
    average: Vec<f32>,
    decay: (f32, f32),
    /// Parameters before this one belong to the word tables.
    tables: usize,
    /// Start and length of every row of the word tables.
    rows: Vec<(u32, u32)>,
    /// By the first parameter of a table row: how far its average has come, as a value of `rest`.
    seen: Vec<f64>,
    /// Product of what each step left of the averages, so far.
    rest: f64,
}

impl Optimiser {
    /// `tables` lie at the start of the parameters and are updated row by row.
    pub(crate) fn new(parameters: &[f32], tables: &[Block]) -> Self {
        let zeros = vec![0.0; parameters.len()];
        let rows = tables.iter().flat_map(|t| (0..t.rows).map(|r| ((t.start + r * t.cols) as u32, t.cols as u32)));
        let rows: Vec<(u32, u32)> = rows.collect();
        let tables = rows.last().map_or(0, |(start, len)| (start + len) as usize);
        let seen = vec![1.0; tables];
        Self {
            mean: zeros.clone(),
            square: zeros,
            average: parameters.to_vec(),
            decay: (1.0, 1.0),
            tables,
            rows,
            seen,
            rest: 1.0,
        }
    }

    /// One step along `grads`, whose table rows (start and length) are `touched`, each named once.
    pub(crate) fn step(
        &mut self,
        parameters: &mut [f32],
        grads: &mut [f32],
        touched: &[(u32, u32)],
        rate: f32,
        step: usize,
    ) {
        let rows = |touched: &[(u32, u32)]| -> Vec<std::ops::Range<usize>> {
            let rows = touched.iter().map(|&(start, len)| start as usize..(start + len) as usize);
            rows.chain(std::iter::once(self.tables..parameters.len())).collect()
        };
        let rows = rows(touched);
        let norm = rows.iter().map(|r| squares(&grads[r.clone()])).sum::<f32>().sqrt();
        if norm > CLIP {
            let scale = CLIP / norm;
            rows.iter().for_each(|r| grads[r.clone()].iter_mut().for_each(|g| *g *= scale));
        }
        self.decay = (self.decay.0 * FIRST, self.decay.1 * SECOND);
        let rate = rate * (1.0 - self.decay.1).sqrt() / (1.0 - self.decay.0);
        let blend = (1.0 / (step as f32 / 10.0 + 1.0)).max(1e-3);
        for row in rows {
            let start = row.start;
            if start < self.tables {
                let rested = (self.rest / self.seen[start]) as f32;
                for (a, p) in self.average[row.clone()].iter_mut().zip(&parameters[row.clone()]) {
                    *a = *p + (*a - *p) * rested;
                }
            }
            let moments = self.mean[row.clone()].iter_mut().zip(&mut self.square[row.clone()]);
            let parts = parameters[row.clone()].iter_mut().zip(&grads[row.clone()]).zip(moments);
            for (((p, g), (m, v)), a) in parts.zip(&mut self.average[row]) {
                *m += (1.0 - FIRST) * (g - *m);
                *v += (1.0 - SECOND) * (g * g - *v);
                *p -= rate * *m / (v.sqrt() + 1e-8);
                *a += blend * (*p - *a);
            }
            if start < self.tables {
                self.seen[start] = self.rest * f64::from(1.0 - blend);
            }
        }
        self.rest *= f64::from(1.0 - blend);
        if blend >= 1.0 {
            // Nothing is left of what was before.
            self.average.copy_from_slice(parameters);
            self.rest = 1.0;
            self.seen.fill(1.0);
        }
    }

    /// The running average of the parameters.
    pub(crate) fn average(&self, parameters: &[f32]) -> Vec<f32> {
        let mut out = self.average.clone();
        for &(start, len) in &self.rows {
            let rested = (self.rest / self.seen[start as usize]) as f32;
            let row = start as usize..(start + len) as usize;
            for (a, p) in out[row.clone()].iter_mut().zip(&parameters[row]) {
                *a = *p + (*a - *p) * rested;
            }
        }
        out
    }
}

/// Sum of squares in eight lanes, which lets the compiler use vectors; their order is fixed.
fn squares(values: &[f32]) -> f32 {
    let (chunks, rest) = values.as_chunks::<8>();
    let mut lanes = [0f32; 8];
    for chunk in chunks {
        for (l, g) in lanes.iter_mut().zip(chunk) {
            *l += g * g;
        }
    }
    lanes.iter().sum::<f32>() + rest.iter().map(|g| g * g).sum::<f32>()
}
