//! Tokens and sentences against the treebanks, from raw text: the sentences of a paragraph joined by spaces, each
//! paragraph read by itself as the program does. Skipped when the shared data are absent.

use std::collections::BTreeSet;
use std::path::PathBuf;
use vigie_resources::Language;
use vigie_text::{Span, split_sentences};

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

/// Surface tokens, each with whether a space follows.
type Surface = Vec<(String, bool)>;

/// The sentences of every paragraph. Where the treebank knows no paragraphs all of it is one, as in its official text.
fn paragraphs(conllu: &str) -> Vec<Vec<Surface>> {
    let mut paragraphs = vec![Vec::new()];
    for block in conllu.split("\n\n") {
        let tokens = surface(block);
        if tokens.is_empty() {
            continue;
        }
        if block.lines().any(|l| l.starts_with("# newpar") || l.starts_with("# newdoc")) {
            paragraphs.push(Vec::new());
        }
        paragraphs.last_mut().expect("there is a paragraph").push(tokens);
    }
    paragraphs.retain(|p| !p.is_empty());
    paragraphs
}

fn surface(block: &str) -> Surface {
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
}

fn f1(right: usize, given: usize, wanted: usize) -> f64 {
    200.0 * right as f64 / (given + wanted) as f64
}

/// A paragraph as it is written, and where its tokens and sentences stand.
struct Raw {
    text: String,
    tokens: BTreeSet<(usize, usize)>,
    spans: BTreeSet<(usize, usize)>,
}

impl Raw {
    fn of(paragraph: &[Surface]) -> Self {
        let (mut text, mut tokens, mut spans) = (String::new(), BTreeSet::new(), BTreeSet::new());
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
        Self { text, tokens, spans }
    }
}

/// Prints and returns (token F1, sentence F1) in percent.
fn measure(name: &str, language: &str, show: bool) -> Option<(f64, f64)> {
    let gold = paragraphs(&treebank(name)?);
    let language = Language::from_code(language).expect("a shipped language");
    let mut counts = [0usize; 6];
    let mut shown = 0;
    for paragraph in &gold {
        let Raw { text, tokens, spans } = Raw::of(paragraph);
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

/// Least token and sentence F1 on development sets; the test sets are for final figures only.
#[test]
fn development_sets() {
    for (name, language, tokens, sentences) in [
        ("UD_French-Sequoia/fr_sequoia-ud-dev.conllu.xz", "fr", 99.8, 86.0),
        ("UD_French-GSD/fr_gsd-ud-dev.conllu.xz", "fr", 99.8, 96.0),
        ("UD_English-GUM-permissive/en_gum-perm-ud-dev.conllu.xz", "en", 99.9, 96.0),
        ("UD_English-EWT/en_ewt-ud-dev.conllu.xz", "en", 99.5, 87.0),
    ] {
        if let Some((t, s)) = measure(name, language, true) {
            assert!(t >= tokens && s >= sentences, "{name}: tokens {t:.2}, sentences {s:.2}");
        }
    }
}

/// Writes `sentences.bin` of the language packs:
/// `cargo test -p vigie-text --release --features train --test treebank -- --ignored`.
#[cfg(feature = "train")]
#[test]
#[ignore = "writes into resources"]
fn write_sentence_ends() {
    for (language, names) in [
        ("fr", &["UD_French-Sequoia/fr_sequoia-ud-train.conllu.xz"][..]),
        (
            "en",
            &[
                "UD_English-GUM-permissive/en_gum-perm-ud-train.conllu.xz",
                "UD_English-EWT/en_ewt-ud-train.rebuilt.conllu.xz",
            ],
        ),
    ] {
        let texts: Vec<String> = names.iter().filter_map(|name| treebank(name)).collect();
        let raw = texts.iter().flat_map(|text| paragraphs(text)).map(|p| Raw::of(&p));
        let known: Vec<(String, BTreeSet<usize>)> =
            raw.map(|r| (r.text, r.spans.into_iter().map(|(_, end)| end).collect())).collect();
        let code = Language::from_code(language).expect("a shipped language");
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join(format!("../../resources/languages/{language}/sentences.bin"));
        std::fs::write(&path, vigie_text::learn_sentence_ends(code, &known)).expect("the pack can be written");
    }
}
