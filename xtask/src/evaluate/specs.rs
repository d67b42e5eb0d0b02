//! The French specifications of Microsoft's recognizers (MIT): sentences with what must be found in them. Only what has a
//! counterpart in TIMEX3 is asked for; ranges of two ends are one expression there and two here.

use super::score::Count;
use crate::corpora::workspace;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use vigie_claims::{Telling, expressions};
use vigie_resources::Language;

/// The file with whole sentences and all kinds of results.
const FILE: &str = "../shared/data/time/recognizers-fr-specs/DateTimeModel.json";
/// The kinds that TIMEX3 has.
const KINDS: [&str; 5] = ["date", "time", "datetime", "duration", "set"];

#[derive(Debug, Deserialize)]
struct Case {
    #[serde(rename = "Input")]
    input: String,
    #[serde(rename = "Context", default)]
    context: Option<Context>,
    #[serde(rename = "Results", default)]
    results: Vec<Wanted>,
}

#[derive(Debug, Deserialize)]
struct Context {
    #[serde(rename = "ReferenceDateTime", default)]
    day: String,
}

#[derive(Debug, Deserialize)]
struct Wanted {
    #[serde(rename = "Text", default)]
    text: String,
    #[serde(rename = "TypeName", default)]
    kind: String,
    #[serde(rename = "Start", default)]
    start: usize,
    #[serde(rename = "Resolution", default)]
    resolution: Option<Resolution>,
}

#[derive(Debug, Deserialize)]
struct Resolution {
    #[serde(default)]
    values: Vec<BTreeMap<String, String>>,
}

/// Adds the coverage of the specifications to the reports.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn report(page: &mut String, table: &mut String) -> Result<(), String> {
    let path = workspace().join(FILE);
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let cases: Vec<Case> =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|e| format!("{}: {e}", path.display()))?;
    let french = Language::from_code("fr").ok_or("no pack for fr")?;
    // By kind: wanted, overlapped, the same span, the same value.
    let mut kinds: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    let (mut n_left_out, mut spurious) = (0, Count::default());
    for case in &cases {
        let day = case.context.as_ref().and_then(|c| c.day.get(..10)).and_then(|d| d.parse().ok());
        let found = expressions(&case.input, french, day, Telling::News);
        let mut places: Vec<usize> = case.input.char_indices().map(|(byte, _)| byte).collect();
        places.push(case.input.len());
        for wanted in &case.results {
            let name = wanted.kind.rsplit('.').next().unwrap_or_default();
            let Some(kind) = KINDS.iter().find(|k| **k == name) else {
                n_left_out += 1;
                continue;
            };
            let row = kinds.entry(kind).or_default();
            row[0] += 1;
            let Some(&start) = places.get(wanted.start) else { continue };
            let end = start + wanted.text.len();
            let Some(hit) = found.iter().find(|e| e.span.start() < end && start < e.span.end()) else { continue };
            row[1] += 1;
            row[2] += usize::from((hit.span.start(), hit.span.end()) == (start, end));
            let values = wanted.resolution.as_ref().map_or(&[][..], |r| r.values.as_slice());
            let mut given = values.iter().flat_map(|v| [v.get("timex"), v.get("value")]).flatten();
            row[3] += usize::from(given.any(|v| *v == hit.value));
        }
        if case.results.is_empty() {
            spurious.gold += 1;
            spurious.system += usize::from(!found.is_empty());
        }
    }
    let _ = writeln!(page, "\n== Microsoft recognizers, French ({} sentences)\n", cases.len());
    let _ = writeln!(
        page,
        "Results of kinds that TIMEX3 writes otherwise (ranges with both ends, zones) are left out: {n_left_out}.\n"
    );
    let _ = writeln!(page, "Kind        wanted  found  same span  same value");
    for (kind, [wanted, found, same, value]) in &kinds {
        let _ = writeln!(page, "  {kind:<10}{wanted:>6}{found:>7}{same:>11}{value:>12}");
        let _ = writeln!(table, "vigie,recognizers-fr,{kind},found,{wanted},,{found},");
        let _ = writeln!(table, "vigie,recognizers-fr,{kind},value,{wanted},,{value},");
    }
    let _ = writeln!(
        page,
        "\nSentences in which nothing is to be found: {}; something was found in {}.",
        spurious.gold, spurious.system
    );
    Ok(())
}
