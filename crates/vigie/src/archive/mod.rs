//! The archive: one SQLite file that only grows. Documents, claims and decisions about them are kept; events and
//! situations are computed from them whenever they are asked for.

mod care;
mod decisions;
mod payload;
mod rows;
mod schema;
mod search;

pub use care::{Finding, Health};
pub use search::Hit;

use crate::failure::Failure;
use crate::record::DocumentRecord;
use crate::terms::Terms;
use jiff::civil::Date;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::time::Duration;
use vigie_text::DocumentId;

/// An open archive.
#[derive(Debug)]
pub struct Archive {
    connection: Connection,
    path: PathBuf,
    has_log: bool,
}

/// What became of a document that was given to the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It was new and is now kept.
    New,
    /// The same bytes were there already; nothing was added.
    AlreadyThere,
}

/// How far an archive has grown. It never shrinks and nothing in it is changed, so equal growth is equal content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Growth {
    /// Documents.
    pub documents: u64,
    /// Claims.
    pub claims: u64,
    /// Decisions about them.
    pub decisions: u64,
}

/// How long another program may hold the archive before this one gives up.
const PATIENCE: Duration = Duration::from_secs(5);

impl Archive {
    /// Opens an archive for reading and adding; makes the file when there is none.
    ///
    /// # Errors
    /// When the file cannot be opened or written, is no archive, is newer than this program, or is in use.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        if path.is_dir() {
            return Err(Failure::new(
                format!("{} is a directory, not an archive", path.display()),
                "give the name of a file, for instance --archive watch.vigie",
            ));
        }
        let connection = Connection::open(path).map_err(|e| explain(&e, path))?;
        let mut archive = Self { connection, path: path.to_owned(), has_log: false };
        archive.prepare()?;
        Ok(archive)
    }

    /// Opens an archive that must exist, for reading only; one of an older version is brought up to date first.
    ///
    /// # Errors
    /// As [`Archive::open`], and when there is no such file.
    pub fn open_existing(path: &Path) -> Result<Self, Failure> {
        if !path.exists() {
            return Err(Failure::new(
                format!("there is no archive {}", path.display()),
                format!("make one with: vigie read PAGE --archive {}", path.display()),
            ));
        }
        if path.is_dir() {
            return Self::open(path);
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(|e| explain(&e, path))?;
        let mut archive = Self { connection, path: path.to_owned(), has_log: false };
        archive.wait_for_others()?;
        let (application, version) = match archive.stamp() {
            Ok(stamp) => stamp,
            // Whoever wrote last was cut off, and what he left half done can only be taken back by somebody who may write.
            Err(_) if beside(path, JOURNAL).exists() => return Self::open(path),
            Err(failure) => {
                archive.connection = still(path).map_err(|_| failure)?;
                archive.stamp()?
            }
        };
        if (application, version) == (0, 0) && archive.is_blank()? {
            return Err(Failure::new(
                format!("{} is an empty file, not an archive", path.display()),
                format!("fill it with: vigie read PAGE --archive {}", path.display()),
            ));
        }
        archive.check_stamp(application, version)?;
        if version < schema::MIGRATIONS.len() as i64 {
            // What an older version did not keep has to get its columns before it can be looked at.
            drop(archive);
            return Self::open(path);
        }
        Ok(archive)
    }

    /// Adds a document with its stories, claims and the terms of its sentences, all or nothing.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add(&mut self, record: &DocumentRecord, terms: &[Terms]) -> Result<Added, Failure> {
        let path = self.path.clone();
        let mut add = || {
            self.write_with_log()?;
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            if rows::number_of(&transaction, record.id)?.is_some() {
                return Ok(Added::AlreadyThere);
            }
            rows::insert(&transaction, record, terms)?;
            transaction.commit()?;
            Ok(Added::New)
        };
        add().map_err(|e: rusqlite::Error| explain(&e, &path))
    }

    /// Is this document kept?
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn holds(&self, id: DocumentId) -> Result<bool, Failure> {
        Ok(self.arrival(id)?.is_some())
    }

    /// The place of a document in the order of arrival, counting from 1.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn arrival(&self, id: DocumentId) -> Result<Option<u64>, Failure> {
        let number = rows::number_of(&self.connection, id).map_err(|e| explain(&e, &self.path))?;
        Ok(number.map(|n| n as u64))
    }

    /// The day with which a document was kept.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn published(&self, id: DocumentId) -> Result<Option<Date>, Failure> {
        let found = rows::published(&self.connection, id).map_err(|e| explain(&e, &self.path))?;
        Ok(found.and_then(|day| day.parse().ok()))
    }

    /// Does a document that is kept make any claim?
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn has_claims(&self, id: DocumentId) -> Result<bool, Failure> {
        rows::has_claims(&self.connection, id).map_err(|e| explain(&e, &self.path))
    }

    /// How far the archive has grown.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn growth(&self) -> Result<Growth, Failure> {
        rows::growth(&self.connection).map_err(|e| explain(&e, &self.path))
    }

    /// One document as it was archived.
    ///
    /// # Errors
    /// When the file cannot be read or is damaged.
    pub fn document(&self, id: DocumentId) -> Result<Option<DocumentRecord>, Failure> {
        let Some(number) = rows::number_of(&self.connection, id).map_err(|e| explain(&e, &self.path))? else {
            return Ok(None);
        };
        self.load(number).map(Some)
    }

    /// Every document in order of arrival.
    ///
    /// # Errors
    /// When the file cannot be read or is damaged.
    pub fn documents(&self) -> Result<Vec<DocumentRecord>, Failure> {
        let numbers = rows::numbers(&self.connection).map_err(|e| explain(&e, &self.path))?;
        numbers.into_iter().map(|number| self.load(number)).collect()
    }

    fn load(&self, number: i64) -> Result<DocumentRecord, Failure> {
        rows::load(&self.connection, number).map_err(|trouble| match trouble {
            rows::Trouble::Database(error) => explain(&error, &self.path),
            rows::Trouble::Content(what) => Failure::new(
                format!("the archive {} is damaged or newer than this program: {what}", self.path.display()),
                "use the program that wrote it, or read the pages again into a new archive",
            ),
        })
    }

    fn prepare(&mut self) -> Result<(), Failure> {
        self.wait_for_others()?;
        let (application, version) = self.stamp()?;
        let blank = (application, version) == (0, 0) && self.is_blank()?;
        if !blank {
            self.check_stamp(application, version)?;
        }
        let path = self.path.clone();
        self.migrate(version).map_err(|e| explain(&e, &path))
    }

    /// With a log beside the file, readers see the last whole document while one is being written. While somebody reads
    /// without it, writing does as well without, only slower.
    fn write_with_log(&mut self) -> rusqlite::Result<()> {
        if !self.has_log {
            self.has_log = true;
            let log = self.connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()));
            if log.is_ok() {
                self.connection.pragma_update(None, "synchronous", "normal")?;
            }
        }
        Ok(())
    }

    fn wait_for_others(&self) -> Result<(), Failure> {
        self.connection.busy_timeout(PATIENCE).map_err(|e| explain(&e, &self.path))
    }

    fn stamp(&self) -> Result<(i64, i64), Failure> {
        let pragma = |name: &str| self.connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        let read = || Ok((pragma("application_id")?, pragma("user_version")?));
        read().map_err(|e| explain(&e, &self.path))
    }

    fn is_blank(&self) -> Result<bool, Failure> {
        self.connection
            .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))
            .map(|n| n == 0)
            .map_err(|e| explain(&e, &self.path))
    }

    fn check_stamp(&self, application: i64, version: i64) -> Result<(), Failure> {
        if application != schema::APPLICATION_ID {
            return Err(not_an_archive(&self.path));
        }
        if version > schema::MIGRATIONS.len() as i64 {
            return Err(Failure::new(
                format!(
                    "the archive {} was written by a newer version (schema {version}, this program knows {})",
                    self.path.display(),
                    schema::MIGRATIONS.len()
                ),
                "update this program, or read the pages into a new archive",
            ));
        }
        Ok(())
    }

    fn migrate(&mut self, from: i64) -> rusqlite::Result<()> {
        if from >= schema::MIGRATIONS.len() as i64 {
            return Ok(());
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another program may have done it between the look and the lock.
        let from: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
        for (step, migration) in schema::MIGRATIONS.iter().enumerate().skip(from as usize) {
            transaction.execute_batch(migration)?;
            transaction.pragma_update(None, "user_version", step as i64 + 1)?;
        }
        transaction.pragma_update(None, "application_id", schema::APPLICATION_ID)?;
        transaction.commit()
    }
}

impl Drop for Archive {
    /// At rest an archive is one file: the log is folded in, unless somebody else is at it.
    fn drop(&mut self) {
        if !self.has_log {
            return;
        }
        let _ = self.connection.busy_timeout(Duration::ZERO);
        let _ = self.connection.pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(()));
    }
}

/// Endings of the files that SQLite keeps beside a database while it is written.
const LOG: &str = "-wal";
const JOURNAL: &str = "-journal";

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Opens an archive in a folder that may not be written, as on a read-only disk: nobody else can be writing there.
///
/// SQLite would put the files by which readers and writers agree beside the archive.
fn still(path: &Path) -> rusqlite::Result<Connection> {
    if let Some(left) = [LOG, JOURNAL].iter().map(|kind| beside(path, kind)).find(|left| left.exists()) {
        // What stands there would be overlooked.
        return Err(rusqlite::Error::InvalidPath(left));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let escaped = path.display().to_string().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    Connection::open_with_flags(format!("file:{escaped}?immutable=1"), flags)
}

fn not_an_archive(path: &Path) -> Failure {
    Failure::new(
        format!("{} is not an archive of this program", path.display()),
        "give another file name after --archive; the file was left as it is",
    )
}

fn explain(error: &rusqlite::Error, path: &Path) -> Failure {
    let name = path.display();
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => not_an_archive(path),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Failure::new(
            format!("the archive {name} is in use by another program"),
            "wait until it has finished, or close it, and try again",
        ),
        Some(ErrorCode::ReadOnly) => Failure::new(
            format!("the archive {name} cannot be written"),
            "make the file and its folder writable, or copy the archive elsewhere",
        ),
        Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Failure::new(
            format!("the archive {name} cannot be opened"),
            "check that its folder exists and that you may read and write there",
        ),
        Some(ErrorCode::DiskFull) => Failure::new(
            format!("the disk of {name} is full"),
            "free some space and run the same command again; what was read before is kept",
        ),
        Some(ErrorCode::DatabaseCorrupt) => Failure::new(
            format!("the archive {name} is damaged"),
            "restore it from a copy, or read the pages again into a new archive",
        ),
        _ => Failure::new(format!("the archive {name}: {error}"), "check the file, or use another archive"),
    }
}
