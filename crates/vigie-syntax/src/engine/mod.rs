//! The network in use: whole-number products, batches of sentences, buffers that are kept from call to call.

mod product;
mod words;

use crate::features::places;
use crate::math::sigmoid;
use crate::network::{DISTANCES, Network, Norm, distance};
use crate::vocabulary::best_of;
use product::{Columns, Kernel, Matrix, Portable, Rows};
use pulp::NullaryFnOnce;
use pulp::x86::V3;
use smol_str::SmolStr;
use vigie_resources::Lexicon;
use words::Words;

/// One recurrent layer, ready to run.
struct Layer {
    norm: [Vec<f32>; 2],
    input: Matrix,
    peep: Vec<f32>,
}

/// A further convolution, ready to run.
struct Convolution {
    norm: [Vec<f32>; 2],
    weights: Matrix,
}

/// A network made ready to run.
pub(crate) struct Engine {
    network: Network,
    lexicon: Option<&'static Lexicon>,
    width: usize,
    /// Columns of all word tables together.
    inputs: usize,
    mix: Matrix,
    first_norm: [Vec<f32>; 2],
    first_parts: Matrix,
    first_bias: Vec<f32>,
    convolutions: Vec<Convolution>,
    layers: Vec<Layer>,
    last: [Vec<f32>; 2],
    /// Parts of speech, entity tags, arc dependents, arc heads, relation dependents, relation heads.
    heads: Matrix,
    /// What an arc dependent asks of its head (the bias is the same for every dependent), and what it thinks of each
    /// class of distance.
    product: Matrix,
    relation: Matrix,
    pub(crate) feats: Lazy,
    pub(crate) scripts: Lazy,
}

/// A head of which only some classes are asked for.
pub(crate) struct Lazy(Columns);

impl Lazy {
    /// Score of a class for inputs that stand in the answer.
    pub(crate) fn score(&self, class: u16, inputs: &[i16]) -> f32 {
        self.0.at(usize::from(class), inputs)
    }

    /// The class of the highest score among some.
    pub(crate) fn best(&self, classes: &[u16], inputs: &[i16]) -> Option<u16> {
        let best = Best { columns: &self.0, classes, inputs };
        match V3::try_new() {
            Some(v3) => v3.vectorize(best),
            None => best.call(),
        }
    }

    /// Brings a word's state to the steps that `score` takes.
    pub(crate) fn round(&self, state: &[f32], out: &mut Vec<i16>) {
        self.0.round(state, out);
    }
}

struct Best<'a> {
    columns: &'a Columns,
    classes: &'a [u16],
    inputs: &'a [i16],
}

impl NullaryFnOnce for Best<'_> {
    type Output = Option<u16>;

    #[inline(always)]
    fn call(self) -> Option<u16> {
        best_of(self.classes, |class| self.columns.at(usize::from(class), self.inputs))
    }
}

/// A sentence's words: forms and what the registers know of each.
pub(crate) struct Batch<'a> {
    pub(crate) forms: &'a [SmolStr],
    pub(crate) marks: &'a [u16],
    /// Where each sentence (or window of a long one) starts; the last entry is the number of words.
    pub(crate) starts: &'a [usize],
    /// For each entry of `starts` but the last: a sentence, not a later window of one, begins there.
    pub(crate) begins: &'a [bool],
}

/// Buffers, and the answer of the last run.
#[derive(Default)]
pub(crate) struct Workspace {
    words: Words,
    slots: Vec<u32>,
    x: Vec<f32>,
    row: Vec<f32>,
    rows: Rows,
    gates: Vec<f32>,
    cells: Vec<f32>,
    /// Final states.
    states: Vec<f32>,
    scores: Vec<f32>,
    asked: Vec<f32>,
    relations: Vec<f32>,
}

impl Engine {
    /// Makes a network ready; `lexicon` is the one that it was trained with.
    pub(crate) fn new(network: Network, lexicon: Option<&'static Lexicon>) -> Self {
        let p = &network.parameters;
        let layout = &network.layout;
        let width = network.config.width as usize;
        let inputs: usize = layout.tables.iter().map(|t| t.cols).sum();
        let norm = |n: &Norm| [n.gain.of(p).to_vec(), n.bias.of(p).to_vec()];
        let (first_norm, first) = &layout.convolutions[0];
        let relation = network.config.relation as usize;
        let dense = |d: &crate::network::Dense| (d.weight.of(p), d.bias.of(p));
        let heads = [
            dense(&layout.heads[0]),
            dense(&layout.heads[3]),
            dense(&layout.arc_dependent),
            dense(&layout.arc_head),
            dense(&layout.relation_dependent),
            dense(&layout.relation_head),
        ];
        let lazy = |h: usize| {
            let (weights, bias) = dense(&layout.heads[h]);
            Lazy(Columns::new(width, weights, bias))
        };
        Self {
            width,
            inputs,
            mix: Matrix::new(inputs, &[dense(&layout.mix)]),
            first_norm: norm(first_norm),
            first_parts: words::parts(first.weight.of(p), width),
            first_bias: first.bias.of(p).to_vec(),
            convolutions: layout.convolutions[1..]
                .iter()
                .map(|(n, d)| Convolution { norm: norm(n), weights: Matrix::new(3 * width, &[dense(d)]) })
                .collect(),
            layers: layout
                .recurrences
                .iter()
                .map(|r| Layer {
                    norm: norm(&r.norm),
                    input: Matrix::new(width, &[dense(&r.input)]),
                    peep: r.peep.of(p).to_vec(),
                })
                .collect(),
            last: norm(&layout.last),
            heads: Matrix::new(width, &heads),
            product: Matrix::new(
                network.config.arc as usize,
                &[(layout.arc_product.of(p), layout.arc_bias.of(p)), dense(&layout.arc_distance)],
            ),
            relation: Matrix::new(3 * relation, &[dense(&layout.relation_out)]),
            feats: lazy(1),
            scripts: lazy(2),
            network,
            lexicon,
        }
    }

    /// Computes everything that does not depend on the choice of heads.
    pub(crate) fn run(&self, batch: &Batch<'_>, style: u32, space: &mut Workspace) {
        match V3::try_new() {
            Some(v3) => v3.vectorize(Run { kernel: v3, engine: self, batch, style, space }),
            None => Run { kernel: Portable, engine: self, batch, style, space }.call(),
        }
    }

    /// Scores every relation for the words of the last run, given the head of each in the batch.
    pub(crate) fn relate(&self, heads: &[Option<u32>], space: &mut Workspace) {
        match V3::try_new() {
            Some(v3) => v3.vectorize(Relate { kernel: v3, engine: self, heads, space }),
            None => Relate { kernel: Portable, engine: self, heads, space }.call(),
        }
    }

    fn arc(&self) -> usize {
        self.network.config.arc as usize
    }

    fn relation_width(&self) -> usize {
        self.network.config.relation as usize
    }
}

/// Layer normalisation of one row; sums in eight lanes.
#[inline(always)]
fn normalise([gain, bias]: &[Vec<f32>; 2], row: &[f32], out: &mut [f32]) {
    let width = row.len();
    let lanes = |f: &dyn Fn(f32) -> f32| -> f32 {
        let mut sums = [0f32; 8];
        for chunk in row.as_chunks::<8>().0 {
            for (s, x) in sums.iter_mut().zip(chunk) {
                *s += f(*x);
            }
        }
        sums.iter().sum::<f32>() / width as f32
    };
    let mean = lanes(&|x| x);
    let variance = lanes(&|x| (x - mean) * (x - mean));
    let scale = 1.0 / (variance + 1e-5).sqrt();
    for (((o, x), g), b) in out.iter_mut().zip(row).zip(gain).zip(bias) {
        *o = (x - mean) * scale * g + b;
    }
}

struct Run<'a, K> {
    kernel: K,
    engine: &'a Engine,
    batch: &'a Batch<'a>,
    style: u32,
    space: &'a mut Workspace,
}

impl<K: Kernel> NullaryFnOnce for Run<'_, K> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { kernel, engine, batch, style, space } = self;
        let width = engine.width;
        let n = batch.forms.len();
        space.words.make_room();
        space.slots.clear();
        for form in batch.forms {
            let slot = space.words.place(form);
            space.slots.push(slot);
        }
        space.words.fill(kernel, engine);
        space.row.resize(width, 0.0);
        convolve_words(engine, batch, style, space);
        for convolution in &engine.convolutions {
            further(kernel, engine, convolution, batch, space);
        }
        for layer in &engine.layers {
            space.rows.begin(n, width);
            for (i, x) in space.x.chunks_exact(width).enumerate() {
                normalise(&layer.norm, x, &mut space.row);
                space.rows.set(i, &space.row);
            }
            layer.input.apply(kernel, &space.rows, &mut space.gates);
            for ends in batch.starts.windows(2) {
                run_cells(&layer.peep, width, (ends[0], ends[1]), space);
            }
        }
        space.rows.begin(n, width);
        space.states.resize(n * width, 0.0);
        for ((i, x), state) in space.x.chunks_exact(width).enumerate().zip(space.states.chunks_exact_mut(width)) {
            normalise(&engine.last, x, state);
            space.rows.set(i, state);
        }
        engine.heads.apply(kernel, &space.rows, &mut space.scores);
        let (arc, cols) = (engine.arc(), engine.heads.columns());
        let from = cols - 2 * engine.relation_width() - 2 * arc;
        space.rows.begin(n, arc);
        space.row.resize(arc, 0.0);
        for (i, scores) in space.scores.chunks_exact(cols).enumerate() {
            let dependent = &scores[from..from + arc];
            space.row.iter_mut().zip(dependent).for_each(|(r, d)| *r = d.max(0.0));
            space.rows.set(i, &space.row);
        }
        engine.product.apply(kernel, &space.rows, &mut space.asked);
    }
}

/// The states of the words after the first convolution, with what their places add.
#[inline(always)]
fn convolve_words(engine: &Engine, batch: &Batch<'_>, style: u32, space: &mut Workspace) {
    let width = engine.width;
    let table = engine.network.layout.place.of(&engine.network.parameters);
    space.x.resize(batch.forms.len() * width, 0.0);
    for (ends, begins) in batch.starts.windows(2).zip(batch.begins) {
        for i in ends[0]..ends[1] {
            let x = &mut space.x[i * width..(i + 1) * width];
            let own = space.words.vectors(space.slots[i], width);
            x.copy_from_slice(&engine.first_bias);
            add(x, &own[2 * width..3 * width]);
            if i > ends[0] {
                add(x, &space.words.vectors(space.slots[i - 1], width)[width..2 * width]);
            }
            if i + 1 < ends[1] {
                add(x, &space.words.vectors(space.slots[i + 1], width)[3 * width..]);
            }
            for (x, own) in x.iter_mut().zip(own) {
                *x = x.max(0.0) + own;
            }
            for place in places(style, *begins && i == ends[0], batch.marks[i]) {
                add(x, &table[place as usize * width..(place as usize + 1) * width]);
            }
        }
    }
}

#[inline(always)]
fn add(target: &mut [f32], source: &[f32]) {
    target.iter_mut().zip(source).for_each(|(t, s)| *t += s);
}

/// A convolution over the states.
#[inline(always)]
fn further<K: Kernel>(kernel: K, engine: &Engine, layer: &Convolution, batch: &Batch<'_>, space: &mut Workspace) {
    let width = engine.width;
    let n = batch.forms.len();
    space.states.resize(n * width, 0.0);
    for (x, state) in space.x.chunks_exact(width).zip(space.states.chunks_exact_mut(width)) {
        normalise(&layer.norm, x, state);
    }
    space.rows.begin(n, 3 * width);
    let mut window = vec![0.0; 3 * width];
    for ends in batch.starts.windows(2) {
        for i in ends[0]..ends[1] {
            window.fill(0.0);
            let from = if i > ends[0] { i - 1 } else { i };
            let to = if i + 1 < ends[1] { i + 2 } else { i + 1 };
            let offset = (from + 1 - i) * width;
            window[offset..offset + (to - from) * width].copy_from_slice(&space.states[from * width..to * width]);
            space.rows.set(i, &window);
        }
    }
    layer.weights.apply(kernel, &space.rows, &mut space.gates);
    for (x, active) in space.x.iter_mut().zip(&space.gates) {
        *x += active.max(0.0);
    }
}

/// Both directions of a recurrent layer over one sentence, added to the states.
#[inline(always)]
fn run_cells(peep: &[f32], width: usize, (from, to): (usize, usize), space: &mut Workspace) {
    let cells = width / 2;
    for direction in 0..2 {
        space.cells.clear();
        space.cells.resize(cells, 0.0);
        let (forget_peep, reset_peep) = peep[width * direction..width * (direction + 1)].split_at(cells);
        for step in from..to {
            let i = if direction == 0 { step } else { from + to - 1 - step };
            let gates = &space.gates[i * 3 * width + direction * 3 * cells..][..3 * cells];
            let (candidate, rest) = gates.split_at(cells);
            let (forget, reset) = rest.split_at(cells);
            let x = &mut space.x[i * width + direction * cells..][..cells];
            let parts = space.cells.iter_mut().zip(x).zip(candidate.iter().zip(forget).zip(reset));
            for (((state, x), ((c, f), r)), (fp, rp)) in parts.zip(forget_peep.iter().zip(reset_peep)) {
                let before = *state;
                let f = sigmoid(f + fp * before);
                let r = sigmoid(r + rp * before);
                *state = f * before + (1.0 - f) * c;
                *x += r * *state;
            }
        }
    }
}

struct Relate<'a, K> {
    kernel: K,
    engine: &'a Engine,
    heads: &'a [Option<u32>],
    space: &'a mut Workspace,
}

impl<K: Kernel> NullaryFnOnce for Relate<'_, K> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { kernel, engine, heads, space } = self;
        let m = engine.relation_width();
        let cols = engine.heads.columns();
        let root = engine.network.layout.relation_root.of(&engine.network.parameters);
        space.rows.begin(heads.len(), 3 * m);
        space.row.resize(3 * m, 0.0);
        for (i, head) in heads.iter().enumerate() {
            let d = &space.scores[i * cols + cols - 2 * m..i * cols + cols - m];
            let (x, rest) = space.row.split_at_mut(m);
            let (y, product) = rest.split_at_mut(m);
            x.iter_mut().zip(d).for_each(|(x, d)| *x = d.max(0.0));
            match head {
                Some(h) => {
                    let h = &space.scores[(*h as usize + 1) * cols - m..(*h as usize + 1) * cols];
                    y.iter_mut().zip(h).for_each(|(y, h)| *y = h.max(0.0));
                }
                None => y.copy_from_slice(root),
            }
            product.iter_mut().zip(x.iter().zip(y.iter())).for_each(|(p, (x, y))| *p = x * y);
            space.rows.set(i, &space.row);
        }
        engine.relation.apply(kernel, &space.rows, &mut space.relations);
    }
}

/// The answer of the last run, word by word.
impl Workspace {
    /// Scores of the parts of speech, and of the entity tags, of word `i`.
    pub(crate) fn tags(&self, engine: &Engine, i: usize) -> (&[f32], &[f32]) {
        let row = &self.scores[i * engine.heads.columns()..];
        let (upos, rest) = row.split_at(engine.network.config.classes[0] as usize);
        (upos, &rest[..engine.network.config.classes[3] as usize])
    }

    /// Final state of word `i`.
    pub(crate) fn state(&self, engine: &Engine, i: usize) -> &[f32] {
        &self.states[i * engine.width..(i + 1) * engine.width]
    }

    /// Scores of the relations of word `i`.
    pub(crate) fn relation(&self, engine: &Engine, i: usize) -> &[f32] {
        let cols = engine.relation.columns();
        &self.relations[i * cols..(i + 1) * cols]
    }

    /// The lexicon's lemma of word `i`, looked up once for each word as written.
    pub(crate) fn lemma(
        &mut self,
        i: usize,
        upos: usize,
        look_up: impl FnOnce(&SmolStr) -> Option<SmolStr>,
    ) -> Option<SmolStr> {
        self.words.lemma(self.slots[i], upos, look_up)
    }

    /// Writes to `out` the scores of every head (column 0 is the root) for every word of `from..to`.
    pub(crate) fn arcs(&self, engine: &Engine, (from, to): (usize, usize), out: &mut Vec<f32>) {
        let arcs = Arcs { engine, space: self, from, to, out };
        match V3::try_new() {
            Some(v3) => v3.vectorize(arcs),
            None => arcs.call(),
        }
    }
}

struct Arcs<'a> {
    engine: &'a Engine,
    space: &'a Workspace,
    from: usize,
    to: usize,
    out: &'a mut Vec<f32>,
}

impl NullaryFnOnce for Arcs<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { engine, space, from, to, out } = self;
        let (arc, m) = (engine.arc(), engine.relation_width());
        let cols = engine.heads.columns();
        let end = cols - 2 * m;
        let root = engine.network.layout.arc_root.of(&engine.network.parameters);
        let n = to - from;
        out.resize(n * (n + 1), 0.0);
        for (i, out) in (from..to).zip(out.chunks_exact_mut(n + 1)) {
            let asked = &space.asked[i * (arc + DISTANCES)..(i + 1) * (arc + DISTANCES)];
            let (dependent, distances) = asked.split_at(arc);
            out[0] = dot(dependent, root);
            for (j, out) in (from..to).zip(&mut out[1..]) {
                let head = &space.scores[j * cols + end - arc..j * cols + end];
                *out = rectified_dot(dependent, head) + distances[distance(i, j)];
            }
            out[i - from + 1] = -1e6;
        }
    }
}

#[inline(always)]
fn dot(x: &[f32], y: &[f32]) -> f32 {
    lanes(x, y, |y| y)
}

#[inline(always)]
fn rectified_dot(x: &[f32], y: &[f32]) -> f32 {
    lanes(x, y, |y| y.max(0.0))
}

/// Sum of products in sixteen lanes.
#[inline(always)]
fn lanes(x: &[f32], y: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let mut sums = [0f32; 16];
    for (x, y) in x.as_chunks::<16>().0.iter().zip(y.as_chunks::<16>().0) {
        for l in 0..16 {
            sums[l] += x[l] * f(y[l]);
        }
    }
    sums.iter().sum()
}
