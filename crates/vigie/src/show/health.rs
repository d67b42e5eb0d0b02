//! What an examination of an archive showed.

use super::style::{DOUBT, FAINT, FIRM, STRONG, paint};
use super::words::plural;
use crate::archive::Health;
use std::io::{self, Write};
use std::path::Path;

/// Shows what is kept, and everything that is not as it should be with its remedy.
pub fn health(health: &Health, path: &Path, out: &mut dyn Write) -> io::Result<()> {
    let mut kept =
        vec![plural(health.documents, "document"), plural(health.stories, "story"), plural(health.claims, "claim")];
    if health.decisions > 0 {
        kept.push(plural(health.decisions, "decision"));
    }
    writeln!(out, "{}  {}, tables of version {}", paint(STRONG, path.display()), kept.join(", "), health.schema)?;
    if let Some((first, last)) = &health.recorded {
        writeln!(out, "  {}", paint(FAINT, format!("taken in from {first} to {last}")))?;
    }
    for finding in &health.findings {
        let word = if finding.grave { "damage:" } else { "note:" };
        writeln!(out, "  {} {}", paint(DOUBT, word), finding.what)?;
        writeln!(out, "    help: {}", finding.remedy)?;
    }
    if health.findings.is_empty() {
        writeln!(out, "  {}", paint(FIRM, "whole: the file, its links, every claim and every span"))?;
    }
    Ok(())
}
