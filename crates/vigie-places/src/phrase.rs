//! Patterns of words around mentions, and how they fit a text.

use vigie_resources::LocateWords;
use vigie_text::Span;

/// A word, a sign or a whole mention.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) span: Span,
    /// In lower case, apostrophes straight.
    text: String,
    mention: Option<usize>,
}

/// What a pattern caught.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Caught {
    pub(crate) places: Vec<usize>,
    pub(crate) side: Option<String>,
    pub(crate) metres: Option<u32>,
    tenths: u32,
}

/// Cuts a text; an elided article keeps its apostrophe, a hyphenated word stays whole.
pub(crate) fn tokens(text: &str, mentions: &[Span]) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let next = mentions.partition_point(|m| m.start() < at);
        if let Some(span) = mentions.get(next).filter(|m| m.start() == at && !m.is_empty()) {
            out.push(Token { span: *span, text: String::new(), mention: Some(next) });
            at = span.end();
            continue;
        }
        let stop = mentions.get(next).map_or(text.len(), |m| m.start());
        let end = at + word(&text[at..stop]);
        let own = &text[at..end];
        if !own.trim().is_empty() {
            let lower = own.to_lowercase().replace('’', "'");
            out.push(Token { span: Span::new(at, end), text: lower, mention: None });
        }
        at = end;
    }
    out
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
pub(crate) fn fit(pattern: &str, tokens: &[Token], at: usize, words: &LocateWords) -> Option<(usize, Caught)> {
    let pieces: Vec<&str> = pattern.split(' ').collect();
    step(&pieces, tokens, at, words, &Caught::default())
}

fn step(pieces: &[&str], tokens: &[Token], at: usize, words: &LocateWords, so_far: &Caught) -> Option<(usize, Caught)> {
    let Some((piece, rest)) = pieces.split_first() else { return Some((at, so_far.clone())) };
    if let Some(inner) = piece.strip_prefix('(').and_then(|p| p.strip_suffix(')')) {
        let with = one(inner, tokens, at, words, so_far).and_then(|(next, c)| step(rest, tokens, next, words, &c));
        return with.or_else(|| step(rest, tokens, at, words, so_far));
    }
    let (next, caught) = one(piece, tokens, at, words, so_far)?;
    step(rest, tokens, next, words, &caught)
}

fn one(piece: &str, tokens: &[Token], at: usize, words: &LocateWords, so_far: &Caught) -> Option<(usize, Caught)> {
    let token = tokens.get(at)?;
    let mut caught = so_far.clone();
    match piece {
        "<place>" => caught.places.push(token.mention?),
        "<side>" => caught.side = Some(words.side(&token.text).filter(|_| token.mention.is_none())?.to_owned()),
        "<unit>" => caught.metres = Some((words.metres(&token.text)? * caught.tenths.max(1)) / 10),
        "<n>" => {
            if token.text.starts_with(|c: char| c.is_ascii_digit()) {
                caught.tenths = tenths(&token.text)?;
            } else {
                let told = |n: usize| -> Option<u32> {
                    let own: Vec<&str> = tokens.get(at..at + n)?.iter().map(|t| t.text.as_str()).collect();
                    words.number(&own.join(" "))
                };
                let (n, value) = (1..=3).rev().find_map(|n| Some((n, told(n)?)))?;
                caught.tenths = value * 10;
                return Some((at + n, caught));
            }
        }
        other => {
            if token.mention.is_some() || !other.split('|').any(|w| w == token.text) {
                return None;
            }
        }
    }
    Some((at + 1, caught))
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

    fn caught(pattern: &str, text: &str, name: &str) -> Option<Caught> {
        let start = text.find(name).unwrap();
        let tokens = tokens(text, &[Span::new(start, start + name.len())]);
        let words = locate_words(Language::from_code("fr").unwrap());
        (0..tokens.len()).find_map(|at| fit(pattern, &tokens, at, words)).map(|(_, c)| c)
    }

    #[test]
    fn distances_and_sides() {
        let pattern = "<n> <unit> au|à (l') <side> de|d' <place>";
        let found = caught(pattern, "à 2,5 km au nord-est de Tamsa", "Tamsa").unwrap();
        assert_eq!((found.metres, found.side.as_deref()), (Some(2_500), Some("northeast")));
        let found = caught(pattern, "une dizaine de kilomètres à l’est d’Ouba", "Ouba").unwrap();
        assert_eq!((found.metres, found.side.as_deref()), (Some(10_000), Some("east")));
        assert_eq!(caught(pattern, "à 10 km au marché de Tamsa", "Tamsa"), None);
    }

    #[test]
    fn thousands_and_decimals() {
        assert_eq!(
            (tenths("1,200"), tenths("2.5"), tenths("10"), tenths("x")),
            (Some(12_000), Some(25), Some(100), None)
        );
    }
}
