//! Output for a person.

use crate::record::DocumentRecord;
use std::io::{self, Write};

/// What was read, page by page.
pub fn reading(documents: &[DocumentRecord], out: &mut dyn Write) -> io::Result<()> {
    for document in documents {
        writeln!(out, "{} {} claims", document.path, document.claims.len())?;
    }
    Ok(())
}

/// Claims in order of the documents.
pub fn claims(documents: &[DocumentRecord], out: &mut dyn Write) -> io::Result<()> {
    reading(documents, out)
}
