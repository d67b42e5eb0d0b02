//! The whole flow: raw document → text → page → parses → claims. What comes after one document (events, situations) takes
//! the claims of many.

use crate::background::Registries;
use crate::copies::Copies;
use crate::record::{DocumentRecord, Level, PublishedBasis, Remark, StoryRecord};
use crate::terms::{Terms, terms_of_story};
use jiff::civil::Date;
use std::collections::BTreeMap;
use vigie_claims::{Claim, Reading, Telling, dateline, expressions, inferred_day, read_story};
use vigie_events::{Event, Reported};
use vigie_ingest::{Basis, Card, Mode, Raw};
use vigie_situation::{Knowledge, Situation};
use vigie_syntax::{Model, Parse};
use vigie_text::{Note, Page, Story, StoryId, Undecodable, read_page};

/// What the caller knows about an input.
#[derive(Debug, Clone, Copy, Default)]
pub struct Source<'a> {
    /// Day of publication.
    pub published: Option<Date>,
    /// Who published it.
    pub outlet: Option<&'a str>,
    /// How thoroughly articles are taken out of pages.
    pub mode: Mode,
}

/// One document after reading, with the words that it can be found by.
#[derive(Debug)]
pub struct Read {
    /// The document with its claims.
    pub record: DocumentRecord,
    /// The terms of its sentences, story by story.
    pub terms: Vec<Terms>,
}

/// Reads one document.
///
/// # Errors
/// When its bytes are no text.
pub fn read(raw: &Raw, source: &Source) -> Result<Read, Undecodable> {
    let document = raw.read(source.mode)?;
    let id = document.id;
    let page = read_page(id, document.text);
    let (told, basis) = published(source, &document.card, &page);
    // Where nobody says the day, each story is dated by its own words.
    let days: Vec<Option<Date>> = page
        .stories
        .iter()
        .map(|story| told.or_else(|| inferred_day(&page.text, story).map(|found| found.date)))
        .collect();
    let published = days.iter().flatten().max().copied().or(told);
    let by_text = told.is_none() && published.is_some();
    let basis = if by_text { PublishedBasis::Inferred } else { basis };
    let own = document.notes.into_iter().map(|n| Remark::warning(n.code, n.message));
    let mut notes: Vec<Remark> = own.chain(page.notes.iter().cloned().map(warning)).collect();
    if told.is_none() && days.iter().any(Option::is_none) {
        notes.push(undated());
    }
    if let Some(day) = published.filter(|_| by_text) {
        notes.push(dated_by_text(day));
    }
    let (mut claims, mut terms) = (Vec::new(), Vec::new());
    for (story, published) in page.stories.iter().zip(days) {
        let parses = parses(&page.text, story);
        terms.extend(terms_of_story(&page.text, story, &parses));
        let reading = Reading { text: &page.text, story, parses: &parses, published, inferred: told.is_none() };
        claims.extend(read_story(id, &reading));
    }
    let named = source.outlet.map(str::to_owned);
    let outlet = if is_told(&document.card) { document.card.outlet.or(named) } else { named.or(document.card.outlet) };
    let record = DocumentRecord {
        id,
        arrival: 0,
        path: document.path,
        outlet,
        url: document.card.url,
        title: document.card.title,
        author: document.card.author,
        language: page.language,
        text_from: document.from,
        encoding: document.encoding.to_owned(),
        skipped: document.skipped,
        bytes: document.len,
        published,
        basis,
        stories: page.stories.iter().map(story_record).collect(),
        leftovers: page.leftovers,
        claims,
        notes,
        text: page.text,
    };
    Ok(Read { record, terms })
}

/// Does the carrier itself say when this was published? What a feed says of one item is meant for that item; what the
/// caller says is meant for all that say nothing.
fn is_told(card: &Card) -> bool {
    card.published.is_some_and(|day| day.basis == Basis::Feed)
}

/// The claims that this program reads in a document that is kept: its text, its day and how that is known are taken as
/// they were, all else is derived again.
#[must_use]
pub fn read_again(record: &DocumentRecord) -> Vec<Claim> {
    let page = read_page(record.id, record.text.clone());
    let by_text = record.notes.iter().any(|note| note.code == DATED_BY_TEXT);
    let told = record.published.filter(|_| !by_text);
    let claims = page.stories.iter().flat_map(|story| {
        let parses = parses(&page.text, story);
        let published = told.or_else(|| inferred_day(&page.text, story).map(|found| found.date));
        let reading = Reading { text: &page.text, story, parses: &parses, published, inferred: told.is_none() };
        read_story(record.id, &reading)
    });
    claims.collect()
}

fn parses(text: &str, story: &Story) -> Vec<Parse> {
    match Model::for_language(story.language) {
        Some(model) => model.parse_all(text, &story.sentences),
        None => vec![Parse::default(); story.sentences.len()],
    }
}

/// The day of publication: what the caller or the carrier says, else what the page says, never the day on which it is
/// read.
fn published(source: &Source, card: &Card, page: &Page) -> (Option<Date>, PublishedBasis) {
    let given = source.published.map(|date| (date, PublishedBasis::Given));
    let stated = card.published.map(|day| {
        let basis = match day.basis {
            Basis::Page => PublishedBasis::Page,
            Basis::Feed => PublishedBasis::Feed,
            Basis::Address => PublishedBasis::Inferred,
        };
        (day.date, basis)
    });
    let told = || page.language.and_then(|language| dateline(&page.text, language));
    let read = || told().map(|(date, _)| (date, PublishedBasis::Page));
    // An address is weaker than the words of the page.
    let known = match stated {
        Some((_, PublishedBasis::Feed)) => stated.or(given),
        Some((_, PublishedBasis::Inferred)) => given.or_else(read).or(stated),
        _ => given.or(stated).or_else(read),
    };
    known.map_or((None, PublishedBasis::Unknown), |(date, basis)| (Some(date), basis))
}

/// The note of a document whose day follows from its own words.
const DATED_BY_TEXT: &str = "dated-by-text";

fn dated_by_text(day: Date) -> Remark {
    Remark::warning(
        DATED_BY_TEXT,
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

/// The claims of many documents with what events and situations must know of their documents.
#[must_use]
pub fn reports(documents: &[DocumentRecord]) -> Vec<Reported<'_>> {
    reports_with(documents, &Copies::among(documents))
}

/// As [`reports`], where it is known already who copied from whom.
#[must_use]
pub fn reports_with<'a>(documents: &'a [DocumentRecord], copies: &Copies) -> Vec<Reported<'a>> {
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
            reported: document.published.or_else(|| days.get(&copies.of_story(claim.story)?).copied()),
            order: document.arrival,
            outlet: document.outlet.as_deref(),
            copy_of: copies.of_story(claim.story),
            printed: copies.first_print(claim),
        })
        .collect()
}

/// The days that the stories of a document name, each with the day of publication; none where that is not known.
#[must_use]
pub fn named_days(document: &DocumentRecord) -> Vec<(Date, Date)> {
    let Some(published) = document.published else { return Vec::new() };
    let parts = document.stories.iter().flat_map(|s| s.headline.iter().chain(&s.paragraphs).map(move |p| (s, p)));
    let named = parts
        .flat_map(|(story, part)| expressions(part.of(&document.text), story.language, Some(published), Telling::News));
    named.filter_map(|found| found.value.parse().ok()).map(|day| (day, published)).collect()
}

/// The events that the claims of some documents tell of.
#[must_use]
pub fn events(documents: &[DocumentRecord]) -> Vec<Event> {
    vigie_events::events(&reports(documents), &Registries)
}

/// What held on one day as known on another; `events` are those of the documents.
#[must_use]
pub fn situation(documents: &[DocumentRecord], events: &[Event], valid: Date, known: Date) -> Situation {
    Knowledge::of_events(known, &reports(documents), events, &Registries).situation(valid, &Registries)
}
