//! Tokens to sentences: rules for where a final mark really ends one, then the language's learnt table. Linear in the number of tokens.

use crate::boundary::{Gaps, Table};
use crate::document::{Sentence, Token};
use crate::lost::{has_lost_space, part_lost_breaks};
use crate::span::Span;
use crate::token::tokenise;
use vigie_resources::Language;

/// Brackets further apart than this many tokens are taken for unbalanced.
const WIDEST_BRACKET: usize = 80;

/// What one token means for the end of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// A stop, question or exclamation mark, or an ellipsis.
    Final,
    /// Closes a quotation or a bracket.
    Close,
    /// Opens a quotation or a bracket.
    Open,
    /// A dash that may begin a speech.
    Dash,
    /// A comma, a colon, a semicolon: the sentence goes on.
    Inner,
    /// A word that begins with a small letter or a clitic.
    Small,
    /// Any other word or sign.
    Word,
}

/// A heading or a dateline has no more words and marks.
const WORDS_OF_LINE: usize = 12;

/// Cuts one block of running text into sentences with their tokens.
///
/// `part` is written into every sentence; `headline` is false. A final mark inside a quotation ends a sentence only
/// when the next one begins with a capital; after a closing quote, ", a dit X" and the like stay with it.
#[must_use]
pub fn split_sentences(text: &str, span: Span, language: Language, part: u32) -> Vec<Sentence> {
    let mut tokens = tokenise(text, span, language);
    let breaks = part_lost_breaks(text, &mut tokens, language);
    let marks = Marks::new(text, &tokens, language);
    let mut ends = marks.ruled(text, &tokens, language);
    if let Some(table) = Table::of(language) {
        let gaps = Gaps::new(text, &tokens, &marks.roles);
        for (i, end) in ends.iter_mut().enumerate() {
            // In a line of a few words a comma goes on, whatever the words around it look like ("Tamsa, Ruvania").
            let goes_on = tokens.len() <= WORDS_OF_LINE && tokens[i].span.of(text) == ",";
            let open = gaps.is_open(i) && !goes_on && !marks.closed[i] && (*end || !marks.quoted[i]);
            *end = open && table.ends(&gaps.features(i, *end), *end);
        }
    }
    for (i, end) in ends.iter_mut().enumerate() {
        let lost = breaks.binary_search(&i).is_ok() || has_lost_space(text, &tokens, i);
        *end |= !marks.closed[i] && !marks.quoted[i] && lost;
    }
    let mut sentences = Vec::new();
    let mut from = 0;
    for i in 0..tokens.len() {
        if ends[i] || i + 1 == tokens.len() {
            sentences.push(sentence(&tokens[from..=i], part));
            from = i + 1;
        }
    }
    sentences
}

/// What every token of a block means for the ends of its sentences.
pub(crate) struct Marks {
    pub(crate) roles: Vec<Role>,
    /// Stands inside a pair of brackets that is not too wide.
    closed: Vec<bool>,
    /// Stands inside quotation marks of which the opening and the closing one differ. A title has capitals in it.
    quoted: Vec<bool>,
}

impl Marks {
    pub(crate) fn new(text: &str, tokens: &[Token], language: Language) -> Self {
        let quotes: Vec<(char, char)> = language.writing().quotes.iter().copied().filter(|(a, b)| a != b).collect();
        Self {
            roles: roles(text, tokens, language),
            closed: enclosed(text, tokens, &[('(', ')'), ('[', ']')]),
            quoted: enclosed(text, tokens, &quotes),
        }
    }

    /// For every token: do the rules end a sentence after it? The last token is left to the caller.
    pub(crate) fn ruled(&self, text: &str, tokens: &[Token], language: Language) -> Vec<bool> {
        let Self { roles, closed, .. } = self;
        let mut ends = vec![false; tokens.len()];
        let mut i = 0;
        while i < tokens.len() {
            if roles[i] != Role::Final {
                // An abbreviation at the end of a sentence shares its stop with it.
                ends[i] =
                    ends_with_stop(text, tokens[i]) && opens_sentence(text, tokens, i + 1, language) && !closed[i];
                i += 1;
                continue;
            }
            let mut end = i + 1;
            loop {
                if end < tokens.len() && (roles[end] == Role::Final || roles[end] == Role::Close) {
                    end += 1;
                } else if is_reference(text, tokens, end) {
                    end += 3;
                } else {
                    break;
                }
            }
            let glued = end == i + 1 && end < tokens.len() && tokens[end].span.start() == tokens[i].span.end();
            ends[end - 1] = end < tokens.len() && !closed[end - 1] && begins(roles, end, glued);
            i = end;
        }
        ends
    }
}

/// Does the number of a footnote in square brackets stand at `at`? It belongs to the sentence before it.
fn is_reference(text: &str, tokens: &[Token], at: usize) -> bool {
    let word = |i: usize| tokens.get(i).map_or("", |t| t.span.of(text));
    word(at) == "[" && word(at + 2) == "]" && word(at + 1).chars().all(|c| c.is_ascii_digit())
}

fn sentence(tokens: &[Token], part: u32) -> Sentence {
    let span = tokens[0].span.cover(tokens[tokens.len() - 1].span);
    Sentence { span, headline: false, part, tokens: tokens.to_vec() }
}

/// Can a sentence begin at token `at`, right after a final mark (`glued`: no space between)?
fn begins(roles: &[Role], at: usize, glued: bool) -> bool {
    match roles[at] {
        Role::Small | Role::Inner | Role::Final | Role::Close => false,
        Role::Open | Role::Dash => {
            let after = roles[at + 1..].iter().find(|r| !matches!(r, Role::Open | Role::Dash));
            after.is_none_or(|r| !matches!(r, Role::Small | Role::Inner))
        }
        Role::Word => !glued,
    }
}

fn ends_with_stop(text: &str, token: Token) -> bool {
    token.span.len() > 2 && token.span.of(text).ends_with('.') && !token.span.of(text).starts_with('.')
}

/// Does a word stand here that, with a capital, can only begin a sentence?
fn opens_sentence(text: &str, tokens: &[Token], at: usize, language: Language) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let word = token.span.of(text);
    let writing = language.writing();
    let before = tokens[at - 1].span.of(text).to_lowercase();
    word.len() < 32
        && word.chars().next().is_some_and(char::is_uppercase)
        && !writing.titles.contains(&before)
        && writing.openers.contains(&word.to_lowercase().replace('’', "'"))
}

fn roles(text: &str, tokens: &[Token], language: Language) -> Vec<Role> {
    let quotes = &language.writing().quotes;
    let mut roles = Vec::with_capacity(tokens.len());
    let mut inside = false;
    for (i, token) in tokens.iter().enumerate() {
        let word = token.span.of(text);
        let mut chars = word.chars();
        let first = chars.next().unwrap_or(' ');
        let alone = chars.next().is_none();
        let space_before = i == 0 || tokens[i - 1].span.end() < token.span.start();
        let space_after = tokens.get(i + 1).is_none_or(|n| n.span.start() > token.span.end());
        let role = match first {
            '.' | '!' | '?' | '…' | '。' | '؟' | '।' => Role::Final,
            ')' | ']' | '}' => Role::Close,
            '(' | '[' | '{' => Role::Open,
            '—' | '–' | '-' if alone || first != '-' => Role::Dash,
            '-' if word.chars().all(|c| c == '-') => Role::Dash,
            ',' | ';' | ':' if alone => Role::Inner,
            _ if alone => match quotes.iter().find(|(open, close)| *open == first || *close == first) {
                Some((open, close)) if open == close => {
                    // The same mark opens and closes: its spaces tell, else whether one is open.
                    let opens = if space_before == space_after { !inside } else { space_before };
                    inside = opens;
                    if opens { Role::Open } else { Role::Close }
                }
                Some((open, _)) if *open == first => Role::Open,
                Some(_) => Role::Close,
                None if first.is_lowercase() => Role::Small,
                None => Role::Word,
            },
            _ if first.is_lowercase() => Role::Small,
            '-' if word.chars().nth(1).is_some_and(char::is_lowercase) => Role::Small,
            _ => Role::Word,
        };
        roles.push(role);
    }
    roles
}

/// For every token: does it stand inside one of these pairs, when the pair is not too wide? The closing mark does not.
fn enclosed(text: &str, tokens: &[Token], pairs: &[(char, char)]) -> Vec<bool> {
    let mut depth = vec![0i32; tokens.len() + 1];
    let mut open: Vec<(usize, char)> = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        let mut letters = token.span.of(text).chars();
        let (Some(mark), None) = (letters.next(), letters.next()) else { continue };
        if let Some((_, close)) = pairs.iter().find(|(from, _)| *from == mark) {
            open.push((i, *close));
        } else if pairs.iter().any(|(_, close)| *close == mark)
            && let Some((from, close)) = open.pop()
            && mark == close
            && i - from <= WIDEST_BRACKET
        {
            depth[from] += 1;
            depth[i] -= 1;
        }
    }
    let mut sum = 0;
    depth
        .iter()
        .map(|d| {
            sum += d;
            sum > 0
        })
        .collect()
}
