//! Text to surface tokens, as the Universal Dependencies treebanks count them.
//!
//! One pass over the characters with bounded look-ahead, so time is linear in the text whatever it holds. What is
//! particular to a language (elisions, clitics, abbreviations, hour marks) is data of its pack.

use crate::document::Token;
use crate::span::Span;
use vigie_resources::{Language, Writing};

/// Longest word that is compared with a list; no list holds a longer one.
const LONGEST_LISTED: usize = 32;

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

    fn run(&mut self) {
        let mut i = 0;
        while i < self.end() {
            let c = self.at(i);
            if c.is_whitespace() {
                i += 1;
            } else if let Some(to) = self.address(i) {
                self.push(i, to);
                i = to;
            } else if c.is_ascii_digit() || (self.is_sign(i) && self.at(i + 1).is_ascii_digit()) {
                i = self.number(i);
            } else if is_word(c) || (matches!(c, '@' | '#') && is_word(self.at(i + 1))) {
                i = self.word(i);
            } else {
                let to = self.mark(i);
                self.push(i, to);
                i = to;
            }
        }
    }

    /// A minus or plus that belongs to the number after it.
    fn is_sign(&self, i: usize) -> bool {
        matches!(self.at(i), '-' | '+' | '−')
            && (i == 0 || matches!(self.at(i - 1), ' ' | '\u{a0}' | '(' | '\n' | '\t'))
    }

    /// Punctuation: one character, or a run of full stops, hyphens or equal signs.
    fn mark(&self, i: usize) -> usize {
        let c = self.at(i);
        let mut to = i + 1;
        if c == '+' && self.at(to) == '/' && self.at(to + 1) == '-' {
            to += 2;
        } else if c == '°' && matches!(self.at(to), 'C' | 'F') && !is_word(self.at(to + 1)) {
            to += 1;
        } else if matches!(c, '.' | '-' | '=' | '*' | '~') {
            while to < self.end() && self.at(to) == c {
                to += 1;
            }
        } else if matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}') {
            // A picture and what modifies it are one sign.
            while to < self.end() && matches!(self.at(to), '\u{200d}' | '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}') {
                to += 1;
            }
        }
        to
    }

    /// The end of a web or mail address that begins here.
    fn address(&self, i: usize) -> Option<usize> {
        if i > 0 && is_word(self.at(i - 1)) {
            return None;
        }
        let c = self.at(i);
        if !c.is_ascii_alphanumeric() {
            return None;
        }
        let head = self.lower(i, (i + 8).min(self.end()));
        let scheme = head.starts_with("http://") || head.starts_with("https://") || head.starts_with("www.");
        if !scheme {
            return self.mail(i);
        }
        let mut to = i;
        while to < self.end()
            && !self.at(to).is_whitespace()
            && !matches!(self.at(to), '<' | '>' | '"' | '«' | '»' | '”')
        {
            to += 1;
        }
        while to > i + 1 && matches!(self.at(to - 1), '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '\'' | '’') {
            to -= 1;
        }
        Some(to)
    }

    fn mail(&self, i: usize) -> Option<usize> {
        let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
        let mut at = i;
        while at < i + 64 && part(self.at(at)) {
            at += 1;
        }
        if self.at(at) != '@' || at == i {
            return None;
        }
        let mut to = at + 1;
        let mut dots = 0;
        while to < at + 128 && part(self.at(to)) {
            dots += usize::from(self.at(to) == '.');
            to += 1;
        }
        while matches!(self.at(to - 1), '.' | '-') {
            dots -= usize::from(self.at(to - 1) == '.' && dots > 0);
            to -= 1;
        }
        (dots > 0 && to > at + 1).then_some(to)
    }

    fn digits(&self, mut i: usize) -> usize {
        while self.at(i).is_ascii_digit() {
            i += 1;
        }
        i
    }

    /// A number with its separators, ordinal letters and hour marks.
    fn number(&mut self, from: usize) -> usize {
        let first = if self.at(from).is_ascii_digit() { from } else { from + 1 };
        let mut to = self.digits(first);
        // Groups of three digits after a space: "250 000"; the first group has one to three digits.
        if to - first <= 3 {
            while is_thin(self.at(to)) && self.digits(to + 1) == to + 4 && !is_word(self.at(to + 4)) {
                to += 4;
            }
        }
        loop {
            let next = self.at(to + 1).is_ascii_digit();
            match self.at(to) {
                '.' | ',' | '/' | ':' | '\'' | '’' if next => to = self.digits(to + 1),
                '-' | '\u{2011}' if next => to = self.digits(to + 1),
                _ => break,
            }
        }
        let letters = to;
        if self.at(letters).is_alphabetic() || is_hyphen(self.at(letters)) {
            let mut end = letters;
            while is_word(self.at(end)) && !self.at(end).is_ascii_digit() {
                end += 1;
            }
            // "18h15" and "18h": number, mark, number.
            if self.writing.hour_marks.contains(&self.lower(letters, end))
                && !is_hyphen(self.at(end))
                && (!self.at(end).is_ascii_digit() || self.digits(end) <= end + 2)
            {
                self.push(from, letters);
                self.push(letters, end);
                return end;
            }
            if self.writing.units.contains(&self.lower(letters, end))
                && !is_hyphen(self.at(end))
                && !self.at(end).is_ascii_digit()
            {
                self.push(from, letters);
                self.push(letters, end);
                return end;
            }
            return self.word(from);
        }
        // "11.01.02." keeps no stop; "1." at the head of a list does not either.
        self.push(from, to);
        to
    }

    /// A word: letters joined by hyphens, apostrophes and inner stops, less its elided head and its clitics.
    fn word(&mut self, from: usize) -> usize {
        let mut to = from + 1;
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
            } else if is_word(next) && (is_hyphen(joint) || self.joins(from, to)) {
                to += 1;
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

    /// Is the word before the apostrophe at `to` really elided here?
    fn elides(&self, from: usize, to: usize) -> bool {
        let next = self.at(to + 1);
        if !next.is_alphabetic() {
            return true;
        }
        let listed = self.lower(from, (to + LONGEST_LISTED).min(self.end()).min(from + LONGEST_LISTED));
        let word: String = listed.chars().take_while(|c| is_word(*c) || *c == '\'' || *c == '-').collect();
        let bare: String = listed.chars().take_while(|c| is_word(*c) || *c == '\'').collect();
        if self.writing.uncut.contains(&word) || self.writing.uncut.contains(&bare) {
            return false;
        }
        let vowel = next.to_lowercase().next().is_some_and(|c| self.writing.elision_before.contains(&c));
        // Abbreviations in capitals are spelled out, and many letters are said with a vowel first.
        let capitals = next.is_uppercase() && !self.at(to + 2).is_lowercase();
        vowel || self.writing.elision_before.is_empty() || capitals
    }

    /// Does a clitic that begins with an apostrophe (as in English) start at `to`?
    fn is_enclitic_apostrophe(&self, to: usize) -> bool {
        let mut end = to + 1;
        while is_word(self.at(end)) && end < to + LONGEST_LISTED {
            end += 1;
        }
        let ending = self.lower(to, end);
        self.writing.clitics.contains(&ending)
    }

    /// Does the mark at `to` join the letters on its sides?
    fn joins(&self, from: usize, to: usize) -> bool {
        let (before, next) = (self.at(to - 1), self.at(to + 1));
        match self.at(to) {
            // "O.U.A.": single capitals; "iphone.fr": a short ending in small letters, or digits as in "1.8.2".
            '.' => {
                let single = to - from == 1 || matches!(self.at(to.saturating_sub(2)), '.' | '-');
                if single && before.is_uppercase() && next.is_uppercase() {
                    return true;
                }
                let mut end = to + 1;
                while end <= to + 4 && self.at(end).is_ascii_lowercase() {
                    end += 1;
                }
                to - from > 1
                    && (3..=4).contains(&(end - to))
                    && !is_word(self.at(end))
                    && before.is_ascii_alphanumeric()
            }
            '&' => before.is_uppercase() && next.is_uppercase(),
            '·' | '•' => before.is_alphabetic() && next.is_lowercase(),
            // Codes with figures stay whole, words do not.
            '/' => before.is_ascii_digit() && next.is_ascii_digit(),
            _ => false,
        }
    }

    /// Does the stop at `to` belong to the word, as in an abbreviation or an initial?
    fn keeps_stop(&self, from: usize, to: usize) -> bool {
        let writing = self.writing;
        let mut next = to + 1;
        while next < to + 8 && next < self.end() && self.at(next).is_whitespace() {
            next += 1;
        }
        let following = self.at(next);
        let word = self.lower(from, to + 1);
        if writing.before_number.contains(&word) && following.is_ascii_digit() {
            return true;
        }
        let last = next >= self.end();
        if writing.titles.contains(&word) {
            return !last;
        }
        if writing.others.contains(&word) {
            return true;
        }
        let before = self.at(to - 1);
        let inner = to - from >= 3
            && matches!(self.at(to - 2), '.' | '-')
            && self.chars[from..to].iter().any(|(_, c)| *c == '.');
        if inner && before.is_uppercase() {
            return true;
        }
        // One capital and a stop: an initial when a name follows, else the end of a sentence ("le plan B. Le").
        if to - from != 1 || !before.is_uppercase() || last {
            return false;
        }
        if self.at(to + 1) == '-' || following.is_ascii_digit() {
            return true;
        }
        if !following.is_uppercase() || next == to + 1 {
            return false;
        }
        let mut end = next;
        while is_word(self.at(end)) && end < next + LONGEST_LISTED {
            end += 1;
        }
        if is_apostrophe(self.at(end)) {
            return !self.writing.elisions.contains(&self.lower(next, end));
        }
        end == next + 1 || !writing.function_words.contains(&self.lower(next, end))
    }

    /// Pushes the word `from..to`, its clitics as tokens of their own.
    fn clitics(&mut self, from: usize, to: usize) {
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
