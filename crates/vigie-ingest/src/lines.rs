//! JSON lines: one document a line, with `id`, `url`, `outlet`, `published`, `title`, `text`, `lang`. A line that is
//! none is named, and the others are read.

use crate::day;
use crate::document::{Basis, Card, Day, Fault, Found, Notice, Raw, Sink, TextFrom, Writing};
use crate::open::{MOST_DOCUMENT, fault};
use serde_json::Value;
use std::io::{BufRead, Read};
use std::ops::ControlFlow::{self, Continue};
use vigie_text::document_id;

/// Bad lines that are named one by one; the others are counted.
const NAMED: usize = 20;

pub(crate) fn read(input: &mut dyn BufRead, path: &str, sink: Sink) -> ControlFlow<()> {
    let mut line = Vec::new();
    let mut bad = 0;
    for number in 1u64.. {
        line.clear();
        match (&mut *input).take(MOST_DOCUMENT + 1).read_until(b'\n', &mut line) {
            Ok(0) => break,
            Ok(_) => {}
            Err(error) => return fault(&format!("{path}:{number}"), &error, sink),
        }
        if line.len() as u64 > MOST_DOCUMENT && !line.ends_with(b"\n") {
            let what = format!("{path}:{number} is larger than {} MB, which no page is", MOST_DOCUMENT >> 20);
            sink(Found::Fault(Fault::new(what, "split it; the other lines are read")))?;
            if let Err(error) = pass_line(input) {
                return fault(&format!("{path}:{number}"), &error, sink);
            }
            continue;
        }
        let bytes = line.trim_ascii();
        if bytes.is_empty() {
            continue;
        }
        match document(bytes, &format!("{path}:{number}")) {
            Ok(raw) => sink(Found::Document(Box::new(raw)))?,
            Err(why) => {
                bad += 1;
                if bad <= NAMED {
                    let what = format!("{path}:{number}: {why}");
                    let remedy = "each line must be an object with the field \"text\"; the other lines are read";
                    sink(Found::Fault(Fault::new(what, remedy)))?;
                }
            }
        }
    }
    if bad > NAMED {
        let what = format!("{path}: {} more lines could not be read", bad - NAMED);
        sink(Found::Fault(Fault::new(what, "mend the lines named above and look whether the others are like them")))?;
    }
    Continue(())
}

/// Reads to the end of a line without keeping it.
fn pass_line(input: &mut dyn BufRead) -> std::io::Result<()> {
    loop {
        let chunk = input.fill_buf()?;
        if chunk.is_empty() {
            return Ok(());
        }
        let end = chunk.iter().position(|b| *b == b'\n');
        let len = end.map_or(chunk.len(), |at| at + 1);
        input.consume(len);
        if end.is_some() {
            return Ok(());
        }
    }
}

fn document(bytes: &[u8], path: &str) -> Result<Raw, String> {
    let bytes_of_text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let value: Value = serde_json::from_slice(bytes_of_text).map_err(|error| format!("no JSON ({error})"))?;
    if !value.is_object() {
        return Err("no JSON object".to_owned());
    }
    let field = |name: &str| value[name].as_str().map(str::to_owned);
    let mut raw = of_fields(path, &field)?;
    raw.id = document_id(bytes);
    raw.len = bytes.len();
    Ok(raw)
}

/// A document from named fields, of a line or of a row of a table.
pub(crate) fn of_fields(path: &str, field: &dyn Fn(&str) -> Option<String>) -> Result<Raw, String> {
    let text = field("text").ok_or("the field \"text\" is missing or no text")?;
    let some = |name: &str| field(name).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty());
    let stamp = some("published");
    let published = stamp.as_deref().and_then(day::of_stamp);
    let card = Card {
        title: some("title"),
        author: some("author"),
        outlet: some("outlet"),
        url: some("url"),
        published: published.map(|date| Day { date, basis: Basis::Feed }),
        language: some("lang"),
    };
    let mut raw = Raw::new(path.to_owned(), text.into_bytes(), Writing::Plain, TextFrom::Json, card);
    if let Some(stamp) = stamp.filter(|_| published.is_none()) {
        raw.notes.push(Notice::new("bad-date", format!("\"{stamp}\" is no day; write it as YYYY-MM-DD.")));
    }
    Ok(raw)
}
