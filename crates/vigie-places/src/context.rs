//! What stands beside a mention: the larger place that holds it, the noun that tells its kind.

use vigie_resources::{HeadKind, LocateWords, fold};
use vigie_text::Span;

/// What the words beside one mention tell of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Beside {
    /// The kind that a noun asks for.
    pub(crate) head: Option<HeadKind>,
    /// The mention behind it that is said to hold it.
    pub(crate) holder: Option<usize>,
    /// The stretch behind a comma, when no mention stands there: an abbreviation, perhaps.
    pub(crate) tail: Option<String>,
    /// The word before it stands before areas: the article that a town would have to bear there.
    pub(crate) article: Option<&'static str>,
    /// The word before it stands before no area.
    pub(crate) at: bool,
}

/// Looks around a mention; `spans` in text order, `at` its own.
pub(crate) fn beside(text: &str, spans: &[Span], at: usize, words: &'static LocateWords) -> Beside {
    let span = spans[at];
    let mut out = Beside::default();
    let after = text.get(span.end()..).unwrap_or("");
    let before = text.get(..span.start()).unwrap_or("");
    let rest = after.trim_start_matches([' ', '\u{a0}']);
    let gap = after.len() - rest.len();
    for sign in &words.holders {
        let Some(behind) = rest.strip_prefix(sign.as_str()) else { continue };
        let word = sign.chars().all(char::is_alphabetic);
        if word && !behind.starts_with([' ', '\'', '’']) {
            continue;
        }
        let inner = behind.trim_start();
        let start = span.end() + gap + sign.len() + (behind.len() - inner.len());
        out.holder = (at + 1..spans.len()).take(3).find(|&i| spans[i].start() == start);
        if out.holder.is_none() && !word {
            // Up to the next comma or sentence end, two words at most: "Ga.", "W. Va.", "N.C.".
            let end = inner.find([',', ';', '(', ')', '\n']).unwrap_or(inner.len()).min(inner.len());
            let mut tail: &str = &inner[..end];
            if let Some((cut, _)) = tail.match_indices(' ').nth(1) {
                tail = &tail[..cut];
            }
            out.tail = (!tail.is_empty()).then(|| tail.to_owned());
        }
        break;
    }
    let next = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let own: Vec<&str> = before.rsplit(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(3).collect();
    out.head = (gap > 0).then(|| words.head(next)).flatten();
    if out.head.is_none() && before.ends_with([' ', '\u{a0}', '\'', '’']) {
        let word = own.first().map(|w| fold(w)).unwrap_or_default();
        out.article = words.articles.get(&word).map(String::as_str);
        out.at = words.at.contains(&word);
        // "province of X", "la ville de X", "Lake X".
        let joined = own.first().is_some_and(|w| words.inside.contains(&fold(w)));
        out.head = if joined { own.get(1) } else { own.first() }.and_then(|w| words.head(w));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_resources::{Language, locate_words};

    fn look(text: &str, names: &[&str]) -> Beside {
        let spans: Vec<Span> = names
            .iter()
            .map(|n| {
                let at = text.find(n).unwrap();
                Span::new(at, at + n.len())
            })
            .collect();
        beside(text, &spans, 0, locate_words(Language::from_code("en").unwrap()))
    }

    #[test]
    fn a_holder_stands_behind_a_comma() {
        assert_eq!(look("in Tamsa, Chad, on", &["Tamsa", "Chad"]).holder, Some(1));
        assert_eq!(look("in Tamsa, said Chad", &["Tamsa", "Chad"]).holder, None);
        assert_eq!(look("in Tamsa, Ga., on", &["Tamsa"]).tail.as_deref(), Some("Ga."));
    }

    #[test]
    fn a_noun_tells_the_kind() {
        assert_eq!(look("the province of Tamsa fell", &["Tamsa"]).head, Some(HeadKind::Division));
        assert_eq!(look("Tamsa County judges", &["Tamsa"]).head, Some(HeadKind::District));
        assert_eq!(look("they like Tamsa much", &["Tamsa"]).head, None);
    }
}
