//! A page without what the fast way throws away in any case: most of the time goes into building a tree of it.

use super::guard::is_one_of;
use super::scan::{Piece, Scan, pairs};

/// Parts that hold no article. A form is not among them: some servers wrap the whole page into one.
const FURNITURE: [&str; 6] = ["nav", "footer", "aside", "select", "button", "noscript"];
/// Attributes that tell an article from a menu, or what is shown from what is hidden.
const TELLING: [&str; 9] = ["class", "id", "href", "role", "itemprop", "style", "hidden", "aria-hidden", "rel"];

/// The page with its texts, the tags around them and what tells about these.
pub(super) fn lean(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut outside = 0usize;
    for piece in Scan::new(html) {
        match piece {
            Piece::Open { name, .. } if is_one_of(name, &FURNITURE) => outside += 1,
            Piece::Close { name } if is_one_of(name, &FURNITURE) => outside = outside.saturating_sub(1),
            _ if outside > 0 => {}
            Piece::Text(text) => out.push_str(text),
            Piece::Verbatim { name, text, .. } => {
                for part in ["<", name, ">", text, "</", name, ">"] {
                    out.push_str(part);
                }
            }
            Piece::Open { name, attributes, .. } => {
                out.push('<');
                out.push_str(name);
                let telling = pairs(attributes).filter(|(n, v)| is_one_of(n, &TELLING) && !v.contains('"'));
                for (name, value) in telling {
                    for part in [" ", name, "=\"", value, "\""] {
                        out.push_str(part);
                    }
                }
                out.push('>');
            }
            Piece::Close { name } => {
                for part in ["</", name, ">"] {
                    out.push_str(part);
                }
            }
        }
    }
    // An element that never ends would have swallowed the page.
    if outside > 0 { html.to_owned() } else { out }
}

#[cfg(test)]
mod tests {
    use super::lean;

    #[test]
    fn furniture_and_idle_attributes_go() {
        let page = "<title>T</title><nav><a href=x>Menu</a></nav><p class=lead data-x=1 onclick='f()'>Texte<br/></p>";
        assert_eq!(lean(page), "<title>T</title><p class=\"lead\">Texte<br></p>");
        let open = "<aside>Menu<p>Texte</p>";
        assert_eq!(lean(open), open);
    }
}
