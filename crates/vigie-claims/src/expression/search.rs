//! A text searched for expressions of time, and their values: what a parse tells of their clauses goes before what bare
//! words tell.

use super::anchor::{self, Anchor};
use super::cue::{self, Cue};
use super::feast::weekday;
use super::grammar::Rules;
use super::matching::{self, Match, ends_with};
use super::pattern::Phrase;
use super::token::Token;
use super::value::{self, Site};
use super::{Expression, ExpressionType, Side, Telling};
use crate::period::plus_days;
use jiff::civil::{Date, Weekday};
use vigie_resources::Language;
use vigie_text::Span;

/// What is known of the clause around an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sight {
    /// Nothing: the words beside it decide.
    Unknown,
    /// It tells what has happened.
    Past,
    /// It tells what is to come.
    Future,
    /// It tells what was to come when somebody said so; the expression with this index dates the saying.
    Ahead(Option<usize>),
    /// It is in the present: either way.
    Present,
    /// The words name a deadline, which may lie ahead of a past verb ("put off to Friday").
    Deadline,
    /// The words do not tell a time at all.
    NoTime,
}

/// What the words of a match name, whatever else they leave open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) span: Span,
    pub(crate) year: Option<i16>,
    pub(crate) month: Option<i8>,
    pub(crate) day: Option<i8>,
    pub(crate) weekday: Option<Weekday>,
    /// The words beside it tell what is to come.
    pub(crate) future: bool,
}

/// The places of a text where rules match.
pub(crate) struct Search<'t> {
    text: &'t str,
    rules: &'static Rules,
    tokens: Vec<Token>,
    found: Vec<Match>,
}

impl<'t> Search<'t> {
    /// Searches a text.
    pub(crate) fn of(text: &'t str, language: Language) -> Self {
        let rules = Rules::of(language);
        let tokens = rules.vocabulary.scan(text);
        let found = matching::matches(rules, &tokens);
        Self { text, rules, tokens, found }
    }

    /// Where the matches stand, in text order.
    pub(crate) fn spans(&self) -> Vec<Span> {
        self.found.iter().map(|item| self.span(item)).collect()
    }

    /// The years and days of the calendar that the text names.
    pub(crate) fn named(&self) -> Vec<Named> {
        let one = |item: &Match| {
            let get = |slot: &str| item.captures.whole(slot);
            let small = |n: Option<i64>| n.and_then(|n| i8::try_from(n).ok());
            let (mut year, mut month, mut day) = (get("year"), get("month"), get("day"));
            match self.sort(item) {
                "date" | "weekday-day" | "month" | "year" | "season" | "part-of-year" | "holiday" => {}
                "numeric" => {
                    let all = get("date")?;
                    (year, month, day) = (Some(all / 10_000), Some(all / 100 % 100), Some(all % 100));
                }
                _ => return None,
            }
            (year.is_some() || day.is_some()).then_some(())?;
            Some(Named {
                span: self.span(item),
                year: year.and_then(|y| i16::try_from(y).ok()),
                month: small(month),
                day: small(day),
                weekday: get("weekday").and_then(weekday),
                future: cue::cue(self.rules, self.text, &self.tokens, item.first, item.end) == Cue::Future
                    || item.captures.name("direction") == Some("next"),
            })
        };
        self.found.iter().filter_map(one).collect()
    }

    /// How the value of a match is computed.
    fn sort(&self, item: &Match) -> &'static str {
        self.rules.rules[item.rule].file.value.as_str()
    }

    fn span(&self, item: &Match) -> Span {
        Span::new(self.tokens[item.first].start as usize, self.tokens[item.end - 1].end as usize)
    }

    /// The expression of each match; `None` where its words make no time. `sights` has an entry for each match.
    pub(crate) fn resolve(
        &self,
        published: Option<Date>,
        telling: Telling,
        sights: &[Sight],
    ) -> Vec<Option<Expression>> {
        let history = match telling {
            Telling::News => false,
            Telling::History => true,
            Telling::Guess => published.is_none_or(|day| anchor::tells_history(self.rules, &self.found, day)),
        };
        let mut anchor = Anchor::new(published, history);
        let mut all: Vec<Option<Expression>> = vec![None; self.found.len()];
        let mut days: Vec<Option<Date>> = vec![None; self.found.len()];
        for index in self.order(sights, history) {
            let item = &self.found[index];
            let rule = self.rules.rules[item.rule].file;
            if rule.history && !history || sights[index] == Sight::NoTime {
                continue;
            }
            let cue = || self.cue(item, sights[index], published, &days);
            let span = self.span(item);
            let site = Site { cue: &cue, at: span.start(), opens: self.opens(index) };
            let Some(told) = value::value(rule, &item.captures, &mut anchor, &site) else { continue };
            days[index] = told.day;
            let side = match (item.captures.name("direction"), rule.offset) {
                (Some("last" | "preceding"), _) | (None, ..=-1) => Some(Side::Behind),
                (Some("next" | "following"), _) | (None, 1..) => Some(Side::Ahead),
                _ => None,
            };
            all[index] = Some(Expression {
                span,
                r#type: told.r#type,
                value: told.value,
                modifier: item.captures.name("mod").or(Some(rule.r#mod.as_str()).filter(|m| !m.is_empty())),
                counted: told.counted,
                percent: told.percent,
                otherwise: told.otherwise,
                side: side.filter(|_| told.r#type == ExpressionType::Duration),
                through: rule.through,
                borrowed: matches!(rule.value.as_str(), "clock" | "part"),
                rule: self.rules.ids[item.rule].clone(),
            });
        }
        all
    }

    /// The way that the clause looks: as the parse says, else as the nearest word does.
    fn cue(&self, item: &Match, sight: Sight, published: Option<Date>, days: &[Option<Date>]) -> Cue {
        let words = || cue::cue(self.rules, self.text, &self.tokens, item.first, item.end);
        let eve = || published.and_then(|day| plus_days(day, -1));
        match sight {
            Sight::Past => Cue::Past,
            Sight::Future => Cue::Future,
            // A forecast without a day of its own is at most a day old: what it calls coming may lie on the eve of the
            // publication.
            Sight::Ahead(said) => said.and_then(|at| days[at]).or_else(eve).map_or(Cue::Future, Cue::Ahead),
            Sight::Deadline if self.sort(item) == "weekday" => eve().map_or(Cue::Future, Cue::Ahead),
            Sight::Deadline => Cue::Near,
            Sight::Present if words() == Cue::Future => Cue::Future,
            Sight::Present => Cue::Near,
            Sight::Unknown | Sight::NoTime => {
                let before = |list: &[Phrase]| list.iter().any(|p| ends_with(&self.tokens, item.first, p));
                if before(&self.rules.earliest) {
                    Cue::Future
                } else if before(&self.rules.deadline) && self.sort(item) != "weekday" {
                    Cue::Near
                } else {
                    words()
                }
            }
        }
    }

    /// A blank line stands between this match and the one before, or inside it.
    fn opens(&self, index: usize) -> bool {
        let from = index.checked_sub(1).map_or(0, |before| self.found[before].first + 1);
        self.tokens[from..=self.found[index].first].iter().any(|t| t.breaks)
    }

    /// Text order, but what counts from an expression that stands behind it comes right after that one.
    fn order(&self, sights: &[Sight], history: bool) -> Vec<usize> {
        let mut waiting: Vec<Vec<usize>> = vec![Vec::new(); self.found.len()];
        let mut order = Vec::with_capacity(self.found.len());
        for (index, sight) in sights.iter().enumerate() {
            if let Some(behind) = self.counts_from(index, *sight, history) {
                waiting[behind].push(index);
                continue;
            }
            let mut ready = vec![index];
            while let Some(next) = ready.pop() {
                order.push(next);
                ready.extend(waiting[next].iter().rev());
            }
        }
        order
    }

    /// The later expression that this one counts from: the day of a saying, or for "the day before" the first day of the
    /// sentence where none stands before it. (History tells in order: its days follow from the sentence before.)
    fn counts_from(&self, index: usize, sight: Sight, history: bool) -> Option<usize> {
        if let Sight::Ahead(Some(said)) = sight {
            return Some(said).filter(|said| *said > index);
        }
        let sort = |at: usize| self.sort(&self.found[at]);
        let parted = |a: usize, b: usize| {
            let between = &self.tokens[self.found[a].end..self.found[b].first];
            between.iter().any(|t| t.breaks || cue::closes(self.rules, t))
        };
        let day = |at: usize| matches!(sort(at), "date" | "numeric" | "weekday" | "weekday-day" | "shift");
        if history || !matches!(sort(index), "story" | "later") {
            return None;
        }
        let before = (0..index).rev().take_while(|&at| !parted(at, index)).any(day);
        let behind = (index + 1..self.found.len()).take_while(|&at| !parted(index, at)).find(|&at| day(at));
        behind.filter(|_| !before)
    }
}
