//! The first page: what holds, what happened of late, on the map and in lists.

use super::lines::{ChangeLine, EventLine, Group, groups};
use super::{Days, Frame, Html, render};
use crate::serve::ask::Ask;
use crate::serve::snapshot::View;
use askama::Template;
use vigie_situation::changes;

#[derive(Template)]
#[template(path = "overview.html")]
struct Page<'a> {
    f: Frame,
    map_src: String,
    days_src: String,
    groups: Vec<Group>,
    changes: Vec<ChangeLine>,
    events: Vec<EventLine<'a>>,
    n_events: usize,
    all_href: String,
    compare_href: String,
}

/// Events, changes, and answers to each question that the first page lists.
const EVENTS: usize = 20;
const CHANGES: usize = 60;
const HOLDINGS: usize = 15;

#[derive(Template)]
#[template(path = "situation.html")]
struct Whole {
    f: Frame,
    groups: Vec<Group>,
}

/// All that holds.
pub(super) fn whole(view: &View<'_>, ask: &Ask) -> Html {
    let f = Frame::new(ask, view, "/situation".to_owned(), ask.messages().word("page-holds"));
    let situation = Days::of(ask, view).map(|days| view.situation(days.valid, days.known));
    let holdings = situation.iter().flat_map(|s| &s.holdings).filter(|h| h.layer == ask.layer || h.fluent.is_figure());
    let groups = groups(holdings, usize::MAX, view, ask);
    render(&Whole { f, groups })
}

pub(super) fn page(view: &View<'_>, ask: &Ask) -> Html {
    let messages = ask.messages();
    let f = Frame::new(ask, view, "/".to_owned(), messages.word("page-overview"));
    let Some(days) = Days::of(ask, view) else {
        let (map_src, days_src) = (String::new(), String::new());
        let (all_href, compare_href) = (String::new(), String::new());
        let page = Page {
            f,
            map_src,
            days_src,
            groups: vec![],
            changes: vec![],
            events: vec![],
            n_events: 0,
            all_href,
            compare_href,
        };
        return render(&page);
    };
    let situation = view.situation(days.valid, days.known);
    let before = view.situation(days.from, days.known);
    let known = view.known(days.known);
    let of_late = known.entries.iter().rev().filter(|e| days.from <= e.day && e.day <= days.valid);
    let n_events = of_late.clone().count();
    let shown = situation.holdings.iter().filter(|h| h.layer == ask.layer || h.fluent.is_figure());
    let page = Page {
        map_src: ask.again("/api/v1/map", &[]),
        days_src: ask.again("/api/v1/days", &[]),
        groups: groups(shown, HOLDINGS, view, ask),
        changes: changes(&before, &situation).iter().take(CHANGES).map(|c| ChangeLine::of(c, ask)).collect(),
        compare_href: ask.again("/compare", &[("with", &days.from.to_string())]),
        events: of_late.take(EVENTS).map(|e| EventLine::of(e, view, ask)).collect(),
        n_events,
        all_href: ask.again("/events", &[("to", &days.valid.to_string())]),
        f,
    };
    render(&page)
}
