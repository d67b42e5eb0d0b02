//! The report: ours beside the recorded figures of others.

use super::cause::Cause;
use super::given::Tally;
use super::raw::Reach;
use std::fmt::Write as _;

/// Figures of one corpus.
pub(crate) struct Row {
    pub(crate) corpus: &'static str,
    pub(crate) documents: usize,
    /// Mentions given: shipped weights; weights learnt on the other parts.
    pub(crate) shipped: Tally,
    pub(crate) learnt: Tally,
    /// From plain text, by the same two.
    pub(crate) raw: Option<(Reach, Reach)>,
}

/// Others: name, corpus, mentions given or from plain text, share within 161 km, where the figure stands.
const PEERS: [(&str, &str, &str, f64); 7] = [
    ("Mordecai 3", "TR-News", "given", 0.873),
    ("Mordecai 3", "LGL", "given", 0.827),
    ("Mordecai 3", "GeoWebNews", "given", 0.941),
    ("best of nine systems (EUPEG)", "TR-News", "raw", 0.526),
    ("best of nine systems (EUPEG)", "GeoVirus", "raw", 0.618),
    ("best of nine systems (EUPEG)", "GeoWebNews", "raw", 0.496),
    ("best of nine systems (EUPEG)", "LGL", "raw", 0.411),
];

fn peer(corpus: &str, from: &str) -> String {
    let found = PEERS.iter().find(|(_, c, f, _)| *c == corpus && *f == from);
    found.map_or_else(|| "-".to_owned(), |(who, _, _, value)| format!("{value:.3} ({who})"))
}

/// For a person.
pub(crate) fn page(rows: &[Row], how: &str) -> String {
    let mut out = String::from(
        "Places: share of the gold mentions whose point lies within 161 km of the true one. EUPEG corpora, English.\n\
         shipped: weights set by hand. 5-fold: the same features, weights learnt on the documents of the other four parts\n\
         (document i belongs to part i modulo 5) of all corpora; no such weights are shipped, the licences of the texts\n\
         forbid it. Every gold mention counts, also those that no list holds. Peers may leave some of them out.\n\n",
    );
    let _ = writeln!(out, "Mentions given");
    let _ = writeln!(out, "{:<12}{:>6}{:>10}{:>9}{:>8}  peer", "corpus", "docs", "mentions", "shipped", "5-fold");
    for row in rows {
        let _ = writeln!(
            out,
            "{:<12}{:>6}{:>10}{:>9.3}{:>8.3}  {}",
            row.corpus,
            row.documents,
            row.shipped.mentions,
            row.shipped.share(),
            row.learnt.share(),
            peer(row.corpus, "given")
        );
    }
    let _ =
        writeln!(out, "\nWhat went wrong (5-fold): another candidate taken / no right candidate / no candidate at all");
    for row in rows {
        let t = &row.learnt;
        let _ = writeln!(
            out,
            "{:<12}{:>6}{:>6}{:>6}  of {}",
            row.corpus, t.wrong_choice, t.not_listed, t.nothing, t.mentions
        );
    }
    let _ = write!(out, "\nWhy (5-fold), counted by what the program knew of the name\n{:<76}", "");
    for row in rows {
        let _ = write!(out, "{:>12}", row.corpus);
    }
    for cause in Cause::ALL {
        let _ = write!(out, "\n{:<76}", cause.says());
        for row in rows {
            let _ = write!(out, "{:>12}", row.learnt.causes.get(&cause).copied().unwrap_or(0));
        }
    }
    let _ = writeln!(out, "\n\nFrom plain text ({how})");
    let _ = writeln!(out, "{:<12}{:>8}{:>9}{:>8}{:>8}  peer", "corpus", "found", "shipped", "5-fold", "ours");
    for row in rows {
        let Some((shipped, learnt)) = &row.raw else { continue };
        let share = |n: usize| n as f64 / shipped.mentions.max(1) as f64;
        let _ = writeln!(
            out,
            "{:<12}{:>8.3}{:>9.3}{:>8.3}{:>8}  {}",
            row.corpus,
            share(shipped.found),
            share(shipped.right),
            share(learnt.right),
            shipped.ours,
            peer(row.corpus, "raw")
        );
    }
    out
}

/// For a program.
pub(crate) fn table(rows: &[Row]) -> String {
    let mut out = String::from("corpus,from,who,mentions,within_161_km\n");
    for row in rows {
        for (who, t) in [("vigie shipped", &row.shipped), ("vigie 5-fold", &row.learnt)] {
            let _ = writeln!(out, "{},given,{who},{},{:.4}", row.corpus, t.mentions, t.share());
        }
        if let Some((shipped, learnt)) = &row.raw {
            for (who, r) in [("vigie shipped", shipped), ("vigie 5-fold", learnt)] {
                let share = r.right as f64 / r.mentions.max(1) as f64;
                let _ = writeln!(out, "{},raw,{who},{},{share:.4}", row.corpus, r.mentions);
            }
        }
        for (who, _, from, value) in PEERS.iter().filter(|(_, c, _, _)| *c == row.corpus) {
            let _ = writeln!(out, "{},{from},{who},,{value:.4}", row.corpus);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peers_stand_beside_ours() {
        let tally = Tally { mentions: 4, right: 3, wrong_choice: 1, ..Tally::default() };
        let row = Row { corpus: "LGL", documents: 2, shipped: tally.clone(), learnt: tally, raw: None };
        let page = page(&[row], "x");
        assert!(page.contains("0.750") && page.contains("0.827 (Mordecai 3)"), "{page}");
    }
}
