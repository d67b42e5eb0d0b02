//! What the first bytes of an input are. The bytes decide; the name only where they leave it open.

use serde_json::Value;

/// What an input is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Gzip,
    Zstd,
    Zip,
    Warc,
    Parquet,
    Page,
    Feed,
    Lines,
    Mail,
    Text,
}

/// Bytes that are looked at.
pub(crate) const LOOK: usize = 8192;

/// Field names of which a mail has some in its first lines.
const MAIL_FIELDS: [&str; 9] =
    ["from", "date", "subject", "to", "received", "message-id", "mime-version", "return-path", "delivered-to"];

/// The kind of an input, by its first bytes and the end of its name.
pub(crate) fn kind(head: &[u8], name: &str) -> Kind {
    let magic: [(&[u8], Kind); 7] = [
        (b"\x1f\x8b", Kind::Gzip),
        (b"\x28\xb5\x2f\xfd", Kind::Zstd),
        (b"PK\x03\x04", Kind::Zip),
        (b"PK\x05\x06", Kind::Zip),
        (b"PK\x07\x08", Kind::Zip),
        (b"PAR1", Kind::Parquet),
        (b"WARC/", Kind::Warc),
    ];
    if let Some((_, kind)) = magic.iter().find(|(magic, _)| head.starts_with(magic)) {
        return *kind;
    }
    let ending = ending(name);
    let text = String::from_utf8_lossy(head);
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with('<') {
        return marked_up(start).unwrap_or(match ending.as_str() {
            "html" | "htm" | "xhtml" => Kind::Page,
            "rss" | "atom" => Kind::Feed,
            _ => Kind::Text,
        });
    }
    if start.starts_with('{') {
        if start.contains("jsonfeed.org/version") {
            return Kind::Feed;
        }
        let first = start.lines().next().unwrap_or_default();
        let object = serde_json::from_str::<Value>(first).is_ok_and(|v| v["text"].is_string());
        // A line that is longer than the look cannot be parsed here.
        let long = start.len() > LOOK / 2 && !start.contains('\n') && start.contains("\"text\"");
        if object || long {
            return Kind::Lines;
        }
    }
    match ending.as_str() {
        "jsonl" | "ndjson" => Kind::Lines,
        "html" | "htm" | "xhtml" => Kind::Page,
        "eml" if fields(start) >= 1 => Kind::Mail,
        _ if fields(start) >= 3 => Kind::Mail,
        _ => Kind::Text,
    }
}

/// The last ending of a name that does not tell of a packing, in small letters.
pub(crate) fn ending(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let last = last.strip_suffix(".gz").or_else(|| last.strip_suffix(".zst")).unwrap_or(last);
    last.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default()
}

/// HTML, a feed, or neither.
fn marked_up(start: &str) -> Option<Kind> {
    let mut rest = start;
    // Comments and declarations stand before the first element.
    while let Some(after) = rest.strip_prefix("<?").or_else(|| rest.strip_prefix("<!--")) {
        let end = if rest.starts_with("<?") { "?>" } else { "-->" };
        rest = after.split_once(end)?.1.trim_start();
    }
    let lower: String = rest.chars().take(64).collect::<String>().to_ascii_lowercase();
    let is = |names: &[&str]| {
        names.iter().any(|name| {
            lower
                .strip_prefix(name)
                .is_some_and(|r| r.starts_with(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/'))
        })
    };
    if is(&["<rss", "<feed", "<rdf:rdf", "<atom:feed"]) {
        return Some(Kind::Feed);
    }
    let page = ["<!doctype", "<html", "<head", "<body", "<title", "<meta", "<script", "<div", "<article", "<main"];
    is(&page).then_some(Kind::Page)
}

/// How many different fields of a mail stand in the lines before the first empty one; 0 when another kind of line does.
fn fields(start: &str) -> usize {
    let mut found: Vec<&str> = Vec::new();
    for line in start.lines().take_while(|l| !l.trim().is_empty()) {
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return 0 };
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return 0;
        }
        if let Some(known) = MAIL_FIELDS.iter().find(|f| f.eq_ignore_ascii_case(name))
            && !found.contains(known)
        {
            found.push(known);
        }
    }
    found.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_decide() {
        let check = |text: &str, name: &str, expect: Kind| assert_eq!(kind(text.as_bytes(), name), expect, "{text}");
        check("<!DOCTYPE html><p>x", "a.txt", Kind::Page);
        check("\u{feff}\n<?xml version='1.0'?><!-- x --><rss version='2.0'>", "a", Kind::Feed);
        check("<feed xmlns='http://www.w3.org/2005/Atom'>", "a.xml", Kind::Feed);
        check("{\"version\":\"https://jsonfeed.org/version/1.1\"}", "a.json", Kind::Feed);
        check("{\"id\":1,\"text\":\"Le pont.\"}\n", "a", Kind::Lines);
        check("From: a@b.example\nDate: x\nSubject: y\n\nLe pont.", "a", Kind::Mail);
        check("WARC/1.0\r\n", "a", Kind::Warc);
    }

    #[test]
    fn the_name_decides_the_rest() {
        assert_eq!(kind(b"not json", "a.jsonl"), Kind::Lines);
        assert_eq!(kind(b"<p>Le pont.</p>", "a.html"), Kind::Page);
        assert_eq!(kind(b"Subject: x\n\ny", "a.eml"), Kind::Mail);
    }

    #[test]
    fn texts_that_look_like_something_else_are_texts() {
        for text in [
            "Tamsa: le pont est ferm\u{e9}.\nKoul\u{e9}: rien.",
            "{ Le pont }",
            "<< Le pont est ferm\u{e9} >>",
            "From: Tamsa\nLe pont",
            "PK est le sigle",
        ] {
            assert_eq!(kind(text.as_bytes(), "a.txt"), Kind::Text, "{text}");
        }
    }
}
