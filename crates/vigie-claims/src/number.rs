//! Numbers in words and digits, read off folded tokens ("2,5 millions", "vingt et un", "250 000").

use smol_str::SmolStr;
use std::collections::BTreeMap;
use vigie_resources::{Language, NumberFile, PerLanguage, number_file};

/// What one number word does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Cardinal(u64),
    Multiplier(u64),
}

/// The number words of one language, ready to look up.
#[derive(Debug)]
pub(crate) struct Numbers {
    pieces: BTreeMap<&'static str, Piece>,
    and: &'static [String],
    half: &'static [String],
    decimal: char,
    sieve: Sieve,
}

/// Which first bytes and lengths a set of words has: most tokens are refused without a search.
#[derive(Debug, Clone)]
pub(crate) struct Sieve(Box<[u64; 256]>);

impl Sieve {
    /// A sieve that lets these words through.
    pub(crate) fn new<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let mut table = Box::new([0; 256]);
        for word in words {
            if let Some(first) = word.bytes().next() {
                table[usize::from(first)] |= 1 << word.len().min(63);
            }
        }
        Self(table)
    }

    /// False when the word is certainly not in the set.
    pub(crate) fn passes(&self, word: &str) -> bool {
        word.bytes().next().is_some_and(|first| self.0[usize::from(first)] & (1 << word.len().min(63)) != 0)
    }
}

/// A number that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number {
    /// Its value in thousandths.
    pub(crate) milli: u64,
    /// How many tokens it takes.
    pub(crate) len: usize,
    /// It is the word "one", which is also the article.
    pub(crate) is_article: bool,
    /// What its last multiplier multiplies by.
    pub(crate) scale: u64,
    /// It ends in a noun such as "million", behind which the counted noun needs a preposition.
    pub(crate) ends_in_noun: bool,
}

impl Number {
    /// The value, fractions cut off.
    pub(crate) fn floor(self) -> u64 {
        self.milli / 1000
    }

    /// What its last multiplier multiplies by; one without a multiplier.
    pub(crate) fn scale(self) -> u64 {
        self.scale.max(1)
    }

    /// The value, fractions rounded up.
    pub(crate) fn ceiling(self) -> u64 {
        self.milli.div_ceil(1000)
    }
}

/// Lower case, with straight apostrophes.
pub(crate) fn fold(text: &str) -> SmolStr {
    if text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
        return SmolStr::new(text);
    }
    text.chars().flat_map(char::to_lowercase).map(|c| if c == '\u{2019}' { '\'' } else { c }).collect()
}

/// The value of a token of digits in thousandths: `decimal` parts the fraction, spaces and the other of point and comma
/// part thousands.
pub(crate) fn digits(token: &str, decimal: char) -> Option<u64> {
    if !token.starts_with(|c: char| c.is_ascii_digit()) || token.len() > 24 {
        return None;
    }
    let thousands = if decimal == ',' { '.' } else { ',' };
    let (whole, fraction) = match token.split_once(decimal) {
        Some((whole, fraction)) => (whole, fraction),
        None => (token, ""),
    };
    let mut groups = whole.split(|c: char| c == thousands || c.is_whitespace());
    let head = groups.next()?;
    let mut text = head.to_owned();
    let mut grouped = false;
    for group in groups {
        if group.len() != 3 {
            return None;
        }
        grouped = true;
        text.push_str(group);
    }
    if (grouped && head.len() > 3) || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut milli = text.parse::<u64>().ok()?.checked_mul(1000)?;
    for (place, digit) in fraction.bytes().take(3).enumerate() {
        milli = milli.checked_add(u64::from(digit - b'0') * [100, 10, 1][place])?;
    }
    Some(milli)
}

impl Numbers {
    fn new(file: &'static NumberFile) -> Self {
        let mut pieces = BTreeMap::new();
        for (value, words) in &file.cardinal {
            let value = value.parse().expect("cardinals are keyed by their value");
            pieces.extend(words.iter().map(|w| (w.as_str(), Piece::Cardinal(value))));
        }
        for (value, words) in &file.multiplier {
            let value = value.parse().expect("multipliers are keyed by their value");
            pieces.extend(words.iter().map(|w| (w.as_str(), Piece::Multiplier(value))));
        }
        let sieve = Sieve::new(pieces.keys().copied());
        let decimal = file.decimal.chars().next().unwrap_or(',');
        Self { pieces, and: &file.and, half: &file.half, decimal, sieve }
    }

    /// The number words of a language.
    pub(crate) fn of(language: Language) -> &'static Self {
        static ALL: PerLanguage<Numbers> = PerLanguage::new();
        ALL.of(language, |l| Self::new(number_file(l)))
    }

    /// Can a number in words begin with this word?
    pub(crate) fn begins(&self, form: &str) -> bool {
        let known = |word: &str| self.sieve.passes(word) && self.pieces.contains_key(word);
        known(form) || form.split_once('-').is_some_and(|(head, _)| known(head))
    }

    /// The value of a multiplier such as "million".
    pub(crate) fn multiplier(&self, form: &str) -> Option<u64> {
        match self.pieces.get(form) {
            Some(Piece::Multiplier(value)) => Some(*value),
            _ => None,
        }
    }

    /// The pieces of one token: the whole word, or what its hyphens join, longest known pieces first.
    fn pieces(&self, token: &str, into: &mut Vec<Piece>) -> bool {
        if let Some(piece) = self.pieces.get(token) {
            into.push(*piece);
            return true;
        }
        if !token.contains('-') {
            return false;
        }
        let before = into.len();
        let mut rest = token;
        while !rest.is_empty() {
            let ends = rest.match_indices('-').map(|(at, _)| at).chain([rest.len()]);
            let longest = ends.filter(|&end| self.pieces.contains_key(&rest[..end])).fold(None, |_, end| Some(end));
            let Some(end) = longest else {
                let (joint, tail) = rest.split_once('-').unwrap_or((rest, ""));
                if into.len() > before && self.and.iter().any(|a| a == joint) {
                    rest = tail;
                    continue;
                }
                into.truncate(before);
                return false;
            };
            into.push(self.pieces[&rest[..end]]);
            rest = rest[end..].trim_start_matches('-');
        }
        true
    }

    /// The number that begins at token `at`, if one does.
    pub(crate) fn read(&self, forms: &[SmolStr], at: usize) -> Option<Number> {
        let mut total: u64 = 0;
        let mut current: u64 = 0;
        let mut scale: u64 = 1000;
        let mut next = at;
        let mut in_digits = false;
        let mut ends_in_noun = false;
        if let Some(value) = forms.get(at).and_then(|f| digits(f, self.decimal)) {
            current = value;
            in_digits = true;
            next += 1;
        }
        let mut buffer = Vec::new();
        while let Some(form) = forms.get(next) {
            buffer.clear();
            let mut take = 1;
            if !self.pieces(form, &mut buffer) {
                // "vingt et un": the "and" belongs to the number only between a round ten and one or eleven.
                let joins = !in_digits && current > 0 && current.is_multiple_of(10_000) && current % 100_000 >= 20_000;
                let follows = forms.get(next + 1).is_some_and(|f| self.pieces(f, &mut buffer));
                let small = matches!(buffer[..], [Piece::Cardinal(1 | 11)]);
                if !(joins && follows && small && self.and.iter().any(|a| a == form)) {
                    break;
                }
                take = 2;
            }
            let state = (total, current, scale, ends_in_noun);
            let fits = buffer.iter().all(|piece| match *piece {
                Piece::Cardinal(100) => {
                    let fits = current < 100_000 && !in_digits;
                    current = current.max(1000) * 100;
                    fits
                }
                Piece::Cardinal(value) => {
                    let room = current.is_multiple_of(100_000)
                        || (current.is_multiple_of(10_000) && value < 10)
                        || (current.is_multiple_of(20_000) && value < 20);
                    let fits = room && !in_digits;
                    current += value * 1000;
                    ends_in_noun = false;
                    fits
                }
                Piece::Multiplier(value) => {
                    let fits = next > at || value == 1000;
                    total = total.saturating_add(current.max(1000).saturating_mul(value));
                    current = 0;
                    scale = value.saturating_mul(1000);
                    ends_in_noun = value > 1000;
                    in_digits = false;
                    fits
                }
            });
            if !fits {
                (total, current, scale, ends_in_noun) = state;
                break;
            }
            next += take;
        }
        if next == at {
            return None;
        }
        let is = |at: usize, list: &[String]| forms.get(at).is_some_and(|f| list.iter().any(|w| w == f));
        let mut milli = total.saturating_add(current);
        if is(next, self.and) && is(next + 1, self.half) {
            milli = milli.saturating_add(if current == 0 { scale } else { 1000 } / 2);
            next += 2;
        }
        let is_article = next == at + 1 && milli == 1000 && !in_digits && digits(&forms[at], self.decimal).is_none();
        Some(Number { milli, len: next - at, is_article, scale: scale / 1000, ends_in_noun })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<(u64, usize)> {
        let numbers = Numbers::of(Language::from_code("fr").unwrap());
        let forms: Vec<SmolStr> = text.split('|').map(fold).collect();
        numbers.read(&forms, 0).map(|n| (n.milli, n.len))
    }

    #[test]
    fn digits_words_and_both() {
        for (text, milli, len) in [
            ("250\u{202f}000|personnes", 250_000_000, 1),
            ("2.700.000", 2_700_000_000, 1),
            ("2,5|millions|de", 2_500_000_000, 2),
            ("Deux|millions|et|demi", 2_500_000_000, 4),
            ("vingt|et|un|soldats", 21_000, 3),
            ("quatre-vingt-dix-sept", 97_000, 1),
            ("soixante-et-onze", 71_000, 1),
            ("mille|cinq|cents", 1_500_000, 3),
            ("deux|cent|mille", 200_000_000, 3),
            ("trois|mille|deux|cents", 3_200_000, 4),
            ("un|million|et|des", 1_000_000_000, 2),
            ("trois|et|quatre", 3_000, 1),
            ("100|milliards", 100_000_000_000_000, 2),
            ("soixante|dix", 70_000, 2),
            ("cinq|trois", 5_000, 1),
        ] {
            assert_eq!(value(text), Some((milli, len)), "{text}");
        }
        for text in ["soldats", "12/2016", "1234.5", "4-3", "et|un", "million", "-", ""] {
            assert_eq!(value(text), None, "{text}");
        }
    }

    #[test]
    fn no_token_makes_it_panic() {
        let numbers = Numbers::of(Language::from_code("fr").unwrap());
        let words = ["cent", "mille", "vingt", "-", "et", "9999999999999999999999", "1,", "milliards", "demi", "99"];
        for a in words {
            for b in words {
                for c in words {
                    let forms = [a, b, c].map(SmolStr::new);
                    let _ = numbers.read(&forms, 0);
                    let repeated = vec![SmolStr::new(b); 40];
                    let _ = numbers.read(&repeated, 0);
                }
            }
        }
    }
}
