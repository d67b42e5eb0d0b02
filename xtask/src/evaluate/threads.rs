//! `cargo xtask evaluate threads [train]`: stories put into threads as they arrive, B-cubed over stories.
//!
//! *Happenings* are short stories that we made about matters that resemble those of the news, told by several outlets in
//! French and English, with others at the same place a month later or at another place on the same day
//! (`evaluation/threads/happenings.jsonl`; the half `train` was looked at while the rules were made). *Prints*: stories of
//! Wikinews, all dated to one day, each with up to three edited prints of it (paragraphs cut and moved, a figure altered,
//! sentences reworded), among the stories most like them, in shuffled order. Writes `evaluation/reports/threads.txt`
//! and `.csv`.

use super::copies::{altered, cut, reworded};
use super::dice::Dice;
use super::stories::{Shelf, shelves};
use super::write;
use crate::corpora::workspace;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Cursor;
use std::ops::ControlFlow;
use vigie::pipeline::{self, Source};
use vigie::record::DocumentRecord;
use vigie::threads::threads;
use vigie_ingest::{Found, Raw, open};
use vigie_text::StoryId;

/// Groups of prints of each language.
const GROUPS: usize = 60;
/// The day that all prints are dated to.
const DAY: jiff::civil::Date = jiff::civil::date(2012, 5, 14);

/// Documents in the order of their arrival, each with the matter it tells of.
type Stream = Vec<(String, DocumentRecord)>;

/// The happenings of one half.
fn happenings(split: &str) -> Result<Stream, String> {
    let path = workspace().join("evaluation/threads/happenings.jsonl");
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut lines = Vec::new();
    for line in text.lines() {
        let row: serde_json::Value = serde_json::from_str(line).map_err(|e| format!("{}: {e}", path.display()))?;
        if row["split"] == split {
            let field = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
            lines.push((field("published"), field("thread"), line));
        }
    }
    lines.sort_by(|a, b| a.0.cmp(&b.0));
    let mut stream = Stream::new();
    for (_, thread, line) in lines {
        let _ = open(&mut Cursor::new(line), "happenings.jsonl", &mut |found| {
            if let Found::Document(raw) = found
                && let Ok(read) = pipeline::read(&raw, &Source::default())
            {
                stream.push((thread.clone(), read.record));
            }
            ControlFlow::Continue(())
        });
    }
    Ok(stream)
}

/// Stories of a shelf with edited prints among the stories most like them.
fn prints(shelf: &Shelf) -> Stream {
    let mut dice = Dice(20_161_107);
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let long: Vec<usize> = (0..shelf.stories.len()).filter(|s| shelf.stories[*s].len() > 2).collect();
    for _ in 0..GROUPS {
        let main = long[dice.below(long.len())];
        let story = &shelf.stories[main];
        let near = &shelf.stories[shelf.near[main][dice.below(shelf.near[main].len())]];
        texts.insert(format!("{main:05}"), story.join("\n\n"));
        let edited = [
            cut(story, &mut dice),
            altered(cut(story, &mut dice), &mut dice),
            reworded(&cut(story, &mut dice), near, &mut dice),
        ];
        for (n, print) in edited.iter().take(1 + dice.below(3)).enumerate() {
            texts.insert(format!("{main:05} {n}"), print.join("\n\n"));
        }
        for other in &shelf.near[main][..2] {
            texts.insert(format!("{other:05}"), shelf.stories[*other].join("\n\n"));
        }
    }
    let mut order: Vec<(String, String)> = texts.into_iter().collect();
    for i in (1..order.len()).rev() {
        order.swap(i, dice.below(i + 1));
    }
    let source = Source { published: Some(DAY), ..Source::default() };
    let read = |(name, text): (String, String)| {
        let raw = Raw::plain(&name, text.into_bytes());
        Some((name.split(' ').next()?.to_owned(), pipeline::read(&raw, &source).ok()?.record))
    };
    order.into_iter().filter_map(read).collect()
}

/// B-cubed precision and recall over the stories of a stream.
fn score(stream: &Stream) -> (f64, f64, usize) {
    let documents: Vec<DocumentRecord> = stream.iter().map(|(_, d)| d.clone()).collect();
    let mut matter: BTreeMap<StoryId, &str> = BTreeMap::new();
    for (name, document) in stream {
        matter.extend(document.stories.iter().map(|s| (s.id, name.as_str())));
    }
    let threads = threads(&documents);
    let whole = |name: &str| matter.values().filter(|m| **m == name).count() as f64;
    let (mut precision, mut recall, mut n) = (0.0, 0.0, 0);
    for thread in &threads {
        for story in &thread.of.stories {
            let same = thread.of.stories.iter().filter(|other| matter[*other] == matter[story]).count() as f64;
            precision += same / thread.of.stories.len() as f64;
            recall += same / whole(matter[story]);
            n += 1;
        }
    }
    (precision / n as f64, recall / n as f64, n)
}

/// Scores the streams and writes the report; with `train`, the half that was looked at, without a report, with what is
/// together that should not be, and the other way round.
///
/// # Errors
/// When a set cannot be read or a report not be written.
pub(crate) fn threads_report(train: bool) -> Result<(), String> {
    let mut page = String::from("Stories put into threads as they arrive: B-cubed over stories.\n\n");
    let mut csv = String::from("stream,stories,precision,recall,f1\n");
    let mut streams =
        vec![("Happenings in two languages (ours)".to_owned(), happenings(if train { "train" } else { "test" })?)];
    for shelf in shelves(train)? {
        streams.push((format!("Edited prints, {}", shelf.name), prints(&shelf)));
    }
    for (name, stream) in streams {
        let (p, r, n) = score(&stream);
        let f = 2.0 * p * r / (p + r).max(f64::EPSILON);
        let _ = writeln!(page, "{name:<54} {n:>4} stories  P {p:.3} R {r:.3} F1 {f:.3}");
        let _ = writeln!(csv, "{},{n},{p:.4},{r:.4},{f:.4}", name.replace(',', ";"));
    }
    print!("{page}");
    if train {
        return Ok(());
    }
    let folder = workspace().join("evaluation/reports");
    write(&folder.join("threads.txt"), &page)?;
    write(&folder.join("threads.csv"), &csv)
}
