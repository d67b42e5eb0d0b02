//! Which marks inside or at the end of a word belong to it.

use super::{LONGEST_LISTED, Tokeniser, WIDEST_QUOTE, is_apostrophe, is_hyphen, is_word};

impl Tokeniser<'_> {
    /// Is the word before the apostrophe at `to` really elided here?
    pub(super) fn elides(&self, from: usize, to: usize) -> bool {
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
    pub(super) fn is_enclitic_apostrophe(&self, to: usize) -> bool {
        let mut end = to + 1;
        while is_word(self.at(end)) && end < to + LONGEST_LISTED {
            end += 1;
        }
        let ending = self.lower(to, end);
        self.writing.clitics.contains(&ending)
    }

    /// Does the hyphen at `to` join the letters on its sides?
    pub(super) fn keeps_hyphen(&self, from: usize, to: usize) -> bool {
        let writing = self.writing;
        if !writing.cut_hyphens || writing.prefixes.contains(&self.lower(from, to)) {
            return true;
        }
        let mut end = to;
        while end < from + LONGEST_LISTED && (is_word(self.at(end)) || is_hyphen(self.at(end))) {
            end += 1;
        }
        writing.uncut.contains(&self.lower(from, end))
    }

    /// Does the apostrophe at `to`, after the last letter of a word, belong to the word?
    pub(super) fn keeps_apostrophe(&self, from: usize, to: usize) -> bool {
        if self.writing.tails.is_empty() || self.at(to) == '\u{2018}' {
            return false;
        }
        let near = self.lower(from.max(to.saturating_sub(4)), to + 1);
        self.writing.tails.iter().any(|t| near.ends_with(t.as_str())) && !self.quoting(from)
    }

    /// Has a single quotation mark been opened before `from` and not been closed?
    pub(super) fn quoting(&self, from: usize) -> bool {
        let reach = from.saturating_sub(WIDEST_QUOTE);
        let opens = |i: usize| {
            is_apostrophe(self.at(i))
                && !self.at(i + 1).is_whitespace()
                && (i == 0 || self.at(i - 1).is_whitespace() || matches!(self.at(i - 1), '(' | '[' | '"' | '“'))
        };
        let closes = |i: usize| {
            is_apostrophe(self.at(i)) && !is_word(self.at(i + 1)) && i > 0 && !self.at(i - 1).is_whitespace()
        };
        for i in (reach..from).rev() {
            if closes(i) || self.at(i) == '\n' {
                return false;
            }
            if opens(i) {
                return true;
            }
        }
        false
    }

    /// The end of an ending in brackets ("(s)") that begins at `to`.
    pub(super) fn bracketed_ending(&self, to: usize) -> Option<usize> {
        let longest = self.writing.bracketed.iter().map(|e| e.chars().count()).max()?;
        (to + 3..=to + longest)
            .find(|end| self.at(end - 1) == ')' && self.writing.bracketed.contains(&self.lower(to, *end)))
    }

    /// Does the mark at `to` join the letters on its sides?
    pub(super) fn joins(&self, from: usize, to: usize) -> bool {
        let (before, next) = (self.at(to - 1), self.at(to + 1));
        match self.at(to) {
            // "O.U.A.": single capitals; "iphone.fr": a short ending in small letters, or digits as in "1.8.2".
            '.' => {
                let single = to - from == 1 || matches!(self.at(to.saturating_sub(2)), '.' | '-');
                if (single && before.is_uppercase() && next.is_uppercase()) || self.is_dotted(from, to) {
                    return true;
                }
                if self.is_domain(to) {
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

    /// Do the letters and stops around `to` make an abbreviation of the list ("a.m.")?
    pub(super) fn is_dotted(&self, from: usize, to: usize) -> bool {
        let mut end = to;
        while end < from + LONGEST_LISTED && (is_word(self.at(end)) || self.at(end) == '.') {
            end += 1;
        }
        let word = self.lower(from, end);
        let writing = self.writing;
        [&writing.others, &writing.titles, &writing.before_number].iter().any(|list| list.contains(&word))
    }

    /// Does the stop at `to` belong to the word, as in an abbreviation or an initial?
    pub(super) fn keeps_stop(&self, from: usize, to: usize) -> bool {
        let writing = self.writing;
        let mut next = to + 1;
        while next < to + 8 && next < self.end() && self.at(next).is_whitespace() {
            next += 1;
        }
        let following = self.at(next);
        if self.at(to + 1) == '.' {
            return false;
        }
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
}
