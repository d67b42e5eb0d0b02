//! Two days side by side: which answers are no longer the same.

use super::lines::ChangeLine;
use super::{Days, Frame, Html, render};
use crate::serve::ask::Ask;
use crate::serve::snapshot::View;
use askama::Template;
use vigie_situation::changes;

#[derive(Template)]
#[template(path = "compare.html")]
struct Page {
    f: Frame,
    one: String,
    other: String,
    said: String,
    map_src: String,
    changes: Vec<ChangeLine>,
}

pub(super) fn page(view: &View<'_>, ask: &Ask) -> Html {
    let messages = ask.messages();
    let f = Frame::new(ask, view, "/compare".to_owned(), messages.word("page-compare"));
    let Some(days) = Days::of(ask, view) else {
        return render(&Page {
            f,
            one: String::new(),
            other: String::new(),
            said: String::new(),
            map_src: String::new(),
            changes: vec![],
        });
    };
    let other = ask.with.unwrap_or(days.from);
    let (first, last) = (other.min(days.valid), other.max(days.valid));
    let told = changes(&view.situation(first, days.known), &view.situation(last, days.known));
    let said = messages.say("changed", &[("from", messages.day(first).into()), ("to", messages.day(last).into())]);
    let page = Page {
        f,
        one: other.to_string(),
        other: days.valid.to_string(),
        said,
        map_src: ask.again("/api/v1/map", &[]),
        changes: told.iter().map(|c| ChangeLine::of(c, ask)).collect(),
    };
    render(&page)
}
