//! Which shipped language a text is in, or none of them.

use crate::span::Span;
use crate::token::tokenise;
use vigie_resources::Language;

/// Characters that are looked at; the language of a page shows early.
const MOST_BYTES: usize = 20_000;

/// The shipped language of a text, or `None` when no pack fits.
#[must_use]
pub fn identify(text: &str) -> Option<Language> {
    let mut end = text.len().min(MOST_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let span = Span::new(0, end);
    Language::all()
        .filter_map(|language| {
            let (share, words) = share(text, span, language);
            let least = language.writing().function_share;
            // A few words prove nothing either way: the best pack is taken on less evidence.
            let least = if words < 12 { least / 2 } else { least };
            (words > 0 && share >= least).then_some((share, std::cmp::Reverse(language)))
        })
        .max()
        .map(|(_, language)| language.0)
}

/// Function words in a hundred words, and the number of words.
fn share(text: &str, span: Span, language: Language) -> (u32, usize) {
    let writing = language.writing();
    let (mut words, mut function) = (0usize, 0usize);
    for token in tokenise(text, span, language) {
        let word = token.span.of(text);
        if word.chars().next().is_some_and(char::is_alphabetic) && word.len() < 40 {
            words += 1;
            let lower = word.to_lowercase();
            function += usize::from(writing.function_words.contains(lower.trim_end_matches(['\'', '’'])));
        }
    }
    ((function * 100).checked_div(words).unwrap_or(0) as u32, words)
}

/// Is this block clearly in another language than the page? Short blocks never are.
pub(crate) fn is_other_language(text: &str, span: Span, language: Language) -> bool {
    let (share, words) = share(text, span, language);
    words >= 12 && share * 4 < language.writing().function_share
}
