//! Learns where words point (`senses.bin`) from stories: each word is the stories that hold it, seen along their main
//! directions. No library function of mathematics is used but the square root, so the same stories give the same bytes.

use crate::dice::Dice;
use crate::grouping::sense::{SENSE, word};
use crate::span::Span;
use crate::terms::terms;
use std::collections::{BTreeMap, BTreeSet};
use vigie_resources::Language;

/// A word of fewer stories points nowhere but at them.
const LEAST: usize = 2;
/// Directions followed beside those that are kept, and rounds until they stand still.
const SPARE: usize = 16;
const ROUNDS: usize = 40;
/// A direction of length one has numbers up to this.
const UNIT: f64 = 120.0;

/// The bytes of `senses.bin` from stories, each its paragraphs.
#[must_use]
pub fn learn_senses(language: Language, stories: &[Vec<String>]) -> Vec<u8> {
    let words_of = |story: &Vec<String>| -> BTreeSet<String> {
        let keys = story.iter().flat_map(|p| terms(p, Span::new(0, p.len()), language).keys);
        keys.filter_map(|key| word(&key).map(str::to_owned)).collect()
    };
    let told: Vec<BTreeSet<String>> = stories.iter().map(words_of).filter(|words| !words.is_empty()).collect();
    let mut holders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (s, words) in told.iter().enumerate() {
        words.iter().for_each(|w| holders.entry(w).or_default().push(s));
    }
    holders.retain(|_, stories| stories.len() >= LEAST);
    let rarity = |n: usize| f64::from(crate::grouping::rarity((n * 10_000 / told.len().max(1)) as u32));
    // Every story is a row of length one over the words.
    let mut lengths = vec![0.0; told.len()];
    for stories in holders.values() {
        stories.iter().for_each(|s| lengths[*s] += rarity(stories.len()) * rarity(stories.len()));
    }
    let lengths: Vec<f64> = lengths.iter().map(|x: &f64| x.sqrt().max(1e-9)).collect();
    let columns: Vec<Vec<(usize, f64)>> = holders
        .values()
        .map(|stories| stories.iter().map(|s| (*s, rarity(stories.len()) / lengths[*s])).collect())
        .collect();
    let main = directions(&columns, told.len());
    let mut rows: Vec<[f64; SENSE]> = columns
        .iter()
        .map(|column| {
            let row = std::array::from_fn(|d| column.iter().map(|(s, x)| x * main[d][*s]).sum());
            shortened(row)
        })
        .collect();
    // What all words have in common tells nothing.
    let (mut mean, mut all) = ([0.0; SENSE], 0.0);
    for (row, stories) in rows.iter().zip(holders.values()) {
        let weight = stories.len() as f64 * rarity(stories.len());
        all += weight;
        mean.iter_mut().zip(row).for_each(|(m, x)| *m += weight * x);
    }
    rows.iter_mut().for_each(|row| row.iter_mut().zip(&mean).for_each(|(x, m)| *x -= m / all));
    let mut bytes = Vec::new();
    for (word, row) in holders.keys().zip(&rows).filter(|(word, _)| word.len() < 256) {
        bytes.push(word.len() as u8);
        bytes.extend(word.as_bytes());
        bytes.extend(row.map(|x| ((x * UNIT).round().clamp(-127.0, 127.0) as i8).cast_unsigned()));
    }
    bytes
}

fn shortened(row: [f64; SENSE]) -> [f64; SENSE] {
    let length = row.iter().map(|x| x * x).sum::<f64>().sqrt().max(1e-9);
    row.map(|x| x / length)
}

/// The main directions of the stories, each a number for every story: those in which the products of all two stories are
/// largest, found by multiplying with them again and again.
fn directions(columns: &[Vec<(usize, f64)>], n: usize) -> Vec<Vec<f64>> {
    let mut products = vec![0.0; n * n];
    for column in columns {
        for (a, x) in column {
            column.iter().for_each(|(b, y)| products[a * n + b] += x * y);
        }
    }
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let mut main: Vec<Vec<f64>> =
        (0..SENSE + SPARE).map(|_| (0..n).map(|_| dice.below(2001) as f64 / 1000.0 - 1.0).collect()).collect();
    for _ in 0..ROUNDS {
        for direction in &mut main {
            let row = |a: usize| products[a * n..(a + 1) * n].iter().zip(direction.iter()).map(|(x, y)| x * y).sum();
            *direction = (0..n).map(row).collect();
        }
        upright(&mut main);
    }
    main.truncate(SENSE);
    main
}

/// Each direction without what it has in common with the ones before it (Gram and Schmidt).
fn upright(main: &mut [Vec<f64>]) {
    for i in 0..main.len() {
        let (before, rest) = main.split_at_mut(i);
        let Some(this) = rest.first_mut() else { continue };
        for other in before {
            let common: f64 = this.iter().zip(other.iter()).map(|(x, y)| x * y).sum();
            this.iter_mut().zip(other.iter()).for_each(|(x, y)| *x -= common * y);
        }
        let length = this.iter().map(|x| x * x).sum::<f64>().sqrt().max(1e-30);
        this.iter_mut().for_each(|x| *x /= length);
    }
}
