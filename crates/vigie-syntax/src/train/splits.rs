//! Learns which tokens hold several words: known forms, endings that any stem can take, and weights for the doubtful.

use super::Example;
use super::random::Random;
use crate::features::normal_form;
use crate::split::{ROWS, STEM, Splitter, context, context_of_ending};
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};

/// Passes of the perceptron.
const PASSES: usize = 12;
/// Stems an ending must have been seen with, so that it may take others.
const LEAST_STEMS: usize = 6;

/// A sentence: the normal forms of its tokens and the normal forms of the words in each.
type Tokens = Vec<(SmolStr, Vec<SmolStr>)>;

/// Learns the splitter from sentences of known tokens and words.
pub(crate) fn learn_splits(examples: &[Example], seed: u64) -> Splitter {
    let sentences: Vec<Tokens> = examples.iter().filter(|e| e.has_syntax).map(tokens).collect();
    let mut seen: BTreeMap<&SmolStr, BTreeMap<&Vec<SmolStr>, u32>> = BTreeMap::new();
    for (token, parts) in sentences.iter().flatten() {
        *seen.entry(token).or_default().entry(parts).or_insert(0) += 1;
    }
    let mut forms = endings(&seen);
    let general = Splitter { forms: forms.clone(), weights: Vec::new() };
    for (token, ways) in &seen {
        let whole: u32 = ways.iter().filter(|(p, _)| p.len() == 1).map(|(_, n)| *n).sum();
        if let Some((parts, n)) = ways.iter().filter(|(p, _)| p.len() > 1).max_by_key(|(_, n)| **n)
            && *n * 20 > whole
        {
            // What an ending says already needs no line of its own, unless it never stands whole and others do.
            let told = general.ending(token).is_some_and(|(ending, (rest, _))| is_stem_and(token, parts, ending, rest));
            // A token written without its space or mark only once ("cars" for "car's") teaches nothing.
            let slip = *n < 2 && parts.concat() == token.as_str();
            if !slip && (!told || (whole == 0 && *n > 2)) {
                forms.insert((*token).clone(), ((*parts).clone(), whole * 50 > *n));
            }
        }
    }
    let mut splitter = Splitter { forms, weights: vec![0; ROWS] };
    splitter.weights = weights(cases(&splitter, &sentences), seed);
    splitter
}

fn tokens(example: &Example) -> Tokens {
    let groups = example.words.chunk_by(|x, y| x.token == y.token);
    let one = |group: &[crate::parse::Word]| {
        let token = normal_form(&example.tokens[group[0].token as usize]);
        (token, group.iter().map(|w| normal_form(&w.form)).collect())
    };
    groups.map(one).collect()
}

/// Are the parts of a token a stem and exactly this ending?
fn is_stem_and(token: &str, parts: &[SmolStr], ending: &str, rest: &[SmolStr]) -> bool {
    parts.len() == rest.len() && parts[1..] == rest[1..] && token.len() - parts[0].len() == ending.len() - STEM.len()
}

/// Endings that were cut off many stems, and are cut off more often than not.
fn endings(seen: &BTreeMap<&SmolStr, BTreeMap<&Vec<SmolStr>, u32>>) -> BTreeMap<SmolStr, (Vec<SmolStr>, bool)> {
    let mut stems: BTreeMap<&[SmolStr], BTreeSet<&SmolStr>> = BTreeMap::new();
    for (token, ways) in seen {
        for parts in ways.keys().filter(|p| p.len() > 1 && p.concat() == token.as_str()) {
            stems.entry(&parts[1..]).or_default().insert(&parts[0]);
        }
    }
    let mut forms = BTreeMap::new();
    for (rest, stems) in stems.iter().filter(|(_, stems)| stems.len() >= LEAST_STEMS) {
        let ending = rest.concat();
        let (mut cut, mut whole) = (0u32, 0u32);
        for (token, ways) in seen.iter().filter(|(token, _)| token.len() > ending.len() && token.ends_with(&ending)) {
            for (parts, n) in ways {
                let held = parts.len() > 1 && parts[1..] == **rest && token.ends_with(&ending);
                *if held { &mut cut } else { &mut whole } += n;
            }
        }
        if cut > whole && stems.len() >= LEAST_STEMS {
            let parts = std::iter::once(SmolStr::new(STEM)).chain(rest.iter().cloned()).collect();
            forms.insert(SmolStr::new(format!("{STEM}{ending}")), (parts, whole > 0));
        }
    }
    forms
}

/// Features of every doubtful token, and whether it holds several words.
fn cases(splitter: &Splitter, sentences: &[Tokens]) -> Vec<(Vec<usize>, bool)> {
    let mut cases = Vec::new();
    for sentence in sentences {
        let normal: Vec<SmolStr> = sentence.iter().map(|(token, _)| token.clone()).collect();
        for (i, (token, parts)) in sentence.iter().enumerate() {
            let known = splitter.forms.get(token);
            let ending = splitter.ending(token).filter(|(_, entry)| entry.1);
            if known.is_some_and(|entry| entry.1) {
                cases.push((context(&normal, i), parts.len() > 1));
            } else if let (None, Some((ending, _))) = (known, ending) {
                cases.push((context_of_ending(ending, &normal, i), parts.len() > 1));
            }
        }
    }
    cases
}

/// An averaged perceptron with a margin.
fn weights(mut cases: Vec<(Vec<usize>, bool)>, seed: u64) -> Vec<i16> {
    let mut random = Random::new(seed);
    let mut weights = vec![0i64; ROWS];
    let mut sums = vec![0i64; ROWS];
    for _ in 0..PASSES {
        random.shuffle(&mut cases);
        for (features, held) in &cases {
            let score: i64 = features.iter().map(|&f| weights[f]).sum();
            let step = if *held { 1 } else { -1 };
            if score * step <= 4 {
                features.iter().for_each(|&f| weights[f] += step);
            }
        }
        for (sum, weight) in sums.iter_mut().zip(&weights) {
            *sum += weight;
        }
    }
    sums.iter().map(|s| (*s).clamp(-30_000, 30_000) as i16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu;
    use std::process::Command;

    /// The annotated sentences of a file of the shared data; nothing when it, or the tool that unpacks it, is missing.
    fn examples(name: &str) -> Vec<Example> {
        let path = format!("{}/../../../shared/data/nlp/{name}", env!("CARGO_MANIFEST_DIR"));
        let Ok(out) = Command::new("xz").arg("-dkc").arg(&path).output() else { return Vec::new() };
        let text = String::from_utf8(out.stdout).expect("treebanks are UTF-8");
        let read = conllu::read(&text).unwrap_or_default();
        read.iter().map(|a| Example::new(a, 0, true, vec![false; a.parse.words.len()], 1.0)).collect()
    }

    /// F1 of the words that a splitter makes of the gold tokens.
    fn words_f1(splitter: &Splitter, examples: &[Example], show: bool) -> f64 {
        let (mut right, mut given, mut wanted) = (0, 0, 0);
        for example in examples {
            let forms: Vec<&str> = example.tokens.iter().map(SmolStr::as_str).collect();
            let mut found = vec![Vec::new(); forms.len()];
            splitter.split(forms.iter().copied(), &mut crate::split::Tokens::default(), |i, word| found[i].push(word));
            for (group, made) in example.words.chunk_by(|x, y| x.token == y.token).zip(&found) {
                let gold: Vec<SmolStr> = group.iter().map(|w| w.form.to_lowercase().into()).collect();
                let made: Vec<SmolStr> = made.iter().map(|w| w.to_lowercase().into()).collect();
                (given, wanted) = (given + made.len(), wanted + gold.len());
                if gold == made {
                    right += gold.len();
                } else if show {
                    println!("want {gold:?}, made {made:?}");
                }
            }
        }
        200.0 * f64::from(right as u32) / f64::from((given + wanted).max(1) as u32)
    }

    #[test]
    fn words_of_the_development_sets() {
        let sets: [(&[&str], &[&str], f64); 2] = [
            (
                &[
                    "UD_French-Sequoia/fr_sequoia-ud-train.conllu.xz",
                    "UD_French-Rhapsodie/fr_rhapsodie-ud-train.conllu.xz",
                    "UD_French-ParisStories/fr_parisstories-ud-train.conllu.xz",
                ],
                &["UD_French-Sequoia/fr_sequoia-ud-dev.conllu.xz", "UD_French-GSD/fr_gsd-ud-dev.conllu.xz"],
                99.6,
            ),
            (
                &[
                    "UD_English-GUM-permissive/en_gum-perm-ud-train.conllu.xz",
                    "UD_English-EWT/en_ewt-ud-train.rebuilt.conllu.xz",
                ],
                &["UD_English-GUM-permissive/en_gum-perm-ud-dev.conllu.xz", "UD_English-EWT/en_ewt-ud-dev.conllu.xz"],
                99.5,
            ),
        ];
        for (learn, test, least) in sets {
            let known: Vec<Example> = learn.iter().flat_map(|name| examples(name)).collect();
            if known.is_empty() {
                println!("skipped: no treebanks");
                continue;
            }
            let splitter = learn_splits(&known, 1);
            let endings: Vec<_> = splitter.forms.iter().filter(|(f, _)| f.starts_with(STEM)).collect();
            println!("{} forms, endings {endings:?}", splitter.forms.len());
            for name in test {
                let f1 = words_f1(&splitter, &examples(name), true);
                println!("{name}: words F1 {f1:.2}");
                assert!(f1 >= least, "{name}: {f1:.2}");
            }
        }
    }
}
