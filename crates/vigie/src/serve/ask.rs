//! What an address asks: the two days, the language, filters, where a list goes on.

use super::problem::Problem;
use super::tokens::Visitor;
use crate::messages::Messages;
use jiff::civil::Date;
use std::collections::BTreeMap;
use vigie_resources::{Language, Predicate};
use vigie_situation::Layer;

/// The parameters of a request, checked. A parameter that is not known is ignored, one that cannot be read is refused.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    /// As they were given, for links that keep them.
    given: BTreeMap<String, String>,
    pub(super) valid: Option<Date>,
    pub(super) known: Option<Date>,
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
    /// The other day of a comparison.
    pub(super) with: Option<Date>,
    pub(super) layer: Layer,
    pub(super) predicate: Option<Predicate>,
    pub(super) actor: Option<String>,
    pub(super) place: Option<String>,
    pub(super) speaker: Option<String>,
    pub(super) status: Option<String>,
    /// Words to search for.
    pub(super) words: Option<String>,
    /// The last thing of the page before this one.
    pub(super) after: Option<String>,
    pub(super) limit: usize,
    pub(super) language: Language,
    pub(super) visitor: Visitor,
}

/// Things on one page of a list, and the most that may be asked for.
const A_PAGE: usize = 50;
const MOST: usize = 1000;

/// The parameters that say how to look rather than what at; links to other pages keep them.
const KEPT: [&str; 5] = ["valid", "known", "from", "layer", "lang"];

impl Ask {
    /// Reads the query of an address. `accepted` is what the browser says of its languages. Forms send the fields that
    /// nobody filled in: of a page, empty parameters count as left out; a program (`strict`) that sends one means it.
    pub(super) fn read(query: &str, accepted: &str, visitor: Visitor, strict: bool) -> Result<Self, Problem> {
        let mut given = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            if strict || !value.is_empty() {
                given.insert(name.into_owned(), value.into_owned());
            }
        }
        let text = |name: &str| given.get(name).cloned();
        let day = |name: &str| given.get(name).map(|text| read_day(name, text)).transpose();
        let limit = match given.get("limit") {
            None => A_PAGE,
            Some(text) => text.parse().ok().filter(|n| (1..=MOST).contains(n)).ok_or_else(|| {
                Problem::bad("limit", format!("limit is a number from 1 to {MOST}; this is {text:?}"))
            })?,
        };
        let layer = match given.get("layer").map(String::as_str) {
            None | Some("claimed") => Layer::Claimed,
            Some("assessed") => Layer::Assessed,
            Some(other) => {
                return Err(Problem::bad("layer", format!("layer is claimed or assessed; this is {other:?}")));
            }
        };
        let predicate = |id: &String| {
            let found = Predicate::from_id(id);
            found.ok_or_else(|| Problem::bad("predicate", format!("there is no predicate {id:?}; /about lists them")))
        };
        let language = match given.get("lang") {
            None => spoken(accepted),
            Some(code) => speaks(code).ok_or_else(|| Problem::bad("lang", format!("{code:?} is not spoken here")))?,
        };
        Ok(Self {
            valid: day("valid")?,
            known: day("known")?,
            from: day("from")?,
            to: day("to")?,
            with: day("with")?,
            layer,
            predicate: given.get("predicate").map(predicate).transpose()?,
            actor: text("actor"),
            place: text("place"),
            speaker: text("speaker"),
            status: text("status"),
            words: text("q"),
            after: text("after"),
            limit,
            language,
            visitor,
            given,
        })
    }

    /// The same question about everything at once.
    pub(super) fn unlimited(&self) -> Self {
        Self { limit: usize::MAX, ..self.clone() }
    }

    /// Does it name a trait of what it is about, rather than a day to look from?
    pub(super) fn narrows(&self) -> bool {
        let Self { predicate, actor, place, speaker, status, from, to, .. } = self;
        let named = [actor, place, speaker, status].into_iter().any(Option::is_some);
        named || predicate.is_some() || from.is_some() || to.is_some()
    }

    /// A parameter as it was given.
    pub(super) fn given(&self, name: &str) -> &str {
        self.given.get(name).map_or("", String::as_str)
    }

    /// The messages of the language that is spoken.
    pub(super) fn messages(&self) -> &'static Messages {
        Messages::of(self.language).expect("only languages with messages are chosen")
    }

    /// An address that keeps how things are looked at.
    pub(super) fn link(&self, path: &str) -> String {
        self.address(path, &KEPT, &[])
    }

    /// This very question at another address or with other parameters; an empty value takes one away.
    pub(super) fn again(&self, path: &str, changed: &[(&str, &str)]) -> String {
        let all: Vec<&str> = self.given.keys().map(String::as_str).collect();
        self.address(path, &all, changed)
    }

    fn address(&self, path: &str, kept: &[&str], changed: &[(&str, &str)]) -> String {
        let mut all: BTreeMap<&str, &str> = BTreeMap::new();
        for name in kept {
            if let Some(value) = self.given.get(*name) {
                all.insert(name, value);
            }
        }
        all.extend(changed.iter().copied());
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in all.into_iter().filter(|(_, value)| !value.is_empty()) {
            query.append_pair(name, value);
        }
        let query = query.finish();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }
}

fn read_day(name: &str, text: &str) -> Result<Date, Problem> {
    text.parse().map_err(|_| Problem::bad(name, format!("a day is written YYYY-MM-DD; this is {text:?}")))
}

/// The languages in which the page speaks, in their order.
pub(super) fn languages() -> impl Iterator<Item = Language> {
    Messages::languages()
}

fn speaks(code: &str) -> Option<Language> {
    languages().find(|l| l.code() == code)
}

/// The language that a browser likes best of those that are spoken. (RFC 9110, 12.5.4; weights in thousandths.)
pub(super) fn spoken(accepted: &str) -> Language {
    let mut wishes: Vec<(u32, Language)> = Vec::new();
    for wish in accepted.split(',') {
        let (range, weight) = wish.split_once(';').unwrap_or((wish, ""));
        let code = range.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
        let weight = weight.trim().strip_prefix("q=").and_then(|q| q.parse::<f64>().ok()).unwrap_or(1.0);
        if let Some(language) = speaks(&code) {
            wishes.push(((weight.clamp(0.0, 1.0) * 1000.0) as u32, language));
        }
    }
    // Of equally liked ones the first named.
    let best = wishes.iter().rev().filter(|(weight, _)| *weight > 0).max_by_key(|(weight, _)| *weight);
    best.map(|(_, language)| *language).unwrap_or_else(first_language)
}

/// What is spoken to a browser that does not say: the language that the list of languages puts first.
fn first_language() -> Language {
    languages().next().expect("a language is shipped")
}

#[cfg(test)]
mod tests {
    use super::{Ask, spoken};
    use crate::serve::problem::Problem;
    use crate::serve::tokens::{Role, Visitor};
    use jiff::civil::date;

    fn read(query: &str) -> Result<Ask, Problem> {
        Ask::read(query, "", Visitor { name: None, role: Role::Read }, false)
    }

    #[test]
    fn the_language_is_the_one_that_is_liked_best_and_spoken() {
        let code = |accepted: &str| spoken(accepted).code();
        assert_eq!(code("de, en;q=0.5, fr;q=0.9"), "fr");
        assert_eq!(code("en-GB,en;q=0.8,fr;q=0.2"), "en");
        assert_eq!(code("fr;q=0, en;q=0.1"), "en");
        assert_eq!(code("ja"), code(""));
    }

    #[test]
    fn links_keep_how_things_are_looked_at_and_nothing_else() {
        let ask = read("valid=2025-03-10&lang=fr&place=Bosso&after=x&known=").unwrap();
        assert_eq!(ask.valid, Some(date(2025, 3, 10)));
        assert_eq!(ask.known, None);
        assert_eq!(ask.link("/events"), "/events?lang=fr&valid=2025-03-10");
        let again = ask.again("/events", &[("after", ""), ("place", "Diffa & Bosso")]);
        assert_eq!(again, "/events?lang=fr&place=Diffa+%26+Bosso&valid=2025-03-10");
    }

    #[test]
    fn what_cannot_be_read_is_refused_by_name() {
        for query in ["valid=yesterday", "limit=0", "limit=many", "layer=both", "lang=xx", "predicate=dance"] {
            let problem = read(query).unwrap_err();
            assert!(query.starts_with(problem.field.as_deref().unwrap()), "{query}");
        }
    }
}
