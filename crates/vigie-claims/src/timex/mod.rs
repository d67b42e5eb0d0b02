//! Expressions of time in a parsed story: found by the rules of [`crate::expression`], resolved to calendar days with the
//! tense of their clause, and given to the events that they date (conventions in [`crate::period`]).

mod attach;
mod clause;
mod climb;
mod dateline;
mod days;
mod read;
#[cfg(test)]
mod tests;
mod words;

pub use attach::{period_for, said_on};
pub use dateline::dateline;
pub(crate) use read::{folded, token_ranges};

use crate::claim::{Basis, Grain, Otherwise, RuleId};
use crate::reading::Reading;
use jiff::civil::Date;
use vigie_text::Span;

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
    /// Its text, with its preposition (but not one that ties it to a noun).
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
    /// The other reading, where the words leave two.
    pub otherwise: Option<Otherwise>,
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
        Self { sentences: read::sentences(reading) }
    }
}

/// The expressions of time in one sentence, in text order.
#[must_use]
pub fn timexes(_reading: &Reading, sentence: usize, calendar: &Calendar) -> Vec<Timex> {
    calendar.sentences.get(sentence).cloned().unwrap_or_default()
}
