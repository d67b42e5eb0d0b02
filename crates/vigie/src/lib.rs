//! The monitor: files, archive, terminal. The only crate that knows the world outside the text.

pub mod archive;
pub mod background;
mod belt;
pub mod book;
pub mod cli;
pub mod copies;
pub mod edition;
pub mod export;
pub mod failure;
mod filter;
pub mod input;
mod mcp;
pub mod messages;
pub mod origins;
pub mod pipeline;
mod progress;
pub mod publish;
pub mod record;
pub mod review;
pub mod run;
pub mod serve;
mod show;
mod snippet;
pub mod terms;
pub mod threads;
pub mod verify;
pub mod watch;
