//! French stories whose mentions of places were marked by hand: country, first-level division, within 25 km.

use super::corpus::distance;
use crate::corpora::{unpack, workspace};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use vigie_places::{Located, locate};
use vigie_resources::{Language, PlaceKind, all_places_named};
use vigie_text::Span;

/// Kilometres within which a point is right.
const TOLERANCE: f64 = 25.0;
const STORIES: &str = "news-fr/winer-public.jsonl.xz";
const MARKED: &str = "evaluation/places-fr/mentions.tsv";
/// Kind of what is no place on a map, or none with a point.
const NOWHERE: &str = "none";
const UNKNOWN: &str = "-";

#[derive(Deserialize)]
struct Story {
    id: String,
    text: String,
}

/// A mention with the place that it means.
struct Marked<'t> {
    span: Span,
    kind: &'t str,
    country: &'t str,
    division: &'t str,
    point: Option<(i32, i32)>,
}

/// Shares over all mentions.
#[derive(Debug, Default, Clone)]
pub(crate) struct French {
    pub(crate) stories: usize,
    pub(crate) mentions: usize,
    pub(crate) country: usize,
    pub(crate) division: usize,
    pub(crate) near: usize,
    /// What went wrong, as lines.
    pub(crate) faults: Vec<String>,
}

/// Scores the shipped resolver with the mentions given.
///
/// # Errors
/// When the stories or the marks cannot be read, or do not fit each other.
pub(crate) fn score(language: Language) -> Result<French, String> {
    let path = workspace().join(MARKED);
    let marks = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let packed = unpack(STORIES)?;
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for line in packed.lines() {
        let story: Story = serde_json::from_str(line).map_err(|e| format!("{STORIES}: {e}"))?;
        texts.insert(story.id, story.text);
    }
    let mut by_story: BTreeMap<&str, Vec<Marked>> = BTreeMap::new();
    for line in marks.lines().filter(|l| !l.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [id, start, end, kind, country, division, lat, lon] = cells[..] else {
            return Err(format!("{MARKED}: eight cells a line, not {line}"));
        };
        let text = texts.get(id).ok_or_else(|| format!("{MARKED}: no story {id} in {STORIES}"))?;
        let own = by_story.entry(id).or_default();
        let byte = |n: &str| -> Option<usize> {
            let at: usize = n.parse().ok()?;
            text.char_indices().map(|(i, _)| i).chain([text.len()]).nth(at)
        };
        let (Some(start), Some(end)) = (byte(start), byte(end)) else { continue };
        let micro = |t: &str| t.parse::<f64>().ok().map(|d| (d * 1e6).round() as i32);
        let point = micro(lat).zip(micro(lon));
        own.push(Marked { span: Span::new(start, end), kind, country, division, point });
    }
    let mut out = French::default();
    for (id, mut marked) in by_story {
        out.stories += 1;
        marked.sort_by_key(|m| (m.span.start(), m.span.end()));
        let spans: Vec<Span> = marked.iter().map(|m| m.span).collect();
        let text = &texts[id];
        let located = locate(text, &spans, language, &[]);
        for (gold, found) in marked.iter().zip(&located).filter(|(gold, _)| gold.kind != NOWHERE) {
            out.count(id, text, gold, found);
        }
    }
    Ok(out)
}

impl French {
    fn count(&mut self, id: &str, text: &str, gold: &Marked, found: &Located) {
        let place = found.place.as_ref();
        let country = place.is_some_and(|p| p.country == if gold.country == UNKNOWN { "" } else { gold.country });
        let whole = place.is_some_and(|p| p.kind == PlaceKind::Country);
        let divisions: Vec<_> = all_places_named(gold.division)
            .into_iter()
            .filter(|p| p.kind == PlaceKind::Division && p.country == gold.country)
            .map(|p| p.id)
            .collect();
        let division = country
            && place.is_some_and(|p| {
                gold.division == UNKNOWN
                    || divisions.contains(&p.id)
                    || p.division.as_ref().is_some_and(|d| divisions.contains(d))
            });
        // A country and a division are areas: the very same one is right wherever its middle is put.
        let same = place.is_some_and(|p| divisions.contains(&p.id)) && gold.kind == "division";
        let near = match gold.point {
            None => country && whole,
            Some(point) => same || place.is_some_and(|p| distance(p.point, point) <= TOLERANCE),
        };
        self.mentions += 1;
        self.country += usize::from(country);
        self.division += usize::from(division);
        self.near += usize::from(near);
        if !(country && division && near) {
            let what =
                place.map_or("nothing".to_owned(), |p| format!("{} {:?} {} {:?}", p.id, p.kind, p.country, p.point));
            self.faults.push(format!(
                "{id} {}: {} {} {}, found {what}",
                gold.span.of(text),
                gold.kind,
                gold.country,
                gold.division
            ));
        }
    }

    fn share(&self, n: usize) -> f64 {
        n as f64 / self.mentions.max(1) as f64
    }

    /// For a person.
    pub(crate) fn page(&self) -> String {
        let mut out = format!(
            "\nFrench, mentions given: {} stories of Wikinews, {} mentions, marked by hand (evaluation/places-fr); a set to\n\
             develop with, so no proof. Shares over all mentions.\n",
            self.stories, self.mentions
        );
        for (what, n) in [("country", self.country), ("division", self.division), ("within 25 km", self.near)] {
            let _ = writeln!(out, "{what:<14}{:>7.3}", self.share(n));
        }
        out
    }

    /// For a program.
    pub(crate) fn table(&self) -> String {
        let mut out = String::new();
        for (what, n) in [("country", self.country), ("division", self.division), ("within_25_km", self.near)] {
            let _ = writeln!(out, "French {what},given,vigie shipped,{},{:.4}", self.mentions, self.share(n));
        }
        out
    }
}
