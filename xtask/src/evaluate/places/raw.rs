//! From plain text: how many of the mentions are found, and how many get a point within the tolerance.

use super::corpus::{Article, distance};
use super::given::TOLERANCE;
use vigie_places::{Ranker, locate_with};
use vigie_resources::Language;
use vigie_text::Span;

/// What became of the mentions of a corpus.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Reach {
    pub(crate) mentions: usize,
    /// A mention that we found overlaps it.
    pub(crate) found: usize,
    /// And its point is right.
    pub(crate) right: usize,
    /// How many mentions we found in all.
    pub(crate) ours: usize,
}

impl Reach {
    pub(crate) fn add(&mut self, other: &Self) {
        self.mentions += other.mentions;
        self.found += other.found;
        self.right += other.right;
        self.ours += other.ours;
    }
}

/// Scores one ranker on some articles; `find` gives the mentions of a text.
pub(crate) fn reach(
    articles: &[&Article],
    language: Language,
    ranker: &Ranker,
    find: &dyn Fn(&str) -> Vec<Span>,
) -> Reach {
    let mut out = Reach::default();
    for article in articles {
        let spans = find(&article.text);
        let located = locate_with(&article.text, &spans, language, ranker, Ranker::shipped());
        out.ours += spans.len();
        for gold in &article.mentions {
            out.mentions += 1;
            let over: Vec<_> = located.iter().filter(|l| l.span.overlaps(gold.span)).collect();
            out.found += usize::from(!over.is_empty());
            let near = |p: (i32, i32)| distance(p, gold.point) <= TOLERANCE;
            // Of several that overlap the longest overlap counts, so that many guesses do not help.
            let shared = |s: Span| s.end().min(gold.span.end()) - s.start().max(gold.span.start());
            let best = over.iter().max_by_key(|l| (shared(l.span), std::cmp::Reverse(l.span.start())));
            out.right += usize::from(best.and_then(|l| l.place.as_ref()).is_some_and(|p| near(p.point)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::corpus::GoldMention;
    use super::*;

    #[test]
    fn only_found_mentions_count() {
        let text = "From Paris to Lima.".to_owned();
        let gold = |at: usize, n: usize, point| GoldMention { span: Span::new(at, at + n), point };
        let article = Article {
            text,
            mentions: vec![gold(5, 5, (48_850_000, 2_350_000)), gold(14, 4, (-12_040_000, -77_030_000))],
        };
        let english = Language::from_code("en").unwrap();
        let one = reach(&[&article], english, Ranker::shipped(), &|_| vec![Span::new(5, 10)]);
        assert_eq!((one.mentions, one.found, one.right, one.ours), (2, 1, 1, 1));
    }
}
