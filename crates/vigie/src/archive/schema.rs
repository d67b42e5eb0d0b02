//! The tables, one migration a version. A migration that was released is never edited.

/// Marks the file as ours ("vigi"), so that another program's database is not taken for an archive.
pub(super) const APPLICATION_ID: i64 = 0x7669_6769;

/// Steps from version 0 to the newest; `user_version` counts those that were applied.
pub(super) const MIGRATIONS: &[&str] = &[
    "
CREATE TABLE documents (
    number          INTEGER PRIMARY KEY,                       -- order of arrival
    id              BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    path            TEXT NOT NULL,
    outlet          TEXT,
    url             TEXT,
    language        TEXT,
    published       TEXT,
    published_basis TEXT NOT NULL,
    bytes           INTEGER NOT NULL,
    skipped         INTEGER NOT NULL,
    text            TEXT NOT NULL
) STRICT;

CREATE TABLE stories (
    number   INTEGER PRIMARY KEY,
    id       BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    document INTEGER NOT NULL REFERENCES documents,
    language TEXT NOT NULL
) STRICT;
CREATE INDEX stories_of_document ON stories (document);

CREATE TABLE story_parts (
    story       INTEGER NOT NULL REFERENCES stories,
    is_headline INTEGER NOT NULL CHECK (is_headline IN (0, 1)),
    start       INTEGER NOT NULL,
    stop        INTEGER NOT NULL,
    PRIMARY KEY (story, is_headline, start)
) STRICT, WITHOUT ROWID;

CREATE TABLE leftovers (
    document INTEGER NOT NULL REFERENCES documents,
    start    INTEGER NOT NULL,
    stop     INTEGER NOT NULL,
    why      TEXT NOT NULL,
    PRIMARY KEY (document, start, stop)
) STRICT, WITHOUT ROWID;

CREATE TABLE claims (
    number    INTEGER PRIMARY KEY,                             -- order of arrival: events take their names from it
    id        BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    document  INTEGER NOT NULL REFERENCES documents,
    story     INTEGER NOT NULL REFERENCES stories,
    predicate TEXT NOT NULL,
    place     TEXT,
    first_day TEXT,
    last_day  TEXT,
    format    INTEGER NOT NULL,
    payload   TEXT NOT NULL
) STRICT;
CREATE INDEX claims_of_document ON claims (document);

CREATE TABLE notes (
    number   INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents,
    start    INTEGER,
    stop     INTEGER,
    level    TEXT NOT NULL,
    code     TEXT NOT NULL,
    message  TEXT NOT NULL
) STRICT;
CREATE INDEX notes_of_document ON notes (document);

CREATE TRIGGER claims_are_not_changed BEFORE UPDATE ON claims
    BEGIN SELECT RAISE(ABORT, 'a claim is never changed'); END;
CREATE TRIGGER claims_are_not_deleted BEFORE DELETE ON claims
    BEGIN SELECT RAISE(ABORT, 'a claim is never deleted'); END;
CREATE TRIGGER documents_are_not_changed BEFORE UPDATE ON documents
    BEGIN SELECT RAISE(ABORT, 'a document is never changed'); END;
CREATE TRIGGER documents_are_not_deleted BEFORE DELETE ON documents
    BEGIN SELECT RAISE(ABORT, 'a document is never deleted'); END;
",
    // Documents come out of pages, feeds and archives: what these say, and where the text was taken from.
    "
ALTER TABLE documents ADD COLUMN title     TEXT;
ALTER TABLE documents ADD COLUMN author    TEXT;
ALTER TABLE documents ADD COLUMN text_from TEXT NOT NULL DEFAULT 'file';
ALTER TABLE documents ADD COLUMN encoding  TEXT NOT NULL DEFAULT 'UTF-8';
",
    // When a document was taken in; claims found by place and day; sentences found by their words (without a copy of the
    // text: what the index gives are rows of `sentences`).
    "
ALTER TABLE documents ADD COLUMN recorded TEXT;
DROP TRIGGER claims_are_not_changed;
ALTER TABLE claims ADD COLUMN latitude  INTEGER;                -- millionths of a degree
ALTER TABLE claims ADD COLUMN longitude INTEGER;
UPDATE claims SET latitude = json_extract(payload, '$.place.point[0]'), longitude = json_extract(payload, '$.place.point[1]');
CREATE TRIGGER claims_are_not_changed BEFORE UPDATE ON claims
    BEGIN SELECT RAISE(ABORT, 'a claim is never changed'); END;
CREATE INDEX claims_of_place ON claims (place, last_day);
CREATE INDEX claims_of_day ON claims (last_day);
CREATE INDEX claims_of_predicate ON claims (predicate, last_day);
CREATE INDEX documents_of_day ON documents (published);

CREATE TABLE sentences (
    number INTEGER PRIMARY KEY,
    story  INTEGER NOT NULL REFERENCES stories,
    start  INTEGER NOT NULL,
    stop   INTEGER NOT NULL
) STRICT;
CREATE INDEX sentences_of_story ON sentences (story);
CREATE VIRTUAL TABLE words USING fts5(lemmas, forms, content='', tokenize='unicode61 remove_diacritics 2');
",
    // What people decide about what was read: records of their own, never changed. The columns are for people who look; the
    // payload says it all.
    "
CREATE TABLE decisions (
    number  INTEGER PRIMARY KEY,                               -- order of deciding: of two about the same the later counts
    id      BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    at      TEXT NOT NULL,
    by      TEXT NOT NULL,
    why     TEXT NOT NULL,
    action  TEXT NOT NULL,
    format  INTEGER NOT NULL,
    payload TEXT NOT NULL
) STRICT;

CREATE TRIGGER decisions_are_not_changed BEFORE UPDATE ON decisions
    BEGIN SELECT RAISE(ABORT, 'a decision is never changed'); END;
CREATE TRIGGER decisions_are_not_deleted BEFORE DELETE ON decisions
    BEGIN SELECT RAISE(ABORT, 'a decision is never deleted'); END;
",
];
