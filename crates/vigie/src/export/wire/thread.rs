//! Wire shape of a thread.

use super::{document_id, story_id};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Thread<'a> {
    id: String,
    headline: &'a str,
    first: Option<String>,
    last: Option<String>,
    outlets: Vec<&'a str>,
    languages: Vec<&'a str>,
    origins: Vec<Origin<'a>>,
    stories: Vec<Story<'a>>,
}

#[derive(Serialize)]
struct Origin<'a> {
    id: &'a str,
    name: Option<&'a str>,
    kind: &'static str,
    side: Option<&'a str>,
}

#[derive(Serialize)]
struct Story<'a> {
    id: String,
    document: String,
    published: Option<String>,
    outlet: Option<&'a str>,
    language: &'static str,
}

impl<'a> Thread<'a> {
    pub(super) fn of(thread: &'a crate::threads::Thread) -> Self {
        let day = |day: jiff::civil::Date| day.to_string();
        Self {
            id: story_id(thread.of.id),
            headline: thread.headline(),
            first: thread.of.days.map(|d| day(d.0)),
            last: thread.of.days.map(|d| day(d.1)),
            outlets: thread.outlets(),
            languages: thread.languages(),
            origins: thread
                .of
                .origins
                .iter()
                .map(|o| Origin { id: &o.id, name: o.name.as_deref(), kind: o.kind.as_str(), side: o.side.as_deref() })
                .collect(),
            stories: thread
                .stories
                .iter()
                .map(|(document, story)| Story {
                    id: story_id(story.id),
                    document: document_id(document.id),
                    published: document.published.map(day),
                    outlet: document.outlet.as_deref(),
                    language: story.language.code(),
                })
                .collect(),
        }
    }
}
