//! What came of deriving answers again.

use super::style::{DOUBT, FIRM, STRONG, paint};
use super::words::plural;
use crate::verify::Verdict;
use std::io::{self, Write};

/// Shows what did not come out the same, one line each, and the sum.
pub fn verdict(verdict: &Verdict, out: &mut dyn Write) -> io::Result<()> {
    for mismatch in &verdict.mismatches {
        writeln!(out, "{} {} {}", paint(DOUBT, "differs:"), paint(STRONG, &mismatch.id), mismatch.what)?;
    }
    let same = plural(verdict.same, "answer");
    if verdict.mismatches.is_empty() {
        return writeln!(out, "{}", paint(FIRM, format!("{same} derived again from the texts: all the same")));
    }
    writeln!(out, "{same} came out the same, {} did not", plural(verdict.mismatches.len(), "field"))
}
