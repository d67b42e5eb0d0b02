//! Expressions of time: found over tokens, resolved to calendar days with the tense of their clause, and given to the
//! events that they date (TIMEX3 semantics; conventions in [`crate::period`]).

mod attach;
mod clause;
mod dateline;
mod expressed;
mod pattern;
mod resolve;
#[cfg(test)]
mod tests;

pub use attach::{period_for, said_on};
pub use dateline::dateline;

use crate::claim::{Basis, Grain, RuleId};
use crate::number::fold;
use crate::period::{Days, Edge, Unit, plus_days};
use crate::reading::Reading;
use clause::{Direction, Verbs, direction, nearer_verb, predicate_of};
use jiff::civil::Date;
use pattern::{EDGES, Grammar, Match};
use smol_str::SmolStr;
use vigie_syntax::{Parse, Relation, Upos};
use vigie_text::{Sentence, Span};

/// What sort of time an expression tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimexKind {
    /// A day or longer span of the calendar.
    Date,
    /// A length of time.
    Duration,
    /// Something that recurs.
    Set,
    /// From a day on.
    Since,
    /// Up to a day; `first` is unknown.
    Until,
}

/// One expression of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timex {
    /// Its text, with its preposition (but not "de").
    pub span: Span,
    /// First and last word in the parse of its sentence.
    pub words: (usize, usize),
    /// Its syntactic head word.
    pub head: usize,
    /// First day; `None` when unknown.
    pub first: Option<Date>,
    /// Last day; `None` when unknown.
    pub last: Option<Date>,
    /// How exact.
    pub grain: Grain,
    /// What sort.
    pub kind: TimexKind,
    /// It could be resolved to calendar days.
    pub anchored: bool,
    /// How the days are known.
    pub basis: Basis,
    /// The rule that read it.
    pub rule: RuleId,
    /// A preposition ties it to the noun before it.
    pub of: bool,
}

/// The times of one story, resolved in reading order: a later sentence may count from a day told before it.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    sentences: Vec<Vec<Timex>>,
}

impl Calendar {
    /// Reads every sentence of the story.
    #[must_use]
    pub fn of(reading: &Reading) -> Self {
        let grammar = Grammar::of(reading.language());
        if grammar.file.rule.is_empty() {
            return Self { sentences: expressed::sentences(reading, grammar) };
        }
        let mut told = resolve::Told::new(reading.published);
        let mut sentences = Vec::with_capacity(reading.story.sentences.len());
        let empty = Parse::default();
        for (index, sentence) in reading.story.sentences.iter().enumerate() {
            let parse = reading.parses.get(index).unwrap_or(&empty);
            told.enter(sentence.part);
            sentences.push(read_sentence(reading, grammar, sentence, parse, &mut told));
        }
        Self { sentences }
    }
}

/// The expressions of time in one sentence, in text order.
#[must_use]
pub fn timexes(_reading: &Reading, sentence: usize, calendar: &Calendar) -> Vec<Timex> {
    calendar.sentences.get(sentence).cloned().unwrap_or_default()
}

/// The folded forms of a sentence's tokens.
pub(crate) fn folded(text: &str, sentence: &Sentence) -> Vec<SmolStr> {
    sentence.tokens.iter().map(|t| fold(t.span.of(text))).collect()
}

/// A match with what stands around it.
#[derive(Debug)]
struct Found {
    core: Match,
    /// First token, edges and prepositions included.
    first: usize,
    /// One past the last token, parts of the day included.
    end: usize,
    edge: Option<Edge>,
    /// A part of the day follows or leads.
    part: bool,
    relation: &'static str,
}

/// Token ranges of all expressions of time, without resolving them.
pub(crate) fn token_ranges(reading: &Reading, sentence: usize) -> Vec<(usize, usize)> {
    let grammar = Grammar::of(reading.language());
    let line = reading.sentence(sentence);
    if grammar.file.rule.is_empty() {
        return expressed::token_ranges(reading, line);
    }
    let forms = folded(reading.text, line);
    let words = WordsOfTokens::new(reading.parses.get(sentence), forms.len());
    find(grammar, &forms, &|t| words.counts(t)).into_iter().map(|f| (f.core.first, f.end)).collect()
}

/// For each token its first and last word.
struct WordsOfTokens<'a> {
    parse: Option<&'a Parse>,
    ranges: Vec<(usize, usize)>,
}

impl<'a> WordsOfTokens<'a> {
    fn new(parse: Option<&'a Parse>, n_tokens: usize) -> Self {
        let mut ranges = vec![(usize::MAX, 0); n_tokens];
        for (index, word) in parse.iter().flat_map(|p| p.words.iter()).enumerate() {
            if let Some(range) = ranges.get_mut(word.token as usize) {
                range.0 = range.0.min(index);
                range.1 = range.1.max(index);
            }
        }
        Self { parse, ranges }
    }

    fn of(&self, first: usize, end: usize) -> (usize, usize) {
        let held = self.ranges[first..end].iter().filter(|r| r.0 != usize::MAX);
        let (low, high) = held.fold((usize::MAX, 0), |(low, high), r| (low.min(r.0), high.max(r.1)));
        if low == usize::MAX { (0, 0) } else { (low, high) }
    }

    /// Does this token count a noun behind it?
    fn counts(&self, token: usize) -> bool {
        let Some(parse) = self.parse else { return false };
        self.ranges
            .get(token)
            .and_then(|&(first, _)| parse.words.get(first).map(|w| (first, w)))
            .is_some_and(|(at, w)| w.deprel.base == Relation::Nummod && w.head.is_some_and(|h| h as usize > at))
    }
}

fn find(grammar: &Grammar, forms: &[SmolStr], counts: &dyn Fn(usize) -> bool) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < forms.len() {
        let Some(core) = grammar.match_at(forms, at, counts) else {
            at += 1;
            continue;
        };
        let floor = found.last().map_or(0, |f| f.end);
        let item = surround(grammar, forms, core, floor);
        at = item.end;
        found.push(item);
    }
    found
}

/// Takes in the edge and the preposition before a match and the part of the day behind it.
fn surround(grammar: &Grammar, forms: &[SmolStr], core: Match, floor: usize) -> Found {
    let (mut first, mut end) = (core.first, core.end);
    let mut part = false;
    let value = grammar.rule(core.rule).value.as_str();
    let daily = matches!(value, "date" | "numeric" | "weekday" | "weekday-day" | "shift" | "story-shift" | "bare-day");
    if daily && let Some(more) = grammar.suffix(forms, end) {
        end = more;
        part = true;
    }
    let mut edge = None;
    let word_in = |class: &str, at: usize| {
        let table = grammar.file.class.get(class)?;
        table.iter().find(|(_, list)| list.iter().any(|w| w == forms[at].as_str())).map(|(name, _)| name.as_str())
    };
    // The edge stands directly before, or parted by one of the link words.
    let links = std::iter::once("").chain(grammar.file.edge_links.iter().map(String::as_str));
    let begins = links
        .filter_map(|link| {
            let words: Vec<&str> = link.split_whitespace().collect();
            let from = first.checked_sub(words.len())?;
            (from > floor && (from..first).zip(&words).all(|(t, w)| forms[t] == *w)).then_some(from)
        })
        .filter_map(|from| {
            let at = from - 1;
            if let Some(name) = word_in("edge", at) {
                return Some((at, EDGES.iter().position(|e| *e == name)));
            }
            (daily && from < first && word_in("part", at).is_some()).then_some((at, None))
        })
        .min_by_key(|(at, _)| *at);
    if let Some((at, kind)) = begins {
        first = at;
        match kind {
            Some(0) => edge = Some(Edge::Early),
            Some(1) => edge = Some(Edge::Middle),
            Some(_) => edge = Some(Edge::Late),
            None => part = true,
        }
        if first > floor && grammar.file.edge_articles.iter().any(|w| *w == forms[first - 1].as_str()) {
            first -= 1;
        }
    }
    let (first, relation) = preposition(grammar, forms, first, floor);
    Found { core, first, end, edge, part, relation }
}

/// The preposition before token `first`, not reaching back beyond `floor`: where the expression begins with it, and what
/// it means.
fn preposition(grammar: &Grammar, forms: &[SmolStr], first: usize, floor: usize) -> (usize, &'static str) {
    for (words, means) in &grammar.relations {
        let Some(from) = first.checked_sub(words.len()) else { continue };
        if from >= floor && words.iter().zip(from..).all(|(w, t)| forms[t] == *w) {
            return (if *means == "of" { first } else { from }, means);
        }
    }
    (first, "")
}

/// Where a match stands in the parse.
#[derive(Debug, Clone, Copy)]
struct Site {
    head: usize,
    words: (usize, usize),
    predicate: Option<usize>,
    way: Direction,
}

fn read_sentence(
    reading: &Reading,
    grammar: &Grammar,
    sentence: &Sentence,
    parse: &Parse,
    told: &mut resolve::Told,
) -> Vec<Timex> {
    let forms = folded(reading.text, sentence);
    let words = WordsOfTokens::new(Some(parse), forms.len());
    let found = find(grammar, &forms, &|t| words.counts(t));
    if found.is_empty() {
        return Vec::new();
    }
    let verbs = Verbs::of(reading.language());
    // What each expression hangs on, and which way its clause looks.
    let sites: Vec<Site> = found
        .iter()
        .map(|f| {
            let range = words.of(f.first, f.end);
            let core = words.of(f.core.first, f.core.end);
            let head = head_of(parse, range).or_else(|| head_of(parse, core)).unwrap_or(core.0);
            let on = parse.words.get(head).and_then(|w| w.head).map(|h| h as usize);
            let nearer = on.filter(|_| f.relation != "of").and_then(|on| nearer_verb(parse, range, on, verbs));
            let predicate = nearer.or_else(|| if parse.words.is_empty() { None } else { predicate_of(parse, head) });
            let way = predicate.map_or(Direction::Unknown, |p| direction(parse, p, verbs));
            Site { head, words: range, predicate, way }
        })
        .collect();
    let mut days: Vec<Option<Days>> = vec![None; found.len()];
    // First what stands by itself, then what looks ahead from a saying, then what counts from another day.
    for pass in 0..3 {
        for (index, item) in found.iter().enumerate() {
            let way = sites[index].way;
            let anaphoric = grammar.rule(item.core.rule).value.starts_with("story");
            let turn = if anaphoric { 2 } else { usize::from(matches!(way, Direction::Ahead(_))) };
            if turn != pass {
                continue;
            }
            let said = match way {
                Direction::Ahead(Some(saying)) => (0..found.len())
                    .find(|&o| o != index && sites[o].predicate == Some(saying) && days[o].is_some())
                    .and_then(|o| days[o].map(|d| d.last)),
                _ => None,
            };
            let beside: Vec<Days> = if anaphoric {
                let mut others: Vec<usize> = (0..found.len()).filter(|&o| o != index && days[o].is_some()).collect();
                others.sort_by_key(|&o| (o.abs_diff(index), o));
                others.into_iter().filter_map(|o| days[o]).collect()
            } else {
                days[..index].iter().rev().filter_map(|d| *d).collect()
            };
            let ask = resolve::Ask {
                rule: grammar.rule(item.core.rule),
                captures: &item.core.captures,
                relation: item.relation,
                way,
                said,
                beside: &beside,
            };
            let mut value = resolve::days(&ask, told);
            if let (Some(edge), Some(whole)) = (item.edge, value) {
                value = whole.edge(edge);
            }
            if item.part
                && let Some(value) = value.as_mut()
                && value.grain == Grain::Day
            {
                value.grain = Grain::Hour;
            }
            days[index] = value;
        }
    }
    let mut all = Vec::with_capacity(found.len());
    for (index, item) in found.iter().enumerate() {
        let Site { head, words: range, way, .. } = sites[index];
        let rule = grammar.rule(item.core.rule);
        let span = sentence.tokens[item.first].span.cover(sentence.tokens[item.end - 1].span);
        let kind = match rule.value.as_str() {
            "set" => TimexKind::Set,
            "duration" => TimexKind::Duration,
            _ => TimexKind::Date,
        };
        let length = || Some((resolve::unit(item.core.captures.get("unit")?)?, item.core.captures.get("n")?));
        let length = length().filter(|_| kind == TimexKind::Duration);
        let bounded = bound(days[index], item.relation, (kind, length), told.published, way);
        if let Some(days) = days[index] {
            let explicit = item.core.captures.get("year").or(item.core.captures.get("year2")).is_some();
            told.tell(days, explicit);
        }
        all.push(Timex {
            span,
            words: range,
            head,
            first: bounded.0,
            last: bounded.1,
            grain: days[index].map_or(Grain::Day, |d| d.grain),
            kind: bounded.2,
            anchored: bounded.1.is_some(),
            basis: bounded.3,
            rule: RuleId::from(grammar.rule_id(item.core.rule)),
            of: item.relation == "of",
        });
    }
    all
}

/// The word of a range whose head lies outside it.
fn head_of(parse: &Parse, (first, last): (usize, usize)) -> Option<usize> {
    let outside = |w: usize| parse.words[w].head.is_none_or(|h| (h as usize) < first || h as usize > last);
    let mut tops = (first..=last.min(parse.words.len().checked_sub(1)?)).filter(|&w| outside(w));
    let any = tops.clone().next();
    tops.find(|&w| !matches!(parse.words[w].upos, Upos::Adp | Upos::Det | Upos::Punct)).or(any)
}

/// Applies the preposition: the days, the kind and how they are known. `length` is that of a duration.
fn bound(
    days: Option<Days>,
    relation: &str,
    (kind, length): (TimexKind, Option<(Unit, i32)>),
    published: Option<Date>,
    way: Direction,
) -> (Option<Date>, Option<Date>, TimexKind, Basis) {
    if kind == TimexKind::Duration {
        if let (Some((unit, count)), Some(published)) = (length, published) {
            let back = crate::period::plus(published, unit, -count);
            let ahead = crate::period::plus(published, unit, count);
            match relation {
                "since" => return (back, Some(published), TimexKind::Since, Basis::Stated),
                "by" if ahead.is_some() => return (Some(published), ahead, TimexKind::Date, Basis::Stated),
                _ => {}
            }
        }
        return (None, None, kind, Basis::Stated);
    }
    let Some(days) = days else { return (None, None, kind, Basis::Stated) };
    let now = published.unwrap_or(days.last);
    match relation {
        "since" | "from" if days.first > now || (relation == "from" && way == Direction::Future) => {
            (Some(days.first), Some(days.last), TimexKind::Since, Basis::Stated)
        }
        "since" | "from" => (Some(days.first), Some(now.max(days.first)), TimexKind::Since, Basis::Stated),
        "until" => (None, Some(days.last), TimexKind::Until, Basis::Bound),
        "before" => (None, plus_days(days.first, -1), TimexKind::Until, Basis::Bound),
        "after" => (Some(days.last), Some(now.max(days.last)), TimexKind::Since, Basis::Inferred),
        "by" if now <= days.last => (Some(now), Some(days.last), TimexKind::Date, Basis::Stated),
        _ => (Some(days.first), Some(days.last), kind, Basis::Stated),
    }
}
