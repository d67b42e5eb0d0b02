//! The one error of the program: what went wrong, and what to do about it.

use std::fmt;

/// Why a command could not do its work. Shown on two lines; the second names the remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong, with the file or argument it concerns.
    pub what: String,
    /// What the reader can do.
    pub remedy: String,
    /// Nothing went wrong but that the reader of the output has gone away.
    pub hung_up: bool,
}

impl Failure {
    /// A failure and its remedy.
    pub fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { what: what.into(), remedy: remedy.into(), hung_up: false }
    }

    /// Standard output or standard error could not be written.
    #[must_use]
    pub fn of_output(error: &std::io::Error) -> Self {
        let what = format!("the output could not be written: {error}");
        let hung_up = error.kind() == std::io::ErrorKind::BrokenPipe;
        Self { hung_up, ..Self::new(what, "check that the disk or pipe it goes to is open") }
    }

    /// Tells it on standard error.
    pub(crate) fn complain(&self) {
        let style = anstyle::AnsiColor::Red.on_default().bold();
        anstream::eprintln!("{style}error:{style:#} {self}");
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n  help: {}", self.what, self.remedy)
    }
}

impl std::error::Error for Failure {}
