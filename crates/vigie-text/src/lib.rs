//! Bytes to stories, sentences and tokens. No file, no clock; what is learnt are the table of sentence ends and the trees that
//! tell which blocks of a page belong together.

mod boundary;
mod debris;
mod decode;
mod dice;
mod document;
mod forest;
mod grouping;
mod identify;
mod layout;
#[cfg(feature = "train")]
mod learn;
mod lost;
mod page;
pub mod reuse;
mod sentence;
mod span;
mod story;
mod terms;
mod token;

pub use decode::{Decoded, Undecodable, decode, document_id};
pub use document::{DocumentId, Leftover, Note, Page, Sentence, Story, StoryId, Token, Why};
pub use identify::identify;
#[cfg(feature = "train")]
pub use learn::{Told, learn_common, learn_grouping, learn_senses, learn_sentence_ends};
pub use page::read_page;
pub use sentence::split_sentences;
pub use span::Span;
pub use token::tokenise;
