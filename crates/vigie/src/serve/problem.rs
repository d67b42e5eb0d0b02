//! What went wrong, as a page or as `application/problem+json` (RFC 9457).

use axum::http::StatusCode;
use serde::Serialize;

/// Why a request got no answer.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    pub(super) status: StatusCode,
    /// One sentence that names the remedy.
    pub(super) detail: String,
    /// The parameter or field that it concerns.
    pub(super) field: Option<String>,
}

#[derive(Serialize)]
struct Shape<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'static str,
    status: u16,
    detail: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
}

impl Problem {
    /// A problem of this sort.
    pub(super) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into(), field: None }
    }

    /// A parameter that cannot be used.
    pub(super) fn bad(field: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { field: Some(field.into()), ..Self::new(StatusCode::BAD_REQUEST, detail) }
    }

    /// There is no such thing.
    pub(super) fn missing(what: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, what)
    }

    /// The problem as JSON.
    pub(super) fn json(&self) -> String {
        let shape = Shape {
            kind: "about:blank",
            title: self.status.canonical_reason().unwrap_or("error"),
            status: self.status.as_u16(),
            detail: &self.detail,
            field: self.field.as_deref(),
        };
        serde_json::to_string(&shape).unwrap_or_default()
    }
}

impl From<crate::failure::Failure> for Problem {
    fn from(failure: crate::failure::Failure) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, format!("{}; {}", failure.what, failure.remedy))
    }
}
