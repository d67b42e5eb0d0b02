//! The pages and tables of the public sets of events: ours and the rivals' figures in one table, then errors by cause.

use crate::evaluate::score::Count;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// One figure of a set in percent, with what was asked for and what others reach.
pub(super) struct Figure {
    pub(super) name: &'static str,
    pub(super) value: f64,
    pub(super) floor: Option<f64>,
    /// Counts behind it, where it is an F1.
    pub(super) count: Option<Count>,
}

impl Figure {
    pub(super) fn f1(name: &'static str, count: Count, floor: Option<f64>) -> Self {
        Self { name, value: count.f1(), floor, count: Some(count) }
    }
}

/// What one set gave.
pub(super) struct Outcome {
    pub(super) set: &'static str,
    /// What was done and how it was counted.
    pub(super) rule: &'static str,
    pub(super) items: usize,
    pub(super) figures: Vec<Figure>,
    /// Name and figures of others, in words.
    pub(super) peers: &'static [(&'static str, &'static str)],
    /// By class: gold, found, right.
    pub(super) classes: BTreeMap<String, Count>,
    /// What is wrong, by cause.
    pub(super) errors: BTreeMap<String, usize>,
}

/// Writes an outcome under the others.
pub(super) fn add(outcome: &Outcome, page: &mut String, table: &mut String) {
    let set = outcome.set;
    let _ = writeln!(page, "\n== {set}, {} items\n\n{}\n", outcome.items, outcome.rule);
    let _ = writeln!(page, "{:<44}{:>8}{:>8}{:>8}{:>8}", "", "P", "R", "F1", "wanted");
    for f in &outcome.figures {
        let [p, r] = f.count.map_or([String::new(), String::new()], |c| {
            [format!("{:.1}", c.precision()), format!("{:.1}", c.recall())]
        });
        let floor = f.floor.map_or(String::new(), |v| format!("{v:.0}"));
        let _ = writeln!(page, "vigie: {:<37}{p:>8}{r:>8}{:>8.1}{floor:>8}", f.name, f.value);
        let (gold, system, right) = f.count.map_or((0, 0, 0), |c| (c.gold, c.system, c.right));
        let _ = writeln!(table, "vigie,{set},figure,{},{gold},{system},{right},{:.2}", f.name, f.value);
    }
    for (name, words) in outcome.peers {
        let _ = writeln!(page, "{name}: {words}");
        let _ = writeln!(table, "{name},{set},figure,{},,,,", words.replace(',', ";"));
    }
    if !outcome.classes.is_empty() {
        let _ = writeln!(
            page,
            "\n{:<44}{:>8}{:>8}{:>8}{:>8}",
            "By class (precision of each output)", "gold", "found", "P", "R"
        );
    }
    for (class, c) in &outcome.classes {
        let _ = writeln!(page, "  {class:<42}{:>8}{:>8}{:>8.1}{:>8.1}", c.gold, c.system, c.precision(), c.recall());
        let _ = writeln!(table, "vigie,{set},class,{class},{},{},{},{:.2}", c.gold, c.system, c.right, c.f1());
    }
    let _ = writeln!(page, "\nErrors by cause");
    for (cause, count) in &outcome.errors {
        let _ = writeln!(page, "  {cause:<58}{count:>6}");
        let _ = writeln!(table, "vigie,{set},error,{},{count},,,", cause.replace(',', ";"));
    }
}

/// Mean F1 over the classes that the gold knows.
pub(super) fn macro_f1(classes: &BTreeMap<String, Count>) -> f64 {
    let known: Vec<f64> = classes.values().filter(|c| c.gold > 0).map(|c| c.f1()).collect();
    known.iter().sum::<f64>() / known.len().max(1) as f64
}

/// F1 over some classes, each weighted by how often the gold has it.
pub(super) fn weighted_f1(classes: &BTreeMap<String, Count>, of: impl Fn(&str) -> bool) -> f64 {
    let known: Vec<&Count> = classes.iter().filter(|(name, c)| c.gold > 0 && of(name)).map(|(_, c)| c).collect();
    let all: usize = known.iter().map(|c| c.gold).sum();
    known.iter().map(|c| c.f1() * c.gold as f64).sum::<f64>() / all.max(1) as f64
}

/// Counts one answer against one gold class.
pub(super) fn count(classes: &mut BTreeMap<String, Count>, gold: &str, found: Option<&str>) {
    classes.entry(gold.to_owned()).or_default().gold += 1;
    if let Some(found) = found {
        classes.entry(found.to_owned()).or_default().system += 1;
        if found == gold {
            classes.entry(gold.to_owned()).or_default().right += 1;
        }
    }
}
