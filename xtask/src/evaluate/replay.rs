//! `cargo xtask evaluate replay`: who holds a town, read off the notes of the Wikipedia list of Ukrainian towns.
//!
//! Each different note of a town that carries a verb of capture is a document of its own: the town as its heading, the note
//! below, the day on which the list was seen as its day of publication. The program's answer to who holds the town on that
//! day is compared with the side in the list's own column. Beside it, in the same run, what is without reading: the side
//! named last behind a verb of capture, and the side that the list gave at its first sight of the town. Nothing is
//! learnt from the notes. Writes `evaluation/reports/replay.txt` and `.csv`.

use super::score::share;
use super::write;
use crate::corpora::workspace;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use vigie::pipeline::{Source, events, read, situation};
use vigie_ingest::Raw;
use vigie_situation::{Fluent, Holding, Layer, Status, Value};

const FILE: &str = "../shared/data/situation/notes-public.jsonl";
const WORDS: &str = "evaluation/replay.toml";

/// What stands in [`WORDS`].
#[derive(Debug, Clone, Deserialize)]
struct Words {
    capture: Vec<String>,
    sides: Sides,
}

#[derive(Debug, Clone, Deserialize)]
struct Sides {
    russia: String,
    ukraine: String,
}

impl Words {
    fn load() -> Result<Self, String> {
        let path = workspace().join(WORDS);
        let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        toml::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))
    }

    /// Without reading: the side whose name stands first behind the last verb of capture.
    fn last_named(&self, note: &str) -> Option<Side> {
        let lower = note.to_lowercase();
        let verb = self.capture.iter().filter_map(|v| lower.rfind(v.as_str())).max()?;
        let at = |name: &str| lower[verb..].find(name);
        match (at(&self.sides.russia), at(&self.sides.ukraine)) {
            (Some(r), Some(u)) => Some(if r < u { Side::Russia } else { Side::Ukraine }),
            (Some(_), None) => Some(Side::Russia),
            (None, Some(_)) => Some(Side::Ukraine),
            (None, None) => None,
        }
    }
}

#[derive(Debug, Clone, Deserialize)]
struct Note {
    name: String,
    seen: String,
    held_by: String,
    note: String,
}

/// A side of the war, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Ukraine,
    Russia,
    Contested,
}

impl Side {
    fn of_list(text: &str) -> Option<Self> {
        match text {
            "Ukraine" => Some(Self::Ukraine),
            "Contested" => Some(Self::Contested),
            "Russia" | "Donetsk PR" | "Luhansk PR" => Some(Self::Russia),
            _ => None,
        }
    }

    /// The side of an actor's id.
    fn of_actor(id: &str) -> Option<Self> {
        let own = |code: &str| id == code || id.strip_prefix(code).is_some_and(|rest| rest.starts_with('.'));
        // Groups that only the notes name stand in the town's country; who is for the other side says so in the name.
        let pro = id.starts_with("t:pro-russia");
        if own("rus") || id.contains("@RU") || pro || ["ukr.dnr", "ukr.lnr"].contains(&id) {
            Some(Self::Russia)
        } else if own("ukr") || id.contains("@UA") {
            Some(Self::Ukraine)
        } else {
            None
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Ukraine => Self::Russia,
            Self::Russia => Self::Ukraine,
            Self::Contested => Self::Contested,
        }
    }
}

/// The side that holds, as the program answers.
fn answer(note: &Note) -> Option<Side> {
    let day: Date = note.seen.parse().ok()?;
    let text = format!("{}, Ukraine\n\n{}\n", note.name, note.note);
    let raw = Raw::plain(&note.name, text.into_bytes());
    let source = Source { published: Some(day), ..Source::default() };
    let document = read(&raw, &source).ok()?.record;
    let documents = [document];
    let found = situation(&documents, &events(&documents), day, day);
    let control = |h: &&Holding| h.fluent == Fluent::Control && h.layer == Layer::Claimed;
    found.holdings.iter().filter(control).find_map(side_of)
}

fn side_of(holding: &Holding) -> Option<Side> {
    if holding.status == Status::Contested {
        return Some(Side::Contested);
    }
    let side = holding.by.iter().find_map(|by| Side::of_actor(&by.id))?;
    Some(if holding.value == Value::Held { side } else { side.other() })
}

/// Answered and right.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    notes: usize,
    answered: usize,
    right: usize,
}

impl Tally {
    fn add(&mut self, answer: Option<Side>, wanted: Side) {
        self.notes += 1;
        self.answered += usize::from(answer.is_some());
        self.right += usize::from(answer == Some(wanted));
    }
}

/// Scores the notes and writes the report.
///
/// # Errors
/// When the file cannot be read or a report not be written.
pub(crate) fn replay_report() -> Result<(), String> {
    let words = Words::load()?;
    let path = workspace().join(FILE);
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let all: Vec<Note> = text
        .lines()
        .map(|line| serde_json::from_str(line).map_err(|e| format!("{}: {e}", path.display())))
        .collect::<Result<_, String>>()?;
    let mut first: BTreeMap<&str, Side> = BTreeMap::new();
    for note in &all {
        if let Some(side) = Side::of_list(&note.held_by) {
            first.entry(note.name.as_str()).or_insert(side);
        }
    }
    let mut seen: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut rows: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut confusions: BTreeMap<(Side, Option<Side>), usize> = BTreeMap::new();
    for note in &all {
        let lower = note.note.to_lowercase();
        let told = words.capture.iter().any(|v| lower.contains(v.as_str()));
        let Some(wanted) = Side::of_list(&note.held_by).filter(|_| told) else { continue };
        if !seen.insert((note.name.as_str(), note.note.as_str())) {
            continue;
        }
        let ours = answer(note);
        *confusions.entry((wanted, ours)).or_default() += 1;
        rows.entry("vigie").or_default().add(ours, wanted);
        rows.entry("last verb of capture").or_default().add(words.last_named(&note.note), wanted);
        rows.entry("nothing changes").or_default().add(first.get(note.name.as_str()).copied(), wanted);
    }
    report(&rows, &confusions)
}

fn report(rows: &BTreeMap<&str, Tally>, confusions: &BTreeMap<(Side, Option<Side>), usize>) -> Result<(), String> {
    let mut page = String::from(
        "Who holds a town, read off one note under its name (Wikipedia, List of Ukrainian towns, CC BY-SA).\n\n\
         who                     notes  answered  right of answered  right of all\n",
    );
    let mut table = String::from("who,notes,answered,right\n");
    for (who, t) in rows {
        let (covered, sure, whole) = (share(t.answered, t.notes), share(t.right, t.answered), share(t.right, t.notes));
        let _ = writeln!(page, "{who:<22}{:>7}{covered:>9.1}%{sure:>18.1}%{whole:>13.1}%", t.notes);
        let _ = writeln!(table, "{who},{},{},{}", t.notes, t.answered, t.right);
    }
    page.push_str("\nWanted: 88 % right of answered at 90 % answered.\n\nOur answers (list, ours)\n");
    for ((wanted, ours), n) in confusions {
        let ours = ours.map_or("none".to_owned(), |side| format!("{side:?}"));
        let _ = writeln!(page, "  {:<12}{ours:<12}{n:>6}", format!("{wanted:?}"));
    }
    print!("{page}");
    let folder = workspace().join("evaluation/reports");
    write(&folder.join("replay.txt"), &page)?;
    write(&folder.join("replay.csv"), &table)
}

#[cfg(test)]
mod tests {
    use super::{Side, Words};

    #[test]
    fn the_side_named_behind_the_last_verb_is_told() {
        let words = Words::load().unwrap();
        assert_eq!(words.last_named("Captured by Russia. Retaken by Ukraine."), Some(Side::Ukraine));
        assert_eq!(words.last_named("Near the Russian border."), None);
    }

    #[test]
    fn actors_stand_on_their_side() {
        assert_eq!(Side::of_actor("rus.army"), Some(Side::Russia));
        assert_eq!(Side::of_actor("ukr"), Some(Side::Ukraine));
        assert_eq!(Side::of_actor("ukr.dnr"), Some(Side::Russia));
        assert_eq!(Side::of_actor("t:pro-russians@UA"), Some(Side::Russia));
        assert_eq!(Side::of_actor("rusty"), None);
    }
}
