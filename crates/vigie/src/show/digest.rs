//! The chronicle: what happened day by day, each line with who says so and the words it was told in; what changed.

use super::claim::at;
use super::reading::excerpt;
use super::style::{DOUBT, FAINT, SOURCE, STRONG, TRIGGER, paint};
use crate::book::Book;
use crate::messages::Messages;
use jiff::civil::Date;
use std::io::{self, Write};
use vigie_situation::{Change, Entry, TimelineDay};

/// Entries of a day of a timeline that are shown; the others are counted.
const MOST_A_DAY: usize = 3;

/// Shows the entries, a heading a day, and what changed between two days.
pub fn digest(
    entries: &[Entry],
    changed: Option<&(Date, Date, Vec<Change>)>,
    book: &Book,
    messages: &Messages,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    if let Some((from, to, changes)) = changed {
        let days = [("from", messages.day(*from).into()), ("to", messages.day(*to).into())];
        writeln!(out, "{}", paint(STRONG, messages.say("changed", &days)))?;
        for change in changes {
            writeln!(out, "  {}", change_line(change, messages))?;
        }
        if changes.is_empty() {
            writeln!(out, "  {}", paint(FAINT, messages.word("nothing-changed")))?;
        }
        writeln!(out, "\n{}", paint(STRONG, messages.word("happened")))?;
    }
    if entries.is_empty() {
        return writeln!(out, "{}", paint(FAINT, messages.word("nothing-happened")));
    }
    let mut day: Option<Date> = None;
    for entry in entries {
        if day != Some(entry.day) {
            if day.is_some() {
                writeln!(out)?;
            }
            writeln!(out, "{}", paint(STRONG, messages.day(entry.day)))?;
            day = Some(entry.day);
        }
        write_entry(entry, book, messages, width, out)?;
    }
    Ok(())
}

/// Shows the days that matter, each with what is best attested.
pub fn timeline(
    days: &[TimelineDay],
    book: &Book,
    messages: &Messages,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    if days.is_empty() {
        return writeln!(out, "{}", paint(FAINT, messages.word("nothing-happened")));
    }
    for day in days {
        let named = messages.say("entry-reports", &[("count", (day.entries.len() as i64).into())]);
        writeln!(out, "{}  {}", paint(STRONG, messages.day(day.day)), paint(FAINT, named))?;
        let mut entries: Vec<&Entry> = day.entries.iter().collect();
        // What many say comes first; what is only to come last.
        entries.sort_by_key(|e| (e.ahead, std::cmp::Reverse(e.said_by.len()), e.grade, e.event));
        for entry in entries.iter().take(MOST_A_DAY) {
            write_entry(entry, book, messages, width, out)?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn write_entry(entry: &Entry, book: &Book, messages: &Messages, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let Some((document, claim)) = book.claim(entry.shown) else { return Ok(()) };
    let mut doubts = messages.doubts(claim);
    if entry.negative {
        doubts.push(messages.word("not-so"));
    }
    if entry.when.is_none() {
        doubts.push(messages.word("day-of-report"));
    }
    let doubts = if doubts.is_empty() { String::new() } else { paint(DOUBT, format!(" [{}]", doubts.join(", "))) };
    let what = paint(TRIGGER, what(entry, book, messages));
    let said = messages.say("entry-said", &[("voices", messages.voices(&entry.said_by).into())]);
    let denied = if entry.denied_by.is_empty() {
        String::new()
    } else {
        format!(" ; {}", messages.say("entry-denied", &[("voices", messages.voices(&entry.denied_by).into())]))
    };
    writeln!(out, "  {what}{doubts}, {}{}", paint(SOURCE, said), paint(DOUBT, denied))?;
    let quote = excerpt(&document.text, claim.sentence, claim.trigger, width.saturating_sub(8));
    writeln!(out, "    {}", paint(FAINT, format!("“{quote}” {}", at(claim, document))))
}

/// What happened where.
pub(crate) fn what(entry: &Entry, book: &Book, messages: &Messages) -> String {
    let what = messages.predicate(entry.predicate);
    match entry.place.as_deref().map(|id| book.name(id)) {
        Some(place) => messages.say("entry", &[("what", what.into()), ("where", place.into())]),
        None => messages.say("entry-nowhere", &[("what", what.into())]),
    }
}

/// One change in a sentence.
pub(crate) fn change_line(change: &Change, messages: &Messages) -> String {
    let key: Vec<&str> = change.key.iter().map(|k| k.name.as_str()).collect();
    let told = messages.say(
        "change",
        &[
            ("fluent", messages.fluent(change.fluent).into()),
            ("key", key.join(", ").into()),
            ("before", messages.answer(change.before.as_ref()).into()),
            ("after", messages.answer(change.after.as_ref()).into()),
        ],
    );
    match &change.after {
        Some(after) => format!("{told} [{}]", messages.status(after)),
        None => told,
    }
}
