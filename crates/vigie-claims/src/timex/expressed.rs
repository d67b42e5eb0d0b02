//! The times of a language whose rules are those of the finder of expressions (`[[expression]]`): its TIMEX3 values as
//! calendar days, with the prepositions and the place in the parse that events are dated by.

use super::clause::Direction;
use super::pattern::Grammar;
use super::{Timex, TimexKind, WordsOfTokens, bound, folded, head_of, preposition};
use crate::claim::Grain;
use crate::expression::{Expression, ExpressionType, Telling, expressions};
use crate::period::{Days, Edge, Unit, plus_days};
use crate::reading::Reading;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use vigie_syntax::Parse;
use vigie_text::{Sentence, Span};

/// The expressions of time of every sentence of the story.
pub(super) fn sentences(reading: &Reading, grammar: &Grammar) -> Vec<Vec<Timex>> {
    let lines = &reading.story.sentences;
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return Vec::new() };
    let from = first.span.start();
    let text = &reading.text[from..last.span.end().max(from)];
    let found = expressions(text, reading.language(), reading.published, Telling::Guess);
    let empty = Parse::default();
    let mut out = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        let parse = reading.parses.get(index).unwrap_or(&empty);
        let forms = folded(reading.text, line);
        let words = WordsOfTokens::new(Some(parse), forms.len());
        let mut times = Vec::new();
        let mut floor = 0;
        for expression in &found {
            let span = Span::new(expression.span.start() + from, expression.span.end() + from);
            let Some((core, end)) = tokens(line, span) else { continue };
            let (begin, relation) = preposition(grammar, &forms, core, floor);
            floor = end;
            let range = words.of(begin, end);
            let head = head_of(parse, range).unwrap_or(range.0);
            let kind = match expression.r#type {
                ExpressionType::Date | ExpressionType::Time => TimexKind::Date,
                ExpressionType::Duration => TimexKind::Duration,
                ExpressionType::Set => TimexKind::Set,
            };
            let days = if kind == TimexKind::Date { days(expression) } else { None };
            let bounded =
                bound(days, relation, (kind, length(&expression.value)), reading.published, Direction::Unknown);
            times.push(Timex {
                span: line.tokens[begin].span.cover(span),
                words: range,
                head,
                first: bounded.0,
                last: bounded.1,
                grain: days.map_or(Grain::Day, |d| d.grain),
                kind: bounded.2,
                anchored: bounded.1.is_some(),
                basis: bounded.3,
                rule: expression.rule.clone(),
                of: relation == "of",
            });
        }
        out.push(times);
    }
    out
}

/// Token ranges of the expressions of time of one sentence.
pub(super) fn token_ranges(reading: &Reading, line: &Sentence) -> Vec<(usize, usize)> {
    let from = line.span.start();
    let found = expressions(line.span.of(reading.text), reading.language(), reading.published, Telling::News);
    let place = |e: &Expression| tokens(line, Span::new(e.span.start() + from, e.span.end() + from));
    found.iter().filter_map(place).collect()
}

/// The tokens of a sentence that a span touches: the first, and one past the last.
fn tokens(line: &Sentence, span: Span) -> Option<(usize, usize)> {
    let touches = |t: &vigie_text::Token| t.span.start() < span.end() && span.start() < t.span.end();
    let first = line.tokens.iter().position(touches)?;
    Some((first, line.tokens.iter().rposition(touches)? + 1))
}

/// The calendar days of a TIMEX3 value, with its modifier.
fn days(expression: &Expression) -> Option<Days> {
    let (date, time) = match expression.value.split_once('T') {
        Some((date, _)) => (date, true),
        None => (expression.value.as_str(), false),
    };
    let mut days = of_date(date)?;
    if time && days.grain == Grain::Day {
        days.grain = Grain::Hour;
    }
    match expression.modifier {
        Some("START") => days.edge(Edge::Early),
        Some("MID") => days.edge(Edge::Middle),
        Some("END") => days.edge(Edge::Late),
        _ => Some(days),
    }
}

/// `2016-09-04`, `2016-09`, `2016-W36`, `2016-W36-WE`, `2016-Q3`, `2016-H1`, `2016-SU`, `2016`, `201`.
fn of_date(value: &str) -> Option<Days> {
    let mut parts = value.split('-');
    let year = parts.next()?;
    if year.len() == 3 {
        let decade: i16 = year.parse().ok()?;
        return Days::years(decade * 10, decade * 10 + 9);
    }
    let year: i16 = Some(year).filter(|y| y.len() == 4)?.parse().ok()?;
    let Some(unit) = parts.next() else { return Days::years(year, year) };
    let number = |from: usize| unit.get(from..).and_then(|n| n.parse::<i8>().ok());
    match (unit.as_bytes().first()?, parts.next()) {
        (b'W', _) if unit == "WI" => Days::season(year, 4),
        (b'W', rest) => {
            let monday = Date::from(ISOWeekDate::new(year, number(1)?, Weekday::Monday).ok()?);
            let week = Days::week_of(monday)?;
            match rest {
                Some("WE") => Days::span(plus_days(monday, 5)?, week.last, Grain::Day),
                _ => Some(week),
            }
        }
        (b'Q', _) => Days::months(year, number(1)? * 3 - 2, 3),
        (b'H', _) => Days::months(year, number(1)? * 6 - 5, 6),
        (b'S', _) if unit == "SP" => Days::season(year, 1),
        (b'S', _) if unit == "SU" => Days::season(year, 2),
        (b'F', _) if unit == "FA" => Days::season(year, 3),
        (b'0'..=b'9', day) => {
            let month = number(0)?;
            match day {
                Some(day) => Date::new(year, month, day.parse().ok()?).ok().map(Days::day),
                None => Days::month(year, month),
            }
        }
        _ => None,
    }
}

/// `P3M` as unit and count.
fn length(value: &str) -> Option<(Unit, i32)> {
    let (time, rest) = match value.strip_prefix("PT") {
        Some(rest) => (true, rest),
        None => (false, value.strip_prefix('P')?),
    };
    let count = rest.get(..rest.len().checked_sub(1)?)?.parse().ok()?;
    let unit = match (rest.as_bytes().last()?, time) {
        (b'H' | b'M' | b'S', true) => Unit::Hour,
        (b'D', _) => Unit::Day,
        (b'W', _) => Unit::Week,
        (b'M', _) => Unit::Month,
        (b'Y', _) => Unit::Year,
        _ => return None,
    };
    Some((unit, count))
}

#[cfg(test)]
mod tests {
    use super::{length, of_date};
    use crate::claim::Grain;
    use crate::period::Unit;
    use jiff::civil::date;

    #[test]
    fn values_are_days() {
        let days = |value: &str| of_date(value).map(|d| (d.first, d.last, d.grain));
        let day = date(2016, 9, 4);
        assert_eq!(days("2016-09-04"), Some((day, day, Grain::Day)));
        assert_eq!(days("2016-09"), Some((date(2016, 9, 1), date(2016, 9, 30), Grain::Month)));
        assert_eq!(days("2016-W36"), Some((date(2016, 9, 5), date(2016, 9, 11), Grain::Week)));
        assert_eq!(days("2016-W36-WE").map(|d| (d.0, d.1)), Some((date(2016, 9, 10), date(2016, 9, 11))));
        assert_eq!(days("2016-Q3").map(|d| (d.0, d.1)), Some((date(2016, 7, 1), date(2016, 9, 30))));
        assert_eq!(days("2016"), Some((date(2016, 1, 1), date(2016, 12, 31), Grain::Year)));
        assert_eq!(days("199").map(|d| (d.0, d.1)), Some((date(1990, 1, 1), date(1999, 12, 31))));
        for open in ["PRESENT_REF", "XXXX-09", "2016-13", "P3D", "", "2016-09-31"] {
            assert_eq!(days(open), None, "{open}");
        }
    }

    #[test]
    fn lengths_have_a_unit() {
        assert_eq!(length("P3M"), Some((Unit::Month, 3)));
        assert_eq!(length("PT2H"), Some((Unit::Hour, 2)));
        assert_eq!(length("PXW"), None);
        assert_eq!(length("2016"), None);
    }
}
