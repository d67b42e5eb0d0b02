//! Bytes to stories, sentences and tokens. No learnt model, no file, no clock.

mod cohesion;
mod debris;
mod decode;
mod document;
mod fingerprint;
mod identify;
mod layout;
mod page;
mod sentence;
mod span;
mod story;
mod terms;
mod token;

pub use decode::{Decoded, Undecodable, decode, document_id};
pub use document::{DocumentId, Leftover, Note, Page, Sentence, Story, StoryId, Token, Why};
pub use fingerprint::{Fingerprint, fingerprint};
pub use identify::identify;
pub use page::read_page;
pub use sentence::split_sentences;
pub use span::Span;
pub use token::tokenise;
