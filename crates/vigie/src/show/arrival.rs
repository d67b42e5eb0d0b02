//! What a watch brings in: a line a document, and the sums of a round.

use super::style::{FAINT, SOURCE, STRONG, paint};
use super::words::{self, plural};
use crate::record::DocumentRecord;
use crate::watch::Sums;
use std::io::{self, Write};

/// One document that was archived. It is shown at once, since the next may be long in coming.
pub(crate) fn arrival(document: &DocumentRecord, out: &mut dyn Write) -> io::Result<()> {
    let day = document.published.map_or("undated".to_owned(), words::day);
    let outlet = document.outlet.as_deref().unwrap_or("unknown outlet");
    let title = document.title.as_deref().unwrap_or(&document.path);
    let claims = paint(FAINT, format!("({})", plural(document.claims.len(), "claim")));
    writeln!(out, "{}  {}  {title} {claims}", paint(STRONG, day), paint(SOURCE, outlet))?;
    out.flush()
}

/// What a round gave.
pub(crate) fn round(sums: &Sums, out: &mut dyn Write) -> io::Result<()> {
    let new = format!("{} with {}", plural(sums.new, "new document"), plural(sums.claims, "claim"));
    let unusable = if sums.unusable > 0 { format!("; {} could not be used", sums.unusable) } else { String::new() };
    writeln!(out, "{}", paint(FAINT, format!("asked {}: {new}{unusable}", plural(sums.asked, "source"))))?;
    out.flush()
}
