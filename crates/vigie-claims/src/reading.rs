//! What the rooms of this floor are given: one story, its parses and the day it was published.

use jiff::civil::Date;
use vigie_resources::Language;
use vigie_syntax::{Parse, Word};
use vigie_text::{Sentence, Span, Story};

/// One parsed story. `parses[i]` is the parse of `story.sentences[i]`.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// The document's text; all spans point into it.
    pub text: &'a str,
    /// The story.
    pub story: &'a Story,
    /// One parse a sentence.
    pub parses: &'a [Parse],
    /// The day of publication, when it is known.
    pub published: Option<Date>,
    /// That day follows from the text alone.
    pub inferred: bool,
}

/// A word of a story: sentence index, word index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordAt {
    /// Index into `story.sentences` and `parses`.
    pub sentence: usize,
    /// Index into the words of that parse.
    pub word: usize,
}

impl<'a> Reading<'a> {
    /// The language of the story.
    #[must_use]
    pub fn language(&self) -> Language {
        self.story.language
    }

    /// One sentence.
    #[must_use]
    pub fn sentence(&self, index: usize) -> &'a Sentence {
        &self.story.sentences[index]
    }

    /// One parse.
    #[must_use]
    pub fn parse(&self, index: usize) -> &'a Parse {
        &self.parses[index]
    }

    /// One word.
    #[must_use]
    pub fn word(&self, at: WordAt) -> &'a Word {
        &self.parses[at.sentence].words[at.word]
    }

    /// The text under a span.
    #[must_use]
    pub fn slice(&self, span: Span) -> &'a str {
        span.of(self.text)
    }
}
