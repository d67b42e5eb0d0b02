//! What comes out of a carrier: first its raw documents, one by one, then the text of each.

use crate::charset::decoded;
use crate::html::{self, Head};
use crate::mojibake::mended;
use jiff::civil::Date;
use std::ops::ControlFlow;
use vigie_text::{DocumentId, Undecodable, document_id};

/// What the carrier of a text says about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// Its headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The day of publication.
    pub published: Option<Day>,
    /// Language code, as the carrier gives it.
    pub language: Option<String>,
}

impl Card {
    /// What this card does not say is taken from another.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            title: self.title.or(other.title),
            author: self.author.or(other.author),
            outlet: self.outlet.or(other.outlet),
            url: self.url.or(other.url),
            published: self.published.or(other.published),
            language: self.language.or(other.language),
        }
    }
}

/// A day of publication and how it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The day, as the place of publication counts it.
    pub date: Date,
    /// Who says so.
    pub basis: Basis,
}

/// Who says when a document was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The page itself, in its metadata.
    Page,
    /// What carried it: a feed, a table, a mail.
    Feed,
    /// The address of the page.
    Address,
}

/// Where the text of a document comes from. Spans point into that text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextFrom {
    /// The text is the file, byte for byte, after a byte order mark.
    File,
    /// The text is the file in another encoding or with mended letters.
    Decoded,
    /// The article was taken out of a page.
    Html,
    /// The item of a feed.
    Feed,
    /// The field `text` of a JSON line.
    Json,
    /// The body of a mail.
    Mail,
    /// The column `text` of a table.
    Table,
}

/// How thoroughly articles are taken out of pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// Two methods, the better result kept.
    #[default]
    Thorough,
    /// One method, several times as fast.
    Fast,
}

/// What kind of writing the bytes of a raw document are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writing {
    /// Plain text.
    Plain,
    /// A whole page: the article has to be found.
    Page,
    /// A piece of HTML that is all article.
    Fragment,
}

/// A document before its text is taken out: reading that is dear, so the caller can first ask whether it is known.
#[derive(Debug, Clone)]
pub struct Raw {
    /// Where it stands: the name of the input, with the member, line or record.
    pub path: String,
    /// Hash of the raw bytes.
    pub id: DocumentId,
    /// How many bytes there were.
    pub len: usize,
    pub(crate) bytes: Vec<u8>,
    pub(crate) charset: Option<String>,
    pub(crate) writing: Writing,
    pub(crate) from: TextFrom,
    pub(crate) card: Card,
    pub(crate) notes: Vec<Notice>,
}

/// Something the reader should know about a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Stable machine-readable name, in kebab case.
    pub code: &'static str,
    /// One sentence that names the remedy.
    pub message: String,
}

impl Notice {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

/// A document with its text.
#[derive(Debug, Clone)]
pub struct Document {
    /// Where it stands.
    pub path: String,
    /// Hash of the raw bytes.
    pub id: DocumentId,
    /// Length of the raw bytes.
    pub len: usize,
    /// The text that spans point into.
    pub text: String,
    /// Bytes of the file that stand before the text: the length of a byte order mark, else 0.
    pub skipped: usize,
    /// Where the text comes from.
    pub from: TextFrom,
    /// Name of the encoding that the bytes were read with.
    pub encoding: &'static str,
    /// What the carrier and the page say.
    pub card: Card,
    /// What the reader should know.
    pub notes: Vec<Notice>,
}

impl Raw {
    /// A raw document with the identity of its bytes.
    pub(crate) fn new(path: String, bytes: Vec<u8>, writing: Writing, from: TextFrom, card: Card) -> Self {
        let (id, len) = (document_id(&bytes), bytes.len());
        Self { path, id, len, bytes, charset: None, writing, from, card, notes: Vec::new() }
    }

    /// Plain text as it stands in a file.
    #[must_use]
    pub fn plain(path: &str, bytes: Vec<u8>) -> Self {
        Self::new(path.to_owned(), bytes, Writing::Plain, TextFrom::File, Card::default())
    }

    /// What its carrier says of it.
    #[must_use]
    pub fn card(&self) -> &Card {
        &self.card
    }

    /// Where its text comes from.
    #[must_use]
    pub fn from(&self) -> TextFrom {
        self.from
    }

    /// Takes out the text.
    ///
    /// # Errors
    /// When the bytes are no text.
    pub fn read(&self, mode: Mode) -> Result<Document, Undecodable> {
        let hint = self.charset.clone().or_else(|| match self.writing {
            Writing::Page => html::declared_charset(&self.bytes),
            _ => None,
        });
        let decoded = decoded(&self.bytes, hint.as_deref())?;
        let mut notes = self.notes.clone();
        notes.extend(decoded.notes.into_iter().map(|n| Notice { code: n.code, message: n.message }));
        let (text, count) = mended(decoded.text);
        if count > 0 {
            notes.push(Notice::new(
                "mojibake-mended",
                format!("{count} letters stood in the text as two or three signs each and were mended; fetch the page again to be sure."),
            ));
        }
        let same = decoded.encoding == "UTF-8" && count == 0 && notes.iter().all(|n| n.code != "invalid-bytes");
        let mut card = self.card.clone();
        let (text, from) = match self.writing {
            Writing::Plain if self.from == TextFrom::File && !same => (text, TextFrom::Decoded),
            Writing::Plain => (text, self.from),
            Writing::Fragment => (html::plain(&text), self.from),
            Writing::Page => {
                let page = html::page(&text, mode, card.url.as_deref());
                notes.extend(page.notes);
                card = Head::card(page.head, card);
                (page.body, self.from)
            }
        };
        // A plain file speaks for itself; elsewhere the headline is kept beside the text and has to be read with it.
        let text = match self.from {
            TextFrom::File | TextFrom::Decoded => text,
            _ => with_title(card.title.as_deref(), &text),
        };
        let mark = "\u{feff}";
        let skipped = if from == TextFrom::File && self.bytes.starts_with(mark.as_bytes()) { mark.len() } else { 0 };
        if card.outlet.is_none() {
            card.outlet = card.url.as_deref().and_then(html::host).map(str::to_owned);
        }
        Ok(Document {
            path: self.path.clone(),
            id: self.id,
            len: self.len,
            text,
            skipped,
            from,
            encoding: decoded.encoding,
            card,
            notes,
        })
    }
}

/// The headline as first paragraph, unless the text begins with it.
fn with_title(title: Option<&str>, text: &str) -> String {
    match title.map(str::trim).filter(|t| !t.is_empty()) {
        Some(title) if !begins_with(text, title) => {
            format!("{title}\n\n{text}")
        }
        _ => text.to_owned(),
    }
}

/// Does the text begin with these letters, whatever stands between them?
fn begins_with(text: &str, title: &str) -> bool {
    let mut letters = letters(text);
    self::letters(title).all(|c| letters.next() == Some(c))
}

fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// A part of an input that could not be used; the rest is read all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What went wrong, with the part it concerns.
    pub what: String,
    /// What the reader can do.
    pub remedy: String,
    /// The part was meant to be passed over (a picture in an archive): good to know, no more.
    pub harmless: bool,
}

impl Fault {
    pub(crate) fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { what: what.into(), remedy: remedy.into(), harmless: false }
    }

    pub(crate) fn harmless(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { harmless: true, ..Self::new(what, remedy) }
    }
}

/// What an input holds.
#[derive(Debug)]
pub enum Found {
    /// A document.
    Document(Box<Raw>),
    /// A part that could not be used.
    Fault(Fault),
}

/// Takes what is found, one by one, and says whether to go on.
pub type Sink<'a> = &'a mut dyn FnMut(Found) -> ControlFlow<()>;
