//! The whole flow: bytes → text → page → parses → claims. What comes after one document (events, situations) takes
//! the claims of many.

use crate::background::Registries;
use crate::copies::copies;
use crate::record::{DocumentRecord, Level, PublishedBasis, Remark, StoryRecord};
use jiff::civil::Date;
use std::collections::BTreeMap;
use vigie_claims::{Claim, Reading, dateline, inferred_day, read_story};
use vigie_events::{Event, Reported};
use vigie_situation::Situation;
use vigie_syntax::{Model, Parse};
use vigie_text::{DocumentId, Note, Page, Story, StoryId, Undecodable, decode, document_id, read_page};

/// What the caller knows about an input.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Where the bytes come from, to be shown.
    pub path: &'a str,
    /// Day of publication.
    pub published: Option<Date>,
    /// Who published it.
    pub outlet: Option<&'a str>,
}

/// Reads one document.
///
/// # Errors
/// When the bytes are no text.
pub fn read(bytes: &[u8], source: &Source) -> Result<DocumentRecord, Undecodable> {
    let id = document_id(bytes);
    let decoded = decode(bytes)?;
    let page = read_page(id, decoded.text);
    let (told, basis) = published(source, &page);
    // Where nobody says the day, each story is dated by its own words.
    let days: Vec<Option<Date>> = page
        .stories
        .iter()
        .map(|story| told.or_else(|| inferred_day(&page.text, story).map(|found| found.date)))
        .collect();
    let published = days.iter().flatten().max().copied().or(told);
    let basis = if told.is_none() && published.is_some() { PublishedBasis::Inferred } else { basis };
    let mut notes: Vec<Remark> = decoded.notes.into_iter().chain(page.notes.iter().cloned()).map(warning).collect();
    if told.is_none() && days.iter().any(Option::is_none) {
        notes.push(undated());
    }
    if let Some(day) = published.filter(|_| basis == PublishedBasis::Inferred) {
        notes.push(dated_by_text(day));
    }
    let mut claims = Vec::new();
    for (story, day) in page.stories.iter().zip(days) {
        claims.extend(claims_of(id, &page.text, story, (day, told.is_none())));
    }
    Ok(DocumentRecord {
        id,
        arrival: 0,
        path: source.path.to_owned(),
        outlet: source.outlet.map(str::to_owned),
        url: None,
        language: page.language,
        skipped: mark_length(bytes),
        bytes: bytes.len(),
        published,
        basis,
        stories: page.stories.iter().map(story_record).collect(),
        leftovers: page.leftovers,
        claims,
        notes,
        text: page.text,
    })
}

fn claims_of(
    document: DocumentId,
    text: &str,
    story: &Story,
    (published, inferred): (Option<Date>, bool),
) -> Vec<Claim> {
    let model = Model::for_language(story.language);
    let parses = match model {
        Some(model) => model.parse_all(text, &story.sentences),
        None => vec![Parse::default(); story.sentences.len()],
    };
    read_story(document, &Reading { text, story, parses: &parses, published, inferred })
}

/// The day of publication: what the caller says, else what the page says, never the day on which it is read.
fn published(source: &Source, page: &Page) -> (Option<Date>, PublishedBasis) {
    let told = || page.language.and_then(|language| dateline(&page.text, language));
    match source.published {
        Some(date) => (Some(date), PublishedBasis::Given),
        None => told().map_or((None, PublishedBasis::Unknown), |(date, _)| (Some(date), PublishedBasis::Page)),
    }
}

fn dated_by_text(day: Date) -> Remark {
    Remark::warning(
        "dated-by-text",
        format!(
            "The page does not say when it was published; its text tells {day} or a day close to it. \
             Give the day with --published YYYY-MM-DD."
        ),
    )
}

fn undated() -> Remark {
    Remark::warning(
        "undated",
        "The page does not say when it was published, so words such as \"Sunday\" or \"yesterday\" stay without a \
         date; give the day with --published YYYY-MM-DD.",
    )
}

fn warning(note: Note) -> Remark {
    Remark { span: note.span, level: Level::Warning, code: note.code.to_owned(), message: note.message }
}

fn story_record(story: &Story) -> StoryRecord {
    StoryRecord {
        id: story.id,
        language: story.language,
        headline: story.headline,
        paragraphs: story.paragraphs.clone(),
    }
}

/// Spans are counted in the file, so a byte order mark before UTF-8 text shifts them.
fn mark_length(bytes: &[u8]) -> usize {
    if bytes.starts_with("\u{feff}".as_bytes()) { "\u{feff}".len() } else { 0 }
}

/// The claims of many documents with what events and situations must know of their documents.
#[must_use]
pub fn reports(documents: &[DocumentRecord]) -> Vec<Reported<'_>> {
    let copies = copies(documents);
    let days: BTreeMap<StoryId, Date> = documents
        .iter()
        .filter_map(|d| d.published.map(|day| (d, day)))
        .flat_map(|(d, day)| d.stories.iter().map(move |s| (s.id, day)))
        .collect();
    documents
        .iter()
        .flat_map(|document| document.claims.iter().map(move |claim| (document, claim)))
        .map(|(document, claim)| Reported {
            claim,
            // An undated story that copies a dated one was told when that was.
            reported: document.published.or_else(|| days.get(copies.get(&claim.story)?).copied()),
            order: document.arrival,
            outlet: document.outlet.as_deref(),
            fingerprint: None,
            copy_of: copies.get(&claim.story).copied(),
        })
        .collect()
}

/// The events that the claims of some documents tell of.
#[must_use]
pub fn events(documents: &[DocumentRecord]) -> Vec<Event> {
    vigie_events::events(&reports(documents), &Registries)
}

/// What held on one day as known on another.
#[must_use]
pub fn situation(documents: &[DocumentRecord], valid: Date, known: Date) -> Situation {
    Situation::on(valid, known, &reports(documents), &Registries)
}
