//! Tables of the resources: sorted and without double lines, so that two people who add to one do not collide.

use std::fs;
use std::path::{Path, PathBuf};

/// A table whose head says so is in order of rank; its lines must still be different.
const RANKED: &str = "commonest first";

pub(super) fn faults(root: &Path) -> Vec<String> {
    let mut paths = Vec::new();
    walk(&root.join("resources"), &mut paths);
    paths.sort();
    paths.iter().filter_map(|path| fault(root, path)).collect()
}

fn walk(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, into);
        } else if path.extension().is_some_and(|e| e == "tsv") {
            into.push(path);
        }
    }
}

fn fault(root: &Path, path: &Path) -> Option<String> {
    let name = path.strip_prefix(root).unwrap_or(path).display();
    let text = fs::read_to_string(path).ok()?;
    let mut rows: Vec<(usize, &str)> =
        text.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')).collect();
    if text.lines().take_while(|l| l.starts_with('#')).any(|l| l.contains(RANKED)) {
        rows.sort_by_key(|(_, line)| *line);
    }
    rows.windows(2).find_map(|pair| match pair[0].1.cmp(pair[1].1) {
        std::cmp::Ordering::Less => None,
        std::cmp::Ordering::Equal => Some(format!("{name}:{}: the line stands twice", pair[1].0 + 1)),
        std::cmp::Ordering::Greater => {
            Some(format!("{name}:{}: not sorted: sort the file with LC_ALL=C sort", pair[1].0 + 1))
        }
    })
}
