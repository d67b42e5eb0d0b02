//! Parquet tables with the columns of JSON lines.

use crate::document::{Fault, Found, Sink, TextFrom};
use crate::lines::of_fields;
use jiff::civil::{Date, date};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};
use std::ops::ControlFlow::{self, Continue};
use std::panic::{AssertUnwindSafe, catch_unwind};
use vigie_text::document_id;

/// What a table may unpack to.
const MOST_UNPACKED: i64 = 4 << 30;

pub(crate) fn read(bytes: Vec<u8>, path: &str, sink: Sink) -> ControlFlow<()> {
    let damaged = |why: &str| {
        Fault::new(
            format!("{path}: the Parquet file cannot be read ({why})"),
            "fetch it again, or convert it to JSON lines",
        )
    };
    let packed = bytes.len() as i64;
    let opened = catch_unwind(AssertUnwindSafe(|| SerializedFileReader::new(bytes::Bytes::from(bytes))));
    let reader = match opened {
        Ok(Ok(reader)) => reader,
        Ok(Err(error)) => return sink(Found::Fault(damaged(&error.to_string()))),
        Err(_) => return sink(Found::Fault(damaged("it is damaged"))),
    };
    let unpacked: i64 =
        reader.metadata().row_groups().iter().map(|g| g.total_byte_size().max(0)).fold(0, i64::saturating_add);
    if unpacked > MOST_UNPACKED || unpacked / 1000 > packed {
        return sink(Found::Fault(damaged("it unpacks to far more than its size")));
    }
    let columns = reader.metadata().file_metadata().schema_descr().columns();
    if !columns.iter().any(|c| c.path().string() == "text") {
        let what = format!("{path} has no column \"text\"");
        return sink(Found::Fault(Fault::new(what, "name the column with the articles \"text\"")));
    }
    let mut rows = match reader.get_row_iter(None) {
        Ok(rows) => rows,
        Err(error) => return sink(Found::Fault(damaged(&error.to_string()))),
    };
    for number in 1u64.. {
        let row = match catch_unwind(AssertUnwindSafe(|| rows.next())) {
            Ok(None) => break,
            Ok(Some(Ok(row))) => row,
            Ok(Some(Err(error))) => return sink(Found::Fault(damaged(&format!("row {number}: {error}")))),
            Err(_) => return sink(Found::Fault(damaged(&format!("row {number} is damaged")))),
        };
        let at = format!("{path}:{number}");
        match of_fields(&at, &|name| cell(&row, name)) {
            Ok(mut raw) => {
                raw.from = TextFrom::Table;
                let cells = identity(&row);
                raw.id = document_id(cells.as_bytes());
                raw.len = cells.len();
                sink(Found::Document(Box::new(raw)))?;
            }
            Err(why) => {
                sink(Found::Fault(Fault::new(format!("{at}: {why}"), "fill the cell; the other rows are read")))?
            }
        }
    }
    Continue(())
}

/// A cell as text; dates as days.
fn cell(row: &Row, name: &str) -> Option<String> {
    let (_, field) = row.get_column_iter().find(|(n, _)| n.as_str() == name)?;
    let day = |days: i64| epoch_day(days).map(|d| d.to_string());
    match field {
        Field::Str(text) => Some(text.clone()),
        Field::Bytes(bytes) => bytes.as_utf8().ok().map(str::to_owned),
        Field::Date(days) => day(i64::from(*days)),
        Field::TimestampMillis(ms) => day(ms.div_euclid(86_400_000)),
        Field::TimestampMicros(us) => day(us.div_euclid(86_400_000_000)),
        _ => None,
    }
}

fn epoch_day(days: i64) -> Option<Date> {
    date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// The row as one text: the same cells are the same document in whatever file they lie.
fn identity(row: &Row) -> String {
    row.get_column_iter().map(|(name, field)| format!("{name}={field}\u{1f}")).collect()
}
