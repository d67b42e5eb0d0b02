//! HTML to its text: one paragraph a block, for pieces that are all article and for pages without one.

use super::entity::decoded;
use super::guard::{is_inline, is_one_of};
use super::scan::{Piece, Scan};

/// Parts of a page that hold no news.
const FURNITURE: [&str; 6] = ["nav", "footer", "aside", "form", "button", "select"];

/// All text of a piece of HTML, its blocks as paragraphs.
pub(crate) fn plain(html: &str) -> String {
    blocks(html, &[])
}

/// All text of a page but its furniture; all of it when nothing else is there.
pub(super) fn page(html: &str) -> String {
    let text = blocks(html, &FURNITURE);
    if text.is_empty() { plain(html) } else { text }
}

fn blocks(html: &str, without: &[&str]) -> String {
    let mut out = String::with_capacity(html.len() / 2);
    let mut line = String::new();
    let mut outside = 0usize;
    for piece in Scan::new(html) {
        match piece {
            Piece::Text(text) if outside == 0 => line.push_str(text),
            Piece::Text(_) | Piece::Verbatim { .. } => {}
            Piece::Open { name, .. } | Piece::Close { name } => {
                let opens = matches!(piece, Piece::Open { .. });
                if is_one_of(name, without) {
                    outside = if opens { outside + 1 } else { outside.saturating_sub(1) };
                }
                if !is_inline(name) {
                    end_block(&mut line, &mut out);
                }
            }
        }
    }
    end_block(&mut line, &mut out);
    out
}

fn end_block(line: &mut String, out: &mut String) {
    let text = decoded(line);
    line.clear();
    let mut words = text.split_whitespace().peekable();
    if words.peek().is_none() {
        return;
    }
    if !out.is_empty() {
        out.push_str("\n\n");
    }
    let start = out.len();
    for word in words {
        if out.len() > start {
            out.push(' ');
        }
        out.push_str(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_paragraphs() {
        let html =
            "<p>Le <b>pont</b> de\n Tamsa</p><div>est <a href=x>coup&eacute;</a>.<br>Fin</div><script>no</script>";
        assert_eq!(plain(html), "Le pont de Tamsa\n\nest coupé.\n\nFin");
        assert_eq!(plain("a < b"), "a < b");
    }

    #[test]
    fn furniture_goes_unless_there_is_nothing_else() {
        assert_eq!(page("<nav>Menu</nav><p>Texte</p><footer>Pied</footer>"), "Texte");
        assert_eq!(page("<nav>Menu</nav>"), "Menu");
    }
}
