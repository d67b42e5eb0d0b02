//! One input, the stories recovered from it, and what was left over.

use crate::span::Span;
use vigie_resources::Language;

/// Hash of the raw bytes (BLAKE3, first 16 bytes): the same bytes are the same document wherever they were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub [u8; 16]);

/// Hash of document id and first byte of the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StoryId(pub [u8; 16]);

/// What reading one page gave: every byte that is not white space lies in exactly one story part or leftover.
#[derive(Debug, Clone)]
pub struct Page {
    /// Identity of the input.
    pub id: DocumentId,
    /// The text that all spans point into.
    pub text: String,
    /// Language of most of the text; `None` when no shipped language pack fits.
    pub language: Option<Language>,
    /// News stories, in text order of their first part.
    pub stories: Vec<Story>,
    /// What belongs to no story, in text order.
    pub leftovers: Vec<Leftover>,
    /// What the reader should know.
    pub notes: Vec<Note>,
}

/// One news story recovered from a page (TDT sense).
///
/// Invariant: headline and paragraphs are disjoint and in text order.
#[derive(Debug, Clone)]
pub struct Story {
    /// Identity.
    pub id: StoryId,
    /// Language of the story.
    pub language: Language,
    /// The headline, when there is one.
    pub headline: Option<Span>,
    /// Body paragraphs (further, different headlines of the same story among them) in text order.
    pub paragraphs: Vec<Span>,
    /// Sentences of the headline and the paragraphs, in text order.
    pub sentences: Vec<Sentence>,
}

/// A piece of the page that belongs to no story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leftover {
    /// Where it stands.
    pub span: Span,
    /// Why it was left out.
    pub why: Why,
}

/// Why a piece of a page is not part of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// Part of another, unrelated page.
    Foreign,
    /// Navigation.
    Menu,
    /// Advertising, subscription, share buttons.
    Advert,
    /// A headline told twice.
    DuplicateHeadline,
    /// A place-and-date line that opens a report.
    Dateline,
    /// Text under a picture.
    Caption,
    /// A footnote mark such as `[1]`.
    NoteMark,
    /// The outlet's or section's name after a headline.
    PageSuffix,
    /// Text in a language that is not shipped.
    UnknownLanguage,
}

/// Something the reader of the output should know; never stops a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Where, if anywhere in particular.
    pub span: Option<Span>,
    /// Stable machine-readable name, in kebab case.
    pub code: &'static str,
    /// One sentence that names the remedy.
    pub message: String,
}

/// Invariant: tokens are disjoint, ordered, inside `span`; between two tokens there is white space or a note mark
/// such as `[1]` only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// From the first to the last token.
    pub span: Span,
    /// True when the sentence is the story's headline or another headline-like line without a final stop.
    pub headline: bool,
    /// Index of the part it stands in: counts the headline (if any) and the paragraphs in text order.
    pub part: u32,
    /// Surface tokens.
    pub tokens: Vec<Token>,
}

/// One surface token, as Universal Dependencies counts them before multi-word tokens are split:
/// "l'" and "armée" are two, "du" is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
}
