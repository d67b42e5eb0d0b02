//! Decisions to rows and back.

use super::{Archive, explain};
use crate::failure::Failure;
use crate::review::{self, Action, Decision, DecisionId, Reviewed};
use rusqlite::{OptionalExtension, params};

/// Number of the stored shape.
const FORMAT: i64 = 1;

impl Archive {
    /// Keeps a decision, behind all others. The same one twice is kept once.
    ///
    /// # Errors
    /// When the file cannot be written, or the decision undoes one that is not there.
    pub fn decide(&mut self, decision: &Decision) -> Result<DecisionId, Failure> {
        let id = decision.id();
        if let Action::Undo(target) = &decision.action {
            let there = self
                .connection
                .query_row("SELECT 1 FROM decisions WHERE id = ?1", [&target.0[..]], |_| Ok(()))
                .optional()
                .map_err(|e| explain(&e, &self.path))?;
            there.ok_or_else(|| {
                Failure::new(
                    format!("the archive has no decision {}", target.word()),
                    "vigie review list shows the decisions",
                )
            })?;
        }
        let keep = || {
            self.connection.execute(
                "INSERT OR IGNORE INTO decisions (id, at, by, why, action, format, payload)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![
                    &id.0[..],
                    decision.at.to_string(),
                    decision.by,
                    decision.why,
                    decision.action.word(),
                    FORMAT,
                    review::write_stored(decision),
                ],
            )
        };
        keep().map_err(|e| explain(&e, &self.path))?;
        Ok(id)
    }

    /// Every decision, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read or is damaged.
    pub fn decisions(&self) -> Result<Vec<Decision>, Failure> {
        let list = || -> rusqlite::Result<Vec<(i64, String)>> {
            let mut statement = self.connection.prepare("SELECT format, payload FROM decisions ORDER BY number")?;
            statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        };
        let rows = list().map_err(|e| explain(&e, &self.path))?;
        let read = |(format, payload): (i64, String)| {
            let known = if format == FORMAT { review::read_stored(&payload) } else { Err(format!("format {format}")) };
            known.map_err(|what| {
                Failure::new(
                    format!(
                        "the archive {} is damaged or newer than this program: a decision: {what}",
                        self.path.display()
                    ),
                    "use the program that wrote it",
                )
            })
        };
        rows.into_iter().map(read).collect()
    }

    /// Every document with its claims as reviewed: what answers are computed from.
    ///
    /// # Errors
    /// When the file cannot be read or is damaged.
    pub fn reviewed(&self) -> Result<Reviewed, Failure> {
        Ok(review::apply(self.documents()?, &self.decisions()?))
    }
}
