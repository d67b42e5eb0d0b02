//! One answer with its proof: what it rests on, what speaks against it, what did not count.

use super::lines::ClaimLine;
use super::{Days, Frame, Html, path_of, render};
use crate::export::wire::holding_id;
use crate::serve::ask::Ask;
use crate::serve::problem::Problem;
use crate::serve::snapshot::View;
use crate::serve::words;
use askama::Template;
use vigie_claims::ClaimId;

struct Against<'a> {
    answer: String,
    claims: Vec<ClaimLine<'a>>,
}

#[derive(Template)]
#[template(path = "holding.html")]
struct Page<'a> {
    f: Frame,
    id: String,
    answer: String,
    status: &'static str,
    status_line: String,
    layer: String,
    other_layer: Option<(String, String)>,
    reviewed: bool,
    rule: &'static str,
    rule_words: String,
    premises: Vec<ClaimLine<'a>>,
    rivals: Vec<Against<'a>>,
    earlier: Vec<Against<'a>>,
    dropped: Vec<Against<'a>>,
    place_href: Option<String>,
}

pub(super) fn page(view: &View<'_>, ask: &Ask, id: &str) -> Html {
    let messages = ask.messages();
    let missing = || Problem::missing(messages.say("page-no-holding", &[("id", id.into())]));
    let days = Days::of(ask, view).ok_or_else(missing)?;
    let situation = view.situation(days.valid, days.known);
    let holding = situation.holdings.iter().find(|h| holding_id(h) == id).ok_or_else(missing)?;
    let lines = |ids: &[ClaimId]| {
        let found = ids.iter().filter_map(|id| view.book.claim(*id));
        found.map(|(document, claim)| ClaimLine::of(document, claim, ask)).collect::<Vec<_>>()
    };
    let twin = situation
        .holdings
        .iter()
        .find(|h| h.fluent == holding.fluent && h.key == holding.key && h.layer != holding.layer);
    let rivals = super::lines::rivals(holding, messages).into_iter().zip(&holding.rivals);
    let place = super::places::places_of(holding).next();
    let page = Page {
        f: Frame::new(
            ask,
            view,
            path_of("holdings", id),
            format!("{} : {}", messages.fluent(holding.fluent), words::question(holding)),
        ),
        id: id.to_owned(),
        answer: messages.answer(Some(holding)),
        status: holding.status.as_str(),
        status_line: messages.status(holding),
        layer: words::layer(holding.layer, messages),
        other_layer: twin.map(|t| (words::layer(t.layer, messages), ask.link(&path_of("holdings", &holding_id(t))))),
        reviewed: !view.book.review_of(&holding.proof.premises).is_empty(),
        rule: holding.proof.rule,
        rule_words: messages.word(&format!("page-rule-{}", holding.proof.rule.to_lowercase())),
        premises: lines(&holding.proof.premises),
        rivals: rivals.map(|(answer, rival)| Against { answer, claims: lines(&rival.claims) }).collect(),
        earlier: holding
            .earlier
            .iter()
            .map(|e| {
                let by: Vec<&str> = e.by.iter().map(|id| view.book.name(id)).collect();
                Against { answer: words::value(&e.value, &by, messages), claims: lines(&e.claims) }
            })
            .collect(),
        dropped: holding
            .proof
            .dropped
            .iter()
            .map(|d| Against { answer: messages.word(&format!("page-dropped-{}", d.why)), claims: lines(&[d.claim]) })
            .collect(),
        place_href: place.map(|id| ask.link(&path_of("places", id))),
    };
    render(&page)
}
