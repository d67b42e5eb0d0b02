//! Places: those of which something is known, and one with its situation, how that came about and what happened there.

use super::lines::{ChangeLine, EventLine, Group, groups};
use super::{Days, Frame, Html, path_of, render};
use crate::background::Registries;
use crate::serve::ask::Ask;
use crate::serve::problem::Problem;
use crate::serve::snapshot::View;
use askama::Template;
use jiff::civil::Date;
use std::collections::BTreeMap;
use vigie_events::Background;
use vigie_situation::{Change, Holding, changes};

#[derive(Template)]
#[template(path = "places.html")]
struct ListPage {
    f: Frame,
    places: Vec<PlaceLine>,
}

struct PlaceLine {
    href: String,
    name: String,
    n_events: usize,
    /// What is known of it, in words.
    told: Vec<String>,
}

pub(super) fn list(view: &View<'_>, ask: &Ask) -> Html {
    let messages = ask.messages();
    let f = Frame::new(ask, view, "/places".to_owned(), messages.word("page-places"));
    let Some(days) = Days::of(ask, view) else { return render(&ListPage { f, places: vec![] }) };
    let mut counts: BTreeMap<String, (usize, Vec<String>)> = BTreeMap::new();
    let known = view.known(days.known);
    for entry in known.entries.iter().filter(|e| e.day <= days.valid) {
        if let Some(place) = &entry.place {
            counts.entry(place.to_string()).or_default().0 += 1;
        }
    }
    let situation = view.situation(days.valid, days.known);
    let local = situation.holdings.iter().filter(|h| h.layer == ask.layer && super::super::words::is_local(h.fluent));
    for holding in local {
        for place in places_of(holding) {
            let told = format!("{} : {}", messages.fluent(holding.fluent), messages.answer(Some(holding)));
            counts.entry(place.to_owned()).or_default().1.push(told);
        }
    }
    let mut places: Vec<PlaceLine> = counts
        .into_iter()
        .map(|(id, (n_events, told))| PlaceLine {
            href: ask.link(&path_of("places", &id)),
            name: view.book.name(&id).to_owned(),
            n_events,
            told,
        })
        .collect();
    places.sort_by(|a, b| (b.told.len().min(1), b.n_events, &a.name).cmp(&(a.told.len().min(1), a.n_events, &b.name)));
    places.truncate(PLACES);
    render(&ListPage { f, places })
}

/// Places that the list shows, those of which most is known.
const PLACES: usize = 500;

/// The places that a holding is about.
pub(super) fn places_of(holding: &Holding) -> impl Iterator<Item = &str> {
    let parts = if super::super::words::is_local(holding.fluent) { holding.key.as_slice() } else { &[] };
    parts.iter().map(|k| k.id.strip_prefix("route:").unwrap_or(&k.id))
}

#[derive(Template)]
#[template(path = "place.html")]
struct OnePage<'a> {
    f: Frame,
    id: String,
    spot: Option<String>,
    within: Vec<(String, String)>,
    groups: Vec<Group>,
    history: Vec<(String, Vec<ChangeLine>)>,
    events: Vec<EventLine<'a>>,
    all_href: String,
    map_src: String,
}

/// Events, and days on which something changed, that the page of a place lists.
const EVENTS: usize = 30;
const DAYS: usize = 40;

pub(super) fn one(view: &View<'_>, ask: &Ask, id: &str) -> Html {
    let messages = ask.messages();
    let days = Days::of(ask, view);
    let is_known = view.spot(id).is_some() || view.book.name(id) != id;
    let (Some(days), true) = (days, is_known) else {
        return Err(Problem::missing(messages.say("page-no-place", &[("id", id.into())])));
    };
    let name = vigie_resources::place(id).map(|p| p.name).filter(|n| !n.is_empty());
    let name = if view.book.name(id) == id { name.unwrap_or(id) } else { view.book.name(id) }.to_owned();
    let situation = view.situation(days.valid, days.known);
    let known = view.known(days.known);
    let here = |place: &str| Registries.place_chain(place).iter().any(|up| up == id);
    let events: Vec<_> = known.entries.iter().filter(|e| e.place.as_deref().is_some_and(here)).collect();
    let mut turns: Vec<Date> = events.iter().map(|e| e.day).filter(|day| *day <= days.valid).collect();
    turns.dedup();
    let recent: Vec<Date> = turns.iter().rev().take(DAYS).rev().copied().collect();
    let chain = Registries.place_chain(id);
    let page = OnePage {
        id: id.to_owned(),
        spot: view.spot(id).map(|s| format!("{:.4} {:.4}", f64::from(s.point.0) / 1e6, f64::from(s.point.1) / 1e6)),
        within: chain
            .iter()
            .skip(1)
            .map(|up| (view.book.name(up), up))
            .filter(|(name, up)| *name != up.as_str())
            .map(|(name, up)| (name.to_owned(), ask.link(&path_of("places", up))))
            .collect(),
        groups: groups(situation.about(id).into_iter(), usize::MAX, view, ask),
        history: history(&recent, days, view, ask, id),
        events: events
            .iter()
            .rev()
            .filter(|e| e.day <= days.valid)
            .take(EVENTS)
            .map(|e| EventLine::of(e, view, ask))
            .collect(),
        all_href: ask.again("/events", &[("place", id)]),
        map_src: ask.again("/api/v1/map", &[("place", id)]),
        f: Frame::new(ask, view, path_of("places", id), name),
    };
    render(&page)
}

/// What changed on each of some days, newest first.
fn history(turns: &[Date], days: Days, view: &View<'_>, ask: &Ask, id: &str) -> Vec<(String, Vec<ChangeLine>)> {
    let mut told = Vec::new();
    for day in turns {
        let before = view.situation(day.yesterday().unwrap_or(*day), days.known);
        let after = view.situation(*day, days.known);
        let mine = |c: &Change| c.key.iter().any(|k| k.id.strip_prefix("route:").unwrap_or(&k.id) == id);
        let changed: Vec<ChangeLine> =
            changes(&before, &after).iter().filter(|c| mine(c)).map(|c| ChangeLine::of(c, ask)).collect();
        if !changed.is_empty() {
            told.push((ask.messages().day(*day), changed));
        }
    }
    told.reverse();
    told
}
