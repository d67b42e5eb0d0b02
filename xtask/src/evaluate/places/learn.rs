//! Learns the weights of the ranker: a listwise logistic model, by gradient steps in a fixed order.

use vigie_places::{FEATURES, Features, Ranker};

/// One name of one document: its candidates, which of them are right, how many mentions it has.
pub(crate) struct Lesson {
    pub(crate) candidates: Vec<Features>,
    pub(crate) right: Vec<bool>,
    pub(crate) mentions: usize,
}

const PASSES: usize = 60;
const RATE: f64 = 0.02;
/// How strongly weights are drawn back to those they began from.
const DRAW: f64 = 0.002;

/// Weights that make the right candidates likely, begun from given ones.
pub(crate) fn learn(lessons: &[&Lesson], from: &Ranker) -> Ranker {
    let begin: Vec<f64> = from.weights.iter().map(|w| f64::from(*w) / 100.0).collect();
    let mut weights = begin.clone();
    let mut power = vec![1e-6; weights.len()];
    for pass in 0..PASSES {
        let rate = RATE * 5.0 / (1.0 + pass as f64 / 6.0);
        for lesson in lessons {
            let Some(gradient) = gradient(lesson, &weights) else { continue };
            for i in 0..weights.len() {
                let g = gradient[i] - DRAW * (weights[i] - begin[i]);
                power[i] += g * g;
                // Steps shrink for features that moved much (Adagrad).
                weights[i] += rate * g / f64::sqrt(power[i]).max(0.3);
            }
        }
    }
    let mut out = from.clone();
    for (own, learnt) in out.weights.iter_mut().zip(&weights) {
        *own = (learnt * 100.0).round() as i32;
    }
    out
}

/// Direction in which the right candidates get likelier; none when there is nothing to choose.
fn gradient(lesson: &Lesson, weights: &[f64]) -> Option<Vec<f64>> {
    if lesson.candidates.len() < 2 || !lesson.right.contains(&true) {
        return None;
    }
    let sums: Vec<f64> =
        lesson.candidates.iter().map(|f| f.iter().zip(weights).map(|(x, w)| f64::from(*x) * w).sum()).collect();
    let most = sums.iter().copied().fold(f64::MIN, f64::max);
    let odds: Vec<f64> = sums.iter().map(|s| (s - most).exp()).collect();
    let all: f64 = odds.iter().sum();
    let good: f64 = odds.iter().zip(&lesson.right).filter(|(_, r)| **r).map(|(o, _)| o).sum::<f64>().max(1e-12);
    let share = (lesson.mentions as f64).sqrt();
    let mut out = vec![0.0; FEATURES.len()];
    for ((features, odd), right) in lesson.candidates.iter().zip(&odds).zip(&lesson.right) {
        let pull = (if *right { odd / good } else { 0.0 } - odd / all) * share;
        for (o, x) in out.iter_mut().zip(features) {
            *o += pull * f64::from(*x);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_feature_that_tells_right_from_wrong_gains() {
        let mut good = [0; FEATURES.len()];
        good[3] = 1;
        let bad = [0; FEATURES.len()];
        let lesson = Lesson { candidates: vec![bad, good], right: vec![false, true], mentions: 1 };
        let learnt = learn(&[&lesson, &lesson], &Ranker::default());
        assert!(learnt.weights[3] > 50);
        assert!(learnt.weights.iter().enumerate().all(|(i, w)| i == 3 || *w == 0));
    }
}
