//! The monitor: files, archive, terminal. The only crate that knows the world outside the text.

pub mod archive;
pub mod background;
pub mod book;
pub mod cli;
pub mod copies;
pub mod export;
pub mod failure;
pub mod input;
pub mod pipeline;
mod progress;
pub mod record;
mod show;
mod snippet;
