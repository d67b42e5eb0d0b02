//! Claims: the list, and one with its words, its chain of sources and the rules that made it.

use super::filters::Filters;
use super::lines::ClaimLine;
use super::review::{self, DecisionLine};
use super::{Days, Frame, Html, path_of, render};
use crate::export::wire::{claim_id, event_id};
use crate::review::Field;
use crate::serve::ask::Ask;
use crate::serve::filter;
use crate::serve::problem::Problem;
use crate::serve::snapshot::View;
use crate::serve::words;
use askama::Template;
use vigie_claims::Claim;

#[derive(Template)]
#[template(path = "claims.html")]
struct ListPage<'a> {
    f: Frame,
    claims: Vec<ClaimLine<'a>>,
    total: String,
    next: Option<String>,
    exports: String,
    filters: Filters,
}

pub(super) fn list(view: &View<'_>, ask: &Ask) -> Html {
    let messages = ask.messages();
    let filter::Page { things, total, next } = filter::claims(view, ask)?;
    let page = ListPage {
        f: Frame::new(ask, view, "/claims".to_owned(), messages.word("page-claims")),
        claims: things.into_iter().map(|(document, claim)| ClaimLine::of(document, claim, ask)).collect(),
        total: messages.say("page-total-claims", &[("count", (total as i64).into())]),
        next: next.map(|after| ask.again("/claims", &[("after", &after)])),
        // Files know no rejected claims.
        exports: ask.again("/exports", &[("after", ""), ("limit", ""), ("status", "")]),
        filters: Filters::of_claims("/claims", ask),
    };
    render(&page)
}

/// A part of a claim: what it is, the words of the text, what they were taken for.
struct Part {
    name: String,
    class: &'static str,
    words: String,
    meaning: String,
}

#[derive(Template)]
#[template(path = "claim.html")]
struct OnePage<'a> {
    f: Frame,
    id: String,
    line: ClaimLine<'a>,
    event_href: Option<String>,
    document_title: String,
    document_url: Option<String>,
    parts: Vec<Part>,
    told_as: Vec<String>,
    rules: Vec<String>,
    candidates: Vec<String>,
    is_rejected: bool,
    decisions: Vec<DecisionLine>,
    fields: Vec<(&'static str, String)>,
}

pub(super) fn one(view: &View<'_>, ask: &Ask, id: &str) -> Html {
    let messages = ask.messages();
    let found = filter::claim_of(id, "c:").and_then(|id| view.claim(id));
    let (document, claim) =
        found.ok_or_else(|| Problem::missing(messages.say("page-no-claim", &[("id", id.into())])))?;
    let id = claim_id(claim.id);
    let known = view.known(Days::of(ask, view).map_or(jiff::civil::Date::MAX, |d| d.known));
    let event = known.event(claim.id);
    let line = ClaimLine::of(document, claim, ask);
    let candidates = claim.place.iter().flat_map(|p| &p.namesakes).map(|n| {
        format!(
            "{} ({}, {}) {}",
            if n.name.is_empty() { &line.words.place } else { &n.name },
            n.place,
            n.country,
            n.score
        )
    });
    let page = OnePage {
        f: Frame::new(ask, view, path_of("claims", &id), line.words.what.clone()),
        id,
        event_href: event.map(|e| ask.link(&path_of("events", &event_id(e.id)))),
        document_title: words::title(document),
        document_url: document.url.clone().filter(|url| url.starts_with("https://") || url.starts_with("http://")),
        parts: parts(claim, &document.text, ask),
        told_as: [
            format!("page-polarity-{}", claim.factuality.polarity.as_str()),
            format!("page-certainty-{}", claim.factuality.certainty.as_str()),
            format!("page-realis-{}", claim.factuality.realis.as_str()),
        ]
        .map(|key| messages.word(&key))
        .to_vec(),
        rules: claim.because.iter().map(ToString::to_string).collect(),
        candidates: candidates.collect(),
        is_rejected: view.is_rejected(claim.id),
        decisions: review::lines(view, ask, |d| d.action.claims().iter().any(|c| c.claim == claim.id)),
        fields: Field::ALL.iter().map(|f| (f.as_str(), messages.word(&format!("page-field-{}", f.as_str())))).collect(),
        line,
    };
    render(&page)
}

fn parts(claim: &Claim, text: &str, ask: &Ask) -> Vec<Part> {
    let messages = ask.messages();
    let part = |key: &str, class, span: Option<vigie_text::Span>, meaning: String| Part {
        name: messages.word(key),
        class,
        words: span.map_or_else(|| messages.word("page-from-context"), |s| s.of(text).to_owned()),
        meaning,
    };
    let mut parts = vec![part("page-trigger", "m-trigger", Some(claim.trigger), messages.predicate(claim.predicate))];
    for argument in &claim.arguments {
        let f = &argument.filler;
        let class = match argument.role {
            vigie_claims::Role::Actor => "m-actor",
            vigie_claims::Role::Recipient => "m-recipient",
            _ => "m-object",
        };
        let id = f.actor.as_deref().map(|id| format!(" ({id})")).unwrap_or_default();
        let key = format!("page-role-{}", argument.role.as_str());
        parts.push(part(&key, class, Some(f.span), format!("{}{id}", f.name)));
    }
    if let Some(place) = &claim.place {
        let id = place.place.as_deref().map(|id| format!(" ({id})")).unwrap_or_default();
        let precision = messages.word(&format!("page-precision-{}", place.precision.as_str()));
        parts.push(part("page-place", "m-place", place.span, format!("{}{id}, {precision}", place.name)));
    }
    if let Some(period) = &claim.period {
        parts.push(part("page-when", "m-when", period.span, words::period(period, messages)));
    }
    for figure in &claim.figures {
        parts.push(part("page-figure", "m-figure", Some(figure.span), words::figure(figure, messages)));
    }
    for speaker in &claim.said_by {
        let kind = messages.word(&format!("page-speaker-{}", speaker.kind.as_str()));
        let name = speaker.name.clone().unwrap_or_else(|| messages.word("page-somebody"));
        let id = speaker.actor.as_deref().map(|id| format!(" ({id})")).unwrap_or_default();
        parts.push(part("page-source", "m-source", speaker.span, format!("{name}{id}, {kind}")));
        if let Some(cue) = speaker.cue {
            parts.push(part("page-cue", "m-cue", Some(cue), String::new()));
        }
    }
    parts
}
