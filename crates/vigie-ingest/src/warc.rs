//! WARC, the format of web archives and of CC-NEWS: record after record, each with a head and a block of stated length.
//! One record is held at a time, so a file of gigabytes needs no more memory than its largest page.

use crate::document::{Card, Fault, Found, Raw, Sink, TextFrom, Writing};
use crate::http::Response;
use crate::open::{MOST_DOCUMENT, fault, opened};
use std::io::{self, BufRead, Cursor, Read};
use std::ops::ControlFlow::{self, Continue};

/// Lines in the head of a record, and bytes in a line.
const MOST_FIELDS: usize = 200;
const MOST_LINE: u64 = 1 << 16;

struct Record {
    fields: Vec<(String, String)>,
    length: u64,
}

impl Record {
    fn field(&self, wanted: &str) -> Option<&str> {
        self.fields.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.as_str())
    }
}

/// What was passed over, to be told at the end.
#[derive(Default)]
struct Passed {
    failed: usize,
    no_text: usize,
}

pub(crate) fn read(input: &mut dyn BufRead, path: &str, nesting: usize, sink: Sink) -> ControlFlow<()> {
    let mut passed = Passed::default();
    for number in 1u64.. {
        let at = format!("{path}#{number}");
        let record = match head(input) {
            Ok(Some(record)) => record,
            Ok(None) => break,
            Err(error) => {
                fault(&at, &error, sink)?;
                break;
            }
        };
        if record.length > MOST_DOCUMENT {
            let what = format!("{at} is larger than {} MB, which no page is", MOST_DOCUMENT >> 20);
            if wanted(&record) {
                sink(Found::Fault(Fault::new(what, "the other records are read; take this one out if it matters")))?;
            }
            if let Err(error) = pass(input, record.length) {
                fault(&at, &error, sink)?;
                break;
            }
            continue;
        }
        let mut block = Vec::new();
        let got = (&mut *input).take(record.length).read_to_end(&mut block);
        if let Err(error) =
            got.and_then(|n| if n as u64 == record.length { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) })
        {
            fault(&at, &error, sink)?;
            break;
        }
        if wanted(&record) {
            block_of(&record, &block, &at, nesting, &mut passed, sink)?;
        }
    }
    if passed.failed + passed.no_text > 0 {
        let what = format!(
            "{path}: {} records without a page (answers other than 200) and {} that are no text were passed over",
            passed.failed, passed.no_text
        );
        sink(Found::Fault(Fault::harmless(what, "nothing has to be done")))?;
    }
    Continue(())
}

/// Records that hold what somebody published.
fn wanted(record: &Record) -> bool {
    record
        .field("WARC-Type")
        .is_some_and(|t| ["response", "resource", "conversion"].contains(&t.to_ascii_lowercase().as_str()))
}

/// The head of the next record; `None` at the end of the file.
fn head(input: &mut dyn BufRead) -> io::Result<Option<Record>> {
    let mut line = read_line(input)?;
    // Two empty lines stand between records.
    while line.as_deref() == Some("") {
        line = read_line(input)?;
    }
    let Some(first) = line else { return Ok(None) };
    let damaged = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
    if !first.starts_with("WARC/") {
        return Err(damaged("a record does not begin with WARC/"));
    }
    let mut fields: Vec<(String, String)> = Vec::new();
    loop {
        let line = read_line(input)?.ok_or(io::ErrorKind::UnexpectedEof)?;
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_owned(), value.trim().to_owned()));
        }
        if fields.len() > MOST_FIELDS {
            return Err(damaged("the head of a record is too long"));
        }
    }
    let mut record = Record { fields, length: 0 };
    let length = record.field("Content-Length").and_then(|v| v.parse().ok());
    record.length = length.ok_or_else(|| damaged("a record does not say its length"))?;
    Ok(Some(record))
}

fn read_line(input: &mut dyn BufRead) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    if (&mut *input).take(MOST_LINE).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.len() as u64 == MOST_LINE {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "a line of a head is too long"));
    }
    Ok(Some(String::from_utf8_lossy(line.trim_ascii_end()).into_owned()))
}

fn pass(input: &mut dyn BufRead, length: u64) -> io::Result<()> {
    let passed = io::copy(&mut (&mut *input).take(length), &mut io::sink())?;
    if passed == length { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

fn block_of(
    record: &Record,
    block: &[u8],
    at: &str,
    nesting: usize,
    passed: &mut Passed,
    sink: Sink,
) -> ControlFlow<()> {
    let own_type = record.field("Content-Type").unwrap_or_default().to_ascii_lowercase();
    let card =
        Card { url: record.field("WARC-Target-URI").map(|u| u.trim_matches(['<', '>']).to_owned()), ..Card::default() };
    let (kind, charset, content) = if own_type.starts_with("application/http") {
        let Some(response) = Response::of(block) else {
            passed.no_text += 1;
            return Continue(());
        };
        if response.status != 200 {
            passed.failed += 1;
            return Continue(());
        }
        match response.content() {
            Ok(content) => (response.content_type(), response.charset(), content),
            Err(why) => {
                let what = format!("{at}: the page cannot be unpacked: {why}");
                return sink(Found::Fault(Fault::new(what, "the other records are read; fetch this page again")));
            }
        }
    } else {
        let kind = own_type.split(';').next().unwrap_or_default().trim().to_owned();
        (kind, None, block.to_vec())
    };
    let (writing, from) = match kind.as_str() {
        "text/html" | "application/xhtml+xml" => (Writing::Page, TextFrom::Html),
        "text/plain" => (Writing::Plain, TextFrom::File),
        kind if kind.ends_with("xml") || kind.ends_with("json") || kind.is_empty() => {
            return opened(&mut Cursor::new(content), at, &card, nesting + 1, sink);
        }
        _ => {
            passed.no_text += 1;
            return Continue(());
        }
    };
    let mut raw = Raw::new(at.to_owned(), content, writing, from, card);
    raw.charset = charset;
    sink(Found::Document(Box::new(raw)))
}
