//! The wire shape of a mention of a place.

use super::VERSION;
use serde::Serialize;
use vigie_places::{Located, Match, Precision, Relative};
use vigie_resources::{Place as Entry, PlaceKind};

#[derive(Serialize)]
struct Line<'a> {
    v: u32,
    record: &'static str,
    /// First byte and one past the last.
    span: [usize; 2],
    text: &'a str,
    place: Option<Place<'a>>,
    radius_km: u32,
    precision: &'static str,
    /// In percent.
    confidence: u8,
    by: &'static str,
    candidates: Vec<Candidate<'a>>,
    phrase: Option<Phrase<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    id: &'a str,
    name: &'a str,
    kind: &'static str,
    country: &'a str,
    lat: f64,
    lon: f64,
}

#[derive(Serialize)]
struct Candidate<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    score: i64,
    reasons: &'a [&'static str],
}

#[derive(Serialize)]
struct Phrase<'a> {
    span: [usize; 2],
    text: &'a str,
    kind: &'static str,
    side: Option<&'a str>,
    metres: Option<u32>,
    lat: f64,
    lon: f64,
    line: Option<[[f64; 2]; 2]>,
    radius_km: u32,
    precision: &'static str,
}

/// Most candidates that a line shows.
const SHOWN: usize = 5;

fn degrees(micro: i32) -> f64 {
    f64::from(micro) / 1e6
}

fn place<'a>(entry: &'a Entry, text: &'a str) -> Place<'a> {
    Place {
        id: &entry.id,
        // Villages have no name of their own in the tables: they show the words of the text.
        name: if entry.name.is_empty() { text } else { entry.name },
        kind: match entry.kind {
            PlaceKind::Country => "country",
            PlaceKind::Region => "region",
            PlaceKind::Capital => "capital",
            PlaceKind::Town => "town",
            PlaceKind::Division => "division",
            PlaceKind::Site => "site",
            PlaceKind::District => "district",
            PlaceKind::Village => "village",
            PlaceKind::Quarter => "quarter",
            PlaceKind::Continent => "continent",
        },
        country: entry.country,
        lat: degrees(entry.point.0),
        lon: degrees(entry.point.1),
    }
}

fn precision(precision: Precision) -> &'static str {
    match precision {
        Precision::Exact => "exact",
        Precision::Near => "near",
        Precision::Region => "region",
        Precision::Country => "country",
        Precision::None => "none",
    }
}

/// One mention as a JSON line without its line end.
#[must_use]
pub fn place_line(text: &str, mention: &Located, around: Option<&Relative>) -> String {
    let words = mention.span.of(text);
    let line = Line {
        v: VERSION,
        record: "place",
        span: [mention.span.start(), mention.span.end()],
        text: words,
        place: mention.place.as_ref().map(|p| place(p, words)),
        radius_km: mention.radius_km,
        precision: precision(mention.precision),
        confidence: mention.confidence,
        by: match mention.by {
            Match::Main => "main-name",
            Match::Alias => "other-name",
            Match::People => "people",
            Match::Stripped => "shortened",
            Match::Part => "part",
            Match::Spelt => "spelling",
            Match::Around => "surroundings",
        },
        candidates: mention
            .candidates
            .iter()
            .take(SHOWN)
            .map(|c| Candidate { place: place(&c.place, words), score: c.score, reasons: &c.reasons })
            .collect(),
        phrase: around.map(|r| Phrase {
            span: [r.span.start(), r.span.end()],
            text: r.span.of(text),
            kind: r.kind.name(),
            side: r.side,
            metres: r.metres,
            lat: degrees(r.point.0),
            lon: degrees(r.point.1),
            line: r.line.map(|ends| ends.map(|(lat, lon)| [degrees(lat), degrees(lon)])),
            radius_km: r.radius_km,
            precision: precision(r.precision),
        }),
    };
    // Plain numbers and texts: there is nothing that could not be written.
    serde_json::to_string(&line).unwrap_or_default()
}
