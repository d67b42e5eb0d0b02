//! `feeds.toml`: what is watched, how often, and within which limits.

use crate::failure::Failure;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;
use url::Url;

/// More often than this nobody may be asked.
const OFTEN: Duration = Duration::from_secs(60);

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// How those who are asked can reach the one who asks: an address of mail or of a page.
    contact: Contact,
    #[serde(default)]
    limits: Limits,
    #[serde(default, rename = "feed")]
    feeds: Vec<FeedEntry>,
    #[serde(default, rename = "page")]
    pages: Vec<PageEntry>,
}

/// What is asked of others and taken from them, at most.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Bytes of one answer as they are sent.
    pub most_bytes: u64,
    /// Bytes of one answer after unpacking.
    pub most_unpacked: u64,
    /// Bytes after unpacking for one byte that was sent.
    pub most_ratio: u64,
    /// The time that one answer may take, all in all.
    pub time: Span,
    /// The time between two requests to one host.
    pub delay: Span,
    /// Linked pages that are fetched each time a feed is polled; the others follow the next time.
    pub most_articles: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            most_bytes: 4 << 20,
            most_unpacked: 16 << 20,
            most_ratio: 100,
            time: Span(Duration::from_secs(30)),
            delay: Span(Duration::from_secs(2)),
            most_articles: 40,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FeedEntry {
    url: Address,
    outlet: Option<String>,
    #[serde(default)]
    every: Every,
    #[serde(default)]
    follow: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PageEntry {
    url: Address,
    outlet: Option<String>,
    #[serde(default)]
    every: Every,
}

/// One thing that is watched.
#[derive(Debug, Clone)]
pub struct Target {
    /// Where it is.
    pub url: Url,
    /// Who publishes it; what it says of itself when this is not given.
    pub outlet: Option<String>,
    /// How often it is looked at.
    pub every: Duration,
    /// What it is.
    pub kind: Kind,
}

/// What sort of thing is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// RSS, Atom or JSON Feed.
    Feed {
        /// Read the pages that the items lead to; else what the feed itself gives of them.
        follow: bool,
    },
    /// A page, kept anew whenever it has changed.
    Page,
}

/// An address that may be asked.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
struct Address(Url);

impl TryFrom<String> for Address {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        address(&text).map(Self)
    }
}

/// The address that a text gives, without its fragment.
///
/// # Errors
/// When it is none, is not of the web, or carries a password.
pub fn address(text: &str) -> Result<Url, String> {
    let mut url = Url::parse(text.trim()).map_err(|e| format!("{text} is no address ({e})"))?;
    usable(&url)?;
    url.set_fragment(None);
    Ok(url)
}

/// May this address be asked, as far as its letters tell?
pub(super) fn usable(url: &Url) -> Result<(), String> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("{url} does not begin with https:// or http://"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(format!("the address on {} holds a user name or a password", url.host_str().unwrap_or_default()));
    }
    url.host_str().is_some_and(|h| !h.is_empty()).then_some(()).ok_or_else(|| format!("{url} names no host"))
}

#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
struct Contact(String);

impl TryFrom<String> for Contact {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let text = text.trim();
        let plain = text.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '(' | ')' | '\\'));
        let reachable = text.contains('@') || text.starts_with("https://") || text.starts_with("http://");
        if plain && reachable {
            Ok(Self(text.to_owned()))
        } else {
            Err("the contact is an address of mail or of a page, for instance \"watch@example.org\"".to_owned())
        }
    }
}

/// A stretch of time: "30s", "15m", "2h", "1d".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Span(pub Duration);

impl TryFrom<String> for Span {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let unit = match &text[number.len()..] {
            "s" => 1,
            "m" => 60,
            "h" => 3_600,
            "d" => 86_400,
            _ => return Err(not_a_span(&text)),
        };
        let count: u32 = number.parse().map_err(|_| not_a_span(&text))?;
        Ok(Self(Duration::from_secs(u64::from(count) * unit)))
    }
}

fn not_a_span(text: &str) -> String {
    format!("\"{text}\" is no stretch of time; write for instance \"30s\", \"15m\", \"2h\" or \"1d\"")
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "Span")]
struct Every(Duration);

impl Default for Every {
    fn default() -> Self {
        Self(Duration::from_secs(15 * 60))
    }
}

impl TryFrom<Span> for Every {
    type Error = String;

    fn try_from(Span(every): Span) -> Result<Self, String> {
        (every >= OFTEN).then_some(Self(every)).ok_or_else(|| "nobody may be asked more than once a minute".to_owned())
    }
}

impl Config {
    /// Reads the file.
    ///
    /// # Errors
    /// When it cannot be read, holds something that is not known (the message names the line), or watches nothing.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let name = path.display();
        let text = std::fs::read_to_string(path).map_err(|e| {
            let what = format!("{name} cannot be read: {e}");
            Failure::new(what, "give the name of a list of feeds; examples/feeds.toml is one to begin with")
        })?;
        let config: Self = toml::from_str(&text).map_err(|e| {
            let line = e.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            Failure::new(
                format!("{name}:{line}: {}", e.message().trim().replace('\n', " ")),
                "examples/feeds.toml has every key that there is",
            )
        })?;
        config.check().map_err(|what| Failure::new(format!("{name}: {what}"), "examples/feeds.toml shows how"))?;
        Ok(config)
    }

    fn check(&self) -> Result<(), String> {
        let targets = self.targets();
        if targets.is_empty() {
            return Err("nothing is watched; add a [[feed]] or a [[page]]".to_owned());
        }
        let mut seen = BTreeSet::new();
        match targets.iter().find(|t| !seen.insert(t.url.as_str())) {
            Some(twice) => Err(format!("{} stands twice", twice.url)),
            None => Ok(()),
        }
    }

    /// All that is watched, in the order of the file, feeds first.
    #[must_use]
    pub fn targets(&self) -> Vec<Target> {
        let feeds = self.feeds.iter().map(|f| (&f.url, &f.outlet, f.every, Kind::Feed { follow: f.follow }));
        let pages = self.pages.iter().map(|p| (&p.url, &p.outlet, p.every, Kind::Page));
        let target = |(url, outlet, every, kind): (&Address, &Option<String>, Every, Kind)| Target {
            url: url.0.clone(),
            outlet: outlet.clone(),
            every: every.0,
            kind,
        };
        feeds.chain(pages).map(target).collect()
    }

    /// The limits.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// What servers are told of who asks.
    #[must_use]
    pub fn user_agent(&self) -> String {
        format!("vigie/{} ({})", env!("CARGO_PKG_VERSION"), self.contact.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Config, String> {
        let path = std::env::temp_dir().join(format!("vigie-feeds-{}-{:p}.toml", std::process::id(), text));
        std::fs::write(&path, text).unwrap();
        let read = Config::read(&path).map_err(|f| f.to_string());
        let _ = std::fs::remove_file(&path);
        read
    }

    #[test]
    fn what_the_file_says_is_taken() {
        let text = "contact = \"watch@example.org\"\n[limits]\ntime = \"5s\"\n[[feed]]\nurl = \"https://a.example/rss#top\"\n\
                    every = \"2h\"\nfollow = true\noutlet = \"A\"\n[[page]]\nurl = \"http://b.example/live\"\n";
        let config = read(text).unwrap();
        let targets = config.targets();
        assert_eq!(targets[0].url.as_str(), "https://a.example/rss");
        assert_eq!((targets[0].every.as_secs(), targets[0].kind), (7_200, Kind::Feed { follow: true }));
        assert_eq!((targets[1].every.as_secs(), targets[1].kind), (900, Kind::Page));
        assert_eq!(config.limits().time.0.as_secs(), 5);
        assert_eq!(config.limits().most_articles, Limits::default().most_articles);
        assert!(config.user_agent().contains("(watch@example.org)"));
    }

    #[test]
    fn the_line_of_a_fault_is_named() {
        let head = "contact = \"watch@example.org\"\n[[feed]]\nurl = \"https://a.example/rss\"\n";
        for (more, word) in [
            ("folow = true\n", "folow"),
            ("every = \"10s\"\n", "once a minute"),
            ("every = \"often\"\n", "stretch of time"),
            ("every = \"1w\"\n", "stretch of time"),
        ] {
            let failure = read(&format!("{head}{more}")).unwrap_err();
            assert!(failure.contains(".toml:4: ") && failure.contains(word), "{failure}");
        }
        for (url, word) in [
            ("ftp://a.example/x", "https://"),
            ("file:///etc/passwd", "https://"),
            ("https://me:pw@a.example/x", "password"),
            ("a.example/x", "no address"),
        ] {
            let failure = read(&format!("contact = \"a@b.example\"\n[[feed]]\nurl = \"{url}\"\n")).unwrap_err();
            assert!(failure.contains(".toml:3: ") && failure.contains(word), "{failure}");
        }
        assert!(read(&format!("{head}[[page]]\nurl = \"https://a.example/rss\"\n")).unwrap_err().contains("twice"));
        assert!(read("contact = \"a@b.example\"\n").unwrap_err().contains("nothing is watched"));
        assert!(read("[[feed]]\nurl = \"https://a.example/rss\"\n").unwrap_err().contains("contact"));
        assert!(read("contact = \"me\\r\\nx: y@z\"\n").unwrap_err().contains("contact"));
    }
}
