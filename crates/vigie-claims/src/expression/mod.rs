//! Expressions of time in a text as TIMEX3 has them: span, type, value and modifier, found without a parser.
//!
//! The rules of a language are data (`[[expression]]` in `languages/<code>/timex.toml`). Values follow TimeML 1.2.1
//! (ISO 8601 with `X` for what is open, `PRESENT_REF` and its kin, parts of the day, seasons and weekends).

mod anchor;
mod calendar;
mod clock;
mod counting;
mod cue;
mod feast;
mod figures;
mod grammar;
mod matching;
mod pattern;
mod search;
mod shape;
#[cfg(test)]
mod tests;
mod token;
mod told;
mod value;

use crate::claim::RuleId;
use jiff::civil::Date;
pub(crate) use search::{Named, Search, Sight};
use vigie_resources::Language;
use vigie_text::Span;

/// The four types of TIMEX3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExpressionType {
    /// A day or a longer span of the calendar.
    Date,
    /// A time or a part of a day.
    Time,
    /// A length of time.
    Duration,
    /// What recurs.
    Set,
}

impl ExpressionType {
    /// The name that TIMEX3 has for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

/// What a value was counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Counted {
    /// Nothing: the words say it all, or nothing can be said.
    Absolute,
    /// The day of publication.
    FromDocument,
    /// A time that the text told before.
    FromNarrative,
}

impl Counted {
    /// A name for outputs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Absolute => "absolute",
            Self::FromDocument => "document",
            Self::FromNarrative => "narrative",
        }
    }
}

/// On which side of the day of publication a length of time lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// It ends there: "the last three days".
    Behind,
    /// It begins there: "the next three days".
    Ahead,
}

/// One expression of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    /// Its text, without a preposition.
    pub span: Span,
    /// Its type.
    pub r#type: ExpressionType,
    /// Its value.
    pub value: String,
    /// The attribute `mod`: `START`, `MID`, `END`, `APPROX`, `LESS_THAN` …
    pub modifier: Option<&'static str>,
    /// What the value was counted from.
    pub counted: Counted,
    /// Words without a year or a weekday may look back or ahead; how sure the reading is, in percent.
    pub percent: u8,
    /// The second reading where the first one is not sure.
    pub otherwise: Option<String>,
    /// A length that the words tie to the day of publication.
    pub side: Option<Side>,
    /// An hour or a part of a day whose day is not in its words.
    pub borrowed: bool,
    /// A night that reaches into the next day.
    pub through: bool,
    /// The rule that read it.
    pub rule: RuleId,
}

/// How a text anchors its times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Telling {
    /// As news if there is a day of publication and the dates of the text do not lie far from it, else as history.
    #[default]
    Guess,
    /// News: "in May" counts from the day of publication.
    News,
    /// History: "in May" counts from the last time told.
    History,
}

/// All expressions of time of a text in its order. Without rules for the language there are none.
#[must_use]
pub fn expressions(text: &str, language: Language, published: Option<Date>, telling: Telling) -> Vec<Expression> {
    let search = Search::of(text, language);
    let unseen = vec![Sight::Unknown; search.spans().len()];
    search.resolve(published, telling, &unseen).into_iter().flatten().collect()
}
