//! What the network sees of a word: hashed numbers for its form, its affixes, its letter groups, its shape, and for
//! what the lexicon says of it.

use smol_str::{SmolStr, SmolStrBuilder};
use vigie_resources::Lexicon;

/// Families of features; each has its own table of vectors.
pub(crate) const FAMILIES: usize = 5;
/// The family of what the lexicon says.
pub(crate) const READINGS: usize = 4;

/// Rows of the table of places: styles, the sentence's first word, and one for each mark of the registers.
pub(crate) const PLACES: usize = 32;
/// Annotation styles that can be told apart.
pub(crate) const STYLES: u32 = 12;
/// The style of a parse that is not told which to follow.
#[cfg(feature = "train")]
pub const ANY_STYLE: u32 = STYLES - 1;
/// Row of the sentence's first word.
const FIRST: u32 = STYLES;
/// Row of the first mark.
const MARKS: u32 = 16;

/// Hashed features of one word as it is written: `ids[f]` index the table of family `f`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct WordFeatures {
    /// Word, affixes, letter groups, shape, readings in the lexicon.
    pub(crate) ids: [Vec<u32>; FAMILIES],
}

/// Rows of the table of places for one word: the annotation style that the parse shall follow, whether it is the
/// sentence's `first` word, and the `marks` that the registers put on it, a bit each.
pub(crate) fn places(style: u32, first: bool, marks: u16) -> impl Iterator<Item = u32> {
    let first = first.then_some(FIRST);
    let marks = (0..16).filter(move |bit| marks >> bit & 1 == 1).map(|bit| MARKS + bit);
    std::iter::once(style.min(STYLES - 1)).chain(first).chain(marks)
}

/// FNV-1a over the bytes, begun from a seed that keeps the kinds of features apart.
fn hash(kind: u64, bytes: &[u8]) -> u64 {
    let mut h = 0xcbf2_9ce4_8422_2325u64 ^ kind.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for &b in bytes {
        h = (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
    }
    h ^= h >> 32;
    h = h.wrapping_mul(0xd6e8_feb8_6659_fd93);
    h ^ (h >> 32)
}

fn bucket(kind: u64, text: &str, rows: u32) -> u32 {
    (hash(kind, text.as_bytes()) % u64::from(rows)) as u32
}

/// Lower case with one way to write apostrophes, quotes, dashes, ellipses, spaces and ligatures.
pub fn normal_form(form: &str) -> SmolStr {
    let mut out = SmolStrBuilder::new();
    for c in form.chars().flat_map(char::to_lowercase) {
        match c {
            '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' | '\u{2032}' => out.push('\''),
            '\u{ab}' | '\u{bb}' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' => out.push('"'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
            '\u{2026}' => out.push_str("..."),
            '\u{153}' => out.push_str("oe"),
            '\u{e6}' => out.push_str("ae"),
            '\u{a0}' | '\u{202f}' | '\u{2009}' => out.push(' '),
            _ => out.push(c),
        }
    }
    out.finish()
}

/// The letter without its accent (Latin letters only).
pub(crate) fn bare_letter(c: char) -> char {
    match c {
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        'ý' | 'ÿ' => 'y',
        'À'..='Å' => 'A',
        'Ç' => 'C',
        'È'..='Ë' => 'E',
        'Ì'..='Ï' => 'I',
        'Ñ' => 'N',
        'Ò'..='Ö' => 'O',
        'Ù'..='Ü' => 'U',
        _ => c,
    }
}

/// Letter classes of the form, runs cut at three: "Al-Bab" is `Xx-Xxx`, "250 000" is `ddd ddd`.
fn shape(form: &str) -> String {
    let mut out = String::new();
    let mut run = 0;
    let mut last = ' ';
    for c in form.chars() {
        let class = if c.is_uppercase() {
            'X'
        } else if c.is_alphabetic() {
            'x'
        } else if c.is_numeric() {
            'd'
        } else {
            c
        };
        run = if class == last { run + 1 } else { 1 };
        last = class;
        if run <= 3 {
            out.push(class);
        }
    }
    out
}

/// What the lexicon says of a form in normal form: each reading, and all of them together; a row of its own for a form
/// that is not listed.
fn readings(normal: &str, lexicon: &Lexicon, rows: u32) -> Vec<u32> {
    let mut tags: Vec<&str> = lexicon.entries(normal).map(|entry| entry.tag).collect();
    tags.sort_unstable();
    tags.dedup();
    let mut out = vec![bucket(50, &tags.join(" "), rows)];
    out.extend(tags.iter().map(|tag| bucket(51, tag, rows)));
    out
}

/// Features of a word; `rows` are the sizes of the tables.
pub(crate) fn word_features(form: &str, rows: [u32; FAMILIES], lexicon: Option<&Lexicon>) -> WordFeatures {
    let lower = normal_form(form);
    let bare: String = lower.chars().map(bare_letter).collect();
    let mut ids: [Vec<u32>; FAMILIES] = Default::default();
    ids[0] = vec![bucket(1, &lower, rows[0]), bucket(2, &bare, rows[0])];
    let letters: Vec<(usize, char)> = lower.char_indices().collect();
    let n = letters.len();
    let at = |i: usize| letters.get(i).map_or(lower.len(), |x| x.0);
    for length in 1..=5usize.min(n) {
        ids[1].push(bucket(10 + length as u64, &lower[at(n - length)..], rows[1]));
        if length <= 4 {
            ids[1].push(bucket(20 + length as u64, &lower[..at(length)], rows[1]));
        }
    }
    let framed: Vec<char> = std::iter::once('<').chain(bare.chars().take(24)).chain(std::iter::once('>')).collect();
    let mut group = String::new();
    for size in 3..=5usize {
        for window in framed.windows(size) {
            group.clear();
            group.extend(window);
            ids[2].push(bucket(30, &group, rows[2]));
        }
    }
    ids[3] = vec![bucket(40, &shape(form), rows[3])];
    if form.contains('\u{ab}') || form.contains('\u{201c}') {
        ids[3].push(bucket(43, "open", rows[3]));
    } else if form.contains('\u{bb}') || form.contains('\u{201d}') {
        ids[3].push(bucket(43, "close", rows[3]));
    }
    if let Some(lexicon) = lexicon {
        ids[READINGS] = readings(&lower, lexicon, rows[READINGS]);
    }
    WordFeatures { ids }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_does_not_change_a_word() {
        assert_eq!(normal_form("L\u{2019}"), normal_form("l'"));
        assert_eq!(normal_form("\u{ab}"), normal_form("\""));
        assert_eq!(normal_form("Cœur"), "coeur");
    }

    #[test]
    fn shapes_are_short() {
        assert_eq!(shape("Alep"), "Xxxx");
        assert_eq!(shape("12 000"), "dd ddd");
    }

    #[test]
    fn an_empty_form_has_features() {
        let features = word_features("", [16; FAMILIES], None);
        assert!(!features.ids[3].is_empty());
    }
}
