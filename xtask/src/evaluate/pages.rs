//! `cargo xtask evaluate pages`: articles taken out of the pages of the article extraction benchmark, in both modes, with
//! a peer beside (`peer=PYTHON`, a Python that has trafilatura).
//!
//! Scores are those of the benchmark: shingles of four words, precision and recall a page, their means over the pages,
//! and the F1 of these means. Speed is in pages for a second of processor time.

use super::write;
use crate::corpora::workspace;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::process::{Command, Stdio};
use vigie_ingest::{Mode, article};

/// Words in a shingle.
const SHINGLE: usize = 4;
/// Runs of which the fastest counts.
const RUNS: usize = 3;

/// A page of the benchmark.
struct Page {
    id: String,
    html: String,
    gold: String,
}

/// How one program did.
struct Row {
    name: String,
    precision: f64,
    recall: f64,
    f1: f64,
    /// Mean of the F1 of each page.
    page_f1: f64,
    pages_a_second: f64,
}

/// Scores both modes and the peer, and writes the report.
///
/// # Errors
/// When the benchmark or the peer cannot be read, or the report not written.
pub(crate) fn pages(options: &[&str]) -> Result<(), String> {
    let pages = benchmark()?;
    let mut rows = Vec::new();
    for (name, mode) in [("vigie", Mode::Thorough), ("vigie --fast", Mode::Fast)] {
        let mut texts = Vec::new();
        let mut best = f64::INFINITY;
        for _ in 0..RUNS {
            let start = processor_seconds()?;
            texts = pages.iter().map(|page| article(&page.html, mode).unwrap_or_default()).collect();
            best = best.min(processor_seconds()? - start);
        }
        rows.push(Row::of(name, &pages, &texts, best));
    }
    if let Some(python) = options.iter().find_map(|o| o.strip_prefix("peer=")) {
        rows.push(peer(python, &pages)?);
    }
    let report = page_of(&rows, pages.len());
    print!("{report}");
    let folder = workspace().join("evaluation/reports");
    write(&folder.join("pages.txt"), &report)?;
    write(&folder.join("pages.csv"), &table_of(&rows))
}

impl Row {
    fn of(name: &str, pages: &[Page], texts: &[String], seconds: f64) -> Self {
        let (mut precisions, mut recalls, mut f1s) = (Vec::new(), Vec::new(), Vec::new());
        for (page, text) in pages.iter().zip(texts) {
            let (gold, found) = (shingles(&page.gold), shingles(text));
            let both: usize = gold.iter().map(|(s, n)| found.get(s).map_or(0, |m| (*m).min(*n))).sum();
            let (of_gold, of_found): (usize, usize) = (gold.values().sum(), found.values().sum());
            // A page with nothing found has no precision, as in the benchmark.
            if of_found > 0 {
                precisions.push(both as f64 / of_found as f64);
            }
            if of_gold > 0 {
                recalls.push(both as f64 / of_gold as f64);
            }
            f1s.push(2.0 * both as f64 / (of_gold + of_found).max(1) as f64);
        }
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
        let (precision, recall) = (mean(&precisions), mean(&recalls));
        Self {
            name: name.to_owned(),
            precision,
            recall,
            f1: 2.0 * precision * recall / (precision + recall),
            page_f1: mean(&f1s),
            pages_a_second: pages.len() as f64 / seconds,
        }
    }
}

fn shingles(text: &str) -> BTreeMap<Vec<&str>, usize> {
    let words: Vec<&str> =
        text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty()).collect();
    let mut found = BTreeMap::new();
    for window in words.windows(SHINGLE.min(words.len().max(1))) {
        *found.entry(window.to_vec()).or_default() += 1;
    }
    found
}

fn benchmark() -> Result<Vec<Page>, String> {
    #[derive(Deserialize)]
    struct Gold {
        #[serde(rename = "articleBody")]
        body: String,
    }
    let folder = workspace().join("../shared/data/pages/aeb");
    let bytes =
        |name: &str| std::fs::read(folder.join(name)).map_err(|e| format!("{}: {e}", folder.join(name).display()));
    let gold: BTreeMap<String, Gold> =
        serde_json::from_slice(&bytes("ground-truth.json")?).map_err(|e| format!("ground-truth.json: {e}"))?;
    let mut tar = Vec::new();
    lzma_rs::xz_decompress(&mut bytes("html.tar.xz")?.as_slice(), &mut tar)
        .map_err(|e| format!("html.tar.xz: {e:?}"))?;
    let mut pages = Vec::new();
    let mut rest = tar.as_slice();
    // A tar file: heads of 512 bytes (name first, size in octal at 124), contents padded to as much.
    while let Some((head, after)) = rest.split_at_checked(512).filter(|(head, _)| head[0] != 0) {
        let field =
            |range: std::ops::Range<usize>| String::from_utf8_lossy(&head[range]).trim_matches(['\0', ' ']).to_owned();
        let size = usize::from_str_radix(&field(124..136), 8).map_err(|_| "html.tar.xz: a head without a size")?;
        let (content, after) = after.split_at_checked(size.next_multiple_of(512)).ok_or("html.tar.xz: cut short")?;
        rest = after;
        let name = field(0..100);
        let id = name.rsplit('/').next().unwrap_or_default().trim_end_matches(".html.gz").to_owned();
        if let Some(gold) = gold.get(&id) {
            let mut html = Vec::new();
            flate2::read::GzDecoder::new(&content[..size])
                .read_to_end(&mut html)
                .map_err(|e| format!("{name}: {e}"))?;
            pages.push(Page { id, html: String::from_utf8_lossy(&html).into_owned(), gold: gold.body.clone() });
        }
    }
    pages.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(pages)
}

/// Processor time that this program has used.
fn processor_seconds() -> Result<f64, String> {
    let stat =
        std::fs::read_to_string("/proc/self/stat").map_err(|e| format!("/proc/self/stat: {e}; measure on Linux"))?;
    let after = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks: Vec<f64> = after.split_whitespace().skip(11).take(2).filter_map(|t| t.parse().ok()).collect();
    // Linux gives hundredths of a second to programs, whatever it counts in itself.
    Ok(ticks.iter().sum::<f64>() / 100.0)
}

fn peer(python: &str, pages: &[Page]) -> Result<Row, String> {
    let script = workspace().join("benches/pages/peer.py");
    let fault = |e: &dyn std::fmt::Display| format!("{python}: {e}; see benches/pages/README.md");
    let mut child =
        Command::new(python).arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(|e| fault(&e))?;
    let mut input = String::new();
    for page in pages {
        let _ = writeln!(input, "{}", serde_json::json!({ "id": page.id, "html": page.html }));
    }
    child.stdin.take().ok_or("no pipe")?.write_all(input.as_bytes()).map_err(|e| fault(&e))?;
    let output = child.wait_with_output().map_err(|e| fault(&e))?;
    let mut texts = BTreeMap::new();
    let (mut seconds, mut version) = (f64::NAN, String::new());
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let value: serde_json::Value = serde_json::from_str(line).map_err(|e| fault(&e))?;
        if let (Some(id), Some(text)) = (value["id"].as_str(), value["text"].as_str()) {
            texts.insert(id.to_owned(), text.to_owned());
        } else {
            seconds = value["seconds"].as_f64().unwrap_or(f64::NAN);
            version = value["version"].as_str().unwrap_or_default().to_owned();
        }
    }
    let texts: Vec<String> = pages.iter().map(|page| texts.remove(&page.id).unwrap_or_default()).collect();
    Ok(Row::of(&format!("trafilatura {version} (Python)"), pages, &texts, seconds))
}

fn page_of(rows: &[Row], count: usize) -> String {
    let mut out = format!(
        "Pages: the articles of the {count} pages of the article extraction benchmark, shingles of {SHINGLE} words.\n\
         precision, recall: means over the pages; F1: of these means, as the benchmark counts; page F1: mean of the F1 of\n\
         each page. pages/s: for a second of processor time on one core, the best of {RUNS} runs (the peer: one run).\n\
         The pages are a test: nothing was chosen by reading them.\n\n\
         {:<30} {:>9} {:>7} {:>6} {:>8} {:>8}\n",
        "", "precision", "recall", "F1", "page F1", "pages/s"
    );
    for row in rows {
        let _ = writeln!(
            out,
            "{:<30} {:>9.3} {:>7.3} {:>6.3} {:>8.3} {:>8.1}",
            row.name, row.precision, row.recall, row.f1, row.page_f1, row.pages_a_second
        );
    }
    out
}

fn table_of(rows: &[Row]) -> String {
    let mut out = String::from("name,precision,recall,f1,page_f1,pages_a_second\n");
    for row in rows {
        let _ = writeln!(
            out,
            "{},{:.4},{:.4},{:.4},{:.4},{:.1}",
            row.name, row.precision, row.recall, row.f1, row.page_f1, row.pages_a_second
        );
    }
    out
}
