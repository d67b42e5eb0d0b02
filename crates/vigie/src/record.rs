//! What reading one document gave: the thing that is archived, printed and shown.

use jiff::civil::Date;
use vigie_claims::Claim;
use vigie_ingest::TextFrom;
use vigie_resources::Language;
use vigie_text::{DocumentId, Leftover, Span, StoryId};

/// One document after reading. Everything that events and situations need, and the text to show it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRecord {
    /// Identity: hash of the bytes.
    pub id: DocumentId,
    /// When the archive took it in, counting from 1; 0 outside an archive.
    pub arrival: u64,
    /// Where it was found, as the caller wrote it; `-` for standard input.
    pub path: String,
    /// Who published it, when it is known.
    pub outlet: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Its headline, as its carrier or its metadata give it.
    pub title: Option<String>,
    /// Who wrote it, as its carrier or its metadata say.
    pub author: Option<String>,
    /// Language of most of the text; `None` when no shipped language fits.
    pub language: Option<Language>,
    /// The text that was read; all spans point into it.
    pub text: String,
    /// Where that text comes from: only of `file` is it a slice of the bytes.
    pub text_from: TextFrom,
    /// Name of the encoding that the bytes were read with.
    pub encoding: String,
    /// Bytes of the file that stand before `text`: the length of a byte order mark, else 0.
    pub skipped: usize,
    /// Length of the document's own bytes.
    pub bytes: usize,
    /// The day of publication, when it is known.
    pub published: Option<Date>,
    /// How that day is known.
    pub basis: PublishedBasis,
    /// News stories in text order.
    pub stories: Vec<StoryRecord>,
    /// What belongs to no story, in text order.
    pub leftovers: Vec<Leftover>,
    /// Claims in the order of the stories.
    pub claims: Vec<Claim>,
    /// What the reader should know.
    pub notes: Vec<Remark>,
}

/// How the day of publication is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublishedBasis {
    /// The caller gave it.
    Given,
    /// The page says so.
    Page,
    /// What carried it says so: a feed, a line, a table, a mail.
    Feed,
    /// It follows from its address or from the text of its stories.
    Inferred,
    /// It is not known; relative dates stay unresolved.
    Unknown,
}

impl PublishedBasis {
    const ALL: [Self; 5] = [Self::Given, Self::Page, Self::Feed, Self::Inferred, Self::Unknown];

    /// The word of the wire format.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Page => "page",
            Self::Feed => "feed",
            Self::Inferred => "inferred",
            Self::Unknown => "unknown",
        }
    }

    /// The basis that the wire format writes so.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|b| b.as_str() == word)
    }
}

/// One story of a document, without its tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryRecord {
    /// Identity.
    pub id: StoryId,
    /// Its language.
    pub language: Language,
    /// Headline, when there is one.
    pub headline: Option<Span>,
    /// Paragraphs in text order.
    pub paragraphs: Vec<Span>,
}

/// A note with its weight; unlike the floors' notes it can be read back from an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Where, if anywhere in particular.
    pub span: Option<Span>,
    /// How much it matters.
    pub level: Level,
    /// Stable machine-readable name, in kebab case.
    pub code: String,
    /// One sentence that names the remedy.
    pub message: String,
}

/// How much a remark matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Good to know.
    Info,
    /// Something was not read as it should have been.
    Warning,
    /// The input could not be used.
    Error,
}

impl Level {
    const ALL: [Self; 3] = [Self::Info, Self::Warning, Self::Error];

    /// The word of the wire format.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The level that the wire format writes so.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.as_str() == word)
    }
}

impl Remark {
    /// A warning about the whole document.
    #[must_use]
    pub fn warning(code: &str, message: impl Into<String>) -> Self {
        Self { span: None, level: Level::Warning, code: code.to_owned(), message: message.into() }
    }
}

const TEXT_FROM: [(TextFrom, &str); 7] = [
    (TextFrom::File, "file"),
    (TextFrom::Decoded, "decoded"),
    (TextFrom::Html, "html"),
    (TextFrom::Feed, "feed"),
    (TextFrom::Json, "json"),
    (TextFrom::Mail, "mail"),
    (TextFrom::Table, "table"),
];

/// The wire name of where a text comes from.
#[must_use]
pub fn from_word(from: TextFrom) -> &'static str {
    TEXT_FROM.iter().find(|(f, _)| *f == from).map_or("file", |(_, word)| word)
}

/// Where a text comes from, by its wire name.
#[must_use]
pub fn from_of_word(word: &str) -> Option<TextFrom> {
    TEXT_FROM.iter().find(|(_, w)| *w == word).map(|(from, _)| *from)
}

/// Sixteen bytes as 32 hexadecimal digits.
#[must_use]
pub fn hex(id: &[u8; 16]) -> String {
    id.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The wire name of a reason for leaving something out.
#[must_use]
pub fn why_word(why: vigie_text::Why) -> &'static str {
    use vigie_text::Why;
    match why {
        Why::Foreign => "foreign",
        Why::Menu => "menu",
        Why::Advert => "advert",
        Why::DuplicateHeadline => "duplicate-headline",
        Why::Dateline => "dateline",
        Why::Caption => "caption",
        Why::NoteMark => "note-mark",
        Why::PageSuffix => "page-suffix",
        Why::UnknownLanguage => "unknown-language",
    }
}

/// The reason that the wire format writes so.
#[must_use]
pub fn why_from_word(word: &str) -> Option<vigie_text::Why> {
    use vigie_text::Why;
    [
        Why::Foreign,
        Why::Menu,
        Why::Advert,
        Why::DuplicateHeadline,
        Why::Dateline,
        Why::Caption,
        Why::NoteMark,
        Why::PageSuffix,
        Why::UnknownLanguage,
    ]
    .into_iter()
    .find(|why| why_word(*why) == word)
}
