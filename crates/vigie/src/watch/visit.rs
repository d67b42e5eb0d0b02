//! A visit as a host wishes it: its rules are asked for first, it is asked one thing at a time with pauses, a redirect is
//! another visit, and who wants to be left alone is left alone.

use super::clock;
use super::config::{Limits, usable};
use super::fetch::{Client, Marks, Reply};
use super::robots::Robots;
use super::state::Host;
use super::waits;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use url::Url;

/// Steps from an address to where it leads.
const MOST_STEPS: usize = 5;
/// Rules of a host are asked for again after a day.
const RULES_HOLD: i64 = 86_400;
/// How long to leave a host alone that is overloaded and does not say for how long.
const RESPITE: Duration = Duration::from_secs(15 * 60);

/// Goes where it may.
#[derive(Debug)]
pub(super) struct Visitor {
    client: Client,
    limits: Limits,
    hosts: Mutex<BTreeMap<String, Host>>,
    /// When a host may be asked the next thing, by name.
    free: Mutex<BTreeMap<String, Instant>>,
}

/// What a visit gave.
#[derive(Debug)]
pub(super) enum Answer {
    /// Something to read.
    Body(Box<Body>),
    /// It is as it was.
    Unchanged,
    /// Nothing is to be had for now; a sentence that says why, without its end.
    Later(String),
    /// The host does not want it fetched.
    Denied(String),
    /// It cannot be used; a sentence that says why, without its end.
    Unusable(String),
}

/// What was fetched.
#[derive(Debug)]
pub(super) struct Body {
    /// Where it was in the end.
    pub(super) url: Url,
    pub(super) bytes: Vec<u8>,
    pub(super) content_type: Option<String>,
    pub(super) marks: Marks,
}

impl Visitor {
    pub(super) fn new(client: Client, limits: Limits, hosts: BTreeMap<String, Host>) -> Self {
        Self { client, limits, hosts: Mutex::new(hosts), free: Mutex::default() }
    }

    /// What is known of the hosts by now.
    pub(super) fn hosts(&self) -> BTreeMap<String, Host> {
        open(&self.hosts).clone()
    }

    /// Asks for an address.
    pub(super) fn visit(&self, url: &Url, marks: &Marks) -> Answer {
        self.steps(url, marks).unwrap_or_else(|answer| answer)
    }

    fn steps(&self, url: &Url, marks: &Marks) -> Result<Answer, Answer> {
        let mut url = url.clone();
        let mut left = self.limits.time.0;
        for _ in 0..=MOST_STEPS {
            self.may(&url)?;
            let (reply, took) = self.ask(&url, marks, left, self.limits.most_bytes)?;
            left = left.saturating_sub(took);
            match reply.status {
                200 => {
                    let Reply { body: bytes, content_type, marks, .. } = reply;
                    return Ok(Answer::Body(Box::new(Body { url, bytes, content_type, marks })));
                }
                304 => return Ok(Answer::Unchanged),
                301 | 302 | 303 | 307 | 308 => url = onwards(&url, &reply).map_err(Answer::Unusable)?,
                429 | 503 => return Err(self.asked_to_wait(&url, &reply)),
                status => return Err(Answer::Unusable(format!("{url} answers with status {status}"))),
            }
        }
        Err(Answer::Unusable(format!("it is redirected more than {MOST_STEPS} times, last to {url}")))
    }

    /// Is the host to be asked now, and for this?
    fn may(&self, url: &Url) -> Result<(), Answer> {
        let origin = origin(url);
        let host = open(&self.hosts).get(&origin).cloned().unwrap_or_default();
        if host.not_before > clock::now() {
            return Err(Answer::Later(format!("{origin} asked to be left alone {}", minutes(host.not_before))));
        }
        let fresh = host.robots.filter(|(fetched, _)| (0..RULES_HOLD).contains(&(clock::now() - fetched)));
        let rules = match fresh {
            Some((_, rules)) => rules,
            None => {
                let rules = self.rules(url)?;
                open(&self.hosts).entry(origin.clone()).or_default().robots = Some((clock::now(), rules.clone()));
                rules
            }
        };
        let path = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
        if !rules.allow(&path) {
            return Err(Answer::Denied(format!("{origin}/robots.txt does not let programs fetch {path}")));
        }
        self.reserve(url, rules.delay());
        Ok(())
    }

    /// Waits until it is this request's turn at its host.
    fn reserve(&self, url: &Url, wished: Duration) {
        let name = url.host_str().unwrap_or_default().to_owned();
        let turn = {
            let mut free = open(&self.free);
            let now = clock::moment();
            let turn = free.get(&name).copied().unwrap_or(now).max(now);
            free.insert(name, turn + self.limits.delay.0.max(wished));
            turn
        };
        std::thread::sleep(turn.saturating_duration_since(clock::moment()));
    }

    /// One request, with the time that it took.
    fn ask(&self, url: &Url, marks: &Marks, time: Duration, most: u64) -> Result<(Reply, Duration), Answer> {
        let start = clock::moment();
        let reply = self.client.get(url, marks, time, most);
        reply.map(|reply| (reply, start.elapsed())).map_err(|why| Answer::Unusable(format!("{url}: {why}")))
    }

    /// The rules of a host. Where it has none, all is allowed; where they cannot be had, nothing is.
    fn rules(&self, url: &Url) -> Result<Robots, Answer> {
        let mut at = url.clone();
        at.set_path("/robots.txt");
        at.set_query(None);
        let mut left = self.limits.time.0;
        for _ in 0..=MOST_STEPS {
            self.reserve(&at, Duration::ZERO);
            let (reply, took) = self.ask(&at, &Marks::default(), left, self.limits.most_bytes)?;
            left = left.saturating_sub(took);
            match reply.status {
                200 => return Ok(Robots::read(&reply.body)),
                301 | 302 | 303 | 307 | 308 => at = onwards(&at, &reply).map_err(Answer::Unusable)?,
                429 | 503 => return Err(self.asked_to_wait(url, &reply)),
                500.. => return Err(Answer::Later(format!("{at} answers with status {}", reply.status))),
                _ => return Ok(Robots::default()),
            }
        }
        Ok(Robots::default())
    }

    fn asked_to_wait(&self, url: &Url, reply: &Reply) -> Answer {
        let wait = reply.retry_after.as_deref().and_then(|value| waits::asked(value, clock::now())).unwrap_or(RESPITE);
        let until = clock::after(clock::now(), wait);
        let origin = origin(url);
        let text = format!("{origin} answers with status {} and is left alone {}", reply.status, minutes(until));
        open(&self.hosts).entry(origin).or_default().not_before = until;
        Answer::Later(text)
    }
}

fn minutes(until: i64) -> String {
    let seconds = clock::until(until).as_secs();
    if seconds < 120 { format!("for {seconds} s") } else { format!("for {} min", seconds.div_ceil(60)) }
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// Where a redirect leads. Not from a protected connection to an open one: whoever listens there could answer for anybody.
fn onwards(from: &Url, reply: &Reply) -> Result<Url, String> {
    let location = reply.location.as_deref().ok_or_else(|| format!("{from} is redirected to nowhere"))?;
    let mut to = from.join(location).map_err(|e| format!("{from} is redirected to no address ({e})"))?;
    usable(&to).map_err(|why| format!("{from} is redirected: {why}"))?;
    if from.scheme() == "https" && to.scheme() == "http" {
        return Err(format!("{from} is redirected to {to}, which is not protected"));
    }
    to.set_fragment(None);
    Ok(to)
}

/// What a lock guards is whole between two steps, so a thread that broke off while it held it does no harm.
fn open<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_that_are_not_followed() {
        let lead = |from: &str, to: &str| {
            let reply = Reply {
                status: 302,
                marks: Marks::default(),
                location: Some(to.to_owned()),
                retry_after: None,
                content_type: None,
                body: Vec::new(),
            };
            onwards(&Url::parse(from).unwrap(), &reply).map(|url| url.to_string())
        };
        assert_eq!(lead("https://a.example/x/y", "../z#top").unwrap(), "https://a.example/z");
        assert_eq!(lead("http://a.example/", "https://b.example/").unwrap(), "https://b.example/");
        for to in
            ["http://a.example/", "file:///etc/passwd", "ftp://a.example/", "https://me:pw@a.example/", "https://"]
        {
            assert!(lead("https://a.example/", to).is_err(), "{to}");
        }
    }
}
