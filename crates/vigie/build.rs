//! Packs what of the web page is large, so that the program stays small.

#![allow(clippy::disallowed_methods, reason = "cargo hands the folders of a build script over in the environment")]

use flate2::{Compression, GzBuilder};
use std::io::Write as _;
use std::path::PathBuf;

const MAP: &str = "web/dist/basemap.json";

fn main() {
    println!("cargo::rerun-if-changed={MAP}");
    println!("cargo::rerun-if-changed=build.rs");
    let map = std::fs::read(MAP).expect("the map is committed beside the page");
    let target = PathBuf::from(std::env::var("OUT_DIR").expect("cargo sets the output folder")).join("basemap.json.gz");
    let file = std::fs::File::create(target).expect("the output folder can be written");
    // Neither name nor time is told: the same map gives the same bytes.
    let mut packed = GzBuilder::new().write(file, Compression::best());
    packed.write_all(&map).and_then(|()| packed.finish().map(drop)).expect("the map can be packed");
}
