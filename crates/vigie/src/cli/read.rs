//! `vigie read`: pages in, claims out; kept when an archive is named.

use super::{Format, Output, Status, complain, day};
use crate::archive::{Added, Archive};
use crate::book::Book;
use crate::export::wire::Lines;
use crate::failure::Failure;
use crate::input;
use crate::pipeline::{self, Source};
use crate::progress::Progress;
use crate::record::{DocumentRecord, Level, Remark};
use crate::show;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use vigie_events::Event;
use vigie_ingest::{Fault, Found, Mode, Raw};
use vigie_text::DocumentId;

/// Pages to read, and what is known of them.
#[derive(Debug, clap::Args)]
pub(super) struct PageArguments {
    /// Texts, HTML pages, feeds, mails, JSON lines, Parquet, WARC, packed or not; directories of them; - for standard input
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The day on which the pages were published; without it "Sunday" has no date
    #[arg(long, value_name = "DATE", value_parser = day)]
    published: Option<Date>,
    /// Who published the pages
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// Take articles out of HTML pages by one method instead of two: several times as fast, a little less exact
    #[arg(long)]
    fast: bool,
}

#[derive(Debug, clap::Args)]
#[command(mut_arg("paths", |paths| paths.required(true)))]
pub(super) struct Arguments {
    #[command(flatten)]
    pages: PageArguments,
    /// Keep what was read in this file, which is made when there is none
    #[arg(long, value_name = "FILE")]
    archive: Option<PathBuf>,
    #[command(flatten)]
    output: Output,
}

/// What became of a document.
enum Taken {
    /// It was read, or the reader was told why not.
    Done,
    /// The archive had it; told once for the whole input.
    There,
}

/// What a run has gathered.
#[derive(Debug, Default)]
struct Run {
    documents: Vec<DocumentRecord>,
    /// Notes about inputs rather than about what stands in them.
    notes: Vec<Remark>,
    seen: BTreeMap<DocumentId, String>,
    any_failed: bool,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<Status, Failure> {
    let mut archive = arguments.archive.as_deref().map(Archive::open).transpose()?;
    let run = Run::over(&arguments.pages, archive.as_mut());
    let events = pipeline::events(&run.documents);
    match arguments.output.format {
        Format::Jsonl => run.print_jsonl(&events, out),
        Format::Text => show::reading(&run.documents, &events, arguments.archive.as_deref(), show::width(), out),
    }
    .map_err(|e| Failure::of_output(&e))?;
    let found = run.documents.iter().any(|d| !d.claims.is_empty());
    Ok(match (run.any_failed, found) {
        (true, _) => Status::Unusable,
        (false, true) => Status::Found,
        (false, false) => Status::Nothing,
    })
}

/// Reads pages without keeping them; whether one of them could not be used.
pub(super) fn pages(arguments: &PageArguments) -> (Vec<DocumentRecord>, bool) {
    let run = Run::over(arguments, None);
    (run.documents, run.any_failed)
}

impl Run {
    fn over(arguments: &PageArguments, mut archive: Option<&mut Archive>) -> Self {
        let mut run = Self::default();
        let inputs = input::inputs(&arguments.paths);
        run.pass_over(&inputs.passed_over);
        let progress = Progress::over(&inputs.files);
        for input in inputs.files {
            let size = input.as_deref().map_or(0, input::size);
            let read = input.and_then(|path| run.open(&path, arguments, archive.as_deref_mut()));
            if let Err(failure) = read {
                run.fail(&failure);
            }
            progress.advance(size);
        }
        run
    }

    /// Reads what one input holds.
    fn open(
        &mut self,
        path: &Path,
        arguments: &PageArguments,
        mut archive: Option<&mut Archive>,
    ) -> Result<(), Failure> {
        let name = path.display().to_string();
        let mut input = input::open(path)?;
        let mut outcome = Ok(());
        let mut there = 0;
        let _ = vigie_ingest::open(&mut input, &name, &mut |found| {
            let taken = match found {
                Found::Document(raw) => self.read(&raw, raw.path == name, arguments, archive.as_deref_mut()),
                Found::Fault(fault) => self.fault(fault),
            };
            match taken {
                Ok(Taken::There) => there += 1,
                Ok(Taken::Done) => {}
                Err(failure) => {
                    outcome = Err(failure);
                    return ControlFlow::Break(());
                }
            }
            ControlFlow::Continue(())
        });
        if there > 0 {
            anstream::eprintln!(
                "note: {there} documents of {name} are in the archive already; nothing was added for them."
            );
        }
        outcome
    }

    /// Reads one document; `alone` when it is all that its file holds.
    fn read(
        &mut self,
        raw: &Raw,
        alone: bool,
        arguments: &PageArguments,
        archive: Option<&mut Archive>,
    ) -> Result<Taken, Failure> {
        let name = raw.path.clone();
        if let Some(first) = self.seen.get(&raw.id) {
            let message = format!("{name} holds the same bytes as {first} and was read once.");
            self.tell(Remark { span: None, level: Level::Info, code: "same-bytes".to_owned(), message });
            return Ok(Taken::Done);
        }
        if let Some(kept) = archive.as_ref().map(|a| a.document(raw.id)).transpose()?.flatten() {
            if alone {
                self.already_there(&name, &kept, arguments.published);
            }
            self.keep(name, kept);
            return Ok(if alone { Taken::Done } else { Taken::There });
        }
        let mode = if arguments.fast { Mode::Fast } else { Mode::Thorough };
        let source = Source { published: arguments.published, outlet: arguments.outlet.as_deref(), mode };
        let mut document = match pipeline::read(raw, &source) {
            Ok(document) => document,
            Err(e) => {
                self.fail(&Failure::new(format!("{name} is no text"), e.reason));
                return Ok(Taken::Done);
            }
        };
        if let Some(archive) = archive
            && archive.add(&document)? == Added::New
        {
            document = archive.document(raw.id)?.unwrap_or(document);
        }
        self.keep(name, document);
        Ok(Taken::Done)
    }

    /// A part of an input that could not be used; the rest is read.
    fn fault(&mut self, fault: Fault) -> Result<Taken, Failure> {
        if fault.harmless {
            let message = format!("{}; {}.", fault.what, fault.remedy);
            self.tell(Remark { span: None, level: Level::Info, code: "passed-over".to_owned(), message });
        } else {
            self.fail(&Failure::new(fault.what, fault.remedy));
        }
        Ok(Taken::Done)
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

    fn keep(&mut self, name: String, document: DocumentRecord) {
        self.seen.insert(document.id, name);
        self.documents.push(document);
    }

    /// The archive answers for what it holds: nothing is added, and a different day is not silently believed.
    fn already_there(&mut self, name: &str, kept: &DocumentRecord, published: Option<Date>) {
        let mut message = format!("{name} is in the archive already; nothing was added.");
        if let Some(day) = published.filter(|day| kept.published != Some(*day)) {
            let before = kept.published.map_or("without a date".to_owned(), |d| format!("as published on {d}"));
            message.push_str(&format!(" It was kept {before}; read it into another archive to use {day}."));
        }
        // On standard error, so that reading a page twice prints the same records twice.
        anstream::eprintln!("note: {message}");
    }

    fn tell(&mut self, note: Remark) {
        anstream::eprintln!("note: {}", note.message);
        self.notes.push(note);
    }

    fn fail(&mut self, failure: &Failure) {
        complain(failure);
        self.any_failed = true;
        let message = format!("{}; {}", failure.what, failure.remedy);
        self.notes.push(Remark { span: None, level: Level::Error, code: "unusable-input".to_owned(), message });
    }

    fn print_jsonl(&self, events: &[Event], out: &mut dyn Write) -> std::io::Result<()> {
        let mut lines = Lines::new();
        for document in &self.documents {
            lines.document(document);
        }
        let book = Book::of(&self.documents);
        for event in events {
            lines.event(event, &book);
        }
        // What held on the day of the newest page, as far as these pages tell.
        if let Some(day) = self.documents.iter().filter_map(|d| d.published).max() {
            let situation = pipeline::situation(&self.documents, day, day);
            lines.situation(&situation, &situation.holdings.iter().collect::<Vec<_>>());
        }
        for note in &self.notes {
            lines.note(note);
        }
        lines.print(out)
    }
}
