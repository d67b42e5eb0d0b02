//! `cargo xtask tidy`: the rules of the house that the compiler does not know. Also runs as a test.

mod arrows;
mod literals;
mod source;
mod tables;

use std::path::{Path, PathBuf};

/// A room is at most this long, its tests apart.
const MOST_LINES: usize = 600;

/// The repository's root.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).to_owned()
}

/// Checks everything.
///
/// # Errors
/// Every fault, one a line, each with where it is and what to do.
pub(crate) fn tidy() -> Result<(), String> {
    let root = root();
    let mut faults = arrows::faults(&root);
    let sources = source::all(&root);
    for file in &sources {
        if !file.text.trim_start().starts_with("//!") {
            faults.push(format!("{}: begins without a module comment (//!) that says what the room is for", file.path));
        }
        let lines = file.own_part().lines().count();
        if lines > MOST_LINES && !file.is_test() {
            faults.push(format!("{}: {lines} lines without its tests, {MOST_LINES} at most: split it", file.path));
        }
    }
    faults.extend(literals::faults(&root, &sources));
    faults.extend(tables::faults(&root));
    faults.extend(commands(&root));
    if faults.is_empty() {
        println!("tidy: {} source files", sources.len());
        Ok(())
    } else {
        Err(format!("not tidy:\n{}", faults.join("\n")))
    }
}

/// Every command of the program stands in the README.
fn commands(root: &Path) -> Vec<String> {
    let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap_or_default();
    let (code, readme) = (read("crates/vigie/src/cli/mod.rs"), read("README.md"));
    let body = code.split("enum Command {").nth(1).and_then(|rest| rest.split("\n}").next()).unwrap_or_default();
    let names: Vec<String> = body
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()))
        .map(|line| line.split(['(', ',']).next().unwrap_or_default().to_lowercase())
        .collect();
    if names.is_empty() {
        return vec!["crates/vigie/src/cli/mod.rs: no commands found in `enum Command`".to_owned()];
    }
    names
        .into_iter()
        .filter(|name| !readme.contains(&format!("vigie {name}")))
        .map(|name| format!("README.md: does not mention `vigie {name}`"))
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_house_is_tidy() {
        if let Err(faults) = super::tidy() {
            panic!("{faults}");
        }
    }
}
