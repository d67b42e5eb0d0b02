//! The line that opens a dispatch with its full date ("18 March 2014. –").

use crate::expression::{Counted, Search, Sight, Telling};
use jiff::civil::Date;
use vigie_resources::Language;
use vigie_text::Span;

/// How many lines from the top may hold it.
const LINES: usize = 12;
/// How many bytes of a line are read.
const REACH: usize = 160;
/// How many words the name of a place before it may have.
const LEAD: usize = 6;

/// The first full date that opens one of the first lines, after at most a place name, and is followed by a dash, a
/// colon or the end of the line. Used as the day of publication where nobody gave one.
#[must_use]
pub fn dateline(text: &str, language: Language) -> Option<(Date, Span)> {
    let mut start = 0;
    for line in text.split_inclusive('\n').take(LINES) {
        let from = start;
        start += line.len();
        let mut reach = line.trim_end().len().min(REACH);
        while !line.is_char_boundary(reach) {
            reach -= 1;
        }
        let search = Search::of(&line[..reach], language);
        let sights = vec![Sight::Unknown; search.spans().len()];
        let found = search.resolve(None, Telling::News, &sights);
        let Some(first) = found.into_iter().flatten().next() else { continue };
        let day = first.value.split('T').next().and_then(|day| day.parse::<Date>().ok());
        let Some(date) = day.filter(|_| first.counted == Counted::Absolute && first.modifier.is_none()) else {
            continue;
        };
        let ends = line[first.span.end()..].chars().find(|c| !c.is_whitespace());
        // Before it stands nothing but a place, that is no word in lower case.
        let mut before = line[..first.span.start()].split(|c: char| !c.is_alphanumeric());
        if before.clone().filter(|w| !w.is_empty()).count() <= LEAD
            && before.all(|word| !word.starts_with(char::is_lowercase))
            && ends.is_none_or(|c| !c.is_alphanumeric() && c != ',')
        {
            return Some((date, Span::new(from + first.span.start(), from + first.span.end())));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::dateline;
    use jiff::civil::date;
    use vigie_resources::Language;

    #[test]
    fn a_dateline_opens_a_line_and_says_its_year() {
        let french = Language::from_code("fr").unwrap();
        for text in
            ["Titre\n\n4 mars 2014 . –\nLe texte.", "Titre\n\nGao, 4 mars 2014 – Le texte.", "04/03/2014\n\nLe texte."]
        {
            assert_eq!(dateline(text, french).map(|d| d.0), Some(date(2014, 3, 4)), "{text}");
        }
        for text in ["Le 4 mars 2014, la ville tombe.", "4 mars . – Le texte", "Le siège du 4 mars 2014 a duré.", ""]
        {
            assert_eq!(dateline(text, french), None, "{text}");
        }
        let english = Language::from_code("en").unwrap();
        assert_eq!(dateline("Title\n\nGao, March 4, 2014 – The text.", english).map(|d| d.0), Some(date(2014, 3, 4)));
    }
}
