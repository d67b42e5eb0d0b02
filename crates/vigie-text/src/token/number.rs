//! Numbers with their separators, ordinal letters, hour marks and units.

use super::{Tokeniser, is_apostrophe, is_hyphen, is_thin, is_word};

impl Tokeniser<'_> {
    /// A minus or plus that belongs to the number after it.
    pub(super) fn is_sign(&self, i: usize) -> bool {
        matches!(self.at(i), '-' | '+' | '−')
            && (i == 0 || matches!(self.at(i - 1), ' ' | '\u{a0}' | '(' | '\n' | '\t'))
    }

    pub(super) fn digits(&self, mut i: usize) -> usize {
        while self.at(i).is_ascii_digit() {
            i += 1;
        }
        i
    }

    /// A number with its separators, ordinal letters and hour marks.
    pub(super) fn number(&mut self, from: usize) -> usize {
        let first = if self.at(from).is_ascii_digit() { from } else { from + 1 };
        let mut to = self.digits(first);
        // Groups of three digits after a space: "250 000"; the first group has one to three digits.
        if self.writing.spaced_numbers && to - first <= 3 {
            while is_thin(self.at(to)) && self.digits(to + 1) == to + 4 && !is_word(self.at(to + 4)) {
                to += 4;
            }
        }
        loop {
            let next = self.at(to + 1).is_ascii_digit();
            match self.at(to) {
                '.' | ',' | '/' | ':' | '\'' | '’' if next => to = self.digits(to + 1),
                '-' | '\u{2011}' if next && self.joins_figures(first, to) => to = self.digits(to + 1),
                _ => break,
            }
        }
        let letters = to;
        if is_apostrophe(self.at(to)) && self.at(to + 1).is_alphabetic() {
            return self.word(from, to);
        }
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
            if self.writing.units.contains(&self.exact(letters, end))
                && !is_hyphen(self.at(end))
                && !self.at(end).is_ascii_digit()
            {
                self.push(from, letters);
                self.push(letters, end);
                return end;
            }
            // "18,000-person": the hyphen is a token here, or the comma would be the word's.
            if !is_hyphen(self.at(letters)) || (!self.writing.cut_hyphens && letters == self.digits(from)) {
                return self.word(from, letters);
            }
        }
        // "11.01.02." keeps no stop; "1." at the head of a list does not either.
        self.push(from, to);
        to
    }

    /// Does the hyphen at `to` stand inside one number? Where hyphens are cut it does in dates and telephone numbers,
    /// which have several or end in a group of four figures, and not in ranges.
    pub(super) fn joins_figures(&self, first: usize, to: usize) -> bool {
        if !self.writing.cut_hyphens {
            return true;
        }
        let end = self.digits(to + 1);
        let several = is_hyphen(self.at(end)) && self.at(end + 1).is_ascii_digit();
        let before = (first..to).any(|i| is_hyphen(self.at(i)));
        several || before || (matches!(to - first, 1 | 3) && end - to == 5)
    }
}
