//! The EUPEG corpora: articles in XML, mentions in one line an article. Used for scores only; nothing of them is kept.

use std::path::Path;
use vigie_text::Span;

/// A mention with its true point.
#[derive(Debug, Clone)]
pub(crate) struct GoldMention {
    pub(crate) span: Span,
    /// Latitude and longitude in millionths of a degree.
    pub(crate) point: (i32, i32),
}

/// An article.
#[derive(Debug, Clone)]
pub(crate) struct Article {
    pub(crate) text: String,
    /// In text order.
    pub(crate) mentions: Vec<GoldMention>,
}

/// One of the corpora: file of articles, file of mentions, name in reports.
pub(crate) const CORPORA: [(&str, &str, &str); 4] = [
    ("TR-News.xml.xz", "TR-News_gold.txt", "TR-News"),
    ("lgl.xml.xz", "LGL_gold.txt", "LGL"),
    ("GWN.xml.xz", "GeoWebNews_gold.txt", "GeoWebNews"),
    ("GeoVirus.xml.xz", "GeoVirus_gold.txt", "GeoVirus"),
];

/// How many characters the recorded offsets may be off: one corpus counts from one, another skipped line ends.
const SLACK: usize = 12;

/// Reads a corpus of the folder.
///
/// # Errors
/// When a file cannot be read.
pub(crate) fn read(folder: &Path, articles: &str, mentions: &str) -> Result<Vec<Article>, String> {
    let packed = std::fs::read(folder.join(articles)).map_err(|e| format!("{articles}: {e}"))?;
    let mut xml = Vec::new();
    lzma_rs::xz_decompress(&mut packed.as_slice(), &mut xml).map_err(|e| format!("{articles}: {e:?}"))?;
    let xml = String::from_utf8(xml).map_err(|e| format!("{articles}: {e}"))?;
    let gold = std::fs::read_to_string(folder.join("gold").join(mentions)).map_err(|e| format!("{mentions}: {e}"))?;
    let mut texts = xml.split("<article").skip(1).filter(|a| a.starts_with([' ', '>'])).map(body);
    let mut out = Vec::new();
    for line in gold.lines() {
        let recorded: Vec<Vec<&str>> =
            line.split("||").filter(|m| !m.trim().is_empty()).map(|m| m.split(",,").collect()).collect();
        // Articles without mentions have no line in one corpus, and an empty line in the others.
        for text in texts.by_ref() {
            let found: Vec<GoldMention> = recorded.iter().filter_map(|m| mention(&text, m)).collect();
            if 2 * found.len() >= recorded.len() {
                let mut article = Article { text, mentions: found };
                article.mentions.sort_by_key(|m| (m.span.start(), m.span.end()));
                out.push(article);
                break;
            }
        }
    }
    Ok(out)
}

/// The text of an article, entities resolved.
fn body(article: &str) -> String {
    let inner = article.split_once("<text>").and_then(|(_, r)| r.split_once("</text>")).map_or("", |(t, _)| t);
    if let Some((_, rest)) = inner.split_once("<![CDATA[") {
        return rest.split_once("]]>").map_or(rest, |(t, _)| t).to_owned();
    }
    let mut out = inner.to_owned();
    for (entity, sign) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#39;", "'"), ("&amp;", "&")]
    {
        out = out.replace(entity, sign);
    }
    out
}

/// A recorded mention at its place in the text; none when its words do not stand near there.
fn mention(text: &str, cells: &[&str]) -> Option<GoldMention> {
    let [_, surface, lat, lon, start, ..] = cells[..] else { return None };
    let start: usize = start.parse().ok()?;
    let from: usize = text.char_indices().nth(start.saturating_sub(SLACK)).map(|(i, _)| i)?;
    let wanted: usize = text.char_indices().nth(start).map_or(text.len(), |(i, _)| i);
    let found =
        text[from..].match_indices(surface).map(|(i, _)| from + i).take(4).min_by_key(|i| i.abs_diff(wanted))?;
    let near = text[found.min(wanted)..found.max(wanted)].chars().count() <= SLACK;
    let micro = |t: &str| t.parse::<f64>().ok().map(|d| (d * 1e6).round() as i32);
    near.then_some(GoldMention { span: Span::new(found, found + surface.len()), point: (micro(lat)?, micro(lon)?) })
}

/// Great-circle distance in kilometres.
pub(crate) fn distance(a: (i32, i32), b: (i32, i32)) -> f64 {
    let r = |m: i32| (f64::from(m) / 1e6).to_radians();
    let (dlat, dlon) = (r(b.0) - r(a.0), r(b.1) - r(a.1));
    let h = (dlat / 2.0).sin().powi(2) + r(a.0).cos() * r(b.0).cos() * (dlon / 2.0).sin().powi(2);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mention_is_found_where_it_stands_or_near() {
        let text = "Off one: Tamsa, again Tamsa.";
        let cells = ["x", "Tamsa", "1.5", "-2", "10", "15"];
        let found = mention(text, &cells).unwrap();
        assert_eq!((found.span.of(text), found.span.start(), found.point), ("Tamsa", 9, (1_500_000, -2_000_000)));
        assert!(mention(text, &["x", "Elsewhere", "0", "0", "10", "15"]).is_none());
    }

    #[test]
    fn entities_are_resolved_and_cdata_is_not() {
        assert_eq!(body(" id=\"1\"><text>a &amp; b</text></article>"), "a & b");
        assert_eq!(body("><text> <![CDATA[a &amp; b]]> </text>"), "a &amp; b");
    }

    #[test]
    fn distances() {
        assert!((distance((0, 0), (0, 1_000_000)) - 111.2).abs() < 0.2);
    }
}
