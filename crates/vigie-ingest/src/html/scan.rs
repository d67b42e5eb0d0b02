//! HTML to tags and text in one pass, in time that grows with the length: no tree, no stack, nothing looked at twice.

use super::entity::decoded;

/// A piece of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// `<name attributes>`; `whole` is all of it.
    Open { name: &'a str, attributes: &'a str, whole: &'a str },
    /// `</name>`.
    Close { name: &'a str },
    /// What stands between tags.
    Text(&'a str),
    /// What stands between an opening tag and its end where no tags are read: scripts, styles, titles.
    Verbatim { name: &'a str, attributes: &'a str, text: &'a str },
}

/// Elements whose content is not read as tags.
const VERBATIM: [&str; 8] = ["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"];

/// The pieces of a page.
pub(super) struct Scan<'a> {
    rest: &'a str,
}

impl<'a> Scan<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Self { rest: html }
    }

    fn take(&mut self, len: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(len);
        self.rest = rest;
        taken
    }

    /// Passes over a comment, a declaration or an instruction that begins here.
    fn skip_markup(&mut self) -> bool {
        let end = match self.rest {
            // A whole comment.
            r if r.starts_with("<!-->") => Some("<!-->".len()),
            r if r.starts_with("<!--") => r[4..].find("-->").map(|at| 4 + at + 3),
            r if r.starts_with("<!") || r.starts_with("<?") => r.find('>').map(|at| at + 1),
            r if r.starts_with("</") && !r[2..].starts_with(|c: char| c.is_ascii_alphabetic()) => {
                r.find('>').map(|at| at + 1)
            }
            _ => return false,
        };
        let len = end.unwrap_or(self.rest.len());
        self.take(len);
        true
    }

    fn tag(&mut self) -> Piece<'a> {
        let closing = self.rest.starts_with("</");
        let start = if closing { 2 } else { 1 };
        let name_end = self.rest[start..]
            .find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>')
            .map_or(self.rest.len(), |at| start + at);
        let end = tag_end(self.rest, name_end);
        let whole = self.take(end);
        let name = &whole[start..name_end];
        if closing {
            return Piece::Close { name };
        }
        let attributes = whole[name_end..].trim_end_matches('>');
        if !VERBATIM.iter().any(|v| v.eq_ignore_ascii_case(name)) {
            return Piece::Open { name, attributes, whole };
        }
        let close = closing_tag(self.rest, name).unwrap_or(self.rest.len());
        let text = self.take(close);
        if !self.rest.is_empty() {
            let end = tag_end(self.rest, 2);
            self.take(end);
        }
        Piece::Verbatim { name, attributes, text }
    }
}

/// One past the `>` that ends a tag; a `>` in a quoted value does not.
fn tag_end(text: &str, from: usize) -> usize {
    let mut quote = None;
    let mut before = b' ';
    for (at, byte) in text.bytes().enumerate().skip(from) {
        match (quote, byte) {
            (Some(open), byte) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (None, b'>') => return at + 1,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    text.len()
}

/// Where `</name` stands.
fn closing_tag(text: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = text[from..].find("</").map(|at| from + at) {
        let after = &text[at + 2..];
        if after.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name)) {
            return Some(at);
        }
        from = at + 2;
    }
    None
}

impl<'a> Iterator for Scan<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        while !self.rest.is_empty() {
            if self.rest.starts_with('<') {
                if self.skip_markup() {
                    continue;
                }
                if self.rest.as_bytes().get(1).is_some_and(|b| *b == b'/' || b.is_ascii_alphabetic()) {
                    return Some(self.tag());
                }
            }
            // A lone `<` is text.
            let skip = usize::from(self.rest.starts_with('<'));
            let len = self.rest[skip..].find('<').map_or(self.rest.len(), |at| at + skip);
            return Some(Piece::Text(self.take(len)));
        }
        None
    }
}

/// The value of an attribute, with its entities read; the first of that name counts.
pub(super) fn attribute(attributes: &str, wanted: &str) -> Option<String> {
    pairs(attributes).find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| decoded(value))
}

/// Names and raw values of attributes.
pub(super) fn pairs(attributes: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = attributes;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let name_len = rest
            .char_indices()
            .find(|(at, c)| c.is_ascii_whitespace() || *c == '/' || (*c == '=' && *at > 0))
            .map_or(rest.len(), |(at, _)| at);
        let (name, after) = rest.split_at(name_len);
        let Some(value) = after.trim_start().strip_prefix('=') else {
            rest = after;
            return Some((name, ""));
        };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
        };
        rest = after;
        Some((name, value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_texts_and_scripts() {
        let html = "<!doctype html><!-- <p> --><P class='a>b' id=x>Un &lt; deux<br/>1 < 2</P><script>if(a<b){'</p>'}</SCRIPT >fin";
        let found: Vec<Piece> = Scan::new(html).collect();
        assert_eq!(
            found,
            [
                Piece::Open { name: "P", attributes: " class='a>b' id=x", whole: "<P class='a>b' id=x>" },
                Piece::Text("Un &lt; deux"),
                Piece::Open { name: "br", attributes: "/", whole: "<br/>" },
                Piece::Text("1 "),
                Piece::Text("< 2"),
                Piece::Close { name: "P" },
                Piece::Verbatim { name: "script", attributes: "", text: "if(a<b){'</p>'}" },
                Piece::Text("fin"),
            ]
        );
    }

    #[test]
    fn broken_ends_are_read_to_the_end() {
        for html in [
            "<",
            "</",
            "<p",
            "<p class=\"a",
            "<!--",
            "<!-->x",
            "<script>a",
            "</ x",
            "<é>",
            "a<b",
            "<title>x</titl",
            "<?",
            "<p =a b= c='",
        ] {
            let all: usize = Scan::new(html).count();
            assert!(all <= 3, "{html}");
        }
    }

    #[test]
    fn attributes_with_and_without_quotes() {
        let tag = " content = 'L&#39;eau &eacute;t&eacute;' property=og:title async data-x=\"1\"/";
        assert_eq!(attribute(tag, "CONTENT").as_deref(), Some("L'eau été"));
        assert_eq!(attribute(tag, "property").as_deref(), Some("og:title"));
        assert_eq!(attribute(tag, "async").as_deref(), Some(""));
        assert_eq!(attribute(tag, "none"), None);
    }
}
