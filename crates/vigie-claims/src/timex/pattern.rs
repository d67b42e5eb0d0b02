//! The rules of time as patterns over folded tokens: compiled once, tried where their first word stands.

use crate::number::{Number, Numbers, Sieve, digits};
use crate::period::Unit;
use jiff::civil::Date;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use vigie_resources::{Language, TenseWords, TimeFile, TimeRule, time_file};

/// What one element of a pattern accepts.
#[derive(Debug)]
enum Accept {
    Literal(Vec<&'static str>),
    Class(&'static BTreeMap<String, Vec<String>>),
    Day,
    Days,
    Year,
    ShortYear,
    Years,
    Decade,
    MidMonth,
    Number,
    Date,
    Hour,
    Minute,
}

#[derive(Debug)]
struct Element {
    accept: Accept,
    slot: &'static str,
    optional: bool,
}

/// One compiled pattern of a rule.
#[derive(Debug)]
struct Pattern {
    rule: usize,
    elements: Vec<Element>,
}

/// What a pattern captured: the first value of each slot.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Captures(Vec<(&'static str, i32)>);

impl Captures {
    /// The value of a slot.
    pub(crate) fn get(&self, slot: &str) -> Option<i32> {
        self.0.iter().find(|(s, _)| *s == slot).map(|(_, v)| *v)
    }
}

/// A rule that matched tokens `first..end`.
#[derive(Debug, Clone)]
pub(crate) struct Match {
    /// First token.
    pub(crate) first: usize,
    /// One past the last token.
    pub(crate) end: usize,
    /// Index of the rule.
    pub(crate) rule: usize,
    /// What it captured.
    pub(crate) captures: Captures,
}

/// The time rules of one language.
#[derive(Debug)]
pub(crate) struct Grammar {
    /// The file they were read from.
    pub(crate) file: &'static TimeFile,
    language: Language,
    patterns: Vec<Pattern>,
    suffixes: Vec<Vec<Element>>,
    by_word: BTreeMap<&'static str, Vec<usize>>,
    by_digit: Vec<usize>,
    sieve: Sieve,
    numbers: &'static Numbers,
    /// Prefix forms of each relation as tokens, longest first.
    pub(crate) relations: Vec<(Vec<&'static str>, &'static str)>,
    /// Word lists that tell past from future.
    pub(crate) tense: &'static TenseWords,
}

/// The parts of the day, in the order of the numbers that patterns capture.
const PARTS: [&str; 5] = ["morning", "noon", "afternoon", "evening", "night"];
/// The edges of a span.
pub(crate) const EDGES: [&str; 3] = ["early", "middle", "late"];
/// The directions.
pub(crate) const DIRECTIONS: [&str; 4] = ["last", "next", "preceding", "following"];
/// The seasons, counted from 1.
const SEASONS: [&str; 5] = ["", "spring", "summer", "autumn", "winter"];

/// The number that stands for a value's name in the tables.
fn value_of(name: &str) -> Option<i32> {
    if let Some((month, day)) = name.split_once('-') {
        return Some(month.parse::<i32>().ok()? * 100 + day.parse::<i32>().ok()?);
    }
    if let Ok(value) = name.parse() {
        return Some(value);
    }
    let position = |list: &[&str]| list.iter().position(|n| *n == name).map(|i| i as i32);
    position(&PARTS)
        .or_else(|| position(&EDGES))
        .or_else(|| position(&DIRECTIONS))
        .or_else(|| position(&SEASONS))
        .or_else(|| Unit::NAMES.iter().position(|(n, _)| *n == name).map(|i| i as i32))
}

fn element(text: &'static str, file: &'static TimeFile) -> Element {
    let (text, optional) = match text.strip_suffix('?') {
        Some(rest) if !rest.is_empty() => (rest, true),
        _ => (text, false),
    };
    let Some(class) = text.strip_prefix('<').and_then(|t| t.strip_suffix('>')) else {
        return Element { accept: Accept::Literal(text.split('|').collect()), slot: "", optional };
    };
    let (class, slot) = class.split_once(':').unwrap_or((class, class));
    let name = class.trim_end_matches('2');
    let accept = match name {
        "day" => Accept::Day,
        "days" => Accept::Days,
        "year" => Accept::Year,
        "shortyear" => Accept::ShortYear,
        "years" => Accept::Years,
        "decade" => Accept::Decade,
        "mid-month" => Accept::MidMonth,
        "n" => Accept::Number,
        "date" => Accept::Date,
        "hour" => Accept::Hour,
        "minute" => Accept::Minute,
        _ => {
            let words = file.class.get(name).unwrap_or_else(|| panic!("timex.toml: no class {name}"));
            Accept::Class(words)
        }
    };
    Element { accept, slot, optional }
}

impl Grammar {
    fn new(language: Language) -> Self {
        let file = time_file(language);
        let compile = |text: &'static str| text.split_whitespace().map(|t| element(t, file)).collect::<Vec<_>>();
        let mut patterns = Vec::new();
        for (rule, entry) in file.rule.iter().enumerate() {
            patterns.extend(entry.pattern.iter().map(|p| Pattern { rule, elements: compile(p) }));
        }
        let mut relations: Vec<(Vec<&'static str>, &'static str)> = file
            .relation
            .iter()
            .flat_map(|r| r.words.iter().map(|w| (w.split_whitespace().collect(), r.means.as_str())))
            .collect();
        relations.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        let mut grammar = Self {
            file,
            language,
            patterns,
            suffixes: file.suffix.iter().map(|s| compile(s)).collect(),
            by_word: BTreeMap::new(),
            by_digit: Vec::new(),
            sieve: Sieve::new(std::iter::empty()),
            numbers: Numbers::of(language),
            relations,
            tense: &file.tense,
        };
        grammar.index();
        grammar
    }

    /// The rules of a language.
    pub(crate) fn of(language: Language) -> &'static Self {
        static ALL: OnceLock<BTreeMap<Language, Grammar>> = OnceLock::new();
        &ALL.get_or_init(|| Language::all().map(|l| (l, Self::new(l))).collect())[&language]
    }

    /// One rule.
    pub(crate) fn rule(&self, index: usize) -> &'static TimeRule {
        &self.file.rule[index]
    }

    /// The name of a rule as results give it.
    pub(crate) fn rule_id(&self, index: usize) -> String {
        format!("{}/timex#{}", self.language.code(), self.rule(index).id)
    }

    /// Files every pattern under the words that it can begin with.
    fn index(&mut self) {
        for (at, pattern) in self.patterns.iter().enumerate() {
            for element in &pattern.elements {
                match &element.accept {
                    Accept::Literal(words) => {
                        for word in words {
                            self.by_word.entry(word).or_default().push(at);
                        }
                    }
                    Accept::Class(words) => {
                        for word in words.values().flatten() {
                            self.by_word.entry(word).or_default().push(at);
                        }
                    }
                    Accept::MidMonth => {
                        for prefix in self.file.prefix.keys() {
                            self.by_word.entry(prefix).or_default().push(at);
                        }
                    }
                    accept => {
                        if matches!(accept, Accept::Number) {
                            for word in self.numbers.words() {
                                self.by_word.entry(word).or_default().push(at);
                            }
                        }
                        if matches!(accept, Accept::Day)
                            && let Some(days) = self.file.class.get("day")
                        {
                            for word in days.values().flatten() {
                                self.by_word.entry(word).or_default().push(at);
                            }
                        }
                        self.by_digit.push(at);
                    }
                }
                if !element.optional {
                    break;
                }
            }
        }
        for list in self.by_word.values_mut() {
            list.dedup();
        }
        self.by_digit.dedup();
        self.sieve = Sieve::new(self.by_word.keys().copied());
    }

    /// The longest match that begins at token `at`; the earlier rule among equals.
    pub(crate) fn match_at(&self, forms: &[SmolStr], at: usize, counts: &dyn Fn(usize) -> bool) -> Option<Match> {
        let form = forms.get(at)?.as_str();
        let none: &[usize] = &[];
        let known = Some(form).filter(|f| self.sieve.passes(f)).and_then(|f| self.by_word.get(f));
        let words = known.map_or(none, Vec::as_slice);
        let hyphened = match form.split_once('-').filter(|_| form.starts_with(|c: char| c.is_alphabetic())) {
            Some((head, _)) => {
                let prefixed = self.file.prefix.keys().find(|p| p.trim_end_matches('-') == head);
                let prefixed = prefixed.and_then(|p| self.by_word.get(p.as_str()));
                // "trente-cinq": filed under its first piece.
                prefixed.or_else(|| self.by_word.get(head)).map_or(none, Vec::as_slice)
            }
            None => none,
        };
        if words.is_empty() && hyphened.is_empty() && !form.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let digit = if form.starts_with(|c: char| c.is_ascii_digit()) { self.by_digit.as_slice() } else { none };
        let mut best: Option<Match> = None;
        for &index in words.iter().chain(hyphened).chain(digit) {
            let pattern = &self.patterns[index];
            let mut captures = Captures::default();
            let Some(mut end) = self.run(&pattern.elements, forms, at, &mut captures) else { continue };
            // A comma that nothing followed is not part of it.
            while end > at + 1 && forms[end - 1] == "," {
                end -= 1;
            }
            let longer = best.as_ref().is_none_or(|b| (end, b.rule) > (b.end, pattern.rule));
            if longer && self.allowed(pattern.rule, forms, at, end, counts) {
                best = Some(Match { first: at, end, rule: pattern.rule, captures });
            }
        }
        best
    }

    fn allowed(&self, rule: usize, forms: &[SmolStr], at: usize, end: usize, counts: &dyn Fn(usize) -> bool) -> bool {
        let rule = self.rule(rule);
        let before = at.checked_sub(1).map(|i| forms[i].as_str());
        if !rule.after.is_empty() && !before.is_some_and(|b| rule.after.iter().any(|w| w == b)) {
            return false;
        }
        let behind = forms.get(end).map(SmolStr::as_str);
        if behind.is_some_and(|b| rule.not_before.iter().any(|w| w == b) && (b != "." || end + 1 < forms.len())) {
            return false;
        }
        if rule.closing && behind.is_some_and(|b| b.chars().any(char::is_alphanumeric)) {
            return false;
        }
        !(rule.not_counting && end > at && counts(end - 1))
    }

    /// One past the last token of a part of the day that begins at `at`.
    pub(crate) fn suffix(&self, forms: &[SmolStr], at: usize) -> Option<usize> {
        let mut captures = Captures::default();
        self.suffixes.iter().filter_map(|s| self.run(s, forms, at, &mut captures)).max()
    }

    fn run(&self, elements: &[Element], forms: &[SmolStr], at: usize, captures: &mut Captures) -> Option<usize> {
        let Some((element, rest)) = elements.split_first() else { return Some(at) };
        let kept = captures.0.len();
        if let Some(len) = self.accept(element, forms, at, captures)
            && let Some(end) = self.run(rest, forms, at + len, captures)
        {
            return Some(end);
        }
        captures.0.truncate(kept);
        if element.optional { self.run(rest, forms, at, captures) } else { None }
    }

    /// How many tokens the element takes.
    fn accept(&self, element: &Element, forms: &[SmolStr], at: usize, captures: &mut Captures) -> Option<usize> {
        let form = forms.get(at)?.as_str();
        let mut put = |slot, value| captures.0.push((slot, value));
        let small = |from: i32, to: i32| plain(form, 2).filter(|v| (from..=to).contains(v));
        match &element.accept {
            Accept::Literal(words) => words.contains(&form).then_some(1),
            Accept::Class(words) => {
                let name = words.iter().find(|(_, list)| list.iter().any(|w| w == form)).map(|(name, _)| name)?;
                put(element.slot, value_of(name)?);
                Some(1)
            }
            Accept::Day => {
                let named = || {
                    let days = self.file.class.get("day")?;
                    let (name, _) = days.iter().find(|(_, list)| list.iter().any(|w| w == form))?;
                    value_of(name)
                };
                put(element.slot, small(1, 31).or_else(named)?);
                Some(1)
            }
            Accept::Days => {
                let (first, last) = form.split_once('-')?;
                let (first, last) = (plain(first, 2)?, plain(last, 2)?);
                put("day", first);
                put("day2", last);
                ((1..last).contains(&first) && last <= 31).then_some(1)
            }
            Accept::Year => {
                put(element.slot, year(form)?);
                Some(1)
            }
            Accept::ShortYear => {
                put("year", 1900 + small(32, 99)?);
                Some(1)
            }
            Accept::Years => {
                let (first, last) = form.split_once('-')?;
                let first = year(first)?;
                let last = year(last).or_else(|| plain(last, 2).map(|l| first - first % 100 + l))?;
                put("year", first);
                put("year2", last);
                (first < last).then_some(1)
            }
            Accept::Decade => {
                let decade = small(10, 90).filter(|d| d % 10 == 0)?;
                put("year", 1900 + decade);
                Some(1)
            }
            Accept::MidMonth => {
                let (prefix, edge) = self.file.prefix.iter().find(|(p, _)| form.starts_with(p.as_str()))?;
                let rest = &form[prefix.len()..];
                put("edge", value_of(edge)?);
                let months = self.file.class.get("month")?;
                if let Some((name, _)) = months.iter().find(|(_, list)| list.iter().any(|w| w == rest)) {
                    put("month", value_of(name)?);
                } else {
                    put("year", year(rest)?);
                }
                Some(1)
            }
            Accept::Number => {
                let Number { milli, len, .. } = self.numbers.read(forms, at)?;
                put(element.slot, i32::try_from(milli.div_ceil(1000)).ok().filter(|n| *n < 10_000)?);
                Some(len)
            }
            Accept::Date => {
                let date = numeric_date(form)?;
                put("year", i32::from(date.year()));
                put("month", i32::from(date.month()));
                put("day", i32::from(date.day()));
                Some(1)
            }
            Accept::Hour => {
                put(element.slot, small(0, 24)?);
                Some(1)
            }
            Accept::Minute => {
                put(element.slot, small(0, 59)?);
                Some(1)
            }
        }
    }
}

/// A whole number of at most `length` digits.
fn plain(form: &str, length: usize) -> Option<i32> {
    (form.len() <= length && !form.is_empty() && form.bytes().all(|b| b.is_ascii_digit()))
        .then(|| form.parse().ok())
        .flatten()
}

/// A year of four digits.
fn year(form: &str) -> Option<i32> {
    (form.len() == 4).then(|| plain(form, 4)).flatten().filter(|y| (1000..=2199).contains(y))
}

/// Day, month and year, or year, month and day, in figures.
pub(crate) fn numeric_date(form: &str) -> Option<Date> {
    let parts: Vec<&str> = form.split(['/', '-', '.']).collect();
    let [a, b, c] = parts[..] else { return None };
    digits(a)?;
    let (day, month, year_text) = if a.len() == 4 { (c, b, a) } else { (a, b, c) };
    let year = year(year_text).or_else(|| {
        let short = plain(year_text, 2).filter(|_| year_text.len() == 2)?;
        Some(if short < 70 { 2000 + short } else { 1900 + short })
    })?;
    let small = |text: &str| i8::try_from(plain(text, 2)?).ok();
    Date::new(i16::try_from(year).ok()?, small(month)?, small(day)?).ok()
}
