//! Adam (Kingma & Ba 2015) with clipped gradients and a running average of the parameters, which is what is kept.

const FIRST: f32 = 0.9;
const SECOND: f32 = 0.98;
const CLIP: f32 = 5.0;

pub(crate) struct Optimiser {
    mean: Vec<f32>,
    square: Vec<f32>,
    average: Vec<f32>,
    decay: (f32, f32),
}

impl Optimiser {
    pub(crate) fn new(parameters: &[f32]) -> Self {
        let zeros = vec![0.0; parameters.len()];
        Self { mean: zeros.clone(), square: zeros, average: parameters.to_vec(), decay: (1.0, 1.0) }
    }

    /// One step along `grads`.
    pub(crate) fn step(&mut self, parameters: &mut [f32], grads: &mut [f32], rate: f32, step: usize) {
        // Partial sums in eight lanes let the compiler use vectors; their order is fixed.
        let mut lanes = [0f32; 8];
        for chunk in grads.chunks_exact(8) {
            for (l, g) in lanes.iter_mut().zip(chunk) {
                *l += g * g;
            }
        }
        let norm = lanes.iter().sum::<f32>().sqrt();
        if norm > CLIP {
            let scale = CLIP / norm;
            grads.iter_mut().for_each(|g| *g *= scale);
        }
        self.decay = (self.decay.0 * FIRST, self.decay.1 * SECOND);
        let rate = rate * (1.0 - self.decay.1).sqrt() / (1.0 - self.decay.0);
        let blend = (1.0 / (step as f32 / 10.0 + 1.0)).max(1e-3);
        // Every parameter is updated alone, so the halves may be done at the same time.
        let half = parameters.len().div_ceil(2).max(1);
        std::thread::scope(|scope| {
            let moments = self.mean.chunks_mut(half).zip(self.square.chunks_mut(half));
            let parts = parameters.chunks_mut(half).zip(grads.chunks(half)).zip(moments);
            for (((p, g), (m, v)), a) in parts.zip(self.average.chunks_mut(half)) {
                scope.spawn(move || {
                    for ((((p, g), m), v), a) in p.iter_mut().zip(g).zip(m).zip(v).zip(a) {
                        *m += (1.0 - FIRST) * (g - *m);
                        *v += (1.0 - SECOND) * (g * g - *v);
                        *p -= rate * *m / (v.sqrt() + 1e-8);
                        *a += blend * (*p - *a);
                    }
                });
            }
        });
    }

    /// The running average of the parameters.
    pub(crate) fn average(&self) -> &[f32] {
        &self.average
    }
}
