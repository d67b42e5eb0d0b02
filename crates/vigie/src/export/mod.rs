//! Formats for other programs.

pub mod wire;
