//! The guard before the tree. Every crate that finds articles builds a tree and walks it in ways that cost the square of
//! its depth; some recurse until the stack is gone, which ends the program, not the page. So a linear pass first keeps
//! count of what the tree builder would do and leaves out the tags (never the text) that go past a limit. The limits are
//! counts and not seconds: the same page gives the same article on any machine.

use super::scan::{Piece, Scan, attribute};

/// No article is larger; what follows is cut off.
pub(super) const MOST_BYTES: usize = 8 << 20;
/// Open elements within each other. Pages of the worst editors reach 60.
const MOST_DEPTH: usize = 150;
/// Formatting elements that are open at once: the tree builder opens all of them again in every new block.
const MOST_FORMATTING: usize = 24;
/// Elements that the tree builder may make.
const MOST_WORK: usize = 150_000;
/// Bytes of the attributes of one tag: comparing them costs the square of their number.
const MOST_ATTRIBUTES: usize = 4096;
/// What is kept of a tag with more: what tells an article from a menu.
const TELLING: [&str; 6] = ["class", "id", "href", "role", "itemprop", "datetime"];

const VOID: [&str; 16] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "frame", "keygen",
];
/// Elements that stay open through the end of their parents until they are closed themselves.
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Elements that run on in a line.
const INLINE: [&str; 30] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "em", "font", "i", "img", "ins", "kbd",
    "label", "mark", "nobr", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "time", "u", "wbr",
];
/// Elements whose start closes an open paragraph.
const CLOSES_PARAGRAPH: [&str; 32] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dd",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "section",
    "ul",
];
/// Elements that end where the next of their kind begins, and what holds a new list of them.
const SIBLINGS: [(&[&str], &[&str]); 6] = [
    (&["li"], &["ul", "ol", "menu"]),
    (&["dd", "dt"], &["dl"]),
    (&["option"], &["select", "datalist"]),
    (&["td", "th"], &["tr", "table"]),
    (&["tr"], &["table"]),
    (&["tbody", "thead", "tfoot"], &["table"]),
];
/// Elements that never hold the text of an article.
const DROPPED: [&str; 4] = ["svg", "math", "template", "object"];

pub(super) fn is_one_of(name: &str, list: &[&str]) -> bool {
    list.iter().any(|n| n.eq_ignore_ascii_case(name))
}

/// Does the element run on in a line of text?
pub(super) fn is_inline(name: &str) -> bool {
    is_one_of(name, &INLINE)
}

/// What the pass saw that tells about the page: metadata in the order of the page.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) language: Option<String>,
    pub(super) title: Option<String>,
    /// Name or property, and content.
    pub(super) metas: Vec<(String, String)>,
    pub(super) canonical: Option<String>,
    /// JSON-LD scripts.
    pub(super) linked: Vec<String>,
    /// `datetime` of `time` elements, and whether the page marks it as the day of publication.
    pub(super) times: Vec<(String, bool)>,
    /// The first main heading.
    pub(super) heading: Option<String>,
}

/// A page that a tree may be built of.
#[derive(Debug, Default)]
pub(super) struct Guarded {
    pub(super) html: String,
    pub(super) seen: Seen,
    /// Tags were left out.
    pub(super) flattened: bool,
    /// The end of the page was cut off.
    pub(super) cut: bool,
}

/// Metadata that one page may give.
const MOST_SEEN: usize = 400;

#[derive(Default)]
struct Guard<'a> {
    out: Guarded,
    /// Open elements that were let through.
    open: Vec<&'a str>,
    /// Formatting elements that wait for their own end.
    formatting: Vec<&'a str>,
    /// Elements that were left out and whose end is left out too.
    dropped: Vec<(&'a str, usize)>,
    work: usize,
    /// Text of the first main heading while it is open.
    heading: Option<String>,
}

pub(super) fn guarded(html: &str) -> Guarded {
    let cut = html.len() > MOST_BYTES;
    let end = (0..=html.len().min(MOST_BYTES)).rev().find(|at| html.is_char_boundary(*at)).unwrap_or(0);
    let html = &html[..end];
    let mut guard = Guard::default();
    guard.out.cut = cut;
    guard.out.html.reserve(html.len());
    // Looked for once, and only for names that occur.
    let mut lasts = [None; DROPPED.len()];
    let mut within: Option<&str> = None;
    for piece in Scan::new(html) {
        if let Some(name) = within {
            // The first end counts: words of a picture in a picture do less harm than a page swallowed whole.
            if matches!(piece, Piece::Close { name: n } if n.eq_ignore_ascii_case(name)) {
                within = None;
            }
            continue;
        }
        if let Piece::Open { name, whole, .. } = piece
            && let Some(at) = DROPPED.iter().position(|d| d.eq_ignore_ascii_case(name))
        {
            // Only an element that ends somewhere may swallow what follows.
            let here = whole.as_ptr() as usize - html.as_ptr() as usize;
            if here < *lasts[at].get_or_insert_with(|| last_close(html, name)) && !whole.ends_with("/>") {
                within = Some(DROPPED[at]);
            }
            continue;
        }
        guard.take(piece);
    }
    guard.out
}

/// Where the last end of such an element stands; 0 when there is none.
fn last_close(html: &str, name: &str) -> usize {
    html.rmatch_indices("</")
        .find(|(at, _)| html.get(at + 2..at + 2 + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name)))
        .map_or(0, |(at, _)| at)
}

impl<'a> Guard<'a> {
    fn take(&mut self, piece: Piece<'a>) {
        match piece {
            Piece::Text(text) => {
                self.out.html.push_str(text);
                if let Some(heading) = self.heading.as_mut().filter(|h| h.len() < 1000) {
                    heading.push_str(text);
                }
            }
            Piece::Verbatim { name, attributes, text } => self.verbatim(name, attributes, text),
            Piece::Open { name, attributes, whole } => self.opens(name, attributes, whole),
            Piece::Close { name } => self.closes(name),
        }
    }

    fn verbatim(&mut self, name: &str, attributes: &str, text: &str) {
        let seen = &mut self.out.seen;
        if name.eq_ignore_ascii_case("title") {
            if seen.title.is_none() {
                seen.title = Some(super::entity::decoded(text));
            }
            self.out.html.push_str("<title>");
            self.out.html.push_str(text);
            self.out.html.push_str("</title>");
        } else if name.eq_ignore_ascii_case("script")
            && seen.linked.len() < MOST_SEEN
            && attribute(attributes, "type").is_some_and(|t| t.to_ascii_lowercase().starts_with("application/ld+json"))
        {
            seen.linked.push(text.to_owned());
        }
    }

    /// Notes what a tag says about the page.
    fn look(&mut self, name: &str, attributes: &str) {
        let seen = &mut self.out.seen;
        let get = |wanted: &str| attribute(attributes, wanted).filter(|v| !v.trim().is_empty());
        if name.eq_ignore_ascii_case("meta") && seen.metas.len() < MOST_SEEN {
            let key = get("property").or_else(|| get("name")).or_else(|| get("itemprop"));
            if let Some((key, content)) = key.zip(get("content")) {
                seen.metas.push((key.to_ascii_lowercase(), content));
            }
        } else if name.eq_ignore_ascii_case("link") && seen.canonical.is_none() {
            if get("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) {
                seen.canonical = get("href");
            }
        } else if name.eq_ignore_ascii_case("html") && seen.language.is_none() {
            seen.language = get("lang").or_else(|| get("xml:lang"));
        } else if name.eq_ignore_ascii_case("time") && seen.times.len() < MOST_SEEN {
            if let Some(stamp) = get("datetime") {
                let marked = attribute(attributes, "pubdate").is_some()
                    || get("itemprop").is_some_and(|p| p.eq_ignore_ascii_case("datePublished"));
                seen.times.push((stamp, marked));
            }
        } else if name.eq_ignore_ascii_case("h1") && seen.heading.is_none() && self.heading.is_none() {
            self.heading = Some(String::new());
        }
    }

    fn opens(&mut self, name: &'a str, attributes: &str, whole: &'a str) {
        self.look(name, attributes);
        let void = is_one_of(name, &VOID);
        let formatting = is_one_of(name, &FORMATTING);
        if !void {
            self.end_implied(name);
        }
        let reopened = if formatting || void { 1 } else { 1 + self.formatting.len() };
        let full = self.work + reopened > MOST_WORK
            || (!void && self.open.len() >= MOST_DEPTH)
            || (formatting && self.formatting.len() >= MOST_FORMATTING);
        if full {
            self.out.flattened = true;
            if !void {
                self.drop_one(name);
            }
            self.gap(name);
            return;
        }
        self.work += reopened;
        if attributes.len() > MOST_ATTRIBUTES {
            self.shortened(name, attributes);
        } else {
            self.out.html.push_str(whole);
            if !whole.ends_with('>') {
                self.out.html.push('>');
            }
        }
        if void {
            return;
        }
        self.open.push(name);
        if formatting {
            self.formatting.push(name);
        }
    }

    /// Ends what the tree builder ends without being told.
    fn end_implied(&mut self, name: &str) {
        if is_one_of(name, &CLOSES_PARAGRAPH) {
            self.pop_within(&["p"], &["td", "th", "table", "button", "caption", "html"]);
        }
        for (kin, holders) in SIBLINGS {
            if is_one_of(name, kin) {
                self.pop_within(kin, holders);
            }
        }
    }

    fn pop_within(&mut self, wanted: &[&str], borders: &[&str]) {
        for at in (0..self.open.len()).rev() {
            if is_one_of(self.open[at], wanted) {
                self.open.truncate(at);
                return;
            }
            if is_one_of(self.open[at], borders) {
                return;
            }
        }
    }

    fn drop_one(&mut self, name: &'a str) {
        let known = self.dropped.iter().position(|(n, _)| n.eq_ignore_ascii_case(name));
        match known {
            Some(at) => self.dropped[at].1 += 1,
            // Names that are no names of elements could fill the list; their ends do no harm.
            None if self.dropped.len() < 200 => self.dropped.push((name, 1)),
            None => {}
        }
    }

    /// Words on both sides of a block that was left out must not grow together.
    fn gap(&mut self, name: &str) {
        if !is_inline(name) {
            self.out.html.push(' ');
        }
    }

    fn closes(&mut self, name: &'a str) {
        if name.eq_ignore_ascii_case("h1")
            && let Some(heading) = self.heading.take()
        {
            let heading = super::plain::plain(&heading);
            self.out.seen.heading = Some(heading).filter(|h| !h.trim().is_empty());
        }
        if let Some((_, count)) = self.dropped.iter_mut().find(|(n, c)| *c > 0 && n.eq_ignore_ascii_case(name)) {
            *count -= 1;
            self.gap(name);
            return;
        }
        let formatting = is_one_of(name, &FORMATTING);
        if formatting {
            match self.formatting.iter().rposition(|n| n.eq_ignore_ascii_case(name)) {
                Some(at) => drop(self.formatting.remove(at)),
                None => return,
            }
            // Where blocks opened inside it, the builder takes a copy of it into each of a few of them.
            let at = self.open.iter().rposition(|n| n.eq_ignore_ascii_case(name));
            if let Some(at) = at {
                self.work += if at + 1 == self.open.len() { 0 } else { 8 };
                self.open.remove(at);
            }
        } else {
            match self.open.iter().rposition(|n| n.eq_ignore_ascii_case(name)) {
                Some(at) => self.open.truncate(at),
                // The end of nothing.
                None => return,
            }
        }
        self.out.html.push_str("</");
        self.out.html.push_str(name);
        self.out.html.push('>');
    }

    fn shortened(&mut self, name: &str, attributes: &str) {
        self.out.flattened = true;
        self.out.html.push('<');
        self.out.html.push_str(name);
        for wanted in TELLING {
            let value = super::scan::pairs(attributes).take(100).find(|(n, _)| n.eq_ignore_ascii_case(wanted));
            if let Some((_, value)) = value.filter(|(_, v)| v.len() < 500 && !v.contains('"')) {
                self.out.html.push_str(&format!(" {wanted}=\"{value}\""));
            }
        }
        self.out.html.push('>');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth(html: &str) -> usize {
        let (mut now, mut most) = (0usize, 0);
        for piece in Scan::new(html) {
            match piece {
                Piece::Open { name, .. } if !is_one_of(name, &VOID) => now += 1,
                Piece::Close { .. } => now = now.saturating_sub(1),
                _ => {}
            }
            most = most.max(now);
        }
        most
    }

    #[test]
    fn an_honest_page_goes_through_as_it_is() {
        let page = "<html lang=fr><head><title>T</title></head><body><div><p>Un <b>deux</b><p>trois<ul><li>a<li>b</ul></div></body></html>";
        let guarded = guarded(page);
        assert_eq!(guarded.html, page);
        assert!(!guarded.flattened && !guarded.cut);
        assert_eq!(guarded.seen.language.as_deref(), Some("fr"));
    }

    #[test]
    fn unclosed_paragraphs_and_rows_are_no_nesting() {
        let page = "<table>".to_owned() + &"<tr><td><p>a<li>b".repeat(2000);
        assert!(!guarded(&page).flattened);
    }

    #[test]
    fn depth_and_formatting_are_bounded_and_the_text_is_kept() {
        for tag in ["div", "span", "i", "b", "font", "blockquote", "table", "ul", "x-y"] {
            let page = format!("<{tag}>").repeat(20_000) + "le coeur" + &format!("</{tag}>").repeat(20_000) + "fin";
            let guarded = guarded(&page);
            assert!(guarded.flattened, "{tag}");
            assert!(depth(&guarded.html) <= MOST_DEPTH, "{tag}: {}", depth(&guarded.html));
            assert!(guarded.html.contains("le coeur") && guarded.html.ends_with("fin"), "{tag}");
        }
    }

    #[test]
    fn scripts_and_pictures_go_their_metadata_stays() {
        let page = "<script>x</script><svg><p>y</svg>z<svg><script type='application/ld+json'>{}</script><time datetime=2025-03-10 itemprop=datePublished>";
        let guarded = guarded(page);
        assert_eq!(guarded.seen.linked, ["{}"]);
        assert_eq!(guarded.seen.times, [("2025-03-10".to_owned(), true)]);
        assert!(guarded.html.starts_with('z'), "{}", guarded.html);
    }

    #[test]
    fn a_tag_with_a_thousand_attributes_keeps_the_telling_ones() {
        let many: String = (0..5000).map(|i| format!(" a{i}=1")).collect();
        let guarded = guarded(&format!("<p class=lead{many}>texte</p>"));
        assert_eq!(guarded.html, "<p class=\"lead\">texte</p>");
    }
}
