//! Spaces and line breaks that a page has lost between two sentences.

use crate::document::Token;
use crate::span::Span;
use vigie_resources::{Language, lexicon};

/// Letters of a word on either side of a lost break: shorter ones are names ("McAdam", "YouTube").
const LETTERS: usize = 3;
/// Letters of a verb that is believed to open a sentence inside a word.
const VERB_LETTERS: usize = 5;

/// Is token `at` a stop between two sentences whose space a page has lost ("in 2017.Retaken by …")? A number or a word in
/// small letters stands before it, a word with a capital and small letters behind it, and neither belongs to an address.
pub(crate) fn has_lost_space(text: &str, tokens: &[Token], at: usize) -> bool {
    let joined = |a: usize| tokens.get(a + 1).is_some_and(|next| next.span.start() == tokens[a].span.end());
    if at == 0 || tokens[at].span.of(text) != "." || !joined(at - 1) || !joined(at) {
        return false;
    }
    let (before, behind) = (tokens[at - 1].span.of(text), tokens[at + 1].span.of(text));
    let ends =
        before.len() > 1 && (before.chars().all(|c| c.is_ascii_digit()) || before.chars().all(char::is_lowercase));
    let mut letters = behind.chars();
    let begins = letters.next().is_some_and(char::is_uppercase) && behind.len() > 2 && letters.all(char::is_lowercase);
    let address =
        |a: usize| tokens.get(a).is_some_and(|t| matches!(t.span.of(text), "." | "/" | "@" | ":" | "-" | "_"));
    ends && begins && !(joined(at + 1) && address(at + 2)) && !(at > 1 && joined(at - 2) && address(at - 2))
}

/// Parts tokens in which a line broke before a verb that opens a note ("Battle of TamsaCaptured by the rebels"), and tells
/// the tokens that end there. The verb must be listed and no noun besides, and a function word must follow.
pub(crate) fn part_lost_breaks(text: &str, tokens: &mut Vec<Token>, language: Language) -> Vec<usize> {
    let cut_of = |tokens: &[Token], at: usize| {
        let next = tokens.get(at + 1)?.span.of(text);
        lost_break(tokens[at].span.of(text), next, language)
    };
    if (0..tokens.len()).all(|at| cut_of(tokens, at).is_none()) {
        return Vec::new();
    }
    let mut breaks = Vec::new();
    let mut parted = Vec::with_capacity(tokens.len() + 1);
    for (at, token) in tokens.iter().enumerate() {
        let Some(cut) = cut_of(tokens, at) else {
            parted.push(*token);
            continue;
        };
        let middle = token.span.start() + cut;
        breaks.push(parted.len());
        parted.push(Token { span: Span::new(token.span.start(), middle) });
        parted.push(Token { span: Span::new(middle, token.span.end()) });
    }
    *tokens = parted;
    breaks
}

fn lost_break(word: &str, next: &str, language: Language) -> Option<usize> {
    let bytes = word.as_bytes();
    let cut = 1 + bytes.windows(2).rposition(|w| w[0].is_ascii_lowercase() && w[1].is_ascii_uppercase())?;
    let (before, behind) = word.split_at(cut);
    let small = |part: &str| part.chars().skip(1).all(char::is_lowercase);
    let long = before.chars().count() >= LETTERS && behind.chars().count() >= VERB_LETTERS;
    if !long || !small(before) || !small(behind) || !language.writing().function_words.contains(next) {
        return None;
    }
    let verb = behind.to_lowercase();
    let readings: Vec<&str> = lexicon(language)?.entries(&verb).map(|entry| entry.upos).collect();
    (readings.contains(&"VERB") && !readings.contains(&"NOUN")).then_some(cut)
}
