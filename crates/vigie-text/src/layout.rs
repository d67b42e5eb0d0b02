//! Lines of a page to blocks: a block is one paragraph, headline or piece of debris.

use crate::span::Span;

/// One paragraph or line, without the white space around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) span: Span,
    /// No blank line stands before it.
    pub(crate) glued: bool,
    /// More than one blank line or a drawn line stands before it.
    pub(crate) apart: bool,
}

/// Characters of a line that was broken by a column width, not by its writer.
const WRAPPED: std::ops::RangeInclusive<usize> = 30..=120;

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Does the text close here: a final mark, quotes and brackets aside?
pub(crate) fn closes(line: &str) -> bool {
    let bare =
        line.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '»' | '”' | ')' | ']' | '\'' | '’'));
    bare.ends_with(['.', '!', '?', '…', ':', ';', '。', '؟', '।'])
}

/// A line of dashes, stars or the like, which parts what stands above from what stands below.
fn is_drawn(line: &str) -> bool {
    line.chars().nth(2).is_some()
        && line.chars().all(|c| matches!(c, '-' | '*' | '=' | '_' | '—' | '–' | '•' | '~' | '#' | ' '))
}

/// The lines that hold something.
fn lines(text: &str) -> Vec<Line> {
    let mut found: Vec<Line> = Vec::new();
    let mut start = 0;
    let mut breaks = 2;
    let mut carriage = false;
    let mut drawn = false;
    for line in text.split_inclusive(is_break) {
        let body = line.trim();
        if !body.is_empty() {
            let from = start + (line.len() - line.trim_start().len());
            let glued = breaks < 2;
            found.push(Line { span: Span::new(from, from + body.len()), glued, apart: drawn || breaks > 2 });
            breaks = 0;
            drawn = is_drawn(body);
        }
        // "\r\n" is one break.
        breaks += usize::from(!(carriage && line == "\n"));
        carriage = line.ends_with('\r');
        start += line.len();
    }
    found
}

/// The blocks of a page: its lines, those that a column width broke joined again.
pub(crate) fn blocks(text: &str) -> Vec<Line> {
    let lines = lines(text);
    let chars: Vec<usize> = lines.iter().map(|l| l.span.of(text).chars().take(400).count()).collect();
    let starts_small = |l: &Line| l.span.of(text).chars().next().is_some_and(char::is_lowercase);
    // A line that goes on with a small letter shows the width; most lines must keep to it.
    let joins = |i: usize| {
        lines[i].glued
            && starts_small(&lines[i])
            && WRAPPED.contains(&chars[i - 1])
            && !closes(lines[i - 1].span.of(text))
    };
    let broken = (1..lines.len()).filter(|i| joins(*i)).count();
    let width = chars.iter().copied().max().unwrap_or(0);
    let wrapped = broken >= 2 && width <= *WRAPPED.end();
    let mut blocks: Vec<Line> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        // In a wrapped page a line that fills the width goes on, whatever letter follows.
        let full = wrapped && i > 0 && line.glued && chars[i - 1] * 10 >= width * 7;
        match blocks.last_mut() {
            Some(last) if i > 0 && (joins(i) || full) => last.span = last.span.cover(line.span),
            _ => blocks.push(*line),
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let found: Vec<&str> = blocks(text).iter().map(|b| b.span.of(text)).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn one_line_one_block() {
        check("Titre\n\nUn pas.\r\nDeux pas.\n \n", &["Titre", "Un pas.", "Deux pas."]);
        assert!(blocks("Titre\r\n\r\nUn.\r\nDeux.")[2].glued);
        assert!(!blocks("Titre\r\n\r\nUn.\r\nDeux.")[1].glued);
    }

    #[test]
    fn wide_gaps_and_drawn_lines_part() {
        let apart = |text: &str| blocks(text).iter().map(|b| b.apart).collect::<Vec<_>>();
        assert_eq!(apart("Un\n\nDeux\n\n\nTrois\nQuatre"), [false, false, true, false]);
        assert_eq!(apart("Un\r\n\r\n\r\nDeux\r\n\r\nTrois"), [false, true, false]);
        assert_eq!(apart("Un\n* * *\nDeux\n--\nTrois"), [false, false, true, false, false]);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        check(
            "La ville haute a été reprise par les forces du\ngouvernement après trois jours de combats dans le\nquartier de Vasra. Le maire a parlé de\nvictoire.\n\nAutre sujet",
            &[
                "La ville haute a été reprise par les forces du\ngouvernement après trois jours de combats dans le\nquartier de Vasra. Le maire a parlé de\nvictoire.",
                "Autre sujet",
            ],
        );
    }
}
