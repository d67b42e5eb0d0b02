//! HTML pages: what they say about themselves, and the article in them. Nothing builds a tree before the guard has
//! looked: trees of hostile pages cost time without end, and some end the whole program.

mod body;
mod charset;
mod entity;
mod guard;
mod head;
mod lean;
mod linked;
mod plain;
mod scan;

pub use body::article;
pub(crate) use charset::declared_charset;
pub(crate) use head::{Head, host};
pub(crate) use plain::plain;

use crate::document::{Mode, Notice};

/// A page after reading.
pub(crate) struct Page {
    /// What it says about itself.
    pub(crate) head: Head,
    /// The text of its article.
    pub(crate) body: String,
    pub(crate) notes: Vec<Notice>,
}

/// Reads a page; `url` is where it was found, when that is known.
pub(crate) fn page(html: &str, mode: Mode, url: Option<&str>) -> Page {
    let guarded = guard::guarded(html);
    let mut notes = Vec::new();
    if guarded.cut {
        notes.push(Notice::new(
            "page-cut",
            format!("Only the first {} MB of the page were read; give its text instead.", guard::MOST_BYTES >> 20),
        ));
    }
    if guarded.flattened {
        notes.push(Notice::new(
            "page-flattened",
            "The page nests or repeats its tags beyond reason; tags past the limit were left out and their text kept.",
        ));
    }
    let (head, told) = Head::of(&guarded.seen, url);
    notes.extend(told);
    let body = body::text(&guarded.html, mode).or_else(|| head.body.clone());
    let body = body.unwrap_or_else(|| {
        notes.push(Notice::new(
            "no-article",
            "No article stands out on the page, so all its text was read; give the address of the article itself.",
        ));
        plain::page(&guarded.html)
    });
    Page { head, body, notes }
}
