//! Patterns tried on tokens: what matches where, and what it captured.

use super::grammar::Rules;
use super::pattern::{Accept, Element, Phrase};
use super::token::{Shape, Token};

/// One captured value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Captured {
    /// A number in thousandths.
    Milli(i64),
    /// The key of a class.
    Name(&'static str),
}

/// What a pattern captured.
#[derive(Debug, Clone, Default)]
pub(super) struct Captures(Vec<(&'static str, Captured)>);

impl Captures {
    /// The value of a slot.
    pub(super) fn get(&self, slot: &str) -> Option<Captured> {
        self.0.iter().find(|(s, _)| *s == slot).map(|(_, v)| *v)
    }

    /// The key that a class gave to a slot.
    pub(super) fn name(&self, slot: &str) -> Option<&'static str> {
        match self.get(slot)? {
            Captured::Name(name) => Some(name),
            Captured::Milli(_) => None,
        }
    }

    /// The whole number in a slot.
    pub(super) fn whole(&self, slot: &str) -> Option<i64> {
        match self.get(slot)? {
            Captured::Milli(milli) if milli % 1000 == 0 => Some(milli / 1000),
            Captured::Milli(_) => None,
            Captured::Name(name) => name.parse().ok(),
        }
    }
}

/// A pattern that matched tokens `first..end`.
#[derive(Debug, Clone)]
pub(super) struct Match {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) rule: usize,
    pub(super) captures: Captures,
}

/// Every expression of the text, the longest at each place, disjoint and in order.
pub(super) fn matches(rules: &Rules, tokens: &[Token]) -> Vec<Match> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        let candidates = if token.shape == Shape::Figures {
            rules.beginning_with_figures(token.len())
        } else if token.id == 0 || rules.needs_more(token.id) && tokens.get(at + 1).is_none_or(unknown) {
            &[]
        } else {
            rules.beginning(token.id)
        };
        let found_here = if candidates.is_empty() { None } else { best(rules, tokens, at, candidates) };
        match found_here.and_then(|item| following(rules, tokens, item, found.last())) {
            Some(item) => {
                at = item.end;
                found.push(item);
            }
            None => at += 1,
        }
    }
    found
}

/// A word that no rule holds.
fn unknown(token: &Token) -> bool {
    token.id == 0 && token.shape != Shape::Figures
}

fn best(rules: &Rules, tokens: &[Token], at: usize, candidates: &[u32]) -> Option<Match> {
    let mut best: Option<(usize, Match)> = None;
    for &index in candidates {
        let pattern = &rules.patterns[index as usize];
        let mut run =
            Run { rules, tokens, start: at, n_own: pattern.n_own, own_end: at, captures: Captures::default() };
        let Some(reach) = run.elements(&pattern.elements, 0, at) else { continue };
        let (mut end, captures) = (run.own_end, run.captures);
        while end > at + 1 && tokens[end - 1].id == rules.signs[usize::from(b',')] {
            end -= 1;
        }
        // The longer expression, then the longer look ahead, then the earlier rule.
        if best.as_ref().is_some_and(|(r, b)| (end, reach) <= (b.end, *r)) || end == at {
            continue;
        }
        if allowed(rules, pattern.rule, tokens, at, end) {
            best = Some((reach, Match { first: at, end, rule: pattern.rule, captures }));
        }
    }
    best.map(|(_, found)| found)
}

/// Takes from the expression before what a rule that follows it does not say itself.
fn following(rules: &Rules, tokens: &[Token], mut item: Match, before: Option<&Match>) -> Option<Match> {
    let rule = rules.rules[item.rule].file;
    if rule.follows.is_empty() {
        return Some(item);
    }
    let before = before?;
    let sort = &rules.rules[before.rule].file.value;
    let parted = item.first.checked_sub(before.end).is_some_and(|n| n <= 2) && !tokens[item.first].breaks;
    if !parted || !rule.follows.contains(sort) {
        return None;
    }
    let own: Vec<&str> = item.captures.0.iter().map(|(s, _)| *s).collect();
    let more: Vec<_> = before.captures.0.iter().filter(|(s, _)| !own.contains(s)).copied().collect();
    // A year said here is the year, whatever the one before was.
    let year = own.contains(&"shortyear");
    item.captures.0.extend(more.into_iter().filter(|(s, _)| !(year && *s == "year" || *s == "weekday" || *s == "mod")));
    Some(item)
}

fn allowed(rules: &Rules, rule: usize, tokens: &[Token], at: usize, end: usize) -> bool {
    let rule = &rules.rules[rule];
    let before = |list: &[Phrase]| list.iter().any(|p| ends_with(tokens, at, p));
    if rule.file.capital && !tokens[at].capital {
        return false;
    }
    if rule.file.proper && tokens[at..end].iter().any(|t| rules.proper[usize::from(t.id)] && !t.capital)
        || rule.file.glued && !tokens[at].glued
    {
        return false;
    }
    if !rule.after.is_empty() && !before(&rule.after) {
        return false;
    }
    !before(&rule.not_after) && !rule.not_before.iter().any(|p| begins_with(tokens, end, p))
}

pub(super) fn begins_with(tokens: &[Token], at: usize, phrase: &[u16]) -> bool {
    tokens.get(at..at + phrase.len()).is_some_and(|held| held.iter().zip(phrase).all(|(t, p)| t.id == *p))
}

pub(super) fn ends_with(tokens: &[Token], end: usize, phrase: &[u16]) -> bool {
    end.checked_sub(phrase.len()).is_some_and(|from| begins_with(tokens, from, phrase))
}

pub(super) struct Run<'a> {
    pub(super) rules: &'a Rules,
    pub(super) tokens: &'a [Token],
    start: usize,
    n_own: usize,
    own_end: usize,
    captures: Captures,
}

impl Run<'_> {
    /// One past the last token that the elements from `index` on take.
    fn elements(&mut self, elements: &[Element], index: usize, at: usize) -> Option<usize> {
        if index == self.n_own {
            self.own_end = at;
        }
        let Some(element) = elements.get(index) else { return Some(at) };
        let kept = self.captures.0.len();
        let lengths = self.accept(element, at);
        for (len, value) in lengths.into_iter().flatten() {
            if let Some(value) = value {
                self.captures.0.push((element.slot, value));
            }
            if let Some(end) = self.elements(elements, index + 1, at + len) {
                return Some(end);
            }
            self.captures.0.truncate(kept);
        }
        if element.optional { self.elements(elements, index + 1, at) } else { None }
    }

    /// At most two ways to take tokens: a longest one and the next shorter one of a class.
    fn accept(&self, element: &Element, at: usize) -> [Option<(usize, Option<Captured>)>; 2] {
        let Some(token) = self.tokens.get(at) else { return [None, None] };
        // A blank line parts what stands on both sides of it.
        if element.glued && !token.glued || token.breaks && at > self.start {
            return [None, None];
        }
        let one = |way: Option<(usize, i64)>| [way.map(|(len, v)| (len, Some(Captured::Milli(v * 1000)))), None];
        match &element.accept {
            Accept::Literal(phrases) => {
                let longest = phrases.iter().filter(|p| begins_with(self.tokens, at, p)).map(Vec::len).max();
                [longest.map(|len| (len, None)), None]
            }
            Accept::Class(class) => {
                let mut ways = [None, None];
                let fitting = self.rules.classes[*class]
                    .1
                    .under(token.id)
                    .iter()
                    .filter(|(p, _)| begins_with(self.tokens, at, p));
                for (way, (phrase, means)) in ways.iter_mut().zip(fitting) {
                    *way = Some((phrase.len(), Some(Captured::Name(means))));
                }
                ways
            }
            Accept::Day => one(self.day(at)),
            Accept::DayNumber => one(self.day_number(at)),
            Accept::Nth => one(self.day_number(at).filter(|(len, _)| *len == 2)),
            Accept::Tens => one(self.figures(at, 4, 4, 1000, 2199).filter(|v| v % 10 == 0).map(|v| (1, v))),
            Accept::Year => one(self.figures(at, 4, 4, 1000, 2199).map(|v| (1, v))),
            Accept::Modern => one(self.figures(at, 4, 4, 1600, 2099).map(|v| (1, v))),
            Accept::ShortYear => one(self.figures(at, 2, 2, 0, 99).map(|v| (1, v))),
            Accept::AnyYear => one(self.figures(at, 1, 4, 1, 9999).map(|v| (1, v))),
            Accept::Hour => one(self.figures(at, 1, 2, 0, 24).map(|v| (1, v))),
            Accept::Minute => one(self.figures(at, 2, 2, 0, 59).map(|v| (1, v))),
            Accept::Ordinal => one(self.ordinal(at)),
            Accept::Number => [self.number(at).map(|(len, milli)| (len, Some(Captured::Milli(milli)))), None],
            Accept::NumericDate => one(self.numeric_date(at)),
        }
    }

    fn figures(&self, at: usize, least: usize, most: usize, from: i64, to: i64) -> Option<i64> {
        let token = self.tokens.get(at).filter(|t| t.shape == Shape::Figures)?;
        let value = i64::from(token.number);
        // 1,200 and 3.5 are one number: neither half is a year or a day.
        ((least..=most).contains(&token.len()) && (from..=to).contains(&value) && !self.grouped(at)).then_some(value)
    }

    pub(super) fn sign(&self, at: usize, signs: &[u8]) -> bool {
        self.tokens.get(at).is_some_and(|t| t.shape == Shape::Sign && t.glued && t.len() == 1 && self.is_sign(t, signs))
    }

    pub(super) fn is_sign(&self, token: &Token, signs: &[u8]) -> bool {
        signs.iter().any(|s| self.rules.signs[usize::from(*s)] == token.id && token.id != 0)
    }

    pub(super) fn figures_glued(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at).filter(|t| t.shape == Shape::Figures && t.glued)
    }

    /// These figures are part of a longer number.
    fn grouped(&self, at: usize) -> bool {
        let joined = |sign: usize| self.sign(sign, b".,") && self.figures_glued(sign + 1).is_some();
        let behind = joined(at + 1);
        let before = at >= 2 && joined(at - 1) && self.tokens[at - 2].shape == Shape::Figures;
        let money = at >= 1 && self.tokens[at].glued && self.is_sign(&self.tokens[at - 1], b"$#");
        behind || before || money
    }

    fn day(&self, at: usize) -> Option<(usize, i64)> {
        self.day_number(at).or_else(|| self.class_value(self.rules.day_class, at))
    }

    fn day_number(&self, at: usize) -> Option<(usize, i64)> {
        let value = self.figures(at, 1, 2, 1, 31)?;
        Some((1 + usize::from(self.ending(at + 1)), value))
    }

    fn ending(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.glued && t.id != 0 && self.rules.ordinal_endings.contains(&t.id))
    }

    fn ordinal(&self, at: usize) -> Option<(usize, i64)> {
        if let Some(value) = self.figures(at, 1, 2, 1, 99) {
            return self.ending(at + 1).then_some((2, value));
        }
        self.class_value(self.rules.ordinal_class, at)
    }

    fn class_value(&self, class: Option<usize>, at: usize) -> Option<(usize, i64)> {
        let (_, lexicon) = &self.rules.classes[class?];
        let found = lexicon.under(self.tokens.get(at)?.id).iter().find(|(p, _)| begins_with(self.tokens, at, p));
        found.and_then(|(phrase, means)| Some((phrase.len(), means.parse().ok()?)))
    }
}
