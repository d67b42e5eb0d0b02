//! The one error of the program: what went wrong, and what to do about it.

use std::fmt;

/// Why a command could not do its work. Shown on two lines; the second names the remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong, with the file or argument it concerns.
    pub what: String,
    /// What the reader can do.
    pub remedy: String,
}

impl Failure {
    /// A failure and its remedy.
    pub fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { what: what.into(), remedy: remedy.into() }
    }

    /// Standard output or standard error could not be written.
    #[must_use]
    pub fn of_output(error: &std::io::Error) -> Self {
        Self::new(format!("the output could not be written: {error}"), "check that the disk or pipe it goes to is open")
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n  help: {}", self.what, self.remedy)
    }
}

impl std::error::Error for Failure {}
