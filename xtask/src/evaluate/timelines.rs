//! `cargo xtask evaluate timelines`: the days that `vigie timeline` chooses against the timelines that journalists wrote.
//!
//! Sentences of dated articles go in; for each timeline as many days are chosen as it has, between its first and its last.
//! The score is the share of days in common (F1), averaged over the timelines of a crisis. Beside it, in the same run, the
//! days that are most sentences (each resolved date of day grain counts one). Writes `evaluation/reports/timelines.txt`
//! and `.csv`.

use super::write;
use crate::corpora::workspace;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::path::Path;
use vigie::pipeline::{Source, named_days, read};
use vigie::record::DocumentRecord;
use vigie_ingest::Raw;
use vigie_situation::weights;

#[derive(Deserialize)]
struct Told {
    date: String,
    sentences: Vec<String>,
}

#[derive(Deserialize)]
struct Entry {
    date: String,
}

fn lines<T: for<'d> Deserialize<'d>>(reader: impl BufRead, name: &str) -> Result<Vec<T>, String> {
    let parse = |line: std::io::Result<String>| {
        serde_json::from_str(&line.map_err(|e| e.to_string())?).map_err(|e| e.to_string())
    };
    reader.lines().map(parse).collect::<Result<_, String>>().map_err(|e| format!("{name}: {e}"))
}

fn open(path: &Path) -> Result<std::fs::File, String> {
    std::fs::File::open(path).map_err(|e| format!("{}: {e}", path.display()))
}

fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| format!("{text}: no day"))
}

/// The journalists' timelines: name and days.
fn gold(folder: &Path) -> Result<Vec<(String, BTreeSet<Date>)>, String> {
    let mut out = Vec::new();
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).map_err(|e| e.to_string())?.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let days = lines::<Entry>(BufReader::new(open(&path)?), &name)?
            .iter()
            .map(|e| day(&e.date))
            .collect::<Result<_, String>>()?;
        out.push((name, days));
    }
    Ok(out)
}

/// The heaviest days between the first and the last of a timeline, as many as it has.
fn chosen(weights: &BTreeMap<Date, u64>, days: &BTreeSet<Date>) -> BTreeSet<Date> {
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return BTreeSet::new() };
    let mut ranked: Vec<(u64, Date)> = weights.range(*first..=*last).map(|(day, weight)| (*weight, *day)).collect();
    ranked.sort_by_key(|(weight, day)| (std::cmp::Reverse(*weight), *day));
    ranked.into_iter().take(days.len()).map(|(_, day)| day).collect()
}

/// Scores both crises and writes the report.
///
/// # Errors
/// When a file cannot be read or a report not be written.
pub(crate) fn timelines_report() -> Result<(), String> {
    let mut page = String::from(
        "Days chosen from dated news sentences against the timelines of journalists, as many as each has.\n\n",
    );
    let mut csv = String::from("crisis,timeline,days,ours,most sentences\n");
    let mut all = Vec::new();
    for crisis in ["egypt", "libya"] {
        let folder = workspace().join("../shared/data/timelines").join(crisis);
        let packed = BufReader::new(flate2::read::MultiGzDecoder::new(open(&folder.join("dated_sentences.jsonl.gz"))?));
        let mut documents: Vec<DocumentRecord> = Vec::new();
        let mut published: BTreeMap<Date, u64> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for told in lines::<Told>(packed, crisis)? {
            let date = day(&told.date)?;
            for sentence in told.sentences {
                let raw = Raw::plain(&told.date, format!("{sentence}\n").into_bytes());
                *published.entry(date).or_default() += 1;
                let source = Source { published: Some(date), ..Source::default() };
                if seen.insert(raw.id)
                    && let Ok(read) = read(&raw, &source)
                {
                    documents.push(read.record);
                }
            }
        }
        let told: Vec<(Date, Date)> = documents.iter().flat_map(named_days).collect();
        let weights = weights(&told);
        let _ = writeln!(page, "{crisis} ({} sentences)", documents.len());
        for (name, days) in gold(&folder.join("gold"))? {
            let share = |weights| chosen(weights, &days).intersection(&days).count() as f64 / days.len() as f64;
            let (ours, baseline) = (share(&weights), share(&published));
            let _ = writeln!(page, "  {name:<10} {:>3} days  ours {ours:.3}  most sentences {baseline:.3}", days.len());
            let _ = writeln!(csv, "{crisis},{name},{},{ours:.4},{baseline:.4}", days.len());
            all.push((ours, baseline));
        }
    }
    let mean = |of: fn(&(f64, f64)) -> f64| all.iter().map(of).sum::<f64>() / all.len() as f64;
    let _ = writeln!(page, "\nmean of {}: ours {:.3}, most sentences {:.3}", all.len(), mean(|p| p.0), mean(|p| p.1));
    page.push_str("Wanted 0.33; the best published system, scored again, 0.302; counting the dates named 0.285.\n");
    print!("{page}");
    let folder = workspace().join("evaluation/reports");
    write(&folder.join("timelines.txt"), &page)?;
    write(&folder.join("timelines.csv"), &csv)
}
