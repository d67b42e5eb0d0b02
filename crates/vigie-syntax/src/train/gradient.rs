//! The way back: gradients of the losses with respect to every parameter.

use super::heads;
use super::pass::{Batch, Normed, Pass, RecurrencePass};
use super::targets::{Targets, Wanted};
use crate::math::{View, add_product, softmax};
use crate::network::{Block, Dense, Network, Norm, Recurrence, family_scale};

/// Weights of the losses: the four heads, arcs, relations.
pub(crate) const WEIGHTS: [f32; 6] = [0.7, 0.5, 0.5, 0.7, 1.0, 0.7];

pub(super) struct Back<'a> {
    pub(super) net: &'a Network,
    pub(super) grads: &'a mut [f32],
}

impl Back<'_> {
    /// Gradient of a dense layer; hands back the gradient of its input.
    pub(super) fn dense(&mut self, layer: &Dense, input: &[f32], out: &[f32], n: usize) -> Vec<f32> {
        let (k, m) = (layer.weight.rows, layer.weight.cols);
        add_product(layer.weight.of_mut(self.grads), View::new(input, k).t(), View::new(out, m), k, n, m);
        add_rows(layer.bias.of_mut(self.grads), out);
        let mut back = vec![0.0; n * k];
        let weight = View::new(layer.weight.of(&self.net.parameters), m).t();
        add_product(&mut back, View::new(out, m), weight, n, m, k);
        back
    }

    fn norm(&mut self, layer: &Norm, normed: &Normed, out: &[f32]) -> Vec<f32> {
        let gain = layer.gain.of(&self.net.parameters);
        let width = gain.len();
        let mut back = vec![0.0; out.len()];
        let rows = out.chunks_exact(width).zip(normed.unit.chunks_exact(width)).zip(&normed.inverse);
        let mut gain_grad = vec![0.0; width];
        for (((d, u), inverse), b) in rows.zip(back.chunks_exact_mut(width)) {
            let mut mean = 0.0;
            let mut along = 0.0;
            for i in 0..width {
                let g = d[i] * gain[i];
                mean += g;
                along += g * u[i];
                gain_grad[i] += d[i] * u[i];
            }
            mean /= width as f32;
            along /= width as f32;
            for i in 0..width {
                b[i] = inverse * (d[i] * gain[i] - mean - u[i] * along);
            }
        }
        add(layer.gain.of_mut(self.grads), &gain_grad);
        add_rows(layer.bias.of_mut(self.grads), out);
        back
    }

    fn recurrence(&mut self, layer: &Recurrence, pass: &RecurrencePass, out: &[f32], starts: &[usize]) -> Vec<f32> {
        let n = pass.normed.inverse.len();
        let width = self.net.config.width as usize;
        let mut hidden = out.to_vec();
        unmask(&mut hidden, &pass.mask);
        let peep = layer.peep.of(&self.net.parameters).to_vec();
        let mut peep_grad = vec![0.0; peep.len()];
        let mut gates = vec![0.0; n * 3 * width];
        for ends in starts.windows(2) {
            for direction in 0..2 {
                let rows = width * direction..width * (direction + 1);
                let peep = &peep[rows.clone()];
                let run = Run { pass, ends: (ends[0], ends[1]), direction, cells: width / 2, peep };
                run.back(&hidden, &mut gates, &mut peep_grad[rows]);
            }
        }
        add(layer.peep.of_mut(self.grads), &peep_grad);
        let normed = self.dense(&layer.input, &pass.normed.out, &gates, n);
        self.norm(&layer.norm, &pass.normed, &normed)
    }
}

struct Run<'a> {
    pass: &'a RecurrencePass,
    ends: (usize, usize),
    direction: usize,
    cells: usize,
    peep: &'a [f32],
}

impl Run<'_> {
    fn back(&self, hidden: &[f32], gates_grad: &mut [f32], peep_grad: &mut [f32]) {
        let cells = self.cells;
        let (from, to) = self.ends;
        let (forget_peep, reset_peep) = self.peep.split_at(cells);
        let (forget_peep_grad, reset_peep_grad) = peep_grad.split_at_mut(cells);
        let zeros = vec![0.0f32; cells];
        let mut carried = vec![0.0f32; cells];
        for step in (from..to).rev() {
            let i = if self.direction == 0 { step } else { from + to - 1 - step };
            let gate = i * 6 * cells + self.direction * 3 * cells;
            let place = i * 2 * cells + self.direction * cells;
            let (candidate, rest) = self.pass.gates[gate..gate + 3 * cells].split_at(cells);
            let (forget, reset) = rest.split_at(cells);
            let state = &self.pass.states[place..place + cells];
            let before = if step == from {
                &zeros[..]
            } else {
                let previous = if self.direction == 0 { i - 1 } else { i + 1 };
                &self.pass.states[previous * 2 * cells + self.direction * cells..][..cells]
            };
            let hidden = &hidden[place..place + cells];
            let (candidate_grad, rest) = gates_grad[gate..gate + 3 * cells].split_at_mut(cells);
            let (forget_grad, reset_grad) = rest.split_at_mut(cells);
            for j in 0..cells {
                let (f, r) = (forget[j], reset[j]);
                let dr = hidden[j] * state[j] * r * (1.0 - r);
                let dc = carried[j] + hidden[j] * r;
                let df = dc * (before[j] - candidate[j]) * f * (1.0 - f);
                candidate_grad[j] = dc * (1.0 - f);
                forget_grad[j] = df;
                reset_grad[j] = dr;
                forget_peep_grad[j] += df * before[j];
                reset_peep_grad[j] += dr * before[j];
                carried[j] = dc * f + df * forget_peep[j] + dr * reset_peep[j];
            }
        }
    }
}

/// Adds to `grads` the gradient of all losses for one batch, each word weighing `scale`; hands back, a loss, the
/// number of right answers and of questions. Notes in `touched` the rows (start and length) of the word tables that
/// have gradients, as they are few among many.
pub(crate) fn gradients(
    net: &Network,
    batch: &Batch,
    pass: &Pass,
    targets: &Targets,
    scale: f32,
    grads: &mut [f32],
    touched: &mut Vec<(u32, u32)>,
) -> [(u32, u32); 6] {
    let layout = &net.layout;
    let n = batch.words.len();
    let width = net.config.width as usize;
    let mut counts = [(0, 0); 6];
    let mut back = Back { net, grads };
    let mut state = vec![0.0; n * width];
    for h in 0..4 {
        let mut scores = pass.heads[h].clone();
        counts[h] = loss(&mut scores, layout.heads[h].weight.cols, &targets.classes[h], 0, scale * WEIGHTS[h]);
        if counts[h].1 > 0 {
            add(&mut state, &back.dense(&layout.heads[h], &pass.last.out, &scores, n));
        }
    }
    counts[4] = heads::arcs(&mut back, batch, pass, targets, scale * WEIGHTS[4], &mut state);
    counts[5] = heads::relations(&mut back, batch, pass, targets, scale * WEIGHTS[5], &mut state);
    unmask(&mut state, &pass.last_mask);
    let mut x = back.norm(&layout.last, &pass.last, &state);
    for (layer, done) in layout.recurrences.iter().zip(&pass.recurrences).rev() {
        let through = back.recurrence(layer, done, &x, &batch.starts);
        add(&mut x, &through);
    }
    for (k, ((norm, dense), done)) in layout.convolutions.iter().zip(&pass.convolutions).enumerate().rev() {
        if k == 0 {
            places(batch, layout.place.of_mut(back.grads), &x, width);
        }
        let mut active = x.clone();
        unmask(&mut active, &done.mask);
        rectify(&mut active, &done.active);
        let window = back.dense(dense, &done.window, &active, n);
        let through = back.norm(norm, &done.normed, &unwindow(&window, &batch.starts, width));
        add(&mut x, &through);
    }
    let mut embedded = back.dense(&layout.mix, &pass.embedded, &x, n);
    unmask(&mut embedded, &pass.embedded_mask);
    embeddings(batch, &layout.tables, &mut embedded, back.grads, touched);
    counts
}

fn places(batch: &Batch, table: &mut [f32], state: &[f32], width: usize) {
    for (places, row) in batch.places.iter().zip(state.chunks_exact(width)) {
        for &place in places {
            add(&mut table[place as usize * width..(place as usize + 1) * width], row);
        }
    }
}

fn embeddings(batch: &Batch, tables: &[Block], embedded: &mut [f32], grads: &mut [f32], touched: &mut Vec<(u32, u32)>) {
    let total: usize = tables.iter().map(|t| t.cols).sum();
    for (word, row) in batch.words.iter().zip(embedded.chunks_exact_mut(total)) {
        let mut offset = 0;
        for (family, table) in tables.iter().enumerate() {
            let source = &mut row[offset..offset + table.cols];
            let scale = family_scale(family, word.ids[family].len());
            for s in source.iter_mut() {
                *s *= scale;
            }
            for &id in &word.ids[family] {
                let start = table.start + id as usize * table.cols;
                add(&mut grads[start..start + table.cols], source);
                touched.push((start as u32, table.cols as u32));
            }
            offset += table.cols;
        }
    }
}

/// Turns rows of scores into gradients of the cross entropy; rows without a target become zero.
pub(super) fn loss(scores: &mut [f32], cols: usize, wanted: &Wanted, first: usize, scale: f32) -> (u32, u32) {
    let mut count = (0, 0);
    for (i, row) in scores.chunks_exact_mut(cols).enumerate() {
        let shares = wanted.of(first + i);
        if shares.is_empty() {
            row.fill(0.0);
            continue;
        }
        count.1 += 1;
        count.0 += u32::from(Some(crate::math::argmax(row) as u32) == wanted.best(first + i));
        softmax(row);
        for &(class, share) in shares {
            row[class as usize] -= share;
        }
        for v in row.iter_mut() {
            *v *= scale;
        }
    }
    count
}

pub(crate) fn add(target: &mut [f32], source: &[f32]) {
    for (t, s) in target.iter_mut().zip(source) {
        *t += s;
    }
}

pub(super) fn add_rows(target: &mut [f32], rows: &[f32]) {
    for row in rows.chunks_exact(target.len()) {
        add(target, row);
    }
}

pub(super) fn unmask(values: &mut [f32], mask: &Option<Vec<f32>>) {
    if let Some(mask) = mask {
        for (v, m) in values.iter_mut().zip(mask) {
            *v *= m;
        }
    }
}

pub(super) fn rectify(grad: &mut [f32], out: &[f32]) {
    for (g, o) in grad.iter_mut().zip(out) {
        if *o <= 0.0 {
            *g = 0.0;
        }
    }
}

fn unwindow(grad: &[f32], starts: &[usize], width: usize) -> Vec<f32> {
    let mut out = vec![0.0; grad.len() / 3];
    for ends in starts.windows(2) {
        for i in ends[0]..ends[1] {
            for place in 0..3 {
                let j = i + place;
                if j > ends[0] && j <= ends[1] {
                    let source = &grad[(i * 3 + place) * width..(i * 3 + place + 1) * width];
                    add(&mut out[(j - 1) * width..j * width], source);
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::{places, word_features};
    use crate::network::{Config, Layout};
    use crate::train::pass::Quiet;
    use crate::train::random::Random;

    fn total_loss(net: &Network, batch: &Batch, targets: &Targets) -> f64 {
        let pass = net.pass(batch, &mut Quiet);
        let mut total = 0.0;
        let mut cross = |scores: &[f32], cols: usize, wanted: &Wanted, first: usize, weight: f32| {
            for (i, row) in scores.chunks_exact(cols).enumerate() {
                let top = row.iter().fold(f64::MIN, |m, x| m.max(f64::from(*x)));
                let sum: f64 = row.iter().map(|x| (f64::from(*x) - top).exp()).sum();
                for &(class, share) in wanted.of(first + i) {
                    let score = f64::from(row[class as usize]);
                    total += f64::from(weight * share) * (sum.ln() + top - score);
                }
            }
        };
        for (h, weight) in WEIGHTS.into_iter().take(4).enumerate() {
            cross(&pass.heads[h], net.layout.heads[h].weight.cols, &targets.classes[h], 0, weight);
        }
        let mut pairs = Vec::new();
        for ends in batch.starts.windows(2) {
            let candidates = net.arc_candidates(&pass, ends[0], ends[1]);
            let scores = net.arc_scores(&pass, &candidates, ends[0], ends[1]);
            cross(&scores, ends[1] - ends[0] + 1, &targets.heads, ends[0], WEIGHTS[4]);
            let best = |i: usize| (targets.heads.best(i).unwrap_or(0) as usize).checked_sub(1);
            pairs.extend((ends[0]..ends[1]).map(|i| (i, best(i).map(|h| h + ends[0]))));
        }
        let inputs = net.relation_inputs(&pass, &pairs);
        let scores = net.relation_scores(&inputs, pairs.len());
        cross(&scores, net.config.relations as usize, &targets.relations, 0, WEIGHTS[5]);
        total
    }

    fn wanted(classes: &[u32]) -> Wanted {
        let mut out = Wanted::default();
        classes.iter().for_each(|&c| out.push(Some(c)));
        out
    }

    #[test]
    fn gradients_match_finite_differences() {
        let config = Config {
            rows: [16; 5],
            cols: [4; 5],
            width: 8,
            convolutions: 2,
            recurrences: 2,
            arc: 6,
            relation: 5,
            classes: [17, 3, 3, 9],
            relations: 4,
        };
        let layout = Layout::new(&config);
        // Where the network is nearly straight: at other points a step crosses kinks of the rectifiers.
        let mut random = Random::new(8);
        let parameters: Vec<f32> = (0..layout.len()).map(|_| random.unit() - 0.4).collect();
        let mut net = Network { config, layout, parameters };
        let forms = ["alpha", "bravo", "charlie", "delta", "echo"];
        let words = forms.iter().map(|f| word_features(f, net.config.rows, None)).collect();
        let places = (0..5).map(|i| places(i % 2, i == 0, i as u16).collect()).collect();
        let batch = Batch { words, places, starts: vec![0, 3, 5] };
        let mut heads = wanted(&[0, 1, 2, 2]);
        heads.push_shares([(0, 0.75), (1, 0.25)]);
        let classes = [&[1, 2, 3, 4, 5], &[0, 1, 2, 0, 1], &[2, 1, 0, 1, 2], &[0, 1, 2, 0, 3]].map(|c| wanted(c));
        let targets = Targets { classes, heads, relations: wanted(&[0, 1, 2, 3, 0]) };
        let mut grads = vec![0.0; net.parameters.len()];
        let pass = net.pass(&batch, &mut Quiet);
        gradients(&net, &batch, &pass, &targets, 1.0, &mut grads, &mut Vec::new());
        let mut checked = 0;
        for i in (0..grads.len()).step_by(7) {
            let kept = net.parameters[i];
            let step = 2e-3;
            net.parameters[i] = kept + step;
            let up = total_loss(&net, &batch, &targets);
            net.parameters[i] = kept - step;
            let down = total_loss(&net, &batch, &targets);
            net.parameters[i] = kept;
            let expected = (up - down) / (2.0 * f64::from(step));
            let off = (expected - f64::from(grads[i])).abs();
            assert!(off < 0.02 + 0.03 * expected.abs(), "parameter {i}: {expected} {}", grads[i]);
            checked += usize::from(expected.abs() > 1e-3);
        }
        assert!(checked > 50);
    }
}
