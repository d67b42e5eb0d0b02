//! One run of reading: inputs to documents, several at a time, kept in their order in memory or in an archive.

use crate::archive::{Added, Archive};
use crate::belt::{Belt, with_belt};
use crate::failure::Failure;
use crate::input;
use crate::pipeline::{self, Read, Source};
use crate::progress::Progress;
use crate::record::{DocumentRecord, Level, Remark};
use std::collections::BTreeSet;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use vigie_ingest::{Fault, Found, Raw};
use vigie_text::{DocumentId, Undecodable};

/// Documents of the archive that are named one by one; of more only the number is told.
const MOST_TOLD: usize = 5;

/// How a run reads.
#[derive(Debug, Clone, Copy)]
pub struct Manner<'a> {
    /// What is known of the inputs.
    pub source: Source<'a>,
    /// How many documents are read at a time. The result does not depend on it.
    pub threads: NonZero<usize>,
    /// More documents than this are only counted, not held: the archive has them. Without an archive all are held.
    pub most_held: usize,
}

/// What a run has gathered.
#[derive(Debug, Default)]
pub struct Run {
    /// The documents in the order of the inputs; none when there were too many to hold.
    pub documents: Vec<DocumentRecord>,
    /// Notes about inputs rather than about what stands in them.
    pub notes: Vec<Remark>,
    /// What was read, held or not.
    pub counts: Counts,
    /// Whether there is a claim in any of them.
    pub any_claims: bool,
    /// Whether some input could not be used.
    pub any_failed: bool,
    seen: BTreeSet<DocumentId>,
}

/// How much a run has read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Documents that the archive did not have, or that were read without one.
    pub read: usize,
    /// Documents that were in the archive already.
    pub there: usize,
    /// News stories in those that were read.
    pub stories: usize,
    /// Claims in those that were read.
    pub claims: usize,
    /// Those that were read of which nobody knows the day.
    pub undated: usize,
}

/// What is to be done, in the order of the inputs.
enum Step {
    /// A document to read.
    Read(Box<Raw>),
    /// One that the archive has; `alone` when it is all that its file holds.
    Kept { id: DocumentId, path: String, alone: bool },
    /// Something to tell.
    Tell(Remark),
    /// A part that could not be used.
    Fail(Failure),
    /// The end of one input.
    End { size: u64 },
}

/// What became of a step.
enum Done {
    Read(String, Box<Result<Read, Undecodable>>),
    Other(Step),
}

impl Run {
    /// Reads everything that the paths name.
    ///
    /// # Errors
    /// When the archive cannot be read or written; what it took in before is kept. Inputs that cannot be used are told and
    /// passed over.
    pub fn over(paths: &[PathBuf], manner: &Manner, mut archive: Option<&mut Archive>) -> Result<Self, Failure> {
        let mut run = Self::default();
        let inputs = input::inputs(paths);
        run.pass_over(&inputs.passed_over);
        let progress = Progress::over(&inputs.files);
        let work = |step: Step| match step {
            Step::Read(raw) => Done::Read(raw.path.clone(), Box::new(pipeline::read(&raw, &manner.source))),
            other => Done::Other(other),
        };
        with_belt(manner.threads, work, |belt| {
            let mut taker = Taker { run: &mut run, manner, progress: &progress, there: There::default() };
            for input in inputs.files {
                let opened = match input {
                    Ok(path) => taker.open(&path, belt, archive.as_deref_mut()),
                    Err(failure) => taker.put(Step::Fail(failure), belt, archive.as_deref_mut()),
                };
                opened?;
            }
            taker.take(belt.rest(), archive)?;
            taker.finish();
            Ok(())
        })?;
        Ok(run)
    }

    /// Files that nobody named and that have no ending of a text.
    fn pass_over(&mut self, files: &[PathBuf]) {
        let Some(first) = files.first() else { return };
        let more = if files.len() > 1 { format!(" and {} more", files.len() - 1) } else { String::new() };
        let message = format!(
            "{}{more} passed over for the ending of the name; give a file itself to have it read.",
            first.display()
        );
        self.tell(Remark { span: None, level: Level::Info, code: "passed-over".to_owned(), message });
    }

    fn tell(&mut self, note: Remark) {
        anstream::eprintln!("note: {}", note.message);
        self.notes.push(note);
    }

    fn fail(&mut self, failure: &Failure) {
        failure.complain();
        self.any_failed = true;
        let message = format!("{}; {}", failure.what, failure.remedy);
        self.notes.push(Remark { span: None, level: Level::Error, code: "unusable-input".to_owned(), message });
    }

    fn holds_more(&self, most_held: usize) -> bool {
        self.counts.read + self.counts.there <= most_held
    }

    fn keep(&mut self, document: DocumentRecord, most_held: usize) {
        self.counts.read += 1;
        self.counts.stories += document.stories.len();
        self.counts.claims += document.claims.len();
        self.counts.undated += usize::from(document.published.is_none());
        self.any_claims |= !document.claims.is_empty();
        if self.holds_more(most_held) {
            self.documents.push(document);
        } else {
            self.documents = Vec::new();
        }
    }
}

/// Puts steps on the belt and takes from it what is done.
struct Taker<'r> {
    run: &'r mut Run,
    manner: &'r Manner<'r>,
    progress: &'r Progress,
    there: There,
}

type Archived<'a> = Option<&'a mut Archive>;

impl Taker<'_> {
    /// Puts what one input holds on the belt.
    fn open(&mut self, path: &Path, belt: &mut Belt<Step, Done>, mut archive: Archived) -> Result<(), Failure> {
        let name = path.display().to_string();
        let mut input = match input::open(path) {
            Ok(input) => input,
            Err(failure) => return self.put(Step::Fail(failure), belt, archive),
        };
        let mut outcome = Ok(());
        let _ = vigie_ingest::open(&mut input, &name, &mut |found| {
            let put = match found {
                Found::Document(raw) => self.document(raw, &name, belt, archive.as_deref_mut()),
                Found::Fault(fault) => self.put(step_of(fault), belt, archive.as_deref_mut()),
            };
            match put {
                Ok(()) => ControlFlow::Continue(()),
                Err(failure) => {
                    outcome = Err(failure);
                    ControlFlow::Break(())
                }
            }
        });
        outcome?;
        self.put(Step::End { size: input::size(path) }, belt, archive)
    }

    fn document(
        &mut self,
        raw: Box<Raw>,
        name: &str,
        belt: &mut Belt<Step, Done>,
        archive: Archived,
    ) -> Result<(), Failure> {
        let step = if !self.run.seen.insert(raw.id) {
            let message = format!("{} holds the same bytes as a document before it and was read once.", raw.path);
            Step::Tell(Remark { span: None, level: Level::Info, code: "same-bytes".to_owned(), message })
        } else if archive.as_ref().map(|a| a.holds(raw.id)).transpose()? == Some(true) {
            Step::Kept { id: raw.id, alone: raw.path == name, path: raw.path }
        } else {
            Step::Read(raw)
        };
        self.put(step, belt, archive)
    }

    fn put(&mut self, step: Step, belt: &mut Belt<Step, Done>, archive: Archived) -> Result<(), Failure> {
        self.take(belt.put(step), archive)
    }

    fn take(&mut self, done: Vec<Done>, mut archive: Archived) -> Result<(), Failure> {
        for done in done {
            match done {
                Done::Read(path, read) => match *read {
                    Ok(read) => self.add(read, archive.as_deref_mut())?,
                    Err(e) => self.run.fail(&Failure::new(format!("{path} is no text"), e.reason)),
                },
                Done::Other(Step::Tell(note)) => self.run.tell(note),
                Done::Other(Step::Fail(failure)) => self.run.fail(&failure),
                Done::Other(Step::Kept { id, path, alone }) => self.kept(id, &path, alone, archive.as_deref())?,
                Done::Other(Step::End { size }) => self.progress.advance(size),
                Done::Other(Step::Read(_)) => unreachable!("what is to be read is read on the belt"),
            }
        }
        Ok(())
    }

    fn add(&mut self, read: Read, archive: Archived) -> Result<(), Failure> {
        let mut document = read.record;
        if let Some(archive) = archive
            && archive.add(&document, &read.terms)? == Added::New
        {
            // Its place in the order of arrival is what the archive gives.
            document.arrival = archive.arrival(document.id)?.unwrap_or(0);
        }
        self.run.keep(document, self.manner.most_held);
        Ok(())
    }

    /// The archive answers for what it holds: nothing is added, and a different day is not silently believed.
    fn kept(&mut self, id: DocumentId, path: &str, alone: bool, archive: Option<&Archive>) -> Result<(), Failure> {
        let Some(archive) = archive else { return Ok(()) };
        self.run.counts.there += 1;
        let day = archive.published(id)?;
        let other_day = self.manner.source.published.is_some_and(|given| day != Some(given));
        self.there.other_day += usize::from(other_day);
        if alone && self.run.counts.there <= MOST_TOLD {
            let mut message = format!("{path} is in the archive already; nothing was added.");
            if let Some(given) = self.manner.source.published.filter(|_| other_day) {
                let before = day.map_or("without a date".to_owned(), |d| format!("as published on {d}"));
                message.push_str(&format!(" It was kept {before}; read it into another archive to use {given}."));
            }
            // On standard error, so that reading a page twice prints the same records twice.
            anstream::eprintln!("note: {message}");
        } else {
            self.there.untold += 1;
        }
        if !self.run.holds_more(self.manner.most_held) {
            self.run.any_claims |= archive.has_claims(id)?;
            self.run.documents = Vec::new();
        } else if let Some(document) = archive.document(id)? {
            self.run.any_claims |= !document.claims.is_empty();
            self.run.documents.push(document);
        }
        Ok(())
    }

    /// Tells of what was in the archive and not told one by one.
    fn finish(&self) {
        if self.there.untold > 0 {
            let other_day = match self.there.other_day {
                0 => String::new(),
                n => {
                    format!(" {n} of them were kept with another day; read them into another archive to use this one.")
                }
            };
            anstream::eprintln!(
                "note: nothing was added for {} documents that are in the archive already.{other_day}",
                self.there.untold
            );
        }
    }
}

/// What of a run was in the archive before.
#[derive(Debug, Default)]
struct There {
    /// Documents that no note names.
    untold: usize,
    /// Documents that were kept with another day than the one that is given now.
    other_day: usize,
}

/// A part of an input that could not be used; the rest is read.
fn step_of(fault: Fault) -> Step {
    if fault.harmless {
        let message = format!("{}; {}.", fault.what, fault.remedy);
        Step::Tell(Remark { span: None, level: Level::Info, code: "passed-over".to_owned(), message })
    } else {
        Step::Fail(Failure::new(fault.what, fault.remedy))
    }
}

/// The threads that there are cores for.
#[must_use]
pub fn all_cores() -> NonZero<usize> {
    std::thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN)
}
