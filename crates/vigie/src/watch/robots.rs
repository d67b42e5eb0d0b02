//! What a host lets programs fetch: `robots.txt` as RFC 9309 reads it.

use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The name that rules call this program by.
const NAME: &str = "vigie";
/// So much of the file is read; the RFC asks for no more.
const MOST_BYTES: usize = 500 << 10;
/// A host that asks for more patience than this between two requests means something else.
const MOST_DELAY: Duration = Duration::from_secs(120);

/// The rules of one host that are meant for this program.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Robots {
    rules: Vec<Rule>,
    /// Seconds between two requests, where the host asks for it.
    delay: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Rule {
    allow: bool,
    path: String,
}

impl Robots {
    /// The rules of the groups that name this program; else of those for all.
    pub(super) fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(MOST_BYTES)]);
        let (mut own, mut common) = (None, None);
        let (mut to_own, mut to_common, mut in_rules) = (false, false, true);
        for line in text.trim_start_matches('\u{feff}').split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if in_rules {
                    (to_own, to_common, in_rules) = (false, false, false);
                }
                // A name ends where letters, dashes and underscores end: "vigie/1.0" names "vigie".
                let name = value.split(|c: char| !(c.is_ascii_alphabetic() || c == '-' || c == '_')).next();
                to_own |= name.is_some_and(|n| n.eq_ignore_ascii_case(NAME));
                to_common |= value == "*";
                if to_own {
                    own.get_or_insert_with(Self::default);
                }
                continue;
            }
            let groups = [(to_own, &mut own), (to_common, &mut common)];
            for robots in groups.into_iter().filter(|(meant, _)| *meant).map(|(_, group)| group) {
                let robots = robots.get_or_insert_with(Self::default);
                match key.as_str() {
                    "allow" | "disallow" if value.starts_with(['/', '*']) => {
                        robots.rules.push(Rule { allow: key == "allow", path: even(value) });
                    }
                    "crawl-delay" => robots.delay = value.parse::<f64>().ok().map(|s| s.ceil() as u64),
                    _ => {}
                }
            }
            in_rules |= matches!(key.as_str(), "allow" | "disallow" | "crawl-delay");
        }
        own.or(common).unwrap_or_default()
    }

    /// May this path, with its query, be fetched? The longest rule that fits decides; of equally long ones the kinder.
    pub(super) fn allow(&self, path: &str) -> bool {
        let path = even(path);
        let fitting = self.rules.iter().filter(|r| fits(r.path.as_bytes(), path.as_bytes()));
        fitting.max_by_key(|r| (r.path.len(), r.allow)).is_none_or(|r| r.allow)
    }

    /// The time between two requests that the host asks for.
    pub(super) fn delay(&self) -> Duration {
        Duration::from_secs(self.delay.unwrap_or(0)).min(MOST_DELAY)
    }
}

/// One writing for paths: letters outside ASCII as octets, octets of plain letters as those letters, hexadecimal digits
/// in capitals.
fn even(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut out = String::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let octet = (bytes[at] == b'%').then(|| bytes.get(at + 1..at + 3)).flatten();
        let octet = octet.and_then(|h| u8::from_str_radix(std::str::from_utf8(h).ok()?, 16).ok());
        match octet {
            Some(byte) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => out.push(char::from(byte)),
            Some(byte) => out.push_str(&format!("%{byte:02X}")),
            None if bytes[at].is_ascii_graphic() => out.push(char::from(bytes[at])),
            None => out.push_str(&format!("%{:02X}", bytes[at])),
        }
        at += if octet.is_some() { 3 } else { 1 };
    }
    out
}

/// `*` stands for anything, `$` at the end for the end. Goes back to the last `*` only, so that no rule can take long.
fn fits(rule: &[u8], path: &[u8]) -> bool {
    let (rule, to_the_end) = rule.strip_suffix(b"$").map_or((rule, false), |r| (r, true));
    let (mut r, mut p) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    loop {
        if r == rule.len() && (!to_the_end || p == path.len()) {
            return true;
        }
        if rule.get(r) == Some(&b'*') {
            star = Some((r + 1, p));
            r += 1;
        } else if r < rule.len() && p < path.len() && rule[r] == path[p] {
            r += 1;
            p += 1;
        } else {
            match star {
                Some((after, from)) if from < path.len() => {
                    star = Some((after, from + 1));
                    (r, p) = (after, from + 1);
                }
                _ => return false,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Robots, fits};
    use std::time::Duration;

    #[test]
    fn the_group_of_this_program_stands_before_that_of_all() {
        let file = b"User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-Agent: Vigie/2.0\nDisallow: /private # no\nAllow: /private/open\n\
                     Crawl-delay: 2.5\nUser-agent: third\nDisallow: /news\n";
        let robots = Robots::read(file);
        assert!(robots.allow("/news/1") && robots.allow("/private/open/1"));
        assert!(!robots.allow("/private/1"));
        assert_eq!(robots.delay(), Duration::from_secs(3));
    }

    #[test]
    fn groups_of_one_name_are_one() {
        let robots = Robots::read(
            b"user-agent: vigie\ndisallow: /a\nuser-agent: x\ndisallow: /c\nuser-agent: vigie\ndisallow: /b",
        );
        assert!(!robots.allow("/a") && !robots.allow("/b") && robots.allow("/c"));
        // A group without rules lets everything through, and is still the one that counts.
        assert!(Robots::read(b"User-agent: *\nDisallow: /\nUser-agent: vigie\nDisallow:\n").allow("/x"));
        // A name that only begins alike is another.
        assert!(Robots::read(b"User-agent: vigies\nDisallow: /\n").allow("/x"));
    }

    #[test]
    fn the_longest_rule_decides() {
        let robots = Robots::read(
            b"User-agent: *\r\nAllow: /p\r\nDisallow: /\r\nDisallow: /page$\r\nAllow: /page\r\nDisallow: /*.pdf$\r\n",
        );
        assert!(robots.allow("/page/1") && robots.allow("/p"));
        assert!(!robots.allow("/other") && !robots.allow("/page") && !robots.allow("/p/report.pdf"));
        assert!(robots.allow("/p/report.pdf?x=1"));
        assert!(Robots::read(b"User-agent: *\nAllow: /x\nDisallow: /x\n").allow("/x"), "of equals the kinder");
        assert!(Robots::read(b"").allow("/"));
        assert!(Robots::read(b"<html>Disallow: /</html>").allow("/any"), "a page of errors holds no rules");
    }

    #[test]
    fn one_letter_written_in_two_ways() {
        let robots = Robots::read("User-agent: *\nDisallow: /caf\u{e9}\nDisallow: /%7ejoe/\n".as_bytes());
        assert!(!robots.allow("/caf%c3%a9/1") && !robots.allow("/~joe/x"));
        assert!(robots.allow("/cafe"));
    }

    #[test]
    fn stars_and_ends() {
        let yes =
            [("/a*c", "/abbbc"), ("/a*c$", "/abcbc"), ("*", "/"), ("/*/x", "/a/b/x1"), ("/a**b", "/ab"), ("/$", "/")];
        let no = [("/a*c$", "/abcb"), ("/a$", "/ab"), ("/*/x", "/x"), ("/b", "/a/b")];
        for (rule, path) in yes {
            assert!(fits(rule.as_bytes(), path.as_bytes()), "{rule} {path}");
        }
        for (rule, path) in no {
            assert!(!fits(rule.as_bytes(), path.as_bytes()), "{rule} {path}");
        }
        let (rule, path) = ("/*a".repeat(400), "/a".repeat(4_000));
        assert!(!fits(format!("{rule}b$").as_bytes(), path.as_bytes()), "and in no time");
    }
}
