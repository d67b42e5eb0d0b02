//! Products of matrices in whole numbers: signed bytes as weights, 16 bits as inputs, 32 bits as sums. Whole numbers
//! add up to the same sum in any order, so every machine may use what vectors it has.

use pulp::x86::V3;

/// Inputs are rounded to this many steps per unit.
const STEPS: f32 = 1024.0;
/// Rows of inputs that are multiplied at once: with `VECTORS`, as many sums as leave room in sixteen registers.
const ROWS: usize = 6;
/// Vectors of eight columns that are multiplied at once.
const VECTORS: usize = 2;
/// Columns that are multiplied at once.
const COLUMNS: usize = 8 * VECTORS;

/// The multiplication of one block; one implementation for each kind of machine.
pub(super) trait Kernel: Copy {
    /// Sums of products of rows with `COLUMNS` columns. `left` holds the rows' pairs of inputs, `right` for each pair of
    /// inputs the pair of every column; all are equally long.
    fn block(self, left: [&[[i16; 2]]; ROWS], right: &[[i16; 2 * COLUMNS]]) -> [[i32; COLUMNS]; ROWS];
}

/// Any machine.
#[derive(Clone, Copy)]
pub(super) struct Portable;

impl Kernel for Portable {
    #[inline(always)]
    fn block(self, left: [&[[i16; 2]]; ROWS], right: &[[i16; 2 * COLUMNS]]) -> [[i32; COLUMNS]; ROWS] {
        let mut sums = [[0; COLUMNS]; ROWS];
        for (p, b) in right.iter().enumerate() {
            for (row, sums) in left.iter().zip(&mut sums) {
                let [x, y] = row[p];
                for (c, sum) in sums.iter_mut().enumerate() {
                    *sum += i32::from(x) * i32::from(b[2 * c]) + i32::from(y) * i32::from(b[2 * c + 1]);
                }
            }
        }
        sums
    }
}

impl Kernel for V3 {
    #[inline(always)]
    fn block(self, left: [&[[i16; 2]]; ROWS], right: &[[i16; 2 * COLUMNS]]) -> [[i32; COLUMNS]; ROWS] {
        let mut sums = [[self.splat_i32x8(0); VECTORS]; ROWS];
        let [a, b, c, d, e, f] = left;
        let end = right.len();
        let left = [&a[..end], &b[..end], &c[..end], &d[..end], &e[..end], &f[..end]];
        for (p, b) in right.iter().enumerate() {
            let b: [pulp::i16x16; VECTORS] = pulp::cast(*b);
            for (sums, row) in sums.iter_mut().zip(left) {
                let a: pulp::i16x16 = pulp::cast(self.splat_i32x8(pulp::cast(row[p])));
                for (sum, b) in sums.iter_mut().zip(b) {
                    *sum = self.wrapping_add_i32x8(*sum, self.multiply_wrapping_add_adjacent_i16x16(b, a));
                }
            }
        }
        let mut out = [[0; COLUMNS]; ROWS];
        for (out, sums) in out.iter_mut().zip(sums) {
            *out = pulp::cast(sums);
        }
        out
    }
}

/// Rows of inputs in steps, filled up to whole blocks of rows.
#[derive(Default)]
pub(super) struct Rows {
    n: usize,
    k: usize,
    packed: Vec<i16>,
}

/// The largest number of steps of an input, so that a sum over `k` of them fits into 32 bits.
fn limit(k: usize) -> f32 {
    (i32::MAX / (127 * k.max(1)) as i32).min(32767) as f32
}

/// Nearest whole number of an input in steps.
#[inline(always)]
fn steps(x: f32, limit: f32) -> i16 {
    const ROUND: f32 = 12_582_912.0;
    let x = (x * STEPS).clamp(-limit, limit);
    ((x + ROUND).to_bits() as i32 - ROUND.to_bits() as i32) as i16
}

impl Rows {
    /// Makes room for `n` rows of `k` inputs, an even number.
    #[inline(always)]
    pub(super) fn begin(&mut self, n: usize, k: usize) {
        (self.n, self.k) = (n, k);
        self.packed.resize(n.next_multiple_of(ROWS) * k, 0);
    }

    /// Writes row `i`.
    #[inline(always)]
    pub(super) fn set(&mut self, i: usize, row: &[f32]) {
        let limit = limit(self.k);
        let target = &mut self.packed[i * self.k..(i + 1) * self.k];
        for (whole, x) in target.iter_mut().zip(row) {
            *whole = steps(*x, limit);
        }
    }

    /// The rows of a block.
    #[inline(always)]
    fn block(&self, block: usize) -> [&[[i16; 2]]; ROWS] {
        let rows = &self.packed[block * ROWS * self.k..(block + 1) * ROWS * self.k];
        std::array::from_fn(|r| rows[r * self.k..(r + 1) * self.k].as_chunks().0)
    }
}

/// Weights in signed bytes with one scale a column, and a bias.
pub(super) struct Matrix {
    k: usize,
    m: usize,
    packed: Vec<i16>,
    scale: Vec<f32>,
    bias: Vec<f32>,
}

/// A column of weights as signed bytes and the size of their step.
fn column(weights: impl Iterator<Item = f32> + Clone) -> (Vec<i16>, f32) {
    let scale = weights.clone().fold(0f32, |top, w| top.max(w.abs())) / 127.0;
    let whole = weights.map(|w| if scale > 0.0 { (w / scale).round() as i16 } else { 0 });
    (whole.collect(), scale)
}

impl Matrix {
    /// `columns` are dense layers side by side: weights of `k` rows, row-major, and their biases.
    pub(super) fn new(k: usize, layers: &[(&[f32], &[f32])]) -> Self {
        let m: usize = layers.iter().map(|(_, bias)| bias.len()).sum();
        let padded = m.next_multiple_of(COLUMNS);
        let mut packed = vec![0i16; padded * k];
        let (mut scale, mut biases) = (Vec::new(), Vec::new());
        for (weights, bias) in layers {
            for (c, b) in bias.iter().enumerate() {
                let j = scale.len();
                let (whole, step) = column(weights.iter().skip(c).step_by(bias.len()).copied());
                for (p, w) in whole.into_iter().enumerate() {
                    packed[j / COLUMNS * COLUMNS * k + p / 2 * 2 * COLUMNS + j % COLUMNS * 2 + p % 2] = w;
                }
                scale.push(step / STEPS);
                biases.push(*b);
            }
        }
        scale.resize(padded, 0.0);
        biases.resize(padded, 0.0);
        Self { k, m, packed, scale, bias: biases }
    }

    /// Number of columns.
    pub(super) fn columns(&self) -> usize {
        self.m
    }

    /// Writes `rows` times the weights plus the bias to `out`, row-major.
    #[inline(always)]
    pub(super) fn apply<K: Kernel>(&self, kernel: K, rows: &Rows, out: &mut Vec<f32>) {
        out.resize(rows.n * self.m, 0.0);
        for (b, right) in self.packed.chunks_exact(COLUMNS * self.k).enumerate() {
            let first = b * COLUMNS;
            let width = COLUMNS.min(self.m - first);
            let scale = &self.scale[first..first + COLUMNS];
            let bias = &self.bias[first..first + COLUMNS];
            for block in 0..rows.n.div_ceil(ROWS) {
                let sums = kernel.block(rows.block(block), right.as_chunks().0);
                for (r, sums) in sums.iter().enumerate().take(ROWS.min(rows.n - block * ROWS)) {
                    let target = &mut out[(block * ROWS + r) * self.m + first..][..width];
                    let parts = target.iter_mut().zip(sums).zip(scale.iter().zip(bias));
                    for ((t, sum), (scale, bias)) in parts {
                        *t = *sum as f32 * scale + bias;
                    }
                }
            }
        }
    }
}

/// The same weights kept column by column, for layers of which only a few columns are asked for.
pub(super) struct Columns {
    k: usize,
    weights: Vec<i16>,
    scale: Vec<f32>,
    bias: Vec<f32>,
}

impl Columns {
    /// A dense layer of `k` inputs.
    pub(super) fn new(k: usize, weights: &[f32], bias: &[f32]) -> Self {
        let columns = (0..bias.len()).map(|c| column(weights.iter().skip(c).step_by(bias.len()).copied()));
        let (whole, scale): (Vec<Vec<i16>>, Vec<f32>) = columns.map(|(w, s)| (w, s / STEPS)).unzip();
        Self { k, weights: whole.concat(), scale, bias: bias.to_vec() }
    }

    /// Column `c` for inputs that `round` has brought to steps.
    #[inline(always)]
    pub(super) fn at(&self, c: usize, inputs: &[i16]) -> f32 {
        let weights = &self.weights[c * self.k..(c + 1) * self.k];
        let sum: i32 = inputs.iter().zip(weights).map(|(x, w)| i32::from(*x) * i32::from(*w)).sum();
        sum as f32 * self.scale[c] + self.bias[c]
    }

    /// Brings inputs to steps.
    #[inline(always)]
    pub(super) fn round(&self, row: &[f32], out: &mut Vec<i16>) {
        let limit = limit(self.k);
        out.clear();
        out.extend(row.iter().map(|x| steps(*x, limit)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(n: usize, seed: u32) -> Vec<f32> {
        let mut x = seed;
        let mut next = || {
            x = x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (x >> 8) as f32 / 8_388_608.0 - 1.0
        };
        (0..n).map(|_| next()).collect()
    }

    #[test]
    fn every_kernel_gives_the_same_and_about_the_real_product() {
        let (n, k, m) = (7, 32, 29);
        let (input, weights, bias) = (numbers(n * k, 1), numbers(k * m, 2), numbers(m, 3));
        let mut rows = Rows::default();
        rows.begin(n, k);
        input.chunks_exact(k).enumerate().for_each(|(i, row)| rows.set(i, row));
        let matrix = Matrix::new(k, &[(&weights, &bias)]);
        let columns = Columns::new(k, &weights, &bias);
        let mut portable = Vec::new();
        matrix.apply(Portable, &rows, &mut portable);
        if let Some(v3) = V3::try_new() {
            let mut wide = Vec::new();
            matrix.apply(v3, &rows, &mut wide);
            assert_eq!(portable, wide);
        }
        for i in 0..n {
            let mut whole = Vec::new();
            columns.round(&input[i * k..(i + 1) * k], &mut whole);
            for j in 0..m {
                let real: f32 = (0..k).map(|p| input[i * k + p] * weights[p * m + j]).sum::<f32>() + bias[j];
                assert!((portable[i * m + j] - real).abs() < 0.05, "{} {real}", portable[i * m + j]);
                assert_eq!(portable[i * m + j], columns.at(j, &whole));
            }
        }
    }

    #[test]
    fn large_inputs_are_cut_and_do_not_overflow() {
        let k = 516;
        let mut rows = Rows::default();
        rows.begin(1, k);
        rows.set(0, &vec![1e9; k]);
        let matrix = Matrix::new(k, &[(&vec![1.0; k], &[0.0])]);
        let mut out = Vec::new();
        matrix.apply(Portable, &rows, &mut out);
        assert!(out[0] > 1000.0);
    }
}
