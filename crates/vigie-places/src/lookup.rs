//! Mentions in running text: what a recogniser took for a place, joined with capitalised words that the lists know.

use crate::candidates::{Match, candidates, head};
use vigie_resources::{LocateWords, Place, PlaceKind, abbreviated, all_places_named, all_places_of, fold};
use vigie_text::Span;

/// A word with a capital letter, or a small one between such words.
#[derive(Clone, Copy)]
struct Word {
    span: Span,
    capital: bool,
}

/// People from which a town counts where a capital letter says nothing.
const LARGE: u32 = 100_000;
/// Most words of a name.
const LONGEST: usize = 5;

/// Mentions of places in a text, disjoint, in text order. `places` are stretches that a recogniser holds for places,
/// `others` those that it holds for persons and bodies; both may be empty.
#[must_use]
pub fn mentions(text: &str, places: &[Span], others: &[Span], words: &LocateWords) -> Vec<Span> {
    let mut out: Vec<Span> = places.iter().copied().filter(|s| s.of(text).chars().any(char::is_alphabetic)).collect();
    let tokens = tokens(text, words);
    let mut at = 0;
    while at < tokens.len() {
        if !tokens[at].capital {
            at += 1;
            continue;
        }
        let found = (1..=LONGEST.min(tokens.len() - at)).rev().find_map(|length| {
            let own = &tokens[at..at + length];
            let span = own[0].span.cover(own[length - 1].span);
            let between = own.windows(2).all(|p| joined(text, p[0].span, p[1].span));
            let named = own[length - 1].capital && between;
            (named && is_place(text, span, others, words)).then_some((span, length))
        });
        match found {
            Some((span, length)) => {
                // "Northern Tamsa" where the recogniser took "Tamsa": the lists know the longer name.
                out.retain(|o| o.len() >= span.len() || !span.contains(*o));
                if out.iter().all(|o| !o.overlaps(span)) {
                    out.push(span);
                }
                at += length;
            }
            None => at += 1,
        }
    }
    out.sort();
    out.dedup();
    let mut kept: Vec<Span> = Vec::new();
    for span in out {
        if kept.last().is_none_or(|last| !last.overlaps(span)) {
            kept.push(span);
        }
    }
    kept
}

fn tokens(text: &str, words: &LocateWords) -> Vec<Word> {
    let mut out = Vec::new();
    let mut start = None;
    let inner = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '.');
    for (i, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match start {
            None if c.is_alphanumeric() => start = Some(i),
            Some(s) if !inner(c) => {
                start = None;
                push(text, s, i, words, &mut out);
            }
            _ => {}
        }
    }
    out
}

/// Adds one written word: without the ending of a possessive, an elided article as a word of its own, and the two
/// ends of "X-Y" as two words unless the whole is a name.
fn push(text: &str, start: usize, end: usize, words: &LocateWords, out: &mut Vec<Word>) {
    let mut word = &text[start..end];
    // "U.S." keeps its last dot, the end of a sentence loses it.
    if word.matches('.').count() == 1 && abbreviated(word).is_none() {
        word = word.trim_end_matches('.');
    }
    word = word.trim_end_matches(['\'', '’', '-']);
    if let Some(at) = word.rfind(['\'', '’'])
        && words.trailing.contains(&fold(&word[at..]))
    {
        word = &word[..at];
    }
    let mut from = start;
    if let Some(at) = word.find(['\'', '’']).filter(|&at| word[..at].chars().count() <= 2) {
        add(text, Span::new(start, start + at), out);
        let sign = word[at..].chars().next().map_or(1, char::len_utf8);
        from = start + at + sign;
        word = &word[at + sign..];
    }
    let capital = |w: &str| w.chars().next().is_some_and(char::is_uppercase);
    let pair = word.split_once('-').filter(|(a, b)| a.len() > 2 && capital(a) && capital(b));
    match pair {
        Some((a, b)) if all_places_named(word).is_empty() => {
            add(text, Span::new(from, from + a.len()), out);
            add(text, Span::new(from + word.len() - b.len(), from + word.len()), out);
        }
        _ => add(text, Span::new(from, from + word.len()), out),
    }
}

fn add(text: &str, span: Span, out: &mut Vec<Word>) {
    // "al-Bab" is a name as well.
    let capital = span.of(text).split('-').any(|part| part.chars().next().is_some_and(char::is_uppercase));
    if !span.is_empty() {
        out.push(Word { span, capital });
    }
}

fn joined(text: &str, a: Span, b: Span) -> bool {
    text.get(a.end()..b.start()).is_some_and(|gap| matches!(gap, " " | "\u{a0}" | "'" | "’"))
}

/// Does nothing, or the end of a sentence, stand before the stretch?
fn begins_sentence(text: &str, span: Span) -> bool {
    let before = text[..span.start()].trim_end_matches([' ', '\u{a0}', '"', '“', '«', '\'', '‘', '(']);
    before.is_empty() || before.ends_with(['.', '!', '?', '\n', ':', '…'])
}

/// Does an article that stands before areas stand right before the stretch?
fn behind_article(text: &str, span: Span, words: &LocateWords) -> bool {
    let before = &text[..span.start()];
    let lead = before.trim_end_matches([' ', '\u{a0}', '\'', '’']);
    let own = lead.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    before.len() > lead.len() && words.articles.contains_key(&fold(own))
}

/// Does the stretch name a place by the lists alone?
fn is_place(text: &str, span: Span, others: &[Span], words: &LocateWords) -> bool {
    let name = span.of(text);
    let key = fold(name);
    if key.len() < 2 || words.common.contains(&key) {
        return false;
    }
    let of_country = !words.countries_of(&key).is_empty() || !words.peoples_of(&key).is_empty();
    if let Some(other) = others.iter().find(|o| o.overlaps(span)) {
        // "the Syrian Army", "Paris Saint-Germain": countries and peoples count inside names of bodies, towns do not.
        return of_country && other.len() > span.len();
    }
    if of_country {
        return name.chars().filter(|c| c.is_alphabetic()).count() > 2
            || name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    }
    if abbreviated(name).is_some() {
        // Postal abbreviations are words as well; only behind a comma are they what they seem.
        let before = text[..span.start()].trim_end();
        return name.ends_with('.') && key.len() > 2 || before.ends_with([',', '(']);
    }
    let opens = begins_sentence(text, span);
    let single = !name.contains([' ', '-']);
    if key.len() < 3 || key.len() < 4 && opens || name.chars().all(char::is_uppercase) && key.len() < 5 {
        return false;
    }
    // "dans le Cantal": a district with an article like that of a country is told as often as a town.
    let article = || behind_article(text, span, words);
    let known = |p: &Place| match p.kind {
        PlaceKind::Country | PlaceKind::Continent | PlaceKind::Region | PlaceKind::Division | PlaceKind::Capital => {
            true
        }
        PlaceKind::Town => p.population >= 15_000 && !p.small,
        PlaceKind::District => name.contains(' ') || words.home.contains(p.country) && article(),
        _ => false,
    };
    // The first word of a sentence has a capital whatever it is, and short names are borne by many things: there only
    // the main name of a large place counts.
    let plain = |p: &Place| {
        known(p)
            && (!(single && opens || key.len() < 4)
                || fold(p.name) == key && (p.kind != PlaceKind::Town || key.len() < 4 || p.population >= LARGE))
    };
    if all_places_of(&key).iter().any(plain) {
        return true;
    }
    // "Lake Tamsa", "Tamsa County" with a kind word and a known rest.
    head(&key, words).is_some()
        && candidates(name, words).places.iter().any(|(p, by)| *by == Match::Stripped && known(p))
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_resources::{Language, locate_words};

    fn found(text: &str) -> Vec<&str> {
        let words = locate_words(Language::from_code("en").unwrap());
        mentions(text, &[], &[], words).into_iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn countries_peoples_and_towns() {
        assert_eq!(found("Syrian troops left Aleppo for the U.S. on Monday."), ["Syrian", "Aleppo", "U.S."]);
        assert_eq!(found("A rally in Atlanta, Ga., was held."), ["Atlanta", "Ga."]);
    }

    #[test]
    fn elided_articles_and_pairs() {
        let words = locate_words(Language::from_code("fr").unwrap());
        let text = "La route Damas-Homs, près d'Idlib et de N'Djamena.";
        let found: Vec<&str> = mentions(text, &[], &[], words).into_iter().map(|s| s.of(text)).collect();
        assert_eq!(found, ["Damas", "Homs", "Idlib", "N'Djamena"]);
    }

    #[test]
    fn a_longer_name_of_the_lists_takes_in_what_a_recogniser_took() {
        let text = "He moved to Western Australia and New Zealand.";
        let words = locate_words(Language::from_code("en").unwrap());
        let of = |word: &str| {
            let at = text.find(word).unwrap();
            Span::new(at, at + word.len())
        };
        let found: Vec<&str> =
            mentions(text, &[of("Australia"), of("New Zealand")], &[], words).into_iter().map(|s| s.of(text)).collect();
        assert_eq!(found, ["Western Australia", "New Zealand"]);
    }

    #[test]
    fn districts_behind_their_article() {
        let words = locate_words(Language::from_code("fr").unwrap());
        let found = |text: &str| mentions(text, &[], &[], words).len();
        assert_eq!(found("Des forêts brûlent dans le Cantal, en Ardèche et dans l'Orne."), 3);
        assert_eq!(found("Monsieur Cantal a vu brûler Ardèche Habitat."), 0);
    }

    #[test]
    fn common_words_are_no_towns() {
        assert!(found("Most people read March reports in The Times.").is_empty());
        assert!(found("Tell us more, or else.").is_empty());
    }

    #[test]
    fn what_a_recogniser_took_for_a_person_is_none() {
        let text = "Paris Jackson sang.";
        let words = locate_words(Language::from_code("en").unwrap());
        assert!(mentions(text, &[], &[Span::new(0, 13)], words).is_empty());
    }
}
