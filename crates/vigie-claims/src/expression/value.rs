//! From what a rule captured to the value that TIMEX3 writes.

use super::anchor::{Anchor, Choice, Way};
use super::cue::Cue;
use super::feast::{season, weekday};
use super::matching::{Captured, Captures};
use super::shape;
use super::told::Told;
use super::{Counted, ExpressionType};
use jiff::civil::Date;
use vigie_resources::ExpressionRule;

/// The value of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) r#type: ExpressionType,
    pub(super) value: String,
    pub(super) counted: Counted,
    pub(super) percent: u8,
    pub(super) otherwise: Option<String>,
    /// The day that was told, where one was.
    pub(super) day: Option<Date>,
}

/// A reading less sure than this, in percent, keeps the other one beside it.
const WEAK: u8 = 80;

/// Where an expression stands.
#[derive(Clone, Copy)]
pub(super) struct Site<'a> {
    /// The way that the clause looks.
    pub(super) cue: &'a dyn Fn() -> Cue,
    /// First byte of the expression.
    pub(super) at: usize,
    /// It is the first of its paragraph.
    pub(super) opens: bool,
}

/// A rule at work.
pub(super) struct Work<'a> {
    pub(super) rule: &'static ExpressionRule,
    pub(super) captures: &'a Captures,
    pub(super) anchor: &'a mut Anchor,
    pub(super) site: Site<'a>,
}

/// A value before it is written: a time that was told or counted, or the bare words of the standard.
pub(super) enum Draft {
    /// A time and the unit in which it is written.
    Time(Told, &'static str, Counted),
    /// A day chosen among several, and the unit in which it is written.
    Chosen(Choice, &'static str),
    /// A text, with the time it stands for where it stands for one.
    Text(String, Option<Told>, Counted),
}

/// The value of a match; notes what was told. `None` when the words make no time.
pub(super) fn value(
    rule: &'static ExpressionRule,
    captures: &Captures,
    anchor: &mut Anchor,
    site: &Site,
) -> Option<Value> {
    let mut work = Work { rule, captures, anchor, site: *site };
    let draft = work.draft()?;
    work.write(draft)
}

impl Work<'_> {
    pub(super) fn get(&self, slot: &str) -> Option<i64> {
        self.captures.whole(slot)
    }

    pub(super) fn small(&self, slot: &str) -> Option<i8> {
        self.get(slot).and_then(|v| i8::try_from(v).ok())
    }

    pub(super) fn unit(&self) -> Option<&'static str> {
        self.captures.name("unit").or(Some(self.rule.unit.as_str()).filter(|u| !u.is_empty()))
    }

    /// The year in figures, of two figures in the century that lies nearest.
    pub(super) fn year(&self) -> Option<i16> {
        let era = self.captures.name("era").is_some();
        let signed = |y: i64| i16::try_from(if era { -y } else { y }).ok();
        if let Some(year) = self.get("year").filter(|_| self.get("shortyear").is_none()) {
            return signed(year);
        }
        let short = self.get("shortyear")?;
        let near = match (self.anchor.history, self.anchor.told, self.anchor.published) {
            (true, Some(told), _) => i64::from(told.year),
            (_, _, Some(published)) => i64::from(published.year()) + 10,
            _ => 1999,
        };
        let year = near - near.rem_euclid(100) + short;
        signed(if !self.anchor.history && year > near { year - 100 } else { year })
    }

    pub(super) fn cue(&self) -> Cue {
        (self.site.cue)()
    }

    pub(super) fn way(&self) -> Way {
        Way::of(self.captures.name("direction"))
    }

    /// How many units away: a direction, else the offset of the rule.
    fn offset(&self) -> i64 {
        match self.captures.name("direction") {
            Some("last" | "preceding") => -1,
            Some("next" | "following") => 1,
            Some(_) => 0,
            None => i64::from(self.rule.offset),
        }
    }

    /// The number told, in thousandths; `Err` for an open one ("some").
    pub(super) fn count(&self) -> Result<i64, ()> {
        let milli = |slot: &str| self.captures.name(slot).and_then(|n| n.parse::<i64>().ok());
        let whole = match self.captures.get("n") {
            Some(Captured::Milli(milli)) => milli,
            Some(Captured::Name(name)) => name.parse::<i64>().map(|n| n * 1000).map_err(|_| ())?,
            None => milli("fraction").unwrap_or(1000),
        };
        Ok(whole + milli("extra").unwrap_or(0))
    }

    fn draft(&mut self) -> Option<Draft> {
        let plain = |text: String| Some(Draft::Text(text, None, Counted::Absolute));
        match self.rule.value.as_str() {
            "fixed" => plain(self.rule.is.clone()),
            "date" => self.date(),
            "numeric" => {
                let all = self.get("date")?;
                let part = |n: i64| i8::try_from(n % 100).ok();
                let date = Date::new(i16::try_from(all / 10_000).ok()?, part(all / 100)?, part(all)?).ok()?;
                Some(Draft::Time(Told::day(date), "day", Counted::Absolute))
            }
            "month" => self.month(),
            "year" => Some(Draft::Time(Told { year: self.year()?, month: None, day: None }, "year", Counted::Absolute)),
            "decade" => {
                let year = self.year()?;
                (year % 10 == 0).then_some(())?;
                Some(Draft::Time(Told { year, month: None, day: None }, "decade", Counted::Absolute))
            }
            "century" => {
                let century = self.get("ordinal")? - 1;
                let year = i16::try_from(century * 100).ok()?;
                let year =
                    if self.captures.name("era").is_some() { return plain(format!("BC{century:02}")) } else { year };
                Some(Draft::Time(Told { year, month: None, day: None }, "century", Counted::Absolute))
            }
            "season" => self.season(),
            // "in summer" may mean every summer.
            "season-open" if matches!(self.cue(), Cue::None | Cue::Near) => {
                plain(format!("XXXX-{}", season(self.captures.name("season")?).0))
            }
            "season-open" => self.season(),
            "nothing" => None,
            "part-of-year" => self.part_of_year(),
            "weekday" => {
                let weekday = weekday(self.get("weekday")?)?;
                let cue = self.anchor.remember(self.cue());
                match self.anchor.weekday(weekday, cue, self.way()) {
                    Some(choice) => Some(Draft::Chosen(choice, "day")),
                    None => plain(format!("XXXX-WXX-{}{}", self.get("weekday")?, self.clock().unwrap_or_default())),
                }
            }
            "weekday-day" => self.weekday_day(),
            "holiday" => self.holiday(),
            "shift" => {
                let (unit, count) = (self.unit()?, self.offset());
                let now = if self.anchor.history { self.anchor.then() } else { None };
                let now = now.or_else(|| self.anchor.now().map(|(d, c)| (Told::day(d), c)));
                // On a weekday the next weekend is that of the same week.
                let here =
                    now.and_then(|(told, _)| told.date()).is_some_and(|d| d.weekday().to_monday_zero_offset() < 5);
                self.counted(now, unit, if unit == "weekend" && count > 0 && here { count - 1 } else { count })
            }
            "here" => {
                let (unit, count) = (self.unit()?, self.offset());
                let told = if self.anchor.history { self.then(unit) } else { None };
                let from = told.or_else(|| self.anchor.now().map(|(d, c)| (Told::day(d), c)));
                self.counted(from, unit, count)
            }
            "bare-day" => {
                let told = self.anchor.told.filter(|t| t.month.is_some()).map(|t| (t, Counted::FromNarrative));
                let (at, counted) = told.or_else(|| self.anchor.now().map(|(d, c)| (Told::day(d), c)))?;
                let day = Date::new(at.year, at.month?, self.small("day")?).ok()?;
                Some(Draft::Time(Told::day(day), "day", counted))
            }
            "story" => {
                let (unit, count) = (self.unit()?, self.offset());
                let then = self.then(unit);
                self.counted(then, unit, count)
            }
            "ago" | "later" => self.away(),
            "length" => plain(shape::length(self.count().ok(), self.unit()?)),
            "open-length" => plain(shape::length(None, self.unit()?)),
            "era-year" => {
                let year = -i16::try_from(self.get("year")?).ok()?;
                let month = self.small("month");
                Some(Draft::Time(Told { year, month, day: None }, "month-or-year", Counted::Absolute))
            }
            "weekend" => {
                let now = self.anchor.now();
                // On a weekday what lies behind is the weekend of the week before.
                let passed = now.is_some_and(|(day, _)| day.weekday().to_monday_zero_offset() < 5)
                    && !matches!(self.cue(), Cue::Future | Cue::Ahead(_));
                self.counted(now.map(|(d, c)| (Told::day(d), c)), "weekend", -i64::from(passed))
            }
            "set" => plain(self.set()?),
            "clock" => self.hour(),
            "part" => {
                let part = self.clock()?;
                match self.anchor.day_of_hour(self.site.at) {
                    Some((day, counted)) => Some(Draft::Time(Told::day(day), "day", counted)),
                    None => plain(format!("XXXX-XX-XX{part}")),
                }
            }
            other => unreachable!("timex.toml: no value {other}"),
        }
    }

    fn set(&self) -> Option<String> {
        if let Some(weekday) = self.get("weekday") {
            return Some(format!("XXXX-WXX-{weekday}{}", self.clock().unwrap_or_default()));
        }
        if let Some(month) = self.get("month") {
            return Some(format!("XXXX-{month:02}"));
        }
        if let Some(name) = self.captures.name("season") {
            return Some(format!("XXXX-{}", season(name).0));
        }
        if self.captures.name("part").is_some() || !self.rule.part.is_empty() {
            return Some(format!("XXXX-XX-XX{}", self.clock()?));
        }
        let times = i64::from(self.rule.offset.max(1));
        Some(shape::length(self.count().ok().map(|n| n * times), self.unit()?))
    }

    fn write(&mut self, draft: Draft) -> Option<Value> {
        let explicit = self.get("year").is_some() || self.get("shortyear").is_some();
        let mut kind = match self.rule.r#type.as_str() {
            "TIME" => ExpressionType::Time,
            "DURATION" => ExpressionType::Duration,
            "SET" => ExpressionType::Set,
            _ => ExpressionType::Date,
        };
        let (mut percent, mut otherwise) = (100, None);
        let (value, told, counted) = match draft {
            Draft::Time(told, unit, counted) => (self.timed(told, unit, &mut kind)?, Some(told), counted),
            Draft::Chosen(choice, unit) => {
                let told = |date: Date| Told { day: Some(date.day()).filter(|_| unit != "month"), ..Told::day(date) };
                percent = choice.percent;
                otherwise =
                    choice.otherwise.filter(|_| percent < WEAK).and_then(|d| self.timed(told(d), unit, &mut kind));
                (self.timed(told(choice.date), unit, &mut kind)?, Some(told(choice.date)), choice.counted)
            }
            Draft::Text(text, told, counted) => (text, told, counted),
        };
        if let Some(told) = told {
            self.anchor.tell(told, explicit, self.site.at, self.site.opens);
        }
        Some(Value { r#type: kind, value, counted, percent, otherwise, day: told.and_then(Told::date) })
    }

    /// A time in a unit; a day with its part or hour.
    fn timed(&self, told: Told, unit: &'static str, kind: &mut ExpressionType) -> Option<String> {
        let mut text = shape::in_unit(told, unit)?;
        if unit == "day"
            && let Some(clock) = self.clock()
        {
            text.push_str(&clock);
            if *kind == ExpressionType::Date {
                *kind = ExpressionType::Time;
            }
        }
        Some(text)
    }
}
