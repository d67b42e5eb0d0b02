//! Arithmetic that gives the same bits on every machine: the few functions the network needs and, for training,
//! products of matrices.
//!
//! Only `+ - * /`, `sqrt` and comparisons are used, each sum in one fixed order; Rust neither fuses nor reorders
//! them, so the vector width that the machine offers does not change a result.

#[cfg(any(feature = "train", test))]
pub(crate) use product::{View, add_product};

/// `e^x` for -87..=87 (clamped), to about 1e-7 relative.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    const ROUND: f32 = 12_582_912.0;
    let x = x.clamp(-87.0, 87.0);
    // The low bits of the shifted number are the whole number: a cast would be checked number by number.
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let n = shifted - ROUND;
    let r = (x - n * 0.693_359_4) + n * 2.121_944_4e-4;
    let high = 0.041_666_668 + r * (0.008_333_334 + r * (0.001_388_889 + r * 1.984_127e-4));
    let p = 1.0 + r * (1.0 + r * (0.5 + r * (0.166_666_67 + r * high)));
    p * f32::from_bits(shifted.to_bits().wrapping_sub(ROUND.to_bits()).wrapping_add(127) << 23)
}

/// Natural logarithm of a positive, normal number, to about 1e-7; the library's own may differ between systems.
#[cfg(any(feature = "train", test))]
pub(crate) fn ln(x: f32) -> f32 {
    let bits = x.to_bits();
    let shift = u32::from(bits & 0x7f_ffff > 0x35_04f3);
    let exponent = (bits >> 23) as i32 - 127 + shift as i32;
    let mantissa = f32::from_bits((bits & 0x7f_ffff) | ((127 - shift) << 23));
    let s = (mantissa - 1.0) / (mantissa + 1.0);
    let z = s * s;
    let series = 1.0 + z * (0.333_333_34 + z * (0.2 + z * (0.142_857_15 + z * 0.111_111_11)));
    exponent as f32 * std::f32::consts::LN_2 + 2.0 * s * series
}

/// Logistic function.
#[inline(always)]
pub(crate) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// Turns scores into probabilities, in place.
#[cfg(feature = "train")]
pub(crate) fn softmax(row: &mut [f32]) {
    let top = row.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for x in row.iter_mut() {
        *x = exp(*x - top);
        sum += *x;
    }
    let scale = 1.0 / sum;
    for x in row.iter_mut() {
        *x *= scale;
    }
}

/// Index of the largest number, the first of equals; 0 for none.
pub(crate) fn argmax(row: &[f32]) -> usize {
    let mut best = 0;
    for (i, x) in row.iter().enumerate() {
        if *x > row[best] {
            best = i;
        }
    }
    best
}

#[cfg(any(feature = "train", test))]
mod product {
    use pulp::{Arch, Simd, WithSimd};

    /// Rows of the register block of the matrix product.
    const MR: usize = 6;
    /// Columns of the register block of the matrix product.
    const NR: usize = 16;

    /// A matrix operand: row-major numbers, read as they stand or transposed.
    #[derive(Clone, Copy)]
    pub(crate) struct View<'a> {
        data: &'a [f32],
        stride: usize,
        transposed: bool,
    }

    impl<'a> View<'a> {
        /// `data` holds rows of `cols` numbers.
        pub(crate) fn new(data: &'a [f32], cols: usize) -> Self {
            Self { data, stride: cols, transposed: false }
        }

        /// The same numbers, rows and columns exchanged.
        pub(crate) fn t(self) -> Self {
            Self { transposed: !self.transposed, ..self }
        }

        /// Copies rows `from..from + count` into a panel of `size` lanes: entry `p * size + r` is column `p` of row `r`.
        #[inline(always)]
        fn rows_to_panel(self, from: usize, count: usize, k: usize, size: usize, panel: &mut [f32]) {
            if self.transposed {
                for (p, lanes) in panel.chunks_exact_mut(size).enumerate() {
                    lanes[..count].copy_from_slice(&self.data[p * self.stride + from..][..count]);
                    lanes[count..].fill(0.0);
                }
            } else {
                for r in 0..size {
                    if r < count {
                        let source = &self.data[(from + r) * self.stride..][..k];
                        for (lanes, &value) in panel.chunks_exact_mut(size).zip(source) {
                            lanes[r] = value;
                        }
                    } else {
                        panel.chunks_exact_mut(size).for_each(|lanes| lanes[r] = 0.0);
                    }
                }
            }
        }
    }

    /// `c += a * b` with `a` of `n` rows and `k` columns, `b` of `k` rows and `m` columns, `c` row-major with `m`
    /// columns.
    ///
    /// Both operands are copied into panels first (the classic blocked product), which also takes care of
    /// transposition.
    pub(crate) fn add_product(c: &mut [f32], a: View<'_>, b: View<'_>, n: usize, k: usize, m: usize) {
        if n > 0 && k > 0 && m > 0 {
            Arch::new().dispatch(Product { c, a, b, n, k, m });
        }
    }

    struct Product<'a> {
        c: &'a mut [f32],
        a: View<'a>,
        b: View<'a>,
        n: usize,
        k: usize,
        m: usize,
    }

    impl WithSimd for Product<'_> {
        type Output = ();

        #[inline(always)]
        fn with_simd<S: Simd>(self, _: S) {
            let Self { c, a, b, n, k, m } = self;
            let blocks = n.div_ceil(MR);
            let mut left = vec![0f32; blocks * k * MR];
            for (block, panel) in left.chunks_exact_mut(k * MR).enumerate() {
                a.rows_to_panel(block * MR, MR.min(n - block * MR), k, MR, panel);
            }
            let mut right = vec![0f32; k * NR];
            for j in (0..m).step_by(NR) {
                let width = NR.min(m - j);
                b.t().rows_to_panel(j, width, k, NR, &mut right);
                for (block, panel) in left.chunks_exact(k * MR).enumerate() {
                    let sums = kernel(panel, &right);
                    for (r, sum) in sums.iter().enumerate().take(MR.min(n - block * MR)) {
                        let target = &mut c[(block * MR + r) * m + j..][..width];
                        for (t, s) in target.iter_mut().zip(sum) {
                            *t += s;
                        }
                    }
                }
            }
        }
    }

    #[inline(always)]
    fn kernel(left: &[f32], right: &[f32]) -> [[f32; NR]; MR] {
        let mut sums = [[0f32; NR]; MR];
        for (a, b) in left.as_chunks::<MR>().0.iter().zip(right.as_chunks::<NR>().0) {
            for r in 0..MR {
                for l in 0..NR {
                    sums[r][l] = a[r].mul_add(b[l], sums[r][l]);
                }
            }
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn product_matches_the_definition_for_every_orientation() {
        let (n, k, m) = (7, 5, 19);
        let a: Vec<f32> = (0..n * k).map(|i| (i % 13) as f32 - 6.0).collect();
        let b: Vec<f32> = (0..k * m).map(|i| (i % 7) as f32 - 3.0).collect();
        let mut at = vec![0.0; n * k];
        let mut bt = vec![0.0; k * m];
        for i in 0..n {
            for p in 0..k {
                at[p * n + i] = a[i * k + p];
            }
        }
        for p in 0..k {
            for j in 0..m {
                bt[j * k + p] = b[p * m + j];
            }
        }
        let mut expected = vec![1.0; n * m];
        for i in 0..n {
            for j in 0..m {
                for p in 0..k {
                    expected[i * m + j] += a[i * k + p] * b[p * m + j];
                }
            }
        }
        for (x, y) in [
            (View::new(&a, k), View::new(&b, m)),
            (View::new(&at, n).t(), View::new(&b, m)),
            (View::new(&a, k), View::new(&bt, k).t()),
        ] {
            let mut c = vec![1.0; n * m];
            add_product(&mut c, x, y, n, k, m);
            assert_eq!(c, expected);
        }
    }

    #[test]
    fn logarithm_is_close_to_the_library_one() {
        for i in 1..4000 {
            let x = (i as f32 * 0.01).powi(3) * 1e-6;
            assert!((ln(x) - x.ln()).abs() <= 2e-6 * x.ln().abs().max(1.0), "{x}: {} {}", ln(x), x.ln());
        }
    }

    #[test]
    fn exponential_is_close_to_the_library_one() {
        for i in -800..800 {
            let x = i as f32 * 0.1;
            let (mine, theirs) = (exp(x), x.exp());
            assert!((mine - theirs).abs() <= 3e-7 * theirs, "{x}: {mine} {theirs}");
        }
    }
}
