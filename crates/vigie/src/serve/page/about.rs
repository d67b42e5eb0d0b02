//! What this is: version, models, sources and licences, the event types.

use super::{Frame, Html, render};
use crate::serve::ask::Ask;
use crate::serve::snapshot::View;
use askama::Template;
use std::collections::BTreeMap;
use vigie_resources::{Language, Predicate};

#[derive(Template)]
#[template(path = "about.html")]
struct Page {
    f: Frame,
    outlets: Vec<(String, usize)>,
    n_claims: String,
    languages: Vec<&'static str>,
    predicates: Vec<(String, &'static str, String)>,
}

pub(super) fn page(view: &View<'_>, ask: &Ask) -> Html {
    let messages = ask.messages();
    let mut outlets: BTreeMap<String, usize> = BTreeMap::new();
    for document in view.documents {
        let outlet = document.outlet.clone().unwrap_or_else(|| messages.word("page-no-outlet"));
        *outlets.entry(outlet).or_default() += 1;
    }
    let mut outlets: Vec<(String, usize)> = outlets.into_iter().collect();
    outlets.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    let mut predicates: Vec<_> = Predicate::all()
        .map(|p| (messages.predicate(p), p.id(), ask.again("/events", &[("predicate", p.id())])))
        .collect();
    predicates.sort();
    let page = Page {
        f: Frame::new(ask, view, "/about".to_owned(), messages.word("page-about")),
        outlets,
        n_claims: messages.say("page-total-claims", &[("count", (view.claims.len() as i64).into())]),
        languages: Language::all().filter(|l| l.has_rules()).map(Language::code).collect(),
        predicates,
    };
    render(&page)
}
