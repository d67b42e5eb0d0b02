//! The network: embeddings, convolutions, gated recurrences, and the heads for tags, arcs, relations and entities.
//!
//! Method: hashed embeddings (as in spaCy's tok2vec), residual convolutions, simple recurrent units (Lei et al. 2018)
//! in both directions, biaffine arcs (Dozat & Manning 2017), shared by all tasks.

use crate::features::{FAMILIES, WordFeatures};
use crate::math::{View, add_product, sigmoid};

/// Sizes of the network; stands in the head of a model file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Config {
    /// Rows of the embedding table of each feature family.
    pub(crate) rows: [u32; FAMILIES],
    /// Columns of the embedding table of each feature family.
    pub(crate) cols: [u32; FAMILIES],
    /// Width of the state of a word.
    pub(crate) width: u32,
    /// Number of convolution layers.
    pub(crate) convolutions: u32,
    /// Number of recurrent layers.
    pub(crate) recurrences: u32,
    /// Cells of a recurrent layer in each direction.
    pub(crate) cells: u32,
    /// Width of the arc representations.
    pub(crate) arc: u32,
    /// Width of the relation representations.
    pub(crate) relation: u32,
    /// Number of classes of each head: parts of speech, features, lemma scripts, entity tags.
    pub(crate) classes: [u32; 4],
    /// Number of relations.
    pub(crate) relations: u32,
}

/// Where one matrix lies in the vector of all parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Block {
    /// First parameter.
    pub(crate) start: usize,
    /// Rows.
    pub(crate) rows: usize,
    /// Columns.
    pub(crate) cols: usize,
    /// How training begins: see `Start`.
    pub(crate) begin: Start,
}

/// Value of a parameter before training, and how it is stored (`One` and `Bias` in full, the others as bytes).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Start {
    /// Zero; a table whose untouched rows shall mean "unknown".
    Zero,
    /// Random, scaled by the number of inputs.
    Random,
    /// Zero, kept exact.
    Bias,
    /// One, kept exact.
    One,
}

impl Block {
    /// The block's parameters.
    pub(crate) fn of<'a>(&self, parameters: &'a [f32]) -> &'a [f32] {
        &parameters[self.start..self.start + self.rows * self.cols]
    }

    /// The block's parameters, to be changed.
    #[cfg(feature = "train")]
    pub(crate) fn of_mut<'a>(&self, parameters: &'a mut [f32]) -> &'a mut [f32] {
        &mut parameters[self.start..self.start + self.rows * self.cols]
    }
}

/// A layer `x W + b`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dense {
    pub(crate) weight: Block,
    pub(crate) bias: Block,
}

/// Layer normalisation with gain and bias.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Norm {
    pub(crate) gain: Block,
    pub(crate) bias: Block,
}

/// One recurrent layer: normalise, project, run both ways, project back.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Recurrence {
    pub(crate) norm: Norm,
    pub(crate) input: Dense,
    /// Rows: forget and reset weights of the forward cells, then of the backward cells.
    pub(crate) peep: Block,
    pub(crate) output: Dense,
}

/// All blocks of a network.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    pub(crate) tables: [Block; FAMILIES],
    pub(crate) mix: Dense,
    pub(crate) convolutions: Vec<(Norm, Dense)>,
    pub(crate) recurrences: Vec<Recurrence>,
    pub(crate) last: Norm,
    pub(crate) heads: [Dense; 4],
    pub(crate) arc_dependent: Dense,
    pub(crate) arc_head: Dense,
    pub(crate) arc_root: Block,
    pub(crate) arc_product: Block,
    pub(crate) arc_bias: Block,
    pub(crate) relation_dependent: Dense,
    pub(crate) relation_head: Dense,
    pub(crate) relation_root: Block,
    pub(crate) relation_out: Dense,
    /// Every block, in the order of the parameters.
    pub(crate) all: Vec<Block>,
}

#[derive(Default)]
struct Builder {
    all: Vec<Block>,
    total: usize,
}

impl Builder {
    fn block(&mut self, rows: usize, cols: usize, begin: Start) -> Block {
        let block = Block { start: self.total, rows, cols, begin };
        self.total += rows * cols;
        self.all.push(block);
        block
    }

    fn dense(&mut self, inputs: usize, outputs: usize) -> Dense {
        Dense { weight: self.block(inputs, outputs, Start::Random), bias: self.block(1, outputs, Start::Bias) }
    }

    fn norm(&mut self, width: usize) -> Norm {
        Norm { gain: self.block(1, width, Start::One), bias: self.block(1, width, Start::Bias) }
    }
}

impl Layout {
    /// The blocks of a network of these sizes.
    pub(crate) fn new(c: &Config) -> Self {
        let mut b = Builder::default();
        let width = c.width as usize;
        let cells = c.cells as usize;
        let (arc, relation) = (c.arc as usize, c.relation as usize);
        let tables = std::array::from_fn(|f| {
            let begin = if f == 0 || f == 2 { Start::Zero } else { Start::Random };
            b.block(c.rows[f] as usize, c.cols[f] as usize, begin)
        });
        let inputs: u32 = c.cols.iter().sum();
        let mix = b.dense(inputs as usize, width);
        let convolutions = (0..c.convolutions).map(|_| (b.norm(width), b.dense(3 * width, width))).collect();
        let recurrences = (0..c.recurrences)
            .map(|_| Recurrence {
                norm: b.norm(width),
                input: b.dense(width, 6 * cells),
                peep: b.block(4, cells, Start::Bias),
                output: b.dense(2 * cells, width),
            })
            .collect();
        let last = b.norm(width);
        let heads = std::array::from_fn(|h| b.dense(width, c.classes[h] as usize));
        let arc_dependent = b.dense(width, arc);
        let arc_head = b.dense(width, arc);
        let arc_root = b.block(1, arc, Start::Bias);
        let arc_product = b.block(arc, arc, Start::Random);
        let arc_bias = b.block(1, arc, Start::Bias);
        let relation_dependent = b.dense(width, relation);
        let relation_head = b.dense(width, relation);
        let relation_root = b.block(1, relation, Start::Bias);
        let relation_out = b.dense(3 * relation, c.relations as usize);
        Self {
            tables,
            mix,
            convolutions,
            recurrences,
            last,
            heads,
            arc_dependent,
            arc_head,
            arc_root,
            arc_product,
            arc_bias,
            relation_dependent,
            relation_head,
            relation_root,
            relation_out,
            all: b.all,
        }
    }

    /// Number of parameters.
    pub(crate) fn len(&self) -> usize {
        self.all.last().map_or(0, |b| b.start + b.rows * b.cols)
    }
}

/// Words of one or more sentences; sentence `s` holds words `starts[s]..starts[s + 1]`.
pub(crate) struct Batch {
    pub(crate) words: Vec<WordFeatures>,
    pub(crate) starts: Vec<usize>,
}

/// Multiplies activations by random masks while training; does nothing when a parse is made.
pub(crate) trait Noise {
    /// Masks `values` and hands the mask back (`None`: nothing was masked).
    fn mask(&mut self, values: &mut [f32], place: Place) -> Option<Vec<f32>>;
}

/// Where noise is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// After the embeddings.
    Embedding,
    /// After a layer.
    Layer,
    /// In the arc and relation representations.
    Head,
}

/// No noise.
pub(crate) struct Quiet;

impl Noise for Quiet {
    fn mask(&mut self, _: &mut [f32], _: Place) -> Option<Vec<f32>> {
        None
    }
}

/// Normalised rows and what the way back needs.
pub(crate) struct Normed {
    pub(crate) out: Vec<f32>,
    pub(crate) unit: Vec<f32>,
    pub(crate) inverse: Vec<f32>,
}

pub(crate) struct ConvolutionPass {
    pub(crate) normed: Normed,
    pub(crate) window: Vec<f32>,
    pub(crate) active: Vec<f32>,
    pub(crate) mask: Option<Vec<f32>>,
}

pub(crate) struct RecurrencePass {
    pub(crate) normed: Normed,
    /// Candidate, forget, reset of both directions: the projection, with the gates already squashed.
    pub(crate) gates: Vec<f32>,
    /// Cell states of both directions.
    pub(crate) states: Vec<f32>,
    /// Reset times state.
    pub(crate) hidden: Vec<f32>,
    pub(crate) mask: Option<Vec<f32>>,
}

/// A rectified representation and its mask.
pub(crate) struct Representation {
    pub(crate) out: Vec<f32>,
    pub(crate) mask: Option<Vec<f32>>,
}

/// Everything computed on the way up.
pub(crate) struct Pass {
    pub(crate) embedded: Vec<f32>,
    pub(crate) embedded_mask: Option<Vec<f32>>,
    pub(crate) convolutions: Vec<ConvolutionPass>,
    pub(crate) recurrences: Vec<RecurrencePass>,
    pub(crate) last: Normed,
    pub(crate) last_mask: Option<Vec<f32>>,
    pub(crate) heads: [Vec<f32>; 4],
    pub(crate) arc_dependent: Representation,
    pub(crate) arc_head: Representation,
    pub(crate) arc_product: Vec<f32>,
    pub(crate) relation_dependent: Representation,
    pub(crate) relation_head: Representation,
}

/// A layout with its parameters.
pub(crate) struct Network {
    pub(crate) config: Config,
    pub(crate) layout: Layout,
    pub(crate) parameters: Vec<f32>,
}

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

    fn representation(&self, layer: &Dense, x: &[f32], n: usize, noise: &mut impl Noise) -> Representation {
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
        for (norm, dense) in &layout.convolutions {
            let normed = self.norm(norm, &x);
            let window = windows(&normed.out, &batch.starts, width);
            let mut active = self.dense(dense, &window, n);
            for v in &mut active {
                *v = v.max(0.0);
            }
            let mask = noise.mask(&mut active, Place::Layer);
            add(&mut x, &active);
            convolutions.push(ConvolutionPass { normed, window, active, mask });
        }
        let mut recurrences = Vec::new();
        for layer in &layout.recurrences {
            let normed = self.norm(&layer.norm, &x);
            let mut gates = self.dense(&layer.input, &normed.out, n);
            let cells = self.config.cells as usize;
            let mut states = vec![0.0; n * 2 * cells];
            let mut hidden = vec![0.0; n * 2 * cells];
            let peep = layer.peep.of(&self.parameters);
            for ends in batch.starts.windows(2) {
                for direction in 0..2 {
                    let peep = &peep[2 * cells * direction..2 * cells * (direction + 1)];
                    run_cells(&mut gates, &mut states, &mut hidden, peep, (ends[0], ends[1]), direction, cells);
                }
            }
            let mask = noise.mask(&mut hidden, Place::Layer);
            let out = self.dense(&layer.output, &hidden, n);
            add(&mut x, &out);
            recurrences.push(RecurrencePass { normed, gates, states, hidden, mask });
        }
        let mut last = self.norm(&layout.last, &x);
        let last_mask = noise.mask(&mut last.out, Place::Layer);
        let heads = std::array::from_fn(|h| self.dense(&layout.heads[h], &last.out, n));
        let arc_dependent = self.representation(&layout.arc_dependent, &last.out, n, noise);
        let arc_head = self.representation(&layout.arc_head, &last.out, n, noise);
        let arc = self.config.arc as usize;
        let mut arc_product = vec![0.0; n * arc];
        let product = View::new(layout.arc_product.of(&self.parameters), arc);
        add_product(&mut arc_product, View::new(&arc_dependent.out, arc), product, n, arc, arc);
        let relation_dependent = self.representation(&layout.relation_dependent, &last.out, n, noise);
        let relation_head = self.representation(&layout.relation_head, &last.out, n, noise);
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

/// Words and shapes are few and summed; the many letter groups are scaled down to the same size.
pub(crate) fn family_scale(family: usize, count: usize) -> f32 {
    if family == 2 && count > 1 { 1.0 / (count as f32).sqrt() } else { 1.0 }
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

pub(crate) fn add(target: &mut [f32], source: &[f32]) {
    for (t, s) in target.iter_mut().zip(source) {
        *t += s;
    }
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
