//! The terms of a block of text: what it is about, as far as words tell. Used to see which blocks belong together.

use crate::span::Span;
use crate::token::{is_apostrophe, tokenise};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use vigie_resources::Language;

/// Letters of a word that are compared: a stem that joins inflections without a list of endings.
const STEM: usize = 6;
/// Terms of one block that are looked at.
const MOST_TERMS: usize = 600;

/// What one block of text is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Terms {
    /// Sorted keys without repetition: `=country`, `^name` or a bare stem.
    pub(crate) keys: Vec<String>,
    /// How many words belong to each topic, in the order of the pack's topic names. A word of `n` topics counts
    /// 12 / n for each.
    pub(crate) topics: Vec<u32>,
    /// Words that are no function words.
    pub(crate) words: usize,
}

/// A word in lower case without accents, so that "État" and "etat" compare equal.
pub(crate) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            c if is_apostrophe(c) => folded.push('\''),
            '\u{2010}' | '\u{2011}' => folded.push('-'),
            c => folded.push(c),
        }
    }
    folded
}

fn stem(folded: &str) -> &str {
    folded.char_indices().nth(STEM).map_or(folded, |(i, _)| &folded[..i])
}

/// The terms of one block.
#[must_use]
pub(crate) fn terms(text: &str, span: Span, language: Language) -> Terms {
    let (writing, table) = (language.writing(), language.topics());
    let mut keys: BTreeMap<String, ()> = BTreeMap::new();
    let mut topics = vec![0; table.names().len()];
    let mut words = 0;
    let mut initial = true;
    for token in tokenise(text, span, language) {
        let word = token.span.of(text).trim_end_matches(is_apostrophe);
        let first = word.chars().next().unwrap_or(' ');
        if !first.is_alphanumeric() {
            // After a stop, a colon or an opening quote a capital proves nothing.
            initial |= !matches!(first, ',' | ';' | '(' | ')' | '-' | '\'' | '’');
            continue;
        }
        let at_start = std::mem::replace(&mut initial, false);
        if !first.is_alphabetic() || word.len() > 60 || writing.function_words.contains(&word.to_lowercase()) {
            continue;
        }
        let folded = fold(word);
        let capitals = word.chars().filter(|c| c.is_uppercase()).count();
        let acronym = capitals >= 2 && capitals * 2 > word.chars().count();
        if folded.len() < 3 && !acronym {
            continue;
        }
        words += 1;
        let of = table.of(&folded);
        for (i, n) in topics.iter_mut().enumerate() {
            *n += if of & (1 << i) != 0 { 12 / of.count_ones() } else { 0 };
        }
        if keys.len() >= MOST_TERMS {
            continue;
        }
        // "syro-turque" is about both.
        let mut known = false;
        for piece in std::iter::once(folded.as_str()).chain(folded.split('-').filter(|_| folded.contains('-'))) {
            if let Some(country) = table.country(piece) {
                keys.insert(format!("={country}"), ());
                known = true;
            }
        }
        if known {
            continue;
        }
        let short = stem(&folded);
        let name = first.is_uppercase() && (!at_start || acronym || (table.common(short) == 0 && of == 0));
        keys.insert(if name { format!("^{folded}") } else { short.to_owned() }, ());
    }
    Terms { keys: keys.into_keys().collect(), topics, words }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    /// Writes `common.tsv`: in how many of 10,000 paragraphs of dated news each term stands. Run by hand.
    #[test]
    #[ignore = "writes a resource; needs the shared news"]
    fn write_common() {
        let root = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let bytes = std::fs::read(root.join("../../../shared/data/news-fr/winer-public.jsonl.xz")).unwrap();
        let mut json = Vec::new();
        lzma_rs::xz_decompress(&mut bytes.as_slice(), &mut json).unwrap();
        let french = Language::from_code("fr").unwrap();
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        let mut paragraphs = 0;
        for line in std::str::from_utf8(&json).unwrap().lines() {
            let story: serde_json::Value = serde_json::from_str(line).unwrap();
            if story["split"] != "train" {
                continue;
            }
            let text = story["text"].as_str().unwrap();
            for paragraph in text.lines().filter(|l| l.len() > 60) {
                paragraphs += 1;
                let at = paragraph.as_ptr() as usize - text.as_ptr() as usize;
                for key in terms(text, Span::new(at, at + paragraph.len()), french).keys {
                    *counts.entry(key).or_default() += 1;
                }
            }
        }
        let mut out = std::fs::File::create(root.join("../../resources/languages/fr/common.tsv")).unwrap();
        writeln!(out, "# In how many of 10,000 paragraphs of news a term stands (=country, ^name, or the first six letters of a word).").unwrap();
        writeln!(out, "# Counted over the training stories of French Wikinews (WiNER-fr, texts CC BY 2.5) by the test `write_common`.").unwrap();
        for (key, n) in counts.iter().filter(|(_, n)| **n >= 8) {
            writeln!(out, "{key}\t{}", (n * 10_000 / paragraphs).max(1)).unwrap();
        }
    }

    #[test]
    fn folding() {
        assert_eq!(fold("Été"), "ete");
        assert_eq!(fold("Œuvre’s"), "oeuvre's");
    }

    #[test]
    fn countries_names_and_stems() {
        let text = "La frontière syro-turque a été fermée, selon Mevlana et la CICR à Damas.";
        let found = terms(text, Span::new(0, text.len()), Language::from_code("fr").unwrap());
        for key in ["=syrie", "=turquie", "^mevlana", "^cicr", "fronti", "fermee"] {
            assert!(found.keys.iter().any(|k| k == key), "{key} in {:?}", found.keys);
        }
    }
}
