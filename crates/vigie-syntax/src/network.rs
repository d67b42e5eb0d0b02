//! The network's sizes, and where each of its matrices lies among the parameters.
//!
//! Method: hashed embeddings of a word (as in spaCy's tok2vec), a residual convolution, simple recurrent units (Lei et
//! al. 2018) in both directions, arcs scored by products of two views of the words (after Dozat & Manning 2017), one
//! state for all tasks. `engine` runs it in whole numbers; `train` in floating point, forwards and back.

use crate::features::{FAMILIES, PLACES, READINGS};

/// Classes of the distance from a word to its head, on each side.
const SIDE: usize = 9;
/// Classes of the distance from a word to its head.
pub(crate) const DISTANCES: usize = 2 * SIDE;

/// Class of the distance from word `dependent` to word `head`: sides apart, single steps near, spans farther off.
#[inline(always)]
pub(crate) fn distance(dependent: usize, head: usize) -> usize {
    let steps = head.abs_diff(dependent);
    let class = match steps {
        0..=5 => steps.saturating_sub(1),
        6..=8 => 5,
        9..=13 => 6,
        14..=22 => 7,
        _ => 8,
    };
    if head > dependent { SIDE + class } else { class }
}

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
    /// Number of recurrent layers; each has `width / 2` cells in each direction.
    pub(crate) recurrences: u32,
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

/// One recurrent layer: normalise, project, run both ways; the cells of both directions together are as wide as the
/// state, so that they are added to it as they stand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Recurrence {
    pub(crate) norm: Norm,
    /// Columns: candidate, forget and reset of the forward cells, then of the backward cells.
    pub(crate) input: Dense,
    /// Rows: forget and reset weights of the forward cells, then of the backward cells.
    pub(crate) peep: Block,
}

/// All blocks of a network.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    /// Embeddings of what a word is.
    pub(crate) tables: [Block; FAMILIES],
    /// Embeddings of where a word stands and what the registers know of it, as wide as the state.
    pub(crate) place: Block,
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
    /// What an arc dependent thinks of each class of distance to its head.
    pub(crate) arc_distance: Dense,
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
        let (arc, relation) = (c.arc as usize, c.relation as usize);
        let tables = std::array::from_fn(|f| {
            let begin = if f == 0 || f == 2 || f == READINGS { Start::Zero } else { Start::Random };
            b.block(c.rows[f] as usize, c.cols[f] as usize, begin)
        });
        let place = b.block(PLACES, width, Start::Zero);
        let inputs: u32 = c.cols.iter().sum();
        let mix = b.dense(inputs as usize, width);
        let convolutions = (0..c.convolutions).map(|_| (b.norm(width), b.dense(3 * width, width))).collect();
        let recurrences = (0..c.recurrences)
            .map(|_| Recurrence {
                norm: b.norm(width),
                input: b.dense(width, 3 * width),
                peep: b.block(4, width / 2, Start::Bias),
            })
            .collect();
        let last = b.norm(width);
        let heads = std::array::from_fn(|h| b.dense(width, c.classes[h] as usize));
        let arc_dependent = b.dense(width, arc);
        let arc_head = b.dense(width, arc);
        let arc_root = b.block(1, arc, Start::Bias);
        let arc_product = b.block(arc, arc, Start::Random);
        let arc_bias = b.block(1, arc, Start::Bias);
        let arc_distance = b.dense(arc, DISTANCES);
        let relation_dependent = b.dense(width, relation);
        let relation_head = b.dense(width, relation);
        let relation_root = b.block(1, relation, Start::Bias);
        let relation_out = b.dense(3 * relation, c.relations as usize);
        Self {
            tables,
            place,
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
            arc_distance,
            relation_dependent,
            relation_head,
            relation_root,
            relation_out,
            all: b.all,
        }
    }

    /// Number of parameters.
    #[cfg(feature = "train")]
    pub(crate) fn len(&self) -> usize {
        self.all.last().map_or(0, |b| b.start + b.rows * b.cols)
    }
}

/// A layout with its parameters.
#[derive(Debug, Clone)]
pub(crate) struct Network {
    pub(crate) config: Config,
    pub(crate) layout: Layout,
    pub(crate) parameters: Vec<f32>,
}

/// Words and shapes are few and summed; letter groups and readings may be many and are scaled down to the same size.
pub(crate) fn family_scale(family: usize, count: usize) -> f32 {
    if (family == 2 || family == READINGS) && count > 1 { 1.0 / (count as f32).sqrt() } else { 1.0 }
}
