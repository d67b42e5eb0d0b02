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
use std::path::{Path, PathBuf};
use vigie_events::Event;
use vigie_text::DocumentId;

/// Pages to read, and what is known of them.
#[derive(Debug, clap::Args)]
pub(super) struct PageArguments {
    /// Text files, directories of .txt files, or - for standard input
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The day on which the pages were published; without it "Sunday" has no date
    #[arg(long, value_name = "DATE", value_parser = day)]
    published: Option<Date>,
    /// Who published the pages
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
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
        let progress = Progress::over(&inputs);
        for input in inputs {
            let size = input.as_deref().map_or(0, input::size);
            let read = input.and_then(|path| run.read(&path, arguments, archive.as_deref_mut()));
            if let Err(failure) = read {
                run.fail(&failure);
            }
            progress.advance(size);
        }
        run
    }

    fn read(&mut self, path: &Path, arguments: &PageArguments, archive: Option<&mut Archive>) -> Result<(), Failure> {
        let name = path.display().to_string();
        let bytes = input::bytes(path)?;
        let id = vigie_text::document_id(&bytes);
        if let Some(first) = self.seen.get(&id) {
            let message = format!("{name} holds the same bytes as {first} and was read once.");
            self.tell(Remark { span: None, level: Level::Info, code: "same-bytes".to_owned(), message });
            return Ok(());
        }
        if let Some(kept) = archive.as_ref().map(|a| a.document(id)).transpose()?.flatten() {
            self.already_there(&name, &kept, arguments.published);
            self.keep(name, kept);
            return Ok(());
        }
        let source = Source { path: &name, published: arguments.published, outlet: arguments.outlet.as_deref() };
        let mut document =
            pipeline::read(&bytes, &source).map_err(|e| Failure::new(format!("{name} is no text"), e.reason))?;
        if let Some(archive) = archive
            && archive.add(&document)? == Added::New
        {
            document = archive.document(id)?.unwrap_or(document);
        }
        self.keep(name, document);
        Ok(())
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
