//! The chronicle: what happened day by day, each line with who says so and the words it was told in.

use super::claim::at;
use super::reading::excerpt;
use super::style::{DOUBT, FAINT, SOURCE, STRONG, TRIGGER, paint};
use super::words;
use crate::book::Book;
use jiff::civil::Date;
use std::io::{self, Write};
use vigie_events::OriginKind;
use vigie_situation::Entry;

/// Shows the entries, a heading a day.
pub fn digest(entries: &[Entry], book: &Book, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut day: Option<Date> = None;
    for entry in entries {
        let Some((document, claim)) = book.claim(entry.shown) else { continue };
        if day != Some(entry.day) {
            if day.is_some() {
                writeln!(out)?;
            }
            writeln!(out, "{}", paint(STRONG, words::day(entry.day)))?;
            day = Some(entry.day);
        }
        let mut doubts = words::doubts(claim.factuality);
        if entry.when.is_none() {
            doubts.push("day of the report");
        }
        let doubts = if doubts.is_empty() { String::new() } else { paint(DOUBT, format!(" ({})", doubts.join(", "))) };
        let place = entry.place.as_deref().map(|id| format!(" at {}", book.name(id))).unwrap_or_default();
        let said = voices(&entry.said_by);
        let denied = if entry.denied_by.is_empty() {
            String::new()
        } else {
            format!(" — denied by {}", voices(&entry.denied_by))
        };
        let what = format!("{}{doubts}{place}", paint(TRIGGER, entry.predicate.id()));
        writeln!(out, "  {what}: {}{}", paint(SOURCE, said), paint(DOUBT, denied))?;
        let quote = excerpt(&document.text, claim.sentence, claim.trigger, width.saturating_sub(8));
        writeln!(out, "    {}", paint(FAINT, format!("“{quote}” {}", at(claim, document))))?;
    }
    Ok(())
}

fn voices(voices: &[(Option<String>, OriginKind)]) -> String {
    let name = |(name, kind): &(Option<String>, OriginKind)| match (name, kind) {
        (_, OriginKind::Unattributed) => "no source named".to_owned(),
        (Some(name), OriginKind::Anonymous) => format!("{name} (not named)"),
        (Some(name), OriginKind::Unresolved) => format!("{name} (who is not clear)"),
        (Some(name), _) => name.clone(),
        (None, kind) => kind.as_str().to_owned(),
    };
    let mut names: Vec<String> = voices.iter().map(name).collect();
    names.dedup();
    if names.is_empty() { "no source named".to_owned() } else { names.join("; ") }
}
