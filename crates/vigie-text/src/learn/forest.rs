//! Grows boosted trees: logistic loss, second-order leaves, the best leaf split first, thresholds at quantiles
//! (Friedman 2001; Chen and Guestrin 2016). One thread and sums in a fixed order, so that the same cases give the same trees.

use crate::forest::{Branch, UNIT};

/// Thresholds tried for one feature.
const MOST_THRESHOLDS: usize = 63;
/// A split must gain so much, and each side must weigh so much.
const LEAST_GAIN: f64 = 1e-3;
const LEAST_WEIGHT: f64 = 4.0;

/// How trees are grown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Growth {
    pub(crate) trees: usize,
    pub(crate) leaves: usize,
    pub(crate) rate: f64,
    pub(crate) ridge: f64,
}

/// Cases to learn from: rows of equal length, and whether each is one of the sort asked for.
#[derive(Default)]
pub(crate) struct Cases {
    pub(crate) rows: Vec<Vec<i32>>,
    pub(crate) labels: Vec<bool>,
}

impl Cases {
    pub(crate) fn joined<'a>(parts: impl Iterator<Item = &'a Self>) -> Self {
        parts.fold(Self::default(), |mut all, part| {
            all.rows.extend(part.rows.iter().cloned());
            all.labels.extend(&part.labels);
            all
        })
    }

    pub(crate) fn push(&mut self, row: Vec<i32>, label: bool) {
        self.rows.push(row);
        self.labels.push(label);
    }
}

/// e^x from its series, since the library's own may differ between systems.
fn exp(x: f64) -> f64 {
    let x = x.clamp(-30.0, 30.0);
    let halvings = 10;
    let small = x / f64::from(1 << halvings);
    let mut sum = 1.0 + small * (1.0 + small / 2.0 * (1.0 + small / 3.0 * (1.0 + small / 4.0)));
    for _ in 0..halvings {
        sum *= sum;
    }
    sum
}

/// Rows as numbers of thresholds, feature after feature.
struct Binned {
    /// Thresholds of each feature, rising.
    thresholds: Vec<Vec<i32>>,
    /// `bins[feature][row]`.
    bins: Vec<Vec<u8>>,
}

impl Binned {
    fn new(rows: &[Vec<i32>]) -> Self {
        let n_features = rows.first().map_or(0, Vec::len);
        let mut thresholds = Vec::with_capacity(n_features);
        let mut bins = Vec::with_capacity(n_features);
        for feature in 0..n_features {
            let mut values: Vec<i32> = rows.iter().map(|r| r[feature]).collect();
            values.sort_unstable();
            let step = (values.len() / (MOST_THRESHOLDS + 1)).max(1);
            let mut cuts: Vec<i32> = values.iter().step_by(step).copied().collect();
            cuts.dedup();
            cuts.truncate(MOST_THRESHOLDS);
            // Nothing lies above the greatest value: a cut there parts nothing.
            if cuts.last() == values.last() {
                cuts.pop();
            }
            bins.push(rows.iter().map(|r| cuts.partition_point(|cut| *cut < r[feature]) as u8).collect());
            thresholds.push(cuts);
        }
        Self { thresholds, bins }
    }
}

/// Sums of first and second derivatives.
#[derive(Clone, Copy, Default)]
struct Sums {
    first: f64,
    second: f64,
}

impl Sums {
    fn value(self, ridge: f64) -> f64 {
        self.first * self.first / (self.second + ridge)
    }
}

struct Split {
    gain: f64,
    feature: usize,
    cut: usize,
}

/// A leaf that may be split yet.
struct Open {
    rows: Vec<u32>,
    sums: Sums,
    tables: Tables,
    split: Option<Split>,
    /// Where it hangs: numbers of the questions above it and the side taken.
    node: usize,
}

enum Draft {
    Leaf(Sums),
    Question { feature: usize, cut: usize, yes: usize, no: usize },
}

/// Sums of one leaf for every bin of every feature.
type Tables = Vec<Vec<Sums>>;

fn tables(rows: &[u32], binned: &Binned, slopes: &[Sums]) -> Tables {
    let of_feature = |(bins, cuts): (&Vec<u8>, &Vec<i32>)| {
        let mut table = vec![Sums::default(); cuts.len() + 1];
        for row in rows.iter().filter(|_| !cuts.is_empty()) {
            let slope = slopes[*row as usize];
            let cell = &mut table[usize::from(bins[*row as usize])];
            cell.first += slope.first;
            cell.second += slope.second;
        }
        table
    };
    binned.bins.iter().zip(&binned.thresholds).map(of_feature).collect()
}

/// What is left of a leaf's sums without those of one side.
fn rest(whole: &Tables, side: &Tables) -> Tables {
    let less = |(a, b): (&Sums, &Sums)| Sums { first: a.first - b.first, second: a.second - b.second };
    whole.iter().zip(side).map(|(a, b)| a.iter().zip(b).map(less).collect()).collect()
}

fn best_split(tables: &Tables, sums: Sums, ridge: f64) -> Option<Split> {
    let mut best: Option<Split> = None;
    for (feature, table) in tables.iter().enumerate() {
        let mut low = Sums::default();
        for (cut, cell) in table.iter().take(table.len() - 1).enumerate() {
            low.first += cell.first;
            low.second += cell.second;
            let high = Sums { first: sums.first - low.first, second: sums.second - low.second };
            if low.second < LEAST_WEIGHT || high.second < LEAST_WEIGHT {
                continue;
            }
            let gain = low.value(ridge) + high.value(ridge) - sums.value(ridge);
            if gain > best.as_ref().map_or(LEAST_GAIN, |b| b.gain) {
                best = Some(Split { gain, feature, cut });
            }
        }
    }
    best
}

fn total(rows: &[u32], slopes: &[Sums]) -> Sums {
    rows.iter().fold(Sums::default(), |sum, row| {
        let slope = slopes[*row as usize];
        Sums { first: sum.first + slope.first, second: sum.second + slope.second }
    })
}

/// One tree; what it adds is added to `scores`.
fn tree(binned: &Binned, slopes: &[Sums], growth: Growth, scores: &mut [f64]) -> Branch {
    let rows: Vec<u32> = (0..slopes.len() as u32).collect();
    let sums = total(&rows, slopes);
    let mut drafts = vec![Draft::Leaf(sums)];
    let all = tables(&rows, binned, slopes);
    let split = best_split(&all, sums, growth.ridge);
    let mut open = vec![Open { rows, sums, tables: all, split, node: 0 }];
    while open.len() < growth.leaves {
        let gain = |o: &Open| o.split.as_ref().map_or(0.0, |s| s.gain);
        let Some(best) = (0..open.len()).max_by(|a, b| gain(&open[*a]).total_cmp(&gain(&open[*b])).then(b.cmp(a)))
        else {
            break;
        };
        let Some(split) = open[best].split.take() else { break };
        let leaf = open.remove(best);
        let bins = &binned.bins[split.feature];
        let (yes, no): (Vec<u32>, Vec<u32>) =
            leaf.rows.iter().partition(|row| usize::from(bins[**row as usize]) <= split.cut);
        let node = drafts.len();
        drafts[leaf.node] = Draft::Question { feature: split.feature, cut: split.cut, yes: node, no: node + 1 };
        // Only the smaller side is counted, the larger is what is left.
        let (few, many) = if yes.len() <= no.len() { (&yes, 0) } else { (&no, 1) };
        let counted = tables(few, binned, slopes);
        let left = rest(&leaf.tables, &counted);
        let of_sides = if many == 0 { [counted, left] } else { [left, counted] };
        for (side, (rows, tables)) in [yes, no].into_iter().zip(of_sides).enumerate() {
            let sums = total(&rows, slopes);
            drafts.push(Draft::Leaf(sums));
            let split = best_split(&tables, sums, growth.ridge);
            open.push(Open { rows, sums, tables, split, node: node + side });
        }
    }
    let worth = |sums: Sums| -growth.rate * sums.first / (sums.second + growth.ridge);
    for leaf in &open {
        leaf.rows.iter().for_each(|row| scores[*row as usize] += worth(leaf.sums));
    }
    fn branch(at: usize, drafts: &[Draft], binned: &Binned, worth: &dyn Fn(Sums) -> f64) -> Branch {
        match drafts[at] {
            Draft::Leaf(sums) => Branch::Leaf((worth(sums) * f64::from(UNIT)).round() as i32),
            Draft::Question { feature, cut, yes, no } => Branch::Question {
                feature: feature as u16,
                threshold: binned.thresholds[feature][cut],
                yes: Box::new(branch(yes, drafts, binned, worth)),
                no: Box::new(branch(no, drafts, binned, worth)),
            },
        }
    }
    branch(0, &drafts, binned, &worth)
}

/// Trees that tell the cases of the sort asked for from the others.
pub(crate) fn grow(cases: &Cases, growth: Growth) -> Vec<Branch> {
    let binned = Binned::new(&cases.rows);
    let mut scores = vec![0.0; cases.rows.len()];
    (0..growth.trees)
        .map(|_| {
            let slope = |(score, label): (&f64, &bool)| {
                let chance = 1.0 / (1.0 + exp(-score));
                Sums { first: chance - f64::from(u8::from(*label)), second: chance * (1.0 - chance) }
            };
            let slopes: Vec<Sums> = scores.iter().zip(&cases.labels).map(slope).collect();
            tree(&binned, &slopes, growth, &mut scores)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forest::{Forest, write};

    #[test]
    fn learns_what_no_single_feature_tells() {
        let mut cases = Cases::default();
        for i in 0..400 {
            let (a, b) = (i % 20, (i / 20) % 20);
            cases.push(vec![a, b], a < 10 && b < 14);
        }
        let trees = grow(&cases, Growth { trees: 40, leaves: 4, rate: 0.3, ridge: 1.0 });
        let bytes = write(&trees);
        let (forest, _) = Forest::read(&bytes).expect("whole");
        let right = cases.rows.iter().zip(&cases.labels).filter(|(row, label)| (forest.score(row) > 0) == **label);
        assert!(right.count() >= 396);
    }

    #[test]
    fn series_of_e() {
        for x in [-20.0f64, -3.0, -0.1, 0.0, 0.5, 2.0, 12.0] {
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-6, "{x}");
        }
    }
}
