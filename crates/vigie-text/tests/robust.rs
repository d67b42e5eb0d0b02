//! Odd and very long text: no panic, nothing lost, and time that grows with the length.

#![allow(clippy::disallowed_methods, reason = "how long the work takes is what is tested")]

use std::time::{Duration, Instant};
use vigie_resources::Language;
use vigie_text::{Span, split_sentences};

/// Texts that break tokenisers, to be repeated.
const ODD: [&str; 22] = [
    "a",
    "É",
    "9",
    "9 ",
    "1,",
    "a.",
    "A.",
    "a-",
    "l'",
    "'s",
    "ss' ",
    "(",
    "[1]",
    "\u{ab}",
    "\u{200d}\u{200b}\u{feff}",
    "👩‍👩‍👧🇫🇷👍🏽",
    "\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{645}\u{631}\u{62d}\u{628}\u{627}. ",
    "e\u{301}\u{300}\u{302}",
    "www.a@b.",
    ".!?\u{2026};:,",
    "« \" ( [ ' “ ",
    "Mr. A. U.S. etc. 5pm n° ",
];

/// Tokens and sentences cover everything but white space, in order, without overlap.
fn check(text: &str, language: Language) -> usize {
    let sentences = split_sentences(text, Span::new(0, text.len()), language, 0);
    let mut at = 0;
    let mut tokens = 0;
    for sentence in &sentences {
        assert_eq!(sentence.span.start(), sentence.tokens[0].span.start());
        for token in &sentence.tokens {
            assert!(token.span.start() >= at && token.span.end() > token.span.start());
            assert!(text[at..token.span.start()].chars().all(char::is_whitespace), "{:?}", &text[at..]);
            at = token.span.end();
            tokens += 1;
        }
        assert_eq!(sentence.span.end(), at);
    }
    assert!(text[at..].chars().all(char::is_whitespace));
    tokens
}

fn time(text: &str, language: Language) -> Duration {
    let start = Instant::now();
    check(text, language);
    start.elapsed()
}

#[test]
fn odd_text_is_read_whole_and_in_linear_time() {
    for language in Language::all() {
        for odd in ODD {
            let small = odd.repeat(200_000 / odd.len());
            let large = odd.repeat(2_000_000 / odd.len());
            let (few, many) = (time(&small, language), time(&large, language));
            // Ten times the text; quadratic work would take a hundred times as long.
            assert!(many < few * 40 + Duration::from_secs(2), "{odd:?}: {few:?}, then {many:?}");
        }
    }
}

#[test]
fn five_megabytes_without_a_space() {
    let text = "abcdefghij".repeat(500_000);
    for language in Language::all() {
        assert_eq!(check(&text, language), 1);
    }
}

proptest::proptest! {
    #[test]
    fn nothing_is_lost(text in "[a-zA-Z0-9éÉ .,;:!?'’‘\"«»()\\[\\]\u{200d}\u{202f}\u{5e9}\u{301}@#$/&+=~*_-]{0,80}|\\PC{0,60}") {
        for language in Language::all() {
            check(&text, language);
        }
    }
}

/// Microseconds a token on running text: `cargo test -p vigie-text --release --test robust -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn speed() {
    for (code, text) in [
        ("fr", "Selon l'ONU, 250 000 personnes ont fui la ville de Vasra dimanche, a-t-elle déclaré à M. Duval. "),
        (
            "en",
            "According to the U.N., 250,000 people fled the well-known town on Sunday; Mr. Doe's staff didn't stay. ",
        ),
    ] {
        let language = Language::from_code(code).expect("a shipped language");
        let text = text.repeat(20_000);
        let span = Span::new(0, text.len());
        let start = Instant::now();
        let sentences = split_sentences(&text, span, language, 0);
        let spent = start.elapsed();
        let tokens: usize = sentences.iter().map(|s| s.tokens.len()).sum();
        println!("{code}: {:.3} microseconds a token", spent.as_secs_f64() * 1e6 / tokens as f64);
    }
}
