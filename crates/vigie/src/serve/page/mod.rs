//! Pages: what a person reads in the browser, with scripts or without. Each has a JSON twin at the same address with
//! `.json` at its end.

mod about;
mod claims;
mod compare;
mod day;
mod events;
mod exports;
mod filters;
mod graph;
mod holding;
mod lines;
mod overview;
mod places;
mod review;
mod search;
mod story;

use super::ask::{Ask, languages};
use super::problem::Problem;
use super::snapshot::View;
use super::tokens::Role;
use crate::edition::Edition;
use crate::messages::Messages;
use askama::Template;
use axum::http::StatusCode;
use jiff::civil::Date;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use vigie_resources::Language;

/// What every page has around its own content.
pub(super) struct Frame {
    ask: Ask,
    messages: &'static Messages,
    title: String,
    path: String,
    /// The days that are shown, whether they were asked for or not.
    valid: Option<Date>,
    known: Option<Date>,
    from: Option<Date>,
    n_documents: usize,
    has_twin: bool,
}

impl Frame {
    fn new(ask: &Ask, view: &View<'_>, path: String, title: String) -> Self {
        let days = Days::of(ask, view);
        Self {
            messages: ask.messages(),
            title,
            path,
            valid: days.map(|d| d.valid),
            known: days.map(|d| d.known),
            from: days.map(|d| d.from),
            n_documents: view.documents.len(),
            has_twin: true,
            ask: ask.clone(),
        }
    }

    /// A message.
    fn t(&self, key: &str) -> String {
        self.messages.word(key)
    }

    /// An address that keeps how things are looked at.
    fn to(&self, path: &str) -> String {
        self.ask.link(path)
    }

    /// This page in another shape: the address with some parameters changed.
    fn with(&self, name: &str, value: &str) -> String {
        self.ask.again(&self.path, &[(name, value)])
    }

    /// The same as JSON.
    fn twin(&self) -> String {
        let path = if self.path == "/" { "/index.json".to_owned() } else { format!("{}.json", self.path) };
        self.ask.again(&path, &[])
    }

    fn lang(&self) -> &'static str {
        self.ask.language.code()
    }

    /// The other languages: code, address of this page in it.
    fn others(&self) -> Vec<(&'static str, String)> {
        let other = |l: &Language| *l != self.ask.language;
        languages().filter(other).map(|l| (l.code(), self.with("lang", l.code()))).collect()
    }

    fn is_here(&self, path: &str) -> bool {
        self.path == path || (path != "/" && self.path.starts_with(path))
    }

    fn day(&self, day: &Option<Date>) -> String {
        day.map(|d| d.to_string()).unwrap_or_default()
    }

    fn said_day(&self, day: &Option<Date>) -> String {
        day.map(|d| self.messages.day(d)).unwrap_or_default()
    }

    /// The strings that scripts show.
    fn strings(&self) -> String {
        // Within a script element nothing may look like its end.
        super::strings::of(self.ask.language).replace('<', "\\u003c")
    }

    /// May the visitor decide something?
    fn may_decide(&self) -> bool {
        self.ask.visitor.role >= Role::Review
    }

    /// Does he say himself who he is?
    fn names_himself(&self) -> bool {
        self.ask.visitor.name.is_none()
    }

    /// This very page.
    fn here(&self) -> String {
        self.ask.again(&self.path, &[])
    }

    /// How many more there are than are shown.
    fn more(&self, count: usize) -> String {
        self.messages.say("page-more", &[("count", (count as i64).into())])
    }

    fn edition(&self) -> &'static Edition {
        Edition::this()
    }

    fn sum(&self) -> String {
        self.messages.say("page-sum", &[("count", (self.n_documents as i64).into())])
    }
}

/// The days that a page is about: those that were asked for, else the last of the archive.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    pub(super) valid: Date,
    pub(super) known: Date,
    /// First day of what is shown as having happened of late.
    pub(super) from: Date,
}

/// Days that are shown before the valid one where none is asked for.
const BEFORE: i64 = 30;

impl Days {
    /// `None` where the archive has no day and none was asked for.
    pub(super) fn of(ask: &Ask, view: &View<'_>) -> Option<Self> {
        let last = view.last_day();
        let valid = ask.valid.or(last)?;
        let known = ask.known.or(last).unwrap_or(valid);
        let from = ask.from.unwrap_or_else(|| valid.saturating_sub(jiff::Span::new().days(BEFORE)));
        Some(Self { valid, known, from: from.min(valid) })
    }
}

/// What may stand in a segment of an address as it is.
const SEGMENT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b':').remove(b'.').remove(b'-').remove(b'_').remove(b'~').remove(b'@');

/// The address of a thing of a sort.
pub(super) fn path_of(sort: &str, id: &str) -> String {
    format!("/{sort}/{}", utf8_percent_encode(id, SEGMENT))
}

/// A page: its title and HTML.
pub(super) type Html = Result<String, Problem>;

fn render(template: &impl Template) -> Html {
    template
        .render()
        .map_err(|e| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, format!("the page could not be made: {e}")))
}

/// Makes the page at a path.
pub(super) fn at(path: &str, view: &View<'_>, ask: &Ask) -> Html {
    let decode = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
    let (sort, id) = path.trim_start_matches('/').split_once('/').unwrap_or((path.trim_start_matches('/'), ""));
    let id = decode(id);
    match (sort, id.as_str()) {
        ("", "") => overview::page(view, ask),
        ("situation", "") => overview::whole(view, ask),
        ("events", "") => events::list(view, ask),
        ("events", id) => events::one(view, ask, id),
        ("claims", "") => claims::list(view, ask),
        ("claims", id) => claims::one(view, ask, id),
        ("places", "") => places::list(view, ask),
        ("places", id) => places::one(view, ask, id),
        ("days", id) if !id.is_empty() => day::page(view, ask, id),
        ("stories", id) if !id.is_empty() => story::page(view, ask, id),
        ("holdings", id) if !id.is_empty() => holding::page(view, ask, id),
        ("review", "") => review::page(view, ask),
        ("compare", "") => compare::page(view, ask),
        ("exports", "") => exports::page(view, ask),
        ("about", "") => about::page(view, ask),
        _ => Err(Problem::missing(format!("there is no page {path}"))),
    }
}

pub(super) use search::{hits, page as found};

/// A problem as a page.
#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    messages: &'static Messages,
    lang: &'static str,
    code: u16,
    title: String,
    detail: &'a str,
    again: bool,
}

/// What went wrong, for a person. `again`: it is worth asking again in a moment.
pub(super) fn problem(problem: &Problem, language: Language, again: bool) -> String {
    let messages = Messages::of(language).expect("only languages with messages are chosen");
    let page = ProblemPage {
        messages,
        lang: language.code(),
        code: problem.status.as_u16(),
        title: messages.word(&format!("page-problem-{}", problem.status.as_u16())),
        detail: &problem.detail,
        again,
    };
    page.render().unwrap_or_else(|_| problem.detail.clone())
}
