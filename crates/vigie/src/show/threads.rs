//! Threads for a person: a line each.

use super::reading::shorten;
use super::style::{FAINT, FIRM, STRONG, paint};
use super::words::{self, plural};
use crate::threads::Thread;
use std::io::{self, Write};

/// Shows threads in the order given.
pub fn threads(found: &[&Thread], width: usize, out: &mut dyn Write) -> io::Result<()> {
    for thread in found {
        let days = thread.of.days.map_or("undated".to_owned(), |(first, last)| words::days(Some(first), last));
        let outlets = thread.outlets();
        let sums =
            [plural(thread.stories.len(), "story"), plural(outlets.len(), "outlet"), thread.languages().join("+")];
        let origins = plural(thread.named_origins(), "named origin");
        let id = crate::export::wire::story_id(thread.of.id);
        writeln!(out, "{}  {}", paint(STRONG, days), shorten(thread.headline(), width.saturating_sub(26)))?;
        writeln!(out, "  {}  {}  {}", sums.join(", "), paint(FIRM, origins), paint(FAINT, id))?;
        writeln!(out, "  {}", paint(FAINT, outlets.join(", ")))?;
    }
    Ok(())
}
