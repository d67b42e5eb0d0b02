//! Names made comparable: folded spelling, and the consonant skeleton that transliterations share.

use serde::Deserialize;
use std::sync::OnceLock;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// A name in lower case without accents; apostrophes vanish, every other mark becomes a single space.
#[must_use]
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    fold_into(name, &mut folded);
    folded
}

/// The same into a buffer that is used again: whatever it held goes.
pub fn fold_into(name: &str, folded: &mut String) {
    folded.clear();
    let mut gap = false;
    for c in name.chars() {
        // Most letters of most names need no table. (Marks go, so their order within a letter does not matter.)
        if c.is_ascii_alphanumeric() {
            if gap {
                folded.push(' ');
                gap = false;
            }
            folded.push(c.to_ascii_lowercase());
        } else if c.is_ascii() {
            gap |= !is_apostrophe(c) && !folded.is_empty();
        } else {
            decompose_compatible(c, |part| add(part, folded, &mut gap))
        }
    }
}

fn add(c: char, folded: &mut String, gap: &mut bool) {
    if is_apostrophe(c) || is_combining_mark(c) {
        return;
    }
    if !c.is_alphanumeric() {
        *gap = !folded.is_empty();
        return;
    }
    if *gap {
        folded.push(' ');
        *gap = false;
    }
    match plain(c) {
        Some(letters) => folded.push_str(letters),
        None => folded.extend(c.to_lowercase()),
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʿ' | 'ʾ' | 'ʻ' | 'ʼ' | '`' | '´' | 'ʹ' | '′')
}

/// Letters that carry no separable accent.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'œ' | 'Œ' => "oe",
        'æ' | 'Æ' => "ae",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'ı' => "i",
        'ß' => "ss",
        'ħ' | 'Ħ' => "h",
        'þ' | 'Þ' => "th",
        'ə' | 'Ə' => "e",
        'ɓ' | 'Ɓ' => "b",
        'ɗ' | 'Ɗ' => "d",
        'ƙ' | 'Ƙ' => "k",
        'ŋ' | 'Ŋ' => "ng",
        _ => return None,
    })
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Transliteration {
    articles: Vec<String>,
    replace: Vec<(String, String)>,
    vowels: Vec<(String, String)>,
    dropped: String,
}

fn transliteration() -> &'static Transliteration {
    static TABLE: OnceLock<Transliteration> = OnceLock::new();
    TABLE.get_or_init(|| {
        crate::pack::read(crate::pack::text("gazetteer/transliteration.toml").unwrap_or("")).unwrap_or_default()
    })
}

/// The words of a folded name that are no articles; all of them where nothing else is left.
fn without_articles(folded: &str, between: &str) -> String {
    let article = |word: &str| transliteration().articles.iter().any(|a| a == word);
    let join = |keep: &dyn Fn(&str) -> bool| {
        let mut joined = String::with_capacity(folded.len());
        for (at, word) in folded.split(' ').filter(|w| keep(w)).enumerate() {
            if at > 0 {
                joined.push_str(between);
            }
            joined.push_str(word);
        }
        joined
    };
    let kept = join(&|word| !article(word));
    if kept.is_empty() { join(&|_| true) } else { kept }
}

/// One after the other. Few names hold any of the groups: whether all letters are there at all is asked first.
fn replaced<'t>(mut name: String, groups: impl Iterator<Item = &'t (String, String)>) -> String {
    let mut own = letters(&name);
    for (from, to) in groups {
        let needed = letters(from);
        if own & needed == needed && name.contains(from.as_str()) {
            name = name.replace(from.as_str(), to);
            own = letters(&name);
        }
    }
    name
}

/// The plain small letters of a text as bits.
fn letters(text: &str) -> u32 {
    text.bytes().filter(u8::is_ascii_lowercase).fold(0, |bits, b| bits | 1 << (b - b'a'))
}

/// The consonants of a folded name that transliterations agree on, without articles. Empty when nothing is left.
#[must_use]
pub fn skeleton(folded: &str) -> String {
    let table = transliteration();
    let joined = replaced(without_articles(folded, " "), table.replace.iter());
    let mut bones = String::new();
    let mut last = ' ';
    for c in joined.chars() {
        let begins = last == ' ';
        let doubled = c == last;
        last = c;
        if c == ' ' || doubled {
            continue;
        }
        if table.dropped.contains(c) {
            // The first sound of a word tells "Ain" from "Dain": any first vowel counts as one.
            if begins && c != 'h' && bones.is_empty() {
                bones.push('a');
            } else if begins && c == 'h' {
                bones.push('h');
            }
            continue;
        }
        bones.push(c);
    }
    bones
}

/// A folded name as it sounds, roughly: articles gone, letter groups and vowels in one spelling, nothing doubled.
#[must_use]
pub fn sound(folded: &str) -> String {
    let table = transliteration();
    let joined = replaced(without_articles(folded, ""), table.replace.iter().chain(&table.vowels));
    let mut heard = String::new();
    for (i, c) in joined.chars().enumerate() {
        if (c == 'h' && i > 0) || heard.ends_with(c) {
            continue;
        }
        heard.push(c);
    }
    heard
}

/// How many letters differ (Levenshtein), counted over characters.
#[must_use]
pub fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut left = i + 1;
        let mut diagonal = i;
        for (j, cb) in b.iter().enumerate() {
            let best = (diagonal + usize::from(ca != *cb)).min(left + 1).min(row[j + 1] + 1);
            diagonal = row[j + 1];
            row[j] = left;
            left = best;
        }
        row[b.len()] = left;
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_marks_go() {
        assert_eq!(fold("Aïn-Issa"), "ain issa");
        assert_eq!(fold("Ra's al-‘Ayn"), "ras al ayn");
        assert_eq!(fold("Côte d’Ivoire"), "cote divoire");
    }

    #[test]
    fn a_buffer_is_used_again() {
        let mut buffer = "old".to_owned();
        for (name, folded) in [
            ("Évry", "evry"),
            ("ﬁn — Łódź", "fin lodz"),
            ("…", ""),
            ("한국", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}"),
        ] {
            fold_into(name, &mut buffer);
            assert_eq!(buffer, folded, "{name}");
        }
    }

    #[test]
    fn a_name_of_articles_keeps_them() {
        assert_eq!(skeleton("al"), "al");
        assert_eq!(skeleton("al bab"), skeleton("bab"));
        assert_ne!(skeleton("alab bab"), skeleton("bab"));
    }

    #[test]
    fn spellings_of_one_name_share_their_skeleton() {
        for (a, b) in [
            ("Jarablos", "Jarābulus"),
            ("Khan Cheikhoun", "Khān Shaykhūn"),
            ("Tal Rifaat", "Tall Rif‘at"),
            ("Hodeïda", "Al Ḩudaydah"),
            ("El-Fasher", "Al Fāshir"),
            ("Deir ez-Zor", "Dayr az Zawr"),
        ] {
            assert_eq!(skeleton(&fold(a)), skeleton(&fold(b)), "{a} / {b}");
        }
    }

    #[test]
    fn spellings_of_one_name_sound_alike() {
        for (a, b) in [("Hodeïda", "Al Ḩudaydah"), ("Jarablos", "Jarābulus"), ("Khan Cheikhoun", "Khān Shaykhūn")]
        {
            assert!(distance(&sound(&fold(a)), &sound(&fold(b))) <= 1, "{a} / {b}");
        }
        assert!(distance(&sound(&fold("Derna")), &sound(&fold("Dalian"))) > 1);
    }

    #[test]
    fn distance_counts_letters() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
    }
}
