//! Losses of arcs and relations and their gradients.

use super::gradient::{Back, add, add_rows, loss, rectify, unmask};
use super::pass::{Batch, Pass};
use super::targets::{Targets, Wanted};
use crate::math::{View, add_product};
use crate::network::{DISTANCES, distance};

pub(super) fn arcs(
    back: &mut Back<'_>,
    batch: &Batch,
    pass: &Pass,
    targets: &Targets,
    scale: f32,
    state: &mut [f32],
) -> (u32, u32) {
    let (net, layout) = (back.net, &back.net.layout);
    let arc = net.config.arc as usize;
    let n = batch.words.len();
    let mut product = vec![0.0; n * arc];
    let mut heads = vec![0.0; n * arc];
    let mut distances = vec![0.0; n * DISTANCES];
    let mut count = (0, 0);
    let bias = layout.arc_bias.of(&net.parameters).to_vec();
    for ends in batch.starts.windows(2) {
        let (from, to) = (ends[0], ends[1]);
        let size = to - from;
        if (from..to).all(|i| targets.heads.of(i).is_empty()) {
            continue;
        }
        let candidates = net.arc_candidates(pass, from, to);
        let mut scores = net.arc_scores(pass, &candidates, from, to);
        let seen = loss(&mut scores, size + 1, &targets.heads, from, scale);
        count = (count.0 + seen.0, count.1 + seen.1);
        for (i, row) in scores.chunks_exact(size + 1).enumerate() {
            let classes = &mut distances[(from + i) * DISTANCES..(from + i + 1) * DISTANCES];
            for (j, score) in row[1..].iter().enumerate().filter(|(j, _)| *j != i) {
                classes[distance(i, j)] += score;
            }
        }
        let target = &mut product[from * arc..to * arc];
        add_product(target, View::new(&scores, size + 1), View::new(&candidates, arc), size, size + 1, arc);
        let mut grad = vec![0.0; (size + 1) * arc];
        let left = View::new(&pass.arc_product[from * arc..to * arc], arc);
        add_product(&mut grad, View::new(&scores, size + 1).t(), left, size + 1, size, arc);
        let mut sums = vec![0.0; size + 1];
        add_rows(&mut sums, &scores);
        let bias_grad = layout.arc_bias.of_mut(back.grads);
        for (j, sum) in sums.iter().enumerate() {
            for a in 0..arc {
                grad[j * arc + a] += sum * bias[a];
                bias_grad[a] += sum * candidates[j * arc + a];
            }
        }
        add(layout.arc_root.of_mut(back.grads), &grad[..arc]);
        add(&mut heads[from * arc..to * arc], &grad[arc..]);
    }
    let weight = layout.arc_product;
    let left = View::new(&pass.arc_dependent.out, arc);
    add_product(weight.of_mut(back.grads), left.t(), View::new(&product, arc), arc, n, arc);
    let mut dependents = vec![0.0; n * arc];
    let right = View::new(weight.of(&net.parameters), arc).t();
    add_product(&mut dependents, View::new(&product, arc), right, n, arc, arc);
    add(&mut dependents, &back.dense(&layout.arc_distance, &pass.arc_dependent.out, &distances, n));
    unmask(&mut dependents, &pass.arc_dependent.mask);
    rectify(&mut dependents, &pass.arc_dependent.out);
    add(state, &back.dense(&layout.arc_dependent, &pass.last.out, &dependents, n));
    unmask(&mut heads, &pass.arc_head.mask);
    rectify(&mut heads, &pass.arc_head.out);
    add(state, &back.dense(&layout.arc_head, &pass.last.out, &heads, n));
    count
}

pub(super) fn relations(
    back: &mut Back<'_>,
    batch: &Batch,
    pass: &Pass,
    targets: &Targets,
    scale: f32,
    state: &mut [f32],
) -> (u32, u32) {
    let (net, layout) = (back.net, &back.net.layout);
    let m = net.config.relation as usize;
    let n = batch.words.len();
    let mut pairs = Vec::new();
    let mut wanted = Wanted::default();
    for ends in batch.starts.windows(2) {
        for i in ends[0]..ends[1] {
            if let Some(head) = targets.heads.best(i)
                && !targets.relations.of(i).is_empty()
            {
                pairs.push((i, (head as usize).checked_sub(1).map(|h| h + ends[0])));
                wanted.push_shares(targets.relations.of(i).iter().copied());
            }
        }
    }
    let inputs = net.relation_inputs(pass, &pairs);
    let mut scores = net.relation_scores(&inputs, pairs.len());
    let count = loss(&mut scores, layout.relation_out.weight.cols, &wanted, 0, scale);
    let grad = back.dense(&layout.relation_out, &inputs, &scores, pairs.len());
    let mut dependents = vec![0.0; n * m];
    let mut heads = vec![0.0; n * m];
    let mut root = vec![0.0; m];
    for ((&(dependent, head), g), x) in pairs.iter().zip(grad.chunks_exact(3 * m)).zip(inputs.chunks_exact(3 * m)) {
        let d = &mut dependents[dependent * m..(dependent + 1) * m];
        let h = match head {
            Some(h) => &mut heads[h * m..(h + 1) * m],
            None => &mut root[..],
        };
        for a in 0..m {
            d[a] += g[a] + g[2 * m + a] * x[m + a];
            h[a] += g[m + a] + g[2 * m + a] * x[a];
        }
    }
    add(layout.relation_root.of_mut(back.grads), &root);
    for (grad, done, layer) in [
        (&mut dependents, &pass.relation_dependent, &layout.relation_dependent),
        (&mut heads, &pass.relation_head, &layout.relation_head),
    ] {
        unmask(grad, &done.mask);
        rectify(grad, &done.out);
        add(state, &back.dense(layer, &pass.last.out, grad, n));
    }
    count
}
