//! One network's training: batches, steps, passes.

use super::gradient;
use super::lesson::{Classes, Lesson};
use super::optimiser::Optimiser;
use super::pass::Batch;
use super::random::{Dropout, Random};
use super::settings::Settings;
use super::targets::Targets;
use super::{Report, Teachers};
use crate::network::{Config, Layout, Network, Start};
use crate::vocabulary::Vocabulary;
use vigie_resources::Language;

/// Two halves of a batch are always computed apart and added in order, whether or not two processors are free.
pub(crate) const SHARDS: usize = 2;

/// What networks learn from.
pub(crate) struct School<'a> {
    pub(crate) lessons: &'a [Lesson],
    pub(crate) classes: Classes,
    /// Share of the teachers' answer where the gold is known too.
    pub(crate) distil: f32,
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) language: Language,
}

/// Gradients of one half: all values, and which rows of the word tables have any.
#[derive(Default)]
struct Gradients {
    values: Vec<f32>,
    touched: Vec<(u32, u32)>,
}

impl Gradients {
    /// Makes everything zero again; `tables` is where the word tables end.
    fn clear(&mut self, tables: usize) {
        for &(start, len) in &self.touched {
            self.values[start as usize..(start + len) as usize].fill(0.0);
        }
        self.values[tables..].fill(0.0);
        self.touched.clear();
    }
}

/// Rises over the first steps, then falls in a straight line to nearly nothing.
fn rate(top: f32, step: usize, total: usize) -> f32 {
    let warm = (total / 20).clamp(1, 200);
    if step < warm {
        top * (step + 1) as f32 / warm as f32
    } else {
        top * (0.01 + 0.99 * (total - step) as f32 / (total - warm) as f32)
    }
}

/// Largest bias of a forget gate before training.
const CHRONO: f32 = 3.4;

fn begin(layout: &Layout, random: &mut Random) -> Vec<f32> {
    let mut out = Vec::with_capacity(layout.len());
    for block in &layout.all {
        let table = layout.tables.contains(block);
        let spread = if table { 0.1 } else { (6.0 / (block.rows + block.cols) as f32).sqrt() };
        for _ in 0..block.rows * block.cols {
            out.push(match block.begin {
                Start::Zero | Start::Bias => 0.0,
                Start::One => 1.0,
                Start::Random => (random.unit() * 2.0 - 1.0) * spread,
            });
        }
    }
    // Cells begin with memories of all lengths up to some thirty words (Tallec & Ollivier 2018).
    for layer in &layout.recurrences {
        let bias = layer.input.bias.of_mut(&mut out);
        let cells = bias.len() / 6;
        for direction in bias.chunks_exact_mut(3 * cells) {
            for (j, forget) in direction[cells..2 * cells].iter_mut().enumerate() {
                *forget = CHRONO * j as f32 / cells as f32;
            }
        }
    }
    out
}

impl School<'_> {
    /// Trains one network; what it keeps is the running average of its parameters.
    pub(crate) fn train(&self, config: Config, settings: &Settings, report: Report<'_>) -> Network {
        let layout = Layout::new(&config);
        let parameters = begin(&layout, &mut Random::new(settings.seed));
        let mut optimiser = Optimiser::new(&parameters, &layout.tables);
        let tables = layout.tables.last().map_or(0, |t| t.start + t.rows * t.cols);
        let mut network = Network { config, layout, parameters };
        let plan: Vec<Vec<Vec<usize>>> = (0..settings.passes).map(|pass| self.batches(settings, pass)).collect();
        let total: usize = plan.iter().map(Vec::len).sum();
        let empty = || Gradients { values: vec![0.0; network.parameters.len()], touched: Vec::new() };
        let mut halves: Vec<Gradients> = (0..SHARDS).map(|_| empty()).collect();
        let average = |network: &Network, optimiser: &Optimiser| Network {
            parameters: optimiser.average(&network.parameters),
            ..network.clone()
        };
        let mut step = 0;
        for (pass, batches) in plan.iter().enumerate() {
            let mut counts = [(0u32, 0u32); 6];
            for batch in batches {
                let seen = self.step(&network, batch, settings, step as u64, &mut halves);
                for (c, s) in counts.iter_mut().zip(seen) {
                    *c = (c.0 + s.0, c.1 + s.1);
                }
                let rate = rate(settings.rate, step, total);
                let sum = &mut halves[0];
                optimiser.step(&mut network.parameters, &mut sum.values, &sum.touched, rate, step);
                halves.iter_mut().for_each(|half| half.clear(tables));
                step += 1;
            }
            let share = |i: usize| f64::from(counts[i].0) / f64::from(counts[i].1.max(1)) * 100.0;
            let names = ["upos", "feats", "lemma", "entity", "arc", "relation"];
            let line = names.iter().enumerate().map(|(i, name)| format!("{name} {:.2}", share(i)));
            let line = format!(
                "seed {}, pass {} of {}: {}",
                settings.seed,
                pass + 1,
                plan.len(),
                line.collect::<Vec<_>>().join(", ")
            );
            let now = || Teachers {
                vocabulary: self.vocabulary.clone(),
                networks: vec![average(&network, &optimiser)],
                language: self.language,
            };
            let shown = (pass + 1 == plan.len()).then(now);
            report(&line, shown.as_ref());
        }
        average(&network, &optimiser)
    }

    /// Batches of lesson numbers for one pass.
    fn batches(&self, settings: &Settings, pass: u32) -> Vec<Vec<usize>> {
        let mut random = Random::new(settings.seed ^ (u64::from(pass) + 1) << 20);
        let mut order: Vec<usize> = (0..self.lessons.len()).filter(|&i| random.chance(self.lessons[i].share)).collect();
        random.shuffle(&mut order);
        let mut out = vec![Vec::new()];
        let mut words = 0;
        for i in order {
            if words >= settings.batch {
                out.push(Vec::new());
                words = 0;
            }
            words += self.lessons[i].forms.len();
            out.last_mut().expect("there is a batch").push(i);
        }
        out.retain(|b| !b.is_empty());
        out
    }

    /// A batch in parts of nearly equal numbers of words.
    fn shares(&self, batch: &[usize]) -> Vec<Vec<usize>> {
        let words = |i: usize| self.lessons[i].forms.len();
        let mut order = batch.to_vec();
        order.sort_by_key(|&i| std::cmp::Reverse(words(i)));
        let mut shares = vec![(0, Vec::new()); SHARDS];
        for i in order {
            let lightest = shares.iter_mut().min_by_key(|share| share.0).expect("there is a share");
            lightest.0 += words(i);
            lightest.1.push(i);
        }
        shares.into_iter().map(|share| share.1).collect()
    }

    /// Puts the gradients of one batch into the first half; hands back the counts of right answers.
    fn step(
        &self,
        network: &Network,
        batch: &[usize],
        settings: &Settings,
        step: u64,
        halves: &mut [Gradients],
    ) -> [(u32, u32); 6] {
        let words: usize = batch.iter().map(|&i| self.lessons[i].forms.len()).sum();
        let scale = 1.0 / words.max(1) as f32;
        let mut shards = self.shares(batch).into_iter();
        let results: Vec<_> = std::thread::scope(|scope| {
            let handles: Vec<_> = halves
                .iter_mut()
                .enumerate()
                .map(|(k, half)| {
                    let shard = shards.next().unwrap_or_default();
                    let seed = step * SHARDS as u64 + k as u64;
                    scope.spawn(move || self.shard(network, &shard, settings, seed, scale, half))
                })
                .collect();
            handles.into_iter().map(|h| h.join().expect("a shard does not panic")).collect()
        });
        let tables = network.layout.tables.last().map_or(0, |t| t.start + t.rows * t.cols);
        let (first, others) = halves.split_at_mut(1);
        for more in others {
            for &(start, len) in &more.touched {
                let row = start as usize..(start + len) as usize;
                gradient::add(&mut first[0].values[row.clone()], &more.values[row]);
            }
            gradient::add(&mut first[0].values[tables..], &more.values[tables..]);
            first[0].touched.extend_from_slice(&more.touched);
        }
        first[0].touched.sort_unstable();
        first[0].touched.dedup();
        let mut counts = [(0, 0); 6];
        for seen in results {
            for (c, s) in counts.iter_mut().zip(seen) {
                *c = (c.0 + s.0, c.1 + s.1);
            }
        }
        counts
    }

    fn shard(
        &self,
        network: &Network,
        shard: &[usize],
        settings: &Settings,
        seed: u64,
        scale: f32,
        half: &mut Gradients,
    ) -> [(u32, u32); 6] {
        let mut random = Random::new(settings.seed.wrapping_mul(1_000_003) ^ (seed + 1));
        let mut batch = Batch { words: Vec::new(), places: Vec::new(), starts: vec![0] };
        let mut targets = Targets::default();
        for &i in shard {
            self.lessons[i].put(&self.classes, self.distil, &mut random, &mut batch, &mut targets);
        }
        let [embedding, layer, head] = settings.dropout;
        let mut dropout = Dropout { random, embedding, layer, head };
        let pass = network.pass(&batch, &mut dropout);
        let counts = gradient::gradients(network, &batch, &pass, &targets, scale, &mut half.values, &mut half.touched);
        half.touched.sort_unstable();
        half.touched.dedup();
        counts
    }
}
