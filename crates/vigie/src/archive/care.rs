//! Looking after an archive: is it whole, a copy while it is in use, an index that an older version did not make.

use super::{Archive, explain, rows, schema};
use crate::failure::Failure;
use crate::terms::terms_of_document;
use rusqlite::{Connection, TransactionBehavior};
use std::fs;
use std::path::{Path, PathBuf};

/// Something about an archive that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
    /// Whether answers may be wrong or missing because of it; else it only lacks a convenience.
    pub grave: bool,
}

/// What an examination showed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Health {
    /// Documents that are kept.
    pub documents: usize,
    /// Their stories.
    pub stories: usize,
    /// Their claims.
    pub claims: usize,
    /// What was decided about them.
    pub decisions: usize,
    /// Version of the tables.
    pub schema: usize,
    /// First and last moment at which something was taken in, as far as it is known.
    pub recorded: Option<(String, String)>,
    /// What is not as it should be.
    pub findings: Vec<Finding>,
}

const TRIGGERS: [&str; 6] = [
    "claims_are_not_changed",
    "claims_are_not_deleted",
    "documents_are_not_changed",
    "documents_are_not_deleted",
    "decisions_are_not_changed",
    "decisions_are_not_deleted",
];

/// Documents with stories of which no sentence is in the index.
const UNINDEXED: &str = "SELECT number FROM documents WHERE number IN (SELECT document FROM stories) AND NOT EXISTS
    (SELECT 1 FROM sentences JOIN stories ON stories.number = sentences.story WHERE stories.document = documents.number)";

impl Archive {
    /// Examines the whole archive: the file, its tables, every document with its claims and spans.
    ///
    /// # Errors
    /// When the file cannot be read at all; damage that can be told is among the findings.
    pub fn examine(&self) -> Result<Health, Failure> {
        let mut health = self.survey().map_err(|e| explain(&e, &self.path))?;
        let numbers = rows::numbers(&self.connection).map_err(|e| explain(&e, &self.path))?;
        for number in numbers {
            // Loading checks that all spans lie in the text and that every stored word is known.
            if let Err(failure) = self.load(number) {
                health.findings.push(Finding {
                    what: format!("document {number}: {}", failure.what),
                    remedy: failure.remedy,
                    grave: true,
                });
            }
        }
        if let Err(failure) = self.decisions() {
            health.findings.push(Finding { what: failure.what, remedy: failure.remedy, grave: true });
        }
        Ok(health)
    }

    fn survey(&self) -> rusqlite::Result<Health> {
        let count = |sql: &str| self.connection.query_row(sql, [], |row| row.get::<_, i64>(0)).map(|n| n as usize);
        let recorded: (Option<String>, Option<String>) =
            self.connection.query_row("SELECT min(recorded), max(recorded) FROM documents", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        let mut health = Health {
            documents: count("SELECT count(*) FROM documents")?,
            stories: count("SELECT count(*) FROM stories")?,
            claims: count("SELECT count(*) FROM claims")?,
            decisions: count("SELECT count(*) FROM decisions")?,
            schema: schema::MIGRATIONS.len(),
            recorded: recorded.0.zip(recorded.1),
            findings: Vec::new(),
        };
        health.findings.extend(broken_file(&self.connection)?);
        health.findings.extend(broken_links(&self.connection)?);
        let known = count("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'")?;
        if known < TRIGGERS.len() {
            let names = TRIGGERS.join(", ");
            health.findings.push(damage(format!("a guard against changes is missing; there should be {names}")));
        }
        let unindexed = count(&format!("SELECT count(*) FROM ({UNINDEXED})"))?;
        if unindexed > 0 {
            health.findings.push(Finding {
                what: format!("documents of an older version that are not found by their words: {unindexed}"),
                remedy: "run: vigie doctor --repair".to_owned(),
                grave: false,
            });
        }
        Ok(health)
    }

    /// Makes the sentences of older documents findable; how many documents it were.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn repair(&mut self) -> Result<usize, Failure> {
        let path = self.path.clone();
        let numbers: Vec<i64> = {
            let list = || -> rusqlite::Result<Vec<i64>> {
                let mut statement = self.connection.prepare(&format!("{UNINDEXED} ORDER BY number"))?;
                statement.query_map([], |row| row.get(0))?.collect()
            };
            list().map_err(|e| explain(&e, &path))?
        };
        for number in &numbers {
            let terms = terms_of_document(&self.load(*number)?);
            let mut index = || {
                let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
                let stories = rows::story_numbers(&transaction, *number)?;
                rows::index(&transaction, &stories, &terms)?;
                transaction.commit()
            };
            index().map_err(|e| explain(&e, &path))?;
        }
        Ok(numbers.len())
    }

    /// Copies the archive as it stands at this moment, while others may be writing, to a file that must not exist. The
    /// copy is whole or not there.
    ///
    /// # Errors
    /// When the copy cannot be written or is not whole.
    pub fn back_up(&self, to: &Path) -> Result<(), Failure> {
        if to.exists() {
            return Err(Failure::new(
                format!("{} exists already", to.display()),
                "give the copy another name; nothing was overwritten",
            ));
        }
        let part = PathBuf::from(format!("{}.part", to.display()));
        let copied = self.copy_to(&part).and_then(|()| {
            fs::rename(&part, to).map_err(|e| {
                Failure::new(format!("{} cannot be given its name: {e}", to.display()), "check its folder")
            })
        });
        if copied.is_err() {
            let _ = fs::remove_file(&part);
        }
        copied
    }

    fn copy_to(&self, part: &Path) -> Result<(), Failure> {
        // An earlier copy that was interrupted.
        let _ = fs::remove_file(part);
        let name = part.display().to_string();
        self.connection.execute("VACUUM INTO ?1", [&name]).map_err(|e| explain(&e, part))?;
        let copy = Connection::open(part).map_err(|e| explain(&e, part))?;
        match broken_file(&copy).map_err(|e| explain(&e, part))?.pop() {
            Some(finding) => Err(Failure::new(finding.what, "try again, and check the disk of the copy")),
            None => fs::File::open(part)
                .and_then(|file| file.sync_all())
                .map_err(|e| Failure::new(format!("{name} cannot be written: {e}"), "check its disk")),
        }
    }
}

fn damage(what: String) -> Finding {
    let remedy = "restore the archive from a copy, or read the pages again into a new one".to_owned();
    Finding { what, remedy, grave: true }
}

/// Faults of the file itself.
fn broken_file(connection: &Connection) -> rusqlite::Result<Vec<Finding>> {
    let mut statement = connection.prepare("PRAGMA integrity_check")?;
    let told: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(told
        .into_iter()
        .filter(|line| line != "ok")
        .map(|line| damage(format!("the file is damaged: {line}")))
        .collect())
}

/// Rows that belong to something that is not there.
fn broken_links(connection: &Connection) -> rusqlite::Result<Vec<Finding>> {
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    let tables: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(tables.into_iter().map(|table| damage(format!("a row of {table} belongs to nothing"))).collect())
}
