//! Properties that hold for every input: nothing is lost, nothing is told twice, no panic.

use proptest::prelude::*;
use vigie_resources::Language;
use vigie_text::{Page, Span, decode, document_id, read_page, split_sentences};

/// Every byte that is not white space lies in exactly one part or leftover; sentences keep their invariants.
fn check(text: &str) -> Page {
    let page = read_page(document_id(text.as_bytes()), text.to_owned());
    let mut cover = vec![0u8; text.len()];
    let mut count = |span: Span| cover[span.start()..span.end()].iter_mut().for_each(|n| *n += 1);
    for story in &page.stories {
        story.headline.iter().chain(&story.paragraphs).for_each(|s| count(*s));
        assert!(!story.sentences.is_empty() || story.paragraphs.is_empty());
        let mut parts: Vec<Span> = story.headline.iter().chain(&story.paragraphs).copied().collect();
        assert!(story.paragraphs.is_sorted());
        parts.sort_unstable();
        let mut last = 0;
        for sentence in &story.sentences {
            assert!(parts[sentence.part as usize].contains(sentence.span));
            assert!(!sentence.tokens.is_empty());
            for token in &sentence.tokens {
                assert!(token.span.start() >= last && !token.span.is_empty() && sentence.span.contains(token.span));
                assert!(!token.span.of(text).trim().is_empty());
                last = token.span.end();
            }
        }
    }
    page.leftovers.iter().for_each(|l| count(l.span));
    for (i, c) in text.char_indices() {
        let wanted = 1;
        let found = cover[i];
        assert!(
            if c.is_whitespace() { found <= wanted } else { found == wanted },
            "byte {i} ({c:?}) is covered {found} times"
        );
    }
    page
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn any_text(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(decoded) = decode(&bytes) {
            check(&decoded.text);
        }
    }

    #[test]
    fn newslike(pieces in prop::collection::vec(prop::sample::select(vec![
        "L'armée", "l’", "d'", "a-t-il", "M.", "J.-C.", "250 000", "18h15", "«", "»", "\"", "(", ")", "[1]", "[", "]", " — ", "–", "-", "...", ".", ",", "?", "\n", "\n\n", "\r\n", " ",
        "\u{a0}", "Vasra", "vasra", "Lire aussi :", "3 mai 2019 . –", "(XYZ)", "😀", "שלום", "http://a.b/c", "x@y.zz", "'", "1/2", "18 h", "est", "les", "dans", "rendez-vous", "12,5 %", "|",
    ]), 0..120)) {
        check(&pieces.concat());
    }

    #[test]
    fn between_tokens_there_is_white_space(text in "[a-zA-Zéà'’ .,«»\"()0-9\u{a0}-]{0,200}") {
        let sentences = split_sentences(&text, Span::new(0, text.len()), Language::from_code("fr").unwrap(), 0);
        let mut last = 0;
        for token in sentences.iter().flat_map(|s| &s.tokens) {
            prop_assert!(text[last..token.span.start()].trim().is_empty());
            last = token.span.end();
        }
        prop_assert!(text[last..].trim().is_empty());
    }
}

#[test]
fn large_and_hostile_input_takes_linear_time() {
    let cases = [
        "a".repeat(5_000_000),
        "l'".repeat(1_500_000),
        "a-".repeat(1_500_000),
        "1.".repeat(1_500_000),
        "((((\"".repeat(500_000),
        "A.".repeat(1_500_000),
        "😀".repeat(800_000),
        "مرحبا ".repeat(300_000),
        "\n".repeat(3_000_000),
        "La ville. ".repeat(400_000),
        "Vasra brûle\n\n".repeat(200_000),
        "mot ".repeat(30).repeat(10_000),
        "[1]".repeat(300_000),
        "[1] [ mot ".repeat(200_000),
    ];
    for text in cases {
        check(&text);
    }
}
