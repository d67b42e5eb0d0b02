//! Names read word by word, and hashed as the lists hash them.

use vigie_resources::{NameHash, fold};

/// A name that is fed word by word, folded on the way as [`fold`] does it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Reading {
    /// Of what was read so far.
    pub(super) hash: NameHash,
    /// Something was read.
    pub(super) begun: bool,
    /// A space comes before the next letter.
    gap: bool,
}

/// Apostrophes vanish from folded names.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{2bb}'..='\u{2bf}' | '`' | '\u{b4}' | '\u{2b9}' | '\u{2032}')
}

impl Reading {
    fn letter(&mut self, byte: u8) {
        if self.gap {
            self.hash.push(b' ');
            self.gap = false;
        }
        self.begun = true;
        self.hash.push(byte);
    }

    /// Reads the next word.
    pub(super) fn word(&mut self, form: &str) {
        // An apostrophe joins the words on its sides, whichever of them it is written with.
        self.gap &= !form.starts_with(is_apostrophe);
        for c in form.chars() {
            if c.is_ascii_alphanumeric() {
                self.letter(c.to_ascii_lowercase() as u8);
            } else if is_apostrophe(c) {
            } else if c.is_ascii() {
                self.gap |= self.begun;
            } else {
                let bare = crate::features::bare_letter(c);
                if bare.is_ascii() {
                    self.letter(bare.to_ascii_lowercase() as u8);
                } else if c.is_alphanumeric() {
                    let mut buffer = [0; 4];
                    fold(c.encode_utf8(&mut buffer)).bytes().for_each(|b| self.letter(b));
                } else if !unseen(c) {
                    self.gap |= self.begun;
                }
            }
        }
    }

    /// No space before the next word: "d'" and "Ivoire" are "divoire".
    pub(super) fn close(&mut self, form: &str) {
        self.gap = self.begun && !form.ends_with(is_apostrophe);
    }
}

/// Combining accents leave no trace.
fn unseen(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}
