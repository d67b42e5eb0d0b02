//! Web and mail addresses, servers' names.

use super::{LONGEST_LISTED, Tokeniser, is_word};

impl Tokeniser<'_> {
    /// The end of a web or mail address that begins here.
    pub(super) fn address(&self, i: usize) -> Option<usize> {
        if i > 0 && is_word(self.at(i - 1)) {
            return None;
        }
        let c = self.at(i);
        if !c.is_ascii_alphanumeric() {
            return None;
        }
        let starts =
            |scheme: &str| scheme.chars().enumerate().all(|(k, letter)| self.at(i + k).eq_ignore_ascii_case(&letter));
        if !["http://", "https://", "www."].into_iter().any(starts) {
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

    pub(super) fn mail(&self, i: usize) -> Option<usize> {
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
        ((dots > 0 || self.at(at + 1).is_alphabetic()) && to > at + 1).then_some(to)
    }

    /// Do the stop at `to` and what follows make the rest of a server's name ("news.example.org")?
    pub(super) fn is_domain(&self, to: usize) -> bool {
        let (mut end, mut dots, mut last) = (to, 0, to);
        while end < to + 2 * LONGEST_LISTED {
            match self.at(end) {
                '.' if self.at(end + 1).is_ascii_alphanumeric() => (dots, last) = (dots + 1, end),
                c if c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' => {}
                _ => break,
            }
            end += 1;
        }
        let before = (1..=LONGEST_LISTED).take_while(|k| *k <= to && self.at(to - k).is_ascii_alphanumeric()).count();
        let named = before > 1 && (to > before && self.at(to - before - 1) == '.' || dots > 1);
        named && (2..=4).contains(&(end - last - 1)) && (last + 1..end).all(|i| self.at(i).is_ascii_lowercase())
    }
}
