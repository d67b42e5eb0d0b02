//! Punctuation, pictures, and listed signs of several marks.

use super::{LONGEST_LISTED, Tokeniser, is_apostrophe, is_word};

impl Tokeniser<'_> {
    /// Punctuation: one character, or a run of full stops, hyphens or equal signs.
    pub(super) fn mark(&self, i: usize) -> usize {
        let c = self.at(i);
        let mut to = i + 1;
        if c == '+' && self.at(to) == '/' && self.at(to + 1) == '-' {
            to += 2;
        } else if c == '°' && matches!(self.at(to), 'C' | 'F') && !is_word(self.at(to + 1)) {
            to += 1;
        } else if self.writing.runs.contains(&c) {
            while to < self.end() && self.writing.runs.contains(&self.at(to)) {
                to += 1;
            }
        } else if matches!(c, '.' | '-' | '=' | '*' | '~' | '$' | '+') {
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

    /// The end of a sign of several marks that begins here.
    pub(super) fn listed_sign(&self, i: usize) -> Option<usize> {
        let starts =
            |sign: &&String| sign.chars().enumerate().all(|(k, mark)| i + k < self.end() && self.at(i + k) == mark);
        let sign = self.writing.signs.get(&self.at(i))?.iter().find(starts)?;
        let to = i + sign.chars().count();
        // A sign that ends in a letter ("US$" does not) must not cut a word in two.
        (!is_word(self.at(to - 1)) || !is_word(self.at(to))).then_some(to)
    }

    /// The end of a listed word that begins with an apostrophe ("'90s").
    pub(super) fn apostrophe_head(&self, i: usize) -> Option<usize> {
        if self.writing.heads.is_empty() || !is_apostrophe(self.at(i)) || (i > 0 && is_word(self.at(i - 1))) {
            return None;
        }
        let mut to = i + 1;
        while to < i + LONGEST_LISTED && is_word(self.at(to)) {
            to += 1;
        }
        let shape: String = self.lower(i, to).chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        self.writing.heads.contains(&shape).then_some(to)
    }
}
