//! The line that opens a dispatch with its full date ("18 March 2014. –").

use super::pattern::Grammar;
use crate::number::fold;
use jiff::civil::Date;
use smol_str::SmolStr;
use vigie_resources::Language;
use vigie_text::{Span, tokenise};

/// How many lines from the top may hold it.
const LINES: usize = 12;
/// How many bytes of a line are read.
const REACH: usize = 160;

/// The first full date that opens one of the first lines, after at most a place name, and is followed by a dash, a
/// colon or the end of the line. Used as the day of publication where nobody gave one.
#[must_use]
pub fn dateline(text: &str, language: Language) -> Option<(Date, Span)> {
    let grammar = Grammar::of(language);
    let mut start = 0;
    for line in text.split_inclusive('\n').take(LINES) {
        let from = start;
        start += line.len();
        let mut reach = line.trim_end().len().min(REACH);
        while !line.is_char_boundary(reach) {
            reach -= 1;
        }
        if reach == 0 {
            continue;
        }
        let tokens = tokenise(text, Span::new(from, from + reach), language);
        let forms: Vec<SmolStr> = tokens.iter().map(|t| fold(t.span.of(text))).collect();
        for at in 0..forms.len().min(6) {
            let Some(found) = grammar.match_at(&forms, at, &|_| false) else { continue };
            let value = grammar.rule(found.rule).value.as_str();
            let get = |slot| found.captures.get(slot);
            let (Some(year), Some(month), Some(day)) = (get("year"), get("month"), get("day")) else { break };
            if !matches!(value, "date" | "numeric") {
                break;
            }
            let closing = |t: &SmolStr| !t.chars().any(char::is_alphanumeric) && t != ",";
            let ends = forms.get(found.end).is_none_or(closing);
            // Before it stands nothing but a place, that is no word in lower case.
            let leads = tokens[..at].iter().all(|t| !t.span.of(text).starts_with(char::is_lowercase));
            if !ends || !leads {
                break;
            }
            let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
            return Some((date, tokens[found.first].span.cover(tokens[found.end - 1].span)));
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
    }
}
