//! Who may come in, and what a browser may do with an answer.

use super::Options;
use super::problem::Problem;
use super::tokens::{Tokens, Visitor};
use crate::failure::Failure;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use std::net::IpAddr;

/// The rules of admission.
#[derive(Debug)]
pub(super) struct Door {
    /// Names in `Host` that are ours. Another one means that somebody else's page leads here (DNS rebinding).
    names: Vec<String>,
    tokens: Tokens,
}

impl Door {
    /// The rules for a server.
    ///
    /// # Errors
    /// When an address that others reach is to be opened without tokens.
    pub(super) fn new(options: &Options) -> Result<Self, Failure> {
        if !options.address.ip().is_loopback() && options.tokens.is_none() {
            return Err(Failure::new(
                format!("{} can be reached by others, and nothing would keep them out", options.address),
                "give tokens with --tokens FILE, or listen at 127.0.0.1",
            ));
        }
        let tokens = options.tokens.as_deref().map(Tokens::read).transpose()?.unwrap_or_default();
        Ok(Self { names: options.names.iter().map(|n| n.to_lowercase()).collect(), tokens })
    }

    /// Who asks; nobody where a token is needed and none came.
    pub(super) fn visitor(&self, headers: &HeaderMap) -> Result<Visitor, Problem> {
        let stranger = || {
            Problem::new(
                StatusCode::UNAUTHORIZED,
                "a token is needed, in the header Authorization: Bearer or from the form",
            )
        };
        self.tokens.visitor(headers).ok_or_else(stranger)
    }

    /// The cookie for whoever has this secret.
    pub(super) fn let_in(&self, secret: &str) -> Result<String, Problem> {
        let wrong = || Problem::new(StatusCode::UNAUTHORIZED, "nobody has this token");
        self.tokens.holder(secret).ok_or_else(wrong)?;
        Ok(format!("{}={secret}; HttpOnly; SameSite=Strict; Path=/", super::tokens::COOKIE))
    }

    /// May this request be answered?
    pub(super) fn admits(&self, request: &Request) -> Result<(), Problem> {
        let headers = request.headers();
        let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
        if !self.is_ours(host) {
            return Err(Problem::new(
                StatusCode::MISDIRECTED_REQUEST,
                format!("this server is not called {host:?}; start it with --name to let it be"),
            ));
        }
        let is_safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
        if !is_safe && !same_origin(headers, host) {
            return Err(Problem::new(StatusCode::FORBIDDEN, "changes are taken only from this server's own pages"));
        }
        Ok(())
    }

    /// A name that nobody else can point here: an address, this machine, or one that was given.
    fn is_ours(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.contains(']') => (name, port),
            _ => (host, ""),
        };
        if !port.bytes().all(|b| b.is_ascii_digit()) {
            return false;
        }
        let bare = name.trim_start_matches('[').trim_end_matches(']').to_lowercase();
        bare == "localhost" || bare.parse::<IpAddr>().is_ok() || self.names.contains(&bare)
    }
}

fn same_origin(headers: &HeaderMap, host: &str) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|v| v.to_str().ok());
    match text(header::ORIGIN) {
        Some(origin) => origin.split_once("://").is_some_and(|(_, name)| name == host),
        // Programs send no origin; browsers always do where it matters.
        None => text(HeaderName::from_static("sec-fetch-site")).is_none_or(|site| site == "same-origin"),
    }
}

/// What a page may load and who may show it: nothing but what this server has, and nobody.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Headers of every answer.
const HEADERS: [(&str, &str); 6] = [
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    // Others do not learn which page led to them. With `no-referrer` browsers would also hide the origin of this server's own
    // forms, which is what tells them from those of others.
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "geolocation=(), camera=(), microphone=()"),
];

/// Puts them on.
pub(super) fn seal(headers: &mut HeaderMap) {
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    // The answer depends on the language of the browser, and is asked for again rather than guessed.
    headers.entry(header::VARY).or_insert(HeaderValue::from_static("accept-language"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
}
