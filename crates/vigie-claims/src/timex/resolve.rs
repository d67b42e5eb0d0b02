//! The days that a matched rule tells, from its captures, the day of publication, the tense of its clause and the
//! days told before.

use super::clause::Direction;
use super::pattern::{Captures, DIRECTIONS};
use crate::claim::Grain;
use crate::period::{Days, Edge, Unit, plus, plus_days, weekday_from, weekday_until};
use jiff::civil::{Date, Weekday};
use vigie_resources::TimeRule;

/// What the story has told so far.
#[derive(Debug)]
pub(crate) struct Told {
    /// The day of publication.
    pub(crate) published: Option<Date>,
    part: u32,
    /// The last day told, and the part of the page in which it was.
    day: Option<Days>,
    /// The last span told with its year, and how many sentences ago.
    year: Option<(Days, u32)>,
}

impl Told {
    /// Nothing told yet.
    pub(crate) fn new(published: Option<Date>) -> Self {
        Self { published, part: 0, day: None, year: None }
    }

    /// A new sentence begins.
    pub(crate) fn enter(&mut self, part: u32) {
        let moved = part != self.part;
        self.part = part;
        // A year said once holds for the next sentence of its paragraph only.
        self.year = self.year.filter(|(_, age)| !moved && *age < 1).map(|(days, age)| (days, age + 1));
    }

    /// A span was told, its year said or not.
    pub(crate) fn tell(&mut self, days: Days, explicit: bool) {
        self.day = Some(days);
        if explicit {
            self.year = Some((days, 0));
        } else if let Some((_, age)) = self.year.as_mut() {
            *age = 0;
        }
    }
}

/// One expression to resolve.
#[derive(Debug)]
pub(crate) struct Ask<'a> {
    pub(crate) rule: &'a TimeRule,
    pub(crate) captures: &'a Captures,
    /// What the preposition means.
    pub(crate) relation: &'a str,
    /// Which way the clause looks.
    pub(crate) way: Direction,
    /// When the saying above it was, where the sentence dates it.
    pub(crate) said: Option<Date>,
    /// The other days of the sentence, nearest first.
    pub(crate) beside: &'a [Days],
}

/// The days closest to another day.
fn nearest(day: Date, candidates: &[Days]) -> Option<Days> {
    let distance = |d: &Days| match day {
        day if d.last < day => (day - d.last).get_days(),
        day if d.first > day => (d.first - day).get_days(),
        _ => 0,
    };
    candidates.iter().min_by_key(|d| distance(d)).copied()
}

/// The unit that a pattern captured.
pub(crate) fn unit(captured: i32) -> Option<Unit> {
    Unit::NAMES.get(usize::try_from(captured).ok()?).map(|(_, unit)| *unit)
}

fn unit_named(name: &str) -> Option<Unit> {
    Unit::NAMES.iter().find(|(n, _)| *n == name).map(|(_, unit)| *unit)
}

fn weekday(captured: i32) -> Option<Weekday> {
    Weekday::from_monday_one_offset(i8::try_from(captured).ok()?).ok()
}

impl Ask<'_> {
    fn get(&self, slot: &str) -> Option<i32> {
        self.captures.get(slot)
    }

    fn year(&self, slot: &str) -> Option<i16> {
        self.get(slot).and_then(|y| i16::try_from(y).ok())
    }

    fn small(&self, slot: &str) -> Option<i8> {
        self.get(slot).and_then(|v| i8::try_from(v).ok())
    }

    fn unit(&self) -> Option<Unit> {
        self.get("unit").and_then(unit).or_else(|| self.rule.unit.as_deref().and_then(unit_named))
    }

    fn direction(&self) -> Option<&'static str> {
        DIRECTIONS.get(usize::try_from(self.get("direction")?).ok()?).copied()
    }

    /// The earliest day that an event told as coming may have: a forecast without a date of its own is at most a
    /// day old, so what it calls coming may lie on the eve of the publication.
    fn horizon(&self, published: Date) -> Option<Date> {
        match (self.way, self.said) {
            (Direction::Ahead(_), Some(said)) => Some(said),
            (Direction::Ahead(_), None) => plus_days(published, -1),
            _ => Some(published),
        }
    }

    /// Chooses among days that recur, in order: the last one not after the publication, the first one not before
    /// the horizon, or the nearest.
    fn choose(&self, published: Date, candidates: &[Days]) -> Option<Days> {
        let last = || candidates.iter().rev().find(|d| d.first <= published).copied();
        let next = |from: Date| candidates.iter().find(|d| d.last >= from).copied();
        let nearest = || nearest(published, candidates);
        match (self.direction(), self.way) {
            (Some("last"), _) => candidates.iter().rev().find(|d| d.last < published).copied(),
            (Some("next"), _) => candidates.iter().find(|d| d.first > published).copied(),
            // A deadline may lie ahead of a past verb.
            (_, Direction::Past) if matches!(self.relation, "deadline" | "from") => nearest(),
            (_, Direction::Past) => last(),
            (_, Direction::Future | Direction::Ahead(_)) => next(self.horizon(published)?),
            (_, Direction::Present) => nearest(),
            (_, Direction::Unknown) => last().or_else(nearest),
        }
    }

    /// The same span of neighbouring years.
    fn yearly(&self, told: &Told, make: impl Fn(i16) -> Option<Days>) -> Option<Days> {
        let plain = told.published.and_then(|published| {
            let candidates: Vec<Days> = (published.year() - 8..=published.year() + 8).filter_map(&make).collect();
            self.choose(published, &candidates)
        });
        if self.direction().is_some() || self.ahead() {
            return plain;
        }
        // Right after a year far back, a month without one lies in the same stretch of the story, unless it also
        // names the last weeks: news tell those without a year.
        let beside = self.beside.first().map(|d| (*d, 15));
        let Some((story, recent)) = beside.or_else(|| told.year.map(|(days, _)| (days, 60))) else { return plain };
        let in_story = [make(story.first.year()), make(story.first.year() + 1)];
        let in_story = in_story.into_iter().flatten().find(|d| d.last >= story.first);
        match (told.published, plain) {
            (Some(published), Some(plain)) => {
                let old = published.year() > story.last.year() || story.first > published;
                let fresh = plain.last <= published && (published - plain.last).get_days() <= recent;
                if old && !fresh { in_story.or(Some(plain)) } else { Some(plain) }
            }
            _ => in_story.or(plain),
        }
    }

    fn ahead(&self) -> bool {
        matches!(self.way, Direction::Future | Direction::Ahead(_))
    }

    fn weekday_near(&self, published: Date, day: Weekday) -> Option<Date> {
        let last = weekday_until(published, day)?;
        let candidates: Vec<Days> = (-2..=2).filter_map(|w| plus_days(last, w * 7)).map(Days::day).collect();
        // "put off to Friday": a deadline lies ahead even of a past verb.
        if self.relation == "deadline" && self.direction().is_none() {
            let eve = plus_days(published, -1)?;
            return candidates.iter().find(|d| d.first >= eve).map(|d| d.first);
        }
        self.choose(published, &candidates).map(|d| d.first)
    }

    fn date(&self, told: &Told, day: &str, month: &str, year: Option<i16>, named: Option<i32>) -> Option<Date> {
        let (day, month) = (self.small(day)?, self.small(month)?);
        if let Some(year) = year {
            return Date::new(year, month, day).ok();
        }
        let make = |year: i16| {
            let date = Date::new(year, month, day).ok()?;
            // A weekday that does not fit the date rules the year out.
            let fits = named.and_then(weekday).is_none_or(|w| date.weekday() == w);
            fits.then(|| Days::day(date))
        };
        let free = |year: i16| Some(Days::day(Date::new(year, month, day).ok()?));
        if named.is_some()
            && let Some(published) = told.published
        {
            let near: Vec<Days> = (published.year() - 3..=published.year() + 3).filter_map(make).collect();
            if let Some(found) = nearest(published, &near) {
                return Some(found.first);
            }
        }
        self.yearly(told, free).map(|d| d.first)
    }

    /// The day that an expression of the story counts from: the nearest in the sentence, the last one told, or, for
    /// what lies before, the day of publication.
    fn anchor(&self, told: &Told, back: bool) -> Option<Days> {
        let in_sentence = self.beside.iter().find(|d| matches!(d.grain, Grain::Day | Grain::Hour));
        in_sentence.copied().or(told.day).or_else(|| told.published.filter(|_| back).map(Days::day))
    }
}

/// The days, or `None` where the story does not tell enough.
pub(crate) fn days(ask: &Ask, told: &Told) -> Option<Days> {
    let offset = ask.rule.offset.unwrap_or(0);
    let value = ask.rule.value.as_str();
    match value {
        "date" => ask.date(told, "day", "month", ask.year("year"), ask.get("weekday")).map(Days::day),
        "numeric" => Date::new(ask.year("year")?, ask.small("month")?, ask.small("day")?).ok().map(Days::day),
        "month" => month(ask, told),
        "year" => Days::years(ask.year("year")?, ask.year("year")?),
        "years" => Days::years(ask.year("year")?, ask.year("year2")?),
        "decade" => Days::years(ask.year("year")?, ask.year("year")? + 9),
        "day-range" => day_range(ask, told),
        "month-range" => month_range(ask, told),
        "season" => season(ask, told),
        "holiday" => {
            let code = ask.get("holiday")?;
            let (month, day) = (i8::try_from(code / 100).ok()?, i8::try_from(code % 100).ok()?);
            if let Some(year) = ask.year("year") {
                return Date::new(year, month, day).ok().map(Days::day);
            }
            ask.yearly(told, |year| Date::new(year, month, day).ok().map(Days::day))
        }
        "ordinal-unit" => {
            let count = match ask.unit().unwrap_or(Unit::Quarter) {
                Unit::Half => 6,
                _ => 3,
            };
            let first = i8::try_from((ask.get("ordinal")? - 1) * count + 1).ok()?;
            match ask.year("year") {
                Some(year) => Days::months(year, first, count),
                None => ask.yearly(told, |year| Days::months(year, first, count)),
            }
        }
        "ordinal-part" => {
            let month = month(ask, told)?;
            let index = i64::from(ask.get("ordinal")? - 1);
            let first = plus_days(month.first, index * 7)?;
            Days::span(first, plus_days(first, 6)?.min(month.last), Grain::Week)
        }
        "week-of" => Days::week_of(ask.date(told, "day", "month", ask.year("year"), None)?),
        "vague" | "set" | "duration" => None,
        value if value.starts_with("story") => story(ask, told, offset),
        _ => relative(ask, told, offset),
    }
}

fn month(ask: &Ask, told: &Told) -> Option<Days> {
    let found = match (ask.get("month"), ask.year("year")) {
        (Some(_), Some(year)) => Days::month(year, ask.small("month")?),
        (Some(_), None) => ask.yearly(told, |year| Days::month(year, ask.small("month")?)),
        (None, year) => Days::years(year?, year?),
    }?;
    if ask.get("edge").is_some() { found.edge(Edge::Middle) } else { Some(found) }
}

fn day_range(ask: &Ask, told: &Told) -> Option<Days> {
    let year2 = ask.year("year2").or(ask.year("year"));
    let month2 = if ask.get("month2").is_some() { "month2" } else { "month" };
    let last = ask.date(told, "day2", month2, year2, ask.get("weekday2"))?;
    let month = if ask.get("month").is_some() { ask.small("month")? } else { last.month() };
    let year = ask.year("year").unwrap_or(if month > last.month() { last.year() - 1 } else { last.year() });
    Days::span(Date::new(year, month, ask.small("day")?).ok()?, last, Grain::Day)
}

fn month_range(ask: &Ask, told: &Told) -> Option<Days> {
    let make = |year: i16| Days::month(year, ask.small("month2")?);
    let last = match ask.year("year2") {
        Some(year) => make(year)?,
        None => ask.yearly(told, make)?,
    };
    let month = ask.small("month")?;
    let year = if month > last.first.month() { last.first.year() - 1 } else { last.first.year() };
    let first = Days::month(ask.year("year").unwrap_or(year), month)?;
    Days::span(first.first, last.last, Grain::Month)
}

fn season(ask: &Ask, told: &Told) -> Option<Days> {
    let season = ask.get("season")?;
    match ask.year("year") {
        Some(year) => Days::season(year, season),
        None => ask.yearly(told, |year| Days::season(year, season)),
    }
}

/// Days counted from another day of the story.
fn story(ask: &Ask, told: &Told, offset: i32) -> Option<Days> {
    let long = ask.unit().is_some_and(|u| matches!(u.grain(), Grain::Month | Grain::Season | Grain::Year));
    let beside = ask.beside.first().copied().filter(|_| long);
    let anchor = beside.or_else(|| ask.anchor(told, offset < 0))?;
    match ask.rule.value.as_str() {
        "story-shift" => {
            let unit = ask.unit()?;
            let count = ask.get("n").unwrap_or(1) * offset;
            let from = if offset < 0 { anchor.first } else { anchor.last };
            let day = plus(from, unit, count)?;
            // A day counted from a month or a year is no day.
            match (anchor.grain, unit.grain()) {
                (Grain::Day | Grain::Hour, Grain::Day | Grain::Hour | Grain::Week) => Some(Days::day(day)),
                (Grain::Day | Grain::Hour, _) => Days::around(day, unit),
                (Grain::Month | Grain::Season | Grain::Week, Grain::Month | Grain::Year) => Days::around(day, unit),
                (Grain::Year, Grain::Year) => Days::around(day, unit),
                _ => None,
            }
        }
        "story-this" => {
            let unit = ask.unit()?;
            let anchor = ask.beside.first().copied().or(told.day).unwrap_or(anchor);
            Days::around(plus(anchor.first, unit, offset)?, unit)
        }
        "story-weekday" => {
            let day = weekday(ask.get("weekday")?)?;
            if offset < 0 {
                weekday_until(plus_days(anchor.first, -1)?, day)
            } else {
                weekday_from(plus_days(anchor.last, 1)?, day)
            }
            .map(Days::day)
        }
        _ => None,
    }
}

/// Days counted from the publication.
fn relative(ask: &Ask, told: &Told, offset: i32) -> Option<Days> {
    let published = told.published?;
    match ask.rule.value.as_str() {
        "weekday" => ask.weekday_near(published, weekday(ask.get("weekday")?)?).map(Days::day),
        "weekday-day" => {
            let (day, named) = (ask.small("day")?, weekday(ask.get("weekday")?)?);
            let first = published.first_of_month();
            let candidates: Vec<Days> = (-12..=12)
                .filter_map(|m| plus(first, Unit::Month, m))
                .filter_map(|m| Date::new(m.year(), m.month(), day).ok())
                .filter(|d| d.weekday() == named)
                .map(Days::day)
                .collect();
            ask.choose(published, &candidates)
        }
        "bare-day" => {
            let base = told.day.map_or(published, |d| d.first);
            let day = ask.small("day")?;
            let candidates: Vec<Days> = (-2..=2)
                .filter_map(|m| plus(base.first_of_month(), Unit::Month, m))
                .filter_map(|m| Date::new(m.year(), m.month(), day).ok())
                .map(Days::day)
                .collect();
            ask.choose(published, &candidates)
        }
        "weekday-range" => {
            let (first, last) = (weekday(ask.get("weekday")?)?, weekday(ask.get("weekday2")?)?);
            if ask.ahead() {
                let start = ask.weekday_near(published, first)?;
                return Days::span(start, weekday_from(start, last)?, Grain::Day);
            }
            let end = ask.weekday_near(published, last)?;
            Days::span(weekday_until(end, first)?, end, Grain::Day)
        }
        "shift" => {
            let unit = ask.unit()?;
            if unit == Unit::Hour {
                let first = plus_days(published, i64::from(offset))?;
                return Days::span(first, published, Grain::Hour);
            }
            Days::around(plus(published, unit, offset)?, unit)
        }
        "ago" => {
            let unit = ask.unit()?;
            let day = plus(published, unit, ask.get("n")? * offset)?;
            Days::around(day, unit).map(|d| if unit == Unit::Hour { Days::day(day) } else { d })
        }
        "units" => {
            let (unit, count) = (ask.unit()?, ask.get("n")?);
            match ask.direction()? {
                "next" | "following" => {
                    Days::span(plus_days(published, 1)?, plus(published, unit, count)?, unit.grain())
                }
                _ => Days::span(plus(published, unit, -count)?, published, unit.grain()),
            }
        }
        "within" => Days::span(published, plus(published, ask.unit()?, ask.get("n")?)?, ask.unit()?.grain()),
        "this" => {
            let unit = ask.unit()?;
            let offset = match ask.direction() {
                Some("last" | "preceding") => -1,
                Some(_) => 1,
                None => offset,
            };
            let whole = Days::around(plus(published, unit, offset)?, unit)?;
            match ask.get("edge") {
                Some(0) => whole.edge(Edge::Early),
                Some(1) => whole.edge(Edge::Middle),
                Some(_) => whole.edge(Edge::Late),
                None => Some(whole),
            }
        }
        "weekend" => {
            let last = weekday_until(published, Weekday::Saturday)?;
            let candidates: Vec<Days> = (-2..=2)
                .filter_map(|w| plus_days(last, w * 7))
                .filter_map(|d| Days::span(d, plus_days(d, 1)?, Grain::Day))
                .collect();
            ask.choose(published, &candidates)
        }
        _ => None,
    }
}
