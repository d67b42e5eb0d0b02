//! Text to surface tokens, as the Universal Dependencies treebanks count them.
//!
//! One pass over the characters with bounded look-ahead, so time is linear in the text whatever it holds. What is
//! particular to a language (elisions, clitics, abbreviations, hour marks) is data of its pack.

mod address;
mod inner;
mod mark;
mod number;

use crate::document::Token;
use crate::span::Span;
use vigie_resources::{Language, Writing};

/// Longest word that is compared with a list; no list holds a longer one.
const LONGEST_LISTED: usize = 32;

/// Characters that are looked back at for an open single quotation mark.
const WIDEST_QUOTE: usize = 160;

/// The tokens of `span`, in order; white space stands between them and nowhere else.
///
/// A number may hold spaces ("250 000"). A clitic begins with its hyphen ("-t-il").
#[must_use]
pub fn tokenise(text: &str, span: Span, language: Language) -> Vec<Token> {
    let mut chars: Vec<(u32, char)> =
        span.of(text).char_indices().map(|(i, c)| ((span.start() + i) as u32, c)).collect();
    chars.push((span.end() as u32, '\n'));
    let mut tokeniser = Tokeniser { chars: &chars, writing: language.writing(), tokens: Vec::new() };
    tokeniser.run();
    tokeniser.tokens
}

struct Tokeniser<'a> {
    /// Byte offset and character, closed by a line feed at the end of the span.
    chars: &'a [(u32, char)],
    writing: &'a Writing,
    tokens: Vec<Token>,
}

pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '\u{2018}')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Letters, digits, and the marks that never stand alone.
fn is_word(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{ad}' | '_')
}

/// White space inside a number.
fn is_thin(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

impl Tokeniser<'_> {
    fn at(&self, i: usize) -> char {
        self.chars.get(i).map_or('\n', |(_, c)| *c)
    }

    fn end(&self) -> usize {
        self.chars.len() - 1
    }

    fn push(&mut self, from: usize, to: usize) {
        debug_assert!(from < to, "a token holds something");
        let span = Span::new(self.chars[from].0 as usize, self.chars[to].0 as usize);
        self.tokens.push(Token { span });
    }

    /// Characters `from..to` in lower case, with the straight apostrophe and hyphen; empty when too long for any list.
    fn lower(&self, from: usize, to: usize) -> String {
        if to.saturating_sub(from) > LONGEST_LISTED {
            return String::new();
        }
        self.chars[from..to.min(self.end())]
            .iter()
            .flat_map(|(_, c)| {
                let c = if is_apostrophe(*c) {
                    '\''
                } else if is_hyphen(*c) {
                    '-'
                } else {
                    *c
                };
                c.to_lowercase()
            })
            .collect()
    }

    /// Characters `from..to` as they stand; empty when too long for any list.
    fn exact(&self, from: usize, to: usize) -> String {
        let to = if to.saturating_sub(from) > LONGEST_LISTED { from } else { to.min(self.end()) };
        self.chars[from..to].iter().map(|(_, c)| *c).collect()
    }

    fn run(&mut self) {
        let mut i = 0;
        while i < self.end() {
            let c = self.at(i);
            if c.is_whitespace() {
                i += 1;
            } else if let Some(to) = self.address(i) {
                self.push(i, to);
                i = to;
            } else if let Some(to) = self.listed_sign(i).or_else(|| self.apostrophe_head(i)) {
                self.push(i, to);
                i = to;
            } else if c.is_ascii_digit() || (self.is_sign(i) && self.at(i + 1).is_ascii_digit()) {
                i = self.number(i);
            } else if is_word(c) || (matches!(c, '@' | '#') && self.at(i + 1).is_alphabetic()) {
                i = self.word(i, i + 1);
            } else {
                let to = self.mark(i);
                self.push(i, to);
                i = to;
            }
        }
    }

    /// A word: letters joined by hyphens, apostrophes and inner stops, less its elided head and its clitics.
    ///
    /// The caller knows that it reaches to `to` at least.
    fn word(&mut self, from: usize, mut to: usize) -> usize {
        loop {
            while is_word(self.at(to)) {
                to += 1;
            }
            let (joint, next) = (self.at(to), self.at(to + 1));
            if is_apostrophe(joint) {
                let head = self.lower(from, to);
                if self.writing.elisions.contains(&head) && self.elides(from, to) {
                    self.push(from, to + 1);
                    return to + 1;
                }
                if is_word(next) && !self.is_enclitic_apostrophe(to) {
                    to += 1;
                    continue;
                }
                if self.keeps_apostrophe(from, to) {
                    to += 1;
                }
            } else if is_word(next) && if is_hyphen(joint) { self.keeps_hyphen(from, to) } else { self.joins(from, to) }
            {
                to += 1;
                continue;
            } else if joint == '(' && self.bracketed_ending(to).is_some() {
                // "mise(s)": the bracket is part of the word.
                to = self.bracketed_ending(to).unwrap_or(to);
                continue;
            } else if joint == '.' && self.keeps_stop(from, to) {
                to += 1;
                // "J.-C.": a hyphen between two initials.
                if is_hyphen(self.at(to)) && self.at(to + 1).is_uppercase() && self.at(to + 2) == '.' {
                    to += 2;
                    continue;
                }
            }
            break;
        }
        self.clitics(from, to);
        to
    }

    /// Pushes the word `from..to`, its clitics as tokens of their own.
    fn clitics(&mut self, from: usize, to: usize) {
        // Every clitic is joined by a mark; most words have none.
        if !self.chars[from..to].iter().any(|(_, c)| is_hyphen(*c) || is_apostrophe(*c)) {
            return self.push(from, to);
        }
        let mut cuts = Vec::new();
        let mut end = to;
        let window = |end: usize| from.max(end.saturating_sub(LONGEST_LISTED));
        while cuts.len() < 3 {
            let word = self.lower(from, end);
            if self.writing.clitic_exceptions.contains(&word) {
                break;
            }
            let tail = self.lower(window(end), end);
            let capitals = self.at(end - 1).is_uppercase() && !self.at(from).is_lowercase();
            let ending = self.writing.clitics.iter().find(|c| {
                let n = c.chars().count();
                let first = self.at((end + 1).saturating_sub(n));
                end - from > n && tail.ends_with(c.as_str()) && (first.is_lowercase() || capitals)
            });
            let Some(ending) = ending else { break };
            end -= ending.chars().count();
            cuts.push(end);
        }
        cuts.reverse();
        let mut start = from;
        for cut in cuts {
            self.push(start, cut);
            start = cut;
        }
        self.push(start, to);
    }
}
