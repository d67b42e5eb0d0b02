//! Lines and ends of lines that are no news: menus, adverts, captions, datelines, note marks, section names.
//! What they look like is data of the language pack.

use crate::document::Why;
use crate::layout::closes;
use crate::span::Span;
use crate::terms::fold;
use vigie_resources::{Language, PageWords, actors_named};

/// Characters of the longest line that a debris phrase can rule out.
const LONGEST_DEBRIS: usize = 180;
/// Characters of the longest dateline before a paragraph.
const LONGEST_DATELINE: usize = 70;
/// Words of the longest section name after a headline.
const LONGEST_SUFFIX: usize = 3;

/// Why this whole line is debris, if it is.
pub(crate) fn debris(text: &str, span: Span, language: Language) -> Option<Why> {
    let line = span.of(text);
    if is_note_mark(line) {
        return Some(Why::NoteMark);
    }
    if line.chars().nth(LONGEST_DEBRIS).is_some() {
        return None;
    }
    let words = language.page_words();
    let folded = fold(line);
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric() && c != '©');
    if bare.is_empty() {
        // Nothing but signs: a rule between parts.
        return Some(Why::Menu);
    }
    if words.menu.contains(bare) || is_menu_bar(&folded, words) {
        return Some(Why::Menu);
    }
    if is_dateline(bare, words) {
        return Some(Why::Dateline);
    }
    if words.advert.iter().any(|p| begins(bare, p)) && is_fragment(line, bare, &words.advert) {
        return Some(Why::Advert);
    }
    let caption = words.caption.iter().any(|p| begins(&folded, p)) && !closes(line);
    // "— Name, function": who said a quotation that stood in a box.
    let signed = line.starts_with(['—', '–']) && !closes(line) && line.split_whitespace().count() <= 14;
    (caption || signed).then_some(Why::Caption)
}

/// A phrase at the beginning of the line, up to a word boundary.
fn begins(line: &str, phrase: &str) -> bool {
    line.strip_prefix(phrase).is_some_and(|rest| {
        let next = rest.chars().next();
        next.is_none_or(|c| !c.is_alphanumeric()) || phrase.ends_with(|c: char| !c.is_alphanumeric())
    })
}

/// An ordinary sentence can begin like an advert; then it is long and closes.
fn is_fragment(line: &str, bare: &str, phrases: &[String]) -> bool {
    let longest = phrases.iter().filter(|p| begins(bare, p)).map(String::len).max().unwrap_or(0);
    let marked = bare[longest..].trim_start().starts_with([':', '|', '»', '>', '-']);
    marked || !line.ends_with(['.', '…']) || line.split_whitespace().count() <= 9
}

fn is_note_mark(line: &str) -> bool {
    let inner = line.trim();
    !inner.is_empty() && note_mark_end(inner).is_some_and(|end| end == inner.len())
}

/// Length of a note mark such as "[12]" at the beginning of `text`.
pub(crate) fn note_mark_end(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('[')?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    ((1..=3).contains(&digits) && rest[digits..].starts_with(']')).then_some(digits + 2)
}

/// Items between bars, all of them short, or known words of navigation only.
fn is_menu_bar(folded: &str, words: &PageWords) -> bool {
    let items: Vec<&str> =
        folded.split(['|', '›', '»', '>', '•', '·', '/']).map(str::trim).filter(|i| !i.is_empty()).collect();
    if items.len() < 2 {
        return false;
    }
    let known = items.iter().filter(|i| words.menu.contains(**i)).count();
    let short = items.iter().all(|i| i.split_whitespace().count() <= 3);
    known * 2 >= items.len() || (short && items.len() >= 4)
}

/// Nothing but numbers, months, weekdays and the words that stand beside them, and at least one date word.
fn is_dateline(bare: &str, words: &PageWords) -> bool {
    let mut dates = 0;
    for word in bare.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let month = words.months.contains(word) || words.weekdays.contains(word);
        let hour =
            digits > 0 && word.len() <= digits + 4 && word[digits..].chars().all(|c| c == 'h' || c.is_ascii_digit());
        if month {
            dates += 1;
        } else if !(hour || words.dateline.contains(word)) {
            return false;
        }
    }
    dates > 0 || is_numeric_date(bare)
}

/// "12/09/2016", "2016-09-12", "12.09.2016", perhaps with an hour.
fn is_numeric_date(bare: &str) -> bool {
    let first = bare.split_whitespace().find(|w| w.starts_with(|c: char| c.is_ascii_digit())).unwrap_or("");
    let parts: Vec<&str> = first.split(['/', '-', '.']).collect();
    parts.len() == 3 && parts.iter().all(|p| matches!(p.len(), 1 | 2 | 4) && p.bytes().all(|b| b.is_ascii_digit()))
}

/// The end of a dateline that stands before a paragraph on the same line ("3 mai 2019. – ", "VASRA, 3 mai (XYZ) - "),
/// as a byte offset into the span's text; 0 when there is none.
pub(crate) fn dateline_prefix(line: &str, language: Language) -> usize {
    let words = language.page_words();
    let head_end = line.char_indices().nth(LONGEST_DATELINE).map_or(line.len(), |(i, _)| i);
    let head = &line[..head_end];
    let Some((at, dash)) = head.char_indices().find(|(i, c)| {
        matches!(c, '—' | '–')
            || (*c == '-' && head[..*i].ends_with(' ') && head[*i + 1..].starts_with([' ', '\u{a0}']))
    }) else {
        return 0;
    };
    let before = head[..at].trim();
    let after = line[at + dash.len_utf8()..].trim_start();
    if before.is_empty() || after.is_empty() || !before.chars().any(char::is_alphanumeric) {
        return 0;
    }
    let folded = fold(before);
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
    // "PLACE (AGENCY)", and the same with its date behind the bracket.
    let bracket = before.find(')').map_or(before, |close| &before[..=close]);
    let behind = fold(before[bracket.len()..].trim_start_matches([',', ' ']));
    let behind = behind.trim_matches(|c: char| !c.is_alphanumeric());
    let agency = bracket.ends_with(')')
        && bracket.rfind('(').is_some_and(|open| is_agency(bracket, open, words))
        && (behind.is_empty() || is_dateline(behind, words));
    let dated = is_dateline(bare, words);
    let placed = is_placed(before, words);
    if agency || dated || placed { line.len() - after.len() } else { 0 }
}

/// "PLACE, date" and "PLACE, Country".
fn is_placed(before: &str, words: &PageWords) -> bool {
    let Some((place, rest)) = before.split_once(',') else { return false };
    if !place.chars().any(char::is_alphabetic) || place.chars().any(char::is_lowercase) {
        return false;
    }
    let dated = rest.split(',').any(|d| is_dateline(fold(d).trim_matches(|c: char| !c.is_alphanumeric()), words));
    let names = rest.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    dated || (names && !vigie_resources::places_named(place).is_empty())
}

/// "Place, date (AGENCY": capitals or a registered name in the bracket, names and dates before it.
fn is_agency(before: &str, open: usize, words: &PageWords) -> bool {
    let inner = &before[open + 1..before.len() - 1];
    let capitals = inner.chars().filter(|c| c.is_uppercase()).count();
    let short = inner.chars().count() <= 24;
    let place = before[..open].split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).all(|word| {
        let folded = fold(word);
        word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || words.months.contains(&folded)
            || words.weekdays.contains(&folded)
            || words.dateline.contains(&folded)
    });
    short && place && (capitals >= 2 || !actors_named(inner.trim()).is_empty())
}

/// The beginning of a section name after a headline (" — Syrie", " | Le Phare"), as an offset; the line's length when none.
pub(crate) fn suffix_start(line: &str) -> usize {
    let Some((at, mark)) = line.char_indices().rev().find(|(_, c)| matches!(c, '—' | '–' | '|')) else {
        return line.len();
    };
    let name = line[at + mark.len_utf8()..].trim();
    let before = line[..at].trim_end();
    let titled = name.chars().next().is_some_and(char::is_uppercase);
    let n = name.split_whitespace().count();
    let spaced = line[..at].ends_with(char::is_whitespace);
    let enough = before.split_whitespace().count() >= 4;
    if titled && spaced && enough && (1..=LONGEST_SUFFIX).contains(&n) && !closes(name) { at } else { line.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(line: &str) -> Option<Why> {
        debris(line, Span::new(0, line.len()), Language::from_code("fr").unwrap())
    }

    #[test]
    fn debris_lines() {
        assert_eq!(why("Lire aussi : la trêve de Vasra"), Some(Why::Advert));
        assert_eq!(why("Abonnez-vous à notre lettre"), Some(Why::Advert));
        assert_eq!(why("Accueil | Monde | Afrique"), Some(Why::Menu));
        assert_eq!(why("Accueil"), Some(Why::Menu));
        assert_eq!(why("3 mai 2019 . –"), Some(Why::Dateline));
        assert_eq!(why("Publié le 03/05/2019 à 18h15"), Some(Why::Dateline));
        assert_eq!(why("© Photo Mevlana"), Some(Why::Caption));
        assert_eq!(why("— Iria Solan, ministre de la Paix"), Some(Why::Caption));
        assert_eq!(why("[3]"), Some(Why::NoteMark));
        assert_eq!(why("* * *"), Some(Why::Menu));
    }

    #[test]
    fn no_debris() {
        for line in [
            "Le sport reste interdit dans la ville assiégée.",
            "Recevez les réfugiés, a demandé le ministre lors d'une conférence de presse à Vasra mardi.",
            "L'armée a repris Vasra",
            "— Nous partirons demain, a dit le général.",
            "Mardi, trois obus sont tombés.",
        ] {
            assert_eq!(why(line), None, "{line}");
        }
    }

    #[test]
    fn prefixes_and_suffixes() {
        let french = Language::from_code("fr").unwrap();
        let cut = |line: &'static str| &line[dateline_prefix(line, french)..];
        assert_eq!(cut("3 mai 2019 . – Deux obus sont tombés."), "Deux obus sont tombés.");
        assert_eq!(cut("VASRA, 3 mai 2019 (XYZ) - Deux obus."), "Deux obus.");
        assert_eq!(cut("Vasra (XYZ) — Deux obus."), "Deux obus.");
        assert_eq!(cut("VASRA (XYZ) 3 mai 2019 - Deux obus."), "Deux obus.");
        assert_eq!(cut("VASRA (XYZ) les rebelles - Deux obus."), "VASRA (XYZ) les rebelles - Deux obus.");
        assert_eq!(cut("Vasra, 3 mai (Reuters) - Deux obus."), "Deux obus.");
        assert_eq!(cut("DAMAS, Syrie — Deux obus."), "Deux obus.");
        assert_eq!(cut("Vasra (encore) - Deux obus."), "Vasra (encore) - Deux obus.");
        assert_eq!(cut("VASRA, les rebelles — Deux obus."), "VASRA, les rebelles — Deux obus.");
        assert_eq!(cut("Le chef – un colonel – est parti."), "Le chef – un colonel – est parti.");
        assert_eq!(cut("L'Union (UNI) avance."), "L'Union (UNI) avance.");
        let line = "Deux obus tombent sur la ville — Vasra";
        assert_eq!(&line[..suffix_start(line)], "Deux obus tombent sur la ville ");
        let line = "La ville – assiégée – attend la trêve";
        assert_eq!(suffix_start(line), line.len());
    }
}
