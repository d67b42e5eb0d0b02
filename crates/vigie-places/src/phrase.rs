//! Patterns of words around mentions, and how they fit a text.

use crate::pattern::{ANCHORS, Ask, Entry, Patterns, Piece, WordId};
use vigie_resources::{LocateWords, fold_into};
use vigie_text::Span;

/// A word, a sign or a whole mention.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub(crate) span: Span,
    mention: Option<usize>,
    /// What the patterns know of it.
    entry: Option<&'static Entry>,
    /// The word of a pattern that it is, written so.
    word: Option<WordId>,
    digits: bool,
}

impl Token {
    /// The phrases that may begin with it.
    pub(crate) fn begins<'p>(&self, patterns: &'p Patterns) -> &'p [usize]
    where
        'static: 'p,
    {
        match self.entry {
            _ if self.mention.is_some() => &patterns.by_place,
            _ if self.digits => &patterns.by_digits,
            entry => entry.map_or(&[], |e| &e.begins),
        }
    }
}

/// What a pattern caught.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Caught {
    places: [usize; ANCHORS],
    told: usize,
    pub(crate) side: Option<&'static str>,
    pub(crate) metres: Option<u32>,
    tenths: u32,
}

impl Caught {
    /// The mentions, in order.
    pub(crate) fn places(&self) -> &[usize] {
        &self.places[..self.told]
    }
}

/// A text cut for a search of phrases.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cut<'t> {
    pub(crate) text: &'t str,
    pub(crate) tokens: &'t [Token],
    pub(crate) words: &'t LocateWords,
}

/// Cuts a text; an elided article keeps its apostrophe, a hyphenated word stays whole.
pub(crate) fn tokens(text: &str, mentions: &[Span], patterns: &'static Patterns) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(text.len() / 4);
    let mut folded = String::new();
    let mut at = 0;
    let mut next = 0;
    while at < text.len() {
        next += mentions[next..].iter().take_while(|m| m.start() < at).count();
        if let Some(span) = mentions.get(next).filter(|m| m.start() == at && !m.is_empty()) {
            out.push(Token { span: *span, mention: Some(next), entry: None, word: None, digits: false });
            at = span.end();
            continue;
        }
        let stop = mentions.get(next).map_or(text.len(), |m| m.start());
        let end = at + word(&text[at..stop]);
        let own = &text[at..end];
        if !own.trim().is_empty() {
            fold_into(own, &mut folded);
            let entry = patterns.known(&folded);
            let digits = own.starts_with(|c: char| c.is_ascii_digit());
            let word = entry.and_then(|e| written(own, e));
            out.push(Token { span: Span::new(at, end), mention: None, entry, word, digits });
        }
        at = end;
    }
    out
}

/// The word of a pattern that this is: in lower case, apostrophes straight.
fn written(own: &str, entry: &Entry) -> Option<WordId> {
    if entry.words.is_empty() {
        return None;
    }
    let lower = own.to_lowercase().replace('’', "'");
    entry.words.iter().find(|(word, _)| *word == lower).map(|(_, id)| *id)
}

/// Bytes of the first token.
fn word(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let Some((_, first)) = chars.next() else { return text.len() };
    if !first.is_alphanumeric() {
        return first.len_utf8();
    }
    let digits = first.is_ascii_digit();
    while let Some((at, c)) = chars.next() {
        let inner = chars.peek().is_some_and(|(_, n)| if digits { n.is_ascii_digit() } else { n.is_alphanumeric() });
        let goes_on = if digits {
            c.is_ascii_digit() || matches!(c, '.' | ',') && inner
        } else {
            c.is_alphanumeric() || c == '-' && inner
        };
        if matches!(c, '\'' | '’') && !digits {
            return at + c.len_utf8();
        }
        if !goes_on {
            return at;
        }
    }
    text.len()
}

/// Does the pattern fit at a token? Gives the token behind it and what it caught.
pub(crate) fn fit(pattern: &[Piece], cut: Cut, at: usize) -> Option<(usize, Caught)> {
    step(pattern, cut, at, Caught::default())
}

fn step(pattern: &[Piece], cut: Cut, at: usize, so_far: Caught) -> Option<(usize, Caught)> {
    let Some((piece, rest)) = pattern.split_first() else { return Some((at, so_far)) };
    let with = one(&piece.ask, cut, at, so_far).and_then(|(next, caught)| step(rest, cut, next, caught));
    if piece.optional { with.or_else(|| step(rest, cut, at, so_far)) } else { with }
}

fn one(ask: &Ask, cut: Cut, at: usize, so_far: Caught) -> Option<(usize, Caught)> {
    let token = cut.tokens.get(at)?;
    let mut caught = so_far;
    match ask {
        Ask::Place => {
            *caught.places.get_mut(caught.told)? = token.mention?;
            caught.told += 1;
        }
        Ask::Side => caught.side = Some(token.entry?.side.as_deref()?),
        Ask::Unit => caught.metres = Some((token.entry?.metres? * caught.tenths.max(1)) / 10),
        Ask::Number if token.digits => caught.tenths = tenths(token.span.of(cut.text))?,
        Ask::Number => {
            let (behind, value) = number(cut, at)?;
            caught.tenths = value * 10;
            return Some((behind, caught));
        }
        Ask::Words(words) => {
            if !words.contains(&token.word?) {
                return None;
            }
        }
    }
    Some((at + 1, caught))
}

/// Most words of a number.
const NUMBER: usize = 3;

/// The longest number in words at a token, and the token behind it.
fn number(cut: Cut, at: usize) -> Option<(usize, u32)> {
    cut.tokens.get(at)?.entry.filter(|e| e.number)?;
    let (mut told, mut own, mut found) = (String::new(), String::new(), None);
    for (n, token) in cut.tokens[at..].iter().take(NUMBER).enumerate() {
        fold_into(token.span.of(cut.text), &mut own);
        if token.mention.is_some() || own.is_empty() {
            break;
        }
        if n > 0 {
            told.push(' ');
        }
        told.push_str(&own);
        if let Some(value) = cut.words.numbers.get(&told) {
            found = Some((at + n + 1, *value));
        }
    }
    found
}

/// "2,5" as 25. A comma before three digits parts thousands.
fn tenths(text: &str) -> Option<u32> {
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    if part.len() == 3 {
        return format!("{whole}{part}").parse::<u32>().ok()?.checked_mul(10);
    }
    let first = part.chars().next().and_then(|c| c.to_digit(10)).unwrap_or(0);
    whole.parse::<u32>().ok()?.checked_mul(10)?.checked_add(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_resources::{Language, locate_words};

    /// What the first phrase of French catches: a distance and a side.
    fn caught(text: &str, name: &str) -> Option<Caught> {
        let start = text.find(name).unwrap();
        let french = Language::from_code("fr").unwrap();
        let patterns = Patterns::of(french);
        let tokens = tokens(text, &[Span::new(start, start + name.len())], patterns);
        let cut = Cut { text, tokens: &tokens, words: locate_words(french) };
        (0..tokens.len()).find_map(|at| fit(&patterns.relative[0].1, cut, at)).map(|(_, c)| c)
    }

    #[test]
    fn distances_and_sides() {
        let found = caught("à 2,5 km au nord-est de Tamsa", "Tamsa").unwrap();
        assert_eq!((found.metres, found.side), (Some(2_500), Some("northeast")));
        let found = caught("une dizaine de kilomètres à l’est d’Ouba", "Ouba").unwrap();
        assert_eq!((found.metres, found.side), (Some(10_000), Some("east")));
        assert_eq!(caught("à 10 km au marché de Tamsa", "Tamsa"), None);
        // A number ends where a name or a sign stands.
        let found = caught("cent, deux kilomètres au sud de Tamsa", "Tamsa").unwrap();
        assert_eq!(found.metres, Some(2_000));
        assert_eq!(caught("Tamsa km au sud de là", "Tamsa"), None);
    }

    #[test]
    fn thousands_and_decimals() {
        assert_eq!(
            (tenths("1,200"), tenths("2.5"), tenths("10"), tenths("x")),
            (Some(12_000), Some(25), Some(100), None)
        );
    }
}
