//! `cargo xtask evaluate copies [train]`: agency text that was edited again, told from stories about the same matter.
//!
//! Half of the pairs are a story and an edited print of it: paragraphs dropped and moved with another headline; one figure
//! altered; the same with every sentence shortened and reworded; one or two sentences of it inside another article. The
//! other half are two stories written apart, drawn from the ten that share most with the first (cosine of word counts
//! weighted by rarity). Beside ours: containment of six-word shingles, MinHash and SimHash at their best threshold on
//! these very pairs, which favours them. Writes `evaluation/reports/copies.txt` and `.csv`.

use super::dice::Dice;
use super::score::Count;
use super::stories::{Shelf, shelves};
use super::write;
use crate::corpora::workspace;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use vigie::copies::{COPIED_SENTENCE, COPY};
use vigie_resources::Language;
use vigie_text::reuse::{Words, overlap, reuses, words};
use vigie_text::{Span, split_sentences};

/// Pairs of each way of editing; as many pairs of stories written apart.
const PAIRS: usize = 150;
const WAYS: [&str; 4] = ["cut and moved", "figure altered", "reworded", "within another"];

/// A pair of texts, each its sentences, and the way in which the second was made from the first.
struct Pair {
    one: Vec<Words>,
    two: Vec<Words>,
    way: Option<usize>,
}

fn sentences(paragraphs: &[String], language: Language) -> Vec<Words> {
    let of = |text: &String| -> Vec<Words> {
        split_sentences(text, Span::new(0, text.len()), language, 0).iter().map(|s| words(text, s)).collect()
    };
    paragraphs.iter().flat_map(of).collect()
}

/// Some paragraphs, at least half of them, in another order.
pub(super) fn cut(paragraphs: &[String], dice: &mut Dice) -> Vec<String> {
    let mut kept: Vec<String> = paragraphs.to_vec();
    while kept.len() > 1 && kept.len() * 2 > paragraphs.len() && dice.percent(70) {
        kept.remove(dice.below(kept.len()));
    }
    for i in (1..kept.len()).rev() {
        kept.swap(i, dice.below(i + 1));
    }
    kept
}

/// The first number of a paragraph becomes another.
pub(super) fn altered(mut paragraphs: Vec<String>, dice: &mut Dice) -> Vec<String> {
    for paragraph in &mut paragraphs {
        if let Some(at) = paragraph.find(|c: char| c.is_ascii_digit()) {
            let end = paragraph[at..].find(|c: char| !c.is_ascii_digit()).map_or(paragraph.len(), |n| at + n);
            paragraph.replace_range(at..end, &(2 + dice.below(900)).to_string());
        }
    }
    paragraphs
}

/// Of every seven words one is left out and one replaced by one of another story.
pub(super) fn reworded(paragraphs: &[String], other: &[String], dice: &mut Dice) -> Vec<String> {
    let spare: Vec<&str> = other.iter().flat_map(|p| p.split_whitespace()).collect();
    let edit = |paragraph: &String, dice: &mut Dice| {
        let mut words = Vec::new();
        for word in paragraph.split_whitespace() {
            match dice.below(7) {
                0 => {}
                1 => words.push(spare[dice.below(spare.len())]),
                _ => words.push(word),
            }
        }
        words.join(" ")
    };
    paragraphs.iter().map(|p| edit(p, dice)).collect()
}

fn pairs(shelf: &Shelf, dice: &mut Dice) -> Vec<Pair> {
    let long: Vec<usize> = (0..shelf.stories.len()).filter(|s| shelf.stories[*s].len() > 2).collect();
    let mut out = Vec::new();
    for n in 0..PAIRS * WAYS.len() * 2 {
        let main = long[dice.below(long.len())];
        let near = shelf.near[main][dice.below(shelf.near[main].len())];
        let (story, other) = (&shelf.stories[main], &shelf.stories[near]);
        let way = (n % 2 == 0).then_some(n / 2 % WAYS.len());
        let made = match way {
            None => other.clone(),
            Some(0) => [other[..1].to_vec(), cut(story, dice)].concat(),
            Some(1) => altered(cut(story, dice), dice),
            Some(2) => reworded(&cut(story, dice), other, dice),
            Some(_) => {
                let from = dice.below(story.len());
                let taken = &story[from..(from + 1 + dice.below(2)).min(story.len())];
                [&other[..other.len() / 2], taken, &other[other.len() / 2..]].concat()
            }
        };
        out.push(Pair { one: sentences(story, shelf.language), two: sentences(&made, shelf.language), way });
    }
    out
}

/// What ours says of a pair: the later text is a copy, or holds a sentence of the earlier one.
fn ours(pair: &Pair) -> (bool, bool) {
    let found = reuses(&[pair.one.clone(), pair.two.clone()]);
    let whole = overlap(&pair.one, &pair.two, &found) >= COPY;
    (whole, whole || found.iter().any(|reuse| reuse.shared >= COPIED_SENTENCE))
}

fn shingles(text: &[Words], length: usize) -> BTreeSet<u64> {
    let all: Words = text.concat();
    let mix = |run: &[u64]| run.iter().fold(17u64, |h, w| (h ^ w).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23));
    all.windows(length.min(all.len().max(1))).map(mix).collect()
}

fn containment(pair: &Pair) -> f64 {
    let (a, b) = (shingles(&pair.one, 6), shingles(&pair.two, 6));
    a.intersection(&b).count() as f64 / a.len().min(b.len()).max(1) as f64
}

/// Share of 128 smallest hashes that agree (Broder 1997), shingles of five words.
fn minhash(pair: &Pair) -> f64 {
    let (a, b) = (shingles(&pair.one, 5), shingles(&pair.two, 5));
    let least = |set: &BTreeSet<u64>, n: u64| {
        set.iter().map(|h| (h ^ n.wrapping_mul(0xd6e8_feb8_6659_fd93)).wrapping_mul(0xff51_afd7_ed55_8ccd)).min()
    };
    (0..128).filter(|n| least(&a, *n) == least(&b, *n)).count() as f64 / 128.0
}

/// Bits that agree of 64 (Charikar 2002), words counted.
fn simhash(pair: &Pair) -> f64 {
    let bits = |text: &[Words]| {
        let mut sums = [0i32; 64];
        for word in text.iter().flatten() {
            sums.iter_mut().enumerate().for_each(|(bit, sum)| *sum += if word >> bit & 1 == 1 { 1 } else { -1 });
        }
        sums.iter().enumerate().fold(0u64, |bits, (bit, sum)| bits | (u64::from(*sum > 0) << bit))
    };
    f64::from(64 - (bits(&pair.one) ^ bits(&pair.two)).count_ones()) / 64.0
}

fn tally(pairs: &[Pair], said: impl IntoIterator<Item = bool>) -> Count {
    let mut count = Count::default();
    for (pair, said) in pairs.iter().zip(said) {
        count.gold += usize::from(pair.way.is_some());
        count.system += usize::from(said);
        count.right += usize::from(said && pair.way.is_some());
    }
    count
}

/// The best F1 over all thresholds.
fn best(pairs: &[Pair], score: impl Fn(&Pair) -> f64) -> Count {
    let scores: Vec<f64> = pairs.iter().map(score).collect();
    let counts = scores.iter().map(|least| tally(pairs, scores.iter().map(|s| s >= least)));
    counts.max_by(|a, b| a.f1().total_cmp(&b.f1())).unwrap_or_default()
}

/// Scores pairs and writes the report; with `train`, of the stories that the thresholds were chosen on, without a report.
///
/// # Errors
/// When a corpus cannot be read or a report not be written.
pub(crate) fn copies_report(train: bool) -> Result<(), String> {
    let mut page = String::from(
        "Agency text edited again, told from stories written apart about the same matter.\n\
         Ours: a copy, or a sentence of the other text in it. The others at their best threshold on these pairs.\n\n",
    );
    let mut csv = String::from("texts,way,precision,recall,f1\n");
    for shelf in shelves(train)? {
        let pairs = pairs(&shelf, &mut Dice(1_789));
        let _ = writeln!(page, "{} ({} pairs)", shelf.name, pairs.len());
        let mut line = |name: &str, count: Count| {
            let (p, r, f) = (count.precision() / 100.0, count.recall() / 100.0, count.f1() / 100.0);
            let _ = writeln!(page, "  {name:<34} P {p:.3} R {r:.3} F1 {f:.3}");
            let _ = writeln!(csv, "{},{name},{p:.4},{r:.4},{f:.4}", shelf.name.replace(',', ";"));
        };
        let said: Vec<bool> = pairs.iter().map(|pair| ours(pair).1).collect();
        line("ours", tally(&pairs, said.iter().copied()));
        for (way, name) in WAYS.iter().enumerate() {
            let mut part = Count::default();
            for (pair, said) in pairs.iter().zip(&said).filter(|(pair, _)| pair.way == Some(way)) {
                part.gold += 1;
                part.system += usize::from(*said);
                part.right += usize::from(*said && pair.way.is_some());
            }
            line(&format!("  found of: {name}"), part);
        }
        line("  whole stories as copies", tally(&pairs, pairs.iter().map(|pair| ours(pair).0)));
        line("containment of six-word shingles", best(&pairs, containment));
        line("MinHash", best(&pairs, minhash));
        line("SimHash", best(&pairs, simhash));
        page.push('\n');
    }
    page.push_str("Wanted: 0.92.\n");
    print!("{page}");
    if train {
        return Ok(());
    }
    let folder = workspace().join("evaluation/reports");
    write(&folder.join("copies.txt"), &page)?;
    write(&folder.join("copies.csv"), &csv)
}
