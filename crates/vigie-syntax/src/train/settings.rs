//! How to train: sizes of a network, its schedule, and the recipe that makes a model of several networks.

/// Sizes and schedule of one network.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Everything random comes from it.
    pub seed: u64,
    /// Passes over the corpora.
    pub passes: u32,
    /// Words a step.
    pub batch: usize,
    /// Largest step of the optimiser.
    pub rate: f32,
    /// Rows of the tables of words, affixes, letter groups, shapes, readings in the lexicon.
    pub rows: [u32; 5],
    /// Columns of the same tables.
    pub cols: [u32; 5],
    /// Width of a word's state.
    pub width: u32,
    /// Convolution layers.
    pub convolutions: u32,
    /// Recurrent layers.
    pub recurrences: u32,
    /// Width of arc representations.
    pub arc: u32,
    /// Width of relation representations.
    pub relation: u32,
    /// Shares of activations dropped: embeddings, layers, representations.
    pub dropout: [f32; 3],
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: 1,
            passes: 20,
            batch: 400,
            rate: 2.5e-3,
            rows: [16384, 6144, 12288, 512, 2048],
            cols: [64, 64, 64, 32, 32],
            width: 128,
            convolutions: 1,
            recurrences: 4,
            arc: 96,
            relation: 64,
            dropout: [0.2, 0.2, 0.3],
        }
    }
}

/// How a model is made: several wide teachers learn from the gold, and what they agree on teaches the small student
/// that is shipped (Kuncoro et al. 2016: distilling an ensemble of parsers into one).
#[derive(Debug, Clone)]
pub struct Recipe {
    /// The network that is shipped.
    pub student: Settings,
    /// Its teachers; they differ in their seeds.
    pub teacher: Settings,
    /// Number of teachers; without any the student learns from the gold alone.
    pub teachers: u32,
    /// Share of the teachers' answer where the gold is known too.
    pub distil: f32,
    /// The annotation style that parses shall follow; [`ANY_STYLE`](crate::train::ANY_STYLE) for none.
    pub style: u32,
}

impl Default for Recipe {
    fn default() -> Self {
        let student = Settings::default();
        let teacher =
            Settings { width: 256, convolutions: 2, recurrences: 4, arc: 160, relation: 96, ..student.clone() };
        Self { student, teacher, teachers: 4, distil: 0.5, style: 0 }
    }
}
