//! A situation as tables, one a fluent: about what, the answer, how it is known, since when, who says so.

use super::claim::said_by;
use super::reading::shorten;
use super::style::{DOUBT, FAINT, FIRM, SOURCE, STRONG, paint};
use super::words;
use crate::book::Book;
use crate::snippet::columns;
use anstyle::Style;
use std::io::{self, Write};
use vigie_claims::ClaimId;
use vigie_situation::{Fluent, Holding, Layer, Named, Situation, Status, Value};

/// The columns of one row, each with its style.
type Row = [(String, Style); 5];

/// Shows some holdings of a situation.
pub fn situation(
    situation: &Situation,
    holdings: &[&Holding],
    book: &Book,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let days = format!("On {}, as known on {}", words::day(situation.valid), words::day(situation.known));
    writeln!(out, "{}", paint(STRONG, days))?;
    for fluent in Fluent::ALL {
        let mut rows = Vec::new();
        for holding in holdings.iter().filter(|h| h.fluent == *fluent) {
            if holding.layer == Layer::Assessed && same_as_claimed(holding, holdings) {
                continue;
            }
            rows.push(row(holding, book));
            rows.extend(holding.rivals.iter().map(|rival| {
                let told = answer(*fluent, &rival.value, &rival.by);
                let cells =
                    [String::new(), format!("or {told}"), String::new(), String::new(), voices(&rival.claims, book)];
                let [a, b, c, d, e] = cells;
                [(a, FAINT), (b, DOUBT), (c, FAINT), (d, FAINT), (e, SOURCE)]
            }));
        }
        if !rows.is_empty() {
            writeln!(out, "\n{}", paint(STRONG, fluent.as_str()))?;
            table(&rows, width, out)?;
        }
    }
    Ok(())
}

/// The assessed layer is worth a row only where it says something else.
fn same_as_claimed(assessed: &Holding, holdings: &[&Holding]) -> bool {
    holdings.iter().any(|h| {
        h.layer == Layer::Claimed
            && (h.fluent, &h.key, &h.value, &h.by, h.status)
                == (assessed.fluent, &assessed.key, &assessed.value, &assessed.by, assessed.status)
    })
}

fn row(holding: &Holding, book: &Book) -> Row {
    let subject = names(&holding.key, ", ");
    let assessed = if holding.layer == Layer::Assessed { " (assessed)" } else { "" };
    let since = match (holding.since, holding.until) {
        (Some(since), None) => format!("since {}", words::days(since.first, since.last)),
        (Some(since), Some(until)) => {
            format!("{} until {}", words::days(since.first, since.last), words::days(until.first, until.last))
        }
        (None, Some(until)) => format!("until {}", words::days(until.first, until.last)),
        (None, None) => String::new(),
    };
    let style = match holding.status {
        Status::Corroborated => FIRM,
        Status::Contested | Status::Stale => DOUBT,
        _ => Style::new(),
    };
    [
        (subject, Style::new()),
        (answer(holding.fluent, &holding.value, &holding.by), STRONG),
        (format!("{}{assessed}", holding.status.as_str()), style),
        (since, FAINT),
        (voices(&holding.proof.premises, book), SOURCE),
    ]
}

/// The answer in words: `full, by Armée syrienne`.
pub(crate) fn answer(fluent: Fluent, value: &Value, by: &[Named]) -> String {
    let by = names(by, " + ");
    let told = match value {
        Value::Held => return if by.is_empty() { "?".to_owned() } else { by },
        Value::Word(word) if fluent == Fluent::Control && word == "not" => return format!("not {by}"),
        Value::Word(word) => word.to_string(),
        Value::Flag(true) => "yes".to_owned(),
        Value::Flag(false) => "no".to_owned(),
        Value::Count { low, high, unit } => words::count(*low, *high, unit),
    };
    if by.is_empty() { told } else { format!("{told}, by {by}") }
}

fn names(named: &[Named], between: &str) -> String {
    named.iter().map(|n| n.name.as_str()).collect::<Vec<_>>().join(between)
}

/// Who says so, each once, in the order of the claims.
fn voices(claims: &[ClaimId], book: &Book) -> String {
    let mut voices: Vec<String> = Vec::new();
    for (document, claim) in claims.iter().filter_map(|id| book.claim(*id)) {
        let voice = if claim.said_by.is_empty() && document.outlet.is_none() {
            "no source named".to_owned()
        } else {
            said_by(claim, document)
        };
        if !voices.contains(&voice) {
            voices.push(voice);
        }
    }
    voices.join("; ")
}

/// Aligned columns; the widest give way when the page is too narrow.
fn table(rows: &[Row], width: usize, out: &mut dyn Write) -> io::Result<()> {
    const GAP: usize = 2;
    const LEAST: usize = 12;
    let mut widths = [0usize; 5];
    for row in rows {
        for (at, (cell, _)) in row.iter().enumerate() {
            widths[at] = widths[at].max(columns(cell));
        }
    }
    let room = width.saturating_sub(GAP * 5);
    while widths.iter().sum::<usize>() > room {
        // Of equally wide columns the last gives way: who says so is the longest and the least lost.
        let Some((at, most)) = widths.iter().copied().enumerate().max_by_key(|(at, w)| (*w, *at)) else { break };
        if most <= LEAST {
            break;
        }
        widths[at] = most - 1;
    }
    for row in rows {
        let mut line = String::new();
        for (at, (cell, style)) in row.iter().enumerate() {
            let cell = shorten(cell, widths[at]);
            let pad = if at + 1 == row.len() { 0 } else { widths[at] - columns(&cell).min(widths[at]) };
            line.push_str(&" ".repeat(GAP));
            line.push_str(&if cell.is_empty() { cell } else { paint(*style, cell) });
            line.push_str(&" ".repeat(pad));
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}
