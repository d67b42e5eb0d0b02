//! Random and hostile text: always trees over all tokens, no panic, and time that grows with the length.
//!
//! `VIGIE_INPUTS=1000000 cargo test --release -p vigie-syntax --test robust` runs that many inputs a language.

#![allow(clippy::disallowed_methods, reason = "how long the work takes is what is tested")]

use std::time::{Duration, Instant};
use vigie_resources::Language;
use vigie_syntax::{Model, Parse};
use vigie_text::{Span, split_sentences};

/// What inputs are put together from.
const PIECES: [&str; 40] = [
    "a",
    "le",
    "l'",
    "d\u{2019}",
    "du",
    "des",
    "n't",
    "'s",
    "the",
    "É",
    "ÉTAT",
    "Vasra",
    "al-Karim",
    "2016",
    "12 000",
    "3,5",
    "%",
    ".",
    "...",
    "?!",
    "\u{ab} ",
    " \u{bb}",
    "\"",
    "(",
    ")",
    "-",
    "\u{2014}",
    ",",
    "\n",
    "\t",
    "\u{a0}",
    "\u{200d}\u{feff}",
    "\u{301}",
    "👩‍👩‍👧🇫🇷",
    "\u{5e9}\u{5dc}\u{5d5}\u{5dd}",
    "\u{645}\u{631}\u{62d}\u{628}\u{627}",
    "\u{4f60}\u{597d}",
    "\u{0}",
    "\u{fffd}",
    "www.x@y.z/&=#",
];

/// SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }

    fn text(&mut self) -> String {
        let mut out = String::new();
        let spaces = self.below(4);
        for _ in 0..self.below(24) {
            match self.below(8) {
                // Any character at all.
                0 => out.extend(char::from_u32(self.below(0x11_0000) as u32)),
                1 => out.extend(char::from_u32(self.below(0x250) as u32)),
                _ => out.push_str(PIECES[self.below(PIECES.len() as u64) as usize]),
            }
            if self.below(4) < spaces {
                out.push(' ');
            }
        }
        out
    }
}

fn shipped() -> Vec<(Language, &'static Model)> {
    Language::all().filter_map(|l| Some((l, Model::for_language(l)?))).collect()
}

fn parse(text: &str, language: Language, model: &Model) -> Vec<Parse> {
    let sentences = split_sentences(text, Span::new(0, text.len()), language, 0);
    let parses = model.parse_all(text, &sentences);
    assert_eq!(parses.len(), sentences.len());
    for (sentence, parse) in sentences.iter().zip(&parses) {
        assert_eq!(parse.words.last().map(|w| w.token as usize + 1), Some(sentence.tokens.len()));
        assert_tree(parse);
    }
    parses
}

/// Every word hangs from the one root.
fn assert_tree(parse: &Parse) {
    let n = parse.words.len();
    assert_eq!(parse.words.iter().filter(|w| w.head.is_none()).count(), n.min(1));
    // The start from which a word's way up was last gone; a way that meets an earlier one ends well.
    let mut seen = vec![usize::MAX; n];
    for start in 0..n {
        let mut at = Some(start);
        while let Some(i) = at.filter(|&i| seen[i] == usize::MAX) {
            seen[i] = start;
            at = parse.words[i].head.map(|h| h as usize);
        }
        assert!(at.is_none_or(|i| seen[i] != start), "word {start} is on a circle");
    }
}

/// Number of random inputs.
fn inputs() -> usize {
    std::env::var("VIGIE_INPUTS").ok().and_then(|n| n.parse().ok()).unwrap_or(3000)
}

#[test]
fn any_text_gives_trees() {
    let inputs = inputs();
    for (language, model) in shipped() {
        let mut random = Random(7);
        for _ in 0..inputs {
            let text = random.text();
            parse(&text, language, model);
        }
    }
}

#[test]
fn sentences_in_company_are_parsed_as_alone() {
    for (language, model) in shipped() {
        let mut random = Random(11);
        let text: Vec<String> = (0..200).map(|_| random.text()).collect();
        let text = text.join(" Vasra. ");
        let sentences = split_sentences(&text, Span::new(0, text.len()), language, 0);
        let alone: Vec<Parse> = sentences.iter().map(|s| model.parse(&text, s)).collect();
        assert_eq!(model.parse_all(&text, &sentences), alone);
    }
}

#[test]
fn time_grows_with_the_length() {
    for (language, model) in shipped() {
        for piece in ["a ", "du ", "\u{5e9}\u{5dc} ", "👩‍👩‍👧 ", "(", "A. ", "d'", "x,"] {
            let time = |letters: usize| {
                let text = piece.repeat(letters / piece.len());
                let begun = Instant::now();
                parse(&text, language, model);
                begun.elapsed()
            };
            let (few, many) = (time(6_000), time(60_000));
            // Ten times the text; quadratic work would take a hundred times as long.
            assert!(many < few * 40 + Duration::from_secs(2), "{piece:?}: {few:?}, then {many:?}");
        }
    }
}

#[test]
fn five_megabytes_in_one_sentence() {
    // A sentence of a million words takes half a minute: where many inputs are asked for, that one is too.
    let repeated = if inputs() > 100_000 { 416_667 } else { 20_000 };
    for (language, model) in shipped() {
        for text in ["abcdefghij".repeat(500_000), "la ville et ".repeat(repeated)] {
            let parses = parse(&text, language, model);
            assert_eq!(parses.len(), 1);
        }
    }
}
