//! Mentions given: how many of them get a point within the tolerance.

use super::cause::{Causes, cause};
use super::corpus::{Article, distance};
use super::learn::{Lesson, learn};
use vigie_places::{Ranker, examples, locate_with};
use vigie_resources::Language;
use vigie_text::Span;

/// Kilometres within which a point counts as right: the usual hundred miles.
pub(crate) const TOLERANCE: f64 = 161.0;
/// Parts of a corpus: document i belongs to part i modulo this.
pub(crate) const FOLDS: usize = 5;

/// What became of the mentions of a corpus.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) mentions: usize,
    pub(crate) right: usize,
    /// A right candidate was there and another was taken.
    pub(crate) wrong_choice: usize,
    /// Candidates, none of them right.
    pub(crate) not_listed: usize,
    /// No candidate at all.
    pub(crate) nothing: usize,
    /// Why, as far as counting tells.
    pub(crate) causes: Causes,
}

impl Tally {
    pub(crate) fn share(&self) -> f64 {
        self.right as f64 / self.mentions.max(1) as f64
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.mentions += other.mentions;
        self.right += other.right;
        self.wrong_choice += other.wrong_choice;
        self.not_listed += other.not_listed;
        self.nothing += other.nothing;
        for (cause, count) in &other.causes {
            *self.causes.entry(*cause).or_default() += count;
        }
    }
}

fn spans(article: &Article) -> Vec<Span> {
    article.mentions.iter().map(|m| m.span).collect()
}

/// Scores one ranker on some articles.
pub(crate) fn score(articles: &[&Article], language: Language, ranker: &Ranker) -> Tally {
    let mut tally = Tally::default();
    for article in articles {
        let spans = spans(article);
        let located = locate_with(&article.text, &spans, language, ranker, Ranker::shipped());
        for (at, (gold, found)) in article.mentions.iter().zip(&located).enumerate() {
            tally.mentions += 1;
            let near = |point: (i32, i32)| distance(point, gold.point) <= TOLERANCE;
            match &found.place {
                Some(place) if near(place.point) => tally.right += 1,
                None => tally.nothing += 1,
                Some(_) if found.candidates.iter().any(|c| near(c.place.point)) => tally.wrong_choice += 1,
                Some(_) => tally.not_listed += 1,
            }
            if let Some(cause) = cause(article, &located, at) {
                *tally.causes.entry(cause).or_default() += 1;
            }
        }
    }
    tally
}

/// What the ranker can learn from an article.
pub(crate) fn lessons(article: &Article, language: Language) -> Vec<Lesson> {
    let examples = examples(&article.text, &spans(article), language, Ranker::shipped());
    examples
        .into_iter()
        .map(|example| {
            // The points of one name's mentions are the same but for slips; the first counts.
            let gold = article.mentions[example.mentions[0]].point;
            Lesson {
                right: example.candidates.iter().map(|(p, _)| distance(p.point, gold) <= TOLERANCE).collect(),
                candidates: example.candidates.into_iter().map(|(_, f)| f).collect(),
                mentions: example.mentions.len(),
            }
        })
        .collect()
}

/// A ranker for every part, learnt from the other parts of all corpora.
pub(crate) fn folds(corpora: &[(&str, Vec<Article>)], language: Language) -> Vec<Ranker> {
    let parts: Vec<Vec<(usize, Vec<Lesson>)>> = corpora
        .iter()
        .map(|(_, articles)| articles.iter().enumerate().map(|(i, a)| (i % FOLDS, lessons(a, language))).collect())
        .collect();
    (0..FOLDS)
        .map(|fold| {
            let own: Vec<&Lesson> = parts.iter().flatten().filter(|(f, _)| *f != fold).flat_map(|(_, l)| l).collect();
            learn(&own, Ranker::shipped())
        })
        .collect()
}

/// Scores a corpus with the ranker of each part on the part that it has not seen.
pub(crate) fn score_folds(articles: &[Article], language: Language, rankers: &[Ranker]) -> Tally {
    let mut tally = Tally::default();
    for (fold, ranker) in rankers.iter().enumerate() {
        let own: Vec<&Article> =
            articles.iter().enumerate().filter(|(i, _)| i % FOLDS == fold).map(|(_, a)| a).collect();
        tally.add(&score(&own, language, ranker));
    }
    tally
}
