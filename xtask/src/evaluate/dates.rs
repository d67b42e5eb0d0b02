//! `cargo xtask evaluate dates`: the expressions of time of both languages against annotated texts, peers beside.
//!
//! Scores follow TempEval-3: strict F1 wants the same span, relaxed F1 spans that overlap, value F1 overlapping spans with
//! the same value; each gold and each found expression counts once. Writes `evaluation/reports/dates.txt` and `.csv`.

use super::score::Count;
use super::specs;
use super::undated;
use super::write;
use crate::corpora::workspace;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use vigie_claims::{Expression, Telling, expressions};
use vigie_resources::Language;

/// A test: its file, and whether rules were written while looking at it.
struct Test {
    name: &'static str,
    tuned: bool,
    /// Figures of other programs: name, strict, relaxed and value F1 in percent; none where none was published.
    peers: &'static [(&'static str, f64, f64, Option<f64>)],
    floors: Option<[f64; 3]>,
}

const TESTS: [Test; 4] = [
    Test {
        name: "tempeval2-fr",
        tuned: true,
        peers: &[("HeidelTime", 79.5, 88.3, Some(64.6))],
        floors: Some([85.0, 92.0, 77.0]),
    },
    Test {
        name: "te3-platinum",
        tuned: false,
        peers: &[("HeidelTime", 81.8, 90.7, Some(78.1)), ("SynTime", 92.1, 95.0, None)],
        floors: Some([88.0, 94.0, 80.0]),
    },
    Test {
        name: "wikiwars",
        tuned: true,
        peers: &[("HeidelTime", 85.6, 92.1, Some(83.1))],
        floors: Some([87.0, 94.0, 84.0]),
    },
    Test { name: "aquaint", tuned: true, peers: &[], floors: None },
];

/// One text with its gold: start and end in characters, type, value, words.
#[derive(Debug, Deserialize)]
struct Text {
    id: String,
    lang: String,
    dct: Option<String>,
    text: String,
    timex: Vec<(usize, usize, String, String, String)>,
}

/// The counts of a test, with the errors by kind.
#[derive(Debug, Default)]
struct Outcome {
    strict: Count,
    relaxed: Count,
    value: Count,
    /// By gold type: gold, right span, any overlap, right value.
    types: BTreeMap<String, [usize; 4]>,
    errors: BTreeMap<&'static str, usize>,
}

/// Runs all tests and writes the reports.
///
/// # Errors
/// When a file of the shared data cannot be read, or a report not written.
pub(crate) fn dates() -> Result<(), String> {
    let mut page = "Expressions of time, French and English\n\nF1 in percent as TempEval-3 counts it: strict (the same span), relaxed (spans that overlap), value (overlap and\nthe same value, compared letter by letter). Rules were written while looking at the files marked \"tuned\".\n".to_owned();
    let mut table = "name,test,table,key,gold,system,right,f1\n".to_owned();
    for test in &TESTS {
        let path = workspace().join(format!("../shared/data/time/jsonl/{}.jsonl", test.name));
        let lines = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let mut outcome = Outcome::default();
        for (number, line) in lines.lines().enumerate() {
            let text = serde_json::from_str(line).map_err(|e| format!("{}:{}: {e}", path.display(), number + 1))?;
            outcome.add(&text)?;
        }
        report(test, &outcome, &mut page, &mut table);
    }
    undated::report(&mut page, &mut table)?;
    specs::report(&mut page, &mut table)?;
    print!("{page}");
    let folder = workspace().join("evaluation/reports");
    write(&folder.join("dates.txt"), &page)?;
    write(&folder.join("dates.csv"), &table)
}

/// The day of a text: its field, or the figures in its name where the field is empty.
fn published(text: &Text) -> Option<Date> {
    let field = text.dct.as_deref().unwrap_or_default();
    let mut parts = field.split(['-', 'T']).map(|p| p.parse::<i16>().ok());
    let mut next = || parts.next().flatten();
    if let (Some(year), Some(month), Some(day)) = (next(), next(), next()) {
        return Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    }
    let figures: String =
        text.id.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    (figures.len() == 8).then(|| figures.parse().ok()).flatten()
}

impl Outcome {
    fn add(&mut self, text: &Text) -> Result<(), String> {
        let language = Language::from_code(&text.lang).ok_or_else(|| format!("{}: no language pack", text.lang))?;
        let found = expressions(&text.text, language, published(text), Telling::Guess);
        // Gold counts characters.
        let mut places: Vec<usize> = text.text.char_indices().map(|(byte, _)| byte).collect();
        places.push(text.text.len());
        let byte = |c: usize| places.get(c).copied().unwrap_or(text.text.len());
        let mut used = vec![false; found.len()];
        for count in [&mut self.strict, &mut self.relaxed, &mut self.value] {
            count.gold += text.timex.len();
            count.system += found.len();
        }
        for (start, end, kind, value, _) in &text.timex {
            let (start, end) = (byte(*start), byte(*end));
            let row = self.types.entry(kind.clone()).or_default();
            row[0] += 1;
            let Some(index) = partner(&found, &used, start, end) else {
                *self.errors.entry("missed").or_default() += 1;
                continue;
            };
            used[index] = true;
            let other = &found[index];
            let same = (other.span.start(), other.span.end()) == (start, end);
            let right = other.value == *value;
            self.relaxed.right += 1;
            self.strict.right += usize::from(same);
            self.value.right += usize::from(right);
            row[1] += usize::from(same);
            row[2] += 1;
            row[3] += usize::from(right);
            if !same {
                *self.errors.entry("other span").or_default() += 1;
            }
            if !right {
                *self.errors.entry(sort(value, &other.value)).or_default() += 1;
            }
        }
        *self.errors.entry("spurious").or_default() += used.iter().filter(|u| !**u).count();
        Ok(())
    }
}

/// The found expression that stands for a gold one: the same span, else the first that overlaps.
fn partner(found: &[Expression], used: &[bool], start: usize, end: usize) -> Option<usize> {
    let free = |i: &usize| !used[*i] && found[*i].span.start() < end && start < found[*i].span.end();
    let same = |i: &usize| (found[*i].span.start(), found[*i].span.end()) == (start, end);
    (0..found.len()).filter(free).find(same).or_else(|| (0..found.len()).find(free))
}

/// What is wrong with a value.
fn sort(gold: &str, found: &str) -> &'static str {
    let length = |v: &str| v.starts_with('P') && !v.contains("REF");
    let day = |v: &str| v.split('T').next().unwrap_or_default().to_owned();
    if gold.is_empty() || gold == "null" {
        "value: none in the gold"
    } else if length(gold) != length(found) {
        "value: a length for a date or a date for a length"
    } else if length(gold) {
        "value: another length"
    } else if gold.contains("REF") != found.contains("REF") {
        "value: a reference for a date or a date for a reference"
    } else if day(gold) == day(found) {
        "value: another time of the day"
    } else if gold.len() != found.len() {
        "value: another grain"
    } else if gold.get(4..) == found.get(4..) {
        "value: another year"
    } else {
        "value: another day"
    }
}

fn report(test: &Test, outcome: &Outcome, page: &mut String, table: &mut String) {
    let tuned = if test.tuned { " (tuned)" } else { " (test: nobody looked at its text)" };
    let gold = outcome.strict.gold;
    let _ = writeln!(page, "\n== {}{tuned}, {gold} expressions, {} found\n", test.name, outcome.strict.system);
    let _ = writeln!(page, "{:<12}  {:>7} {:>8} {:>7}", "", "strict", "relaxed", "value");
    let counts = [("strict", outcome.strict), ("relaxed", outcome.relaxed), ("value", outcome.value)];
    let [s, r, v] = counts.map(|(_, c)| c.f1());
    let _ = writeln!(page, "{:<12}  {s:>7.2} {r:>8.2} {v:>7.2}", "vigie");
    for (name, s, r, v) in test.peers {
        let v = v.map_or("-".to_owned(), |v| format!("{v:.2}"));
        let _ = writeln!(page, "{name:<12}  {s:>7.2} {r:>8.2} {v:>7}");
        let _ = writeln!(table, "{name},{},scores,strict,,,,{s:.2}", test.name);
        let _ = writeln!(table, "{name},{},scores,relaxed,,,,{r:.2}", test.name);
        if v != "-" {
            let _ = writeln!(table, "{name},{},scores,value,,,,{v}", test.name);
        }
    }
    if let Some([s, r, v]) = test.floors {
        let _ = writeln!(page, "{:<12}  {s:>7.2} {r:>8.2} {v:>7.2}", "wanted");
    }
    for (key, c) in counts {
        let _ = writeln!(table, "vigie,{},scores,{key},{},{},{},{:.2}", test.name, c.gold, c.system, c.right, c.f1());
    }
    let _ = writeln!(page, "\nBy type         gold  same span  overlap  same value");
    for (kind, [gold, strict, relaxed, value]) in &outcome.types {
        let _ = writeln!(page, "  {kind:<12}{gold:>6}{strict:>11}{relaxed:>9}{value:>12}");
        let _ = writeln!(table, "vigie,{},type-value,{kind},{gold},,{value},", test.name);
    }
    let _ = writeln!(page, "\nErrors");
    for (kind, count) in &outcome.errors {
        let _ = writeln!(page, "  {kind:<56}{count:>5}");
        let _ = writeln!(table, "vigie,{},errors,{kind},{count},,,", test.name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_counted_as_the_task_counts_it() {
        let text = Text {
            id: "x".to_owned(),
            lang: "en".to_owned(),
            dct: Some("2016-12-12T10:00".to_owned()),
            text: "Né: it began on July 1, 1916 and went on.".to_owned(),
            timex: vec![
                (16, 28, "DATE".to_owned(), "1916-07-01".to_owned(), "July 1, 1916".to_owned()),
                (33, 37, "DATE".to_owned(), "XXXX".to_owned(), "went".to_owned()),
            ],
        };
        let mut outcome = Outcome::default();
        outcome.add(&text).unwrap();
        assert_eq!((outcome.strict.gold, outcome.strict.system, outcome.strict.right), (2, 1, 1));
        assert_eq!((outcome.value.right, outcome.errors["missed"]), (1, 1));
    }

    #[test]
    fn the_day_of_a_text_comes_from_its_field_or_its_name() {
        let text = |id: &str, dct: Option<&str>| Text {
            id: id.to_owned(),
            lang: String::new(),
            dct: dct.map(str::to_owned),
            text: String::new(),
            timex: Vec::new(),
        };
        let day = |y, m, d| Date::new(y, m, d).ok();
        assert_eq!(published(&text("a", Some("2003-5-30"))), day(2003, 5, 30));
        assert_eq!(published(&text("APW19980807.0261", None)), day(1998, 8, 7));
        assert_eq!(published(&text("a", Some("PRESENT_REF"))), None);
    }

    #[test]
    fn wrong_values_are_sorted() {
        assert_eq!(sort("2003-05-30", "2004-05-30"), "value: another year");
        assert_eq!(sort("P3D", "2004"), "value: a length for a date or a date for a length");
        assert_eq!(sort("2003-05-30TMO", "2003-05-30TEV"), "value: another time of the day");
        assert_eq!(sort("PRESENT_REF", "2003-05-30"), "value: a reference for a date or a date for a reference");
    }
}
