//! The wire format, version 1: one JSON object a line, in a fixed order, so that two runs print the same bytes.

mod chronicle;
mod claim;
mod decision;
mod document;
mod event;
mod holding;
mod origins;
mod place;
mod thread;

use crate::book::Book;
use crate::messages::Messages;
use crate::record::{DocumentRecord, hex};
use crate::review::Decision;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};
use vigie_claims::ClaimId;
use vigie_events::{Event, EventId};
use vigie_situation::Situation;
use vigie_text::DocumentId;

pub use decision::Context;
pub use holding::holding_id;
pub use place::place_line;

/// Version that every line carries.
const VERSION: u32 = 1;

/// Kinds of records in the order in which they are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Document,
    Story,
    Leftover,
    Claim,
    Event,
    Holding,
    Thread,
    Node,
    Edge,
    Hit,
    Change,
    Entry,
    Decision,
    Note,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Story => "story",
            Self::Leftover => "leftover",
            Self::Claim => "claim",
            Self::Event => "event",
            Self::Holding => "holding",
            Self::Thread => "thread",
            Self::Node => "node",
            Self::Edge => "edge",
            Self::Hit => "hit",
            Self::Change => "change",
            Self::Entry => "entry",
            Self::Decision => "decision",
            Self::Note => "note",
        }
    }
}

/// What every line begins with.
#[derive(Serialize)]
struct Line<T> {
    v: u32,
    record: &'static str,
    #[serde(flatten)]
    body: T,
}

/// Lines being gathered; printed sorted by kind, then by id (or document and place in it).
#[derive(Debug, Default)]
pub struct Lines(Vec<(Kind, String, String)>);

impl Lines {
    /// No lines yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn push(&mut self, kind: Kind, order: String, body: impl Serialize) {
        let line = Line { v: VERSION, record: kind.word(), body };
        let text = serde_json::to_string(&line).expect("wire records hold only strings, numbers and lists");
        self.0.push((kind, order, text));
    }

    /// The document without what was read from it.
    pub fn document_alone(&mut self, record: &DocumentRecord) {
        self.push(Kind::Document, document_id(record.id), document::Document::of(record));
    }

    /// The document and everything that was read from it.
    pub fn document(&mut self, record: &DocumentRecord) {
        self.document_alone(record);
        for story in &record.stories {
            self.push(Kind::Story, story_id(story.id), document::Story::of(record, story));
        }
        for leftover in &record.leftovers {
            let order = format!("{} {:010}", document_id(record.id), leftover.span.start());
            self.push(Kind::Leftover, order, document::Leftover::of(record, leftover));
        }
        for claim in &record.claims {
            self.claim(record, claim);
        }
        for (number, note) in record.notes.iter().enumerate() {
            let order = format!("{} {number:06}", document_id(record.id));
            self.push(Kind::Note, order, document::Note::of(Some(record), note));
        }
    }

    /// One claim.
    pub fn claim(&mut self, record: &DocumentRecord, claim: &vigie_claims::Claim) {
        self.push(Kind::Claim, claim_id(claim.id), claim::Claim::of(record, claim));
    }

    /// One event; the book has its claims.
    pub fn event(&mut self, event: &Event, book: &Book) {
        self.push(Kind::Event, event_id(event.id), event::Event::of(event, book));
    }

    /// The holdings of a situation. Several answers to one question (one an origin) get numbers.
    pub fn situation(&mut self, situation: &Situation, holdings: &[&vigie_situation::Holding], book: &Book) {
        let mut before = BTreeMap::new();
        for holding in holdings {
            let question = holding_id(holding);
            let count: &mut usize = before.entry(question.clone()).or_default();
            *count += 1;
            let id = if *count == 1 { question } else { format!("{question}#{count}") };
            let shape = holding::Holding::of(holding, id.clone(), (situation.valid, situation.known), book);
            self.push(Kind::Holding, id, shape);
        }
    }

    /// One thread, in the order in which they are given.
    pub fn thread(&mut self, thread: &crate::threads::Thread) {
        let order = format!("{:06}", self.0.len());
        self.push(Kind::Thread, order, thread::Thread::of(thread));
    }

    /// The graph of origins: its nodes, then its edges.
    pub fn origins(&mut self, graph: &crate::origins::OriginGraph) {
        for node in &graph.nodes {
            self.push(Kind::Node, node.id.clone(), origins::Node::of(node));
        }
        for edge in &graph.edges {
            self.push(Kind::Edge, format!("{:06}", self.0.len()), origins::Edge::of(edge));
        }
    }

    /// One entry of the chronicle, in the order in which they are given.
    pub fn entry(&mut self, entry: &vigie_situation::Entry, book: &Book, messages: &Messages) {
        let order = format!("{:06}", self.0.len());
        if let Some(line) = chronicle::EntryLine::of(entry, book, messages) {
            self.push(Kind::Entry, order, line);
        }
    }

    /// One change of the situation, in the order in which they are given.
    pub fn change(&mut self, change: &vigie_situation::Change, messages: &Messages) {
        let order = format!("{:06}", self.0.len());
        self.push(Kind::Change, order, chronicle::ChangeLine::of(change, messages));
    }

    /// A decision with the claim that it is about, before and after, in the order in which they are given.
    pub fn decision(&mut self, decision: &Decision, context: &Context) {
        let order = format!("{:06}", self.0.len());
        self.push(Kind::Decision, order, decision::shape(decision, context));
    }

    /// A story that answers a question, in the order in which they are given.
    pub fn hit(&mut self, record: &DocumentRecord, hit: &crate::archive::Hit) {
        let order = format!("{:06}", self.0.len());
        self.push(Kind::Hit, order, document::Hit::of(record, hit));
    }

    /// A note that belongs to no document, for instance about an input that could not be read.
    pub fn note(&mut self, note: &crate::record::Remark) {
        // Notes about the run come after those about documents.
        let order = format!("~ {:06}", self.0.len());
        self.push(Kind::Note, order, document::Note::of(None, note));
    }

    /// The records themselves, in order.
    #[must_use]
    pub fn records(mut self) -> Vec<serde_json::Value> {
        self.0.sort();
        let parsed = self.0.iter().map(|(_, _, text)| serde_json::from_str(text));
        parsed.map(|record| record.expect("a line was JSON when it was written")).collect()
    }

    /// Prints the lines in order.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn print(mut self, out: &mut dyn Write) -> io::Result<()> {
        self.0.sort();
        for (_, _, text) in &self.0 {
            writeln!(out, "{text}")?;
        }
        Ok(())
    }
}

/// `d:` and 32 hexadecimal digits.
#[must_use]
pub fn document_id(id: DocumentId) -> String {
    format!("d:{}", hex(&id.0))
}

/// `s:` and 32 hexadecimal digits.
#[must_use]
pub fn story_id(id: vigie_text::StoryId) -> String {
    format!("s:{}", hex(&id.0))
}

/// `c:` and 32 hexadecimal digits.
#[must_use]
pub fn claim_id(id: ClaimId) -> String {
    format!("c:{}", hex(&id.0))
}

/// `e:` and 32 hexadecimal digits.
#[must_use]
pub fn event_id(id: EventId) -> String {
    format!("e:{}", hex(&id.0.0))
}

/// A byte range of the document's text, with the words it covers. Where the text is the file, it is a range of the file.
#[derive(Debug, Serialize)]
struct Span<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

impl<'a> Span<'a> {
    fn of(record: &'a DocumentRecord, span: vigie_text::Span) -> Self {
        Self { start: span.start() + record.skipped, end: span.end() + record.skipped, text: span.of(&record.text) }
    }
}
