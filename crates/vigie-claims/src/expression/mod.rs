//! Expressions of time in a text as TIMEX3 has them: span, type, value and modifier, found without a parser.
//!
//! The rules of a language are data (`[[expression]]` in `languages/<code>/timex.toml`). Values follow TimeML 1.2.1
//! (ISO 8601 with `X` for what is open, `PRESENT_REF` and its kin, parts of the day, seasons and weekends).

mod anchor;
mod cue;
mod feast;
mod figures;
mod grammar;
mod matching;
mod shape;
#[cfg(test)]
mod tests;
mod token;
mod value;

use crate::claim::RuleId;
use anchor::Anchor;
use grammar::Rules;
use jiff::civil::Date;
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
    let rules = Rules::of(language);
    let tokens = rules.vocabulary.scan(text);
    let found = matching::matches(rules, &tokens);
    let history = match telling {
        Telling::News => false,
        Telling::History => true,
        Telling::Guess => published.is_none_or(|day| anchor::tells_history(rules, &found, day)),
    };
    let mut anchor = Anchor::new(published, history);
    let mut all = Vec::with_capacity(found.len());
    let mut last = 0;
    for item in &found {
        let opens = tokens[last..=item.first].iter().any(|t| t.breaks);
        last = item.first + 1;
        let rule = rules.rules[item.rule].file;
        if rule.history && !history {
            continue;
        }
        let cue = || cue::cue(rules, text, &tokens, item.first, item.end);
        let span = Span::new(tokens[item.first].start as usize, tokens[item.end - 1].end as usize);
        let Some(told) = value::value(rule, &item.captures, &mut anchor, &cue, (span.start(), opens)) else { continue };
        all.push(Expression {
            span,
            r#type: told.r#type,
            value: told.value,
            modifier: item.captures.name("mod").or(Some(rule.r#mod.as_str()).filter(|m| !m.is_empty())),
            counted: told.counted,
            percent: told.percent,
            otherwise: told.otherwise,
            rule: rules.ids[item.rule].clone(),
        });
    }
    all
}
