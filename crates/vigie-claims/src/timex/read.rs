//! The expressions of time of a story, each with its place in the parse: what the clause around it tells goes into its
//! value, and its preposition and its neighbour into its days.

use super::clause::{Direction, Verbs, direction, nearer_verb, predicate_of};
use super::days::{bound, days, length, of_value};
use super::words::{Range, TimeWords};
use super::{Timex, TimexKind};
use crate::claim::{Basis, Grain, Otherwise};
use crate::expression::{Counted, Expression, ExpressionType, Search, Sight, Telling};
use crate::number::fold;
use crate::period::Days;
use crate::phrase::{case_of, governors};
use crate::reading::Reading;
use smol_str::SmolStr;
use vigie_syntax::{Parse, Relation, Upos};
use vigie_text::{Sentence, Span, Token};

/// The folded forms of a sentence's tokens.
pub(crate) fn folded(text: &str, sentence: &Sentence) -> Vec<SmolStr> {
    sentence.tokens.iter().map(|t| fold(t.span.of(text))).collect()
}

/// One sentence with what is asked of it again and again.
struct Line<'a> {
    tokens: &'a [Token],
    parse: &'a Parse,
    forms: Vec<SmolStr>,
    /// For each token its first and last word.
    words: Vec<(usize, usize)>,
    time: &'static TimeWords,
}

/// Where an expression stands in its sentence.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// Its tokens without a preposition: the first, and one past the last.
    core: (usize, usize),
    /// Its first token with a preposition.
    begin: usize,
    relation: &'static str,
    /// Its words with a preposition.
    words: (usize, usize),
    head: usize,
    predicate: Option<usize>,
    way: Direction,
}

/// The matches of a sentence: index and place.
type Places = Vec<(usize, Place)>;

impl<'a> Line<'a> {
    fn of(reading: &Reading<'a>, index: usize, empty: &'a Parse) -> Self {
        let sentence = reading.sentence(index);
        let parse = reading.parses.get(index).unwrap_or(empty);
        let mut words = vec![(usize::MAX, 0); sentence.tokens.len()];
        for (at, word) in parse.words.iter().enumerate() {
            if let Some(range) = words.get_mut(word.token as usize) {
                range.0 = range.0.min(at);
                range.1 = range.1.max(at);
            }
        }
        let forms = folded(reading.text, sentence);
        Self { tokens: &sentence.tokens, parse, forms, words, time: TimeWords::of(reading.language()) }
    }

    /// The tokens that a span touches: the first, and one past the last.
    fn tokens(&self, span: Span) -> Option<(usize, usize)> {
        let touches = |t: &Token| t.span.start() < span.end() && span.start() < t.span.end();
        let first = self.tokens.iter().position(touches)?;
        Some((first, self.tokens.iter().rposition(touches)? + 1))
    }

    fn words_of(&self, first: usize, end: usize) -> (usize, usize) {
        let held = self.words[first..end].iter().filter(|r| r.0 != usize::MAX);
        let (low, high) = held.fold((usize::MAX, 0), |(low, high), r| (low.min(r.0), high.max(r.1)));
        if low == usize::MAX { (0, 0) } else { (low, high) }
    }

    /// The word of a range whose head lies outside it.
    fn head_of(&self, (first, last): (usize, usize)) -> Option<usize> {
        let words = &self.parse.words;
        let outside = |w: usize| words[w].head.is_none_or(|h| (h as usize) < first || h as usize > last);
        let mut tops = (first..=last.min(words.len().checked_sub(1)?)).filter(|&w| outside(w));
        let any = tops.clone().next();
        tops.find(|&w| !matches!(words[w].upos, Upos::Adp | Upos::Det | Upos::Punct)).or(any)
    }

    fn place(&self, core: (usize, usize), floor: usize, verbs: Verbs) -> Place {
        let (begin, relation) = self.time.preposition(&self.forms, core.0, floor);
        self.seat(core, begin, relation, verbs)
    }

    fn seat(&self, core: (usize, usize), begin: usize, relation: &'static str, verbs: Verbs) -> Place {
        let words = self.words_of(begin, core.1);
        let inner = self.words_of(core.0, core.1);
        let head = self.head_of(words).or_else(|| self.head_of(inner)).unwrap_or(inner.0);
        let on = self.parse.words.get(head).and_then(|w| w.head).map(|h| h as usize);
        let nearer = on.filter(|_| relation != "of").and_then(|on| nearer_verb(self.parse, words, on, verbs));
        let of_tree = || if self.parse.words.is_empty() { None } else { predicate_of(self.parse, head) };
        let predicate = nearer.or_else(of_tree);
        let way = predicate.map_or(Direction::Unknown, |p| direction(self.parse, p, verbs));
        Place { core, begin, relation, words, head, predicate, way }
    }

    /// "has been calm since Saturday's raid": a noun between the expression and its verb tells what has happened.
    fn lies_behind(&self, place: &Place) -> bool {
        let nouns = governors(self.parse, place.head).take_while(|&w| Some(w) != place.predicate);
        let mut marks = nouns.filter_map(|noun| case_of(self.parse, noun));
        marks.any(|mark| self.time.behind.iter().any(|b| b == mark))
    }

    /// These tokens are one number that counts a noun behind it.
    fn counts(&self, (first, end): (usize, usize)) -> bool {
        let digits = |t: &SmolStr| t.bytes().all(|b| b.is_ascii_digit());
        let (at, _) = self.words[first];
        end == first + 1
            && digits(&self.forms[first])
            && self
                .parse
                .words
                .get(at)
                .is_some_and(|w| w.deprel.base == Relation::Nummod && w.head.is_some_and(|h| h as usize > at))
    }
}

/// The expressions of time of every sentence of the story.
pub(super) fn sentences(reading: &Reading) -> Vec<Vec<Timex>> {
    let lines = &reading.story.sentences;
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return Vec::new() };
    let from = first.span.start();
    let search = Search::of(&reading.text[from..last.span.end().max(from)], reading.language());
    let spans: Vec<Span> = search.spans().iter().map(|s| Span::new(s.start() + from, s.end() + from)).collect();
    let empty = Parse::default();
    let verbs = Verbs::of(reading.language());
    let mut out = Vec::with_capacity(lines.len());
    let mut placed: Vec<(Option<Line>, Places)> = Vec::with_capacity(lines.len());
    let mut sights = vec![Sight::Unknown; spans.len()];
    let mut next = 0;
    for (index, sentence) in lines.iter().enumerate() {
        while spans.get(next).is_some_and(|s| s.end() <= sentence.span.start()) {
            next += 1;
        }
        let inside = spans[next..].iter().take_while(|s| s.start() < sentence.span.end()).count();
        if inside == 0 {
            placed.push((None, Vec::new()));
            continue;
        }
        let line = Line::of(reading, index, &empty);
        let mut places = Vec::with_capacity(inside);
        let mut floor = 0;
        for (at, span) in spans.iter().enumerate().skip(next).take(inside) {
            let Some(core) = line.tokens(*span) else { continue };
            places.push((at, line.place(core, floor, verbs)));
            floor = core.1;
        }
        for (nth, (at, place)) in places.iter().enumerate() {
            // The second end of a range looks the way of the first.
            let first = nth.checked_sub(1).map(|before| (places[before].0, places[before].1));
            let opened = first.filter(|(other, open)| {
                let between = Span::new(spans[*other].end(), spans[*at].start());
                matches!(line.time.range(&line.forms, open.core.0, between.of(reading.text)), Some(Range::Opened(_)))
            });
            sights[*at] = match opened {
                Some((other, _)) => sights[other],
                None => sight(&line, place, &places),
            };
        }
        placed.push((Some(line), places));
    }
    let found = search.resolve(reading.published, Telling::Guess, &sights);
    for (line, places) in placed {
        let Some(line) = line else {
            out.push(Vec::new());
            continue;
        };
        out.push(times(reading, &line, (from, &places), &found, verbs));
    }
    out
}

/// What the parse tells of the clause around an expression.
fn sight(line: &Line, place: &Place, places: &[(usize, Place)]) -> Sight {
    if line.counts(place.core) {
        return Sight::NoTime;
    }
    match place.way {
        _ if place.relation == "deadline" => Sight::Deadline,
        Direction::Past if place.relation == "from" => Sight::Present,
        Direction::Past => Sight::Past,
        Direction::Future => Sight::Future,
        Direction::Ahead(saying) => {
            let dates = |other: &&(usize, Place)| saying.is_some() && other.1.predicate == saying;
            Sight::Ahead(places.iter().find(dates).map(|(at, _)| *at))
        }
        Direction::Present if line.lies_behind(place) => Sight::Past,
        Direction::Present => Sight::Present,
        Direction::Unknown => Sight::Unknown,
    }
}

/// The times of one sentence.
fn times(
    reading: &Reading,
    line: &Line,
    (from, places): (usize, &[(usize, Place)]),
    found: &[Option<Expression>],
    verbs: Verbs,
) -> Vec<Timex> {
    let told: Vec<(&Expression, Place)> =
        places.iter().filter_map(|(at, place)| found[*at].as_ref().map(|e| (e, *place))).collect();
    let mut all = Vec::with_capacity(told.len());
    let mut skip = false;
    for (index, &(expression, place)) in told.iter().enumerate() {
        if std::mem::take(&mut skip) {
            continue;
        }
        // "now", "recently": no day is meant, and their words may name things.
        if expression.value.contains("REF") {
            continue;
        }
        let kind = match expression.r#type {
            ExpressionType::Date | ExpressionType::Time => TimexKind::Date,
            ExpressionType::Duration if expression.side.is_some() => TimexKind::Date,
            ExpressionType::Duration => TimexKind::Duration,
            ExpressionType::Set => TimexKind::Set,
        };
        let single = if kind == TimexKind::Date { days(expression, reading.published) } else { None };
        let (mut days_told, mut place) = (single, place);
        let ends = single.zip(told.get(index + 1)).and_then(|(first, (other, behind))| {
            let between = Span::new(from + expression.span.end(), from + other.span.start()).of(reading.text);
            range(line, (first, place), (days(other, reading.published)?, *behind), between, verbs)
        });
        if let Some((whole, wider)) = ends {
            (days_told, place, skip) = (Some(whole), wider, true);
        }
        let future = matches!(place.way, Direction::Future);
        let (first, last, kind, mut basis) =
            bound(days_told, place.relation, (kind, length(&expression.value)), reading.published, future);
        if reading.inferred && expression.counted != Counted::Absolute && basis == Basis::Stated {
            basis = Basis::Inferred;
        }
        let other = expression.otherwise.as_deref().filter(|_| !skip && first.is_some());
        let other = other.and_then(|value| of_value(value, expression.modifier));
        all.push(Timex {
            span: line.tokens[place.begin].span.cover(line.tokens[place.core.1 - 1].span),
            words: place.words,
            head: place.head,
            first,
            last,
            grain: days_told.map_or(Grain::Day, |d| d.grain),
            kind,
            anchored: last.is_some(),
            basis,
            otherwise: other.map(|d| Otherwise { first: d.first, last: d.last, percent: 100 - expression.percent }),
            rule: expression.rule.clone(),
            of: place.relation == "of",
        });
    }
    all
}

/// The range that two expressions make with the text between them, and where it stands.
fn range(
    line: &Line,
    (first, place): (Days, Place),
    (last, behind): (Days, Place),
    between: &str,
    verbs: Verbs,
) -> Option<(Days, Place)> {
    let how = line.time.range(&line.forms, place.core.0, between)?;
    // A dash joins whatever it stands between, words only days.
    let dash = !between.chars().any(char::is_alphanumeric);
    if how == Range::Joint && !(dash || first.grain == Grain::Day && last.grain == Grain::Day) {
        return None;
    }
    let whole = Days::span(first.first, last.last, first.grain.max(last.grain))?;
    let (begin, relation) = match how {
        Range::Opened(from) => (from, ""),
        Range::Joint => (place.begin, place.relation),
    };
    Some((whole, line.seat((place.core.0, behind.core.1), begin, relation, verbs)))
}

/// Token ranges of the expressions of time of one sentence.
pub(crate) fn token_ranges(reading: &Reading, sentence: usize) -> Vec<(usize, usize)> {
    let span = reading.sentence(sentence).span;
    let search = Search::of(span.of(reading.text), reading.language());
    let empty = Parse::default();
    let line = Line::of(reading, sentence, &empty);
    let spans = search.spans();
    let inside = |s: &Span| line.tokens(Span::new(s.start() + span.start(), s.end() + span.start()));
    let sights: Vec<Sight> = spans
        .iter()
        .map(|s| if inside(s).is_some_and(|core| line.counts(core)) { Sight::NoTime } else { Sight::Unknown })
        .collect();
    search.resolve(reading.published, Telling::News, &sights).iter().flatten().filter_map(|e| inside(&e.span)).collect()
}
