//! What a search found: each story with the sentence that answers best and what it claims there.

use super::reading::excerpt;
use super::style::{FAINT, STRONG, TRIGGER, paint};
use super::words::{self, plural};
use crate::archive::Hit;
use crate::record::DocumentRecord;
use crate::snippet::line_of;
use std::io::{self, Write};
use vigie_text::Span;

/// Shows the stories found, and how many more there are.
pub fn hits(found: &[(&DocumentRecord, &Hit)], total: usize, width: usize, out: &mut dyn Write) -> io::Result<()> {
    for (document, hit) in found {
        let day = document.published.map_or("undated".to_owned(), words::day);
        let outlet = document.outlet.as_deref().map(|name| format!("  {name}")).unwrap_or_default();
        let place = format!("{}:{}", document.path, line_of(&document.text, hit.sentence.0));
        writeln!(out, "{}{outlet}  {}", paint(STRONG, day), paint(FAINT, place))?;
        let sentence = Span::new(hit.sentence.0, hit.sentence.1);
        let start = Span::new(sentence.start(), sentence.start());
        writeln!(out, "  {}", excerpt(&document.text, sentence, start, width.saturating_sub(2)))?;
        let here = |claim: &&vigie_claims::Claim| claim.story == hit.story && claim.sentence == sentence;
        let told: Vec<&str> = document.claims.iter().filter(here).map(|c| c.predicate.id()).collect();
        if !told.is_empty() {
            writeln!(out, "  {}", paint(TRIGGER, told.join(", ")))?;
        }
        writeln!(out)?;
    }
    match total - found.len() {
        _ if total == 0 => writeln!(out, "No story holds all of these words."),
        0 => writeln!(out, "{}", paint(FAINT, plural(total, "story"))),
        more => writeln!(out, "{}", paint(FAINT, format!("and {more} more; --limit {total} shows all"))),
    }
}
