//! What a page says about itself: JSON-LD first, then metadata, then marked times, then its address. A date that only
//! might be the day of publication is not taken: a wrong day moves every "Sunday" of the text.

use super::guard::Seen;
use super::linked::{self, Linked};
use crate::day;
use crate::document::{Basis, Card, Day, Notice};
use jiff::civil::Date;

/// Metadata that name the day of publication.
const DATES: [&str; 20] = [
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "article_date_original",
    "article.published",
    "publication_date",
    "publish-date",
    "publishdate",
    "pubdate",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "citation_publication_date",
    "dcterms.created",
    "date",
];
const TITLES: [&str; 4] = ["og:title", "twitter:title", "dc.title", "headline"];
const AUTHORS: [&str; 6] = ["author", "article:author", "parsely-author", "dc.creator", "sailthru.author", "byl"];
const OUTLETS: [&str; 4] = ["og:site_name", "application-name", "dc.publisher", "article:publisher"];

/// What a page says about itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct Head {
    card: Card,
    /// The article as JSON-LD has it.
    pub(crate) body: Option<String>,
}

impl Head {
    /// Puts together what the pass over the page saw.
    pub(super) fn of(seen: &Seen, found_at: Option<&str>) -> (Self, Vec<Notice>) {
        let meta = |keys: &[&str]| {
            keys.iter().find_map(|key| seen.metas.iter().find(|(name, _)| name == key)).map(|(_, value)| value.clone())
        };
        let not_address = |text: &String| !text.contains("://");
        let heading = seen.heading.clone();
        let title = meta(&TITLES).or(heading).or(seen.title.clone());
        let url = address(seen.canonical.clone(), found_at)
            .or_else(|| address(meta(&["og:url"]), found_at))
            .or_else(|| found_at.map(str::to_owned));
        let mut notes = Vec::new();
        let articles = linked::articles(&seen.linked);
        let linked = match linked::the_one(&articles, url.as_deref(), title.as_deref()) {
            Ok(linked) => linked.cloned().unwrap_or_default(),
            Err(count) => {
                notes.push(Notice::new(
                    "several-articles",
                    format!("The page describes {count} articles and does not say which it is; give the day with --published."),
                ));
                Linked::default()
            }
        };
        let by_meta = || {
            DATES.iter().find_map(|key| seen.metas.iter().find(|(n, _)| n == key).and_then(|(_, v)| day::of_stamp(v)))
        };
        let stated = linked.published.or_else(by_meta).or_else(|| marked(&seen.times));
        let published = match stated {
            Some(date) => Some(Day { date, basis: Basis::Page }),
            None => url.as_deref().and_then(day::of_address).map(|date| Day { date, basis: Basis::Address }),
        };
        let card = Card {
            title: linked.title.or(title).map(|t| one_line(&t)).filter(|t| !t.is_empty()),
            author: linked.author.or_else(|| meta(&AUTHORS).filter(not_address)).map(|a| one_line(&a)),
            outlet: linked.outlet.or_else(|| meta(&OUTLETS).filter(not_address)).map(|o| one_line(&o)),
            url,
            published,
            language: seen.language.clone().or(linked.language),
        };
        (Self { card, body: linked.body }, notes)
    }

    /// The card of the page; what it does not say is taken from its carrier.
    pub(crate) fn card(self, carrier: Card) -> Card {
        self.card.or(carrier)
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A full address. The front page as "the" address of a page found elsewhere is a slip of its editor.
fn address(stated: Option<String>, found_at: Option<&str>) -> Option<String> {
    let stated = stated?.trim().to_owned();
    let rest = stated.strip_prefix("https://").or_else(|| stated.strip_prefix("http://"))?;
    let front = |rest: &str| rest.trim_end_matches('/').find('/').is_none();
    let found = found_at.and_then(|url| url.split_once("://")).is_some_and(|(_, rest)| !front(rest));
    (!(front(rest) && found)).then_some(stated)
}

/// The day of the marked times; else that of all times, when they agree.
fn marked(times: &[(String, bool)]) -> Option<Date> {
    let days = |only: bool| {
        let mut days: Vec<Option<Date>> =
            times.iter().filter(|(_, mark)| *mark || !only).map(|(stamp, _)| day::of_stamp(stamp)).collect();
        days.dedup();
        days
    };
    let one = |days: Vec<Option<Date>>| if let [Some(day)] = days[..] { Some(day) } else { None };
    if times.iter().any(|(_, mark)| *mark) { one(days(true)) } else { one(days(false)) }
}

/// The host of an address, without `www.`.
pub(crate) fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    host.contains('.').then_some(host)
}

#[cfg(test)]
mod tests {
    use super::super::guard::guarded;
    use super::*;
    use jiff::civil::date;

    fn card(html: &str, url: Option<&str>) -> Card {
        Head::of(&guarded(html).seen, url).0.card
    }

    #[test]
    fn the_sources_of_a_date_in_their_order() {
        let day = |html: &str, url: Option<&str>| card(html, url).published.map(|d| (d.date, d.basis));
        let linked = r#"<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2025-03-10T23:50:00+03:00"}</script>"#;
        let meta = r#"<meta property="article:published_time" content="2025-03-11">"#;
        let time = r#"<time datetime="2025-03-12">"#;
        let url = Some("https://lejournal.example/2025/03/13/titre");
        let page = Some((date(2025, 3, 10), Basis::Page));
        assert_eq!(day(&format!("{meta}{time}{linked}"), url), page);
        assert_eq!(day(&format!("{time}{meta}"), url), Some((date(2025, 3, 11), Basis::Page)));
        assert_eq!(day(time, url), Some((date(2025, 3, 12), Basis::Page)));
        assert_eq!(day("", url), Some((date(2025, 3, 13), Basis::Address)));
        assert_eq!(day("", None), None);
    }

    #[test]
    fn a_date_that_only_might_be_it_is_not_taken() {
        let day = |html: &str| card(html, None).published;
        assert_eq!(day("<time datetime=2025-03-12></time><time datetime=2025-01-02></time>"), None);
        assert_eq!(day("<meta name=last-modified content=2025-03-12><p>le 12 mars 2025</p>"), None);
        assert_eq!(
            day(r#"<script type="application/ld+json">{"@type":"NewsArticle","dateModified":"2025-03-10"}</script>"#),
            None
        );
        assert_eq!(day(r#"<meta property="article:published_time" content="12/03/2025">"#), None);
    }

    #[test]
    fn names_and_addresses() {
        let html = r#"<html lang="fr-FR"><link rel=canonical href="https://lejournal.example/a/1"><meta property="og:site_name" content="Le Journal"><meta name=author content="Nour  Haddad"><h1>Le pont <i>coup&eacute;</i></h1><title>Le pont - Le Journal</title>"#;
        let found = card(html, Some("https://lejournal.example/a/1?utm=x"));
        assert_eq!(found.title.as_deref(), Some("Le pont coupé"));
        assert_eq!(found.author.as_deref(), Some("Nour Haddad"));
        assert_eq!(found.outlet.as_deref(), Some("Le Journal"));
        assert_eq!(found.url.as_deref(), Some("https://lejournal.example/a/1"));
        assert_eq!(found.language.as_deref(), Some("fr-FR"));
        let front =
            card("<link rel=canonical href='https://lejournal.example/'>", Some("https://lejournal.example/a/2"));
        assert_eq!(front.url.as_deref(), Some("https://lejournal.example/a/2"));
        assert_eq!(host("https://me:pw@www.lejournal.example:8080/a"), Some("lejournal.example"));
        assert_eq!(host("mailto:x"), None);
    }
}
