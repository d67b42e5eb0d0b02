//! Training: corpora in, model file out. The same corpora and settings give the same bytes.

mod augment;
mod example;
mod gradient;
mod heads;
mod labels;
mod optimiser;
mod random;

use crate::features::{normal_form, word_features};
use crate::format;
use crate::lemma::Script;
use crate::model::Model;
use crate::network::{Batch, Config, Layout, Network, Start};
use crate::parse::{Upos, Word};
pub use example::{Example, Settings};
use gradient::{NONE, Targets};
use labels::Labels;
use optimiser::Optimiser;
use random::{Dropout, Random};
use std::collections::BTreeMap;

/// Two halves of a batch are always computed apart and added in order, whether or not two processors are free.
const SHARDS: usize = 2;

struct Trainer<'a> {
    labels: Labels,
    scripts: BTreeMap<Script, u32>,
    examples: &'a [Example],
    settings: &'a Settings,
}

/// Is told after each pass a line to show and, on demand, the file as it would be if training ended there.
pub type Report<'a> = &'a mut dyn FnMut(&str, &dyn Fn() -> Vec<u8>);

/// Trains a model and hands back its file.
///
/// # Panics
/// When there is no example with syntax.
pub fn train(examples: &[Example], settings: &Settings, report: Report<'_>) -> Vec<u8> {
    let labels = Labels::count(examples);
    let splitter = labels::learn_splits(examples, settings.seed);
    let examples: Vec<Example> = examples.iter().map(|e| e.divided(&splitter)).collect();
    let examples = &examples[..];
    assert!(!labels.relations.is_empty(), "training needs parsed sentences");
    let s = settings;
    let config = Config {
        rows: s.rows,
        cols: s.cols,
        width: s.width,
        convolutions: s.convolutions,
        recurrences: s.recurrences,
        cells: s.cells,
        arc: s.arc,
        relation: s.relation,
        classes: [
            Upos::ALL.len() as u32,
            labels.feats.len() as u32,
            labels.scripts.len() as u32,
            crate::entities::CLASSES as u32,
        ],
        relations: labels.relations.len() as u32,
    };
    let layout = Layout::new(&config);
    let parameters = begin(&layout, &mut Random::new(settings.seed));
    let scripts = labels.scripts.iter().enumerate().map(|(i, s)| (s.clone(), i as u32)).collect();
    let trainer = Trainer { labels, scripts, examples, settings };
    let mut optimiser = Optimiser::new(&parameters);
    let mut network = Network { config, layout, parameters };
    let finished = |network: &Network, average: &[f32]| {
        let network =
            Network { config: network.config.clone(), layout: network.layout.clone(), parameters: average.to_vec() };
        let labels = &trainer.labels;
        format::write(&Model {
            network,
            style: 0,
            feats: labels.feats.clone(),
            relations: labels.relations.clone(),
            scripts: labels.scripts.clone(),
            splitter: splitter.clone(),
            lexicon: labels.lexicon.clone(),
        })
    };
    let plan: Vec<Vec<Vec<usize>>> = (0..settings.passes).map(|pass| trainer.batches(pass)).collect();
    let total: usize = plan.iter().map(Vec::len).sum();
    let mut buffers = vec![vec![0.0; network.parameters.len()]; SHARDS];
    let mut step = 0;
    for (pass, batches) in plan.iter().enumerate() {
        let mut counts = [(0u32, 0u32); 6];
        for batch in batches {
            let seen = trainer.step(&network, batch, step as u64, &mut buffers);
            for (c, s) in counts.iter_mut().zip(seen) {
                *c = (c.0 + s.0, c.1 + s.1);
            }
            optimiser.step(&mut network.parameters, &mut buffers[0], rate(settings.rate, step, total), step);
            step += 1;
        }
        let share = |i: usize| f64::from(counts[i].0) / f64::from(counts[i].1.max(1)) * 100.0;
        let names = ["upos", "feats", "lemma", "entity", "arc", "relation"];
        let line = names.iter().enumerate().map(|(i, name)| format!("{name} {:.2}", share(i))).collect::<Vec<_>>();
        let line = format!("pass {} of {}: {}", pass + 1, plan.len(), line.join(", "));
        report(&line, &|| finished(&network, optimiser.average()));
    }
    finished(&network, optimiser.average())
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
    out
}

impl Trainer<'_> {
    /// Batches of example indices for one pass.
    fn batches(&self, pass: u32) -> Vec<Vec<usize>> {
        let mut random = Random::new(self.settings.seed ^ (u64::from(pass) + 1) << 20);
        let mut order: Vec<usize> =
            (0..self.examples.len()).filter(|&i| random.chance(self.examples[i].share)).collect();
        random.shuffle(&mut order);
        let mut out = vec![Vec::new()];
        let mut words = 0;
        for i in order {
            if words >= self.settings.batch {
                out.push(Vec::new());
                words = 0;
            }
            words += self.examples[i].words.len();
            out.last_mut().expect("there is a batch").push(i);
        }
        out.retain(|b| !b.is_empty());
        out
    }

    /// Puts the gradients of one batch into the first buffer; hands back the counts of right answers.
    fn step(&self, network: &Network, batch: &[usize], step: u64, buffers: &mut [Vec<f32>]) -> [(u32, u32); 6] {
        let words: usize = batch.iter().map(|&i| self.examples[i].words.len()).sum();
        let scale = 1.0 / words.max(1) as f32;
        let half = batch.len().div_ceil(SHARDS).max(1);
        let mut shards = batch.chunks(half);
        let results: Vec<_> = std::thread::scope(|scope| {
            let handles: Vec<_> = buffers
                .iter_mut()
                .enumerate()
                .map(|(k, grads)| {
                    let shard = shards.next().unwrap_or(&[]);
                    let seed = step * SHARDS as u64 + k as u64;
                    scope.spawn(move || self.shard(network, shard, seed, scale, grads))
                })
                .collect();
            handles.into_iter().map(|h| h.join().expect("a shard does not panic")).collect()
        });
        let (first, others) = buffers.split_at_mut(1);
        others.iter().for_each(|more| crate::network::add(&mut first[0], more));
        let mut counts = [(0, 0); 6];
        for seen in results {
            for (c, s) in counts.iter_mut().zip(seen) {
                *c = (c.0 + s.0, c.1 + s.1);
            }
        }
        counts
    }

    fn shard(&self, network: &Network, shard: &[usize], seed: u64, scale: f32, grads: &mut [f32]) -> [(u32, u32); 6] {
        grads.fill(0.0);
        let mut random = Random::new(self.settings.seed.wrapping_mul(1_000_003) ^ (seed + 1));
        let (batch, targets) = self.batch(shard, &network.config, &mut random);
        let [embedding, layer, head] = self.settings.dropout;
        let mut dropout = Dropout { random, embedding, layer, head };
        let pass = network.pass(&batch, &mut dropout);
        gradient::gradients(network, &batch, &pass, &targets, scale, grads)
    }

    fn batch(&self, shard: &[usize], config: &Config, random: &mut Random) -> (Batch, Targets) {
        let mut batch = Batch { words: Vec::new(), starts: vec![0] };
        let mut targets = Targets { classes: Default::default(), heads: Vec::new(), relations: Vec::new() };
        for &i in shard {
            let example = &self.examples[i];
            let n = example.words.len();
            let last = example.words.last();
            let leaf = !example.words.iter().any(|w| w.head == Some(n as u32 - 1));
            let can_drop =
                example.has_syntax && leaf && last.is_some_and(|w| w.upos == Upos::Punct && w.head.is_some());
            let forms = example.words.iter().map(|w| w.form.clone()).collect();
            let forms = augment::rewrite(forms, can_drop, random);
            let tags = crate::entities::tags(&example.entities, n);
            for (j, (form, word)) in forms.iter().zip(&example.words).enumerate() {
                let mut features = word_features(form, example.style, j == 0, config.rows);
                let seen = self.labels.counts.get(&normal_form(&word.form)).copied().unwrap_or(0) as f32;
                if random.chance(0.05 + 0.3 / (0.3 + seen)) {
                    features.ids[0].clear();
                }
                if random.chance(0.1) {
                    features.ids[2].clear();
                }
                batch.words.push(features);
                self.targets(example, word, form, tags[j], &mut targets);
            }
            batch.starts.push(batch.words.len());
        }
        (batch, targets)
    }

    fn targets(&self, example: &Example, word: &Word, form: &str, tag: u8, out: &mut Targets) {
        let known = |yes: bool, class: Option<u32>| if yes { class.unwrap_or(NONE) } else { NONE };
        let syntax = example.has_syntax;
        let upos = Upos::ALL.iter().position(|u| *u == word.upos).map(|i| i as u32);
        let feats = self.labels.feats.iter().position(|f| *f == word.feats.0).map(|i| i as u32);
        let script = if syntax { self.scripts.get(&Script::between(form, &word.lemma)).copied() } else { None };
        out.classes[0].push(known(syntax, upos));
        out.classes[1].push(known(syntax, feats));
        out.classes[2].push(known(syntax, script));
        out.classes[3].push(known(example.has_entities, Some(u32::from(tag))));
        out.heads.push(known(syntax, Some(word.head.map_or(0, |h| h + 1))));
        out.relations.push(known(syntax, self.labels.relation(&word.deprel)));
    }
}
