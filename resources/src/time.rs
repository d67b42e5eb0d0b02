//! Words and rules of time and number, as the language packs write them (`timex.toml`, `numbers.toml`).

use crate::{Language, PerLanguage};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Words by class and value: `class.month.5 = ["mai"]`.
pub type WordClasses = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// `languages/<code>/timex.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TimeFile {
    /// Words that patterns ask for as `<class>`.
    pub class: WordClasses,
    /// Prepositions that decide how a date bounds a period.
    pub relation: Vec<TimeRelation>,
    /// Words that make one span of two dates.
    pub range: RangeWords,
    /// How verbs tell past from future.
    pub tense: TenseWords,
    /// What dates a page that does not say its date.
    pub dating: DatingWords,
    /// Order of day, month and year in dates in figures: `dmy` or `mdy`.
    pub date_order: String,
    /// Words that tell whether a sentence looks back or ahead, for a finder without a parser.
    pub cue: CueWords,
    /// The rules that find expressions of time, best first among rules that match the same words.
    pub expression: Vec<ExpressionRule>,
}

/// Signs of tense that can be read off bare words.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CueWords {
    /// Words of the past.
    pub past: Vec<String>,
    /// Endings of the past.
    pub past_endings: Vec<String>,
    /// Words of what is to come.
    pub future: Vec<String>,
    /// Endings of what is to come.
    pub future_endings: Vec<String>,
    /// Words before a participle that take the past out of it ("to be held").
    pub passive: Vec<String>,
    /// Prepositions whose noun tells what has happened, whatever the time of the clause ("calm since the raid").
    pub behind: Vec<String>,
    /// Words right before a date by which something has to be done: the nearest one is meant.
    pub deadline: Vec<String>,
    /// Words right before the first time at which something may happen.
    pub earliest: Vec<String>,
}

/// A rule of the finder of TIMEX3 expressions.
///
/// A pattern is a row of elements: literals `a|b_c` (an underscore stands for a space), classes `<class>` or
/// `<class:slot>`. A final `?` makes an element optional, a leading `~` wants it written together with what stands
/// before it. What follows `/` must follow the expression and is no part of it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ExpressionRule {
    /// Name, unique in the file.
    pub id: String,
    /// Several patterns may share a rule.
    pub pattern: Vec<String>,
    /// `DATE`, `TIME`, `DURATION` or `SET`.
    pub r#type: String,
    /// How the value is computed.
    pub value: String,
    /// The value itself, where nothing is to be computed.
    pub is: String,
    /// Unit, where the pattern names none.
    pub unit: String,
    /// How many units away, where the pattern names no number; multiplies the number where it does. Of a length, whether
    /// it ends at the publication (-1) or begins there (1).
    pub offset: i32,
    /// The part of the day, where the pattern names none.
    pub part: String,
    /// A night that reaches into the next day.
    pub through: bool,
    /// Attribute `mod`, where the pattern names none.
    pub r#mod: String,
    /// The words before must be one of these.
    pub after: Vec<String>,
    /// The words before must not be one of these.
    pub not_after: Vec<String>,
    /// The words behind must not be one of these.
    pub not_before: Vec<String>,
    /// The first word must begin with a capital.
    pub capital: bool,
    /// The names of months and weekdays in it must begin with a capital.
    pub proper: bool,
    /// The expression before must have a value of one of these sorts, and only words of `after` part the two; what this
    /// pattern does not say is taken from it.
    pub follows: Vec<String>,
    /// Written together with what stands before it.
    pub glued: bool,
    /// Only where a text tells history: in news these words belong to titles.
    pub history: bool,
    /// Sentences that the rule reads, on Monday 2016-12-12 unless they name a day.
    pub example: Vec<ExpressionExample>,
    /// Sentences in which this rule must not match.
    pub negative: Vec<String>,
}

/// An example of an expression.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ExpressionExample {
    /// The sentence.
    pub text: String,
    /// The words of the expression; when empty, they are not checked.
    pub span: String,
    /// The value.
    pub is: String,
    /// The day of publication, `YYYY-MM-DD`.
    pub published: String,
}

/// A preposition of time.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TimeRelation {
    /// What it does: `plain`, `of`, `deadline`, `since`, `until`, `before`, `after`, `from`, `by`.
    pub means: String,
    /// The words, several forms.
    pub words: Vec<String>,
}

/// Words between two dates that are the ends of one span.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RangeWords {
    /// Words before the first end ("from").
    pub open: Vec<String>,
    /// Words between the ends, where the first one is opened.
    pub link: Vec<String>,
    /// Words between two days that need nothing before the first ("8 and 9 December").
    pub joint: Vec<String>,
}

/// Words by which an undated story can be dated.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DatingWords {
    /// Titles of offices; by the keys of `history/offices.tsv`.
    pub title: BTreeMap<String, Vec<String>>,
    /// Words that say that an office is held no more or not yet ("former", "elect").
    pub former: Vec<String>,
    /// Words right before a date of the day of publication ("this").
    pub today: Vec<String>,
    /// The same of the day before.
    pub yesterday: Vec<String>,
    /// The same of the day after.
    pub tomorrow: Vec<String>,
    /// Words right before a date that is not that of the news ("since", "born on").
    pub aside: Vec<String>,
}

/// Verbs that turn the direction of time.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TenseWords {
    /// Verbs whose present with an infinitive tells the future.
    pub future: Vec<String>,
    /// Endings of finite verbs that only the future has.
    pub future_endings: Vec<String>,
    /// Endings of finite verbs that only the conditional has.
    pub conditional_endings: Vec<String>,
    /// Verbs whose infinitive lies after them whatever their tense: promises, demands, decisions.
    pub commissive: Vec<String>,
    /// Verbs whose participle announces something to come.
    pub planned: Vec<String>,
    /// Prepositions that put what they mark before or after the clause ("after").
    pub apart: Vec<String>,
    /// Verbs whose participle tells a state ("weakened"): the time behind it may be that of the clause.
    pub states: Vec<String>,
    /// Verbs of saying and announcing: their date is not the date of what is said.
    pub saying: Vec<String>,
}

/// `languages/<code>/numbers.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NumberFile {
    /// Number words below a hundred, and a hundred; by value.
    pub cardinal: BTreeMap<String, Vec<String>>,
    /// Words that multiply what stands before them; by value.
    pub multiplier: BTreeMap<String, Vec<String>>,
    /// Nouns that count roughly ("dozen"); by value.
    pub collective: BTreeMap<String, Vec<String>>,
    /// Plurals of collectives that stand for an open number ("dozens"): `"low-high"`.
    pub open: BTreeMap<String, Vec<String>>,
    /// The mark before the fraction of a number in digits; a comma when absent.
    pub decimal: String,
    /// "and" inside a number.
    pub and: Vec<String>,
    /// "half" after a number.
    pub half: Vec<String>,
    /// The article that a collective or a multiplier needs.
    pub article: Vec<String>,
    /// Words before the number; by hedge.
    pub hedge: BTreeMap<String, Vec<String>>,
    /// Words that open a range, and those between its ends.
    pub between: Vec<String>,
    /// Words between the ends of a range opened by `between`.
    pub between_link: Vec<String>,
    /// Words between the ends of a range that nothing opens.
    pub link: Vec<String>,
    /// Words between a number and what is counted.
    pub of: Vec<String>,
    /// Words between a number and what is counted that say nothing about it ("other").
    pub skip: Vec<String>,
    /// Percent signs and words.
    pub percent: Vec<String>,
    /// Currency signs and nouns.
    pub money: Vec<String>,
    /// Nouns that a number behind them labels ("article 5").
    pub labels: Vec<String>,
    /// Units of time and what tells an age or an hour: never figures.
    pub never: Vec<String>,
    /// Determiners that may stand before a number without changing it.
    pub determiners: Vec<String>,
    /// Nouns of those who take part: "the two sides" tells who they are, and counts nothing.
    pub parties: Vec<String>,
    /// Nouns of a total: a bare number behind a verb that has one is what it comes to ("put the toll at 50").
    pub tolls: Vec<String>,
    /// Counted nouns (lemma) by unit.
    pub unit: BTreeMap<String, Vec<String>>,
    /// Example sentences: what is found.
    pub example: Vec<NumberExample>,
}

/// An example of a figure.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NumberExample {
    /// The sentence.
    pub text: String,
    /// `low..high unit hedge` for each figure, joined by `; `; empty for none.
    pub is: String,
}

/// The time words and rules of a language.
#[must_use]
pub fn time_file(language: Language) -> &'static TimeFile {
    static FILES: PerLanguage<TimeFile> = PerLanguage::new();
    FILES.of(language, |l| l.table("timex.toml"))
}

/// The number words of a language.
#[must_use]
pub fn number_file(language: Language) -> &'static NumberFile {
    static FILES: PerLanguage<NumberFile> = PerLanguage::new();
    FILES.of(language, |l| l.table("numbers.toml"))
}
