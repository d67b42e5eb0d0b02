//! A story as it was read: its paragraphs with every claim marked, and what of the page was put aside.

use super::lines::ClaimLine;
use super::{Frame, Html, path_of, render};
use crate::export::wire::{claim_id, story_id};
use crate::record::why_word;
use crate::serve::ask::Ask;
use crate::serve::marks::{Mark, Piece, pieces};
use crate::serve::problem::Problem;
use crate::serve::snapshot::View;
use crate::serve::words;
use askama::Template;
use vigie_text::StoryId;

#[derive(Template)]
#[template(path = "story.html")]
struct Page<'a> {
    f: Frame,
    outlet: String,
    published: String,
    basis: String,
    url: Option<String>,
    language: &'static str,
    /// Each with its anchors: the ids of the claims that it holds.
    paragraphs: Vec<(Vec<String>, Vec<Piece<'a>>)>,
    claims: Vec<ClaimLine<'a>>,
    siblings: Vec<(String, String)>,
    leftovers: Vec<(String, &'a str)>,
}

pub(super) fn page(view: &View<'_>, ask: &Ask, id: &str) -> Html {
    let messages = ask.messages();
    let missing = || Problem::missing(messages.say("page-no-story", &[("id", id.into())]));
    let wanted = super::super::filter::claim_of(id, "s:").map(|id| StoryId(id.0)).ok_or_else(missing)?;
    let document = view.document_of(wanted).ok_or_else(missing)?;
    let story = document.stories.iter().find(|s| s.id == wanted).ok_or_else(missing)?;
    let claims = view.claims_of(wanted);
    let mut marks: Vec<Mark> = Vec::new();
    for claim in &claims {
        let href = ask.link(&path_of("claims", &claim_id(claim.id)));
        marks.push(Mark { span: claim.trigger, class: "m-trigger", anchor: Some(href) });
        marks.extend(claim.said_by.iter().filter_map(|s| s.span).map(|span| Mark {
            span,
            class: "m-source",
            anchor: None,
        }));
    }
    let parts = story.paragraphs.iter().map(|part| {
        let inside = claims.iter().filter(|c| part.start() <= c.trigger.start() && c.trigger.end() <= part.end());
        (inside.map(|c| claim_id(c.id)).collect(), pieces(&document.text, *part, &marks))
    });
    let headline = story.headline.map(|span| span.of(&document.text).to_owned());
    let title = headline.unwrap_or_else(|| words::title(document));
    let others = document.stories.iter().filter(|s| s.id != wanted);
    let page = Page {
        f: Frame::new(ask, view, path_of("stories", &story_id(wanted)), title),
        outlet: words::outlet(document),
        published: document.published.map(|d| messages.day(d)).unwrap_or_default(),
        basis: messages.word(&format!("page-basis-{}", document.basis.as_str())),
        url: document.url.clone().filter(|url| url.starts_with("https://") || url.starts_with("http://")),
        language: story.language.code(),
        paragraphs: parts.collect(),
        claims: claims.iter().map(|claim| ClaimLine::of(document, claim, ask)).collect(),
        siblings: others
            .map(|s| {
                let first = s.headline.or_else(|| s.paragraphs.first().copied());
                let name: String = first.map(|p| p.of(&document.text).chars().take(90).collect()).unwrap_or_default();
                (name, ask.link(&path_of("stories", &story_id(s.id))))
            })
            .collect(),
        leftovers: document
            .leftovers
            .iter()
            .map(|l| (messages.word(&format!("page-why-{}", why_word(l.why))), l.span.of(&document.text)))
            .collect(),
    };
    render(&page)
}
