//! Values of what the calendar names: days, months, seasons, quarters, feasts; the year is the text's or chosen.

use super::Counted;
use super::cue::Cue;
use super::feast::{feast, season, weekday};
use super::shape;
use super::told::Told;
use super::value::{Draft, Work};
use crate::period::plus_days;
use jiff::civil::Date;

impl Work<'_> {
    pub(super) fn date(&self) -> Option<Draft> {
        let (day, month) = (self.small("day")?, self.small("month")?);
        if let Some(year) = self.year() {
            if year >= 0 {
                Date::new(year, month, day).ok()?;
            }
            return Some(Draft::Time(
                Told { year, month: Some(month), day: Some(day) },
                self.grain(),
                Counted::Absolute,
            ));
        }
        // The twenty-ninth of February is a day of some years.
        Date::new(2000, month, day).ok()?;
        let named = self.get("weekday").and_then(weekday);
        let fits = |year: i16| Date::new(year, month, day).ok().filter(|d| named.is_none_or(|w| d.weekday() == w));
        let free = |year: i16| Date::new(year, month, day).ok();
        let cue = if named.is_some() { Cue::None } else { self.cue() };
        let choice = self.anchor.of_year(&fits, 1, cue, self.way(), self.site.at);
        let choice = choice.or_else(|| self.anchor.of_year(&free, 1, cue, self.way(), self.site.at));
        Some(match choice {
            Some(choice) => Draft::Chosen(choice, self.grain()),
            None => Draft::Text(
                format!("XXXX-{month:02}-{day:02}{}", self.clock().unwrap_or_default()),
                None,
                Counted::Absolute,
            ),
        })
    }

    /// A date is written as a day, or as the unit that the rule names ("the week of 6 March").
    fn grain(&self) -> &'static str {
        if self.rule.unit.is_empty() { "day" } else { self.rule.unit.as_str() }
    }

    /// A weekday with the number of its day: the nearest such day.
    pub(super) fn weekday_day(&self) -> Option<Draft> {
        let (named, day) = (weekday(self.get("weekday")?)?, self.small("day")?);
        let (now, counted) = self.anchor.now().or_else(|| self.anchor.then_day())?;
        let fits = |date: &Date| date.day() == day && date.weekday() == named;
        let near = (0..200).flat_map(|n| [-n, n]).filter_map(|n| plus_days(now, n)).find(fits)?;
        Some(Draft::Time(Told::day(near), "day", counted))
    }

    pub(super) fn month(&self) -> Option<Draft> {
        let month = self.small("month")?;
        if let Some(year) = self.year() {
            return Some(Draft::Time(Told { year, month: Some(month), day: None }, "month", Counted::Absolute));
        }
        let choice =
            self.anchor.of_year(&|year| Date::new(year, month, 1).ok(), 31, self.cue(), self.way(), self.site.at);
        Some(match choice {
            Some(choice) => Draft::Chosen(choice, "month"),
            None => Draft::Text(format!("XXXX-{month:02}"), None, Counted::Absolute),
        })
    }

    pub(super) fn season(&self) -> Option<Draft> {
        let (season, month) = season(self.captures.name("season").unwrap_or(&self.rule.is));
        let text = |year: i16| format!("{}-{season}", shape::year(year));
        if let Some(year) = self.year() {
            return Some(Draft::Text(text(year), Some(Told { year, month: None, day: None }), Counted::Absolute));
        }
        let choice =
            self.anchor.of_year(&|year| Date::new(year, month, 1).ok(), 92, self.cue(), self.way(), self.site.at);
        Some(match choice {
            Some(c) => {
                let told = Told { year: c.date.year(), month: None, day: None };
                Draft::Text(text(c.date.year()), Some(told), c.counted)
            }
            None => Draft::Text(format!("XXXX-{season}"), None, Counted::Absolute),
        })
    }

    /// "the second quarter", "the first half of 2015".
    pub(super) fn part_of_year(&self) -> Option<Draft> {
        let (letter, most, months) = match self.unit()? {
            "half" => ("H", 2, 6),
            _ => ("Q", 4, 3),
        };
        let ordinal = self.get("ordinal")?;
        (1..=most).contains(&ordinal).then_some(())?;
        let text = |year: i16| format!("{}-{letter}{ordinal}", shape::year(year));
        if let Some(year) = self.year() {
            return Some(Draft::Text(text(year), None, Counted::Absolute));
        }
        let month = i8::try_from((ordinal - 1) * months + 1).ok()?;
        let choice = self.anchor.of_year(
            &|year| Date::new(year, month, 1).ok(),
            months as i32 * 30,
            self.cue(),
            self.way(),
            self.site.at,
        );
        choice.map(|c| Draft::Text(text(c.date.year()), None, c.counted))
    }

    pub(super) fn holiday(&self) -> Option<Draft> {
        let code = self.captures.name("holiday")?;
        let make = |year: i16| feast(year, code);
        if let Some(year) = self.year() {
            return Some(Draft::Time(Told::day(make(year)?), "day", Counted::Absolute));
        }
        let choice = self.anchor.of_year(&make, 1, self.cue(), self.way(), self.site.at);
        Some(match choice {
            Some(choice) => Draft::Chosen(choice, "day"),
            None => Draft::Text("XXXX-XX-XX".to_owned(), None, Counted::Absolute),
        })
    }
}
