//! Tokens and sentences against the French treebanks. Skipped when the shared data are absent.

use std::collections::BTreeSet;
use std::path::PathBuf;
use vigie_resources::Language;
use vigie_text::{Span, split_sentences};

/// Sentences that are put on one line, as in a paragraph.
const PARAGRAPH: usize = 8;
/// Differences that are printed.
const SHOWN: usize = 400;

fn treebank(name: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/nlp").join(name);
    let Ok(bytes) = std::fs::read(&path) else {
        println!("skipped: {} is absent", path.display());
        return None;
    };
    let mut out = Vec::new();
    lzma_rs::xz_decompress(&mut bytes.as_slice(), &mut out).expect("a readable treebank");
    Some(String::from_utf8(out).expect("treebanks are UTF-8"))
}

/// Surface tokens and spaces of every sentence.
fn sentences(conllu: &str) -> Vec<Vec<(String, bool)>> {
    conllu
        .split("\n\n")
        .map(|block| {
            let mut tokens = Vec::new();
            let mut until = 0;
            for line in block.lines().filter(|l| !l.starts_with('#')) {
                let columns: Vec<&str> = line.split('\t').collect();
                let [id, form, .., misc] = columns.as_slice() else { continue };
                if id.contains('.') {
                    continue;
                }
                if let Some((_, last)) = id.split_once('-') {
                    until = last.parse().expect("a range of ids");
                } else if id.parse::<usize>().expect("an id") <= until {
                    continue;
                }
                tokens.push(((*form).to_owned(), !misc.contains("SpaceAfter=No")));
            }
            tokens
        })
        .filter(|s: &Vec<_>| !s.is_empty())
        .collect()
}

fn f1(right: usize, given: usize, wanted: usize) -> f64 {
    200.0 * right as f64 / (given + wanted) as f64
}

/// Prints and returns (token F1, sentence F1) in percent.
fn measure(name: &str, language: &str, show: bool) -> Option<(f64, f64)> {
    let gold = sentences(&treebank(name)?);
    let language = Language::from_code(language).expect("a shipped language");
    let mut counts = [0usize; 6];
    let mut shown = 0;
    for paragraph in gold.chunks(PARAGRAPH) {
        let mut text = String::new();
        let mut tokens = BTreeSet::new();
        let mut spans = BTreeSet::new();
        for sentence in paragraph {
            let first = text.len();
            let mut last = first;
            for (form, space) in sentence {
                tokens.insert((text.len(), text.len() + form.len()));
                text.push_str(form);
                last = text.len();
                if *space {
                    text.push(' ');
                }
            }
            if !text.ends_with(' ') {
                text.push(' ');
            }
            spans.insert((first, last));
        }
        let end = text.trim_end().len();
        let found = split_sentences(&text, Span::new(0, end), language, 0);
        let pair = |s: Span| (s.start(), s.end());
        let given: BTreeSet<_> = found.iter().flat_map(|s| s.tokens.iter().map(|t| pair(t.span))).collect();
        let given_sentences: BTreeSet<_> = found.iter().map(|s| pair(s.span)).collect();
        for (i, n) in [
            tokens.intersection(&given).count(),
            given.len(),
            tokens.len(),
            spans.intersection(&given_sentences).count(),
            given_sentences.len(),
            spans.len(),
        ]
        .into_iter()
        .enumerate()
        {
            counts[i] += n;
        }
        if show && shown < SHOWN {
            for (a, b) in tokens.difference(&given) {
                println!("T want {:?} in {:?}", &text[*a..*b], around(&text, *a, *b, 20));
                shown += 1;
            }
            let ends = |set: &BTreeSet<(usize, usize)>| set.iter().map(|p| p.1).collect::<BTreeSet<_>>();
            let (a, b) = (ends(&spans), ends(&given_sentences));
            for at in a.difference(&b) {
                println!("S missed {:?}", around(&text, *at, *at, 50));
            }
            for at in b.difference(&a) {
                println!("S extra  {:?}", around(&text, *at, *at, 50));
            }
        }
    }
    let result = (f1(counts[0], counts[1], counts[2]), f1(counts[3], counts[4], counts[5]));
    println!("{name}: tokens F1 {:.2} sentences F1 {:.2}", result.0, result.1);
    Some(result)
}

fn around(text: &str, from: usize, to: usize, margin: usize) -> String {
    let mut a = from.saturating_sub(margin);
    while !text.is_char_boundary(a) {
        a -= 1;
    }
    let mut b = (to + margin).min(text.len());
    while !text.is_char_boundary(b) {
        b += 1;
    }
    format!("{}⟦{}⟧{}", &text[a..from], &text[from..to], &text[to..b])
}

#[test]
fn french_development_sets() {
    for (name, tokens, sentences) in [
        ("UD_French-Sequoia/fr_sequoia-ud-dev.conllu.xz", 99.5, 75.0),
        ("UD_French-GSD/fr_gsd-ud-dev.conllu.xz", 99.5, 90.0),
    ] {
        if let Some((t, s)) = measure(name, "fr", true) {
            assert!(t >= tokens && s >= sentences, "{name}: tokens {t:.2}, sentences {s:.2}");
        }
    }
}
