//! The article of a page. Two crates find it: one asks two methods and keeps the better answer, the other is one of
//! those methods alone. Both only ever see a page that the guard has passed.

use super::guard;
use super::lean::lean;
use super::plain::plain;
use crate::document::Mode;
use std::panic::{AssertUnwindSafe, catch_unwind};
use trafilatura::{ExtractionFocus, Options};

/// The text of the article of a page, one paragraph a block; `None` when no article stands out.
#[must_use]
pub fn article(html: &str, mode: Mode) -> Option<String> {
    text(&guard::guarded(html).html, mode)
}

/// As [`article`], for a page that was guarded.
pub(super) fn text(html: &str, mode: Mode) -> Option<String> {
    // A fault in another's crate is one page's loss, not that of the night's reading.
    let found = catch_unwind(AssertUnwindSafe(|| match mode {
        Mode::Thorough => thorough(html),
        Mode::Fast => fast(html),
    }));
    // Both give the article as HTML and as one long line; only the former still has its paragraphs.
    found.ok().flatten().map(|html| plain(&html)).filter(|text| !text.is_empty())
}

fn thorough(html: &str) -> Option<String> {
    let mut options = Options::default();
    options.enable_fallback = true;
    options.focus = ExtractionFocus::FavorPrecision;
    options.html_date_mode = trafilatura::HtmlDateMode::Disabled;
    trafilatura::extract(html, &options).ok().map(|found| found.content_html)
}

fn fast(html: &str) -> Option<String> {
    libreadability::extract(&lean(html), None).ok().map(|found| found.content)
}
