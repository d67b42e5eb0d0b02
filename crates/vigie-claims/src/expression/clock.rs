//! Values of hours and parts of the day.

use super::Counted;
use super::matching::Captured;
use super::told::Told;
use super::value::{Draft, Work};

impl Work<'_> {
    /// `T22:00`, `TEV`; `None` when no time of the day is told.
    pub(super) fn clock(&self) -> Option<String> {
        let part = self.captures.name("part").or(Some(self.rule.part.as_str()).filter(|p| !p.is_empty()));
        let Some(mut hour) = self.get("hour") else {
            return Some(match part? {
                "morning" => "TMO".to_owned(),
                "noon" => "T12:00".to_owned(),
                "afternoon" => "TAF".to_owned(),
                "evening" => "TEV".to_owned(),
                "night" => "TNI".to_owned(),
                "midnight" => "T24:00".to_owned(),
                _ => "TDT".to_owned(),
            });
        };
        match self.captures.name("meridiem").or(part) {
            Some("am") if hour == 12 => hour = 0,
            Some("pm" | "afternoon" | "evening") if hour < 12 => hour += 12,
            _ => {}
        }
        let mut minute = match self.captures.get("minute") {
            Some(Captured::Milli(milli)) => milli / 1000,
            Some(Captured::Name(name)) => name.parse().unwrap_or(0),
            None => 0,
        };
        // "a quarter to five".
        if minute < 0 {
            minute += 60;
            hour -= 1;
        }
        Some(format!("T{hour:02}:{minute:02}"))
    }

    pub(super) fn hour(&self) -> Option<Draft> {
        let clock = self.clock()?;
        Some(match self.anchor.day_of_hour(self.site.at) {
            Some((day, counted)) => Draft::Time(Told::day(day), "day", counted),
            None => Draft::Text(clock, None, Counted::Absolute),
        })
    }
}
