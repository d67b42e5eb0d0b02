//! Formats for other programs.

pub mod acled;
pub mod cameo;
pub mod codes;
pub mod dot;
pub mod plover;
pub mod told;
pub mod wire;
