//! Finding stories by their words: dictionary forms or forms as written, whatever the case and the accents.

use super::{Archive, explain};
use crate::failure::Failure;
use crate::terms::Question;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use vigie_text::{DocumentId, StoryId};

/// A story in which all that was asked stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The document.
    pub document: DocumentId,
    /// The story.
    pub story: StoryId,
    /// Bytes of the document's text: the sentence that answers best.
    pub sentence: (usize, usize),
}

/// The rarer the words of a sentence, the better it answers (BM25 of the index). Every part stands somewhere in the
/// story; the sentence that is shown holds the most telling of them.
fn statement(parts: usize) -> String {
    let wanted: Vec<String> = (1..=parts)
        .map(|n| {
            format!("SELECT story FROM sentences WHERE number IN (SELECT rowid FROM words WHERE words MATCH ?{n})")
        })
        .collect();
    format!(
        "SELECT documents.id, stories.id, sentences.start, sentences.stop, min(words.rank)
         FROM words JOIN sentences ON sentences.number = words.rowid
              JOIN stories ON stories.number = sentences.story
              JOIN documents ON documents.number = stories.document
         WHERE words MATCH ?{} AND sentences.story IN ({})
         GROUP BY sentences.story ORDER BY min(words.rank), sentences.story",
        parts + 1,
        wanted.join(" INTERSECT ")
    )
}

impl Archive {
    /// The stories that answer a question, best first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn search(&self, question: &Question) -> Result<Vec<Hit>, Failure> {
        search(&self.connection, question).map_err(|e| explain(&e, &self.path))
    }
}

fn search(connection: &Connection, question: &Question) -> rusqlite::Result<Vec<Hit>> {
    let mut parts = question.expressions();
    if parts.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement = connection.prepare(&statement(parts.len()))?;
    parts.push(parts.join(" OR "));
    let found = statement.query_map(params_from_iter(parts.into_iter().map(Value::Text)), |row| {
        let (start, stop): (i64, i64) = (row.get(2)?, row.get(3)?);
        Ok(Hit {
            document: DocumentId(row.get(0)?),
            story: StoryId(row.get(1)?),
            sentence: (start as usize, stop as usize),
        })
    })?;
    found.collect()
}
