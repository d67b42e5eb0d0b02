//! `cargo xtask evaluate events [SET...]`: the public sets of events, ours beside the rivals' published figures.
//!
//! All of them are tests: nothing is trained or tuned on their items. With all sets the reports are written to
//! `evaluation/reports/events.txt` and `.csv`.

mod dyads;
mod incidents;
mod relations;
mod report;
mod roots;
mod scenes;
mod text;
mod types;

use super::write;
use crate::corpora::workspace;
use report::Outcome;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

type Run = fn() -> Result<Outcome, String>;

const SETS: [(&str, Run); 7] = [
    ("plover_gsr", roots::plover_gsr),
    ("plv_root", roots::plv_root),
    ("case_acled_type", types::case_acled_type),
    ("petrarch2", dyads::petrarch),
    ("re3d", relations::re3d),
    ("event_place", scenes::event_place),
    ("muc4", incidents::muc4),
];

/// Runs the named sets, or all, and writes the reports of all.
///
/// # Errors
/// When a file of the shared data cannot be read, or a report not written.
pub(crate) fn events(only: &[&str]) -> Result<(), String> {
    let names = SETS.map(|(name, _)| name);
    if let Some(other) = only.iter().find(|o| !names.contains(o)) {
        return Err(format!("{other}: no such set; there are {}", names.join(", ")));
    }
    let mut page = "Events: the public sets\n\nPercent. Nothing was trained on these sets; which were looked at stands in experiments.md. What each set asks and how it was counted stands above its\n\
                    figures, with the figures that others publish.\n"
        .to_owned();
    let mut table = "name,set,table,key,gold,system,right,f1\n".to_owned();
    for (name, run) in SETS.into_iter().filter(|(name, _)| only.is_empty() || only.contains(name)) {
        eprintln!("{name} …");
        report::add(&run()?, &mut page, &mut table);
    }
    print!("{page}");
    if only.is_empty() {
        let folder = workspace().join("evaluation/reports");
        write(&folder.join("events.txt"), &page)?;
        write(&folder.join("events.csv"), &table)?;
    }
    Ok(())
}

/// The items of a set.
fn lines<T: DeserializeOwned>(name: &str) -> Result<Vec<T>, String> {
    let path = workspace().join(format!("../shared/data/events/{name}.jsonl"));
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let one = |(number, line)| serde_json::from_str(line).map_err(|e| format!("{name}:{}: {e}", number + 1));
    text.lines().enumerate().map(one).collect()
}

/// Counts one error under its cause.
fn note(errors: &mut BTreeMap<String, usize>, cause: String) {
    *errors.entry(cause).or_default() += 1;
}
