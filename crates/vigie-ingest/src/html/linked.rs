//! JSON-LD: the article that a page describes in a script.

use crate::day;
use jiff::civil::Date;
use serde_json::Value;

/// Shorter bodies are teasers.
const SHORTEST_BODY: usize = 200;

/// An article as JSON-LD describes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Linked {
    pub(super) title: Option<String>,
    pub(super) author: Option<String>,
    pub(super) outlet: Option<String>,
    pub(super) published: Option<Date>,
    pub(super) language: Option<String>,
    pub(super) body: Option<String>,
    addresses: Vec<String>,
}

/// The articles of the scripts of a page, in its order. What such an object only lists or mentions is no article of
/// the page.
pub(super) fn articles(scripts: &[String]) -> Vec<Linked> {
    let mut found = Vec::new();
    for script in scripts {
        if let Some(value) = parsed(script) {
            gather(&value, &mut found);
        }
    }
    found.dedup();
    found
}

/// The article that the page is; an error with their number when it could be several with different days.
pub(super) fn the_one<'a>(
    articles: &'a [Linked],
    url: Option<&str>,
    title: Option<&str>,
) -> Result<Option<&'a Linked>, usize> {
    let bare = |address: &str| {
        let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
        rest.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/').to_owned()
    };
    let here = url.map(bare);
    let by_address = || articles.iter().find(|a| a.addresses.iter().any(|at| Some(bare(at)) == here));
    let by_title = || articles.iter().find(|a| a.title.is_some() && a.title.as_deref() == title);
    match articles {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        several => match by_address().or_else(by_title) {
            Some(one) => Ok(Some(one)),
            None if several.iter().all(|a| a.published == several[0].published) => Ok(several.first()),
            None => Err(several.len()),
        },
    }
}

/// Scripts come wrapped in comments, with line ends inside strings or with a stop at the end.
fn parsed(script: &str) -> Option<Value> {
    let bare =
        script.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_start_matches("/*<![CDATA[*/");
    let bare =
        bare.trim_end_matches("-->").trim_end_matches("//]]>").trim_end_matches("/*]]>*/").trim_end_matches("//");
    let bare = bare.trim().trim_end_matches(';');
    serde_json::from_str(bare).ok().or_else(|| {
        let flat: String = bare.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&flat).ok()
    })
}

fn gather(value: &Value, found: &mut Vec<Linked>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| gather(item, found)),
        Value::Object(object) => {
            if is_article(value) {
                found.push(linked(value));
                return;
            }
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner) = object.get(key) {
                    gather(inner, found);
                }
            }
        }
        _ => {}
    }
}

fn is_article(value: &Value) -> bool {
    let is = |kind: &Value| kind.as_str().is_some_and(|k| k.ends_with("Article") || k.ends_with("BlogPosting"));
    match &value["@type"] {
        Value::Array(kinds) => kinds.iter().any(is),
        kind => is(kind),
    }
}

fn linked(value: &Value) -> Linked {
    let text = |key: &str| string(&value[key]);
    let addresses = [&value["url"], &value["@id"], &value["mainEntityOfPage"], &value["mainEntityOfPage"]["@id"]];
    Linked {
        title: text("headline").or_else(|| text("name")),
        author: names(&value["author"]).or_else(|| names(&value["creator"])),
        outlet: names(&value["publisher"]),
        published: text("datePublished").and_then(|stamp| day::of_stamp(&stamp)),
        language: text("inLanguage"),
        body: text("articleBody").map(|body| super::plain(&body)).filter(|body| body.len() >= SHORTEST_BODY),
        addresses: addresses.into_iter().filter_map(string).collect(),
    }
}

fn string(value: &Value) -> Option<String> {
    let text = value.as_str()?.trim();
    (!text.is_empty()).then(|| super::entity::decoded(text))
}

/// The names of persons or bodies, as string, object or list of them.
fn names(value: &Value) -> Option<String> {
    let name = |one: &Value| string(one).or_else(|| string(&one["name"])).or_else(|| string(&one["name"][0]));
    let found: Vec<String> = match value {
        Value::Array(several) => several.iter().filter_map(name).filter(|n| !n.contains("://")).collect(),
        one => name(one).filter(|n| !n.contains("://")).into_iter().collect(),
    };
    (!found.is_empty()).then(|| found.join(", "))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;

    fn found(script: &str) -> Vec<Linked> {
        articles(&[script.to_owned()])
    }

    #[test]
    fn an_article_in_a_graph() {
        let all = found(
            r#"<!-- {"@graph":[{"@type":"WebSite","name":"x"},{"@type":["NewsArticle"],"headline":"Le pont","datePublished":"2025-03-10",
               "author":[{"name":"A"},{"name":"B"}],"publisher":{"name":"Le Journal"},"hasPart":{"@type":"NewsArticle","headline":"Autre"}}]}; -->"#,
        );
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].author.as_deref(), all[0].outlet.as_deref()), (Some("A, B"), Some("Le Journal")));
    }

    #[test]
    fn line_ends_in_strings_are_forgiven_and_rubbish_is_not_read() {
        assert_eq!(found("{\"@type\":\"NewsArticle\",\"headline\":\"Le\npont\"}")[0].title.as_deref(), Some("Le pont"));
        assert!(found("{").is_empty() && found("").is_empty() && found("[[[[").is_empty());
        assert!(found(&"[".repeat(100_000)).is_empty());
    }

    #[test]
    fn of_several_articles_the_one_with_the_address_counts() {
        let item = |n: u8| {
            format!(
                r#"{{"@type":"NewsArticle","url":"https://j.example/{n}","headline":"T{n}","datePublished":"2025-03-0{n}"}}"#
            )
        };
        let all = found(&format!("[{},{}]", item(1), item(2)));
        let title = |one: Result<Option<&Linked>, usize>| one.unwrap().unwrap().title.clone().unwrap();
        assert_eq!(title(the_one(&all, Some("http://j.example/2?x"), None)), "T2");
        assert_eq!(title(the_one(&all, None, Some("T1"))), "T1");
        assert_eq!(the_one(&all, None, None), Err(2));
    }
}
