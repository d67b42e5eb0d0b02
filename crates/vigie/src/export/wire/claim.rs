//! Wire shape of a claim.

use super::{Span, claim_id, document_id, story_id};
use crate::record::DocumentRecord;
use crate::review::marks;
use serde::Serialize;
use vigie_resources::{Kind, Predicate};

#[derive(Serialize)]
pub(super) struct Claim<'a> {
    id: String,
    document: String,
    story: String,
    sentence: Span<'a>,
    headline: bool,
    trigger: Span<'a>,
    kind: &'static str,
    predicate: &'static str,
    again: bool,
    plover: Option<Plover>,
    arguments: Vec<Argument<'a>>,
    place: Option<Place<'a>>,
    period: Option<Period<'a>>,
    figures: Vec<Figure<'a>>,
    said_by: Vec<Speaker<'a>>,
    polarity: &'static str,
    certainty: &'static str,
    realis: &'static str,
    because: Vec<&'a str>,
    /// Decisions that confirmed or changed it; it was read otherwise or not looked at where they are missing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    review: Vec<&'a str>,
}

#[derive(Serialize)]
pub(super) struct Plover {
    event: &'static str,
    mode: Option<&'static str>,
}

#[derive(Serialize)]
struct Argument<'a> {
    role: &'static str,
    span: Span<'a>,
    actor: Option<&'a str>,
    name: &'a str,
}

#[derive(Serialize)]
struct Place<'a> {
    span: Option<Span<'a>>,
    place: Option<&'a str>,
    name: &'a str,
    lat: Option<f64>,
    lon: Option<f64>,
    precision: &'static str,
    radius_km: Option<u32>,
    phrase: Option<Phrase<'a>>,
    candidates: Vec<Namesake<'a>>,
}

/// What tells a place by others; lengths in metres, points as latitude and longitude.
#[derive(Serialize)]
struct Phrase<'a> {
    span: Span<'a>,
    kind: &'a str,
    anchors: Vec<&'a str>,
    side: Option<&'a str>,
    metres: Option<u32>,
    line: Option<[[f64; 2]; 2]>,
    length: Option<u32>,
    length_agrees: Option<bool>,
}

#[derive(Serialize)]
struct Namesake<'a> {
    place: &'a str,
    name: &'a str,
    country: &'a str,
    score: i64,
    reasons: Vec<&'a str>,
}

#[derive(Serialize)]
struct Period<'a> {
    span: Option<Span<'a>>,
    first: Option<String>,
    last: String,
    grain: &'static str,
    basis: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    alternatives: Vec<Alternative>,
}

#[derive(Serialize)]
struct Alternative {
    first: String,
    last: String,
    percent: u8,
}

#[derive(Serialize)]
struct Figure<'a> {
    span: Span<'a>,
    low: u64,
    high: u64,
    unit: &'a str,
    hedge: &'static str,
}

#[derive(Serialize)]
struct Speaker<'a> {
    span: Option<Span<'a>>,
    name: Option<&'a str>,
    actor: Option<&'a str>,
    kind: &'static str,
    cue: Option<Span<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    said_on: Option<Period<'a>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    joint: bool,
}

pub(super) fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Event => "event",
        Kind::State => "state",
        Kind::Relation => "relation",
        Kind::Label => "label",
    }
}

pub(super) fn plover(predicate: Predicate) -> Option<Plover> {
    predicate.entry().plover.as_ref().map(|p| Plover { event: &p.event, mode: p.mode.as_deref() })
}

/// Degrees from millionths of a degree.
fn degrees(millionths: i32) -> f64 {
    f64::from(millionths) / 1_000_000.0
}

impl<'a> Claim<'a> {
    pub(super) fn of(record: &'a DocumentRecord, claim: &'a vigie_claims::Claim) -> Self {
        let span = |s: vigie_text::Span| Span::of(record, s);
        Self {
            id: claim_id(claim.id),
            document: document_id(claim.document),
            story: story_id(claim.story),
            sentence: span(claim.sentence),
            headline: claim.headline,
            trigger: span(claim.trigger),
            kind: kind_word(claim.predicate.kind()),
            predicate: claim.predicate.id(),
            again: claim.again,
            plover: plover(claim.predicate),
            arguments: claim
                .arguments
                .iter()
                .map(|a| Argument {
                    role: a.role.as_str(),
                    span: span(a.filler.span),
                    actor: a.filler.actor.as_deref(),
                    name: &a.filler.name,
                })
                .collect(),
            place: claim.place.as_ref().map(|p| Place {
                span: p.span.map(span),
                place: p.place.as_deref(),
                name: &p.name,
                lat: p.point.map(|(lat, _)| degrees(lat)),
                lon: p.point.map(|(_, lon)| degrees(lon)),
                precision: p.precision.as_str(),
                radius_km: p.radius_km,
                phrase: p.phrase.as_ref().map(|f| Phrase {
                    span: span(f.span),
                    kind: &f.kind,
                    anchors: f.anchors.iter().map(AsRef::as_ref).collect(),
                    side: f.side.as_deref(),
                    metres: f.metres,
                    line: f.line.map(|ends| ends.map(|(lat, lon)| [degrees(lat), degrees(lon)])),
                    length: f.length.map(|(metres, _)| metres),
                    length_agrees: f.length.map(|(_, agrees)| agrees),
                }),
                candidates: p
                    .namesakes
                    .iter()
                    .map(|n| Namesake {
                        place: &n.place,
                        name: &n.name,
                        country: &n.country,
                        score: n.score,
                        reasons: n.reasons.iter().map(AsRef::as_ref).collect(),
                    })
                    .collect(),
            }),
            period: claim.period.as_ref().map(|p| Period::of(record, p)),
            figures: claim
                .figures
                .iter()
                .map(|f| Figure {
                    span: span(f.span),
                    low: f.low,
                    high: f.high,
                    unit: &f.unit,
                    hedge: f.hedge.as_str(),
                })
                .collect(),
            said_by: claim
                .said_by
                .iter()
                .map(|s| Speaker {
                    span: s.span.map(span),
                    name: s.name.as_deref(),
                    actor: s.actor.as_deref(),
                    kind: s.kind.as_str(),
                    cue: s.cue.map(span),
                    said_on: s.said_on.as_ref().map(|p| Period::of(record, p)),
                    joint: s.joint,
                })
                .collect(),
            polarity: claim.factuality.polarity.as_str(),
            certainty: claim.factuality.certainty.as_str(),
            realis: claim.factuality.realis.as_str(),
            because: claim.because.iter().map(|rule| rule.as_str()).collect(),
            review: marks(claim).collect(),
        }
    }
}

impl<'a> Period<'a> {
    fn of(record: &'a DocumentRecord, period: &vigie_claims::Period) -> Self {
        Self {
            span: period.span.map(|s| Span::of(record, s)),
            first: period.first.map(|d| d.to_string()),
            last: period.last.to_string(),
            grain: period.grain.as_str(),
            basis: period.basis.as_str(),
            alternatives: period
                .otherwise
                .iter()
                .map(|o| Alternative { first: o.first.to_string(), last: o.last.to_string(), percent: o.percent })
                .collect(),
        }
    }
}
