//! Which crate may use which: downwards only.

use std::path::Path;

/// Each floor with those below it, lowest first.
const FLOORS: [&str; 9] = [
    "vigie-resources",
    "vigie-text",
    "vigie-ingest",
    "vigie-places",
    "vigie-syntax",
    "vigie-claims",
    "vigie-events",
    "vigie-situation",
    "vigie",
];

/// The one arrow that is forbidden although it points down: events and situations are made from claims, never from
/// parses.
const WALLS: [(&str, &str); 2] = [("vigie-events", "vigie-syntax"), ("vigie-situation", "vigie-syntax")];

pub(super) fn faults(root: &Path) -> Vec<String> {
    FLOORS.iter().enumerate().flat_map(|(height, floor)| of_floor(root, height, floor)).collect()
}

fn of_floor(root: &Path, height: usize, floor: &str) -> Vec<String> {
    let path = if height == 0 { "resources/Cargo.toml".to_owned() } else { format!("crates/{floor}/Cargo.toml") };
    let Ok(text) = std::fs::read_to_string(root.join(&path)) else { return vec![format!("{path}: cannot be read")] };
    let manifest: toml::Table = match text.parse() {
        Ok(manifest) => manifest,
        Err(error) => return vec![format!("{path}: {error}")],
    };
    let mut faults = Vec::new();
    for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
        let used = manifest.get(section).and_then(toml::Value::as_table);
        for name in used.into_iter().flat_map(toml::Table::keys) {
            let Some(other) = FLOORS.iter().position(|f| f == name) else { continue };
            if other >= height {
                faults.push(format!("{path}: {floor} uses {name}, which lies above it"));
            } else if WALLS.contains(&(floor, name.as_str())) {
                faults.push(format!("{path}: {floor} uses {name}; it must be made from claims alone"));
            }
        }
    }
    faults
}
