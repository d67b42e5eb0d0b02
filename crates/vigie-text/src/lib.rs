//! Bytes to stories, sentences and tokens. No learnt model, no file, no clock.

mod document;
mod span;

pub use document::{DocumentId, Leftover, Note, Page, Sentence, Story, StoryId, Token, Why};
pub use span::Span;
