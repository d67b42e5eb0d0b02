//! A text as a row of small tokens, each with the number of its word in a vocabulary.
//!
//! The finder reads whole pages at the speed of a scan, so its tokens are smaller than those of a sentence: a run of
//! letters, a run of figures, or one sign. Words that no rule holds have the number zero.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Number of a word; zero for every word that no rule holds.
pub(super) type WordId = u16;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Word,
    Figures,
    Sign,
}

/// One token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// First byte.
    pub(super) start: u32,
    /// One past the last byte.
    pub(super) end: u32,
    /// Its word.
    pub(super) id: WordId,
    /// What it is made of.
    pub(super) shape: Shape,
    /// Nothing stands between it and the token before.
    pub(super) glued: bool,
    /// It begins with a capital letter.
    pub(super) capital: bool,
    /// A blank line stands before it.
    pub(super) breaks: bool,
    /// The number, of figures of at most nine places.
    pub(super) number: u32,
}

impl Token {
    /// How many bytes it takes; for figures the number of places.
    pub(super) fn len(&self) -> usize {
        (self.end - self.start) as usize
    }
}

/// A hash for short words, the same on every machine.
#[derive(Debug, Default, Clone)]
pub(super) struct ShortHash(u64);

impl Hasher for ShortHash {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(0x517c_c1b7_2722_0a95);
        }
    }
}

/// The words that rules hold.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    ids: HashMap<Box<str>, WordId, BuildHasherDefault<ShortHash>>,
    longest: usize,
}

impl Vocabulary {
    /// The number of a word in lower case, a new one when it has none.
    pub(super) fn intern(&mut self, word: &str) -> WordId {
        if let Some(&id) = self.ids.get(word) {
            return id;
        }
        let id = WordId::try_from(self.ids.len() + 1).expect("fewer words than 65,535 in the rules");
        self.longest = self.longest.max(word.len());
        self.ids.insert(word.into(), id);
        id
    }

    /// How many numbers there are, zero included.
    pub(super) fn len(&self) -> usize {
        self.ids.len() + 1
    }

    fn find(&self, word: &str) -> WordId {
        self.ids.get(word).copied().unwrap_or(0)
    }

    /// The tokens of a text.
    pub(super) fn scan(&self, text: &str) -> Vec<Token> {
        let mut tokens = Vec::with_capacity(text.len() / 5 + 8);
        scan(text, |token| tokens.push(Token { id: self.word(text, &token), ..token }));
        tokens
    }

    fn word(&self, text: &str, token: &Token) -> WordId {
        let slice = &text[token.start as usize..token.end as usize];
        match token.shape {
            Shape::Figures => 0,
            Shape::Sign if slice == "\u{2019}" => self.find("'"),
            Shape::Sign => self.find(if matches!(slice, "\u{2013}" | "\u{2014}" | "\u{2011}") { "-" } else { slice }),
            Shape::Word if slice.len() > self.longest + 4 => 0,
            Shape::Word => {
                if slice.bytes().all(|b| b.is_ascii_lowercase()) {
                    return self.find(slice);
                }
                let mut buffer = [0_u8; 64];
                let mut len = 0;
                for c in slice.chars().flat_map(char::to_lowercase) {
                    if len + 4 > buffer.len() {
                        return 0;
                    }
                    len += c.encode_utf8(&mut buffer[len..]).len();
                }
                std::str::from_utf8(&buffer[..len]).map_or(0, |folded| self.find(folded))
            }
        }
    }

    /// The tokens of a phrase of a rule file, every word of which gets a number.
    pub(super) fn intern_phrase(&mut self, phrase: &str) -> Vec<WordId> {
        let mut ids = Vec::new();
        scan(phrase, |token| {
            let word = phrase[token.start as usize..token.end as usize].to_lowercase();
            ids.push(self.intern(&word));
        });
        ids
    }
}

/// Cuts a text; the words get no numbers.
fn scan(text: &str, mut push: impl FnMut(Token)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut last_end = usize::MAX;
    let mut newlines = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte.is_ascii_whitespace() {
            newlines += usize::from(byte == b'\n');
            at += 1;
            continue;
        }
        let start = at;
        let mut number = 0_u32;
        let mut capital = byte.is_ascii_uppercase();
        let shape = if byte.is_ascii_digit() {
            while at < bytes.len() && bytes[at].is_ascii_digit() {
                if at - start < 9 {
                    number = number * 10 + u32::from(bytes[at] - b'0');
                }
                at += 1;
            }
            Shape::Figures
        } else if byte.is_ascii_alphabetic() {
            at = letters(text, at + 1);
            Shape::Word
        } else if byte.is_ascii() {
            at += 1;
            Shape::Sign
        } else {
            let c = text[at..].chars().next().unwrap_or('\u{fffd}');
            at += c.len_utf8();
            if c.is_whitespace() {
                continue;
            }
            if c.is_alphabetic() {
                capital = c.is_uppercase();
                at = letters(text, at);
                Shape::Word
            } else {
                Shape::Sign
            }
        };
        push(Token {
            start: start as u32,
            end: at as u32,
            id: 0,
            shape,
            glued: start == last_end,
            capital,
            breaks: newlines > 1,
            number,
        });
        newlines = 0;
        last_end = at;
    }
}

/// The end of a run of letters.
fn letters(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    while at < bytes.len() {
        if bytes[at].is_ascii_alphabetic() {
            at += 1;
        } else if bytes[at].is_ascii() {
            break;
        } else {
            match text[at..].chars().next() {
                Some(c) if c.is_alphabetic() => at += c.len_utf8(),
                _ => break,
            }
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_figures_and_signs_are_parted() {
        let mut vocabulary = Vocabulary::default();
        let summer = vocabulary.intern("été");
        let quote = vocabulary.intern("'");
        let text = "L\u{2019}Été 22h30, 1990s\n\nmi-mai";
        let tokens = vocabulary.scan(text);
        let shown: Vec<&str> = tokens.iter().map(|t| &text[t.start as usize..t.end as usize]).collect();
        assert_eq!(shown, ["L", "\u{2019}", "Été", "22", "h", "30", ",", "1990", "s", "mi", "-", "mai"]);
        assert_eq!((tokens[1].id, tokens[2].id, tokens[0].id), (quote, summer, 0));
        assert!(tokens[4].glued && !tokens[3].glued && tokens[9].breaks && !tokens[7].breaks);
        assert_eq!((tokens[3].number, tokens[7].number), (22, 1990));
    }
}
