//! The files that can be taken away.

use super::filters::Filters;
use super::{Frame, Html, render};
use crate::export::file::File;
use crate::serve::ask::Ask;
use crate::serve::exports;
use crate::serve::snapshot::View;
use askama::Template;

#[derive(Template)]
#[template(path = "exports.html")]
struct Page {
    f: Frame,
    filters: Filters,
    total: String,
    /// Name, address, what is in it.
    files: Vec<(String, String, String)>,
}

pub(super) fn page(view: &View<'_>, ask: &Ask) -> Html {
    let messages = ask.messages();
    let file = |file: File| {
        let name = file.name();
        let what = messages.word(&format!("page-file-{}", name.replace('.', "-")));
        let href = ask.again(&exports::path(file), &[]);
        (name, href, what)
    };
    let n_events = exports::n_events(view, ask)?;
    let page = Page {
        f: Frame::new(ask, view, "/exports".to_owned(), messages.word("page-exports")),
        filters: Filters::of_files("/exports", ask),
        total: messages.say("page-total-events", &[("count", (n_events as i64).into())]),
        files: File::all().map(file).collect(),
    };
    render(&page)
}
