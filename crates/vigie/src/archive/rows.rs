//! Documents to rows and back.

use super::{Growth, payload};
use crate::record::{
    DocumentRecord, Level, PublishedBasis, Remark, StoryRecord, from_of_word, from_word, why_from_word, why_word,
};
use crate::terms::Terms;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::BTreeMap;
use vigie_claims::{Claim, ClaimId};
use vigie_resources::Language;
use vigie_text::{DocumentId, Leftover, Span, StoryId};

/// Why rows did not become a document.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The file could not be read.
    Database(rusqlite::Error),
    /// It holds something that this program cannot make sense of.
    Content(String),
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

type Loaded<T> = Result<T, Trouble>;

fn content<T>(value: Option<T>, what: impl FnOnce() -> String) -> Loaded<T> {
    value.ok_or_else(|| Trouble::Content(what()))
}

/// The row number of a document.
pub(super) fn number_of(connection: &Connection, id: DocumentId) -> rusqlite::Result<Option<i64>> {
    connection.query_row("SELECT number FROM documents WHERE id = ?1", [&id.0[..]], |row| row.get(0)).optional()
}

/// The day with which a document was kept, as it is written.
pub(super) fn published(connection: &Connection, id: DocumentId) -> rusqlite::Result<Option<String>> {
    let day = connection.query_row("SELECT published FROM documents WHERE id = ?1", [&id.0[..]], |row| row.get(0));
    day.optional().map(Option::flatten)
}

/// How far the archive has grown: rows are numbered from 1 and never deleted.
pub(super) fn growth(connection: &Connection) -> rusqlite::Result<Growth> {
    let last = |table: &str| {
        let sql = format!("SELECT coalesce(max(number), 0) FROM {table}");
        connection.query_row(&sql, [], |row| row.get::<_, i64>(0)).map(|n| n as u64)
    };
    Ok(Growth { documents: last("documents")?, claims: last("claims")?, decisions: last("decisions")? })
}

/// Whether a document makes a claim.
pub(super) fn has_claims(connection: &Connection, id: DocumentId) -> rusqlite::Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM claims JOIN documents ON documents.number = claims.document
               WHERE documents.id = ?1)";
    connection.query_row(sql, [&id.0[..]], |row| row.get(0))
}

/// The row numbers of all documents in order of arrival.
pub(super) fn numbers(connection: &Connection) -> rusqlite::Result<Vec<i64>> {
    connection.prepare("SELECT number FROM documents ORDER BY number")?.query_map([], |row| row.get(0))?.collect()
}

/// Writes one document; the caller holds the transaction.
pub(super) fn insert(connection: &Connection, record: &DocumentRecord, terms: &[Terms]) -> rusqlite::Result<()> {
    connection.execute(
        "INSERT INTO documents (id, path, outlet, url, language, published, published_basis, bytes, skipped, text,
                                title, author, text_from, encoding, recorded)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        params![
            &record.id.0[..],
            record.path,
            record.outlet,
            record.url,
            record.language.map(Language::code),
            record.published.map(|d| d.to_string()),
            record.basis.as_str(),
            record.bytes as i64,
            record.skipped as i64,
            record.text,
            record.title,
            record.author,
            from_word(record.text_from),
            record.encoding,
            // The third clock, beside the day of the event and the day of the report. No answer depends on it.
            jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        ],
    )?;
    let document = connection.last_insert_rowid();
    let mut stories = BTreeMap::new();
    for story in &record.stories {
        connection.execute(
            "INSERT INTO stories (id, document, language) VALUES (?1, ?2, ?3)",
            params![&story.id.0[..], document, story.language.code()],
        )?;
        let number = connection.last_insert_rowid();
        stories.insert(story.id, number);
        let parts = story.headline.iter().map(|s| (1, s)).chain(story.paragraphs.iter().map(|s| (0, s)));
        let mut statement = connection.prepare_cached("INSERT INTO story_parts VALUES (?1, ?2, ?3, ?4)")?;
        for (is_headline, span) in parts {
            statement.execute(params![number, is_headline, span.start() as i64, span.end() as i64])?;
        }
    }
    index(connection, &stories, terms)?;
    for leftover in &record.leftovers {
        connection.prepare_cached("INSERT INTO leftovers VALUES (?1, ?2, ?3, ?4)")?.execute(params![
            document,
            leftover.span.start() as i64,
            leftover.span.end() as i64,
            why_word(leftover.why)
        ])?;
    }
    for claim in &record.claims {
        insert_claim(connection, document, stories.get(&claim.story).copied(), claim)?;
    }
    for note in &record.notes {
        connection
            .prepare_cached(
                "INSERT INTO notes (document, start, stop, level, code, message) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                document,
                note.span.map(|s| s.start() as i64),
                note.span.map(|s| s.end() as i64),
                note.level.as_str(),
                note.code,
                note.message
            ])?;
    }
    Ok(())
}

/// Makes sentences findable by their words; the caller holds the transaction.
pub(super) fn index(
    connection: &Connection,
    stories: &BTreeMap<StoryId, i64>,
    terms: &[Terms],
) -> rusqlite::Result<()> {
    let mut place = connection.prepare_cached("INSERT INTO sentences (story, start, stop) VALUES (?1, ?2, ?3)")?;
    let mut words = connection.prepare_cached("INSERT INTO words (rowid, lemmas, forms) VALUES (?1, ?2, ?3)")?;
    for sentence in terms {
        let Some(story) = stories.get(&sentence.story) else { continue };
        place.execute(params![story, sentence.span.start() as i64, sentence.span.end() as i64])?;
        words.execute(params![connection.last_insert_rowid(), sentence.lemmas, sentence.forms])?;
    }
    Ok(())
}

/// The row numbers of the stories of a document.
pub(super) fn story_numbers(connection: &Connection, document: i64) -> rusqlite::Result<BTreeMap<StoryId, i64>> {
    connection
        .prepare_cached("SELECT id, number FROM stories WHERE document = ?1")?
        .query_map([document], |row| Ok((StoryId(row.get(0)?), row.get(1)?)))?
        .collect()
}

fn insert_claim(connection: &Connection, document: i64, story: Option<i64>, claim: &Claim) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO claims (id, document, story, predicate, place, first_day, last_day, format, payload,
                                 latitude, longitude)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            &claim.id.0[..],
            document,
            story,
            claim.predicate.id(),
            claim.place.as_ref().map(|p| p.place.as_ref().map_or(p.name.as_str(), |id| id.as_str())),
            claim.period.as_ref().and_then(|p| p.first).map(|d| d.to_string()),
            claim.period.as_ref().map(|p| p.last.to_string()),
            payload::FORMAT,
            payload::write(claim),
            claim.place.as_ref().and_then(|p| p.point).map(|(latitude, _)| latitude),
            claim.place.as_ref().and_then(|p| p.point).map(|(_, longitude)| longitude),
        ])
        .map(|_| ())
}

/// Reads one document back.
pub(super) fn load(connection: &Connection, number: i64) -> Loaded<DocumentRecord> {
    let mut record = connection.query_row(
        "SELECT id, path, outlet, url, language, published, published_basis, bytes, skipped, text,
                title, author, text_from, encoding
         FROM documents WHERE number = ?1",
        [number],
        |row| Ok(document_of(row)),
    )??;
    record.arrival = number as u64;
    record.stories = stories(connection, number, &record.text)?;
    record.leftovers = leftovers(connection, number, &record.text)?;
    record.claims = claims(connection, number, record.id, &record.text)?;
    record.notes = notes(connection, number, &record.text)?;
    Ok(record)
}

fn document_of(row: &Row) -> Loaded<DocumentRecord> {
    let language: Option<String> = row.get(4)?;
    let published: Option<String> = row.get(5)?;
    let basis: String = row.get(6)?;
    let from: String = row.get(12)?;
    Ok(DocumentRecord {
        id: DocumentId(row.get(0)?),
        arrival: 0,
        path: row.get(1)?,
        outlet: row.get(2)?,
        url: row.get(3)?,
        language: language.as_deref().map(language_of).transpose()?,
        published: published.map(|day| content(day.parse().ok(), || format!("no date: {day}"))).transpose()?,
        basis: content(PublishedBasis::from_word(&basis), || format!("unknown basis {basis:?}"))?,
        bytes: row.get::<_, i64>(7)? as usize,
        skipped: row.get::<_, i64>(8)? as usize,
        text: row.get(9)?,
        title: row.get(10)?,
        author: row.get(11)?,
        text_from: content(from_of_word(&from), || format!("unknown origin of a text {from:?}"))?,
        encoding: row.get(13)?,
        stories: Vec::new(),
        leftovers: Vec::new(),
        claims: Vec::new(),
        notes: Vec::new(),
    })
}

fn language_of(code: &str) -> Loaded<Language> {
    content(Language::from_code(code), || format!("unknown language {code:?}"))
}

fn span(start: i64, stop: i64, text: &str) -> Loaded<Span> {
    let range = usize::try_from(start).ok().zip(usize::try_from(stop).ok());
    let range = range.filter(|(start, stop)| text.get(*start..*stop).is_some());
    content(range.map(|(start, stop)| Span::new(start, stop)), || format!("bytes {start}..{stop} are not in the text"))
}

fn stories(connection: &Connection, document: i64, text: &str) -> Loaded<Vec<StoryRecord>> {
    let mut statement =
        connection.prepare_cached("SELECT number, id, language FROM stories WHERE document = ?1 ORDER BY number")?;
    let mut parts = connection.prepare_cached(
        "SELECT is_headline, start, stop FROM story_parts WHERE story = ?1 ORDER BY is_headline, start",
    )?;
    let mut stories = Vec::new();
    let mut rows = statement.query([document])?;
    while let Some(row) = rows.next()? {
        let code: String = row.get(2)?;
        let mut story = StoryRecord {
            id: StoryId(row.get(1)?),
            language: language_of(&code)?,
            headline: None,
            paragraphs: Vec::new(),
        };
        let mut rows = parts.query([row.get::<_, i64>(0)?])?;
        while let Some(row) = rows.next()? {
            let part = span(row.get(1)?, row.get(2)?, text)?;
            if row.get::<_, bool>(0)? { story.headline = Some(part) } else { story.paragraphs.push(part) }
        }
        stories.push(story);
    }
    Ok(stories)
}

fn leftovers(connection: &Connection, document: i64, text: &str) -> Loaded<Vec<Leftover>> {
    let mut statement =
        connection.prepare_cached("SELECT start, stop, why FROM leftovers WHERE document = ?1 ORDER BY start, stop")?;
    let mut leftovers = Vec::new();
    let mut rows = statement.query([document])?;
    while let Some(row) = rows.next()? {
        let why: String = row.get(2)?;
        let why = content(why_from_word(&why), || format!("unknown reason {why:?}"))?;
        leftovers.push(Leftover { span: span(row.get(0)?, row.get(1)?, text)?, why });
    }
    Ok(leftovers)
}

fn claims(connection: &Connection, number: i64, document: DocumentId, text: &str) -> Loaded<Vec<Claim>> {
    let mut statement = connection.prepare_cached(
        "SELECT claims.id, stories.id, claims.format, claims.payload FROM claims JOIN stories
         ON stories.number = claims.story WHERE claims.document = ?1 ORDER BY claims.number",
    )?;
    let mut claims = Vec::new();
    let mut rows = statement.query([number])?;
    while let Some(row) = rows.next()? {
        let format: i64 = row.get(2)?;
        content((format == payload::FORMAT).then_some(()), || format!("claims of format {format}"))?;
        let (id, story) = (ClaimId(row.get(0)?), StoryId(row.get(1)?));
        let payload: String = row.get(3)?;
        claims.push(payload::read(id, document, story, text, &payload).map_err(Trouble::Content)?);
    }
    Ok(claims)
}

fn notes(connection: &Connection, document: i64, text: &str) -> Loaded<Vec<Remark>> {
    let mut statement = connection
        .prepare_cached("SELECT start, stop, level, code, message FROM notes WHERE document = ?1 ORDER BY number")?;
    let mut notes = Vec::new();
    let mut rows = statement.query([document])?;
    while let Some(row) = rows.next()? {
        let (start, stop): (Option<i64>, Option<i64>) = (row.get(0)?, row.get(1)?);
        let level: String = row.get(2)?;
        notes.push(Remark {
            span: start.zip(stop).map(|(start, stop)| span(start, stop, text)).transpose()?,
            level: content(Level::from_word(&level), || format!("unknown level {level:?}"))?,
            code: row.get(3)?,
            message: row.get(4)?,
        });
    }
    Ok(notes)
}
