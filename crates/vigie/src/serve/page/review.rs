//! What people decided: the list, with what is followed and what is not, and the forms that concern no single claim.

use super::{Frame, Html, path_of, render};
use crate::export::wire::claim_id;
use crate::messages::Messages;
use crate::review::{Action, Decision};
use crate::serve::ask::Ask;
use crate::serve::snapshot::View;
use crate::serve::tokens::Role;
use askama::Template;

/// One decision in a list.
pub(super) struct DecisionLine {
    pub(super) id: String,
    pub(super) what: String,
    /// The claims that it is about: name and address.
    pub(super) about: Vec<(String, String)>,
    pub(super) by: String,
    pub(super) at: String,
    pub(super) why: String,
    /// As a class of the style: `followed`, or why it is not.
    pub(super) state: &'static str,
    pub(super) state_word: String,
    pub(super) may_undo: bool,
}

#[derive(Template)]
#[template(path = "review.html")]
struct Page {
    f: Frame,
    decisions: Vec<DecisionLine>,
    rejected_href: String,
}

pub(super) fn page(view: &View<'_>, ask: &Ask) -> Html {
    let page = Page {
        f: Frame::new(ask, view, "/review".to_owned(), ask.messages().word("page-review")),
        decisions: lines(view, ask, |_| true),
        rejected_href: ask.again("/claims", &[("status", "rejected")]),
    };
    render(&page)
}

/// Decisions of which something is true, newest first.
pub(super) fn lines(view: &View<'_>, ask: &Ask, wanted: impl Fn(&Decision) -> bool) -> Vec<DecisionLine> {
    let messages = ask.messages();
    let unfollowed = &view.kept.reviewed.unfollowed;
    let line = |decision: &Decision| {
        let why = unfollowed.iter().find(|u| u.decision == decision.id()).map(|u| u.why);
        let mine = ask.visitor.role == Role::Admin || ask.visitor.name.as_deref() == Some(&decision.by);
        let about = decision.action.claims().into_iter().map(|claim| {
            let href = ask.link(&path_of("claims", &claim_id(claim.claim)));
            (format!("{} « {} »", claim.predicate, claim.words), href)
        });
        DecisionLine {
            id: decision.id().word(),
            what: what(&decision.action, messages),
            about: about.collect(),
            by: decision.by.clone(),
            at: decision.at.strftime("%Y-%m-%d %H:%M UTC").to_string(),
            why: decision.why.clone(),
            state: why.map_or("followed", |w| w.as_str()),
            state_word: why.map(|w| messages.word(&format!("page-state-{}", w.as_str()))).unwrap_or_default(),
            may_undo: ask.visitor.role >= Role::Review && mine && why.is_none_or(|w| w.as_str() != "undone"),
        }
    };
    view.kept.decisions.iter().rev().filter(|d| wanted(d)).map(line).collect()
}

fn what(action: &Action, messages: &Messages) -> String {
    let word = messages.word(&format!("page-action-{}", action.word()));
    match action {
        Action::Accept(_) | Action::Reject(_) | Action::Merge(_) | Action::Split(..) => word,
        Action::Correct(_, field, value) => {
            format!("{word} : {} = {value}", messages.word(&format!("page-field-{}", field.as_str())))
        }
        Action::Side { actor, side } => format!("{word} : {actor} = {}", side.as_deref().unwrap_or("–")),
        Action::Place { name, point: (lat, lon), .. } => {
            format!("{word} : {name}, {:.4} {:.4}", f64::from(*lat) / 1e6, f64::from(*lon) / 1e6)
        }
        Action::Undo(id) => format!("{word} {}", id.word()),
    }
}
