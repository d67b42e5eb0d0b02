//! One day: what happened on it, what changed on it, what was published on it.

use super::lines::{ChangeLine, EventLine};
use super::{Days, Frame, Html, render};
use crate::serve::ask::Ask;
use crate::serve::problem::Problem;
use crate::serve::snapshot::View;
use crate::serve::words;
use askama::Template;
use jiff::civil::Date;
use vigie_situation::changes;

#[derive(Template)]
#[template(path = "day.html")]
struct Page<'a> {
    f: Frame,
    before: Option<(String, String)>,
    after: Option<(String, String)>,
    changes: Vec<ChangeLine>,
    events: Vec<EventLine<'a>>,
    published: Vec<(String, String)>,
}

pub(super) fn page(view: &View<'_>, ask: &Ask, id: &str) -> Html {
    let messages = ask.messages();
    let day: Date = id.parse().map_err(|_| Problem::missing(messages.say("page-no-day", &[("day", id.into())])))?;
    let known = Days::of(ask, view).map_or(day, |d| d.known);
    let yesterday = day.yesterday().unwrap_or(day);
    let changed = changes(&view.situation(yesterday, known), &view.situation(day, known));
    let told = view.known(known);
    let begin = told.entries.partition_point(|e| e.day < day);
    let beside = |day: Date| (messages.day(day), ask.link(&format!("/days/{day}")));
    let published = view.documents.iter().filter(|d| d.published == Some(day)).filter_map(|d| {
        let story = d.stories.first()?;
        let title = words::title(d);
        let outlet = d.outlet.as_deref().map(|o| format!("{o} — ")).unwrap_or_default();
        let path = super::path_of("stories", &crate::export::wire::story_id(story.id));
        Some((format!("{outlet}{title}"), ask.link(&path)))
    });
    let page = Page {
        f: Frame::new(ask, view, format!("/days/{day}"), messages.day(day)),
        before: day.yesterday().ok().map(beside),
        after: day.tomorrow().ok().map(beside),
        changes: changed.iter().map(|c| ChangeLine::of(c, ask)).collect(),
        events: told.entries[begin..]
            .iter()
            .take_while(|e| e.day == day)
            .map(|e| EventLine::of(e, view, ask))
            .collect(),
        published: published.collect(),
    };
    render(&page)
}
