//! The way up through the network in floating point, keeping what the way back needs.

use super::gradient::add;
use super::pass::{Batch, ConvolutionPass, Noise, Normed, Pass, Place, RecurrencePass, Representation};
use crate::math::{View, add_product, sigmoid};
use crate::network::{DISTANCES, Dense, Network, Norm, distance, family_scale};

impl Network {
    fn dense(&self, layer: &Dense, x: &[f32], n: usize) -> Vec<f32> {
        let (k, m) = (layer.weight.rows, layer.weight.cols);
        let bias = layer.bias.of(&self.parameters);
        let mut out = Vec::with_capacity(n * m);
        for _ in 0..n {
            out.extend_from_slice(bias);
        }
        add_product(&mut out, View::new(x, k), View::new(layer.weight.of(&self.parameters), m), n, k, m);
        out
    }

    fn norm(&self, layer: &Norm, x: &[f32]) -> Normed {
        let gain = layer.gain.of(&self.parameters);
        let bias = layer.bias.of(&self.parameters);
        let width = gain.len();
        let mut out = vec![0.0; x.len()];
        let mut unit = vec![0.0; x.len()];
        let mut inverse = Vec::with_capacity(x.len() / width);
        for (row, (o, u)) in x.chunks_exact(width).zip(out.chunks_exact_mut(width).zip(unit.chunks_exact_mut(width))) {
            let mean = row.iter().sum::<f32>() / width as f32;
            let variance = row.iter().map(|v| (v - mean) * (v - mean)).sum::<f32>() / width as f32;
            let scale = 1.0 / (variance + 1e-5).sqrt();
            for i in 0..width {
                u[i] = (row[i] - mean) * scale;
                o[i] = u[i] * gain[i] + bias[i];
            }
            inverse.push(scale);
        }
        Normed { out, unit, inverse }
    }

    fn embed(&self, batch: &Batch) -> Vec<f32> {
        let total: usize = self.layout.tables.iter().map(|t| t.cols).sum();
        let mut out = vec![0.0; batch.words.len() * total];
        for (word, row) in batch.words.iter().zip(out.chunks_exact_mut(total)) {
            let mut offset = 0;
            for (family, table) in self.layout.tables.iter().enumerate() {
                let target = &mut row[offset..offset + table.cols];
                let values = table.of(&self.parameters);
                for &id in &word.ids[family] {
                    let source = &values[id as usize * table.cols..(id as usize + 1) * table.cols];
                    for (t, s) in target.iter_mut().zip(source) {
                        *t += s;
                    }
                }
                let scale = family_scale(family, word.ids[family].len());
                for t in target.iter_mut() {
                    *t *= scale;
                }
                offset += table.cols;
            }
        }
        out
    }

    fn add_places(&self, batch: &Batch, x: &mut [f32]) {
        let table = self.layout.place.of(&self.parameters);
        let width = self.layout.place.cols;
        for (row, places) in x.chunks_exact_mut(width).zip(&batch.places) {
            for &place in places {
                add(row, &table[place as usize * width..(place as usize + 1) * width]);
            }
        }
    }

    fn rectified(&self, layer: &Dense, x: &[f32], n: usize, noise: &mut impl Noise) -> Representation {
        let mut out = self.dense(layer, x, n);
        for v in &mut out {
            *v = v.max(0.0);
        }
        let mask = noise.mask(&mut out, Place::Head);
        Representation { out, mask }
    }

    /// The way up for a batch, as far as it does not depend on the choice of heads.
    pub(crate) fn pass(&self, batch: &Batch, noise: &mut impl Noise) -> Pass {
        let layout = &self.layout;
        let n = batch.words.len();
        let width = self.config.width as usize;
        let mut embedded = self.embed(batch);
        let embedded_mask = noise.mask(&mut embedded, Place::Embedding);
        let mut x = self.dense(&layout.mix, &embedded, n);
        let mut convolutions = Vec::new();
        for (k, (norm, dense)) in layout.convolutions.iter().enumerate() {
            let normed = self.norm(norm, &x);
            let window = windows(&normed.out, &batch.starts, width);
            let mut active = self.dense(dense, &window, n);
            for v in &mut active {
                *v = v.max(0.0);
            }
            let mask = noise.mask(&mut active, Place::Layer);
            add(&mut x, &active);
            convolutions.push(ConvolutionPass { normed, window, active, mask });
            // What depends on the sentence comes after the first convolution, so that the engine can keep the
            // convolved parts of a word for its next occurrence.
            if k == 0 {
                self.add_places(batch, &mut x);
            }
        }
        let mut recurrences = Vec::new();
        for layer in &layout.recurrences {
            let normed = self.norm(&layer.norm, &x);
            let mut gates = self.dense(&layer.input, &normed.out, n);
            let cells = width / 2;
            let mut states = vec![0.0; n * width];
            let mut hidden = vec![0.0; n * width];
            let peep = layer.peep.of(&self.parameters);
            for ends in batch.starts.windows(2) {
                for direction in 0..2 {
                    let peep = &peep[width * direction..width * (direction + 1)];
                    run_cells(&mut gates, &mut states, &mut hidden, peep, (ends[0], ends[1]), direction, cells);
                }
            }
            let mask = noise.mask(&mut hidden, Place::Layer);
            add(&mut x, &hidden);
            recurrences.push(RecurrencePass { normed, gates, states, mask });
        }
        let mut last = self.norm(&layout.last, &x);
        let last_mask = noise.mask(&mut last.out, Place::Layer);
        let heads = std::array::from_fn(|h| self.dense(&layout.heads[h], &last.out, n));
        let arc_dependent = self.rectified(&layout.arc_dependent, &last.out, n, noise);
        let arc_head = self.rectified(&layout.arc_head, &last.out, n, noise);
        let arc = self.config.arc as usize;
        let mut arc_product = vec![0.0; n * arc];
        let product = View::new(layout.arc_product.of(&self.parameters), arc);
        add_product(&mut arc_product, View::new(&arc_dependent.out, arc), product, n, arc, arc);
        let arc_distance = self.dense(&layout.arc_distance, &arc_dependent.out, n);
        let relation_dependent = self.rectified(&layout.relation_dependent, &last.out, n, noise);
        let relation_head = self.rectified(&layout.relation_head, &last.out, n, noise);
        Pass {
            embedded,
            embedded_mask,
            convolutions,
            recurrences,
            last,
            last_mask,
            heads,
            arc_dependent,
            arc_head,
            arc_product,
            arc_distance,
            relation_dependent,
            relation_head,
        }
    }

    /// Candidate heads of words `from..to`: the root first, then the words.
    pub(crate) fn arc_candidates(&self, pass: &Pass, from: usize, to: usize) -> Vec<f32> {
        let arc = self.config.arc as usize;
        let mut heads = self.layout.arc_root.of(&self.parameters).to_vec();
        heads.extend_from_slice(&pass.arc_head.out[from * arc..to * arc]);
        heads
    }

    /// Scores of every head (column 0 is the root, column `j + 1` word `j`) for every word of `from..to`.
    pub(crate) fn arc_scores(&self, pass: &Pass, candidates: &[f32], from: usize, to: usize) -> Vec<f32> {
        let arc = self.config.arc as usize;
        let n = to - from;
        let bias = self.layout.arc_bias.of(&self.parameters);
        let row: Vec<f32> =
            candidates.chunks_exact(arc).map(|c| c.iter().zip(bias).map(|(x, y)| x * y).sum::<f32>()).collect();
        let mut scores = Vec::with_capacity(n * (n + 1));
        for _ in 0..n {
            scores.extend_from_slice(&row);
        }
        let left = View::new(&pass.arc_product[from * arc..to * arc], arc);
        let transposed = transpose(candidates, arc);
        add_product(&mut scores, left, View::new(&transposed, n + 1), n, arc, n + 1);
        for i in 0..n {
            let distances = &pass.arc_distance[(from + i) * DISTANCES..(from + i + 1) * DISTANCES];
            for (j, score) in scores[i * (n + 1) + 1..(i + 1) * (n + 1)].iter_mut().enumerate() {
                *score += distances[distance(i, j)];
            }
            scores[i * (n + 1) + i + 1] = -1e6;
        }
        scores
    }

    /// Inputs of the relation layer for pairs of (dependent, head); both count over the batch, `None` is the root.
    pub(crate) fn relation_inputs(&self, pass: &Pass, pairs: &[(usize, Option<usize>)]) -> Vec<f32> {
        let m = self.config.relation as usize;
        let root = self.layout.relation_root.of(&self.parameters);
        let mut inputs = Vec::with_capacity(pairs.len() * 3 * m);
        for &(dependent, head) in pairs {
            let d = &pass.relation_dependent.out[dependent * m..(dependent + 1) * m];
            let h = head.map_or(root, |h| &pass.relation_head.out[h * m..(h + 1) * m]);
            inputs.extend_from_slice(d);
            inputs.extend_from_slice(h);
            inputs.extend(d.iter().zip(h).map(|(x, y)| x * y));
        }
        inputs
    }

    /// Scores of every relation for each pair.
    pub(crate) fn relation_scores(&self, inputs: &[f32], pairs: usize) -> Vec<f32> {
        self.dense(&self.layout.relation_out, inputs, pairs)
    }
}

fn transpose(rows: &[f32], cols: usize) -> Vec<f32> {
    let n = rows.len() / cols;
    let mut out = vec![0.0; rows.len()];
    for (i, row) in rows.chunks_exact(cols).enumerate() {
        for (j, v) in row.iter().enumerate() {
            out[j * n + i] = *v;
        }
    }
    out
}

/// Each word with its two neighbours; zero outside the sentence.
fn windows(x: &[f32], starts: &[usize], width: usize) -> Vec<f32> {
    let mut out = vec![0.0; x.len() * 3];
    for ends in starts.windows(2) {
        for i in ends[0]..ends[1] {
            let row = &mut out[i * 3 * width..(i + 1) * 3 * width];
            let from = if i > ends[0] { i - 1 } else { i };
            let to = if i + 1 < ends[1] { i + 2 } else { i + 1 };
            let offset = (from + 1 - i) * width;
            row[offset..offset + (to - from) * width].copy_from_slice(&x[from * width..to * width]);
        }
    }
    out
}

/// One direction of a recurrent layer over one sentence. The forget and reset columns of `gates` are squashed in place.
fn run_cells(
    gates: &mut [f32],
    states: &mut [f32],
    hidden: &mut [f32],
    peep: &[f32],
    (from, to): (usize, usize),
    direction: usize,
    cells: usize,
) {
    let mut state = vec![0.0f32; cells];
    let (forget_peep, reset_peep) = peep.split_at(cells);
    for step in from..to {
        let i = if direction == 0 { step } else { from + to - 1 - step };
        let row = &mut gates[i * 6 * cells + direction * 3 * cells..][..3 * cells];
        let (candidate, rest) = row.split_at_mut(cells);
        let (forget, reset) = rest.split_at_mut(cells);
        let place = i * 2 * cells + direction * cells;
        let states = &mut states[place..place + cells];
        let hidden = &mut hidden[place..place + cells];
        for j in 0..cells {
            let before = state[j];
            let f = sigmoid(forget[j] + forget_peep[j] * before);
            let r = sigmoid(reset[j] + reset_peep[j] * before);
            let now = f * before + (1.0 - f) * candidate[j];
            forget[j] = f;
            reset[j] = r;
            state[j] = now;
            states[j] = now;
            hidden[j] = r * now;
        }
    }
}
