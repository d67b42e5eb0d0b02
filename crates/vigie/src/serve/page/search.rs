//! Stories found by their words, in any inflection.

use super::{Frame, Html, path_of, render};
use crate::archive::{Archive, Hit};
use crate::export::wire::{claim_id, story_id};
use crate::serve::ask::Ask;
use crate::serve::filter;
use crate::serve::marks::{Mark, Piece, pieces};
use crate::serve::problem::Problem;
use crate::serve::snapshot::View;
use crate::serve::words;
use crate::terms::Question;
use askama::Template;
use vigie_text::Span;

struct HitLine<'a> {
    href: String,
    title: String,
    published: String,
    outlet: String,
    pieces: Vec<Piece<'a>>,
    told: Vec<String>,
}

#[derive(Template)]
#[template(path = "search.html")]
struct Page<'a> {
    f: Frame,
    hits: Vec<HitLine<'a>>,
    total: String,
    is_asked: bool,
}

/// The stories that answer a question and pass the filters, best first, and how many there are.
pub(in crate::serve) fn hits(archive: &Archive, view: &View<'_>, ask: &Ask) -> Result<(Vec<Hit>, usize), Problem> {
    let question = Question::new(ask.words.as_deref().unwrap_or_default());
    if question.is_empty() {
        return Ok((Vec::new(), 0));
    }
    let passes = filter::passes(ask);
    let filtered =
        [ask.actor.is_some(), ask.place.is_some(), ask.speaker.is_some(), ask.predicate.is_some(), ask.to.is_some()];
    let wanted = |hit: &Hit| {
        let Some(document) = view.document_of(hit.story) else { return false };
        let is_known = ask.known.is_none_or(|day| document.published.is_none_or(|published| published <= day));
        is_known && (!filtered.contains(&true) || view.claims_of(hit.story).into_iter().any(|c| passes(&(document, c))))
    };
    let mut found: Vec<Hit> = archive.search(&question)?.into_iter().filter(wanted).collect();
    let total = found.len();
    found.truncate(ask.limit);
    Ok((found, total))
}

/// The page of a search.
pub(in crate::serve) fn page(archive: &Archive, view: &View<'_>, ask: &Ask) -> Html {
    let messages = ask.messages();
    let (found, total) = hits(archive, view, ask)?;
    let line = |hit: &Hit| {
        let document = view.document_of(hit.story)?;
        let sentence = Span::new(hit.sentence.0, hit.sentence.1);
        let claims: Vec<_> = view.claims_of(hit.story).into_iter().filter(|c| c.sentence == sentence).collect();
        let mark = |c: &&vigie_claims::Claim| Mark {
            span: c.trigger,
            class: "m-trigger",
            anchor: Some(ask.link(&path_of("claims", &claim_id(c.id)))),
        };
        let marks: Vec<Mark> = claims.iter().map(mark).collect();
        Some(HitLine {
            href: ask.link(&path_of("stories", &story_id(hit.story))),
            title: words::title(document),
            published: document.published.map(|d| messages.day(d)).unwrap_or_default(),
            outlet: document.outlet.clone().unwrap_or_default(),
            pieces: pieces(&document.text, sentence, &marks),
            told: claims.iter().map(|c| messages.predicate(c.predicate)).collect(),
        })
    };
    let page = Page {
        f: Frame::new(ask, view, "/search".to_owned(), messages.word("page-search")),
        hits: found.iter().filter_map(line).collect(),
        total: messages.say("page-total-stories", &[("count", (total as i64).into())]),
        is_asked: ask.words.is_some(),
    };
    render(&page)
}
