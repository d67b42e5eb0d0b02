//! Whatever carries news to documents with their text: pages, feeds, mails, tables, archives. Bytes are pulled from a
//! reader that the caller gives; there is no file, clock or network here.

mod charset;
mod day;
mod document;
mod feed;
mod html;
mod http;
mod kind;
mod lines;
mod mail;
mod meter;
mod mojibake;
mod open;
mod table;
mod warc;

pub use document::{Basis, Card, Day, Document, Fault, Found, Mode, Notice, Raw, Sink, TextFrom};
pub use html::article;
pub use open::{MOST_DOCUMENT, open, open_fetched};
