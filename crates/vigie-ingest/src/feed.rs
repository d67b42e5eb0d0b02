//! RSS, Atom and JSON Feed: each item is a document.

use crate::charset::decoded;
use crate::day;
use crate::document::{Basis, Card, Day, Fault, Found, Notice, Raw, Sink, TextFrom, Writing};
use crate::html;
use feed_rs::model::{Entry, Feed};
use std::ops::ControlFlow::{self, Continue};
use vigie_text::document_id;

pub(crate) fn read(bytes: &[u8], path: &str, sink: Sink) -> ControlFlow<()> {
    let feed = match parsed(bytes) {
        Ok(feed) => feed,
        Err(why) => {
            let remedy = "fetch it again and look whether a browser shows it as a feed";
            return sink(Found::Fault(Fault::new(format!("{path}: the feed is damaged ({why})"), remedy)));
        }
    };
    if feed.entries.is_empty() {
        let what = format!("{path} is a feed without items");
        return sink(Found::Fault(Fault::harmless(what, "look whether its address is still the right one")));
    }
    let text = |text: &feed_rs::model::Text| html::plain(&text.content).replace("\n\n", " ");
    let outlet = feed.title.as_ref().map(text).filter(|t| !t.is_empty());
    for (number, entry) in feed.entries.iter().enumerate() {
        let whole = entry.content.as_ref().and_then(|c| c.body.clone());
        let body = whole.or_else(|| entry.summary.as_ref().map(|s| s.content.clone())).unwrap_or_default();
        let card = Card {
            title: entry.title.as_ref().map(text),
            author: authors(entry),
            outlet: outlet.clone(),
            url: link(entry),
            published: entry.published.map(|at| at.date_naive()).and_then(civil),
            language: entry.language.clone().or_else(|| feed.language.clone()),
        };
        // An item has no bytes of its own; what it says is what it is.
        let stamp = card.published.map(|d| d.date.to_string()).unwrap_or_default();
        let said = [card.url.as_deref(), card.title.as_deref(), Some(&stamp), Some(&body)];
        let said: Vec<&str> = said.into_iter().map(Option::unwrap_or_default).collect();
        let id = document_id(said.join("\u{1f}").as_bytes());
        let at = format!("{path}#{}", number + 1);
        let mut raw = Raw::new(at, body.into_bytes(), Writing::Fragment, TextFrom::Feed, card);
        raw.id = id;
        if entry.content.is_none() {
            raw.notes.push(Notice::new(
                "teaser",
                "The feed gives only a summary of this item; fetch the page of its address to read all of it.",
            ));
        }
        sink(Found::Document(Box::new(raw)))?;
    }
    Continue(())
}

/// The feed; its text is UTF-8 by then, whatever its first line still says.
fn parsed(bytes: &[u8]) -> Result<Feed, String> {
    let text = decoded(bytes, html::declared_charset(bytes).as_deref()).map_err(|e| e.reason)?.text;
    let text = text.trim_start();
    let text = match text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")) {
        Some((_, rest)) => rest,
        None => text,
    };
    // The day is that of the writer's clock: in Greenwich it may have been another.
    let parser = feed_rs::parser::Builder::new()
        .timestamp_parser(|stamp| {
            let day = day::of_stamp(stamp)?;
            let naive = chrono::NaiveDate::from_ymd_opt(i32::from(day.year()), day.month() as u32, day.day() as u32)?;
            Some(naive.and_hms_opt(12, 0, 0)?.and_utc())
        })
        .id_generator(|_, _, _| String::new())
        .build();
    parser.parse(text.as_bytes()).map_err(|error| error.to_string())
}

fn civil(naive: chrono::NaiveDate) -> Option<Day> {
    Some(Day { date: naive.to_string().parse().ok()?, basis: Basis::Feed })
}

fn authors(entry: &Entry) -> Option<String> {
    let names: Vec<&str> = entry.authors.iter().map(|p| p.name.trim()).filter(|n| !n.is_empty()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

fn link(entry: &Entry) -> Option<String> {
    let of = |rel: Option<&str>| entry.links.iter().find(|l| l.rel.as_deref() == rel).map(|l| l.href.clone());
    of(Some("alternate")).or_else(|| of(None)).or_else(|| entry.links.first().map(|l| l.href.clone()))
}
