//! What times are counted from: the day of publication, or what the text told before.

use super::Counted;
use super::cue::Cue;
use super::grammar::Rules;
use super::matching::Match;
use super::told::Told;
use crate::period::plus_days;
use jiff::civil::{Date, Weekday};

/// The days and times told so far.
#[derive(Debug)]
pub(super) struct Anchor {
    /// The day of publication.
    pub(super) published: Option<Date>,
    /// Times are counted from what was told before.
    pub(super) history: bool,
    /// The last time told.
    pub(super) told: Option<Told>,
    /// The last day told, and the byte where it was told.
    pub(super) told_day: Option<(Date, usize)>,
    /// The last year told in figures and the byte where.
    explicit_year: Option<(i16, usize)>,
    /// Where the story stands: the last time that is no look back or ahead.
    story: Option<Told>,
    /// A year far from where the story stands; a second one nearby moves the story there.
    far_year: Option<i16>,
    /// The way that the text looked at the last weekday.
    looked: Cue,
}

/// A year of a text that is told far from it holds for this many bytes.
const YEAR_HOLDS: usize = 100;
/// Next to a year of a story, in bytes.
const NEXT_TO: usize = 60;
/// A day holds for the hours of the next sentences, this many bytes.
const DAY_HOLDS: usize = 400;

/// A choice among several readings.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choice {
    pub(super) date: Date,
    pub(super) counted: Counted,
    pub(super) percent: u8,
    pub(super) otherwise: Option<Date>,
}

impl Anchor {
    /// Before anything was told.
    pub(super) fn new(published: Option<Date>, history: bool) -> Self {
        Self {
            published,
            history,
            told: None,
            told_day: None,
            explicit_year: None,
            story: None,
            far_year: None,
            looked: Cue::None,
        }
    }

    /// Takes note of a time; `opens` a paragraph.
    pub(super) fn tell(&mut self, told: Told, explicit_year: bool, at: usize, opens: bool) {
        self.move_story(told, explicit_year, opens);
        self.told = Some(told);
        if let Some(date) = told.date() {
            self.told_day = Some((date, at));
        }
        if explicit_year {
            self.explicit_year = Some((told.year, at));
        }
    }

    /// A story goes on in small steps: a year that lies behind, or far ahead, moves it only at the head of a paragraph
    /// or when it is told twice.
    fn move_story(&mut self, told: Told, explicit_year: bool, opens: bool) {
        let step = self.story.map_or(0, |story| told.year - story.year);
        let near = if told.month.is_some() { (0..=2).contains(&step) } else { step == 0 };
        let again = self.far_year.is_some_and(|year| (told.year - year).abs() <= 1);
        if !explicit_year || near || opens || again {
            self.story = Some(told);
            self.far_year = None;
        } else {
            self.far_year = Some(told.year);
        }
    }

    /// The way told, or the one told last: an announcement goes on announcing.
    pub(super) fn remember(&mut self, cue: Cue) -> Cue {
        match cue {
            Cue::Past | Cue::Future => self.looked = cue,
            Cue::Ahead(_) | Cue::Near => return cue,
            Cue::None => {}
        }
        self.looked
    }

    /// The day that "yesterday" counts from.
    pub(super) fn now(&self) -> Option<(Date, Counted)> {
        if self.history {
            return self.told.and_then(Told::date).map(|d| (d, Counted::FromNarrative));
        }
        self.published.map(|d| (d, Counted::FromDocument))
    }

    /// The time that "the next day" counts from.
    pub(super) fn then(&self) -> Option<(Told, Counted)> {
        let told = self.told.map(|t| (t, Counted::FromNarrative));
        told.or_else(|| self.published.map(|d| (Told::day(d), Counted::FromDocument)))
    }

    /// The day that "the next day" counts from: the last day told, unless the text has moved on since.
    pub(super) fn then_day(&self) -> Option<(Date, Counted)> {
        let told = self.told_day.map(|(d, _)| (d, Counted::FromNarrative));
        told.or_else(|| self.published.map(|d| (d, Counted::FromDocument)))
    }

    /// The day that an hour without one belongs to.
    pub(super) fn day_of_hour(&self, at: usize) -> Option<(Date, Counted)> {
        let near = self.told_day.filter(|(_, told)| at.saturating_sub(*told) < DAY_HOLDS);
        near.map(|(d, _)| (d, Counted::FromNarrative))
            .or_else(|| self.published.filter(|_| !self.history).map(|d| (d, Counted::FromDocument)))
    }

    /// Chooses the year of something that every year has. `make` gives its first day in a year; it lasts `days`.
    pub(super) fn of_year(
        &self,
        make: &dyn Fn(i16) -> Option<Date>,
        days: i32,
        cue: Cue,
        way: Way,
        at: usize,
    ) -> Option<Choice> {
        let choice =
            |date: Option<Date>, counted| date.map(|date| Choice { date, counted, percent: 100, otherwise: None });
        if self.history {
            let mut told = self.story.or(self.told)?;
            // Right behind a year its months are meant.
            if let Some((year, place)) = self.explicit_year
                && at.saturating_sub(place) < NEXT_TO
                && year != told.year
            {
                told = Told { year, month: None, day: None };
            }
            let year = match way {
                Way::Last => told.year - 1,
                Way::Next => told.year + 1,
                Way::Open => told.year,
            };
            // After November comes January of the next year, when the text tells in order.
            let (here, next) = (make(year), make(year + 1));
            let turned = way == Way::Open
                && told.month.is_some_and(|m| m >= 10)
                && here.is_some_and(|d| {
                    d.month() <= 3 && told.month.is_some_and(|m| i32::from(m) - i32::from(d.month()) >= 8)
                });
            return choice(if turned { next } else { here.or(next) }, Counted::FromNarrative);
        }
        let published = self.published?;
        if way == Way::Open
            && cue == Cue::Past
            && let Some((year, told)) = self.explicit_year
            && at.saturating_sub(told) < YEAR_HOLDS
            && year != published.year()
        {
            return choice(make(year), Counted::FromNarrative);
        }
        let all: Vec<Date> = (published.year() - 2..=published.year() + 2).filter_map(make).collect();
        let before = all.iter().rev().find(|d| **d <= published).copied();
        // A month or a season that has begun is not over.
        let from = if let Cue::Ahead(from) = cue { from } else { published };
        let after = all.iter().find(|d| (from - **d).get_days() < days).copied();
        self.choose(before, after, published, cue, way)
    }

    /// Chooses between the last and the next of something that recurs.
    fn choose(&self, before: Option<Date>, after: Option<Date>, published: Date, cue: Cue, way: Way) -> Option<Choice> {
        let far = |d: Option<Date>| d.map_or(i32::MAX, |d| (d - published).get_days().abs());
        let (first, second, percent) = match (way, cue) {
            (Way::Last, _) => (before, None, 100),
            (Way::Next, _) => (after, None, 100),
            (Way::Open, Cue::Past) => (before, after, 92),
            (Way::Open, Cue::Future | Cue::Ahead(_)) => (after, before, 92),
            (Way::Open, Cue::None | Cue::Near) if far(before) <= far(after) => (before, after, 75),
            (Way::Open, Cue::None | Cue::Near) => (after, before, 65),
        };
        let date = first.or(second)?;
        Some(Choice { date, counted: Counted::FromDocument, percent, otherwise: second.filter(|s| *s != date) })
    }

    /// Chooses the week of a weekday.
    pub(super) fn weekday(&self, weekday: Weekday, cue: Cue, way: Way) -> Option<Choice> {
        let (now, counted) = self.now().or_else(|| self.then_day())?;
        let back = i64::from(now.weekday().since(weekday));
        let last = plus_days(now, -back)?;
        let next = match cue {
            Cue::Ahead(from) => plus_days(from, i64::from(from.weekday().until(weekday)))?,
            _ if back == 0 => now,
            _ => plus_days(last, 7)?,
        };
        let strictly_last = if back == 0 { plus_days(now, -7)? } else { last };
        let strictly_next = plus_days(last, 7)?;
        let mut chosen = match way {
            Way::Last => self.choose(Some(strictly_last), None, now, cue, way),
            Way::Next => self.choose(None, Some(strictly_next), now, cue, way),
            // News tell what happened: without a word that tells, a weekday lies behind.
            Way::Open if cue == Cue::None => {
                self.choose(Some(last), Some(next), now, Cue::Past, way).map(|c| Choice { percent: 70, ..c })
            }
            Way::Open => self.choose(Some(last), Some(next), now, cue, way),
        }?;
        chosen.counted = counted;
        Some(chosen)
    }
}

/// A direction told by a word of its own ("last", "next").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Last,
    Next,
    Open,
}

impl Way {
    /// From the key of the class of directions.
    pub(super) fn of(name: Option<&str>) -> Self {
        match name {
            Some("last" | "preceding") => Self::Last,
            Some("next" | "following") => Self::Next,
            _ => Self::Open,
        }
    }
}

/// Years that lie this far from the publication are history.
const FAR: i64 = 1;

/// The text tells history: most of its years in figures lie far before the day of publication, and they outnumber the
/// days that only a reader of the day's news could resolve.
pub(super) fn tells_history(rules: &Rules, found: &[Match], published: Date) -> bool {
    let (mut far, mut near, mut deictic) = (0, 0, 0);
    for item in found {
        let rule = rules.rules[item.rule].file;
        if let Some(year) = item.captures.whole("year") {
            if i64::from(published.year()) - year > FAR { far += 1 } else { near += 1 }
        } else if matches!(rule.value.as_str(), "weekday" | "shift") {
            deictic += 1;
        }
    }
    far >= 4 && far > near && far > 3 * deictic
}
