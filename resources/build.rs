//! Walks the resource folders and embeds every file but those that only people and tests read (cases, cards); adding a language
//! or an event type is adding a folder.

#![allow(clippy::disallowed_methods, reason = "cargo hands the folders of a build script over in the environment")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const FOLDERS: [&str; 7] = ["languages", "ontology", "gazetteer", "actors", "history", "messages", "stories"];

fn walk(folder: &Path, into: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, into);
        } else if path.extension().is_none_or(|e| e != "md") {
            into.push(path);
        }
    }
}

fn main() {
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets the manifest folder"));
    let mut paths = Vec::new();
    for folder in FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
        walk(&root.join(folder), &mut paths);
    }
    let mut rows: Vec<(String, PathBuf)> = paths
        .into_iter()
        .map(|p| {
            let relative = p.strip_prefix(&root).expect("walked from the root");
            (relative.to_string_lossy().replace('\\', "/"), p)
        })
        .collect();
    rows.sort();
    let mut out = String::from("static PACK: &[(&str, &[u8])] = &[\n");
    for (name, path) in rows {
        writeln!(out, "    ({name:?}, include_bytes!({:?})),", path.to_string_lossy()).expect("a string takes text");
    }
    out.push_str("];\n");
    let target = PathBuf::from(std::env::var("OUT_DIR").expect("cargo sets the output folder")).join("pack.rs");
    std::fs::write(target, out).expect("the output folder can be written");
}
