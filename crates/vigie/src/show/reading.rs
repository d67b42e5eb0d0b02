//! What `vigie read` shows: the pages, what was left out, then the claims grouped by event in order of the text.

use super::events::{best, block};
use super::style::{DOUBT, FAINT, STRONG, paint};
use super::words::{self, plural};
use crate::book::Book;
use crate::record::{DocumentRecord, Level, from_word, why_word};
use crate::run::Counts;
use crate::snippet::line_of;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::Path;
use vigie_events::Event;
use vigie_ingest::TextFrom;
use vigie_text::Span;

/// Leftovers that are shown one by one; the rest is counted.
const SHOWN: usize = 8;

/// Shows what was read.
pub fn reading(
    documents: &[DocumentRecord],
    events: &[Event],
    archive: Option<&Path>,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    for document in documents {
        page(document, width, out)?;
    }
    let book = Book::of(documents);
    for event in in_text_order(documents, events, &book) {
        out.write_all(block(event, &book, width).as_bytes())?;
    }
    let n_claims: usize = documents.iter().map(|d| d.claims.len()).sum();
    if n_claims == 0 {
        return writeln!(out, "No claims found.");
    }
    let origins: BTreeSet<_> =
        events.iter().flat_map(|e| &e.origins).filter(|o| o.origin.is_named()).map(|o| &o.origin.id).collect();
    let contested = events.iter().filter(|e| e.happened.all().len() > 1).count();
    let mut total = format!(
        "{} in {} from {}",
        plural(n_claims, "claim"),
        plural(events.len(), "event"),
        plural(origins.len(), "named origin")
    );
    if contested > 0 {
        total.push_str(&format!("; {contested} contested"));
    }
    writeln!(out, "{}", paint(STRONG, total))?;
    let why = match archive {
        Some(archive) => {
            format!("vigie explain ID --archive {} shows why (ID: c:… beside each file name)", archive.display())
        }
        None => {
            "Add --archive FILE to keep this; then `vigie explain` shows why, `vigie situation` what holds.".to_owned()
        }
    };
    writeln!(out, "{}", paint(FAINT, why))
}

/// Shows what a run has read that is too much to show.
pub fn sums(counts: &Counts, archive: &Path, out: &mut dyn Write) -> io::Result<()> {
    let archive = archive.display();
    let read = [plural(counts.read, "document"), plural(counts.stories, "story"), plural(counts.claims, "claim")];
    writeln!(out, "{} added to {archive}", paint(STRONG, read.join(", ")))?;
    if counts.there > 0 {
        writeln!(out, "  beside {} that it held before", plural(counts.there, "document"))?;
    }
    if counts.undated > 0 {
        let undated = plural(counts.undated, "document");
        writeln!(out, "  {} {undated} without a day: give it with --published", paint(DOUBT, "warning:"))?;
    }
    let next = format!(
        "vigie events --archive {archive} lists what happened, vigie search WORDS --archive {archive} finds it"
    );
    writeln!(out, "{}", paint(FAINT, next))
}

fn page(document: &DocumentRecord, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let language = document.language.map_or("unknown language", |l| l.code());
    let published = match document.published {
        Some(date) => format!("published {} ({})", words::day(date), document.basis.as_str()),
        None => "date of publication unknown".to_owned(),
    };
    // Line numbers count in the text that was taken out, not in the file.
    let taken = match document.text_from {
        TextFrom::File | TextFrom::Decoded => String::new(),
        from => format!(", text taken from {}", from_word(from)),
    };
    writeln!(out, "{}  {language}, {published}{taken}", paint(STRONG, &document.path))?;
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for leftover in &document.leftovers {
        *reasons.entry(why_word(leftover.why)).or_default() += 1;
    }
    let reasons: Vec<String> = reasons.iter().map(|(why, n)| format!("{n} {}", why.replace('-', " "))).collect();
    let left = if reasons.is_empty() { String::new() } else { format!(", left out: {}", reasons.join(", ")) };
    let counts = [plural(document.stories.len(), "story"), plural(document.claims.len(), "claim")].join(", ");
    writeln!(out, "  {counts}{left}")?;
    for leftover in document.leftovers.iter().take(SHOWN) {
        let line = line_of(&document.text, leftover.span.start());
        let head = format!("  {line:>5}  {:<18} ", why_word(leftover.why).replace('-', " "));
        let text = shorten(leftover.span.of(&document.text), width.saturating_sub(head.len()));
        writeln!(out, "{}", paint(FAINT, format!("{head}{text}")))?;
    }
    if document.leftovers.len() > SHOWN {
        writeln!(out, "{}", paint(FAINT, format!("         and {} more", document.leftovers.len() - SHOWN)))?;
    }
    for note in &document.notes {
        let word = match note.level {
            Level::Info => paint(FAINT, "note:"),
            Level::Warning => paint(DOUBT, "warning:"),
            Level::Error => paint(DOUBT, "error:"),
        };
        let place = note.span.map(|s| format!(" (line {})", line_of(&document.text, s.start()))).unwrap_or_default();
        writeln!(out, "  {word} {}{place}", note.message)?;
    }
    writeln!(out)
}

/// The beginning of a text in one line of at most `width` columns.
pub(crate) fn shorten(text: &str, width: usize) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if crate::snippet::columns(&flat) <= width {
        return flat;
    }
    let mut short = String::new();
    for c in flat.chars() {
        if crate::snippet::columns(&short) + 2 > width {
            break;
        }
        short.push(c);
    }
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

/// A part of `whole` of at most `width` columns that has `kernel` in it, with dots where it was cut.
pub(crate) fn excerpt(text: &str, whole: Span, kernel: Span, width: usize) -> String {
    let before: Vec<&str> = Span::new(whole.start(), kernel.start()).of(text).split_whitespace().collect();
    let rest = Span::new(kernel.start(), whole.end()).of(text);
    let spare = width.saturating_sub(crate::snippet::columns(rest)).max(width / 3);
    let mut used = 2;
    let taken = before.iter().rev().take_while(|word| {
        used += crate::snippet::columns(word) + 1;
        used <= spare
    });
    let taken = taken.count();
    let dots = if taken < before.len() { "… " } else { "" };
    let lead = before[before.len() - taken..].join(" ");
    // Text that met the kernel without a space keeps meeting it.
    let glued = taken > 0 && !text[..kernel.start()].ends_with(char::is_whitespace);
    let gap = if glued || taken == 0 { "" } else { " " };
    shorten(&format!("{dots}{lead}{gap}{rest}"), width)
}

fn in_text_order<'e>(documents: &[DocumentRecord], events: &'e [Event], book: &Book) -> Vec<&'e Event> {
    let place: BTreeMap<_, usize> = documents.iter().enumerate().map(|(at, d)| (d.id, at)).collect();
    let mut events: Vec<&Event> = events.iter().collect();
    events.sort_by_key(|event| {
        let shown = best(event, book).map(|(d, c)| (place.get(&d.id).copied(), c.sentence, c.trigger));
        (shown.is_none(), shown, event.id)
    });
    events
}
