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
    /// Sorted keys without repetition: `=country`, `^name`, `&name_name` of two that stand together, `#number` or a
    /// bare stem.
    pub(crate) keys: Vec<String>,
    /// How many words belong to each topic, in the order of the pack's topic names. A word of `n` topics counts
    /// 12 / n for each.
    pub(crate) topics: Vec<u32>,
    /// Words that are no function words.
    pub(crate) words: usize,
}

/// A word in lower case without accents, so that "État" and "etat" compare equal.
pub(crate) fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.chars().map(|c| if is_apostrophe(c) { '\'' } else { c.to_ascii_lowercase() }).collect();
    }
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

/// The letters of a folded word that are compared.
pub(crate) fn stem(folded: &str) -> &str {
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
    // The last word, when it could be the first of two names.
    let mut before: Option<String> = None;
    for token in tokenise(text, span, language) {
        let word = token.span.of(text).trim_end_matches(is_apostrophe);
        let first = word.chars().next().unwrap_or(' ');
        if !first.is_alphanumeric() {
            // After a stop, a colon or an opening quote a capital proves nothing.
            before = None;
            initial |= !matches!(first, ',' | ';' | '(' | ')' | '-' | '\'' | '’');
            continue;
        }
        let at_start = std::mem::replace(&mut initial, false);
        let one_before = before.take();
        if word.len() > 1
            && word.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
            && keys.len() < MOST_TERMS
        {
            keys.insert(format!("#{word}"), ());
        }
        if !first.is_alphabetic() || word.len() > 60 || writing.function_words.contains(&word.to_lowercase()) {
            continue;
        }
        let folded = fold(word);
        if first.is_uppercase() && word.chars().all(char::is_alphabetic) {
            if let Some(other) = one_before.filter(|_| keys.len() < MOST_TERMS) {
                keys.insert(format!("&{other}_{folded}"), ());
            }
            before = Some(folded.clone());
        }
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

    #[test]
    fn folding() {
        assert_eq!(fold("Été"), "ete");
        assert_eq!(fold("Œuvre’s"), "oeuvre's");
    }

    #[test]
    fn countries_names_and_stems() {
        let text = "La frontière syro-turque a été fermée, selon Mevlana et la CICR à Damas.";
        let found = terms(text, Span::new(0, text.len()), Language::from_code("fr").unwrap());
        let text_of_pairs = "Le 12 mars, Ilan Tarvin, Matek Brod et le Front ont parlé : Solan est mort.";
        let pairs = terms(text_of_pairs, Span::new(0, text_of_pairs.len()), Language::from_code("fr").unwrap()).keys;
        let pairs: Vec<&str> = pairs.iter().map(String::as_str).filter(|k| k.starts_with(['&', '#'])).collect();
        assert_eq!(pairs, ["#12", "&ilan_tarvin", "&matek_brod"]);
        for key in ["=syrie", "=turquie", "^mevlana", "^cicr", "fronti", "fermee"] {
            assert!(found.keys.iter().any(|k| k == key), "{key} in {:?}", found.keys);
        }
    }
}
