//! Formats for other programs.

pub mod acled;
pub mod annotation;
pub mod cameo;
pub mod codes;
pub mod dot;
pub mod file;
pub mod geojson;
pub mod kml;
pub mod parquet;
pub mod plover;
mod shape;
mod table;
pub mod told;
pub mod wire;
