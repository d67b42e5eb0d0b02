//! Source lines with marks under the words that matter. News pages have paragraphs of many hundred characters in one
//! line, so a line is folded at spaces to the width of the page and only the folds with marks are shown.

use anstyle::Style;
use std::fmt::Write as _;
use std::ops::Range;
use unicode_width::UnicodeWidthChar;
use vigie_text::Span;

/// One underlined piece of the text.
#[derive(Debug, Clone)]
pub struct Mark {
    /// What is underlined.
    pub span: Span,
    /// The character of the underline, so that marks can be told apart without colours.
    pub sign: char,
    /// Its colour.
    pub style: Style,
    /// What it is, said once at the end of the underline.
    pub label: String,
}

/// Where the text comes from and how wide the page is.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// Shown above the lines.
    pub path: &'a str,
    /// The whole text.
    pub text: &'a str,
    /// Columns for a fold of text.
    pub width: usize,
    /// Style of line numbers and rules.
    pub gutter: Style,
    /// A word beside the path, for instance an id.
    pub beside: &'a str,
}

/// The line number (from 1) of a byte.
#[must_use]
pub fn line_of(text: &str, byte: usize) -> usize {
    text.as_bytes()[..byte.min(text.len())].iter().filter(|b| **b == b'\n').count() + 1
}

/// The source lines of `shown` with their marks. Marks that come later in the list lie above earlier ones; parts of
/// marks outside `shown` are shown with the lines they stand in.
#[must_use]
pub fn render(page: Page, shown: Span, marks: &[Mark]) -> String {
    let whole = marks.iter().fold(shown, |all, m| all.cover(m.span));
    let lines = lines_between(page.text, whole);
    let last = lines.last().map_or(0, |(number, _)| *number);
    let gutter = last.to_string().len();
    let paint = page.gutter;
    let mut out = String::new();
    let first = lines
        .iter()
        .find(|(_, line)| marks.iter().any(|m| touches(m.span, line)))
        .or(lines.first())
        .map_or(1, |(number, _)| *number);
    // Writing to a string cannot fail.
    let beside = if page.beside.is_empty() { String::new() } else { format!("  {paint}{}{paint:#}", page.beside) };
    let _ = writeln!(out, "{:gutter$}{paint}-->{paint:#} {}:{first}{beside}", " ", page.path);
    let mut before: Option<usize> = None;
    let _ = writeln!(out, "{:gutter$} {paint}|{paint:#}", "");
    for (number, line) in &lines {
        let marked: Vec<&Mark> = marks.iter().filter(|m| touches(m.span, line)).collect();
        if marked.is_empty() && !marks.is_empty() {
            continue;
        }
        if before.is_some_and(|before| before + 1 < *number) {
            let _ = writeln!(out, "{paint}{:>gutter$} :{paint:#}", "");
        }
        before = Some(*number);
        fold_line(&mut out, page, shown, (*number, line), &marked, gutter);
    }
    out
}

fn touches(span: Span, line: &Range<usize>) -> bool {
    span.start() < line.end && line.start < span.end()
}

/// Number and byte range (without line end) of every line that the span touches.
fn lines_between(text: &str, span: Span) -> Vec<(usize, Range<usize>)> {
    let start = text[..span.start()].rfind('\n').map_or(0, |at| at + 1);
    let mut number = line_of(text, start);
    let mut lines = Vec::new();
    let mut at = start;
    while at < span.end().max(start + 1) && at <= text.len() {
        let end = text[at..].find('\n').map_or(text.len(), |n| at + n);
        let trimmed = at + text[at..end].trim_end_matches('\r').len();
        lines.push((number, at..trimmed));
        at = end + 1;
        number += 1;
    }
    lines
}

fn fold_line(
    out: &mut String,
    page: Page,
    shown: Span,
    (number, line): (usize, &Range<usize>),
    marks: &[&Mark],
    gutter: usize,
) {
    let paint = page.gutter;
    let folds = folds(page.text, window(page, shown, line, marks), page.width);
    let wanted = |fold: &Range<usize>| marks.is_empty() || marks.iter().any(|m| touches(m.span, fold));
    let last = folds.iter().rposition(wanted).unwrap_or(0);
    let mut told = Vec::new();
    let mut head = format!("{number:>gutter$}");
    let (mut skipped, mut shown_any) = (false, false);
    for (at, fold) in folds.iter().enumerate().take(last + 1) {
        if !wanted(fold) {
            skipped = true;
            continue;
        }
        if std::mem::take(&mut skipped) && shown_any {
            let _ = writeln!(out, "{:gutter$} {paint}|{paint:#} …", "");
        }
        let open = if !std::mem::replace(&mut shown_any, true) && fold.start > line.start { "… " } else { "" };
        let close = if at == last && fold.end < line.end { " …" } else { "" };
        let _ = writeln!(out, "{paint}{head} |{paint:#} {open}{}{close}", visible(&page.text[fold.clone()]));
        head = " ".repeat(gutter);
        if !marks.is_empty() {
            let indent = if open.is_empty() { 0 } else { 2 };
            for rule in underline(page.text, fold, marks, (indent, page.width), &mut told) {
                let _ = writeln!(out, "{:gutter$} {paint}|{paint:#} {rule}", "");
            }
        }
    }
}

/// The part of a line that is worth folding: all of it when it is short, else the sentence and the marks.
fn window(page: Page, shown: Span, line: &Range<usize>, marks: &[&Mark]) -> Range<usize> {
    if columns(&page.text[line.clone()]) <= page.width {
        return line.clone();
    }
    let whole = marks.iter().fold(shown, |all, m| all.cover(m.span));
    whole.start().max(line.start)..whole.end().min(line.end).max(whole.start().max(line.start))
}

/// Cuts a range at spaces into pieces of at most `width` columns; a longer word is cut where the width ends.
fn folds(text: &str, range: Range<usize>, width: usize) -> Vec<Range<usize>> {
    let width = width.max(20);
    let mut folds = Vec::new();
    let (mut start, mut used, mut space) = (range.start, 0, None);
    for (offset, c) in text[range.clone()].char_indices() {
        let at = range.start + offset;
        used += width_of(c);
        if used > width && at > start {
            let cut = space.filter(|s| *s > start).unwrap_or(at);
            folds.push(start..cut);
            start = if text[cut..].starts_with(' ') { cut + 1 } else { cut };
            used = columns(&text[start..at]) + width_of(c);
            space = None;
        }
        if c == ' ' {
            space = Some(at);
        }
    }
    if start < range.end || folds.is_empty() {
        folds.push(start..range.end);
    }
    folds
}

/// The row under a fold: signs under the marked columns, then the names of the marks that begin here; the names get a
/// row of their own where the first has no room for them.
fn underline(
    text: &str,
    fold: &Range<usize>,
    marks: &[&Mark],
    (indent, width): (usize, usize),
    told: &mut Vec<String>,
) -> Vec<String> {
    let mut cells: Vec<Option<&Mark>> = vec![None; indent];
    for (offset, c) in text[fold.clone()].char_indices() {
        let at = fold.start + offset;
        let mark = marks.iter().rev().find(|m| m.span.start() <= at && at < m.span.end()).copied();
        cells.extend(std::iter::repeat_n(mark, width_of(c)));
    }
    let used = cells.iter().rposition(Option::is_some).map_or(0, |at| at + 1);
    let mut row = String::new();
    for cell in &cells[..used] {
        match cell {
            Some(mark) => {
                let _ = write!(row, "{}{}{:#}", mark.style, mark.sign, mark.style);
            }
            None => row.push(' '),
        }
    }
    let mut here: Vec<&&Mark> = marks.iter().filter(|m| touches(m.span, fold)).collect();
    here.sort_by_key(|m| (m.span.start(), m.span.end()));
    here.retain(|mark| {
        let new = !mark.label.is_empty() && !told.contains(&mark.label);
        if new {
            told.push(mark.label.clone());
        }
        new
    });
    if here.is_empty() {
        return vec![row];
    }
    let plain: usize = here.iter().map(|m| columns(&m.label) + 2).sum();
    let names: Vec<String> = here.iter().map(|m| format!("{}{}{:#}", m.style, m.label, m.style)).collect();
    let names = names.join(", ");
    if used + plain > width + indent {
        let indent = " ".repeat((width + indent).saturating_sub(plain));
        return vec![row, format!("{indent}{names}")];
    }
    row.push(' ');
    row.push_str(&names);
    vec![row]
}

fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn width_of(c: char) -> usize {
    // A control character is shown as a space.
    c.width().unwrap_or(1)
}

/// Columns that a text takes on a terminal.
#[must_use]
pub fn columns(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

#[cfg(test)]
mod tests {
    use super::{Mark, Page, render};
    use anstyle::Style;
    use vigie_text::Span;

    fn check(text: &str, width: usize, words: &[(&str, char, &str)], expect: &str) {
        let marks: Vec<Mark> = words
            .iter()
            .map(|(word, sign, label)| {
                let at = text.find(word).expect("the word stands in the text");
                let span = Span::new(at, at + word.len());
                Mark { span, sign: *sign, style: Style::new(), label: (*label).to_owned() }
            })
            .collect();
        let page = Page { path: "p.txt", text, width, gutter: Style::new(), beside: "" };
        let shown = marks.iter().map(|m| m.span).reduce(Span::cover).unwrap_or(Span::new(0, text.len()));
        assert_eq!(render(page, shown, &marks), expect.trim_start_matches('\n'), "in {text:?}");
    }

    #[test]
    fn marks_stand_under_their_words_whatever_the_width_of_letters() {
        check(
            "Titre\nÉlan pris à 東京 hier\n",
            60,
            &[("pris", '~', "trigger"), ("東京", '=', "place"), ("hier", '-', "when")],
            "
 --> p.txt:2
  |
2 | Élan pris à 東京 hier
  |      ~~~~   ==== ---- trigger, place, when
",
        );
    }

    #[test]
    fn a_long_line_is_folded_and_folds_without_marks_are_left_out() {
        check(
            "aaaa bbbb cccc dddd eeee ffff gggg hhhh iiii jjjj kkkk llll mmmm nnnn",
            20,
            &[("bbbb", '^', "actor"), ("kkkk", '~', "trigger")],
            "
 --> p.txt:1
  |
1 | … bbbb cccc dddd eeee
  |   ^^^^ actor
  | …
  | jjjj kkkk …
  |      ~~~~ trigger
",
        );
    }

    #[test]
    fn marks_on_two_lines_show_both_and_the_gap() {
        check(
            "un\ndeux\ntrois\r\nquatre",
            60,
            &[("un", '^', "a"), ("trois", '~', "b")],
            "
 --> p.txt:1
  |
1 | un
  | ^^ a
  :
3 | trois
  | ~~~~~ b
",
        );
    }

    #[test]
    fn names_that_have_no_room_get_a_row_of_their_own() {
        check(
            "aaaa bbbb cccc dddd",
            20,
            &[("aaaa", '^', "actor"), ("dddd", '~', "trigger")],
            "
 --> p.txt:1
  |
1 | aaaa bbbb cccc dddd
  | ^^^^           ~~~~
  |     actor, trigger
",
        );
    }

    #[test]
    fn an_empty_text_is_shown_without_a_panic() {
        check("", 60, &[], "\n --> p.txt:1\n  |\n1 | \n");
    }
}
