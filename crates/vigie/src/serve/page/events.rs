//! Events: the list, and one with its versions, its voices and the words of each.

use super::filters::Filters;
use super::graph;
use super::lines::{ClaimLine, EventLine};
use super::{Days, Frame, Html, path_of, render};
use crate::export::wire::{claim_id, event_id};
use crate::origins::graph_with;
use crate::serve::ask::Ask;
use crate::serve::filter::{self, Page as Paged};
use crate::serve::problem::Problem;
use crate::serve::snapshot::View;
use askama::Template;
use vigie_events::{Event, Versions};

#[derive(Template)]
#[template(path = "events.html")]
struct ListPage<'a> {
    f: Frame,
    events: Vec<EventLine<'a>>,
    total: String,
    next: Option<String>,
    exports: String,
    filters: Filters,
}

pub(super) fn list(view: &View<'_>, ask: &Ask) -> Html {
    let messages = ask.messages();
    let f = Frame::new(ask, view, "/events".to_owned(), messages.word("page-events"));
    let days = Days::of(ask, view);
    let known = days.map(|d| view.known(d.known));
    let Paged { things, total, next } = match &known {
        Some(known) => filter::events(known, view, ask)?,
        None => Paged::default(),
    };
    let page = ListPage {
        events: things.into_iter().map(|e| EventLine::of(e, view, ask)).collect(),
        total: messages.say("page-total-events", &[("count", (total as i64).into())]),
        next: next.map(|after| ask.again("/events", &[("after", &after)])),
        exports: ask.again("/exports", &[("after", ""), ("limit", "")]),
        filters: Filters::of_events("/events", ask),
        f,
    };
    render(&page)
}

/// One field of an event: every value that was reported, best supported first.
struct Field {
    name: String,
    versions: Vec<VersionLine>,
}

struct VersionLine {
    value: String,
    n_claims: usize,
    origins: Vec<String>,
}

/// What one origin says.
struct Voice<'a> {
    name: String,
    kind: String,
    side: Option<String>,
    claims: Vec<ClaimLine<'a>>,
}

#[derive(Template)]
#[template(path = "event.html")]
struct OnePage<'a> {
    f: Frame,
    id: String,
    grade: &'static str,
    grade_word: String,
    line: Option<EventLine<'a>>,
    fields: Vec<Field>,
    voices: Vec<Voice<'a>>,
    n_claims: String,
    n_origins: String,
    spot: Option<String>,
    graph: Option<String>,
    all_claims: Vec<(String, String)>,
}

pub(super) fn one(view: &View<'_>, ask: &Ask, id: &str) -> Html {
    let messages = ask.messages();
    let known = view.known(Days::of(ask, view).map_or(jiff::civil::Date::MAX, |d| d.known));
    let event = filter::claim_of(id, "e:").and_then(|id| known.event(id));
    let event = event.ok_or_else(|| Problem::missing(messages.say("page-no-event", &[("id", id.into())])))?;
    let id = event_id(event.id);
    let line = known.entry(event.id).map(|e| EventLine::of(e, view, ask));
    let what = messages.predicate(event.predicate);
    let title = match line.as_ref().map(|l| l.place.as_str()).filter(|p| !p.is_empty()) {
        Some(place) => messages.say("entry", &[("what", what.into()), ("where", place.into())]),
        None => what,
    };
    let voices = event.origins.iter().map(|origin| Voice {
        name: origin.origin.name.clone().unwrap_or_else(|| messages.word("own-voice")),
        kind: origin
            .origin
            .name
            .as_ref()
            .map_or(String::new(), |_| messages.word(&format!("page-origin-{}", origin.origin.kind.as_str()))),
        side: origin.origin.side.as_ref().map(|s| view.book.name(s).to_owned()),
        claims: origin
            .claims
            .iter()
            .filter_map(|id| view.book.claim(*id))
            .map(|(document, claim)| ClaimLine::of(document, claim, ask))
            .collect(),
    });
    let voices = voices.collect();
    let ways = graph_with(view.documents, &view.copies, event);
    let drawing = (!ways.edges.is_empty()).then(|| graph::html(&ways, messages));
    let page = OnePage {
        f: Frame::new(ask, view, path_of("events", &id), title),
        id,
        grade: event.grade.as_str(),
        grade_word: messages.grade(event.grade),
        fields: fields(event, view, ask),
        voices,
        n_claims: messages.say("page-total-claims", &[("count", (event.claims.len() as i64).into())]),
        n_origins: messages.say("page-total-origins", &[("count", (event.origins.len() as i64).into())]),
        spot: event
            .place
            .best()
            .and_then(|p| view.spot(p))
            .map(|s| format!("{:.4} {:.4}", f64::from(s.point.0) / 1e6, f64::from(s.point.1) / 1e6)),
        graph: drawing,
        all_claims: event
            .claims
            .iter()
            .filter_map(|id| view.book.claim(*id))
            .map(|(document, claim)| {
                let said_by = crate::serve::words::said_by(claim, document, messages);
                let words: String = claim.sentence.of(&document.text).chars().take(110).collect();
                (claim_id(claim.id), format!("{said_by} : {words}"))
            })
            .collect(),
        line,
    };
    render(&page)
}

fn fields(event: &Event, view: &View<'_>, ask: &Ask) -> Vec<Field> {
    let messages = ask.messages();
    let names =
        |ids: &Vec<vigie_claims::ActorId>| ids.iter().map(|id| view.book.name(id)).collect::<Vec<_>>().join(" + ");
    let origin = |id: &vigie_events::OriginId| {
        let found = event.origins.iter().find(|o| o.origin.id == *id);
        found.and_then(|o| o.origin.name.clone()).unwrap_or_else(|| messages.word("own-voice"))
    };
    fn lines<T>(
        versions: &Versions<T>,
        origin: impl Fn(&vigie_events::OriginId) -> String,
        told: impl Fn(&T) -> String,
    ) -> Vec<VersionLine> {
        let line = |v: &vigie_events::Version<T>| {
            let mut origins: Vec<String> = v.origins.iter().map(&origin).collect();
            origins.dedup();
            VersionLine { value: told(&v.value), n_claims: v.claims.len(), origins }
        };
        versions.all().iter().map(line).collect()
    }
    let mut fields = vec![
        Field { name: messages.word("page-actor"), versions: lines(&event.actors, origin, names) },
        Field { name: messages.word("page-recipient"), versions: lines(&event.recipients, origin, names) },
        Field {
            name: messages.word("page-place"),
            versions: lines(&event.place, origin, |id| view.book.name(id).to_owned()),
        },
        Field { name: messages.word("page-when"), versions: lines(&event.period, origin, |p| messages.days(p.0, p.1)) },
    ];
    for (unit, versions) in &event.figures {
        let versions = lines(versions, origin, |f| messages.count(f.0, f.1, unit));
        fields.push(Field { name: messages.word("page-figure"), versions });
    }
    fields.push(Field {
        name: messages.word("page-happened"),
        versions: lines(&event.happened, origin, |p| messages.word(&format!("page-polarity-{}", p.as_str()))),
    });
    fields.retain(|f| !f.versions.is_empty());
    fields
}
