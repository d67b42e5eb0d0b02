//! One request and its answer, within the limits: bytes on the wire, bytes after unpacking, time.

use super::clock;
use super::config::Limits;
use super::guard::{Guarded, NotPublic};
use flate2::read::MultiGzDecoder;
use std::io::{self, Read};
use std::time::{Duration, Instant};
use ureq::http::{HeaderMap, Response};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

/// Out of proportion is only what is large.
const FREE: u64 = 256 << 10;
/// What is taken from one read.
const PIECE: usize = 16 << 10;

/// Asks servers.
#[derive(Debug)]
pub(super) struct Client {
    agent: Agent,
    limits: Limits,
}

/// Marks of freshness that a server gave with its last answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) etag: Option<String>,
    pub(super) modified: Option<String>,
}

/// An answer.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) marks: Marks,
    pub(super) location: Option<String>,
    pub(super) retry_after: Option<String>,
    pub(super) content_type: Option<String>,
    /// Empty unless the status is 200.
    pub(super) body: Vec<u8>,
}

impl Client {
    pub(super) fn new(limits: Limits, user_agent: String, allow_local: bool) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // Redirects are followed by whoever asks, so that each step is looked at.
            .max_redirects(0)
            // Behind a proxy nobody here would see which machine is asked.
            .proxy(None)
            .user_agent(user_agent)
            .accept("application/rss+xml, application/atom+xml, application/feed+json, text/html;q=0.9, */*;q=0.5")
            .accept_encoding("gzip")
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), Guarded::new(allow_local));
        Self { agent, limits }
    }

    /// Asks for an address. What follows an error is one sentence without its end.
    pub(super) fn get(&self, url: &Url, marks: &Marks, time: Duration, most: u64) -> Result<Reply, String> {
        let end = clock::moment() + time;
        let mut request = self.agent.get(url.as_str());
        for (name, value) in [("if-none-match", &marks.etag), ("if-modified-since", &marks.modified)] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let late = || self.late();
        let answer = request.config().timeout_global(Some(time)).build().call();
        let answer = answer.map_err(|e| explained(e, &late()))?;
        let headers = answer.headers();
        let mut reply = Reply {
            status: answer.status().as_u16(),
            marks: Marks { etag: field(headers, "etag"), modified: field(headers, "last-modified") },
            location: field(headers, "location"),
            retry_after: field(headers, "retry-after"),
            content_type: field(headers, "content-type"),
            body: Vec::new(),
        };
        if reply.status == 200 {
            reply.body = self.body(answer, end, most)?;
        }
        Ok(reply)
    }

    fn body(&self, answer: Response<Body>, end: Instant, most: u64) -> Result<Vec<u8>, String> {
        let packing = field(answer.headers(), "content-encoding").unwrap_or_default().to_ascii_lowercase();
        let sent = gathered(answer.into_body().into_reader(), most, end).map_err(|e| match e {
            Cut::Large => format!("it is larger than {most} bytes"),
            Cut::Late => self.late(),
            Cut::Broken(error) => explained(ureq::Error::from(error), &self.late()),
        })?;
        match packing.trim() {
            "" | "identity" => Ok(sent),
            "gzip" | "x-gzip" => {
                let ratio = self.limits.most_ratio.saturating_mul(sent.len() as u64).max(FREE);
                let most = ratio.min(self.limits.most_unpacked);
                gathered(MultiGzDecoder::new(&sent[..]), most, end).map_err(|e| match e {
                    Cut::Large if most < self.limits.most_unpacked => {
                        format!("it unpacks to more than {} times its size", self.limits.most_ratio)
                    }
                    Cut::Large => format!("it unpacks to more than {most} bytes"),
                    Cut::Late => self.late(),
                    Cut::Broken(error) => format!("it cannot be unpacked ({error})"),
                })
            }
            other => Err(format!("it is packed in a way that nobody asked for ({other})")),
        }
    }

    fn late(&self) -> String {
        format!("it took longer than {} s", self.limits.time.0.as_secs())
    }
}

fn field(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// Why reading stopped.
enum Cut {
    Large,
    Late,
    Broken(io::Error),
}

/// All bytes of a reader, unless they are too many or come too slowly.
fn gathered(mut from: impl Read, most: u64, end: Instant) -> Result<Vec<u8>, Cut> {
    let mut bytes = Vec::new();
    let mut piece = [0; PIECE];
    loop {
        let read = from.read(&mut piece).map_err(Cut::Broken)?;
        if read == 0 {
            return Ok(bytes);
        }
        bytes.extend_from_slice(&piece[..read]);
        if bytes.len() as u64 > most {
            return Err(Cut::Large);
        }
        if clock::moment() > end {
            return Err(Cut::Late);
        }
    }
}

/// What went wrong, for a person.
fn explained(error: ureq::Error, late: &str) -> String {
    match error {
        ureq::Error::Timeout(_) => late.to_owned(),
        ureq::Error::HostNotFound => "there is no host of this name".to_owned(),
        ureq::Error::ConnectionFailed => "the host does not answer".to_owned(),
        ureq::Error::Other(other) if other.is::<NotPublic>() => other.to_string(),
        ureq::Error::Io(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
            "the host refuses the connection".to_owned()
        }
        ureq::Error::Io(error) if error.get_ref().is_some_and(|inner| inner.is::<ureq::Error>()) => {
            let inner = error.into_inner().and_then(|inner| inner.downcast::<ureq::Error>().ok());
            inner.map_or_else(|| "the connection broke off".to_owned(), |inner| explained(*inner, late))
        }
        other => other.to_string(),
    }
}
