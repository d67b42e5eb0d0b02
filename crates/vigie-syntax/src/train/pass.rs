//! What goes into the network and what is kept of the way up: training needs all of it on the way back.

use crate::features::WordFeatures;

/// Words of one or more sentences; sentence `s` holds words `starts[s]..starts[s + 1]`.
pub(crate) struct Batch {
    pub(crate) words: Vec<WordFeatures>,
    /// Rows of the table of places for each word.
    pub(crate) places: Vec<Vec<u32>>,
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
    pub(crate) arc_distance: Vec<f32>,
    pub(crate) relation_dependent: Representation,
    pub(crate) relation_head: Representation,
}
