//! Places told by others: "10 km north of X", "between X and Y", "the road from X to Y". The phrases are data; here is
//! what a phrase of each kind makes of its anchors.

use crate::document::{Located, Precision};
use crate::extent::radius;
use crate::geo::{kilometres, shifted};
use crate::pattern::Patterns;
use crate::phrase::{Caught, Cut, fit, tokens};
use vigie_resources::{Language, Place, PlaceKind, locate_words};
use vigie_text::Span;

/// What a phrase makes of its anchors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RelativeKind {
    /// A point at a distance, on a side.
    Offset,
    /// At a distance, the side unknown.
    Ring,
    /// A side of the place.
    Side,
    /// Its rim.
    Edge,
    /// Near it.
    Beside,
    /// Between two places.
    Between,
    /// A line between two places.
    Route,
    /// A division of that name.
    Division,
    /// Off its shore.
    Coast,
}

impl RelativeKind {
    /// The name of the kind in the files of rules and cases.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.name() == name)
    }

    const ALL: [Self; 9] = [
        Self::Offset,
        Self::Ring,
        Self::Side,
        Self::Edge,
        Self::Beside,
        Self::Between,
        Self::Route,
        Self::Division,
        Self::Coast,
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Offset => "offset",
            Self::Ring => "ring",
            Self::Side => "side",
            Self::Edge => "edge",
            Self::Beside => "beside",
            Self::Between => "between",
            Self::Route => "route",
            Self::Division => "division",
            Self::Coast => "coast",
        }
    }
}

/// A place told by others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relative {
    /// The whole phrase.
    pub span: Span,
    /// What it makes of its anchors.
    pub kind: RelativeKind,
    /// Indexes of the mentions that it is told by.
    pub anchors: Vec<usize>,
    /// The side, as the resources name it.
    pub side: Option<&'static str>,
    /// Metres, when a distance is told.
    pub metres: Option<u32>,
    /// The middle of where it lies.
    pub point: (i32, i32),
    /// Both ends of a line.
    pub line: Option<[(i32, i32); 2]>,
    /// Kilometres around the point, or to either side of the line.
    pub radius_km: u32,
    /// How exact that is: never [`Precision::Exact`].
    pub precision: Precision,
    /// The length that the sentence states for it.
    pub length: Option<Length>,
}

/// A length told beside two ends: what the reading of the ends is checked with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    /// The words that state it.
    pub span: Span,
    /// Metres.
    pub metres: u32,
    /// Can so long a line join the two ends?
    pub agrees: bool,
}

/// The phrases around the mentions, disjoint, in text order; each mention is the anchor of at most one.
#[must_use]
pub fn relatives(text: &str, located: &[Located], language: Language) -> Vec<Relative> {
    let mut out = Vec::new();
    if located.is_empty() {
        return out;
    }
    let spans: Vec<Span> = located.iter().map(|l| l.span).collect();
    let patterns = Patterns::of(language);
    let tokens = tokens(text, &spans, patterns);
    let cut = Cut { text, tokens: &tokens, words: locate_words(language) };
    let mut at = 0;
    while at < tokens.len() {
        let found = tokens[at].begins(patterns).iter().find_map(|&rule| {
            let (kind, pattern) = &patterns.relative[rule];
            let (end, caught) = fit(pattern, cut, at)?;
            let span = tokens[at].span.cover(tokens[end - 1].span);
            Some((make(*kind, span, caught, located)?, end))
        });
        match found {
            Some((mut relative, end)) => {
                if let Some([a, b]) = relative.line {
                    relative.length = stated(cut, (at, end), kilometres(a, b), patterns);
                    // The ends are doubted, and with them where it is.
                    if relative.length.is_some_and(|l| !l.agrees) {
                        relative.precision = Precision::Region;
                    }
                }
                out.push(relative);
                at = end;
            }
            None => at += 1,
        }
    }
    out
}

/// Words of one sentence before and behind a phrase among which a length is looked for.
const AROUND: (usize, usize) = (8, 24);

/// The length stated in the sentence of a line. A line is hardly shorter than the way from end to end, and roads and
/// borders wind.
fn stated(cut: Cut, phrase: (usize, usize), apart: u32, patterns: &Patterns) -> Option<Length> {
    let (text, tokens) = (cut.text, cut.tokens);
    let ends = |at: usize| {
        let own = tokens[at].span.of(text);
        matches!(own, "." | "!" | "?")
            || at > 0 && text[tokens[at - 1].span.end()..tokens[at].span.start()].contains('\n')
    };
    let first = phrase.0.saturating_sub(AROUND.0);
    let from = (first..phrase.0).rev().find(|&at| ends(at)).unwrap_or(first);
    let last = (phrase.1 + AROUND.1).min(tokens.len());
    let to = (phrase.1..last).find(|&at| ends(at)).unwrap_or(last);
    (phrase.1..to).chain(from..phrase.0).find_map(|at| {
        let (end, caught) = patterns.lengths.iter().find_map(|rule| fit(rule, cut, at))?;
        let (metres, span) = (caught.metres?, tokens[at].span.cover(tokens[end - 1].span));
        let (told, least, most) = (u64::from(metres) / 100, 8 * u64::from(apart), 20 * u64::from(apart.max(1)));
        (end <= phrase.0 || at >= phrase.1).then_some(Length { span, metres, agrees: (least..=most).contains(&told) })
    })
}

/// North and east of a side in thousandths.
fn direction(side: &str) -> Option<(i64, i64)> {
    const SLANT: i64 = 707;
    let (north, east) = (side.starts_with(NORTH), side.ends_with(EAST));
    let (south, west) = (side.starts_with(SOUTH), side.ends_with(WEST));
    let vertical = i64::from(north) - i64::from(south);
    let level = i64::from(east) - i64::from(west);
    match (vertical, level) {
        (0, 0) => None,
        (v, 0) => Some((1000 * v, 0)),
        (0, l) => Some((0, 1000 * l)),
        (v, l) => Some((SLANT * v, SLANT * l)),
    }
}

// Keys of the table of compass words, the same for every language.
const NORTH: &str = "north";
const SOUTH: &str = "south";
const EAST: &str = "east";
const WEST: &str = "west";

fn make(kind: RelativeKind, span: Span, caught: Caught, located: &[Located]) -> Option<Relative> {
    let place = |i: usize| located.get(*caught.places().get(i)?)?.place.as_ref();
    let first = place(0)?;
    let size = radius(first);
    let shift = |metres: i64| match caught.side.and_then(direction) {
        Some((north, east)) => shifted(first.point, north * metres / 1000, east * metres / 1000),
        None => first.point,
    };
    let away = caught.metres.map_or(0, i64::from);
    let away_km = (away / 1000) as u32;
    let mut line = None;
    let (point, radius_km) = match kind {
        // People round distances and measure from the middle or the rim: a quarter either way.
        RelativeKind::Offset => (shift(away), (away_km / 4).max(2) + size.min(10)),
        RelativeKind::Ring => (first.point, away_km + size.min(10)),
        RelativeKind::Side => (shift(i64::from(size) * 500), (size / 2).max(1)),
        RelativeKind::Edge => (shift(i64::from(size) * 1000), size.max(2)),
        RelativeKind::Beside => (first.point, size + 15),
        RelativeKind::Coast => (first.point, size + 60),
        RelativeKind::Between | RelativeKind::Route => {
            let second = place(1)?;
            let (a, b) = (first.point, second.point);
            let middle = ((a.0 / 2 + b.0 / 2), (a.1 / 2 + b.1 / 2));
            line = (kind == RelativeKind::Route).then_some([a, b]);
            let apart = kilometres(a, b);
            (middle, if line.is_some() { (apart / 8).max(2) } else { (apart / 2).max(2) })
        }
        RelativeKind::Division => {
            let area = division(&located[caught.places()[0]])?;
            (area.point, radius(area))
        }
    };
    let wide =
        matches!(first.kind, PlaceKind::Country | PlaceKind::Continent | PlaceKind::Region | PlaceKind::Division);
    let precision = match kind {
        RelativeKind::Division => Precision::Region,
        RelativeKind::Offset | RelativeKind::Route => Precision::Near,
        _ if wide || radius_km > 60 => Precision::Region,
        _ => Precision::Near,
    };
    let (anchors, side, metres) = (caught.places().to_vec(), caught.side, caught.metres);
    Some(Relative { span, kind, anchors, side, metres, point, line, radius_km, precision, length: None })
}

/// The division or district among what the name may mean; the place itself where the lists hold no such area.
fn division(located: &Located) -> Option<&Place> {
    let area = |p: &Place| matches!(p.kind, PlaceKind::Division | PlaceKind::District | PlaceKind::Region);
    let country = located.place.as_ref()?.country;
    let own = located.candidates.iter().map(|c| &c.place).filter(|p| area(p) && p.country == country);
    own.min_by_key(|p| (p.kind, p.id.clone())).or(located.place.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_point_where_they_say() {
        assert_eq!(direction("north"), Some((1000, 0)));
        assert_eq!(direction("southwest"), Some((-707, -707)));
        assert_eq!(direction("centre"), None);
    }

    #[test]
    fn every_kind_has_a_name_of_its_own() {
        for kind in RelativeKind::ALL {
            assert_eq!(RelativeKind::from_name(kind.name()), Some(kind));
        }
        assert_eq!(RelativeKind::from_name("elsewhere"), None);
    }
}
