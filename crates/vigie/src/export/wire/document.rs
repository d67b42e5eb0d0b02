//! Wire shapes of documents, stories, leftovers and notes.

use super::{Span, document_id, story_id};
use crate::record::{DocumentRecord, Remark, StoryRecord, from_word, why_word};
use serde::Serialize;
use vigie_resources::Language;

#[derive(Serialize)]
pub(super) struct Document<'a> {
    id: String,
    path: &'a str,
    outlet: Option<&'a str>,
    url: Option<&'a str>,
    title: Option<&'a str>,
    author: Option<&'a str>,
    language: Option<&'static str>,
    bytes: usize,
    encoding: &'a str,
    /// Spans point into the text that was taken from the document; for `file` that is the document itself.
    text_from: &'static str,
    published: Option<String>,
    published_basis: &'static str,
}

impl<'a> Document<'a> {
    pub(super) fn of(record: &'a DocumentRecord) -> Self {
        Self {
            id: document_id(record.id),
            path: &record.path,
            outlet: record.outlet.as_deref(),
            url: record.url.as_deref(),
            title: record.title.as_deref(),
            author: record.author.as_deref(),
            language: record.language.map(Language::code),
            bytes: record.bytes,
            encoding: &record.encoding,
            text_from: from_word(record.text_from),
            published: record.published.map(|d| d.to_string()),
            published_basis: record.basis.as_str(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Story<'a> {
    id: String,
    document: String,
    language: &'static str,
    headline: Option<Span<'a>>,
    paragraphs: Vec<Span<'a>>,
}

impl<'a> Story<'a> {
    pub(super) fn of(record: &'a DocumentRecord, story: &StoryRecord) -> Self {
        Self {
            id: story_id(story.id),
            document: document_id(record.id),
            language: story.language.code(),
            headline: story.headline.map(|s| Span::of(record, s)),
            paragraphs: story.paragraphs.iter().map(|s| Span::of(record, *s)).collect(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Leftover<'a> {
    document: String,
    span: Span<'a>,
    why: &'static str,
}

impl<'a> Leftover<'a> {
    pub(super) fn of(record: &'a DocumentRecord, leftover: &vigie_text::Leftover) -> Self {
        Self { document: document_id(record.id), span: Span::of(record, leftover.span), why: why_word(leftover.why) }
    }
}

#[derive(Serialize)]
pub(super) struct Note<'a> {
    document: Option<String>,
    span: Option<Span<'a>>,
    level: &'static str,
    code: &'a str,
    message: &'a str,
}

impl<'a> Note<'a> {
    pub(super) fn of(record: Option<&'a DocumentRecord>, note: &'a Remark) -> Self {
        Self {
            document: record.map(|r| document_id(r.id)),
            span: record.zip(note.span).map(|(r, s)| Span::of(r, s)),
            level: note.level.as_str(),
            code: &note.code,
            message: &note.message,
        }
    }
}

#[derive(Serialize)]
pub(super) struct Hit<'a> {
    document: String,
    story: String,
    path: &'a str,
    published: Option<String>,
    title: Option<&'a str>,
    sentence: Span<'a>,
}

impl<'a> Hit<'a> {
    pub(super) fn of(record: &'a DocumentRecord, hit: &crate::archive::Hit) -> Self {
        Self {
            document: document_id(record.id),
            story: story_id(hit.story),
            path: &record.path,
            published: record.published.map(|d| d.to_string()),
            title: record.title.as_deref(),
            sentence: Span::of(record, vigie_text::Span::new(hit.sentence.0, hit.sentence.1)),
        }
    }
}
