//! The reports: a page to read and a table for machines. The same outputs give the same bytes.

use super::breakdown::Confusions;
use super::outcome::{From, Outcome, Tested};
use super::peers::Figure;
use super::score::{Count, share};
use std::fmt::Write as _;

/// The name of this program in the tables.
const OURS: &str = "vigie";

/// The page.
pub(super) fn page(language: &str, model: &str, tests: &[Tested], peers: &[Figure]) -> String {
    let mut out = format!("Syntax, {language}\nModel: {model}\n\n");
    out.push_str(
        "F1 in percent, by the definitions of the CoNLL 2018 shared task (universal relations, universal features);\n\
         entities: exact place and label. gold: sentences and tokens of the corpus were given (of an entity corpus, its\n\
         sentences); raw: the bare text.\n",
    );
    for test in tests {
        let seen = if test.development { " (development: the shipped model may have learnt from it)" } else { "" };
        let _ = write!(out, "\n== {}{seen}\n\n", test.name);
        scores(test, peers, &mut out);
        // One place is enough to show where the errors are: with given tokens if there are any.
        if let Some(outcome) = test.outcomes.first() {
            errors(outcome, &mut out);
        }
    }
    let mut told: Vec<(&str, &str)> = Vec::new();
    for figure in peers {
        if !told.contains(&(&figure.peer, &figure.how)) {
            told.push((&figure.peer, &figure.how));
        }
    }
    if !told.is_empty() {
        out.push_str("\n== The others\n\n");
        told.iter().for_each(|(peer, how)| {
            let _ = writeln!(out, "{peer}: {how}");
        });
    }
    out
}

fn scores(test: &Tested, peers: &[Figure], out: &mut String) {
    let peers: Vec<&Figure> = peers.iter().filter(|f| f.test == test.name).collect();
    let mut columns: Vec<(&str, &str)> = test.outcomes.iter().map(|o| (OURS, o.from.name())).collect();
    for figure in &peers {
        if !columns.contains(&(&figure.peer, &figure.from)) {
            columns.push((&figure.peer, &figure.from));
        }
    }
    let mut rows: Vec<&str> = Vec::new();
    for outcome in &test.outcomes {
        for (name, _) in outcome.scores() {
            if !rows.contains(&name) {
                rows.push(name);
            }
        }
    }
    let heads: Vec<String> = columns.iter().map(|(who, from)| format!("{who}, {from}")).collect();
    let _ = writeln!(out, "{:<22}{}", "", heads.iter().map(|h| format!("  {h:>10}")).collect::<String>());
    for row in rows {
        let _ = write!(out, "{row:<22}");
        for ((who, from), head) in columns.iter().zip(&heads) {
            let value = if *who == OURS {
                let outcome = test.outcomes.iter().find(|o| o.from.name() == *from);
                outcome.and_then(|o| o.scores().into_iter().find(|(name, _)| *name == row).map(|(_, c)| c.f1()))
            } else {
                peers.iter().find(|f| f.peer == *who && f.from == *from && f.metric == row).map(|f| f.value)
            };
            let cell = value.map_or("-".to_owned(), |v| format!("{v:.2}"));
            let _ = write!(out, "  {cell:>width$}", width = head.len().max(10));
        }
        out.push('\n');
    }
}

fn errors(outcome: &Outcome, out: &mut String) {
    let from = outcome.from.name();
    if let Some(entities) = &outcome.entities {
        let f = entities.faults;
        let _ = writeln!(
            out,
            "\nEntities that are wrong ({from}): boundary {}, label {}, boundary and label {}, missed {}, spurious {}",
            f.boundary, f.label, f.both, f.missed, f.spurious
        );
    }
    if outcome.metrics.is_empty() {
        return;
    }
    let tables = &outcome.breakdown;
    let _ = writeln!(out, "\nLAS by relation ({from})  gold  precision   recall       F1");
    for (relation, count) in tables.relations.iter().filter(|(_, c)| c.gold > 0) {
        let (p, r, f) = (count.precision(), count.recall(), count.f1());
        let _ = writeln!(out, "  {relation:<20}{:>8}{p:>11.2}{r:>9.2}{f:>9.2}", count.gold);
    }
    let line = |rows: &[(&'static str, Count)]| {
        let cell = |(name, c): &(&str, Count)| format!("{name}: {:.2} of {}", share(c.right, c.gold), c.gold);
        rows.iter().map(cell).collect::<Vec<_>>().join("; ")
    };
    let _ = writeln!(out, "\nLAS by distance of the head ({from}): {}", line(&tables.distances));
    let _ = writeln!(out, "LAS by words in the sentence ({from}): {}", line(&tables.lengths));
    let list = |confusions: &Confusions| {
        confusions.iter().map(|(a, b, n)| format!("{a} as {b} {n}")).collect::<Vec<_>>().join(", ")
    };
    let _ = writeln!(out, "\nUPOS taken for another ({from}): {}", list(&tables.upos));
    let _ = writeln!(out, "Relation taken for another where the head is right ({from}): {}", list(&tables.labels));
}

/// The table: one line a count. Figures of others have no counts.
pub(super) fn table(language: &str, tests: &[Tested], peers: &[Figure]) -> String {
    let mut out = "name,language,test,from,table,key,gold,system,right,precision,recall,f1\n".to_owned();
    for test in tests {
        for outcome in &test.outcomes {
            outcome_rows(language, &test.name, outcome, &mut out);
        }
    }
    for f in peers {
        let _ = writeln!(out, "{},{language},{},{},scores,{},,,,,,{:.2}", f.peer, f.test, f.from, f.metric, f.value);
    }
    out
}

fn outcome_rows(language: &str, test: &str, outcome: &Outcome, out: &mut String) {
    let from = outcome.from.name();
    let begin = |table: &str, key: &str| format!("{OURS},{language},{test},{from},{table},{key}");
    let mut count = |table: &str, key: &str, c: Count| {
        let (gold, system, right) = (c.gold, c.system, c.right);
        let (p, r, f) = (c.precision(), c.recall(), c.f1());
        let _ = writeln!(out, "{},{gold},{system},{right},{p:.2},{r:.2},{f:.2}", begin(table, key));
    };
    let tables = &outcome.breakdown;
    outcome.scores().into_iter().for_each(|(name, c)| count("scores", name, c));
    tables.relations.iter().for_each(|(relation, c)| count("relation", relation, *c));
    tables.distances.iter().for_each(|(name, c)| count("distance", name, *c));
    tables.lengths.iter().for_each(|(name, c)| count("length", name, *c));
    for (table, confusions) in [("upos-confusion", &tables.upos), ("relation-confusion", &tables.labels)] {
        for (gold, system, n) in confusions {
            let _ = writeln!(out, "{},{n},,,,,", begin(table, &format!("{gold}>{system}")));
        }
    }
    if let Some(entities) = &outcome.entities {
        let f = entities.faults;
        let kinds = [
            ("boundary", f.boundary),
            ("label", f.label),
            ("boundary and label", f.both),
            ("missed", f.missed),
            ("spurious", f.spurious),
        ];
        for (kind, n) in kinds {
            let _ = writeln!(out, "{},{n},,,,,", begin("entity-error", kind));
        }
    }
}

/// The figures of another program's outputs, as lines for the file of peers.
pub(super) fn figures(who: &str, language: &str, tests: &[Tested], how: &str) -> String {
    let mut out = String::new();
    for test in tests {
        for outcome in &test.outcomes {
            for (name, count) in outcome.scores() {
                // Tokens that were given are no achievement.
                if outcome.from == From::Gold && ["Tokens", "Sentences", "Words"].contains(&name) {
                    continue;
                }
                let (test, from) = (&test.name, outcome.from.name());
                let _ = writeln!(out, "{who},{language},{test},{from},{name},{:.2},{how}", count.f1());
            }
        }
    }
    out
}

/// The scores in one line, for the terminal and for the card.
pub(super) fn line(outcome: &Outcome) -> String {
    let cells = outcome.scores().into_iter().map(|(name, count)| format!("{name} {:.2}", count.f1()));
    cells.collect::<Vec<_>>().join("  ")
}
